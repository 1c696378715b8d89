//! The channel that a definition drives.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use reqwest::RequestBuilder;
use serde_json::Value;
use theke_domain::message::{ClientReference, Outgoing, RemoteId};

use super::budget::Budget;
use super::definition::{Definition, Request};
use super::request;
use super::states::States;
use super::template::Values;
use super::verdict::{Judge, Refusal};
use crate::channel::{Batch, BatchId, Channel, Cursor, Marker};
use crate::error::{Error, ErrorKind, Result};
use crate::spec::AccountSettings;
use crate::web::{self, Answer, Base, Web};

/// The field of the shop's own certificate authority, for gateways in its own network.
pub(super) const CA_FILE: &str = "ca_file";

/// One account at a gateway.
pub(super) struct HttpChannel {
    pub(super) definition: Arc<Definition>,
    pub(super) settings: AccountSettings,
    pub(super) base: Base,
    pub(super) web: Web,
    pub(super) budget: Budget,
    pub(super) states: States,
    batches: AtomicU64,
    /// The provider's ids of batches that are to be acknowledged one by one.
    to_acknowledge: Mutex<HashMap<BatchId, Vec<String>>>,
}

impl HttpChannel {
    /// Checks the settings against the definition. Connects to nothing.
    pub(super) fn open(definition: Arc<Definition>, settings: AccountSettings) -> Result<Self> {
        for field in definition.fields.iter().filter(|field| field.required) {
            let key = field.key.get_ref();
            if field.secret {
                settings.secret(key)?;
            } else if field.default.is_none() {
                settings.require(key)?;
            }
        }
        let mut settings = settings;
        for field in definition.fields.iter().filter(|field| !field.secret) {
            if let Some(default) = &field.default
                && settings.get(field.key.get_ref()).is_none()
            {
                settings.values.insert(field.key.get_ref().clone(), default.clone());
            }
        }
        let given = settings.get("base_url").map(str::to_owned);
        let text = match (given, &definition.base_url) {
            (Some(text), _) => text,
            (None, Some(default)) => default.get_ref().clone(),
            (None, None) => return Err(Error::new(ErrorKind::Config, "the field base_url is empty")),
        };
        let base = web::base(&text, &definition.hosts, definition.lan)?;
        tracing::debug!(connector = definition.id.get_ref(), version = definition.version, "opened");
        Ok(Self {
            web: Web::new(base.reach, settings.get(CA_FILE).map(Path::new))?,
            budget: Budget::new(definition.poll.budget_per_min),
            states: States::default(),
            batches: AtomicU64::new(0),
            to_acknowledge: Mutex::default(),
            definition,
            settings,
            base,
        })
    }

    pub(super) fn values(&self) -> Values<'_> {
        Values::of(&self.settings)
    }

    pub(super) fn judge(&self) -> Judge<'_> {
        Judge {
            definition: &self.definition,
            secrets: self.settings.secrets.values().map(String::as_str).collect(),
            reach: self.base.reach,
        }
    }

    pub(super) fn prepare(
        &self,
        request: &Request,
        values: &Values<'_>,
        extra: &[(String, String)],
    ) -> Result<RequestBuilder> {
        let url = request::url(&self.base.url, request, values, extra)?;
        request::build(&self.web, url, request, self.definition.auth.as_ref(), values)
    }

    /// One request of the polling, with its JSON.
    pub(super) async fn ask(&self, request: RequestBuilder) -> Result<(Answer, Value)> {
        self.budget.take().await;
        let answer = self.web.call(request).await?;
        let value = self.judge().json(&answer).map_err(|Refusal { error, .. }| error)?;
        Ok((answer, value))
    }

    pub(super) fn next_batch_id(&self) -> BatchId {
        BatchId(self.batches.fetch_add(1, Ordering::Relaxed).to_string())
    }

    pub(super) fn remember_to_acknowledge(&self, batch: &BatchId, ids: Vec<String>) {
        let wants = self.definition.inbound.as_ref().is_some_and(|inbound| inbound.get_ref().ack.is_some());
        if wants && !ids.is_empty() {
            let mut waiting = self.to_acknowledge.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.insert(batch.clone(), ids);
        }
    }
}

#[async_trait]
impl Channel for HttpChannel {
    async fn check(&self) -> Result<()> {
        let request = match (&self.definition.check, &self.definition.inbound) {
            (Some(request), _) => request,
            (None, Some(inbound)) => &inbound.get_ref().request,
            (None, None) => return Ok(()),
        };
        let prepared = self.prepare(request, &self.values(), &[])?;
        self.ask(prepared).await.map(|_| ())
    }

    async fn poll(&self, cursor: Cursor) -> Result<Batch> {
        self.fetch(cursor).await
    }

    async fn acknowledge(&self, batch: &BatchId) -> Result<()> {
        self.states.acknowledged(batch);
        let ids = self.to_acknowledge.lock().unwrap_or_else(PoisonError::into_inner).remove(batch);
        let inbound = self.definition.inbound.as_ref().map(|inbound| inbound.get_ref());
        let Some((ids, ack)) = ids.zip(inbound.and_then(|inbound| inbound.ack.as_ref())) else {
            return Ok(());
        };
        for id in ids {
            let request = self.prepare(ack, &Values { id: Some(&id), ..self.values() }, &[])?;
            self.budget.take().await;
            let answer = self.web.call(request).await?;
            if !answer.is_success() {
                let refusal = self.judge().json(&answer).err();
                return Err(
                    refusal.map_or_else(|| Error::new(ErrorKind::Protocol, "unclear answer"), |r| r.error)
                );
            }
        }
        Ok(())
    }

    async fn wait(&self, interval: Duration) {
        let poll = self.definition.poll;
        let min = Duration::from_secs(u64::from(poll.min_s));
        let max = Duration::from_secs(u64::from(poll.max_s));
        tokio::time::sleep(interval.clamp(min, max)).await;
    }

    async fn send(&self, message: &Outgoing, point_of_no_return: &dyn Marker) -> Result<RemoteId> {
        let id = self.deliver(message, point_of_no_return).await?;
        if self.definition.status.is_some() {
            self.states.follow_fresh(id.clone());
        }
        Ok(id)
    }

    async fn track(&self, sent: &[RemoteId]) {
        if self.definition.status.is_some() {
            self.states.follow(sent.iter().cloned());
        }
    }

    async fn look_up(&self, reference: &ClientReference) -> Result<Option<RemoteId>> {
        let found = self.find_sent(reference).await?;
        if self.definition.status.is_some() {
            found.iter().for_each(|id| self.states.follow_fresh(id.clone()));
        }
        Ok(found)
    }
}
