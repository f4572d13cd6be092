//! What every endpoint shares: errors, who is calling, wire formats, limits, headers.

pub mod body;
pub mod caller;
pub mod cors;
pub mod device;
pub mod error;
pub mod headers;
pub mod idempotency;
pub mod limit;
pub mod list;
pub mod middleware;
pub mod read_only;
pub mod server;
pub mod ticket;
pub mod token;
pub mod vault;
pub mod version;
pub mod wire;

pub use body::Json;
pub use caller::Caller;
pub use error::{ApiError, ErrorBody};
pub use list::{ListQuery, PageParams};
pub use ticket::Ticket;
pub use version::IfMatch;
pub use wire::Ist;
