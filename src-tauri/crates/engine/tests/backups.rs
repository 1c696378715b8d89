//! Going back to a backup while the program runs.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod kit;

use kit::{ROSA, Shop, letter, message};
use theke_engine::api::{Api, Code, KeySource, RestoreFrom};

/// A shop with one letter in its backup of the day, and one that came later.
async fn shop_with_a_backup() -> (Shop, String) {
    let shop = Shop::open().await;
    // The daily backup is made at the end of a sync.
    shop.receive(vec![message(letter(1, ROSA, "Bremse", "Hallo"))]).await;
    shop.receive(vec![message(letter(2, ROSA, "Klingel", "Noch etwas"))]).await;
    let listed = shop.api.backups().await.unwrap();
    assert_eq!((listed.backups.len(), listed.kept.len()), (1, 0));
    let name = listed.backups[0].name.clone();
    (shop, name)
}

async fn reopen(shop: &mut Shop, key: KeySource) {
    shop.api = Api::open(&shop.dir, key, shop.ports(), shop.registry()).await.unwrap();
}

async fn messages(shop: &Shop) -> u64 {
    shop.api.overview().await.unwrap().messages
}

#[tokio::test]
async fn one_goes_back_and_forward_again() {
    let (mut shop, name) = shop_with_a_backup().await;
    let before = messages(&shop).await;
    shop.api.backup_check(&name).await.unwrap();
    let (restored, key) = shop.api.restore(RestoreFrom::Automatic(name)).await.unwrap();
    assert!(restored.messages < before, "{restored:?}");
    let stale = shop.api.overview().await.unwrap_err();
    assert_eq!(stale.code, Code::InUse, "whoever still holds the old one is told");
    reopen(&mut shop, key).await;
    assert_eq!(messages(&shop).await, restored.messages);

    let kept = shop.api.backups().await.unwrap().kept;
    assert_eq!((kept.len(), kept[0].own), (1, true));
    let from = RestoreFrom::Kept { name: kept[0].name.clone(), recovery_code: None };
    let (restored, key) = shop.api.restore(from).await.unwrap();
    assert_eq!(restored.messages, before);
    reopen(&mut shop, key).await;
    assert_eq!(messages(&shop).await, before);
}

#[tokio::test]
async fn two_checks_at_once_do_not_spoil_each_other_and_a_start_clears_what_one_left() {
    let (shop, name) = shop_with_a_backup().await;
    let (one, other, third) = tokio::join!(
        shop.api.backup_check(&name),
        shop.api.backup_check(&name),
        shop.api.backup_check(&name)
    );
    one.and(other).and(third).unwrap();
    let left = shop.dir.join("theke.db.checking");
    std::fs::write(&left, b"killed").unwrap();
    shop.start().await.stop().await;
    assert!(!left.exists());
}

#[tokio::test]
async fn what_waited_asks_and_nothing_is_sent_again() {
    let (mut shop, _) = shop_with_a_backup().await;
    let id = shop.api.conversations(None, false, None, 10).await.unwrap().conversations[0].id;
    shop.letters.fail_send(kit::Fault::Offline);
    let queued = shop.answer(id, "Bis 18 Uhr.", None).await;
    shop.api.automation(Some(true)).await.unwrap();
    let file = shop.dir.parent().unwrap().join("kopie");
    shop.api.backup(file.clone()).await.unwrap();
    let from = RestoreFrom::File { path: file, recovery_code: None };
    let (restored, key) = shop.api.restore(from).await.unwrap();
    assert_eq!(restored.doubted, 1);
    reopen(&mut shop, key).await;
    assert_eq!(shop.delivery(queued.message_id).await, "in_doubt");
    assert!(!shop.api.automation(None).await.unwrap().on);
    shop.api.sync_once(None).await.unwrap();
    assert!(shop.letters.sent().is_empty());
}

#[tokio::test]
async fn a_file_of_another_shop_needs_its_recovery_code() {
    let (mut shop, _) = shop_with_a_backup().await;
    let before = messages(&shop).await;
    let other = Shop::open().await;
    let file = shop.dir.parent().unwrap().join("fremd");
    other.api.backup(file.clone()).await.unwrap();
    assert!(other.api.backup_look(file.clone()).await.unwrap().own);
    assert!(!shop.api.backup_look(file.clone()).await.unwrap().own);
    let from =
        |code: Option<&str>| RestoreFrom::File { path: file.clone(), recovery_code: code.map(str::to_owned) };
    for (code, expect) in [
        (None, Code::KeyNeeded),
        (Some("1234"), Code::WrongKey),
        (Some(shop.recovery_code.clone().as_str()), Code::WrongKey),
    ] {
        let key = shop.api.known_key();
        assert_eq!(
            shop.api.restore_look(from(code)).await.unwrap_err().code,
            expect,
            "before anything is stopped"
        );
        let refused = shop.api.restore(from(code)).await.unwrap_err();
        assert_eq!(refused.code, expect);
        reopen(&mut shop, key).await;
        assert_eq!(messages(&shop).await, before, "everything is as it was");
    }
    let (_, key) = shop.api.restore(from(Some(&other.recovery_code))).await.unwrap();
    reopen(&mut shop, key).await;
    assert_eq!(messages(&shop).await, 0);
    assert!(
        Api::open(&shop.dir, KeySource::Auto, shop.ports(), shop.registry()).await.is_ok(),
        "the keychain knows it"
    );
    let kept = shop.api.backups().await.unwrap().kept;
    assert!(!kept[0].own);
    let from =
        RestoreFrom::Kept { name: kept[0].name.clone(), recovery_code: Some(shop.recovery_code.clone()) };
    let (_, key) = shop.api.restore(from).await.unwrap();
    reopen(&mut shop, key).await;
    assert_eq!(messages(&shop).await, before);
}

#[tokio::test]
async fn a_damaged_or_newer_file_is_refused_in_its_own_words() {
    let (mut shop, name) = shop_with_a_backup().await;
    let before = messages(&shop).await;
    let file = shop.dir.join("backups").join(&name);
    let whole = std::fs::read(&file).unwrap();
    let text = String::from_utf8_lossy(&whole[..200]).into_owned();
    let schema = text.split("\"schema\":").nth(1).unwrap().split(',').next().unwrap().to_owned();
    let newer = {
        let from = format!("\"schema\":{schema},");
        let at = whole.windows(from.len()).position(|window| window == from.as_bytes()).unwrap();
        let mut bytes = whole.clone();
        bytes.splice(at..at + from.len(), b"\"schema\":99999,".iter().copied());
        bytes
    };
    for (bytes, listed, code) in [
        (whole[..whole.len() / 2].to_vec(), Some("bad_backup"), Code::BadBackup),
        (b"etwas anderes".to_vec(), Some("bad_backup"), Code::BadBackup),
        (newer, Some("too_new"), Code::TooNew),
    ] {
        std::fs::write(&file, bytes).unwrap();
        let found = shop.api.backups().await.unwrap().backups.remove(0);
        assert_eq!((found.trouble.as_deref(), found.messages), (listed, None));
        assert_eq!(shop.api.backup_look(file.clone()).await.unwrap_err().code, code);
        let key = shop.api.known_key();
        let refused = shop.api.restore(RestoreFrom::Automatic(name.clone())).await.unwrap_err();
        assert_eq!(refused.code, code);
        reopen(&mut shop, key).await;
        assert_eq!(messages(&shop).await, before);
    }
    let missing = shop.api.backup_check("gibt es nicht").await.unwrap_err();
    assert_eq!(missing.code, Code::NotFound);
}
