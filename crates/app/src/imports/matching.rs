//! Which client on record a row means, and rows of the sheet that mean the same client.

use clients::import::{Problem, RowData};
use clients::{EntityType, Identifiers, KnownClient, name_key};
use kernel::id::ClientId;
use std::collections::HashMap;

/// Clients of the firm by number and name.
pub(crate) struct Known {
    clients: Vec<KnownClient>,
    pan: HashMap<String, usize>,
    cin: HashMap<String, usize>,
    gstin: HashMap<String, usize>,
    name: HashMap<String, Vec<usize>>,
}

/// Where the rows so far said who they are.
#[derive(Default)]
pub(crate) struct Seen {
    numbers: HashMap<(&'static str, String), usize>,
    names: HashMap<String, (usize, Option<EntityType>, Option<String>)>,
    clients: HashMap<ClientId, usize>,
}

impl Known {
    pub(crate) fn new(clients: Vec<KnownClient>) -> Self {
        let mut known = Self {
            pan: HashMap::new(),
            cin: HashMap::new(),
            gstin: HashMap::new(),
            name: HashMap::new(),
            clients,
        };
        for (at, client) in known.clients.iter().enumerate() {
            for (map, value) in [
                (&mut known.pan, &client.pan),
                (&mut known.cin, &client.cin),
                (&mut known.gstin, &client.gstin),
            ] {
                if let Some(value) = value {
                    map.entry(value.clone()).or_insert(at);
                }
            }
            known.name.entry(client.name_key.clone()).or_default().push(at);
        }
        known
    }

    /// The client that the row means, by PAN, then CIN, then GSTIN, then name; or none, and the row is new.
    pub(crate) fn find(&self, data: &RowData, numbers: &Identifiers) -> Result<Option<ClientId>, Problem> {
        let at = |map: &HashMap<String, usize>, value: &Option<String>| {
            value.as_ref().and_then(|v| map.get(v).copied())
        };
        let hits = [
            ("pan", "PAN", at(&self.pan, &numbers.pan)),
            ("cin", "CIN", at(&self.cin, &numbers.cin)),
            ("gstin", "GSTIN", at(&self.gstin, &numbers.gstin)),
        ];
        let mut found: Option<(&str, usize)> = None;
        for (field, title, hit) in hits {
            let Some(hit) = hit else { continue };
            match found {
                None => found = Some((title, hit)),
                Some((first, other)) if other != hit => {
                    let message = format!(
                        "This {title} is that of {}, but the {first} is that of {}. Correct one of them.",
                        self.clients[hit].client_name, self.clients[other].client_name
                    );
                    return Err(Problem::error(field, message));
                }
                Some(_) => {}
            }
        }
        match found {
            Some((_, at)) => Ok(Some(self.clients[at].id)),
            None => self.by_name(data, numbers),
        }
    }

