//! How often somebody may ask, and how long they wait after wrong passwords and codes. The counts are behind a port, so
//! that replicas can share them; the arithmetic is here, and a contract suite holds every keeper of counts to it.

mod budget;
mod in_process;
mod slope;
#[cfg(any(test, feature = "testing"))]
pub mod testing;

pub use budget::{Budget, micros};
pub use in_process::InProcess;
pub use slope::{SKEW, Slope, Tries};

use async_trait::async_trait;
use kernel::moment::Instant;

/// Counts of requests and of tries. The caller brings the time.
#[async_trait]
pub trait Throttle: Send + Sync {
    /// Takes one from a budget, or says how many seconds to wait.
    async fn take(&self, budget: Budget, key: &str, at: Instant) -> Result<(), u64>;
    /// Counts a try before it is looked at, so that a hundred at once are a hundred. Answers how many there are now, or how
    /// many seconds to wait; then nothing was counted.
    async fn attempt(&self, slope: Slope, key: &str, at: Instant) -> Result<u32, u64>;
    /// Takes one try back that was not a wrong one.
    async fn give_back(&self, slope: Slope, key: &str);
    /// Forgets the tries, after a right one.
    async fn forget(&self, slope: Slope, key: &str);
    /// Drops what no longer matters.
    fn tidy(&self, at: Instant);
}
