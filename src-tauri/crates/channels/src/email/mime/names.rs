//! Attachments that a person should be warned about: by their name, and by what a ZIP says of itself.
//!
//! Nothing is unpacked. Not here: making a name safe for the disk, which the engine does when it saves.

use theke_domain::file_name::is_risky;

use super::inspect::Finding;

/// Endings that hide what really follows.
const HARMLESS: [&str; 14] =
    ["pdf", "doc", "docx", "xls", "xlsx", "txt", "jpg", "jpeg", "png", "gif", "mp3", "mp4", "zip", "csv"];

/// What is wrong with an attachment of this name (as it was given) and content.
pub fn findings(given: &str, mime_type: &str, content: &[u8], out: &mut Vec<Finding>) {
    let mut add = |what: &str| {
        out.push(Finding { what: what.to_owned(), place: format!("attachment {}", shown(given)) })
    };
    if let Some(what) = name_problem(given, mime_type) {
        add(what);
    }
    if given.contains(['/', '\\']) || given.starts_with('~') || given.get(1..2) == Some(":") {
        add("a path in the file name");
    }
    if given
        .chars()
        .any(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}'))
    {
        add("letters that turn the reading direction in the file name");
    }
    if content.starts_with(b"MZ") || content.starts_with(b"\x7fELF") {
        add("a program");
    }
    if let Some(zip) = Zip::read(content) {
        if zip.encrypted {
            add("an encrypted archive, which no virus scanner can read");
        }
        if zip.names.iter().any(|n| name_problem(n, "").is_some()) {
            add("an archive with a runnable file");
        }
    } else if content.starts_with(b"Rar!\x1a\x07") && rar_is_encrypted(content) {
        add("an encrypted archive, which no virus scanner can read");
    }
}

fn name_problem(name: &str, mime_type: &str) -> Option<&'static str> {
    if !is_risky(name, mime_type) {
        return None;
    }
    let lower = name.to_lowercase();
    let pieces: Vec<&str> = lower.split('.').map(str::trim).collect();
    let disguised = pieces
        .get(1..pieces.len().saturating_sub(1))
        .unwrap_or_default()
        .iter()
        .any(|piece| HARMLESS.contains(piece));
    Some(if disguised { "a runnable file that looks like a document" } else { "a runnable file" })
}

/// Without the characters that would garble the report.
fn shown(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .take(100)
        .collect()
}

/// The names in a ZIP's local file headers, and whether any of them is encrypted.
struct Zip {
    encrypted: bool,
    names: Vec<String>,
}

impl Zip {
    fn read(content: &[u8]) -> Option<Self> {
        if !content.starts_with(b"PK\x03\x04") {
            return None;
        }
        let mut zip = Self { encrypted: false, names: Vec::new() };
        for at in memchr::memmem::find_iter(content, b"PK\x03\x04").take(1000) {
            let Some(header) = content.get(at..at + 30) else { break };
            let word = |i: usize| {
                header
                    .get(i..i + 2)
                    .map_or(0, |b| b.iter().rev().fold(0_usize, |n, &b| n << 8 | usize::from(b)))
            };
            zip.encrypted |= word(6) & 1 == 1;
            let name = content.get(at + 30..at + 30 + word(26)).unwrap_or_default();
            zip.names.push(String::from_utf8_lossy(name).into_owned());
        }
        Some(zip)
    }
}

/// RAR 4 and 5 mark encrypted headers; encrypted files with open headers are not looked for.
fn rar_is_encrypted(content: &[u8]) -> bool {
    match content.get(6) {
        Some(0) => {
            content.get(10).is_some_and(|flags| flags & 0x80 != 0)
                || content.get(23).is_some_and(|flags| flags & 0x04 != 0)
        }
        _ => content.get(13).is_some_and(|kind| *kind == 4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whats(name: &str, content: &[u8]) -> Vec<String> {
        let mut out = Vec::new();
        findings(name, "application/octet-stream", content, &mut out);
        out.into_iter().map(|f| f.what).collect()
    }

    #[test]
    fn runnable_names_are_found() {
        assert_eq!(whats("Rechnung.pdf", b"%PDF"), Vec::<String>::new());
        assert_eq!(whats("Rechnung.pdf.exe", b""), ["a runnable file that looks like a document"]);
        assert_eq!(whats("a.JS. ", b""), ["a runnable file"]);
        assert_eq!(whats("../x.txt", b""), ["a path in the file name"]);
        assert_eq!(whats("exe", b""), Vec::<String>::new());
        assert_eq!(whats("gpj\u{202e}exe.txt", b"").len(), 1);
    }

    #[test]
    fn zips_are_looked_into() {
        let mut zip = b"PK\x03\x04\x14\x00\x01\x00".to_vec();
        zip.extend([0; 18]);
        zip.extend([5, 0, 0, 0]);
        zip.extend(b"a.exe");
        assert_eq!(whats("a.zip", &zip).len(), 2);
    }
}
