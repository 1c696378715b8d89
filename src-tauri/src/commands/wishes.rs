//! Wishes that were read in messages, refusals and habits.

use tauri::State;
use theke_engine::api::ApiResult;
use theke_engine::api::types::{ContactDetail, ContactWishes, WishDecided, WishView};

use crate::session::Session;

/// Those of a conversation.
#[tauri::command]
pub async fn wishes(session: State<'_, Session>, conversation: i64) -> ApiResult<Vec<WishView>> {
    session.api().await?.wishes(conversation).await
}

/// Yes to a question.
#[tauri::command]
pub async fn wish_accept(session: State<'_, Session>, id: i64) -> ApiResult<WishDecided> {
    session.api().await?.wish_accept(id).await
}

/// No to a question.
#[tauri::command]
pub async fn wish_decline(session: State<'_, Session>, id: i64) -> ApiResult<WishDecided> {
    session.api().await?.wish_decline(id).await
}

/// Takes back what a wish led to.
#[tauri::command]
pub async fn wish_undo(session: State<'_, Session>, id: i64) -> ApiResult<WishDecided> {
    session.api().await?.wish_undo(id).await
}

/// What a customer refuses, and the habit that is proposed.
#[tauri::command]
pub async fn contact_wishes(session: State<'_, Session>, id: i64) -> ApiResult<ContactWishes> {
    session.api().await?.contact_wishes(id).await
}

/// A medium is refused, or allowed again.
#[tauri::command]
pub async fn contact_refuse(
    session: State<'_, Session>,
    id: i64,
    medium: String,
    refuses: bool,
) -> ApiResult<ContactDetail> {
    session.api().await?.contact_refuse(id, &medium, refuses).await
}

/// A habit is not proposed again.
#[tauri::command]
pub async fn habit_decline(session: State<'_, Session>, id: i64, medium: String) -> ApiResult<ContactDetail> {
    session.api().await?.habit_decline(id, &medium).await
}
