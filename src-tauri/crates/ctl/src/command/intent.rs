//! What a text asks for. The words alone: nothing is stored, no profile is needed.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::Value;
use theke_engine::api::{self, IntentReading};

use super::texts;
use crate::failure::Outcome;
use crate::output::{Answer, plain, sheet, to_json};
use crate::session::Session;

/// Words of `intent`.
#[derive(Debug, Args)]
pub struct IntentWords {
    /// A file with one text
    #[arg(value_name = "TEXT-FILE", required_unless_present = "batch", conflicts_with = "batch")]
    file: Option<PathBuf>,
    /// Many texts, one JSON object a line: text, and lang where the language is known
    #[arg(long, value_name = "FILE.jsonl")]
    batch: Option<PathBuf>,
}

/// `intent`.
pub fn intent(words: &IntentWords, session: &Session) -> Outcome<Answer> {
    if let Some(file) = &words.batch {
        return texts::batch(file, session.json(), |text, object| {
            let reading = api::intent_reading(text, object.get("lang").and_then(Value::as_str));
            (to_json(&reading), in_short(&reading))
        });
    }
    let text = texts::text(words.file.as_deref().unwrap_or(Path::new("")))?;
    let reading = api::intent_reading(&text, None);
    Ok(Answer::new(&reading, described(&reading)))
}

fn in_short(reading: &IntentReading) -> String {
    let mut words = vec![reading.intent.clone(), format!("{:.0} %", reading.confidence * 100.0)];
    words.extend(reading.second.as_ref().map(|second| format!("then {second}")));
    words.extend(reading.sensitive.then(|| "sensitive".to_owned()));
    words.push(if reading.acts { "acts" } else { "asks" }.to_owned());
    words.join(", ")
}

fn described(reading: &IntentReading) -> String {
    sheet(&[("intent", in_short(reading)), ("words", plain(&reading.words.join(", ")))])
}
