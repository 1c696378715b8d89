//! The profile before and while it is opened.

use tauri::{AppHandle, Runtime, State};
use theke_engine::api::types::{ProfileCreated, ProfileStatus};
use theke_engine::api::{ApiResult, KeySource};

use crate::lock::Lock;
use crate::practice;
use crate::session::Session;

/// How far the profile is.
#[tauri::command]
pub async fn profile_status(session: State<'_, Session>, lock: State<'_, Lock>) -> ApiResult<ProfileStatus> {
    Ok(seen(&lock, session.status().await))
}

/// Sets a profile up, opens it and starts the engine.
#[tauri::command]
pub async fn profile_create<R: Runtime>(
    app: AppHandle<R>,
    session: State<'_, Session>,
    shop: String,
    country: String,
    passphrase: Option<String>,
) -> ApiResult<ProfileCreated> {
    session.create(app, &shop, &country, passphrase).await
}

/// Opens the profile and starts the engine; with neither key the keychain is asked.
#[tauri::command]
pub async fn profile_open<R: Runtime>(
    app: AppHandle<R>,
    session: State<'_, Session>,
    lock: State<'_, Lock>,
    passphrase: Option<String>,
    recovery_code: Option<String>,
) -> ApiResult<ProfileStatus> {
    let key = match (passphrase, recovery_code) {
        (_, Some(code)) => KeySource::RecoveryCode(code),
        (Some(passphrase), None) => KeySource::Passphrase(passphrase),
        (None, None) => KeySource::Auto,
    };
    let status = session.open(app, key).await?;
    Ok(seen(&lock, status))
}

/// Opens the practice shop in a window of its own.
#[tauri::command]
pub async fn practice_open() -> ApiResult<()> {
    practice::start()
}

/// Through a locked window the shop's name is not seen.
fn seen(lock: &Lock, status: ProfileStatus) -> ProfileStatus {
    match lock.is_locked() {
        true => ProfileStatus { window_locked: true, shop: None, country: None, ..status },
        false => status,
    }
}
