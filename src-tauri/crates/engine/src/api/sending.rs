//! Answers: where they go and why, and queueing them.

use theke_domain::address::Address;
use theke_domain::ids::{ConversationId, NewDraftId, StagedId, StandardReplyId};
use theke_domain::message::OutgoingPart;
use theke_domain::routing::Draft;
use theke_domain::template;
use theke_domain::time::Timestamp;

use super::contacts::parse_time;
use super::types::{
    AttachmentInput, Event, NewMessageInput, ReplyInput, ReplyQueued, RouteView, WrittenInput,
};
use super::{Api, ApiError, ApiResult, Code, conversations, view};
use crate::recipient::First;
use crate::reply::{self, Queued, Reply, To};
use crate::shared::off_thread;
use crate::{file_name, html, route};

/// The largest file that is read; channels take less.
pub(super) const FILE_MAX_BYTES: u64 = 100 * 1024 * 1024;
/// Nobody plans further ahead.
const SEND_LATER_MAX_SECS: i64 = 366 * 24 * 3600;

impl Api {
    /// Where an answer would go, and why. `via` is a medium; sizes are those of the files to attach, in bytes.
    pub async fn route(
        &self,
        conversation: i64,
        via: Option<String>,
        draft_len_chars: u32,
        attachment_sizes: Vec<u64>,
    ) -> ApiResult<RouteView> {
        let via = via.filter(|word| !word.is_empty()).map(|word| self.known_medium(&word)).transpose()?;
        let draft = Draft { text_chars: draft_len_chars, attachment_bytes: attachment_sizes };
        let (registry, now) = (self.shared.registry.clone(), self.shared.now());
        self.shared
            .read(move |conn| -> ApiResult<RouteView> {
                let row = conversations::existing(conn, conversation)?.conversation;
                let decision = route::decide(conn, &registry, &row, via, draft, now)?;
                Ok(view::route_of(&decision, &registry))
            })
            .await
    }

    /// Where a first message would go, and why. To a contact, to an address, or to an address of that contact.
    pub async fn route_new(
        &self,
        contact: Option<i64>,
        to: &str,
        via: Option<String>,
        draft_len_chars: u32,
        attachment_sizes: Vec<u64>,
    ) -> ApiResult<RouteView> {
        let via = via.filter(|word| !word.is_empty()).map(|word| self.known_medium(&word)).transpose()?;
        let draft = Draft { text_chars: draft_len_chars, attachment_bytes: attachment_sizes };
        let (registry, now, to) = (self.shared.registry.clone(), self.shared.now(), to.to_owned());
        self.shared
            .read(move |conn| -> ApiResult<RouteView> {
                let first = First::new(conn, contact, &to)?;
                let decision = route::decide_first(conn, &registry, &first, via, draft, now)?;
                Ok(view::route_of(&decision, &registry))
            })
            .await
    }

    /// Queues an answer in one durable transaction.
    ///
    /// # Errors
    /// `NoRoute` with the reason, `BadInput` for an empty text, a file that cannot be read, copies where there are none or
    /// a time that is past.
    pub async fn reply(&self, input: ReplyInput) -> ApiResult<ReplyQueued> {
        let to = To::Conversation(ConversationId(input.conversation_id));
        self.queue(to, input.written, input.attachments, None).await
    }

    /// Queues a message that begins a conversation, in one durable transaction. A new address makes a contact.
    ///
    /// # Errors
    /// As [`Api::reply`]; `BadAddress` for what is no address or another contact's.
    pub async fn compose_new(&self, input: NewMessageInput) -> ApiResult<ReplyQueued> {
        let (contact, to) = (input.contact_id, input.to.clone());
        let first = self.shared.read(move |conn| First::new(conn, contact, &to)).await?;
        let draft = input.draft_id.map(NewDraftId);
        let queued = self.queue(To::New(first), input.written, Vec::new(), draft).await?;
        self.shared.tell(Event::DraftsChanged {});
        Ok(queued)
    }

