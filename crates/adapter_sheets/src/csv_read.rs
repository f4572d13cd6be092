//! Comma-separated text: encoding, separator, rows numbered as a spreadsheet program numbers them.

use std::borrow::Cow;

use crate::decode::{decode, is_utf16};
use crate::error::{SheetError, SheetErrorCode};
use crate::table_builder::TableBuilder;
use crate::{Cell, SheetFormat, SheetLimits, Table};

/// Lines looked at to find the separator.
const SNIFFED: usize = 20;

pub(crate) fn read(bytes: &[u8], limits: &SheetLimits) -> Result<Table, SheetError> {
    if !is_utf16(bytes) {
        refuse_binary(bytes)?;
    }
    let (text, note) = decode(bytes)?;
    let text = one_line_end(text);
    let mut builder = TableBuilder::new(limits);
    builder.notes.extend(note);
    let (separator, body, mut number) = match declared_separator(&text) {
        Some((separator, rest)) => (separator, rest, 1),
        None => (sniff(&text), text.as_ref(), 0),
    };
    if separator != b',' {
        let name =
            if separator == b'\t' { "a tab".to_owned() } else { format!("\"{}\"", char::from(separator)) };
        builder.notes.push(format!("The columns are separated by {name}."));
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(body.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut several_lines = false;
    while reader.read_record(&mut record).map_err(|_| SheetError::damaged())? {
        let start = record.position().map_or(0, csv::Position::byte);
        number += 1 + blank_lines(body.as_bytes(), usize::try_from(start).unwrap_or(usize::MAX));
        several_lines |= record.iter().any(|field| field.contains('\n'));
        let cells = record.iter().map(|field| Cell::from_text(field.to_owned())).collect();
        builder.push(number, cells)?;
    }
    if several_lines && body.matches('"').count() % 2 == 1 {
        let note = "The file has an odd number of quotation marks: a closing one may be missing, so that rows ran \
                    together. Check the last rows.";
        builder.notes.push(note.to_owned());
    }
    builder.finish(SheetFormat::Csv, Vec::new(), None)
}

/// Blank lines at `start`: the reader passes over them and says where it began, but they count as rows.
fn blank_lines(body: &[u8], start: usize) -> usize {
    let mut rest = body.get(start..).unwrap_or(&[]);
    // The second half of the line end before.
    if start > 0 && body.get(start - 1) == Some(&b'\r') {
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
    let mut count = 0;
    while let Some(after) =
        rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).or_else(|| rest.strip_prefix(b"\r"))
    {
        rest = after;
        count += 1;
    }
    count
}

/// Files full of control characters are no text at all.
fn refuse_binary(bytes: &[u8]) -> Result<(), SheetError> {
    let start = &bytes[..bytes.len().min(8192)];
    let odd = start.iter().filter(|byte| matches!(byte, 1..=8 | 14..=31 | 127)).count();
    if odd * 20 > start.len() {
        return Err(SheetError::new(
            SheetErrorCode::Format,
            "This is neither a .csv nor an .xlsx file. Open it in your spreadsheet program, save it as .xlsx and \
             upload that.",
        ));
    }
    Ok(())
}

/// Old Macintosh files end lines with a lone carriage return.
fn one_line_end(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') && !text.contains('\n') { Cow::Owned(text.replace('\r', "\n")) } else { text }
}

/// A first line `sep=;` as Excel writes it.
fn declared_separator(text: &str) -> Option<(u8, &str)> {
    let (first, rest) = text.split_once('\n')?;
    match first.trim_end_matches('\r').strip_prefix("sep=")?.as_bytes() {
        [separator @ (b',' | b';' | b'\t' | b'|')] => Some((*separator, rest)),
        _ => None,
    }
}

/// The separator that divides most of the first lines the same way.
fn sniff(text: &str) -> u8 {
    let mut counts: Vec<[usize; 4]> = Vec::new();
    let mut line = [0usize; 4];
    let mut quoted = false;
    let mut seen = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => {
                if seen {
                    counts.push(line);
                }
                (line, seen) = ([0; 4], false);
                if counts.len() == SNIFFED {
                    break;
                }
            }
            _ if quoted => {}
            _ => {
                if let Some(index) = SEPARATORS.iter().position(|separator| *separator == byte) {
                    line[index] += 1;
                }
                seen = true;
            }
        }
    }
    if seen && counts.len() < SNIFFED {
        counts.push(line);
    }
    // How many lines have it, how many have it as often as the line with most, and how often that is.
    let score = |index: usize| {
        let most = counts.iter().map(|line| line[index]).max().unwrap_or(0);
        let with = counts.iter().filter(|line| line[index] > 0).count();
        let same = counts.iter().filter(|line| line[index] == most && most > 0).count();
        (with, same, most)
    };
    (0..SEPARATORS.len())
        .filter(|index| score(*index).0 > 0 && score(*index).0 * 2 >= counts.len())
        .max_by_key(|index| (score(*index), std::cmp::Reverse(*index)))
        .map_or(b',', |index| SEPARATORS[index])
}

const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
