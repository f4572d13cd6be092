//! Four eyes on the real store: one effect however many approve at once, stale when the world moved, and a database that
//! refuses what the rules refuse.

use crate::support::{NOW, Store};
use adapter_postgres::PgDatabase;
use app::guard::{Command, GuardError, Outcome, Say, decide, submit, withdraw};
use app::{Database, NewFirm, NewPerson, transact};
use clients::{ClientPatch, Identifiers, RiskRating};
use futures_util::future::join_all;
use kernel::id::{ClientId, ProposalId, UserId};
use kernel::{Actor, Role, StoreError};
use maker_checker::{Proposal, Refusal, State, Verdict};
use testkit::TestDb;

struct Firm {
    store: Store,
    maker: Actor,
    checkers: Vec<Actor>,
}

async fn firm(checkers: usize) -> Firm {
    let db = TestDb::new().await;
    let pg = PgDatabase::new(&db.config_with_pool(12)).unwrap();
    let person = |name: String, role| NewPerson {
        email: format!("{name}@eyes.example"),
        display_name: name,
        role,
        password_hash: "none".into(),
    };
    let mut people = vec![person("admin".into(), Role::Admin), person("maker".into(), Role::Analyst)];
    people.extend((0..checkers).map(|n| person(format!("checker-{n}"), Role::Checker)));
    let (tenant, users) = pg.create_tenant(&NewFirm { name: "eyes".into(), people }, NOW).await.unwrap();
    let actor = |user: UserId, role| {
        let name = format!("{}-{user}", role_name(role));
        Actor { user: Some(user), name, ..Actor::system(tenant, NOW, "test") }.in_role(role)
    };
    let maker = actor(users[1], Role::Analyst);
    let checkers = users[2..].iter().map(|user| actor(*user, Role::Checker)).collect();
    Firm { store: Store { db, pg, tenant, people: users }, maker, checkers }
}

fn role_name(role: Role) -> &'static str {
    role.as_str()
}

fn pan(client: ClientId, version: i64, pan: &str) -> Command {
    let identifiers = Some(Identifiers { pan: Some(pan.into()), ..Identifiers::default() });
    let patch = ClientPatch { identifiers, ..ClientPatch::default() };
    Command::UpdateClient { client: client.get(), version, fields: Box::new(patch.into()) }
}

fn yes(version: i64) -> Say {
    Say { verdict: Verdict::Approve, comment: String::new(), version }
}

impl Firm {
    async fn proposed(&self, command: Command) -> ProposalId {
        match submit(&self.store.pg, &self.maker, command, None).await.unwrap() {
            Outcome::Waits(id, _) => id,
            Outcome::Done(done) => panic!("made at once: {done:?}"),
        }
    }

    async fn client(&self, id: ClientId) -> clients::Client {
        transact(&self.store.pg, &self.maker, async |tx| tx.client(id).await).await.unwrap().unwrap()
    }

    async fn proposal(&self, id: ProposalId) -> Proposal {
        transact(&self.store.pg, &self.maker, async |tx| tx.proposal(id).await).await.unwrap().unwrap()
    }
}

#[tokio::test]
async fn fifty_checkers_at_once_make_one_effect() {
    let firm = firm(50).await;
    let client = firm.store.nbfc("Sahyadri Capital Finance Limited").await;
    let id = firm.proposed(pan(client, 1, "AAACS1234F")).await;
    let before = firm.client(client).await;
    assert_eq!(before.identifiers.pan, None, "what waits has no effect");
    // One task, twelve connections: the database sees twelve at a time.
    let all = firm.checkers.iter().map(|checker| decide::decide(&firm.store.pg, checker, id, yes(1), None));
    let answers: Vec<_> = join_all(all).await;
    let made = answers.iter().filter(|a| a.as_ref().is_ok_and(|d| d.done.is_some())).count();
    let late =
        answers.iter().filter(|a| matches!(a, Err(GuardError::Refused(Refusal::Over("executed"))))).count();
    assert_eq!((made, late), (1, 49));
    let after = firm.client(client).await;
    assert_eq!((after.identifiers.pan.as_deref(), after.version), (Some("AAACS1234F"), before.version + 1));
    let owner = firm.store.db.owner_client().await;
    let count = "SELECT count(*) FILTER (WHERE action = 'clients.update'), count(*) FILTER (WHERE action = 'approvals.execute'), \
                 count(*) FILTER (WHERE action = 'approvals.refused'), min(actor_id) FILTER (WHERE action = 'clients.update') FROM journal";
    let row = owner.query_one(count, &[]).await.unwrap();
    let counts: (i64, i64, i64) = (row.get(0), row.get(1), row.get(2));
    assert_eq!(counts, (1, 1, 49), "one change, one execution, each refusal on the record");
    assert_eq!(row.get::<_, i64>(3), firm.maker.user.unwrap().get(), "the change is its maker's");
}

