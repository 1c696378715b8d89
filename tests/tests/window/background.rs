//! Without its window: in the tray, paused, started with the computer, back on a click.

use std::time::{Duration, Instant};

use theke_tests::desk::{Desk, Started, wait_within};
use theke_tests::mailstack::MailStack;
use theke_tests::tray::Tray;

use super::program;

const PATIENCE: Duration = Duration::from_secs(30);

fn with_a_profile() -> Option<(Desk, std::path::PathBuf, std::path::PathBuf)> {
    let program = program()?;
    let ctl = program.with_file_name("thekectl");
    let desk = Desk::open();
    let made = desk.run(&ctl, &["--json", "init", "--shop", "Blumen Beispiel", "--country", "DE"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    Some((desk, program, ctl))
}

/// Closes the window and waits until the web view behind it is gone.
fn wait_close_to_tray(desk: &Desk, started: &Started) {
    desk.close_window(started);
    let gone = || (desk.window(started).is_none() && !desk.has_web_view()).then_some(());
    assert!(wait_within(PATIENCE, gone).is_some(), "the window or its web view stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_the_window_keeps_the_engine_in_the_tray() {
    let Some((mut desk, program, ctl)) = with_a_profile() else { return };
    desk.take_notifications();
    let tray = Tray::on(&desk).await;
    let mut theke = desk.start(&program, &[]);
    desk.wait_until_drawn(desk.wait_for_window(&theke));
    desk.wait_for_engine(&theke);
    tray.wait_for_entry("Theke öffnen").await;

    wait_close_to_tray(&desk, &theke);
    desk.wait_for_notification("Theke läuft weiter");
    assert!(!theke.wait_for_end(Duration::from_millis(200)), "{}", theke.how_it_ended());
    let busy = desk.run(&ctl, &["--json", "sync"]);
    assert!(!busy.status.success(), "the engine goes on in the tray");
    // How long it takes is printed, not judged: that is for a quiet computer (590 ms there, of a second).
    let began = Instant::now();
    tray.wait_and_click("Theke öffnen").await;
    desk.wait_until_drawn(desk.wait_for_window(&theke));
    println!("back from the tray, drawn after {} ms", began.elapsed().as_millis());

    // A second start brings it back as well; and it is said once only.
    wait_close_to_tray(&desk, &theke);
    assert!(desk.start(&program, &[]).wait_for_end(PATIENCE));
    desk.wait_for_window(&theke);
    let told = desk.wait_for_notification("");
    assert_eq!(told.matches("Theke läuft weiter").count(), 1, "{told}");

    // The switch: then closing is the end. Until the program has taken it up, closing leaves it in the tray once more.
    assert!(desk.run(&ctl, &["settings", "set", "background.keep_running", "false"]).status.success());
    desk.wait_until("the setting is taken up", || {
        if desk.window(&theke).is_none() {
            // It hands over to the first one, unless that one has just ended: then it is the first itself.
            let mut second = desk.start(&program, &[]);
            wait_within(PATIENCE, || (second.has_ended() || theke.has_ended()).then_some(()));
        }
        desk.close_window_if_there(&theke);
        theke.has_ended()
    });
    assert!(theke.wait_for_end(PATIENCE), "{}", theke.how_it_ended());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_frees_the_profile_and_ends_and_quitting_ends_all() {
    let Some((desk, program, ctl)) = with_a_profile() else { return };
    let tray = Tray::on(&desk).await;
    let mut theke = desk.start(&program, &["--hidden"]);
    desk.wait_for_engine(&theke);
    assert_eq!(desk.window(&theke), None, "started with the computer: no window");
    tray.wait_and_click("Eine Stunde pausieren").await;
    tray.wait_for_entry("Weitermachen").await;
    assert!(desk.run(&ctl, &["--json", "sync"]).status.success(), "nothing is fetched or sent in a pause");
    tray.wait_and_click("Weitermachen").await;
    tray.wait_for_entry("Eine Stunde pausieren").await;
    assert!(!desk.run(&ctl, &["--json", "sync"]).status.success(), "it goes on");
    tray.wait_and_click("Beenden").await;
    assert!(theke.wait_for_end(PATIENCE), "{}", theke.how_it_ended());
}

#[test]
fn without_a_tray_closing_the_window_is_the_end() {
    let Some((desk, program, _)) = with_a_profile() else { return };
    let mut theke = desk.start(&program, &[]);
    desk.wait_for_engine(&theke);
    desk.close_window(&theke);
    assert!(theke.wait_for_end(PATIENCE), "{}", theke.how_it_ended());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tray_that_comes_late_is_found_while_things_go_on() {
    let Some((desk, program, ctl)) = with_a_profile() else { return };
    let mut theke = desk.start(&program, &[]);
    desk.wait_for_engine(&theke);
    let tray = Tray::on(&desk).await;
    let mut on = false;
    desk.wait_until("there is an icon in the tray", || {
        on = !on;
        assert!(desk.run(&ctl, &["settings", "set", "background.told", &on.to_string()]).status.success());
        tray.has_an_icon()
    });
    tray.wait_and_click("Beenden").await;
    assert!(theke.wait_for_end(PATIENCE), "{}", theke.how_it_ended());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tray_stops_and_starts_what_is_done_by_itself() {
    let Some((desk, program, ctl)) = with_a_profile() else { return };
    let file = desk.profile().join("rule.toml");
    std::fs::write(&file, "name = \"Stern\"\nmode = \"send\"\nwhen = \"message\"\nthen = [\"star\"]\n")
        .unwrap();
    let rule = file.display().to_string();
    for words in [vec!["rules", "add", &rule], vec!["rules", "on", "1"], vec!["automation", "on"]] {
        let done = desk.run(&ctl, &words);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
    let tray = Tray::on(&desk).await;
    let mut theke = desk.start(&program, &["--hidden"]);
    desk.wait_for_engine(&theke);
    let is_on = || {
        String::from_utf8_lossy(&desk.run(&ctl, &["--json", "automation", "status"]).stdout)
            .contains("\"on\":true")
    };
    tray.wait_and_click("Automatik anhalten").await;
    tray.wait_for_entry("Automatik einschalten").await;
    assert!(!is_on());
    tray.wait_and_click("Automatik einschalten").await;
    tray.wait_for_entry("Automatik anhalten").await;
    assert!(is_on());
    tray.wait_and_click("Beenden").await;
    assert!(theke.wait_for_end(PATIENCE), "{}", theke.how_it_ended());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_click_on_a_notification_brings_the_window_and_messages_of_one_customer_are_one() {
    let Some((mut desk, program, ctl)) = with_a_profile() else { return };
    let mail = MailStack::start();
    mail.add_user("anna");
    desk.add_mail_account(&ctl, &mail, "anna");
    // Else the notification that the program goes on would stand before the customer's.
    assert!(desk.run(&ctl, &["settings", "set", "background.told", "true"]).status.success());
    desk.take_notifications();
    let tray = Tray::on(&desk).await;
    let theke = desk.start(&program, &[]);
    desk.wait_for_engine(&theke);
    tray.wait_for_entry("Theke öffnen").await;
    wait_close_to_tray(&desk, &theke);
    for (number, subject) in ["Erste Frage", "Zweite Frage"].into_iter().enumerate() {
        let now = jiff::Timestamp::now().strftime("%a, %d %b %Y %H:%M:%S +0000");
        let text = format!(
            "From: Petra <petra@kundin.example>\r\nTo: anna@test.local\r\nSubject: {subject}\r\nDate: {now}\r\n\
             Message-ID: <tray-{number}@kundin.example>\r\n\r\nWann kommt mein Paket?\r\n"
        );
        mail.deliver("anna", text.as_bytes());
        desk.wait_for_notification(subject);
    }
    desk.wait_for_notification("2 neue Nachrichten");
    tray.wait_for_entry("2 ungelesen").await;
    desk.click_notification();
    desk.wait_for_window(&theke);
}

#[test]
fn the_practice_shop_opens_without_a_question_and_says_what_it_is() {
    let Some(program) = program() else { return };
    let desk = Desk::open();
    let mut theke = desk.start(&program, &["--practice"]);
    desk.wait_for_engine(&theke);
    // Its customers have written: the number of unread messages stands behind the name.
    desk.wait_until("the title names the practice shop", || {
        desk.shows_title("Theke: Übungsladen \\([0-9]+\\)")
    });
    theke.ask_to_end();
    assert!(theke.wait_for_end(PATIENCE), "{}", theke.how_it_ended());
    assert!(desk.profile().join("practice").exists());
}

#[test]
fn the_start_with_the_computer_is_switched_on_and_off() {
    let Some((desk, program, ctl)) = with_a_profile() else { return };
    let mut theke = desk.start(&program, &[]);
    desk.wait_for_engine(&theke);
    let entry = || desk.autostart_entry();
    assert_eq!(entry(), None, "not before it was asked for");
    let set = |value: &str| {
        assert!(desk.run(&ctl, &["settings", "set", "background.autostart", value]).status.success());
    };
    set("true");
    desk.wait_until("there is an entry", || entry().is_some());
    let written = entry().unwrap();
    assert!(written.contains("--hidden") && written.contains(&program.display().to_string()), "{written}");
    set("false");
    desk.wait_until("there is none", || entry().is_none());
    theke.ask_to_end();
    assert!(theke.wait_for_end(PATIENCE), "{}", theke.how_it_ended());
}
