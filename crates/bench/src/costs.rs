//! What the journal and row-level security cost: the same request of the same server with and without, in alternating rounds.
//!
//! *Without row-level security*: the owner of this throw-away database has disabled it on every table. The statements, the role
//! and the setting of the firm stay; what goes is what PostgreSQL adds to each statement. *Without the journal*: a rule of the
//! database puts nothing where the entry would go. The server still sends the statement, so its round trip on the
//! socket is on both sides; what goes is the row, its indexes, and what of them is written to disk. The product has no switch for either.

use crate::data::run;
use crate::load::{Round, get, round};
use crate::reads::{Bench, CONNECTIONS};
use crate::report::Line;
use std::cell::RefCell;
use std::time::Duration;
use tokio_postgres::Client;

/// Pairs of rounds; the one in the middle counts.
const PAIRS: u32 = 15;

/// With must not take longer than this times without.
const BOUND: f64 = 1.25;

/// Something that the owner of the database can take away and give back.
struct Switch {
    off: Vec<String>,
    on: Vec<String>,
}

/// Both lines of the table.
pub async fn measure(bench: &Bench<'_>, clients: i64) -> Result<Vec<Line>, String> {
    let db = bench.place.owner().await?;
    let first = bench.firm.first_client;
    let walk = Walk::new(clients);
    let read = |_| get(&format!("/api/clients/{}", first + walk.next().0), bench.cookie);
    let list = |_| get("/api/return-filings?status=overdue&perPage=50", bench.cookie);
    let writes = Walk::new(clients);
    let write = |_| {
        let (at, version) = writes.next();
        patch(first + at, version, bench.cookie)
    };
    let (policies, journal) = (row_level_security(&db).await?, journal());
    Ok(vec![
        line("PATCH /api/clients/{id} with the journal : without", &bench.pairs(&db, &journal, write).await?),
        line("GET /api/clients/{id} with RLS : without", &bench.pairs(&db, &policies, read).await?),
        line("GET /api/return-filings with RLS : without", &bench.pairs(&db, &policies, list).await?),
    ])
}

/// Clients far apart from each other, and how often each was visited: a change names the version that it saw.
struct Walk(RefCell<(usize, Vec<i64>)>);

impl Walk {
    fn new(clients: i64) -> Self {
        Self(RefCell::new((0, vec![0; usize::try_from(clients).unwrap_or(1)])))
    }

    /// The next client, counted from the first, and its version. Between two visits of one client lie all the others, so
    /// the first has been answered long before the second is sent.
    fn next(&self) -> (i64, i64) {
        let mut walk = self.0.borrow_mut();
        let (number, clients) = (walk.0, walk.1.len());
        walk.0 += 1;
        // 7919 is a prime that divides none of the sizes, so every client comes once in a round.
        let at = number.wrapping_mul(7_919) % clients;
        walk.1[at] += 1;
        (i64::try_from(at).unwrap_or(0), walk.1[at])
    }
}

fn patch(client: i64, version: i64, cookie: &str) -> Vec<u8> {
    let body =
        format!("{{\"notes\":\"Spoke to the company secretary; papers are on their way, {version}.\"}}");
    format!(
        "PATCH /api/clients/{client} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\nIf-Match: \"{version}\"\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Row-level security of every table that has it.
async fn row_level_security(db: &Client) -> Result<Switch, String> {
    let sql = "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'app' AND c.relrowsecurity ORDER BY 1";
    let tables: Vec<String> =
        db.query(sql, &[]).await.map_err(|e| e.to_string())?.iter().map(|row| row.get(0)).collect();
    if tables.len() < 20 {
        return Err(format!("only {} tables have row-level security", tables.len()));
    }
    let each =
        |verb: &str| tables.iter().map(|t| format!("ALTER TABLE {t} {verb} ROW LEVEL SECURITY")).collect();
    Ok(Switch { off: each("DISABLE"), on: each("ENABLE") })
}

fn journal() -> Switch {
    Switch {
        off: vec!["CREATE RULE bench_no_entry AS ON INSERT TO journal DO INSTEAD NOTHING".into()],
        on: vec!["DROP RULE bench_no_entry ON journal".into()],
    }
}

/// One pair of rounds.
struct Measured {
    with: Round,
    without: Round,
}

impl Measured {
    fn ratio(&self) -> f64 {
        self.without.per_second / self.with.per_second.max(1e-9)
    }
}

impl Bench<'_> {
    /// Alternating rounds: with, without, without, with, and so on.
    async fn pairs(
        &self,
        db: &Client,
        switch: &Switch,
        request: impl Fn(u64) -> Vec<u8>,
    ) -> Result<Vec<Measured>, String> {
        // Short and many: what else the machine does then falls on both sides alike.
        let seconds = Duration::from_millis(self.args.seconds * 120);
        let port = self.place.port;
        let mut pairs = Vec::new();
        round(port, CONNECTIONS, Duration::from_millis(700), &request).await?;
        for number in 0..PAIRS {
            let mut pair = Measured { with: Round::default(), without: Round::default() };
            for without in [number % 2 == 1, number % 2 == 0] {
                if without {
                    run(db, &switch.off).await?;
                }
                // Plans are made anew after the switch; that is not what is measured.
                let measured = async {
                    round(port, CONNECTIONS, Duration::from_millis(100), &request).await?;
                    round(port, CONNECTIONS, seconds, &request).await
                };
                let measured = measured.await;
                if without {
                    run(db, &switch.on).await?;
                }
                *(if without { &mut pair.without } else { &mut pair.with }) = measured?;
            }
            pairs.push(pair);
        }
        pairs.sort_by(|a, b| a.ratio().total_cmp(&b.ratio()));
        Ok(pairs)
    }
}

fn line(work: &'static str, pairs: &[Measured]) -> Line {
    let Some(middle) = pairs.get(pairs.len() / 2) else { return Line::default() };
    // Milliseconds of one request, when sixteen connections send one after the other.
    let each = |round: &Round| 1_000.0 * CONNECTIONS as f64 / round.per_second.max(1e-9);
    let quarter = pairs.len() / 4;
    let (least, most) = (pairs[quarter].ratio(), pairs[pairs.len() - 1 - quarter].ratio());
    Line {
        work,
        ours: each(&middle.with),
        yardstick: Some(each(&middle.without)),
        unit: "ms",
        judged: middle.ratio(),
        least: "at most 1.25",
        bound: -BOUND,
        note: format!(
            "{:.0} and {:.0} /s; half of the {PAIRS} pairs lie between {least:.2} and {most:.2}",
            middle.with.per_second, middle.without.per_second
        ),
        ..Line::default()
    }
}
