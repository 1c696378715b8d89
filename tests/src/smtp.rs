//! A submission server that writes down what it took, refuses where it is told to, and can hold a sender at any point of
//! the dialogue, so that a test may kill it exactly there.
//!
//! TLS from the first byte, with the certificate of a [`MailStack`], so that one `ca_file` serves both. It delivers
//! nothing: what a provider would put into a mailbox, the test puts there.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::mailstack::MailStack;
use crate::program::PATIENCE;

/// Lines of a mail that are read before a sender is held in its body.
const LINES_OF_BODY: usize = 40;

/// A point of the dialogue, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// The login is not answered yet: before MAIL.
    Login,
    /// MAIL is not answered yet.
    Mail,
    /// RCPT is not answered yet.
    Rcpt,
    /// DATA is not answered yet.
    Data,
    /// Some lines of the mail were read, and no more is.
    Body,
    /// DATA was answered, nothing of the mail is read: what is small lies in the buffers of the connection.
    Unread,
    /// The final dot was read and not answered.
    Dot,
    /// The server has taken the mail and said so; QUIT is not answered.
    Quit,
}

/// A mail that came to its final dot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The envelope's sender; empty for the null return path.
    pub from: String,
    /// The envelope's recipients that were not refused.
    pub to: Vec<String>,
    /// The mail, dots unstuffed.
    pub raw: Vec<u8>,
    /// A 2xx was said to the final dot.
    pub confirmed: bool,
}

#[derive(Debug, Default)]
struct Inner {
    hold: Option<Phase>,
    held: Option<Phase>,
    /// `Some(true)`: the held one goes on; `Some(false)`: its connection ends.
    released: Option<bool>,
    answers: BTreeMap<&'static str, (String, u32)>,
    size_max: Option<usize>,
    reached: Vec<Phase>,
    taken: Vec<Taken>,
}

#[derive(Default)]
struct Shared {
    inner: Mutex<Inner>,
    changed: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until `is` holds.
    fn wait(&self, what: &str, is: impl Fn(&Inner) -> bool) -> MutexGuard<'_, Inner> {
        let (inner, waited) = self
            .changed
            .wait_timeout_while(self.lock(), PATIENCE, |inner| !is(inner))
            .unwrap_or_else(PoisonError::into_inner);
        assert!(!waited.timed_out(), "waited in vain for {what}: {inner:?}");
        inner
    }
}

/// The running server; its threads end with the test.
pub struct Smtp {
    /// Where it listens.
    pub port: u16,
    shared: Arc<Shared>,
}

impl Smtp {
    /// Starts it with the certificate of these servers.
    pub fn beside(stack: &MailStack) -> Self {
        Self::with_certificate(stack.folder())
    }

    /// Starts it with the certificate `server.pem` and its key `server.key` in this folder.
    pub fn with_certificate(folder: &Path) -> Self {
        let pem = |name: &str| std::fs::read(folder.join(name)).unwrap();
        let chain: Vec<_> =
            CertificateDer::pem_slice_iter(&pem("server.pem")).map(|one| one.unwrap()).collect();
        let key = PrivateKeyDer::from_pem_slice(&pem("server.key")).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let config = config.unwrap().with_no_client_auth().with_single_cert(chain, key);
        let config = Arc::new(config.unwrap());
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared::default());
        let served = shared.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (shared, config) = (served.clone(), config.clone());
                std::thread::spawn(move || {
                    Dialogue::open(shared, config, stream).and_then(Dialogue::hold_it)
                });
            }
        });
        Self { port, shared }
    }

    /// The fields of an account that differ from the stack's own.
    pub fn values(&self) -> BTreeMap<String, String> {
        let pairs = [("smtp_port", self.port.to_string()), ("smtp_security", "tls".to_owned())];
        pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
    }

    /// The next sender that comes to this point is held there.
    pub fn hold_at(&self, phase: Phase) {
        let mut inner = self.shared.lock();
        (inner.hold, inner.held, inner.released) = (Some(phase), None, None);
    }

    /// Returns when a sender is held.
    pub fn wait_until_held(&self) {
        drop(self.shared.wait("a sender to be held", |inner| inner.held.is_some()));
    }

    /// The held sender goes on.
    pub fn go_on(&self) {
        self.shared.lock().released = Some(true);
        self.shared.changed.notify_all();
    }

    /// The connection of the held sender ends.
    pub fn hang_up(&self) {
        self.shared.lock().released = Some(false);
        self.shared.changed.notify_all();
    }

    /// The next `times` commands with this word get this answer; `.` is the final dot, a recipient may stand behind
    /// RCPT: `RCPT zwei@`.
    pub fn answer(&self, word: &'static str, answer: &str, times: u32) {
        self.shared.lock().answers.insert(word, (answer.to_owned(), times));
    }

    /// Announces this limit and refuses what is larger, as RFC 1870 says.
    pub fn limit_size(&self, bytes: Option<usize>) {
        self.shared.lock().size_max = bytes;
    }

    /// Every mail that came to its final dot, in order.
    pub fn taken(&self) -> Vec<Taken> {
        self.shared.lock().taken.clone()
    }

    /// Those of them that hold this line.
    pub fn with_line(&self, line: &str) -> Vec<Taken> {
        let holds = |one: &Taken| String::from_utf8_lossy(&one.raw).lines().any(|l| l.trim() == line);
        self.taken().into_iter().filter(holds).collect()
    }

    /// The points that were reached since the last call.
    pub fn reached(&self) -> Vec<Phase> {
        std::mem::take(&mut self.shared.lock().reached)
    }
}

