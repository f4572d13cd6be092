//! A change that waits, and what may become of it. Transitions take the proposal and may refuse.

use crate::action::Action;
use crate::policy::{Level, Who};
use crate::sight::Sight;
use kernel::id::{ClientId, ProposalId, UserId};
use kernel::moment::Instant;
use kernel::{Role, Subject};
use serde_json::Value;
use thiserror::Error;

/// Where a proposal stands.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// Waits for the approval of a level, from 1.
    Pending {
        /// Which.
        level: usize,
    },
    /// Everybody agreed; it is carried out in the same transaction.
    Approved,
    /// Carried out.
    Executed,
    /// A checker said no.
    Rejected,
    /// A checker wants it corrected.
    Returned,
    /// The maker took it back.
    Withdrawn,
    /// Nobody decided in time.
    Expired,
    /// The world moved on: carried out today it would be another change, or none.
    Stale {
        /// In words.
        why: String,
        /// What it would be now, when it still can be worked out.
        now: Option<Box<Sight>>,
    },
}

impl State {
    /// The stable name.
    pub const fn as_str(&self) -> &'static str {
        match self {
            State::Pending { .. } => "pending",
            State::Approved => "approved",
            State::Executed => "executed",
            State::Rejected => "rejected",
            State::Returned => "returned",
            State::Withdrawn => "withdrawn",
            State::Expired => "expired",
            State::Stale { .. } => "stale",
        }
    }
    /// Whether it still holds its subjects: a second proposal about one of them is refused.
    pub const fn holds(&self) -> bool {
        matches!(self, State::Pending { .. } | State::Returned)
    }
}

/// What a person decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Yes.
    Approve,
    /// No.
    Reject,
    /// Not like this.
    Return,
}

impl Verdict {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Verdict::Approve => "approve",
            Verdict::Reject => "reject",
            Verdict::Return => "return",
        }
    }
    /// Reads the stable name.
    pub fn parse(text: &str) -> Option<Self> {
        [Verdict::Approve, Verdict::Reject, Verdict::Return].into_iter().find(|v| v.as_str() == text)
    }
}

/// One decision. Once made it stays, also when the proposal is corrected and goes round again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// In which round.
    pub round: i16,
    /// At which level, from 1.
    pub level: i16,
    /// What.
    pub verdict: Verdict,
    /// By whom.
    pub by: UserId,
    /// In whose place.
    pub acting_for: Option<UserId>,
    /// What they said.
    pub comment: String,
    /// When.
    pub at: Instant,
}

/// Who decides, in which capacity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hat {
    /// The person.
    pub user: UserId,
    /// The person's role.
    pub role: Role,
    /// In whose place, with that person's role. The caller has made sure that the delegation holds.
    pub acting_for: Option<(UserId, Role)>,
}

impl Hat {
    fn authority(&self) -> (UserId, Role) {
        self.acting_for.unwrap_or((self.user, self.role))
    }
}

/// The change itself, as it was worked out when it was proposed.
#[derive(Debug, Clone, PartialEq)]
pub struct Frozen {
    /// The command in its stable form.
    pub command: Value,
    /// SHA-256 of it, in hex.
    pub digest: String,
    /// What it does.
    pub sight: Sight,
    /// How large it is, for the bands.
    pub size: i64,
    /// Why, in the maker's words.
    pub reason: String,
    /// The levels it has to pass, as the policy stood.
    pub levels: Vec<Level>,
    /// When it lapses.
    pub expires_at: Instant,
}

/// A proposal.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// Id within the firm.
    pub id: ProposalId,
    /// Kind of change.
    pub action: Action,
    /// Which record, in words.
    pub about: String,
    /// The records that it holds.
    pub subjects: Vec<Subject>,
    /// The client whose timeline shows it.
    pub client: Option<ClientId>,
    /// Who made it.
    pub maker: UserId,
    /// The change.
    pub frozen: Frozen,
    /// From 1; one more each time it comes back corrected.
    pub round: i16,
    /// Where it stands.
    pub state: State,
    /// All decisions, oldest first.
    pub decisions: Vec<Decision>,
    /// For optimistic saving, and what an approval binds to.
    pub version: i64,
    /// When it was first proposed.
    pub proposed_at: Instant,
    /// When something last happened to it.
    pub updated_at: Instant,
}

/// Why nothing was decided.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Decided, withdrawn or lapsed already.
    #[error("This was {0} already.")]
    Over(&'static str),
    /// The maker's own.
    #[error("You proposed this. Somebody else must approve it.")]
    OwnWork,
    /// In the maker's place.
    #[error("You act for the person who proposed this. Somebody else must approve it.")]
    ForMaker,
    /// A level before.
    #[error(
        "You approved this at a level before, yourself or in somebody's place. Another person must approve this level."
    )]
    Twice,
    /// Not named by the policy.
    #[error("This level is not yours to approve.")]
    NotNamed,
    /// Somebody else's.
    #[error("Only the person who proposed this can do that.")]
    NotMaker,
    /// Sent back or rejected in silence.
    #[error("Say why; the person who proposed it reads it.")]
    NoComment,
}

impl Proposal {
    /// Decisions of this round.
    pub fn this_round(&self) -> impl Iterator<Item = &Decision> {
        self.decisions.iter().filter(|d| d.round == self.round)
    }

