//! Proposals on the wire.

use crate::http::Ist;
use app::guard::views::Detail;
use kernel::id::UserId;
use kernel::{Date, Id};
use maker_checker::{Counts, ProposalRow, Sight, State};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A person's id and name.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PersonDto {
    /// Id within the firm.
    pub id: i64,
    /// Name.
    pub name: String,
}

/// One line of the inbox.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProposalDto {
    /// Id within the firm.
    pub id: i64,
    /// `clients.kyc`, `filings.filed`, ...
    pub action: &'static str,
    /// The action in words.
    pub title: &'static str,
    /// Which record.
    pub about: String,
    /// The client, when it is about one.
    pub client_id: Option<i64>,
    /// Who proposed it.
    pub maker: PersonDto,
    /// `pending`, `executed`, `rejected`, `returned`, `withdrawn`, `expired` or `stale`.
    pub state: String,
    /// The level it waits at, from 1; 0 when it does not wait.
    pub level: i16,
    /// How many levels it has.
    pub levels: i16,
    /// How many fields change.
    pub changes: i32,
    /// How large it is, in what the action counts.
    pub size: i64,
    /// The earliest due date it touches.
    #[schema(value_type = Option<String>, format = Date)]
    pub due_on: Option<Date>,
    /// The same for changes that differ only in the record; those may be approved together.
    pub alike: String,
    /// For If-Match.
    pub version: i64,
    /// When it was proposed.
    pub proposed_at: Ist,
    /// When something last happened to it.
    pub updated_at: Ist,
}

impl From<ProposalRow> for ProposalDto {
    fn from(row: ProposalRow) -> Self {
        Self {
            id: row.id.get(),
            action: row.action.as_str(),
            title: row.action.title(),
            about: row.about,
            client_id: row.client.map(Id::get),
            maker: PersonDto { id: row.maker.get(), name: row.maker_name },
            state: row.state,
            level: row.level,
            levels: row.levels,
            changes: row.changes,
            size: row.size,
            due_on: row.due,
            alike: row.alike,
            version: row.version,
            proposed_at: Ist(row.proposed_at),
            updated_at: Ist(row.updated_at),
        }
    }
}

/// How many wait.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ApprovalCounts {
    /// For me to decide.
    pub for_me: i64,
    /// Mine, undecided or sent back.
    pub by_me: i64,
    /// In the firm.
    pub all: i64,
}

impl From<Counts> for ApprovalCounts {
    fn from(counts: Counts) -> Self {
        Self { for_me: counts.for_me, by_me: counts.by_me, all: counts.all }
    }
}

/// One field that changes.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LineDto {
    /// In words.
    pub label: String,
    /// Before; null when there was nothing.
    pub before: Option<String>,
    /// After; null when nothing is left.
    pub after: Option<String>,
}

/// Fields that belong together.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SectionDto {
    /// "Identity", or which filing.
    pub title: String,
    /// Its fields.
    pub lines: Vec<LineDto>,
}

/// Something that was looked at.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SightCheckDto {
    /// Fine, or worth a look.
    pub ok: bool,
    /// In words.
    pub text: String,
}

/// What a change does.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SightDto {
    /// Fields that change.
    pub sections: Vec<SectionDto>,
    /// What follows.
    pub effects: Vec<String>,
    /// What was checked.
    pub checks: Vec<SightCheckDto>,
    /// How many fields stay as they are.
    pub unchanged: usize,
    /// Those of them that hold something.
    pub same: Vec<SameDto>,
}

/// A field that stays as it is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SameDto {
    /// In words.
    pub label: String,
    /// What it is.
    pub value: String,
}

impl From<Sight> for SightDto {
    fn from(sight: Sight) -> Self {
        let line = |l: maker_checker::Line| LineDto { label: l.label, before: l.before, after: l.after };
        Self {
            sections: sight
                .sections
                .into_iter()
                .map(|s| SectionDto { title: s.title, lines: s.lines.into_iter().map(line).collect() })
                .collect(),
            effects: sight.effects,
            checks: sight.checks.into_iter().map(|c| SightCheckDto { ok: c.ok, text: c.text }).collect(),
            unchanged: sight.unchanged,
            same: sight.same.into_iter().map(|s| SameDto { label: s.label, value: s.value }).collect(),
        }
    }
}

/// One decision.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DecisionDto {
    /// In which round, from 1.
    pub round: i16,
    /// At which level, from 1.
    pub level: i16,
    /// `approve`, `reject` or `return`.
    pub verdict: &'static str,
    /// By whom.
    pub by: PersonDto,
    /// In whose place.
    pub acting_for: Option<PersonDto>,
    /// What they said.
    pub comment: String,
    /// When.
    pub at: Ist,
}

