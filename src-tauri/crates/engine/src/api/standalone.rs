//! What needs no opened profile.

use std::path::Path;

use super::types::{AddressReport, BackupResult};
use super::{ApiResult, Ports, unfinished};

/// Reads one message file as the mail channel would and says what it found (`thekectl inspect`).
/// `own` are the shop's addresses, `authserv` the ids whose Authentication-Results count.
///
/// # Errors
/// `BadInput` if the file cannot be read.
pub async fn inspect(_path: &Path, _own: &[String], _authserv: &[String]) -> ApiResult<serde_json::Value> {
    unfinished()
}

/// What `text` is as an address, read with this country (ISO 3166-1 alpha-2). Never fails: an invalid one is a report too.
pub fn address_report(_text: &str, _country: &str) -> AddressReport {
    AddressReport {
        valid: false,
        kind: None,
        normalized: None,
        phone_type: None,
        country: None,
        sendable: false,
        reason: None,
    }
}

/// Puts a backup in place of the profile in `dir` (which may be missing). Takes the lock. The old database is kept
/// beside it. Unfinished sends become in doubt and automation is off afterwards.
///
/// # Errors
/// `InUse`, `KeyNeeded` (the recovery code of the backup's day), `WrongKey`, `BadInput`, `Damaged`, `TooNew`, `DiskFull`.
pub async fn restore(
    _dir: &Path,
    _file: &Path,
    _recovery_code: Option<String>,
    _ports: &Ports,
) -> ApiResult<BackupResult> {
    unfinished()
}