/// One connection.
struct Dialogue {
    shared: Arc<Shared>,
    stream: BufReader<StreamOwned<ServerConnection, TcpStream>>,
    from: String,
    to: Vec<String>,
}

impl Dialogue {
    fn open(shared: Arc<Shared>, config: Arc<ServerConfig>, tcp: TcpStream) -> Option<Self> {
        tcp.set_read_timeout(Some(Duration::from_secs(120))).ok()?;
        let tls = ServerConnection::new(config).ok()?;
        let stream = BufReader::new(StreamOwned::new(tls, tcp));
        Some(Self { shared, stream, from: String::new(), to: Vec::new() })
    }

    fn line(&mut self) -> Option<String> {
        let mut bytes = Vec::new();
        let read = self.stream.read_until(b'\n', &mut bytes).ok()?;
        (read > 0).then(|| String::from_utf8_lossy(&bytes).trim_end().to_owned())
    }

    fn say(&mut self, answer: &str) -> Option<()> {
        let stream = self.stream.get_mut();
        write!(stream, "{answer}\r\n").ok()?;
        stream.flush().ok()
    }

    /// What a test wants to be said here, if it wants anything.
    fn scripted(&self, line: &str) -> Option<String> {
        let mut inner = self.shared.lock();
        let fits = |word: &str| match word.split_once(' ') {
            Some((word, rest)) => line.to_ascii_uppercase().starts_with(word) && line.contains(rest),
            None => line.to_ascii_uppercase().starts_with(word),
        };
        let (_, planned) = inner.answers.iter_mut().find(|(word, left)| left.1 > 0 && fits(word))?;
        planned.1 -= 1;
        Some(planned.0.clone())
    }

    /// Notes the point; `None` if the connection is to end here.
    fn at(&mut self, phase: Phase) -> Option<()> {
        let mut inner = self.shared.lock();
        inner.reached.push(phase);
        if inner.hold != Some(phase) {
            return Some(());
        }
        inner.hold = None;
        inner.held = Some(phase);
        self.shared.changed.notify_all();
        let inner = self
            .shared
            .changed
            .wait_while(inner, |inner| inner.released.is_none())
            .unwrap_or_else(PoisonError::into_inner);
        (inner.released == Some(true)).then_some(())
    }

    fn hold_it(mut self) -> Option<()> {
        self.say("220 ready")?;
        loop {
            let line = self.line()?;
            let upper = line.to_ascii_uppercase();
            let word = upper.split([' ', ':']).next().unwrap_or_default();
            let phase = match word {
                "AUTH" => Some(Phase::Login),
                "MAIL" => Some(Phase::Mail),
                "RCPT" => Some(Phase::Rcpt),
                "DATA" => Some(Phase::Data),
                "QUIT" => Some(Phase::Quit),
                _ => None,
            };
            if let Some(phase) = phase {
                self.at(phase)?;
            }
            if let Some(answer) = self.scripted(&line) {
                self.say(&answer)?;
                continue;
            }
            match word {
                "EHLO" => {
                    let size = self.shared.lock().size_max.map(|max| format!("250-SIZE {max}\r\n"));
                    self.say(&format!("250-localhost\r\n{}250 AUTH PLAIN", size.unwrap_or_default()))?;
                }
                "AUTH" => self.say("235 in")?,
                "MAIL" => {
                    self.to.clear();
                    self.from = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    let announced: usize =
                        upper.split("SIZE=").nth(1).and_then(|n| n.trim().parse().ok()).unwrap_or(0);
                    let fits = self.shared.lock().size_max.is_none_or(|max| announced <= max);
                    self.say(if fits { "250 ok" } else { "552 5.3.4 larger than the limit" })?;
                }
                "RCPT" => {
                    let address = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    self.to.push(address);
                    self.say("250 ok")?;
                }
                "DATA" => self.take_mail()?,
                "QUIT" => return self.say("221 bye"),
                _ => self.say("250 ok")?,
            }
        }
    }

    fn take_mail(&mut self) -> Option<()> {
        self.say("354 go on")?;
        self.at(Phase::Unread)?;
        let mut raw = Vec::new();
        let mut lines = 0;
        loop {
            let mut line = Vec::new();
            if self.stream.read_until(b'\n', &mut line).ok()? == 0 {
                return None;
            }
            if line == b".\r\n" {
                break;
            }
            raw.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
            lines += 1;
            if lines == LINES_OF_BODY {
                self.at(Phase::Body)?;
            }
        }
        let too_large = self.shared.lock().size_max.is_some_and(|max| raw.len() > max);
        let nth = {
            let mut inner = self.shared.lock();
            inner.taken.push(Taken { from: self.from.clone(), to: self.to.clone(), raw, confirmed: false });
            inner.taken.len() - 1
        };
        self.at(Phase::Dot)?;
        let refusal = self.scripted(".").or_else(|| too_large.then(|| "552 5.3.4 too large".to_owned()));
        if let Some(answer) = refusal {
            self.shared.lock().taken.remove(nth);
            return self.say(&answer);
        }
        self.shared.lock().taken[nth].confirmed = true;
        self.say("250 taken")
    }
}
