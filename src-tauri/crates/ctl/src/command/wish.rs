//! What a text says about the way of its answer. The words alone: nothing is stored, no profile is needed.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};
use theke_engine::api::{self, types::WishReading};

use crate::failure::{FAILED, Failure, Outcome};
use crate::output::{self, Answer, plain, sheet, to_json};
use crate::session::Session;

/// Longest text, and longest line of a batch.
const TEXT_MAX_BYTES: u64 = 10 * 1024 * 1024;

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
        return batch(file, &words.channel, session.json());
    }
    let file = words.file.as_deref().unwrap_or(Path::new(""));
    let mut bytes = Vec::new();
    opened(file)?.take(TEXT_MAX_BYTES).read_to_end(&mut bytes).map_err(|error| unreadable(file, &error))?;
    let text = String::from_utf8_lossy(&bytes);
    let reading = api::wish_reading(text.trim_start_matches('\u{feff}'), &words.channel);
    Ok(Answer::new(&reading, described(&reading)))
}

/// One answer a line, in order; a line that is no text has one too.
fn batch(file: &Path, channel: &str, json: bool) -> Outcome<Answer> {
    let mut lines = BufReader::new(opened(file)?);
    let mut broken = Vec::new();
    for number in 1.. {
        let mut line = Vec::new();
        let read = lines
            .by_ref()
            .take(TEXT_MAX_BYTES)
            .read_until(b'\n', &mut line)
            .map_err(|error| unreadable(file, &error))?;
        if read == 0 {
            break;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let answer = match one(&line, channel) {
            Ok(reading) if json => to_json(&reading).to_string(),
            Ok(reading) => format!("{number}: {}", in_short(&reading)),
            Err(why) => {
                broken.push(format!("Line {number} of {}: {why}", file.display()));
                json!({"error": {"code": "bad_input", "message": why}}).to_string()
            }
        };
        if !output::line(&answer) {
            break;
        }
    }
    let trouble = (!broken.is_empty())
        .then(|| Failure { exit: FAILED, code: "bad_input".into(), message: broken.join("\n") }.partly());
    Ok(Answer::written(trouble))
}

fn one(line: &[u8], channel: &str) -> Result<WishReading, String> {
    let value: Value =
        serde_json::from_slice(line).map_err(|error| format!("this is no JSON object ({error})."))?;
    let text = value.get("text").and_then(Value::as_str).ok_or("it has no \"text\".")?;
    let came_by = ["channel_in", "channel"].iter().find_map(|key| value.get(key)?.as_str());
    Ok(api::wish_reading(text, came_by.unwrap_or(channel)))
}

fn opened(file: &Path) -> Outcome<std::fs::File> {
    std::fs::File::open(file).map_err(|error| unreadable(file, &error))
}

fn unreadable(file: &Path, error: &std::io::Error) -> Failure {
    Failure::bad_input(format!("{} cannot be read: {error}.", file.display()))
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
