//! Key slots, the profile's folder and the lock.

use theke_store::header::{Header, Unlock};
use theke_store::lock::{self, EngineLock};
use theke_store::profile::{self, Folder, Presence, presence};
use theke_store::table::settings;
use theke_store::{Error, Key};

use crate::child;
use crate::shop::{NOW, Shop, keys};

#[test]
fn each_slot_opens_and_no_other_secret_does() {
    let (mut header, key, code) = keys();
    let secret = header.set_keychain(&key).unwrap();
    header.set_passphrase(&key, "Grüße aus Köln").unwrap();
    let open = |unlock: Unlock| header.open(&unlock);
    assert_eq!(open(Unlock::KeychainSecret(secret.clone())).unwrap(), key);
    assert_eq!(open(Unlock::RecoveryCode(code.to_string().to_lowercase())).unwrap(), key);
    // The same passphrase with its umlauts as two characters each.
    assert_eq!(open(Unlock::Passphrase("Gru\u{308}ße aus Ko\u{308}ln".to_owned())).unwrap(), key);
    let mut wrong = secret.clone();
    wrong[0] ^= 1;
    for unlock in [
        Unlock::KeychainSecret(wrong),
        Unlock::KeychainSecret(vec![1; 31]),
        Unlock::Passphrase("Gruesse aus Koeln".to_owned()),
        Unlock::RecoveryCode(Header::new().unwrap().2.to_string()),
    ] {
        assert!(matches!(open(unlock), Err(Error::WrongKey)));
    }
    assert!(matches!(open(Unlock::RecoveryCode("1234".to_owned())), Err(Error::MistypedCode)));
    header.remove_keychain();
    assert!(matches!(header.open(&Unlock::KeychainSecret(secret)), Err(Error::NoSlot)));
}

#[test]
fn a_slot_is_bound_to_its_profile_and_its_parameters() {
    let (mut header, key, _) = keys();
    let secret = header.set_keychain(&key).unwrap();
    let json = serde_json::to_value(&header).unwrap();
    let reread = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut json = json.clone();
        change(&mut json);
        let header: Header = serde_json::from_value(json).unwrap();
        header.open(&Unlock::KeychainSecret(secret.clone()))
    };
    assert_eq!(reread(&|_| {}).unwrap(), key);
    assert!(reread(&|json| json["profile"] = "0000000000000000".into()).is_err());
    assert!(reread(&|json| json["slots"][1]["wrapped"] = "AAAA".into()).is_err());
    assert!(reread(&|json| json["slots"][1]["nonce"] = json["slots"][0]["nonce"].clone()).is_err());
    let greedy: Header = {
        let mut json = json.clone();
        json["slots"][0]["stretch"]["memory_kib"] = u32::MAX.into();
        serde_json::from_value(json).unwrap()
    };
    let code = keys().2.to_string();
    assert!(matches!(greedy.open(&Unlock::RecoveryCode(code)), Err(Error::BadHeader(_))));
}

#[test]
fn a_new_recovery_code_replaces_the_old_one() {
    let (mut header, key, old) = keys();
    let new = header.set_recovery_code(&key).unwrap();
    assert_ne!(new, old);
    assert!(matches!(header.open(&Unlock::RecoveryCode(old.to_string())), Err(Error::WrongKey)));
    assert_eq!(header.open(&Unlock::RecoveryCode(new.to_string())).unwrap(), key);
}

#[test]
fn nothing_new_is_ever_put_over_something_old() {
    let shop = Shop::new();
    let (header, key, _) = keys();
    let folder = shop.folder.clone();
    let create = || profile::create(&folder, &header, &key).map(drop);
    assert!(matches!(create(), Err(Error::ProfileExists(_))));
    let bytes = std::fs::read(folder.header()).unwrap();
    std::fs::remove_file(folder.header()).unwrap();
    assert_eq!(presence(&folder), Presence::DatabaseOnly);
    assert!(matches!(create(), Err(Error::Incomplete { .. })));
    assert!(matches!(Header::read(&folder), Err(Error::Incomplete { .. })));
    std::fs::write(folder.header(), bytes).unwrap();
    std::fs::rename(folder.database(), folder.dir().join("elsewhere")).unwrap();
    assert_eq!(presence(&folder), Presence::HeaderOnly);
    assert!(matches!(create(), Err(Error::Incomplete { .. })));
    let opened = profile::open(&folder, &header, &key, NOW, None).map(|_| ());
    assert!(matches!(opened, Err(Error::Incomplete { missing }) if missing == folder.database()));
    assert!(!folder.database().exists(), "opening makes no file");
    let empty = Folder::new(folder.dir().join("empty"));
    assert!(matches!(Header::read(&empty), Err(Error::NoProfile(_))));
    assert!(matches!(profile::open(&empty, &header, &key, NOW, None).map(|_| ()), Err(Error::NoProfile(_))));
}

