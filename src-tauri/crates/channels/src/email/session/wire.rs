//! The stream that the `imap` crate talks over.
//!
//! It is more than TLS over TCP. The crate reads responses line by line and parses each one again whenever a line is
//! added, holds a whole response in memory, refuses a mailbox for one odd character in a BODYSTRUCTURE, and panics on
//! a few hostile answers. So untagged responses are taken out here, with limits, and kept as [`Reply`]s; the crate
//! sees only its tagged lines and continuation requests. Handing over one line at a time also means that nothing is
//! left in the crate's buffer when a connection goes over to IDLE.

use std::cell::RefCell;
use std::io::{self, Read, Write};
use std::rc::Rc;
use std::time::Instant;

use rustls::{ClientConnection, StreamOwned};

use super::reply::{Piece, Reply};
use super::socket::Socket;

/// Longest line; a SEARCH answer of a million messages fits.
const LINE_MAX_BYTES: usize = 8 * 1024 * 1024;
/// Most bytes of structure, not counting literals, in the answer to one command.
const STRUCTURE_MAX_BYTES: usize = 64 * 1024 * 1024;
/// Room for literals that a command did not ask for.
const SPARE_BYTES: usize = 1024 * 1024;
const BUFFER_BYTES: usize = 64 * 1024;
const LITERAL_STEP_BYTES: usize = 1024 * 1024;

enum Transport {
    Plain(Socket),
    Tls(Box<StreamOwned<ClientConnection, Socket>>),
    /// Between the two, or after an error.
    Gone,
}

/// How a command ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Ending {
    /// `OK`, `NO`, `BAD`, upper case.
    pub(crate) status: String,
    /// What stood behind it, with its code in brackets.
    pub(crate) text: String,
}

struct Inner {
    transport: Transport,
    /// Read and not yet used: `buffer[start..end]`.
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    literals_left: usize,
    structure_left: usize,
    replies: Vec<Reply>,
    ending: Ending,
    tag: String,
    handed: Vec<u8>,
    handed_at: usize,
}

/// A handle on the stream; the crate's session holds another one.
#[derive(Clone)]
pub(crate) struct Wire(Rc<RefCell<Inner>>);

/// A line that begins a response, told apart by its first characters.
pub(crate) enum Line {
    Untagged(Reply),
    Continue,
    Tagged,
}

impl Wire {
    pub(crate) fn plain(socket: Socket) -> Self {
        Self::over(Transport::Plain(socket))
    }

    fn over(transport: Transport) -> Self {
        Self(Rc::new(RefCell::new(Inner {
            transport,
            buffer: vec![0; BUFFER_BYTES],
            start: 0,
            end: 0,
            literals_left: SPARE_BYTES,
            structure_left: STRUCTURE_MAX_BYTES,
            replies: Vec::new(),
            ending: Ending::default(),
            tag: String::new(),
            handed: Vec::new(),
            handed_at: 0,
        })))
    }

    /// Goes over to TLS and completes the handshake.
    ///
    /// # Errors
    /// `Other` if unencrypted bytes are waiting, which somebody put there before the handshake.
    pub(crate) fn encrypt(&self, mut tls: ClientConnection) -> io::Result<()> {
        let mut inner = self.0.borrow_mut();
        let socket = match std::mem::replace(&mut inner.transport, Transport::Gone) {
            Transport::Plain(socket) if inner.waiting().is_empty() => socket,
            _ => return Err(io::Error::other("bytes before the handshake")),
        };
        let mut socket = socket;
        socket.begin();
        while tls.is_handshaking() {
            tls.complete_io(&mut socket)?;
        }
        inner.transport = Transport::Tls(Box::new(StreamOwned::new(tls, socket)));
        Ok(())
    }

    /// A command begins: `literal_bytes` is what its literals may bring together.
    pub(crate) fn begin(&self, literal_bytes: usize) {
        let mut inner = self.0.borrow_mut();
        inner.literals_left = literal_bytes.saturating_add(SPARE_BYTES);
        inner.structure_left = STRUCTURE_MAX_BYTES;
        inner.replies.clear();
        inner.ending = Ending::default();
        if let Some(socket) = inner.socket() {
            socket.begin();
        }
    }

