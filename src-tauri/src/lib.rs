//! The desktop shell: one window over `engine::api`.
//!
//! [`session`] holds the opened profile and the running engine; [`commands`] are one-line adapters that the window
//! calls; [`bridge`] carries the engine's events to it and [`notify`] to the desktop; [`window`] makes the window
//! and keeps it on our own pages.
//!
//! Not here: a decision about customers, channels or messages. What the window may do at all is
//! `capabilities/main.json`; what its pages may load is the policy in `tauri.conf.json`.

mod bridge;
mod commands;
mod notify;
mod picked;
mod session;
mod window;

use anyhow::Context;
use tauri::Manager;

use session::Session;

/// Runs the program until its window is closed.
///
/// # Errors
/// If there is no data folder, or the window system cannot be reached.
pub fn run() -> anyhow::Result<()> {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("THEKE_LOG").unwrap_or_else(|_| "warn".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    let session = Session::new()?;
    let single = tauri_plugin_single_instance::Builder::new()
        .callback(|app, _words, _folder| window::show(app))
        .dbus_id(session.bus_name())
        .build();
    let app = tauri::Builder::default()
        // First: a second start must end before anything of it touches the profile.
        .plugin(single)
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_window_state::Builder::new().with_state_flags(window::remembered()).build())
        .manage(session)
        .manage(picked::Picked::default())
        .invoke_handler(commands::handler())
        .setup(|app| {
            window::open(app.handle())?;
            tauri::async_runtime::spawn(end_when_asked(app.handle().clone()));
            Ok(())
        })
        .build(tauri::generate_context!())
        .context("The window cannot be opened")?;
    app.run(|app, event| {
        if let tauri::RunEvent::Exit = event {
            tauri::async_runtime::block_on(app.state::<Session>().close());
        }
    });
    Ok(())
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
