//! Whether the window is really drawn. A graphics driver that WebKit does not get on with leaves the window white or ends
//! the process behind it, and a person sees nothing that could be clicked. So the page says when its first frame is
//! there; if none comes, the program starts once more with safe graphics, which ask nothing of the driver. A page whose
//! process ended is loaded again: drafts are in the database by then, and the engine has not noticed.
//!
//! The page is drawn by the processor from the start (decision 0707); safe graphics beyond that keep WebKit from asking
//! the driver for anything at all. Not here: Windows and macOS, whose web views look after themselves.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tauri::{AppHandle, Manager, Runtime, WebviewWindow};

use crate::background;
use crate::session::Session;
use crate::window;
use crate::words::say;

/// A start without the graphics driver.
const SAFE: &str = "--safe-graphics";
/// What WebKit reads once, when it starts its processes.
const SWITCHES: [&str; 2] = ["WEBKIT_DISABLE_DMABUF_RENDERER", "WEBKIT_DISABLE_COMPOSITING_MODE"];
/// How often, and in which steps, the first frame is looked for: five seconds.
const LOOKS: u32 = 50;
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// A computer that is too busy to be judged is not waited for longer than this.
const BUSY_MAX: Duration = Duration::from_secs(15);
/// A page that ends more often than that within a minute is not loaded again and again.
const ENDS_MAX: usize = 3;
const ENDS_WITHIN: Duration = Duration::from_secs(60);

/// How far a page is.
#[derive(Debug, Clone, Copy, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// It runs and nobody sees it: minimised, or on another desktop. Frames are not drawn then.
    Hidden,
    /// Its first frame.
    Frame,
    /// The first frame with conversations.
    Inbox,
}

/// What is known of the window's drawing.
#[derive(Default)]
pub struct Drawing {
    begun: AtomicBool,
    /// The page that is waited for; an older one is waited for no longer.
    page: AtomicU64,
    again: AtomicBool,
    ends: Mutex<VecDeque<Instant>>,
}

impl Drawing {
    /// The page says how far it is.
    pub fn told(&self, step: Step) {
        tracing::info!(?step, "the page is drawn");
        self.begun.store(true, Ordering::Relaxed);
    }

    fn waits_for(&self, page: u64) -> bool {
        !self.begun.load(Ordering::Relaxed) && self.page.load(Ordering::Relaxed) == page
    }

    /// Whether the program shall start once more, with safe graphics.
    pub fn again(&self) -> bool {
        self.again.load(Ordering::Relaxed)
    }

    /// Notes that the page's process ended; true if that happens all the time.
    fn ended_too_often(&self, now: Instant) -> bool {
        let mut ends = self.ends.lock().unwrap_or_else(PoisonError::into_inner);
        ends.retain(|end| now.duration_since(*end) < ENDS_WITHIN);
        ends.push_back(now);
        ends.len() >= ENDS_MAX
    }
}

/// Asked for safe graphics but not started so: this process becomes one that is. Answers only if that fails.
///
/// # Errors
/// If the system does not start it.
pub fn start_safely_if_asked() -> anyhow::Result<()> {
    let asked = std::env::args().any(|word| word == SAFE);
    if asked && !is_safe() { start_safely(&[]) } else { Ok(()) }
}

/// This process becomes one with safe graphics, started with the same words but `without`.
///
/// # Errors
/// If the system does not start it.
#[cfg(target_os = "linux")]
pub fn start_safely(without: &[&str]) -> anyhow::Result<()> {
    use anyhow::Context;
    use std::os::unix::process::CommandExt;
    let program = std::env::current_exe().context("This program does not find itself")?;
    let left_out = |word: &OsString| word == SAFE || without.iter().any(|left| word == left);
    let words = std::env::args_os().skip(1).filter(|word| !left_out(word));
    let failed = Command::new(program).args(words).arg(SAFE).envs(SWITCHES.map(|name| (name, "1"))).exec();
    Err(failed).context("Theke cannot be started with safe graphics")
}

/// Elsewhere there is nothing to switch.
#[cfg(not(target_os = "linux"))]
pub fn start_safely(_without: &[&str]) -> anyhow::Result<()> {
    Ok(())
}

fn is_safe() -> bool {
    !cfg!(target_os = "linux") || SWITCHES.iter().all(|name| std::env::var_os(name).is_some())
}

/// Looks after a window that was just made.
pub fn watch<R: Runtime>(window: &WebviewWindow<R>) {
    let app = window.app_handle().clone();
    if cfg!(target_os = "linux") {
        expect_a_frame(&app);
        #[cfg(target_os = "linux")]
        draw_without_driver(window);
        #[cfg(target_os = "linux")]
        hear_of_its_end(window, app);
    }
}

