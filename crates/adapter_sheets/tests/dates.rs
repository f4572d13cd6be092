//! Dates as typed.

use adapter_sheets::{Cell, parse_date};
use proptest::prelude::*;
use time::macros::date;
use time::{Date, Duration};

fn text(value: &str) -> Result<Date, String> {
    parse_date(&Cell::Text(value.to_owned()))
}

#[test]
fn the_usual_forms_are_read_day_first() {
    for value in [
        "2026-10-14",
        "2026/10/14",
        "2026-10-14 00:00:00",
        "2026-10-14T00:00:00",
        "14/10/2026",
        "14-10-2026",
        "14.10.2026",
        "14/10/26",
        " 14 / 10 / 2026 ",
        "14 Oct 2026",
        "14-Oct-26",
        "14th October, 2026",
        "OCTOBER 14, 2026",
        "Oct 14 2026",
        "Wednesday, 14 October 2026",
        "14/10/2026 10:30 AM",
        "2026-Oct-14",
        "20261014",
        "46309",
    ] {
        assert_eq!(text(value), Ok(date!(2026 - 10 - 14)), "{value}");
    }
    assert_eq!(text("03/04/2026"), Ok(date!(2026 - 04 - 03)), "day first");
    assert_eq!(text("1-Sept-1995"), Ok(date!(1995 - 09 - 01)));
    assert_eq!((text("1/4/49"), text("1/4/50")), (Ok(date!(2049 - 04 - 01)), Ok(date!(1950 - 04 - 01))));
    assert_eq!(text("29/02/2024"), Ok(date!(2024 - 02 - 29)));
}

#[test]
fn serial_numbers_and_date_cells() {
    // 45292 is 1 January 2024 in the 1900 system.
    assert_eq!(parse_date(&Cell::Number(45_292.0)), Ok(date!(2024 - 01 - 01)));
    assert_eq!(parse_date(&Cell::Number(45_292.75)), Ok(date!(2024 - 01 - 01)));
    assert_eq!(parse_date(&Cell::Number(20_261_014.0)), Ok(date!(2026 - 10 - 14)));
    assert_eq!(parse_date(&Cell::Date(date!(2026 - 03 - 31))), Ok(date!(2026 - 03 - 31)));
}

#[test]
fn the_rest_is_refused_with_what_is_expected() {
    let cases = [
        ("10/14/2026", "There is no month 14. It looks as if the month came first."),
        ("31/04/2026", "April 2026 has no day 31"),
        ("29-02-2026", "February 2026 has no day 29"),
        ("soon", "\"soon\" is not a date"),
        ("14/10", "not a date"),
        ("14/10/20266", "not a date"),
        ("14/10/1026", "not plausible"),
        ("2026", "not a date"),
        ("14102026", "not a date"),
        ("1/2/3/4", "not a date"),
        ("", "not a date"),
        (":", "not a date"),
        ("１४/１０/２０２６", "not a date"),
    ];
    for (value, wanted) in cases {
        let message = text(value).unwrap_err();
        assert!(message.contains(wanted) && message.contains("day first"), "{value}: {message}");
    }
    for cell in [
        Cell::Number(2026.0),
        Cell::Number(-1.0),
        Cell::Number(f64::NAN),
        Cell::Number(f64::INFINITY),
        Cell::Number(1e300),
        Cell::Bool(true),
        Cell::Empty,
        Cell::Error("#REF!".into()),
        Cell::Date(date!(1066 - 10 - 14)),
    ] {
        assert!(parse_date(&cell).is_err(), "{cell:?}");
    }
}

proptest! {
    #[test]
    fn every_day_is_read_in_every_form(days in 0i64..109_000) {
        let day = date!(1905 - 01 - 01).checked_add(Duration::days(days % 100_000)).unwrap();
        let (y, m, d) = (day.year(), u8::from(day.month()), day.day());
        for value in [format!("{d}/{m}/{y}"), format!("{d:02}-{m:02}-{y}"), format!("{y}-{m:02}-{d:02}"), format!("{d} {} {y}", day.month())] {
            prop_assert_eq!(text(&value), Ok(day));
        }
    }

    #[test]
    fn no_text_makes_it_panic(value in any::<String>(), odd in "[0-9a-z:/. -]{0,20}", number in any::<f64>()) {
        let _ = text(&value);
        let _ = text(&odd);
        let _ = parse_date(&Cell::Number(number));
    }
}
