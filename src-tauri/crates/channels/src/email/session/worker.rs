//! A thread that owns one connection and takes jobs in order.
//!
//! Each account has two: one synchronises and waits for news, the other does what a person waits for, so that a
//! picture can be opened while a thousand mails are fetched. A thread ends when its [`Worker`] is dropped, also in
//! the middle of a wait.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;

use tokio::sync::oneshot;

use super::client::Imap;
use super::socket::{Bell, Desk};
use crate::email::settings::Settings;
use crate::email::sync::Memory;
use crate::error::{Error, ErrorKind, Result};

/// A connection that nobody used for so long is given back to the server.
const UNUSED_MAX: Duration = Duration::from_secs(5 * 60);

type Job = Box<dyn FnOnce(&mut Line) + Send>;

/// What the thread owns.
pub(crate) struct Line {
    pub(crate) settings: Arc<Settings>,
    pub(crate) memory: Memory,
    desk: Rc<Desk>,
    imap: Option<Imap>,
    /// Commands of connections that are gone.
    commands: u64,
}

impl Line {
    /// Runs `work` over a logged-in connection. One that was left from before may have died in the meantime: then it
    /// is tried once more over a new one.
    pub(crate) fn with<T>(&mut self, mut work: impl FnMut(&mut Imap, &mut Memory) -> Result<T>) -> Result<T> {
        let reused = self.imap.is_some();
        let first = self.attempt(&mut work);
        match first {
            Err(error) if reused && error.kind == ErrorKind::Network && !self.closing() => {
                self.attempt(&mut work)
            }
            other => other,
        }
    }

    fn attempt<T>(&mut self, work: &mut impl FnMut(&mut Imap, &mut Memory) -> Result<T>) -> Result<T> {
        let mut imap = match self.imap.take() {
            Some(imap) => imap,
            None => {
                self.memory.reconnected();
                Imap::connect(&self.settings, &self.desk)?
            }
        };
        let result = work(&mut imap, &mut self.memory);
        let usable = result.as_ref().map_or_else(|e| e.kind == ErrorKind::Rejected, |_| true);
        if usable {
            self.imap = Some(imap);
        } else {
            self.commands += imap.commands;
        }
        result
    }

    /// Commands sent over all connections so far.
    pub(crate) fn commands_sent(&self) -> u64 {
        self.commands + self.imap.as_ref().map_or(0, |imap| imap.commands)
    }

    /// Whether another job waits, or the channel was dropped.
    pub(crate) fn interrupted(&self) -> bool {
        self.desk.bell.pending.load(Ordering::Acquire) > 0 || self.closing()
    }

    fn hang_up(&mut self) {
        self.commands += self.imap.take().map_or(0, |imap| imap.commands);
    }

    fn closing(&self) -> bool {
        self.desk.bell.closing.load(Ordering::Acquire)
    }
}

struct Thread {
    jobs: mpsc::Sender<Job>,
    bell: Arc<Bell>,
}

impl Drop for Thread {
    fn drop(&mut self) {
        self.bell.closing.store(true, Ordering::Release);
        self.bell.ring();
    }
}

/// The door to a thread, which is started with the first job.
pub(crate) struct Worker {
    settings: Arc<Settings>,
    thread: Mutex<Option<Thread>>,
}

impl Worker {
    pub(crate) fn new(settings: Arc<Settings>) -> Self {
        Self { settings, thread: Mutex::new(None) }
    }

    /// Runs a job on the thread.
    pub(crate) async fn call<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Line) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (tell, told) = oneshot::channel();
        self.post(Box::new(move |line| {
            // Nobody waits any more if the caller was dropped; a fetch is then repeated.
            let _ = tell.send(job(line));
        }))?;
        told.await.unwrap_or_else(|_| Err(ended()))
    }

    fn post(&self, job: Job) -> Result<()> {
        let mut thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        let job = match thread.as_ref() {
            None => job,
            Some(running) => match running.send(job) {
                Ok(()) => return Ok(()),
                Err(job) => job,
            },
        };
        let started = start(self.settings.clone())?;
        let sent = started.send(job).map_err(|_| ended());
        *thread = Some(started);
        sent
    }
}

impl Thread {
    fn send(&self, job: Job) -> std::result::Result<(), Job> {
        self.bell.pending.fetch_add(1, Ordering::AcqRel);
        let sent = self.jobs.send(job).map_err(|error| error.0);
        self.bell.ring();
        sent
    }
}

fn ended() -> Error {
    Error::new(ErrorKind::Network, "the connection's thread has ended; it is started again")
}

fn start(settings: Arc<Settings>) -> Result<Thread> {
    let (jobs, inbox) = mpsc::channel::<Job>();
    let (tell, told) = mpsc::sync_channel(1);
    let broken =
        |e: std::io::Error| Error::new(ErrorKind::Network, "no thread for the connection").with_source(e);
    std::thread::Builder::new()
        .name("mail".to_owned())
        .spawn(move || {
            let desk = match Desk::new() {
                Ok(desk) => desk,
                Err(error) => return drop(tell.send(Err(error))),
            };
            // The receiver waits right below.
            let _ = tell.send(Ok(desk.bell.clone()));
            serve(Line { settings, memory: Memory::default(), desk, imap: None, commands: 0 }, &inbox);
        })
        .map_err(broken)?;
    let bell = told.recv().map_err(|_| ended())?.map_err(broken)?;
    Ok(Thread { jobs, bell })
}

fn serve(mut line: Line, inbox: &mpsc::Receiver<Job>) {
    loop {
        let job = match inbox.recv_timeout(UNUSED_MAX) {
            Ok(job) => job,
            Err(mpsc::RecvTimeoutError::Disconnected) => return,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                line.hang_up();
                continue;
            }
        };
        line.desk.bell.pending.fetch_sub(1, Ordering::AcqRel);
        if line.closing() {
            return;
        }
        // A bug met by one odd mail must not end the account: the connection is dropped and the caller told.
        let result = catch_unwind(AssertUnwindSafe(|| {
            job(&mut line);
            crate::email::sync::prefetch(&mut line);
        }));
        if result.is_err() {
            tracing::error!("a mail job ended in a panic");
            line.hang_up();
            line.memory = Memory::default();
        }
    }
}
