//! The sentence on the start page: the most urgent true thing first, two facts at most.

use filings::views::TodayFigures;

/// Answers the question the user came with.
pub fn sentence(figures: &TodayFigures) -> String {
    let mut facts = Vec::new();
    if figures.due_today > 0 {
        facts.push(format!("{} due before midnight.", count(figures.due_today, "filing is", "filings are")));
    }
    if figures.breached > 0 && figures.breached == figures.past_due {
        facts.push(format!("{} breached.", count(figures.breached, "filing is", "filings are")));
    } else if figures.past_due > 0 {
        let breached = if figures.breached > 0 {
            format!(", {} of them breached", figures.breached)
        } else {
            String::new()
        };
        facts.push(format!("{} past due{breached}.", count(figures.past_due, "filing is", "filings are")));
    }
    if figures.due_tomorrow > 0 {
        facts.push(format!("{} due tomorrow.", count(figures.due_tomorrow, "filing is", "filings are")));
    }
    if figures.due_in_7 > 0 {
        facts.push(format!(
            "{} due in the next seven days.",
            count(figures.due_in_7, "filing is", "filings are")
        ));
    }
    if facts.is_empty() {
        facts.push("Nothing is due in the next seven days and nothing is past due.".into());
    }
    facts.truncate(2);
    facts.join(" ")
}

fn count(n: i64, one: &str, many: &str) -> String {
    const WORDS: [&str; 10] = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
    let figure =
        usize::try_from(n).ok().and_then(|i| WORDS.get(i)).map_or_else(|| n.to_string(), |w| (*w).into());
    format!("{figure} {}", if n == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_urgent_comes_first_and_two_facts_are_enough() {
        let figures = TodayFigures {
            due_today: 2,
            past_due: 4,
            breached: 1,
            due_tomorrow: 3,
            due_in_7: 9,
            ..Default::default()
        };
        assert_eq!(
            sentence(&figures),
            "Two filings are due before midnight. Four filings are past due, 1 of them breached."
        );
        assert_eq!(
            sentence(&TodayFigures::default()),
            "Nothing is due in the next seven days and nothing is past due."
        );
    }
}
