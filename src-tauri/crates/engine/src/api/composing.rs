//! What is being written: drafts with all that belongs to an answer, and files that wait for their message. Kept as it
//! is typed; checked when it is sent.

use std::path::Path;

use theke_domain::ids::{ContactId, ConversationId, NewDraftId, StagedId};
use theke_domain::medium::Medium;
use theke_domain::message::OutgoingPart;
use theke_domain::time::Timestamp;
use theke_store::table::drafts::{self, Draft};
use theke_store::table::staged::{self, Target};
use theke_store::{Connection, Transaction};

use super::conversations::existing;
use super::sending::{FILE_MAX_BYTES, read_file};
use super::types::{AttachmentInput, DraftInput, DraftView, Event, StageTarget, StagedView};
use super::{Api, ApiError, ApiResult, Code, view};
use crate::shared::off_thread;

impl Api {
    /// The draft of an answer, if there is one.
    pub async fn draft(&self, conversation: i64) -> ApiResult<Option<DraftView>> {
        let id = ConversationId(conversation);
        self.shared.read(move |conn| answer(conn, id)).await
    }

    /// Keeps the text of an answer, beside what else its draft holds; an empty text alone removes it.
    pub async fn draft_save(&self, conversation: i64, body: &str, via: Option<String>) -> ApiResult<()> {
        let before = self.draft(conversation).await?;
        let (subject, cc, html) =
            before.map(|before| (before.subject, before.cc, before.html)).unwrap_or_default();
        let input = DraftInput {
            conversation_id: Some(conversation),
            body: body.to_owned(),
            via,
            subject,
            cc,
            html,
            ..DraftInput::default()
        };
        self.draft_keep(input).await.map(|_| ())
    }

    /// Keeps a draft; `None` if it was empty and is gone. A new message without an id gets one.
    ///
    /// # Errors
    /// `NotFound` for a conversation that there is not.
    pub async fn draft_keep(&self, input: DraftInput) -> ApiResult<Option<DraftView>> {
        let now = self.shared.now();
        let conversation = input.conversation_id;
        let kept = self.shared.write(move |tx| keep(tx, input, now)).await?;
        self.tell_drafts(conversation);
        Ok(kept)
    }

    /// Drafts of new messages, the newest first.
    pub async fn new_drafts(&self) -> ApiResult<Vec<DraftView>> {
        self.shared
            .read(|conn| {
                let rows = drafts::new_messages(conn)?;
                rows.iter()
                    .map(|row| Ok(view::new_draft(row, &staged::of(conn, Target::New(row.id))?)))
                    .collect::<theke_store::Result<Vec<_>>>()
            })
            .await
    }

    /// Removes the draft of a new message with its files.
    pub async fn draft_remove(&self, draft: i64) -> ApiResult<()> {
        let id = NewDraftId(draft);
        self.shared.write(move |tx| remove(tx, Target::New(id))).await?;
        self.tell_drafts(None);
        Ok(())
    }

    /// Attaches a file by its bytes.
    ///
    /// # Errors
    /// `BadInput` for more than 100 MB or nothing to attach it to.
    pub async fn attachment_stage(
        &self,
        target: StageTarget,
        name: &str,
        mime_type: &str,
        bytes: Vec<u8>,
    ) -> ApiResult<StagedView> {
        if bytes.len() as u64 > FILE_MAX_BYTES {
            let sentence = "This file is larger than 100 MB. Choose a smaller one.";
            return Err(ApiError::new(Code::BadInput, sentence).with("field", "file"));
        }
        let mime_type = Some(mime_type.trim())
            .filter(|mime| mime.contains('/') && !mime.chars().any(char::is_control))
            .unwrap_or_else(|| crate::file_name::type_of(name))
            .to_ascii_lowercase();
        let name = theke_domain::file_name::safe(name, &mime_type);
        self.stage(target, OutgoingPart { name, mime_type, content: bytes }).await
    }

    /// Attaches a file by its place on this computer; it is read now and not when the message leaves.
    pub async fn attachment_stage_file(&self, target: StageTarget, path: &Path) -> ApiResult<StagedView> {
        let file = AttachmentInput {
            name: String::new(),
            mime_type: String::new(),
            path: path.display().to_string(),
        };
        let part = off_thread(move || read_file(&file)).await?;
        self.stage(target, part).await
    }