/// One level of the sign-off.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignOffDto {
    /// From 1.
    pub level: usize,
    /// Who may approve it, in words.
    pub who: String,
}

/// A proposal with all that its page shows.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProposalDetail {
    /// Id within the firm.
    pub id: i64,
    /// `clients.kyc`, `filings.filed`, ...
    pub action: &'static str,
    /// The action in words.
    pub title: &'static str,
    /// Which record.
    pub about: String,
    /// The client, when it is about one.
    pub client_id: Option<i64>,
    /// The records it holds: `client:12`, `filing:7`.
    pub subjects: Vec<String>,
    /// Who proposed it.
    pub maker: PersonDto,
    /// Why, in the maker's words.
    pub reason: String,
    /// Where it stands.
    pub state: String,
    /// The level it waits at; 0 when it does not wait.
    pub level: usize,
    /// From 1; one more each time it came back corrected.
    pub round: i16,
    /// What it does, as it was proposed.
    pub sight: SightDto,
    /// Why it is out of date.
    pub stale_why: Option<String>,
    /// What it would do now, when it is out of date.
    pub stale_sight: Option<SightDto>,
    /// Levels, one after the other.
    pub sign_off: Vec<SignOffDto>,
    /// All decisions, oldest first.
    pub decisions: Vec<DecisionDto>,
    /// SHA-256 of the kept change.
    pub digest: String,
    /// The change itself as it was proposed, for whoever proposed it while it is theirs to correct; else null. `command`
    /// names it, `with` holds its values.
    #[schema(value_type = Option<Object>)]
    pub to_correct: Option<serde_json::Value>,
    /// Whether the caller may decide now.
    pub may_decide: bool,
    /// In whose place the caller decides.
    pub acting_for: Option<PersonDto>,
    /// Why the caller may not.
    pub why_not: Option<String>,
    /// Whether the caller proposed it.
    pub mine: bool,
    /// When it lapses undecided.
    pub expires_at: Ist,
    /// For If-Match.
    pub version: i64,
    /// When it was proposed.
    pub proposed_at: Ist,
    /// When something last happened to it.
    pub updated_at: Ist,
}

impl ProposalDetail {
    /// As the caller sees it.
    pub fn of(detail: Detail, me: UserId) -> Self {
        let Detail { proposal: p, names, deciders, may_decide } = detail;
        let (stale_why, stale_sight) = match &p.state {
            State::Stale { why, now } => {
                (Some(why.clone()), now.as_ref().map(|sight| SightDto::from((**sight).clone())))
            }
            _ => (None, None),
        };
        let level = p.waiting().map_or(0, |(level, _)| level);
        Self {
            id: p.id.get(),
            action: p.action.as_str(),
            title: p.action.title(),
            client_id: p.client.map(Id::get),
            subjects: p.subjects.iter().map(|s| format!("{}:{}", s.kind, s.id)).collect(),
            maker: person(&names, p.maker),
            reason: p.frozen.reason.clone(),
            state: p.state.as_str().to_owned(),
            level,
            round: p.round,
            stale_why,
            stale_sight,
            sign_off: deciders
                .into_iter()
                .enumerate()
                .map(|(at, who)| SignOffDto { level: at + 1, who })
                .collect(),
            decisions: p
                .decisions
                .iter()
                .map(|d| DecisionDto {
                    round: d.round,
                    level: d.level,
                    verdict: d.verdict.as_str(),
                    by: person(&names, d.by),
                    acting_for: d.acting_for.map(|user| person(&names, user)),
                    comment: d.comment.clone(),
                    at: Ist(d.at),
                })
                .collect(),
            may_decide: may_decide.is_ok(),
            acting_for: may_decide.as_ref().ok().copied().flatten().map(|user| person(&names, user)),
            why_not: may_decide.err(),
            mine: p.maker == me,
            to_correct: (p.maker == me && p.state == State::Returned).then(|| p.frozen.command.clone()),
            expires_at: Ist(p.frozen.expires_at),
            version: p.version,
            proposed_at: Ist(p.proposed_at),
            updated_at: Ist(p.updated_at),
            about: p.about,
            digest: p.frozen.digest,
            sight: p.frozen.sight.into(),
        }
    }
}

/// A person by id.
pub fn person(names: &BTreeMap<UserId, String>, id: UserId) -> PersonDto {
    PersonDto { id: id.get(), name: names.get(&id).cloned().unwrap_or_default() }
}

/// The answer of every guarded door when the change has to wait.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProposedAnswer {
    /// The proposal.
    pub proposal: ProposalDetail,
}
