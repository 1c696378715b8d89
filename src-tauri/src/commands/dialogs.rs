//! The system's own dialogs for files. Opened here and not by the page, so that the page needs no permission for
//! them; what was chosen is remembered in [`Picked`], and only that can be named afterwards.

use serde::Serialize;
use tauri::{AppHandle, Runtime, State};
use tauri_plugin_dialog::{DialogExt, FilePath};
use theke_engine::api::ApiResult;
use tokio::sync::oneshot;

use crate::picked::Picked;

/// A file that the person chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PickedFile {
    /// Where it lies.
    path: String,
    /// Its name alone.
    name: String,
    /// Bytes.
    size: u64,
    /// Empty: the engine knows it by the name.
    mime_type: String,
}

/// Files to attach; none if the person cancels.
#[tauri::command]
pub async fn pick_files<R: Runtime>(
    app: AppHandle<R>,
    picked: State<'_, Picked>,
) -> ApiResult<Vec<PickedFile>> {
    let (answer, answered) = oneshot::channel();
    app.dialog().file().pick_files(|files| drop(answer.send(files)));
    let chosen = answered.await.ok().flatten().unwrap_or_default();
    let mut files = Vec::new();
    for path in chosen.into_iter().filter_map(|file| file.into_path().ok()) {
        let Ok(metadata) = tokio::fs::metadata(&path).await else { continue };
        let Some(shown) = picked.remember(path.clone()) else { continue };
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        files.push(PickedFile { path: shown, name, size: metadata.len(), mime_type: String::new() });
    }
    Ok(files)
}

/// A folder to save in.
#[tauri::command]
pub async fn pick_folder<R: Runtime>(
    app: AppHandle<R>,
    picked: State<'_, Picked>,
) -> ApiResult<Option<String>> {
    let (answer, answered) = oneshot::channel();
    app.dialog().file().pick_folder(|folder| drop(answer.send(folder)));
    Ok(chosen(&picked, answered).await)
}

/// A file to write, with a proposed name.
#[tauri::command]
pub async fn pick_save<R: Runtime>(
    app: AppHandle<R>,
    picked: State<'_, Picked>,
    name: String,
) -> ApiResult<Option<String>> {
    let (answer, answered) = oneshot::channel();
    app.dialog().file().set_file_name(name).save_file(|file| drop(answer.send(file)));
    Ok(chosen(&picked, answered).await)
}

/// One file to read.
#[tauri::command]
pub async fn pick_open<R: Runtime>(
    app: AppHandle<R>,
    picked: State<'_, Picked>,
) -> ApiResult<Option<String>> {
    let (answer, answered) = oneshot::channel();
    app.dialog().file().pick_file(|file| drop(answer.send(file)));
    Ok(chosen(&picked, answered).await)
}

async fn chosen(picked: &Picked, answered: oneshot::Receiver<Option<FilePath>>) -> Option<String> {
    picked.remember(answered.await.ok().flatten()?.into_path().ok()?)
}
