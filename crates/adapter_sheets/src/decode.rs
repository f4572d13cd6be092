//! Bytes of a text file to text: UTF-8, UTF-16, Windows-1252, and a clear answer when it is none of them.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::error::{SheetError, SheetErrorCode};

/// The text, and a note when the encoding was assumed.
pub(crate) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Option<String>), SheetError> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return match std::str::from_utf8(rest) {
            Ok(text) => Ok((Cow::Borrowed(text), None)),
            Err(error) => Err(broken_utf8(rest, error.valid_up_to())),
        };
    }
    if let Some((encoding, marked)) = utf16(bytes) {
        let (text, wrong) = encoding.decode_with_bom_removal(bytes);
        if wrong {
            return Err(SheetError::new(
                SheetErrorCode::Encoding,
                "The file looks like UTF-16 text but parts of it are not. Save it again as \"CSV UTF-8\" and upload \
                 that.",
            ));
        }
        let note = if marked { "The file is UTF-16 text." } else { "The file was read as UTF-16 text." };
        return Ok((text, Some(note.to_owned())));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((Cow::Borrowed(text), None)),
        Err(error) => windows_1252(bytes, error.valid_up_to()),
    }
}

/// Whether the bytes are UTF-16 text.
pub(crate) fn is_utf16(bytes: &[u8]) -> bool {
    utf16(bytes).is_some()
}

/// UTF-16 by its mark, or by zero bytes at every other place of the start.
fn utf16(bytes: &[u8]) -> Option<(&'static encoding_rs::Encoding, bool)> {
    if bytes.starts_with(&[0xff, 0xfe]) {
        return Some((UTF_16LE, true));
    }
    if bytes.starts_with(&[0xfe, 0xff]) {
        return Some((UTF_16BE, true));
    }
    let start = &bytes[..bytes.len().min(4096)];
    let pairs = start.len() / 2;
    if pairs < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros = |offset: usize| start.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 10 > pairs * 6 && even * 20 < pairs {
        Some((UTF_16LE, false))
    } else if even * 10 > pairs * 6 && odd * 20 < pairs {
        Some((UTF_16BE, false))
    } else {
        None
    }
}

fn windows_1252(bytes: &[u8], first_bad: usize) -> Result<(Cow<'_, str>, Option<String>), SheetError> {
    let mut good = 0usize;
    let mut bad = 0usize;
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good > bad {
        return Err(broken_utf8(bytes, first_bad));
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    if let Some(at) = text.find(|c: char| ('\u{80}'..='\u{9f}').contains(&c)) {
        let row = text[..at].matches('\n').count() + 1;
        return Err(SheetError::at_row(
            SheetErrorCode::Encoding,
            row,
            format!(
                "Row {row} has characters of an unknown encoding. Save the file again as \"CSV UTF-8\" and upload that."
            ),
        ));
    }
    let note = "The file is not UTF-8; it was read as Windows-1252 (Western European). If names look wrong, save it \
                as \"CSV UTF-8\" and upload that.";
    Ok((text, Some(note.to_owned())))
}

fn broken_utf8(bytes: &[u8], at: usize) -> SheetError {
    let row = bytes.iter().take(at).filter(|byte| **byte == b'\n').count() + 1;
    SheetError::at_row(
        SheetErrorCode::Encoding,
        row,
        format!(
            "The file is UTF-8 text, but row {row} is damaged. Save it again as \"CSV UTF-8\" and upload that."
        ),
    )
}
