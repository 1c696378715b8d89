//! A small IMAP server with a mailbox in memory, whose lies can be chosen.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::sync::{Arc, Mutex};

use super::server::{Peer, Server};

/// What it serves and how it lies.
#[derive(Clone)]
pub struct Shelf {
    pub validity: u32,
    /// UID and mail, in the order of the mailbox.
    pub mails: Vec<(u32, Vec<u8>)>,
    /// Said instead of the true UIDNEXT.
    pub uid_next: Option<u32>,
    /// Put before every tagged answer.
    pub noise: String,
    /// Every mail is listed twice.
    pub doubled: bool,
    /// Bytes after which each connection is cut.
    pub budget: Option<usize>,
    pub capabilities: &'static str,
}

impl Default for Shelf {
    fn default() -> Self {
        Self {
            validity: 7,
            mails: Vec::new(),
            uid_next: None,
            noise: String::new(),
            doubled: false,
            budget: None,
            capabilities: "IMAP4rev1 IDLE AUTH=PLAIN",
        }
    }
}

pub struct FakeImap {
    pub server: Server,
    pub shelf: Arc<Mutex<Shelf>>,
    /// Bytes sent over the last connection that has ended.
    pub sent: Arc<Mutex<usize>>,
}

impl FakeImap {
    pub fn start(shelf: Shelf) -> Self {
        let shelf = Arc::new(Mutex::new(shelf));
        let sent: Arc<Mutex<usize>> = Arc::default();
        let (served, counted) = (shelf.clone(), sent.clone());
        let server = Server::tls(move |mut peer| {
            peer.budget = served.lock().unwrap().budget;
            serve(&mut peer, &served);
            *counted.lock().unwrap() = peer.sent;
        });
        Self { server, shelf, sent }
    }
}

fn serve(peer: &mut Peer, shelf: &Mutex<Shelf>) -> Option<()> {
    peer.say("* OK ready\r\n")?;
    loop {
        let line = peer.line()?;
        let (tag, command) = line.split_once(' ')?;
        let now = shelf.lock().unwrap().clone();
        let upper = command.to_ascii_uppercase();
        let mut answer = String::new();
        let mut ending = "OK done".to_owned();
        if upper.starts_with("CAPABILITY") {
            answer = format!("* CAPABILITY {}\r\n", now.capabilities);
        } else if upper.starts_with("AUTHENTICATE") {
            peer.say("+ \r\n")?;
            peer.line()?;
        } else if upper.starts_with("LIST") {
            answer = "* LIST () \"/\" INBOX\r\n".to_owned();
        } else if upper.starts_with("EXAMINE") || upper.starts_with("SELECT") {
            let next = now.uid_next.unwrap_or(now.mails.iter().map(|m| m.0).max().unwrap_or(0) + 1);
            let exists = if now.doubled { 2 * now.mails.len() } else { now.mails.len() };
            answer = format!(
                "* {exists} EXISTS\r\n* OK [UIDVALIDITY {}] ok\r\n* OK [UIDNEXT {next}] ok\r\n",
                now.validity
            );
        } else if upper.starts_with("UID SEARCH") {
            let uids: Vec<String> = now.mails.iter().map(|m| m.0.to_string()).collect();
            answer = format!("* SEARCH {}\r\n", uids.join(" "));
        } else if upper.starts_with("UID FETCH") || upper.starts_with("FETCH") {
            let uid = upper.starts_with("UID");
            let set = upper.trim_start_matches("UID ").split(' ').nth(1)?.to_owned();
            for _ in 0..=usize::from(now.doubled) {
                for (nth, mail) in now.mails.iter().enumerate() {
                    let last =
                        if uid { now.mails.iter().map(|m| m.0).max()? } else { now.mails.len() as u32 };
                    if is_in(&set, if uid { mail.0 } else { nth as u32 + 1 }, last) {
                        peer.say(fetched(nth + 1, mail, &upper))?;
                    }
                }
            }
        } else if upper == "IDLE" {
            peer.say("+ idling\r\n")?;
            peer.line()?;
        } else if !upper.starts_with("NOOP") {
            ending = "BAD unknown".to_owned();
        }
        peer.say(format!("{}{answer}{tag} {ending}\r\n", now.noise))?;
    }
}

fn is_in(set: &str, number: u32, last: u32) -> bool {
    let of = |text: &str| if text == "*" { last } else { text.parse().unwrap_or(0) };
    set.split(',').any(|part| match part.split_once(':') {
        Some((a, b)) => (of(a).min(of(b))..=of(a).max(of(b))).contains(&number),
        None => of(part) == number,
    })
}

fn fetched(seq: usize, (uid, mail): &(u32, Vec<u8>), items: &str) -> Vec<u8> {
    let split = mail.windows(4).position(|w| w == b"\r\n\r\n").map_or(mail.len(), |at| at + 4);
    let (head, body) = mail.split_at(split);
    let mut out = format!("* {seq} FETCH (UID {uid} RFC822.SIZE {}", mail.len()).into_bytes();
    let mut literal = |name: &str, bytes: &[u8]| {
        out.extend(format!(" {name} {{{}}}\r\n", bytes.len()).bytes());
        out.extend_from_slice(bytes);
    };
    if items.contains("HEADER.FIELDS") {
        literal("BODY[HEADER.FIELDS (FROM)]", head);
        literal("BODY[TEXT]<0>", &body[..body.len().min(512)]);
    }
    if items.contains("BODY.PEEK[]") {
        literal("BODY[]", mail);
    }
    out.extend_from_slice(b" FLAGS () INTERNALDATE \"20-Nov-2026 10:00:00 +0100\")\r\n");
    out
}
