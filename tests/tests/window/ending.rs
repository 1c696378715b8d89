//! The end of the program: however it is asked to, it stops its engine, closes the database and ends well.

use std::time::Duration;

use theke_tests::desk::Desk;
use theke_tests::mailstack::MailStack;

use super::program;

/// Ends in a row; a crash at exit showed itself in one of about twenty.
const ROUNDS: u64 = 30;
const PATIENCE: Duration = Duration::from_secs(30);

#[test]
fn thirty_ends_with_a_running_engine_are_all_orderly() {
    let Some(program) = program() else { return };
    let ctl = program.with_file_name("thekectl");
    let mail = MailStack::start();
    mail.add_user("anna");
    let desk = Desk::open();
    let made = desk.run(&ctl, &["--json", "init", "--shop", "Blumen Beispiel", "--country", "DE"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    desk.add_mail_account(&ctl, &mail, "anna");

    for round in 0..ROUNDS {
        let mut first = desk.start(&program, &[]);
        desk.wait_for_engine(&first);
        // News in some rounds, and an end at another moment in each: while it fetches, stores, indexes or rests.
        if round % 2 == 0 {
            let text = format!(
                "From: Petra <petra@kundin.example>\r\nTo: anna@test.local\r\nSubject: Frage {round}\r\n\
                 Message-ID: <ende-{round}@kundin.example>\r\n\r\nWann kommt mein Paket?\r\n"
            );
            mail.deliver("anna", text.as_bytes());
        }
        wait_for_another_moment(round);
        if round % 3 == 1 {
            let mut second = desk.start(&program, &[]);
            assert!(second.wait_for_end(PATIENCE), "round {round}: the second start ends well");
        }
        if round % 3 == 2 {
            desk.close_window(&first);
        } else {
            first.ask_to_end();
        }
        assert!(first.wait_for_end(PATIENCE), "round {round}: {}", first.how_it_ended());
    }
    let looked = desk.run(&ctl, &["--json", "doctor"]);
    assert!(looked.status.success(), "{}", String::from_utf8_lossy(&looked.stdout));
}

/// Some rounds end at once, some when the engine rests; nothing is waited for.
fn wait_for_another_moment(round: u64) {
    std::thread::sleep(Duration::from_millis(round * 53 % 700));
}
