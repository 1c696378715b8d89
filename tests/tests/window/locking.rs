//! D3: the lock of the window, in the window itself: nothing is seen and nothing answered until somebody opens it.

use std::process::Command;

use super::{MAIL, program};
use theke_tests::desk::Desk;
use theke_tests::hand::Hand;

/// The system's screen is locked, as the desktop tells it on the session bus.
fn lock_screen(desk: &Desk) {
    let mut tell = Command::new("dbus-send");
    let words = ["--session", "--type=signal", "/org/freedesktop/ScreenSaver"];
    desk.equip(tell.args(words).args(["org.freedesktop.ScreenSaver.ActiveChanged", "boolean:true"]));
    assert!(tell.status().unwrap().success());
}

async fn wait_locked(hand: &Hand) {
    hand.wait("[data-testid=lock]").await;
    let page = hand.script("return document.documentElement.outerHTML").await;
    assert!(!page.contains("Petra") && !page.contains("Blumen"), "{page}");
    assert_eq!(hand.title().await, "Theke");
    for command in ["conversations", "settings_get", "overview", "diagnostics", "security"] {
        let answer = hand.invoke(command, "{}").await;
        assert!(answer.starts_with("refused: ") && answer.contains("\"locked\""), "{command}: {answer}");
    }
}

async fn unlock(hand: &Hand, typed: &str) {
    hand.fill("[data-testid=lock] input", typed).await;
    hand.click("[data-testid=lock] button[type=submit]").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_window_shows_and_answers_nothing_until_it_is_opened() {
    let Some(program) = program() else { return };
    let ctl = program.with_file_name("thekectl");
    let desk = Desk::open();
    let file = |name: &str, text: &str| {
        let path = desk.home().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let (pin, mail) = (file("pin", "4711"), file("frage.eml", MAIL));
    for words in [
        &["init", "--shop", "Blumen Beispiel", "--country", "DE"][..],
        &["import", &mail][..],
        &["keys", "set-pin", &pin][..],
    ] {
        let done = desk.run(&ctl, words);
        assert!(done.status.success(), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
    }
    let hand = Hand::open(&desk, &program).await;
    // The keychain opened the profile; nobody typed anything.
    wait_locked(&hand).await;
    unlock(&hand, "0000").await;
    hand.wait_text("[data-testid=lock]", "Das passt nicht").await;
    wait_locked(&hand).await;
    unlock(&hand, "4711").await;
    hand.click_text("[data-testid=conversation-row]", "Petra Beispiel").await;
    hand.wait_text("[data-testid=message]", "Wann kommt mein Paket an?").await;

    lock_screen(&desk);
    wait_locked(&hand).await;
    unlock(&hand, "4711").await;
    hand.wait_text("[data-testid=message]", "Wann kommt mein Paket an?").await;
    hand.close().await;
}
