//! Rules, their rehearsals, and the switch for all of them.

use tauri::State;
use theke_engine::api::ApiResult;
use theke_engine::api::types::{
    AutomationView, PackAdded, PackView, RehearsalView, RuleChecked, RuleShape, RuleVersionView, RuleView,
};

use crate::session::Session;

/// All rules, in their order.
#[tauri::command]
pub async fn rules(session: State<'_, Session>) -> ApiResult<Vec<RuleView>> {
    session.api().await?.rules().await
}

/// One rule.
#[tauri::command]
pub async fn rule(session: State<'_, Session>, id: i64) -> ApiResult<RuleView> {
    session.api().await?.rule(id).await
}

/// The versions of a rule.
#[tauri::command]
pub async fn rule_versions(session: State<'_, Session>, id: i64) -> ApiResult<Vec<RuleVersionView>> {
    session.api().await?.rule_versions(id).await
}

/// Saves a rule as a new version, or a new one.
#[tauri::command]
pub async fn rule_save(session: State<'_, Session>, id: Option<i64>, source: String) -> ApiResult<RuleView> {
    session.api().await?.rule_save(id, &source).await
}

/// Removes a rule.
#[tauri::command]
pub async fn rule_remove(session: State<'_, Session>, id: i64) -> ApiResult<i64> {
    session.api().await?.rule_remove(id).await
}

/// Switches a rule.
#[tauri::command]
pub async fn rule_switch(session: State<'_, Session>, id: i64, on: bool) -> ApiResult<RuleView> {
    session.api().await?.rule_switch(id, on).await
}

/// Puts the rules into another order.
#[tauri::command]
pub async fn rules_order(session: State<'_, Session>, ids: Vec<i64>) -> ApiResult<i64> {
    session.api().await?.rules_order(ids).await
}

/// What is wrong with a rule that is being written.
#[tauri::command]
pub async fn rule_read(session: State<'_, Session>, source: String) -> ApiResult<RuleChecked> {
    session.api().await?.rule_read(&source).await
}

/// The same for one that is put together in the window.
#[tauri::command]
pub async fn rule_write(session: State<'_, Session>, rule: RuleShape) -> ApiResult<RuleChecked> {
    session.api().await?.rule_write(rule).await
}

/// The starter packs.
#[tauri::command]
pub async fn packs(session: State<'_, Session>) -> ApiResult<Vec<PackView>> {
    session.api().await?.packs().await
}

/// Takes a starter pack in.
#[tauri::command]
pub async fn pack_add(session: State<'_, Session>, slug: String) -> ApiResult<PackAdded> {
    session.api().await?.pack_add(&slug).await
}

/// Begins to run a rule over past messages.
#[tauri::command]
pub async fn rehearsal_start(
    session: State<'_, Session>,
    source: String,
    compare_with: Option<i64>,
) -> ApiResult<i64> {
    session.api().await?.rehearsal_start(&source, compare_with).await
}

/// How far that has come.
#[tauri::command]
pub async fn rehearsal(
    session: State<'_, Session>,
    id: i64,
    offset: u32,
    limit: u32,
) -> ApiResult<RehearsalView> {
    session.api().await?.rehearsal(id, offset, limit).await
}

/// Ends it.
#[tauri::command]
pub async fn rehearsal_stop(session: State<'_, Session>, id: i64) -> ApiResult<()> {
    session.api().await?.rehearsal_stop(id).await
}

/// Switches everything that is done by itself, or asks.
#[tauri::command]
pub async fn automation(session: State<'_, Session>, on: Option<bool>) -> ApiResult<AutomationView> {
    session.api().await?.automation(on).await
}
