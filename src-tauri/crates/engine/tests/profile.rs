//! The profile: made once, opened by keychain, passphrase or recovery code, never replaced.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod kit;

use std::io::{Seek, SeekFrom, Write};
use std::sync::Arc;

use kit::{ROSA, Shop, letter, message};
use theke_engine::api::{Api, Code, KeySource, Ports, Profile};
use theke_engine::ports::{KeychainError, NoKeychain, SystemClock};

async fn open_by(shop: &Shop, key: KeySource) -> Result<Api, Code> {
    Api::open(&shop.dir, key, shop.ports(), shop.registry()).await.map_err(|error| error.code)
}

#[tokio::test]
async fn a_profile_is_made_once() {
    let shop = Shop::open().await;
    let again = Profile::create(&shop.dir, "Anderer Laden", "DE", None, &shop.ports()).await.unwrap_err();
    assert_eq!(again.code, Code::ProfileExists);
    let status = Profile::status(&shop.dir, &shop.ports()).await;
    assert_eq!((status.state.as_str(), status.shop.as_deref()), ("ready", Some("Velo Tannwald")));
}

#[tokio::test]
async fn a_locked_or_emptied_keychain_asks_and_makes_nothing() {
    let shop = Shop::open().await;
    shop.receive(vec![message(letter(1, ROSA, "Bremse", "Hallo"))]).await;
    shop.keychain.be(Some(KeychainError::Locked));
    assert_eq!(open_by(&shop, KeySource::Auto).await.err(), Some(Code::KeychainLocked));
    assert_eq!(Profile::status(&shop.dir, &shop.ports()).await.state, "keychain_locked");
    shop.keychain.be(Some(KeychainError::Unavailable));
    assert_eq!(open_by(&shop, KeySource::Auto).await.err(), Some(Code::KeyNeeded));
    shop.keychain.be(None);
    shop.keychain.wipe();
    assert_eq!(open_by(&shop, KeySource::Auto).await.err(), Some(Code::KeyNeeded));
    assert_eq!(Profile::status(&shop.dir, &shop.ports()).await.state, "locked");
    let wrong = KeySource::RecoveryCode("AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA".into());
    assert_eq!(open_by(&shop, wrong).await.err(), Some(Code::WrongKey));
    let api = open_by(&shop, KeySource::RecoveryCode(shop.recovery_code.to_lowercase())).await.unwrap();
    assert_eq!(api.conversations(None, false, None, 10).await.unwrap().conversations.len(), 1);
    assert!(open_by(&shop, KeySource::Auto).await.is_ok(), "the keychain has its entry again");
}

#[tokio::test]
async fn without_a_keychain_a_passphrase_is_needed() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("p");
    let ports = Ports { clock: Arc::new(SystemClock), keychain: Arc::new(NoKeychain) };
    let refused = Profile::create(&dir, "Laden", "CH", None, &ports).await.unwrap_err();
    assert_eq!(refused.code, Code::KeyNeeded);
    assert_eq!(Profile::status(&dir, &ports).await.state, "missing", "nothing was made");
    Profile::create(&dir, "Laden", "CH", Some("vier Räder".into()), &ports).await.unwrap();
    let open = |key| Api::open(&dir, key, ports.clone(), theke_engine::api::Registry::of(Vec::new()));
    assert_eq!(open(KeySource::Auto).await.err().unwrap().code, Code::KeyNeeded);
    assert_eq!(open(KeySource::Passphrase("falsch".into())).await.err().unwrap().code, Code::WrongKey);
    let api = open(KeySource::Passphrase("vier Räder".into())).await.unwrap();
    assert_eq!(api.settings_get(Some("shop.country".into())).await.unwrap()["shop.country"], "CH");
}

#[tokio::test]
async fn half_a_profile_is_never_completed_by_an_empty_one() {
    let shop = Shop::open().await;
    std::fs::rename(shop.dir.join("theke.db"), shop.dir.join("away")).unwrap();
    assert_eq!(open_by(&shop, KeySource::Auto).await.err(), Some(Code::ProfileIncomplete));
    let made = Profile::create(&shop.dir, "Neu", "DE", None, &shop.ports()).await.unwrap_err();
    assert_eq!(made.code, Code::ProfileIncomplete);
    assert_eq!(Profile::status(&shop.dir, &shop.ports()).await.state, "broken");
}

#[tokio::test]
async fn a_lost_header_comes_back_from_the_newest_backup() {
    let shop = Shop::open().await;
    shop.receive(vec![message(letter(1, ROSA, "Bremse", "Hallo"))]).await;
    std::fs::remove_file(shop.dir.join("header.json")).unwrap();
    let api = open_by(&shop, KeySource::Auto).await.unwrap();
    assert_eq!(api.overview().await.unwrap().messages, 1);
}

