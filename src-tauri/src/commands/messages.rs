//! One message: text, frame, source, attachments, links. What is opened goes to the system's own program.

use tauri::State;
use theke_engine::api::types::{MessageView, PreviewView};
use theke_engine::api::{ApiError, ApiResult, Code};

use crate::picked::Picked;
use crate::session::Session;

/// The only schemes that leave the program.
const OPENED: [&str; 4] = ["https:", "http:", "mailto:", "tel:"];

/// One message.
#[tauri::command]
pub async fn message(session: State<'_, Session>, id: i64) -> ApiResult<MessageView> {
    session.api().await?.message(id).await
}

/// The document for the message's frame.
#[tauri::command]
pub async fn message_frame(session: State<'_, Session>, id: i64, pictures: bool) -> ApiResult<String> {
    session.api().await?.message_frame(id, pictures).await
}

/// The message as it was fetched.
#[tauri::command]
pub async fn message_source(session: State<'_, Session>, id: i64) -> ApiResult<String> {
    session.api().await?.message_source(id).await
}

/// Opens an attachment in the system's own program. The window has warned before where it is risky.
#[tauri::command]
pub async fn attachment_open(session: State<'_, Session>, id: i64) -> ApiResult<String> {
    let path = session.api().await?.attachment_open(id).await?;
    open_outside(path.clone()).await?;
    Ok(path)
}

/// What can be seen of an attachment without another program.
#[tauri::command]
pub async fn attachment_preview(session: State<'_, Session>, id: i64) -> ApiResult<PreviewView> {
    session.api().await?.attachment_preview(id).await
}

/// Saves an attachment in a folder that the person chose.
#[tauri::command]
pub async fn attachment_save(
    session: State<'_, Session>,
    picked: State<'_, Picked>,
    id: i64,
    dir: String,
) -> ApiResult<String> {
    picked.check(&dir)?;
    session.api().await?.attachment_save(id, &dir).await
}

/// Opens a link that really stands in this message.
#[tauri::command]
pub async fn link_open(session: State<'_, Session>, message_id: i64, href: String) -> ApiResult<()> {
    let message = session.api().await?.message(message_id).await?;
    let stands_there = message.links.iter().chain(&message.text_links).any(|link| link.href == href);
    if !stands_there || !may_leave(&href) {
        return Err(ApiError::new(
            Code::NotFound,
            "This link is not in the message any more. Open it once more.",
        ));
    }
    open_outside(href).await
}

fn may_leave(href: &str) -> bool {
    let href = href.to_ascii_lowercase();
    OPENED.iter().any(|scheme| href.starts_with(scheme))
}

/// The system's opener may take its time to start.
async fn open_outside(what: String) -> ApiResult<()> {
    let opened = tokio::task::spawn_blocking(move || open::that_detached(what)).await;
    if matches!(opened, Ok(Ok(()))) {
        return Ok(());
    }
    Err(ApiError::new(
        Code::Internal,
        "This computer has no program that opens this. Save it and open it by hand.",
    ))
}

#[cfg(test)]
mod tests {
    use super::may_leave;

    #[test]
    fn only_four_schemes_leave_the_program() {
        for href in
            ["https://shop.example", "HTTP://shop.example", "mailto:anna@shop.example", "tel:+49301234567"]
        {
            assert!(may_leave(href), "{href}");
        }
        for href in
            ["file:///etc/passwd", "javascript:alert(1)", "smb://x", "/usr/bin/x", "data:text/html,x", ""]
        {
            assert!(!may_leave(href), "{href}");
        }
    }
}
