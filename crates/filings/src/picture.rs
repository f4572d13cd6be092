//! Screenshots from outside, taken apart and put together again: only a PNG or JPEG that is one, only what the picture
//! needs to be shown, and nothing after its end. Text, places, thumbnails and whatever hides behind are left out.

use thiserror::Error;

/// Bytes of a picture that is taken.
pub const MAX_PICTURE: usize = 5 * 1024 * 1024;
/// Pixels along a side.
const MAX_SIDE: u32 = 16_000;

/// What kind of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureKind {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
}

impl PictureKind {
    /// The stable name, which is also the ending of its file and the second part of its media type.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpeg",
        }
    }

    /// Reads the stable name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Png, Self::Jpeg].into_iter().find(|kind| kind.as_str() == text)
    }
}

/// A picture that went through `Picture::clean`; there is no other way to make one from an upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    kind: PictureKind,
    bytes: Vec<u8>,
}

/// Why a picture is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PictureError {
    /// By its bytes it is something else.
    #[error("This is not a PNG or JPEG picture. Take the screenshot again and upload that.")]
    Kind,
    /// Too many bytes.
    #[error("The picture is larger than 5 MB. Cut it to the part that shows the problem.")]
    Size,
    /// Too many pixels.
    #[error("The picture is larger than 16,000 pixels along a side. Cut it smaller.")]
    Side,
    /// Parts are missing.
    #[error("The picture is damaged. Take the screenshot again and upload that.")]
    Broken,
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

impl Picture {
    /// Checks the bytes of an upload and keeps what shows.
    pub fn clean(upload: &[u8]) -> Result<Self, PictureError> {
        if upload.len() > MAX_PICTURE {
            return Err(PictureError::Size);
        }
        if let Some(rest) = upload.strip_prefix(PNG) {
            return Ok(Self { kind: PictureKind::Png, bytes: png(rest)? });
        }
        if let Some(rest) = upload.strip_prefix(b"\xff\xd8") {
            return Ok(Self { kind: PictureKind::Jpeg, bytes: jpeg(rest)? });
        }
        Err(PictureError::Kind)
    }

    /// A picture as it was kept.
    pub fn kept(kind: PictureKind, bytes: Vec<u8>) -> Self {
        Self { kind, bytes }
    }

    /// Its kind.
    pub fn kind(&self) -> PictureKind {
        self.kind
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its bytes, taken.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

fn side(width: u32, height: u32) -> Result<(), PictureError> {
    if width == 0 || height == 0 {
        return Err(PictureError::Broken);
    }
    if width > MAX_SIDE || height > MAX_SIDE { Err(PictureError::Side) } else { Ok(()) }
}

/// Takes bytes off the front.
fn take<'a>(rest: &mut &'a [u8], count: usize) -> Result<&'a [u8], PictureError> {
    let (head, tail) = rest.split_at_checked(count).ok_or(PictureError::Broken)?;
    *rest = tail;
    Ok(head)
}

fn big_endian(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |sum, byte| (sum << 8) | u32::from(*byte))
}

/// Chunks that say how the picture looks.
const SHOWN: [&[u8]; 8] = [b"IHDR", b"PLTE", b"IDAT", b"tRNS", b"gAMA", b"sRGB", b"cHRM", b"pHYs"];

fn png(mut rest: &[u8]) -> Result<Vec<u8>, PictureError> {
    let mut out = PNG.to_vec();
    let (mut first, mut data) = (true, false);
    loop {
        let length = big_endian(take(&mut rest, 4)?) as usize;
        let name = take(&mut rest, 4)?;
        let body = take(&mut rest, length)?;
        let sum = take(&mut rest, 4)?;
        if first {
            if name != b"IHDR" || length != 13 {
                return Err(PictureError::Broken);
            }
            side(big_endian(&body[..4]), big_endian(&body[4..8]))?;
            first = false;
        }
        data |= name == b"IDAT";
        let end = name == b"IEND";
        if end || SHOWN.contains(&name) {
            out.extend_from_slice(&big_endian_bytes(length));
            out.extend_from_slice(name);
            out.extend_from_slice(body);
            out.extend_from_slice(sum);
        }
        if end {
            return if data { Ok(out) } else { Err(PictureError::Broken) };
        }
    }
}

fn big_endian_bytes(length: usize) -> [u8; 4] {
    u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes()
}

