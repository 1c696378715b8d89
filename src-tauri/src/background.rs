//! The program without its window: it stays in the tray when the window is closed, rests for an hour, starts with the
//! computer, and says in tray and title how many messages are unread.
//!
//! The window and its web view are really gone meanwhile, which frees most of the memory; the engine in
//! [`crate::session`] does not notice. Not here: the tray's drawing ([`crate::tray`]), notifications.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_autostart::AutoLaunchManager;
use theke_engine::api::types::Event;
use theke_engine::api::{Api, KeySource};
use tokio::sync::Notify;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};

use crate::lock::Lock;
use crate::session::Session;
use crate::tray::{self, Face};
use crate::words::say;
use crate::{bridge, notify, window};

/// How long a pause from the tray lasts.
pub const PAUSE: Duration = Duration::from_secs(3600);
/// A number in the tray need not change more often.
const MOMENT: Duration = Duration::from_millis(300);
/// How often the end of a pause, and a tray that came late, are looked for: whatever else happens meanwhile.
const LOOK_EVERY: Duration = Duration::from_secs(10);
/// At log-in the tray may come up after us.
const TRAY_COMES_WITHIN_SECS: u32 = 30;

/// What is remembered between the window's lives.
#[derive(Default)]
pub struct Background {
    keeps_running: AtomicBool,
    look_again: Notify,
    title: Mutex<String>,
}

impl Background {
    /// Something changed of which no event of the engine tells: a pause.
    pub fn look_again(&self) {
        self.look_again.notify_one();
    }

    /// The window's title.
    pub fn title(&self) -> String {
        let title = self.title.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if title.is_empty() { "Theke".to_owned() } else { title }
    }
}

/// Shows the window, as a click on the tray asks.
pub fn open<R: Runtime>(app: &AppHandle<R>) {
    window::show(app);
}

/// Fetches and sends nothing for a while, or goes on with `None`.
pub fn pause<R: Runtime>(app: &AppHandle<R>, length: Option<Duration>) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let until = length.and_then(|length| SystemTime::now().checked_add(length));
        app.state::<Session>().pause(until).await;
        paused_changed(&app);
    });
}

/// Lets the shop's rules act, or not: the one switch, in reach without the window.
pub fn automate<R: Runtime>(app: &AppHandle<R>, on: bool) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let Ok(api) = app.state::<Session>().opened_api().await else { return };
        if let Err(error) = api.automation(Some(on)).await {
            tracing::warn!(code = ?error.code, "automation could not be switched");
        }
        app.state::<Background>().look_again();
    });
}

fn paused_changed<R: Runtime>(app: &AppHandle<R>) {
    app.state::<Background>().look_again();
    bridge::tell(app, &Event::PausedChanged {});
}

/// Whether the program goes on although its last window was closed. Without a tray it could not be found again.
pub fn stays<R: Runtime>(app: &AppHandle<R>) -> bool {
    let stays = app.state::<Background>().keeps_running.load(Ordering::Relaxed) && tray::is_shown(app);
    if stays {
        tauri::async_runtime::spawn(say_once(app.clone()));
    }
    stays
}

/// The first time it is said that the program goes on, and where the switch is.
async fn say_once<R: Runtime>(app: AppHandle<R>) {
    let Ok(api) = app.state::<Session>().opened_api().await else { return };
    let settings = api.settings_get(None).await.unwrap_or_default();
    if is_on(&settings, "background.told") {
        return;
    }
    let language = language(&settings);
    notify::plain(&say(&language, "shell_stays_title", &[]), &say(&language, "shell_stays", &[])).await;
    if let Err(error) = api.settings_set("background.told", "true").await {
        tracing::warn!(code = ?error.code, "that it was said could not be kept");
    }
}

