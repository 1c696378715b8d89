//! Import, settings, backup, numbers, decisions, automation.

use std::collections::BTreeMap;
use std::path::PathBuf;

use theke_store::backup;
use theke_store::table::accounts::{self, Health};
use theke_store::table::{counters, outbox};

use super::types::{BackupResult, Event, ImportResult, Overview};
use super::{Api, ApiError, ApiResult, Code};
use crate::shared::off_thread;
use crate::{fetching, intake, settings};

impl Api {
    /// Reads eml and mbox files and Maildir folders. What is known is counted, not stored again.
    pub async fn import(&self, paths: Vec<PathBuf>) -> ApiResult<ImportResult> {
        let shared = self.shared.clone();
        let imported = off_thread(move || intake::import(&shared, &paths)).await?;
        crate::indexer::finish(&self.shared).await?;
        Ok(ImportResult {
            read: imported.read,
            stored: imported.stored,
            known: imported.known,
            failed: imported.failed,
        })
    }

    /// One setting or all, by their stable keys.
    ///
    /// # Errors
    /// `BadInput` for an unknown key.
    pub async fn settings_get(&self, key: Option<String>) -> ApiResult<BTreeMap<String, String>> {
        if let Some(key) = &key
            && settings::default_account_medium(key).is_none()
        {
            settings::named(key)?;
        }
        self.shared
            .read(move |conn| {
                if let Some(key) = key.as_ref().filter(|key| settings::default_account_medium(key).is_some())
                {
                    return Ok(BTreeMap::from([(key.clone(), settings::text(conn, key)?)]));
                }
                let mut found = match &key {
                    Some(_) => BTreeMap::new(),
                    None => settings::default_accounts(conn)?.into_iter().collect(),
                };
                let wanted = settings::ALL.iter().filter(|s| key.as_deref().is_none_or(|key| key == s.key));
                for setting in wanted {
                    found.insert(setting.key.to_owned(), settings::text(conn, setting.key)?);
                }
                Ok::<_, theke_store::Error>(found)
            })
            .await
    }

    /// Changes a setting.
    ///
    /// # Errors
    /// `BadInput` for an unknown key or a value that it cannot have.
    pub async fn settings_set(&self, key: &str, value: &str) -> ApiResult<()> {
        if let Some(medium) = settings::default_account_medium(key) {
            let (value, now) = (value.to_owned(), self.shared.now());
            self.shared.write(move |tx| settings::set_default_account(tx, &medium, &value, now)).await?;
            self.shared.tell(Event::SettingsChanged {});
            return Ok(());
        }
        let value = self.meant(key, value).await?;
        let value = settings::checked(key, &value)?.to_owned();
        let (key, now) = (settings::named(key)?.key, self.shared.now());
        self.shared
            .write(move |tx| -> ApiResult<()> {
                settings::checked_in_shop(tx, key, &value)?;
                Ok(settings::set(tx, key, &value, now)?)
            })
            .await?;
        self.shared.tell(Event::SettingsChanged {});
        Ok(())
    }

    /// Writes a verified backup, which the recovery code of today opens on any computer.
    pub async fn backup(&self, file: PathBuf) -> ApiResult<BackupResult> {
        let (of, now) = (self.shared.clone(), self.shared.now());
        let write = move || {
            backup::write(&of.store, &of.header(), &file, now).map_err(|error| match error {
                theke_store::Error::Io(why) => {
                    let place = file.display();
                    let sentence =
                        format!("{place} cannot be written: {why}. Name another place for the backup.");
                    ApiError::new(Code::BadInput, sentence).with("file", place.to_string())
                }
                other => ApiError::from(other),
            })
        };
        let made = off_thread(write).await?;
        Ok(BackupResult { file: made.file.display().to_string(), bytes: made.bytes, messages: made.messages })
    }

    /// The numbers on the rail and the status bar.
    pub async fn overview(&self) -> ApiResult<Overview> {
        let (shared, now) = (self.shared.clone(), self.shared.now());
        self.shared
            .read(move |conn| {
                let rows = accounts::list(conn)?;
                let used: Vec<_> = rows.iter().filter(|row| row.enabled).collect();
                let (waiting, attention) = outbox::counts(conn)?;
                let progress = used.iter().map(|row| fetching::of_account(conn, row, &shared, now));
                let progress: Vec<_> =
                    progress.filter_map(theke_store::Result::transpose).collect::<Result<_, _>>()?;
                let progress = fetching::of_all(&progress);
                let older_is_left = progress.is_some() || used.iter().any(|row| !row.caught_up);
                Ok::<_, theke_store::Error>(Overview {
                    open: counters::get(conn, counters::CONVERSATIONS_OPEN)?,
                    waiting: counters::get(conn, counters::CONVERSATIONS_WAITING)?,
                    snoozed: counters::get(conn, counters::CONVERSATIONS_SNOOZED)?,
                    starred: counters::get(conn, counters::CONVERSATIONS_STARRED)?,
                    spam: counters::get(conn, counters::CONVERSATIONS_SPAM)?,
                    unread_conversations: counters::get(conn, counters::CONVERSATIONS_UNREAD)?,
                    unread: counters::get(conn, counters::MESSAGES_UNREAD)?,
                    messages: counters::get(conn, counters::MESSAGES_ALL)?,
                    outbox: waiting,
                    outbox_attention: attention,
                    offline: !used.is_empty()
                        && (shared.network.is_offline()
                            || used.iter().all(|row| row.health == Health::Offline)),
                    metered: shared.network.is_metered(),
                    holds_back: older_is_left && shared.network.holds_back(),
                    indexing: counters::get(conn, counters::MESSAGES_UNINDEXED)?,
                    progress,
                })
            })
            .await
    }
}
