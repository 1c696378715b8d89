//! Channel kinds and accounts.

use std::collections::BTreeMap;

use tauri::State;
use theke_engine::api::ApiResult;
use theke_engine::api::types::{AccountCreated, AccountView, CheckResult, FoundSettingsView, KindView};

use crate::session::Session;

/// The kinds that accounts can be made of.
#[tauri::command]
pub async fn kinds(session: State<'_, Session>) -> ApiResult<Vec<KindView>> {
    session.api().await?.kinds().await
}

/// Settings found from an address; only with `network` is anybody asked.
#[tauri::command]
pub async fn find_settings(
    session: State<'_, Session>,
    kind: String,
    address: String,
    network: bool,
) -> ApiResult<FoundSettingsView> {
    session.api().await?.find_settings(&kind, &address, network).await
}

/// The accounts and how they are.
#[tauri::command]
pub async fn accounts(session: State<'_, Session>) -> ApiResult<Vec<AccountView>> {
    session.api().await?.accounts().await
}

/// A new account.
#[tauri::command]
pub async fn account_add(
    session: State<'_, Session>,
    kind: String,
    values: BTreeMap<String, String>,
    secrets: BTreeMap<String, String>,
    check: bool,
) -> ApiResult<AccountCreated> {
    session.api().await?.account_add(&kind, values, secrets, check).await
}

/// Whether an account works.
#[tauri::command]
pub async fn account_check(session: State<'_, Session>, id: i64) -> ApiResult<CheckResult> {
    session.api().await?.account_check(id).await
}

/// Whether these settings would work.
#[tauri::command]
pub async fn account_check_settings(
    session: State<'_, Session>,
    kind: String,
    values: BTreeMap<String, String>,
    secrets: BTreeMap<String, String>,
) -> ApiResult<CheckResult> {
    session.api().await?.account_check_settings(&kind, values, secrets).await
}

/// Other settings for an account.
#[tauri::command]
pub async fn account_update(
    session: State<'_, Session>,
    id: i64,
    values: BTreeMap<String, String>,
    secrets: BTreeMap<String, String>,
) -> ApiResult<AccountView> {
    session.api().await?.account_update(id, values, secrets).await
}

/// Removes an account, with its messages or without.
#[tauri::command]
pub async fn account_remove(session: State<'_, Session>, id: i64, with_messages: bool) -> ApiResult<()> {
    session.api().await?.account_remove(id, with_messages).await
}

/// Switches an account on or off.
#[tauri::command]
pub async fn account_set_enabled(
    session: State<'_, Session>,
    id: i64,
    enabled: bool,
) -> ApiResult<AccountView> {
    session.api().await?.account_set_enabled(id, enabled).await
}

/// Does not wait for the next try.
#[tauri::command]
pub async fn account_try_now(session: State<'_, Session>, id: i64) -> ApiResult<()> {
    session.api().await?.account_try_now(id).await
}

/// Lets older messages wait, or fetches them on.
#[tauri::command]
pub async fn account_pause_fetching(
    session: State<'_, Session>,
    id: i64,
    paused: bool,
) -> ApiResult<AccountView> {
    session.api().await?.account_pause_fetching(id, paused).await
}

/// Loads older messages although the connection is metered.
#[tauri::command]
pub async fn load_anyway(session: State<'_, Session>) -> ApiResult<()> {
    session.api().await?.load_anyway().await
}
