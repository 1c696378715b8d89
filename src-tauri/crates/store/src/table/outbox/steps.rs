//! The changes of state. Each is one UPDATE that names the states it may come from and says whether it took: two
//! that want the same row cannot both have it. The message's `delivery` follows in the same transaction.
//!
//! Callers use `Store::write_durable` for all of them.

use rusqlite::{Connection, Transaction, params};
use theke_domain::ids::{AccountId, MessageId};
use theke_domain::message::{Delivery, Outgoing, RemoteId};
use theke_domain::time::Timestamp;

use super::State;
use crate::attempts::Attempts;
use crate::error::Result;
use crate::row;
use crate::table::Trouble;
use crate::table::messages::progress::set_delivery;

/// queued → sending. The attempt is counted here, before it is made; gives its number, `None` if it did not take.
///
/// # Errors
/// The database's.
pub fn claim(tx: &Transaction<'_>, id: MessageId) -> Result<Option<u32>> {
    let sql = "UPDATE outbox SET state = 'sending', attempts = attempts + 1
               WHERE message_id = ? AND state = 'queued' RETURNING attempts";
    let attempt = row::all(tx, sql, [id.0], |r| r.get("attempts"))?.pop();
    if attempt.is_some() {
        set_delivery(tx, id, Delivery::Sending, None)?;
    }
    Ok(attempt)
}

/// sending → committed: the marker just before the send can no longer be taken back.
///
/// # Errors
/// The database's.
pub fn commit(tx: &Transaction<'_>, id: MessageId) -> Result<bool> {
    let sql = "UPDATE outbox SET state = 'committed' WHERE message_id = ? AND state = 'sending'";
    Ok(row::run(tx, sql, [id.0])? > 0)
}

/// sending, committed or in doubt → sent. `copy_wanted`: the copy in Sent is still to be made.
///
/// # Errors
/// The database's.
pub fn sent(
    tx: &Transaction<'_>,
    id: MessageId,
    remote: Option<&RemoteId>,
    copy_wanted: bool,
    now: Timestamp,
) -> Result<bool> {
    let sql = "UPDATE outbox SET state = 'sent', remote_id = ?2, after_send = ?3, finished_at = ?4, error_code = '',
                   error_text = ''
               WHERE message_id = ?1 AND state IN ('sending', 'committed', 'in_doubt')";
    let remote = remote.map_or("", |remote| remote.0.as_str());
    let took = row::run(tx, sql, params![id.0, remote, copy_wanted, now.0])? > 0;
    if took {
        // A delivery report may have overtaken the answer to the send.
        let sql = "UPDATE messages SET delivery = 'sent', error_code = '', error_text = ''
                   WHERE id = ? AND delivery NOT IN ('delivered', 'read')";
        row::run(tx, sql, [id.0])?;
        let sql = "UPDATE identities SET last_out_at = max(last_out_at, ?2),
                       last_account_id = (SELECT account_id FROM outbox WHERE message_id = ?1)
                   WHERE id = (SELECT identity_id FROM messages WHERE id = ?1)";
        row::run(tx, sql, params![id.0, now.0])?;
    }
    Ok(took)
}

/// sending or committed → queued, after a definite refusal that is not for good. `counted`: false gives the attempt
/// back (a refused login is none).
///
/// # Errors
/// The database's.
pub fn later(
    tx: &Transaction<'_>,
    id: MessageId,
    due_at: Timestamp,
    counted: bool,
    trouble: &Trouble,
) -> Result<bool> {
    let sql = "UPDATE outbox SET state = 'queued', due_at = ?2, attempts = attempts - ?3, error_code = ?4, error_text = ?5
               WHERE message_id = ?1 AND state IN ('sending', 'committed')";
    let took = row::run(tx, sql, params![id.0, due_at.0, !counted, trouble.code, trouble.text])? > 0;
    follow(tx, id, took, Delivery::Queued, None)
}

/// queued, sending or committed → failed.
///
/// # Errors
/// The database's.
pub fn failed(tx: &Transaction<'_>, id: MessageId, trouble: &Trouble, now: Timestamp) -> Result<bool> {
    let sql = "UPDATE outbox SET state = 'failed', finished_at = ?2, error_code = ?3, error_text = ?4
               WHERE message_id = ?1 AND state IN ('queued', 'sending', 'committed')";
    let took = row::run(tx, sql, params![id.0, now.0, trouble.code, trouble.text])? > 0;
    follow(tx, id, took, Delivery::Failed, Some(trouble))
}

