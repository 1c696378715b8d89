//! The desktop shell: one window over `engine::api`.
//!
//! [`session`] holds the opened profile and the running engine; [`commands`] are one-line adapters that the window
//! calls; [`bridge`] carries the engine's events to it and [`notify`] to the desktop; [`window`] makes the window
//! and keeps it on our own pages; [`dropped`] takes the files that are dragged onto it, [`clipboard`] the picture that
//! is pasted; [`background`] goes on without one, in the [`tray`]; [`graphics`] sees to it that the window is really
//! drawn; [`practice`] starts the practice shop beside the shop; [`lock`] keeps everything from whoever does not open it.
//!
//! Not here: a decision about customers, channels or messages. What the window may do at all is
//! `capabilities/main.json`; what its pages may load is the policy in `tauri.conf.json`.

mod background;
#[cfg(test)]
mod barrage;
mod bridge;
mod clipboard;
mod commands;
mod dropped;
mod graphics;
mod lock;
#[cfg(test)]
mod locked;
mod notify;
mod picked;
mod practice;
#[cfg(test)]
mod restored;
mod session;
mod system_lock;
mod told;
mod tray;
mod window;
mod words;

use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use tauri::{Manager, RunEvent};

use session::Session;

/// A start without a window: with the computer.
const HIDDEN: &str = "--hidden";
/// The practice shop in the place of the real one.
const PRACTICE: &str = "--practice";
/// How long the end waits for blocking calls that nobody asks for any more.
const CLOSING_MAX: Duration = Duration::from_secs(3);

/// Runs the program until its window is closed; answers what it ends with.
///
/// # Errors
/// If there is no data folder, or the window system cannot be reached.
pub fn run() -> anyhow::Result<ExitCode> {
    if let Some(code) = theke_engine::pdf::asked() {
        return Ok(code);
    }
    graphics::start_safely_if_asked()?;
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("THEKE_LOG").unwrap_or_else(|_| "warn".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("The system gives no threads. Close other programs and start Theke again")?;
    tauri::async_runtime::set(runtime.handle().clone());
    let (code, again) = show()?;
    // The database is closed before the process ends: its cryptography is torn down at exit, and a thread that still
    // uses it then would crash. So the threads are ours and not Tauri's, which never end.
    runtime.shutdown_timeout(CLOSING_MAX);
    if again {
        // A person was at the window that was not drawn.
        graphics::start_safely(&[HIDDEN])?;
    }
    Ok(u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Opens the window and runs until the program shall end. Answers what it ends with, and whether it shall start once
/// more with safe graphics.
fn show() -> anyhow::Result<(i32, bool)> {
    let session = Session::new(std::env::args().any(|word| word == PRACTICE))?;
    let single = tauri_plugin_single_instance::Builder::new()
        .callback(|app, words, _folder| {
            if !words.iter().any(|word| word == HIDDEN) {
                window::show(app);
            }
        })
        .dbus_id(session.bus_name())
        .build();
    let app = tauri::Builder::default()
        // First: a second start must end before anything of it touches the profile.
        .plugin(single)
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_window_state::Builder::new().with_state_flags(window::remembered()).build())
        .plugin(tauri_plugin_autostart::Builder::new().arg(HIDDEN).build())
        .manage(background::Background::default())
        .manage(lock::Lock::of(&session))
        .manage(session)
        .manage(notify::Shown::default())
        .manage(picked::Picked::default())
        .manage(graphics::Drawing::default())
        .on_window_event(dropped::hear)
        .invoke_handler(commands::handler())
        .setup(|app| {
            if std::env::args().any(|word| word == HIDDEN) {
                tauri::async_runtime::spawn(background::start_hidden(app.handle().clone()));
            } else {
                window::open(app.handle(), None)?;
                tauri::async_runtime::spawn(session::open_ahead(app.handle().clone()));
            }
            tauri::async_runtime::spawn(end_when_asked(app.handle().clone()));
            Ok(())
        })
        .build(context())
        .context("The window cannot be opened")?;
    let handle = app.handle().clone();
    let code = app.run_return(|app, event| match event {
        // The last window was closed. Ending in any other way carries a code.
        RunEvent::ExitRequested { code: None, api, .. } if background::stays(app) => api.prevent_exit(),
        RunEvent::Exit => tauri::async_runtime::block_on(app.state::<Session>().close()),
        _ => {}
    });
    Ok((code, handle.state::<graphics::Drawing>().again()))
}

/// Configuration, front end and capabilities, built in.
fn context<R: tauri::Runtime>() -> tauri::Context<R> {
    tauri::generate_context!()
}

/// A log-out and a `kill` end the program as closing its window does: what is being stored or sent comes to its end.
#[cfg(unix)]
async fn end_when_asked(app: tauri::AppHandle) {
    let Ok(mut asked) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
        return;
    };
    asked.recv().await;
    app.exit(0);
}

#[cfg(not(unix))]
async fn end_when_asked(_app: tauri::AppHandle) {}
