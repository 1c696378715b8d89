//! What opens the lock of the window: a PIN of its own, the passphrase where there is one, and always the recovery code.
//!
//! The lock keeps people at the shop's computer from reading; what keeps a thief of the disk away is the encryption. So a
//! PIN of four digits is enough for it, and it opens no file. Not here: being locked, and what a locked window may ask;
//! that is the shell's.

use theke_store::header::Proof;

use super::types::LockView;
use super::{Api, ApiError, ApiResult, Code, Profile};
use crate::secrets::{self, Asked};
use crate::settings;
use crate::shared::off_thread;

const PIN_MIN_CHARS: usize = 4;
const PIN_MAX_CHARS: usize = 64;

impl Api {
    /// What opens the lock, and how its screen looks. Whether it is locked is the shell's to say.
    pub async fn lock_ways(&self) -> ApiResult<LockView> {
        let passphrase = self.header().await?.has_passphrase() && !Profile::is_practice(&self.shared.dir);
        self.shared
            .read(move |conn| {
                let pin = secrets::pin(conn)?.is_some();
                Ok::<_, theke_store::Error>(LockView {
                    locked: false,
                    possible: pin || passphrase,
                    pin,
                    passphrase,
                    language: settings::text(conn, settings::SHOP_LANGUAGE)?,
                    theme: settings::text(conn, "appearance.theme")?,
                })
            })
            .await
    }

    /// Whether a start for which nobody typed anything begins locked: else ending the program would open the lock.
    pub async fn starts_locked(&self) -> ApiResult<bool> {
        let ways = self.lock_ways().await?;
        let minutes = self.shared.read(|conn| settings::number(conn, settings::LOCK_IDLE_MINUTES)).await?;
        Ok(ways.pin || (ways.passphrase && minutes > 0))
    }

    /// Sets or changes the PIN. Where something opens the lock already, `current` is asked for: it, the passphrase or the
    /// recovery code.
    ///
    /// # Errors
    /// `BadInput` for one that is too short; `KeyNeeded`, `WrongKey` with `wait_secs`.
    pub async fn pin_set(&self, current: Option<String>, pin: &str) -> ApiResult<()> {
        self.refuse_practice()?;
        let chars = pin.chars().count();
        if pin.trim() != pin || !(PIN_MIN_CHARS..=PIN_MAX_CHARS).contains(&chars) {
            let sentence = "A PIN has at least 4 digits or letters and no blanks at its ends.";
            return Err(ApiError::new(Code::BadInput, sentence).with("field", "pin"));
        }
        self.prove_for_lock(current).await?;
        let (of, pin, now) = (self.shared.clone(), pin.to_owned(), self.shared.now());
        let proof = off_thread(move || Proof::of(of.header().profile(), &pin, of.store.key())).await?;
        self.shared.write_durable(move |tx| secrets::set_pin(tx, Some(&proof), now)).await
    }

    /// Forgets the PIN; with a passphrase that opens the lock then.
    ///
    /// # Errors
    /// `WrongKey` with `wait_secs`.
    pub async fn pin_remove(&self, current: &str) -> ApiResult<()> {
        self.refuse_practice()?;
        self.prove_for_lock(Some(current.to_owned())).await?;
        let now = self.shared.now();
        self.shared.write_durable(move |tx| secrets::set_pin(tx, None, now)).await
    }

    /// Whether this opens the lock.
    ///
    /// # Errors
    /// `WrongKey` with `wait_secs`.
    pub async fn prove(&self, typed: &str) -> ApiResult<()> {
        secrets::prove(&self.shared, Asked::KeyOrPin, typed).await
    }

    async fn prove_for_lock(&self, current: Option<String>) -> ApiResult<()> {
        if !self.lock_ways().await?.possible {
            return Ok(());
        }
        let sentence = "The PIN, the passphrase or the recovery code of now is needed for that.";
        let current = current.ok_or_else(|| ApiError::new(Code::KeyNeeded, sentence))?;
        self.prove(&current).await
    }
}
