//! Message files on this computer, for import: single messages, mbox files, Maildir folders, and folders of these.
//!
//! Read one message at a time, so that a mailbox of any size needs the memory of its largest message. What is in a
//! message is read by [`crate::mime`]. Not here: storing, and telling what is known.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use theke_domain::message::Flags;

/// The largest message that is read from a file.
pub const MESSAGE_MAX_BYTES: u64 = 100 * 1024 * 1024;

/// One message of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it lies; messages of one mbox share it.
    pub path: PathBuf,
    /// Its bytes.
    pub raw: Vec<u8>,
    /// Read and answered, where the place says so; read otherwise, because imported mail is not news.
    pub flags: Flags,
}

/// What goes wrong with one file. The others are still read.
#[derive(Debug)]
pub struct Trouble {
    /// The file.
    pub path: PathBuf,
    /// The system's reason.
    pub error: io::Error,
}

/// Hands every message under `path` to `take`, which says whether to go on; troubles go to `fail`.
pub fn each(path: &Path, take: &mut dyn FnMut(Found) -> bool, fail: &mut dyn FnMut(Trouble)) {
    let mut walk = Walk { take, fail, going: true };
    walk.path(path);
}

struct Walk<'a> {
    take: &'a mut dyn FnMut(Found) -> bool,
    fail: &'a mut dyn FnMut(Trouble),
    going: bool,
}

impl Walk<'_> {
    fn path(&mut self, path: &Path) {
        if !self.going {
            return;
        }
        let result = match fs::metadata(path) {
            Ok(about) if about.is_dir() => self.folder(path),
            Ok(_) => self.file(path),
            Err(error) => Err(error),
        };
        if let Err(error) = result {
            (self.fail)(Trouble { path: path.to_owned(), error });
        }
    }

    fn folder(&mut self, path: &Path) -> io::Result<()> {
        let mut entries: Vec<PathBuf> =
            fs::read_dir(path)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
        entries.sort();
        let maildir = path.join("cur").is_dir();
        for entry in entries {
            let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
            // Beside the messages a Maildir holds the server's own files; its subfolders begin with a dot.
            let wanted = if maildir { entry.is_dir() && name != "tmp" } else { !name.starts_with('.') };
            if wanted {
                self.path(&entry);
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path) -> io::Result<()> {
        let mut reader = BufReader::new(File::open(path)?);
        if reader.fill_buf()?.starts_with(b"From ") {
            return self.mbox(path, reader);
        }
        let mut raw = Vec::new();
        reader.take(MESSAGE_MAX_BYTES).read_to_end(&mut raw)?;
        if raw.is_empty() {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "it is empty"));
        }
        if !says_it_is_mail(path) && !begins_as_mail(&raw) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "there is no mail in it"));
        }
        self.found(path, raw, flags_of_name(path));
        Ok(())
    }

    /// Messages of an mbox begin with a line `From …` after an empty line; such lines in the text carry a `>`.
    fn mbox(&mut self, path: &Path, mut reader: BufReader<File>) -> io::Result<()> {
        let (mut raw, mut line, mut after_blank, mut begun) = (Vec::new(), Vec::new(), true, false);
        loop {
            line.clear();
            let read = (&mut reader).take(MESSAGE_MAX_BYTES).read_until(b'\n', &mut line)?;
            let begins = after_blank && is_separator(&line);
            if (read == 0 || begins) && begun {
                let flags = flags_of_status(&raw);
                self.found(path, std::mem::take(&mut raw), flags);
            }
            if read == 0 || !self.going {
                return Ok(());
            }
            if begins {
                begun = true;
                after_blank = false;
                continue;
            }
            after_blank = line.iter().all(|b| matches!(b, b'\r' | b'\n'));
            let room = MESSAGE_MAX_BYTES.saturating_sub(u64::try_from(raw.len()).unwrap_or(u64::MAX));
            if u64::try_from(line.len()).unwrap_or(u64::MAX) <= room {
                raw.extend_from_slice(unescaped(&line));
            }
        }
    }

    fn found(&mut self, path: &Path, raw: Vec<u8>, flags: Flags) {
        if !raw.is_empty() && self.going {
            self.going = (self.take)(Found { path: path.to_owned(), raw, flags });
        }
    }
}

/// Whether a file is mail by its place or name: then it is taken however broken it is.
fn says_it_is_mail(path: &Path) -> bool {
    let within = path.parent().and_then(Path::file_name).is_some_and(|name| name == "cur" || name == "new");
    within
        || path.extension().is_some_and(|e| e.eq_ignore_ascii_case("eml") || e.eq_ignore_ascii_case("emlx"))
}

/// Headers that mails begin with, lower case.
const HEADERS: [&str; 17] = [
    "from",
    "to",
    "cc",
    "subject",
    "date",
    "message-id",
    "received",
    "return-path",
    "delivered-to",
    "reply-to",
    "sender",
    "mime-version",
    "content-type",
    "in-reply-to",
    "references",
    "x-mozilla-status",
    "envelope-to",
];
/// The part of a file in which they are looked for.
const BEGINNING_BYTES: usize = 64 * 1024;

/// Whether a mail's header stands above the first empty line: a photo or a letter from somewhere else becomes no message.
fn begins_as_mail(raw: &[u8]) -> bool {
    let beginning = raw.get(..raw.len().min(BEGINNING_BYTES)).unwrap_or_default();
    let text = String::from_utf8_lossy(beginning).replace("\r\n", "\n").replace('\r', "\n");
    let head = text.trim_start_matches('\u{feff}').trim_start();
    head.lines().take_while(|line| !line.trim().is_empty()).any(|line| {
        let name = line.split_once(':').map(|(name, _)| name.trim_end().to_ascii_lowercase());
        name.is_some_and(|name| HEADERS.contains(&name.as_str()))
    })
}

