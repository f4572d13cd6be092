//! The HTTP face against a real database: the same routes and layers as the server, a clock set by hand.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod support;

mod aadhaar;
mod approvals;
mod auth;
mod bulk;
mod calendar;
mod clients;
mod documented;
mod events;
mod events_register;
mod feeds;
mod filings;
mod firm_rules;
mod fixtures;
mod gates;
mod guarded_access;
mod guarded_details;
mod guarded_keys;
mod guarded_rules;
mod guessing;
mod headers;
mod held;
mod imports;
mod journal;
mod keys;
mod library;
mod licence;
mod limits;
mod midnight;
mod notices;
mod operations;
mod people;
mod plans;
mod portal_log;
mod relaxations;
mod second_factor;
mod strangers;
mod system;
mod vendor;
mod views;
mod walk;
