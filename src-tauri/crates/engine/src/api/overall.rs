//! Import, settings, backup, health, numbers, decisions, automation.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::types::{AutomationView, BackupResult, DecisionView, DoctorCheck, ImportResult, Overview};
use super::{Api, ApiResult, unfinished};

impl Api {
    /// Reads eml and mbox files and Maildir folders. What is known is counted, not stored again.
    pub async fn import(&self, _paths: Vec<PathBuf>) -> ApiResult<ImportResult> {
        unfinished()
    }

    /// One setting or all, by their stable keys.
    ///
    /// # Errors
    /// `BadInput` for an unknown key.
    pub async fn settings_get(&self, _key: Option<String>) -> ApiResult<BTreeMap<String, String>> {
        unfinished()
    }

    /// Changes a setting.
    ///
    /// # Errors
    /// `BadInput` for an unknown key or a value that it cannot have.
    pub async fn settings_set(&self, _key: &str, _value: &str) -> ApiResult<()> {
        unfinished()
    }

    /// Writes a verified backup, which the recovery code of today opens on any computer.
    pub async fn backup(&self, _file: PathBuf) -> ApiResult<BackupResult> {
        unfinished()
    }

    /// Looks at everything that can be wrong and says what to do.
    pub async fn doctor(&self) -> ApiResult<Vec<DoctorCheck>> {
        unfinished()
    }

    /// The numbers on the rail and the status bar.
    pub async fn overview(&self) -> ApiResult<Overview> {
        unfinished()
    }

    /// Why the program did or did not act, newest first.
    pub async fn decisions(&self, _limit: u32) -> ApiResult<Vec<DecisionView>> {
        unfinished()
    }

    /// One decision.
    pub async fn decision(&self, _id: i64) -> ApiResult<DecisionView> {
        unfinished()
    }

    /// Switches automation, or asks with `None`.
    pub async fn automation(&self, _on: Option<bool>) -> ApiResult<AutomationView> {
        unfinished()
    }
}
