//! A row of `clients` as the domain's record.

use crate::rows::{col, word};
use clients::{Client, EntityType, Identifiers, RiskRating, Status};
use kernel::{Id, StoreError};
use tokio_postgres::Row;

/// Reads every column that `Client` has.
pub(crate) fn client(row: &Row) -> Result<Client, StoreError> {
    let id: i64 = col(row, "id")?;
    let entity: String = col(row, "entity_type")?;
    let status: String = col(row, "status")?;
    let risk: Option<String> = col(row, "risk_rating")?;
    Ok(Client {
        id: Id::new(id),
        client_name: col(row, "client_name")?,
        short_name: col(row, "short_name")?,
        entity_type: word(EntityType::parse(&entity), "clients", "entity_type", id, &entity)?,
        status: word(Status::parse(&status), "clients", "status", id, &status)?,
        risk_rating: risk
            .map(|r| word(RiskRating::parse(&r), "clients", "risk_rating", id, &r))
            .transpose()?,
        identifiers: Identifiers {
            pan: col(row, "pan")?,
            gstin: col(row, "gstin")?,
            cin: col(row, "cin")?,
            llpin: col(row, "llpin")?,
            lei: col(row, "lei")?,
        },
        incorporated_on: col(row, "incorporated_on")?,
        track_from: col(row, "track_from")?,
        owner: col::<Option<i64>>(row, "owner_id")?.map(Id::new),
        tags: col(row, "tags")?,
        notes: col(row, "notes")?,
        version: col(row, "version")?,
        created_at: col(row, "created_at")?,
        updated_at: col(row, "updated_at")?,
    })
}
