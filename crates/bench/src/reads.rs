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
    ours: f64,
    theirs: f64,
    micros: Round,
    cpu_us: f64,
}

/// Both reads, and their percentiles.
pub async fn measure(
    args: &Args,
    size: Size,
    firm: Firm,
    place: &Place,
    server: &Server,
    cookie: &str,
) -> Result<Vec<Line>, String> {
    let (first, count) = (firm.first_client, size.clients);
    let client = |n: u64| {
        // A multiplicative walk: every client, far apart, without a table of random numbers.
        let step = i64::try_from(n.wrapping_mul(2_654_435_761) % 1_000_003).unwrap_or(0);
        get(&format!("/api/clients/{}", first + step % count), cookie)
    };
    let mut script = Script::of(&adapter_postgres::yardstick::client());
    script.setup = format!("\\set p2 random({first}, {})\n", first + count - 1);
    script.values = vec![("p1".into(), firm.tenant.to_string()), ("p3".into(), today())];
    let one = duel(args, place, server, &script, client).await?;

    let list = |_| get("/api/return-filings?status=overdue&perPage=50", cookie);
    let (text, values) = adapter_postgres::yardstick::overdue(firm.tenant, &today());
    let mut script = Script::of(&text);
    script.values = values;
    let many = duel(args, place, server, &script, list).await?;

    let line = |work, pair: &Pair, least, bound| Line {
        work,
        ours: pair.ours,
        yardstick: Some(pair.theirs),
        unit: "/s",
        judged: pair.ours / pair.theirs,
        least,
        aim: "0.6",
        bound,
        note: format!(
            "p50 {:.1} ms, p99 {:.1} ms, server {:.0} us of CPU each",
            pair.micros.percentile(50),
            pair.micros.percentile(99),
            pair.cpu_us
        ),
    };
    let worst = one.micros.percentile(99).max(many.micros.percentile(99));
    Ok(vec![
        line("GET /api/clients/{id} : its select", &one, "0.35", 0.35),
        line("GET /api/return-filings?status=overdue&perPage=50 : its select", &many, "0.33", 0.33),
        Line {
            work: "p99 of the slower of both at 16 connections",
            ours: worst,
            unit: "ms",
            judged: worst,
            least: "10 ms",
            aim: "5 ms",
            bound: -10.0,
            ..Line::default()
        },
    ])
}

/// Alternating rounds, so that both sides see the same weather.
async fn duel(
    args: &Args,
    place: &Place,
    server: &Server,
    script: &Script,
    request: impl Fn(u64) -> Vec<u8>,
) -> Result<Pair, String> {
    let seconds = Duration::from_secs(args.seconds);
    // Connections, plans and caches, for both.
    round(place.port, CONNECTIONS, Duration::from_millis(700), &request).await?;
    script.run(&args.pgbench, &place.socket(), &args.scratch, 1)?;
    let (mut ours, mut theirs, mut cpu, mut micros) = (0.0, 0.0, 0.0, Vec::new());
    for _ in 0..ROUNDS {
        let before = server.cpu();
        let got = round(place.port, CONNECTIONS, seconds, &request).await?;
        cpu += (server.cpu() - before).as_secs_f64() * 1e6 / got.micros.len().max(1) as f64;
        ours += got.per_second;
        micros.extend(got.micros);
        theirs += script.run(&args.pgbench, &place.socket(), &args.scratch, args.seconds)?;
    }
    micros.sort_unstable();
    let rounds = f64::from(ROUNDS);
    let micros = Round { per_second: ours / rounds, micros };
    Ok(Pair { ours: ours / rounds, theirs: theirs / rounds, micros, cpu_us: cpu / rounds })
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
