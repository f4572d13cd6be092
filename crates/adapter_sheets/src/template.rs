//! An empty sheet to fill, with headings, hints, drop-down lists and a page that explains each column.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, Formula, Note, Workbook, Worksheet,
};

use crate::error::SheetError;
use crate::write_xlsx::header_format;
use crate::{OutColumn, SheetFormat, SheetWriter, column_letters};

/// Name of the explaining sheet; reading passes over it.
pub const HOW_TO_FILL: &str = "How to fill";
/// Name of the hidden sheet with long drop-down lists.
pub(crate) const LISTS: &str = "Lists";
/// Last row with formats and lists, counted from 0.
const LAST_ROW: u32 = 50_000;
/// Longest list a workbook keeps inside the rule itself.
const LONGEST_INLINE: usize = 250;

/// How the cells of a column are formatted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// As text, so that leading zeros stay.
    Text,
    /// As a date.
    Date,
    /// As a number.
    Number,
}

/// A column of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateColumn {
    /// Heading.
    pub header: String,
    /// Whether every row needs it.
    pub required: bool,
    /// What to write there, a sentence.
    pub help: String,
    /// An example.
    pub example: String,
    /// The values allowed; empty for any.
    pub allowed: Vec<String>,
    /// How its cells are formatted.
    pub kind: ColumnKind,
}

/// An empty sheet with the columns' headings. A workbook has hints on the headings, drop-down lists, and a second
/// sheet "How to fill"; CSV has the headings only.
///
/// # Errors
/// When writing fails or the sheet's name is not allowed.
pub fn template(
    sheet_name: &str,
    columns: &[TemplateColumn],
    format: SheetFormat,
) -> Result<Vec<u8>, SheetError> {
    match format {
        SheetFormat::Csv => {
            let columns: Vec<OutColumn> =
                columns.iter().map(|column| OutColumn::new(column.header.clone(), 20)).collect();
            SheetWriter::new(SheetFormat::Csv, Vec::new(), sheet_name, &columns)?.finish()
        }
        SheetFormat::Xlsx => workbook(sheet_name, columns).map_err(SheetError::write),
    }
}

type Written<T> = Result<T, rust_xlsxwriter::XlsxError>;

fn workbook(sheet_name: &str, columns: &[TemplateColumn]) -> Written<Vec<u8>> {
    let mut book = Workbook::new();
    let mut lists = Worksheet::new();
    lists.set_name(LISTS)?;
    lists.set_hidden(true);
    let mut long_lists = 0u16;
    let main = book.add_worksheet();
    main.set_name(sheet_name)?;
    main.set_freeze_panes(1, 0)?;
    let (plain, required) = (header_format(), header_format().set_background_color(Color::RGB(0x00FF_E08A)));
    for (index, column) in columns.iter().enumerate() {
        let at = index as u16;
        main.write_string_with_format(
            0,
            at,
            &column.header,
            if column.required { &required } else { &plain },
        )?;
        main.set_column_width(at, (column.header.chars().count() as u16 + 4).clamp(14, 40))?;
        main.set_column_format(at, &cell_format(column.kind))?;
        let hint = hint(column);
        if !hint.is_empty() {
            main.insert_note(0, at, &Note::new(hint).add_author_prefix(false).set_width(280))?;
        }
        if column.allowed.is_empty() {
            continue;
        }
        let inline = column.allowed.iter().map(|value| value.chars().count() + 1).sum::<usize>()
            <= LONGEST_INLINE
            && !column.allowed.iter().any(|value| value.contains([',', '"']));
        let rule = if inline {
            DataValidation::new().allow_list_strings(&column.allowed)?
        } else {
            let letters = column_letters(usize::from(long_lists));
            for (row, value) in column.allowed.iter().enumerate() {
                lists.write_string(row as u32, long_lists, value)?;
            }
            long_lists += 1;
            let range = format!("={LISTS}!${letters}$1:${letters}${}", column.allowed.len());
            DataValidation::new().allow_list_formula(Formula::new(range))
        };
        let rule = rule
            .set_error_style(DataValidationErrorStyle::Stop)
            .set_error_title("Not in the list")?
            .set_error_message("Choose a value from the list.")?;
        main.add_data_validation(1, at, LAST_ROW, at, &rule)?;
    }
    how_to_fill(book.add_worksheet(), columns)?;
    if long_lists > 0 {
        book.push_worksheet(lists);
    }
    book.save_to_buffer()
}

fn cell_format(kind: ColumnKind) -> Format {
    match kind {
        ColumnKind::Text => Format::new().set_num_format("@"),
        ColumnKind::Date => Format::new().set_num_format("dd-mmm-yyyy"),
        ColumnKind::Number => Format::new(),
    }
}

fn hint(column: &TemplateColumn) -> String {
    let need = if column.required { "Required. " } else { "" };
    let example =
        if column.example.is_empty() { String::new() } else { format!(" Example: {}", column.example) };
    format!("{need}{}{example}", column.help).trim().to_owned()
}

fn how_to_fill(sheet: &mut Worksheet, columns: &[TemplateColumn]) -> Written<()> {
    sheet.set_name(HOW_TO_FILL)?;
    sheet.set_freeze_panes(1, 0)?;
    let header = header_format();
    let wrapped = Format::new().set_text_wrap().set_align(rust_xlsxwriter::FormatAlign::Top);
    for (at, (heading, width)) in
        [("Column", 26u16), ("Needed", 10), ("What to write", 60), ("Example", 28), ("Allowed values", 50)]
            .into_iter()
            .enumerate()
    {
        sheet.write_string_with_format(0, at as u16, heading, &header)?;
        sheet.set_column_width(at as u16, width)?;
    }
    for (index, column) in columns.iter().enumerate() {
        let row = index as u32 + 1;
        let needed = if column.required { "Required" } else { "Optional" };
        let allowed = column.allowed.join(", ");
        let texts =
            [column.header.as_str(), needed, column.help.as_str(), column.example.as_str(), allowed.as_str()];
        for (at, text) in texts.into_iter().enumerate() {
            sheet.write_string_with_format(row, at as u16, text, &wrapped)?;
        }
    }
    Ok(())
}
