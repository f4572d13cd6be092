//! Properties: dates follow their anchors, shifted dates are working days, versions keep their borders, nothing
//! panics, and a plan is stable with unique keys.

use proptest::prelude::*;
use rulebook::{Due, Event, EventRef, FactSheet, FactValue, PlanRequest, Query, Rulebook, Week};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use time::{Date, Duration};

static VOCABULARY: LazyLock<Rulebook> = LazyLock::new(|| {
    let facts =
        "[[fact]]\nkey = \"incorporated_on\"\ntitle = \"Incorporated\"\nkind = \"date\"\nhelp = \"-\"\n";
    let pack = include_str!("golden/vocabulary_pack.toml");
    Rulebook::from_sources(&[("vocabulary.toml", pack), ("facts.toml", facts)]).expect("the test pack loads")
});

fn near() -> impl Strategy<Value = Date> {
    // 2015-01-01 to about 2040
    (0_i64..9000).prop_map(|n| Date::from_ordinal_date(2015, 1).expect("a date") + Duration::days(n))
}

fn anywhere() -> impl Strategy<Value = Date> {
    prop_oneof![
        4 => near(),
        1 => (Date::MIN.to_julian_day()..=Date::MAX.to_julian_day())
            .prop_map(|n| Date::from_julian_day(n).expect("in range")),
        1 => Just(Date::MIN),
        1 => Just(Date::MAX),
    ]
}

fn key() -> impl Strategy<Value = String> {
    let keys: Vec<String> =
        Rulebook::shipped().fact_defs().iter().chain(VOCABULARY.fact_defs()).map(|f| f.key.clone()).collect();
    prop::sample::select(keys)
}

fn kind() -> impl Strategy<Value = String> {
    let kinds: Vec<String> = Rulebook::shipped()
        .event_kinds()
        .iter()
        .chain(VOCABULARY.event_kinds())
        .map(|e| e.kind.clone())
        .collect();
    prop::sample::select(kinds)
}

fn value() -> impl Strategy<Value = FactValue> {
    let words = prop::sample::select(vec![
        "private_company",
        "opc",
        "llp",
        "individual",
        "base",
        "middle",
        "upper",
        "31-12",
        "30 Jun",
        "x",
        "",
    ]);
    let registrations = prop::sample::subsequence(
        vec!["RBI:NBFC-ICC", "RBI:PA", "RBI:PPI", "RBI:CIC", "RBI:ARC", "RBI:NBFC-HFC"],
        0..=6,
    );
    prop_oneof![
        any::<bool>().prop_map(FactValue::Bool),
        anywhere().prop_map(FactValue::Date),
        any::<i64>().prop_map(|n| FactValue::Number(n.into())),
        words.prop_map(|w| FactValue::Text(w.to_owned())),
        registrations.prop_map(|r| FactValue::Set(r.into_iter().map(str::to_owned).collect())),
        ".*".prop_map(|text| FactValue::parse(&text)),
    ]
}

prop_compose! {
    fn sheet()(
        facts in prop::collection::vec((key(), value(), prop::option::of(anywhere())), 0..14),
        events in prop::collection::vec((kind(), anywhere(), 0_i64..4, any::<bool>(), prop::option::of("20[0-9]{2}-[0-9]{2}")), 0..10),
    ) -> FactSheet {
        let mut sheet = FactSheet::new();
        for (key, value, from) in facts {
            match from {
                Some(from) => sheet.set_from(&key, from, value),
                None => sheet.set(&key, value),
            }
        }
        for (kind, on, id, projected, for_period) in events {
            sheet.record(Event { id, kind, on, for_period, projected });
        }
        sheet
    }
}

prop_compose! {
    fn query()(
        period_end in prop::option::of(anywhere()),
        event in prop::option::of(prop_oneof![anywhere().prop_map(EventRef::On), (0_i64..4).prop_map(EventRef::Id)]),
        today in prop::option::of(anywhere()),
        holidays in prop::option::of(prop::collection::vec(anywhere(), 0..5)),
        week in prop::option::of(prop::sample::select(vec![Week::Mf, Week::MSat, Week::Bank, Week::All])),
    ) -> Query {
        Query { period_end, event, today, holidays, week }
    }
}

fn codes(book: &Rulebook) -> BTreeSet<String> {
    book.rules().iter().map(|r| r.code.clone()).collect()
}

