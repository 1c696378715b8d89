//! One readable text for whoever helps: what runs where, how it is set, and what went wrong.
//!
//! It is shown before it is saved and holds nobody's name, address, words or keys. So nothing is copied into it that a
//! person or a provider wrote: of settings only those with fixed choices, of errors the code and never the sentence, of
//! checks whether they are fine. English, because it is read by whoever helps. Not here: the advice (`doctor`).

use std::fmt::Write as _;
use std::path::PathBuf;

use theke_channels::registry::Registry;
use theke_store::profile::Folder;
use theke_store::table::accounts::{self, Account};
use theke_store::table::counters;
use theke_store::table::outbox::{self, Entry, State};
use theke_store::words::Word;
use theke_store::{Connection, backup, migrate};

use super::{Api, ApiError, ApiResult, Code, Profile, view};
use crate::shared::off_thread;
use crate::{failure, secrets, settings};

/// Errors that are listed one by one.
const LAST_ERRORS: usize = 20;
/// What asks a person or waits.
const UNSENT: [State; 6] =
    [State::Queued, State::Sending, State::Committed, State::Held, State::Failed, State::InDoubt];

impl Api {
    /// The report, as it is shown. `shell` are lines of whoever asks, such as the desktop: names and values without anything
    /// personal.
    pub async fn diagnostics(&self, shell: &[(&str, String)]) -> ApiResult<String> {
        let mut text = format!("Theke {}\n", env!("CARGO_PKG_VERSION"));
        line(&mut text, "made", self.shared.now().to_rfc3339());
        self.system(&mut text, shell).await;
        heading(&mut text, "profile");
        line(&mut text, "schema", migrate::newest());
        line(&mut text, "practice", yes(Profile::is_practice(&self.shared.dir)));
        let header = self.header().await?;
        line(&mut text, "opened by passphrase", yes(header.has_passphrase()));
        line(&mut text, "opened by keychain", yes(header.has_keychain()));
        let has_pin = self.shared.read(secrets::pin).await.is_ok_and(|pin| pin.is_some());
        line(&mut text, "PIN of the window", yes(has_pin));
        text.push_str(&self.shared.read(stored).await.unwrap_or_else(|error: ApiError| unreadable(&error)));
        self.backups_in(&mut text).await;
        heading(&mut text, "checks");
        for check in self.doctor().await? {
            line(&mut text, &checked_thing(&check.check), if check.ok { "ok" } else { "NOT OK" });
        }
        text.clone_into(&mut *self.report());
        Ok(text)
    }

    /// Writes the report that was shown last, and nothing else, to a file that the person chose.
    ///
    /// # Errors
    /// `NotFound` before one was shown; `DiskFull`.
    pub async fn diagnostics_save(&self, file: PathBuf) -> ApiResult<()> {
        let text = self.report().clone();
        if text.is_empty() {
            return Err(ApiError::new(Code::NotFound, "Look at the report first; then it can be saved."));
        }
        off_thread(move || std::fs::write(file, text).map_err(theke_store::Error::from)).await
    }

    fn report(&self) -> std::sync::MutexGuard<'_, String> {
        self.shared.report.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    async fn system(&self, text: &mut String, shell: &[(&str, String)]) {
        heading(text, "system");
        line(text, "system", format!("{} {}", std::env::consts::OS, std::env::consts::ARCH));
        let dir = self.shared.dir.clone();
        let found = off_thread(move || {
            let folder = Folder::new(&dir);
            let size = |path: PathBuf| std::fs::metadata(path).map_or(0, |found| found.len());
            let room = fs4::available_space(&dir).ok();
            let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
            Ok::<_, ApiError>((size(folder.database()), size(folder.cache()), room, release))
        });
        if let Ok((database, cache, room, release)) = found.await {
            let name = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="));
            line(text, "release", name.unwrap_or("unknown").trim_matches('"'));
            line(text, "database", megabytes(database));
            line(text, "cache", megabytes(cache));
            line(text, "room on the disk", room.map_or_else(|| "unknown".to_owned(), megabytes));
        }
        for (name, value) in shell {
            line(text, name, value);
        }
    }

