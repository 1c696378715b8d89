//! The lock of the window: at a shared computer nothing of the shop's is seen until somebody opens it. The engine goes on.
//!
//! Locked, the window gets no event and no command is answered but those in [`OPEN`]; hiding by the page alone would leave
//! everything one question away. Title, tray and notifications say nothing. It locks by hand, after some time without a
//! person, and with the system's own lock. Not here: what opens it (`engine::api`), how it is drawn (the page).

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use tauri::{AppHandle, Manager, Runtime};
use theke_engine::api::types::{Event, LockView};
use theke_engine::api::{Api, ApiError, ApiResult, Code};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;
use tokio::time::MissedTickBehavior;

use crate::background::Background;
use crate::session::Session;
use crate::{bridge, notify, system_lock, window};

/// What a locked window may ask: how far the profile is, and to be opened. And it may say that it was drawn.
const OPEN: &[&str] = &["profile_status", "profile_open", "lock_state", "lock", "unlock", "drawn"];
/// How often it is looked whether somebody is still there.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Whether the window is locked, and when somebody was last at it.
pub struct Lock {
    /// Shared with the session, which refuses what was asked before and is answered after.
    locked: Arc<AtomicBool>,
    /// By both clocks: one stands still while the computer sleeps, the other can be set.
    touched: Mutex<(Instant, SystemTime)>,
    /// The conversation that a click on a notification asked for meanwhile, and whether to answer it.
    wanted: Mutex<Option<(i64, bool)>>,
}

impl Lock {
    /// The lock of this session's window.
    pub fn of(session: &Session) -> Self {
        Self {
            locked: session.locked(),
            touched: Mutex::new((Instant::now(), SystemTime::now())),
            wanted: Mutex::default(),
        }
    }

    /// Whether it is locked.
    pub fn is_locked(&self) -> bool {
        self.locked.load(Ordering::SeqCst)
    }

    /// Refuses a command that a locked window may not ask.
    ///
    /// # Errors
    /// `Locked`.
    pub fn admit(&self, command: &str) -> ApiResult<()> {
        if !self.is_locked() || OPEN.contains(&command) {
            return Ok(());
        }
        Err(ApiError::new(Code::Locked, "Theke is locked. Open it first."))
    }

    /// Begins locked, as after a start for which nobody typed anything.
    pub fn begin_locked(&self) {
        self.locked.store(true, Ordering::SeqCst);
    }

    /// Somebody is there.
    pub fn touch(&self) {
        *self.touched.lock().unwrap_or_else(PoisonError::into_inner) = (Instant::now(), SystemTime::now());
    }

