//! Erasing a customer, step by step: the tombstones first, on the disk, then the rows in slices, then what is left in the index,
//! the cache and the write-ahead log. A program that is killed in between goes on at its next start, as does one whose database came
//! back from an older backup: the tombstones that the database does not know say who is to go.

use std::sync::Arc;

use theke_domain::address::Address;
use theke_domain::ids::ContactId;
use theke_store::erased::{Mark, Way};
use theke_store::table::protection_log::{self, What};
use theke_store::{erasure, person};

use crate::api::types::Event;
use crate::api::{ApiError, ApiResult, Code};
use crate::retention;
use crate::shared::{Shared, off_thread};

/// Messages of one transaction.
const SLICE: u32 = 100;

/// What went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Gone {
    /// Messages.
    pub messages: u64,
    /// Rows beside them.
    pub rows: u64,
    /// Addresses that are known as erased.
    pub addresses: u64,
}

/// Erases a customer.
pub async fn one(shared: &Arc<Shared>, id: ContactId, way: Way) -> ApiResult<Gone> {
    let (ids, addresses) = shared
        .read(move |conn| -> ApiResult<(Vec<ContactId>, Vec<Address>)> {
            let ids = person::all_of(conn, id)?;
            if ids.is_empty() {
                return Err(ApiError::new(Code::NotFound, format!("There is no contact {id}.")));
            }
            if erasure::is_sending(conn, &ids)? {
                let sentence = "An answer to this customer is leaving at this moment. Try again in a minute.";
                return Err(ApiError::new(Code::TooLate, sentence));
            }
            let addresses = erasure::addresses(conn, &ids)?;
            Ok((ids, addresses))
        })
        .await?;
    let (of, mark) = (shared.clone(), Mark { at: shared.now(), way });
    let known = addresses.len() as u64;
    let noted = addresses.clone();
    off_thread(move || of.erased.note(&noted, mark)).await?;
    let gone = rows(shared, ids, addresses, way).await?;
    retention::purge(shared).await?;
    shared.tell(Event::UndoChanged {});
    shared.tell(Event::Refresh {});
    Ok(Gone { addresses: known, ..gone })
}

/// Erases whoever is here although the tombstones say otherwise.
pub async fn catch_up(shared: &Arc<Shared>) -> ApiResult<()> {
    let erased = shared.erased.clone();
    let returned = shared
        .read(move |conn| {
            let untold = erased.untold(conn)?;
            if untold.is_empty() {
                return Ok(None);
            }
            Ok::<_, theke_store::Error>(Some(erasure::returned(conn, &erased, &untold)?))
        })
        .await?;
    let Some(returned) = returned else { return Ok(()) };
    for (contact, way) in &returned {
        let contact = *contact;
        let (ids, addresses) = shared
            .read(move |conn| {
                let ids = person::all_of(conn, contact)?;
                let addresses = erasure::addresses(conn, &ids)?;
                Ok::<_, theke_store::Error>((ids, addresses))
            })
            .await?;
        // Two addresses of one customer lead to the same one; it is gone after the first.
        if !ids.is_empty() {
            rows(shared, ids, addresses, *way).await?;
        }
    }
    let (erased, now) = (shared.erased.clone(), shared.now());
    shared.write_durable(move |tx| erased.tell_all(tx, now)).await?;
    if !returned.is_empty() {
        retention::purge(shared).await?;
        shared.tell(Event::Refresh {});
    }
    Ok(())
}

/// Takes the rows away; the database is told in the transaction of the last ones.
async fn rows(
    shared: &Arc<Shared>,
    ids: Vec<ContactId>,
    addresses: Vec<Address>,
    way: Way,
) -> ApiResult<Gone> {
    let (now, they) = (shared.now(), ids.clone());
    shared
        .write_durable(move |tx| {
            retention::note_unpurged(tx, now)?;
            erasure::begin(tx, &they, now)
        })
        .await?;
    let mut gone = Gone::default();
    let mut more = way == Way::Everything;
    while more {
        let they = ids.clone();
        let removed = shared.write(move |tx| erasure::remove_messages(tx, &they, SLICE)).await?;
        more = !removed.is_empty();
        gone.messages += removed.len() as u64;
        let of = shared.clone();
        off_thread(move || removed.iter().try_for_each(|id| of.cache.remove_under(&format!("part/{id}/"))))
            .await?;
        // Whoever waits to write has its turn.
        tokio::task::yield_now().await;
    }
    let (erased, messages) = (shared.erased.clone(), gone.messages);
    gone.rows = shared
        .write_durable(move |tx| {
            let rows = erasure::finish(tx, &ids, way, now)?;
            retention::note_unpurged(tx, now)?;
            erased.tell(tx, &addresses, now)?;
            protection_log::add(tx, What::Erasure, messages + rows, now)?;
            Ok::<_, theke_store::Error>(rows)
        })
        .await?;
    let opened = shared.dir.join("opened");
    // Files that were opened lie there in the open until the next start.
    let _ = off_thread(move || std::fs::remove_dir_all(opened).or(Ok::<_, ApiError>(()))).await;
    Ok(gone)
}
