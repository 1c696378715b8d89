//! What the shop lets the program do by itself. Rules are written and read as TOML.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use theke_engine::api::types::{PackView, RehearsalView, RehearsedView, RuleTest, RuleTestMessage, RuleView};
use theke_engine::api::{self, Api};

use crate::failure::{Failure, Outcome};
use crate::output::{Answer, minute, plain, sheet, short, table};
use crate::session::Session;

/// Longest rule and longest message that are read.
const FILE_MAX_BYTES: u64 = 1024 * 1024;

/// Rules of the shop.
#[derive(Debug, Subcommand)]
pub enum Rules {
    /// All rules, in the order in which they are asked
    List,
    /// One rule as it is written
    Show {
        /// Number of the rule
        id: i64,
    },
    /// Take in a rule; it is switched off until `rules on`
    Add {
        /// A file with one rule as TOML
        #[arg(value_name = "FILE.toml")]
        file: PathBuf,
        /// Write a new version of this rule instead
        #[arg(long, value_name = "ID")]
        over: Option<i64>,
    },
    /// Let a rule act on what comes from now on
    On {
        /// Number of the rule
        id: i64,
    },
    /// Let a rule rest
    Off {
        /// Number of the rule
        id: i64,
    },
    /// Take a rule away
    Remove {
        /// Number of the rule
        id: i64,
    },
    /// The starter packs: hours, standard replies and rules for a trade
    Packs,
    /// Take a starter pack in; its rules are switched off and only suggest
    AddPack {
        /// Which, as `rules packs` says
        slug: String,
    },
    /// Run a rule over all past messages: what it would have answered, and what would have held it back
    Rehearse {
        /// Number of the rule
        id: i64,
    },
    /// Try a rule on a text; nothing is stored, no profile is needed
    Test(Test),
}

/// Words of `rules test`.
#[derive(Debug, Args)]
pub struct Test {
    /// A file with one rule as TOML
    #[arg(value_name = "FILE.toml")]
    file: PathBuf,
    /// A file with the text of a message
    #[arg(long, value_name = "TEXT-FILE")]
    message: PathBuf,
    /// The subject of the message
    #[arg(long, default_value = "", value_name = "TEXT")]
    subject: String,
    /// By what it came: email, sms, whatsapp, telegram …
    #[arg(long, default_value = "email", value_name = "KIND")]
    channel: String,
    /// Its language: de, en, fr, it
    #[arg(long, default_value = "", value_name = "LANGUAGE")]
    language: String,
    /// As if the shop were closed
    #[arg(long)]
    closed: bool,
}

/// Does what the words say.
pub async fn run(words: Rules, session: &Session) -> Outcome<Answer> {
    match words {
        Rules::Test(words) => test(&words),
        Rules::Rehearse { id } => {
            let rehearsal = session.open().await?.rehearse(id).await?;
            Ok(Answer::new(&rehearsal, rehearsed(&rehearsal)))
        }
        Rules::List => {
            let rules = session.open().await?.rules().await?;
            let rows: Vec<_> = rules.iter().map(row).collect();
            let head = ["id", "on", "mode", "version", "name", "problem"];
            Ok(Answer::new(&rules, table(&head, &rows, "No rule yet. Add one: thekectl rules add FILE.toml")))
        }
        Rules::Show { id } => {
            let rule = session.open().await?.rule(id).await?;
            Ok(Answer::new(&rule, shown(&rule)))
        }
        Rules::Add { file, over } => {
            let source = read(&file)?;
            let rule = session.open().await?.rule_save(over, &source).await?;
            Ok(Answer::new(&rule, format!("Rule {} is saved as version {}.", rule.id, rule.version)))
        }
        Rules::Packs => {
            let packs = session.open().await?.packs().await?;
            let rows: Vec<_> = packs.iter().map(pack_row).collect();
            Ok(Answer::new(&packs, table(&["pack", "name", "replies", "rules", "hours", "there"], &rows, "")))
        }
        Rules::AddPack { slug } => {
            let added = session.open().await?.pack_add(&slug).await?;
            let hours = if added.hours { " The usual hours are set; check them." } else { "" };
            let said = format!("{} replies and {} rules are new.{hours}", added.replies, added.rules);
            Ok(Answer::new(&added, said))
        }
        Rules::On { id } => switch(&session.open().await?, id, true).await,
        Rules::Off { id } => switch(&session.open().await?, id, false).await,
        Rules::Remove { id } => {
            let undo = session.open().await?.rule_remove(id).await?;
            Ok(Answer::new(&serde_json::json!({"id": id, "undo_id": undo}), format!("Rule {id} is gone.")))
        }
    }
}