/// Segments: frames (but not the markers of tables and restarts among their numbers), tables, scans, and the two
/// application segments that say how colours are meant.
fn jpeg(mut rest: &[u8]) -> Result<Vec<u8>, PictureError> {
    let mut out = b"\xff\xd8".to_vec();
    let (mut frame, mut scan) = (false, false);
    loop {
        if take(&mut rest, 1)? != b"\xff" {
            return Err(PictureError::Broken);
        }
        let mut marker = take(&mut rest, 1)?[0];
        while marker == 0xff {
            marker = take(&mut rest, 1)?[0];
        }
        if marker == 0xd9 {
            out.extend_from_slice(b"\xff\xd9");
            return if frame && scan { Ok(out) } else { Err(PictureError::Broken) };
        }
        let size = take(&mut rest, 2)?;
        let length = (big_endian(size) as usize).checked_sub(2).ok_or(PictureError::Broken)?;
        let body = take(&mut rest, length)?;
        let is_frame = matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
        if is_frame {
            let sides = body.get(1..5).ok_or(PictureError::Broken)?;
            side(big_endian(&sides[2..]), big_endian(&sides[..2]))?;
            frame = true;
        }
        let jfif = marker == 0xe0 && body.starts_with(b"JFIF\0");
        let colours = marker == 0xee && body.starts_with(b"Adobe");
        if is_frame || matches!(marker, 0xc4 | 0xda | 0xdb | 0xdd) || jfif || colours {
            out.extend_from_slice(&[0xff, marker]);
            out.extend_from_slice(size);
            out.extend_from_slice(body);
        }
        if marker == 0xda {
            if !frame {
                return Err(PictureError::Broken);
            }
            let end = scan_length(rest).ok_or(PictureError::Broken)?;
            out.extend_from_slice(take(&mut rest, end)?);
            scan = true;
        }
    }
}

/// Where the packed data of a scan ends: at a marker that is neither an escaped byte nor a restart.
fn scan_length(bytes: &[u8]) -> Option<usize> {
    bytes.windows(2).position(|pair| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(name: &[u8], body: &[u8]) -> Vec<u8> {
        [&big_endian_bytes(body.len())[..], name, body, b"\0\0\0\0"].concat()
    }

    fn header(width: u32) -> Vec<u8> {
        chunk(b"IHDR", &[&width.to_be_bytes()[..], &1u32.to_be_bytes(), &[8, 2, 0, 0, 0]].concat())
    }

    #[test]
    fn a_png_keeps_what_shows_and_loses_the_rest() {
        let secret = chunk(b"tEXt", b"Author\0Somebody");
        let data = chunk(b"IDAT", b"packed");
        let end = chunk(b"IEND", b"");
        let behind = b"PK\x03\x04 an archive".to_vec();
        let upload = [PNG.to_vec(), header(2), secret, data.clone(), end.clone(), behind].concat();
        let picture = Picture::clean(&upload).unwrap();
        assert_eq!(picture.kind(), PictureKind::Png);
        assert_eq!(picture.bytes(), [PNG.to_vec(), header(2), data, end].concat());
    }

    #[test]
    fn a_jpeg_loses_where_and_by_whom_it_was_taken() {
        let frame = b"\xff\xc0\0\x0b\x08\0\x10\0\x20\x01\x01\x11\0".to_vec();
        let scan = b"\xff\xda\0\x08\x01\x01\0\0\x3f\0ab\xff\0c\xff\xd0d".to_vec();
        let exif = b"\xff\xe1\0\x08Exif\0\0".to_vec();
        let upload = [b"\xff\xd8".to_vec(), exif, frame.clone(), scan.clone(), b"\xff\xd9<script>".to_vec()];
        let picture = Picture::clean(&upload.concat()).unwrap();
        assert_eq!(picture.bytes(), [b"\xff\xd8".to_vec(), frame, scan, b"\xff\xd9".to_vec()].concat());
    }

    #[test]
    fn what_is_no_picture_is_refused_with_what_to_do() {
        let refused = |bytes: &[u8]| Picture::clean(bytes).unwrap_err();
        assert_eq!(refused(b"<svg onload=alert(1)>"), PictureError::Kind);
        assert_eq!(refused(b"GIF89a"), PictureError::Kind);
        assert_eq!(refused(&vec![0; MAX_PICTURE + 1]), PictureError::Size);
        assert_eq!(refused(PNG), PictureError::Broken);
        assert_eq!(refused(b"\xff\xd8\xff\xd9"), PictureError::Broken);
        let wide = [PNG.to_vec(), header(MAX_SIDE + 1)].concat();
        assert_eq!(refused(&wide), PictureError::Side);
        let endless = [PNG.to_vec(), header(1), b"\xff\xff\xff\xffIDAT".to_vec()].concat();
        assert_eq!(refused(&endless), PictureError::Broken);
    }
}