    /// Takes an attached file away.
    pub async fn attachment_unstage(&self, id: i64) -> ApiResult<()> {
        self.shared.write(move |tx| staged::remove(tx, StagedId(id))).await?;
        Ok(())
    }

    async fn stage(&self, target: StageTarget, part: OutgoingPart) -> ApiResult<StagedView> {
        let now = self.shared.now();
        let conversation = target.conversation_id;
        let shown = self
            .shared
            .write(move |tx| -> ApiResult<StagedView> {
                let target = checked(tx, &target, now)?;
                let id = staged::insert(tx, target, &part, now)?;
                let found = staged::of(tx, target)?.into_iter().find(|row| row.id == id);
                Ok(view::staged(&found.ok_or(theke_store::Error::NotFound)?))
            })
            .await?;
        self.tell_drafts(conversation);
        Ok(shown)
    }

    fn tell_drafts(&self, conversation: Option<i64>) {
        match conversation {
            Some(conversation_id) => self.shared.tell(Event::ConversationChanged { conversation_id }),
            None => self.shared.tell(Event::DraftsChanged {}),
        }
    }
}

fn answer(conn: &Connection, id: ConversationId) -> ApiResult<Option<DraftView>> {
    let Some(row) = drafts::get(conn, id)? else { return Ok(None) };
    Ok(Some(view::draft(&row, &staged::of(conn, Target::Answer(id))?)))
}

fn keep(tx: &Transaction<'_>, input: DraftInput, now: Timestamp) -> ApiResult<Option<DraftView>> {
    let html = input.html.filter(|html| !html.trim().is_empty());
    let draft = Draft {
        body: input.body,
        via: input.via.filter(|word| !word.is_empty()).map(Medium::new),
        subject: input.subject,
        cc: input.cc,
        html,
        saved_at: now,
    };
    let said_nothing = draft.body.trim().is_empty() && draft.html.is_none();
    if let Some(conversation) = input.conversation_id {
        let id = existing(tx, conversation)?.conversation.id;
        let target = Target::Answer(id);
        if said_nothing && staged::of(tx, target)?.is_empty() {
            remove(tx, target)?;
            return Ok(None);
        }
        drafts::save(tx, id, &draft)?;
        return answer(tx, id);
    }
    let id = input.draft_id.map(NewDraftId);
    let contact = input.contact_id.map(ContactId);
    let nobody = contact.is_none() && input.to.trim().is_empty() && draft.subject.trim().is_empty();
    let files = id.map(|id| staged::of(tx, Target::New(id))).transpose()?.unwrap_or_default();
    if said_nothing && nobody && files.is_empty() {
        if let Some(id) = id {
            remove(tx, Target::New(id))?;
        }
        return Ok(None);
    }
    let id = drafts::save_new(tx, id, contact, &input.to, &draft)?;
    let row = drafts::new_message(tx, id)?.ok_or(theke_store::Error::NotFound)?;
    Ok(Some(view::new_draft(&row, &files)))
}

fn remove(tx: &Transaction<'_>, target: Target) -> ApiResult<()> {
    for file in staged::of(tx, target)? {
        staged::remove(tx, file.id)?;
    }
    match target {
        Target::Answer(id) => drafts::remove(tx, id)?,
        Target::New(id) => drafts::remove_new(tx, id)?,
    }
    Ok(())
}

/// What a file is attached to. An answer without a draft gets one, so that the file is not forgotten.
fn checked(tx: &Transaction<'_>, target: &StageTarget, now: Timestamp) -> ApiResult<Target> {
    if let Some(conversation) = target.conversation_id {
        let id = existing(tx, conversation)?.conversation.id;
        if drafts::get(tx, id)?.is_none() {
            drafts::save(tx, id, &Draft { saved_at: now, ..Draft::default() })?;
        }
        return Ok(Target::Answer(id));
    }
    let Some(id) = target.draft_id.map(NewDraftId) else {
        let sentence = "There is no message that this file could be attached to. Begin one first.";
        return Err(ApiError::new(Code::BadInput, sentence).with("field", "target"));
    };
    drafts::new_message(tx, id)?
        .ok_or_else(|| ApiError::new(Code::NotFound, "This draft is not there any more. Begin it again."))?;
    Ok(Target::New(id))
}
