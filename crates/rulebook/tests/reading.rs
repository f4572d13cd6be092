//! What a person reads about a rule: its date in words, its worked examples, what it asks for.

use rulebook::{InputKind, Rulebook};
use time::macros::date;

#[test]
fn every_rule_says_in_words_when_it_is_due() {
    let rules = Rulebook::shipped();
    for rule in rules.rules() {
        let words = rules.due_words(rule);
        assert!(!words.trim().is_empty() && !words.contains("  "), "{}: {words:?}", rule.id);
        assert!(!words.contains("the the") && !words.contains("the that"), "{}: {words}", rule.id);
        assert!(!words.contains('_'), "{}: a key is shown: {words}", rule.id);
        for line in rules.conditions(&rule.applies_when) {
            assert!(!line.text.trim().is_empty(), "{}: an empty condition", rule.id);
        }
    }
}

#[test]
fn words_say_what_the_vocabulary_says() {
    let rules = Rulebook::shipped();
    let words = |code: &str| {
        let rule = *rules.versions(code).last().expect(code);
        rules.due_words(rule)
    };
    assert_eq!(words("DNBS01"), "21 days after the quarter end");
    assert!(words("MCA-MGT7").starts_with("60 days after the "), "{}", words("MCA-MGT7"));
}

#[test]
fn examples_are_what_the_evaluator_gives() {
    let rules = Rulebook::shipped();
    let today = date!(2026 - 11 - 21);
    let rule = rules.current("DNBS01", today).expect("DNBS01");
    let dates: Vec<_> = rules
        .examples(rule, today)
        .into_iter()
        .map(|e| (e.evaluation.period.end, e.evaluation.legal_due))
        .collect();
    assert_eq!(
        dates,
        [
            (date!(2026 - 09 - 30), Some(date!(2026 - 10 - 21))),
            (date!(2026 - 12 - 31), Some(date!(2027 - 01 - 21))),
            (date!(2027 - 03 - 31), Some(date!(2027 - 04 - 21))),
        ]
    );
}

#[test]
fn the_newest_version_of_every_planned_rule_has_an_example() {
    let rules = Rulebook::shipped();
    let today = date!(2026 - 11 - 21);
    let newest = |r: &&rulebook::Rule| rules.versions(&r.code).last().is_some_and(|n| n.id == r.id);
    let without: Vec<&str> = rules
        .rules()
        .iter()
        .filter(newest)
        .filter(|r| r.planned && rules.examples(r, today).is_empty())
        .map(|r| r.id.as_str())
        .collect();
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn a_form_asks_only_for_what_the_rule_uses() {
    let rules = Rulebook::shipped();
    let inputs = rules.inputs("DNBS01");
    assert_eq!(inputs[0].kind, InputKind::Period);
    assert!(inputs.iter().any(|i| i.name == "registrations"));
    assert!(!inputs.iter().any(|i| i.name == "incorporated_on"), "DNBS01 does not look at it");
    let pairs: Vec<(String, String)> = vec![("reference_date".into(), "2026-09-30".into())];
    for rule in rules.rules() {
        for input in rules.inputs(&rule.code).iter().filter(|i| i.kind != InputKind::Period) {
            let value = match rules.fact_def(&input.name).map(|d| &d.kind) {
                Some(rulebook::FactKind::Bool) => "yes",
                Some(rulebook::FactKind::Number) => "5",
                Some(rulebook::FactKind::OneOf(options) | rulebook::FactKind::SetOf(options)) => &options[0],
                _ => "2026-09-30",
            };
            let given = [(input.name.clone(), value.to_owned())];
            let read = rules.query_from_pairs(&rule.code, &given);
            assert!(
                read.is_ok(),
                "{} does not take its own input {}: {:?}",
                rule.code,
                input.name,
                read.err()
            );
        }
    }
    assert!(rules.query_from_pairs("DNBS01", &pairs).is_ok());
}