/// queued, sending, committed or held → in doubt.
///
/// # Errors
/// The database's.
pub fn in_doubt(tx: &Transaction<'_>, id: MessageId, trouble: &Trouble) -> Result<bool> {
    let sql = "UPDATE outbox SET state = 'in_doubt', error_code = ?2, error_text = ?3
               WHERE message_id = ?1 AND state IN ('queued', 'sending', 'committed', 'held')";
    let took = row::run(tx, sql, params![id.0, trouble.code, trouble.text])? > 0;
    follow(tx, id, took, Delivery::InDoubt, Some(trouble))
}

/// sending → queued with the attempt as counted, for one that a crash ended before the marker.
///
/// # Errors
/// The database's.
pub fn requeue(tx: &Transaction<'_>, id: MessageId, due_at: Timestamp) -> Result<bool> {
    let sql = "UPDATE outbox SET state = 'queued', due_at = ?2 WHERE message_id = ?1 AND state = 'sending'";
    let took = row::run(tx, sql, params![id.0, due_at.0])? > 0;
    follow(tx, id, took, Delivery::Queued, None)
}

/// queued → held for all that are due and have waited since before `waited_since`; gives them.
///
/// # Errors
/// The database's.
pub fn hold_waited(tx: &Transaction<'_>, waited_since: Timestamp, now: Timestamp) -> Result<Vec<MessageId>> {
    let sql = "UPDATE outbox SET state = 'held'
               WHERE state = 'queued' AND due_at <= ?2 AND max(wanted_at, confirmed_at) < ?1 RETURNING message_id";
    row::all(tx, sql, params![waited_since.0, now.0], |r| row::id(r, "message_id"))
}

/// held, failed or in doubt → queued, because a person said so; or a waiting one at once.
///
/// # Errors
/// The database's.
pub fn again(tx: &Transaction<'_>, id: MessageId, now: Timestamp) -> Result<bool> {
    // One that was to leave later leaves now, and in its place among the others.
    let sql =
        "UPDATE outbox SET state = 'queued', due_at = ?2, wanted_at = min(wanted_at, ?2), confirmed_at = ?2,
                   finished_at = 0, error_code = '', error_text = ''
               WHERE message_id = ?1 AND state IN ('held', 'failed', 'in_doubt', 'queued')";
    let took = row::run(tx, sql, params![id.0, now.0])? > 0;
    follow(tx, id, took, Delivery::Queued, None)
}

/// queued → queued with another time, and written anew for it; only what was never tried, so that no two versions of one
/// message exist outside.
///
/// # Errors
/// The database's.
pub fn move_to(tx: &Transaction<'_>, id: MessageId, outgoing: &Outgoing) -> Result<bool> {
    let sql = "UPDATE outbox SET outgoing = ?2, payload = ?3, wanted_at = ?4, due_at = ?4
               WHERE message_id = ?1 AND state = 'queued' AND attempts = 0";
    let values = params![id.0, serde_json::to_string(outgoing)?, outgoing.payload, outgoing.at.0];
    Ok(row::run(tx, sql, values)? > 0)
}

/// queued → held for what is still in its undo time: the program ended within it, and a person may have wanted it back.
/// `undo_max_secs` tells the undo time from a time that a person chose. Gives them.
///
/// # Errors
/// The database's.
pub fn hold_undoable(tx: &Transaction<'_>, now: Timestamp, undo_max_secs: i64) -> Result<Vec<MessageId>> {
    let sql = "UPDATE outbox SET state = 'held'
               WHERE state = 'queued' AND attempts = 0 AND due_at = wanted_at AND due_at > ?1
                 AND wanted_at <= queued_at + ?2 RETURNING message_id";
    row::all(tx, sql, params![now.0, undo_max_secs * 1000], |r| row::id(r, "message_id"))
}

/// queued → held for all that a program wrote, because automation was switched off. Gives them.
///
/// # Errors
/// The database's.
pub fn hold_automatic(tx: &Transaction<'_>) -> Result<Vec<MessageId>> {
    let sql = "UPDATE outbox SET state = 'held'
               WHERE state = 'queued' AND message_id IN
                   (SELECT o.message_id FROM outbox o JOIN messages m ON m.id = o.message_id
                    WHERE o.state IN ('queued', 'sending', 'committed', 'held', 'failed', 'in_doubt') AND m.automatic = 1)
               RETURNING message_id";
    row::all(tx, sql, [], |r| row::id(r, "message_id"))
}

