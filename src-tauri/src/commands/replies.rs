//! Standard replies, and senders whose pictures are shown.

use tauri::State;
use theke_engine::api::ApiResult;
use theke_engine::api::types::{
    FilledView, PlaceholderView, RepliesImported, ReplyTextView, ReplyUses, StandardReplyView,
};

use crate::picked::Picked;
use crate::session::Session;

/// All, or those in which something is found.
#[tauri::command]
pub async fn standard_replies(
    session: State<'_, Session>,
    query: Option<String>,
) -> ApiResult<Vec<StandardReplyView>> {
    session.api().await?.standard_replies(query).await
}

/// Saves one.
#[tauri::command]
pub async fn standard_reply_save(
    session: State<'_, Session>,
    id: Option<i64>,
    name: String,
    shortcut: String,
    texts: Vec<ReplyTextView>,
) -> ApiResult<StandardReplyView> {
    session.api().await?.standard_reply_save(id, &name, &shortcut, texts).await
}

/// Removes one; answers its undo.
#[tauri::command]
pub async fn standard_reply_remove(session: State<'_, Session>, id: i64) -> ApiResult<i64> {
    session.api().await?.standard_reply_remove(id).await
}

/// Where one was sent.
#[tauri::command]
pub async fn standard_reply_uses(
    session: State<'_, Session>,
    id: i64,
    before: Option<i64>,
    limit: u32,
) -> ApiResult<ReplyUses> {
    session.api().await?.standard_reply_uses(id, before, limit).await
}

/// Fills one in for a customer.
#[tauri::command]
pub async fn standard_reply_fill(
    session: State<'_, Session>,
    id: i64,
    conversation: Option<i64>,
    contact_id: Option<i64>,
    via: Option<String>,
    language: Option<String>,
) -> ApiResult<FilledView> {
    session.api().await?.standard_reply_fill(id, conversation, contact_id, via, language).await
}

/// What texts can hold.
#[tauri::command]
pub async fn placeholders(session: State<'_, Session>) -> ApiResult<Vec<PlaceholderView>> {
    session.api().await?.placeholders().await
}

/// Writes all into a file that the person chose.
#[tauri::command]
pub async fn standard_replies_export(
    session: State<'_, Session>,
    picked: State<'_, Picked>,
    file: String,
) -> ApiResult<u32> {
    let file = picked.check(&file)?;
    session.api().await?.standard_replies_export(&file).await
}

/// Takes in a file that the person chose.
#[tauri::command]
pub async fn standard_replies_import(
    session: State<'_, Session>,
    picked: State<'_, Picked>,
    file: String,
) -> ApiResult<RepliesImported> {
    let file = picked.check(&file)?;
    session.api().await?.standard_replies_import(&file).await
}

/// Shows the pictures of this message's sender from now on.
#[tauri::command]
pub async fn pictures_allow(session: State<'_, Session>, message_id: i64) -> ApiResult<()> {
    session.api().await?.pictures_allow(message_id).await
}

/// Asks again before this sender's pictures are shown.
#[tauri::command]
pub async fn pictures_forget(session: State<'_, Session>, address: String) -> ApiResult<Option<i64>> {
    session.api().await?.pictures_forget(&address).await
}

/// The senders whose pictures are shown.
#[tauri::command]
pub async fn pictures_allowed(session: State<'_, Session>) -> ApiResult<Vec<String>> {
    session.api().await?.pictures_allowed().await
}
