//! Looks at everything that can be wrong and says what to do next.

use std::sync::Arc;

use theke_store::profile::Folder;
use theke_store::table::accounts::{self, Health};
use theke_store::table::{counters, outbox};
use theke_store::{backup, header::Unlock};

use super::types::DoctorCheck;
use super::{Api, ApiResult};
use crate::notice;
use crate::ports::KeychainError;
use crate::shared::{Shared, off_thread};

/// Less room than this is worth a word.
const ROOM_MIN_BYTES: u64 = 500 * 1024 * 1024;
const BACKUP_MAX_DAYS: i64 = 3;

impl Api {
    /// Looks at everything that can be wrong and says what to do.
    pub async fn doctor(&self) -> ApiResult<Vec<DoctorCheck>> {
        let shared = &self.shared;
        let mut checks =
            vec![database(shared).await, keychain(shared).await, room(shared).await, backups(shared).await];
        checks.push(clock(shared).await);
        // A damaged database stands in its own line; it must not keep the other lines from being said.
        checks.extend(account_checks(shared).await.unwrap_or_else(|error| {
            vec![check("accounts", false, error.message, Some("See what is said of the database."))]
        }));
        checks.push(sends(shared).await.unwrap_or_else(|error| {
            check("outbox", false, error.message, Some("See what is said of the database."))
        }));
        checks.extend(shared.registry.broken.iter().map(|problem| {
            let advice = "Correct the file, or remove it; the other channels work meanwhile.";
            check(
                "connector",
                false,
                format!("A connector definition cannot be read: {problem}."),
                Some(advice),
            )
        }));
        Ok(checks)
    }
}

fn check(name: &str, ok: bool, message: impl Into<String>, advice: Option<&str>) -> DoctorCheck {
    let advice = advice.filter(|_| !ok).map(str::to_owned);
    DoctorCheck { check: name.to_owned(), ok, message: message.into(), advice }
}

async fn database(shared: &Arc<Shared>) -> DoctorCheck {
    let store = shared.store.clone();
    let found = off_thread(move || -> theke_store::Result<Vec<String>> {
        let mut found = store.check_pages()?;
        found.extend(store.check_structure()?);
        let counted = store.read(|conn| {
            let mut wrong = Vec::new();
            for (name, should) in counters::recounted(conn)? {
                if counters::get(conn, name)? != should {
                    wrong.push(format!("the count {name} is off"));
                }
            }
            Ok(wrong)
        })?;
        found.extend(counted);
        Ok(found)
    })
    .await;
    let advice = "Close Theke and start it again: it heals the database from the newest good backup and keeps the damaged file.";
    // Damage may also stand in the way of looking.
    match shared.watch(found) {
        Ok(found) if found.is_empty() => {
            check("database", true, "Every page of the database is sound.", None)
        }
        Ok(found) => {
            shared.note_damage();
            check("database", false, format!("The database is damaged: {}.", found.join("; ")), Some(advice))
        }
        Err(error) => check("database", false, error.message, Some(advice)),
    }
}

async fn keychain(shared: &Arc<Shared>) -> DoctorCheck {
    let header = shared.header();
    if !header.has_keychain() {
        return check(
            "keychain",
            true,
            "This profile is opened with its passphrase; the keychain is not used.",
            None,
        );
    }
    let advice = "Keep the recovery code at hand: it opens the profile without the keychain.";
    match shared.ports.keychain.get(header.profile()).await {
        Ok(Some(secret)) if header.open(&Unlock::KeychainSecret(secret.clone())).is_ok() => {
            check("keychain", true, "The keychain has the key of this profile.", None)
        }
        Ok(_) => {
            check("keychain", false, "The keychain does not have the key of this profile.", Some(advice))
        }
        Err(KeychainError::Locked) => check("keychain", false, "The keychain is locked.", Some("Unlock it.")),
        Err(KeychainError::Unavailable) => {
            check("keychain", false, "This computer has no keychain that can be reached.", Some(advice))
        }
    }
}

async fn room(shared: &Arc<Shared>) -> DoctorCheck {
    let dir = shared.dir.clone();
    let free = off_thread(move || fs4::available_space(&dir).map_err(theke_store::Error::from)).await;
    match free {
        Ok(free) => {
            let message = format!("There are {} MB free on the disk of the profile.", free / 1024 / 1024);
            check(
                "disk",
                free >= ROOM_MIN_BYTES,
                message,
                Some("Make room: below 500 MB backups and mail may fail."),
            )
        }
        Err(error) => {
            check("disk", false, error.message, Some("Look at the disk's health and its permissions."))
        }
    }
}

