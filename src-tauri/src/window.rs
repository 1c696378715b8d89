//! The window: made here and not in the configuration, because only here can it be kept on our own pages. It opens
//! no other window, follows no link and loads nothing down; links of messages go through the command `link_open`.

use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, Runtime, Url, WebviewUrl, WebviewWindowBuilder};
use tauri_plugin_window_state::StateFlags;
use theke_engine::api::types::Event;

use crate::background::Background;
use crate::lock::Lock;
use crate::{bridge, graphics};

/// The only window, and the only one that has a capability.
pub const LABEL: &str = "main";

/// What is remembered of it. Not its visibility: a hidden window would never come back.
pub fn remembered() -> StateFlags {
    StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED
}

/// Opens the window. `place` is what the page shall show first, as the part of its address behind `#`.
pub fn open<R: Runtime>(app: &AppHandle<R>, place: Option<&str>) -> tauri::Result<()> {
    private_folder(app)?;
    let page =
        place.map_or_else(WebviewUrl::default, |place| WebviewUrl::App(format!("index.html#{place}").into()));
    let window = WebviewWindowBuilder::new(app, LABEL, page)
        .title(app.state::<Background>().title())
        .inner_size(1360.0, 860.0)
        .min_inner_size(640.0, 480.0)
        .prevent_overflow()
        .background_color(tauri::window::Color(0xF7, 0xF8, 0xFA, 0xFF))
        .on_navigation(is_ours)
        .on_new_window(|_url, _features| NewWindowResponse::Deny)
        .on_download(|_webview, _event| false)
        .build()?;
    graphics::watch(&window);
    Ok(())
}

/// Brings the window to the front, or makes it anew where it was closed: a second start, a click on the tray.
pub fn show<R: Runtime>(app: &AppHandle<R>) {
    show_or_open(app, None);
}

/// Shows a conversation, as a click on a notification asks; `reply` puts the cursor where the answer is written.
pub fn show_conversation<R: Runtime>(app: &AppHandle<R>, conversation_id: i64, reply: bool) {
    if app.state::<Lock>().is_locked() {
        app.state::<Lock>().want(conversation_id, reply);
        return show(app);
    }
    let place = format!("conversation={conversation_id}{}", if reply { "&reply" } else { "" });
    if show_or_open(app, Some(&place)) {
        bridge::tell(app, &Event::OpenConversation { conversation_id, reply });
    }
}

/// True if there was a window.
fn show_or_open<R: Runtime>(app: &AppHandle<R>, place: Option<&str>) -> bool {
    let Some(window) = app.get_webview_window(LABEL) else {
        if let Err(error) = open(app, place) {
            tracing::error!(%error, "the window cannot be opened");
        }
        return false;
    };
    for done in [window.unminimize(), window.show(), window.set_focus()] {
        if let Err(error) = done {
            tracing::debug!(%error, "the window system did not bring the window to the front");
        }
    }
    true
}

/// Our own pages, in all the forms that platforms give them, and the empty document of a message frame.
fn is_ours(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => true,
        "about" => matches!(url.path(), "blank" | "srcdoc"),
        "http" | "https" => {
            url.host_str() == Some("tauri.localhost")
                || (tauri::is_dev() && url.host_str() == Some("127.0.0.1") && url.port() == Some(5173))
        }
        _ => false,
    }
}

/// Other users of the computer shall not even read how wide the panes are.
fn private_folder<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let folder = app.path().app_local_data_dir()?;
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn only_our_own_pages_are_gone_to() {
        for (url, expect) in [
            ("tauri://localhost/", true),
            ("http://tauri.localhost/index.html", true),
            ("about:blank", true),
            ("about:srcdoc", true),
            ("https://shop.example/", false),
            ("https://tauri.localhost.shop.example/", false),
            ("file:///etc/passwd", false),
            ("data:text/html,x", false),
            ("javascript:void 0", false),
            ("mailto:anna@shop.example", false),
        ] {
            assert_eq!(is_ours(&url.parse().unwrap()), expect, "{url}");
        }
    }
}