    /// The level it waits at, with its number.
    pub fn waiting(&self) -> Option<(usize, &Level)> {
        match self.state {
            State::Pending { level } => self.frozen.levels.get(level - 1).map(|found| (level, found)),
            _ => None,
        }
    }

    /// Whether the person may decide now, in this capacity.
    pub fn may_decide(&self, hat: &Hat) -> Result<(), Refusal> {
        let Some((_, level)) = self.waiting() else { return Err(Refusal::Over(self.state.as_str())) };
        if hat.user == self.maker {
            return Err(Refusal::OwnWork);
        }
        let (user, role) = hat.authority();
        if user == self.maker {
            return Err(Refusal::ForMaker);
        }
        let me = [hat.user, user];
        let seen = |d: &Decision| me.contains(&d.by) || d.acting_for.is_some_and(|other| me.contains(&other));
        if self.this_round().any(seen) {
            return Err(Refusal::Twice);
        }
        if !level.who.admits(user, role) {
            return Err(Refusal::NotNamed);
        }
        Ok(())
    }

    fn decided(mut self, hat: &Hat, verdict: Verdict, comment: &str, at: Instant) -> Result<Self, Refusal> {
        self.may_decide(hat)?;
        let State::Pending { level } = self.state else { return Err(Refusal::Over(self.state.as_str())) };
        let comment = comment.trim().to_owned();
        if verdict != Verdict::Approve && comment.is_empty() {
            return Err(Refusal::NoComment);
        }
        self.decisions.push(Decision {
            round: self.round,
            level: i16::try_from(level).unwrap_or(i16::MAX),
            verdict,
            by: hat.user,
            acting_for: hat.acting_for.map(|(user, _)| user),
            comment,
            at,
        });
        self.state = match verdict {
            Verdict::Approve if level < self.frozen.levels.len() => State::Pending { level: level + 1 },
            Verdict::Approve => State::Approved,
            Verdict::Reject => State::Rejected,
            Verdict::Return => State::Returned,
        };
        self.updated_at = at;
        Ok(self)
    }

    /// One more person agrees; the last one makes it ready to be carried out.
    pub fn approve(self, hat: &Hat, comment: &str, at: Instant) -> Result<Self, Refusal> {
        self.decided(hat, Verdict::Approve, comment, at)
    }

    /// A checker says no, and why.
    pub fn reject(self, hat: &Hat, comment: &str, at: Instant) -> Result<Self, Refusal> {
        self.decided(hat, Verdict::Reject, comment, at)
    }

    /// A checker wants it corrected, and says what.
    pub fn give_back(self, hat: &Hat, comment: &str, at: Instant) -> Result<Self, Refusal> {
        self.decided(hat, Verdict::Return, comment, at)
    }

    /// The maker takes it back, while it waits or after it was sent back.
    pub fn withdraw(mut self, user: UserId, at: Instant) -> Result<Self, Refusal> {
        if !self.state.holds() {
            return Err(Refusal::Over(self.state.as_str()));
        }
        if user != self.maker {
            return Err(Refusal::NotMaker);
        }
        self.state = State::Withdrawn;
        self.updated_at = at;
        Ok(self)
    }

    /// The maker brings what was sent back, corrected or explained. All levels decide anew.
    pub fn resubmit(mut self, user: UserId, frozen: Frozen, at: Instant) -> Result<Self, Refusal> {
        if self.state != State::Returned {
            return Err(Refusal::Over(self.state.as_str()));
        }
        if user != self.maker {
            return Err(Refusal::NotMaker);
        }
        self.frozen = frozen;
        self.round += 1;
        self.state = State::Pending { level: 1 };
        self.updated_at = at;
        Ok(self)
    }

    /// Its time is over. Lapsing never approves.
    pub fn expire(mut self, at: Instant) -> Result<Self, Refusal> {
        if !self.state.holds() || at < self.frozen.expires_at {
            return Err(Refusal::Over(self.state.as_str()));
        }
        self.state = State::Expired;
        self.updated_at = at;
        Ok(self)
    }

    /// It was carried out.
    pub fn executed(mut self, at: Instant) -> Result<Self, Refusal> {
        if self.state != State::Approved {
            return Err(Refusal::Over(self.state.as_str()));
        }
        self.state = State::Executed;
        self.updated_at = at;
        Ok(self)
    }

    /// It can no longer be carried out as it was shown.
    pub fn stale(mut self, why: String, now: Option<Sight>, at: Instant) -> Result<Self, Refusal> {
        if !self.state.holds() {
            return Err(Refusal::Over(self.state.as_str()));
        }
        self.state = State::Stale { why, now: now.map(Box::new) };
        self.updated_at = at;
        Ok(self)
    }

    /// Who may decide next, for lists.
    pub fn next(&self) -> (Vec<Role>, Vec<UserId>) {
        match self.waiting() {
            Some((_, Level { who: Who::Roles(roles), .. })) => (roles.clone(), Vec::new()),
            Some((_, Level { who: Who::People(people), .. })) => (Vec::new(), people.clone()),
            None => (Vec::new(), Vec::new()),
        }
    }
}

#[cfg(test)]
#[path = "proposal_tests.rs"]
mod tests;
