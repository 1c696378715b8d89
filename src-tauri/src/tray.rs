//! The tray: the program's place while it has no window. What it shows is a [`Face`]; what is clicked goes to
//! [`crate::background`].
//!
//! Only where the desktop has a tray: on Linux somebody must watch for tray icons on the session bus. Without one the
//! icon would stand nowhere, and a program without a window could not be found again. Not here: what the entries do.

use tauri::menu::{Menu, MenuEvent, MenuItem, PredefinedMenuItem};
use tauri::tray::{MouseButton, MouseButtonState, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Runtime};

use crate::background;
use crate::words::say;

const ID: &str = "theke";

/// What the tray and the window's title show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// Of the sentences.
    pub language: String,
    /// Unread messages.
    pub unread: u64,
    /// Until when nothing is fetched or sent, as local `HH:MM`.
    pub paused_until: Option<String>,
    /// The practice shop.
    pub practice: bool,
    /// Whether the shop's rules act; `None` where there are none, or nothing is to be told.
    pub automation: Option<bool>,
}

impl Face {
    /// `Theke (3)`: also what a screen reader says of the tray.
    pub fn title(&self) -> String {
        let name = if self.practice { self.say("shell_title_practice", &[]) } else { "Theke".to_owned() };
        if self.unread == 0 { name } else { format!("{name} ({})", self.unread) }
    }

    fn tooltip(&self) -> String {
        let more = match &self.paused_until {
            Some(until) => self.say("shell_paused_until", &[("time", until)]),
            None if self.unread > 0 => self.say("shell_unread", &[("count", &self.unread.to_string())]),
            None => return self.title(),
        };
        format!("Theke: {more}")
    }

    fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        say(&self.language, key, values)
    }
}

/// Whether the tray is shown.
pub fn is_shown<R: Runtime>(app: &AppHandle<R>) -> bool {
    app.tray_by_id(ID).is_some()
}

/// Shows the tray, or changes what it shows. On the window system's own thread.
///
/// # Errors
/// The window system's.
pub fn draw<R: Runtime>(app: &AppHandle<R>, face: &Face) -> tauri::Result<()> {
    let menu = menu(app, face)?;
    let badge = (face.unread > 0).then(|| face.unread.to_string());
    let Some(tray) = app.tray_by_id(ID) else {
        let mut builder = TrayIconBuilder::with_id(ID)
            .tooltip(face.tooltip())
            .menu(&menu)
            .show_menu_on_left_click(false)
            .on_menu_event(chosen)
            .on_tray_icon_event(|tray, event| {
                let clicked = matches!(
                    event,
                    TrayIconEvent::Click {
                        button: MouseButton::Left,
                        button_state: MouseButtonState::Up,
                        ..
                    }
                );
                if clicked {
                    background::open(tray.app_handle());
                }
            });
        if let Some(icon) = app.default_window_icon() {
            builder = builder.icon(icon.clone());
        }
        if let Some(badge) = badge {
            builder = builder.title(badge);
        }
        builder.build(app)?;
        return Ok(());
    };
    tray.set_menu(Some(menu))?;
    tray.set_title(badge)?;
    tray.set_tooltip(Some(face.tooltip()))
}

fn menu<R: Runtime>(app: &AppHandle<R>, face: &Face) -> tauri::Result<Menu<R>> {
    let item = |id: &str, text: String| MenuItem::with_id(app, id, text, true, None::<&str>);
    // On Linux a tray has no tooltip: the number stands in the menu.
    let mut open = face.say("shell_open", &[]);
    if face.unread > 0 {
        open = format!("{open} ({})", face.say("shell_unread", &[("count", &face.unread.to_string())]));
    }
    let pause = match &face.paused_until {
        Some(until) => item("resume", face.say("shell_resume", &[("time", until)]))?,
        None => item("pause", face.say("shell_pause", &[]))?,
    };
    let line = PredefinedMenuItem::separator(app)?;
    let (open, quit) = (item("open", open)?, item("quit", face.say("shell_quit", &[]))?);
    let automation = match face.automation {
        Some(true) => item("automation_off", face.say("shell_automation_off", &[]))?,
        Some(false) => item("automation_on", face.say("shell_automation_on", &[]))?,
        None => return Menu::with_items(app, &[&open, &pause, &line, &quit]),
    };
    Menu::with_items(app, &[&open, &pause, &automation, &line, &quit])
}

fn chosen<R: Runtime>(app: &AppHandle<R>, event: MenuEvent) {
    match event.id().as_ref() {
        "open" => background::open(app),
        "pause" => background::pause(app, Some(background::PAUSE)),
        "resume" => background::pause(app, None),
        "automation_off" => background::automate(app, false),
        "automation_on" => background::automate(app, true),
        "quit" => app.exit(0),
        _ => {}
    }
}

/// Whether somebody on this desktop shows tray icons.
#[cfg(all(unix, not(target_os = "macos")))]
pub async fn desktop_has_one() -> bool {
    let ask = async {
        let bus = zbus::Connection::session().await?;
        let watcher = "org.kde.StatusNotifierWatcher";
        let asked = bus
            .call_method(
                Some(watcher),
                "/StatusNotifierWatcher",
                Some("org.freedesktop.DBus.Properties"),
                "Get",
                &(watcher, "IsStatusNotifierHostRegistered"),
            )
            .await?;
        let body = asked.body();
        let answer: zbus::Variant<'_> = body.deserialize()?;
        Ok::<_, zbus::Error>(bool::try_from(answer).unwrap_or(false))
    };
    matches!(tokio::time::timeout(std::time::Duration::from_secs(2), ask).await, Ok(Ok(true)))
}

/// Windows and macOS always have one.
#[cfg(not(all(unix, not(target_os = "macos"))))]
pub async fn desktop_has_one() -> bool {
    true
}
