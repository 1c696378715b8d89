//! Accounts: setting up, checking, changing, removing.

use std::collections::BTreeMap;

use super::types::{AccountCreated, AccountView, CheckResult, KindView};
use super::{Api, ApiResult, unfinished};

impl Api {
    /// Every kind that an account can be made of, in the order in which it is offered.
    pub async fn kinds(&self) -> ApiResult<Vec<KindView>> {
        unfinished()
    }

    /// Makes an account. With `check` it is tried first and not saved when that fails.
    ///
    /// # Errors
    /// `BadInput` (names the field), and with `check` what the provider said: `AuthFailed`, `CertificateRejected`,
    /// `Unreachable`, `AccountSettings`, `Definition`.
    pub async fn account_add(
        &self,
        _kind: &str,
        _values: BTreeMap<String, String>,
        _secrets: BTreeMap<String, String>,
        _check: bool,
    ) -> ApiResult<AccountCreated> {
        unfinished()
    }

    /// All accounts in use, oldest first.
    pub async fn accounts(&self) -> ApiResult<Vec<AccountView>> {
        unfinished()
    }

    /// Tries a saved account. A failed try is an answer, not an error.
    pub async fn account_check(&self, _id: i64) -> ApiResult<CheckResult> {
        unfinished()
    }

    /// Tries settings before they are saved.
    pub async fn account_check_settings(
        &self,
        _kind: &str,
        _values: BTreeMap<String, String>,
        _secrets: BTreeMap<String, String>,
    ) -> ApiResult<CheckResult> {
        unfinished()
    }

    /// Changes settings. A secret that is left out or empty stays as it is.
    pub async fn account_update(
        &self,
        _id: i64,
        _values: BTreeMap<String, String>,
        _secrets: BTreeMap<String, String>,
    ) -> ApiResult<AccountView> {
        unfinished()
    }

    /// Removes the account and its secrets; with `with_messages` its messages too, which cannot be undone.
    ///
    /// # Errors
    /// `TooLate` while something of it waits in the outbox (cancel that first).
    pub async fn account_remove(&self, _id: i64, _with_messages: bool) -> ApiResult<()> {
        unfinished()
    }

    /// Switches polling and sending on or off.
    pub async fn account_set_enabled(&self, _id: i64, _enabled: bool) -> ApiResult<AccountView> {
        unfinished()
    }

    /// Lets the running engine try this account at once.
    pub async fn account_try_now(&self, _id: i64) -> ApiResult<()> {
        unfinished()
    }
}
