//! Working through the inbox: its lists, changes of many conversations, undo, notes, blocked senders.

use tauri::State;
use theke_engine::api::ApiResult;
use theke_engine::api::types::{
    BlockedView, ChangeView, Changed, ContactDetail, ConversationChange, ConversationPage, EntryView,
    ListQuery,
};

use crate::session::Session;

/// A page of a list.
#[tauri::command]
pub async fn conversation_list(
    session: State<'_, Session>,
    query: ListQuery,
    page: Option<String>,
    limit: u32,
) -> ApiResult<ConversationPage> {
    session.api().await?.conversation_list(query, page, limit).await
}

/// Changes many conversations in one go.
#[tauri::command]
pub async fn conversations_change(
    session: State<'_, Session>,
    ids: Vec<i64>,
    change: ConversationChange,
) -> ApiResult<Changed> {
    session.api().await?.conversations_change(ids, change).await
}

/// Moves a message into another conversation of the same customer.
#[tauri::command]
pub async fn message_move(
    session: State<'_, Session>,
    message_id: i64,
    to_conversation: i64,
) -> ApiResult<Changed> {
    session.api().await?.conversation_move(message_id, to_conversation).await
}

/// Makes a conversation of its own of a message.
#[tauri::command]
pub async fn message_split(session: State<'_, Session>, message_id: i64) -> ApiResult<Changed> {
    session.api().await?.conversation_split(message_id).await
}

/// Joins a conversation into another one of the same customer.
#[tauri::command]
pub async fn conversation_join(session: State<'_, Session>, id: i64, into: i64) -> ApiResult<Changed> {
    session.api().await?.conversation_join(id, into).await
}

/// Blocks an address of a customer, or lets it through again.
#[tauri::command]
pub async fn contact_block(
    session: State<'_, Session>,
    id: i64,
    address: String,
    blocked: bool,
) -> ApiResult<ContactDetail> {
    session.api().await?.contact_block(id, &address, blocked).await
}

/// All blocked addresses.
#[tauri::command]
pub async fn blocked(session: State<'_, Session>) -> ApiResult<Vec<BlockedView>> {
    session.api().await?.blocked().await
}

/// Takes a change back.
#[tauri::command]
pub async fn undo(session: State<'_, Session>, id: i64) -> ApiResult<ChangeView> {
    session.api().await?.undo(id).await
}

/// Takes the newest change back.
#[tauri::command]
pub async fn undo_last(session: State<'_, Session>) -> ApiResult<Option<ChangeView>> {
    session.api().await?.undo_last().await
}

/// The last changes.
#[tauri::command]
pub async fn changes(session: State<'_, Session>) -> ApiResult<Vec<ChangeView>> {
    session.api().await?.changes().await
}

/// Adds a note, which never leaves this computer.
#[tauri::command]
pub async fn note_add(session: State<'_, Session>, conversation: i64, text: String) -> ApiResult<EntryView> {
    session.api().await?.note_add(conversation, &text).await
}

/// Changes a note, or removes it with an empty text.
#[tauri::command]
pub async fn note_change(session: State<'_, Session>, id: i64, text: String) -> ApiResult<EntryView> {
    session.api().await?.note_change(id, &text).await
}
