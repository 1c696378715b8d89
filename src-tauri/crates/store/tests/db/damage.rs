//! R5: damage is found and healed, the damaged file is kept, nothing is sent again.

use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

use theke_store::lock::EngineLock;
use theke_store::profile;
use theke_store::restore::Healed;
use theke_store::table::messages::lists;
use theke_store::table::outbox::State;
use theke_store::table::{Place, counters, outbox, settings};
use theke_store::{Error, Store, backup};

use crate::shop::{NOW, Shop, keys};

/// A shop with mails, a queued answer, automation on and a backup; closed, with everything in the main file.
fn closed_shop() -> (Shop, theke_domain::ids::MessageId) {
    let shop = Shop::new();
    let account = shop.account("mailbox");
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let conversation = shop.conversation(contact, "Frage");
    for number in 0..60 {
        let text: String = (0..400).map(|word| format!("wort{} ", word * 31 + number)).collect();
        shop.mail_in(conversation, NOW.plus_secs(number), "Frage", &text);
    }
    let queued = shop.reply(conversation, account, NOW);
    shop.write(|tx| settings::set(tx, settings::AUTOMATION_ON, &serde_json::json!(true), NOW));
    backup::daily(&shop.store, &shop.folder, &shop.header, NOW).unwrap();
    shop.store.checkpoint().unwrap();
    (shop, queued)
}

fn overwrite(path: &Path, offset: u64, bytes: &[u8]) {
    let mut file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
    file.seek(SeekFrom::Start(offset)).unwrap();
    file.write_all(bytes).unwrap();
}

/// Reads everything, as a day's work would.
fn read_all(store: &Store) -> theke_store::Result<usize> {
    store.read(|conn| {
        let mut seen = 0;
        let contact = theke_domain::ids::ContactId(1);
        for message in lists::of_contact(conn, contact, Place::NEWEST, 1_000)? {
            theke_store::table::bodies::get(conn, message.id)?;
            seen += 1;
        }
        Ok(seen)
    })
}

fn assert_healed(shop: &Shop, healed: &Healed, queued: theke_domain::ids::MessageId) {
    assert!(healed.damaged.exists() && healed.damaged.to_string_lossy().contains("damaged"));
    assert_eq!(healed.doubted, 1);
    let store = profile::open(&shop.folder, &shop.header, &shop.key, NOW, None).unwrap().store;
    assert_eq!(read_all(&store).unwrap(), 61);
    let entry = store.read(|conn| outbox::get(conn, queued)).unwrap().unwrap();
    assert_eq!(entry.state, State::InDoubt);
    assert_eq!(store.read(|conn| settings::get(conn, settings::AUTOMATION_ON)).unwrap(), None);
    assert!(store.check_pages().unwrap().is_empty());
}

#[test]
fn a_flipped_page_is_found_at_the_start_or_at_the_first_read_and_healed() {
    let (shop, queued) = closed_shop();
    let (header, key, _) = keys();
    let database = shop.folder.database();
    let sound = std::fs::read(&database).unwrap();
    let pages = u64::try_from(sound.len()).unwrap() / 4096;
    assert!(pages > 40, "{pages}");
    let (mut at_start, mut at_read, mut unseen) = (0, 0, 0);
    for page in (0..pages).step_by(7) {
        restore_files(&shop, &sound);
        overwrite(&database, page * 4096 + 100, &[0x5a; 64]);
        match profile::open(&shop.folder, &header, &key, NOW, None) {
            Ok(opened) => match opened.healed {
                Some(healed) => {
                    at_start += 1;
                    drop(opened.store);
                    assert_healed(&shop, &healed, queued);
                }
                None => match read_all(&opened.store) {
                    Err(error) => {
                        assert!(error.is_damage(), "{error:?}");
                        at_read += 1;
                        drop(opened.store);
                        let lock = EngineLock::take(&shop.folder, "").unwrap();
                        let healed = profile::heal(&shop.folder, &header, &key, NOW, &lock).unwrap();
                        drop(lock);
                        assert_healed(&shop, &healed, queued);
                    }
                    Ok(_) => {
                        // A page that was not read: the full check and the daily backup see it.
                        unseen += 1;
                        assert!(!opened.store.check_pages().unwrap().is_empty());
                        let day = NOW.plus_secs(86_401);
                        let copied = backup::daily(&opened.store, &shop.folder, &header, day);
                        assert!(copied.as_ref().is_err_and(Error::is_damage), "page {page}: {copied:?}");
                    }
                },
            },
            Err(error) => panic!("page {page}: {error:?}"),
        }
    }
    assert!(at_start > 0 && at_read > 0, "{at_start} {at_read} {unseen}");
}

