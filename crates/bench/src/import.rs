//! A workbook of new clients: uploaded, checked, written, until their filings can be seen.

use crate::args::Size;
use crate::load::Wire;
use crate::report::Line;
use crate::server::{Place, Server};
use rust_xlsxwriter::{Workbook, XlsxError};
use serde_json::Value;
use std::time::{Duration, Instant};

/// Rows of the workbook, whatever the size of the firm; a firm of a few hundred clients only tries the benchmark out.
fn rows_for(size: Size) -> u32 {
    if size.clients < 10_000 { 500 } else { 10_000 }
}

/// No run may take longer.
const PATIENCE: Duration = Duration::from_secs(240);

/// Imports into the firm of the session.
pub async fn measure(place: &Place, server: &Server, cookie: &str, size: Size) -> Result<Vec<Line>, String> {
    let rows = rows_for(size);
    let file = workbook(rows).map_err(|e| format!("the workbook: {e}"))?;
    let mut body = b"--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"clients.xlsx\"\r\nContent-Type: application/octet-stream\r\n\r\n".to_vec();
    body.extend(&file);
    body.extend(b"\r\n--cut--\r\n");
    let mut request = format!(
        "POST /api/clients/import?dryRun=false HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\nContent-Type: multipart/form-data; boundary=cut\r\nContent-Length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    request.extend(body);
    let begin = Instant::now();
    let mut wire = Wire::open(place.port).await?;
    let answer = wire.ask(&request).await?;
    let import = json(&answer.body)?;
    let checked = begin.elapsed();
    let id = import["id"].as_i64().ok_or_else(|| format!("the import was not taken: {import}"))?;
    let state = loop {
        let answer = wire.ask(&crate::load::get(&format!("/api/imports/{id}"), cookie)).await?;
        let import = json(&answer.body)?;
        if import["status"] != "committing" {
            break import;
        }
        if begin.elapsed() > PATIENCE {
            return Err(format!("the import took too long; {}", place.log_tail()));
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    };
    let took = begin.elapsed().as_secs_f64();
    let created = state["counts"]["created"].as_i64().unwrap_or(0);
    if state["status"] != "done" || created != i64::from(rows) {
        let issue = &state["issues"][0];
        return Err(format!("the import is {} with {created} new clients, {issue}", state["status"]));
    }
    let memory = server.memory().1;
    let plain = |work, ours, unit, least, aim, bound, note| Line {
        work,
        ours,
        unit,
        judged: ours,
        least,
        aim,
        bound,
        note,
        ..Line::default()
    };
    let note = format!("checked after {:.1} s", checked.as_secs_f64());
    Ok(vec![
        plain(
            "import of 10,000 clients from XLSX, to filings visible",
            took,
            "s",
            "60 s",
            "15 s",
            -60.0,
            note,
        ),
        plain("highest memory of the server until then", memory, "MB", "300 MB", "", -300.0, String::new()),
    ])
}

fn json(body: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(body).map_err(|e| format!("{e}: {}", String::from_utf8_lossy(body)))
}

const HEADINGS: [&str; 10] = [
    "Client name",
    "Entity type",
    "PAN",
    "Incorporated on",
    "Registrations",
    "Contact name",
    "Contact e-mail",
    "NBFC layer",
    "Asset size, own balance sheet",
    "Small company",
];

fn workbook(rows: u32) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0u16..).zip(HEADINGS) {
        sheet.write_string(0, column, heading)?;
    }
    for row in 1..=rows {
        let letter = |n: u32| char::from(b'A' + u8::try_from(n % 26).unwrap_or(0));
        let pan = format!(
            "B{}{}C{}{:04}{}",
            letter(row / 7),
            letter(row / 3),
            letter(row),
            row % 9_999 + 1,
            letter(row / 10_000)
        );
        let cells = [
            format!("Imported {row} Finance Private Limited"),
            "Private company".to_owned(),
            pan,
            "15-Jun-2018".to_owned(),
            format!("RBI:NBFC-ICC=B-13.{row:05}"),
            format!("Person {row}"),
            format!("cs{row}@imported.example"),
            "base".to_owned(),
            format!("{}", 50_000_000 + u64::from(row) * 1_000),
            if row % 2 == 0 { "Yes" } else { "No" }.to_owned(),
        ];
        for (column, cell) in (0u16..).zip(cells) {
            sheet.write_string(row, column, cell)?;
        }
    }
    book.save_to_buffer()
}