/// A start with the computer: no window, unless a person is needed or there is no tray to come back from.
pub async fn start_hidden<R: Runtime>(app: AppHandle<R>) {
    let opened = app.state::<Session>().open(app.clone(), KeySource::Auto).await;
    for _ in 0..TRAY_COMES_WITHIN_SECS {
        if opened.is_err() {
            break;
        }
        if tray::desktop_has_one().await {
            return;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    window::show(&app);
}

/// Keeps tray, title and autostart as they should be, for ever.
pub async fn keep<R: Runtime>(app: AppHandle<R>, api: Api, mut events: Receiver<Event>) {
    let mut has_tray = tray::desktop_has_one().await;
    let (mut shown, mut autostart) = (None, None);
    let mut look = tokio::time::interval(LOOK_EVERY);
    look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        let settings = api.settings_get(None).await.unwrap_or_default();
        let background = app.state::<Background>();
        background.keeps_running.store(is_on(&settings, "background.keep_running"), Ordering::Relaxed);
        let wanted = is_on(&settings, "background.autostart");
        if autostart.replace(wanted).is_some_and(|before| before != wanted) {
            set_autostart(&app, wanted).await;
        }
        let face = face(&app, &api, &settings).await;
        if shown.as_ref() != Some(&(face.clone(), has_tray)) {
            show(&app, face.clone(), has_tray);
            shown = Some((face, has_tray));
        }
        tokio::select! {
            event = events.recv() => if matches!(event, Err(RecvError::Closed)) { return },
            () = background.look_again.notified() => {}
            _ = look.tick() => {
                has_tray = has_tray || tray::desktop_has_one().await;
                if app.state::<Session>().resume_if_due().await {
                    bridge::tell(&app, &Event::PausedChanged {});
                }
                continue;
            }
        }
        tokio::time::sleep(MOMENT).await;
        while matches!(events.try_recv(), Ok(_) | Err(TryRecvError::Lagged(_))) {}
    }
}

async fn face<R: Runtime>(app: &AppHandle<R>, api: &Api, settings: &BTreeMap<String, String>) -> Face {
    let session = app.state::<Session>();
    let until = session.paused_until().await.and_then(|until| jiff::Timestamp::try_from(until).ok());
    let local =
        |time: jiff::Timestamp| time.to_zoned(jiff::tz::TimeZone::system()).strftime("%H:%M").to_string();
    // Locked, title and tray do not even say how much there is.
    let locked = app.state::<Lock>().is_locked();
    let unread = if locked { 0 } else { api.overview().await.map_or(0, |numbers| numbers.unread) };
    let rules = if locked { None } else { api.automation(None).await.ok() };
    let rules = rules.filter(|rules| rules.rules_on > 0);
    Face {
        language: language(settings),
        unread,
        paused_until: until.map(local),
        practice: session.is_practice(),
        automation: rules.map(|rules| rules.on),
    }
}

fn show<R: Runtime>(app: &AppHandle<R>, face: Face, has_tray: bool) {
    let title = face.title();
    title.clone_into(&mut app.state::<Background>().title.lock().unwrap_or_else(PoisonError::into_inner));
    let handle = app.clone();
    let drawn = app.run_on_main_thread(move || {
        if let Some(window) = handle.get_webview_window(window::LABEL)
            && let Err(error) = window.set_title(&title)
        {
            tracing::debug!(%error, "the window did not take its title");
        }
        if !has_tray {
            return;
        }
        // The system's library for trays is looked for when it is first used, and missing it is a panic.
        let drawn = std::panic::catch_unwind(AssertUnwindSafe(|| tray::draw(&handle, &face)));
        if !matches!(drawn, Ok(Ok(()))) {
            tracing::warn!("this desktop's tray cannot be used; closing the window ends the program");
        }
    });
    if let Err(error) = drawn {
        tracing::debug!(%error, "the window system is gone");
    }
}

/// Starts with the computer, or not. The practice shop never does.
async fn set_autostart<R: Runtime>(app: &AppHandle<R>, on: bool) {
    if app.state::<Session>().is_practice() {
        return;
    }
    let app = app.clone();
    let done = tokio::task::spawn_blocking(move || {
        let Some(autostart) = app.try_state::<AutoLaunchManager>() else { return Ok(()) };
        if on { autostart.enable() } else { autostart.disable() }
    });
    if !matches!(done.await, Ok(Ok(()))) {
        tracing::warn!("the system did not take that Theke starts with the computer");
    }
}

fn is_on(settings: &BTreeMap<String, String>, key: &str) -> bool {
    settings.get(key).is_some_and(|value| value == "true")
}

/// Of the sentences that the shell says by itself.
pub fn language(settings: &BTreeMap<String, String>) -> String {
    settings.get("shop.language").cloned().unwrap_or_else(|| "de".to_owned())
}
