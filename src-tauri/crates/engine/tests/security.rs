//! The passphrase and the recovery code, changed while the profile is open.
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
use theke_engine::api::{Api, ApiError, Code, KeySource, restore};
use theke_engine::ports::KeychainError;

const PASSPHRASE: &str = "drei Räder im Schnee";
const OTHER: &str = "vier Räder im Regen";

async fn open_by(shop: &Shop, key: KeySource) -> Result<Api, Code> {
    Api::open(&shop.dir, key, shop.ports(), shop.registry()).await.map_err(|error| error.code)
}

fn typed(text: &str) -> KeySource {
    KeySource::Passphrase(text.to_owned())
}

fn code(text: &str) -> KeySource {
    KeySource::RecoveryCode(text.to_owned())
}

fn wait(refused: &ApiError) -> i64 {
    assert_eq!(refused.code, Code::WrongKey, "{refused}");
    refused.params["wait_secs"].parse().unwrap()
}

#[tokio::test]
async fn a_passphrase_takes_the_place_of_the_keychain() {
    let shop = Shop::open().await;
    assert!(!shop.api.security().await.unwrap().passphrase);
    let short = shop.api.passphrase_set(None, "kurz").await.unwrap_err();
    assert_eq!(short.code, Code::BadInput);
    shop.api.passphrase_set(None, PASSPHRASE).await.unwrap();
    let ways = shop.api.security().await.unwrap();
    assert_eq!((ways.passphrase, ways.keychain, ways.keychain_there), (true, false, true));
    assert_eq!(open_by(&shop, KeySource::Auto).await.err(), Some(Code::KeyNeeded));
    assert_eq!(open_by(&shop, typed("falsch falsch")).await.err(), Some(Code::WrongKey));
    assert!(open_by(&shop, typed(PASSPHRASE)).await.is_ok());
    assert!(open_by(&shop, code(&shop.recovery_code)).await.is_ok(), "the recovery code always opens");
}

#[tokio::test]
async fn who_changes_the_passphrase_is_asked_for_it() {
    let shop = Shop::open().await;
    shop.api.passphrase_set(None, PASSPHRASE).await.unwrap();
    let unasked = shop.api.passphrase_set(None, OTHER).await.unwrap_err();
    assert_eq!(unasked.code, Code::KeyNeeded);
    assert_eq!(wait(&shop.api.passphrase_set(Some("geraten".into()), OTHER).await.unwrap_err()), 0);
    assert!(open_by(&shop, typed(PASSPHRASE)).await.is_ok(), "nothing changed");
    shop.api.passphrase_set(Some(PASSPHRASE.into()), OTHER).await.unwrap();
    assert_eq!(open_by(&shop, typed(PASSPHRASE)).await.err(), Some(Code::WrongKey));
    // Whoever forgot it has the code.
    shop.api.passphrase_set(Some(shop.recovery_code.clone()), PASSPHRASE).await.unwrap();
    assert!(open_by(&shop, typed(PASSPHRASE)).await.is_ok());
}

#[tokio::test]
async fn guessing_is_slowed_and_the_count_outlives_the_program() {
    let mut shop = Shop::open().await;
    shop.api.passphrase_set(None, PASSPHRASE).await.unwrap();
    let guess = async |shop: &Shop| wait(&shop.api.passphrase_remove("geraten").await.unwrap_err());
    for _ in 0..4 {
        assert_eq!(guess(&shop).await, 0);
    }
    assert_eq!(guess(&shop).await, 5);
    shop.api = open_by(&shop, typed(PASSPHRASE)).await.unwrap();
    let right = shop.api.passphrase_remove(PASSPHRASE).await.unwrap_err();
    assert_eq!(wait(&right), 5, "the right one waits as well, or guessing would go on");
    shop.clock.forward(5);
    assert_eq!(guess(&shop).await, 10);
    shop.clock.forward(10);
    shop.api.passphrase_remove(PASSPHRASE).await.unwrap();
    shop.api.passphrase_set(None, PASSPHRASE).await.unwrap();
    assert_eq!(guess(&shop).await, 0, "forgotten once the right one was given");
}

