//! Files and texts from outside: taking stored mail in, saying what is in a mail, saying what an address is.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use serde_json::{Value, json};
use theke_engine::api;

use crate::command::profile::country;
use crate::failure::{FAILED, Failure, Outcome};
use crate::output::{self, Answer, plain, sheet, short};
use crate::session::{Session, absolute};

/// Reading one mail takes milliseconds; what takes this long is given up and said so.
const INSPECT_LIMIT: Duration = Duration::from_secs(20);

/// Words of `import`.
#[derive(Debug, Args)]
pub struct Import {
    /// eml files, mbox files, Maildir folders
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// Words of `inspect`.
#[derive(Debug, Args)]
pub struct Inspect {
    /// Mail files
    #[arg(required = true, value_name = "FILE.eml")]
    files: Vec<PathBuf>,
    /// An address of the shop; may be repeated
    #[arg(long, value_name = "ADDRESS")]
    own: Vec<String>,
    /// An authserv-id whose Authentication-Results count; may be repeated
    #[arg(long, value_name = "ID")]
    authserv: Vec<String>,
}

/// Words of `address`.
#[derive(Debug, Args)]
pub struct AddressWords {
    /// An e-mail address, a telephone number, or network:handle
    #[arg(allow_hyphen_values = true)]
    text: String,
    /// Country of national numbers
    #[arg(long, value_name = "CODE", default_value = "DE", value_parser = country)]
    country: String,
}

/// `import`.
pub async fn import(words: Import, session: &Session) -> Outcome<Answer> {
    let files = words.files.iter().map(|file| absolute(file)).collect::<Outcome<Vec<_>>>()?;
    let done = session.open().await?.import(files).await?;
    let failed: Vec<_> =
        done.failed.iter().map(|f| format!("{}: {}", plain(&f.file), plain(&f.error))).collect();
    let human = format!("{} read, {} stored, {} known before", done.read, done.stored, done.known);
    let trouble = (!failed.is_empty()).then(|| {
        let failure = Failure { exit: FAILED, code: "bad_input".into(), message: failed.join("\n") };
        if done.stored + done.known > 0 { failure.partly() } else { failure }
    });
    Ok(Answer::new(&done, human).with_trouble(trouble))
}

/// `inspect`.
pub async fn inspect(words: Inspect, session: &Session) -> Outcome<Answer> {
    let several = words.files.len() > 1;
    let mut unreadable = Vec::new();
    for file in &words.files {
        let value = match one(file, &words.own, &words.authserv).await {
            Ok(value) => value,
            Err(failure) if several => {
                let value = nothing_in_it(&failure.message);
                unreadable.push(failure.message);
                value
            }
            Err(failure) => return Err(failure),
        };
        let text = match (session.json(), several) {
            (true, true) => with_file(file, &value),
            (true, false) => value.to_string(),
            (false, _) => format!("{}\n", described(file, &value)),
        };
        if !output::line(&text) {
            break;
        }
    }
    let trouble = (!unreadable.is_empty()).then(|| {
        let failure = Failure { exit: FAILED, code: "bad_input".into(), message: unreadable.join("\n") };
        if unreadable.len() < words.files.len() { failure.partly() } else { failure }
    });
    Ok(Answer::written(trouble))
}

/// In a task of its own, so that even a bug in a parser costs one line and not the rest of the files.
async fn one(file: &Path, own: &[String], authserv: &[String]) -> Outcome<Value> {
    let (path, own, authserv) = (file.to_owned(), own.to_owned(), authserv.to_owned());
    let task = tokio::spawn(async move { api::inspect(&path, &own, &authserv).await });
    match tokio::time::timeout(INSPECT_LIMIT, task).await {
        Ok(Ok(value)) => Ok(value?),
        Ok(Err(_)) => {
            Ok(nothing_in_it("The program made a mistake while reading this file. Please report it."))
        }
        Err(_) => Ok(nothing_in_it("Reading was given up because it took too long.")),
    }
}

/// The shape of an answer about a file that gave nothing.
fn nothing_in_it(problem: &str) -> Value {
    json!({
        "from": null, "sender": null, "reply_to": [], "to": [], "cc": [], "subject": null, "date": null,
        "text": "", "text_without_quote": "", "html": null, "attachments": [], "message_id": null,
        "in_reply_to": null, "references": [], "customer": null,
        // What nobody could read gets no automatic answer.
        "automatic": {"verdict": "machine", "signs": []}, "bounce": null,
        "authentication": {"result": "none", "by": null}, "unsafe": [], "problems": [problem],
    })
}

/// The contract puts `file` first.
fn with_file(file: &Path, value: &Value) -> String {
    let rest = value.to_string();
    let rest = rest.strip_prefix('{').unwrap_or("}");
    let comma = if rest == "}" { "" } else { "," };
    format!("{{\"file\":{}{comma}{rest}", json!(file.to_string_lossy()))
}

fn described(file: &Path, value: &Value) -> String {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(plain).unwrap_or_default();
    let list = |key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let field = |v: &Value, key: &str| v.get(key).and_then(Value::as_str).map(plain).unwrap_or_default();
    let party = |v: &Value| format!("{} <{}>", field(v, "name"), field(v, "address")).trim().to_owned();
    let parties = |key: &str| list(key).iter().map(party).collect::<Vec<_>>().join(", ");
    let mut lines = vec![
        ("file", plain(&file.to_string_lossy())),
        ("from", value.get("from").filter(|v| !v.is_null()).map(party).unwrap_or_default()),
        ("to", parties("to")),
        ("cc", parties("cc")),
        ("subject", text("subject")),
        ("date", text("date")),
        ("message id", text("message_id")),
        ("signed", value.get("authentication").map(|v| field(v, "result")).unwrap_or_default()),
        ("written by", value.get("automatic").map(|v| field(v, "verdict")).unwrap_or_default()),
    ];
    for failed in value.pointer("/bounce/recipients").and_then(Value::as_array).into_iter().flatten() {
        lines.push(("not reached", format!("{} ({})", field(failed, "address"), field(failed, "reason"))));
    }
    for attachment in list("attachments") {
        let size = attachment.get("size").and_then(Value::as_u64).unwrap_or(0);
        lines.push((
            "attachment",
            format!("{} ({}, {size} bytes)", field(&attachment, "name"), field(&attachment, "type")),
        ));
    }
    for danger in list("unsafe") {
        lines.push(("unsafe", format!("{} in {}", field(&danger, "what"), field(&danger, "where"))));
    }
    lines.extend(list("problems").iter().map(|p| ("problem", p.as_str().map(plain).unwrap_or_default())));
    let body = value.get("text_without_quote").and_then(Value::as_str).unwrap_or_default();
    lines.push(("text", short(body, 300)));
    sheet(&lines)
}

/// `address`.
pub fn address(words: AddressWords) -> Outcome<Answer> {
    let report = api::address_report(&words.text, &words.country);
    let kind = match (&report.kind, &report.phone_type, &report.country) {
        (Some(kind), Some(phone_type), Some(country)) => format!("{kind}, {phone_type}, {country}"),
        (Some(kind), Some(phone_type), None) => format!("{kind}, {phone_type}"),
        (Some(kind), _, _) => kind.clone(),
        (None, _, _) => String::new(),
    };
    let human = sheet(&[
        ("address", report.normalized.clone().unwrap_or_else(|| "not usable".to_owned())),
        ("kind", kind),
        ("may be written to", if report.sendable { "yes" } else { "no" }.to_owned()),
        ("why", report.reason.clone().unwrap_or_default()),
    ]);
    Ok(Answer::new(&report, human))
}
