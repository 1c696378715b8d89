//! Large mails: their structure and text now, the other parts when somebody wants them.

use std::collections::BTreeMap;

use base64::Engine;
use theke_domain::message::{Completeness, Incoming, IncomingPart, PartRef};

use super::convert::{self, HEADER_ITEMS, HEADER_MAX_BYTES};
use super::cursor::Place;
use super::poll::BATCH_MAX_BYTES;
use crate::email::mime;
use crate::email::session::reply::{Fetched, Value};
use crate::email::session::{Imap, uid_set};
use crate::error::{Error, ErrorKind, Result};

/// A text part is fetched up to here.
const TEXT_MAX_BYTES: u64 = 1024 * 1024;
/// Most text parts that are fetched of one mail.
const TEXTS_MAX: usize = 12;
/// Most parts of one mail that are listed, and the deepest nesting.
const PARTS_MAX: usize = 1000;
const DEPTH_MAX: usize = 50;
const SEPARATOR: char = '\u{1f}';

/// A leaf of a BODYSTRUCTURE.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Leaf {
    section: String,
    mime_type: String,
    charset: Option<String>,
    name: Option<String>,
    content_id: Option<String>,
    encoding: String,
    size: u64,
    disposition: String,
}

impl Leaf {
    fn is_text(&self) -> bool {
        (self.mime_type == "text/plain" || self.mime_type == "text/html")
            && self.disposition != "attachment"
            && self.name.is_none()
    }

    /// How many bytes come out when it is decoded, as far as one can tell.
    fn decoded_bytes(&self) -> u64 {
        if self.encoding == "base64" { self.size / 78 * 57 + self.size % 78 * 3 / 4 } else { self.size }
    }
}

/// Fetches these messages, in this order, as text with remote parts, up to the one with which the texts become too
/// many bytes. Returns how many of `uids` are done with.
pub(super) fn fetch(imap: &mut Imap, place: &Place, uids: &[u32]) -> Result<(usize, Vec<(u32, Incoming)>)> {
    let items = format!("{HEADER_ITEMS} BODYSTRUCTURE");
    let mut found: Vec<(u32, Vec<Leaf>, Incoming)> = Vec::new();
    let mut sorted = uids.to_vec();
    sorted.sort_unstable();
    for mut fetched in imap.fetch(&uid_set(&sorted), &items, uids.len() * HEADER_MAX_BYTES)? {
        let leaves = fetched.structure.take().map(|s| leaves(&s)).unwrap_or_default();
        if let (Some(uid), Some(incoming)) = (fetched.uid, convert::headers(place, fetched)) {
            found.push((uid, leaves, incoming));
        }
    }
    let mut bytes = 0;
    let text_bytes = |uid: &u32| {
        found
            .iter()
            .find(|(u, _, _)| u == uid)
            .map_or(0, |(_, leaves, _)| texts(leaves).map(|l| l.size.min(TEXT_MAX_BYTES)).sum())
    };
    let fits = |uid: &&u32| {
        bytes += text_bytes(uid);
        bytes <= BATCH_MAX_BYTES
    };
    let done = uids.iter().take_while(fits).count().max(1);
    let wanted = uids.get(..done).unwrap_or(uids);
    found.retain(|(uid, _, _)| wanted.contains(uid));
    let mut texts = fetch_texts(imap, &found)?;
    let incoming = found
        .into_iter()
        .map(|(uid, leaves, incoming)| (uid, assemble(place, uid, &leaves, incoming, texts.remove(&uid))))
        .collect();
    Ok((done, incoming))
}

/// The parts that are fetched as text.
fn texts(leaves: &[Leaf]) -> impl Iterator<Item = &Leaf> {
    leaves.iter().filter(|l| l.is_text()).take(TEXTS_MAX)
}

