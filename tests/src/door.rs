//! A door before a server. While it is shut whoever knocks waits outside: so a test knows that a program has come as
//! far as wanting that server, and no further. It can also lead to another server than before, as a strange network
//! does.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use crate::program::PATIENCE;

#[derive(Debug, Default)]
struct State {
    /// The port of whoever is behind it.
    behind: u16,
    shut: bool,
    waiting: usize,
}

/// The door; its threads end with the test.
pub struct Door {
    /// Where it listens.
    pub port: u16,
    state: Arc<(Mutex<State>, Condvar)>,
}

impl Door {
    /// An open door before this port of the loopback interface.
    pub fn before(port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let door = listener.local_addr().unwrap().port();
        let state = Arc::new((Mutex::new(State { behind: port, ..State::default() }), Condvar::new()));
        let kept = state.clone();
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let state = kept.clone();
                std::thread::spawn(move || enter(&client, &state));
            }
        });
        Self { port: door, state }
    }

    /// Who comes from now on finds this port behind it.
    pub fn lead_to(&self, port: u16) {
        self.state.0.lock().unwrap_or_else(PoisonError::into_inner).behind = port;
    }

    /// Who comes from now on waits outside.
    pub fn shut(&self) {
        self.state.0.lock().unwrap_or_else(PoisonError::into_inner).shut = true;
    }

    /// Returns when somebody waits outside.
    pub fn wait_for_knock(&self) {
        let state = self.state.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (state, waited) = self
            .state
            .1
            .wait_timeout_while(state, PATIENCE, |state| state.waiting == 0)
            .unwrap_or_else(PoisonError::into_inner);
        assert!(!waited.timed_out(), "nobody knocked: {state:?}");
    }

    /// Everybody may enter again.
    pub fn open(&self) {
        let mut state = self.state.0.lock().unwrap_or_else(PoisonError::into_inner);
        (state.shut, state.waiting) = (false, 0);
        self.state.1.notify_all();
    }
}

fn enter(client: &TcpStream, state: &(Mutex<State>, Condvar)) {
    let behind = {
        let mut now = state.0.lock().unwrap_or_else(PoisonError::into_inner);
        if now.shut {
            now.waiting += 1;
            state.1.notify_all();
        }
        state.1.wait_while(now, |now| now.shut).unwrap_or_else(PoisonError::into_inner).behind
    };
    let Ok(server) = TcpStream::connect(("127.0.0.1", behind)) else { return };
    std::thread::scope(|scope| {
        scope.spawn(|| carry(client, &server));
        carry(&server, client);
    });
}

fn carry(mut from: &TcpStream, mut to: &TcpStream) {
    let mut room = [0; 16 * 1024];
    while let Ok(count) = from.read(&mut room) {
        if count == 0 || room.get(..count).is_none_or(|bytes| to.write_all(bytes).is_err()) {
            break;
        }
    }
    // One of the two has gone; the other learns it.
    let _ = to.shutdown(Shutdown::Write);
}
