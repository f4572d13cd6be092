//! The journal at length: sealing it, taking the proof out, and checking that without the server.

use crate::data::{one, run};
use crate::load::{Wire, get};
use crate::report::Line;
use crate::server::{Place, Server};
use crate::size::plain;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// No step may take longer.
const PATIENCE: Duration = Duration::from_secs(600);

/// Entries of a firm over the days before today, sealed by the server when it starts; then their proof.
pub async fn measure(place: &Place, tenant: i64, cookie: &str, entries: i64) -> Result<Vec<Line>, String> {
    let server = place.serve().await?;
    let db = place.owner().await?;
    let many = format!(
        "INSERT INTO journal (tenant_id, at, actor_id, actor_name, action, subject_kind, subject_id, client_id, text, before, after, request_id, address)
         SELECT {tenant}, now() - interval '1 day' - n * interval '1 second', n % 20 + 1, 'Analyst ' || n % 20, 'clients.update', 'client', n % 10000 + 1, n % 10000 + 1,
           'changed notes and tags of Firm ' || n % 10000 || ' Finance Limited', jsonb_build_object('notes', 'as before ' || n), jsonb_build_object('notes', 'now ' || n),
           lpad(n::text, 16, '0'), '192.0.2.' || n % 200 FROM generate_series(1, {entries}) n"
    );
    run(&db, &[many, "VACUUM ANALYZE journal, journal_leaves".into(), "CHECKPOINT".into()]).await?;
    let all = one(&db, &format!("SELECT count(*) FROM journal WHERE tenant_id = {tenant}")).await?;
    drop(db);
    server.stop().await;

    // The sealer looks at everything the moment the server is ready.
    let server = place.serve().await?;
    let db = place.owner().await?;
    let size = format!("SELECT coalesce(max(size), 0) FROM journal_checkpoints WHERE tenant_id = {tenant}");
    let (begin, from) = (Instant::now(), one(&db, &size).await?);
    while one(&db, &size).await? < all {
        if begin.elapsed() > PATIENCE {
            return Err(format!("sealing took too long; {}", place.log_tail()));
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let took = begin.elapsed().as_secs_f64();
    let sealed = plain("sealing a journal", (all - from) as f64 / took, "/s", "", "", 0.0);
    let note =
        format!("{} entries in {took:.1} s, server {:.0} MB at its highest", all - from, server.memory().1);
    let mut lines = vec![Line { note, ..sealed }];

    let entry = format!(
        "INSERT INTO journal (tenant_id, at, actor_name, action, subject_kind, subject_id, text, request_id)
         VALUES ({tenant}, now(), 'bench', 'bench.more', 'firm', {tenant}, 'one more', 'bench')"
    );
    let mut wire = Wire::open(place.port).await?;
    let mut times = Vec::new();
    for _ in 0..21 {
        run(&db, std::slice::from_ref(&entry)).await?;
        let sent = Instant::now();
        let answer = wire.ask(&get("/api/journal/checkpoint", cookie)).await?;
        if answer.status != 200 {
            return Err(format!("a checkpoint: status {}", answer.status));
        }
        times.push(sent.elapsed().as_secs_f64() * 1_000.0);
    }
    times.sort_by(f64::total_cmp);
    let more =
        plain("sealing one entry more, with its checkpoint", times[times.len() / 2], "ms", "", "", 0.0);
    lines.push(Line { note: format!("beside {all} sealed ones"), ..more });
    lines.extend(proof(place, &server, cookie).await?);
    server.stop().await;
    Ok(lines)
}

/// The whole proof into a file, and the check of that file.
async fn proof(place: &Place, server: &Server, cookie: &str) -> Result<Vec<Line>, String> {
    let file = place.directory().join("proof.zip");
    let begin = Instant::now();
    let bytes = download(place.port, cookie, &file).await?;
    let took = begin.elapsed().as_secs_f64();
    let megabytes = bytes as f64 / 1e6;
    let memory = server.memory().1;

    let mut command = Command::new(place.program());
    command.args(["audit", "verify"]).arg(&file).env_clear().stdin(Stdio::null());
    let out = place.directory().join("verify.out");
    let written = std::fs::File::create(&out).map_err(|e| e.to_string())?;
    let begin = Instant::now();
    let mut child = command.stdout(written).spawn().map_err(|e| e.to_string())?;
    let mut highest: f64 = 0.0;
    let status = loop {
        highest = highest.max(crate::server::memory_of(child.id()).1);
        if let Some(status) = child.try_wait().map_err(|e| e.to_string())? {
            break status;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    };
    let checked = begin.elapsed().as_secs_f64();
    let said = std::fs::read_to_string(&out).unwrap_or_default();
    let entries: f64 = said
        .strip_prefix("INTACT: ")
        .filter(|_| status.success())
        .and_then(|rest| rest.split(' ').next()?.parse().ok())
        .ok_or_else(|| format!("audit verify said: {said}"))?;
    let taken = plain("a proof of the whole journal", entries / took, "/s", "", "", 0.0);
    let verified = plain("zippcrm audit verify", entries / checked, "/s", "", "", 0.0);
    Ok(vec![
        Line {
            note: format!("{megabytes:.0} MB in {took:.1} s, server {memory:.0} MB at its highest"),
            ..taken
        },
        Line {
            note: format!("{entries:.0} entries in {checked:.1} s, {highest:.0} MB at its highest"),
            ..verified
        },
    ])
}

/// As HTTP/1.0, so that the connection ends with the body.
async fn download(port: u16, cookie: &str, file: &Path) -> Result<usize, String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.map_err(|e| e.to_string())?;
    let request = format!("GET /api/journal/proof HTTP/1.0\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.map_err(|e| e.to_string())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.map_err(|e| e.to_string())?;
    let end = answer.windows(4).position(|w| w == b"\r\n\r\n").ok_or("the proof has no head")? + 4;
    let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
    if head.split(' ').nth(1) != Some("200") {
        return Err(format!("the proof: {head}"));
    }
    let body = &answer[end..];
    let body =
        if head.contains("chunked") { joined(body).ok_or("the proof broke off")? } else { body.to_vec() };
    std::fs::write(file, &body).map_err(|e| e.to_string())?;
    Ok(body.len())
}

/// A body without the lengths before its chunks; `None` when it does not end with the empty one.
fn joined(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(rest.len());
    loop {
        let line = rest.windows(2).position(|w| w == b"\r\n")?;
        let length = usize::from_str_radix(std::str::from_utf8(&rest[..line]).ok()?.trim(), 16).ok()?;
        let chunk = rest.get(line + 2..line + 2 + length)?;
        if length == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(chunk);
        rest = rest.get(line + 2 + length + 2..)?;
    }
}