#[test]
fn a_lost_or_damaged_header_comes_back_from_the_newest_backup() {
    let shop = Shop::new();
    shop.write(|tx| settings::set(tx, "small", &serde_json::json!("kept"), NOW));
    theke_store::backup::daily(&shop.store, &shop.folder, &shop.header, NOW).unwrap();
    let path = shop.folder.header();
    for damaged in [None, Some(""), Some("{\"format\":1"), Some("\0\0\0\0")] {
        match damaged {
            None => std::fs::remove_file(&path).unwrap(),
            Some(text) => std::fs::write(&path, text).unwrap(),
        }
        let header = Header::read(&shop.folder).unwrap();
        let key = header.open(&Unlock::RecoveryCode(shop.code.to_string())).unwrap();
        let store = profile::open(&shop.folder, &header, &key, NOW, None).unwrap().store;
        let kept = store.read(|conn| settings::get(conn, "small")).unwrap();
        assert_eq!(kept, Some(serde_json::json!("kept")), "{damaged:?}");
    }
    assert!(shop.folder.dir().join("header.json.damaged").exists());
}

#[test]
fn a_making_that_was_cut_short_leaves_room_for_another() {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::new(dir.path());
    let (header, key, _) = keys();
    // Before the header was written: the key of this half is lost.
    std::fs::write(dir.path().join("theke.db.ready"), b"half").unwrap();
    assert_eq!(presence(&folder), Presence::Missing);
    drop(profile::create(&folder, &header, &key).unwrap());
    // After the header, before the database got its name.
    std::fs::rename(folder.database(), dir.path().join("theke.db.ready")).unwrap();
    assert_eq!(presence(&folder), Presence::Complete);
    profile::open(&folder, &header, &key, NOW, None).unwrap();
    assert!(folder.database().exists());
}

#[test]
fn a_wrong_key_is_told_apart_and_changes_nothing() {
    let shop = Shop::new();
    shop.write(|tx| settings::set(tx, "small", &serde_json::json!("kept"), NOW));
    shop.store.checkpoint().unwrap();
    let before = std::fs::read(shop.folder.database()).unwrap();
    let wrong = Key::random().unwrap();
    let opened = theke_store::Store::open(&shop.folder.database(), &wrong).map(|_| ());
    assert!(matches!(opened, Err(Error::NotADatabase)));
    assert_eq!(std::fs::read(shop.folder.database()).unwrap(), before);
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let shop = Shop::new();
    shop.account("mailbox");
    let _lock = EngineLock::take(&shop.folder, "").unwrap();
    let _log = theke_store::attempts::Attempts::open(&shop.folder.attempts()).unwrap();
    let _cache = theke_store::cache::Cache::open(&shop.folder.cache(), &shop.key, 1_000).unwrap();
    theke_store::backup::daily(&shop.store, &shop.folder, &shop.header, NOW).unwrap();
    let mut looked_at = 0;
    let mut folders = vec![shop.folder.dir().to_owned()];
    while let Some(folder) = folders.pop() {
        assert_eq!(std::fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700, "{folder:?}");
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                looked_at += 1;
                let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
                assert_eq!(mode, 0o600, "{:?}", entry.path());
            }
        }
    }
    assert!(looked_at >= 8, "{looked_at}");
}

#[test]
fn a_header_is_whole_whenever_its_writer_is_killed() {
    let shop = Shop::new();
    let dir = shop.folder.dir().parent().unwrap().to_owned();
    for round in 0..10_u64 {
        let mut child = child::start("write-headers", &dir, None);
        child::wait_for(&mut child, "writing");
        // Not a wait for something to happen: a different moment in each round.
        let until = std::time::Instant::now() + std::time::Duration::from_micros(700 * round);
        while std::time::Instant::now() < until {
            std::hint::spin_loop();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let header = Header::read(&shop.folder).unwrap();
        assert_eq!(header.profile(), shop.header.profile());
    }
}

#[test]
fn one_engine_at_a_time_and_a_killed_one_frees_the_lock() {
    let shop = Shop::new();
    let dir = shop.folder.dir().parent().unwrap().to_owned();
    let mut child = child::start("hold-lock", &dir, None);
    child::wait_for(&mut child, "held");
    match EngineLock::take(&shop.folder, "") {
        Err(Error::Locked { pid, wake_address }) => {
            assert_eq!((pid, wake_address.as_str()), (child.id(), "127.0.0.1:4711"));
        }
        other => panic!("{other:?}"),
    }
    // Other work goes on beside it.
    shop.write(|tx| settings::set(tx, "small", &serde_json::json!(1), NOW));
    child.kill().unwrap();
    child.wait().unwrap();
    let lock = EngineLock::take(&shop.folder, "here").unwrap();
    assert_eq!(lock::holder(&shop.folder).unwrap().wake_address, "here");
    lock.announce("there").unwrap();
    assert_eq!(lock::holder(&shop.folder).unwrap().wake_address, "there");
    drop(lock);
    assert_eq!(lock::holder(&shop.folder), None);
}
