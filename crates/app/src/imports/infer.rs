//! The legal form of a row that does not name it, from its official numbers and its name.

use clients::EntityType;
use clients::import::RowData;
use kyc::{Cin, CinClass, Llpin, Pan, PanHolder};

/// The form and what it was read from.
pub(crate) fn entity_type(data: &RowData) -> Option<(EntityType, &'static str)> {
    let ids = &data.identifiers;
    if let Some(cin) = ids.cin.as_deref().and_then(|text| Cin::parse(text).ok()) {
        let form = match cin.class() {
            _ if cin.listed() => EntityType::ListedCompany,
            CinClass::Opc => EntityType::Opc,
            CinClass::Plc | CinClass::Flc | CinClass::Gap | CinClass::Ull => EntityType::PublicCompany,
            CinClass::Ptc | CinClass::Ftc | CinClass::Gat | CinClass::Ult => EntityType::PrivateCompany,
            CinClass::Goi | CinClass::Sgc | CinClass::Npl => return None,
        };
        return Some((form, "CIN"));
    }
    if ids.llpin.as_deref().is_some_and(|text| Llpin::parse(text).is_ok()) {
        return Some((EntityType::Llp, "LLPIN"));
    }
    let pan = Pan::parse(ids.pan.as_deref()?).ok()?;
    let name = data.client_name.as_deref().unwrap_or_default().to_lowercase();
    let has = |word: &str| name.split(|c: char| !c.is_alphanumeric()).any(|part| part == word);
    let form = match pan.holder() {
        PanHolder::Individual => EntityType::Individual,
        PanHolder::HinduUndividedFamily => EntityType::Huf,
        PanHolder::Trust => EntityType::Trust,
        PanHolder::Firm if has("llp") => EntityType::Llp,
        PanHolder::Firm => EntityType::Partnership,
        PanHolder::Company if has("opc") => EntityType::Opc,
        PanHolder::Company if has("private") || has("pvt") => EntityType::PrivateCompany,
        PanHolder::Company if has("limited") || has("ltd") => EntityType::PublicCompany,
        PanHolder::Company => EntityType::PrivateCompany,
        _ => return None,
    };
    Some((form, "PAN"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clients::Identifiers;

    #[test]
    fn the_numbers_tell_the_form() {
        let row = |name: &str, pan: &str, cin: &str| RowData {
            client_name: Some(name.into()),
            identifiers: Identifiers {
                pan: (!pan.is_empty()).then(|| pan.into()),
                cin: (!cin.is_empty()).then(|| cin.into()),
                ..Identifiers::default()
            },
            ..RowData::default()
        };
        assert_eq!(
            entity_type(&row("A", "", "L22210MH1995PLC084781")).map(|f| f.0),
            Some(EntityType::ListedCompany)
        );
        assert_eq!(entity_type(&row("A", "AAPFU0939F", "")).map(|f| f.0), Some(EntityType::Partnership));
        assert_eq!(entity_type(&row("A LLP", "AAPFU0939F", "")).map(|f| f.0), Some(EntityType::Llp));
        assert_eq!(
            entity_type(&row("B Ltd.", "AABCS1429B", "")).map(|f| f.0),
            Some(EntityType::PublicCompany)
        );
        assert_eq!(entity_type(&row("B", "", "")), None);
    }
}
