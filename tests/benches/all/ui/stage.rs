//! The virtual desktop with its programs and stores. Stores are filled by the real intake and then left with one real
//! mailbox, which has nothing new: the engine rests as it does in a shop.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use theke_channels::registry::Registry;
use theke_engine::api::{Api, KeySource};
use theke_tests::desk::Desk;
use theke_tests::mailstack::MailStack;

use crate::generated;
use crate::sync::USER;
use crate::theke::{beside, ports};

/// A desktop and what is on it.
pub struct Stage {
    /// The desktop.
    pub desk: Desk,
    /// The program with its window.
    pub window: PathBuf,
    /// The window with nothing in it.
    pub bare: PathBuf,
    /// The mailbox of every store.
    pub mail: MailStack,
    ctl: PathBuf,
}

impl Stage {
    /// An empty one.
    pub fn open() -> Result<Self> {
        let mail = MailStack::start();
        mail.add_user(USER);
        let (window, bare, ctl) = (beside("theke")?, beside("theke-bare-window")?, beside("thekectl")?);
        Ok(Self { desk: Desk::open(), window, bare, mail, ctl })
    }

    /// The profile with so many messages is the one that programs open from now on.
    pub fn work_on(&mut self, count: usize) {
        self.desk.work_on(&format!("profile-{count}"));
    }

    /// A new profile that is opened by this desktop's keychain; its recovery code.
    pub fn create(&mut self, count: usize) -> Result<String> {
        self.work_on(count);
        let words = ["--json", "init", "--shop", "Bench", "--country", "DE"];
        let made = self.desk.run(&self.ctl, &words);
        let answer: serde_json::Value = serde_json::from_slice(&made.stdout).context("thekectl init")?;
        // It is said once only, in the midst of the first minute in the tray.
        self.set("background.told", "true")?;
        answer.get("recovery_code").and_then(|code| code.as_str()).map(str::to_owned).context("no code")
    }

    /// Changes a setting of the profile.
    pub fn set(&self, key: &str, value: &str) -> Result<()> {
        if !self.desk.run(&self.ctl, &["settings", "set", key, value]).status.success() {
            bail!("{key} cannot be set");
        }
        Ok(())
    }

    /// Adds the mailbox.
    pub fn add_mailbox(&self) {
        self.desk.add_mail_account(&self.ctl, &self.mail, USER);
    }

    /// A profile with so many generated messages.
    pub async fn fill(&mut self, count: usize) -> Result<()> {
        let code = self.create(count)?;
        let registry = Registry::of(vec![generated::spec(count)]);
        let key = KeySource::RecoveryCode(code);
        let api = Api::open(&self.desk.profile(), key, ports(), registry).await?;
        let account = api.account_add(generated::KIND, Default::default(), Default::default(), false).await?;
        api.sync_once(None).await?;
        api.account_remove(account.id, false).await?;
        drop(api);
        self.add_mailbox();
        Ok(())
    }
}
