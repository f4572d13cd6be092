//! What may become of a proposal, one by one and at random.

use super::*;
use kernel::Id;
use proptest::prelude::*;
use time::macros::datetime;

const AT: Instant = datetime!(2026-11-21 06:30 UTC);
const MAKER: i64 = 1;

fn levels(n: usize) -> Vec<Level> {
    let who = Who::Roles(vec![Role::Checker, Role::PrincipalOfficer]);
    (0..n).map(|_| Level { who: who.clone(), from_size: 0 }).collect()
}

fn frozen(n: usize) -> Frozen {
    Frozen {
        command: Value::Null,
        digest: String::new(),
        sight: Sight::default(),
        size: 1,
        reason: String::new(),
        levels: levels(n),
        expires_at: AT + time::Duration::days(7),
    }
}

fn proposal(n: usize) -> Proposal {
    Proposal {
        id: Id::new(7),
        action: Action::ClientKyc,
        about: "Sahyadri".into(),
        subjects: vec![Subject { kind: "client", id: 5 }],
        client: None,
        maker: Id::new(MAKER),
        frozen: frozen(n),
        round: 1,
        state: State::Pending { level: 1 },
        decisions: Vec::new(),
        version: 1,
        proposed_at: AT,
        updated_at: AT,
    }
}

fn hat(user: i64, role: Role) -> Hat {
    Hat { user: Id::new(user), role, acting_for: None }
}

fn stand_in(user: i64, for_user: i64, role: Role) -> Hat {
    Hat { user: Id::new(user), role: Role::Analyst, acting_for: Some((Id::new(for_user), role)) }
}

#[test]
fn two_people_one_after_the_other_make_it_ready() {
    let first = proposal(2).approve(&hat(2, Role::Checker), "", AT).unwrap();
    assert_eq!(first.state, State::Pending { level: 2 });
    let done = first.approve(&hat(3, Role::PrincipalOfficer), "", AT).unwrap();
    assert_eq!(done.state, State::Approved);
    assert_eq!(done.executed(AT).unwrap().state, State::Executed);
}

#[test]
fn the_maker_never_decides_under_any_hat() {
    let own = proposal(1).approve(&hat(MAKER, Role::PrincipalOfficer), "", AT);
    assert_eq!(own, Err(Refusal::OwnWork));
    let lent = proposal(1).approve(&stand_in(MAKER, 2, Role::Checker), "", AT);
    assert_eq!(lent, Err(Refusal::OwnWork), "a delegation to the maker does not help");
    let for_maker = proposal(1).approve(&stand_in(4, MAKER, Role::Checker), "", AT);
    assert_eq!(for_maker, Err(Refusal::ForMaker));
}

#[test]
fn nobody_decides_two_levels_not_even_in_somebodys_place() {
    let first = proposal(2).approve(&hat(2, Role::Checker), "", AT).unwrap();
    assert_eq!(first.clone().approve(&hat(2, Role::Checker), "", AT), Err(Refusal::Twice));
    let other_hat = stand_in(2, 3, Role::PrincipalOfficer);
    assert_eq!(first.clone().approve(&other_hat, "", AT), Err(Refusal::Twice));
    let for_the_first = stand_in(4, 2, Role::Checker);
    assert_eq!(first.approve(&for_the_first, "", AT), Err(Refusal::Twice));
}

#[test]
fn what_was_sent_back_comes_again_and_all_levels_decide_anew() {
    let checker = hat(2, Role::Checker);
    assert_eq!(proposal(1).give_back(&checker, "  ", AT), Err(Refusal::NoComment));
    let back = proposal(1).give_back(&checker, "PAN of another company", AT).unwrap();
    assert_eq!(back.clone().resubmit(Id::new(2), frozen(1), AT), Err(Refusal::NotMaker));
    let again = back.resubmit(Id::new(MAKER), frozen(1), AT).unwrap();
    assert_eq!((again.round, again.state.clone()), (2, State::Pending { level: 1 }));
    assert_eq!(again.approve(&checker, "", AT).unwrap().state, State::Approved);
}

#[test]
fn lapsing_takes_its_time_and_never_approves() {
    assert!(proposal(1).expire(AT).is_err());
    let late = AT + time::Duration::days(7);
    let over = proposal(1).expire(late).unwrap();
    assert_eq!(over.approve(&hat(2, Role::Checker), "", late), Err(Refusal::Over("expired")));
}

#[test]
fn only_those_whom_the_level_names() {
    assert_eq!(proposal(1).approve(&hat(5, Role::Analyst), "", AT), Err(Refusal::NotNamed));
    assert_eq!(proposal(1).withdraw(Id::new(5), AT), Err(Refusal::NotMaker));
    assert_eq!(proposal(1).withdraw(Id::new(MAKER), AT).unwrap().state, State::Withdrawn);
}

proptest! {
    /// Whatever people try in whatever order: what ends up approved was approved by as many different people as it has
    /// levels, none of them the maker or in the maker's place; and what is over stays as it is.
    #[test]
    fn approval_is_always_by_enough_different_people(
        n in 1usize..4,
        tries in prop::collection::vec((0u8..6, 1i64..6, prop::option::of(1i64..6)), 0..24),
    ) {
        let mut now = proposal(n);
        for (what, user, acting) in tries {
            let hat = Hat {
                user: Id::new(user),
                role: Role::Checker,
                acting_for: acting.filter(|a| *a != user).map(|a| (Id::new(a), Role::PrincipalOfficer)),
            };
            let before = now.clone();
            let tried = match what {
                0..=2 => now.clone().approve(&hat, "", AT),
                3 => now.clone().give_back(&hat, "again", AT),
                4 => now.clone().resubmit(Id::new(user), frozen(n), AT),
                _ => now.clone().executed(AT),
            };
            if let Ok(after) = tried {
                prop_assert!(!matches!(before.state, State::Executed | State::Rejected));
                now = after;
            }
            if matches!(now.state, State::Approved | State::Executed) {
                let yes: Vec<&Decision> = now.this_round().collect();
                prop_assert_eq!(yes.len(), n);
                let mut minds: Vec<UserId> = Vec::new();
                for d in yes {
                    prop_assert_eq!(d.verdict, Verdict::Approve);
                    let mut of_this = vec![d.by];
                    of_this.extend(d.acting_for);
                    prop_assert!(!of_this.contains(&Id::new(MAKER)));
                    prop_assert!(of_this.iter().all(|m| !minds.contains(m)));
                    minds.extend(of_this);
                }
            }
        }
    }
}
