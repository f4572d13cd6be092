//! The `zippcrm` program: serve, work, migrate, and the tools that need no server.

mod wiring;

use api::cli::{AuditCommand, Command, Flags};
use api::config::Config;
use api::{AppState, demo};
use clap::Parser;
use std::process::ExitCode;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tracing_subscriber::EnvFilter;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    api::memory::begin();
    let flags = Flags::parse();
    if let Some(code) = api::cli::offline(&flags.command) {
        return code;
    }
    match actix_web::rt::System::new().block_on(run(flags)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("zippcrm: {message}");
            ExitCode::FAILURE
        }
    }
}

async fn run(flags: Flags) -> Result<(), String> {
    let mut config = Config::load().map_err(|error| error.to_string())?;
    if config.clock.is_some() && !matches!(flags.command, Command::Serve { demo: true, .. }) {
        return Err("ZIPPCRM_CLOCK is for automated tests with serve --demo; unset it".into());
    }
    log(&config);
    match flags.command {
        Command::Serve { demo, port } => {
            if let Some(port) = port {
                config.server.port = port;
                if config.server.portal_url.starts_with("http://localhost:") {
                    config.server.portal_url = format!("http://localhost:{port}");
                }
            }
            serve(config, demo).await
        }
        Command::Work => work(config).await,
        Command::Migrate => {
            let store = wiring::open_store(&config).await?;
            let applied = wiring::apply_migrations(&store).await.map_err(|error| error.to_string())?;
            match applied.len() {
                0 => println!("The schema is up to date."),
                _ => applied.iter().for_each(|name| println!("applied {name}")),
            }
            stop(store).await;
            Ok(())
        }
        Command::Audit(AuditCommand::RotateKey) => {
            let id = wiring::rotate_journal_key(&config)?;
            println!(
                "The journal is signed with key {id} from the next start on. Keep the old lines of the file."
            );
            Ok(())
        }
        Command::Doctor => doctor(config).await,
        Command::CreateFirm { name, email, admin, plan } => {
            create_firm(config, name, email, admin, plan).await
        }
        Command::Firm(command) => firm(config, &command).await,
        _ => Ok(()),
    }
}

async fn firm(config: Config, command: &api::cli::firm::FirmCommand) -> Result<(), String> {
    let store = wiring::open_store(&config).await?;
    wiring::apply_migrations(&store).await.map_err(|error| error.to_string())?;
    let (state, _woken) = wiring::assemble(&config, &store)?;
    let answer = api::cli::firm::run(state.db.as_ref(), state.clock.as_ref(), command).await;
    stop(store).await;
    println!("{:#}", answer?);
    Ok(())
}

