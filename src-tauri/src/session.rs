//! The opened profile and the engine that runs over it. There is one of each for the life of the window, and none
//! before the person has set one up or unlocked it.
//!
//! Why a lock around both: two commands that open at once must open once.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use anyhow::Context;
use tauri::async_runtime::JoinHandle;
use tauri::{AppHandle, Manager, Runtime};
use theke_engine::api::types::{Event, ProfileCreated, ProfileStatus, RestoredView};
use theke_engine::api::{
    Api, ApiError, ApiResult, Code, EngineGuard, KeySource, Ports, Profile, RestoreFrom, RestoreStep,
};
use theke_engine::ports::SystemClock;
use theke_keychain::OsKeychain;
use tokio::sync::Mutex;

use crate::lock::{self, Lock};
use crate::{background, bridge, notify};

/// How long the engine may take to end what it is storing or sending. Longer than one command to a slow server;
/// what does not come to its end is taken up again at the next start.
const PATIENCE_AT_END: Duration = Duration::from_secs(8);

/// What the commands work on.
pub struct Session {
    /// It was asked for; a profile that was made as one stays one.
    practice: bool,
    dir: PathBuf,
    ports: Ports,
    opened: Mutex<Option<Opened>>,
    /// Held while an engine comes to its end without the lock above.
    ending: Mutex<()>,
    /// Whether the window is locked ([`Lock`]).
    locked: Arc<AtomicBool>,
}

struct Opened {
    api: Api,
    /// None while a person has paused the program, and while another one holds the profile at the end of the pause.
    engine: Option<EngineGuard>,
    paused_until: Option<SystemTime>,
    by_keychain: bool,
    /// Those that carry its news.
    listeners: [JoinHandle<()>; 4],
}

impl Session {
    /// A session on the folder in `THEKE_PROFILE`, or on the user's own; with `practice` on the practice shop's,
    /// which lies beside it.
    ///
    /// # Errors
    /// If the user has no data folder.
    pub fn new(practice: bool) -> anyhow::Result<Self> {
        let dir = match std::env::var_os("THEKE_PROFILE") {
            Some(folder) => std::path::absolute(folder)?,
            None => if practice { Profile::practice_dir() } else { Profile::default_dir() }
                .context("This user has no data folder. Name the profile's folder in THEKE_PROFILE.")?,
        };
        let ports = Ports { clock: Arc::new(SystemClock), keychain: Arc::new(OsKeychain) };
        Ok(Self { practice, ..Self::at(dir, ports) })
    }

    /// A session on this folder, with this clock and keychain.
    pub fn at(dir: PathBuf, ports: Ports) -> Self {
        Self {
            practice: false,
            dir,
            ports,
            opened: Mutex::new(None),
            ending: Mutex::new(()),
            locked: Arc::default(),
        }
    }

    /// The name by which a second start on the same profile finds this one.
    pub fn bus_name(&self) -> String {
        let mut hasher = DefaultHasher::new();
        self.dir.hash(&mut hasher);
        format!("dev.theke.Theke.p{:016x}", hasher.finish())
    }

    /// Whether the window is locked, for its lock.
    pub fn locked(&self) -> Arc<AtomicBool> {
        self.locked.clone()
    }

    /// The opened profile, for a question of the window: one that was asked before the window was locked and waited for
    /// the profile is not answered after.
    ///
    /// # Errors
    /// `NoProfile` or `KeyNeeded` before it is open; `Locked`.
    pub async fn api(&self) -> ApiResult<Api> {
        let api = self.opened_api().await?;
        if self.locked.load(Ordering::SeqCst) {
            return Err(ApiError::new(Code::Locked, "Theke is locked. Open it first."));
        }
        Ok(api)
    }

    /// The opened profile, locked or not.
    ///
    /// # Errors
    /// `NoProfile` or `KeyNeeded` before it is open.
    pub async fn opened_api(&self) -> ApiResult<Api> {
        if let Some(opened) = &*self.opened.lock().await {
            return Ok(opened.api.clone());
        }
        Err(match Profile::status(&self.dir, &self.ports).await.state.as_str() {
            "missing" => ApiError::new(Code::NoProfile, "There is no profile yet. Set one up first."),
            _ => ApiError::new(Code::KeyNeeded, "The profile is not open. Unlock it first."),
        })
    }

