//! Conversations.

use tauri::State;
use theke_engine::api::ApiResult;
use theke_engine::api::types::{ConversationDetail, ConversationPage, ConversationView};

use crate::session::Session;

/// A page of the inbox.
#[tauri::command]
pub async fn conversations(
    session: State<'_, Session>,
    status: Option<String>,
    spam: bool,
    page: Option<String>,
    limit: u32,
) -> ApiResult<ConversationPage> {
    session.api().await?.conversations(status, spam, page, limit).await
}

/// One conversation with a page of its messages.
#[tauri::command]
pub async fn conversation(
    session: State<'_, Session>,
    id: i64,
    before: Option<String>,
) -> ApiResult<ConversationDetail> {
    session.api().await?.conversation(id, before).await
}

/// Open, waiting, snoozed until a time, or closed.
#[tauri::command]
pub async fn conversation_set_status(
    session: State<'_, Session>,
    id: i64,
    status: String,
    until: Option<String>,
) -> ApiResult<ConversationView> {
    session.api().await?.conversation_set_status(id, &status, until).await
}

/// The person has read it.
#[tauri::command]
pub async fn conversation_mark_seen(session: State<'_, Session>, id: i64) -> ApiResult<ConversationView> {
    session.api().await?.conversation_mark_seen(id).await
}
