//! The commands that synchronisation needs, over a logged-in session.

use std::rc::Rc;
use std::time::Instant;

use imap::Session;
use imap::types::Flag;

use super::connect::{self, LoggedIn};
use super::reply::{Fetched, Reply};
use super::socket::Desk;
use super::wire::{Line, Wire};
use crate::email::settings::Settings;
use crate::email::tls::connection_error;
use crate::error::{Error, ErrorKind, Result, Retry};
use crate::web::scrub;

/// Commands before a session counts by itself: CAPABILITY and the login.
const LOGIN_COMMANDS: u64 = 2;

/// Providers whose SMTP servers put a copy into Sent by themselves, beside Gmail, which is known by its capability.
const SENT_KEEPERS: [&str; 2] = ["outlook.office365.com", "outlook.com"];

/// Codes of refusals that pass by themselves (RFC 5530).
const PASSING: [&str; 2] = ["INUSE", "UNAVAILABLE"];

/// What the server can do beyond RFC 3501.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Abilities {
    pub(crate) idle: bool,
    pub(crate) condstore: bool,
    pub(crate) qresync: bool,
    /// Names the use of folders when asked to; others do it unasked or not at all.
    pub(crate) special_use: bool,
    /// Puts what goes out by its SMTP server into Sent by itself.
    pub(crate) keeps_sent: bool,
}

/// The mailbox that is open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Opened {
    /// Its name as on the wire.
    pub(crate) name: String,
    pub(crate) writable: bool,
    pub(crate) validity: u32,
    pub(crate) exists: u32,
    /// UIDNEXT when it was opened; 0 if the server does not say it.
    pub(crate) uid_next: u32,
    /// 0 if the server counts no changes here.
    pub(crate) mod_seq: u64,
    /// Programs may make up flags of their own, and they are kept.
    pub(crate) takes_keywords: bool,
}

/// How a conditional change of a flag ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stored {
    /// The server did it, or says so.
    Done,
    /// Somebody else changed the message first.
    Changed,
    /// The server does not do such a thing.
    Refused,
}

/// Why an IDLE ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Idled {
    /// Something happened in the mailbox.
    News,
    /// The time is over, or another job waits.
    Ended,
}

/// A connection in use.
pub(crate) struct Imap {
    session: Session<Wire>,
    wire: Wire,
    host: String,
    pub(crate) abilities: Abilities,
    pub(crate) opened: Option<Opened>,
    /// Flags or disappearances were reported beside what was asked for.
    pub(crate) stirred: bool,
    /// The view of the open mailbox is new in this poll, so that no NOOP is needed to see what came.
    fresh: bool,
    /// An IDLE has just brought the view up to date.
    woken: bool,
    /// Commands sent, for the log.
    pub(crate) commands: u64,
}

impl Imap {
    /// Connects, logs in, and turns on what helps.
    pub(crate) fn connect(settings: &Settings, desk: &Rc<Desk>) -> Result<Self> {
        let LoggedIn { session, wire, capabilities } = connect::log_in(settings, desk)?;
        let has = |name: &str| capabilities.iter().any(|c| c == name);
        let abilities = Abilities {
            idle: has("IDLE"),
            condstore: has("CONDSTORE") || has("QRESYNC"),
            qresync: has("QRESYNC"),
            special_use: has("SPECIAL-USE") && has("LIST-EXTENDED"),
            keeps_sent: has("X-GM-EXT-1")
                || SENT_KEEPERS
                    .iter()
                    .any(|domain| settings.imap.host.to_ascii_lowercase().ends_with(domain)),
        };
        let mut imap = Self {
            session,
            wire,
            host: settings.imap.host.clone(),
            abilities,
            opened: None,
            stirred: false,
            fresh: false,
            woken: false,
            commands: LOGIN_COMMANDS,
        };
        if has("ENABLE") && abilities.condstore {
            let enabled = imap.run(if abilities.qresync { "ENABLE QRESYNC" } else { "ENABLE CONDSTORE" }, 0);
            if let Err(error) = enabled {
                if error.kind == ErrorKind::Network {
                    return Err(error);
                }
                imap.abilities.qresync = false;
            }
        } else {
            imap.abilities.qresync = false;
        }
        Ok(imap)
    }

