//! Erasing a customer (GDPR 17): every row that names them, or all but the business letters, which the law may want kept;
//! those stay restricted.
//!
//! Messages go in slices, a transaction each, so that nobody waits; the rest goes in one. What is left of words in the search
//! index is rewritten afterwards as after every deletion (`retention`), and the write-ahead log is emptied then. Messages of
//! other customers stay as they were sent, whoever is named in them. Not here: the tombstones (`erased`), the cache of parts.

use std::collections::BTreeSet;

use rusqlite::{Connection, Transaction, params};
use theke_domain::address::Address;
use theke_domain::ids::{ContactId, ConversationId, MessageId};
use theke_domain::time::Timestamp;

use crate::erased::{Erased, Untold, Way};
use crate::error::Result;
use crate::person::{HELD, list};
use crate::table::messages::progress;
use crate::table::{contacts, conversations, identities, imports, restriction};
use crate::{row, search};

/// Whether one of their answers is leaving at this moment: erasing has to wait for that.
///
/// # Errors
/// The database's.
pub fn is_sending(conn: &Connection, ids: &[ContactId]) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM outbox WHERE state IN ('sending', 'committed')
                   AND contact_id IN (SELECT value FROM json_each(?)))";
    row::one(conn, sql, [list(ids)])
}

/// The addresses that they have or had.
///
/// # Errors
/// The database's.
pub fn addresses(conn: &Connection, ids: &[ContactId]) -> Result<Vec<Address>> {
    let sql = "SELECT DISTINCT kind, network, value FROM identities
               WHERE contact_id IN (SELECT value FROM json_each(?))";
    let all = row::all(conn, sql, [list(ids)], |r| {
        let (kind, network, value): (String, String, String) = (r.get(0)?, r.get(1)?, r.get(2)?);
        Ok(Address::from_stored(&kind, &network, &value))
    })?;
    Ok(all.into_iter().flatten().collect())
}

/// Customers who are here although they were erased: an older backup brought them, or their erasing was cut short. Whoever
/// wrote again since is somebody new.
///
/// # Errors
/// The database's.
pub fn returned(conn: &Connection, erased: &Erased, untold: &Untold) -> Result<Vec<(ContactId, Way)>> {
    let sql = "SELECT DISTINCT i.contact_id, i.kind, i.network, i.value, c.created_at, c.last_contact_at
               FROM identities i JOIN contacts c ON c.id = i.contact_id";
    let mut found: Vec<(ContactId, Way)> = Vec::new();
    row::all(conn, sql, [], |r| {
        let (kind, network, value): (String, String, String) =
            (r.get("kind")?, r.get("network")?, r.get("value")?);
        let mark = Address::from_stored(&kind, &network, &value)
            .and_then(|address| erased.untold_mark(untold, &address));
        let latest = row::at(r, "created_at")?.max(row::at(r, "last_contact_at")?);
        if let Some(mark) = mark.filter(|mark| latest <= mark.at) {
            let contact = row::id(r, "contact_id")?;
            if !found.iter().any(|(known, _)| *known == contact) {
                found.push((contact, mark.way));
            }
        }
        Ok(())
    })?;
    Ok(found)
}

/// Hides them, so that nobody meets them while they go.
///
/// # Errors
/// The database's.
pub fn begin(tx: &Transaction<'_>, ids: &[ContactId], now: Timestamp) -> Result<()> {
    ids.iter().try_for_each(|id| restriction::restrict(tx, *id, now))?;
    // What was never sent is no letter and must not leave any more.
    let sql = "SELECT message_id AS id FROM outbox WHERE state IN ('queued', 'held')
                   AND contact_id IN (SELECT value FROM json_each(?))";
    let unsent: Vec<MessageId> = row::all(tx, sql, [list(ids)], |r| row::id(r, "id"))?;
    remove(tx, &unsent)?;
    forget_proposals(tx, ids)?;
    // A wish stands in a message, which cannot go before it.
    row::run(tx, "DELETE FROM wishes WHERE contact_id IN (SELECT value FROM json_each(?))", [list(ids)])?;
    Ok(())
}

/// Removes up to `limit` of their messages with all that hangs on them; empty where none is left.
///
/// # Errors
/// The database's.
pub fn remove_messages(tx: &Transaction<'_>, ids: &[ContactId], limit: u32) -> Result<Vec<MessageId>> {
    let sql = "SELECT id FROM messages WHERE contact_id IN (SELECT value FROM json_each(?1)) LIMIT ?2";
    let found: Vec<MessageId> = row::all(tx, sql, params![list(ids), limit], |r| row::id(r, "id"))?;
    remove(tx, &found)?;
    Ok(found)
}

fn remove(tx: &Transaction<'_>, messages: &[MessageId]) -> Result<()> {
    let mut left = BTreeSet::new();
    for message in messages {
        let sql = "SELECT conversation_id FROM messages WHERE id = ?";
        left.extend(row::first(tx, sql, [message.0], |r| row::id::<ConversationId>(r, "conversation_id"))?);
        row::run(tx, "DELETE FROM outbox WHERE message_id = ?", [message.0])?;
        row::run(tx, "DELETE FROM decisions WHERE message_id = ?", [message.0])?;
        progress::remove_rows(tx, *message)?;
    }
    for conversation in left {
        conversations::reshape::settle(tx, conversation)?;
    }
    Ok(())
}

