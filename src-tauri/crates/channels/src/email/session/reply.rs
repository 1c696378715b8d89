//! Untagged responses, read without believing anything.
//!
//! A small tolerant reader instead of the crate's grammar: a broken attribute of one message must not make a whole
//! mailbox unreadable. Nesting is limited because values are dropped recursively.

use std::borrow::Cow;

use theke_domain::message::Flags;
use theke_domain::time::Timestamp;

const NESTING_MAX: usize = 100;

/// A stretch of a response.
pub(crate) enum Piece {
    /// A line, the announcement of a literal included.
    Text(Vec<u8>),
    /// A literal's bytes.
    Literal(Vec<u8>),
}

/// A value of IMAP's syntax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// A word, a number, `NIL`.
    Atom(String),
    /// A quoted string or a literal.
    Bytes(Vec<u8>),
    /// A list in parentheses.
    List(Vec<Value>),
}

impl Value {
    /// The text of an atom or string; `None` for lists and `NIL`.
    pub(crate) fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Atom(atom) if atom.eq_ignore_ascii_case("NIL") => None,
            Self::Atom(atom) => Some(Cow::Borrowed(atom)),
            Self::Bytes(bytes) => Some(String::from_utf8_lossy(bytes)),
            Self::List(_) => None,
        }
    }

    pub(crate) fn number(&self) -> Option<u64> {
        self.text()?.parse().ok()
    }

    /// The items of a list; nothing for anything else.
    pub(crate) fn items(&self) -> &[Value] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }
}

/// What the server says of one message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fetched {
    pub(crate) uid: Option<u32>,
    pub(crate) flags: Option<Flags>,
    /// Flags that programs make up.
    pub(crate) keywords: Vec<String>,
    pub(crate) received_at: Option<Timestamp>,
    pub(crate) size_bytes: Option<u64>,
    pub(crate) mod_seq: Option<u64>,
    pub(crate) structure: Option<Value>,
    /// Sections by their name in upper case without fields and offsets: ``, `HEADER.FIELDS`, `TEXT`, `1.2`.
    pub(crate) sections: Vec<(String, Vec<u8>)>,
}

impl Fetched {
    /// Takes a section out.
    pub(crate) fn take(&mut self, name: &str) -> Option<Vec<u8>> {
        let at = self.sections.iter().position(|(section, _)| section == name)?;
        Some(self.sections.swap_remove(at).1)
    }
}

/// One untagged response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reply {
    Exists(u32),
    Expunge(u32),
    Fetch(Box<Fetched>),
    List {
        flags: Vec<String>,
        name: String,
    },
    Status {
        items: Vec<(String, u64)>,
    },
    Search(Vec<u32>),
    Vanished {
        earlier: bool,
        uids: Vec<(u32, u32)>,
    },
    Capability(Vec<String>),
    /// `OK` and its like: the code in brackets and its argument.
    Said {
        word: String,
        code: String,
        argument: String,
    },
    Other,
}

impl Reply {
    /// Whether the line is a status response, whose text may look like anything.
    pub(crate) fn is_status(line: &[u8]) -> bool {
        ["* OK", "* NO", "* BAD", "* BYE", "* PREAUTH"]
            .iter()
            .any(|s| line.get(..s.len()).is_some_and(|l| l.eq_ignore_ascii_case(s.as_bytes())))
    }

    /// Reads a status response.
    pub(crate) fn status(line: &[u8]) -> Self {
        let text = String::from_utf8_lossy(line);
        let text = text.trim_end().strip_prefix("* ").unwrap_or_default();
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        let code = rest.strip_prefix('[').and_then(|r| r.split_once(']')).map_or("", |(code, _)| code);
        let (code, argument) = code.split_once(' ').unwrap_or((code, ""));
        if code.eq_ignore_ascii_case("CAPABILITY") {
            return Self::Capability(words(argument));
        }
        Self::Said {
            word: word.to_ascii_uppercase(),
            code: code.to_ascii_uppercase(),
            argument: argument.to_owned(),
        }
    }

