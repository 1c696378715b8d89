//! D3, through Tauri's own door: while the window is locked every command is refused but those that open it, and nothing
//! that is answered names the shop or a customer. The page's side is in `tests/ui/lock.test.mjs`.

use std::collections::BTreeSet;
use std::sync::mpsc;

use serde_json::{Value, json};
use tauri::{Listener, Manager};
use theke_engine::api::types::Event;

use crate::barrage::{OURS, ask_once, commands_of_capability, page, program};
use crate::lock::Lock;
use crate::{bridge, window};

const PASSPHRASE: &str = "korrekt pferd batterie";

#[test]
fn a_locked_window_is_answered_nothing_of_the_shop() {
    let folder = tempfile::tempdir().unwrap();
    let app = program(folder.path());
    let page = page(&app, window::LABEL);
    let ask = |command: &str, arguments: Value| ask_once(&page, OURS, command, &arguments);
    let setup = json!({"shop": "Blumen Kanarienvogel", "country": "DE", "passphrase": PASSPHRASE});
    ask("profile_create", setup).unwrap();
    assert_eq!(ask("lock_state", json!({})).unwrap()["locked"], false);
    assert!(ask("profile_status", json!({})).unwrap().to_string().contains("Kanarienvogel"));
    assert_eq!(ask("lock", json!({})), Ok(json!(true)));

    let mut answered = BTreeSet::new();
    for command in commands_of_capability() {
        match ask(&command, json!({})) {
            Err(error) if error["code"] == "locked" => {}
            Err(_) => _ = answered.insert(command),
            Ok(answer) => {
                assert!(!answer.to_string().contains("Kanarienvogel"), "{command}: {answer}");
                answered.insert(command);
            }
        }
    }
    let open = ["drawn", "lock", "lock_state", "profile_open", "profile_status", "unlock"];
    assert_eq!(answered.iter().map(String::as_str).collect::<Vec<_>>(), open);
    assert_eq!(ask("profile_status", json!({})).unwrap()["window_locked"], true);

    let wrong = ask("unlock", json!({"typed": "geraten"})).unwrap_err();
    assert_eq!(wrong["code"], "wrong_key");
    assert_eq!(ask("overview", json!({})).unwrap_err()["code"], "locked");
    ask("unlock", json!({"typed": PASSPHRASE})).unwrap();
    ask("overview", json!({})).unwrap();
    assert_eq!(ask("profile_status", json!({})).unwrap()["window_locked"], false);
    tauri::async_runtime::block_on(app.state::<crate::session::Session>().close());
}

#[test]
fn a_locked_window_hears_of_its_lock_alone() {
    let folder = tempfile::tempdir().unwrap();
    let app = program(folder.path());
    let page = page(&app, window::LABEL);
    let (sender, heard) = mpsc::channel();
    page.listen("theke", move |event| drop(sender.send(event.payload().to_owned())));
    let tell = |event: &Event| bridge::tell(app.handle(), event);
    let opened = Event::OpenConversation { conversation_id: 7, reply: false };
    tell(&opened);
    assert!(heard.recv().unwrap().contains("open_conversation"));
    app.state::<Lock>().begin_locked();
    tell(&opened);
    tell(&Event::MessageReceived { account_id: 1, conversation_id: 7, message_id: 9 });
    tell(&Event::LockChanged { locked: false });
    assert!(heard.recv().unwrap().contains("lock_changed"), "the others were not told");
    assert!(heard.try_recv().is_err());
}
