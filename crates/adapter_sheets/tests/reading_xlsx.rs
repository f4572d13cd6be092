//! Workbooks, ordinary and hostile.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a failing test")]

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use adapter_sheets::{Cell, SheetErrorCode, SheetFormat, SheetLimits, Table, read_table};
use rust_xlsxwriter::{Format, Formula, Workbook};
use time::macros::date;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

fn read(bytes: &[u8]) -> Table {
    read_table(bytes, "clients.xlsx", &SheetLimits::default(), None).unwrap()
}

fn refuse(bytes: &[u8]) -> (SheetErrorCode, String) {
    let error = read_table(bytes, "clients.xlsx", &SheetLimits::default(), None).unwrap_err();
    (error.code, error.message)
}

/// A small good workbook whose parts can be replaced.
fn simple() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, texts) in [["Name", "PAN"], ["A", "AAPFU0939F"]].iter().enumerate() {
        for (column, text) in texts.iter().enumerate() {
            sheet.write_string(row as u32, column as u16, *text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// The archive again with one part's bytes replaced (or added).
fn with_part(bytes: &[u8], name: &str, content: &[u8]) -> Vec<u8> {
    with_packed_part(bytes, name, content, CompressionMethod::Deflated)
}

fn with_packed_part(bytes: &[u8], name: &str, content: &[u8], method: CompressionMethod) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let part_name = part.name().unwrap().into_owned();
        if part_name != name {
            out.start_file(part_name, options).unwrap();
            std::io::copy(&mut part, &mut out).unwrap();
        }
    }
    out.start_file(name, options).unwrap();
    out.write_all(content).unwrap();
    out.finish().unwrap().into_inner()
}

const SHEET: &str = "xl/worksheets/sheet1.xml";

fn sheet_xml(rows: &str, after: &str) -> Vec<u8> {
    let head = "<?xml version=\"1.0\"?><worksheet \
                xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>";
    format!("{head}{rows}</sheetData>{after}</worksheet>").into_bytes()
}

#[test]
fn values_of_every_kind() {
    let mut book = Workbook::new();
    let dated = Format::new().set_num_format("dd/mm/yyyy");
    let sheet = book.add_worksheet();
    for (column, heading) in
        ["Text", "Number", "Date", "Serial", "Bool", "Formula", "Date text", "Big"].iter().enumerate()
    {
        sheet.write_string(0, column as u16, *heading).unwrap();
    }
    sheet.write_string(1, 0, " Rao & Sons ").unwrap();
    sheet.write_number(1, 1, 1234567.0).unwrap();
    sheet.write_number_with_format(1, 2, 46309.0, &dated).unwrap();
    sheet.write_number(1, 3, 46309.0).unwrap();
    sheet.write_boolean(1, 4, true).unwrap();
    sheet.write_formula(1, 5, Formula::new("=A2&\"x\"").set_result("stored")).unwrap();
    sheet.write_string(1, 6, "14/10/2026").unwrap();
    sheet.write_number(1, 7, 123456789012345680.0).unwrap();
    let table = read(&book.save_to_buffer().unwrap());
    assert_eq!(table.format, SheetFormat::Xlsx);
    assert_eq!(
        (table.sheet.as_deref(), table.sheet_names.as_slice()),
        (Some("Sheet1"), ["Sheet1".to_owned()].as_slice())
    );
    let row = &table.rows[0];
    assert_eq!(row.number, 2);
    assert_eq!(row.cell(0).to_text(), "Rao & Sons");
    assert_eq!(row.cell(1).to_text(), "1234567");
    assert_eq!(*row.cell(2), Cell::Date(date!(2026 - 10 - 14)));
    assert_eq!(*row.cell(3), Cell::Number(46309.0));
    assert_eq!(*row.cell(4), Cell::Bool(true));
    assert_eq!(*row.cell(5), Cell::Text("stored".into()));
    for column in [2, 3, 6] {
        assert_eq!(adapter_sheets::parse_date(row.cell(column)), Ok(date!(2026 - 10 - 14)));
    }
    let notes = table.notes.join("\n");
    assert!(notes.contains("1 cells contain formulas") && notes.contains("F2"), "{notes}");
    assert!(notes.contains("more than 15 digits") && notes.contains("H2"), "{notes}");
}

#[test]
fn the_1904_date_system_is_honoured() {
    let bytes = simple();
    let mut archive = ZipArchive::new(Cursor::new(bytes.as_slice())).unwrap();
    let book = std::io::read_to_string(archive.by_name("xl/workbook.xml").unwrap()).unwrap();
    let book = book.replace("<workbookPr", "<workbookPr date1904=\"1\"");
    let styles = std::io::read_to_string(archive.by_name("xl/styles.xml").unwrap()).unwrap();
    let styles = styles.replace("numFmtId=\"0\"", "numFmtId=\"14\"");
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>When</t></is></c></row>\
                <row r=\"2\"><c r=\"A2\" s=\"0\"><v>44847</v></c></row>";
    let bytes = with_part(&bytes, "xl/workbook.xml", book.as_bytes());
    let bytes = with_part(&bytes, "xl/styles.xml", styles.as_bytes());
    let table = read(&with_part(&bytes, SHEET, &sheet_xml(rows, "")));
    assert_eq!(table.rows[0].cells, [Cell::Date(date!(2026 - 10 - 14))]);
}

#[test]
fn merged_cells_count_for_the_top_left_cell() {
    let mut book = Workbook::new();
    let plain = Format::new();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 2, "Client list", &plain).unwrap();
    for (column, heading) in ["Name", "Group", "PAN"].iter().enumerate() {
        sheet.write_string(1, column as u16, *heading).unwrap();
    }
    sheet.write_string(2, 0, "A").unwrap();
    sheet.write_string(3, 0, "B").unwrap();
    sheet.merge_range(2, 1, 3, 1, "North", &plain).unwrap();
    let table = read(&book.save_to_buffer().unwrap());
    assert_eq!(table.header, ["Name", "Group", "PAN"]);
    assert_eq!((table.rows[0].cell(1).to_text(), table.rows[1].cell(1)), ("North".into(), &Cell::Empty));
    assert!(
        table.notes.iter().any(|note| note.contains("2 areas are merged") && note.contains("B3:B4")),
        "{:?}",
        table.notes
    );
}

