//! Four eyes: which actions wait for a second person, the proposals that wait, who decided them, and who stands in for
//! whom. Pure rules; the guard that every door goes through lives in `app`.

pub mod action;
pub mod coverage;
pub mod delegation;
pub mod policy;
pub mod ports;
pub mod proposal;
pub mod sight;
#[cfg(any(test, feature = "testing"))]
pub mod testing;

pub use action::Action;
pub use coverage::{Gap, gaps};
pub use delegation::{Delegation, NewDelegation};
pub use policy::{Level, Policy, Who};
pub use ports::{Approvals, Counts, Inbox, ProposalRow, Viewer};
pub use proposal::{Decision, Frozen, Hat, Proposal, Refusal, State, Verdict};
pub use sight::{Check, Line, Same, Section, Sight};
