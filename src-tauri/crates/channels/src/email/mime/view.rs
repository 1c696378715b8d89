//! What the MIME parser gets to see: the message within limits, repaired where the parser would lose text.
//!
//! The parser is linear in its input but unfolds nested messages on the stack and searches every enclosing boundary
//! anew, so a mail of 30,000 nested messages would end the program. Nested messages are therefore shown to it under
//! another type name and stay attachments, and structure beyond the limits is cut off. The stored source is never
//! touched; `problems` says what was done.

use std::borrow::Cow;

use memchr::memmem;

/// Largest header block that is read, in bytes.
pub const HEADERS_MAX_BYTES: usize = 1024 * 1024;
/// Most parts that are kept as attachments.
pub const PARTS_MAX: usize = 1000;
/// Deepest nesting; a message with more multiparts than this is cut behind the last one that counts.
pub const DEPTH_MAX: usize = 50;
/// Most bytes of a message that are unpacked.
pub const UNPACKED_MAX_BYTES: usize = 100 * 1024 * 1024;

/// Multiparts side by side are usual in digests; nested ones beyond [`DEPTH_MAX`] are an attack. Telling them apart
/// needs the parser, so this many of both are let through.
const MULTIPARTS_MAX: usize = 4 * DEPTH_MAX;
/// Letters that stand in for the first one of a type which must not be unfolded.
const MASKS: [(u8, u8); 6] = [(b'r', 1), (b'R', 2), (b'g', 3), (b'G', 4), (b'd', 5), (b'D', 6)];

/// The bytes for the parser and the way back to the original.
pub struct View<'a> {
    /// The bytes for the parser.
    pub bytes: Cow<'a, [u8]>,
    /// What was wrong.
    pub problems: Vec<String>,
    original: &'a [u8],
    /// Added to an offset behind the header block to get the offset in the original.
    to_original: i64,
    masked: bool,
}

impl<'a> View<'a> {
    /// Prepares `raw`.
    pub fn new(raw: &'a [u8]) -> Self {
        let skipped = envelope_bytes(raw);
        let mut problems = Vec::new();
        let mut bytes = Cow::Borrowed(raw.get(skipped..).unwrap_or_default());
        if bytes.len() > UNPACKED_MAX_BYTES {
            problems.push("the message is longer than 100 MB; the rest is not read".to_owned());
            bytes = Cow::Borrowed(raw.get(skipped..skipped + UNPACKED_MAX_BYTES).unwrap_or_default());
        }
        if ends_lines_with_cr(&bytes) {
            bytes = Cow::Owned(bytes.iter().map(|&b| if b == b'\r' { b'\n' } else { b }).collect());
        }
        let mut view = Self { bytes, problems, original: raw, to_original: skipped as i64, masked: false };
        view.repair_headers();
        view.mend_boundaries();
        view.cut_structure();
        view.mask_nested();
        view
    }

