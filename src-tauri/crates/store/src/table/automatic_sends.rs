//! What went out by itself: the ledger of the caps. It outlives messages and customers, and holds neither text nor address.
//!
//! A contact counts with all whose addresses became its own, so that a merge opens no cap; an address counts by a keyed hash
//! (`Erased::address_key`), so that an erasure opens none either. The words of classes are `domain::guard::Class`'s.
//!
//! Not here: how many may go.

use rusqlite::{Connection, Transaction, params};
use theke_domain::ids::{ContactId, DecisionId};
use theke_domain::time::Timestamp;

use crate::error::Result;
use crate::row;

/// Something that goes out by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewSend<'a> {
    /// When it was queued.
    pub at: Timestamp,
    /// `unasked`, `dialogue` or `notice`.
    pub class: &'a str,
    /// To whom.
    pub contact: ContactId,
    /// Keyed hash of the address.
    pub address_key: &'a str,
    /// Why.
    pub decision: DecisionId,
    /// Order and state of a notice, which goes once; empty = none.
    pub notice_key: &'a str,
    /// Parts that are paid for one by one; 0 = none are.
    pub parts: u32,
}

/// Whose sends are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose<'a> {
    /// Those to a contact.
    Contact(ContactId),
    /// Those to an address, by its keyed hash.
    Address(&'a str),
    /// All of the shop.
    Shop,
}

/// Notes one, in the transaction that queues it.
///
/// # Errors
/// The database's, also for a notice that went out already.
pub fn insert(tx: &Transaction<'_>, new: &NewSend<'_>) -> Result<()> {
    let sql =
        "INSERT INTO automatic_sends (at, class, contact_id, address_key, decision_id, notice_key, parts)
               VALUES (?, ?, ?, ?, ?, ?, ?)";
    let (contact, decision) = (new.contact.0, new.decision.0);
    row::run(
        tx,
        sql,
        params![new.at.0, new.class, contact, new.address_key, decision, new.notice_key, new.parts],
    )?;
    Ok(())
}

/// How many of a class went out at or after a moment.
///
/// # Errors
/// The database's.
pub fn count(conn: &Connection, whose: Whose<'_>, class: &str, since: Timestamp) -> Result<u32> {
    match whose {
        Whose::Contact(contact) => {
            let sql = "SELECT count(*) FROM automatic_sends WHERE contact_id IN
                           (SELECT ?1 UNION ALL SELECT origin_contact_id FROM identities
                            WHERE contact_id = ?1 AND removed_at = 0)
                       AND class = ?2 AND at >= ?3";
            row::one(conn, sql, params![contact.0, class, since.0])
        }
        Whose::Address(key) => {
            let sql =
                "SELECT count(*) FROM automatic_sends WHERE address_key = ?1 AND class = ?2 AND at >= ?3";
            row::one(conn, sql, params![key, class, since.0])
        }
        Whose::Shop => {
            let sql = "SELECT count(*) FROM automatic_sends WHERE class = ?1 AND at >= ?2";
            row::one(conn, sql, params![class, since.0])
        }
    }
}

/// Whether the notice of this order and state went out already.
///
/// # Errors
/// The database's.
pub fn is_noticed(conn: &Connection, notice_key: &str) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM automatic_sends WHERE notice_key = ?1 AND notice_key <> '')";
    row::one(conn, sql, [notice_key])
}

/// Parts that were paid for since a moment, of whichever class.
///
/// # Errors
/// The database's.
pub fn parts_since(conn: &Connection, since: Timestamp) -> Result<u32> {
    let sql = "SELECT coalesce(sum(parts), 0) FROM automatic_sends
               WHERE class IN ('unasked', 'dialogue', 'notice') AND at >= ?";
    row::one(conn, sql, [since.0])
}