    /// Another database has the profile's place: what was asked for is a number of the old one.
    pub fn forget_wanted(&self) {
        *self.wanted.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Shown once it is open.
    pub fn want(&self, conversation: i64, reply: bool) {
        *self.wanted.lock().unwrap_or_else(PoisonError::into_inner) = Some((conversation, reply));
    }

    fn is_idle_for(&self, time: Duration) -> bool {
        let (ran, by_clock) = *self.touched.lock().unwrap_or_else(PoisonError::into_inner);
        is_idle(ran.elapsed(), by_clock.elapsed().ok(), time)
    }
}

/// Whether nobody was there for so long, by one of the two clocks. A wall clock that was set back says nothing.
fn is_idle(ran: Duration, by_clock: Option<Duration>, time: Duration) -> bool {
    ran >= time || by_clock.is_some_and(|elapsed| elapsed >= time)
}

/// How the lock is, for the window.
pub async fn state<R: Runtime>(app: &AppHandle<R>) -> LockView {
    let ways = match app.state::<Session>().opened_api().await {
        Ok(api) => api.lock_ways().await.unwrap_or_default(),
        Err(_) => LockView::default(),
    };
    LockView { locked: app.state::<Lock>().is_locked(), ..ways }
}

/// Locks the window, if there is something to open it with; says whether it is locked now.
pub async fn lock<R: Runtime>(app: &AppHandle<R>) -> ApiResult<bool> {
    let api = app.state::<Session>().opened_api().await?;
    lock_with(app, &api).await
}

async fn lock_with<R: Runtime>(app: &AppHandle<R>, api: &Api) -> ApiResult<bool> {
    let lock = app.state::<Lock>();
    if lock.is_locked() {
        return Ok(true);
    }
    // A disk that does not answer keeps nobody out: the recovery code opens it in any case.
    if api.lock_ways().await.is_ok_and(|ways| !ways.possible) {
        return Ok(false);
    }
    lock.locked.store(true, Ordering::SeqCst);
    bridge::tell(app, &Event::LockChanged { locked: true });
    app.state::<Background>().look_again();
    notify::withdraw(app).await;
    Ok(true)
}

/// Opens the window with what was typed.
pub async fn unlock<R: Runtime>(app: &AppHandle<R>, typed: &str) -> ApiResult<()> {
    let lock = app.state::<Lock>();
    app.state::<Session>().opened_api().await?.prove(typed).await?;
    lock.touch();
    lock.locked.store(false, Ordering::SeqCst);
    bridge::tell(app, &Event::LockChanged { locked: false });
    app.state::<Background>().look_again();
    let wanted = lock.wanted.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some((conversation, reply)) = wanted {
        window::show_conversation(app, conversation, reply);
    }
    Ok(())
}

/// Locks when nobody is there and when the system does, for ever.
pub async fn watch<R: Runtime>(app: AppHandle<R>, api: Api, mut events: Receiver<Event>) {
    let (locks, mut system_locks) = mpsc::channel(4);
    let _listening = system_lock::listen(locks);
    app.state::<Lock>().touch();
    // Not a pause made anew by each event: while many arrive nobody may be there all the same.
    let mut look = tokio::time::interval(LOOK_EVERY);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let settings = api.settings_get(None).await.unwrap_or_default();
        let value = |key: &str| settings.get(key).map_or("", String::as_str);
        let idle = value("lock.idle_minutes").parse().ok().filter(|minutes: &u64| *minutes > 0);
        let idle = idle.map(|minutes| Duration::from_secs(minutes * 60));
        let with_system = value("lock.with_system") != "false";
        loop {
            let locks = tokio::select! {
                event = events.recv() => match event {
                    Ok(Event::SettingsChanged {} | Event::Refresh {}) | Err(RecvError::Lagged(_)) => break,
                    Ok(_) => false,
                    Err(RecvError::Closed) => return,
                },
                // Where no bus tells anything this waits for nothing.
                Some(()) = system_locks.recv() => with_system,
                _ = look.tick() => idle.is_some_and(|time| app.state::<Lock>().is_idle_for(time)),
            };
            if locks && let Err(error) = lock_with(&app, &api).await {
                tracing::warn!(code = ?error.code, "the window could not be locked");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use theke_engine::api::Ports;
    use theke_engine::ports::SystemClock;
    use theke_keychain::OsKeychain;

    use super::*;

    #[test]
    fn a_sleep_counts_and_a_clock_that_was_set_back_does_not() {
        let secs = Duration::from_secs;
        for (ran, by_clock, idle) in [
            (59, Some(59), false),
            (60, Some(60), true),
            (3, Some(4000), true),
            (3, None, false),
            (60, None, true),
        ] {
            assert_eq!(is_idle(secs(ran), by_clock.map(secs), secs(60)), idle, "{ran} {by_clock:?}");
        }
    }

    #[test]
    fn a_locked_window_may_ask_to_be_opened_and_nothing_else() {
        let ports = Ports { clock: Arc::new(SystemClock), keychain: Arc::new(OsKeychain) };
        let lock = Lock::of(&Session::at("nowhere".into(), ports));
        lock.admit("conversation").unwrap();
        lock.begin_locked();
        for command in ["conversation", "settings_get", "search", "draft_keep", "backup", "diagnostics", ""] {
            assert_eq!(lock.admit(command).unwrap_err().code, Code::Locked, "{command}");
        }
        for command in ["lock_state", "unlock", "profile_status"] {
            lock.admit(command).unwrap();
        }
    }
}