fn fetch_texts(imap: &mut Imap, found: &[(u32, Vec<Leaf>, Incoming)]) -> Result<BTreeMap<u32, Fetched>> {
    // Messages whose texts have the same section numbers share one command.
    let mut groups: BTreeMap<Vec<String>, Vec<u32>> = BTreeMap::new();
    for (uid, leaves, _) in found {
        let sections: Vec<String> = texts(leaves).map(|l| l.section.clone()).collect();
        if !sections.is_empty() {
            groups.entry(sections).or_default().push(*uid);
        }
    }
    let mut texts_by_uid: BTreeMap<u32, Fetched> = BTreeMap::new();
    for (sections, mut uids) in groups {
        uids.sort_unstable();
        let items: Vec<String> =
            sections.iter().map(|s| format!("BODY.PEEK[{s}]<0.{TEXT_MAX_BYTES}>")).collect();
        let room = uids.len().saturating_mul(sections.len()).saturating_mul(TEXT_MAX_BYTES as usize);
        for fetched in imap.fetch(&uid_set(&uids), &format!("UID {}", items.join(" ")), room)? {
            texts_by_uid.extend(fetched.uid.map(|uid| (uid, fetched)));
        }
    }
    Ok(texts_by_uid)
}

fn assemble(
    place: &Place,
    uid: u32,
    leaves: &[Leaf],
    mut incoming: Incoming,
    mut texts: Option<Fetched>,
) -> Incoming {
    let mut plain = Vec::new();
    let mut html = Vec::new();
    for leaf in leaves.iter().take(PARTS_MAX) {
        let bytes = texts.as_mut().filter(|_| leaf.is_text()).and_then(|t| t.take(&leaf.section));
        match bytes {
            Some(bytes) => {
                if leaf.size > TEXT_MAX_BYTES {
                    incoming
                        .problems
                        .push("the text is longer than 1 MB; the rest stays at the provider".to_owned());
                }
                let kind = if leaf.mime_type == "text/html" { &mut html } else { &mut plain };
                kind.push(mime::text_part(&leaf.mime_type, leaf.charset.as_deref(), &leaf.encoding, &bytes));
            }
            None => incoming.parts.push(remote_part(place, uid, leaf)),
        }
    }
    let html = (!html.is_empty()).then(|| html.concat());
    let text = if plain.is_empty() {
        html.as_deref().map(mime::html_to_text).unwrap_or_default()
    } else {
        plain.join("\n")
    };
    for part in &mut incoming.parts {
        let shown = |id: &String| html.as_deref().is_some_and(|h| h.contains(id.as_str()));
        part.inline = part.content_id.as_ref().is_some_and(shown);
    }
    mime::set_text(&mut incoming, text, html);
    incoming.completeness = Completeness::Text;
    incoming
}

fn remote_part(place: &Place, uid: u32, leaf: &Leaf) -> IncomingPart {
    let id = convert::remote_id(place, uid).0;
    IncomingPart {
        name: leaf.name.clone(),
        mime_type: leaf.mime_type.clone(),
        size_bytes: leaf.decoded_bytes(),
        sha256: None,
        inline: false,
        content_id: leaf.content_id.clone(),
        part_ref: Some(PartRef(format!(
            "{id}{SEPARATOR}{}{SEPARATOR}{}{SEPARATOR}{}",
            leaf.section, leaf.encoding, leaf.size
        ))),
        content: None,
    }
}

/// Where a part is and how it is packed.
pub(super) struct Remote {
    pub(super) folder: String,
    pub(super) validity: u32,
    pub(super) uid: u32,
    pub(super) section: String,
    pub(super) encoding: String,
    pub(super) size: u64,
}

impl Remote {
    pub(super) fn read(part: &PartRef) -> Result<Self> {
        let broken = || Error::new(ErrorKind::Protocol, "the place of this part cannot be read");
        let mut pieces = part.0.rsplitn(4, SEPARATOR);
        let mut next = || pieces.next().ok_or_else(broken);
        let (size, encoding, section, id) = (next()?, next()?, next()?, next()?);
        let (folder, validity, uid) =
            convert::parse_remote_id(&theke_domain::message::RemoteId(id.to_owned())).ok_or_else(broken)?;
        let fits = !section.is_empty() && section.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let size = size.parse().ok().filter(|_| fits).ok_or_else(broken)?;
        Ok(Self { folder, validity, uid, section: section.to_owned(), encoding: encoding.to_owned(), size })
    }
}

