//! One start of the program: which profile, which key, which clock and keychain. Opens the profile only when a
//! command needs it, so `inspect`, `address` and every `--help` work on a computer without one.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use theke_engine::api::{Api, KeySource, Ports, Profile, Registry};
use theke_engine::ports::{Keychain, NoKeychain};
use theke_keychain::OsKeychain;

use crate::cli::Global;
use crate::clock;
use crate::failure::{Failure, Outcome};

/// What was said before the command.
#[derive(Debug, Clone)]
pub struct Session {
    global: Global,
}

impl Session {
    /// From the words.
    pub fn new(global: Global) -> Self {
        Self { global }
    }

    /// Whether answers are JSON.
    pub fn json(&self) -> bool {
        self.global.json
    }

    /// The profile's folder.
    pub fn dir(&self) -> Outcome<PathBuf> {
        match &self.global.profile {
            Some(dir) => Ok(dir.clone()),
            None => Profile::default_dir().ok_or_else(|| {
                Failure::bad_input(
                    "This user has no data folder. Name the profile's folder with --profile DIR.",
                )
            }),
        }
    }

    /// Clock and keychain.
    pub fn ports(&self) -> Outcome<Ports> {
        let keychain: Arc<dyn Keychain> =
            if self.global.no_keychain { Arc::new(NoKeychain) } else { Arc::new(OsKeychain) };
        Ok(Ports { clock: clock::choose(self.global.clock_file.clone())?, keychain })
    }

    /// The passphrase of `--passphrase-file`, if that was given.
    pub fn passphrase(&self) -> Outcome<Option<String>> {
        self.global.passphrase_file.as_deref().map(|file| secret_from(file, "passphrase")).transpose()
    }

    /// The recovery code of `--recovery-code-file`, if that was given.
    pub fn recovery_code(&self) -> Outcome<Option<String>> {
        self.global.recovery_code_file.as_deref().map(|file| secret_from(file, "recovery code")).transpose()
    }

    /// What opens the profile: the recovery code is the last resort, so who names it means it.
    pub fn key(&self) -> Outcome<KeySource> {
        Ok(match (self.recovery_code()?, self.passphrase()?) {
            (Some(code), _) => KeySource::RecoveryCode(code),
            (None, Some(passphrase)) => KeySource::Passphrase(passphrase),
            (None, None) => KeySource::Auto,
        })
    }

    /// Opens the profile.
    pub async fn open(&self) -> Outcome<Api> {
        let key = self.key()?;
        let dir = self.dir()?;
        Ok(Api::open(&dir, key, self.ports()?, Profile::registry(&dir)).await?)
    }

    /// The channel kinds, without opening the profile. Without a folder the shipped ones.
    pub fn registry(&self) -> Registry {
        self.dir().map_or_else(|_| Registry::load(None), |dir| Profile::registry(&dir))
    }
}

/// The path as the engine is to see it, whatever folder the program was started in.
pub fn absolute(path: &Path) -> Outcome<PathBuf> {
    std::path::absolute(path).map_err(|error| {
        Failure::bad_input(format!("{} is no path that can be used: {error}.", path.display()))
    })
}

/// The secret in a file, without the line end that editors and `echo` put behind it. `what` names it in errors.
pub fn secret_from(file: &Path, what: &str) -> Outcome<String> {
    let text = std::fs::read_to_string(file).map_err(|error| {
        Failure::bad_input(format!(
            "The {what} could not be read from {}: {error}. Name a text file that holds nothing else.",
            file.display()
        ))
    })?;
    let secret = text.trim_end_matches(['\r', '\n']);
    if secret.is_empty() {
        return Err(Failure::bad_input(format!(
            "The file {} is empty, so there is no {what} in it. Write the {what} on its first line.",
            file.display()
        )));
    }
    Ok(secret.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_line_end_is_taken_off_a_secret() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("pw");
        for (content, expect) in
            [("a b \r\n", Some("a b ")), ("ä\n\n", Some("ä")), ("x", Some("x")), ("\n", None)]
        {
            std::fs::write(&file, content).unwrap();
            assert_eq!(secret_from(&file, "password").ok().as_deref(), expect, "{content:?}");
        }
        let missing = secret_from(&dir.path().join("nothing"), "password").unwrap_err();
        assert!(missing.message.contains("nothing"), "{}", missing.message);
    }
}