fn log(config: &Config) {
    let level = match config.log_level.as_str() {
        "DEBUG" => "debug",
        "WARNING" => "warn",
        "ERROR" => "error",
        _ => "info",
    };
    let filter = EnvFilter::new(format!("{level},tokio_postgres=warn,refinery_core=warn,actix_server=warn"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if config.server.production {
        builder.json().init();
    } else {
        builder.compact().init();
    }
}

async fn serve(config: Config, with_demo: bool) -> Result<(), String> {
    if with_demo && config.server.production && !config.allow_demo_passwords {
        return Err(
            "demo data is refused in production; SEED_ALLOW_DEMO_PASSWORDS=1 lets it in on staging".into()
        );
    }
    let store = wiring::open_store(&config).await?;
    let (state, woken) = wiring::assemble(&config, &store)?;
    let server = api::http::server::start(state.clone())?;
    let handle = server.handle();
    let preparing =
        actix_web::rt::spawn(prepare(config.clone(), state.clone(), with_demo, store.config.clone(), woken));
    let outcome = tokio::select! {
        outcome = server => outcome.map_err(|error| error.to_string()),
        why = database_ended(&store) => {
            handle.stop(true).await;
            Err(format!("the embedded database ended: {why}. Start again; nothing that was saved is lost"))
        }
    };
    preparing.abort();
    stop(store).await;
    outcome
}

/// Answers when our own database server ends by itself; never for a given one, which may come back.
async fn database_ended(store: &wiring::Store) -> String {
    match &store.server {
        Some(server) => server.ended().await,
        None => std::future::pending().await,
    }
}

/// Migrates, loads demo data, then opens for business. While the database is away it tries again, and requests get 503.
async fn prepare(
    config: Config,
    state: AppState,
    with_demo: bool,
    database: adapter_postgres::DatabaseConfig,
    woken: tokio::sync::mpsc::UnboundedReceiver<()>,
) {
    loop {
        match adapter_postgres::migrate(&database).await {
            Ok(applied) => {
                if !applied.is_empty() {
                    tracing::info!(count = applied.len(), "migrations applied");
                }
                break;
            }
            Err(error) => {
                tracing::error!(%error, "the database is not ready; trying again in 3 s");
                tokio::time::sleep(Duration::from_secs(3)).await;
            }
        }
    }
    // Firms that an earlier release made have no licence worked out yet.
    if let Err(error) = app::licence::refresh_all(state.db.as_ref(), state.clock.as_ref()).await {
        tracing::error!(%error, "licences were not worked out");
    }
    let mut sign_in = None;
    if with_demo {
        match demo_data(&config, &state).await {
            Ok(secrets) => sign_in = Some(secrets),
            Err(error) => tracing::error!(%error, "demo data did not load"),
        }
    }
    state.ready.store(true, Ordering::Release);
    println!("\n  ZippCRM is ready at {}\n", state.config.portal_url);
    if let Some((password, totp)) = sign_in {
        println!("  Sign in as   {}   (analyst)", demo::ANALYST);
        println!("         or    {}     (administrator), and others of the demo firm", demo::ADMIN);
        println!("  Password     {password}");
        println!("  The administrator needs a code as well: put this key into an authenticator app");
        println!("               {totp}\n");
        println!("  Stop with Ctrl-C.\n");
    }
    actix_web::rt::spawn(api::memory::keep_small(state.clone()));
    api::background::run(state, woken).await;
}

/// The password of the demo people and the key of the administrator's second factor; the data itself when the store is
/// empty.
async fn demo_data(config: &Config, state: &AppState) -> Result<(String, String), String> {
    let password = match &config.demo_password {
        Some(password) => password.clone(),
        None => wiring::kept(&config.state_dir, "demo-password", || {
            api::http::token::random_text().map(|text| text.replace(['-', '_'], "")[..16].to_owned())
        })?,
    };
    let totp = match &config.demo_totp {
        Some(key) => key.clone(),
        None => wiring::kept(&config.state_dir, "demo-totp", || {
            api::http::token::random_bytes::<{ identity::second_factor::SECRET_LENGTH }>()
                .map(|bytes| identity::second_factor::shown_secret(&bytes))
        })?,
    };
    if state.db.tenants().await.map_err(|error| error.to_string())?.is_empty() {
        let sign_in = demo::SignIn { password: &password, totp: &totp, vault: state.vault.as_ref() };
        demo::load(state.db.as_ref(), state.clock.as_ref(), &sign_in).await?;
    }
    Ok((password, totp))
}

async fn work(config: Config) -> Result<(), String> {
    let store = wiring::open_store(&config).await?;
    wiring::apply_migrations(&store).await.map_err(|error| error.to_string())?;
    let (state, woken) = wiring::assemble(&config, &store)?;
    tracing::info!("working");
    tokio::select! {
        () = api::background::run(state, woken) => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    stop(store).await;
    Ok(())
}

async fn doctor(config: Config) -> Result<(), String> {
    println!(
        "configuration   ok (port {}, {})",
        config.server.port,
        if config.server.production { "production" } else { "development" }
    );
    let store = wiring::open_store(&config).await?;
    println!("database        ok ({})", if store.server.is_some() { "embedded" } else { "DATABASE_URL" });
    let applied = wiring::apply_migrations(&store).await.map_err(|error| error.to_string())?;
    println!("schema          ok ({} migrations applied now)", applied.len());
    let (state, _woken) = wiring::assemble(&config, &store)?;
    state.db.ping().await.map_err(|error| error.to_string())?;
    let firms = state.db.tenants().await.map_err(|error| error.to_string())?.len();
    println!("application     ok ({firms} firms)");
    let rules = rulebook::Rulebook::shipped();
    println!("rulebook        ok ({} rule versions, {})", rules.rules().len(), rules.digest());
    match &state.config.web_dir {
        Some(dir) if dir.join("index.html").is_file() => println!("web files       ok ({})", dir.display()),
        _ => println!("web files       missing: build them with cargo xtask up, or set ZIPPCRM_WEB_DIR"),
    }
    stop(store).await;
    Ok(())
}

async fn create_firm(
    config: Config,
    name: String,
    email: String,
    admin: String,
    plan: Option<String>,
) -> Result<(), String> {
    let store = wiring::open_store(&config).await?;
    wiring::apply_migrations(&store).await.map_err(|error| error.to_string())?;
    let (state, _woken) = wiring::assemble(&config, &store)?;
    let password = demo::create_firm(state.db.as_ref(), state.clock.as_ref(), name, email, admin, plan).await;
    stop(store).await;
    println!("One-time password: {}", password?);
    println!(
        "Sign in, set up the second factor that administrators need, and change the password under Profile."
    );
    Ok(())
}

async fn stop(store: wiring::Store) {
    if let Some(server) = store.server
        && let Err(error) = server.stop().await
    {
        tracing::warn!(%error, "the embedded database did not stop in order");
    }
}
