//! Backups and going back to one.

use std::path::PathBuf;

use theke_domain::time::Timestamp;
use theke_store::header::{Header, Unlock};
use theke_store::lock::EngineLock;
use theke_store::profile::{self, Folder};
use theke_store::restore::restore;
use theke_store::table::outbox::{State, steps};
use theke_store::table::{counters, settings};
use theke_store::{Error, backup};

use crate::shop::{NOW, Shop, keys};

fn filled() -> Shop {
    let shop = Shop::new();
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let conversation = shop.conversation(contact, "Frage");
    for number in 0..20 {
        shop.mail_in(conversation, NOW.plus_secs(number), "Frage", &"Guten Tag ".repeat(200));
    }
    shop
}

fn backup_file(shop: &Shop) -> PathBuf {
    shop.folder.dir().parent().unwrap().join("carried.theke-backup")
}

fn names_in(dir: &std::path::Path) -> Vec<std::ffi::OsString> {
    let mut names: Vec<_> = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    names
}

#[test]
fn another_computer_opens_a_backup_with_the_recovery_code_of_its_day() {
    let shop = filled();
    let file = backup_file(&shop);
    let made = backup::write(&shop.store, &shop.header, &file, NOW).unwrap();
    assert_eq!((made.messages, made.bytes), (20, std::fs::metadata(&file).unwrap().len()));
    let head = backup::head(&file).unwrap();
    assert_eq!((head.messages, head.created_at, head.header.profile()), (20, NOW, shop.header.profile()));

    let elsewhere = tempfile::tempdir().unwrap();
    let folder = Folder::new(elsewhere.path().join("profile"));
    let lock = EngineLock::take(&folder, "").unwrap();
    let unlock = Unlock::RecoveryCode(shop.code.to_string());
    let restored = restore(&folder, &file, &unlock, &lock, NOW).unwrap();
    assert_eq!((restored.messages, restored.doubted, restored.kept.len()), (20, 0, 0));
    let header = Header::read(&folder).unwrap();
    let key = header.open(&unlock).unwrap();
    let opened = profile::open(&folder, &header, &key, NOW, Some(&lock)).unwrap();
    let messages = opened.store.read(|conn| counters::get(conn, counters::MESSAGES_ALL)).unwrap();
    assert_eq!(messages, 20);
}

#[test]
fn a_wrong_code_or_a_changed_backup_touches_nothing() {
    let shop = filled();
    let file = backup_file(&shop);
    backup::write(&shop.store, &shop.header, &file, NOW).unwrap();
    let whole = std::fs::read(&file).unwrap();
    let lock = EngineLock::take(&shop.folder, "").unwrap();
    let before = names_in(shop.folder.dir());
    let by_code = |code: &str| {
        let unlock = Unlock::RecoveryCode(code.to_owned());
        restore(&shop.folder, &file, &unlock, &lock, NOW).map(|_| ())
    };
    let right = shop.code.to_string();
    assert!(matches!(by_code("0000"), Err(Error::MistypedCode)));
    assert!(matches!(by_code(&Header::new().unwrap().2.to_string()), Err(Error::WrongKey)));
    for (bytes, what) in [
        (whole[..whole.len() - 1].to_vec(), "cut off"),
        (whole[..40].to_vec(), "cut in its head"),
        (b"something else entirely".to_vec(), "no backup"),
        (Vec::new(), "empty"),
        ([&whole[..whole.len() - 5_000], &[0], &whole[whole.len() - 4_999..]].concat(), "changed"),
    ] {
        std::fs::write(&file, bytes).unwrap();
        assert!(matches!(by_code(&right), Err(Error::BadBackup(_))), "{what}");
    }
    assert_eq!(names_in(shop.folder.dir()), before);
    assert_eq!(shop.store.read(|conn| counters::get(conn, counters::MESSAGES_ALL)).unwrap(), 20);
}

