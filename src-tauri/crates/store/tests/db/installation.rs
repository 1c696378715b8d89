//! The id of a profile on a computer: it stays, and does not travel with the data.

use theke_store::header::Unlock;
use theke_store::lock::EngineLock;
use theke_store::profile::Folder;
use theke_store::{backup, installation, restore};

use crate::shop::{NOW, Shop};

#[test]
fn it_stays_on_this_computer() {
    let shop = Shop::new();
    let id = installation::of(&shop.folder).unwrap();
    assert!(id.len() == 16 && id.bytes().all(|b| b.is_ascii_hexdigit()), "{id}");
    let file = shop.folder.dir().join("away.theke");
    backup::write(&shop.store, &shop.header, &file, NOW).unwrap();
    let (shop, _) = shop.reopen();
    assert_eq!(installation::of(&shop.folder).unwrap(), id);
    assert_ne!(installation::of(&Shop::new().folder).unwrap(), id);

    // Restored in its own place it is the same computer.
    let (folder, key) = (shop.folder.clone(), shop.key.clone());
    drop(shop.store);
    let lock = EngineLock::take(&folder, "").unwrap();
    restore::restore(&folder, &file, &Unlock::Key(key.clone()), &lock, NOW).unwrap();
    assert_eq!(installation::of(&folder).unwrap(), id);
    drop(lock);

    // On another one the backup is another installation: the id is not in it.
    let dir = tempfile::tempdir().unwrap();
    let elsewhere = Folder::new(dir.path().join("profile"));
    let lock = EngineLock::take(&elsewhere, "").unwrap();
    restore::restore(&elsewhere, &file, &Unlock::Key(key), &lock, NOW).unwrap();
    assert_ne!(installation::of(&elsewhere).unwrap(), id);
}

#[cfg(unix)]
#[test]
fn only_its_owner_reads_it() {
    use std::os::unix::fs::PermissionsExt;
    let shop = Shop::new();
    installation::of(&shop.folder).unwrap();
    let mode = std::fs::metadata(shop.folder.installation()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
