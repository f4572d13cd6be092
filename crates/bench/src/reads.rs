//! The two reads of the table against pgbench of their selects, in alternating rounds.

use crate::args::{Args, Size};
use crate::data::Firm;
use crate::load::{Round, get, round};
use crate::pgbench::Script;
use crate::report::Line;
use crate::server::{Place, Server};
use std::time::Duration;

/// Connections of our side, as pgbench has clients.
pub const CONNECTIONS: u64 = 16;

/// Rounds of each side.
const ROUNDS: u32 = 2;

/// What a pair of contestants reached.
struct Pair {
    ours: Round,
    theirs: Round,
    cpu_us: f64,
}

/// What is measured, and on what.
pub struct Bench<'a> {
    /// The command line.
    pub args: &'a Args,
    /// Where the server listens.
    pub place: &'a Place,
    /// The server.
    pub server: &'a Server,
    /// Whose rows are read.
    pub firm: Firm,
    /// The session.
    pub cookie: &'a str,
}

impl Bench<'_> {
    /// One client with everything on its page.
    pub async fn client(&self, size: Size) -> Result<Vec<Line>, String> {
        let (first, count) = (self.firm.first_client, size.clients);
        let client = |n: u64| {
            // A multiplicative walk: every client, far apart, without a table of random numbers.
            let step = i64::try_from(n.wrapping_mul(2_654_435_761) % 1_000_003).unwrap_or(0);
            get(&format!("/api/clients/{}", first + step % count), self.cookie)
        };
        let mut script = Script::of(&adapter_postgres::yardstick::client());
        script.setup = format!("\\set p2 random({first}, {})\n", first + count - 1);
        script.values = vec![("p1".into(), self.firm.tenant.to_string()), ("p3".into(), today())];
        let pair = self.duel(&script, client).await?;
        Ok(vec![
            speed("GET /api/clients/{id} : its select", &pair, "0.35", 0.35),
            slowest("p99 of GET /api/clients/{id} : of its select", &pair),
        ])
    }

    /// The first page of what is overdue.
    pub async fn overdue(&self) -> Result<Vec<Line>, String> {
        let list = |_| get("/api/return-filings?status=overdue&perPage=50", self.cookie);
        let (text, values) = adapter_postgres::yardstick::overdue(self.firm.tenant, &today());
        let mut script = Script::of(&text);
        script.values = values;
        let pair = self.duel(&script, list).await?;
        Ok(vec![
            speed("GET /api/return-filings?status=overdue : its select", &pair, "0.33", 0.33),
            slowest("p99 of GET /api/return-filings : of its select", &pair),
        ])
    }

    /// Alternating rounds, so that both sides see the same weather.
    async fn duel(&self, script: &Script, request: impl Fn(u64) -> Vec<u8>) -> Result<Pair, String> {
        let (args, port) = (self.args, self.place.port);
        let seconds = Duration::from_secs(args.seconds);
        // Connections, plans and caches, for both.
        round(port, CONNECTIONS, Duration::from_millis(700), &request).await?;
        script.run(&args.pgbench, self.place, 1).await?;
        let (mut ours, mut theirs, mut cpu) = (Round::default(), Round::default(), 0.0);
        for _ in 0..ROUNDS {
            let before = self.server.cpu();
            let got = round(port, CONNECTIONS, seconds, &request).await?;
            cpu += (self.server.cpu() - before).as_secs_f64() * 1e6 / got.micros.len().max(1) as f64;
            ours.join(got.per_second, got.micros);
            let reached = script.run(&args.pgbench, self.place, args.seconds).await?;
            theirs.join(reached.per_second, reached.micros);
        }
        let rounds = f64::from(ROUNDS);
        ours.per_second /= rounds;
        theirs.per_second /= rounds;
        Ok(Pair { ours, theirs, cpu_us: cpu / rounds })
    }
}

fn speed(work: &'static str, pair: &Pair, least: &'static str, bound: f64) -> Line {
    let (ours, theirs) = (pair.ours.per_second, pair.theirs.per_second);
    Line {
        work,
        ours,
        yardstick: Some(theirs),
        unit: "/s",
        judged: ours / theirs,
        least,
        aim: "0.6",
        bound,
        note: format!("p50 {:.1} ms, server {:.0} us of CPU each", pair.ours.percentile(50), pair.cpu_us),
    }
}

/// Judged in milliseconds; what pgbench itself shows on this machine in the same minute stands beside it.
fn slowest(work: &'static str, pair: &Pair) -> Line {
    let ours = pair.ours.percentile(99);
    Line {
        work,
        ours,
        yardstick: Some(pair.theirs.percentile(99)),
        unit: "ms",
        judged: ours,
        least: "10 ms",
        aim: "5 ms",
        bound: -10.0,
        note: format!("p50 {:.1} and {:.1} ms", pair.ours.percentile(50), pair.theirs.percentile(50)),
    }
}

/// The day in India, as the server has it.
pub fn today() -> String {
    now().to_offset(time::macros::offset!(+5:30)).date().to_string()
}

/// The instant of this run.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures the machine it runs on, clock included")]
pub fn now() -> time::OffsetDateTime {
    time::OffsetDateTime::now_utc()
}
