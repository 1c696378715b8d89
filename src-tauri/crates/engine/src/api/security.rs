//! The passphrase and the recovery code, changed while the profile is open.
//!
//! Whoever changes one is asked for what opens the profile now, where there is such a thing: a passphrase keeps others
//! from the computer's keychain, so a stranger at an open window must not be able to take it away. Not here: the slots
//! themselves (`theke_store::header`), the lock of the window.

use theke_store::header::Header;
use theke_store::profile::Folder;

use super::types::SecurityView;
use super::{Api, ApiError, ApiResult, Code, Profile};
use crate::ports::KeychainError;
use crate::secrets::{self, Asked};
use crate::shared::off_thread;
use crate::unlock;

/// A shorter one is guessed.
const PASSPHRASE_MIN_CHARS: usize = 8;
/// Longer is no passphrase but a file.
const PASSPHRASE_MAX_CHARS: usize = 1000;

impl Api {
    /// The ways in which the profile opens.
    pub async fn security(&self) -> ApiResult<SecurityView> {
        let header = self.header().await?;
        Ok(SecurityView {
            passphrase: header.has_passphrase(),
            keychain: header.has_keychain(),
            keychain_there: unlock::has_keychain(&self.shared.ports).await,
            practice: Profile::is_practice(&self.shared.dir),
            pin: self.shared.read(secrets::pin).await?.is_some(),
        })
    }

    /// Sets or changes the passphrase. It is asked for at every start from then on, in place of the keychain. `current`
    /// is the passphrase or recovery code of now, needed where there is a passphrase.
    ///
    /// # Errors
    /// `BadInput` for one that is too short; `WrongKey` with `wait_secs`; `DiskFull`.
    pub async fn passphrase_set(&self, current: Option<String>, new: &str) -> ApiResult<()> {
        self.refuse_practice()?;
        let chars = new.chars().count();
        if new.trim().is_empty() || !(PASSPHRASE_MIN_CHARS..=PASSPHRASE_MAX_CHARS).contains(&chars) {
            let sentence =
                "A passphrase has at least 8 characters. A few words that nobody guesses are best.";
            return Err(ApiError::new(Code::BadInput, sentence).with("field", "passphrase"));
        }
        let _change = self.shared.header_change.lock().await;
        self.prove_where_asked(current).await?;
        let new = new.to_owned();
        let header = self
            .change_header(move |header, key| {
                header.set_passphrase(key, &new)?;
                header.remove_keychain();
                Ok(())
            })
            .await?
            .0;
        // The slot is gone, so what is left there opens nothing: an entry that stays does no harm.
        if self.shared.ports.keychain.remove(header.profile()).await.is_err() {
            tracing::warn!("the keychain kept an entry that opens nothing any more");
        }
        Ok(())
    }

    /// The profile opens by the keychain again, without a passphrase.
    ///
    /// # Errors
    /// `NotFound` where there is none; `WrongKey` with `wait_secs`; `KeychainLocked`; `KeyNeeded` where there is no keychain:
    /// then only the recovery code would be left.
    pub async fn passphrase_remove(&self, current: &str) -> ApiResult<()> {
        self.refuse_practice()?;
        let _change = self.shared.header_change.lock().await;
        if !self.header().await?.has_passphrase() {
            return Err(ApiError::new(Code::NotFound, "This profile has no passphrase."));
        }
        self.prove_where_asked(Some(current.to_owned())).await?;
        let mut renewed = self.header().await?;
        renewed.remove_passphrase();
        let secret = renewed.set_keychain(self.shared.store.key())?;
        // The keychain first: a header whose slot nobody can open would be worse than an entry without a slot.
        self.shared.ports.keychain.set(renewed.profile(), &secret).await.map_err(|error| match error {
            KeychainError::Locked => ApiError::from(error),
            KeychainError::Unavailable => ApiError::new(
                Code::KeyNeeded,
                "This computer has no keychain that can be reached, so the passphrase stays: without it only the recovery code would open the profile.",
            ),
        })?;
        self.change_header(move |header, _| {
            *header = renewed;
            Ok(())
        })
        .await?;
        Ok(())
    }

    /// Makes a new recovery code and gives it, once. The one before does not open the profile any more; the backups of
    /// the days before keep theirs. `current` as for [`Api::passphrase_set`].
    ///
    /// # Errors
    /// `WrongKey` with `wait_secs`; `DiskFull`.
    pub async fn recovery_code_new(&self, current: Option<String>) -> ApiResult<String> {
        self.refuse_practice()?;
        let _change = self.shared.header_change.lock().await;
        self.prove_where_asked(current).await?;
        let code = self.change_header(Header::set_recovery_code).await?.1;
        Ok(code.to_string())
    }

    /// The key slots as they are now.
    pub(super) async fn header(&self) -> ApiResult<Header> {
        let shared = self.shared.clone();
        off_thread(move || Ok::<_, ApiError>(shared.header())).await
    }

    pub(super) fn refuse_practice(&self) -> ApiResult<()> {
        if !Profile::is_practice(&self.shared.dir) {
            return Ok(());
        }
        Err(ApiError::new(
            Code::BadInput,
            "The practice shop opens without a question. Nothing in it is secret.",
        ))
    }

    /// Whoever can open the profile by typing something has to type it.
    async fn prove_where_asked(&self, current: Option<String>) -> ApiResult<()> {
        if !self.header().await?.has_passphrase() {
            return Ok(());
        }
        let sentence = "The passphrase or the recovery code of now is needed for that.";
        let current = current.ok_or_else(|| ApiError::new(Code::KeyNeeded, sentence))?;
        secrets::prove(&self.shared, Asked::Key, &current).await
    }

    /// Changes the key slots and writes them, whole or not at all.
    async fn change_header<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Header, &theke_store::Key) -> theke_store::Result<T> + Send + 'static,
    ) -> ApiResult<(Header, T)> {
        let shared = self.shared.clone();
        off_thread(move || {
            let mut header = shared.header();
            let made = change(&mut header, shared.store.key())?;
            header.write(&Folder::new(&shared.dir))?;
            // Seen by whoever makes the next backup, even if the file should be lost before.
            Ok::<_, theke_store::Error>((shared.header(), made))
        })
        .await
    }
}
