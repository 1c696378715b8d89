//! Conversations: the list, one with its messages, status, moving, splitting, joining.

use super::types::{ConversationDetail, ConversationPage, ConversationView, DraftView};
use super::{Api, ApiResult, unfinished};

impl Api {
    /// A page of conversations, newest first. `status` is `open`, `waiting`, `snoozed`, `closed`, `all` or `None` for
    /// all; `spam` shows the spam instead of the rest; `page` is `next` of the page before; `limit` at most 500.
    pub async fn conversations(
        &self,
        _status: Option<String>,
        _spam: bool,
        _page: Option<String>,
        _limit: u32,
    ) -> ApiResult<ConversationPage> {
        unfinished()
    }

    /// One with its newest 100 messages, oldest first; `before` is the id of the oldest message of the page before.
    pub async fn conversation(&self, _id: i64, _before: Option<String>) -> ApiResult<ConversationDetail> {
        unfinished()
    }

    /// Sets `open`, `waiting`, `snoozed` (needs `until`, RFC 3339) or `closed`.
    pub async fn conversation_set_status(
        &self,
        _id: i64,
        _status: &str,
        _until: Option<String>,
    ) -> ApiResult<ConversationView> {
        unfinished()
    }

    /// Marks all its messages as read, here and in the background at the provider.
    pub async fn conversation_mark_seen(&self, _id: i64) -> ApiResult<ConversationView> {
        unfinished()
    }

    /// Moves one message into another conversation of the same contact.
    ///
    /// # Errors
    /// `BadInput` if that is another contact's.
    pub async fn conversation_move(
        &self,
        _message_id: i64,
        _to_conversation: i64,
    ) -> ApiResult<ConversationView> {
        unfinished()
    }

    /// Makes a conversation of its own from this message and those after it. Answers the new one.
    pub async fn conversation_split(&self, _message_id: i64) -> ApiResult<ConversationView> {
        unfinished()
    }

    /// Joins `id` into `into`; both must be of one contact. Answers `into`.
    pub async fn conversation_join(&self, _id: i64, _into: i64) -> ApiResult<ConversationView> {
        unfinished()
    }

    /// The draft of an answer, if there is one.
    pub async fn draft(&self, _conversation: i64) -> ApiResult<Option<DraftView>> {
        unfinished()
    }

    /// Keeps a draft; an empty body removes it.
    pub async fn draft_save(&self, _conversation: i64, _body: &str, _via: Option<String>) -> ApiResult<()> {
        unfinished()
    }
}