#[test]
fn a_formula_without_a_stored_value_is_an_error_cell() {
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>N</t></is></c></row>\
                <row r=\"2\"><c r=\"A2\"><f>1+1</f></c></row>";
    let table = read(&with_part(&simple(), SHEET, &sheet_xml(rows, "")));
    assert!(matches!(table.rows[0].cell(0), Cell::Error(_)));
    assert!(table.notes.iter().any(|note| note.contains("no stored value")));
}

#[test]
fn sheets_are_chosen_by_name_or_by_content() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Cover").unwrap();
    let hidden = book.add_worksheet();
    hidden.set_name("Secret").unwrap().write_string(0, 0, "x").unwrap();
    hidden.set_hidden(true);
    book.add_worksheet().set_name("Clients").unwrap().write_string(0, 0, "Name").unwrap();
    book.add_worksheet().set_name("Other").unwrap().write_string(0, 0, "Thing").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let table = read(&bytes);
    assert_eq!((table.sheet.as_deref(), table.header[0].as_str()), (Some("Clients"), "Name"));
    assert_eq!(table.sheet_names, ["Cover", "Clients", "Other"]);
    assert!(table.notes[0].contains("Not read: Cover, Other"), "{:?}", table.notes);
    let limits = SheetLimits::default();
    assert_eq!(read_table(&bytes, "x.xlsx", &limits, Some("other")).unwrap().header, ["Thing"]);
    let error = read_table(&bytes, "x.xlsx", &limits, Some("Secret")).unwrap_err();
    assert_eq!(error.code, SheetErrorCode::NoSuchSheet);
    assert!(error.message.contains("Clients"));
    assert_eq!(read_table(&bytes, "x.xlsx", &limits, Some("Cover")).unwrap_err().code, SheetErrorCode::Empty);
}

