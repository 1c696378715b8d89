//! A conversation as a few lines of text, so that a test can show all of it.

use theke_engine::api::types::ConversationDetail;

/// `open · Rosa · Bremse` and one line for each message.
pub fn render(detail: &ConversationDetail) -> String {
    let row = &detail.conversation;
    let media = row.media.join("+");
    let mut lines = vec![format!(
        "{} · {} · {} · {media} · {} unread",
        row.status, row.contact_name, row.subject, row.unread
    )];
    for message in &detail.messages {
        let arrow = if message.direction == "in" { "<" } else { ">" };
        let subject = message.subject.as_deref().map(|subject| format!(" [{subject}]")).unwrap_or_default();
        lines.push(format!("{arrow} {} {}{subject}: {}", message.medium, message.delivery, message.text));
    }
    lines.join("\n")
}
