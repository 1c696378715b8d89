//! Who is the same: merging two customers, taking it back, suggestions, and comparing two records.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};
use theke_engine::api::types::{DuplicateView, FieldChoice, MatchReport};
use theke_engine::api::{self, Api};

use crate::command::contacts::shown;
use crate::command::profile::country;
use crate::failure::{Failure, Outcome};
use crate::output::{self, Answer, plain, short, table, to_json};
use crate::session::absolute;

/// Words of `contacts merge`.
#[derive(Debug, Args)]
pub struct Merge {
    /// Number of the contact that stays
    a: i64,
    /// Number of the contact that becomes part of it
    b: i64,
    /// Whose value of a field is kept, such as name=b; may be repeated [default: A's, where A has one]
    #[arg(long, value_name = "FIELD=a|b", value_parser = choice)]
    keep: Vec<(String, String)>,
}

/// Words of `contacts unmerge`.
#[derive(Debug, Args)]
pub struct Unmerge {
    /// Number of a contact: of one that became part of another one, or of the one that it became part of (then the last
    /// merge is taken back)
    #[arg(required_unless_present = "merge")]
    id: Option<i64>,
    /// Number of the merge, as `contacts merge` and `contacts show` tell it
    #[arg(long, value_name = "N", conflicts_with = "id")]
    merge: Option<i64>,
}

/// Words of `contacts duplicates`.
#[derive(Debug, Args)]
pub struct Duplicates {
    /// How many pairs, at most [default: all]
    #[arg(long, value_name = "N")]
    limit: Option<u32>,
}

/// Words of `contacts not-same`.
#[derive(Debug, Args)]
pub struct NotSame {
    /// Number of one contact
    a: i64,
    /// Number of the other
    b: i64,
}

/// Words of `contacts match`.
#[derive(Debug, Args)]
pub struct Match {
    /// A JSON object with name, emails, phones, handles and postcode
    #[arg(value_name = "A.json", required_unless_present = "batch", requires = "b")]
    a: Option<PathBuf>,
    /// The other one
    #[arg(value_name = "B.json")]
    b: Option<PathBuf>,
    /// A file with one JSON object a line that holds two records, a and b: one answer a line, in order
    #[arg(long, value_name = "FILE.jsonl", conflicts_with_all = ["a", "b"])]
    batch: Option<PathBuf>,
    /// Country of national numbers
    #[arg(long, value_name = "CODE", default_value = "CH", value_parser = country)]
    country: String,
}

fn choice(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((field, keep @ ("a" | "b"))) if !field.is_empty() => Ok((field.to_owned(), keep.to_owned())),
        _ => Err("expected is FIELD=a or FIELD=b, such as name=b".to_owned()),
    }
}

/// `contacts merge`.
pub async fn merge(words: Merge, api: &Api) -> Outcome<Answer> {
    let choices = words.keep.into_iter().map(|(field, keep)| FieldChoice { field, keep }).collect();
    let merged = api.contact_merge(words.a, words.b, choices).await?;
    let human = format!("merge    {}\n{}", merged.merge_id, shown(&merged.contact));
    Ok(Answer::new(&merged, human))
}

/// `contacts unmerge`.
pub async fn unmerge(words: Unmerge, api: &Api) -> Outcome<Answer> {
    let merge = match (words.merge, words.id) {
        (Some(merge), _) => merge,
        (None, id) => api.merge_of(id.unwrap_or_default()).await?,
    };
    let parted = api.contact_unmerge(merge).await?;
    let (part, rest) = (&parted.part, &parted.rest);
    let human = format!(
        "{} ({}) stands for itself again, with {} messages; {} ({}) has {}",
        plain(&part.name),
        part.id,
        part.messages,
        plain(&rest.name),
        rest.id,
        rest.messages
    );
    Ok(Answer::new(&parted, human))
}

