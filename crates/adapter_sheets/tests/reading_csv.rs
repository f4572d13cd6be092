//! CSV in every state people send it.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a failing test")]

use adapter_sheets::{Cell, SheetErrorCode, SheetFormat, SheetLimits, Table, read_table};

fn read(bytes: &[u8]) -> Table {
    read_table(bytes, "clients.csv", &SheetLimits::default(), None).unwrap()
}

fn refuse(bytes: &[u8]) -> (SheetErrorCode, String) {
    let error = read_table(bytes, "clients.csv", &SheetLimits::default(), None).unwrap_err();
    (error.code, error.message)
}

fn text(table: &Table, row: usize, column: usize) -> String {
    table.rows[row].cell(column).to_text()
}

#[test]
fn plain_utf8_with_and_without_mark() {
    for mark in ["", "\u{feff}"] {
        let table =
            read(format!("{mark}Client name,PAN\r\n\"Rao, Sons & Co\",AAPFU0939F\r\nमुंबई,X\r\n").as_bytes());
        assert_eq!(table.format, SheetFormat::Csv);
        assert_eq!(table.header, ["Client name", "PAN"]);
        assert_eq!((text(&table, 0, 0), text(&table, 1, 0)), ("Rao, Sons & Co".into(), "मुंबई".into()));
        assert_eq!((table.rows[0].number, table.rows[1].number, table.header_row), (2, 3, 1));
        assert!(table.notes.is_empty(), "{:?}", table.notes);
    }
}

#[test]
fn separators_are_found() {
    for (separator, named) in [(";", "\";\""), ("\t", "a tab"), ("|", "\"|\"")] {
        let table = read(format!("Name{separator}PAN\nA, B{separator}1\nC, D{separator}2\n").as_bytes());
        assert_eq!(table.header, ["Name", "PAN"]);
        assert_eq!(text(&table, 0, 0), "A, B");
        assert!(table.notes[0].contains(named), "{:?}", table.notes);
    }
    let table = read(b"sep=;\r\nName;PAN\r\nA;1\r\n");
    assert_eq!((table.header_row, table.rows[0].number), (2, 3));
    let table = read(b"Name\nA\nB\n");
    assert_eq!((table.header.len(), table.rows.len()), (1, 2));
}

#[test]
fn utf16_is_read() {
    let source = "Name,City\nRāo,Pune\n";
    let le: Vec<u8> = source.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let be: Vec<u8> = source.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [[vec![0xff, 0xfe], le.clone()].concat(), [vec![0xfe, 0xff], be.clone()].concat(), le, be] {
        let table = read(&bytes);
        assert_eq!(text(&table, 0, 0), "Rāo");
        assert!(table.notes[0].contains("UTF-16"));
    }
}

#[test]
fn windows_1252_is_read_and_said() {
    let table = read(b"Name,City\nCaf\xe9 \x96 Fund,Pune\n");
    assert_eq!(text(&table, 0, 0), "Café – Fund");
    assert!(table.notes[0].contains("Windows-1252"), "{:?}", table.notes);
}

#[test]
fn wrong_encodings_get_a_clear_answer() {
    let (code, message) = refuse(
        "Name,City\nमुंबई,Pune\nA,B\n"
            .as_bytes()
            .iter()
            .copied()
            .chain(*b"x\xe0\xa4,y\n")
            .collect::<Vec<_>>()
            .as_slice(),
    );
    assert_eq!(code, SheetErrorCode::Encoding);
    assert!(message.contains("row 4 is damaged") && message.contains("CSV UTF-8"), "{message}");
    let (code, message) = refuse(b"Name,City\nA,B\nx\x81\xffy,Pune\n");
    assert_eq!(code, SheetErrorCode::Encoding);
    assert!(message.contains("Row 3"), "{message}");
    let (code, _) = refuse(b"\xef\xbb\xbfName\nA\xff\n");
    assert_eq!(code, SheetErrorCode::Encoding);
}

#[test]
fn a_nul_is_refused_with_its_cell() {
    let (code, message) = refuse(b"Name,PAN\nA,1\nB,\x002\n");
    assert_eq!(code, SheetErrorCode::Nul);
    assert!(message.contains("Cell B3"), "{message}");
}

#[test]
fn rows_keep_the_number_a_spreadsheet_shows() {
    let table = read(b"Name,Note\n\nA,\"two\nlines\"\n\n\nB,x\n,,\nC,y\n");
    let numbers: Vec<usize> = table.rows.iter().map(|row| row.number).collect();
    // Header 1, blank 2, A 3 (two lines in one row), blank 4 and 5, B 6, empty 7, C 8.
    assert_eq!(numbers, [3, 6, 8]);
    assert!(table.notes.iter().any(|note| note.contains("4 empty rows were skipped")), "{:?}", table.notes);
}

#[test]
fn old_macintosh_line_ends() {
    let table = read(b"Name,PAN\rA,1\rB,2\r");
    assert_eq!(table.rows.len(), 2);
}

