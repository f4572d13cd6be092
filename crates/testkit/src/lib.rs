//! What tests share: a PostgreSQL server, one database per test, a clock that is set by hand. Development only.

pub mod clock;
pub mod cluster;
pub mod database;
pub mod redis;

pub use clock::ManualClock;
pub use database::TestDb;
pub use redis::RedisServer;
