//! What a checker sees of a change: fields before and after in words, what follows from it, and what was checked.

use serde_json::{Value, json};

/// One field that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// In words: "PAN", "Risk rating".
    pub label: String,
    /// Before; none when there was nothing.
    pub before: Option<String>,
    /// After; none when nothing is left.
    pub after: Option<String>,
}

/// A field that stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Same {
    /// In words.
    pub label: String,
    /// What it is.
    pub value: String,
}

/// Fields that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// "Identity", or which filing.
    pub title: String,
    /// Its fields.
    pub lines: Vec<Line>,
}

/// Something that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Fine, or worth a look.
    pub ok: bool,
    /// In words.
    pub text: String,
}

/// The change as a checker sees it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sight {
    /// What was decided by the maker; a proposal whose sections differ now is stale.
    pub sections: Vec<Section>,
    /// What follows from it today; worked out anew when it is carried out.
    pub effects: Vec<String>,
    /// What was checked.
    pub checks: Vec<Check>,
    /// How many fields stay as they are.
    pub unchanged: usize,
    /// Those of them that hold something.
    pub same: Vec<Same>,
}

impl Sight {
    /// How many fields change.
    pub fn changes(&self) -> usize {
        self.sections.iter().map(|section| section.lines.len()).sum()
    }

    /// As the store keeps it and the API shows it.
    pub fn to_json(&self) -> Value {
        let sections: Vec<Value> = self
            .sections
            .iter()
            .map(|s| {
                let lines: Vec<Value> = s
                    .lines
                    .iter()
                    .map(|l| json!({ "label": l.label, "before": l.before, "after": l.after }))
                    .collect();
                json!({ "title": s.title, "lines": lines })
            })
            .collect();
        let checks: Vec<Value> = self.checks.iter().map(|c| json!({ "ok": c.ok, "text": c.text })).collect();
        let same: Vec<Value> =
            self.same.iter().map(|s| json!({ "label": s.label, "value": s.value })).collect();
        json!({
            "sections": sections, "effects": self.effects, "checks": checks, "unchanged": self.unchanged,
            "same": same,
        })
    }

    /// Reads it back; what is missing is empty.
    pub fn from_json(value: &Value) -> Self {
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let line = |l: &Value| Line {
            label: text(&l["label"]).unwrap_or_default(),
            before: text(&l["before"]),
            after: text(&l["after"]),
        };
        Self {
            sections: list(&value["sections"])
                .iter()
                .map(|s| Section {
                    title: text(&s["title"]).unwrap_or_default(),
                    lines: list(&s["lines"]).iter().map(line).collect(),
                })
                .collect(),
            effects: list(&value["effects"]).iter().filter_map(text).collect(),
            checks: list(&value["checks"])
                .iter()
                .map(|c| Check { ok: c["ok"] == true, text: text(&c["text"]).unwrap_or_default() })
                .collect(),
            unchanged: value["unchanged"].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0),
            same: list(&value["same"])
                .iter()
                .map(|s| Same {
                    label: text(&s["label"]).unwrap_or_default(),
                    value: text(&s["value"]).unwrap_or_default(),
                })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_survives_the_store() {
        let line = Line { label: "PAN".into(), before: None, after: Some("AAACS1234F".into()) };
        let sight = Sight {
            sections: vec![Section { title: "Identity".into(), lines: vec![line] }],
            effects: vec!["Re-dates 14 filings".into()],
            checks: vec![Check { ok: false, text: "Another client has this PAN".into() }],
            unchanged: 12,
            same: vec![Same { label: "LEI".into(), value: "335800XYZ".into() }],
        };
        assert_eq!(Sight::from_json(&sight.to_json()), sight);
        assert_eq!(sight.changes(), 1);
    }
}
