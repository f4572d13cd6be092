//! Search over the firm's records for the palette: clients by name or identifier, filings by return and client.

use crate::database::Tx;
use async_trait::async_trait;
use filings::{FilingFilter, FilingRow, FilingSort, FilingView};
use kernel::id::ClientId;
use kernel::{Actor, Id, PageRequest, Permission, StoreError};
use rulebook::Rulebook;

/// The longest text that is looked for.
const MAX_CHARS: usize = 80;

/// Clients and filings shown, of each kind.
const SHOWN: u32 = 8;

/// Clients whose filings are looked through.
const CLIENTS: i64 = 20;

/// A client that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundClient {
    /// Id within the firm.
    pub id: ClientId,
    /// As registered.
    pub client_name: String,
    /// As the firm calls it.
    pub short_name: String,
    /// `active`, ...
    pub status: String,
    /// The identifier that matched, when it was not the name.
    pub identifier: Option<String>,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// Clients.
    pub clients: Vec<FoundClient>,
    /// Filings, open ones first, soonest first.
    pub filings: Vec<FilingRow>,
}

/// What search asks of the store.
#[async_trait]
pub trait Search: Send {
    /// Clients whose names hold every word, or of which an identifier begins with the text.
    async fn find_clients(
        &mut self,
        words: &[String],
        text: &str,
        limit: i64,
    ) -> Result<Vec<FoundClient>, StoreError>;
}

/// Looks for a text in what the person may read. Words that name a return narrow the filings by it, the others by client.
pub async fn find<T: Tx + ?Sized>(tx: &mut T, actor: &Actor, text: &str) -> Result<Found, StoreError> {
    let text: String = text.replace('\0', "").trim().chars().take(MAX_CHARS).collect();
    let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    if words.is_empty() {
        return Ok(Found::default());
    }
    let allowed = |permission| actor.require(permission).is_ok();
    let mut found = Found::default();
    if allowed(Permission::ClientsView) {
        found.clients = tx.find_clients(&words, &text, i64::from(SHOWN)).await?;
    }
    if allowed(Permission::FilingsView) {
        found.filings = find_filings(tx, actor, &words, &found.clients).await?;
    }
    Ok(found)
}

async fn find_filings<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    words: &[String],
    clients: &[FoundClient],
) -> Result<Vec<FilingRow>, StoreError> {
    let today = actor.today();
    if let [word] = words
        && let Ok(id) = word.trim_start_matches('#').parse()
    {
        return Ok(tx.filing_row(Id::new(id), today).await?.into_iter().collect());
    }
    // several words that a client's name has are its name, even when one of them is also part of a code
    let (codes, others) = if words.len() > 1 && !clients.is_empty() {
        (None, words.to_vec())
    } else {
        named_returns(Rulebook::shipped(), words)
    };
    let of: Vec<ClientId> = if others.is_empty() {
        Vec::new()
    } else if codes.is_none() {
        clients.iter().map(|c| c.id).collect()
    } else {
        tx.find_clients(&others, &others.join(" "), CLIENTS).await?.iter().map(|c| c.id).collect()
    };
    if codes.as_ref().is_some_and(Vec::is_empty) || (of.is_empty() && !others.is_empty()) {
        return Ok(Vec::new());
    }
    let codes = codes.unwrap_or_default();
    let filter = |view| FilingFilter {
        view: Some(view),
        code: codes.clone(),
        client: of.clone(),
        ..FilingFilter::default()
    };
    let (order, page) = ([(FilingSort::Due, false)], PageRequest { page: 1, per_page: SHOWN });
    let mut rows = tx.filing_rows(&filter(FilingView::Open), &order, page, today).await?;
    if rows.is_empty() {
        rows = tx.filing_rows(&filter(FilingView::All), &[(FilingSort::Due, true)], page, today).await?;
    }
    Ok(rows)
}

/// The codes of the returns that every naming word names, none when no word does; and the words that name no return.
fn named_returns(rules: &Rulebook, words: &[String]) -> (Option<Vec<String>>, Vec<String>) {
    let mut codes: Option<Vec<String>> = None;
    let mut others = Vec::new();
    for word in words {
        let needle = word.to_lowercase();
        let mut named: Vec<String> = rules
            .rules()
            .iter()
            .filter(|rule| rule.code.to_lowercase().contains(&needle))
            .map(|rule| rule.code.clone())
            .collect();
        named.dedup();
        if named.is_empty() {
            others.push(word.clone());
            continue;
        }
        codes = Some(match codes {
            None => named,
            Some(before) => before.into_iter().filter(|code| named.contains(code)).collect(),
        });
    }
    (codes, others)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_name_a_return_are_told_from_the_others() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let (codes, others) = named_returns(Rulebook::shipped(), &words("mgt7 Sahyadri"));
        assert!(codes.unwrap().contains(&"MCA-MGT7".to_owned()));
        assert_eq!(others, ["Sahyadri"]);
        let (codes, others) = named_returns(Rulebook::shipped(), &words("Sahyadri Tapti"));
        assert_eq!(codes, None);
        assert_eq!(others.len(), 2);
    }
}
