//! The command line. `offline` commands need no configuration and no database.

mod audit;
pub mod firm;
mod identifier;
mod law;
mod license;
mod progress;

pub use license::SigningKey;

pub use audit::AuditCommand;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// ZippCRM: compliance for Indian financial-regulated firms.
#[derive(Debug, Parser)]
#[command(name = "zippcrm", version)]
pub struct Flags {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the API and the web files, and do the background work.
    Serve {
        /// Load demo data into an empty store and print how to sign in.
        #[arg(long)]
        demo: bool,
        /// Listen here instead of PORT.
        #[arg(long)]
        port: Option<u16>,
    },
    /// Do the background work only.
    Work,
    /// Bring the schema up to date.
    Migrate,
    /// Check configuration, database, schema, rulebook and web files.
    Doctor,
    /// Make a firm and its administrator; prints a one-time password.
    CreateFirm {
        /// Name of the firm.
        name: String,
        /// Sign-in address of the administrator.
        email: String,
        /// Name of the administrator.
        #[arg(long, default_value = "Administrator")]
        admin: String,
        /// Plan of the firm, for example enterprise or india_basic; without one it may try the product for 30 days.
        #[arg(long)]
        plan: Option<String>,
    },
    /// Print the OpenAPI document.
    Openapi,
    /// Print the role x permission matrix.
    Permissions,
    /// Ask the rule library.
    #[command(subcommand)]
    Rulebook(law::RulebookCommand),
    /// Check a proof of the journal, and look after the key that signs it.
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// Make, look into and check licences.
    #[command(subcommand)]
    License(license::LicenseCommand),
    /// Put a firm on a plan, or give it what its plan does not have.
    #[command(subcommand)]
    Firm(firm::FirmCommand),
    /// Check official numbers.
    #[command(subcommand)]
    Identifier(identifier::IdentifierCommand),
}

/// Runs a command that needs nothing but the program; `None` for the others.
pub fn offline(command: &Command) -> Option<ExitCode> {
    match command {
        Command::Openapi => Some(match crate::openapi().to_pretty_json() {
            Ok(text) => print(&text),
            Err(error) => fail(&error.to_string(), 1),
        }),
        Command::Permissions => Some(print(kernel::permission::matrix().trim_end())),
        Command::Rulebook(command) => Some(law::run(command)),
        Command::Audit(command) => audit::run(command),
        Command::License(command) => Some(license::run(command)),
        Command::Identifier(command) => Some(identifier::run(command)),
        _ => None,
    }
}

/// Prints one answer. A closed pipe is not an error.
fn print(text: &str) -> ExitCode {
    use std::io::Write;
    let _ = writeln!(std::io::stdout(), "{text}");
    ExitCode::SUCCESS
}

fn print_json(value: &impl serde::Serialize) -> ExitCode {
    match serde_json::to_string_pretty(value) {
        Ok(text) => print(&text),
        Err(error) => fail(&error.to_string(), 1),
    }
}

fn fail(message: &str, code: u8) -> ExitCode {
    eprintln!("{message}");
    ExitCode::from(code)
}
