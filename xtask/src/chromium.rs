//! A browser for the end-to-end tests: the system's Chromium or Chrome, on Debian as root installed when absent.

use std::path::Path;

use crate::shell;

const NAMES: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// The browser's program; `E2E_CHROMIUM` names another one.
pub(crate) fn require() -> Result<String, String> {
    if let Some(named) = std::env::var_os("E2E_CHROMIUM") {
        return Ok(named.to_string_lossy().into_owned());
    }
    if let Some(found) = find() {
        return Ok(found);
    }
    if !(shell::is_root() && Path::new("/etc/debian_version").exists()) {
        return Err(
            "Chromium or Chrome is missing. Install it with your system's package manager (on Debian: \
                    `sudo apt-get install chromium`), or set E2E_CHROMIUM to the program, and run this again."
                .into(),
        );
    }
    shell::heading("installing Chromium");
    shell::apt_install(&["chromium", "fonts-liberation"])?;
    find().ok_or_else(|| "Chromium was installed but is not on the path.".into())
}

fn find() -> Option<String> {
    NAMES.iter().find(|name| shell::has(name)).map(|name| absolute(name))
}

/// The program's full path: Playwright does not search `PATH`.
fn absolute(name: &str) -> String {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .map(|dir| dir.join(name))
        .find(|file| file.is_file())
        .map_or_else(|| name.to_owned(), |file| file.to_string_lossy().into_owned())
}
