//! Demo data: a firm, its people and clients, and filings in every status relative to the real today. Made through
//! the same use cases as everything else; names, numbers and acknowledgements are invented.

mod approvals;
mod clients;
mod filings;

use crate::http::token::{random_salt, random_text};
use app::licence::found_firm;
use app::{Database, NewFirm, NewPerson, transact};
use identity::second_factor::typed_secret;
use identity::{Vault, password};
use kernel::id::UserId;
use kernel::{Actor, Clock, Role, StoreError};

/// Sign-in address of the demo analyst.
pub const ANALYST: &str = "ananya@demo.zippcrm.test";
/// Sign-in address of the demo administrator.
pub const ADMIN: &str = "vikram@demo.zippcrm.test";

const PEOPLE: &[(&str, &str, Role)] = &[
    (ANALYST, "Ananya Iyer", Role::Analyst),
    ("farhan@demo.zippcrm.test", "Farhan Qureshi", Role::Analyst),
    ("sneha@demo.zippcrm.test", "Sneha Kulkarni", Role::Checker),
    ("priya@demo.zippcrm.test", "Priya Nair", Role::PrincipalOfficer),
    (ADMIN, "Vikram Chauhan", Role::Admin),
    ("kavitha@demo.zippcrm.test", "Kavitha Menon", Role::Viewer),
];

/// How the demo people sign in.
pub struct SignIn<'a> {
    /// Everybody's password.
    pub password: &'a str,
    /// The key of the administrator's second factor, as text of base32.
    pub totp: &'a str,
    /// Seals it.
    pub vault: &'a dyn Vault,
}

/// Makes the firm, its people, clients and filings.
pub async fn load(db: &dyn Database, clock: &dyn Clock, sign_in: &SignIn<'_>) -> Result<(), String> {
    let password = sign_in.password;
    let hash = hashed(password)?;
    let people = PEOPLE
        .iter()
        .map(|(email, name, role)| NewPerson {
            email: (*email).into(),
            display_name: (*name).into(),
            role: *role,
            password_hash: hash.clone(),
        })
        .collect();
    let firm = NewFirm { name: "Kaveri Regulatory".into(), people };
    let (tenant, users) =
        found_firm(db, &firm, Some("enterprise"), clock.now()).await.map_err(|error| error.to_string())?;
    let (Some(ananya), Some(farhan), Some(priya)) = (users.first(), users.get(1), users.get(3)) else {
        return Err("the demo people were not made".into());
    };
    enrol_admin(db, &Actor::system(tenant, clock.now(), "demo"), &users, sign_in).await?;
    let as_person = |index: usize| {
        let mut actor = Actor::system(tenant, clock.now(), "demo");
        if let (Some(user), Some((_, name, role))) = (users.get(index), PEOPLE.get(index)) {
            actor.user = Some(*user);
            actor.name = (*name).into();
            return actor.in_role(*role);
        }
        actor
    };
    let principal = as_person(3);
    let made = clients::make(db, &principal, *ananya, *farhan).await.map_err(|error| error.to_string())?;
    filings::play(db, &as_person(0), &principal, &made, [*ananya, *farhan, *priya])
        .await
        .map_err(|error| error.to_string())?;
    let system = Actor::system(tenant, clock.now(), "demo");
    approvals::decide(db, &system).await.map_err(|error| error.to_string())?;
    approvals::propose(db, &as_person(0), &principal, &made).await.map_err(|error| error.to_string())
}

/// Gives the administrator a second factor, which everybody who administers has to have.
async fn enrol_admin(
    db: &dyn Database,
    actor: &Actor,
    users: &[UserId],
    sign_in: &SignIn<'_>,
) -> Result<(), String> {
    let admin = PEOPLE.iter().zip(users).find(|((email, ..), _)| *email == ADMIN);
    let Some((_, admin)) = admin else { return Err("the demo people were not made".into()) };
    let secret = typed_secret(sign_in.totp).ok_or("ZIPPCRM_DEMO_TOTP: is not 32 letters of base32")?;
    let sealed = sign_in.vault.seal(actor.tenant, *admin, &secret).ok_or("nothing can be sealed")?;
    transact(db, actor, async |tx| {
        tx.keep_pending_factor(*admin, &sealed).await?;
        tx.adopt_factor(*admin, actor.at, 0).await
    })
    .await
    .map_err(|error: StoreError| error.to_string())
}

/// Makes a firm with one administrator and answers a one-time password.
pub async fn create_firm(
    db: &dyn Database,
    clock: &dyn Clock,
    name: String,
    email: String,
    admin: String,
    plan: Option<String>,
) -> Result<String, String> {
    let secret =
        random_text().ok_or("the system gives no randomness")?.replace(['-', '_'], "")[..20].to_owned();
    let person = NewPerson {
        email: email.trim().to_lowercase(),
        display_name: admin,
        role: Role::Admin,
        password_hash: hashed(&secret)?,
    };
    if !person.email.contains('@') {
        return Err(format!("\"{email}\" is not a mail address"));
    }
    let firm = NewFirm { name, people: vec![person] };
    let (tenant, _) =
        found_firm(db, &firm, plan.as_deref(), clock.now()).await.map_err(|error| error.to_string())?;
    let actor = Actor::system(tenant, clock.now(), "create-firm");
    transact(db, &actor, async |tx| {
        let text = format!("made the firm {}", firm.name);
        tx.record(kernel::Change::new("firms.create", "firm", tenant.get(), text)).await
    })
    .await
    .map_err(|error: StoreError| error.to_string())?;
    Ok(secret)
}

fn hashed(secret: &str) -> Result<String, String> {
    let salt = random_salt().ok_or("the system gives no randomness")?;
    password::hash(secret, &salt)
}