/// `From sender date`. A sentence that begins with the same word and was not escaped has neither address nor time.
fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let sender = rest.split(|b| *b == b' ').find(|word| !word.is_empty()).unwrap_or_default();
    let has_time =
        rest.windows(3).any(|w| matches!(w, [a, b':', c] if a.is_ascii_digit() && c.is_ascii_digit()));
    sender.contains(&b'@') || has_time
}

fn unescaped(line: &[u8]) -> &[u8] {
    match line.split_first() {
        Some((b'>', rest))
            if rest
                .iter()
                .position(|b| *b != b'>')
                .is_some_and(|at| rest.get(at..).is_some_and(|r| r.starts_with(b"From "))) =>
        {
            rest
        }
        _ => line,
    }
}

/// Maildir writes flags behind `:2,` (`;2,` on Windows) in the file's name.
fn flags_of_name(path: &Path) -> Flags {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let in_new = path.parent().and_then(Path::file_name).is_some_and(|folder| folder == "new");
    match name.rsplit_once(":2,").or_else(|| name.rsplit_once(";2,")) {
        Some((_, letters)) => Flags { seen: letters.contains('S'), answered: letters.contains('R') },
        None => Flags { seen: !in_new, answered: false },
    }
}

/// mbox programs keep flags in `Status` and `X-Status`; without them a message counts as read.
fn flags_of_status(raw: &[u8]) -> Flags {
    let mut flags = Flags { seen: true, answered: false };
    for line in raw.split(|b| *b == b'\n').take_while(|line| !matches!(line, [] | [b'\r'])).take(500) {
        let line =
            String::from_utf8_lossy(line.get(..line.len().min(100)).unwrap_or_default()).to_ascii_lowercase();
        if let Some(letters) = line.strip_prefix("status:") {
            flags.seen = letters.contains('r');
        } else if let Some(letters) = line.strip_prefix("x-status:") {
            flags.answered = letters.contains('a');
        }
    }
    flags
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(path: &Path) -> Vec<(String, Flags)> {
        let mut found = Vec::new();
        each(
            path,
            &mut |one| {
                found.push((String::from_utf8(one.raw).unwrap(), one.flags));
                true
            },
            &mut |t| panic!("{t:?}"),
        );
        found
    }

    #[test]
    fn an_mbox_is_split_and_unescaped() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("box");
        let text = "From a@b Mon\nSubject: one\nStatus: O\n\n>From here\n>>From there\n\nFrom c@d Tue\nSubject: two\n\nFrom in the middle\n";
        fs::write(&path, text).unwrap();
        let found = all(&path);
        assert_eq!(found.len(), 2, "a sentence that begins with From is no new message: {found:?}");
        assert_eq!(found[1].0, "Subject: two\n\nFrom in the middle\n");
        assert_eq!(found[0].0, "Subject: one\nStatus: O\n\nFrom here\n>From there\n\n");
        assert!(!found[0].1.seen);
        assert!(found[1].1.seen);
    }

    #[test]
    fn a_maildir_tells_flags_by_its_names() {
        let dir = tempfile::tempdir().unwrap();
        for folder in ["cur", "new", "tmp", ".Sent/cur", ".Sent/new"] {
            fs::create_dir_all(dir.path().join(folder)).unwrap();
        }
        fs::write(dir.path().join("cur/1:2,RS"), "a").unwrap();
        fs::write(dir.path().join("new/2"), "b").unwrap();
        fs::write(dir.path().join("tmp/3"), "half").unwrap();
        fs::write(dir.path().join("dovecot.index"), "no message").unwrap();
        fs::write(dir.path().join(".Sent/cur/4:2,S"), "c").unwrap();
        let mut found = all(dir.path());
        found.sort_by(|a, b| a.0.cmp(&b.0));
        let flags = |seen, answered| Flags { seen, answered };
        assert_eq!(
            found,
            [
                ("a".into(), flags(true, true)),
                ("b".into(), flags(false, false)),
                ("c".into(), flags(true, false))
            ]
        );
    }

    /// Somebody names a folder with more in it than mail; a photo or a list of passwords becomes no message.
    #[test]
    fn what_is_no_mail_is_told_and_left() {
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, content: &[u8]| fs::write(dir.path().join(name), content).unwrap();
        write("a.jpg", b"\xff\xd8\xff\xe0 From: nobody");
        write("b.txt", b"Einkauf: Mehl\n\nSubject: nur im Text\n");
        write("c", b"");
        write("d.vcf", b"BEGIN:VCARD\nFN:Anna\nEND:VCARD\n");
        write("e.eml", b"kaputt, aber Post");
        write("f", b"\xef\xbb\xbfX-Mozilla-Status: 0001\r\nSubject: Rad\r\n\r\nHallo");
        write("g.msg", b"X-Own: 1\rSUBJECT : Rad\r\rHallo");
        let (mut found, mut troubles) = (Vec::new(), Vec::new());
        let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
        each(
            dir.path(),
            &mut |one| {
                found.push(name(&one.path));
                true
            },
            &mut |t| troubles.push(format!("{}: {}", name(&t.path), t.error)),
        );
        assert_eq!(found, ["e.eml", "f", "g.msg"]);
        let none = |name: &str| format!("{name}: there is no mail in it");
        assert_eq!(troubles, [none("a.jpg"), none("b.txt"), "c: it is empty".to_owned(), none("d.vcf")]);
    }

    #[test]
    fn a_missing_file_is_told() {
        let mut troubles = 0;
        each(Path::new("/nowhere/at/all"), &mut |_| true, &mut |_| troubles += 1);
        assert_eq!(troubles, 1);
    }
}
