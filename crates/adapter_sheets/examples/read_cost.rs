//! What reading and writing cost: `read_cost write FILE ROWS` makes a sheet of 25 columns, `read_cost read FILE`
//! reads it; both print seconds and peak memory (Linux).

use std::fs;
use std::time::Instant;

use adapter_sheets::{OutColumn, SheetFormat, SheetLimits, SheetWriter, Value, read_table};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    let usage = "read_cost write FILE ROWS | read_cost read FILE";
    let path = args.get(2).ok_or(usage)?;
    let started = Instant::now();
    let done = if args.get(1).is_some_and(|mode| mode == "write") {
        let extension = path.rsplit('.').next().unwrap_or_default();
        let format = SheetFormat::from_extension(extension).ok_or("FILE ends with .csv or .xlsx")?;
        let rows: usize = args.get(3).ok_or(usage)?.parse()?;
        let columns: Vec<OutColumn> =
            (0..25).map(|column| OutColumn::new(format!("Column {column}"), 20)).collect();
        let mut writer = SheetWriter::new(format, fs::File::create(path)?, "Clients", &columns)?;
        for row in 0..rows {
            let texts: Vec<String> = (0..25).map(|column| format!("Value {row} of {column}")).collect();
            let values: Vec<Value<'_>> = texts.iter().map(|text| Value::Text(text)).collect();
            writer.write_row(&values)?;
        }
        writer.finish()?;
        format!("wrote {rows} rows")
    } else {
        let limits = SheetLimits { max_bytes: 100 << 20, ..SheetLimits::default() };
        match read_table(&fs::read(path)?, path, &limits, None) {
            Ok(table) => format!("read {} rows", table.rows.len()),
            Err(error) => format!("refused: {error}"),
        }
    };
    println!("{done} in {:.2} s, peak memory {}", started.elapsed().as_secs_f64(), peak());
    Ok(())
}

fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "unknown".to_owned(), |text| text.trim().to_owned())
}