    /// How far the profile is.
    pub async fn status(&self) -> ProfileStatus {
        let opened = self.opened.lock().await;
        let Some(opened) = &*opened else { return self.status_before().await };
        // Keychain and file are not asked once more: that would take as long as opening did.
        let mut settings = opened.api.settings_get(None).await.unwrap_or_default();
        let until = opened.paused_until.and_then(|until| jiff::Timestamp::try_from(until).ok());
        ProfileStatus {
            state: "ready".into(),
            profile: self.dir.display().to_string(),
            shop: settings.remove("shop.name"),
            country: settings.remove("shop.country"),
            error: None,
            keychain: opened.by_keychain,
            practice: self.is_practice(),
            paused_until: until.map(|until| until.to_string()),
            window_locked: false,
        }
    }

    /// Before it is open.
    async fn status_before(&self) -> ProfileStatus {
        let mut status = Profile::status(&self.dir, &self.ports).await;
        if self.is_practice() {
            status.practice = true;
            // It is made and opened without a question.
            if matches!(status.state.as_str(), "missing" | "locked") {
                status.state = "ready".into();
            }
        }
        status
    }

    /// Sets up a profile, opens it and starts the engine.
    pub async fn create<R: Runtime>(
        &self,
        app: AppHandle<R>,
        shop: &str,
        country: &str,
        passphrase: Option<String>,
    ) -> ApiResult<ProfileCreated> {
        let mut opened = self.opened.lock().await;
        let created = Profile::create(&self.dir, shop, country, passphrase.clone(), &self.ports).await?;
        let key = passphrase.map_or(KeySource::Auto, KeySource::Passphrase);
        match self.start(app, key).await {
            Ok(started) => *opened = Some(started),
            // The answer holds the only copy of the recovery code: it must come through. The window opens the
            // profile next and hears then what is wrong.
            Err(error) => tracing::warn!(code = ?error.code, "the new profile could not be opened at once"),
        }
        Ok(created)
    }

    /// Opens the profile and starts the engine. Already open: nothing happens.
    pub async fn open<R: Runtime>(&self, app: AppHandle<R>, key: KeySource) -> ApiResult<ProfileStatus> {
        let mut opened = self.opened.lock().await;
        if opened.is_none() {
            *opened = Some(self.start(app, key).await?);
        }
        drop(opened);
        Ok(self.status().await)
    }

    async fn start<R: Runtime>(&self, app: AppHandle<R>, key: KeySource) -> ApiResult<Opened> {
        let by_keychain = matches!(key, KeySource::Auto);
        let api = if self.is_practice() { self.open_practice().await? } else { self.open_real(key).await? };
        // Before anything can be told or asked.
        if by_keychain && api.starts_locked().await? {
            app.state::<Lock>().begin_locked();
        }
        // The bridge listens before the first event can happen.
        let (events, news, changes) = (api.subscribe(), api.subscribe(), api.subscribe());
        let engine = Some(api.start_engine().await?);
        let told = api.clone();
        let network = theke_network::watch(move |state| {
            let api = told.clone();
            async move {
                // A disk that refuses is told elsewhere, and the next change is told again.
                let _ = api.network_changed(state.online, state.metered).await;
                true
            }
        });
        let listeners = [
            tauri::async_runtime::spawn(bridge::carry(app.clone(), api.clone(), events)),
            tauri::async_runtime::spawn(network),
            tauri::async_runtime::spawn(background::keep(app.clone(), api.clone(), news)),
            tauri::async_runtime::spawn(lock::watch(app, api.clone(), changes)),
        ];
        Ok(Opened { api, engine, paused_until: None, by_keychain, listeners })
    }

    /// Whether this is the practice shop.
    pub fn is_practice(&self) -> bool {
        self.practice || Profile::is_practice(&self.dir)
    }

    async fn open_real(&self, key: KeySource) -> ApiResult<Api> {
        Api::open(&self.dir, key, self.ports.clone(), Profile::registry(&self.dir)).await
    }

    async fn open_practice(&self) -> ApiResult<Api> {
        if Profile::status(&self.dir, &self.ports).await.state == "missing" {
            Profile::create_practice(&self.dir, &self.ports).await?;
        }
        if !Profile::is_practice(&self.dir) {
            let message =
                "This folder holds a real profile and no practice shop. Start Theke without --practice.";
            return Err(ApiError::new(Code::BadInput, message));
        }
        let api = self.open_real(Profile::practice_key()).await?;
        api.open_practice_accounts().await?;
        Ok(api)
    }

