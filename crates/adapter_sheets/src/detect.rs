//! What a file is, by its content and never by its name.

use crate::error::{SheetError, SheetErrorCode};

/// The containers worth telling apart before parsing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Container {
    /// A zip archive: a workbook, perhaps.
    Zip,
    /// Anything that may be text.
    Text,
}

fn refuse(message: &str) -> Result<Container, SheetError> {
    Err(SheetError::new(SheetErrorCode::Format, message))
}

/// Tells zip from text and names the formats that are neither.
pub(crate) fn container(bytes: &[u8]) -> Result<Container, SheetError> {
    const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Ok(Container::Zip);
    }
    if bytes.starts_with(OLE) {
        if contains(bytes, &utf16("EncryptedPackage")) {
            return Err(SheetError::new(
                SheetErrorCode::Password,
                "This workbook is protected with a password. Remove the password in your spreadsheet program, save \
                 it and upload it again.",
            ));
        }
        return refuse(
            "This is an old Excel workbook (.xls) or another old Office file. Open it, save it as .xlsx and upload \
             that.",
        );
    }
    if bytes.starts_with(b"%PDF") {
        return refuse("This is a PDF, not a spreadsheet. Upload a .csv or .xlsx file.");
    }
    if bytes.starts_with(&[0x1f, 0x8b]) || bytes.starts_with(b"Rar!") || bytes.starts_with(b"7z\xbc\xaf") {
        return refuse("This is a packed file. Unpack it and upload the .csv or .xlsx file inside.");
    }
    if bytes.starts_with(b"\x89PNG") || bytes.starts_with(&[0xff, 0xd8, 0xff]) || bytes.starts_with(b"GIF8") {
        return refuse("This is a picture, not a spreadsheet. Upload a .csv or .xlsx file.");
    }
    let start: Vec<u8> = bytes.iter().take(1024).map(u8::to_ascii_lowercase).collect();
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&start).trim_ascii_start();
    if text.starts_with(b"<!doctype html") || text.starts_with(b"<html") || text.starts_with(b"<table") {
        return refuse(
            "This is a web page saved under a spreadsheet's name. Open it in your spreadsheet program, save it as \
             .xlsx and upload that.",
        );
    }
    if text.starts_with(b"<?xml") || text.starts_with(b"<workbook") {
        return refuse(
            "This is an XML file. Open it in your spreadsheet program, save it as .xlsx and upload that.",
        );
    }
    if text.starts_with(b"{\\rtf") {
        return refuse("This is a text document, not a spreadsheet. Upload a .csv or .xlsx file.");
    }
    Ok(Container::Text)
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}