    async fn queue(
        &self,
        to: To,
        written: WrittenInput,
        files: Vec<AttachmentInput>,
        draft: Option<NewDraftId>,
    ) -> ApiResult<ReplyQueued> {
        let (html, body) = text_of(written.html, &written.body);
        if body.trim().is_empty() && files.is_empty() && written.staged.is_empty() {
            return Err(ApiError::new(
                Code::BadInput,
                "The answer is empty. Write something or attach a file.",
            )
            .with("field", "body"));
        }
        if let Some(placeholder) = template::left_over(&body) {
            let sentence = format!("{placeholder} still stands in the text. Fill it in or take it out.");
            return Err(ApiError::new(Code::BadInput, sentence)
                .with("field", "placeholder")
                .with("placeholder", placeholder));
        }
        let via = written.via.filter(|word| !word.is_empty());
        let via = via.map(|word| self.known_medium(&word)).transpose()?;
        let send_at = written.send_at.map(|text| self.later(&text)).transpose()?;
        let country = self.shared.country().await?;
        let cc = written.cc.iter().map(|text| text.trim()).filter(|text| !text.is_empty());
        let cc = cc.map(|text| copy(text, &country)).collect::<ApiResult<Vec<_>>>()?;
        let staged = written.staged.into_iter().map(StagedId).collect();
        let (shared, subject) = (self.shared.clone(), written.subject);
        let standard = written.standard_reply_id.map(StandardReplyId);
        let (close_after, at_once) = (written.close_after, written.now);
        let queued = off_thread(move || -> ApiResult<Queued> {
            let parts = files.iter().map(read_file).collect::<ApiResult<Vec<_>>>()?;
            let reply = Reply {
                author: reply::Author::Person,
                to,
                body,
                html,
                subject,
                via,
                cc,
                parts,
                staged,
                standard,
                send_at,
                close_after,
                at_once,
                draft,
            };
            reply::queue(&shared, reply)
        })
        .await?;
        self.shared.outbox_nudge.notify_one();
        let (conversation_id, message_id) = (queued.conversation.0, queued.message.0);
        self.shared.tell(Event::MessageChanged { conversation_id, message_id });
        self.shared.tell(Event::ConversationChanged { conversation_id });
        self.shared.tell(Event::ContactChanged { contact_id: queued.contact.0 });
        self.shared.tell(Event::OutboxChanged {});
        self.shared.tell(Event::Decision { decision_id: queued.decision_id });
        Ok(ReplyQueued {
            message_id,
            conversation_id,
            route: view::route_of(&queued.decision, &self.shared.registry),
            due_at: view::at(queued.due_at),
        })
    }

    /// A time at which a message is to leave.
    pub(super) fn later(&self, text: &str) -> ApiResult<Timestamp> {
        let at = parse_time(text)?;
        let ahead_secs = at.secs_since(self.shared.now());
        if (1..=SEND_LATER_MAX_SECS).contains(&ahead_secs) {
            return Ok(at);
        }
        let sentence =
            "A message can leave at a time in the future, at most a year ahead. Choose another time.";
        Err(ApiError::new(Code::BadInput, sentence).with("field", "send_at"))
    }
}

/// The formatted text as it may go out, and the plain text, which is made from it where there is one.
fn text_of(html: Option<String>, body: &str) -> (Option<String>, String) {
    let cleaned = html.filter(|html| !html.trim().is_empty()).map(|html| html::outgoing::clean(&html));
    let plain = cleaned.as_deref().map(theke_channels::mime::html_to_text);
    let plain = plain.unwrap_or_else(|| body.replace("\r\n", "\n").replace(['\r', '\0'], "\n"));
    (cleaned, plain.trim_end().to_owned())
}

fn copy(text: &str, country: &str) -> ApiResult<Address> {
    Address::parse(text, country).map_err(|problem| {
        ApiError::new(Code::BadAddress, problem.text()).with("field", "cc").with("address", text)
    })
}

/// A file that the person chose.
pub(super) fn read_file(file: &AttachmentInput) -> ApiResult<OutgoingPart> {
    let refuse = |why: String| ApiError::new(Code::BadInput, why).with("file", file.path.clone());
    let about = std::fs::metadata(&file.path)
        .map_err(|error| refuse(format!("{} cannot be read: {error}.", file.path)))?;
    if !about.is_file() || about.len() > FILE_MAX_BYTES {
        return Err(refuse(format!("{} is no file, or larger than 100 MB. Choose another one.", file.path)));
    }
    let content = std::fs::read(&file.path)
        .map_err(|error| refuse(format!("{} cannot be read: {error}.", file.path)))?;
    let last = file.path.rsplit(['/', '\\']).next().unwrap_or_default();
    let given = if file.name.trim().is_empty() { last } else { file.name.as_str() };
    let mime_type =
        Some(file.mime_type.trim()).filter(|mime| mime.contains('/') && !mime.chars().any(char::is_control));
    let mime_type = mime_type.unwrap_or_else(|| file_name::type_of(given)).to_owned();
    Ok(OutgoingPart { name: theke_domain::file_name::safe(given, &mime_type), mime_type, content })
}
