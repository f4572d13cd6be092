//! Memory of the process: none in huge pages, and what the start used up is given back.
//!
//! A huge page is resident as a whole when one byte of it is used; with them an idle server holds 35 MB more and is no
//! faster. The allocator keeps freed memory for a second and looks again only when somebody allocates, which on an idle
//! server nobody does.
#![expect(unsafe_code, reason = "prctl and the allocator's own functions have no safe form")]

use crate::state::AppState;
use std::time::Duration;

/// How often the whole process looks for memory to give back.
const EVERY: Duration = Duration::from_secs(10);

/// Forbids huge pages, first thing in the process. What it starts later would inherit that; the embedded database takes
/// it back for itself.
pub fn begin() {
    #[cfg(target_os = "linux")]
    // SAFETY: a plain system call with integer arguments; when it is refused, nothing changes.
    unsafe {
        libc::prctl(libc::PR_SET_THP_DISABLE, 1, 0, 0, 0);
    }
}

/// Gives back what this thread has freed, and what is free for all threads.
pub fn give_back() {
    // SAFETY: may be called at any time by any thread.
    unsafe { libmimalloc_sys::mi_collect(true) }
}

/// Runs until the process ends: sums up what was measured, which is kept one by one until then, and gives back what is free.
pub async fn keep_small(state: AppState) {
    loop {
        if let Some(metrics) = &state.metrics {
            metrics.run_upkeep();
        }
        give_back();
        tokio::time::sleep(EVERY).await;
    }
}
