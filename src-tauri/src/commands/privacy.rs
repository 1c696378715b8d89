//! How long messages are kept, lists of customers in and out, and what the law asks for one customer. Files are those that the
//! person chose.

use tauri::State;
use theke_engine::api::ApiResult;
use theke_engine::api::types::{
    AccessReportView, ErasureView, ExportReport, ImportReport, ImportWish, ProtectionView, RetentionView,
};

use crate::picked::Picked;
use crate::session::Session;

/// What would go with so many years.
#[tauri::command]
pub async fn retention_preview(session: State<'_, Session>, years: u32) -> ApiResult<RetentionView> {
    session.api().await?.retention_preview(years).await
}

/// What taking a list in would come to.
#[tauri::command]
pub async fn contacts_import_rehearse(
    session: State<'_, Session>,
    picked: State<'_, Picked>,
    wish: ImportWish,
) -> ApiResult<ImportReport> {
    picked.check(&wish.file)?;
    session.api().await?.contacts_import_rehearse(wish).await
}

/// Takes a list in.
#[tauri::command]
pub async fn contacts_import(
    session: State<'_, Session>,
    picked: State<'_, Picked>,
    wish: ImportWish,
) -> ApiResult<ImportReport> {
    picked.check(&wish.file)?;
    session.api().await?.contacts_import(wish).await
}

/// Writes all customers into a file that the person chose.
#[tauri::command]
pub async fn contacts_export(
    session: State<'_, Session>,
    picked: State<'_, Picked>,
    file: String,
    format: String,
    with_mark: bool,
) -> ApiResult<ExportReport> {
    let file = picked.check(&file)?;
    session.api().await?.contacts_export(file, &format, with_mark).await
}

/// Writes what is held about a customer.
#[tauri::command]
pub async fn access_report_save(
    session: State<'_, Session>,
    picked: State<'_, Picked>,
    id: i64,
    file: String,
) -> ApiResult<AccessReportView> {
    let file = picked.check(&file)?;
    session.api().await?.access_report_save(id, file).await
}

/// Erases a customer. The page has asked.
#[tauri::command]
pub async fn contact_erase(
    session: State<'_, Session>,
    id: i64,
    keep_letters: bool,
) -> ApiResult<ErasureView> {
    session.api().await?.contact_erase(id, keep_letters).await
}

/// Restricts a customer, or lifts it.
#[tauri::command]
pub async fn contact_restrict(session: State<'_, Session>, id: i64, restricted: bool) -> ApiResult<()> {
    session.api().await?.contact_restrict(id, restricted).await
}

/// The record of processing and the log.
#[tauri::command]
pub async fn protection(session: State<'_, Session>) -> ApiResult<ProtectionView> {
    session.api().await?.protection().await
}

/// Writes the record of processing.
#[tauri::command]
pub async fn protection_record_save(
    session: State<'_, Session>,
    picked: State<'_, Picked>,
    file: String,
) -> ApiResult<String> {
    let file = picked.check(&file)?;
    session.api().await?.protection_record_save(file).await
}
