//! Values on the wire: instants with the Indian offset, absent against null.

use kernel::moment::{IST, Instant};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::format_description::well_known::Rfc3339;
use utoipa::{PartialSchema, ToSchema};

/// An instant, written as ISO 8601 with `+05:30` and whole seconds.
#[derive(Debug, Clone, Copy)]
pub struct Ist(pub Instant);

impl Serialize for Ist {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let local = self.0.to_offset(IST);
        let whole = local.replace_nanosecond(0).unwrap_or(local);
        serializer.serialize_str(&whole.format(&Rfc3339).map_err(serde::ser::Error::custom)?)
    }
}

impl PartialSchema for Ist {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .format(Some(utoipa::openapi::SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::DateTime)))
            .into()
    }
}
impl ToSchema for Ist {}

/// For merge patches: absent stays `None`, `null` becomes `Some(None)`.
pub fn nullable<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::<T>::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn instants_carry_the_indian_offset() {
        let text = serde_json::to_string(&Ist(datetime!(2026-11-20 18:30:00.5 UTC))).unwrap();
        assert_eq!(text, "\"2026-11-21T00:00:00+05:30\"");
    }
}
