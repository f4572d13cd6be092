//! The HTTP server: the routes, the layers around them, the SPA.

use super::error::ApiError;
use super::idempotency::once;
use super::middleware::around;
use crate::routes::configure;
use crate::state::AppState;
use crate::system::document::{Document, document};
use crate::system::{metrics::metrics, spa};
use actix_web::body::BoxBody;
use actix_web::dev::{Server, ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, ResponseError, web};
use utoipa_actix_web::AppExt;
use utoipa_swagger_ui::{Config as SwaggerConfig, SwaggerUi};

/// The largest JSON body.
const JSON_LIMIT: usize = 1024 * 1024;

/// So long after its start a worker has all it needs.
const SETTLED: std::time::Duration = std::time::Duration::from_millis(500);

/// What answers besides the API: metrics and the SPA.
pub fn routes(config: &mut web::ServiceConfig, web_dir: Option<std::path::PathBuf>) {
    config
        .app_data(web::PayloadConfig::new(JSON_LIMIT))
        .app_data(web::PathConfig::default().error_handler(|_, _| ApiError::not_found().into()))
        .service(metrics);
    config.default_service(web::to(move |request: HttpRequest| {
        let web_dir = web_dir.clone();
        async move {
            match web_dir {
                Some(root) => spa::serve(request, root).await,
                None if request.path().starts_with("/api/") => ApiError::not_found().error_response(),
                None => HttpResponse::NotFound().body("The web files are not built. Run: cargo xtask up"),
            }
        }
    }));
}

/// The whole application as one worker runs it; tests run the same.
pub fn application(
    state: AppState,
    text: Document,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<BoxBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    let web_dir = state.config.web_dir.clone();
    // The document and its page come before the scope, which would answer 404 for them.
    let (app, _) = App::new()
        .app_data(web::Data::new(state))
        .app_data(web::Data::new(text))
        .service(document)
        .service(SwaggerUi::new("/api/docs/{_:.*}").config(SwaggerConfig::from("/api/openapi.json")))
        .into_utoipa_app()
        .service(utoipa_actix_web::scope("/api").configure(configure))
        .split_for_parts();
    app.configure(move |config| routes(config, web_dir))
        .wrap(from_fn(once))
        .wrap(Compress::default())
        .wrap(from_fn(around))
}

/// Binds the port and starts. Stops on SIGINT and SIGTERM after open requests are answered.
pub fn start(state: AppState) -> Result<Server, String> {
    let settings = state.config.clone();
    let (port, bind) = (settings.port, settings.bind);
    let text = Document::new();
    let factory = move || {
        // After this worker has built its routes, which takes much more than they keep.
        actix_web::rt::spawn(async {
            tokio::time::sleep(SETTLED).await;
            crate::memory::give_back();
        });
        application(state.clone(), text.clone())
    };
    let mut server = HttpServer::new(factory).shutdown_timeout(20);
    if let Some(workers) = settings.workers {
        server = server.workers(workers);
    }
    let bound = server.bind((bind, port)).map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            format!("port {port} is taken by another program. Stop it, or choose another with PORT=3003")
        }
        _ => format!("cannot listen on {bind}:{port}: {error}"),
    })?;
    Ok(bound.run())
}
