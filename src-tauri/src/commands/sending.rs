//! The answer: its channel, its text, its draft.

use tauri::State;
use theke_engine::api::ApiResult;
use theke_engine::api::types::{DraftView, ReplyInput, ReplyQueued, RouteView, SegmentsView};

use crate::picked::Picked;
use crate::session::Session;

/// Where an answer would go, and why.
#[tauri::command]
pub async fn route(
    session: State<'_, Session>,
    conversation: i64,
    via: Option<String>,
    draft_len_chars: u32,
    attachment_sizes: Vec<u64>,
) -> ApiResult<RouteView> {
    session.api().await?.route(conversation, via, draft_len_chars, attachment_sizes).await
}

/// Queues an answer. Its files are such as the person chose.
#[tauri::command]
pub async fn reply(
    session: State<'_, Session>,
    picked: State<'_, Picked>,
    input: ReplyInput,
) -> ApiResult<ReplyQueued> {
    input.attachments.iter().try_for_each(|file| picked.check(&file.path).map(drop))?;
    session.api().await?.reply(input).await
}

/// How a text is cut up where texts are billed by segment.
#[tauri::command]
pub async fn segments(text: String) -> ApiResult<SegmentsView> {
    Ok(theke_engine::api::segments(&text))
}

/// The kept draft of a conversation.
#[tauri::command]
pub async fn draft(session: State<'_, Session>, conversation: i64) -> ApiResult<Option<DraftView>> {
    session.api().await?.draft(conversation).await
}