    /// Runs a command; `literal_bytes` is what its literals may bring together.
    pub(crate) fn run(&mut self, command: &str, literal_bytes: usize) -> Result<Vec<Reply>> {
        if command.contains(['\r', '\n']) {
            return Err(Error::new(ErrorKind::Protocol, "a mailbox has a line break in its name"));
        }
        self.wire.begin(literal_bytes);
        self.commands += 1;
        let result = self.session.run(command).map(|_| ());
        self.end(result)
    }

    fn end(&mut self, result: imap::error::Result<()>) -> Result<Vec<Reply>> {
        let replies = self.wire.take_replies();
        self.note(&replies);
        let Err(error) = result else { return Ok(replies) };
        let said = scrub(&self.wire.ending().text, &[]);
        Err(match error {
            imap::Error::Io(error) => connection_error(&self.host, error),
            imap::Error::No(_) | imap::Error::Append => {
                Error::new(ErrorKind::Rejected, format!("{} refuses: {}", self.host, said))
            }
            imap::Error::Bad(_) => Error::new(
                ErrorKind::Protocol,
                format!("{} does not understand a command: {}", self.host, said),
            ),
            _ => connection_error(&self.host, std::io::ErrorKind::UnexpectedEof.into()),
        })
    }

    /// Keeps the picture of the open mailbox up to date.
    fn note(&mut self, replies: &[Reply]) {
        for reply in replies {
            match (reply, &mut self.opened) {
                (Reply::Exists(count), Some(opened)) => {
                    self.stirred |= opened.exists != *count;
                    opened.exists = *count;
                }
                (Reply::Expunge(_), Some(opened)) => {
                    opened.exists = opened.exists.saturating_sub(1);
                    self.stirred = true;
                }
                (Reply::Vanished { earlier: false, .. }, _) => self.stirred = true,
                (Reply::Fetch(fetched), _) if fetched.sections.is_empty() && fetched.size_bytes.is_none() => {
                    self.stirred = true
                }
                _ => {}
            }
        }
    }

    /// Opens a mailbox, read-only unless `writable`; nothing happens if it is open already.
    pub(crate) fn open(&mut self, name: &str, writable: bool) -> Result<Opened> {
        if let Some(opened) = self.opened.as_ref().filter(|o| o.name == name && (o.writable || !writable)) {
            return Ok(opened.clone());
        }
        self.reopen(name, writable)
    }

    /// A poll begins; returns whether something was reported since the last one.
    pub(crate) fn begin_poll(&mut self) -> bool {
        self.fresh = std::mem::take(&mut self.woken);
        std::mem::take(&mut self.stirred)
    }

    /// Makes sure that what came meanwhile can be fetched: servers show new mail only between commands.
    pub(crate) fn refresh(&mut self) -> Result<()> {
        if !std::mem::take(&mut self.fresh) {
            self.run("NOOP", 0)?;
        }
        Ok(())
    }

    /// Opens a mailbox anew.
    pub(crate) fn reopen(&mut self, name: &str, writable: bool) -> Result<Opened> {
        self.opened = None;
        let verb = if writable { "SELECT" } else { "EXAMINE" };
        let parameter = if self.abilities.condstore && !self.abilities.qresync { " (CONDSTORE)" } else { "" };
        let replies = self.run(&format!("{verb} {}{parameter}", quote(name)), 0)?;
        let mut opened = Opened { name: name.to_owned(), writable, ..Opened::default() };
        for reply in &replies {
            match reply {
                Reply::Exists(count) => opened.exists = *count,
                Reply::Said { code, argument, .. } if code == "UIDVALIDITY" => {
                    opened.validity = argument.trim().parse().unwrap_or(0)
                }
                Reply::Said { code, argument, .. } if code == "UIDNEXT" => {
                    opened.uid_next = argument.trim().parse().unwrap_or(0)
                }
                Reply::Said { code, argument, .. } if code == "HIGHESTMODSEQ" => {
                    opened.mod_seq = argument.trim().parse().unwrap_or(0)
                }
                Reply::Said { code, argument, .. } if code == "PERMANENTFLAGS" => {
                    let flags = argument.trim_matches(['(', ')', ' ']);
                    opened.takes_keywords = flags.split_ascii_whitespace().any(|flag| flag == "\\*")
                }
                _ => {}
            }
        }
        // A server without UIDVALIDITY has ids that never change.
        opened.validity = opened.validity.max(1);
        (self.stirred, self.fresh) = (false, true);
        self.opened = Some(opened.clone());
        Ok(opened)
    }

