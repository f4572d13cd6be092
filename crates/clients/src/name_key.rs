//! Names compared without their legal endings, so that "Acme Pvt. Ltd." meets "ACME PRIVATE LIMITED".

/// Words that say only which legal form it is.
const ENDINGS: &[&str] =
    &["private", "pvt", "limited", "ltd", "llp", "public", "company", "co", "opc", "p", "the", "and"];

/// The key under which a name is looked for among the firm's clients.
pub fn name_key(name: &str) -> String {
    let cleaned: String =
        name.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words: Vec<&str> = cleaned.split_whitespace().filter(|word| !ENDINGS.contains(word)).collect();
    if words.is_empty() { cleaned.split_whitespace().collect::<Vec<_>>().join(" ") } else { words.join(" ") }
}

/// The name for dense lists: the legal name without its ending.
pub fn short_name(name: &str) -> String {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    while words.len() > 1 {
        let last = words[words.len() - 1].trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        if matches!(last.as_str(), "private" | "pvt" | "limited" | "ltd" | "llp" | "opc" | "p" | "") {
            words.pop();
        } else {
            break;
        }
    }
    words.join(" ").trim_end_matches([',', '(', '.']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_endings_and_punctuation_do_not_hide_a_duplicate() {
        assert_eq!(
            name_key("Sahyadri Capital Finance Pvt. Ltd."),
            name_key("SAHYADRI CAPITAL FINANCE PRIVATE LIMITED")
        );
        assert_eq!(name_key("The Company Ltd"), "the company ltd");
        assert_ne!(name_key("Nilgiri Trust"), name_key("Nilgiri Funds"));
    }

    #[test]
    fn short_names_drop_only_the_ending() {
        assert_eq!(short_name("Sahyadri Capital Finance Ltd"), "Sahyadri Capital Finance");
        assert_eq!(short_name("Kaveri Wealth (OPC) Private Limited"), "Kaveri Wealth");
        assert_eq!(short_name("Limited"), "Limited");
    }
}