fn expect_a_frame<R: Runtime>(app: &AppHandle<R>) {
    let drawing = app.state::<Drawing>();
    drawing.begun.store(false, Ordering::Relaxed);
    let page = drawing.page.fetch_add(1, Ordering::Relaxed) + 1;
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let (mut looks, made) = (0, Instant::now());
        while looks < LOOKS {
            tokio::time::sleep(LOOK_EVERY).await;
            looks += u32::from(!is_busy() || made.elapsed() > BUSY_MAX);
            // The window's own thread is asked each time: what holds it up is not the driver.
            let (tell, told) = tokio::sync::oneshot::channel();
            let asked = app.run_on_main_thread(move || {
                let _nobody_waits = tell.send(());
            });
            if asked.is_err() || told.await.is_err() || !app.state::<Drawing>().waits_for(page) {
                return;
            }
        }
        let Some(window) = app.get_webview_window(window::LABEL) else { return };
        let seen = window.is_visible().unwrap_or(true) && !window.is_minimized().unwrap_or(false);
        if seen {
            begin_again(&app, &window);
        }
    });
}

/// Whether the computer has far more to do than it can: then a frame that does not come says nothing.
fn is_busy() -> bool {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load: f64 = text.split(' ').next().and_then(|first| first.parse().ok()).unwrap_or(0.0);
    let cores =
        std::thread::available_parallelism().map_or(1, |cores| u32::try_from(cores.get()).unwrap_or(1));
    load > 2.0 * f64::from(cores)
}

/// Ends this program in order and lets it start with safe graphics, unless it did already.
fn begin_again<R: Runtime>(app: &AppHandle<R>, window: &WebviewWindow<R>) {
    if is_safe() {
        tracing::warn!("no frame of the window is drawn, although the graphics driver is not used");
        return;
    }
    tracing::warn!("no frame of the window is drawn: starting again with safe graphics");
    app.state::<Drawing>().again.store(true, Ordering::Relaxed);
    #[cfg(target_os = "linux")]
    if let Err(error) = window.with_webview(|view| {
        // It may hang in the driver, and would not notice that its window is gone.
        webkit2gtk::WebViewExt::terminate_web_process(&view.inner());
    }) {
        tracing::debug!(%error, "the page's process is left to itself");
    }
    #[cfg(not(target_os = "linux"))]
    let _ = window;
    app.exit(0);
}

/// Loads the page again when its process has ended.
/// The page is text and lines: the processor draws that at once, and a context of the graphics driver costs more memory
/// than all of the page, in two processes.
#[cfg(target_os = "linux")]
fn draw_without_driver<R: Runtime>(window: &WebviewWindow<R>) {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};
    let set = window.with_webview(|view| {
        if let Some(settings) = view.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    });
    if let Err(error) = set {
        tracing::debug!(%error, "the page is drawn as the system would have it");
    }
}

#[cfg(target_os = "linux")]
fn hear_of_its_end<R: Runtime>(window: &WebviewWindow<R>, app: AppHandle<R>) {
    use webkit2gtk::{WebProcessTerminationReason, WebViewExt};
    let heard = window.with_webview(move |view| {
        view.inner().connect_web_process_terminated(move |view, reason| {
            if reason == WebProcessTerminationReason::TerminatedByApi {
                return;
            }
            tracing::warn!(?reason, "the page's process ended");
            if app.state::<Drawing>().ended_too_often(Instant::now()) {
                give_up(&app);
            } else {
                view.reload();
                expect_a_frame(&app);
            }
        });
    });
    if let Err(error) = heard {
        tracing::debug!(%error, "nobody will hear of the end of the page's process");
    }
}

/// The page ends again and again: safe graphics may help; if they are on already, a person is told.
#[cfg(target_os = "linux")]
fn give_up<R: Runtime>(app: &AppHandle<R>) {
    use tauri_plugin_dialog::DialogExt;
    if let Some(window) = app.get_webview_window(window::LABEL).filter(|_| !is_safe()) {
        return begin_again(app, &window);
    }
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let settings = match app.state::<Session>().opened_api().await {
            Ok(api) => api.settings_get(None).await.unwrap_or_default(),
            Err(_) => std::collections::BTreeMap::default(),
        };
        let language = background::language(&settings);
        let message = say(&language, "shell_page_ended", &[]);
        app.dialog().message(message).title("Theke").show(|_closed| {});
    });
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::Drawing;

    #[test]
    fn a_page_that_ends_all_the_time_is_told_from_one_that_ended_twice() {
        let drawing = Drawing::default();
        let start = Instant::now();
        let ends = [0, 10, 75, 80, 90].map(|secs| drawing.ended_too_often(start + Duration::from_secs(secs)));
        assert_eq!(ends, [false, false, false, false, true], "three within a minute, counted anew each time");
    }
}
