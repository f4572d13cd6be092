//! Health, metrics, the document itself, and the SPA.

pub mod document;
pub mod health;
pub mod metrics;
pub mod spa;
