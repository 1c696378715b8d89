//! Accounts: setting up, checking, changing, removing.

use std::collections::BTreeMap;
use std::time::Duration;

use theke_channels::{AccountSettings, FieldKind, Spec};
use theke_domain::ids::AccountId;
use theke_domain::time::Timestamp;
use theke_store::table::accounts::{self, Account, NewAccount};
use theke_store::table::outbox;

use super::types::{
    AccountCreated, AccountView, ApiErrorView, CheckResult, Event, FoundSettingsView, GapView, KindView,
};
use super::{Api, ApiError, ApiResult, Code, view};
use crate::shared::Shared;
use crate::{failure, fetching, forgetting, lines, notice, settings};

/// A check that takes longer has met a server that does not answer.
const CHECK_TIMEOUT: Duration = Duration::from_secs(60);

type Values = BTreeMap<String, String>;

impl Api {
    /// Every kind that an account can be made of, in the order in which it is offered.
    pub async fn kinds(&self) -> ApiResult<Vec<KindView>> {
        Ok(super::kinds(&self.shared.registry))
    }

    /// Settings of an account of this kind, found from its address; see [`super::find_settings`].
    pub async fn find_settings(
        &self,
        kind: &str,
        address: &str,
        ask_network: bool,
    ) -> ApiResult<FoundSettingsView> {
        super::find_settings(&self.shared.registry, kind, address, ask_network).await
    }

    /// Makes an account. With `check` it is tried first and not saved when that fails.
    ///
    /// # Errors
    /// `BadInput` (names the field), and with `check` what the provider said: `AuthFailed`, `CertificateRejected`,
    /// `Unreachable`, `AccountSettings`, `Definition`.
    pub async fn account_add(
        &self,
        kind: &str,
        values: Values,
        secrets: Values,
        check: bool,
    ) -> ApiResult<AccountCreated> {
        let spec = lines::spec_of(&self.shared.registry, kind)?;
        let (values, secrets) = checked_fields(&spec, values, secrets)?;
        let settings = self.settings_of(None, &values, &secrets).await?;
        if check {
            try_out(&spec, settings.clone()).await?;
        }
        let name = name_of(&spec, &settings);
        let new = NewAccount {
            kind: spec.kind.clone(),
            medium: spec.medium.clone(),
            name: name.clone(),
            settings: values,
            secrets,
            own: (spec.own_address)(&settings),
            created_at: self.shared.now(),
        };
        let id = self.shared.write(move |tx| accounts::insert(tx, &new)).await?;
        self.account_changed(id);
        Ok(AccountCreated { id: id.0, kind: kind.to_owned(), name })
    }

    /// All accounts in use, oldest first.
    pub async fn accounts(&self) -> ApiResult<Vec<AccountView>> {
        let (shared, now) = (self.shared.clone(), self.shared.now());
        self.shared.read(move |conn| whole_views(conn, &shared, now)).await
    }

    /// Tries a saved account. A failed try is an answer, not an error.
    pub async fn account_check(&self, id: i64) -> ApiResult<CheckResult> {
        let account = self.account_row(id).await?;
        let spec = lines::spec_of(&self.shared.registry, account.kind.as_str())?;
        let secrets = self.shared.read(move |conn| accounts::secrets(conn, AccountId(id))).await?;
        let settings = self.settings_of(Some(AccountId(id)), &account.settings, &secrets).await?;
        let answer = check_result(try_out(&spec, settings).await);
        if answer.ok {
            // Whoever checks by hand has read the notice.
            self.shared
                .write(move |tx| {
                    notice::clear_gap(tx, AccountId(id))?;
                    accounts::try_now(tx, AccountId(id))
                })
                .await?;
            self.account_changed(AccountId(id));
        }
        Ok(answer)
    }

    /// Tries settings before they are saved.
    pub async fn account_check_settings(
        &self,
        kind: &str,
        values: Values,
        secrets: Values,
    ) -> ApiResult<CheckResult> {
        let spec = lines::spec_of(&self.shared.registry, kind)?;
        let (values, secrets) = checked_fields(&spec, values, secrets)?;
        let settings = self.settings_of(None, &values, &secrets).await?;
        Ok(check_result(try_out(&spec, settings).await))
    }