#[tokio::test]
async fn a_passphrase_goes_only_where_the_keychain_opens_instead() {
    let shop = Shop::open().await;
    let none = shop.api.passphrase_remove(PASSPHRASE).await.unwrap_err();
    assert_eq!(none.code, Code::NotFound);
    shop.api.passphrase_set(None, PASSPHRASE).await.unwrap();
    for (trouble, code) in
        [(KeychainError::Unavailable, Code::KeyNeeded), (KeychainError::Locked, Code::KeychainLocked)]
    {
        shop.keychain.be(Some(trouble));
        let refused = shop.api.passphrase_remove(PASSPHRASE).await.unwrap_err();
        assert_eq!(refused.code, code, "{refused}");
        assert!(open_by(&shop, typed(PASSPHRASE)).await.is_ok(), "it still opens");
    }
    shop.keychain.be(None);
    shop.api.passphrase_remove(PASSPHRASE).await.unwrap();
    assert!(open_by(&shop, KeySource::Auto).await.is_ok());
    assert_eq!(open_by(&shop, typed(PASSPHRASE)).await.err(), Some(Code::KeyNeeded));
}

#[tokio::test]
async fn a_new_recovery_code_ends_the_old_one_but_not_that_of_older_backups() {
    let shop = Shop::open().await;
    shop.receive(vec![message(letter(1, ROSA, "Bremse", "Hallo"))]).await;
    let beside = |name: &str| shop.dir.parent().unwrap().join(name);
    shop.api.backup(beside("alt")).await.unwrap();
    let new = shop.api.recovery_code_new(None).await.unwrap();
    shop.api.backup(beside("neu")).await.unwrap();
    assert_eq!(open_by(&shop, code(&shop.recovery_code)).await.err(), Some(Code::WrongKey));
    assert!(open_by(&shop, code(&new)).await.is_ok());
    assert!(open_by(&shop, KeySource::Auto).await.is_ok(), "the keychain opens as before");
    for (backup, fits, not) in [("alt", &shop.recovery_code, &new), ("neu", &new, &shop.recovery_code)] {
        let file = beside(backup);
        let into = |name: &str| beside(&format!("{backup}-{name}"));
        let mut ports = shop.ports();
        ports.keychain = std::sync::Arc::new(kit::FakeKeychain::default());
        let refused = restore(&into("nicht"), &file, Some(not.clone()), &ports).await.unwrap_err();
        assert_eq!(refused.code, Code::WrongKey, "{backup}");
        restore(&into("doch"), &file, Some(fits.clone()), &ports).await.unwrap();
    }
}

#[tokio::test]
async fn with_a_passphrase_a_new_code_is_not_given_to_anybody() {
    let shop = Shop::open().await;
    shop.api.passphrase_set(None, PASSPHRASE).await.unwrap();
    assert_eq!(shop.api.recovery_code_new(None).await.unwrap_err().code, Code::KeyNeeded);
    wait(&shop.api.recovery_code_new(Some("geraten".into())).await.unwrap_err());
    assert!(open_by(&shop, code(&shop.recovery_code)).await.is_ok());
    let new = shop.api.recovery_code_new(Some(PASSPHRASE.into())).await.unwrap();
    assert!(open_by(&shop, code(&new)).await.is_ok());
}

#[tokio::test]
async fn what_another_program_changed_is_in_the_next_backup() {
    let shop = Shop::open().await;
    let beside = open_by(&shop, KeySource::Auto).await.unwrap();
    let new = beside.recovery_code_new(None).await.unwrap();
    let file = shop.dir.parent().unwrap().join("kopie");
    shop.api.backup(file.clone()).await.unwrap();
    let mut ports = shop.ports();
    ports.keychain = std::sync::Arc::new(kit::FakeKeychain::default());
    restore(&shop.dir.parent().unwrap().join("dort"), &file, Some(new), &ports).await.unwrap();
}

#[tokio::test]
async fn a_header_that_is_lost_meanwhile_is_written_whole_by_the_next_change() {
    let shop = Shop::open().await;
    std::fs::remove_file(shop.dir.join("header.json")).unwrap();
    let new = shop.api.recovery_code_new(None).await.unwrap();
    assert!(open_by(&shop, code(&new)).await.is_ok());
    assert!(open_by(&shop, KeySource::Auto).await.is_ok());
}
