//! R4: a full disk and a read-only file.

use theke_domain::message::ClientReference;
use theke_store::attempts::Attempts;
use theke_store::header::{Header, Unlock};
use theke_store::table::settings;
use theke_store::{Error, backup};

use crate::child;
use crate::shop::{NOW, Shop};

#[test]
fn a_full_database_changes_nothing_and_goes_on_once_there_is_room() {
    let shop = Shop::new();
    shop.write(|tx| settings::set(tx, "small", &serde_json::json!("kept"), NOW));
    let large = serde_json::json!("x".repeat(2_000_000));
    let limit = |pages: i64| {
        shop.write(|tx| Ok(tx.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?));
    };
    limit(1);
    let full = shop.store.write(|tx| {
        settings::set(tx, "small", &serde_json::json!("changed"), NOW)?;
        settings::set(tx, "large", &large, NOW)
    });
    assert!(matches!(full, Err(Error::DiskFull)), "{full:?}");
    let read = |key| shop.store.read(|conn| settings::get(conn, key)).unwrap();
    assert_eq!((read("small"), read("large")), (Some(serde_json::json!("kept")), None));
    assert!(shop.store.check_structure().unwrap().is_empty());
    limit(1_000_000);
    shop.write(|tx| settings::set(tx, "large", &large, NOW));
    assert_eq!(read("large"), Some(large));
}

/// A process that may not make files larger than 600 KB: writes, backups and checkpoints fail in the middle.
#[cfg(unix)]
#[test]
fn a_disk_without_room_corrupts_nothing() {
    let shop = Shop::new();
    shop.write(|tx| settings::set(tx, "small", &serde_json::json!("kept"), NOW));
    shop.write(|tx| settings::set(tx, "filling", &serde_json::json!("y".repeat(700_000)), NOW));
    shop.store.checkpoint().unwrap();
    let dir = shop.folder.dir().parent().unwrap().to_owned();
    // 1200 blocks of 512 bytes; without its signal the write fails with an error instead.
    let mut starved = child::start("starve", &dir, Some("trap '' XFSZ; ulimit -f 1200; exec \"$@\""));
    for (word, said) in [("backup", "no-room"), ("write", "no-room"), ("read", "true"), ("header", "ok")] {
        let line = child::wait_for(&mut starved, &format!("{word} "));
        assert!(line.trim_end().ends_with(&format!("{word} {said}")), "{line}");
    }
    assert!(starved.wait().unwrap().success());
    let left: Vec<_> = std::fs::read_dir(shop.folder.backups()).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
    assert!(shop.store.check_structure().unwrap().is_empty());
    assert!(shop.store.check_pages().unwrap().is_empty());
    assert_eq!(shop.store.read(|conn| settings::get(conn, "large")).unwrap(), None);
    let file = shop.folder.backups().join("again.theke-backup");
    backup::write(&shop.store, &shop.header, &file, NOW).unwrap();
}

/// The small files beside the database. `/dev/full` takes the place of the draft, which is renamed when it is whole.
#[cfg(target_os = "linux")]
#[test]
fn header_and_witness_stay_whole_where_there_is_no_room() {
    let shop = Shop::new();
    let (path, kept) = (shop.folder.header(), std::fs::read(shop.folder.header()).unwrap());
    let fill = |name: &str| {
        std::os::unix::fs::symlink("/dev/full", shop.folder.dir().join(name)).unwrap();
    };
    let mut changed = shop.header.clone();
    let new_code = changed.set_recovery_code(&shop.key).unwrap();
    fill("header.json.tmp");
    let refused = changed.write(&shop.folder);
    assert!(matches!(refused, Err(Error::DiskFull)), "{refused:?}");
    assert_eq!(std::fs::read(&path).unwrap(), kept, "the old one is whole");
    changed.write(&shop.folder).unwrap();
    let opened = Header::read(&shop.folder).unwrap().open(&Unlock::RecoveryCode(new_code.to_string()));
    assert_eq!(opened.unwrap(), shop.key);

    // A witness that has grown large is written anew; without room it stays as it is, and goes on being written.
    let log = Attempts::open(&shop.folder.attempts()).unwrap();
    let account = shop.account("mailbox");
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let unfinished = shop.entry(shop.reply(shop.conversation(contact, "Frage"), account, NOW)).reference;
    let other = ClientReference("<other@shop.example>".to_owned());
    log.begin(&unfinished, 1).unwrap();
    let lines = std::fs::read_to_string(shop.folder.attempts()).unwrap().repeat(6_000);
    std::fs::write(shop.folder.attempts(), &lines).unwrap();
    fill("attempts.log.tmp");
    let refused = log.compact(&shop.store);
    assert!(matches!(refused, Err(Error::DiskFull)), "{refused:?}");
    log.begin(&other, 1).unwrap();
    let read = Attempts::open(&shop.folder.attempts()).unwrap();
    assert!(read.last(&unfinished).is_some() && read.last(&other).is_some());
    log.compact(&shop.store).unwrap();
    assert!(std::fs::metadata(shop.folder.attempts()).unwrap().len() < 1000);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_said_so() {
    use std::os::unix::fs::PermissionsExt;
    let shop = Shop::new();
    let closed = shop.folder.dir().join("closed");
    std::fs::create_dir(&closed).unwrap();
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o500)).unwrap();
    if std::fs::write(closed.join("probe"), b"x").is_ok() {
        // Root may write everywhere; a file in the place of the folder is refused to root, too.
        let refused = backup::write(&shop.store, &shop.header, &shop.folder.header().join("b"), NOW);
        assert!(matches!(refused, Err(Error::Io(_))), "{refused:?}");
        return;
    }
    let refused = backup::write(&shop.store, &shop.header, &closed.join("b.theke-backup"), NOW);
    assert!(matches!(refused, Err(Error::ReadOnly)), "{refused:?}");
}
