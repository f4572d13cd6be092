//! For tests only: what every keeper of counts must do.

use super::{Budget, Slope, Throttle};
use kernel::moment::Instant;
use std::num::NonZeroU32;
use time::Duration;
use time::macros::datetime;

/// When the suite runs.
pub const NOW: Instant = datetime!(2026-11-21 06:30 UTC);
/// Five a minute: one comes back every 12 seconds.
pub const FIVE: Budget = Budget::per_minute("five", NonZeroU32::MIN.saturating_add(4));
/// Three free tries, then 5, 10, 20 seconds.
pub const STEEP: Slope = Slope {
    name: "steep",
    free: 3,
    first: Duration::seconds(5),
    longest: Duration::minutes(15),
    forget: Duration::hours(1),
};

/// The suite over two keepers of the same counts, which are empty; one keeper may stand for both.
pub async fn contract(one: &dyn Throttle, two: &dyn Throttle) {
    budgets(one, two).await;
    slopes(one, two).await;
    right_ones(one, two).await;
}

async fn budgets(one: &dyn Throttle, two: &dyn Throttle) {
    for n in 0..5 {
        let keeper = if n % 2 == 0 { one } else { two };
        assert_eq!(keeper.take(FIVE, "10.0.0.1", NOW).await, Ok(()), "{n}");
    }
    for keeper in [one, two] {
        assert_eq!(keeper.take(FIVE, "10.0.0.1", NOW).await, Err(12));
        assert_eq!(keeper.take(FIVE, "10.0.0.1", NOW + Duration::milliseconds(11_500)).await, Err(1));
    }
    assert_eq!(one.take(FIVE, "10.0.0.2", NOW).await, Ok(()), "another address");
    assert_eq!(one.take(Budget { name: "other", ..FIVE }, "10.0.0.1", NOW).await, Ok(()), "another budget");
    let later = NOW + Duration::seconds(12);
    assert_eq!(two.take(FIVE, "10.0.0.1", later).await, Ok(()), "one came back");
    assert_eq!(one.take(FIVE, "10.0.0.1", later).await, Err(12));
    let behind = one.take(FIVE, "10.0.0.1", later - Duration::seconds(1)).await;
    assert_eq!(behind, Err(12), "a replica whose clock is behind takes none of its own");
    for n in 0..5 {
        let turned = one.take(FIVE, "10.0.0.1", NOW - Duration::hours(3)).await;
        assert_eq!(turned, Ok(()), "a clock turned back makes nobody wait until it has caught up: {n}");
    }
    assert!(one.take(FIVE, "10.0.0.1", NOW - Duration::hours(3)).await.is_err(), "but it limits");
    let whole = later + Duration::minutes(1);
    for _ in 0..5 {
        assert_eq!(two.take(FIVE, "10.0.0.1", whole).await, Ok(()));
    }
    assert_eq!(two.take(FIVE, "10.0.0.1", whole).await, Err(12), "no more than the whole comes back");
}

async fn slopes(one: &dyn Throttle, two: &dyn Throttle) {
    for (n, keeper) in [one, two, one].into_iter().enumerate() {
        assert_eq!(keeper.attempt(STEEP, "asha", NOW).await, Ok(u32::try_from(n).unwrap_or(0) + 1));
    }
    assert_eq!(two.attempt(STEEP, "asha", NOW).await, Err(5));
    assert_eq!(two.attempt(STEEP, "asha", NOW + Duration::milliseconds(4_001)).await, Err(1));
    assert_eq!(two.attempt(STEEP, "ravi", NOW).await, Ok(1), "another key");
    assert_eq!(two.attempt(Slope { name: "other", ..STEEP }, "asha", NOW).await, Ok(1), "another slope");
    let fourth = NOW + Duration::seconds(5);
    assert_eq!(one.attempt(STEEP, "asha", fourth).await, Ok(4));
    assert_eq!(two.attempt(STEEP, "asha", fourth).await, Err(10), "a refused try is not counted");
    assert_eq!(two.attempt(STEEP, "asha", NOW).await, Err(10), "a replica whose clock is behind");
    assert_eq!(two.attempt(STEEP.stricter(1), "asha", fourth).await, Err(40), "the same counts, fewer free");
    let later = fourth + STEEP.forget + Duration::seconds(1);
    assert_eq!(one.attempt(STEEP, "asha", later).await, Ok(1), "it begins anew");
    assert_eq!(
        one.attempt(STEEP.stricter(0), "asha", NOW).await,
        Ok(1),
        "so it does when the clock was turned back"
    );
    let flat = Slope::flat("flat", STEEP.forget);
    for n in 1..=20 {
        assert_eq!(one.attempt(flat, "asha", NOW).await, Ok(n));
    }
}

async fn right_ones(one: &dyn Throttle, two: &dyn Throttle) {
    for _ in 0..3 {
        assert!(one.attempt(STEEP, "right", NOW).await.is_ok());
    }
    two.give_back(STEEP, "right").await;
    assert_eq!(one.attempt(STEEP, "right", NOW).await, Ok(3), "one was given back");
    two.forget(STEEP, "right").await;
    assert_eq!(one.attempt(STEEP, "right", NOW).await, Ok(1), "a right one ends the row");
    for _ in 0..3 {
        two.give_back(STEEP, "right").await;
    }
    assert_eq!(one.attempt(STEEP, "right", NOW).await, Ok(1), "never fewer than none");
}
