//! R3 and R4 on the real engine: a power cut at each sync, and a disk that refuses to be written from each write on.
//! The disk is [`vfs`], the shop and its providers are those of the engine's own tests.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod full;
#[path = "../../../src-tauri/crates/engine/tests/kit/mod.rs"]
mod kit;
mod migration;
mod power;
mod vfs;

use theke_engine::ports::Keychain;
use theke_store::header::{Header, Unlock};
use theke_store::profile::Folder;
use theke_store::{Key, Store};
use tokio::sync::{Mutex, MutexGuard};

use kit::Shop;

/// There is one disk for the process, so one test at a time.
async fn disk() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::const_new(());
    let turn = TURN.lock().await;
    vfs::healthy();
    turn
}

/// By the keychain: the recovery code is slow on purpose.
async fn key_of(shop: &Shop) -> (Header, Key) {
    let header = Header::read(&Folder::new(&shop.dir)).unwrap();
    let secret = shop.keychain.get(header.profile()).await.unwrap().unwrap();
    let key = header.open(&Unlock::KeychainSecret(secret)).unwrap();
    (header, key)
}

async fn sound(shop: &Shop) {
    let store = Store::open(&Folder::new(&shop.dir).database(), &key_of(shop).await.1).unwrap();
    assert_eq!(store.check_pages().unwrap(), Vec::<String>::new());
    assert_eq!(store.check_structure().unwrap(), Vec::<String>::new());
}