    /// The original bytes of a part that is not encoded, by the parser's offsets.
    pub fn original(&self, start: u32, end: u32) -> &'a [u8] {
        let at = |offset: u32| usize::try_from(i64::from(offset) + self.to_original).unwrap_or(0);
        self.original.get(at(start)..at(end)).unwrap_or_default()
    }

    /// Takes the stand-in letters out of a text that the parser returned.
    pub fn unmask<'t>(&self, text: impl Into<Cow<'t, str>>) -> Cow<'t, str> {
        let text = text.into();
        if !self.masked || !text.bytes().any(|b| (1..=6).contains(&b)) {
            return text;
        }
        let back = |c: char| {
            MASKS.iter().find(|(_, mask)| char::from(*mask) == c).map_or(c, |(letter, _)| char::from(*letter))
        };
        Cow::Owned(text.chars().map(back).collect())
    }

    fn repair_headers(&mut self) {
        let whole = header_end(&self.bytes);
        let unmarked = body_without_mark(self.bytes.get(..whole).unwrap_or_default());
        let end = unmarked.unwrap_or(whole);
        let Some(headers) = self.bytes.get(..end) else { return };
        let mut wanted = Cow::Borrowed(headers);
        if unmarked.is_some() {
            self.problems.push("no empty line stands between the headers and the text".to_owned());
            wanted.to_mut().extend_from_slice(b"\r\n");
        }
        if end > HEADERS_MAX_BYTES {
            self.problems.push("the headers are longer than 1 MB; the rest of them is not read".to_owned());
            let kept = headers.get(..HEADERS_MAX_BYTES).unwrap_or_default();
            let line = memchr::memrchr(b'\n', kept).map_or(kept.len(), |at| at + 1);
            let mut cut = kept.get(..line).unwrap_or_default().to_vec();
            cut.extend_from_slice(b"\r\n");
            wanted = Cow::Owned(cut);
        }
        if std::str::from_utf8(&wanted).is_err() {
            self.problems.push("the headers hold bytes that are not UTF-8; read as Windows-1252".to_owned());
            wanted = Cow::Owned(recode_lines(&wanted));
        }
        if end == self.bytes.len() && !headers.ends_with(b"\n\n") && !headers.ends_with(b"\n\r\n") {
            // The parser drops a last header that no line end closes.
            wanted.to_mut().extend_from_slice(b"\r\n\r\n");
        }
        if let Cow::Owned(mut new) = wanted {
            self.to_original -= new.len() as i64 - end as i64;
            new.extend_from_slice(self.bytes.get(end..).unwrap_or_default());
            self.bytes = Cow::Owned(new);
        }
    }

    /// A boundary that stands on the line after its `=` would be lost, and with it every part.
    fn mend_boundaries(&mut self) {
        let folded: Vec<(usize, usize, usize)> = memmem::find_iter(&self.bytes, b"oundary=")
            .filter_map(|at| folded_value(&self.bytes, at + 8))
            .collect();
        for (start, value, end) in folded {
            if let Some(piece) = self.bytes.to_mut().get_mut(start..end) {
                piece.rotate_left(value - start);
                if let Some(blank) = piece.get_mut(end - value..) {
                    blank.fill(b' ');
                }
            }
        }
    }

    /// Cuts behind the multipart that is one too many.
    fn cut_structure(&mut self) {
        let finder = memmem::Finder::new(b"oundary");
        let mut multiparts = 0;
        let cut = finder.find_iter(&self.bytes).find(|&at| {
            let rest = self.bytes.get(at + 7..(at + 12).min(self.bytes.len())).unwrap_or_default();
            multiparts +=
                usize::from(rest.trim_ascii_start().first().is_some_and(|b| matches!(b, b'=' | b'*')));
            multiparts > MULTIPARTS_MAX
        });
        let Some(cut) = cut else { return };
        self.problems.push("the message is nested too deeply; the inner parts are not read".to_owned());
        match &mut self.bytes {
            Cow::Borrowed(bytes) => *bytes = bytes.get(..cut).unwrap_or_default(),
            Cow::Owned(bytes) => bytes.truncate(cut),
        }
    }

    fn mask_nested(&mut self) {
        let mut at_all: Vec<(usize, u8)> = Vec::new();
        for (word, parent) in [("rfc822", "message"), ("global", "message"), ("digest", "multipart")] {
            for at in positions(&self.bytes, word.as_bytes()) {
                let before = self.bytes.get(at.saturating_sub(200)..at).unwrap_or_default();
                if positions(before, parent.as_bytes()).next().is_some() {
                    let mask = self.bytes.get(at).and_then(|b| MASKS.iter().find(|(letter, _)| letter == b));
                    at_all.extend(mask.map(|(_, mask)| (at, *mask)));
                }
            }
        }
        if at_all.is_empty() {
            return;
        }
        let bytes = self.bytes.to_mut();
        for (at, mask) in at_all {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = mask;
            }
        }
        self.masked = true;
    }
}

