//! The words of fixed vocabularies as people write them.

use crate::client::{EntityType, RiskRating, Status};

fn plain(text: &str) -> String {
    let spaced: String =
        text.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A legal form: its title, its key, or a common way to write it.
pub fn entity_type(text: &str) -> Option<EntityType> {
    let word = plain(text);
    let known =
        EntityType::ALL.iter().copied().find(|e| plain(e.title()) == word || plain(e.as_str()) == word);
    known.or_else(|| {
        Some(match word.as_str() {
            "private"
            | "pvt ltd"
            | "private limited"
            | "private ltd"
            | "pvt limited"
            | "pvt"
            | "private limited company"
            | "pvt ltd company"
            | "company private"
            | "ptc"
            | "private ltd company" => EntityType::PrivateCompany,
            "public"
            | "public limited"
            | "public ltd"
            | "limited"
            | "ltd"
            | "public limited company"
            | "public unlisted"
            | "unlisted public company"
            | "public company"
            | "limited company"
            | "plc"
            | "unlisted public"
            | "public limited unlisted" => EntityType::PublicCompany,
            "listed"
            | "public listed"
            | "listed public company"
            | "public limited listed"
            | "listed public"
            | "public company listed" => EntityType::ListedCompany,
            "one person" | "opc private limited" | "opc pvt ltd" => EntityType::Opc,
            "limited liability partnership llp" | "llp firm" => EntityType::Llp,
            "partnership" | "firm" | "registered firm" | "partnership firm registered" => {
                EntityType::Partnership
            }
            "private trust" | "public trust" | "charitable trust" => EntityType::Trust,
            "registered society" | "co operative society" | "cooperative society" => EntityType::Society,
            "proprietor"
            | "proprietorship"
            | "sole proprietor"
            | "sole proprietorship"
            | "person"
            | "natural person" => EntityType::Individual,
            "hindu undivided family huf" => EntityType::Huf,
            "foreign" | "branch office" | "foreign branch" => EntityType::ForeignCompany,
            "others" => EntityType::Other,
            _ => return None,
        })
    })
}

/// Where a client stands.
pub fn status(text: &str) -> Option<Status> {
    let word = plain(text);
    let known = Status::ALL.iter().copied().find(|s| s.as_str() == word);
    known.or_else(|| {
        Some(match word.as_str() {
            "live" | "current" | "existing" | "yes" => Status::Active,
            "new" | "prospect" | "on boarding" => Status::Onboarding,
            "on hold" | "paused" | "dormant" => Status::Suspended,
            "inactive" | "closed" | "left" | "exited" | "off boarded" | "terminated" => Status::Offboarded,
            _ => return None,
        })
    })
}

/// A risk rating.
pub fn risk_rating(text: &str) -> Option<RiskRating> {
    let word = plain(text);
    let word = word.strip_suffix(" risk").unwrap_or(&word);
    RiskRating::ALL.iter().copied().find(|r| r.as_str() == word || r.as_str().get(..1) == Some(word)).or({
        match word {
            "med" | "moderate" | "normal" => Some(RiskRating::Medium),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_forms_are_read_as_people_write_them() {
        for (text, form) in [
            ("Private company", EntityType::PrivateCompany),
            ("Pvt. Ltd.", EntityType::PrivateCompany),
            ("PRIVATE LIMITED", EntityType::PrivateCompany),
            ("Public Limited (Listed)", EntityType::ListedCompany),
            ("LLP", EntityType::Llp),
            ("private_company", EntityType::PrivateCompany),
            ("Proprietorship", EntityType::Individual),
            ("Public company (unlisted)", EntityType::PublicCompany),
        ] {
            assert_eq!(entity_type(text), Some(form), "{text}");
        }
        assert_eq!(entity_type("Martian"), None);
        assert_eq!(risk_rating("High Risk"), Some(RiskRating::High));
        assert_eq!(risk_rating("M"), Some(RiskRating::Medium));
        assert_eq!(status("Inactive"), Some(Status::Offboarded));
    }
}