/// Makes due at once what waits on an account after a trouble, because the account was changed or is back. What was
/// never tried keeps its time.
///
/// # Errors
/// The database's.
pub fn hurry(tx: &Transaction<'_>, account: AccountId, now: Timestamp) -> Result<usize> {
    let sql = "UPDATE outbox SET due_at = max(wanted_at, ?2)
               WHERE state = 'queued' AND account_id = ?1 AND due_at > ?2 AND error_text <> ''";
    row::run(tx, sql, params![account.0, now.0])
}

/// queued, held or failed → cancelled. One in doubt cannot be: it perhaps went out.
///
/// # Errors
/// The database's.
pub fn cancel(tx: &Transaction<'_>, id: MessageId, now: Timestamp) -> Result<bool> {
    let sql = "UPDATE outbox SET state = 'cancelled', finished_at = ?2
               WHERE message_id = ?1 AND state IN ('queued', 'held', 'failed')";
    Ok(row::run(tx, sql, params![id.0, now.0])? > 0)
}

/// in doubt → cancelled: a person leaves it as it is. The message keeps saying that nobody knows.
///
/// # Errors
/// The database's.
pub fn give_up(tx: &Transaction<'_>, id: MessageId, now: Timestamp) -> Result<bool> {
    let sql = "UPDATE outbox SET state = 'cancelled', finished_at = ?2 WHERE message_id = ?1 AND state = 'in_doubt'";
    Ok(row::run(tx, sql, params![id.0, now.0])? > 0)
}

/// The copy in Sent is made.
///
/// # Errors
/// The database's.
pub fn copied(tx: &Transaction<'_>, id: MessageId) -> Result<bool> {
    Ok(row::run(tx, "UPDATE outbox SET after_send = 0 WHERE message_id = ? AND after_send = 1", [id.0])? > 0)
}

/// After a restore or a healing: every unfinished row becomes in doubt, for a newer file may have sent it. Gives
/// how many.
///
/// # Errors
/// The database's.
pub fn doubt_all(tx: &Transaction<'_>) -> Result<usize> {
    let trouble = restored();
    let mut doubted = 0;
    for id in unfinished(tx)? {
        doubted += usize::from(in_doubt(tx, id, &trouble)?);
    }
    Ok(doubted)
}

/// At the start of an engine, with the lock held: rows whose attempt the witness saw and whose end the database
/// does not know become in doubt; attempts that a crash ended before the marker are queued again. Gives the rows in
/// doubt. Rows in state committed become in doubt, too, and the engine looks them up where it can.
///
/// # Errors
/// The database's.
pub fn settle_after_start(tx: &Transaction<'_>, log: &Attempts, now: Timestamp) -> Result<Vec<MessageId>> {
    let trouble = interrupted();
    let mut doubted = Vec::new();
    for id in unfinished(tx)? {
        let Some(entry) = super::get(tx, id)? else { continue };
        let seen = log.last(&entry.reference).filter(|seen| !seen.refused);
        let newer = seen.is_some_and(|seen| seen.attempt > entry.attempts);
        let passed = seen.is_some_and(|seen| seen.attempt == entry.attempts && seen.passed);
        let doubtful = match entry.state {
            State::Committed => true,
            State::Sending => newer || passed,
            _ => newer,
        };
        if !doubtful {
            requeue(tx, id, now)?;
            continue;
        }
        if in_doubt(tx, id, &trouble)? {
            doubted.push(id);
        }
    }
    Ok(doubted)
}

fn unfinished(conn: &Connection) -> Result<Vec<MessageId>> {
    let sql = "SELECT message_id FROM outbox WHERE state IN ('queued', 'sending', 'committed', 'held')
               ORDER BY message_id";
    row::all(conn, sql, [], |r| row::id(r, "message_id"))
}

fn restored() -> Trouble {
    let text = "An older copy of the data was restored, so it is not known whether this went out. Check, then send it again or leave it.";
    Trouble { code: String::new(), text: text.to_owned() }
}

fn interrupted() -> Trouble {
    let text = "The program was interrupted while this was being sent. Check whether it arrived, then send it again or leave it.";
    Trouble { code: String::new(), text: text.to_owned() }
}

fn follow(
    tx: &Transaction<'_>,
    id: MessageId,
    took: bool,
    delivery: Delivery,
    trouble: Option<&Trouble>,
) -> Result<bool> {
    if took {
        set_delivery(tx, id, delivery, trouble)?;
    }
    Ok(took)
}
