//! The importer's reading half: any file is refused with a sentence or read within its limits, row by row.

use adapter_sheets::{Cell, SheetLimits, parse_date, read_table};
use app::imports::catalogue;
use clients::import::{Entry, guess, read_row};
use rulebook::Rulebook;

/// Small, so that the fuzzer stays fast and a bomb shows.
const LIMITS: SheetLimits = SheetLimits {
    max_bytes: 256 * 1024,
    max_uncompressed: 4 * 1024 * 1024,
    max_rows: 500,
    max_cols: 60,
    max_cells: 10_000,
    max_cell_chars: 400,
    max_empty_run: 50,
};

/// Reads the bytes as a sheet, guesses its columns and reads every row.
pub fn importer(bytes: &[u8]) {
    let table = match read_table(bytes, "clients.xlsx", &LIMITS, None) {
        Ok(table) => table,
        Err(error) => {
            assert!(!error.message.is_empty(), "a refusal says why");
            return;
        }
    };
    assert!(table.rows.len() <= LIMITS.max_rows && table.header.len() <= LIMITS.max_cols, "limits hold");
    let fields = catalogue(Rulebook::shipped());
    let guesses = guess(&table.header, &fields);
    assert_eq!(guesses.len(), table.header.len(), "one guess per column");
    let known = [("RBI".to_owned(), "NBFC-ICC".to_owned()), ("SEBI".to_owned(), "IA".to_owned())];
    for row in &table.rows {
        let cells: Vec<(String, &Cell)> =
            (0..table.header.len()).map(|at| (row.cell(at).to_text(), row.cell(at))).collect();
        let entries: Vec<Entry<'_>> = guesses
            .iter()
            .zip(&cells)
            .filter_map(|(guess, (text, cell))| {
                let field = fields.get(guess.field.as_deref()?)?;
                let text = text.trim();
                (!text.is_empty()).then(|| Entry {
                    field: &field.key,
                    text,
                    date: field.date.then(|| parse_date(cell)),
                })
            })
            .collect();
        let (_, problems) = read_row(&entries, &known);
        assert!(problems.iter().all(|p| !p.message.is_empty()), "a problem is a sentence");
    }
}
