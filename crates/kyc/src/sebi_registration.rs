//! SEBI registration numbers: intermediaries (`INA000007304`), funds (`IN/AIF2/13-14/0068`), depository
//! participants (`IN-DP-123-2016`).

use crate::shape::{Class, Hyphens, clean, match_exact, wrong_char};
use crate::{IdError, IdKind};

const KIND: IdKind = IdKind::SebiRegistration;
const EXAMPLES: &str = "INA, INH, INP, INZ, INM or INR and 9 digits, IN/AIF1/17-18/0326, or IN-DP-123-2016";

pub(crate) const INTERMEDIARY: [Class; 12] = {
    let mut pattern = [Class::Digit; 12];
    pattern[0] = Class::One("I", "I");
    pattern[1] = Class::One("N", "N");
    pattern[2] = Class::One(
        "AHPZMRBFE",
        "A (adviser), H (research), P (portfolio manager), Z (broker), M (merchant banker) or R (RTA)",
    );
    pattern
};

/// What a SEBI registration number registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SebiCategory {
    /// INA: investment adviser.
    InvestmentAdviser,
    /// INH: research analyst.
    ResearchAnalyst,
    /// INP: portfolio manager.
    PortfolioManager,
    /// INZ: stock broker (all segments).
    StockBroker,
    /// INB, INF, INE: stock broker, numbers given before the single registration.
    StockBrokerLegacy,
    /// INM: merchant banker.
    MerchantBanker,
    /// INR: registrar to an issue and share transfer agent.
    RegistrarAndTransferAgent,
    /// IN/AIF1/...: alternative investment fund, category 1, 2 or 3.
    AlternativeInvestmentFund(u8),
    /// IN-DP-...: depository participant.
    DepositoryParticipant,
}

impl SebiCategory {
    /// The category in words.
    pub const fn title(self) -> &'static str {
        match self {
            SebiCategory::InvestmentAdviser => "investment adviser",
            SebiCategory::ResearchAnalyst => "research analyst",
            SebiCategory::PortfolioManager => "portfolio manager",
            SebiCategory::StockBroker => "stock broker",
            SebiCategory::StockBrokerLegacy => "stock broker (old number)",
            SebiCategory::MerchantBanker => "merchant banker",
            SebiCategory::RegistrarAndTransferAgent => "registrar and share transfer agent",
            SebiCategory::AlternativeInvestmentFund(1) => "alternative investment fund, category I",
            SebiCategory::AlternativeInvestmentFund(2) => "alternative investment fund, category II",
            SebiCategory::AlternativeInvestmentFund(_) => "alternative investment fund, category III",
            SebiCategory::DepositoryParticipant => "depository participant",
        }
    }
}

/// A valid SEBI registration number in its written form.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SebiRegistration(String);

id_traits!(SebiRegistration);

impl SebiRegistration {
    /// Reads any of the forms; spaces and lower case are accepted, hyphens are dropped where they are not part
    /// of the number.
    pub fn parse(text: &str) -> Result<SebiRegistration, IdError> {
        let text = clean(KIND, text, Hyphens::Keep)?;
        if text.starts_with("IN/") {
            return fund(&text).map(|()| SebiRegistration(text));
        }
        if text.starts_with("IN-DP") {
            return participant(&text).map(|()| SebiRegistration(text));
        }
        let text = text.replace('-', "");
        if !text.starts_with("IN") {
            return Err(IdError::at(
                KIND,
                1,
                text.chars().next(),
                EXAMPLES,
                format!("A SEBI registration number starts with IN: {EXAMPLES}."),
            ));
        }
        let digits = text.get(3..).unwrap_or("");
        if digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.len() != 9 {
            return Err(IdError::whole(
                KIND,
                "9 digits after the three letters",
                format!(
                    "This SEBI number has 9 digits after its three letters, here there are {}.",
                    digits.len()
                ),
            ));
        }
        match_exact(KIND, &text, &INTERMEDIARY)?;
        Ok(SebiRegistration(text))
    }

    /// What it registers.
    pub fn category(&self) -> SebiCategory {
        match self.0.as_bytes().get(2) {
            Some(b'A') => SebiCategory::InvestmentAdviser,
            Some(b'H') => SebiCategory::ResearchAnalyst,
            Some(b'P') => SebiCategory::PortfolioManager,
            Some(b'M') => SebiCategory::MerchantBanker,
            Some(b'R') => SebiCategory::RegistrarAndTransferAgent,
            Some(b'B' | b'F' | b'E') => SebiCategory::StockBrokerLegacy,
            Some(b'/') => {
                let class = self.0.as_bytes().get(6).copied().unwrap_or(b'1');
                SebiCategory::AlternativeInvestmentFund(class.saturating_sub(b'0'))
            }
            Some(b'-') => SebiCategory::DepositoryParticipant,
            _ => SebiCategory::StockBroker,
        }
    }
}

/// `IN/AIF` category `/yy-yy/` serial of 4 or 5 digits.
fn fund(text: &str) -> Result<(), IdError> {
    let mut pattern = vec![
        Class::One("I", "I"),
        Class::One("N", "N"),
        Class::One("/", "/"),
        Class::One("A", "A"),
        Class::One("I", "I"),
        Class::One("F", "F"),
        Class::One("123", "1, 2 or 3 (the category of the fund)"),
        Class::One("/", "/"),
        Class::Digit,
        Class::Digit,
        Class::One("-", "-"),
        Class::Digit,
        Class::Digit,
        Class::One("/", "/"),
        Class::Digit,
        Class::Digit,
        Class::Digit,
        Class::Digit,
    ];
    if text.len() > pattern.len() {
        pattern.push(Class::Digit);
    }
    // The first wrong place says more than the length does.
    let bytes = text.as_bytes();
    if let Some(index) = pattern.iter().zip(bytes).position(|(class, byte)| !class.accepts(*byte)) {
        return Err(wrong_char(KIND, index + 1, char::from(bytes[index]), pattern[index]));
    }
    match_exact(KIND, text, &pattern)?;
    let number = |from: usize| text.get(from..from + 2).and_then(|two| two.parse::<u32>().ok()).unwrap_or(0);
    let (first, second) = (number(8), number(11));
    if second != (first + 1) % 100 {
        let expected = format!("{first:02}-{:02}", (first + 1) % 100);
        return Err(IdError::at(
            KIND,
            12,
            text.chars().nth(11),
            expected.clone(),
            format!(
                "The financial year {first:02}-{second:02} should be {expected}. Check the number again."
            ),
        ));
    }
    Ok(())
}

/// `IN-DP-` 1 to 4 digits `-` year.
fn participant(text: &str) -> Result<(), IdError> {
    let good = |rest: &str| {
        let (serial, year) = rest.split_once('-')?;
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        ((1..=4).contains(&serial.len()) && year.len() == 4 && digits(serial) && digits(year)).then_some(())
    };
    text.strip_prefix("IN-DP-").and_then(good).ok_or_else(|| {
        IdError::whole(
            KIND,
            "IN-DP-, 1 to 4 digits, a hyphen and the year",
            "A depository participant's number is IN-DP-, 1 to 4 digits, a hyphen and the year: IN-DP-123-2016.",
        )
    })
}