#[test]
fn title_rows_above_the_header_are_passed_over() {
    let table = read(b"Client list as of today,,\n,,\nName,PAN,City\nA,1,x\nB,2,y\n");
    assert_eq!(table.header, ["Name", "PAN", "City"]);
    assert_eq!((table.header_row, table.rows[0].number), (3, 4));
    assert!(table.notes[0].contains("row 3"));
}

#[test]
fn the_header_is_found_in_narrow_and_ragged_sheets() {
    assert_eq!(read(b"My clients,\nName,PAN\nA,1\nB,2\n").header, ["Name", "PAN"]);
    assert_eq!(read(b"Name,PAN\nA\nB\n").header, ["Name", "PAN"]);
    let ragged = read(b"Name,PAN,City\nA,1,x\nB,2,y,a,b,c,d,e,f\n");
    assert_eq!((ragged.header_row, ragged.header.len()), (1, 9));
    assert_eq!(read(b"Name,PAN\n").rows.len(), 0);
}

#[test]
fn odd_headings_are_noted() {
    let table = read(b" Name ,PAN,pan,\nA,1,2,3\nB,1,2,3,4\n");
    assert_eq!(table.header, ["Name", "PAN", "pan", "", ""]);
    let notes = table.notes.join("\n");
    assert!(notes.contains("\"pan\" stands twice, in columns B and C"), "{notes}");
    assert!(notes.contains("Column D has content but no heading"), "{notes}");
}

#[test]
fn a_missing_closing_quote_does_not_swallow_the_file_silently() {
    let mut file = String::from("Name,City\n\"A,Pune\n");
    for row in 0..200 {
        file.push_str(&format!("Client {row} with a long name,Mumbai\n"));
    }
    let (code, message) = refuse(file.as_bytes());
    assert_eq!(code, SheetErrorCode::LongCell);
    assert!(message.contains("A2") && message.contains("quotation mark"), "{message}");
    let table = read(b"Name,City\nA,Pune\n\"B,Delhi\nC,Goa\n");
    assert!(table.notes.iter().any(|note| note.contains("quotation marks")));
}

#[test]
fn limits_are_kept() {
    let limits =
        SheetLimits { max_rows: 3, max_cols: 2, max_bytes: 1000, max_empty_run: 5, ..SheetLimits::default() };
    let code = |bytes: &[u8]| read_table(bytes, "x.csv", &limits, None).map_err(|error| error.code);
    assert!(code(b"A,B\n1,2\n3,4\n5,6\n").is_ok());
    assert_eq!(code(b"A,B\n1,2\n3,4\n5,6\n7,8\n"), Err(SheetErrorCode::TooMany));
    assert_eq!(code(b"A,B\n1,2,3\n"), Err(SheetErrorCode::TooMany));
    assert!(code(b"A,B\n1,2,,,,\n").is_ok());
    assert_eq!(code(&[b'a'; 1001]), Err(SheetErrorCode::TooLarge));
    assert_eq!(code(b"A,B\n1,2\n,\n,\n,\n,\n,\n,\n3,4\n"), Err(SheetErrorCode::Gap));
    assert_eq!(code(b""), Err(SheetErrorCode::Empty));
    assert_eq!(code(b"\n,,\n \n"), Err(SheetErrorCode::Empty));
}

#[test]
fn other_files_are_named_for_what_they_are() {
    let cases: [(&[u8], &str); 9] = [
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\x1f\x8b\x08\0\0", "packed"),
        (b"<html><table><tr><td>PAN</td></tr></table></html>", "web page"),
        (b"\xef\xbb\xbf \n<!DOCTYPE html><p>", "web page"),
        (b"<?xml version=\"1.0\"?><Workbook/>", "XML"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest of an old file", "old Excel workbook"),
        (b"{\\rtf1 x}", "text document"),
        (b"\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f", "neither"),
    ];
    for (bytes, wanted) in cases {
        let (code, message) = refuse(bytes);
        assert_eq!(code, SheetErrorCode::Format);
        assert!(message.contains(wanted), "{message}");
    }
    let mut locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(refuse(&locked).0, SheetErrorCode::Password);
}

#[test]
fn a_misnamed_file_is_read_by_content() {
    let table = read_table(b"A,B\n1,2\n", "clients.xlsx", &SheetLimits::default(), None).unwrap();
    assert!(table.notes[0].contains("named .xlsx but its content is csv"));
}

#[test]
fn guarded_text_comes_back_without_its_guard() {
    let table = read(b"Name,Phone\n'=1+1,'+91 98200 12345\n'quoted',O'Neil\n");
    assert_eq!(table.rows[0].cells, [Cell::Text("=1+1".into()), Cell::Text("+91 98200 12345".into())]);
    assert_eq!(table.rows[1].cells, [Cell::Text("'quoted'".into()), Cell::Text("O'Neil".into())]);
}
