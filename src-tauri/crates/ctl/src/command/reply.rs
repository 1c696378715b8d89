//! Answers: where one would go, and queueing it.

use std::path::{Path, PathBuf};

use clap::Args;
use theke_engine::api::types::{AttachmentInput, ReplyInput, RouteView, WrittenInput};

use crate::failure::{Failure, Outcome};
use crate::output::{Answer, columns, plain};
use crate::session::{Session, absolute};

/// Words of `route`.
#[derive(Debug, Args)]
pub struct RouteWords {
    /// Number of the conversation
    conversation: i64,
    /// The medium to try, such as email or sms [default: what the customer prefers]
    #[arg(long, value_name = "MEDIUM")]
    via: Option<String>,
    /// The text to be sent, where its length matters
    #[arg(long, value_name = "FILE")]
    body_file: Option<PathBuf>,
    /// A file to be sent
    #[arg(long, value_name = "FILE")]
    attach: Vec<PathBuf>,
}

/// Words of `reply`.
#[derive(Debug, Args)]
pub struct Reply {
    /// Number of the conversation
    conversation: i64,
    /// The text
    #[arg(long, value_name = "FILE", required_unless_present = "html_file")]
    body_file: Option<PathBuf>,
    /// The text with formatting as HTML, where the medium takes it; the plain text is made from it
    #[arg(long, value_name = "FILE")]
    html_file: Option<PathBuf>,
    /// The medium to use, such as email or sms [default: what the customer prefers]
    #[arg(long, value_name = "MEDIUM")]
    via: Option<String>,
    /// Another subject, where the medium has one
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    subject: Option<String>,
    /// A file to send; may be repeated
    #[arg(long, value_name = "FILE")]
    attach: Vec<PathBuf>,
    /// Skip the undo time
    #[arg(long)]
    now: bool,
}

/// `route`. No possible way is an answer, not a failure.
pub async fn route(words: RouteWords, session: &Session) -> Outcome<Answer> {
    let body = words.body_file.as_deref().map(body).transpose()?.unwrap_or_default();
    let chars = u32::try_from(body.chars().count()).unwrap_or(u32::MAX);
    let mut sizes = Vec::new();
    for file in &words.attach {
        sizes.push(std::fs::metadata(file).map_err(|error| unreadable(file, &error))?.len());
    }
    let route = session.open().await?.route(words.conversation, words.via, chars, sizes).await?;
    Ok(Answer::new(&route, described(&route)))
}

/// `reply`.
pub async fn reply(words: Reply, session: &Session) -> Outcome<Answer> {
    let mut attachments = Vec::new();
    for file in &words.attach {
        std::fs::metadata(file).map_err(|error| unreadable(file, &error))?;
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let path = absolute(file)?.to_string_lossy().into_owned();
        attachments.push(AttachmentInput { name, mime_type: String::new(), path });
    }
    let input = ReplyInput {
        conversation_id: words.conversation,
        attachments,
        written: WrittenInput {
            body: words.body_file.as_deref().map(body).transpose()?.unwrap_or_default(),
            html: words.html_file.as_deref().map(body).transpose()?,
            subject: words.subject,
            via: words.via,
            now: words.now,
            ..WrittenInput::default()
        },
    };
    let queued = session.open().await?.reply(input).await?;
    let human = format!(
        "Message {} is queued and leaves at {} by the next `sync` or a running engine.\n{}",
        queued.message_id,
        queued.due_at,
        described(&queued.route)
    );
    Ok(Answer::new(&queued, human))
}

/// The text without the line ends that editors leave at the end of a file.
fn body(file: &Path) -> Outcome<String> {
    let text = std::fs::read_to_string(file).map_err(|error| unreadable(file, &error))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

fn unreadable(file: &Path, error: &std::io::Error) -> Failure {
    Failure::bad_input(format!(
        "{} could not be read: {error}. Nothing was queued; name a file that can be read.",
        file.display()
    ))
}

fn described(route: &RouteView) -> String {
    let mut text = match (&route.medium, &route.address) {
        (Some(medium), Some(address)) => format!("Goes out by {medium} to {}", plain(address)),
        _ => "There is no way to reach this customer.".to_owned(),
    };
    for reason in &route.reasons {
        text.push_str(&format!("\n  because {}", plain(&reason.text)));
    }
    if !route.refused.is_empty() {
        let rows: Vec<_> = route
            .refused
            .iter()
            .map(|r| vec![format!("  not {}", r.medium), plain(&r.address), plain(&r.text)])
            .collect();
        text.push('\n');
        text.push_str(&columns(&rows));
    }
    text
}
