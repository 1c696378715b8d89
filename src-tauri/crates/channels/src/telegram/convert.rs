//! One update as a message: a pure conversion.

use serde_json::Value;
use theke_domain::address::Address;
use theke_domain::machine::Sign;
use theke_domain::message::{
    Completeness, Direction, Flags, Incoming, IncomingPart, PartRef, Party, RemoteId, ThreadHeaders,
};
use theke_domain::time::Timestamp;

use super::SLUG;
use super::reference::Reference;
use super::wire::{File, Message, Update, User};

/// The message of an update; `None` for updates that bring none: joins, pins, changed connections.
pub(super) fn convert(update: &Update, raw: &Value) -> Option<Incoming> {
    let message =
        [&update.message, &update.edited_message, &update.business_message, &update.edited_business_message]
            .into_iter()
            .find_map(Option::as_ref)?;
    let text = text(message);
    let parts = parts(message);
    if text.is_empty() && parts.is_empty() {
        return None;
    }
    let original = Reference {
        chat: message.chat.id,
        message: message.message_id,
        business: message.business_connection_id.clone(),
        edited_at: None,
    };
    // An edit is a message of its own that answers the first: what the customer wrote before stays to be seen.
    let edited_at = message.edit_date.filter(|_| is_edit(update));
    let reference = Reference { edited_at, ..original.clone() };
    let answered = message
        .reply_to_message
        .as_ref()
        .map(|answered| Reference { message: answered.message_id, ..original.clone() }.to_string());
    let in_reply_to = if edited_at.is_some() { Some(original.to_string()) } else { answered };
    let at = Timestamp::from_secs(edited_at.unwrap_or(message.date));
    // In a connected business account the owner's own messages come along.
    let is_ours = message.business_connection_id.is_some()
        && message.from.as_ref().is_some_and(|from| from.id != message.chat.id);
    let (from, to) = if is_ours {
        (message.from.as_ref().map(person), vec![chat(message, None)])
    } else {
        (Some(chat(message, message.from.as_ref())), Vec::new())
    };
    let is_bot = message.from.as_ref().is_some_and(|from| from.is_bot);
    Some(Incoming {
        remote_id: RemoteId(reference.to_string()),
        content_key: None,
        direction: if is_ours { Direction::Out } else { Direction::In },
        at,
        received_at: at,
        from: from?,
        to,
        cc: Vec::new(),
        reply_to: Vec::new(),
        subject: None,
        text_without_quote: text.clone(),
        text,
        html: None,
        thread: ThreadHeaders {
            message_id: Some(reference.to_string()),
            in_reply_to,
            references: Vec::new(),
        },
        parts,
        flags: Flags::default(),
        source: serde_json::to_vec_pretty(raw).ok(),
        completeness: Completeness::Whole,
        problems: Vec::new(),
        spam: false,
        authentication_results: Vec::new(),
        authentication: None,
        signs: is_bot.then_some(Sign::Bot).into_iter().collect(),
        bounce: None,
    })
}

/// The connection through which the chat of an update is answered.
pub(super) fn connection(update: &Update) -> Option<(i64, String)> {
    let message = update.business_message.as_ref().or(update.edited_business_message.as_ref())?;
    Some((message.chat.id, message.business_connection_id.clone()?))
}

fn is_edit(update: &Update) -> bool {
    update.edited_message.is_some() || update.edited_business_message.is_some()
}

fn handle(id: i64) -> Address {
    Address::Handle { network: SLUG.to_owned(), value: id.to_string() }
}

fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned()
}

fn full_name(user: &User) -> Option<String> {
    let parts = [user.first_name.as_deref(), user.last_name.as_deref()];
    let name = clean(&parts.into_iter().flatten().collect::<Vec<_>>().join(" "));
    (!name.is_empty()).then_some(name)
}

fn raw_name(user: &User) -> String {
    user.username.as_ref().map_or_else(|| user.id.to_string(), |name| format!("@{}", clean(name)))
}

fn person(user: &User) -> Party {
    Party { name: full_name(user), address: Some(handle(user.id)), raw: raw_name(user) }
}

/// The chat as the one who is written with: in a private chat the person, else the group.
fn chat(message: &Message, from: Option<&User>) -> Party {
    let title = message.chat.title.as_deref().map(clean).filter(|title| !title.is_empty());
    let name = title.or_else(|| from.and_then(full_name));
    let raw = from.map_or_else(|| message.chat.id.to_string(), raw_name);
    Party { name, address: Some(handle(message.chat.id)), raw }
}

fn text(message: &Message) -> String {
    let plain = message.text.as_ref().or(message.caption.as_ref()).cloned();
    let location = || message.location.as_ref().map(|l| format!("geo:{},{}", l.latitude, l.longitude));
    let contact = || {
        let contact = message.contact.as_ref()?;
        let last = contact.last_name.as_deref().unwrap_or_default();
        Some(clean(&format!("{} {last}", contact.first_name)) + ", " + &clean(&contact.phone_number))
    };
    let sticker = || message.sticker.as_ref().and_then(|sticker| sticker.emoji.clone());
    plain.or_else(location).or_else(contact).or_else(sticker).unwrap_or_default()
}

fn parts(message: &Message) -> Vec<IncomingPart> {
    // Telegram offers a photo in several sizes; the largest is the photo.
    let photo = message.photo.iter().max_by_key(|size| size.file_size.unwrap_or(0));
    // An animation comes with a document of the same file for old clients.
    let document = message.document.as_ref().filter(|_| message.animation.is_none());
    [
        (photo, "photo.jpg", "image/jpeg"),
        (document, "file", "application/octet-stream"),
        (message.voice.as_ref(), "voice.ogg", "audio/ogg"),
        (message.audio.as_ref(), "audio.mp3", "audio/mpeg"),
        (message.video.as_ref(), "video.mp4", "video/mp4"),
        (message.video_note.as_ref(), "video.mp4", "video/mp4"),
        (message.animation.as_ref(), "animation.mp4", "video/mp4"),
    ]
    .into_iter()
    .filter_map(|(file, name, mime_type)| Some(part(file?, name, mime_type)))
    .collect()
}

fn part(file: &File, name: &str, mime_type: &str) -> IncomingPart {
    IncomingPart {
        name: Some(file.file_name.clone().unwrap_or_else(|| name.to_owned())),
        mime_type: file.mime_type.as_deref().unwrap_or(mime_type).to_ascii_lowercase(),
        size_bytes: file.file_size.unwrap_or(0),
        sha256: None,
        inline: false,
        content_id: None,
        part_ref: Some(PartRef(file.file_id.clone())),
        content: None,
    }
}