    /// Fetches attributes of messages by UID. What the server says beside that only stirs.
    pub(crate) fn fetch(&mut self, uids: &str, items: &str, literal_bytes: usize) -> Result<Vec<Fetched>> {
        if uids.is_empty() {
            return Ok(Vec::new());
        }
        Ok(fetched(self.asked(&format!("UID FETCH {uids} ({items})"), literal_bytes)?))
    }

    /// The same for the newest `count` messages.
    pub(crate) fn fetch_newest(
        &mut self,
        count: usize,
        items: &str,
        literal_bytes: usize,
    ) -> Result<Vec<Fetched>> {
        let exists = self.opened.as_ref().map_or(0, |o| o.exists);
        if exists == 0 {
            return Ok(Vec::new());
        }
        let from = exists.saturating_sub(u32::try_from(count).unwrap_or(u32::MAX)).saturating_add(1);
        Ok(fetched(self.asked(&format!("FETCH {from}:* ({items})"), literal_bytes)?))
    }

    /// Runs a fetch without taking its own answers for news.
    pub(crate) fn asked(&mut self, command: &str, literal_bytes: usize) -> Result<Vec<Reply>> {
        let before = self.stirred;
        let exists = self.opened.as_ref().map(|o| o.exists);
        let replies = self.run(command, literal_bytes)?;
        let gone =
            replies.iter().any(|r| matches!(r, Reply::Expunge(_) | Reply::Vanished { earlier: false, .. }));
        self.stirred = before || gone || exists != self.opened.as_ref().map(|o| o.exists);
        Ok(replies)
    }

    /// Adds a keyword to a message of the open mailbox, unless the message changed since it had this number
    /// (RFC 7162, 3.1.3). `MODIFIED` may stand behind OK and behind NO.
    pub(crate) fn add_if_unchanged(&mut self, uid: u32, mod_seq: u64, keyword: &str) -> Result<Stored> {
        let command = format!("UID STORE {uid} (UNCHANGEDSINCE {mod_seq}) +FLAGS.SILENT ({keyword})");
        let ended = self.asked(&command, 0);
        let text = self.wire.ending().text;
        let code = text.strip_prefix('[').and_then(|rest| rest.split([' ', ']']).next()).unwrap_or_default();
        match ended {
            Ok(_) | Err(Error { kind: ErrorKind::Rejected, .. }) if code.eq_ignore_ascii_case("MODIFIED") => {
                Ok(Stored::Changed)
            }
            Ok(_) => Ok(Stored::Done),
            Err(error) if error.kind == ErrorKind::Rejected && PASSING.contains(&code) => {
                Err(error.with_retry(Retry::Backoff))
            }
            // NO: it keeps no more keywords, or none here. BAD: it says CONDSTORE and knows no UNCHANGEDSINCE.
            Err(error) if matches!(error.kind, ErrorKind::Rejected | ErrorKind::Protocol) => {
                Ok(Stored::Refused)
            }
            Err(error) => Err(error),
        }
    }

    /// UIDs by a search, ascending.
    pub(crate) fn search(&mut self, criteria: &str) -> Result<Vec<u32>> {
        let replies = self.run(&format!("UID SEARCH {criteria}"), 0)?;
        let mut uids: Vec<u32> = replies
            .into_iter()
            .filter_map(|r| if let Reply::Search(uids) = r { Some(uids) } else { None })
            .flatten()
            .collect();
        uids.sort_unstable();
        uids.dedup();
        Ok(uids)
    }

