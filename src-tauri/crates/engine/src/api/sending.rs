//! Answers: where they go and why, and queueing them.

use theke_domain::ids::ConversationId;
use theke_domain::message::OutgoingPart;
use theke_domain::routing::Draft;

use super::types::{AttachmentInput, Event, ReplyInput, ReplyQueued, RouteView};
use super::{Api, ApiError, ApiResult, Code, conversations, view};
use crate::reply::{self, Queued, Reply};
use crate::shared::off_thread;
use crate::{file_name, route};

/// The largest file that is read; channels take less.
const FILE_MAX_BYTES: u64 = 100 * 1024 * 1024;

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
                let spec = decision.route.as_ref().ok().and_then(|way| registry.get(&way.kind));
                Ok(view::route(&decision, spec))
            })
            .await
    }

    /// Queues an answer in one durable transaction.
    ///
    /// # Errors
    /// `NoRoute` with the reason, `BadInput` for an empty text or a file that cannot be read.
    pub async fn reply(&self, input: ReplyInput) -> ApiResult<ReplyQueued> {
        let body = input.body.replace("\r\n", "\n").replace(['\r', '\0'], "\n");
        let body = body.trim_end().to_owned();
        if body.trim().is_empty() && input.attachments.is_empty() {
            return Err(ApiError::new(
                Code::BadInput,
                "The answer is empty. Write something or attach a file.",
            )
            .with("field", "body"));
        }
        let via =
            input.via.filter(|word| !word.is_empty()).map(|word| self.known_medium(&word)).transpose()?;
        let shared = self.shared.clone();
        let files = input.attachments;
        let (queued, contact) = off_thread(move || -> ApiResult<(Queued, i64)> {
            let parts = files.iter().map(read_file).collect::<ApiResult<Vec<_>>>()?;
            let conversation = ConversationId(input.conversation_id);
            let reply = Reply { conversation, body, subject: input.subject, via, parts, at_once: input.now };
            let queued = reply::queue(&shared, &reply)?;
            let row = shared.store.read(|conn| theke_store::table::conversations::get(conn, conversation))?;
            Ok((queued, row.map_or(0, |row| row.contact_id.0)))
        })
        .await?;
        self.shared.outbox_nudge.notify_one();
        let (conversation_id, message_id) = (input.conversation_id, queued.message.0);
        self.shared.tell(Event::MessageChanged { conversation_id, message_id });
        self.shared.tell(Event::ConversationChanged { conversation_id });
        self.shared.tell(Event::ContactChanged { contact_id: contact });
        self.shared.tell(Event::OutboxChanged {});
        self.shared.tell(Event::Decision { decision_id: queued.decision_id });
        let spec = queued.decision.route.as_ref().ok().and_then(|way| self.shared.registry.get(&way.kind));
        Ok(ReplyQueued {
            message_id,
            route: view::route(&queued.decision, spec),
            due_at: view::at(queued.due_at),
        })
    }
}

fn read_file(file: &AttachmentInput) -> ApiResult<OutgoingPart> {
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
