//! The program was off for three weeks while the mailbox lived on. What is still in INBOX or Sent, or was once seen, is
//! stored exactly once.

use std::fs;
use std::path::PathBuf;

use theke_tests::mailstack::MailStack;
use theke_tests::program::Shop;

use crate::mails::{add_mailbox, counted, date, mail, now};

const DAY: i64 = 24 * 3600;

struct Away {
    shop: Shop,
    stack: MailStack,
}

impl Away {
    /// A mailbox that was fetched three weeks ago: ten mails in INBOX, two in Sent.
    fn three_weeks_ago() -> Self {
        let (mut shop, stack) = (Shop::new(), MailStack::start());
        shop.set_clock(&(now() - jiff::SignedDuration::from_secs(21 * DAY)).to_string());
        add_mailbox(&shop, &stack);
        for n in 0..10 {
            stack.drop_into(
                "shop",
                "INBOX",
                &letter(&format!("old-{n}"), 22, Some(&format!("<old-{n}@kate.example>"))),
            );
        }
        for n in 0..2 {
            stack.drop_into_with_flags("shop", "Sent", &answer(&format!("answer-{n}"), 22), "S");
        }
        shop.json(&["sync"]);
        let away = Self { shop, stack };
        away.expect_once(&tokens("old", 10).chain(tokens("answer", 2)).collect::<Vec<_>>());
        away
    }

    fn come_back(&mut self) {
        self.shop.set_clock(&now().to_string());
        let synced = self.shop.json(&["sync"]);
        assert_eq!(synced["accounts"][0]["error"], serde_json::Value::Null, "{synced}");
    }

    /// Each of these is stored once, and nothing else is stored.
    fn expect_once(&self, tokens: &[String]) {
        let texts: Vec<String> =
            self.shop.messages().iter().map(|m| m["text"].as_str().unwrap().trim().to_owned()).collect();
        let expected = counted(tokens.iter().cloned());
        assert!(expected.values().all(|&times| times == 1), "the test itself repeats a text");
        assert_eq!(counted(texts), expected);
    }

    /// The file of the mail with this text.
    fn file(&self, folder: &str, token: &str) -> PathBuf {
        let maildir = self.stack.maildir("shop", folder);
        let files = ["cur", "new"].iter().flat_map(|part| fs::read_dir(maildir.join(part)).unwrap());
        let has = |path: &PathBuf| {
            fs::read_to_string(path).is_ok_and(|text| text.lines().any(|line| line.trim() == token))
        };
        files
            .map(|file| file.unwrap().path())
            .find(has)
            .unwrap_or_else(|| panic!("{token} is not in {folder}"))
    }

    /// Moves a mail as a server does: a new file, a new id. Gives it a name that says where it was.
    fn move_mail(&self, from: &str, to: &str, token: &str) {
        let file = self.file(from, token);
        let name = format!("{}.moved{}", now().as_microsecond(), file.file_name().unwrap().to_str().unwrap());
        // Dropping another mail in makes the folder; renaming keeps the owner.
        let place = self.stack.maildir("shop", to).join("cur");
        if !place.is_dir() {
            let draft = self.stack.drop_into("shop", to, b"Subject: made\r\n\r\nx\r\n");
            fs::remove_file(draft).unwrap();
        }
        fs::rename(file, place.join(name)).unwrap();
    }
}

fn tokens(word: &'static str, count: usize) -> impl Iterator<Item = String> {
    (0..count).map(move |n| format!("{word}-{n}"))
}

fn ago(days: i64) -> String {
    format!("Date: {}\r\n", date(now() - jiff::SignedDuration::from_secs(days * DAY)))
}

fn letter(token: &str, days: i64, message_id: Option<&str>) -> Vec<u8> {
    mail("Kate <kate@kunde.example>", "Mein Rad", message_id, &ago(days), token)
}

fn answer(token: &str, days: i64) -> Vec<u8> {
    let raw = mail(
        "Laden <shop@test.local>",
        "Re: Mein Rad",
        Some(&format!("<{token}@shop.example>")),
        &ago(days),
        token,
    );
    String::from_utf8(raw)
        .unwrap()
        .replace("To: Laden <shop@test.local>", "To: kate@kunde.example")
        .into_bytes()
}