async fn backups(shared: &Arc<Shared>) -> DoctorCheck {
    let folder = Folder::new(&shared.dir);
    let found = off_thread(move || -> theke_store::Result<_> {
        let files = backup::newest_first(&folder)?;
        let newest = files.first().map(|file| backup::head(file)).transpose()?.map(|head| head.created_at);
        let age = std::fs::metadata(folder.header())?.modified()?.elapsed().unwrap_or_default();
        Ok((newest, age.as_secs() / 86_400))
    })
    .await;
    let advice = "Let Theke run for a few minutes: it makes one backup a day. Or make one by hand.";
    match found {
        Ok((Some(at), _)) => {
            let days = shared.now().secs_since(at) / 86_400;
            let message = format!("The newest automatic backup is of {}.", at.to_rfc3339());
            check("backup", days <= BACKUP_MAX_DAYS, message, Some(advice))
        }
        // A profile of today has not had the time for one.
        Ok((None, days)) => {
            let young = days <= BACKUP_MAX_DAYS.unsigned_abs();
            check("backup", young, "There is no automatic backup yet.", Some(advice))
        }
        Err(error) => check("backup", false, error.message, Some(advice)),
    }
}

/// A clock that is set back makes "older than" wrong everywhere; the newest message betrays it.
async fn clock(shared: &Arc<Shared>) -> DoctorCheck {
    let now = shared.now();
    let ahead = shared
        .read(|conn| {
            let rows = accounts::list(conn)?;
            Ok::<_, theke_store::Error>(rows.into_iter().filter_map(|row| row.last_success_at).max())
        })
        .await;
    match ahead {
        Ok(Some(last)) if last.secs_since(now) > 600 => {
            let message = format!(
                "The clock says {}, but something was received at {}.",
                now.to_rfc3339(),
                last.to_rfc3339()
            );
            check("clock", false, message, Some("Set the clock of this computer."))
        }
        _ => check("clock", true, format!("The clock says {}.", now.to_rfc3339()), None),
    }
}

async fn account_checks(shared: &Arc<Shared>) -> ApiResult<Vec<DoctorCheck>> {
    let rows = shared
        .read(|conn| {
            let mut rows = Vec::new();
            for row in accounts::list(conn)? {
                let gap = notice::gap(conn, row.id)?;
                rows.push((row, gap));
            }
            Ok::<_, theke_store::Error>(rows)
        })
        .await?;
    if rows.is_empty() {
        return Ok(vec![check("accounts", true, "There is no account yet.", None)]);
    }
    let mut checks = Vec::new();
    for (row, gap) in rows {
        let name = format!("account {}", row.id);
        let known = shared.registry.get(&row.kind).is_some();
        checks.push(match (&row.trouble, row.enabled, row.health) {
            _ if !known => check(
                &name,
                false,
                "Its channel kind is not known here.",
                Some("Put its connector file back."),
            ),
            (_, false, _) => check(&name, true, "It is switched off.", None),
            (Some(trouble), _, Health::Offline) => {
                check(&name, false, trouble.text.clone(), Some("It is tried again by itself."))
            }
            (Some(trouble), _, Health::NeedsAttention) => {
                check(&name, false, trouble.text.clone(), Some("Open the account and correct it."))
            }
            _ => check(&name, true, "It works, as far as is known.", None),
        });
        if let Some((since, until)) = gap {
            let message =
                format!("Messages from {} to {} may be missing.", since.to_rfc3339(), until.to_rfc3339());
            let advice = "The provider does not hand them out any more. Look there, then check the account here to put this away.";
            checks.push(check(&name, false, message, Some(advice)));
        }
    }
    Ok(checks)
}

async fn sends(shared: &Arc<Shared>) -> ApiResult<DoctorCheck> {
    let (waiting, attention) = shared.read(outbox::counts).await?;
    let message = format!("{waiting} messages wait to be sent, {attention} need a person.");
    Ok(check(
        "outbox",
        attention == 0,
        message,
        Some("Look at the outbox: send them again or take them back."),
    ))
}