#[tokio::test]
async fn a_damaged_database_is_healed_and_sends_nothing_again() {
    let shop = Shop::open().await;
    shop.receive(vec![message(letter(1, ROSA, "Bremse", "Hallo"))]).await;
    let id = shop.only_conversation().await;
    let queued = shop.answer(id, "Bis 18 Uhr.", None).await;
    shop.api.automation(Some(true)).await.unwrap();
    shop.clock.forward(2 * 24 * 3600);
    shop.letters.fail_send(kit::Fault::Offline);
    // The daily backup is made at the end of a sync; it holds the message as waiting.
    shop.api.sync_once(Some(shop.text_account)).await.unwrap();
    shop.api.outbox_retry(queued.message_id).await.unwrap();
    let Shop { api, .. } = &shop;
    api.settings_set("shop.name", "Velo Tannwald").await.unwrap();
    let dir = shop.dir.clone();
    let (ports, registry) = (shop.ports(), shop.registry());
    let letters = shop.letters.clone();
    let folder = shop.close();
    let mut file = std::fs::File::options().write(true).open(dir.join("theke.db")).unwrap();
    file.seek(SeekFrom::Start(0)).unwrap();
    file.write_all(&[0x5a; 4096 * 3]).unwrap();
    drop(file);
    let api = Api::open(&dir, KeySource::Auto, ports, registry).await.unwrap();
    assert_eq!(api.message(queued.message_id).await.unwrap().delivery, "in_doubt");
    assert!(!api.automation(None).await.unwrap().on);
    api.sync_once(None).await.unwrap();
    assert!(letters.sent().is_empty(), "nothing is sent before a person says so");
    let kept = std::fs::read_dir(&dir)
        .unwrap()
        .flatten()
        .any(|f| f.file_name().to_string_lossy().contains("damaged"));
    assert!(kept, "the damaged file is kept");
    drop(folder);
}

#[tokio::test]
async fn a_backup_opens_elsewhere_with_the_recovery_code_of_its_day() {
    let shop = Shop::open().await;
    shop.receive(vec![message(letter(1, ROSA, "Bremse", "Hallo"))]).await;
    let file = shop.dir.parent().unwrap().join("kopie.theke");
    let made = shop.api.backup(file.clone()).await.unwrap();
    assert_eq!(made.messages, 1);
    let elsewhere = shop.dir.parent().unwrap().join("anderswo");
    let ports =
        Ports { clock: Arc::new(shop.clock.clone()), keychain: Arc::new(kit::FakeKeychain::default()) };
    let refused = theke_engine::api::restore(&elsewhere, &file, None, &ports).await.unwrap_err();
    assert_eq!(refused.code, Code::KeyNeeded);
    theke_engine::api::restore(&elsewhere, &file, Some(shop.recovery_code.clone()), &ports).await.unwrap();
    let api = Api::open(&elsewhere, KeySource::Auto, ports, shop.registry()).await.unwrap();
    assert_eq!(api.overview().await.unwrap().messages, 1);
    assert_eq!(api.accounts().await.unwrap().len(), 2);
}

#[tokio::test]
async fn doctor_looks_at_everything() {
    let shop = Shop::open().await;
    shop.api.sync_once(None).await.unwrap();
    let checks = shop.api.doctor().await.unwrap();
    let bad: Vec<_> = checks.iter().filter(|check| !check.ok && check.check != "disk").collect();
    assert!(bad.is_empty(), "{bad:#?}");
    shop.keychain.be(Some(KeychainError::Locked));
    let checks = shop.api.doctor().await.unwrap();
    let keychain = checks.iter().find(|check| check.check == "keychain").unwrap();
    assert!(!keychain.ok && keychain.advice.is_some());
}

#[tokio::test]
async fn nothing_readable_lies_in_the_profile() {
    let shop = Shop::open().await;
    let secret = "Kanarienvogel-4711";
    shop.receive(vec![message(letter(1, (secret, "rosa@kunde.example"), secret, secret))]).await;
    let id = shop.only_conversation().await;
    shop.api.draft_save(id, secret, None).await.unwrap();
    shop.answer(id, secret, None).await;
    shop.api.sync_once(None).await.unwrap();
    let mut looked_at = 0;
    for file in files_of(&shop.dir) {
        let bytes = std::fs::read(&file).unwrap();
        let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!found, "{} holds text", file.display());
        looked_at += 1;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(&file).unwrap().permissions().mode() & 0o077;
            assert_eq!(mode, 0, "{} can be read by others", file.display());
        }
    }
    assert!(looked_at > 3);
}

fn files_of(dir: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        if entry.path().is_dir() {
            files.extend(files_of(&entry.path()));
        } else {
            files.push(entry.path());
        }
    }
    files
}

#[tokio::test]
async fn damage_that_a_question_comes_upon_is_healed_at_the_next_start() {
    let shop = Shop::open().await;
    // Long enough to fill pages that no opening looks at.
    let long: String =
        (0..60_000_u64).map(|n| format!("{:x} ", n.wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect();
    shop.receive(vec![message(letter(1, ROSA, "Bremse", &long))]).await;
    // The backup of the day is there; now pages behind the first ones are hurt.
    let (dir, ports, registry) = (shop.dir.clone(), shop.ports(), shop.registry());
    let folder = shop.close();
    let length = std::fs::metadata(dir.join("theke.db")).unwrap().len();
    let mut file = std::fs::File::options().write(true).open(dir.join("theke.db")).unwrap();
    file.seek(SeekFrom::Start(length / 4096 * 3 / 4 * 4096)).unwrap();
    file.write_all(&[0xa5; 4096]).unwrap();
    drop(file);
    let open = || Api::open(&dir, KeySource::Auto, ports.clone(), registry.clone());
    let api = open().await.unwrap();
    let hurt = |checks: &[theke_engine::api::types::DoctorCheck]| {
        checks.iter().any(|check| check.check == "database" && !check.ok)
    };
    assert!(hurt(&api.doctor().await.unwrap()), "doctor reads every page");
    drop(api);
    let api = open().await.unwrap();
    let checks = api.doctor().await.unwrap();
    assert!(!hurt(&checks), "{checks:#?}");
    assert_eq!(api.overview().await.unwrap().messages, 1, "the backup had it");
    drop(folder);
}
