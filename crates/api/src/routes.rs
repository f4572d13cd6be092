//! Every route, and the OpenAPI document that is made from them.

use crate::{
    approvals, audit, auth, calendar, clients, events, feeds, filings, imports, keys, library, licence,
    notices, people, relaxations, search, system, today, views,
};
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;
use utoipa_actix_web::AppExt;
use utoipa_actix_web::service_config::ServiceConfig;

#[derive(OpenApi)]
#[openapi(
    info(title = "ZippCRM API", description = "One API for the SPA and for integrators. See docs/API-DESIGN.md."),
    tags(
        (name = "auth", description = "Sign-in, sessions, people"),
        (name = "people", description = "The firm's people, roles and keys"),
        (name = "clients", description = "Regulated entities"),
        (name = "events", description = "What dates wait for, over all clients, and what was recorded"),
        (name = "imports", description = "Clients from spreadsheets"),
        (name = "filings", description = "Obligations and their due dates"),
        (name = "journal", description = "Who did what and when, and the proof of it"),
        (name = "notices", description = "What the caller was told, and whom the product tells when"),
        (name = "approvals", description = "What waits for a second pair of eyes"),
        (name = "relaxations", description = "Circulars that extend many due dates at once"),
        (name = "rulebook", description = "The law as data"),
        (name = "licence", description = "What the firm's plan lets it do"),
        (name = "system", description = "Health")
    )
)]
struct Skeleton;

/// All endpoints below `/api`.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .configure(auth::configure)
        .configure(audit::configure)
        .configure(people::configure)
        .configure(keys::configure)
        .configure(imports::configure)
        .configure(clients::configure)
        .configure(events::configure)
        .configure(filings::configure)
        .configure(calendar::configure)
        .configure(relaxations::configure)
        .configure(approvals::configure)
        .configure(feeds::configure)
        .configure(today::configure)
        .configure(views::configure)
        .service(search::search)
        .configure(library::configure)
        .configure(licence::configure)
        .configure(notices::configure)
        .service(system::health::live)
        .service(system::health::ready);
}

/// The document, without starting anything.
pub fn openapi() -> Document {
    let (_, document) = actix_web::App::new()
        .into_utoipa_app()
        .openapi(Skeleton::openapi())
        .service(utoipa_actix_web::scope("/api").configure(configure))
        .split_for_parts();
    document
}