    /// Reads any other response.
    pub(crate) fn read(pieces: Vec<Piece>) -> Self {
        let mut values = read_values(pieces).into_iter().skip(1);
        let (Some(first), second) = (values.next(), values.next()) else { return Self::Other };
        let word = first.text().unwrap_or_default().to_ascii_uppercase();
        if let Ok(number) = word.parse::<u32>() {
            let kind = second.and_then(|s| s.text().map(|t| t.to_ascii_uppercase())).unwrap_or_default();
            return match kind.as_str() {
                "EXISTS" => Self::Exists(number),
                "EXPUNGE" => Self::Expunge(number),
                "FETCH" => Self::Fetch(Box::new(fetched(values.next()))),
                _ => Self::Other,
            };
        }
        let rest: Vec<Value> = second.into_iter().chain(values).collect();
        let texts = || rest.iter().filter_map(|v| v.text().map(Cow::into_owned));
        match word.as_str() {
            "LIST" => Self::List {
                flags: rest
                    .first()
                    .map(Value::items)
                    .unwrap_or_default()
                    .iter()
                    .filter_map(|v| v.text().map(Cow::into_owned))
                    .collect(),
                name: rest.get(2).and_then(Value::text).unwrap_or_default().into_owned(),
            },
            "STATUS" => Self::Status { items: pairs(rest.get(1).map(Value::items).unwrap_or_default()) },
            "SEARCH" => Self::Search(texts().filter_map(|t| t.parse().ok()).collect()),
            "VANISHED" => {
                let earlier = rest.len() > 1;
                Self::Vanished {
                    earlier,
                    uids: rest.last().and_then(Value::text).map(|t| ranges(&t)).unwrap_or_default(),
                }
            }
            "CAPABILITY" => Self::Capability(texts().map(|t| t.to_ascii_uppercase()).collect()),
            _ => Self::Other,
        }
    }
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_ascii_uppercase).collect()
}

fn pairs(items: &[Value]) -> Vec<(String, u64)> {
    let pair = |two: &[Value]| match two {
        [name, value] => Some((name.text()?.to_ascii_uppercase(), value.number()?)),
        _ => None,
    };
    items.chunks(2).filter_map(pair).collect()
}

/// `1:3,7` as inclusive ranges.
fn ranges(text: &str) -> Vec<(u32, u32)> {
    let range = |part: &str| {
        let (a, b) = part.split_once(':').unwrap_or((part, part));
        let (a, b): (u32, u32) = (a.parse().ok()?, b.parse().ok()?);
        Some((a.min(b), a.max(b)))
    };
    text.split(',').filter_map(range).collect()
}

fn fetched(list: Option<Value>) -> Fetched {
    let mut out = Fetched::default();
    let Some(Value::List(items)) = list else { return out };
    let mut items = items.into_iter();
    while let (Some(name), Some(value)) = (items.next(), items.next()) {
        let Value::Atom(name) = name else { continue };
        let name = name.to_ascii_uppercase();
        match name.as_str() {
            "UID" => out.uid = value.number().and_then(|n| u32::try_from(n).ok()),
            "RFC822.SIZE" => out.size_bytes = value.number(),
            "INTERNALDATE" => out.received_at = value.text().and_then(|t| internal_date(&t)),
            "MODSEQ" => out.mod_seq = value.items().first().and_then(Value::number),
            "BODYSTRUCTURE" => out.structure = Some(value),
            "FLAGS" => {
                let has = |flag: &str| {
                    value.items().iter().any(|v| v.text().is_some_and(|t| t.eq_ignore_ascii_case(flag)))
                };
                out.flags = Some(Flags { seen: has("\\Seen"), answered: has("\\Answered") });
                let texts = value.items().iter().filter_map(Value::text);
                out.keywords = texts.filter(|t| !t.starts_with('\\')).map(Cow::into_owned).collect();
            }
            _ => {
                if let Some(section) = name.strip_prefix("BODY[").and_then(|s| s.split_once(']')) {
                    let section = section.0.split(' ').next().unwrap_or_default().to_owned();
                    let bytes = match value {
                        Value::Bytes(bytes) => bytes,
                        Value::Atom(atom) if atom.eq_ignore_ascii_case("NIL") => continue,
                        other => other.text().unwrap_or_default().into_owned().into_bytes(),
                    };
                    out.sections.push((section, bytes));
                }
            }
        }
    }
    out
}

/// `17-Jul-1996 02:44:25 -0700` (RFC 3501, date-time).
fn internal_date(text: &str) -> Option<Timestamp> {
    let parsed = jiff::fmt::strtime::parse("%d-%b-%Y %H:%M:%S %z", text.trim()).ok()?;
    Some(Timestamp(parsed.to_timestamp().ok()?.as_millisecond()))
}