    /// Reads wait for news until then; see [`Socket::idle`].
    pub(crate) fn idle(&self, until: Instant) {
        if let Some(socket) = self.0.borrow_mut().socket() {
            socket.idle(until);
        }
    }

    /// The untagged replies since [`Wire::begin`].
    pub(crate) fn take_replies(&self) -> Vec<Reply> {
        std::mem::take(&mut self.0.borrow_mut().replies)
    }

    /// How the last command ended.
    pub(crate) fn ending(&self) -> Ending {
        self.0.borrow().ending.clone()
    }

    /// Reads one response, for the parts of the protocol that the crate does not do.
    pub(crate) fn line(&self) -> io::Result<Line> {
        self.0.borrow_mut().response()
    }

    /// Sends a line as it is.
    pub(crate) fn send(&self, line: &str) -> io::Result<()> {
        let mut inner = self.0.borrow_mut();
        inner.write_all(line.as_bytes())?;
        inner.write_all(b"\r\n")?;
        inner.flush()
    }

    /// Sends a command outside the crate's session and reads to its end.
    pub(crate) fn command(&self, tag: &str, command: &str) -> io::Result<Ending> {
        self.begin(0);
        self.send(&format!("{tag} {command}"))?;
        self.finish()
    }

    /// Reads up to the tagged line, keeping the replies.
    pub(crate) fn finish(&self) -> io::Result<Ending> {
        loop {
            match self.line()? {
                Line::Untagged(reply) => self.0.borrow_mut().replies.push(reply),
                Line::Tagged => return Ok(self.ending()),
                Line::Continue => {}
            }
        }
    }
}

impl Inner {
    fn socket(&mut self) -> Option<&mut Socket> {
        match &mut self.transport {
            Transport::Plain(socket) => Some(socket),
            Transport::Tls(tls) => Some(&mut tls.sock),
            Transport::Gone => None,
        }
    }

    fn waiting(&self) -> &[u8] {
        self.buffer.get(self.start..self.end).unwrap_or_default()
    }

    /// One response with its literals.
    fn response(&mut self) -> io::Result<Line> {
        let first = self.read_line(0)?;
        if first.starts_with(b"+") {
            return Ok(Line::Continue);
        }
        if !first.starts_with(b"* ") {
            (self.tag, self.ending) = ending(&first);
            return Ok(Line::Tagged);
        }
        if Reply::is_status(&first) {
            return Ok(Line::Untagged(Reply::status(&first)));
        }
        let mut pieces = vec![];
        let mut line = first;
        while let Some(size) = announced(&line) {
            if size > self.literals_left {
                return Err(nonsense("more bytes than were asked for"));
            }
            self.literals_left -= size;
            let literal = self.read_exactly(size)?;
            pieces.push(Piece::Text(line));
            pieces.push(Piece::Literal(literal));
            line = self.read_line(pieces.len())?;
        }
        pieces.push(Piece::Text(line));
        Ok(Line::Untagged(Reply::read(pieces)))
    }

    /// A line with its line feed. `pieces` so far belong to the same response.
    fn read_line(&mut self, pieces: usize) -> io::Result<Vec<u8>> {
        if pieces > 10_000 {
            return Err(nonsense("an answer without an end"));
        }
        let mut searched = 0;
        loop {
            let waiting = self.waiting();
            if let Some(at) = memchr::memchr(b'\n', waiting.get(searched..).unwrap_or_default()) {
                let line = waiting.get(..=searched + at).unwrap_or_default().to_vec();
                self.start += line.len();
                self.structure_left = self
                    .structure_left
                    .checked_sub(line.len())
                    .ok_or_else(|| nonsense("an answer without an end"))?;
                return Ok(line);
            }
            searched = waiting.len();
            if searched > LINE_MAX_BYTES {
                return Err(nonsense("a line without an end"));
            }
            self.fill()?;
        }
    }