/// `contacts duplicates`.
pub async fn duplicates(words: Duplicates, api: &Api) -> Outcome<Answer> {
    // Without a running engine nobody has compared anything yet.
    api.compare_waiting().await?;
    let found = api.duplicates(words.limit.unwrap_or(u32::MAX)).await?;
    let json: Vec<Value> = found.pairs.iter().map(as_json).collect();
    let rows: Vec<_> = found
        .pairs
        .iter()
        .map(|pair| {
            let who = |one: &api::types::ContactView| format!("{} {}", one.id, short(&one.name, 30));
            let sure = if pair.sure { "sure" } else { "" }.to_owned();
            vec![pair.score.to_string(), sure, who(&pair.first), who(&pair.second), pair.reasons.join(", ")]
        })
        .collect();
    let human = table(&["score", "", "one", "other", "why"], &rows, "Nobody seems to be there twice.");
    Ok(Answer::new(&json, human))
}

fn as_json(pair: &DuplicateView) -> Value {
    json!({
        "a": pair.first.id, "b": pair.second.id, "link": if pair.sure { "same_auto" } else { "suggest" },
        "score": pair.score, "reasons": pair.reasons, "first": pair.first, "second": pair.second,
    })
}

/// `contacts not-same`.
pub async fn not_same(words: NotSame, api: &Api) -> Outcome<Answer> {
    let undo_id = api.contacts_not_same(words.a, words.b).await?;
    let answer = json!({"a": words.a, "b": words.b, "not_same": true, "undo_id": undo_id});
    Ok(Answer::new(&answer, format!("{} and {} are kept apart", words.a, words.b)))
}

/// `contacts match`.
pub fn judge(words: &Match) -> Outcome<Answer> {
    if let Some(batch) = &words.batch {
        return judge_all(batch, &words.country);
    }
    let read = |file: &Option<PathBuf>| match file {
        Some(file) => parsed(&text_of(file)?, file),
        None => Err(Failure::bad_input("Two files are needed.")),
    };
    let report = api::match_report(read(&words.a)?, read(&words.b)?, &words.country)?;
    Ok(Answer::new(&report, described(&report)))
}

fn judge_all(batch: &Path, country: &str) -> Outcome<Answer> {
    let mut wrong = Vec::new();
    let mut judged = 0;
    for (number, line) in (1..).zip(text_of(batch)?.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let answer = one_line(line, country);
        let text = match &answer {
            Ok(report) => to_json(report).to_string(),
            // A line that cannot be read has its answer too, so that the answers stay in step.
            Err(_) => json!({"link": null, "score": null, "reasons": []}).to_string(),
        };
        match answer {
            Ok(_) => judged += 1,
            Err(failure) => wrong.push(format!("line {number}: {}", failure.message)),
        }
        if !output::line(&text) {
            break;
        }
    }
    let trouble = (!wrong.is_empty()).then(|| {
        let failure = Failure::bad_input(wrong.join("\n"));
        if judged > 0 { failure.partly() } else { failure }
    });
    Ok(Answer::written(trouble))
}

fn one_line(line: &str, country: &str) -> Outcome<MatchReport> {
    let mut pair: Value = parsed(line, Path::new("the line"))?;
    let mut take = |key: &str| pair.get_mut(key).map(Value::take).unwrap_or_default();
    let (a, b) = (take("a"), take("b"));
    Ok(api::match_report(a, b, country)?)
}

fn described(report: &MatchReport) -> String {
    format!("{} ({}): {}", report.link, report.score, report.reasons.join(", "))
}

fn text_of(file: &Path) -> Outcome<String> {
    let path = absolute(file)?;
    std::fs::read_to_string(&path)
        .map_err(|error| Failure::bad_input(format!("{} cannot be read: {error}.", path.display())))
}

fn parsed(text: &str, place: &Path) -> Outcome<Value> {
    serde_json::from_str(text)
        .map_err(|error| Failure::bad_input(format!("{} holds no JSON object: {error}.", place.display())))
}