#[test]
fn three_weeks_of_a_mailbox_that_lived_on() {
    let mut away = Away::three_weeks_ago();
    let stack = &away.stack;
    // New, read elsewhere, without an id, the same id twice, written on the phone.
    for n in 0..5 {
        stack.drop_into(
            "shop",
            "INBOX",
            &letter(&format!("new-{n}"), 10, Some(&format!("<new-{n}@kate.example>"))),
        );
    }
    for n in 0..3 {
        stack.drop_into_with_flags(
            "shop",
            "INBOX",
            &letter(&format!("read-{n}"), 9, Some(&format!("<read-{n}@kate.example>"))),
            "S",
        );
    }
    for n in 0..3 {
        stack.drop_into("shop", "INBOX", &letter(&format!("nameless-{n}"), 8 - n, None));
    }
    for n in 0..2 {
        stack.drop_into("shop", "INBOX", &letter(&format!("twin-{n}"), 7, Some("<twin@kate.example>")));
    }
    stack.drop_into_with_flags("shop", "Sent", &answer("phone-0", 5), "S");
    // Deleted after it was stored; moved away; moved away and back, so that it has another id.
    fs::remove_file(away.file("INBOX", "old-0")).unwrap();
    away.move_mail("INBOX", "Archive", "old-1");
    away.move_mail("INBOX", "Archive", "old-2");
    away.move_mail("Archive", "INBOX", "old-2");
    away.move_mail("INBOX", "Sent", "old-3");
    away.come_back();
    let all: Vec<String> = tokens("old", 10)
        .chain(tokens("answer", 2))
        .chain(tokens("new", 5))
        .chain(tokens("read", 3))
        .chain(tokens("nameless", 3))
        .chain(tokens("twin", 2))
        .chain(tokens("phone", 1))
        .collect();
    away.expect_once(&all);
    let unread = |token: &str| {
        let messages = away.shop.messages();
        !messages.iter().find(|m| m["text"].as_str().unwrap().trim() == token).unwrap()["seen"]
            .as_bool()
            .unwrap()
    };
    assert!(unread("new-0") && !unread("read-0"), "read elsewhere is read here");
    let again = away.shop.json(&["sync"]);
    assert_eq!(again["accounts"][0]["received"], 0, "{again}");
    away.expect_once(&all);
}

#[test]
fn new_ids_for_every_mail() {
    let mut away = Away::three_weeks_ago();
    away.stack.drop_into("shop", "INBOX", &letter("new-0", 3, Some("<new-0@kate.example>")));
    away.stack.drop_into("shop", "INBOX", &letter("nameless-0", 3, None));
    away.stack.expire_uidvalidity("shop", "INBOX");
    away.stack.expire_uidvalidity("shop", "Sent");
    away.come_back();
    let mut all: Vec<String> = tokens("old", 10)
        .chain(tokens("answer", 2))
        .chain(tokens("new", 1))
        .chain(tokens("nameless", 1))
        .collect();
    away.expect_once(&all);
    // And once more, with a mail that comes and one that goes in the same moment.
    fs::remove_file(away.file("INBOX", "old-4")).unwrap();
    away.stack.drop_into("shop", "INBOX", &letter("late-0", 1, Some("<old-4@kate.example>")));
    away.stack.expire_uidvalidity("shop", "INBOX");
    away.come_back();
    all.push("late-0".to_owned());
    away.expect_once(&all);
}

#[test]
fn mails_that_differ_in_nothing_but_their_text() {
    let mut away = Away::three_weeks_ago();
    // Machines send these: the same second, the same subject, no id.
    let fixed = ago(2);
    for n in 0..3 {
        let raw = mail("Kasse <kasse@kunde.example>", "Beleg", None, &fixed, &format!("receipt-{n}"));
        away.stack.drop_into("shop", "INBOX", &raw);
    }
    away.come_back();
    let all: Vec<String> = tokens("old", 10).chain(tokens("answer", 2)).chain(tokens("receipt", 3)).collect();
    away.expect_once(&all);
    away.stack.expire_uidvalidity("shop", "INBOX");
    away.come_back();
    away.expect_once(&all);
}
