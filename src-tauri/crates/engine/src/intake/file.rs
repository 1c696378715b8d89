//! Messages out of files: the same intake without an account. Stored in batches, one transaction each.

use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use theke_channels::files::{self, Found};
use theke_channels::mime::{self, Fetched};
use theke_domain::medium::{ChannelKind, Medium, media};
use theke_domain::message::{Incoming, RemoteId};
use theke_domain::time::Timestamp;
use theke_store::Transaction;

use super::message::{self, Prepared, Taken};
use super::{Context, Tally, own_addresses};
use crate::api::ApiResult;
use crate::api::types::ImportFailure;
use crate::settings;
use crate::shared::Shared;

/// Messages per transaction, and the bytes that a batch may hold.
const BATCH_MESSAGES: usize = 200;
const BATCH_BYTES: usize = 16 * 1024 * 1024;

/// What an import came to.
#[derive(Debug, Default)]
pub struct Imported {
    /// Messages read.
    pub read: u64,
    /// Stored.
    pub stored: u64,
    /// Known before.
    pub known: u64,
    /// Files that could not be read.
    pub failed: Vec<ImportFailure>,
}

/// Imports everything under these paths. Blocks.
pub fn import(shared: &Shared, paths: &[PathBuf]) -> ApiResult<Imported> {
    let mut imported = Imported::default();
    let own: Vec<String> =
        shared.store.read(own_addresses)?.iter().map(|address| address.value().to_owned()).collect();
    for path in paths {
        one_path(shared, path, &own, &mut imported)?;
    }
    Ok(imported)
}

fn one_path(shared: &Shared, path: &Path, own: &[String], imported: &mut Imported) -> ApiResult<()> {
    let mut batch: Vec<Found> = Vec::new();
    let mut bytes = 0;
    let mut stopped = None;
    let mut failed = Vec::new();
    files::each(
        path,
        &mut |found| {
            bytes += found.raw.len();
            batch.push(found);
            if batch.len() < BATCH_MESSAGES && bytes < BATCH_BYTES {
                return true;
            }
            bytes = 0;
            match keep(shared, std::mem::take(&mut batch), own, imported) {
                Ok(()) => true,
                Err(error) => {
                    stopped = Some(error);
                    false
                }
            }
        },
        &mut |trouble| {
            let error = format!("It cannot be read: {}.", trouble.error);
            failed.push(ImportFailure { file: trouble.path.display().to_string(), error });
        },
    );
    imported.failed.extend(failed);
    match stopped {
        Some(error) => Err(error),
        None => keep(shared, batch, own, imported),
    }
}

fn keep(shared: &Shared, batch: Vec<Found>, own: &[String], imported: &mut Imported) -> ApiResult<()> {
    let now = shared.now();
    let read = batch.into_iter().map(|found| Prepared::of(incoming(found, own, now)));
    let read = read.collect::<theke_store::Result<Vec<Prepared>>>()?;
    let (mut stored, mut known) = (0, 0);
    let tally = shared.store.write(|tx: &Transaction<'_>| {
        let context = Context {
            account: None,
            kind: ChannelKind::new("file"),
            medium: Medium::new(media::EMAIL),
            has_threads: true,
            own: own_addresses(tx)?,
            country: settings::text(tx, settings::SHOP_COUNTRY)?,
            now,
            accounts: Vec::new(),
            oldest: None,
            decides: false,
            erased: shared.erased.clone(),
        };
        let mut tally = Tally::default();
        for one in &read {
            match message::take(tx, &context, one, &mut tally)? {
                Taken::New(_) => stored += 1,
                Taken::Known(_) | Taken::Unwanted => known += 1,
            }
        }
        Ok(tally)
    })?;
    imported.read += read.len() as u64;
    imported.stored += stored;
    imported.known += known;
    for event in tally.finish().events {
        shared.tell(event);
    }
    Ok(())
}

/// No file knows when it arrived: without any date that is now, and nothing is from the future.
fn incoming(found: Found, own: &[String], now: Timestamp) -> Incoming {
    let direction = mime::direction(&found.raw, own);
    let digest: String = Sha256::digest(&found.raw).iter().map(|byte| format!("{byte:02x}")).collect();
    let fetched = Fetched {
        remote_id: RemoteId(format!("file:{digest}")),
        direction,
        received_at: None,
        flags: found.flags,
        size_bytes: None,
        spam: false,
    };
    let mut incoming = mime::incoming(found.raw, &fetched);
    if incoming.received_at == Timestamp::default() {
        (incoming.at, incoming.received_at) = (now, now);
    }
    (incoming.at, incoming.received_at) = (incoming.at.min(now), incoming.received_at.min(now));
    incoming
}
