//! What a restore set aside, and closing a store for everybody who holds it.

use std::time::Duration;

use theke_domain::time::Timestamp;
use theke_store::header::{Header, Unlock};
use theke_store::lock::EngineLock;
use theke_store::profile;
use theke_store::restore::{Restored, clear_leftovers, restore};
use theke_store::table::{counters, settings};
use theke_store::{Error, Store, backup, kept};

use crate::shop::{NOW, Shop};

const DAY: i64 = 86_400;

fn name_of(store: &Store) -> Option<String> {
    let value = store.read(|conn| settings::get(conn, "shop.name")).unwrap();
    value.and_then(|value| value.as_str().map(str::to_owned))
}

fn call(shop: &Shop, name: &str) {
    shop.write(|tx| settings::set(tx, "shop.name", &name.into(), NOW));
}

fn opened(shop: &Shop, header: &Header, lock: &EngineLock) -> Store {
    let key = header.open(&Unlock::Key(shop.key.clone())).unwrap();
    profile::open(&shop.folder, header, &key, NOW, Some(lock)).unwrap().store
}

#[test]
fn what_was_replaced_can_be_gone_back_to_and_stays() {
    let shop = Shop::new();
    let unlock = Unlock::Key(shop.key.clone());
    call(&shop, "vorher");
    backup::daily(&shop.store, &shop.folder, &shop.header, NOW).unwrap();
    call(&shop, "nachher");
    let lock = EngineLock::take(&shop.folder, "").unwrap();
    shop.store.close(Duration::from_secs(10)).unwrap();
    assert_eq!(kept::list(&shop.folder).unwrap(), []);
    let file = backup::newest_first(&shop.folder).unwrap().remove(0);
    restore(&shop.folder, &file, &unlock, &lock, NOW.plus_secs(1)).unwrap();
    let store = opened(&shop, &shop.header, &lock);
    assert_eq!(name_of(&store).as_deref(), Some("vorher"));
    store.close(Duration::from_secs(10)).unwrap();

    let aside = kept::list(&shop.folder).unwrap();
    assert_eq!((aside.len(), aside[0].at), (1, Timestamp::from_secs(NOW.secs() + 1)));
    assert!(aside[0].bytes > 0);
    let name = aside[0].name.clone();
    assert!(matches!(kept::go_back(&shop.folder, "../theke.db", &unlock, &lock, NOW), Err(Error::NotFound)));
    let Restored { doubted, .. } =
        kept::go_back(&shop.folder, &name, &unlock, &lock, NOW.plus_secs(2)).unwrap();
    assert_eq!(doubted, 0);
    let store = opened(&shop, &shop.header, &lock);
    assert_eq!(name_of(&store).as_deref(), Some("nachher"));
    let names: Vec<_> = kept::list(&shop.folder).unwrap().into_iter().map(|kept| kept.name).collect();
    assert_eq!(names.len(), 2, "the way forward is there, too: {names:?}");
    assert!(names.contains(&name));
}

#[test]
fn a_file_of_another_profile_is_gone_back_from_with_the_key_of_before() {
    let (shop, other) = (Shop::new(), tempfile::tempdir().unwrap());
    call(&shop, "unser Laden");
    let (header, key, code) = Header::new().unwrap();
    let theirs = theke_store::profile::Folder::new(other.path().join("p"));
    let store = profile::create(&theirs, &header, &key).unwrap();
    let file = other.path().join("fremd.theke-backup");
    backup::write(&store, &header, &file, NOW).unwrap();
    let lock = EngineLock::take(&shop.folder, "").unwrap();
    shop.store.close(Duration::from_secs(10)).unwrap();
    let by_code = Unlock::RecoveryCode(code.to_string());
    let restored = restore(&shop.folder, &file, &by_code, &lock, NOW).unwrap();
    assert_eq!(Header::read(&shop.folder).unwrap().profile(), header.profile());
    assert_eq!(restored.key, key);
    let name = kept::list(&shop.folder).unwrap().remove(0).name;
    assert!(matches!(kept::go_back(&shop.folder, &name, &by_code, &lock, NOW), Err(Error::WrongKey)));
    let ours = Unlock::RecoveryCode(shop.code.to_string());
    kept::go_back(&shop.folder, &name, &ours, &lock, NOW).unwrap();
    let back = Header::read(&shop.folder).unwrap();
    assert_eq!(back.profile(), shop.header.profile());
    assert_eq!(name_of(&opened(&shop, &back, &lock)).as_deref(), Some("unser Laden"));
}

