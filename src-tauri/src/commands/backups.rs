//! Backups that are there, and going back to one.

use tauri::{AppHandle, Runtime, State};
use theke_engine::api::types::{BackupFileView, BackupsView, RestoredView};
use theke_engine::api::{ApiResult, RestoreFrom};

use crate::picked::Picked;
use crate::session::Session;

/// What one can go back to.
#[tauri::command]
pub async fn backups(session: State<'_, Session>) -> ApiResult<BackupsView> {
    session.api().await?.backups().await
}

/// Reads a whole automatic backup.
#[tauri::command]
pub async fn backup_check(session: State<'_, Session>, name: String) -> ApiResult<()> {
    session.api().await?.backup_check(&name).await
}

/// What a file that the person chose says of itself.
#[tauri::command]
pub async fn backup_look(
    session: State<'_, Session>,
    picked: State<'_, Picked>,
    file: String,
) -> ApiResult<BackupFileView> {
    let file = picked.check(&file)?;
    session.api().await?.backup_look(file).await
}

/// Goes back to an automatic backup.
#[tauri::command]
pub async fn restore_automatic<R: Runtime>(
    app: AppHandle<R>,
    session: State<'_, Session>,
    name: String,
) -> ApiResult<RestoredView> {
    session.restore(app, RestoreFrom::Automatic(name)).await
}

/// Goes back to what an earlier restore set aside.
#[tauri::command]
pub async fn restore_kept<R: Runtime>(
    app: AppHandle<R>,
    session: State<'_, Session>,
    name: String,
    recovery_code: Option<String>,
) -> ApiResult<RestoredView> {
    session.restore(app, RestoreFrom::Kept { name, recovery_code }).await
}

/// Goes back to a file that the person chose.
#[tauri::command]
pub async fn restore_file<R: Runtime>(
    app: AppHandle<R>,
    session: State<'_, Session>,
    picked: State<'_, Picked>,
    file: String,
    recovery_code: Option<String>,
) -> ApiResult<RestoredView> {
    let path = picked.check(&file)?;
    session.restore(app, RestoreFrom::File { path, recovery_code }).await
}