fn restore_files(shop: &Shop, sound: &[u8]) {
    let database = shop.folder.database();
    for entry in std::fs::read_dir(shop.folder.dir()).unwrap() {
        let entry = entry.unwrap();
        if entry.file_name().to_string_lossy().starts_with("theke.db") {
            std::fs::remove_file(entry.path()).unwrap();
        }
    }
    std::fs::write(database, sound).unwrap();
}

#[test]
fn a_truncated_file_is_healed() {
    let (shop, queued) = closed_shop();
    let sound = std::fs::read(shop.folder.database()).unwrap();
    for length in [0, 100, 4096, sound.len() / 2, sound.len() - 4096, sound.len() - 1] {
        restore_files(&shop, &sound);
        std::fs::write(shop.folder.database(), &sound[..length]).unwrap();
        let opened = profile::open(&shop.folder, &shop.header, &shop.key, NOW, None).unwrap();
        let Some(healed) = opened.healed else {
            panic!("a file of {length} bytes was taken for sound");
        };
        drop(opened.store);
        assert_healed(&shop, &healed, queued);
    }
}

#[test]
fn a_zeroed_log_is_noticed_and_the_sound_database_goes_on() {
    let (shop, queued) = closed_shop();
    // Commits that are only in the log; a killed process leaves it behind.
    shop.write(|tx| settings::set(tx, "late", &serde_json::json!(1), NOW));
    let dir = tempfile::tempdir().unwrap();
    let copy = theke_store::profile::Folder::new(dir.path());
    for (from, to) in [(shop.folder.database(), copy.database()), (shop.folder.header(), copy.header())] {
        std::fs::copy(from, to).unwrap();
    }
    let log = std::fs::metadata(shop.folder.dir().join("theke.db-wal")).unwrap().len();
    assert!(log > 0);
    std::fs::write(dir.path().join("theke.db-wal"), vec![0; usize::try_from(log).unwrap()]).unwrap();
    let opened = profile::open(&copy, &shop.header, &shop.key, NOW, None).unwrap();
    let healed = opened.healed.unwrap();
    assert_eq!((healed.backup, healed.doubted), (None, 1));
    assert!(healed.damaged.exists());
    assert_eq!(read_all(&opened.store).unwrap(), 61);
    let entry = opened.store.read(|conn| outbox::get(conn, queued)).unwrap().unwrap();
    assert_eq!(entry.state, State::InDoubt);
    drop(opened.store);
    let again = profile::open(&copy, &shop.header, &shop.key, NOW, None).unwrap();
    assert!(again.healed.is_none());
}

#[test]
fn the_newest_backup_that_opens_is_taken_and_without_one_it_is_said() {
    let (shop, queued) = closed_shop();
    let later = NOW.plus_secs(90_000);
    let newer = backup::daily(&shop.store, &shop.folder, &shop.header, later).unwrap().unwrap();
    let length = std::fs::metadata(&newer.file).unwrap().len();
    overwrite(&newer.file, length - 3_000, &[1; 50]);
    let sound = std::fs::read(shop.folder.database()).unwrap();
    restore_files(&shop, &sound);
    overwrite(&shop.folder.database(), 200, &[7; 3_000]);
    let opened = profile::open(&shop.folder, &shop.header, &shop.key, later, None).unwrap();
    let healed = opened.healed.unwrap();
    assert_eq!(healed.as_of, Some(NOW));
    drop(opened.store);
    assert_healed(&shop, &healed, queued);

    std::fs::remove_dir_all(shop.folder.backups()).unwrap();
    restore_files(&shop, &sound);
    overwrite(&shop.folder.database(), 200, &[7; 3_000]);
    let damaged = std::fs::read(shop.folder.database()).unwrap();
    let opened = profile::open(&shop.folder, &shop.header, &shop.key, later, None);
    assert!(matches!(opened.map(|_| ()), Err(Error::NoGoodBackup)));
    assert_eq!(std::fs::read(shop.folder.database()).unwrap(), damaged, "it stays as it is");
}

#[test]
fn a_running_engine_is_not_healed_under_its_feet() {
    let (shop, _) = closed_shop();
    let sound = std::fs::read(shop.folder.database()).unwrap();
    restore_files(&shop, &sound);
    overwrite(&shop.folder.database(), 200, &[7; 3_000]);
    let _lock = EngineLock::take(&shop.folder, "").unwrap();
    let opened = profile::open(&shop.folder, &shop.header, &shop.key, NOW, None);
    assert!(matches!(opened.map(|_| ()), Err(Error::Locked { .. })));
    let opened = profile::open(&shop.folder, &shop.header, &shop.key, NOW, Some(&_lock));
    assert!(opened.unwrap().healed.is_some());
}

#[test]
fn counters_survive_a_backup() {
    let (shop, _) = closed_shop();
    let (shop, healed) = shop.reopen();
    assert!(healed.is_none());
    shop.assert_counters();
    assert_eq!(shop.store.read(|conn| counters::get(conn, counters::MESSAGES_ALL)).unwrap(), 61);
}
