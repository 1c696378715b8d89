//! Commands that read texts: one file with one text, or many as a JSON object a line.
//!
//! Not here: what is read in them (`wish`, `intent`).

use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use serde_json::{Value, json};

use crate::failure::{FAILED, Failure, Outcome};
use crate::output::{self, Answer};

/// Longest text, and longest line of a batch.
const TEXT_MAX_BYTES: u64 = 10 * 1024 * 1024;

/// The text of a file, without a byte order mark; what is no UTF-8 is replaced.
pub fn text(file: &Path) -> Outcome<String> {
    let mut bytes = Vec::new();
    opened(file)?.take(TEXT_MAX_BYTES).read_to_end(&mut bytes).map_err(|error| unreadable(file, &error))?;
    Ok(String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').to_owned())
}

/// One answer a line, in order; a line that is no text has one too. `one` gets the text and its whole object, and
/// gives the answer as JSON and for people.
pub fn batch(file: &Path, as_json: bool, one: impl Fn(&str, &Value) -> (Value, String)) -> Outcome<Answer> {
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
        let answer = match object(&line).map(|(text, object)| one(&text, &object)) {
            Ok((answer, _)) if as_json => answer.to_string(),
            Ok((_, words)) => format!("{number}: {words}"),
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

fn object(line: &[u8]) -> Result<(String, Value), String> {
    let value: Value =
        serde_json::from_slice(line).map_err(|error| format!("this is no JSON object ({error})."))?;
    let text = value.get("text").and_then(Value::as_str).ok_or("it has no \"text\".")?.to_owned();
    Ok((text, value))
}

fn opened(file: &Path) -> Outcome<std::fs::File> {
    std::fs::File::open(file).map_err(|error| unreadable(file, &error))
}

fn unreadable(file: &Path, error: &std::io::Error) -> Failure {
    Failure::bad_input(format!("{} cannot be read: {error}.", file.display()))
}
