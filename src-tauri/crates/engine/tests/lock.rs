//! What opens the lock of the window.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod kit;

use kit::Shop;
use theke_engine::api::{Api, Code, KeySource};

const PASSPHRASE: &str = "drei Räder im Schnee";

async fn opens(shop: &Shop, typed: &str) -> bool {
    match shop.api.prove(typed).await {
        Ok(()) => true,
        Err(error) => {
            assert_eq!(error.code, Code::WrongKey, "{error}");
            false
        }
    }
}

#[tokio::test]
async fn without_a_secret_nothing_can_be_locked() {
    let shop = Shop::open().await;
    let ways = shop.api.lock_ways().await.unwrap();
    assert_eq!((ways.possible, ways.pin, ways.passphrase), (false, false, false));
    shop.api.settings_set("lock.idle_minutes", "5").await.unwrap();
    assert!(!shop.api.starts_locked().await.unwrap());
}

#[tokio::test]
async fn a_pin_opens_the_lock_and_no_file() {
    let shop = Shop::open().await;
    for bad in ["", "123", " 1234", &"9".repeat(65)] {
        assert_eq!(shop.api.pin_set(None, bad).await.unwrap_err().code, Code::BadInput, "{bad}");
    }
    shop.api.pin_set(None, "4711").await.unwrap();
    assert!(shop.api.lock_ways().await.unwrap().possible && shop.api.security().await.unwrap().pin);
    assert!(shop.api.starts_locked().await.unwrap(), "else ending the program would open it");
    assert!(opens(&shop, "4711").await && !opens(&shop, "4712").await);
    assert!(opens(&shop, &shop.recovery_code).await, "whoever forgot the PIN has the code");
    let by_pin = Api::open(&shop.dir, KeySource::Passphrase("4711".into()), shop.ports(), shop.registry());
    assert_eq!(by_pin.await.err().unwrap().code, Code::KeyNeeded);
    let listed = shop.api.settings_get(None).await.unwrap();
    assert!(!listed.contains_key("lock.pin") && !listed.values().any(|value| value.contains("4711")));
    assert_eq!(shop.api.settings_get(Some("lock.pin".into())).await.unwrap_err().code, Code::BadInput);
}

#[tokio::test]
async fn a_pin_is_changed_and_removed_by_who_knows_it() {
    let shop = Shop::open().await;
    shop.api.pin_set(None, "4711").await.unwrap();
    assert_eq!(shop.api.pin_set(None, "0815").await.unwrap_err().code, Code::KeyNeeded);
    assert_eq!(shop.api.pin_set(Some("9999".into()), "0815").await.unwrap_err().code, Code::WrongKey);
    shop.api.pin_set(Some("4711".into()), "0815").await.unwrap();
    assert!(!opens(&shop, "4711").await && opens(&shop, "0815").await);
    assert_eq!(shop.api.pin_remove("4711").await.unwrap_err().code, Code::WrongKey);
    shop.api.pin_remove("0815").await.unwrap();
    assert!(!shop.api.lock_ways().await.unwrap().possible);
}

#[tokio::test]
async fn the_passphrase_opens_the_lock_but_a_pin_changes_no_passphrase() {
    let shop = Shop::open().await;
    shop.api.passphrase_set(None, PASSPHRASE).await.unwrap();
    assert!(!shop.api.starts_locked().await.unwrap(), "the start asks for the passphrase anyway");
    shop.api.settings_set("lock.idle_minutes", "1").await.unwrap();
    assert!(shop.api.starts_locked().await.unwrap());
    assert!(opens(&shop, PASSPHRASE).await);
    shop.api.pin_set(Some(PASSPHRASE.into()), "4711").await.unwrap();
    assert!(opens(&shop, "4711").await);
    let weaker = shop.api.passphrase_set(Some("4711".into()), "vier Räder im Regen").await.unwrap_err();
    assert_eq!(weaker.code, Code::WrongKey);
    assert_eq!(shop.api.recovery_code_new(Some("4711".into())).await.unwrap_err().code, Code::WrongKey);
}

#[tokio::test]
async fn guessing_at_the_lock_is_slowed() {
    let shop = Shop::open().await;
    shop.api.pin_set(None, "4711").await.unwrap();
    for _ in 0..5 {
        assert!(!opens(&shop, "0000").await);
    }
    assert!(!opens(&shop, "4711").await, "the right one waits, too");
    shop.clock.forward(5);
    assert!(opens(&shop, "4711").await);
}

#[tokio::test]
async fn the_pin_is_in_the_backup_and_comes_back_with_it() {
    let mut shop = Shop::open().await;
    shop.api.pin_set(None, "4711").await.unwrap();
    let file = shop.dir.parent().unwrap().join("kopie");
    shop.api.backup(file.clone()).await.unwrap();
    shop.api.pin_remove("4711").await.unwrap();
    let from = theke_engine::api::RestoreFrom::File { path: file, recovery_code: None };
    let (_, key) = shop.api.restore(from).await.unwrap();
    shop.api = Api::open(&shop.dir, key, shop.ports(), shop.registry()).await.unwrap();
    assert!(opens(&shop, "4711").await);
}