#[test]
fn going_back_keeps_the_old_file_and_never_sends_again() {
    let shop = filled();
    let account = shop.account("mailbox");
    let (contact, _) = shop.contact("Berta", "berta@kunde.example");
    let conversation = shop.conversation(contact, "Bestellung");
    let queued = shop.reply(conversation, account, NOW);
    let held = shop.reply(conversation, account, NOW);
    let sent = shop.reply(conversation, account, NOW);
    shop.write(|tx| steps::claim(tx, sent));
    shop.write(|tx| steps::sent(tx, sent, None, false, NOW));
    shop.write(|tx| settings::set(tx, settings::AUTOMATION_ON, &serde_json::json!(true), NOW));
    let file = backup_file(&shop);
    backup::write(&shop.store, &shop.header, &file, NOW).unwrap();
    // The backup has it queued, the newer file has sent it.
    shop.write(|tx| steps::claim(tx, queued));
    shop.write(|tx| steps::sent(tx, queued, None, false, NOW));

    let (folder, header, key) = (shop.folder.clone(), shop.header.clone(), shop.key.clone());
    let lock = EngineLock::take(&folder, "").unwrap();
    let restored = restore(&folder, &file, &Unlock::Key(key.clone()), &lock, NOW).unwrap();
    assert_eq!(restored.doubted, 2);
    assert!(restored.kept.iter().all(|kept| kept.exists()) && !restored.kept.is_empty());
    let store = profile::open(&folder, &header, &key, NOW, Some(&lock)).unwrap().store;
    for id in [queued, held] {
        let entry = store.read(|conn| theke_store::table::outbox::get(conn, id)).unwrap().unwrap();
        assert_eq!(entry.state, State::InDoubt);
    }
    assert_eq!(store.read(|conn| settings::get(conn, settings::AUTOMATION_ON)).unwrap(), None);
    let old = &restored.kept[0];
    let aside = theke_store::Store::open(old, &key).unwrap();
    let entry = aside.read(|conn| theke_store::table::outbox::get(conn, queued)).unwrap().unwrap();
    assert_eq!(entry.state, State::Sent, "what was there before is whole beside it");
}

#[test]
fn a_swap_that_was_cut_short_is_ended_at_the_next_start() {
    let shop = filled();
    let file = backup_file(&shop);
    backup::write(&shop.store, &shop.header, &file, NOW).unwrap();
    let (folder, header, key) = (shop.folder.clone(), shop.header.clone(), shop.key.clone());
    let ready = folder.dir().join("theke.db.ready");
    let lock = EngineLock::take(&folder, "").unwrap();
    restore(&folder, &file, &Unlock::Key(key.clone()), &lock, NOW).unwrap();
    drop(lock);
    // Back to the moment at which the old file is aside, its log is not, and the new one waits.
    std::fs::rename(folder.database(), &ready).unwrap();
    std::fs::write(folder.dir().join("theke.db-wal"), b"of the old file").unwrap();
    let opened = profile::open(&folder, &header, &key, NOW, None).unwrap();
    assert!(!ready.exists());
    assert_eq!(opened.store.read(|conn| counters::get(conn, counters::MESSAGES_ALL)).unwrap(), 20);
}

#[test]
fn three_daily_backups_are_kept() {
    let shop = filled();
    let day = |number: i64| NOW.plus_secs(number * 86_400);
    let daily = |now: Timestamp| backup::daily(&shop.store, &shop.folder, &shop.header, now).unwrap();
    assert!(daily(day(0)).is_some());
    assert!(daily(day(0).plus_secs(3600)).is_none(), "not due");
    for number in 1..5 {
        assert!(daily(day(number)).is_some());
    }
    let kept = backup::newest_first(&shop.folder).unwrap();
    assert_eq!(kept.len(), 3);
    assert_eq!(backup::head(&kept[0]).unwrap().created_at, day(4));
    // After a long holiday the old ones are older than what was deleted may be.
    daily(day(40));
    let kept = backup::newest_first(&shop.folder).unwrap();
    assert_eq!(kept.len(), 1);
    // A clock that was set back must not stop the backups.
    assert!(daily(day(2)).is_some());
}

#[test]
fn a_backup_is_of_one_moment_while_others_write() {
    let shop = filled();
    let file = backup_file(&shop);
    let (_, key, _) = keys();
    std::thread::scope(|scope| {
        let writing = scope.spawn(|| {
            for number in 0..200 {
                shop.write(|tx| {
                    settings::set(tx, "one", &serde_json::json!(number), NOW)?;
                    settings::set(tx, "two", &serde_json::json!(number), NOW)
                });
            }
        });
        // At least one, also where the other thread was done before this one had its turn.
        loop {
            backup::write(&shop.store, &shop.header, &file, NOW).unwrap();
            if writing.is_finished() {
                break;
            }
        }
        writing.join().unwrap();
    });
    let elsewhere = tempfile::tempdir().unwrap();
    let folder = Folder::new(elsewhere.path());
    let lock = EngineLock::take(&folder, "").unwrap();
    restore(&folder, &file, &Unlock::Key(key.clone()), &lock, NOW).unwrap();
    let store = profile::open(&folder, &shop.header, &key, NOW, Some(&lock)).unwrap().store;
    let both = store.read(|conn| Ok((settings::get(conn, "one")?, settings::get(conn, "two")?))).unwrap();
    assert_eq!(both.0, both.1);
}
