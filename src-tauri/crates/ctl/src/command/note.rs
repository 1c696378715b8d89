//! `note`: a call, a visit or a note of a customer, written down. Nothing of it is sent.

use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args};
use theke_engine::api::types::{NotedView, SpokenInput};

use crate::failure::{Failure, Outcome};
use crate::output::Answer;
use crate::session::Session;

/// Words of `note`.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("what").required(true).args(["call", "visit", "note"]))]
pub struct Note {
    /// Number of the contact
    contact: i64,
    /// A telephone call
    #[arg(long)]
    call: bool,
    /// A visit to the shop
    #[arg(long)]
    visit: bool,
    /// A note for the shop alone
    #[arg(long, conflicts_with_all = ["incoming", "outgoing"])]
    note: bool,
    /// The customer called or came [default]
    #[arg(long = "in", conflicts_with = "outgoing")]
    incoming: bool,
    /// The shop called or went
    #[arg(long = "out")]
    outgoing: bool,
    /// What was said; a call or visit may go without
    #[arg(long, value_name = "FILE", required_if_eq("note", "true"))]
    body_file: Option<PathBuf>,
    /// In this conversation [default: as the rules for messages say]
    #[arg(long, value_name = "ID", conflicts_with = "note")]
    conversation: Option<i64>,
    /// When it was, RFC 3339 [default: now]
    #[arg(long, value_name = "TIME", conflicts_with = "note")]
    at: Option<String>,
}

/// `note`.
pub async fn run(words: Note, session: &Session) -> Outcome<Answer> {
    let text = words.body_file.as_deref().map(body).transpose()?.unwrap_or_default();
    let api = session.open().await?;
    let said = [(words.call, "phone"), (words.visit, "in_person")];
    let medium = said.into_iter().find(|(said, _)| *said).map(|(_, medium)| medium);
    let noted = match medium.filter(|_| !words.note) {
        None => api.contact_note(words.contact, &text).await?,
        Some(medium) => {
            let direction = if words.outgoing && !words.incoming { "out" } else { "in" };
            let input = SpokenInput {
                contact_id: words.contact,
                conversation_id: words.conversation,
                medium: medium.to_owned(),
                direction: direction.to_owned(),
                text,
                at: words.at,
            };
            api.note_spoken(input).await?
        }
    };
    Ok(Answer::new(&noted, described(&noted)))
}

fn body(file: &Path) -> Outcome<String> {
    let text = std::fs::read_to_string(file).map_err(|error| {
        let file = file.display();
        Failure::bad_input(format!(
            "{file} could not be read: {error}. Nothing was noted; name a file that can be read."
        ))
    })?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

fn described(noted: &NotedView) -> String {
    let place = match noted.conversation_id {
        Some(id) => format!("in conversation {id}"),
        None => format!("with contact {}", noted.contact_id),
    };
    match noted.message_id {
        Some(id) => format!("Noted as message {id} {place}. It is sent nowhere."),
        None => format!("Noted {place}. It never leaves this computer."),
    }
}
