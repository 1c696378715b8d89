//! Conversations: the list, one with its messages, its state, and putting right what was sorted wrongly.

use clap::{Subcommand, ValueEnum};
use theke_engine::api::Api;
use theke_engine::api::types::{ConversationDetail, ConversationView, MessageView};

use crate::failure::{Failure, Outcome};
use crate::output::{Answer, minute, plain, plain_lines, sheet, short, table, word};
use crate::session::Session;

/// Rows that are asked for at once.
const PAGE: u32 = 200;

/// Conversations with customers.
#[derive(Debug, Subcommand)]
pub enum Conversations {
    /// Newest first, spam included and marked
    List {
        /// Only those in this state
        #[arg(long, value_enum, default_value = "all")]
        status: Shown,
        /// How many, at most [default: all]
        #[arg(long, value_name = "N")]
        limit: Option<usize>,
    },
    /// One with its messages
    Show {
        /// Number of the conversation
        id: i64,
    },
    /// Change its state
    Set {
        /// Number of the conversation
        id: i64,
        /// The new state
        #[arg(long, value_enum)]
        status: Status,
        /// Until when it is snoozed, RFC 3339
        #[arg(long, value_name = "TIME")]
        until: Option<String>,
    },
    /// Move one message into another conversation of the same customer
    Move {
        /// Number of the message
        message: i64,
        /// Number of the conversation to move it to
        conversation: i64,
    },
    /// Make a conversation of its own of one message
    Split {
        /// Number of the message
        message: i64,
    },
    /// Join a conversation into another one of the same customer
    Join {
        /// Number of the conversation that ends
        id: i64,
        /// Number of the conversation that goes on
        into: i64,
    },
}

/// A state of a conversation.
#[derive(Debug, Clone, Copy, ValueEnum, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// To be answered
    Open,
    /// The customer is to answer
    Waiting,
    /// Put off until a day
    Snoozed,
    /// Done
    Closed,
}

/// What a list shows.
#[derive(Debug, Clone, Copy, ValueEnum, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Shown {
    /// To be answered
    Open,
    /// The customer is to answer
    Waiting,
    /// Put off until a day
    Snoozed,
    /// Done
    Closed,
    /// Whatever state
    All,
}

/// Does what the words say.
pub async fn run(words: Conversations, session: &Session) -> Outcome<Answer> {
    if let Conversations::Set { status, until, .. } = &words
        && matches!(status, Status::Snoozed) != until.is_some()
    {
        return Err(Failure::usage("--until TIME belongs to --status snoozed, and only there. See --help."));
    }
    let api = session.open().await?;
    let changed = match words {
        Conversations::List { status, limit } => {
            let conversations = list(&api, &word(&status), limit.unwrap_or(usize::MAX)).await?;
            return Ok(Answer::new(&conversations, listed(&conversations)));
        }
        Conversations::Show { id } => {
            let conversation = whole(&api, id).await?;
            return Ok(Answer::new(&conversation, shown(&conversation)));
        }
        Conversations::Set { id, status, until } => {
            vec![api.conversation_set_status(id, &word(&status), until).await?]
        }
        Conversations::Move { message, conversation } => {
            api.conversation_move(message, conversation).await?.conversations
        }
        Conversations::Split { message } => api.conversation_split(message).await?.conversations,
        Conversations::Join { id, into } => api.conversation_join(id, into).await?.conversations,
    };
    let Some(changed) = changed.first() else {
        return Err(Failure::usage("This conversation ended in the meantime. List them again."));
    };
    Ok(Answer::new(&whole(&api, changed.id).await?, summary(changed)))
}

/// Both lists of the window as one, newest first.
async fn list(api: &Api, status: &str, limit: usize) -> Outcome<Vec<ConversationView>> {
    let mut all = Vec::new();
    for spam in [false, true] {
        let mut page = None;
        let before = all.len();
        loop {
            let got = api.conversations(Some(status.to_owned()), spam, page, PAGE).await?;
            all.extend(got.conversations);
            page = got.next;
            if page.is_none() || all.len() - before >= limit {
                break;
            }
        }
    }
    // RFC 3339 in UTC with and without milliseconds does not sort as text.
    all.sort_by_cached_key(|c| {
        let at = theke_domain::time::Timestamp::from_rfc3339(&c.last_message_at).unwrap_or_default();
        (std::cmp::Reverse(at), std::cmp::Reverse(c.id))
    });
    all.truncate(limit);
    Ok(all)
}

/// The conversation with all its messages, each with its HTML.
async fn whole(api: &Api, id: i64) -> Outcome<ConversationDetail> {
    let mut conversation = api.conversation(id, None).await?;
    while conversation.has_older {
        let Some(oldest) = conversation.messages.first().map(|message| message.id.to_string()) else { break };
        let mut page = api.conversation(id, Some(oldest)).await?;
        conversation.has_older = page.has_older && !page.messages.is_empty();
        page.messages.append(&mut conversation.messages);
        conversation.messages = page.messages;
    }
    for message in &mut conversation.messages {
        if message.has_html && message.html.is_none() {
            message.html = api.message(message.id).await?.html;
        }
    }
    Ok(conversation)
}

fn listed(conversations: &[ConversationView]) -> String {
    let rows: Vec<_> = conversations
        .iter()
        .map(|c| {
            let unread = if c.unread > 0 { c.unread.to_string() } else { String::new() };
            let subject = if c.subject.is_empty() { short(&c.snippet, 50) } else { short(&c.subject, 50) };
            let spam = if c.spam { "spam" } else { "" };
            let last = minute(&c.last_message_at);
            vec![
                c.id.to_string(),
                last,
                c.status.clone(),
                unread,
                short(&c.contact_name, 24),
                c.media.join(","),
                subject,
                spam.to_owned(),
            ]
        })
        .collect();
    table(&["id", "last message", "state", "new", "who", "by", "what", ""], &rows, "No conversation.")
}

fn summary(c: &ConversationView) -> String {
    sheet(&[
        ("conversation", c.id.to_string()),
        ("with", format!("{} (contact {})", plain(&c.contact_name), c.contact_id)),
        ("subject", plain(&c.subject)),
        ("state", c.status.clone()),
        ("until", c.snoozed_until.clone().unwrap_or_default()),
        ("by", c.media.join(", ")),
    ])
}

fn shown(conversation: &ConversationDetail) -> String {
    let messages: Vec<_> = conversation.messages.iter().map(message).collect();
    format!("{}\n\n{}", summary(&conversation.conversation), messages.join("\n\n"))
}

fn message(m: &MessageView) -> String {
    let who = if m.direction == "out" { "shop" } else { m.from.name.as_deref().unwrap_or(&m.from.address) };
    let mut text = format!(
        "--- {} · {} · {} · {} · message {}\n",
        minute(&m.at),
        plain(who),
        m.medium,
        m.delivery,
        m.id
    );
    if let Some(error) = &m.error {
        text.push_str(&format!("! {}\n", plain(&error.message)));
    }
    for a in &m.attachments {
        text.push_str(&format!("+ {} ({}, {} bytes)\n", plain(&a.name), plain(&a.mime_type), a.size));
    }
    text.push_str(plain_lines(&m.text_without_quote).trim_end());
    text
}
