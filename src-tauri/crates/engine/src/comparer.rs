//! Compares contacts that changed with those that may be the same, in slices between which others may write. Only what
//! shares a key is compared, so the work for one contact does not grow with their number.
//!
//! A comparison is made beside the writer and thrown away if the contact changed meanwhile: it still waits then. Not here:
//! what makes two contacts the same (`theke_domain::matching`), and merging them, which only a person does.

use std::sync::Arc;
use std::time::Duration;

use theke_domain::address::Address;
use theke_domain::ids::ContactId;
use theke_domain::matching::{Link, Prepared, Record, compare_prepared, keys_of};
use theke_store::table::comparing::{self, Known};
use theke_store::table::duplicates::{self, Pair};
use theke_store::{Connection, Result};

use crate::api::ApiResult;
use crate::api::types::Event;
use crate::intake::{UNREADABLE, UNVERIFIED};
use crate::settings;
use crate::shared::Shared;

/// From this score on a pair is one of which `matching` says that it is one customer.
pub const SURE: u8 = 90;
/// Contacts per transaction.
const SLICE: u32 = 50;
/// So many others are compared with one contact, at most.
const BLOCK: usize = 200;
const LOOK_EVERY: Duration = Duration::from_secs(3);
/// Between two slices, so that a first sync and the screen come first.
const BREATH: Duration = Duration::from_millis(20);

/// A contact that was compared.
struct Compared {
    contact: ContactId,
    known: Option<Known>,
    keys: Vec<String>,
    pairs: Vec<Pair>,
}

/// Works off what waits, for ever.
pub async fn run(shared: Arc<Shared>) {
    loop {
        if let Err(error) = work_off(&shared).await {
            tracing::warn!(code = ?error.code, "customers could not be compared; it is tried again");
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// Compares everything that waits now.
pub async fn work_off(shared: &Arc<Shared>) -> ApiResult<()> {
    let mut changed = false;
    loop {
        let (done, new) = one_slice(shared).await?;
        changed |= new;
        if done == 0 {
            break;
        }
        // One customer who changed is compared at once; only many in a row wait for others.
        if u32::try_from(done).is_ok_and(|done| done >= SLICE) {
            tokio::time::sleep(BREATH).await;
        }
    }
    if changed {
        shared.tell(Event::DuplicatesChanged {});
    }
    Ok(())
}

/// How many were settled, and whether the suggestions changed. The keys come first: two of one slice are to find each
/// other.
async fn one_slice(shared: &Arc<Shared>) -> ApiResult<(usize, bool)> {
    let keyed = shared
        .read(|conn| {
            let country = settings::text(conn, settings::SHOP_COUNTRY)?;
            let waiting = comparing::waiting(conn, SLICE)?;
            waiting.into_iter().map(|contact| keyed(conn, contact, &country)).collect::<Result<Vec<_>>>()
        })
        .await?;
    if keyed.is_empty() {
        return Ok((0, false));
    }
    let keyed = shared
        .write(move |tx| {
            for (contact, keys) in &keyed {
                comparing::set_keys(tx, *contact, keys)?;
            }
            Ok::<_, theke_store::Error>(keyed)
        })
        .await?;
    let slice = shared
        .read(move |conn| {
            let country = settings::text(conn, settings::SHOP_COUNTRY)?;
            keyed.iter().map(|(contact, _)| compare(conn, *contact, &country)).collect::<Result<Vec<_>>>()
        })
        .await?;
    let now = shared.now();
    shared
        .write(move |tx| {
            let (mut done, mut changed) = (0, false);
            for one in &slice {
                if comparing::known(tx, one.contact)? != one.known {
                    continue;
                }
                let not_same = duplicates::not_same_as(tx, one.contact)?;
                let mut pairs = Vec::with_capacity(one.pairs.len());
                for pair in &one.pairs {
                    let other = if pair.first == one.contact { pair.second } else { pair.first };
                    if !not_same.contains(&other) && comparing::known(tx, other)?.is_some() {
                        pairs.push(pair.clone());
                    }
                }
                comparing::compared(tx, one.contact, &one.keys)?;
                changed |= duplicates::replace(tx, one.contact, &pairs, now)?;
                done += 1;
            }
            Ok::<_, theke_store::Error>((done, changed))
        })
        .await
}

fn keyed(conn: &Connection, contact: ContactId, country: &str) -> Result<(ContactId, Vec<String>)> {
    let known = comparing::known(conn, contact)?;
    Ok((contact, known.map(|known| keys_of(&Prepared::new(&record(&known), country))).unwrap_or_default()))
}

fn compare(conn: &Connection, contact: ContactId, country: &str) -> Result<Compared> {
    let Some(known) = comparing::known(conn, contact)? else {
        return Ok(Compared { contact, known: None, keys: Vec::new(), pairs: Vec::new() });
    };
    let prepared = Prepared::new(&record(&known), country);
    let mut keys = keys_of(&prepared);
    keys.sort_by_key(|key| !is_telling(key));
    let not_same = duplicates::not_same_as(conn, contact)?;
    let mut pairs = Vec::new();
    for other in comparing::sharing(conn, contact, &keys, BLOCK)? {
        if not_same.contains(&other) {
            continue;
        }
        let Some(theirs) = comparing::known(conn, other)? else { continue };
        let verdict = compare_prepared(&prepared, &Prepared::new(&record(&theirs), country));
        if verdict.link != Link::Different {
            let (first, second) = duplicates::in_order(contact, other);
            pairs.push(Pair { first, second, score: verdict.score, reasons: verdict.reasons });
        }
    }
    Ok(Compared { contact, known: Some(known), keys, pairs })
}

/// An address tells more than a name, which many may share.
fn is_telling(key: &str) -> bool {
    ["phone:", "mail:", "local:", "handle:"].iter().any(|kind| key.starts_with(kind))
}

/// What is known of a contact as `matching` reads it. What nobody vouches for makes nobody the same.
pub fn record(known: &Known) -> Record {
    let mut record =
        Record { name: known.name.clone(), postcode: known.postcode.clone(), ..Record::default() };
    for address in &known.addresses {
        match address {
            Address::Email { value } => record.emails.push(value.clone()),
            Address::Phone { value } => record.phones.push(value.clone()),
            Address::Handle { network, .. } if network == UNREADABLE || network == UNVERIFIED => {}
            Address::Handle { network, value } => record.handles.push(format!("{network}:{value}")),
        }
    }
    record
}
