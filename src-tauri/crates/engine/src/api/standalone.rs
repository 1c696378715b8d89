//! What needs no opened profile.

use std::path::{Path, PathBuf};

use theke_store::header::Unlock;
use theke_store::lock::EngineLock;
use theke_store::profile::Folder;
use theke_store::{backup, restore as store_restore};

use super::types::{AddressReport, BackupResult, SegmentsView};
use super::{ApiError, ApiResult, Code, KeySource, Ports};
use crate::shared::off_thread;
use crate::{html, unlock};

/// Misleading links that are named.
const LINKS_NAMED: usize = 100;
/// The largest file that `inspect` reads.
const INSPECT_MAX_BYTES: u64 = 150 * 1024 * 1024;

/// Reads one message file as a channel would and says what it found (`thekectl inspect`). `own` are the shop's
/// addresses, `authserv` the ids whose Authentication-Results count.
///
/// # Errors
/// `BadInput` if the file cannot be read.
pub async fn inspect(path: &Path, own: &[String], authserv: &[String]) -> ApiResult<serde_json::Value> {
    let (path, own, authserv) = (path.to_owned(), own.to_vec(), authserv.to_vec());
    off_thread(move || {
        let raw = read_limited(&path)?;
        let mut inspected = theke_channels::mime::inspect(&raw, &own, &authserv);
        if let Some(received) = inspected.html.take() {
            for found in html::unsafe_parts(&received) {
                inspected
                    .unsafe_
                    .push(theke_channels::mime::Finding { what: found.what, place: found.place });
            }
            let cleaned = html::clean(&received, html::Pictures::new());
            let misleading = cleaned.links.iter().filter(|link| link.misleading);
            inspected.unsafe_.extend(misleading.take(LINKS_NAMED).map(|link| {
                theke_channels::mime::Finding {
                    what: "misleading_link".to_owned(),
                    place: format!("{} leads to {}", link.text, link.host),
                }
            }));
            inspected.html = Some(cleaned.body);
        }
        serde_json::to_value(inspected).map_err(|error| crate::failure::internal("inspect", error))
    })
    .await
}

fn read_limited(path: &Path) -> ApiResult<Vec<u8>> {
    use std::io::Read as _;
    let unreadable = |error: std::io::Error| {
        ApiError::new(Code::BadInput, format!("{} cannot be read: {error}.", path.display()))
            .with("file", path.display().to_string())
    };
    let mut raw = Vec::new();
    let file = std::fs::File::open(path).map_err(unreadable)?;
    file.take(INSPECT_MAX_BYTES).read_to_end(&mut raw).map_err(unreadable)?;
    Ok(raw)
}

/// What `text` is as an address, read with this country (ISO 3166-1 alpha-2). Never fails: an invalid one is a
/// report too.
pub fn address_report(text: &str, country: &str) -> AddressReport {
    let found = theke_domain::address::report(text, country);
    AddressReport {
        valid: found.valid,
        kind: found.kind,
        normalized: found.normalized,
        phone_type: found.phone_type,
        country: found.country,
        sendable: found.sendable,
        reason: found.reason,
    }
}

/// How a text is cut up and counted where messages are billed by segment.
pub fn segments(text: &str) -> SegmentsView {
    let counted = theke_domain::segments::count(text);
    SegmentsView {
        encoding: counted.encoding.word().to_owned(),
        segments: counted.segments,
        used: counted.used,
        left: counted.left,
    }
}

/// Puts a backup in place of the profile in `dir` (which may be missing). Takes the lock. The old database is kept
/// beside it. Unfinished sends become in doubt and automation is off afterwards. The key is the recovery code of the
/// backup's day, or what the keychain of this computer has.
///
/// # Errors
/// `InUse`, `KeyNeeded` (the recovery code of the backup's day), `WrongKey`, `BadInput`, `Damaged`, `TooNew`, `DiskFull`.
pub async fn restore(
    dir: &Path,
    file: &Path,
    recovery_code: Option<String>,
    ports: &Ports,
) -> ApiResult<BackupResult> {
    let source = recovery_code.map_or(KeySource::Auto, KeySource::RecoveryCode);
    restore_with(dir, file, source, None, ports).await
}

fn unreadable_backup(file: &Path, error: theke_store::Error) -> ApiError {
    match error {
        theke_store::Error::Io(why) => {
            let sentence = format!("{} cannot be read: {why}. Name the file of a backup.", file.display());
            ApiError::new(Code::BadInput, sentence).with("file", file.display().to_string())
        }
        other => ApiError::from(other),
    }
}

/// [`restore`] with any key, such as the passphrase of the backup's day. `passphrase` opens the profile from then on:
/// on another computer, which has no keychain, the recovery code alone would have to be typed at every start.
///
/// # Errors
/// As [`restore`].
pub async fn restore_with(
    dir: &Path,
    file: &Path,
    source: KeySource,
    passphrase: Option<String>,
    ports: &Ports,
) -> ApiResult<BackupResult> {
    let folder = Folder::new(dir);
    let looked: PathBuf = file.to_owned();
    let head =
        off_thread(move || backup::head(&looked).map_err(|error| unreadable_backup(&looked, error))).await?;
    let key = match source {
        KeySource::Auto => unlock::keychain_secret(&head.header, ports).await.map_err(|error| match error.code {
            Code::KeyNeeded => ApiError::new(
                Code::KeyNeeded,
                "This computer does not have the key of this backup. Give the recovery code of the day on which it was made.",
            ),
            _ => error,
        })?,
        KeySource::Passphrase(text) => Unlock::Passphrase(text),
        KeySource::RecoveryCode(text) => Unlock::RecoveryCode(text),
        KeySource::Known(key) => Unlock::Key(key),
    };
    let (now, from, into) = (ports.clock.now(), file.to_owned(), folder.clone());
    let (restored, bytes) = off_thread(move || {
        let lock = EngineLock::take(&into, "")?;
        let bytes = std::fs::metadata(&from)?.len();
        let restored = store_restore::restore(&into, &from, &key, &lock, now)?;
        Ok::<_, theke_store::Error>((restored, bytes))
    })
    .await?;
    let mut header = restored.header;
    if let Some(passphrase) = passphrase {
        let (folder, key, mut renewed) = (folder.clone(), restored.key.clone(), header);
        header = off_thread(move || {
            renewed.set_passphrase(&key, &passphrase)?;
            renewed.write(&folder)?;
            Ok::<_, theke_store::Error>(renewed)
        })
        .await?;
    }
    unlock::give_back_to_keychain(&folder, header, &restored.key, ports).await;
    Ok(BackupResult { file: file.display().to_string(), bytes, messages: restored.messages })
}
