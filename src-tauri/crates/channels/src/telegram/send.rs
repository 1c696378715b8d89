//! Sending an answer: one request where text and file fit into one, else one for the text and one for each file.
//! Telegram knows no reference of ours, so whatever ends unclearly stays in doubt.

use std::time::Duration;

use reqwest::multipart::{Form, Part};
use serde_json::{Map, Value, json};
use theke_domain::address::Address;
use theke_domain::message::{Outgoing, OutgoingPart, RemoteId};

use super::api::{Body, Refusal};
use super::channel::Telegram;
use super::reference::Reference;
use super::{SEND_FILE_MAX_BYTES, SLUG, TEXT_MAX};
use crate::channel::Marker;
use crate::error::{Error, ErrorKind, Result};

/// Longest text below a file. <https://core.telegram.org/bots/api#senddocument>
const CAPTION_MAX: usize = 1024;
/// Larger pictures are sent as files. <https://core.telegram.org/bots/api#sendphoto>
const PHOTO_MAX_BYTES: usize = 10 * 1024 * 1024;

/// Where a message goes.
struct Target {
    chat: i64,
    business: Option<String>,
    answers: Option<i64>,
}

/// One request of a message.
enum Piece<'a> {
    Text(&'a str),
    File { part: &'a OutgoingPart, caption: &'a str },
}

impl Telegram {
    pub(super) async fn deliver(&self, message: &Outgoing, marker: &dyn Marker) -> Result<RemoteId> {
        let mut target = self.target(message)?;
        let pieces = pieces(message)?;
        marker.passed().await?;
        let mut first = None;
        for piece in &pieces {
            let sent = match self.send_piece(&target, piece).await {
                Err(Refusal { moved_to: Some(chat), .. }) if first.is_none() => {
                    // The group became a supergroup; nothing was sent to its old id.
                    target = Target { chat, answers: None, ..target };
                    self.send_piece(&target, piece).await
                }
                other => other,
            };
            match sent {
                Ok(id) => first = first.or(Some(id)),
                Err(refusal) if first.is_some() => {
                    let text =
                        format!("a part of the message went out, the rest did not: {}", refusal.error.text);
                    return Err(Error::new(refusal.error.kind, text).ambiguous());
                }
                Err(refusal) if refusal.definite => return Err(refusal.error),
                Err(refusal) => return Err(refusal.error.ambiguous()),
            }
        }
        first.ok_or_else(|| Error::new(ErrorKind::Rejected, "the message is empty"))
    }

    fn target(&self, message: &Outgoing) -> Result<Target> {
        let chat = match &message.to {
            Address::Handle { network, value } if network == SLUG => value.parse::<i64>().ok(),
            _ => None,
        };
        let chat = chat.ok_or_else(|| Error::new(ErrorKind::Rejected, "this is no Telegram address"))?;
        let answered = message.thread.in_reply_to.as_deref().and_then(Reference::parse);
        let answered = answered.filter(|answered| answered.chat == chat);
        let answers = answered.as_ref().map(|answered| answered.message);
        let business = answered.and_then(|answered| answered.business).or_else(|| self.connection_of(chat));
        Ok(Target { chat, business, answers })
    }

    async fn send_piece(&self, target: &Target, piece: &Piece<'_>) -> Result<RemoteId, Refusal> {
        let mut fields = Map::new();
        fields.insert("chat_id".to_owned(), target.chat.into());
        if let Some(connection) = &target.business {
            fields.insert("business_connection_id".to_owned(), connection.clone().into());
        }
        if let Some(answered) = target.answers {
            let answered = json!({ "message_id": answered, "allow_sending_without_reply": true });
            fields.insert("reply_parameters".to_owned(), answered);
        }
        let (method, body) = match piece {
            Piece::Text(text) => {
                fields.insert("text".to_owned(), (*text).into());
                ("sendMessage", Body::Json(Value::Object(fields)))
            }
            Piece::File { part, caption } => {
                if !caption.is_empty() {
                    fields.insert("caption".to_owned(), (*caption).into());
                }
                let is_photo = matches!(part.mime_type.as_str(), "image/jpeg" | "image/png")
                    && part.content.len() <= PHOTO_MAX_BYTES;
                let (method, name) =
                    if is_photo { ("sendPhoto", "photo") } else { ("sendDocument", "document") };
                (method, Body::Form(form(fields, name, part)))
            }
        };
        let (value, _) = self.api.call(method, body, Duration::ZERO).await?;
        let id = value.get("message_id").and_then(Value::as_i64).ok_or_else(|| Refusal {
            error: Error::new(ErrorKind::Protocol, "Telegram's answer names no message"),
            definite: false,
            moved_to: None,
        })?;
        let business = target.business.clone();
        let sent = Reference { chat: target.chat, message: id, business, edited_at: None };
        Ok(RemoteId(sent.to_string()))
    }
}

/// The requests of a message, or why it cannot be sent at all.
fn pieces(message: &Outgoing) -> Result<Vec<Piece<'_>>> {
    let text = message.text.as_str();
    let units = text.encode_utf16().count();
    if units > TEXT_MAX as usize {
        let words = "the text is too long for Telegram: at most 4,096 characters";
        return Err(Error::new(ErrorKind::Rejected, words));
    }
    if message.parts.iter().any(|part| part.content.len() as u64 > SEND_FILE_MAX_BYTES) {
        return Err(Error::new(ErrorKind::Rejected, "a file is too large for Telegram: at most 50 MB"));
    }
    let is_caption = message.parts.len() == 1 && units <= CAPTION_MAX;
    let mut pieces = Vec::new();
    if !is_caption && !text.trim().is_empty() {
        pieces.push(Piece::Text(text));
    }
    let caption = if is_caption { text } else { "" };
    pieces.extend(message.parts.iter().map(|part| Piece::File { part, caption }));
    if pieces.is_empty() {
        return Err(Error::new(ErrorKind::Rejected, "the message is empty"));
    }
    Ok(pieces)
}

fn form(fields: Map<String, Value>, name: &'static str, part: &OutgoingPart) -> Form {
    let mut form = Form::new();
    for (key, value) in fields {
        let text = match value {
            Value::String(text) => text,
            other => other.to_string(),
        };
        form = form.text(key, text);
    }
    // CR and LF in a file name would otherwise begin a header of the part.
    let file_name: String = part.name.chars().filter(|c| !c.is_control() && *c != '"').collect();
    let plain = Part::bytes(part.content.clone()).file_name(file_name.clone());
    let typed = plain.mime_str(&part.mime_type);
    form.part(name, typed.unwrap_or_else(|_| Part::bytes(part.content.clone()).file_name(file_name)))
}
