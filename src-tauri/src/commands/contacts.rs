//! Customers.

use tauri::State;
use theke_engine::api::ApiResult;
use theke_engine::api::types::{ContactDetail, ContactView};

use crate::session::Session;

/// Customers, by words of their names and addresses if there are any.
#[tauri::command]
pub async fn contacts(
    session: State<'_, Session>,
    query: Option<String>,
    limit: u32,
) -> ApiResult<Vec<ContactView>> {
    session.api().await?.contacts(query, limit).await
}

/// One customer with a page of the timeline.
#[tauri::command]
pub async fn contact(
    session: State<'_, Session>,
    id: i64,
    before: Option<String>,
) -> ApiResult<ContactDetail> {
    session.api().await?.contact(id, before).await
}

/// Another name.
#[tauri::command]
pub async fn contact_rename(session: State<'_, Session>, id: i64, name: String) -> ApiResult<ContactDetail> {
    session.api().await?.contact_rename(id, &name).await
}

/// One more address.
#[tauri::command]
pub async fn contact_add_address(
    session: State<'_, Session>,
    id: i64,
    text: String,
) -> ApiResult<ContactDetail> {
    session.api().await?.contact_add_address(id, &text).await
}

/// One address less.
#[tauri::command]
pub async fn contact_remove_address(
    session: State<'_, Session>,
    id: i64,
    text: String,
) -> ApiResult<ContactDetail> {
    session.api().await?.contact_remove_address(id, &text).await
}

/// The channel that the customer wants.
#[tauri::command]
pub async fn contact_prefer(
    session: State<'_, Session>,
    id: i64,
    medium: Option<String>,
) -> ApiResult<ContactDetail> {
    session.api().await?.contact_prefer(id, medium).await
}