/// Where the text begins that follows the headers without an empty line; `None` where all is as it should be, or where
/// more headers come behind a line that is none.
fn body_without_mark(headers: &[u8]) -> Option<usize> {
    let (mut at, mut found, mut text) = (0, false, None);
    for line in headers.split_inclusive(|&b| b == b'\n') {
        let plain = line.trim_ascii_end();
        let goes_on = line.starts_with(b" ") || line.starts_with(b"\t");
        if is_header(plain) {
            (found, text) = (true, None);
        } else if found && text.is_none() && !goes_on && !plain.is_empty() {
            text = Some(at);
        }
        at += line.len();
    }
    text
}

/// `Name: value`.
fn is_header(line: &[u8]) -> bool {
    let name = line.iter().position(|b| *b == b':').and_then(|colon| line.get(..colon)).unwrap_or_default();
    let name = name.trim_ascii_end();
    !name.is_empty() && name.iter().all(u8::is_ascii_graphic)
}

/// If a line ends right at `start`: that place, where the value on the next line begins, and where it ends.
fn folded_value(bytes: &[u8], start: usize) -> Option<(usize, usize, usize)> {
    let rest = bytes.get(start..(start + 400).min(bytes.len()))?;
    let blank = rest.iter().position(|b| !b.is_ascii_whitespace())?;
    let lines = rest.get(..blank)?.iter().filter(|b| **b == b'\n').count();
    if lines != 1 || !rest.get(blank - 1).is_some_and(|b| matches!(b, b' ' | b'\t')) {
        return None;
    }
    let value = rest.get(blank..)?;
    let length = match value.strip_prefix(b"\"") {
        Some(quoted) => {
            quoted
                .iter()
                .position(|b| matches!(b, b'"' | b'\n'))
                .filter(|at| quoted.get(*at) == Some(&b'"'))?
                + 2
        }
        None => value.iter().position(|b| b.is_ascii_whitespace() || *b == b';')?,
    };
    Some((start, start + blank, start + blank + length))
}

/// Length of the header block with the empty line that ends it.
pub fn header_end(bytes: &[u8]) -> usize {
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'\n', bytes.get(from..).unwrap_or_default()) {
        let next = from + at + 1;
        match bytes.get(next..) {
            Some([b'\n', ..]) => return next + 1,
            Some([b'\r', b'\n', ..]) => return next + 2,
            _ => from = next,
        }
    }
    bytes.len()
}

/// Bytes before the first header: a byte order mark, the `From ` line of an mbox.
fn envelope_bytes(raw: &[u8]) -> usize {
    let bom = if raw.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let rest = raw.get(bom..).unwrap_or_default();
    if let Some(blank) = blank_before_headers(rest) {
        return bom + blank;
    }
    if !rest.starts_with(b"From ") && !rest.starts_with(b">From ") {
        return bom;
    }
    memchr::memchr(b'\n', rest).map_or(bom, |at| bom + at + 1)
}

/// Blank lines above the headers, which would end them; `None` if there are none or no header follows.
fn blank_before_headers(rest: &[u8]) -> Option<usize> {
    let start = rest.iter().position(|b| !b.is_ascii_whitespace()).filter(|at| *at > 0)?;
    let tail = rest.get(start..)?;
    let name = tail.iter().position(|b| !b.is_ascii_alphanumeric() && *b != b'-')?;
    (name > 0 && tail.get(name) == Some(&b':')).then_some(start)
}

fn ends_lines_with_cr(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(64 * 1024)).unwrap_or_default();
    memchr::memchr(b'\n', start).is_none() && memchr::memchr(b'\r', start).is_some()
}

/// Recodes the lines that are not UTF-8 and leaves the others.
fn recode_lines(headers: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(headers.len() + 64);
    for line in headers.split_inclusive(|&b| b == b'\n') {
        match std::str::from_utf8(line) {
            Ok(_) => out.extend_from_slice(line),
            Err(_) => out
                .extend_from_slice(encoding_rs::WINDOWS_1252.decode_without_bom_handling(line).0.as_bytes()),
        }
    }
    out
}