    async fn backups_in(&self, text: &mut String) {
        heading(text, "backups");
        let folder = Folder::new(&self.shared.dir);
        match off_thread(move || backup::automatic(&folder)).await {
            Ok(backups) => {
                for one in backups {
                    let sort = if one.daily { "daily" } else { "before a migration" };
                    let state = match one.head {
                        Ok(head) => format!("{} messages, schema {}", head.messages, head.schema),
                        Err(error) => failure::code_word(ApiError::from(error).code),
                    };
                    line(text, &view::at(one.at), format!("{sort}, {}, {state}", megabytes(one.bytes)));
                }
            }
            Err(error) => text.push_str(&unreadable(&error)),
        }
    }
}

/// All that is read from the database.
fn stored(conn: &Connection) -> ApiResult<String> {
    let mut text = String::new();
    heading(&mut text, "settings");
    for setting in settings::ALL {
        let value = settings::text(conn, setting.key)?;
        let shown = match setting.is_free() {
            true if value == setting.default => "as usual".to_owned(),
            true => format!("set ({} characters)", value.chars().count()),
            false => value,
        };
        line(&mut text, setting.key, shown);
    }
    line(&mut text, "default accounts", settings::default_accounts(conn)?.len());
    heading(&mut text, "accounts");
    let rows = accounts::list(conn)?;
    let shipped = Registry::load(None);
    for row in &rows {
        line(&mut text, &format!("account {}", row.id), account(row, &shipped));
    }
    heading(&mut text, "counts");
    for (name, should) in counters::recounted(conn)? {
        let kept = counters::get(conn, name)?;
        let off = if kept == should { String::new() } else { format!(" (counted {should})") };
        line(&mut text, name, format!("{kept}{off}"));
    }
    let mut unsent: Vec<Entry> = Vec::new();
    for state in UNSENT {
        let entries = outbox::in_state(conn, state)?;
        if !entries.is_empty() {
            line(&mut text, &format!("outbox {}", state.word()), entries.len());
        }
        unsent.extend(entries);
    }
    heading(&mut text, "last errors");
    for row in &rows {
        if let Some(trouble) = &row.trouble {
            let code = failure::code_word(failure::code_of(&trouble.code));
            line(&mut text, &format!("account {}", row.id), format!("{code}, {} in a row", row.failures));
        }
    }
    unsent.sort_by_key(|entry| std::cmp::Reverse(entry.message_id));
    let failed = unsent.iter().filter_map(|entry| Some((entry, entry.trouble.as_ref()?)));
    for (entry, trouble) in failed.take(LAST_ERRORS) {
        let code = failure::code_word(failure::code_of(&trouble.code));
        let what = format!("{code}, {}, {} attempts", entry.state.word(), entry.attempts);
        line(&mut text, &format!("message {} by account {}", entry.message_id, entry.account_id), what);
    }
    Ok(text)
}

/// Its kind and how it is. A kind of the shop's own carries a name that the shop gave it.
fn account(row: &Account, shipped: &Registry) -> String {
    let kind = if shipped.get(&row.kind).is_some() { row.kind.as_str() } else { "own connector" };
    let at = |time: Option<_>| time.map_or_else(|| "never".to_owned(), view::at);
    format!(
        "{kind}, {}, {}, reached {}, {}",
        if row.enabled { "on" } else { "off" },
        row.health.word(),
        at(row.last_success_at),
        if row.caught_up { "caught up" } else { "first sync" },
    )
}

/// What a check looked at: a word of ours and perhaps a number.
fn checked_thing(name: &str) -> String {
    name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == ' ').collect()
}

fn unreadable(error: &ApiError) -> String {
    format!("not readable: {}\n", failure::code_word(error.code))
}

fn heading(text: &mut String, name: &str) {
    // Writing into a string cannot fail.
    let _ = writeln!(text, "\n[{name}]");
}

fn line(text: &mut String, name: &str, value: impl std::fmt::Display) {
    let _ = writeln!(text, "{name}: {value}");
}

fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1_000_000.0)
}