    /// Stops the engine until then, or starts it again with `None`.
    pub async fn pause(&self, until: Option<SystemTime>) {
        let ending = {
            let mut opened = self.opened.lock().await;
            let Some(opened) = &mut *opened else { return };
            opened.paused_until = until;
            if until.is_some() { opened.engine.take() } else { resume(opened).await }
        };
        // Without the lock: the window goes on asking while a send comes to its end.
        let _ending = self.ending.lock().await;
        end(ending).await;
    }

    /// Until when a person paused the program.
    pub async fn paused_until(&self) -> Option<SystemTime> {
        self.opened.lock().await.as_ref()?.paused_until
    }

    /// Starts the engine again once its pause is over; true if it was.
    pub async fn resume_if_due(&self) -> bool {
        let due = self.paused_until().await.is_some_and(|until| until <= SystemTime::now());
        if due {
            self.pause(None).await;
        }
        due
    }

    /// Puts a backup in the place of the profile and opens what is there then, which is the profile as it was where it did
    /// not work. Whoever asks something meanwhile waits.
    pub async fn restore<R: Runtime>(&self, app: AppHandle<R>, from: RestoreFrom) -> ApiResult<RestoredView> {
        let mut opened = self.opened.lock().await;
        let refused = || ApiError::new(Code::KeyNeeded, "The profile is not open. Unlock it first.");
        opened.as_ref().ok_or_else(refused)?.api.restore_look(from.clone()).await?;
        let Opened { api, engine, listeners, by_keychain, paused_until } =
            opened.take().ok_or_else(refused)?;
        let tell = |step: RestoreStep| {
            bridge::tell(&app, &Event::RestoreStep { step: step.word().to_owned() });
        };
        tell(RestoreStep::Stopping);
        end(engine).await;
        // One that a pause has taken out may still be at its last send.
        drop(self.ending.lock().await);
        // Nobody listens to an engine that is gone; with it they would stay for ever.
        listeners.iter().for_each(JoinHandle::abort);
        // What they open and close are numbers of the database of before.
        notify::withdraw(&app).await;
        app.state::<Lock>().forget_wanted();
        tell(RestoreStep::Checking);
        let before = api.known_key();
        let (restored, key) = match api.restore(from).await {
            Ok((restored, key)) => (Ok(restored), key),
            Err(error) => (Err(error), before),
        };
        drop(api);
        tell(RestoreStep::Opening);
        match self.start(app.clone(), key).await {
            Ok(mut started) => {
                if paused_until.is_some() {
                    end(started.engine.take()).await;
                }
                *opened = Some(Opened { by_keychain, paused_until, ..started });
            }
            // The window opens the profile next and hears then what is wrong.
            Err(error) => tracing::warn!(code = ?error.code, "the profile could not be opened at once"),
        }
        restored
    }

    /// Ends the engine in order.
    pub async fn close(&self) {
        let opened = self.opened.lock().await.take();
        end(opened.and_then(|opened| opened.engine)).await;
    }
}

/// Opens the profile while the page is still on its way, if nothing has to be asked for that: keychain and database are
/// ready when it comes. What fails here the page hears when it opens the profile itself.
pub async fn open_ahead<R: Runtime>(app: AppHandle<R>) {
    let opened = app.state::<Session>().open(app.clone(), KeySource::Auto).await;
    if let Err(error) = opened {
        tracing::debug!(code = ?error.code, "the profile was not opened ahead of the page");
    }
}

/// Starts the engine again; gives nothing to end.
async fn resume(opened: &mut Opened) -> Option<EngineGuard> {
    if opened.engine.is_none() {
        match opened.api.start_engine().await {
            Ok(engine) => opened.engine = Some(engine),
            Err(error) => {
                // Another program holds the profile: asked again at the next look.
                tracing::warn!(code = ?error.code, "the pause is over and the engine does not start yet");
                opened.paused_until = Some(SystemTime::now());
            }
        }
    }
    None
}

async fn end(engine: Option<EngineGuard>) {
    if let Some(engine) = engine
        && tokio::time::timeout(PATIENCE_AT_END, engine.stop()).await.is_err()
    {
        tracing::warn!(
            "the engine did not end in time; what it was doing is taken up again at the next start"
        );
    }
}
