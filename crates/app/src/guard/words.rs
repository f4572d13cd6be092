//! Values in the words that people read.

use clients::{Client, EntityType, RiskRating, Status};
use kernel::period::day_text;
use kernel::{Date, PermissionSet, Role};
use maker_checker::{Line, Policy, Who};

pub(super) fn line(label: &str, before: Option<String>, after: Option<String>) -> Option<Line> {
    let clean = |text: Option<String>| text.filter(|t| !t.is_empty());
    let (before, after) = (clean(before), clean(after));
    (before != after).then(|| Line { label: label.into(), before, after })
}

pub(super) fn day(date: Option<Date>) -> Option<String> {
    date.map(day_text)
}

/// The fields of a client: key on the wire, words, section, and whether four eyes are asked for by the rules on KYC.
pub(super) struct Field {
    pub label: &'static str,
    pub section: &'static str,
    pub kyc: bool,
    pub read: fn(&Client) -> Option<String>,
}

const fn field(
    label: &'static str,
    section: &'static str,
    kyc: bool,
    read: fn(&Client) -> Option<String>,
) -> Field {
    Field { label, section, kyc, read }
}

/// Every scalar field that can change, in the order of the screen.
pub(super) const CLIENT_FIELDS: &[Field] = &[
    field("Legal name", "Identity", true, |c| Some(c.client_name.clone())),
    field("Short name", "Identity", false, |c| Some(c.short_name.clone())),
    field("Legal form", "Identity", true, |c| Some(EntityType::title(c.entity_type).into())),
    field("Date of incorporation", "Identity", false, |c| day(c.incorporated_on)),
    field("PAN", "Official numbers", true, |c| c.identifiers.pan.clone()),
    field("GSTIN", "Official numbers", true, |c| c.identifiers.gstin.clone()),
    field("CIN", "Official numbers", true, |c| c.identifiers.cin.clone()),
    field("LLPIN", "Official numbers", true, |c| c.identifiers.llpin.clone()),
    field("LEI", "Official numbers", false, |c| c.identifiers.lei.clone()),
    field("Risk rating", "Risk", true, |c| c.risk_rating.map(|r| RiskRating::title(r).into())),
    field("Status", "With the firm", false, |c| Some(Status::title(c.status).into())),
    field("Tracked from", "With the firm", false, |c| day(Some(c.track_from))),
    field("Tags", "With the firm", false, |c| Some(c.tags.join(", "))),
    field("Notes", "With the firm", false, |c| Some(c.notes.clone())),
];

pub(super) fn role(role: Role) -> String {
    let text = role.as_str().replace('_', " ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What a set allows, as sentences in one line.
pub(super) fn sentences(set: PermissionSet) -> String {
    set.iter().map(|permission| permission.sentence().trim_end_matches('.')).collect::<Vec<_>>().join("; ")
}

/// Who approves at each level, in words.
pub(super) fn levels(policy: &Policy, name: impl Fn(kernel::id::UserId) -> String) -> Vec<String> {
    let one = |who: &Who| match who {
        Who::Roles(roles) => roles.iter().map(|r| role(*r)).collect::<Vec<_>>().join(" or "),
        Who::People(people) => people.iter().map(|p| name(*p)).collect::<Vec<_>>().join(" or "),
    };
    policy
        .levels
        .iter()
        .map(|level| {
            let band = match (level.from_size, policy.action.unit()) {
                (0, _) => String::new(),
                (size, Some(unit)) => format!(", from {size} {unit}"),
                (size, None) => format!(", from size {size}"),
            };
            format!("{}{band}", one(&level.who))
        })
        .collect()
}
