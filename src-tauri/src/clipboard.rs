//! The picture in the clipboard. WebKit's GTK port tells the page that something is pasted and hands it no picture, so the
//! program takes it. The page never sees the bytes: they become a file of what is being written, where a person sees them.
//!
//! Not here: text, which the page gets by itself; Windows and macOS, whose web views hand pictures over.

use tauri::{AppHandle, Runtime};

/// The clipboard's picture as PNG; `None` if it holds none.
#[cfg(target_os = "linux")]
pub async fn picture<R: Runtime>(app: &AppHandle<R>) -> Option<Vec<u8>> {
    let (give, given) = tokio::sync::oneshot::channel();
    let asked = app.run_on_main_thread(move || {
        // Answered later: another program has the picture, and may take its time.
        gtk::Clipboard::get(&gtk::gdk::SELECTION_CLIPBOARD).request_image(move |_clipboard, picture| {
            let png = picture.and_then(|picture| picture.save_to_bufferv("png", &[]).ok());
            let _nobody_waits = give.send(png);
        });
    });
    asked.ok()?;
    given.await.ok().flatten()
}

/// There the page has it already.
#[cfg(not(target_os = "linux"))]
pub async fn picture<R: Runtime>(_app: &AppHandle<R>) -> Option<Vec<u8>> {
    None
}
