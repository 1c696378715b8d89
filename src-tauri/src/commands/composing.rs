//! What is being written: drafts, their files, new messages. Files come by their bytes (pasted, dropped) or from what
//! the person chose in the system's dialog.

use tauri::ipc::{InvokeBody, Request};
use tauri::{AppHandle, Runtime, State};
use theke_engine::api::types::{
    DraftInput, DraftView, NewMessageInput, ReplyQueued, RouteView, StageTarget, StagedView,
};
use theke_engine::api::{ApiError, ApiResult, Code};

use crate::clipboard;
use crate::picked::Picked;
use crate::session::Session;

/// Where a first message would go, and why.
#[tauri::command]
pub async fn route_new(
    session: State<'_, Session>,
    contact_id: Option<i64>,
    to: String,
    via: Option<String>,
    draft_len_chars: u32,
    attachment_sizes: Vec<u64>,
) -> ApiResult<RouteView> {
    session.api().await?.route_new(contact_id, &to, via, draft_len_chars, attachment_sizes).await
}

/// Queues a message that begins a conversation.
#[tauri::command]
pub async fn compose_new(session: State<'_, Session>, input: NewMessageInput) -> ApiResult<ReplyQueued> {
    session.api().await?.compose_new(input).await
}

/// Keeps a draft of an answer or of a new message.
#[tauri::command]
pub async fn draft_keep(session: State<'_, Session>, input: DraftInput) -> ApiResult<Option<DraftView>> {
    session.api().await?.draft_keep(input).await
}

/// Drafts of new messages.
#[tauri::command]
pub async fn new_drafts(session: State<'_, Session>) -> ApiResult<Vec<DraftView>> {
    session.api().await?.new_drafts().await
}

/// Removes the draft of a new message.
#[tauri::command]
pub async fn draft_remove(session: State<'_, Session>, draft_id: i64) -> ApiResult<()> {
    session.api().await?.draft_remove(draft_id).await
}

/// Attaches a file by its bytes, which are the body; the header `x-file` says what it is and what it belongs to. As
/// JSON a photo would hold the page up while it is written out.
#[tauri::command]
pub async fn attachment_stage(session: State<'_, Session>, request: Request<'_>) -> ApiResult<StagedView> {
    #[derive(serde::Deserialize)]
    struct File {
        target: StageTarget,
        name: String,
        mime: String,
    }
    let about = request.headers().get("x-file").and_then(|value| value.to_str().ok());
    let file = about.and_then(|json| serde_json::from_str::<File>(json).ok());
    let (InvokeBody::Raw(bytes), Some(file)) = (request.body(), file) else {
        return Err(ApiError::new(Code::BadInput, "This file could not be read. Attach it again."));
    };
    session.api().await?.attachment_stage(file.target, &file.name, &file.mime, bytes.clone()).await
}

/// Attaches the picture in the clipboard; nothing if there is none.
#[tauri::command]
pub async fn attachment_stage_clipboard<R: Runtime>(
    app: AppHandle<R>,
    session: State<'_, Session>,
    target: StageTarget,
) -> ApiResult<Option<StagedView>> {
    let Some(png) = clipboard::picture(&app).await else { return Ok(None) };
    session.api().await?.attachment_stage(target, "image.png", "image/png", png).await.map(Some)
}

/// Attaches a file that the person chose.
#[tauri::command]
pub async fn attachment_stage_file(
    session: State<'_, Session>,
    picked: State<'_, Picked>,
    target: StageTarget,
    path: String,
) -> ApiResult<StagedView> {
    let path = picked.check(&path)?;
    session.api().await?.attachment_stage_file(target, &path).await
}

/// Takes an attached file away.
#[tauri::command]
pub async fn attachment_unstage(session: State<'_, Session>, id: i64) -> ApiResult<()> {
    session.api().await?.attachment_unstage(id).await
}

/// Sends a waiting message at once.
#[tauri::command]
pub async fn outbox_send_now(session: State<'_, Session>, message_id: i64) -> ApiResult<()> {
    session.api().await?.outbox_send_now(message_id).await
}
