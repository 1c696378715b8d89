//! What another program of the desktop offers to ours, as X11 has it: a file that a person drags onto the window (XDND,
//! <https://www.freedesktop.org/wiki/Specifications/XDND/>), a picture in the clipboard (ICCCM, section 2).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt, CreateWindowAux, EventMask, PropMode,
    SELECTION_NOTIFY_EVENT, SelectionNotifyEvent, SelectionRequestEvent, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use super::desk::{Desk, PATIENCE, wait_within};

/// The version of XDND that is spoken.
const VERSION: u32 = 5;

/// A program that owns a selection and hands it out.
struct Offer {
    connection: RustConnection,
    window: Window,
    root: Window,
    mime: &'static str,
    bytes: Vec<u8>,
}

impl Offer {
    fn of(desk: &Desk, selection: &str, mime: &'static str, bytes: Vec<u8>) -> Self {
        let (connection, screen) = x11rb::connect(Some(desk.display())).unwrap();
        let window = connection.generate_id().unwrap();
        let root = connection.setup().roots[screen].root;
        let look = CreateWindowAux::new();
        connection.create_window(0, window, root, 0, 0, 1, 1, 0, WindowClass::INPUT_ONLY, 0, &look).unwrap();
        let offer = Self { connection, window, root, mime, bytes };
        offer.connection.set_selection_owner(window, offer.atom(selection), x11rb::CURRENT_TIME).unwrap();
        offer.connection.flush().unwrap();
        offer
    }

    fn atom(&self, name: &str) -> Atom {
        self.connection.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom
    }

    fn next(&self) -> Option<Event> {
        self.connection.poll_for_event().unwrap()
    }

    /// Hands it out to whom asks.
    fn answer(&self, asked: &SelectionRequestEvent) {
        let (mime, targets) = (self.atom(self.mime), self.atom("TARGETS"));
        let property = if asked.target == targets {
            let offered = [targets, mime];
            let kind = AtomEnum::ATOM;
            self.connection.change_property32(
                PropMode::REPLACE,
                asked.requestor,
                asked.property,
                kind,
                &offered,
            )
        } else if asked.target == mime {
            self.connection.change_property8(
                PropMode::REPLACE,
                asked.requestor,
                asked.property,
                mime,
                &self.bytes,
            )
        } else {
            return self.notify(asked, x11rb::NONE);
        };
        property.unwrap();
        self.notify(asked, asked.property);
    }

    fn notify(&self, asked: &SelectionRequestEvent, property: Atom) {
        let told = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: asked.time,
            requestor: asked.requestor,
            selection: asked.selection,
            target: asked.target,
            property,
        };
        self.connection.send_event(false, asked.requestor, EventMask::NO_EVENT, told).unwrap();
        self.connection.flush().unwrap();
    }

    /// The window that takes drags.
    fn target(&self) -> Window {
        let aware = self.atom("XdndAware");
        let takes = |window: &Window| {
            let asked = self.connection.get_property(false, *window, aware, AtomEnum::ANY, 0, 1);
            asked.unwrap().reply().is_ok_and(|property| property.value_len > 0)
        };
        let children = |window: Window| {
            let tree = self.connection.query_tree(window).unwrap().reply();
            tree.map_or_else(|_| Vec::new(), |tree| tree.children)
        };
        wait_within(PATIENCE, || children(self.root).into_iter().find(takes)).expect("no window takes drags")
    }

    fn say(&self, target: Window, what: &str, words: [u32; 4]) {
        let words = [self.window, words[0], words[1], words[2], words[3]];
        let told = ClientMessageEvent::new(32, target, self.atom(what), words);
        self.connection.send_event(false, target, EventMask::NO_EVENT, told).unwrap();
        self.connection.flush().unwrap();
    }

    /// Answers what is asked until the target says this word; true if something was fetched meanwhile.
    fn wait_for(&self, word: &str) -> bool {
        let (word, mut fetched) = (self.atom(word), false);
        let heard = wait_within(PATIENCE, || match self.next()? {
            Event::SelectionRequest(asked) => {
                self.answer(&asked);
                fetched |= asked.target == self.atom(self.mime);
                None
            }
            Event::ClientMessage(told) => (told.type_ == word).then_some(()),
            _ => None,
        });
        assert!(heard.is_some(), "the window does not answer a drag");
        fetched
    }
}

/// Drags files onto this place of the window and lets them go.
pub fn drop_files(desk: &Desk, files: &[&std::path::Path], (x, y): (u32, u32)) {
    let list: String = files.iter().map(|file| format!("file://{}\r\n", file.display())).collect();
    let offer = Offer::of(desk, "XdndSelection", "text/uri-list", list.into_bytes());
    let target = offer.target();
    let at = offer.connection.translate_coordinates(target, offer.root, 0, 0).unwrap().reply().unwrap();
    let place = (u32::try_from(at.dst_x).unwrap() + x) << 16 | (u32::try_from(at.dst_y).unwrap() + y);
    let copy = offer.atom("XdndActionCopy");
    offer.say(target, "XdndEnter", [VERSION << 24, offer.atom(offer.mime), 0, 0]);
    // The window asks what it is once it is over it; after that a person moves on a little and lets go.
    let mut fetched = false;
    for _ in 0..200 {
        offer.say(target, "XdndPosition", [0, place, x11rb::CURRENT_TIME, copy]);
        let before = fetched;
        fetched |= offer.wait_for("XdndStatus");
        if before {
            break;
        }
    }
    assert!(fetched, "the window never asked what is dragged over it");
    offer.say(target, "XdndDrop", [0, x11rb::CURRENT_TIME, 0, 0]);
    offer.wait_for("XdndFinished");
}

/// Something in the clipboard, until this is dropped.
pub struct Copied {
    ending: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// Copies a picture, as a picture program does.
pub fn copy_picture(desk: &Desk, png: Vec<u8>) -> Copied {
    let offer = Offer::of(desk, "CLIPBOARD", "image/png", png);
    let ending = Arc::new(AtomicBool::new(false));
    let ended = ending.clone();
    let thread = std::thread::spawn(move || {
        // Looked at again and again, because the owner also has to hear that it shall end.
        let _ended = wait_within(PATIENCE * 10, || {
            if let Some(Event::SelectionRequest(asked)) = offer.next() {
                offer.answer(&asked);
            }
            ended.load(Ordering::Relaxed).then_some(())
        });
    });
    Copied { ending, thread: Some(thread) }
}

impl Drop for Copied {
    fn drop(&mut self) {
        self.ending.store(true, Ordering::Relaxed);
        let _ended = self.thread.take().map(JoinHandle::join);
    }
}