#[test]
fn a_million_empty_rows_are_read_quickly() {
    use std::fmt::Write as _;
    let mut rows = String::from("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Name</t></is></c></row>");
    rows.push_str("<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>A</t></is></c></row>");
    for row in 3..1_000_000 {
        write!(rows, "<row r=\"{row}\"><c s=\"1\"/></row>").unwrap();
    }
    // Packed not at all, so that only reading takes time; such a file is larger than an upload may be.
    let limits = SheetLimits { max_bytes: 100 * 1024 * 1024, ..SheetLimits::default() };
    let file =
        |rows: &str| with_packed_part(&simple(), SHEET, &sheet_xml(rows, ""), CompressionMethod::Stored);
    let bytes = file(&rows);
    let started = Instant::now();
    let table = read_table(&bytes, "x.xlsx", &limits, None).unwrap();
    assert_eq!(table.rows.len(), 1);
    // An unoptimised build takes some seconds, an optimised one a fraction of one.
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
}

#[test]
fn content_below_many_empty_rows_is_not_lost_silently() {
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Name</t></is></c></row>\
                <row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>A</t></is></c></row>\
                <row r=\"1000000\"><c r=\"A1000000\" t=\"inlineStr\"><is><t>Z</t></is></c></row>";
    let (code, message) = refuse(&with_part(&simple(), SHEET, &sheet_xml(rows, "")));
    assert_eq!(code, SheetErrorCode::Gap);
    assert!(message.contains("Rows 3 to 999999 are empty"), "{message}");
}

#[test]
fn far_cells_cost_no_memory() {
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>N</t></is></c></row>\
                <row r=\"2\"><c r=\"XFD2\"><v>1</v></c></row>";
    let dimension = sheet_xml(rows, "");
    let text = String::from_utf8(dimension)
        .unwrap()
        .replace("<sheetData>", "<dimension ref=\"A1:XFD1048576\"/><sheetData>");
    let (code, message) = refuse(&with_part(&simple(), SHEET, text.as_bytes()));
    assert_eq!(code, SheetErrorCode::TooMany);
    assert!(message.contains("Row 2"), "{message}");
}

#[test]
fn zip_bombs_are_refused_before_parsing() {
    let limits = SheetLimits { max_uncompressed: 8 * 1024 * 1024, ..SheetLimits::default() };
    let spaces = vec![b' '; 40 * 1024 * 1024];
    let bomb = with_part(&simple(), "xl/media/image1.png", &spaces);
    assert!(bomb.len() < 100_000);
    let code = |limits: &SheetLimits| read_table(&bomb, "x.xlsx", limits, None).map_err(|error| error.code);
    assert_eq!(code(&limits), Err(SheetErrorCode::Unpacks));
    // Under the total, but packed a thousand to one.
    assert_eq!(code(&SheetLimits::default()), Err(SheetErrorCode::Unpacks));
    // Many parts that are too much together.
    let mut many = simple();
    for index in 0..3 {
        many = with_part(&many, &format!("xl/media/image{index}.png"), &spaces[..3 * 1024 * 1024]);
    }
    assert_eq!(read_table(&many, "x.xlsx", &limits, None).unwrap_err().code, SheetErrorCode::Unpacks);
}

#[test]
fn a_part_that_lies_about_its_size_is_caught() {
    let limits = SheetLimits { max_uncompressed: 8 * 1024 * 1024, ..SheetLimits::default() };
    let spaces = vec![b' '; 10 * 1024 * 1024 + 77];
    let mut bomb = with_part(&simple(), "xl/media/image1.png", &spaces);
    let real = u32::try_from(spaces.len()).unwrap().to_le_bytes();
    let places: Vec<usize> = (0..bomb.len() - 4).filter(|at| bomb[*at..*at + 4] == real).collect();
    assert!(!places.is_empty());
    for at in places {
        bomb[at..at + 4].copy_from_slice(&100u32.to_le_bytes());
    }
    let code = read_table(&bomb, "x.xlsx", &limits, None).unwrap_err().code;
    assert!(matches!(code, SheetErrorCode::Unpacks | SheetErrorCode::Damaged), "{code:?}");
}

#[test]
fn too_many_parts_are_refused() {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..2_100 {
        out.start_file(format!("xl/x{index}.xml"), SimpleFileOptions::default()).unwrap();
    }
    assert_eq!(refuse(&out.finish().unwrap().into_inner()).0, SheetErrorCode::Unpacks);
}

