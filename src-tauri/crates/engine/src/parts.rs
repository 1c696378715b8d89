//! The bytes of message parts: in the store, in the source, in the cache, or at the provider, in this order.

use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use theke_channels::mime::{self, Fetched};
use theke_domain::ids::{AttachmentId, MessageId};
use theke_domain::message::{Direction, Flags, RemoteId};
use theke_store::table::attachments::{self, Attachment};
use theke_store::table::{bodies, messages, remote_ids};

use crate::api::{ApiError, ApiResult, Code};
use crate::failure;
use crate::shared::{Shared, off_thread};

/// A part and its decoded bytes.
pub struct Part {
    /// What the store knows of it.
    pub row: Attachment,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// The bytes of an attachment, fetched if need be.
pub async fn bytes(shared: &Arc<Shared>, id: i64) -> ApiResult<Part> {
    let row = row(shared, id).await?;
    let bytes = match local(shared, &row).await? {
        Some(bytes) => bytes,
        None => fetch(shared, &row).await?,
    };
    Ok(Part { row, bytes })
}

/// What the store knows of an attachment.
pub async fn row(shared: &Arc<Shared>, id: i64) -> ApiResult<Attachment> {
    let row = shared.read(move |conn| attachments::get(conn, AttachmentId(id))).await?;
    row.ok_or_else(|| ApiError::new(Code::NotFound, format!("There is no attachment {id}.")))
}

/// The bytes that are on this computer.
pub async fn local(shared: &Arc<Shared>, row: &Attachment) -> ApiResult<Option<Vec<u8>>> {
    let (id, message, position, has_content) = (row.id, row.message_id, row.position, row.has_content);
    let name = cache_name(row);
    let (cache, store, now) = (shared.clone(), shared.store.clone(), shared.now());
    off_thread(move || {
        if has_content {
            return store.read(|conn| attachments::content(conn, id));
        }
        if let Some(bytes) = cache.cache.get(&name, now)? {
            return Ok(Some(bytes));
        }
        let source = store.read(|conn| bodies::get(conn, message))?.and_then(|body| body.source);
        let index = usize::try_from(position).unwrap_or(usize::MAX);
        Ok::<_, theke_store::Error>(source.and_then(|source| mime::part_bytes(&source, index)))
    })
    .await
}

async fn fetch(shared: &Arc<Shared>, row: &Attachment) -> ApiResult<Vec<u8>> {
    let gone = || {
        ApiError::new(Code::NotFound, "This file is not at the provider any more, and it was never fetched.")
    };
    let part = row.part_ref.clone().ok_or_else(gone)?;
    let message = row.message_id;
    let names = shared.read(move |conn| remote_ids::of_message(conn, message)).await?;
    let account = names.first().map(|(account, _)| *account).ok_or_else(gone)?;
    let line = shared.line(account).await?;
    let bytes = line.channel.fetch_part(&part).await.map_err(|error| failure::of_channel(&error))?;
    let (name, id, kept, shared) = (cache_name(row), row.id, bytes.to_vec(), shared.clone());
    off_thread(move || {
        let digest: String = Sha256::digest(&kept).iter().map(|byte| format!("{byte:02x}")).collect();
        shared.store.write(|tx| attachments::seen(tx, id, kept.len() as u64, &digest))?;
        // A cache that is full or broken costs the next opening a fetch, nothing else.
        if let Err(error) = shared.cache.put(&name, &kept, shared.now()) {
            tracing::warn!(%error, "the parts cache could not be written");
        }
        Ok::<_, theke_store::Error>(kept)
    })
    .await
}

/// The source of a message, as it was fetched; `None` if only parts of it were kept.
pub async fn source(shared: &Arc<Shared>, id: i64) -> ApiResult<Option<Vec<u8>>> {
    let body = shared
        .read(move |conn| -> ApiResult<_> {
            let row = messages::get(conn, MessageId(id))?;
            row.ok_or_else(|| ApiError::new(Code::NotFound, format!("There is no message {id}.")))?;
            Ok(bodies::get(conn, MessageId(id))?)
        })
        .await?;
    Ok(body.and_then(|body| body.source))
}

/// The HTML part of a message's source.
pub fn html_of(source: Vec<u8>) -> Option<String> {
    let fetched = Fetched {
        remote_id: RemoteId(String::new()),
        direction: Direction::In,
        received_at: None,
        flags: Flags::default(),
        size_bytes: None,
        spam: false,
    };
    mime::incoming(source, &fetched).html
}

fn cache_name(row: &Attachment) -> String {
    format!("part/{}/{}", row.message_id, row.position)
}
