//! The cost of being late in plain words.

use crate::law::{Cost, Quantum, Reduction};
use rust_decimal::Decimal;

/// `₹10,000 and ₹100 a day after the first, at most ₹2,00,000`.
pub(crate) fn amount(cost: &Cost, reduction: Option<&Reduction>) -> String {
    let coin = |amount: Decimal| money_words(amount, &cost.currency);
    let mut parts = Vec::new();
    if !cost.base.is_zero() {
        parts.push(coin(cost.base));
    }
    if !cost.per_day.is_zero() {
        parts.push(format!("{} a day{}", coin(cost.per_day), after_free(cost.free_days)));
    }
    if !cost.tiers.is_empty() {
        let tiers: Vec<String> = cost
            .tiers
            .iter()
            .map(|t| match t.until_day {
                Some(day) => format!("{} a day to day {day}", coin(t.per_day)),
                None => format!("{} a day after that", coin(t.per_day)),
            })
            .collect();
        parts.push(tiers.join(", "));
    }
    if !cost.per_month.is_zero() {
        parts.push(format!("{} a month or part of one", coin(cost.per_month)));
    }
    if !cost.bands.is_empty() {
        parts.push(bands(cost));
    }
    let mut text = parts.join(" and ");
    if cost.quantum != Quantum::Exact {
        text = format!("up to {text}");
    }
    if let Some(min) = cost.min {
        text = format!("at least {}, {text}", coin(min));
    }
    if let Some(cap) = cost.cap {
        text.push_str(&format!(", at most {}", coin(cap)));
    }
    if let Some(reduction) = reduction {
        text.push_str(&format!("; {} of it for this client", portion(reduction.times)));
    }
    capitalised(&text)
}

fn bands(cost: &Cost) -> String {
    let lines: Vec<String> = cost
        .bands
        .iter()
        .map(|b| {
            let what = match &cost.scale {
                Some(_) => format!("{} times the normal fee", b.times.normalize()),
                None => money_words(b.times, &cost.currency),
            };
            let what = if b.per_day.is_zero() {
                what
            } else {
                format!("{what} and {} for each further day", money_words(b.per_day, &cost.currency))
            };
            match b.until_day {
                Some(day) => format!("{what} to day {day}"),
                None => format!("{what} after that"),
            }
        })
        .collect();
    lines.join(", ")
}

fn after_free(days: u32) -> String {
    match days {
        0 => String::new(),
        1 => " after the first".to_owned(),
        n => format!(" after the first {n}"),
    }
}

fn portion(times: Decimal) -> String {
    if times == Decimal::new(5, 1) { "half".to_owned() } else { format!("{} times", times.normalize()) }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

/// `₹2,00,000`; other currencies by their code.
pub fn money_words(amount: Decimal, currency: &str) -> String {
    let plain = amount.normalize().to_string();
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let rupees = currency == "INR";
    let mut grouped = String::new();
    for (at, digit) in whole.chars().rev().enumerate() {
        // the Indian way: three digits, then twos
        let edge = if rupees && at > 3 { at % 2 == 1 } else { at > 0 && at % 3 == 0 };
        if edge {
            grouped.insert(0, ',');
        }
        grouped.insert(0, digit);
    }
    let sign = if rupees { "₹".to_owned() } else { format!("{currency} ") };
    if part.is_empty() { format!("{sign}{grouped}") } else { format!("{sign}{grouped}.{part}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_grouped_the_indian_way() {
        let cases = [
            (100, "INR", "₹100"),
            (1_000, "INR", "₹1,000"),
            (10_000, "INR", "₹10,000"),
            (200_000, "INR", "₹2,00,000"),
            (10_000_000, "INR", "₹1,00,00,000"),
            (1_500_000, "USD", "USD 1,500,000"),
        ];
        for (amount, currency, text) in cases {
            assert_eq!(money_words(Decimal::from(amount), currency), text);
        }
        assert_eq!(money_words(Decimal::new(75, 2), "INR"), "₹0.75");
    }
}
