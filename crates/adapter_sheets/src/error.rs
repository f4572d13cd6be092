//! Why a sheet cannot be read or written: one sentence for people, one code for programs.

/// The reason in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SheetErrorCode {
    /// No bytes, or no row with content.
    Empty,
    /// More bytes than the limit.
    TooLarge,
    /// A zip bomb, or a workbook that unpacks to more than the limit.
    Unpacks,
    /// Not a spreadsheet, or one of a format we do not read.
    Format,
    /// Protected with a password.
    Password,
    /// The text's encoding is not what it should be.
    Encoding,
    /// A NUL character in the text.
    Nul,
    /// More rows, columns or cells than the limit.
    TooMany,
    /// A cell longer than the limit.
    LongCell,
    /// Content after a long run of empty rows.
    Gap,
    /// The sheet asked for does not exist.
    NoSuchSheet,
    /// The file is damaged.
    Damaged,
    /// Writing failed.
    Write,
}

impl SheetErrorCode {
    /// The code as text, e.g. `sheet.password`.
    pub const fn as_str(self) -> &'static str {
        match self {
            SheetErrorCode::Empty => "sheet.empty",
            SheetErrorCode::TooLarge => "sheet.too_large",
            SheetErrorCode::Unpacks => "sheet.unpacks_too_large",
            SheetErrorCode::Format => "sheet.format",
            SheetErrorCode::Password => "sheet.password",
            SheetErrorCode::Encoding => "sheet.encoding",
            SheetErrorCode::Nul => "sheet.nul",
            SheetErrorCode::TooMany => "sheet.too_many",
            SheetErrorCode::LongCell => "sheet.long_cell",
            SheetErrorCode::Gap => "sheet.gap",
            SheetErrorCode::NoSuchSheet => "sheet.no_such_sheet",
            SheetErrorCode::Damaged => "sheet.damaged",
            SheetErrorCode::Write => "sheet.write",
        }
    }
}

/// A sheet that cannot be read or written. `Display` is `message`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SheetError {
    /// The reason in one word.
    pub code: SheetErrorCode,
    /// The row of the file it is about, from 1.
    pub row: Option<usize>,
    /// A sentence: what is wrong and what to do.
    pub message: String,
}

impl SheetError {
    pub(crate) fn new(code: SheetErrorCode, message: impl Into<String>) -> Self {
        SheetError { code, row: None, message: message.into() }
    }

    pub(crate) fn at_row(code: SheetErrorCode, row: usize, message: impl Into<String>) -> Self {
        SheetError { code, row: Some(row), message: message.into() }
    }

    pub(crate) fn damaged() -> Self {
        SheetError::new(
            SheetErrorCode::Damaged,
            "This workbook is damaged and cannot be read. Open it in your spreadsheet program, save it again as \
             .xlsx and upload that.",
        )
    }

    pub(crate) fn write(error: impl std::fmt::Display) -> Self {
        SheetError::new(SheetErrorCode::Write, format!("The sheet could not be written: {error}."))
    }
}
