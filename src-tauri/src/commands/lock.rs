//! The lock of the window.

use tauri::{AppHandle, Runtime, State};
use theke_engine::api::ApiResult;
use theke_engine::api::types::LockView;

use crate::lock::Lock;
use crate::session::Session;

/// How it is, and what opens it.
#[tauri::command]
pub async fn lock_state<R: Runtime>(app: AppHandle<R>) -> ApiResult<LockView> {
    Ok(crate::lock::state(&app).await)
}

/// Locks, if there is something to open it with.
#[tauri::command]
pub async fn lock<R: Runtime>(app: AppHandle<R>) -> ApiResult<bool> {
    crate::lock::lock(&app).await
}

/// Opens it with what was typed.
#[tauri::command]
pub async fn unlock<R: Runtime>(app: AppHandle<R>, typed: String) -> ApiResult<()> {
    crate::lock::unlock(&app, &typed).await
}

/// Somebody is there.
#[tauri::command]
pub async fn touch(lock: State<'_, Lock>) -> ApiResult<()> {
    lock.touch();
    Ok(())
}

/// Sets or changes the PIN.
#[tauri::command]
pub async fn pin_set(session: State<'_, Session>, current: Option<String>, pin: String) -> ApiResult<()> {
    session.api().await?.pin_set(current, &pin).await
}

/// Forgets the PIN.
#[tauri::command]
pub async fn pin_remove(session: State<'_, Session>, current: String) -> ApiResult<()> {
    session.api().await?.pin_remove(&current).await
}