#[tokio::test]
async fn two_makers_at_once_leave_one_proposal() {
    let firm = firm(2).await;
    let client = firm.store.nbfc("Sahyadri Capital Finance Limited").await;
    let (one, two) = tokio::join!(
        submit(&firm.store.pg, &firm.maker, pan(client, 1, "AAACS1234F"), None),
        submit(&firm.store.pg, &firm.checkers[0], pan(client, 1, "AAACS9999F"), None),
    );
    let waits = [&one, &two].iter().filter(|a| matches!(a, Ok(Outcome::Waits(..)))).count();
    assert_eq!(waits, 1, "{one:?} {two:?}");
    let named = [one, two].into_iter().find_map(Result::err).unwrap();
    assert!(matches!(&named, GuardError::Waits { about, .. } if about.contains("Sahyadri")), "{named:?}");
}

#[tokio::test]
async fn a_world_that_moved_on_is_never_overwritten() {
    let firm = firm(1).await;
    let client = firm.store.nbfc("Sahyadri Capital Finance Limited").await;
    let id = firm.proposed(pan(client, 1, "AAACS1234F")).await;
    // Another field moved: the proposal still does what was shown.
    let patch = ClientPatch { notes: Some("Called on Tuesday".into()), ..ClientPatch::default() };
    let other = Command::UpdateClient { client: client.get(), version: 1, fields: Box::new(patch.into()) };
    assert!(matches!(submit(&firm.store.pg, &firm.maker, other, None).await, Ok(Outcome::Done(_))));
    let checker = &firm.checkers[0];
    let decided = decide::decide(&firm.store.pg, checker, id, yes(1), None).await.unwrap();
    assert_eq!(decided.proposal.state, State::Executed);
    let now = firm.client(client).await;
    assert_eq!(
        (now.notes.as_str(), now.identifiers.pan.as_deref()),
        ("Called on Tuesday", Some("AAACS1234F"))
    );

    // The same field moved behind its back, as an import would.
    let id = firm.proposed(pan(client, now.version, "AAACS9999F")).await;
    let owner = firm.store.db.owner_client().await;
    owner
        .execute(
            "UPDATE clients SET pan = 'AAACB5555F', version = version + 1 WHERE id = $1",
            &[&client.get()],
        )
        .await
        .unwrap();
    let decided = decide::decide(&firm.store.pg, checker, id, yes(1), None).await.unwrap();
    let State::Stale { now: Some(shown), .. } = decided.proposal.state else {
        panic!("{:?}", decided.proposal.state);
    };
    assert_eq!(shown.sections[0].lines[0].before.as_deref(), Some("AAACB5555F"));
    assert_eq!(firm.client(client).await.identifiers.pan.as_deref(), Some("AAACB5555F"));
    assert_eq!(firm.proposal(id).await.version, 2);
}

#[tokio::test]
async fn a_kept_change_that_was_tampered_with_is_not_carried_out() {
    let firm = firm(1).await;
    let client = firm.store.nbfc("Sahyadri Capital Finance Limited").await;
    let id = firm.proposed(pan(client, 1, "AAACS1234F")).await;
    let owner = firm.store.db.owner_client().await;
    let swap = "UPDATE proposals SET command = jsonb_set(command, '{with,fields,identifiers,pan}', '\"AAACB5555F\"')";
    owner.execute(swap, &[]).await.unwrap();
    let decided = decide::decide(&firm.store.pg, &firm.checkers[0], id, yes(1), None).await.unwrap();
    assert!(matches!(&decided.proposal.state, State::Stale { why, .. } if why.contains("fingerprint")));
    assert_eq!(firm.client(client).await.identifiers.pan, None);
}

