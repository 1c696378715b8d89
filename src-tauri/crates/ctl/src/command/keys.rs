//! What opens the profile: the passphrase in a file, the keychain, the recovery code.
//!
//! What was given to open the profile is also what proves that its keys may be changed.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use serde_json::json;
use theke_engine::api::types::SecurityView;

use crate::failure::Outcome;
use crate::output::{Answer, sheet};
use crate::session::{Session, secret_from};

/// What opens the profile.
#[derive(Debug, Subcommand)]
pub enum Keys {
    /// Which of them there are
    Show,
    /// Set or change the passphrase; the keychain does not open the profile any more
    SetPassphrase {
        /// File with the new one
        file: PathBuf,
    },
    /// Open by the keychain again, without a passphrase
    RemovePassphrase,
    /// Set or change the PIN of the window's lock
    SetPin {
        /// File with the new one
        file: PathBuf,
        /// File with the one of now, where neither a passphrase nor a recovery code was given
        #[arg(long, value_name = "FILE")]
        current_file: Option<PathBuf>,
    },
    /// Forget the PIN
    RemovePin {
        /// As for set-pin
        #[arg(long, value_name = "FILE")]
        current_file: Option<PathBuf>,
    },
    /// Make a new recovery code and show it once; older backups keep theirs
    NewRecoveryCode,
}

/// Does what the words say.
pub async fn run(words: Keys, session: &Session) -> Outcome<Answer> {
    let api = session.open().await?;
    let current = session.passphrase()?.or(session.recovery_code()?);
    match words {
        Keys::Show => {}
        Keys::SetPassphrase { file } => {
            api.passphrase_set(current, &secret_from(&file, "passphrase")?).await?;
        }
        Keys::SetPin { file, current_file } => {
            let current = current_pin(current_file.as_deref())?.or(current);
            api.pin_set(current, &secret_from(&file, "PIN")?).await?;
        }
        Keys::RemovePin { current_file } => {
            let current = current_pin(current_file.as_deref())?.or(current);
            api.pin_remove(&current.unwrap_or_default()).await?;
        }
        Keys::RemovePassphrase => api.passphrase_remove(&current.unwrap_or_default()).await?,
        Keys::NewRecoveryCode => {
            let code = api.recovery_code_new(current).await?;
            let human = format!(
                "Recovery code: {code}\n\nWrite it down and keep it away from this computer; it is not shown again. The one before does \
                 not open\nthe profile any more. Backups of the days before open with the code of their day."
            );
            return Ok(Answer::new(&json!({ "recovery_code": code }), human));
        }
    }
    let ways = api.security().await?;
    Ok(Answer::new(&ways, shown(&ways)))
}

fn current_pin(file: Option<&Path>) -> Outcome<Option<String>> {
    file.map(|file| secret_from(file, "PIN")).transpose()
}

fn shown(ways: &SecurityView) -> String {
    let word = |there: bool| if there { "opens the profile" } else { "does not" }.to_owned();
    sheet(&[
        ("passphrase", word(ways.passphrase)),
        ("keychain", word(ways.keychain)),
        ("recovery code", word(true)),
        ("PIN", if ways.pin { "opens the lock of the window" } else { "none" }.to_owned()),
    ])
}
