//! Sheets written, and read again.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a failing test")]

use std::io::{Cursor, Read};

use adapter_sheets::{
    Cell, CellProblem, ColumnKind, OutColumn, PROBLEMS_HEADER, ProblemLevel, RowsKept, SheetFormat,
    SheetLimits, SheetWriter, Table, TemplateColumn, Value, annotated_copy, neutralise, read_table, template,
};
use rust_decimal::Decimal;
use time::macros::date;
use zip::ZipArchive;

const BOTH: [SheetFormat; 2] = [SheetFormat::Csv, SheetFormat::Xlsx];

fn read(bytes: &[u8], format: SheetFormat) -> Table {
    let name = format!("x.{}", format.extension());
    read_table(bytes, &name, &SheetLimits::default(), None).unwrap()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn columns(headers: &[&str]) -> Vec<OutColumn> {
    headers.iter().map(|header| OutColumn::new(*header, 20)).collect()
}

fn write(format: SheetFormat, headers: &[&str], rows: &[Vec<Value<'_>>]) -> Vec<u8> {
    let mut writer = SheetWriter::new(format, Vec::new(), "Clients", &columns(headers)).unwrap();
    for row in rows {
        writer.write_row(row).unwrap();
    }
    writer.finish().unwrap()
}

#[test]
fn values_survive_the_round_trip() {
    let rows = vec![
        vec![Value::Text("Rao, \"Sons\" & Co\nPune"), Value::Int(42), Value::Date(date!(2026 - 10 - 14))],
        vec![Value::Text("मुंबई"), Value::Decimal(Decimal::new(1_234_550, 2)), Value::Empty],
        vec![Value::Text("00123456"), Value::Bool(true)],
    ];
    for format in BOTH {
        let table = read(&write(format, &["Name", "Amount", "On"], &rows), format);
        assert_eq!(table.header, ["Name", "Amount", "On"]);
        let texts: Vec<Vec<String>> =
            table.rows.iter().map(|row| (0..3).map(|column| row.cell(column).to_text()).collect()).collect();
        assert_eq!(texts[0], ["Rao, \"Sons\" & Co\nPune", "42", "2026-10-14"]);
        assert_eq!(texts[1][0], "मुंबई");
        assert_eq!(texts[1][1].trim_end_matches('0'), "12345.5");
        assert_eq!(texts[2], ["00123456", "TRUE", ""]);
        assert!(table.notes.is_empty(), "{:?}", table.notes);
    }
    let table = read(&write(SheetFormat::Xlsx, &["Name", "Amount", "On"], &rows), SheetFormat::Xlsx);
    assert_eq!(*table.rows[0].cell(2), Cell::Date(date!(2026 - 10 - 14)));
    assert_eq!(*table.rows[1].cell(1), Cell::Number(12345.5));
}

#[test]
fn dates_at_the_edges_of_the_date_system() {
    for day in [date!(1900 - 03 - 01), date!(1899 - 12 - 31), date!(1900 - 01 - 15), date!(2024 - 02 - 29)] {
        let table = read(&write(SheetFormat::Xlsx, &["On"], &[vec![Value::Date(day)]]), SheetFormat::Xlsx);
        assert_eq!(adapter_sheets::parse_date(table.rows[0].cell(0)), Ok(day));
    }
}

#[test]
fn formulas_are_made_harmless() {
    let evil = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\n=1", "  =HYPERLINK(\"x\")", "＝1"];
    for text in evil {
        assert_eq!(neutralise(text), format!("'{text}"));
    }
    for text in ["", "Rao", "a=b", "'x", "12", " x"] {
        assert_eq!(neutralise(text), text);
    }
    let rows: Vec<Vec<Value<'_>>> = evil.iter().map(|text| vec![Value::Text(text)]).collect();
    let csv = String::from_utf8(write(SheetFormat::Csv, &["=Name"], &rows)).unwrap();
    for line in csv.trim_start_matches('\u{feff}').split("\r\n").filter(|line| !line.is_empty()) {
        let start = line.trim_start_matches('"').chars().next().unwrap();
        assert!(!"=+-@\t\r\n ＝".contains(start), "{line:?}");
    }
    let xlsx = write(SheetFormat::Xlsx, &["=Name"], &rows);
    let sheet = part(&xlsx, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>") && sheet.contains("'=1+1"), "{sheet}");
    for format in BOTH {
        let table = read(&write(format, &["=Name"], &rows), format);
        assert_eq!(table.header, ["=Name"]);
        let back: Vec<String> = table.rows.iter().map(|row| row.cell(0).to_text()).collect();
        let wanted: Vec<&str> = evil.iter().map(|text| text.trim()).collect();
        assert_eq!(back, wanted);
    }
}

#[test]
fn the_header_is_bold_frozen_and_filtered() {
    let sheet =
        part(&write(SheetFormat::Xlsx, &["A", "B"], &[vec![Value::Int(1)]]), "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter ref=\"A1:B2\""), "{sheet}");
}

#[test]
fn csv_streams_and_rows_may_not_be_too_wide() {
    let mut writer = SheetWriter::new(SheetFormat::Csv, Vec::new(), "", &columns(&["A"])).unwrap();
    assert!(writer.write_row(&[Value::Int(1), Value::Int(2)]).is_err());
    writer.write_row(&[Value::Text("x")]).unwrap();
    writer.flush().unwrap();
    assert_eq!(writer.finish().unwrap(), b"\xef\xbb\xbfA\r\nx\r\n");
}

fn problem(row: usize, col: Option<usize>, level: ProblemLevel, message: &str) -> CellProblem {
    CellProblem { row, col, level, message: message.to_owned() }
}

#[test]
fn the_returned_copy_tells_problems_and_reads_back() {
    let source = "Name,PAN,On\nA,ACUXA7085R,14/10/2026\n\nB,AAPFU0939F,\nC,=x,31/04/2026\n";
    let original = read(source.as_bytes(), SheetFormat::Csv);
    let problems = [
        problem(2, Some(1), ProblemLevel::Error, "4th letter X is not a holder type."),
        problem(5, Some(2), ProblemLevel::Error, "April 2026 has no day 31."),
        problem(5, Some(1), ProblemLevel::Warning, "Looks odd."),
        problem(5, None, ProblemLevel::Error, "=The row as a whole."),
        problem(4, Some(2), ProblemLevel::Error, "The date is missing."),
    ];
    for format in BOTH {
        let bytes = annotated_copy(&original, &problems, format, RowsKept::All).unwrap();
        let again = read(&bytes, format);
        assert_eq!(again.header, original.header);
        assert!(again.notes.iter().any(|note| note.contains(PROBLEMS_HEADER)));
        let texts = |table: &Table| -> Vec<Vec<String>> {
            table.rows.iter().map(|row| (0..3).map(|column| row.cell(column).to_text()).collect()).collect()
        };
        assert_eq!(texts(&again), texts(&original));
        let bytes = annotated_copy(&original, &problems[..1], format, RowsKept::WithProblems).unwrap();
        assert_eq!(read(&bytes, format).rows.len(), 1);
    }
    let csv =
        String::from_utf8(annotated_copy(&original, &problems, SheetFormat::Csv, RowsKept::All).unwrap())
            .unwrap();
    assert!(csv.contains("PAN: 4th letter X is not a holder type."), "{csv}");
    assert!(csv.contains("On: April 2026 has no day 31. | PAN: Looks odd. | =The row as a whole."), "{csv}");
    let xlsx = annotated_copy(&original, &problems, SheetFormat::Xlsx, RowsKept::All).unwrap();
    let notes = part(&xlsx, "xl/comments1.xml");
    for (place, text) in [("B2", "holder type"), ("C4", "no day 31"), ("B4", "odd"), ("C3", "missing")] {
        assert!(notes.contains(&format!("ref=\"{place}\"")) && notes.contains(text), "{notes}");
    }
    assert!(part(&xlsx, "xl/styles.xml").contains("FFC7CE"));
}

#[test]
fn a_workbook_is_returned_with_its_dates_and_sheet_name() {
    let rows = [vec![Value::Text("A"), Value::Date(date!(2026 - 10 - 14))]];
    let original = read(&write(SheetFormat::Xlsx, &["Name", "On"], &rows), SheetFormat::Xlsx);
    let problems = [problem(2, Some(1), ProblemLevel::Error, "Too late.")];
    let again = read(
        &annotated_copy(&original, &problems, SheetFormat::Xlsx, RowsKept::All).unwrap(),
        SheetFormat::Xlsx,
    );
    assert_eq!(again.sheet.as_deref(), Some("Clients"));
    assert_eq!(again.rows[0].cells, original.rows[0].cells);
}

fn template_columns() -> Vec<TemplateColumn> {
    let column = |header: &str, required, kind, allowed: &[&str]| TemplateColumn {
        header: header.to_owned(),
        required,
        help: format!("Help for {header}."),
        example: "AAPFU0939F".to_owned(),
        allowed: allowed.iter().map(|value| (*value).to_owned()).collect(),
        kind,
    };
    let many: Vec<String> = (0..60).map(|number| format!("Category number {number}, long")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    vec![
        column("Client name", true, ColumnKind::Text, &[]),
        column("Entity type", true, ColumnKind::Text, &["Private company", "LLP"]),
        column("Category", false, ColumnKind::Text, &many),
        column("Incorporated on", false, ColumnKind::Date, &[]),
    ]
}

#[test]
fn the_template_explains_itself_and_is_read_as_headings_only() {
    let columns = template_columns();
    let xlsx = template("Clients", &columns, SheetFormat::Xlsx).unwrap();
    let table = read(&xlsx, SheetFormat::Xlsx);
    assert_eq!(table.header, ["Client name", "Entity type", "Category", "Incorporated on"]);
    assert_eq!((table.sheet.as_deref(), table.rows.len()), (Some("Clients"), 0));
    assert_eq!(table.sheet_names, ["Clients", "How to fill"]);
    assert!(table.notes.is_empty(), "{:?}", table.notes);
    let sheet = part(&xlsx, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("\"Private company,LLP\""), "{sheet}");
    assert!(sheet.contains("Lists!$A$1:$A$60"), "{sheet}");
    let help = read_table(&xlsx, "x.xlsx", &SheetLimits::default(), Some("How to fill")).unwrap();
    assert_eq!(help.rows.len(), 4);
    assert_eq!(help.rows[0].cell(1).to_text(), "Required");
    assert!(part(&xlsx, "xl/comments1.xml").contains("Help for Client name."));
    let csv = template("Clients", &columns, SheetFormat::Csv).unwrap();
    assert_eq!(read(&csv, SheetFormat::Csv).header.len(), 4);
}

#[test]
fn ten_thousand_rows_pass_in_both_formats() {
    let headers: Vec<String> = (0..25).map(|column| format!("Column {column}")).collect();
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    for format in BOTH {
        let mut writer = SheetWriter::new(format, Vec::new(), "Clients", &columns(&headers)).unwrap();
        for row in 0..10_000 {
            let text = format!("Client {row}");
            writer.write_row(&vec![Value::Text(&text); 25]).unwrap();
        }
        let table = read(&writer.finish().unwrap(), format);
        assert_eq!((table.rows.len(), table.rows[9_999].number), (10_000, 10_001));
    }
}
