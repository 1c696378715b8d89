//! Search while typing.

use std::time::Duration;

use theke_store::search as index;
use theke_store::table::contacts::{self, Contact};
use theke_store::table::counters;
use theke_store::{Cancel, Connection, Result};

use super::types::{MessageHit, SearchResult};
use super::{Api, ApiResult, view};
use crate::shared::off_thread;

const LIMIT_MAX: u32 = 200;
/// A question that takes longer is answered by the next keystroke.
const TIME_MAX: Duration = Duration::from_secs(3);

impl Api {
    /// Contacts and messages, newest first. `limit` per kind, at most 200. A newer search ends an older one.
    pub async fn search(&self, query: &str, limit: u32) -> ApiResult<SearchResult> {
        let (query, limit) = (query.trim().to_owned(), limit.clamp(1, LIMIT_MAX));
        let cancel = Cancel::default();
        if let Ok(mut running) = self.searching.lock() {
            std::mem::replace(&mut *running, cancel.clone()).cancel();
        }
        let store = self.shared.store.clone();
        let asked = off_thread(move || {
            store
                .read_within(TIME_MAX, &cancel, |conn| {
                    let found = find_contacts(conn, &query, limit)?;
                    let contacts =
                        found.iter().map(|row| view::contact(conn, row)).collect::<Result<Vec<_>>>()?;
                    Ok(SearchResult {
                        contacts,
                        messages: find_messages(conn, &query, limit)?,
                        complete: counters::get(conn, counters::MESSAGES_UNINDEXED)? == 0,
                    })
                })
                .or_else(|error| match error {
                    theke_store::Error::Interrupted => {
                        Ok(SearchResult { contacts: Vec::new(), messages: Vec::new(), complete: false })
                    }
                    other => Err(other),
                })
        })
        .await?;
        Ok(asked)
    }
}

/// Contacts that answer to what was typed.
pub(super) fn find_contacts(conn: &Connection, query: &str, limit: u32) -> Result<Vec<Contact>> {
    index::contacts::find(conn, query, limit)
}

fn find_messages(conn: &Connection, query: &str, limit: u32) -> Result<Vec<MessageHit>> {
    let mut found = Vec::new();
    for hit in index::messages::find(conn, query, None, limit)? {
        let row = &hit.message;
        let contact = contacts::get(conn, row.contact_id)?;
        found.push(MessageHit {
            id: row.id.0,
            conversation_id: row.conversation_id.0,
            contact_name: contact.map(|contact| contact.display_name).unwrap_or_default(),
            subject: row.subject.clone().unwrap_or_default(),
            snippet: index::messages::snippet(conn, &hit, query)?,
            at: view::at(row.at),
            medium: row.medium.as_str().to_owned(),
        });
    }
    Ok(found)
}
