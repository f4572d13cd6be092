//! Sign-in, sessions, passwords, and who I am.

mod begin;
pub mod change_password;
pub mod dto;
pub mod forgot_password;
pub mod login;
pub mod logout;
pub mod me;
mod renew;
pub mod reset_password;
pub mod second_factor;
pub mod sessions;
pub mod totp;
mod tries;
pub mod users;

use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints of this folder.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(login::login)
        .service(totp::totp)
        .configure(second_factor::configure)
        .service(logout::logout)
        .service(forgot_password::forgot_password)
        .service(reset_password::reset_password)
        .service(change_password::change_password)
        .service(sessions::list_sessions)
        .service(sessions::end_session)
        .service(me::get_me)
        .service(me::update_me)
        .service(users::list_users);
}