/// Where `word` (lower case) occurs, in any case.
fn positions<'b>(bytes: &'b [u8], word: &'static [u8]) -> impl Iterator<Item = usize> + 'b {
    let first = word.first().copied().unwrap_or_default();
    memchr::memchr2_iter(first, first.to_ascii_uppercase(), bytes).filter(move |&at| {
        bytes.get(at..at + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_messages_are_masked_and_come_back() {
        let raw =
            b"Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nmy message is of global use\r\n";
        let view = View::new(raw);
        assert_ne!(view.bytes.as_ref(), raw);
        assert_eq!(view.unmask(String::from_utf8_lossy(&view.bytes)).as_bytes(), raw);
        assert_eq!(view.original(32, 36), b"Subj".get(..4).unwrap_or_default());
    }

    #[test]
    fn an_mbox_line_and_latin_headers_shift_the_offsets() {
        let raw = b"From x Mon\nSubject: Gr\xfc\xdfe\n\nbody";
        let view = View::new(raw);
        assert_eq!(view.bytes.as_ref(), "Subject: Grüße\n\nbody".as_bytes());
        let start = view.bytes.len() as u32 - 4;
        assert_eq!(view.original(start, start + 4), b"body");
    }

    #[test]
    fn blank_lines_above_the_headers_are_skipped() {
        assert_eq!(View::new(b"  \n\nSubject: x\n\ny").bytes.as_ref(), b"Subject: x\n\ny");
        assert_eq!(View::new(b"\n\njust text").bytes.first(), Some(&b'\n'));
    }

    #[test]
    fn text_without_an_empty_line_above_it_is_text() {
        for (raw, body) in [
            (&b"Subject: x\nGuten Tag,\nist es fertig?\n"[..], Some("Guten Tag,\nist es fertig?\n")),
            (b"Subject: x\n \nGuten Tag\n", Some("Guten Tag\n")),
            (b"Subject: x\nnonsense\nFrom: a@b.example\n\nGuten Tag\n", None),
            (b"Subject: x\n folded on\nFrom: a@b.example\n\nGuten Tag\n", None),
            (b"Guten Tag\n\nund mehr\n", None),
        ] {
            let view = View::new(raw);
            let end = view.bytes.len() as u32;
            let start = header_end(&view.bytes) as u32;
            assert_eq!(view.problems.len(), usize::from(body.is_some()), "{:?}", view.problems);
            if let Some(body) = body {
                assert_eq!(view.original(start, end), body.as_bytes());
            }
        }
    }

    #[test]
    fn a_boundary_on_the_next_line_is_found() {
        let raw = b"Content-Type: multipart/mixed; boundary=\n\t\"xxx\"\n\n--xxx\n\nHi\n--xxx--\n";
        let view = View::new(raw);
        assert!(String::from_utf8_lossy(&view.bytes).contains("boundary=\"xxx\"  \n\n--xxx"));
        assert_eq!(view.bytes.len(), raw.len());
        for left in [&b"boundary=\n\nxxx\n"[..], b"boundary=xxx\n", b"boundary=", b"boundary=\n \"x"] {
            let raw = [b"Content-Type: multipart/mixed; ", left].concat();
            assert!(View::new(&raw).bytes.starts_with(&raw));
        }
    }

    #[test]
    fn headers_beyond_a_megabyte_are_cut_at_a_line() {
        let raw = [b"X: y\r\n".repeat(400_000).as_slice(), b"\r\nbody"].concat();
        let view = View::new(&raw);
        assert!(view.bytes.len() < HEADERS_MAX_BYTES + 20);
        assert!(view.bytes.ends_with(b"\r\n\r\nbody"));
        assert_eq!(view.problems.len(), 1);
    }
}