/// A sheet of a real kind of client, so that plans are full.
fn plausible() -> impl Strategy<Value = FactSheet> {
    let profile = (
        prop::sample::select(vec!["private_company", "public_company", "opc", "llp", "individual"]),
        prop::sample::subsequence(
            vec!["RBI:NBFC-ICC", "RBI:PA", "RBI:PPI", "RBI:CIC", "RBI:NBFC-P2P"],
            0..=3,
        ),
        prop::sample::select(vec!["base", "middle", "upper"]),
        any::<bool>(),
        near(),
        prop::collection::vec((kind(), near(), any::<bool>()), 0..6),
    );
    profile.prop_map(|(form, registrations, layer, flag, born, events)| {
        let mut sheet = FactSheet::new();
        sheet.set("entity_type", FactValue::Text(form.into()));
        sheet.set("registrations", FactValue::Set(registrations.into_iter().map(str::to_owned).collect()));
        sheet.set("layer", FactValue::Text(layer.into()));
        sheet.set("asset_size_solo", FactValue::Number(6_000_000_000_i64.into()));
        for key in ["small_company", "has_msme_dues", "has_deposits_or_loans", "deposit_taking"] {
            sheet.set(key, FactValue::Bool(flag));
        }
        sheet.set("incorporated_on", FactValue::Date(born));
        sheet.set("din_reference_on", FactValue::Date(born));
        for (id, (kind, on, projected)) in events.into_iter().enumerate() {
            let id = i64::try_from(id).unwrap_or(0);
            sheet.record(Event { id, kind, on, for_period: None, projected });
        }
        sheet
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn evaluate_never_panics_and_explains_what_it_answers(facts in sheet(), query in query()) {
        for book in [Rulebook::shipped(), &VOCABULARY] {
            for code in codes(book) {
                match (book.evaluate(&code, &facts, &query), book.evaluate_quietly(&code, &facts, &query)) {
                    (Ok(loud), Ok(quiet)) => {
                        prop_assert!(!loud.steps.is_empty() && quiet.steps.is_empty());
                        prop_assert_eq!(loud.due, quiet.due);
                        prop_assert_eq!(loud.target_due, quiet.target_due);
                        prop_assert_eq!(loud.needs_review, quiet.needs_review);
                    }
                    (loud, quiet) => prop_assert_eq!(loud.err(), quiet.err()),
                }
            }
        }
    }

    #[test]
    fn plan_never_panics(facts in sheet(), from in anywhere(), days in 0_i64..900, today in anywhere()) {
        let req = PlanRequest { enabled: codes(Rulebook::shipped()), ..PlanRequest::new(from, from.saturating_add(Duration::days(days)), today) };
        for book in [Rulebook::shipped(), &VOCABULARY] {
            check_plan(book, &facts, &req)?;
        }
        Rulebook::shipped().unknown_facts(&facts, today);
    }

    #[test]
    fn a_full_plan_is_stable_unique_and_inside_its_span(facts in plausible(), from in near(), today in near()) {
        let req = PlanRequest::new(from, from + Duration::days(540), today);
        check_plan(Rulebook::shipped(), &facts, &req)?;
        for filing in Rulebook::shipped().plan(&facts, &req) {
            let Some(lapse) = filing.lapse else { continue };
            let at = |today| {
                let query = Query { period_end: Some(filing.period.end), today: Some(today), ..Query::default() };
                Rulebook::shipped().evaluate_quietly(&filing.code, &facts, &query).map(|e| e.due)
            };
            prop_assert!(!matches!(at(lapse.on), Ok(Due::On(_))), "{} still waits", filing.code);
            prop_assert_eq!(at(lapse.on + Duration::DAY), Ok(Due::On(lapse.due)));
        }
        let quiet = PlanRequest { with_steps: false, ..req.clone() };
        let loud: Vec<_> = Rulebook::shipped().plan(&facts, &req).into_iter().map(|f| (f.code, f.period_key, f.due)).collect();
        let silent: Vec<_> = Rulebook::shipped().plan(&facts, &quiet).into_iter().map(|f| (f.code, f.period_key, f.due)).collect();
        prop_assert_eq!(loud, silent);
    }

    #[test]
    fn a_span_cut_in_two_gives_the_same_filings(facts in plausible(), from in near(), cut in 1_i64..500, today in near()) {
        let book = Rulebook::shipped();
        let (middle, to) = (from + Duration::days(cut), from + Duration::days(500));
        let keys = |a, b| -> BTreeSet<(String, String)> {
            book.plan(&facts, &PlanRequest { with_steps: false, ..PlanRequest::new(a, b, today) })
                .into_iter().map(|f| (f.code, f.period_key)).collect()
        };
        let mut parts = keys(from, middle);
        parts.extend(keys(middle + Duration::DAY, to.max(middle + Duration::DAY)));
        prop_assert!(keys(from, to).is_subset(&parts));
    }

    #[test]
    fn a_later_anchor_never_gives_an_earlier_date(a in near(), b in near()) {
        let (first, second) = if a <= b { (a, b) } else { (b, a) };
        let facts = FactSheet::new();
        for book in [Rulebook::shipped(), &VOCABULARY] {
            for rule in book.rules().iter().filter(|r| r.event.is_some()) {
                let on = |d| Query { event: Some(EventRef::On(d)), ..Query::default() };
                let due = |d| book.evaluate_quietly(&rule.code, &facts, &on(d)).ok().and_then(|e| e.legal_due);
                if let (Some(x), Some(y)) = (due(first), due(second)) {
                    prop_assert!(x <= y, "{}: {first} gives {x}, {second} gives {y}", rule.code);
                }
            }
            for code in ["MCA-AOC4", "MCA-MGT7", "MCA-ADT1"] {
                let due = |d: Date| {
                    let pair = [("agm".to_owned(), d.to_string())];
                    let (facts, query) = Rulebook::shipped().query_from_pairs(code, &pair).ok()?;
                    Rulebook::shipped().evaluate_quietly(code, &facts, &query).ok()?.legal_due
                };
                prop_assert!(due(first) <= due(second));
            }
        }
    }

    #[test]
    fn a_shifted_date_is_a_working_day_and_moves_the_right_way(on in near()) {
        let facts = FactSheet::new();
        let query = Query { event: Some(EventRef::On(on)), ..Query::default() };
        let plain = on + Duration::days(45);
        let bank = VOCABULARY.calendars().iter().find(|c| c.name == "BANK").expect("a calendar");
        for (code, next) in [("NEXT", true), ("PREVIOUS", false)] {
            let due = VOCABULARY.evaluate(code, &facts, &query).expect("evaluates").legal_due.expect("dated");
            prop_assert!(bank.is_working(due));
            let moved = if next { due - plain } else { plain - due };
            prop_assert!(!moved.is_negative() && moved <= Duration::days(3));
        }
    }

    #[test]
    fn the_version_used_was_in_force_and_targets_come_first(end in near()) {
        let facts = FactSheet::new();
        let book = Rulebook::shipped();
        let query = Query { period_end: Some(end), event: Some(EventRef::On(end)), ..Query::default() };
        for code in codes(book) {
            let Ok(found) = book.evaluate_quietly(&code, &facts, &query) else { continue };
            let rule = book.rule(&found.rule_id).expect("a rule of the book");
            prop_assert!(rule.in_force_on(end) || (rule.legacy && found.needs_review), "{} on {end}", rule.id);
            if let (Some(due), Some(target)) = (found.legal_due, found.target_due) {
                prop_assert!(target <= due);
            }
        }
    }

    #[test]
    fn fact_values_survive_being_written_and_read(text in ".*") {
        let value = FactValue::parse(&text);
        let again = FactValue::parse(&value.to_string());
        prop_assert_eq!(FactValue::parse(&again.to_string()), again);
    }

    #[test]
    fn typed_pairs_never_panic(code in prop::sample::select(codes(Rulebook::shipped()).into_iter().collect::<Vec<_>>()), name in "[a-z_]{0,12}|agm|period|fye|signed|event|holidays|week", value in ".*|20[0-9]{2}-[0-9]{2}|20[0-9]{2}-[01][0-9]-[0-3][0-9]") {
        if let Ok((facts, query)) = Rulebook::shipped().query_from_pairs(&code, &[(name, value)]) {
            let _ = Rulebook::shipped().evaluate(&code, &facts, &query);
        }
    }
}

fn check_plan(book: &Rulebook, facts: &FactSheet, req: &PlanRequest) -> Result<(), TestCaseError> {
    let plan = book.plan(facts, req);
    prop_assert_eq!(&plan, &book.plan(facts, req));
    let mut keys = BTreeSet::new();
    for filing in &plan {
        prop_assert!(
            keys.insert((&filing.code, &filing.period_key)),
            "{} {} twice",
            filing.code,
            filing.period_key
        );
        if let Due::On(date) | Due::Awaiting { projected: Some(date), .. } = filing.due {
            prop_assert!(req.from <= date && date <= req.to);
        }
    }
    Ok(())
}