/// Removes all that is left after their messages, or beside their letters; gives how many rows went. Nothing brings it back.
///
/// # Errors
/// The database's.
pub fn finish(tx: &Transaction<'_>, ids: &[ContactId], way: Way, now: Timestamp) -> Result<u64> {
    // Rows name each other; all of them are gone at the end.
    tx.pragma_update(None, "defer_foreign_keys", true)?;
    let they = list(ids);
    if way == Way::Everything {
        hand_over(tx, ids)?;
    }
    forget_notes(tx, &they)?;
    let mut rows = 0;
    for held in HELD.iter().filter(|held| way == Way::Everything || !held.letter) {
        let sql = format!("DELETE FROM {} WHERE {}", held.table, held.condition());
        rows += tx.prepare(&sql)?.execute([&they])?;
    }
    if way == Way::KeptLetters {
        keep_letters(tx, ids, now)?;
    }
    for id in ids {
        // Of one that is gone or restricted nothing is left there.
        search::contacts::index(tx, *id)?;
    }
    // Ways back repeat what stood in the rows. Those of other customers go as well: a step does not say whose words it holds.
    row::run(tx, "DELETE FROM changes", [])?;
    imports::forget(tx, ids)?;
    // What was sent counts on; to whom is a keyed hash that nobody reads back.
    let sql = "UPDATE automatic_sends SET contact_id = 0, decision_id = 0
               WHERE contact_id IN (SELECT value FROM json_each(?))";
    row::run(tx, sql, [&they])?;
    Ok(u64::try_from(rows).unwrap_or(0))
}

/// A conversation in which others wrote, too, is theirs from now on; what others' messages say of the address by which they
/// came is not known any more.
fn hand_over(tx: &Transaction<'_>, ids: &[ContactId]) -> Result<()> {
    let sql = "SELECT id FROM conversations WHERE contact_id IN (SELECT value FROM json_each(?))";
    // A walk through all messages; it is rare, and the database would do it to see that nobody names the address.
    let others = "UPDATE messages SET identity_id = NULL
                  WHERE identity_id IN (SELECT id FROM identities WHERE contact_id IN (SELECT value FROM json_each(?1)))
                      AND contact_id NOT IN (SELECT value FROM json_each(?1))";
    row::run(tx, others, [list(ids)])?;
    for conversation in row::all(tx, sql, [list(ids)], |r| row::id::<ConversationId>(r, "id"))? {
        let sql = "SELECT contact_id FROM messages WHERE conversation_id = ?1
                   AND contact_id NOT IN (SELECT value FROM json_each(?2)) ORDER BY at DESC, id DESC LIMIT 1";
        let other: Option<ContactId> =
            row::first(tx, sql, params![conversation.0, list(ids)], |r| row::id(r, "contact_id"))?;
        if let Some(other) = other {
            // What was being written was for them.
            for table in ["drafts", "staged_files"] {
                row::run(tx, &format!("DELETE FROM {table} WHERE conversation_id = ?"), [conversation.0])?;
            }
            let sql = "UPDATE conversations SET contact_id = ?2 WHERE id = ?1";
            row::run(tx, sql, params![conversation.0, other.0])?;
            contacts::recount(tx, other)?;
        } else if row::one::<i64>(
            tx,
            "SELECT count(*) FROM messages WHERE conversation_id = ?",
            [conversation.0],
        )? == 0
        {
            conversations::reshape::settle(tx, conversation)?;
        }
    }
    Ok(())
}

/// A text that stands for several answers may be one of theirs: an open proposal goes and is found again without them, of one
/// that was decided on only that is left.
fn forget_proposals(tx: &Transaction<'_>, ids: &[ContactId]) -> Result<()> {
    let theirs =
        "EXISTS (SELECT 1 FROM json_each(proposals.messages) j CROSS JOIN messages m ON m.id = j.value
                          WHERE m.contact_id IN (SELECT value FROM json_each(?1)))";
    let sql = format!("DELETE FROM proposals WHERE state = 'open' AND {theirs}");
    row::run(tx, &sql, [list(ids)])?;
    let sql = format!(
        "UPDATE proposals SET text = '', messages =
             (SELECT json_group_array(j.value) FROM json_each(proposals.messages) j
              WHERE j.value NOT IN (SELECT id FROM messages WHERE contact_id IN (SELECT value FROM json_each(?1))))
         WHERE {theirs}"
    );
    row::run(tx, &sql, [list(ids)])?;
    Ok(())
}

fn forget_notes(tx: &Transaction<'_>, they: &str) -> Result<()> {
    let sql = "DELETE FROM notes_fts WHERE rowid IN
               (SELECT id FROM entries WHERE contact_id IN (SELECT value FROM json_each(?)) AND kind = 'note')";
    row::run(tx, sql, [they])?;
    Ok(())
}

/// The letters stay with the name and the addresses that stand in them; the addresses are free for whoever writes next.
fn keep_letters(tx: &Transaction<'_>, ids: &[ContactId], now: Timestamp) -> Result<()> {
    for id in ids {
        for identity in identities::of_contact(tx, *id)? {
            identities::remove(tx, identity.id, now)?;
        }
        let sql =
            "UPDATE contacts SET company = '', salutation = '', birthday = '', postcode = '', language = ''
                   WHERE id = ?";
        row::run(tx, sql, [id.0])?;
    }
    Ok(())
}
