//! What opens the profile.

use tauri::State;
use theke_engine::api::ApiResult;
use theke_engine::api::types::SecurityView;

use crate::session::Session;

/// The ways in which the profile opens.
#[tauri::command]
pub async fn security(session: State<'_, Session>) -> ApiResult<SecurityView> {
    session.api().await?.security().await
}

/// Sets or changes the passphrase.
#[tauri::command]
pub async fn passphrase_set(
    session: State<'_, Session>,
    current: Option<String>,
    passphrase: String,
) -> ApiResult<()> {
    session.api().await?.passphrase_set(current, &passphrase).await
}

/// Opens by the keychain again.
#[tauri::command]
pub async fn passphrase_remove(session: State<'_, Session>, current: String) -> ApiResult<()> {
    session.api().await?.passphrase_remove(&current).await
}

/// A new recovery code, shown once.
#[tauri::command]
pub async fn recovery_code_new(session: State<'_, Session>, current: Option<String>) -> ApiResult<String> {
    session.api().await?.recovery_code_new(current).await
}