/// Decodes a part piece by piece, so that only its decoded bytes are ever in memory.
pub(super) struct Decoder {
    encoding: String,
    pending: Vec<u8>,
    pub(super) out: Vec<u8>,
}

impl Decoder {
    pub(super) fn new(encoding: &str) -> Self {
        Self { encoding: encoding.to_ascii_lowercase(), pending: Vec::new(), out: Vec::new() }
    }

    pub(super) fn feed(&mut self, bytes: &[u8]) {
        if self.encoding != "base64" {
            self.out.extend_from_slice(bytes);
            return;
        }
        self.pending.extend(bytes.iter().filter(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/')));
        let whole = self.pending.len() / 4 * 4;
        let quads: Vec<u8> = self.pending.drain(..whole).collect();
        if let Ok(decoded) = base64::engine::general_purpose::STANDARD_NO_PAD.decode(&quads) {
            self.out.extend(decoded);
        }
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        match self.encoding.as_str() {
            "base64" => {
                // The last one may end in the middle of a byte, which strict decoders refuse.
                let lenient = base64::engine::GeneralPurpose::new(
                    &base64::alphabet::STANDARD,
                    base64::engine::GeneralPurposeConfig::new()
                        .with_decode_allow_trailing_bits(true)
                        .with_decode_padding_mode(base64::engine::DecodePaddingMode::RequireNone),
                );
                self.out.extend(lenient.decode(&self.pending).unwrap_or_default());
                self.out
            }
            "quoted-printable" => mail_parser::decoders::quoted_printable::quoted_printable_decode(&self.out)
                .unwrap_or(self.out),
            _ => self.out,
        }
    }
}

/// The leaves of a BODYSTRUCTURE in their order.
fn leaves(structure: &Value) -> Vec<Leaf> {
    let mut out = Vec::new();
    let first_is_part = structure.items().first().is_some_and(|v| matches!(v, Value::List(_)));
    if first_is_part {
        walk(structure, "", 0, &mut out)
    } else {
        out.extend(leaf(structure, "1".to_owned()))
    }
    out
}

fn walk(multipart: &Value, prefix: &str, depth: usize, out: &mut Vec<Leaf>) {
    let parts = multipart.items().iter().take_while(|v| matches!(v, Value::List(_)));
    for (nth, part) in parts.enumerate() {
        if depth >= DEPTH_MAX || out.len() >= PARTS_MAX {
            return;
        }
        let section = if prefix.is_empty() { (nth + 1).to_string() } else { format!("{prefix}.{}", nth + 1) };
        if part.items().first().is_some_and(|v| matches!(v, Value::List(_))) {
            walk(part, &section, depth + 1, out);
        } else {
            out.extend(leaf(part, section));
        }
    }
}

/// body-type-1part (RFC 3501): type, subtype, parameters, id, description, encoding, size, then extensions.
fn leaf(part: &Value, section: String) -> Option<Leaf> {
    let items = part.items();
    let text = |at: usize| items.get(at).and_then(Value::text).map(|t| t.into_owned());
    let lower = |at: usize| text(at).map(|t| t.to_ascii_lowercase());
    let mime_type = format!("{}/{}", lower(0)?, lower(1)?);
    // Text has a line count and an attached mail three more fields before the extensions.
    let extensions = match mime_type.as_str() {
        t if t.starts_with("text/") => 8,
        "message/rfc822" => 10,
        _ => 7,
    };
    let disposition = items.get(extensions + 1).map(Value::items).unwrap_or_default();
    let parameters = items.get(2).map(Value::items).unwrap_or_default();
    let of_disposition = disposition.get(1).map(Value::items).unwrap_or_default();
    let name = parameter(of_disposition, "filename").or_else(|| parameter(parameters, "name"));
    Some(Leaf {
        section,
        charset: parameter(parameters, "charset"),
        name: name.map(|n| mime::file_name(&n)).filter(|n| !n.is_empty()),
        content_id: text(3).map(|id| id.trim_matches(['<', '>']).to_owned()).filter(|id| !id.is_empty()),
        encoding: lower(5).unwrap_or_default(),
        size: items.get(6).and_then(Value::number).unwrap_or(0),
        disposition: disposition.first().and_then(Value::text).unwrap_or_default().to_ascii_lowercase(),
        mime_type,
    })
}

/// A parameter, also one that is continued or has a charset (RFC 2231).
fn parameter(list: &[Value], wanted: &str) -> Option<String> {
    let pairs: Vec<(String, String)> = list
        .chunks_exact(2)
        .filter_map(|two| Some((two.first()?.text()?.to_ascii_lowercase(), two.get(1)?.text()?.into_owned())))
        .collect();
    if let Some((_, value)) = pairs.iter().find(|(name, _)| name == wanted) {
        return Some(value.clone());
    }
    let extended: Vec<&(String, String)> = pairs
        .iter()
        .filter(|(name, _)| name.strip_prefix(wanted).is_some_and(|r| r.starts_with('*')))
        .collect();
    if extended.is_empty() {
        return None;
    }
    let header: String =
        extended.iter().map(|(name, value)| format!("; {name}=\"{}\"", value.replace('"', ""))).collect();
    mime::content_type_parameter(&header, wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::email::session::reply::{Piece, Reply};

    fn structure(text: &str) -> Vec<Leaf> {
        let line = format!("* 1 FETCH (UID 1 BODYSTRUCTURE {text})\r\n");
        let Reply::Fetch(fetched) = Reply::read(vec![Piece::Text(line.into_bytes())]) else {
            panic!("no fetch")
        };
        leaves(&fetched.structure.unwrap())
    }

    #[test]
    fn sections_are_numbered_as_the_server_does() {
        let text = r#"((("TEXT" "PLAIN" ("CHARSET" "utf-8") NIL NIL "quoted-printable" 20 1 NIL NIL NIL NIL)("TEXT" "HTML" ("CHARSET" "utf-8") NIL NIL "base64" 99 2 NIL NIL NIL NIL) "ALTERNATIVE" NIL NIL NIL NIL)("APPLICATION" "PDF" ("NAME" "a.pdf") "<cid@x>" NIL "base64" 780000 NIL ("ATTACHMENT" ("FILENAME*0*" "utf-8''%C3%A4" "FILENAME*1*" "b.pdf")) NIL NIL) "MIXED" ("BOUNDARY" "x") NIL NIL NIL)"#;
        let leaves = structure(text);
        let sections: Vec<&str> = leaves.iter().map(|l| l.section.as_str()).collect();
        assert_eq!(sections, ["1.1", "1.2", "2"]);
        assert!(leaves[0].is_text() && leaves[1].is_text() && !leaves[2].is_text());
        assert_eq!(leaves[2].name.as_deref(), Some("äb.pdf"));
        assert_eq!(leaves[2].decoded_bytes(), 570_000);
        assert_eq!(leaves[2].content_id.as_deref(), Some("cid@x"));
    }

    #[test]
    fn a_single_part_is_section_1_and_nonsense_is_nothing() {
        assert_eq!(structure(r#"("TEXT" "PLAIN" NIL NIL NIL "7BIT" 400000 99)"#)[0].section, "1");
        assert_eq!(structure("NIL"), Vec::<Leaf>::new());
        assert_eq!(structure(&format!("{}{}", "(".repeat(90), ")".repeat(90))), Vec::<Leaf>::new());
    }

    #[test]
    fn base64_is_decoded_across_pieces() {
        let mut decoder = Decoder::new("BASE64");
        for piece in ["aGFs", "b\r\n", "G8", "="] {
            decoder.feed(piece.as_bytes());
        }
        assert_eq!(decoder.finish(), b"hallo");
    }
}