    /// Numbers of a mailbox that is not open: `UIDNEXT`, `UIDVALIDITY`, `MESSAGES`, `HIGHESTMODSEQ`.
    pub(crate) fn status(&mut self, name: &str) -> Result<Vec<(String, u64)>> {
        let more = if self.abilities.condstore { " HIGHESTMODSEQ" } else { "" };
        let replies = self.run(&format!("STATUS {} (UIDNEXT UIDVALIDITY MESSAGES{more})", quote(name)), 0)?;
        Ok(replies
            .into_iter()
            .filter_map(|r| if let Reply::Status { items, .. } = r { Some(items) } else { None })
            .flatten()
            .collect())
    }

    /// Puts a mail into a mailbox, marked as read.
    pub(crate) fn append(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        self.wire.begin(0);
        self.commands += 1;
        let name = name.replace('\\', "\\\\").replace('"', "\\\"");
        let result = self.session.append(&name, bytes).flag(Flag::Seen).finish().map(|_| ());
        self.end(result).map(|_| ())
    }

    /// Waits for news in the open mailbox until then, or until another job waits.
    pub(crate) fn idle(&mut self, until: Instant) -> Result<Idled> {
        let host = self.host.clone();
        let broke = |error| connection_error(&host, error);
        self.wire.begin(0);
        self.commands += 1;
        self.session.run_command("IDLE").map_err(|e| match e {
            imap::Error::Io(error) => broke(error),
            _ => broke(std::io::ErrorKind::UnexpectedEof.into()),
        })?;
        let mut replies = Vec::new();
        loop {
            match self.wire.line().map_err(broke)? {
                Line::Untagged(reply) => replies.push(reply),
                Line::Continue => break,
                Line::Tagged => {
                    self.abilities.idle = false;
                    return Ok(Idled::Ended);
                }
            }
        }
        self.wire.idle(until);
        let ended = loop {
            if replies.iter().any(is_news) {
                break Idled::News;
            }
            match self.wire.line() {
                Ok(Line::Untagged(reply)) => replies.push(reply),
                Ok(_) => {
                    return Err(Error::new(
                        ErrorKind::Protocol,
                        format!("{host} ended the waiting by itself"),
                    ));
                }
                Err(error)
                    if matches!(
                        error.kind(),
                        std::io::ErrorKind::TimedOut | std::io::ErrorKind::WouldBlock
                    ) =>
                {
                    break Idled::Ended;
                }
                Err(error) => return Err(broke(error)),
            }
        };
        self.note(&replies);
        self.wire.begin(0);
        self.wire.send("DONE").map_err(broke)?;
        self.wire.finish().map_err(broke)?;
        self.woken = true;
        let late = self.wire.take_replies();
        self.note(&late);
        Ok(if late.iter().any(is_news) { Idled::News } else { ended })
    }
}

fn fetched(replies: Vec<Reply>) -> Vec<Fetched> {
    replies
        .into_iter()
        .filter_map(|r| if let Reply::Fetch(fetched) = r { Some(*fetched) } else { None })
        .filter(|f| f.uid.is_some())
        .collect()
}

fn is_news(reply: &Reply) -> bool {
    matches!(reply, Reply::Exists(_) | Reply::Expunge(_) | Reply::Vanished { .. } | Reply::Fetch(_))
}

/// A mailbox name as a quoted string.
pub(crate) fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
}

/// UIDs as a sequence set with ranges; the UIDs ascend.
pub(crate) fn uid_set(uids: &[u32]) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for &uid in uids {
        match ranges.last_mut() {
            Some((_, end)) if *end >= uid => {}
            Some((_, end)) if end.checked_add(1) == Some(uid) => *end = uid,
            _ => ranges.push((uid, uid)),
        }
    }
    let texts: Vec<String> =
        ranges.iter().map(|(a, b)| if a == b { a.to_string() } else { format!("{a}:{b}") }).collect();
    texts.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uid_sets_are_short() {
        assert_eq!(uid_set(&[1, 2, 3, 5, 7, 8]), "1:3,5,7:8");
        assert_eq!(uid_set(&[]), "");
        assert_eq!(uid_set(&[4, 4, u32::MAX]), "4,4294967295");
    }
}
