//! GET /api/journal/proof

use super::query::JournalQuery;
use super::zip::{Part, stream_zip};
use crate::http::{ApiError, Caller, ErrorBody, ListQuery};
use crate::state::AppState;
use actix_web::{HttpResponse, get, web};
use app::audit::{AuditFilter, Cursor, seal_firm, utc_text};
use app::transact;
use kernel::id::EntryId;
use kernel::journal::Change;
use kernel::moment::ist_date;
use kernel::{Actor, FieldErrors, Permission, StoreError};
use proof::bundle::{CHECKPOINTS, ENTRIES, FORMAT, KEYS, MANIFEST};
use proof::{Checkpoint, KeyRecord, Line, Manifest, Nodes};
use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tokio::sync::mpsc::{Sender, channel};

/// Rows asked for at once.
const PAGE: i64 = 2_000;
/// Entries of a bundle of some: each carries a proof of its own.
const SOME: usize = 20_000;

/// What an inspector reads first.
const README: &str = "This archive proves a part or the whole of a firm's journal in ZippCRM.\n\
    Check it with: zippcrm audit verify FILE.zip\n\
    with a checkpoint that was kept elsewhere: zippcrm audit verify FILE.zip --checkpoint KEPT.json\n\
    or with the firm's public key: zippcrm audit verify FILE.zip --key PUBLIC_KEY\n\
    The format is described in docs/audit-proof.md, so that you can also check it with a program of your own.\n";

/// The journal with everything it takes to check it without us: the whole, or with filters the entries they choose, each with
/// its own proof. What waits is sealed first.
#[utoipa::path(tag = "journal", params(JournalQuery), responses(
    (status = 200, body = Vec<u8>, content_type = "application/zip"), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[get("/journal/proof")]
pub async fn export_proof(
    state: web::Data<AppState>,
    caller: Caller,
    query: ListQuery<JournalQuery>,
) -> Result<HttpResponse, ApiError> {
    caller.require(Permission::JournalView)?;
    caller.require(Permission::JournalExport)?;
    let filter = query.0.filter()?;
    let actor = caller.actor;
    let whole = filter.is_everything();
    let chosen = if whole { Vec::new() } else { chosen(&state, &actor, &filter).await? };
    let about =
        if whole { "all entries".to_owned() } else { format!("{} entries chosen by filters", chosen.len()) };
    transact(state.db.as_ref(), &actor, async |tx| {
        let text = format!("exported a proof of {about}");
        tx.record(Change::new("journal.export", "firm", actor.tenant.get(), text)).await
    })
    .await?;
    seal_firm(state.db.as_ref(), state.clock.as_ref(), &state.seal_keys, actor.tenant, None).await?;
    let (firm_name, keys) = transact(state.db.as_ref(), &actor, async |tx| {
        Ok::<_, StoreError>((tx.firm().await?.name, tx.journal_keys().await?))
    })
    .await?;
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        firm: actor.tenant.get(),
        firm_name,
        made_at: utc_text(actor.at),
        whole,
        about,
    };
    let (sender, receiver) = channel(4);
    let name = format!("audit-proof-{}.zip", actor.today());
    let response = stream_zip(&name, receiver);
    actix_web::rt::spawn(async move {
        let out = Out(sender);
        let written = async {
            out.file("README.txt", README.to_owned()).await?;
            out.file(MANIFEST, one_line(&manifest)?).await?;
            out.file(KEYS, lines::<KeyRecord>(&keys)?).await?;
            let db = Db { state: &state, actor: &actor };
            if whole { all(&db, &out).await } else { some(&db, &out, &chosen).await }
        };
        if let Err(why) = written.await {
            let _ = out.0.send(Part::Failed(why)).await;
        }
    });
    Ok(response)
}

/// The ids under a filter.
async fn chosen(state: &AppState, actor: &Actor, filter: &AuditFilter) -> Result<Vec<EntryId>, ApiError> {
    let (mut ids, mut after) = (Vec::new(), None);
    loop {
        let page =
            transact(state.db.as_ref(), actor, async |tx| tx.audit_page(filter, after, PAGE).await).await?;
        let full = i64::try_from(page.len()) == Ok(PAGE);
        after = page.last().map(|last| Cursor { at: last.at, id: last.id });
        ids.extend(page.into_iter().map(|entry| entry.id));
        if ids.len() > SOME {
            let text = format!(
                "More than {SOME} entries match. Narrow the filters, or export the proof of everything."
            );
            return Err(FieldErrors::one("filters", text).into());
        }
        if !full {
            return Ok(ids);
        }
    }
}

type Written = Result<(), String>;

struct Out(Sender<Part>);

