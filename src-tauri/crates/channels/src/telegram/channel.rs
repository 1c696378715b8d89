//! The bot as a channel.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use serde_json::{Value, json};
use theke_domain::message::{Outgoing, PartRef, RemoteId};

use super::api::{Api, Body, Refusal};
use super::convert::{connection, convert};
use super::cursor::Position;
use super::wire;
use crate::channel::{Batch, BatchId, Channel, Cursor, Marker, Update};
use crate::clock::Clock;
use crate::error::{Error, ErrorKind, Result};
use crate::spec::AccountSettings;
use crate::web::Answer;

/// Updates in one answer; the most that Telegram gives.
const LIMIT: usize = 100;
/// How long Telegram holds a request open when there is nothing.
const LONG_POLL: Duration = Duration::from_secs(50);
/// After a failed long poll, so that a dead line is not asked all the time.
const PAUSE: Duration = Duration::from_secs(15);
const WANTED: [&str; 4] = ["message", "edited_message", "business_message", "edited_business_message"];

pub(super) struct Telegram {
    pub(super) api: Api,
    /// The offset that is safe to name: everything before it is stored.
    stored: Mutex<Option<i64>>,
    /// The business connection of each chat that came through one.
    pub(super) connections: Mutex<HashMap<i64, String>>,
    clock: Clock,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Telegram {
    pub(super) fn open(settings: &AccountSettings) -> Result<Self> {
        Ok(Self {
            api: Api::open(settings)?,
            stored: Mutex::default(),
            connections: Mutex::default(),
            clock: settings.clock.clone(),
        })
    }

    pub(super) fn connection_of(&self, chat: i64) -> Option<String> {
        locked(&self.connections).get(&chat).cloned()
    }

    async fn updates(
        &self,
        offset: Option<i64>,
        limit: usize,
        wait: Duration,
    ) -> Result<(Vec<Value>, Answer), Refusal> {
        let mut parameters = json!({ "limit": limit, "timeout": wait.as_secs(), "allowed_updates": WANTED });
        if let (Some(offset), Some(object)) = (offset, parameters.as_object_mut()) {
            object.insert("offset".to_owned(), offset.into());
        }
        let (value, answer) = self.api.call("getUpdates", Body::Json(parameters), wait).await?;
        match value {
            Value::Array(updates) => Ok((updates, answer)),
            _ => Err(Error::new(ErrorKind::Protocol, "Telegram's answer holds no list of updates").into()),
        }
    }

    /// A webhook keeps updates from being fetched. Those that wait stay.
    async fn remove_webhook(&self) -> Result<()> {
        let parameters = json!({ "drop_pending_updates": false });
        self.api.call("deleteWebhook", Body::Json(parameters), Duration::ZERO).await?;
        Ok(())
    }
}

#[async_trait]
impl Channel for Telegram {
    async fn check(&self) -> Result<()> {
        self.api.call("getMe", Body::Json(json!({})), Duration::ZERO).await?;
        self.remove_webhook().await?;
        // Nothing is confirmed by this; it shows whether another program holds the bot.
        self.updates(None, 1, Duration::ZERO).await?;
        Ok(())
    }

    async fn poll(&self, cursor: Cursor) -> Result<Batch> {
        let mut position = Position::read(&cursor);
        if cursor.is_start() {
            self.remove_webhook().await?;
        }
        let local = self.clock.now();
        let offset = position.offset(local);
        *locked(&self.stored) = offset;
        let (raw, answer) = self.updates(offset, LIMIT, Duration::ZERO).await?;
        let mut updates = Vec::new();
        let mut newest = None;
        for value in &raw {
            let id = value.get("update_id").and_then(Value::as_i64);
            newest = newest.max(id);
            match serde_json::from_value::<wire::Update>(value.clone()) {
                Ok(update) => {
                    if let Some((chat, connection)) = connection(&update) {
                        locked(&self.connections).insert(chat, connection);
                    }
                    updates.extend(convert(&update, value).map(|message| Update::Message(Box::new(message))));
                }
                Err(_) => tracing::warn!(update = id, "an update that cannot be read is passed over"),
            }
        }
        // Telegram's own clock, so that a wrong one here neither hides nor invents a gap.
        let gap = position.fetched(newest, answer.date().unwrap_or(local), local);
        updates.extend(gap);
        let id = BatchId(newest.map_or_else(String::new, |newest| newest.to_string()));
        Ok(Batch {
            id,
            updates,
            cursor: position.write(),
            more: raw.len() >= LIMIT,
            remaining: None,
            total: None,
        })
    }

    async fn acknowledge(&self, batch: &BatchId) -> Result<()> {
        // The next request names this offset and so confirms the batch.
        if let Ok(newest) = batch.0.parse::<i64>() {
            *locked(&self.stored) = Some(newest.saturating_add(1));
        }
        Ok(())
    }

    async fn wait(&self, interval: Duration) {
        let offset = *locked(&self.stored);
        let wait = interval.clamp(Duration::from_secs(1), LONG_POLL);
        if self.updates(offset, 1, wait).await.is_err() {
            tokio::time::sleep(interval.min(PAUSE)).await;
        }
    }

    async fn send(&self, message: &Outgoing, point_of_no_return: &dyn Marker) -> Result<RemoteId> {
        self.deliver(message, point_of_no_return).await
    }

    async fn fetch_part(&self, part: &PartRef) -> Result<Bytes> {
        self.api.file(&part.0).await
    }
}