#[test]
fn what_was_set_aside_goes_after_thirty_days() {
    let shop = Shop::new();
    backup::daily(&shop.store, &shop.folder, &shop.header, NOW).unwrap();
    let lock = EngineLock::take(&shop.folder, "").unwrap();
    shop.store.close(Duration::from_secs(10)).unwrap();
    let file = backup::newest_first(&shop.folder).unwrap().remove(0);
    restore(&shop.folder, &file, &Unlock::Key(shop.key.clone()), &lock, NOW).unwrap();
    let damaged = shop.folder.dir().join("theke.db.damaged-20261121T090000Z");
    std::fs::write(&damaged, b"x").unwrap();
    let store = opened(&shop, &shop.header, &lock);
    let daily =
        |days: i64| backup::daily(&store, &shop.folder, &shop.header, NOW.plus_secs(days * DAY)).unwrap();
    daily(30);
    assert_eq!((kept::list(&shop.folder).unwrap().len(), damaged.exists()), (1, true));
    daily(31);
    assert_eq!((kept::list(&shop.folder).unwrap().len(), damaged.exists()), (0, false));
    assert!(shop.folder.database().exists() && shop.folder.header().exists());
}

/// A full disk must not keep what is too old.
#[test]
fn what_is_too_old_goes_where_no_backup_is_due_or_can_be_made() {
    let shop = Shop::new();
    let daily = |now: Timestamp| backup::daily(&shop.store, &shop.folder, &shop.header, now);
    daily(NOW).unwrap();
    let old = shop.folder.dir().join("theke.db.damaged-20260901T090000Z");
    std::fs::write(&old, b"x").unwrap();
    assert!(daily(NOW.plus_secs(3600)).unwrap().is_none());
    assert!(!old.exists(), "none was due");
    std::fs::write(&old, b"x").unwrap();
    // A folder where the copy is to be: nothing can be written there.
    let name = backup::automatic(&shop.folder).unwrap().remove(0).name;
    let tomorrow = name.replacen("20261121", "20261122", 1);
    assert_ne!(name, tomorrow);
    std::fs::create_dir_all(shop.folder.backups().join(format!("{tomorrow}.copy/in the way"))).unwrap();
    daily(NOW.plus_secs(DAY)).unwrap_err();
    assert!(!old.exists(), "none could be made");
}

/// D5: a whole copy must not outlive what is deleted.
#[test]
fn what_a_killed_check_restore_or_backup_left_is_cleared_away() {
    let shop = Shop::new();
    backup::daily(&shop.store, &shop.folder, &shop.header, NOW).unwrap();
    let name = backup::automatic(&shop.folder).unwrap().remove(0).name;
    let mut left: Vec<_> = ["checking", "checking-journal", "restoring", "restoring-wal", "ready"]
        .map(|what| shop.folder.dir().join(format!("theke.db.{what}")))
        .into();
    left.push(shop.folder.dir().join("header.json.ready"));
    left.extend(
        ["copy", "copy-wal", "half"].map(|what| shop.folder.backups().join(format!("{name}.{what}"))),
    );
    let own = shop.folder.backups().join("mein.theke-backup.copy");
    for path in left.iter().chain([&own]) {
        std::fs::write(path, b"x").unwrap();
    }
    let lock = EngineLock::take(&shop.folder, "").unwrap();
    clear_leftovers(&shop.folder, &lock).unwrap();
    let still: Vec<_> = left.iter().filter(|path| path.exists()).collect();
    assert!(still.is_empty(), "{still:?}");
    assert!(own.exists() && shop.folder.database().exists() && shop.folder.header().exists());
    assert_eq!(backup::automatic(&shop.folder).unwrap().len(), 1);
    // What a restore left for a database that is not there is all there is.
    let empty = tempfile::tempdir().unwrap();
    let folder = profile::Folder::new(empty.path());
    std::fs::write(empty.path().join("theke.db.ready"), b"x").unwrap();
    clear_leftovers(&folder, &lock).unwrap();
    assert!(empty.path().join("theke.db.ready").exists());
}