#[test]
fn a_claimed_string_count_reserves_no_memory() {
    for count in ["1000000000000", "99999999999999999999999"] {
        let strings = format!(
            "<?xml version=\"1.0\"?><sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
             uniqueCount = '{count}'><si><t>a</t></si></sst>"
        );
        let bytes = with_part(&simple(), "xl/sharedStrings.xml", strings.as_bytes());
        assert_eq!(refuse(&bytes).0, SheetErrorCode::Unpacks);
    }
}

#[test]
fn entity_tricks_and_broken_parts_are_refused() {
    let laugh = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\
                 <worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&b;</t></is></c></row>\
                 </sheetData></worksheet>";
    let entity =
        read_table(&with_part(&simple(), SHEET, laugh.as_bytes()), "x.xlsx", &SheetLimits::default(), None);
    if let Ok(table) = entity {
        assert!(table.header[0].len() < 10, "{:?}", table.header);
    }
    let backwards = "<row r=\"5\"><c r=\"A5\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>1</v></c></row>";
    for part in [
        sheet_xml(backwards, ""),
        b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\"".to_vec(),
        sheet_xml("<row r=\"1\"><c r=\"99999999999999999999A\"><v>1</v></c></row>", ""),
        sheet_xml("<row r=\"99999999999\"><c><v>1</v></c></row>", ""),
        sheet_xml("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>999999</v></c></row>", ""),
        Vec::new(),
    ] {
        let (code, message) = refuse(&with_part(&simple(), SHEET, &part));
        assert!(matches!(code, SheetErrorCode::Damaged | SheetErrorCode::Empty), "{message}");
    }
    let whole = simple();
    assert_eq!(refuse(&whole[..whole.len() / 2]).0, SheetErrorCode::Damaged);
}

#[test]
fn headings_may_be_numbers() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["Name", "PAN"]).unwrap();
    sheet.write_number(0, 2, 2026).unwrap();
    sheet.write_row(1, 0, ["A", "B", "C"]).unwrap();
    assert_eq!(read(&book.save_to_buffer().unwrap()).header, ["Name", "PAN", "2026"]);
}

#[test]
fn shared_formula_indexes_reserve_no_memory() {
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>N</t></is></c></row>\
                <row r=\"2\"><c r=\"A2\"><f t=\"shared\" si=\"4000000000\" ref=\"A2:A3\">1+1</f><v>2</v></c></row>";
    let table = read(&with_part(&simple(), SHEET, &sheet_xml(rows, "")));
    assert_eq!(table.rows[0].cells, [Cell::Number(2.0)]);
}

#[test]
fn other_archives_are_named() {
    let archive = |names: &[&str]| {
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            out.start_file(*name, SimpleFileOptions::default()).unwrap();
        }
        out.finish().unwrap().into_inner()
    };
    for (names, wanted) in [
        (["[Content_Types].xml", "xl/workbook.bin"], ".xlsb"),
        (["mimetype", "content.xml"], ".ods"),
        (["[Content_Types].xml", "word/document.xml"], "document"),
        (["a.csv", "b.csv"], "zip archive"),
    ] {
        let (code, message) = refuse(&archive(&names));
        assert_eq!(code, SheetErrorCode::Format);
        assert!(message.contains(wanted), "{message}");
    }
}

#[test]
fn long_cells_and_many_rows_are_refused() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "Name").unwrap();
    sheet.write_string(1, 0, "x".repeat(5_000)).unwrap();
    let (code, message) = refuse(&book.save_to_buffer().unwrap());
    assert_eq!(code, SheetErrorCode::LongCell);
    assert!(message.contains("A2"));
}

#[test]
fn random_damage_never_panics() {
    let good = simple();
    let mut seed = 0x2545_f491_4f6c_dd1du64;
    for _ in 0..300 {
        let mut bytes = good.clone();
        for _ in 0..4 {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            let at = (seed as usize) % bytes.len();
            bytes[at] ^= (seed >> 32) as u8;
        }
        let _ = read_table(&bytes, "x.xlsx", &SheetLimits::default(), None);
    }
}
