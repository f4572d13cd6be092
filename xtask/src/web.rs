//! The frontend's packages and its production build, each redone only when its inputs changed.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use crate::shell::{self, Outcome};

/// Checks that node is there and recent enough.
pub(crate) fn require_node() -> Outcome {
    if !shell::has("npm") {
        return Err("Node.js is missing. Install Node.js 20 or later (with npm) and run this again.".into());
    }
    let text = shell::output(std::process::Command::new("node").arg("--version"))?;
    let text = String::from_utf8_lossy(&text).trim().to_owned();
    let major: u32 = text.trim_start_matches('v').split('.').next().and_then(|n| n.parse().ok()).unwrap_or(0);
    if major < 20 {
        return Err(format!("Node.js 20 or later is needed, but `node --version` says {text}."));
    }
    Ok(())
}

/// `npm ci`, unless the installed packages belong to the present lock file.
pub(crate) fn install() -> Outcome {
    require_node()?;
    let (lock, modules) =
        (shell::frontend().join("package-lock.json"), shell::frontend().join("node_modules"));
    let wanted = fingerprint(&[lock, shell::frontend().join("package.json")])?;
    let stamp = modules.join(".zippcrm-installed");
    if fs::read_to_string(&stamp).is_ok_and(|s| s == wanted) {
        return Ok(());
    }
    if installed_by_hand(&modules, &stamp) {
        return shell::write(&stamp, wanted.as_bytes());
    }
    shell::heading("npm ci");
    shell::run(&mut shell::npm(&["ci", "--no-audit", "--no-fund"]))?;
    shell::write(&stamp, wanted.as_bytes())
}

/// True when a developer's own `npm install` is newer than our stamp and both package files: npm writes
/// `.package-lock.json` at the end of each installation.
fn installed_by_hand(modules: &Path, stamp: &Path) -> bool {
    let time = |path: &Path| fs::metadata(path).and_then(|m| m.modified()).ok();
    let Some(installed) = time(&modules.join(".package-lock.json")) else { return false };
    let inputs = ["package.json", "package-lock.json"].map(|name| shell::frontend().join(name));
    inputs.iter().all(|input| time(input).is_some_and(|t| t <= installed))
        && time(stamp).is_none_or(|t| t <= installed)
}

/// `npm run build`, unless `frontend/dist` was built from the present sources.
pub(crate) fn build() -> Outcome {
    install()?;
    let frontend = shell::frontend();
    let mut sources: Vec<PathBuf> = ["src", "public", "index.html", "package.json", "package-lock.json"]
        .iter()
        .map(|name| frontend.join(name))
        .collect();
    sources.extend(top_level_settings(&frontend));
    let wanted = fingerprint(&sources)?;
    let stamp = frontend.join("node_modules/.zippcrm-built");
    let built = frontend.join("dist/index.html").is_file();
    if built && fs::read_to_string(&stamp).is_ok_and(|s| s == wanted) {
        return Ok(());
    }
    shell::heading("npm run build");
    shell::run(&mut shell::npm(&["run", "build"]))?;
    // The build may write files of its own (the route tree), so the stamp is taken afterwards.
    shell::write(&stamp, fingerprint(&sources)?.as_bytes())
}

/// `vite.config.ts`, `tsconfig.json` and their like.
fn top_level_settings(frontend: &Path) -> Vec<PathBuf> {
    let is_setting = |path: &PathBuf| {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        name.starts_with("vite.config") || name.starts_with("tsconfig") || name.starts_with("postcss")
    };
    let entries = fs::read_dir(frontend).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries.map(|e| e.path()).filter(is_setting).collect();
    found.retain(|p| p.extension().is_none_or(|e| e != "tsbuildinfo"));
    found.sort();
    found
}

/// A short text that changes when a name or the content of any of these files (or files below them) changes.
fn fingerprint(paths: &[PathBuf]) -> Result<String, String> {
    let mut hasher = DefaultHasher::new();
    for path in paths {
        add(path, &mut hasher).map_err(|e| format!("Could not read {}: {e}.", path.display()))?;
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn add(path: &Path, hasher: &mut DefaultHasher) -> std::io::Result<()> {
    if path.is_dir() {
        let mut entries: Vec<PathBuf> = fs::read_dir(path)?.flatten().map(|e| e.path()).collect();
        entries.sort();
        return entries.iter().try_for_each(|entry| add(entry, hasher));
    }
    if path.is_file() {
        hasher.write(path.as_os_str().as_encoded_bytes());
        hasher.write(&fs::read(path)?);
        hasher.write_u8(0xff);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_follows_content_and_names() {
        let dir = std::env::temp_dir().join(format!("xtask-web-{}", std::process::id()));
        fs::create_dir_all(dir.join("src")).unwrap();
        fs::write(dir.join("src/a.ts"), "1").unwrap();
        let print = || fingerprint(&[dir.join("src"), dir.join("absent")]).unwrap();
        let first = print();
        assert_eq!(first, print());
        fs::write(dir.join("src/a.ts"), "2").unwrap();
        let second = print();
        assert_ne!(first, second);
        fs::rename(dir.join("src/a.ts"), dir.join("src/b.ts")).unwrap();
        assert_ne!(second, print());
        fs::remove_dir_all(dir).unwrap();
    }
}
