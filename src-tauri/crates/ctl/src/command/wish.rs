//! What a text says about the way of its answer. The words alone: nothing is stored, no profile is needed.

use std::path::{Path, PathBuf};

use clap::Args;
use theke_engine::api::{self, types::WishReading};

use super::texts;
use crate::failure::Outcome;
use crate::output::{Answer, plain, sheet, to_json};
use crate::session::Session;

/// Words of `wish`.
#[derive(Debug, Args)]
pub struct WishWords {
    /// A file with one text
    #[arg(value_name = "TEXT-FILE", required_unless_present = "batch", conflicts_with = "batch")]
    file: Option<PathBuf>,
    /// By what it came: email, sms, whatsapp, telegram, phone …
    #[arg(long, value_name = "KIND", default_value = "email")]
    channel: String,
    /// Many texts, one JSON object a line: text, and channel_in where it is another than --channel
    #[arg(long, value_name = "FILE.jsonl")]
    batch: Option<PathBuf>,
}

/// `wish`.
pub fn wish(words: &WishWords, session: &Session) -> Outcome<Answer> {
    if let Some(file) = &words.batch {
        return texts::batch(file, session.json(), |text, object| {
            let came_by = ["channel_in", "channel"].iter().find_map(|key| object.get(key)?.as_str());
            let reading = api::wish_reading(text, came_by.unwrap_or(&words.channel));
            (to_json(&reading), in_short(&reading))
        });
    }
    let text = texts::text(words.file.as_deref().unwrap_or(Path::new("")))?;
    let reading = api::wish_reading(&text, &words.channel);
    Ok(Answer::new(&reading, described(&reading)))
}

fn in_short(reading: &WishReading) -> String {
    let Some(scope) = &reading.scope else { return "no wish".to_owned() };
    let mut words: Vec<String> = reading.kind.iter().cloned().collect();
    words.extend(reading.negated.iter().map(|medium| format!("not {medium}")));
    words.push(scope.replace('_', " "));
    words.extend(reading.conditional.then(|| "conditional".to_owned()));
    words.push(if reading.acts { "acts" } else { "asks" }.to_owned());
    words.join(", ")
}

fn described(reading: &WishReading) -> String {
    if reading.scope.is_none() {
        return "The text wishes and refuses nothing.".to_owned();
    }
    sheet(&[
        ("wish", in_short(reading)),
        ("address", reading.new_address.as_deref().map(plain).unwrap_or_default()),
        ("words", reading.evidence.as_deref().map(plain).unwrap_or_default()),
    ])
}
