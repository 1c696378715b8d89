//! The settings that the window has, by their stable keys.

use std::collections::BTreeMap;

use clap::Subcommand;

use crate::failure::Outcome;
use crate::output::{Answer, plain, sheet};
use crate::session::Session;

/// The settings that the window has.
#[derive(Debug, Subcommand)]
pub enum Settings {
    /// One setting, or all of them
    Get {
        /// Such as shop.name
        key: Option<String>,
    },
    /// Change a setting
    Set {
        /// Such as shop.name
        key: String,
        /// Its new value
        #[arg(allow_hyphen_values = true)]
        value: String,
    },
}

/// Does what the words say.
pub async fn run(words: Settings, session: &Session) -> Outcome<Answer> {
    let api = session.open().await?;
    let key = match words {
        Settings::Get { key } => key,
        Settings::Set { key, value } => {
            api.settings_set(&key, &value).await?;
            Some(key)
        }
    };
    let settings = api.settings_get(key).await?;
    Ok(Answer::new(&settings, listed(&settings)))
}

fn listed(settings: &BTreeMap<String, String>) -> String {
    let lines: Vec<_> = settings.iter().map(|(key, value)| (key.as_str(), plain(value))).collect();
    sheet(&lines)
}