#[test]
fn the_list_of_backups_tells_the_whole_from_the_rest() {
    let shop = Shop::new();
    let day = |number: i64| NOW.plus_secs(number * DAY);
    for number in 0..3 {
        backup::daily(&shop.store, &shop.folder, &shop.header, day(number)).unwrap();
    }
    let listed = backup::automatic(&shop.folder).unwrap();
    assert_eq!(listed.iter().map(|one| one.at).collect::<Vec<_>>(), [day(2), day(1), day(0)]);
    assert!(listed.iter().all(|one| one.daily && one.head.is_ok()));
    let file = |place: usize| backup::automatic_named(&shop.folder, &listed[place].name).unwrap().unwrap();
    // One is cut off, in another one byte is wrong: the list sees the first, the check both.
    let bytes = std::fs::read(file(0)).unwrap();
    std::fs::write(file(0), &bytes[..bytes.len() - 1]).unwrap();
    let mut bytes = std::fs::read(file(1)).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(file(1), bytes).unwrap();
    let whole: Vec<_> = backup::automatic(&shop.folder).unwrap().iter().map(|one| one.head.is_ok()).collect();
    assert_eq!(whole, [false, true, true]);
    let check = |place: usize| backup::check(&file(place), &shop.folder, &shop.key).map(drop);
    assert!(matches!(check(0), Err(Error::BadBackup(_))));
    assert!(matches!(check(1), Err(Error::BadBackup(_))));
    check(2).unwrap();
    assert!(matches!(backup::check(&file(2), &shop.folder, &Header::new().unwrap().1), Err(Error::WrongKey)));
    assert!(!shop.folder.dir().join("theke.db.checking").exists());
    assert!(backup::automatic_named(&shop.folder, "../header.json").unwrap().is_none());
}

#[test]
fn a_closed_store_answers_nobody_and_leaves_no_log() {
    let shop = Shop::new();
    call(&shop, "vorher");
    let same = shop.store.clone();
    let count = |store: &Store| store.read(|conn| counters::get(conn, counters::MESSAGES_ALL));
    count(&same).unwrap();
    shop.store.close(Duration::from_secs(10)).unwrap();
    assert!(matches!(count(&same), Err(Error::Closed)));
    assert!(matches!(same.write(|_| Ok(())), Err(Error::Closed)));
    assert!(matches!(same.checkpoint(), Err(Error::Closed)));
    assert!(!shop.folder.dir().join("theke.db-wal").exists());
    same.close(Duration::from_secs(10)).unwrap();
}

#[test]
fn closing_waits_for_a_question_that_is_being_answered() {
    let shop = Shop::new();
    let (begun, has_begun) = std::sync::mpsc::channel();
    let (go_on, may_go_on) = std::sync::mpsc::channel::<()>();
    std::thread::scope(|scope| {
        let store = &shop.store;
        let reading = scope.spawn(move || {
            store.read(|_| {
                begun.send(()).unwrap();
                may_go_on.recv().unwrap();
                Ok(())
            })
        });
        has_begun.recv().unwrap();
        assert!(matches!(shop.store.close(Duration::ZERO), Err(Error::Busy)));
        go_on.send(()).unwrap();
        shop.store.close(Duration::from_secs(60)).unwrap();
        reading.join().unwrap().unwrap();
    });
}