    /// Changes settings. A secret that is left out or empty stays as it is.
    pub async fn account_update(&self, id: i64, values: Values, secrets: Values) -> ApiResult<AccountView> {
        let account = self.account_row(id).await?;
        let spec = lines::spec_of(&self.shared.registry, account.kind.as_str())?;
        let mut all_secrets = self.shared.read(move |conn| accounts::secrets(conn, AccountId(id))).await?;
        all_secrets.extend(secrets.into_iter().filter(|(_, value)| !value.is_empty()));
        let (values, secrets) = checked_fields(&spec, values, all_secrets)?;
        let settings = self.settings_of(Some(AccountId(id)), &values, &secrets).await?;
        let name = name_of(&spec, &settings);
        let own = (spec.own_address)(&settings);
        let now = self.shared.now();
        self.shared
            .write(move |tx| {
                accounts::update(tx, AccountId(id), &name, &values, Some(&secrets), own.as_ref())?;
                outbox::steps::hurry(tx, AccountId(id), now)?;
                accounts::try_now(tx, AccountId(id))
            })
            .await?;
        self.account_changed(AccountId(id));
        self.account_view(id).await
    }

    /// Removes the account and its secrets; with `with_messages` its messages too, which cannot be undone.
    ///
    /// # Errors
    /// `TooLate` while something of it waits in the outbox (cancel that first).
    pub async fn account_remove(&self, id: i64, with_messages: bool) -> ApiResult<()> {
        self.account_row(id).await?;
        let now = self.shared.now();
        self.shared
            .write(move |tx| -> ApiResult<()> {
                if outbox::has_open(tx, AccountId(id))? {
                    return Err(ApiError::new(
                        Code::TooLate,
                        "Something still waits to be sent over this account. Send or cancel it in the outbox first.",
                    ));
                }
                notice::clear_gap(tx, AccountId(id))?;
                settings::forget_account(tx, AccountId(id))?;
                if with_messages {
                    accounts::want_messages_gone(tx, AccountId(id))?;
                }
                Ok(accounts::remove(tx, AccountId(id), now)?)
            })
            .await?;
        self.shared.lines.close(AccountId(id));
        self.account_changed(AccountId(id));
        self.shared.tell(Event::Refresh {});
        if with_messages { forgetting::finish(&self.shared).await } else { Ok(()) }
    }

    /// Switches polling and sending on or off.
    pub async fn account_set_enabled(&self, id: i64, enabled: bool) -> ApiResult<AccountView> {
        self.shared.write(move |tx| accounts::set_enabled(tx, AccountId(id), enabled)).await?;
        self.account_changed(AccountId(id));
        self.account_view(id).await
    }

    /// Lets older messages of this account wait, or fetches them on. What is new is fetched all the same. Survives a start.
    pub async fn account_pause_fetching(&self, id: i64, paused: bool) -> ApiResult<AccountView> {
        self.shared.write(move |tx| accounts::set_fetching_paused(tx, AccountId(id), paused)).await?;
        self.shared.accounts_nudge.notify_waiters();
        self.shared.tell(Event::AccountChanged { account_id: id });
        self.account_view(id).await
    }

    /// Lets the running engine try this account at once.
    pub async fn account_try_now(&self, id: i64) -> ApiResult<()> {
        self.account_row(id).await?;
        let now = self.shared.now();
        self.shared
            .write(move |tx| {
                outbox::steps::hurry(tx, AccountId(id), now)?;
                accounts::try_now(tx, AccountId(id))
            })
            .await?;
        self.account_changed(AccountId(id));
        Ok(())
    }

    fn account_changed(&self, id: AccountId) {
        self.shared.set_can_send(id, true);
        self.shared.accounts_nudge.notify_waiters();
        self.shared.outbox_nudge.notify_one();
        self.shared.tell(Event::AccountChanged { account_id: id.0 });
    }

    async fn account_row(&self, id: i64) -> ApiResult<Account> {
        let row = self.shared.read(move |conn| accounts::get(conn, AccountId(id))).await?;
        row.filter(|account| account.removed_at.is_none()).ok_or_else(|| no_account(id))
    }

    async fn account_view(&self, id: i64) -> ApiResult<AccountView> {
        let views = self.accounts().await?;
        views.into_iter().find(|view| view.id == id).ok_or_else(|| no_account(id))
    }