/// Reads values across pieces. What closes too often or not at all is tolerated.
fn read_values(pieces: Vec<Piece>) -> Vec<Value> {
    let mut open: Vec<Vec<Value>> = vec![Vec::new()];
    for piece in pieces {
        match piece {
            Piece::Literal(bytes) => push(&mut open, Value::Bytes(bytes)),
            Piece::Text(line) => read_line(&line, &mut open),
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    open.pop().unwrap_or_default()
}

fn push(open: &mut [Vec<Value>], value: Value) {
    if let Some(list) = open.last_mut() {
        list.push(value);
    }
}

fn close(open: &mut Vec<Vec<Value>>) {
    if open.len() > 1 {
        let list = open.pop().unwrap_or_default();
        push(open, Value::List(list));
    }
}

fn read_line(line: &[u8], open: &mut Vec<Vec<Value>>) {
    let mut at = 0;
    while let Some(&byte) = line.get(at) {
        match byte {
            b'(' if open.len() < NESTING_MAX => open.push(Vec::new()),
            b')' => close(open),
            b'"' => {
                let (text, end) = quoted(line, at + 1);
                push(open, Value::Bytes(text));
                at = end;
                continue;
            }
            // The announcement of a literal, which is the next piece.
            b'{' if line.get(at..).is_some_and(|rest| rest.trim_ascii_end().ends_with(b"}"))
                && !rest_has_space(line, at) =>
            {
                return;
            }
            b' ' | b'\r' | b'\n' | b'(' => {}
            _ => {
                let end = atom_end(line, at);
                push(
                    open,
                    Value::Atom(String::from_utf8_lossy(line.get(at..end).unwrap_or_default()).into_owned()),
                );
                at = end;
                continue;
            }
        }
        at += 1;
    }
}

fn rest_has_space(line: &[u8], at: usize) -> bool {
    line.get(at..).is_some_and(|rest| rest.trim_ascii_end().contains(&b' '))
}

fn quoted(line: &[u8], start: usize) -> (Vec<u8>, usize) {
    let mut text = Vec::new();
    let mut at = start;
    while let Some(&byte) = line.get(at) {
        match byte {
            b'"' => return (text, at + 1),
            b'\\' => {
                at += 1;
                text.extend(line.get(at).copied());
            }
            b'\r' | b'\n' => break,
            _ => text.push(byte),
        }
        at += 1;
    }
    (text, at)
}

/// An atom ends at a space or parenthesis, but a section specification in brackets belongs to it.
fn atom_end(line: &[u8], start: usize) -> usize {
    let mut bracket = false;
    let mut at = start;
    while let Some(&byte) = line.get(at) {
        match byte {
            b'[' => bracket = true,
            b']' => bracket = false,
            b'\r' | b'\n' => break,
            b' ' | b'(' | b')' if !bracket => break,
            b'"' if !bracket && at > start => break,
            _ => {}
        }
        at += 1;
    }
    at.max(start + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Reply {
        Reply::read(vec![Piece::Text(line.as_bytes().to_vec())])
    }

    #[test]
    fn a_fetch_with_literals_and_fields() {
        let reply = Reply::read(vec![
            Piece::Text(b"* 12 FETCH (UID 7 FLAGS (\\Seen $x) RFC822.SIZE 44 INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" MODSEQ (624140003) BODY[HEADER.FIELDS (FROM TO)] {3}\r\n".to_vec()),
            Piece::Literal(b"a)b".to_vec()),
            Piece::Text(b" BODY[TEXT]<0> \"q\\\"x\" BODY[1] NIL)\r\n".to_vec()),
        ]);
        let Reply::Fetch(mut fetched) = reply else { panic!("{reply:?}") };
        assert_eq!(
            (fetched.uid, fetched.size_bytes, fetched.mod_seq),
            (Some(7), Some(44), Some(624_140_003))
        );
        assert_eq!(fetched.flags, Some(Flags { seen: true, answered: false }));
        assert_eq!(fetched.keywords, ["$x"]);
        assert_eq!(fetched.received_at.unwrap().to_rfc3339(), "1996-07-17T09:44:25Z");
        assert_eq!(fetched.take("HEADER.FIELDS").unwrap(), b"a)b");
        assert_eq!(fetched.take("TEXT").unwrap(), b"q\"x");
        assert_eq!(fetched.take("1"), None);
    }

    #[test]
    fn the_other_responses() {
        assert_eq!(read("* 3 EXISTS\r\n"), Reply::Exists(3));
        assert_eq!(read("* SEARCH 2 4 x\r\n"), Reply::Search(vec![2, 4]));
        assert_eq!(read("* SEARCH\r\n"), Reply::Search(vec![]));
        assert_eq!(
            read("* VANISHED (EARLIER) 1:3,9\r\n"),
            Reply::Vanished { earlier: true, uids: vec![(1, 3), (9, 9)] }
        );
        assert_eq!(
            read("* LIST (\\HasNoChildren \\Sent) \"/\" \"Ge sendet\"\r\n"),
            Reply::List { flags: vec!["\\HasNoChildren".into(), "\\Sent".into()], name: "Ge sendet".into() }
        );
        assert_eq!(
            read("* STATUS Sent (UIDNEXT 4 MESSAGES 3)\r\n"),
            Reply::Status { items: vec![("UIDNEXT".into(), 4), ("MESSAGES".into(), 3)] }
        );
        assert_eq!(
            Reply::status(b"* OK [UIDVALIDITY 77] fine {3}\r\n"),
            Reply::Said { word: "OK".into(), code: "UIDVALIDITY".into(), argument: "77".into() }
        );
    }

    #[test]
    fn nonsense_ends() {
        assert_eq!(read("*"), Reply::Other);
        assert_eq!(read("* 1 FETCH (((((\r\n").clone(), Reply::Fetch(Box::default()));
        let deep = format!("* 1 FETCH (BODYSTRUCTURE {}\r\n", "(".repeat(100_000));
        assert!(matches!(read(&deep), Reply::Fetch(_)));
    }
}
