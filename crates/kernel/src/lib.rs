//! The words every other crate shares: typed ids, who is acting, what they may do, time, the journal port
//! and the one vocabulary for store failures. No I/O, no clock, no SQL, no HTTP.

pub mod aadhaar;
pub mod actor;
pub mod entitlements;
pub mod feature;
pub mod fields;
pub mod frequency;
pub mod id;
pub mod journal;
pub mod limit;
pub mod moment;
pub mod page;
pub mod period;
pub mod permission;
pub mod store;

pub use actor::Actor;
pub use entitlements::{Entitlements, NotEntitled, ReadOnly};
pub use feature::{Feature, FeatureSet};
pub use fields::FieldErrors;
pub use id::Id;
pub use journal::{Change, Journal, Subject};
pub use limit::{Counted, Limit};
pub use moment::{Clock, Instant, ist_date};
pub use page::{Page, PageRequest};
pub use permission::{Denied, Permission, PermissionSet, Role};
pub use store::{Commit, StoreError};
pub use time::Date;
