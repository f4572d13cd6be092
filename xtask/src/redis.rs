//! A Redis for the tests of shared limits: the system's, on Debian as root installed when absent.

use std::path::Path;

use crate::shell::{self, Outcome};

/// Makes sure that `redis-server` is on the path. The tests start their own, on sockets of their own.
pub(crate) fn require() -> Outcome {
    if shell::has("redis-server") {
        return Ok(());
    }
    if !(shell::is_root() && Path::new("/etc/debian_version").exists()) {
        return Err("redis-server is missing; the tests of shared limits need it. Install it with your system's package \
                    manager (on Debian: `sudo apt-get install redis-server`) and run this again."
            .into());
    }
    shell::heading("installing Redis");
    shell::apt_install(&["redis-server"])
}
