//! A TCP socket that blocks with deadlines and can be woken.
//!
//! Non-blocking underneath, because a blocking read can neither be ended by another thread nor hold a deadline over
//! several reads: a server that sends one byte in ten seconds would never time out.

use std::cell::RefCell;
use std::io::{self, Read, Write};
use std::net::{TcpStream as StdStream, ToSocketAddrs};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token, Waker};

use crate::email::settings::{Deadlines, Endpoint};
use crate::error::{Error, ErrorKind, Result};

const SOCKET: Token = Token(0);
const WAKE: Token = Token(1);
/// A server that brings less than this within the silence deadline counts as silent.
const WINDOW_MIN_BYTES: usize = 1024;

/// What another thread may tell the one that owns a connection.
pub(crate) struct Bell {
    waker: Waker,
    /// Jobs that wait for the thread.
    pub(crate) pending: AtomicUsize,
    /// The channel was dropped.
    pub(crate) closing: AtomicBool,
}

impl Bell {
    /// Wakes the thread out of a wait.
    pub(crate) fn ring(&self) {
        // A waker that fails belongs to a thread that has ended.
        let _ = self.waker.wake();
    }
}

/// The waiting place of one thread.
pub(crate) struct Desk {
    poll: RefCell<Poll>,
    pub(crate) bell: Arc<Bell>,
}

impl Desk {
    pub(crate) fn new() -> io::Result<Rc<Self>> {
        let poll = Poll::new()?;
        let waker = Waker::new(poll.registry(), WAKE)?;
        let bell = Arc::new(Bell { waker, pending: AtomicUsize::new(0), closing: AtomicBool::new(false) });
        Ok(Rc::new(Self { poll: RefCell::new(poll), bell }))
    }
}

/// How long a wait may last.
enum Pace {
    /// A command: bytes must keep coming.
    Command { window: Instant, bytes: usize },
    /// Waiting for news: until then, or until the bell rings.
    Idle { until: Instant },
}

/// A connected socket.
pub(crate) struct Socket {
    stream: TcpStream,
    desk: Rc<Desk>,
    silence: Duration,
    pace: Pace,
}

impl Socket {
    /// Connects to the first address that answers.
    pub(crate) fn connect(to: &Endpoint, deadlines: &Deadlines, desk: &Rc<Desk>) -> Result<Self> {
        let host = &to.host;
        let addresses = (host.as_str(), to.port).to_socket_addrs().map_err(|e| {
            Error::new(
                ErrorKind::Network,
                format!("{host} cannot be found; check the name and the connection to the internet"),
            )
            .with_source(e)
        })?;
        let mut last = io::Error::new(io::ErrorKind::NotFound, "no address");
        for address in addresses.take(4) {
            match StdStream::connect_timeout(&address, deadlines.connect) {
                Ok(stream) => {
                    return Self::adopt(stream, deadlines, desk)
                        .map_err(|e| crate::email::tls::connection_error(host, e));
                }
                Err(error) => last = error,
            }
        }
        Err(crate::email::tls::connection_error(host, last))
    }

    fn adopt(stream: StdStream, deadlines: &Deadlines, desk: &Rc<Desk>) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        stream.set_nonblocking(true)?;
        let mut stream = TcpStream::from_std(stream);
        desk.poll.borrow().registry().register(
            &mut stream,
            SOCKET,
            Interest::READABLE | Interest::WRITABLE,
        )?;
        let pace = Pace::Command { window: Instant::now(), bytes: 0 };
        Ok(Self { stream, desk: desk.clone(), silence: deadlines.silence, pace })
    }

    /// A new command begins.
    pub(crate) fn begin(&mut self) {
        self.pace = Pace::Command { window: Instant::now(), bytes: 0 };
    }

    /// From here reads wait for news: they end with `TimedOut` at `until`, with `WouldBlock` when the bell rings.
    pub(crate) fn idle(&mut self, until: Instant) {
        self.pace = Pace::Idle { until };
    }

    fn moved(&mut self, count: usize) {
        if let Pace::Command { bytes, .. } = &mut self.pace {
            *bytes += count;
        }
    }

    fn wait(&mut self) -> io::Result<()> {
        let mut events = Events::with_capacity(4);
        loop {
            let bell = &self.desk.bell;
            if bell.closing.load(Ordering::Acquire) {
                return Err(io::ErrorKind::ConnectionAborted.into());
            }
            let now = Instant::now();
            let limit = match &mut self.pace {
                Pace::Idle { until } => {
                    if bell.pending.load(Ordering::Acquire) > 0 {
                        return Err(io::ErrorKind::WouldBlock.into());
                    }
                    *until
                }
                Pace::Command { window, bytes } => {
                    if now >= *window + self.silence && *bytes >= WINDOW_MIN_BYTES {
                        (*window, *bytes) = (now, 0);
                    }
                    *window + self.silence
                }
            };
            if now >= limit {
                return Err(io::ErrorKind::TimedOut.into());
            }
            match self.desk.poll.borrow_mut().poll(&mut events, Some(limit - now)) {
                Err(error) if error.kind() != io::ErrorKind::Interrupted => return Err(error),
                _ => {}
            }
            if events.iter().any(|event| event.token() == SOCKET) {
                return Ok(());
            }
        }
    }
}

impl Read for Socket {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.stream.read(buffer) {
                Ok(count) => {
                    self.moved(count);
                    return Ok(count);
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => self.wait()?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

impl Write for Socket {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        loop {
            match self.stream.write(buffer) {
                Ok(count) => {
                    self.moved(count);
                    return Ok(count);
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => self.wait()?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}