    async fn settings_of(
        &self,
        id: Option<AccountId>,
        values: &Values,
        secrets: &Values,
    ) -> ApiResult<AccountSettings> {
        let country = self.shared.country().await?;
        Ok(lines::account_settings(&self.shared.dir, id, values, secrets, &country, &self.shared.lines.clock))
    }
}

/// Opens a channel with these settings and lets it prove that they work.
async fn try_out(spec: &Spec, settings: AccountSettings) -> ApiResult<()> {
    let channel = (spec.open)(settings).map_err(|error| failure::of_channel(&error))?;
    match tokio::time::timeout(CHECK_TIMEOUT, channel.check()).await {
        Ok(answer) => answer.map_err(|error| failure::of_channel(&error)),
        Err(_) => Err(ApiError::new(
            Code::Unreachable,
            "The server did not answer within a minute. Check its name and port, and that this computer is online.",
        )),
    }
}

fn no_account(id: i64) -> ApiError {
    ApiError::new(Code::NotFound, format!("There is no account {id}."))
}

/// All accounts in use. By each medium one writes first: the default that a person chose, else the oldest that is
/// switched on.
fn whole_views(
    conn: &theke_store::Connection,
    shared: &Shared,
    now: Timestamp,
) -> theke_store::Result<Vec<AccountView>> {
    let mut views = Vec::new();
    for row in accounts::list(conn)? {
        let gap = notice::gap(conn, row.id)?;
        let gap = gap.map(|(since, until)| GapView { since: view::at(since), until: view::at(until) });
        let is_default = settings::default_account(conn, &row.medium)? == Some(row.id);
        let fetching = fetching::of_account(conn, &row, shared, now)?;
        views.push(AccountView { gap, is_default, fetching, ..view::account(&row) });
    }
    let mut first: BTreeMap<String, i64> = BTreeMap::new();
    for view in views.iter().filter(|view| view.enabled) {
        let known = first.entry(view.medium.clone()).or_insert(view.id);
        if view.is_default {
            *known = view.id;
        }
    }
    for view in &mut views {
        view.writes_first = first.get(&view.medium).is_some_and(|id| *id == view.id);
    }
    Ok(views)
}

fn check_result(answer: ApiResult<()>) -> CheckResult {
    let error = answer.err().map(|error| ApiErrorView { code: error.code, message: error.message });
    CheckResult { ok: error.is_none(), error }
}

fn name_of(spec: &Spec, settings: &AccountSettings) -> String {
    let own = (spec.own_address)(settings).map(|own| own.value().to_owned());
    settings.get("name").map(str::to_owned).or(own).unwrap_or_else(|| spec.name.clone())
}

/// Fills in defaults and refuses what the form would not take, naming the field.
fn checked_fields(spec: &Spec, values: Values, secrets: Values) -> ApiResult<(Values, Values)> {
    let refuse = |key: &str, why: String| {
        Err(ApiError::new(Code::BadInput, format!("The field {key} {why}.")).with("field", key))
    };
    for key in values.keys().chain(secrets.keys()) {
        if !spec.fields.iter().any(|field| field.key == *key) {
            let known: Vec<_> = spec.fields.iter().map(|field| field.key.as_str()).collect();
            return refuse(key, format!("is not known here; there are: {}", known.join(", ")));
        }
    }
    let (mut plain, mut secret) = (Values::new(), Values::new());
    for field in &spec.fields {
        let given = if field.secret { secrets.get(&field.key) } else { values.get(&field.key) };
        let value = given.map(|v| if field.secret { v.clone() } else { v.trim().to_owned() });
        let value = value.filter(|v| !v.is_empty()).or_else(|| field.default.clone()).unwrap_or_default();
        if value.is_empty() {
            if field.required {
                return refuse(&field.key, "is empty; it is needed".to_owned());
            }
            continue;
        }
        match &field.kind {
            FieldKind::Port if value.parse::<u16>().is_ok_and(|port| port > 0) => {}
            FieldKind::Port => return refuse(&field.key, "must be a port number from 1 to 65535".to_owned()),
            FieldKind::Choice { options, .. } if !options.contains(&value) => {
                return refuse(&field.key, format!("must be one of: {}", options.join(", ")));
            }
            _ => {}
        }
        if field.secret {
            secret.insert(field.key.clone(), value)
        } else {
            plain.insert(field.key.clone(), value)
        };
    }
    Ok((plain, secret))
}
