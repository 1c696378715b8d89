//! Finding customers and messages.

use clap::Args;
use theke_domain::fold::{HIT_END, HIT_START};
use theke_engine::api::types::SearchResult;

use crate::failure::Outcome;
use crate::output::{Answer, minute, plain, short, table};
use crate::session::Session;

/// Words of `search`.
#[derive(Debug, Args)]
pub struct Search {
    /// What to look for; every word must occur, a word is found by its beginning. from:, in:, channel:, before:, after:
    /// and has: narrow it
    // One word may begin with a hyphen; several could not be told from the options behind them.
    #[arg(allow_hyphen_values = true)]
    query: String,
    /// More words, where they are not in quotation marks
    #[arg(value_name = "WORD")]
    more: Vec<String>,
    /// How many of each, at most
    #[arg(long, default_value_t = 50, value_name = "N")]
    limit: u32,
}

/// Does what the words say.
pub async fn run(words: Search, session: &Session) -> Outcome<Answer> {
    let line: Vec<String> =
        std::iter::once(&words.query).chain(&words.more).map(|word| quoted(word)).collect();
    // The blank says that the last word is whole.
    let mut found = session.open().await?.search(&format!("{} ", line.join(" ")), words.limit).await?;
    let snippets = found.messages.iter_mut().map(|hit| &mut hit.snippet);
    for snippet in snippets.chain(found.notes.iter_mut().map(|hit| &mut hit.snippet)) {
        // The window paints what stands between them.
        snippet.retain(|c| c != HIT_START && c != HIT_END);
    }
    Ok(Answer::new(&found, listed(&found)))
}

/// The command line has taken the quotation marks off `from:"Anna Berger"`.
fn quoted(word: &str) -> String {
    match word.split_once(':') {
        Some((name, value)) if value.contains(char::is_whitespace) && !value.contains('"') => {
            format!("{name}:\"{value}\"")
        }
        _ => word.to_owned(),
    }
}

fn listed(found: &SearchResult) -> String {
    let contacts: Vec<_> = found
        .contacts
        .iter()
        .map(|c| {
            let addresses: Vec<_> = c.identities.iter().map(|i| plain(&i.address)).collect();
            vec![c.id.to_string(), plain(&c.name), addresses.join(", ")]
        })
        .collect();
    let messages: Vec<_> = found
        .messages
        .iter()
        .map(|m| {
            let conversation = m.conversation_id.to_string();
            vec![
                m.id.to_string(),
                conversation,
                minute(&m.at),
                short(&m.contact_name, 24),
                short(&m.snippet, 60),
            ]
        })
        .collect();
    let mut text = format!(
        "{}\n\n{}",
        table(&["contact", "name", "addresses"], &contacts, "No customer."),
        table(&["message", "conversation", "at", "who", "text"], &messages, "No message."),
    );
    let notes: Vec<_> = found
        .notes
        .iter()
        .map(|n| vec![n.id.to_string(), minute(&n.at), short(&n.contact_name, 24), short(&n.snippet, 60)])
        .collect();
    if !notes.is_empty() {
        text.push_str(&format!("\n\n{}", table(&["note", "at", "who", "text"], &notes, "")));
    }
    for chip in found.chips.iter().filter(|chip| !chip.ok) {
        text.push_str(&format!("\n\n{} was not understood and narrows nothing.", plain(&chip.raw)));
    }
    if !found.complete {
        text.push_str("\n\nOlder messages are still being made searchable.");
    }
    text
}
