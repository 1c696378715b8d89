//! `attempts.log`.

use std::io::Write;

use theke_domain::message::ClientReference;
use theke_store::attempts::{Attempts, Seen};

use crate::shop::{NOW, Shop};

fn reference(text: &str) -> ClientReference {
    ClientReference(text.to_owned())
}

#[test]
fn the_last_attempt_of_each_message_is_known_after_reopening() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("attempts.log");
    let log = Attempts::open(&path).unwrap();
    let (one, two) = (reference("<one@shop.example>"), reference("<two@shop.example>"));
    log.begin(&one, 1).unwrap();
    log.passed(&one, 1).unwrap();
    log.begin(&one, 2).unwrap();
    log.begin(&two, 1).unwrap();
    log.refused(&two, 1).unwrap();
    drop(log);
    let log = Attempts::open(&path).unwrap();
    assert_eq!(log.last(&one), Some(Seen { attempt: 2, passed: false, refused: false }));
    assert_eq!(log.last(&two), Some(Seen { attempt: 1, passed: false, refused: true }));
    assert_eq!(log.last(&reference("<three@shop.example>")), None);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains("shop.example"), "nobody is named in it");
}

#[test]
fn a_file_that_was_cut_anywhere_is_read_as_far_as_it_goes() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("attempts.log");
    let one = reference("<one@shop.example>");
    let log = Attempts::open(&path).unwrap();
    log.begin(&one, 1).unwrap();
    let first_line = std::fs::read(&path).unwrap().len();
    log.begin(&one, 12).unwrap();
    drop(log);
    let whole = std::fs::read(&path).unwrap();
    for cut in 0..whole.len() {
        std::fs::write(&path, &whole[..cut]).unwrap();
        let log = Attempts::open(&path).unwrap();
        let wanted = match cut {
            cut if cut + 1 >= whole.len() => Some(12),
            cut if cut + 1 >= first_line => Some(1),
            _ => None,
        };
        assert_eq!(log.last(&one).map(|seen| seen.attempt), wanted, "cut at {cut}");
        // A torn line does not swallow the one that comes after it.
        log.begin(&one, 20).unwrap();
        drop(log);
        assert_eq!(Attempts::open(&path).unwrap().last(&one).map(|seen| seen.attempt), Some(20));
    }
}

/// A disk that fills up takes a part of a line, and the program goes on once there is room.
#[test]
fn a_line_torn_by_a_full_disk_does_not_swallow_the_next_one() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("attempts.log");
    let (one, two) = (reference("<one@shop.example>"), reference("<two@shop.example>"));
    let log = Attempts::open(&path).unwrap();
    log.begin(&one, 1).unwrap();
    let line = std::fs::read(&path).unwrap();
    for torn in [1, line.len() / 2, line.len() - 1] {
        std::fs::OpenOptions::new().append(true).open(&path).unwrap().write_all(&line[..torn]).unwrap();
        let attempt = u32::try_from(torn).unwrap();
        log.begin(&two, attempt).unwrap();
        log.passed(&two, attempt).unwrap();
        let read = Attempts::open(&path).unwrap();
        assert_eq!(read.last(&two), Some(Seen { attempt, passed: true, refused: false }), "torn at {torn}");
        assert_eq!(read.last(&one).map(|seen| seen.attempt), Some(1));
    }
}

#[test]
fn a_large_file_is_compacted_to_what_is_unfinished() {
    let shop = Shop::new();
    let account = shop.account("mailbox");
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let id = shop.reply(shop.conversation(contact, "Frage"), account, NOW);
    let (path, one) = (shop.folder.attempts(), shop.entry(id).reference);
    let log = Attempts::open(&path).unwrap();
    log.begin(&one, 3).unwrap();
    log.passed(&one, 3).unwrap();
    let done = reference("<done@shop.example>");
    log.begin(&done, 1).unwrap();
    log.compact(&shop.store).unwrap();
    assert!(log.last(&done).is_some(), "a small file is left alone");
    drop(log);
    let lines = std::fs::read_to_string(&path).unwrap();
    let mut file = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
    file.write_all(lines.repeat(3_000).as_bytes()).unwrap();
    drop(file);
    let log = Attempts::open(&path).unwrap();
    log.compact(&shop.store).unwrap();
    log.begin(&reference("<new@shop.example>"), 1).unwrap();
    drop(log);
    assert!(std::fs::metadata(&path).unwrap().len() < 400);
    let log = Attempts::open(&path).unwrap();
    assert_eq!(log.last(&one), Some(Seen { attempt: 3, passed: true, refused: false }));
    assert_eq!(log.last(&done), None);
    assert!(log.last(&reference("<new@shop.example>")).is_some());
}
