//! Leaves, checkpoints and keys of the firm's tree.

use crate::rows::col;
use crate::sql::statements;
use crate::tx::PgTx;
use app::audit::{Cursor, SealedTree, Sealing, utc_text};
use async_trait::async_trait;
use kernel::id::EntryId;
use kernel::moment::Instant;
use kernel::{Id, StoreError};
use proof::{Checkpoint, Entry, Hash, KeyRecord, Line, PublicKey, Tree};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tokio_postgres::Row;

/// An entry as it is hashed. The store prints JSON and instants, so that what is hashed needs no reading back.
macro_rules! entry_columns {
    () => {
        "j.tenant_id AS firm, j.id, to_char(j.at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') AS at, j.actor_id, j.actor_name, j.acting_for,
        j.action, j.subject_kind, j.subject_id, j.client_id, j.text, j.before::text AS before, j.after::text AS after, j.request_id, j.address"
    };
}

statements! {
    HOLD_SEALING = "SELECT pg_try_advisory_xact_lock(hashtextextended('sealing', tenants.id)) AS held FROM tenants WHERE id = $1";
    // Along the index that the audit trail reads, from where it is told to begin. OFFSET keeps the look for a leaf a probe of an
    // index: as a join it would, by a general plan, read all leaves whenever something is sealed.
    UNSEALED = concat!("SELECT j.at AS instant, ", entry_columns!(), " FROM (SELECT * FROM journal WHERE tenant_id = $1 AND (at, id) > ($2, $3) ORDER BY at, id LIMIT $4) j
        WHERE NOT EXISTS (SELECT FROM journal_leaves l WHERE l.tenant_id = $1 AND l.entry_id = j.id OFFSET 0) ORDER BY j.at, j.id LIMIT $5");
    STRETCH_END = "SELECT at, id FROM journal WHERE tenant_id = $1 AND (at, id) > ($2, $3) ORDER BY at, id OFFSET $4 LIMIT 1";
    COUNT_UNSEALED = "SELECT count(*) AS waiting FROM (SELECT 1 FROM journal j WHERE j.tenant_id = $1 AND j.at >= $2
        AND NOT EXISTS (SELECT FROM journal_leaves l WHERE l.tenant_id = $1 AND l.entry_id = j.id OFFSET 0) LIMIT $3) AS found";
    SEALED_TREE = "SELECT tenant_id AS firm, size, root, peaks, at, key_id, signature FROM journal_checkpoints WHERE tenant_id = $1 ORDER BY size DESC LIMIT 1";
    ADD_LEAVES = "INSERT INTO journal_leaves (tenant_id, leaf, entry_id, hash)
        SELECT $1, n.leaf, n.entry_id, n.hash FROM unnest($2::bigint[], $3::bigint[], $4::bytea[]) AS n (leaf, entry_id, hash) RETURNING leaf";
    ADD_CHECKPOINT = "INSERT INTO journal_checkpoints (tenant_id, size, root, peaks, at, key_id, signature) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    JOURNAL_KEYS = "SELECT tenant_id AS firm, public_key, since, previous, endorsement FROM journal_keys WHERE tenant_id = $1 ORDER BY place";
    ADD_JOURNAL_KEY = "INSERT INTO journal_keys (tenant_id, place, public_key, since, previous, endorsement) VALUES ($1, $2, $3, $4, $5, $6)";
    CHECKPOINTS_AFTER = "SELECT tenant_id AS firm, size, root, at, key_id, signature FROM journal_checkpoints WHERE tenant_id = $1 AND size > $2 ORDER BY size LIMIT $3";
    LINES_FROM = concat!("SELECT l.leaf, l.hash, ", entry_columns!(), " FROM journal_leaves l JOIN journal j ON j.tenant_id = l.tenant_id AND j.id = l.entry_id
        WHERE l.tenant_id = $1 AND l.leaf >= $2 ORDER BY l.leaf LIMIT $3");
    LINES_OF = concat!("SELECT l.leaf, l.hash, ", entry_columns!(), " FROM journal_leaves l JOIN journal j ON j.tenant_id = l.tenant_id AND j.id = l.entry_id
        WHERE l.tenant_id = $1 AND l.entry_id = ANY($2) ORDER BY l.leaf");
    HASHES_FROM = "SELECT hash FROM journal_leaves WHERE tenant_id = $1 AND leaf >= $2 ORDER BY leaf LIMIT $3";
}

#[async_trait]
impl Sealing for PgTx {
    async fn hold_sealing(&mut self) -> Result<bool, StoreError> {
        let row = self.query_opt(HOLD_SEALING, &[&self.tenant()]).await?;
        row.map_or(Ok(false), |row| col(&row, "held"))
    }

    async fn stretch_end(&mut self, after: Cursor, length: i64) -> Result<Option<Cursor>, StoreError> {
        let params: [&(dyn tokio_postgres::types::ToSql + Sync); 4] =
            [&self.tenant(), &after.at, &after.id.get(), &(length - 1)];
        let row = self.query_opt(STRETCH_END, &params).await?;
        row.map(|row| Ok(Cursor { at: col(&row, "at")?, id: Id::new(col(&row, "id")?) })).transpose()
    }

    async fn unsealed(
        &mut self,
        after: Cursor,
        stretch: i64,
        limit: i64,
    ) -> Result<Vec<(Cursor, Entry)>, StoreError> {
        let params: [&(dyn tokio_postgres::types::ToSql + Sync); 5] =
            [&self.tenant(), &after.at, &after.id.get(), &stretch, &limit];
        let found = self.query(UNSEALED, &params).await?;
        let found = found.iter().map(|row| {
            let entry = entry(row)?;
            Ok((Cursor { at: col(row, "instant")?, id: Id::new(entry.id) }, entry))
        });
        found.collect()
    }

    async fn count_unsealed(&mut self, since: Instant, limit: i64) -> Result<i64, StoreError> {
        let row = self.query_one(COUNT_UNSEALED, &[&self.tenant(), &since, &limit]).await?;
        col(&row, "waiting")
    }

    async fn sealed_tree(&mut self) -> Result<Option<SealedTree>, StoreError> {
        let Some(row) = self.query_opt(SEALED_TREE, &[&self.tenant()]).await? else { return Ok(None) };
        let checkpoint = checkpoint(&row)?;
        let peaks: Vec<u8> = col(&row, "peaks")?;
        let peaks: Option<Vec<Hash>> = peaks.chunks(32).map(Hash::from_slice).collect();
        let tree = peaks.and_then(|peaks| Tree::resume(checkpoint.size, peaks));
        // A tree that does not come to its own root must not be built upon.
        match tree.filter(|tree| tree.root() == checkpoint.root) {
            Some(tree) => Ok(Some(SealedTree { checkpoint, tree })),
            None => Err(corrupt("journal_checkpoints", "peaks", checkpoint.size)),
        }
    }

    async fn add_leaves(&mut self, from: u64, leaves: &[(EntryId, Hash)]) -> Result<(), StoreError> {
        let from = number(from)?;
        let count = number(leaves.len() as u64)?;
        let places: Vec<i64> = (from..from + count).collect();
        let entries: Vec<i64> = leaves.iter().map(|(id, _)| id.get()).collect();
        let hashes: Vec<&[u8]> = leaves.iter().map(|(_, hash)| hash.0.as_slice()).collect();
        self.execute(ADD_LEAVES, &[&self.tenant(), &places, &entries, &hashes]).await?;
        Ok(())
    }

    async fn add_checkpoint(&mut self, checkpoint: &Checkpoint, tree: &Tree) -> Result<(), StoreError> {
        let peaks: Vec<u8> = tree.peaks().iter().flat_map(|peak| peak.0).collect();
        let params: [&(dyn tokio_postgres::types::ToSql + Sync); 7] = [
            &self.tenant(),
            &number(checkpoint.size)?,
            &checkpoint.root.0.as_slice(),
            &peaks,
            &instant(&checkpoint.at)?,
            &checkpoint.key.0.as_slice(),
            &checkpoint.signature,
        ];
        self.execute(ADD_CHECKPOINT, &params).await?;
        Ok(())
    }

    async fn journal_keys(&mut self) -> Result<Vec<KeyRecord>, StoreError> {
        self.query(JOURNAL_KEYS, &[&self.tenant()]).await?.iter().map(key).collect()
    }

    async fn add_journal_key(&mut self, place: i32, key: &KeyRecord) -> Result<(), StoreError> {
        let since = instant(&key.since)?;
        let (public, previous) = (key.public_key.0.as_slice(), key.previous.map(|id| id.0.to_vec()));
        let params: [&(dyn tokio_postgres::types::ToSql + Sync); 6] =
            [&self.tenant(), &place, &public, &since, &previous, &key.endorsement];
        self.execute(ADD_JOURNAL_KEY, &params).await?;
        Ok(())
    }

    async fn checkpoints_after(&mut self, size: u64, limit: i64) -> Result<Vec<Checkpoint>, StoreError> {
        let rows = self.query(CHECKPOINTS_AFTER, &[&self.tenant(), &number(size)?, &limit]).await?;
        rows.iter().map(checkpoint).collect()
    }

    async fn lines_from(&mut self, leaf: u64, limit: i64) -> Result<Vec<Line>, StoreError> {
        let rows = self.query(LINES_FROM, &[&self.tenant(), &number(leaf)?, &limit]).await?;
        rows.iter().map(line).collect()
    }

    async fn lines_of(&mut self, entries: &[EntryId]) -> Result<Vec<Line>, StoreError> {
        let ids: Vec<i64> = entries.iter().map(|id| id.get()).collect();
        self.query(LINES_OF, &[&self.tenant(), &ids]).await?.iter().map(line).collect()
    }

    async fn hashes_from(&mut self, leaf: u64, limit: i64) -> Result<Vec<Hash>, StoreError> {
        let rows = self.query(HASHES_FROM, &[&self.tenant(), &number(leaf)?, &limit]).await?;
        rows.iter().map(|row| hash(row, "journal_leaves", "hash")).collect()
    }
}

fn number(value: u64) -> Result<i64, StoreError> {
    i64::try_from(value).map_err(|_| StoreError::Other("a tree of that size is not kept".into()))
}

fn corrupt(table: &'static str, column: &'static str, id: u64) -> StoreError {
    let id = i64::try_from(id).unwrap_or(i64::MAX);
    StoreError::Corrupt { table, column, id, why: "it does not fit the rest of the tree".into() }
}

fn instant(text: &str) -> Result<Instant, StoreError> {
    OffsetDateTime::parse(text, &Rfc3339).map_err(|error| StoreError::Other(error.to_string()))
}

fn size(row: &Row, column: &str) -> Result<u64, StoreError> {
    let value: i64 = col(row, column)?;
    u64::try_from(value).map_err(|_| StoreError::Other(format!("{column} is below zero")))
}

fn hash(row: &Row, table: &'static str, column: &'static str) -> Result<Hash, StoreError> {
    Hash::from_slice(col::<&[u8]>(row, column)?).ok_or_else(|| corrupt(table, column, 0))
}

fn entry(row: &Row) -> Result<Entry, StoreError> {
    Ok(Entry {
        firm: col(row, "firm")?,
        id: col(row, "id")?,
        at: col(row, "at")?,
        actor_id: col(row, "actor_id")?,
        actor_name: col(row, "actor_name")?,
        acting_for: col(row, "acting_for")?,
        action: col(row, "action")?,
        subject_kind: col(row, "subject_kind")?,
        subject_id: col(row, "subject_id")?,
        client_id: col(row, "client_id")?,
        text: col(row, "text")?,
        before: col(row, "before")?,
        after: col(row, "after")?,
        request_id: col(row, "request_id")?,
        address: col(row, "address")?,
    })
}

fn line(row: &Row) -> Result<Line, StoreError> {
    Ok(Line {
        leaf: size(row, "leaf")?,
        hash: hash(row, "journal_leaves", "hash")?,
        proof: None,
        entry: entry(row)?,
    })
}

fn checkpoint(row: &Row) -> Result<Checkpoint, StoreError> {
    Ok(Checkpoint {
        firm: col(row, "firm")?,
        size: size(row, "size")?,
        root: hash(row, "journal_checkpoints", "root")?,
        at: utc_text(col(row, "at")?),
        key: hash(row, "journal_checkpoints", "key_id")?,
        signature: col(row, "signature")?,
        consistency: Vec::new(),
    })
}

fn key(row: &Row) -> Result<KeyRecord, StoreError> {
    let public = hash(row, "journal_keys", "public_key")?;
    let previous: Option<&[u8]> = col(row, "previous")?;
    Ok(KeyRecord {
        firm: col(row, "firm")?,
        public_key: PublicKey(public.0),
        since: utc_text(col(row, "since")?),
        previous: previous.and_then(Hash::from_slice),
        endorsement: col(row, "endorsement")?,
    })
}
