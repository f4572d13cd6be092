//! The evaluator with the shipped law: any facts, events and question, as bytes.

use arbitrary::{Result, Unstructured};
use rulebook::{Due, Event, EventRef, FactKind, FactSheet, FactValue, PlanRequest, Query, Rulebook, Week};
use time::{Date, Duration};

/// Asks one rule, and a plan of up to two years. An answer explains itself, and the target lies before the legal date.
pub fn evaluator(bytes: &[u8]) {
    let mut input = Unstructured::new(bytes);
    // Too few bytes is no fault.
    let _ = ask(&mut input);
}

fn ask(input: &mut Unstructured<'_>) -> Result<()> {
    let book = Rulebook::shipped();
    let rule = input.choose(book.rules())?;
    let facts = sheet(input, book)?;
    let query = query(input)?;
    match (book.evaluate(&rule.code, &facts, &query), book.evaluate_quietly(&rule.code, &facts, &query)) {
        (Ok(loud), Ok(quiet)) => {
            assert!(!loud.steps.is_empty(), "{} has a date without a reason", rule.id);
            assert_eq!(loud.due, quiet.due, "{}: the steps change the answer", rule.id);
            if let (Some(target), Some(legal)) = (loud.target_due, loud.legal_due) {
                assert!(target <= legal, "{}: the target {target} lies after {legal}", rule.id);
            }
        }
        (loud, quiet) => assert_eq!(loud.err(), quiet.err(), "{}: the steps change the refusal", rule.id),
    }
    let (from, today) = (day(input)?, day(input)?);
    let request = PlanRequest {
        enabled: if input.arbitrary()? { [rule.code.clone()].into() } else { Default::default() },
        with_steps: input.arbitrary()?,
        ..PlanRequest::new(from, from.saturating_add(Duration::days(input.int_in_range(0..=730)?)), today)
    };
    let plan = book.plan(&facts, &request);
    for filing in &plan {
        if let Due::On(due) = filing.due {
            assert!(
                (request.from..=request.to).contains(&due),
                "{} on {due} is outside the span",
                filing.code
            );
        }
    }
    let mut keys: Vec<_> = plan.iter().map(|f| (&f.code, &f.period_key)).collect();
    keys.sort_unstable();
    let count = keys.len();
    keys.dedup();
    assert_eq!(keys.len(), count, "one filing twice in a plan");
    Ok(())
}

fn sheet(input: &mut Unstructured<'_>, book: &Rulebook) -> Result<FactSheet> {
    let mut sheet = FactSheet::new();
    for _ in 0..input.int_in_range(0..=12)? {
        let key = &input.choose(book.fact_defs())?.key;
        let value = value(input, book)?;
        if input.arbitrary()? {
            sheet.set(key, value);
        } else {
            sheet.set_from(key, day(input)?, value);
        }
    }
    for id in 0..input.int_in_range(0..=8)? {
        sheet.record(Event {
            id,
            kind: input.choose(book.event_kinds())?.kind.clone(),
            on: day(input)?,
            for_period: if input.arbitrary()? { Some(input.arbitrary::<String>()?) } else { None },
            projected: input.arbitrary()?,
        });
    }
    Ok(sheet)
}

fn value(input: &mut Unstructured<'_>, book: &Rulebook) -> Result<FactValue> {
    Ok(match input.int_in_range(0..=5_u8)? {
        0 => FactValue::Bool(input.arbitrary()?),
        1 => FactValue::Date(day(input)?),
        2 => FactValue::Number(input.arbitrary::<i64>()?.into()),
        3 => FactValue::parse(input.arbitrary::<&str>()?),
        4 => {
            let words = ["RBI:NBFC-ICC", "RBI:PA", "RBI:PPI", "SEBI:IA", "SEBI:AIF-2", "IRDAI:BROKER"];
            let mut set = std::collections::BTreeSet::new();
            for word in words {
                if input.arbitrary()? {
                    set.insert(word.to_owned());
                }
            }
            FactValue::Set(set)
        }
        // A value that some fact of the catalogue allows.
        _ => match &input.choose(book.fact_defs())?.kind {
            FactKind::OneOf(words) | FactKind::SetOf(words) if !words.is_empty() => {
                FactValue::Text(input.choose(words)?.clone())
            }
            _ => FactValue::Text("private_company".to_owned()),
        },
    })
}

fn query(input: &mut Unstructured<'_>) -> Result<Query> {
    let period_end = if input.arbitrary()? { Some(end(input)?) } else { None };
    let event = match input.int_in_range(0..=2_u8)? {
        0 => None,
        1 => Some(EventRef::On(day(input)?)),
        _ => Some(EventRef::Id(input.int_in_range(0..=8)?)),
    };
    let today = if input.arbitrary()? { Some(day(input)?) } else { None };
    let holidays = if input.arbitrary()? { Some(vec![day(input)?, day(input)?]) } else { None };
    let week = *input.choose(&[None, Some(Week::Mf), Some(Week::MSat), Some(Week::Bank), Some(Week::All)])?;
    Ok(Query { period_end, event, today, holidays, week })
}

/// Mostly the end of a month, so that a period fits.
fn end(input: &mut Unstructured<'_>) -> Result<Date> {
    let day = day(input)?;
    Ok(if input.ratio(4, 5)? { day.replace_day(day.month().length(day.year())).unwrap_or(day) } else { day })
}

/// Mostly near our time, sometimes at the ends of the calendar.
fn day(input: &mut Unstructured<'_>) -> Result<Date> {
    let near = Date::from_ordinal_date(2015, 1).unwrap_or(Date::MIN);
    Ok(match input.int_in_range(0..=9_u8)? {
        0 => *input.choose(&[Date::MIN, Date::MAX])?,
        _ => near.saturating_add(Duration::days(input.int_in_range(0..=9_000)?)),
    })
}
