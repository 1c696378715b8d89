//! Another program on the virtual desktop: what it has in the clipboard, and files that a person drags from it onto a
//! window. It speaks to the display itself, because no tool does both, and a drag needs a partner that answers.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test ends here with what went wrong"
)]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt, CreateWindowAux, EventMask, PropMode, SelectionNotifyEvent,
    SelectionRequestEvent, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use crate::desk::{Desk, wait_within};

/// How long the window may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// The protocol of dragging that all toolkits speak.
const XDND_VERSION: u32 = 5;

/// Something in one form that other programs may fetch.
struct Offer {
    connection: RustConnection,
    window: u32,
    form: u32,
    bytes: Vec<u8>,
}

impl Offer {
    /// Offers `bytes` as `form` under the name of a selection: the clipboard, or what is being dragged.
    fn make(desk: &Desk, selection: &str, form: &str, bytes: Vec<u8>) -> Self {
        let (connection, screen) = x11rb::connect(Some(desk.display())).unwrap();
        let root = connection.setup().roots[screen].root;
        let window = connection.generate_id().unwrap();
        let none = CreateWindowAux::new();
        connection
            .create_window(0, window, root, 0, 0, 1, 1, 0, WindowClass::INPUT_ONLY, 0, &none)
            .unwrap()
            .check()
            .unwrap();
        let offer = Self { form: atom(&connection, form), connection, window, bytes };
        let selection = atom(&offer.connection, selection);
        offer
            .connection
            .set_selection_owner(window, selection, x11rb::CURRENT_TIME)
            .unwrap()
            .check()
            .unwrap();
        offer
    }

    /// Hands it out to who asks; answers an event that is something else.
    fn serve(&self) -> Option<Event> {
        match self.connection.poll_for_event().unwrap()? {
            Event::SelectionRequest(asked) => {
                self.answer(&asked);
                None
            }
            other => Some(other),
        }
    }

    fn answer(&self, asked: &SelectionRequestEvent) {
        let targets = atom(&self.connection, "TARGETS");
        let mut property = if asked.property == 0 { asked.target } else { asked.property };
        if asked.target == targets {
            let forms = [targets, self.form];
            let given = self.connection.change_property32(
                PropMode::REPLACE,
                asked.requestor,
                property,
                AtomEnum::ATOM,
                &forms,
            );
            given.unwrap().check().unwrap();
        } else if asked.target == self.form {
            let given = self.connection.change_property8(
                PropMode::REPLACE,
                asked.requestor,
                property,
                self.form,
                &self.bytes,
            );
            given.unwrap().check().unwrap();
        } else {
            property = 0;
        }
        let notice = SelectionNotifyEvent {
            response_type: x11rb::protocol::xproto::SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: asked.time,
            requestor: asked.requestor,
            selection: asked.selection,
            target: asked.target,
            property,
        };
        self.connection
            .send_event(false, asked.requestor, EventMask::NO_EVENT, notice)
            .unwrap()
            .check()
            .unwrap();
    }

    /// Tells a window of the drag.
    fn tell(&self, window: u32, what: &str, words: [u32; 5]) {
        let told = ClientMessageEvent::new(32, window, atom(&self.connection, what), words);
        self.connection.send_event(false, window, EventMask::NO_EVENT, told).unwrap().check().unwrap();
    }

    /// Waits for the window's answer to the drag and hands out what it asks for meanwhile.
    fn wait_for_answer(&self, what: &str) -> [u32; 5] {
        let wanted = atom(&self.connection, what);
        let found = wait_within(PATIENCE, || match self.serve() {
            Some(Event::ClientMessage(told)) if told.type_ == wanted => Some(told.data.as_data32()),
            _ => None,
        });
        found.unwrap_or_else(|| panic!("the window does not answer the drag with {what}"))
    }
}

fn atom(connection: &RustConnection, name: &str) -> u32 {
    connection.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom
}

/// What another program has copied, as long as this lives.
pub struct Clipboard {
    ended: Arc<AtomicBool>,
    server: Option<JoinHandle<()>>,
}

impl Clipboard {
    /// Puts this into the clipboard, in one form such as `image/png`.
    pub fn holding(desk: &Desk, form: &str, bytes: Vec<u8>) -> Self {
        let offer = Offer::make(desk, "CLIPBOARD", form, bytes);
        let ended = Arc::new(AtomicBool::new(false));
        let watched = ended.clone();
        let server = std::thread::spawn(move || wait_and_serve(&offer, &watched));
        Self { ended, server: Some(server) }
    }
}

fn wait_and_serve(offer: &Offer, ended: &AtomicBool) {
    while !ended.load(Ordering::Relaxed) {
        if offer.serve().is_none() {
            // Waiting for the next request would not hear that the test is over; the pause only leaves the processor to it.
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Clipboard {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        let _failed_already = self.server.take().map(JoinHandle::join);
    }
}

/// Drags a file onto a place of a window, in pixels of the screen, and lets it go there.
pub fn wait_and_drop(desk: &Desk, window: u32, file: &Path, (x, y): (i16, i16)) {
    let list = format!("file://{}\r\n", file.display());
    let drag = Offer::make(desk, "XdndSelection", "text/uri-list", list.into_bytes());
    let copy = atom(&drag.connection, "XdndActionCopy");
    drag.tell(window, "XdndEnter", [drag.window, XDND_VERSION << 24, drag.form, 0, 0]);
    let place = (u32::from(x.cast_unsigned()) << 16) | u32::from(y.cast_unsigned());
    // A pointer moves: the window learns what it is from the first step and says what it does with it to the next ones.
    for _step in 0..4 {
        drag.tell(window, "XdndPosition", [drag.window, 0, place, x11rb::CURRENT_TIME, copy]);
        drag.wait_for_answer("XdndStatus");
    }
    drag.tell(window, "XdndDrop", [drag.window, 0, x11rb::CURRENT_TIME, 0, 0]);
    drag.wait_for_answer("XdndFinished");
}
