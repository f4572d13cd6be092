//! Looks through a zip archive before the workbook parser does: number of parts, size when unpacked (declared
//! and real), how hard it is packed, and counts that would make the parser reserve memory.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::SheetLimits;
use crate::error::{SheetError, SheetErrorCode};

const MAX_PARTS: usize = 2_000;
/// Parts larger than this may not be packed harder than [`MAX_RATIO`].
const RATIO_FROM: u64 = 32 * 1024 * 1024;
const MAX_RATIO: u64 = 400;
/// The table of texts is held in memory whole, several times as large as it is here.
const MAX_STRINGS: u64 = 64 * 1024 * 1024;
/// Bytes the shortest shared string takes in its part: `<si/>`.
const SHORTEST_STRING: u64 = 5;

fn bomb() -> SheetError {
    SheetError::new(
        SheetErrorCode::Unpacks,
        "This workbook unpacks to far more than its size. Copy the cells you need into a new workbook and upload that.",
    )
}

fn format(message: &str) -> SheetError {
    SheetError::new(SheetErrorCode::Format, message)
}

/// Refuses archives that are no workbook or would cost too much; returns a note when macros are inside.
pub(crate) fn check(bytes: &[u8], limits: &SheetLimits) -> Result<Option<String>, SheetError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| SheetError::damaged())?;
    if archive.len() > MAX_PARTS {
        return Err(bomb());
    }
    let names = archive
        .file_names()
        .map(|name| name.map(|name| name.to_ascii_lowercase()))
        .collect::<Result<Vec<String>, _>>()
        .map_err(|_| SheetError::damaged())?;
    kind(&names)?;
    let mut declared = 0u64;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(|_| SheetError::damaged())?;
        declared = declared.saturating_add(part.size());
        let packed_hard = part.size() > RATIO_FROM && part.size() / part.compressed_size().max(1) > MAX_RATIO;
        if declared > limits.max_uncompressed || packed_hard {
            return Err(bomb());
        }
        if part.encrypted() {
            return Err(SheetError::new(
                SheetErrorCode::Password,
                "This archive is protected with a password. Remove the password and upload it again.",
            ));
        }
    }
    unpack_all(&mut archive, limits)?;
    let macros = names.iter().any(|name| name.ends_with("vbaproject.bin"));
    Ok(macros.then(|| "The workbook contains macros; they were ignored.".to_owned()))
}

fn kind(names: &[String]) -> Result<(), SheetError> {
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let under = |folder: &str| names.iter().any(|name| name.starts_with(folder));
    if has("[content_types].xml") && names.iter().any(|name| name.ends_with("workbook.xml")) {
        return Ok(());
    }
    if names.iter().any(|name| name.ends_with("workbook.bin")) {
        return Err(format("This is a binary workbook (.xlsb). Save it as .xlsx and upload that."));
    }
    if has("mimetype") && has("content.xml") {
        return Err(format("This is an OpenDocument file (.ods). Save it as .xlsx and upload that."));
    }
    if under("word/") || under("ppt/") {
        return Err(format(
            "This is a document or a presentation, not a spreadsheet. Upload a .csv or .xlsx file.",
        ));
    }
    Err(format("This is a zip archive, not a workbook. Unpack it and upload the .csv or .xlsx file inside."))
}

/// Unpacks every part into nothing, against one budget: what the archive declares is not believed.
fn unpack_all(archive: &mut ZipArchive<Cursor<&[u8]>>, limits: &SheetLimits) -> Result<(), SheetError> {
    let mut left = limits.max_uncompressed;
    let mut buffer = vec![0u8; 64 * 1024];
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| SheetError::damaged())?;
        let strings = part.name().is_ok_and(|name| name.to_ascii_lowercase().ends_with("sharedstrings.xml"));
        let packed = part.compressed_size();
        let mut counts = CountFinder::default();
        let mut unpacked = 0u64;
        let mut part = part.take(left + 1);
        loop {
            let read = part.read(&mut buffer).map_err(|_| SheetError::damaged())?;
            if read == 0 {
                break;
            }
            unpacked += read as u64;
            if unpacked > left || (unpacked > RATIO_FROM && unpacked / packed.max(1) > MAX_RATIO) {
                return Err(bomb());
            }
            if strings {
                if unpacked > MAX_STRINGS {
                    return Err(bomb());
                }
                counts.feed(&buffer[..read]);
            }
        }
        left -= unpacked;
        // The workbook parser reserves room for as many strings as the part claims to hold.
        if counts.largest > unpacked / SHORTEST_STRING + 1 {
            return Err(bomb());
        }
    }
    Ok(())
}

/// Finds the largest `uniqueCount="..."` in a stream.
#[derive(Default)]
struct CountFinder {
    tail: Vec<u8>,
    largest: u64,
}

impl CountFinder {
    /// Longer than the attribute with twenty digits and some spaces.
    const OVERLAP: usize = 128;
    const NAME: &'static [u8] = b"uniqueCount";

    fn feed(&mut self, bytes: &[u8]) {
        self.tail.extend_from_slice(bytes);
        let window = &self.tail;
        let mut from = 0;
        while let Some(at) = window[from..].iter().position(|byte| *byte == b'u') {
            let start = from + at;
            if window[start..].starts_with(Self::NAME) {
                let rest = &window[start + Self::NAME.len()..];
                let digits = rest
                    .iter()
                    .skip_while(|byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'"' | b'\''))
                    .take_while(|byte| byte.is_ascii_digit());
                let value =
                    digits.fold(0u64, |sum, d| sum.saturating_mul(10).saturating_add(u64::from(d - b'0')));
                self.largest = self.largest.max(value);
            }
            from = start + 1;
        }
        let keep = self.tail.len().saturating_sub(Self::OVERLAP);
        self.tail.drain(..keep);
    }
}
