//! Finding customers and messages.

use clap::Args;
use theke_engine::api::types::SearchResult;

use crate::failure::Outcome;
use crate::output::{Answer, minute, plain, short, table};
use crate::session::Session;

/// Words of `search`.
#[derive(Debug, Args)]
pub struct Search {
    /// What to look for; every word must occur, a word is found by its beginning
    #[arg(required = true, allow_hyphen_values = true)]
    query: Vec<String>,
    /// How many of each, at most
    #[arg(long, default_value_t = 50, value_name = "N")]
    limit: u32,
}

/// Does what the words say.
pub async fn run(words: Search, session: &Session) -> Outcome<Answer> {
    let found = session.open().await?.search(&words.query.join(" "), words.limit).await?;
    Ok(Answer::new(&found, listed(&found)))
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
    if !found.complete {
        text.push_str("\n\nOlder messages are still being made searchable.");
    }
    text
}
