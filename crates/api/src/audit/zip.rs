//! A zip that is written while its parts come.

use crate::imports::stream::{attach, stream_bytes};
use actix_web::{HttpResponse, HttpResponseBuilder};
use std::io::Write;
use tokio::sync::mpsc::Receiver;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A part of the archive.
pub enum Part {
    /// A file begins.
    File(&'static str),
    /// Text of it.
    Text(String),
    /// The rest cannot be had: the answer breaks off, so that nobody takes half for the whole.
    Failed(String),
}

/// An answer that the browser saves under this name.
pub fn file(content_type: &str, name: &str) -> HttpResponseBuilder {
    attach(content_type, name)
}

/// Answers with the archive.
pub fn stream_zip(name: &str, mut parts: Receiver<Part>) -> HttpResponse {
    let body = stream_bytes(move |out| {
        let mut zip = ZipWriter::new_stream(out);
        let options =
            SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true);
        while let Some(part) = parts.blocking_recv() {
            match part {
                Part::File(name) => zip.start_file(name, options).map_err(|error| error.to_string())?,
                Part::Text(text) => zip.write_all(text.as_bytes()).map_err(|error| error.to_string())?,
                Part::Failed(why) => return Err(why),
            }
        }
        let mut out = zip.finish().map_err(|error| error.to_string())?;
        out.flush().map_err(|error| error.to_string())
    });
    attach("application/zip", name).streaming(body)
}
