//! Against a real Redis, which each test starts on a socket of its own. `cargo xtask test` installs it when it is absent.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use adapter_redis::RedisThrottle;
use identity::throttle::testing::{FIVE, NOW, STEEP, contract};
use identity::throttle::{InProcess, Throttle};
use std::sync::Arc;
use testkit::RedisServer;
use time::Duration;

/// The names of everything that is in it.
async fn all(server: &RedisServer) -> Vec<String> {
    let client = redis::Client::open(server.url()).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    redis::cmd("KEYS").arg("*").query_async(&mut connection).await.unwrap()
}

fn replica(server: &RedisServer) -> RedisThrottle {
    let own = Arc::new(InProcess::default());
    RedisThrottle::new(&server.url(), "a secret", own).unwrap().patient(std::time::Duration::from_secs(30))
}

#[tokio::test]
async fn two_replicas_keep_the_contract_together() {
    let server = RedisServer::start();
    contract(&replica(&server), &replica(&server)).await;
}

#[tokio::test]
async fn forty_at_once_take_five_and_try_three_times() {
    let server = RedisServer::start();
    let replicas = [Arc::new(replica(&server)), Arc::new(replica(&server))];
    let mut tasks = Vec::new();
    for n in 0..40 {
        let one = replicas[n % 2].clone();
        tasks.push(tokio::spawn(async move {
            (one.take(FIVE, "k", NOW).await.is_ok(), one.attempt(STEEP, "k", NOW).await.is_ok())
        }));
    }
    let (mut taken, mut tried) = (0, 0);
    for task in tasks {
        let (took, attempted) = task.await.unwrap();
        taken += usize::from(took);
        tried += usize::from(attempted);
    }
    assert_eq!((taken, tried), (5, 3));
}

#[tokio::test]
async fn nothing_in_redis_names_a_person_or_an_address() {
    let server = RedisServer::start();
    let (one, stranger) = (replica(&server), "asha@kaveri.example|203.0.113.9");
    one.take(FIVE, stranger, NOW).await.unwrap();
    one.attempt(STEEP, stranger, NOW).await.unwrap();
    let all = all(&server).await;
    assert_eq!(all.len(), 2);
    for key in all {
        assert!(key.starts_with("zippcrm:"), "{key}");
        for part in ["asha", "kaveri", "203", "five", "steep"] {
            assert!(!key.contains(part), "{key}");
        }
    }
    // Somebody with another secret finds none of it.
    let other = RedisThrottle::new(&server.url(), "another", Arc::new(InProcess::default())).unwrap();
    assert_eq!(other.attempt(STEEP, stranger, NOW).await, Ok(1));
}

#[tokio::test]
async fn without_redis_each_process_counts_for_itself_until_it_is_back() {
    let mut server = RedisServer::start();
    let (one, two) = (replica(&server), replica(&server));
    for _ in 0..5 {
        one.take(FIVE, "k", NOW).await.unwrap();
    }
    assert_eq!(two.take(FIVE, "k", NOW).await, Err(12));
    server.end();
    for keeper in [&one, &two] {
        for _ in 0..5 {
            assert_eq!(keeper.take(FIVE, "k", NOW).await, Ok(()), "its own count begins");
        }
        assert_eq!(keeper.take(FIVE, "k", NOW).await, Err(12), "and ends");
        assert_eq!(keeper.attempt(STEEP, "k", NOW).await, Ok(1));
        keeper.forget(STEEP, "k").await;
        assert_eq!(keeper.attempt(STEEP, "k", NOW).await, Ok(1));
    }
    server.again();
    assert_eq!(one.take(FIVE, "k", NOW).await, Err(12), "it is not looked for at every request");
    let later = NOW + Duration::seconds(2);
    for n in 0..5 {
        let keeper = if n % 2 == 0 { &one } else { &two };
        assert_eq!(keeper.take(FIVE, "new", later).await, Ok(()));
    }
    assert_eq!(one.take(FIVE, "new", later).await, Err(12), "shared again");
}

#[test]
fn a_wrong_address_is_told_without_its_password() {
    for url in ["http://:hunter2@x", "rediss://:hunter2@x", ""] {
        let error = RedisThrottle::new(url, "s", Arc::new(InProcess::default())).unwrap_err();
        assert!(!error.contains("hunter2") && error.len() > 20, "{error}");
    }
}
