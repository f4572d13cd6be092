//! Downloads: file headers, and lists written out page by page with flat memory.

use super::Sheets;
use crate::http::ApiError;
use actix_web::http::header::{
    Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue,
};
use actix_web::web::Bytes;
use actix_web::{HttpResponse, HttpResponseBuilder};
use app::imports::OutCell;
use futures_util::stream::{Stream, unfold};
use kernel::{Date, FieldErrors};
use std::io::{Error, Write};
use std::sync::Arc;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// What kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFormat {
    /// Comma-separated text.
    Csv,
    /// Workbook.
    Xlsx,
}

impl FileFormat {
    /// Reads `csv` or `xlsx`; `default` when nothing is said.
    pub fn parse(text: Option<&str>, default: Self) -> Result<Self, ApiError> {
        match text.filter(|text| !text.is_empty()) {
            None => Ok(default),
            Some("csv") => Ok(Self::Csv),
            Some("xlsx") => Ok(Self::Xlsx),
            Some(_) => Err(FieldErrors::one("format", "Ask for csv or xlsx.").into()),
        }
    }

    /// The ending of file names.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// An answer that the browser saves as a sheet.
pub fn attachment(format: FileFormat, name: &str) -> HttpResponseBuilder {
    attach(format.content_type(), name)
}

/// An answer that the browser saves as a file.
pub fn attach(content_type: &str, name: &str) -> HttpResponseBuilder {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || " .-_()".contains(c) { c } else { '_' })
        .collect();
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![
            DispositionParam::Filename(plain),
            DispositionParam::FilenameExt(ExtendedValue {
                charset: Charset::Ext("UTF-8".to_owned()),
                language_tag: None,
                value: name.as_bytes().to_vec(),
            }),
        ],
    };
    let mut response = HttpResponse::Ok();
    response.content_type(content_type).insert_header(disposition);
    response
}

/// A value of a row on its way to a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text; made harmless when it could start a formula.
    Text(String),
    /// A whole number.
    Int(i64),
    /// A civil date.
    Date(Date),
}

impl Cell {
    /// Text, or nothing.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
    /// A date, or nothing.
    pub fn date(date: Option<Date>) -> Self {
        date.map_or(Self::Empty, Self::Date)
    }

    fn out(&self) -> OutCell<'_> {
        match self {
            Self::Empty => OutCell::Empty,
            Self::Text(text) => OutCell::Text(text),
            Self::Int(number) => OutCell::Int(*number),
            Self::Date(date) => OutCell::Date(*date),
        }
    }
}

/// Rows of one page, or the end of the list because the store failed.
pub type Rows = Result<Vec<Vec<Cell>>, ApiError>;

/// Rows asked for at once.
pub const PAGE: u32 = 1_000;
/// Pages that wait for the writer, and chunks that wait for the browser.
const WAITING: usize = 4;

/// A channel for pages; the writer takes them as fast as the browser takes the file.
pub fn pages() -> (Sender<Rows>, Receiver<Rows>) {
    channel(1)
}

/// Answers with a file that is written while the pages come. When a page fails, the answer breaks off, so that nobody
/// takes half a list for the whole.
pub fn stream_file(
    sheets: &Arc<dyn Sheets>,
    format: FileFormat,
    name: &str,
    columns: &'static [(&'static str, u16)],
    mut pages: Receiver<Rows>,
) -> HttpResponse {
    let sheets = sheets.clone();
    let body = stream_bytes(move |out| {
        let mut sink = sheets.writer(format == FileFormat::Xlsx, columns, out)?;
        while let Some(page) = pages.blocking_recv() {
            for row in page.map_err(|error| error.to_string())? {
                let cells: Vec<OutCell<'_>> = row.iter().map(Cell::out).collect();
                sink.row(&cells)?;
            }
        }
        sink.finish()
    });
    attachment(format, name).streaming(body)
}

/// What a writer on a thread of its own writes, as the body of an answer. When it fails, the answer breaks off.
pub fn stream_bytes(
    write: impl FnOnce(Box<dyn Write + Send>) -> Result<(), String> + Send + 'static,
) -> impl Stream<Item = Result<Bytes, Error>> + 'static {
    let (chunks, taken) = channel::<Result<Bytes, Error>>(WAITING);
    let failed = chunks.clone();
    tokio::task::spawn_blocking(move || {
        let out = Box::new(std::io::BufWriter::with_capacity(64 * 1024, Chunks(chunks)));
        if let Err(error) = write(out) {
            tracing::warn!(%error, "an export broke off");
            let _ = failed.blocking_send(Err(Error::other("the export broke off")));
        }
    });
    unfold(taken, async |mut taken| taken.recv().await.map(|chunk| (chunk, taken)))
}

/// Hands bytes on to the answer; fails when the browser is gone.
struct Chunks(Sender<Result<Bytes, Error>>);

impl Write for Chunks {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let sent = self.0.blocking_send(Ok(Bytes::copy_from_slice(bytes)));
        sent.map_err(|_| Error::other("the browser went away"))?;
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
