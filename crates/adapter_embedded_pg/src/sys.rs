//! The few calls that need libc; the only file of this crate with `unsafe`.
#![expect(unsafe_code, reason = "setsid, prctl, kill and waitid have no safe form in std")]

use std::io;
use std::os::unix::process::CommandExt;
use std::process::Command;

/// How to ask a PostgreSQL server to stop.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stop {
    /// SIGINT: end the sessions, write a checkpoint, exit.
    Fast,
    /// SIGQUIT: exit at once; the next start recovers from the log.
    Immediate,
}

/// The effective user id of this process.
pub(crate) fn effective_uid() -> u32 {
    // SAFETY: geteuid takes nothing and cannot fail.
    unsafe { libc::geteuid() }
}

/// The effective group id of this process.
pub(crate) fn effective_gid() -> u32 {
    // SAFETY: getegid takes nothing and cannot fail.
    unsafe { libc::getegid() }
}

/// Gives the child its own session (so a Ctrl-C reaches us and not the server) and a private umask.
///
/// With `die_with_us` the kernel also sends the child SIGINT when the *thread* that spawned it ends, however it
/// ends (Linux only). `pre_exec` runs after the change of user id, which would otherwise clear that request.
pub(crate) fn detach(command: &mut Command, die_with_us: bool) {
    let parent = std::process::id();
    // SAFETY: the closure runs between fork and exec and calls async-signal-safe functions only.
    unsafe {
        command.pre_exec(move || {
            if libc::setsid() < 0 {
                return Err(io::Error::last_os_error());
            }
            libc::umask(0o077);
            huge_pages_as_usual();
            if die_with_us {
                follow_parent(parent)?;
            }
            Ok(())
        });
    }
}

/// A process that forbids itself huge pages hands that down to its children.
#[cfg(target_os = "linux")]
fn huge_pages_as_usual() {
    // SAFETY: a plain system call with integer arguments; refused, it changes nothing.
    unsafe {
        libc::prctl(libc::PR_SET_THP_DISABLE, 0, 0, 0, 0);
    }
}

#[cfg(not(target_os = "linux"))]
fn huge_pages_as_usual() {}

#[cfg(target_os = "linux")]
fn follow_parent(parent: u32) -> io::Result<()> {
    // SAFETY: plain system calls with integer arguments.
    unsafe {
        if libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGINT) < 0 {
            return Err(io::Error::last_os_error());
        }
        // The parent may have died before the request was made.
        if u32::try_from(libc::getppid()) != Ok(parent) {
            return Err(io::Error::from_raw_os_error(libc::ESRCH));
        }
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn follow_parent(_parent: u32) -> io::Result<()> {
    Ok(())
}

/// Asks process `pid` to stop; false when it does not exist or is not ours to signal.
pub(crate) fn ask_to_stop(pid: u32, how: Stop) -> bool {
    let signal = match how {
        Stop::Fast => libc::SIGINT,
        Stop::Immediate => libc::SIGQUIT,
    };
    match libc::pid_t::try_from(pid) {
        // SAFETY: kill with a positive pid and a valid signal number.
        Ok(pid) if pid > 1 => unsafe { libc::kill(pid, signal) == 0 },
        _ => false,
    }
}

/// Blocks until our child `pid` has ended, without reaping it: its pid stays reserved until the caller reaps.
pub(crate) fn await_end(pid: u32) {
    loop {
        // SAFETY: `info` is a valid place for the answer; an all-zero siginfo_t is a valid value.
        let answer = unsafe {
            let mut info: libc::siginfo_t = std::mem::zeroed();
            libc::waitid(libc::P_PID, pid as libc::id_t, &raw mut info, libc::WEXITED | libc::WNOWAIT)
        };
        if answer == 0 || io::Error::last_os_error().kind() != io::ErrorKind::Interrupted {
            return;
        }
    }
}
