//! Who is the same: suggestions, merging and taking merges back.

use tauri::State;
use theke_engine::api::ApiResult;
use theke_engine::api::types::{
    DuplicateList, DuplicateView, FieldChoice, MergePreview, MergeView, Merged, MergedSure, Unmerged,
};

use crate::session::Session;

/// Pairs that may be the same.
#[tauri::command]
pub async fn duplicates(session: State<'_, Session>, limit: u32) -> ApiResult<DuplicateList> {
    session.api().await?.duplicates(limit).await
}

/// Who may be the same as this customer.
#[tauri::command]
pub async fn duplicates_of(session: State<'_, Session>, id: i64) -> ApiResult<Vec<DuplicateView>> {
    session.api().await?.duplicates_of(id).await
}

/// Two are not the same, for ever.
#[tauri::command]
pub async fn contacts_not_same(session: State<'_, Session>, a: i64, b: i64) -> ApiResult<Option<i64>> {
    session.api().await?.contacts_not_same(a, b).await
}

/// All sure pairs at once.
#[tauri::command]
pub async fn contacts_merge_sure(session: State<'_, Session>) -> ApiResult<MergedSure> {
    session.api().await?.contacts_merge_sure().await
}

/// Two customers side by side.
#[tauri::command]
pub async fn contact_merge_preview(session: State<'_, Session>, a: i64, b: i64) -> ApiResult<MergePreview> {
    session.api().await?.contact_merge_preview(a, b).await
}

/// One becomes part of the other.
#[tauri::command]
pub async fn contact_merge(
    session: State<'_, Session>,
    a: i64,
    b: i64,
    choices: Vec<FieldChoice>,
) -> ApiResult<Merged> {
    session.api().await?.contact_merge(a, b, choices).await
}

/// Two again.
#[tauri::command]
pub async fn contact_unmerge(session: State<'_, Session>, id: i64) -> ApiResult<Unmerged> {
    session.api().await?.contact_unmerge(id).await
}

/// The merges that made a customer what it is.
#[tauri::command]
pub async fn contact_merges(session: State<'_, Session>, id: i64) -> ApiResult<Vec<MergeView>> {
    session.api().await?.contact_merges(id).await
}
