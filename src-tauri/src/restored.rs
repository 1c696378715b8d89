//! Going back to a backup through Tauri's own door: the engine stops, another database answers the same questions, the
//! engine runs again; what does not work leaves everything as it was.

use serde_json::{Value, json};
use tauri::Manager;
use theke_engine::api::Code;

use crate::barrage::{MAIL, OURS, ask_once, page, program};
use crate::picked::Picked;
use crate::session::Session;
use crate::window;

#[test]
fn the_window_goes_back_and_forward_again_and_the_engine_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let app = program(folder.path());
    let page = page(&app, window::LABEL);
    let ask = |command: &str, arguments: Value| ask_once(&page, OURS, command, &arguments);
    let setup = json!({"shop": "Blumen Beispiel", "country": "DE", "passphrase": "korrekt pferd batterie"});
    ask("profile_create", setup).unwrap();
    let session = app.state::<Session>();
    let import = |name: &str, number: u32| {
        let mail = folder.path().join(name);
        std::fs::write(&mail, MAIL.replace("frage-1@", &format!("frage-{number}@"))).unwrap();
        tauri::async_runtime::block_on(async {
            session.api().await.unwrap().import(vec![mail]).await.unwrap();
        });
    };
    import("eins.eml", 1);
    let file = folder.path().join("kopie.theke-backup");
    tauri::async_runtime::block_on(async {
        session.api().await.unwrap().backup(file.clone()).await.unwrap();
    });
    import("zwei.eml", 2);
    assert_eq!(ask("overview", json!({})).unwrap()["messages"], 2);

    let named = file.to_str().unwrap();
    let unpicked = ask("restore_file", json!({"file": named})).unwrap_err();
    assert_eq!(unpicked["code"], "bad_input", "a page cannot name a file of its own choice");
    app.state::<Picked>().add(file.clone());
    assert_eq!(ask("restore_file", json!({"file": named})).unwrap()["messages"], 1);
    assert_eq!(ask("overview", json!({})).unwrap()["messages"], 1);

    let kept = ask("backups", json!({})).unwrap()["kept"][0]["name"].clone();
    assert_eq!(ask("restore_kept", json!({"name": "../theke.db"})).unwrap_err()["code"], "not_found");
    assert_eq!(ask("restore_kept", json!({"name": kept})).unwrap()["messages"], 2);
    assert_eq!(ask("overview", json!({})).unwrap()["messages"], 2);
    tauri::async_runtime::block_on(async {
        let held = session.api().await.unwrap().sync_once(None).await.unwrap_err();
        assert_eq!(held.code, Code::InUse, "the engine runs again");
        session.close().await;
    });
}