#[tokio::test]
async fn what_cannot_be_done_never_reaches_a_checker() {
    let firm = firm(1).await;
    let client = firm.store.nbfc("Sahyadri Capital Finance Limited").await;
    let bad = submit(&firm.store.pg, &firm.maker, pan(client, 1, "NOT A PAN"), None).await;
    assert!(matches!(bad, Err(GuardError::Client(app::clients::ClientError::Invalid(_)))), "{bad:?}");
    let stale = submit(&firm.store.pg, &firm.maker, pan(client, 9, "AAACS1234F"), None).await;
    assert!(matches!(stale, Err(GuardError::Client(app::clients::ClientError::Store(StoreError::Stale)))));
    let owner = firm.store.db.owner_client().await;
    let rows: i64 = owner.query_one("SELECT count(*) FROM proposals", &[]).await.unwrap().get(0);
    assert_eq!(rows, 0);
}

#[tokio::test]
async fn what_was_sent_back_is_corrected_through_the_same_door() {
    let firm = firm(1).await;
    let client = firm.store.nbfc("Sahyadri Capital Finance Limited").await;
    let id = firm.proposed(pan(client, 1, "AAACS1234F")).await;
    let say = Say { verdict: Verdict::Return, comment: "The card says 9999".into(), version: 1 };
    decide::decide(&firm.store.pg, &firm.checkers[0], id, say, None).await.unwrap();
    assert_eq!(firm.proposed(pan(client, 1, "AAACS9999F")).await, id, "the correction is the same proposal");
    let again = firm.proposal(id).await;
    assert_eq!((again.round, again.state), (2, State::Pending { level: 1 }));
    let done = decide::decide(&firm.store.pg, &firm.checkers[0], id, yes(3), None).await.unwrap();
    assert_eq!(done.proposal.state, State::Executed);
    assert_eq!(firm.client(client).await.identifiers.pan.as_deref(), Some("AAACS9999F"));
}

#[tokio::test]
async fn the_maker_is_refused_and_may_withdraw_and_the_record_is_free_again() {
    let firm = firm(1).await;
    let client = firm.store.nbfc("Sahyadri Capital Finance Limited").await;
    let patch = ClientPatch { risk_rating: Some(Some(RiskRating::High)), ..ClientPatch::default() };
    let risk = Command::UpdateClient { client: client.get(), version: 1, fields: Box::new(patch.into()) };
    let id = firm.proposed(risk.clone()).await;
    let own = decide::decide(&firm.store.pg, &firm.maker, id, yes(1), None).await;
    assert!(matches!(own, Err(GuardError::Refused(Refusal::OwnWork))), "{own:?}");
    transact(&firm.store.pg, &firm.maker, async |tx| withdraw(tx, &firm.maker, id, 1).await).await.unwrap();
    assert_ne!(firm.proposed(risk).await, id);
}

#[tokio::test]
async fn the_database_itself_refuses_a_maker_who_decides() {
    let firm = firm(2).await;
    let client = firm.store.nbfc("Sahyadri Capital Finance Limited").await;
    let id = firm.proposed(pan(client, 1, "AAACS1234F")).await.get();
    let owner = firm.store.db.owner_client().await;
    let user = |actor: &Actor| actor.user.unwrap().get();
    let (maker, a, b) = (user(&firm.maker), user(&firm.checkers[0]), user(&firm.checkers[1]));
    let tenant = firm.store.tenant.get();
    let insert = "INSERT INTO proposal_decisions (tenant_id, proposal_id, maker_id, round, level, verdict, decided_by, acting_for, comment, at) \
                  VALUES ($1, $2, $3, 1, $4, 'approve', $5, $6, '', now())";
    let none: Option<i64> = None;
    let put = async |made_by: i64, level: i16, by: i64, acting: Option<i64>| {
        owner.execute(insert, &[&tenant, &id, &made_by, &level, &by, &acting]).await
    };
    assert!(put(maker, 1, maker, none).await.is_err(), "the maker");
    assert!(put(maker, 1, a, Some(maker)).await.is_err(), "in the maker's place");
    assert!(put(b, 1, maker, none).await.is_err(), "with another maker on the row");
    put(maker, 1, a, none).await.unwrap();
    assert!(put(maker, 2, a, none).await.is_err(), "one person twice");
    assert!(put(maker, 2, b, Some(a)).await.is_err(), "one vote twice");
    put(maker, 2, b, none).await.unwrap();
}