    fn read_exactly(&mut self, size: usize) -> io::Result<Vec<u8>> {
        let ready = self.waiting().get(..size).unwrap_or(self.waiting());
        let mut filled = ready.len();
        // What is announced is not believed: memory grows with what arrives.
        let mut bytes = vec![0; size.min(LITERAL_STEP_BYTES).max(filled)];
        if let Some(start) = bytes.get_mut(..filled) {
            start.copy_from_slice(ready);
        }
        self.start += filled;
        while filled < size {
            if filled == bytes.len() {
                bytes.resize(size.min(2 * filled), 0);
            }
            let room = bytes.get_mut(filled..).unwrap_or_default();
            match read_some(&mut self.transport, room)? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                read => filled += read,
            }
        }
        Ok(bytes)
    }

    fn fill(&mut self) -> io::Result<()> {
        if self.start == self.end {
            (self.start, self.end) = (0, 0);
        } else if self.end == self.buffer.len() {
            if self.start > 0 {
                self.buffer.copy_within(self.start..self.end, 0);
                (self.start, self.end) = (0, self.end - self.start);
            } else {
                self.buffer.resize(2 * self.end, 0);
            }
        }
        let room = self.buffer.get_mut(self.end..).unwrap_or_default();
        match read_some(&mut self.transport, room)? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            read => {
                self.end += read;
                Ok(())
            }
        }
    }
}

fn read_some(transport: &mut Transport, room: &mut [u8]) -> io::Result<usize> {
    match transport {
        Transport::Plain(socket) => socket.read(room),
        Transport::Tls(tls) => tls.read(room),
        Transport::Gone => Err(io::ErrorKind::NotConnected.into()),
    }
}

fn nonsense(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}

/// The size of the literal that follows a line ending in `{n}`.
fn announced(line: &[u8]) -> Option<usize> {
    let line = line.strip_suffix(b"\n")?;
    let line = line.strip_suffix(b"\r").unwrap_or(line).strip_suffix(b"}")?;
    let open = memchr::memrchr(b'{', line)?;
    let digits = line.get(open + 1..)?;
    let digits = digits.strip_suffix(b"+").unwrap_or(digits);
    std::str::from_utf8(digits)
        .ok()
        .filter(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_digit()))?
        .parse()
        .ok()
}

fn ending(line: &[u8]) -> (String, Ending) {
    let text = String::from_utf8_lossy(line);
    let mut words = text.trim_end().splitn(3, ' ');
    let tag = words.next().filter(|t| t.bytes().all(|b| b.is_ascii_alphanumeric())).unwrap_or("x").to_owned();
    let ending = Ending {
        status: words.next().unwrap_or_default().to_ascii_uppercase(),
        text: words.next().unwrap_or_default().to_owned(),
    };
    (tag, ending)
}

impl Read for Wire {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut inner = self.0.borrow_mut();
        while inner.handed_at >= inner.handed.len() {
            match inner.response()? {
                Line::Untagged(reply) => inner.replies.push(reply),
                Line::Continue => (inner.handed, inner.handed_at) = (b"+ \r\n".to_vec(), 0),
                Line::Tagged => {
                    // Only what the crate needs; the server's own words may be in any charset.
                    let status = Some(inner.ending.status.as_str())
                        .filter(|s| ["OK", "NO"].contains(s))
                        .unwrap_or("BAD");
                    let line = format!("{} {status} done\r\n", inner.tag);
                    (inner.handed, inner.handed_at) = (line.into_bytes(), 0);
                }
            }
        }
        let at = inner.handed_at;
        let ready = inner.handed.get(at..).unwrap_or_default();
        let count = ready.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..count), ready.get(..count)) {
            to.copy_from_slice(from);
        }
        inner.handed_at += count;
        Ok(count)
    }
}

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.borrow_mut().flush()
    }
}

impl Write for Inner {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.transport {
            Transport::Plain(socket) => socket.write(bytes),
            Transport::Tls(tls) => tls.write(bytes),
            Transport::Gone => Err(io::ErrorKind::NotConnected.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.transport {
            Transport::Plain(socket) => socket.flush(),
            Transport::Tls(tls) => tls.flush(),
            Transport::Gone => Err(io::ErrorKind::NotConnected.into()),
        }
    }
}