impl Out {
    async fn send(&self, part: Part) -> Written {
        self.0.send(part).await.map_err(|_| "the browser went away".to_owned())
    }
    async fn file(&self, name: &'static str, text: String) -> Written {
        self.send(Part::File(name)).await?;
        self.send(Part::Text(text)).await
    }
}

/// Reads page by page, each in a transaction of its own: what is sealed does not change.
struct Db<'a> {
    state: &'a AppState,
    actor: &'a Actor,
}

impl Db<'_> {
    async fn checkpoints(&self) -> Result<Vec<Checkpoint>, String> {
        let mut all: Vec<Checkpoint> = Vec::new();
        loop {
            let after = all.last().map_or(0, |last| last.size);
            let page = transact(self.state.db.as_ref(), self.actor, async |tx| {
                tx.checkpoints_after(after, PAGE).await
            });
            let page = page.await.map_err(|error: StoreError| error.to_string())?;
            let full = i64::try_from(page.len()) == Ok(PAGE);
            all.extend(page);
            if !full {
                return Ok(all);
            }
        }
    }

    async fn nodes(&self, size: u64) -> Result<Nodes, String> {
        let size = usize::try_from(size).map_err(|error| error.to_string())?;
        let mut hashes = Vec::with_capacity(size);
        while hashes.len() < size {
            let from = hashes.len() as u64;
            let page =
                transact(self.state.db.as_ref(), self.actor, async |tx| tx.hashes_from(from, 50_000).await);
            let page = page.await.map_err(|error: StoreError| error.to_string())?;
            if page.is_empty() {
                return Err("leaves are missing".into());
            }
            hashes.extend(page);
        }
        hashes.truncate(size);
        Ok(Nodes::new(hashes))
    }
}

/// Every entry up to the last checkpoint.
async fn all(db: &Db<'_>, out: &Out) -> Written {
    let checkpoints = db.checkpoints().await?;
    let end = checkpoints.last().map_or(0, |last| last.size);
    out.file(CHECKPOINTS, lines(&checkpoints)?).await?;
    out.send(Part::File(ENTRIES)).await?;
    let mut next = 0;
    while next < end {
        let page = transact(db.state.db.as_ref(), db.actor, async |tx| tx.lines_from(next, PAGE).await);
        let page: Vec<Line> = page.await.map_err(|error: StoreError| error.to_string())?;
        let Some(last) = page.last() else { return Ok(()) };
        next = last.leaf + 1;
        let sealed = page.partition_point(|line| line.leaf < end);
        out.send(Part::Text(lines(&page[..sealed])?)).await?;
    }
    Ok(())
}

/// The chosen entries with their proofs, and the last checkpoint of each day with the proof that it continues the one before.
async fn some(db: &Db<'_>, out: &Out, chosen: &[EntryId]) -> Written {
    let mut checkpoints = last_of_each_day(db.checkpoints().await?);
    let end = checkpoints.last().map_or(0, |last| last.size);
    let nodes = db.nodes(end).await?;
    let place = |size: u64| usize::try_from(size).unwrap_or(usize::MAX);
    for at in 1..checkpoints.len() {
        let before = place(checkpoints[at - 1].size);
        checkpoints[at].consistency = nodes.consistency(before, place(checkpoints[at].size));
    }
    out.file(CHECKPOINTS, lines(&checkpoints)?).await?;
    out.send(Part::File(ENTRIES)).await?;
    // by place, as a verifier wants them: ids and places mostly run together, but need not
    let mut found: Vec<Line> = Vec::with_capacity(chosen.len());
    for ids in chosen.chunks(PAGE as usize) {
        let page = transact(db.state.db.as_ref(), db.actor, async |tx| tx.lines_of(ids).await);
        found.extend(page.await.map_err(|error: StoreError| error.to_string())?);
    }
    found.retain(|line| line.leaf < end);
    found.sort_by_key(|line| line.leaf);
    for page in found.chunks_mut(500) {
        for line in page.iter_mut() {
            line.proof = Some(nodes.inclusion(place(line.leaf), nodes.len()));
        }
        out.send(Part::Text(lines(page)?)).await?;
    }
    Ok(())
}

fn last_of_each_day(all: Vec<Checkpoint>) -> Vec<Checkpoint> {
    let day = |c: &Checkpoint| OffsetDateTime::parse(&c.at, &Rfc3339).ok().map(ist_date);
    let mut kept: Vec<Checkpoint> = Vec::new();
    for checkpoint in all {
        if kept.last().is_some_and(|last| day(last) == day(&checkpoint)) {
            kept.pop();
        }
        kept.push(checkpoint);
    }
    kept
}

fn one_line<T: Serialize>(value: &T) -> Result<String, String> {
    serde_json::to_string(value).map(|text| text + "\n").map_err(|error| error.to_string())
}

fn lines<T: Serialize>(values: &[T]) -> Result<String, String> {
    values.iter().map(one_line).collect()
}
