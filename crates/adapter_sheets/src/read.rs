//! The one door for reading: limits, kind of file, then the reader for it.

use crate::detect::{Container, container};
use crate::error::{SheetError, SheetErrorCode};
use crate::{SheetLimits, Table, csv_read, xlsx_read};

/// Reads one sheet of an untrusted file. The kind is found by content; `file_name` is used in messages only.
/// `sheet` names the sheet of a workbook; without it the first visible sheet with content is read.
///
/// # Errors
/// Every refusal is a sentence with what to do; nothing is read halfway.
pub fn read_table(
    bytes: &[u8],
    file_name: &str,
    limits: &SheetLimits,
    sheet: Option<&str>,
) -> Result<Table, SheetError> {
    if bytes.is_empty() {
        return Err(SheetError::new(SheetErrorCode::Empty, "The file is empty. Choose another one."));
    }
    if bytes.len() > limits.max_bytes {
        return Err(SheetError::new(
            SheetErrorCode::TooLarge,
            format!(
                "The file has {} MB; at most {} MB are read. Split it into smaller files.",
                bytes.len().div_ceil(1024 * 1024),
                limits.max_bytes / (1024 * 1024)
            ),
        ));
    }
    let mut table = match container(bytes)? {
        Container::Zip => xlsx_read::read(bytes, limits, sheet)?,
        Container::Text => csv_read::read(bytes, limits)?,
    };
    let extension = file_name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let expected = table.format.extension();
    if let Some(extension) = extension
        && matches!(extension.as_str(), "csv" | "xlsx" | "xls")
        && extension != expected
    {
        table.notes.push(format!(
            "The file is named .{extension} but its content is {expected}; it was read as that."
        ));
    }
    Ok(table)
}