fn rehearsed(rehearsal: &RehearsalView) -> String {
    let head = ["message", "at", "would", "doubt", "held by", "text"];
    let row = |hit: &RehearsedView| {
        let held = hit.guards.iter().filter(|guard| !guard.passed).map(|guard| guard.name.as_str());
        vec![
            hit.message_id.to_string(),
            minute(&hit.at),
            hit.would.clone(),
            hit.doubt.to_string(),
            held.collect::<Vec<_>>().join(", "),
            short(hit.text.as_deref().unwrap_or_default(), 40),
        ]
    };
    let rows: Vec<_> = rehearsal.hits.iter().map(row).collect();
    let hits = table(&head, &rows, "It fits no message.");
    format!("{hits}\n\nIt fits {} messages and {} not.", rehearsal.hits_count, rehearsal.misses)
}

async fn switch(api: &Api, id: i64, on: bool) -> Outcome<Answer> {
    let rule = api.rule_switch(id, on).await?;
    let word = if rule.on { "on: it is for what comes from now on" } else { "off" };
    Ok(Answer::new(&rule, format!("Rule {id} is {word}.")))
}

fn test(words: &Test) -> Outcome<Answer> {
    let message = RuleTestMessage {
        text: read(&words.message)?,
        subject: words.subject.clone(),
        medium: words.channel.clone(),
        language: words.language.clone(),
        closed: words.closed,
    };
    let tested = api::rule_test(&read(&words.file)?, &message)?;
    Ok(Answer::new(&tested, described(&tested)))
}

fn described(tested: &RuleTest) -> String {
    if !tested.fits {
        return format!("“{}” does not fit this message.", plain(&tested.rule));
    }
    let mut lines = vec![("rule", plain(&tested.rule)), ("mode", tested.mode.clone())];
    lines.extend(tested.evidence.iter().map(|one| ("because", plain(one))));
    lines.extend(tested.actions.iter().map(|one| ("does", one.clone())));
    sheet(&lines)
}

fn pack_row(pack: &PackView) -> Vec<String> {
    let (replies, rules) = (pack.replies.len().to_string(), pack.rules.len().to_string());
    let there = if pack.installed { "yes" } else { "no" };
    vec![pack.slug.clone(), plain(&pack.name), replies, rules, pack.hours.clone(), there.to_owned()]
}

fn row(rule: &RuleView) -> Vec<String> {
    let mode = if rule.lowered { format!("{} (asks)", rule.mode) } else { rule.mode.clone() };
    let problem = rule.problems.first().map(|one| plain(&one.text)).unwrap_or_default();
    let on = if rule.on { "on" } else { "off" };
    vec![rule.id.to_string(), on.to_owned(), mode, rule.version.to_string(), plain(&rule.name), problem]
}

fn shown(rule: &RuleView) -> String {
    let mut lines = vec![
        ("rule", rule.id.to_string()),
        ("name", plain(&rule.name)),
        ("on", rule.on_since.as_deref().filter(|_| rule.on).map_or("no".to_owned(), minute)),
        ("mode", rule.mode.clone()),
        ("version", rule.version.to_string()),
    ];
    lines.extend(
        rule.problems.iter().map(|one| ("problem", plain(&format!("At {}: {}", one.place, one.text)))),
    );
    format!("{}\n\n{}", sheet(&lines), rule.source.lines().map(plain).collect::<Vec<_>>().join("\n"))
}

fn read(file: &Path) -> Outcome<String> {
    let unreadable =
        |error: std::io::Error| Failure::bad_input(format!("{} cannot be read: {error}.", file.display()));
    let size = std::fs::metadata(file).map_err(unreadable)?.len();
    if size > FILE_MAX_BYTES {
        return Err(Failure::bad_input(format!("{} is larger than 1 MB.", file.display())));
    }
    let bytes = std::fs::read(file).map_err(unreadable)?;
    Ok(String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').to_owned())
}