    fn by_name(&self, data: &RowData, numbers: &Identifiers) -> Result<Option<ClientId>, Problem> {
        let Some(name) = &data.client_name else { return Ok(None) };
        let Some(alike) = self.name.get(&name_key(name)) else { return Ok(None) };
        let other = |a: &Option<String>, b: &Option<String>| matches!((a, b), (Some(a), Some(b)) if a != b);
        let mut possible = alike.iter().map(|at| &self.clients[*at]).filter(|c| !other(&c.pan, &numbers.pan));
        match (possible.next(), possible.next()) {
            (Some(one), None) => Ok(Some(one.id)),
            (Some(_), Some(_)) => Err(Problem::error(
                "clientName",
                "Several of your clients have this name. Add the PAN to say which one.",
            )),
            (None, _) => {
                let same = alike
                    .iter()
                    .map(|at| &self.clients[*at])
                    .find(|c| c.client_name.eq_ignore_ascii_case(name));
                match same {
                    // Same name to the letter, another PAN: a typing error is likelier than a namesake.
                    Some(same) => {
                        let pan = same.pan.as_deref().unwrap_or_default();
                        let message = format!(
                            "{} is on record with the PAN {pan}. Correct it here or there.",
                            same.client_name
                        );
                        Err(Problem::error("pan", message))
                    }
                    None => Ok(None),
                }
            }
        }
    }
}

impl Seen {
    /// Refuses a row that means a client which an earlier row meant.
    pub(crate) fn note(
        &mut self,
        row: usize,
        data: &RowData,
        numbers: &Identifiers,
        client: Option<ClientId>,
    ) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (field, title, value) in
            [("pan", "PAN", &numbers.pan), ("cin", "CIN", &numbers.cin), ("gstin", "GSTIN", &numbers.gstin)]
        {
            let Some(value) = value else { continue };
            let first = *self.numbers.entry((field, value.clone())).or_insert(row);
            if first != row {
                problems.push(Problem::error(
                    field,
                    format!("Row {first} has the same {title}. Keep one of the two rows."),
                ));
            }
        }
        if let Some(name) = &data.client_name {
            let mine = (row, data.entity_type, numbers.pan.clone());
            let (first, form, pan) = self.names.entry(name_key(name)).or_insert_with(|| mine.clone()).clone();
            // "Nilgiri Capital LLP" and "Nilgiri Capital Pvt Ltd" with PANs of their own are two.
            let two = form != mine.1 && form.is_some() && mine.1.is_some() && pan != mine.2;
            if first != row && problems.is_empty() && !two {
                let message = format!("Row {first} has the same name. Keep one of the two rows.");
                problems.push(Problem::error("clientName", message));
            }
        }
        if let Some(client) = client {
            let first = *self.clients.entry(client).or_insert(row);
            if first != row && problems.is_empty() {
                let message = format!("Row {first} means the same client. Keep one of the two rows.");
                problems.push(Problem::error("clientName", message));
            }
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Id;

    fn known() -> Known {
        let client = |id: i64, name: &str, pan: &str, cin: &str| KnownClient {
            id: Id::new(id),
            client_name: name.into(),
            name_key: name_key(name),
            pan: (!pan.is_empty()).then(|| pan.into()),
            cin: (!cin.is_empty()).then(|| cin.into()),
            gstin: None,
        };
        Known::new(vec![
            client(1, "Nilgiri Ltd", "AABCN1234A", ""),
            client(2, "Kaveri Ltd", "", "CIN2"),
            client(3, "Tapti", "", ""),
        ])
    }

    fn row(name: &str, pan: &str, cin: &str) -> (RowData, Identifiers) {
        let value = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let numbers = Identifiers { pan: value(pan), cin: value(cin), ..Identifiers::default() };
        (RowData { client_name: value(name), ..RowData::default() }, numbers)
    }

    #[test]
    fn a_row_means_the_client_with_its_number_then_with_its_name() {
        let find = |name, pan, cin| {
            let (data, numbers) = row(name, pan, cin);
            known().find(&data, &numbers).map(|id| id.map(Id::get))
        };
        assert_eq!(find("Renamed", "AABCN1234A", ""), Ok(Some(1)));
        assert_eq!(find("Tapti Private Limited", "AABCT1234A", ""), Ok(Some(3)));
        assert_eq!(find("New one", "AABCX1234A", ""), Ok(None));
        assert_eq!(find("Both", "AABCN1234A", "CIN2").unwrap_err().field.as_deref(), Some("cin"));
        assert_eq!(find("Nilgiri Ltd", "AABCZ1234A", "").unwrap_err().field.as_deref(), Some("pan"));
        assert_eq!(find("Nilgiri LLP", "AABCZ1234A", ""), Ok(None), "a namesake with a PAN of its own");
    }

    #[test]
    fn the_later_of_two_rows_is_refused_and_names_the_first() {
        let mut seen = Seen::default();
        let (data, numbers) = row("Nilgiri", "AABCN1234A", "");
        assert_eq!(seen.note(2, &data, &numbers, None), []);
        let (data, numbers) = row("Other", "AABCN1234A", "");
        let problems = seen.note(5, &data, &numbers, None);
        assert!(problems[0].message.starts_with("Row 2 "), "{problems:?}");
    }
}
