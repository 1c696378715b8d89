//! Accounts: what kinds there are, adding one, its health.

use std::collections::BTreeMap;
use std::path::Path;

use clap::{Args, Subcommand};
use theke_engine::api::types::{AccountView, CheckResult, KindView};

use crate::failure::{FAILED, Failure, Outcome};
use crate::output::{Answer, columns, minute, plain, table, word};
use crate::session::{Session, secret_from};

/// The shop's mailboxes, numbers and bots.
#[derive(Debug, Subcommand)]
pub enum Accounts {
    /// What accounts can be made of, with their fields
    Kinds,
    /// Add an account; it is checked before it is saved
    Add(Add),
    /// The accounts and their health
    List,
    /// Prove that an account's settings work
    Check {
        /// Number of the account
        id: i64,
    },
    /// Forget an account's settings; its messages stay
    Remove {
        /// Number of the account
        id: i64,
        /// Delete what came through it as well
        #[arg(long)]
        with_messages: bool,
    },
}

/// Words of `accounts add`.
#[derive(Debug, Args)]
pub struct Add {
    /// A kind of `accounts kinds`
    kind: String,
    /// A field and its value
    #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = pair)]
    set: Vec<(String, String)>,
    /// A secret field and the file that holds it
    #[arg(long = "secret", value_name = "FIELD=FILE", value_parser = pair)]
    secret: Vec<(String, String)>,
    /// Save without trying whether it works
    #[arg(long)]
    no_check: bool,
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => Ok((key.trim().to_owned(), value.to_owned())),
        _ => Err("expected FIELD=VALUE".to_owned()),
    }
}

/// Does what the words say.
pub async fn run(words: Accounts, session: &Session) -> Outcome<Answer> {
    match words {
        Accounts::Kinds => kinds(session),
        Accounts::Add(words) => add(words, session).await,
        Accounts::List => {
            let accounts = session.open().await?.accounts().await?;
            Ok(Answer::new(&accounts, listed(&accounts)))
        }
        Accounts::Check { id } => {
            let result = session.open().await?.account_check(id).await?;
            Ok(checked(&result, "The account works."))
        }
        Accounts::Remove { id, with_messages } => {
            session.open().await?.account_remove(id, with_messages).await?;
            Ok(checked(&CheckResult { ok: true, error: None }, "The account is removed."))
        }
    }
}

fn kinds(session: &Session) -> Outcome<Answer> {
    let registry = session.registry();
    let kinds = theke_engine::api::kinds(&registry);
    let broken = registry.broken.join("\n");
    let trouble = (!broken.is_empty())
        .then(|| Failure { exit: FAILED, code: "definition".into(), message: broken }.partly());
    Ok(Answer::new(&kinds, described(&kinds)).with_trouble(trouble))
}

fn described(kinds: &[KindView]) -> String {
    let one = |kind: &KindView| {
        let rows: Vec<_> = kind
            .fields
            .iter()
            .map(|field| {
                let need = if field.required { "required" } else { "" };
                let how = if field.secret {
                    format!("--secret {}=FILE", field.key)
                } else {
                    format!("--set {}=…", field.key)
                };
                let preset = field.default.as_ref().map(|d| format!("default {d}")).unwrap_or_default();
                vec![format!("  {how}"), field.label.clone(), need.to_owned(), preset]
            })
            .collect();
        format!("{}: {} ({})\n{}", kind.kind, kind.name, kind.medium, columns(&rows))
    };
    kinds.iter().map(one).collect::<Vec<_>>().join("\n\n")
}

async fn add(words: Add, session: &Session) -> Outcome<Answer> {
    let api = session.open().await?;
    let values: BTreeMap<_, _> = words.set.into_iter().collect();
    let mut secrets = BTreeMap::new();
    for (key, file) in words.secret {
        let secret = secret_from(Path::new(&file), &key)?;
        secrets.insert(key, secret);
    }
    let made = api.account_add(&words.kind, values, secrets, !words.no_check).await?;
    let human = format!("Account {}: {} ({}). Next: thekectl sync", made.id, plain(&made.name), made.kind);
    Ok(Answer::new(&made, human))
}

fn listed(accounts: &[AccountView]) -> String {
    let rows: Vec<_> = accounts
        .iter()
        .map(|a| {
            let state = if a.enabled { a.state.clone() } else { "off".to_owned() };
            let last = a.last_success_at.as_deref().map(minute).unwrap_or_else(|| "never".to_owned());
            let error = a.error.as_ref().map(|e| plain(&e.message)).unwrap_or_default();
            vec![a.id.to_string(), a.kind.clone(), plain(&a.name), state, last, error]
        })
        .collect();
    table(
        &["id", "kind", "name", "state", "last reached", ""],
        &rows,
        "No account yet. See: thekectl accounts kinds",
    )
}

/// The result on stdout; a refusal besides on stderr, so that a script sees it by the exit code.
fn checked(result: &CheckResult, fine: &str) -> Answer {
    let trouble = result.error.as_ref().map(|e| Failure {
        exit: FAILED,
        code: word(&e.code),
        message: e.message.clone(),
    });
    Answer::new(result, if result.ok { fine } else { "" }).with_trouble(trouble)
}
