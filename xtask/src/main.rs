//! The project's commands: `cargo xtask <command>`. One module per command; std and serde_json only.

mod bench;
mod chromium;
mod ci;
mod deny;
mod failures;
mod files;
mod fuzz;
mod generate;
mod migration;
mod python;
mod redis;
mod server;
mod shell;
mod summary;
mod test;
mod tidy;
mod up;
mod web;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <command>

  up [--release] [--port N]    build everything and run ZippCRM with demo data (default port 3002)
  test [--rust] [--web] [--e2e]
                               all tests, or the named parts; installs what they need
  ci                           everything a change must pass: format, lints, tidy, deny, freshness, tests
  tidy                         the house rules: arrows between crates, file sizes, migrations, ...
  deny                         licences, banned and duplicate dependencies
  gen [--check]                write (or compare) the generated files
  bench [--size full|tenth|both] [--seconds N]
                               the speed table: the server in release against pgbench (both sizes by default)
  fuzz [TARGET] [--seconds N]  libFuzzer on the pack parser, the evaluator, identifiers and the importer
  new-migration NAME           the next numbered migration from the template
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let rest = args.get(1..).unwrap_or_default();
    let result = match args.first().map(String::as_str) {
        Some("up") => up::run(rest),
        Some("test") => test::run(rest),
        Some("ci") => ci::run(),
        Some("tidy") => tidy::run(),
        Some("deny") => deny::run(),
        Some("gen") => generate::run(rest),
        Some("fuzz") => fuzz::run(rest),
        Some("bench") => bench::run(rest),
        Some("new-migration") => migration::run(rest),
        Some("help" | "--help" | "-h") | None => {
            print!("{HELP}");
            Ok(())
        }
        Some(other) => Err(format!("There is no command `{other}`.\n\n{HELP}")),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            // Empty when the command has said it all.
            if !message.is_empty() {
                eprintln!("{message}");
            }
            ExitCode::FAILURE
        }
    }
}
