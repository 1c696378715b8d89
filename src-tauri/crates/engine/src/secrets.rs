//! Checking what a person typed against the profile's own secrets, more slowly with each mistake.
//!
//! The count lies in the database and not in memory, so that ending the program does not begin it anew. One count for
//! all places that ask: guessing at one must not be free because another is guessed at. Not here: what opens then.

use std::sync::Arc;

use theke_domain::time::Timestamp;
use theke_domain::tries;
use theke_store::header::{Header, Proof, Unlock};
use theke_store::table::settings;
use theke_store::{Connection, Transaction};

use crate::api::{ApiError, ApiResult, Code};
use crate::shared::{Shared, off_thread};

/// Where the mistakes are counted: no setting that anybody sees.
const TRIES: &str = "secrets.tries";

/// The PIN of the window's lock, as a proof: no setting that anybody sees.
const PIN: &str = "lock.pin";

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// What opens the profile: the passphrase or the recovery code.
    Key,
    /// The same, or the PIN.
    KeyOrPin,
}

/// Refuses unless `typed` is what is asked for.
///
/// # Errors
/// `WrongKey` with `wait_secs`, how long the next try is refused.
pub async fn prove(shared: &Arc<Shared>, asked: Asked, typed: &str) -> ApiResult<()> {
    // One after the other: many at once would all see the same count.
    let _turn = shared.secret_turn.lock().await;
    let now = shared.now();
    let (left, pin) =
        shared.read(move |conn| Ok::<_, theke_store::Error>((left_secs(conn, now)?, pin(conn)?))).await?;
    if left > 0 {
        return Err(wrong(left));
    }
    let (of, typed) = (shared.clone(), typed.to_owned());
    let pin = pin.filter(|_| asked == Asked::KeyOrPin);
    let fits = off_thread(move || {
        let header = of.header();
        Ok::<_, ApiError>(pin.is_some_and(|pin| pin.fits(header.profile(), &typed)) || opens(&header, &typed))
    })
    .await?;
    let wait = shared.write_durable(move |tx| note(tx, fits, now)).await?;
    if fits { Ok(()) } else { Err(wrong(wait)) }
}

/// The PIN, if there is one.
pub fn pin(conn: &Connection) -> theke_store::Result<Option<Proof>> {
    Ok(settings::get(conn, PIN)?.and_then(|kept| serde_json::from_value(kept).ok()))
}

/// Keeps a PIN, or forgets it.
pub fn set_pin(tx: &Transaction<'_>, pin: Option<&Proof>, now: Timestamp) -> theke_store::Result<()> {
    match pin {
        Some(proof) => settings::set(tx, PIN, &serde_json::to_value(proof)?, now),
        None => settings::remove(tx, PIN),
    }
}

fn opens(header: &Header, typed: &str) -> bool {
    header.open(&Unlock::Passphrase(typed.to_owned())).is_ok()
        || header.open(&Unlock::RecoveryCode(typed.to_owned())).is_ok()
}

fn wrong(wait_secs: i64) -> ApiError {
    let sentence = match wait_secs {
        0 => "That is not right. Look for a typing mistake and try again.".to_owned(),
        secs => format!("That was wrong several times. The next try is taken in {secs} seconds."),
    };
    ApiError::new(Code::WrongKey, sentence).with("wait_secs", wait_secs.to_string())
}

/// Mistakes in a row and the time of the last.
fn mistakes(conn: &Connection) -> theke_store::Result<(u32, Timestamp)> {
    let kept = settings::get(conn, TRIES)?.unwrap_or_default();
    Ok(serde_json::from_value(kept).unwrap_or_default())
}

fn left_secs(conn: &Connection, now: Timestamp) -> theke_store::Result<i64> {
    let (wrong, last_at) = mistakes(conn)?;
    Ok(tries::left_secs(wrong, last_at, now))
}

/// Counts a mistake, or forgets all of them. Gives how long the next try waits.
fn note(tx: &Transaction<'_>, right: bool, now: Timestamp) -> theke_store::Result<i64> {
    if right {
        settings::remove(tx, TRIES)?;
        return Ok(0);
    }
    let wrong = mistakes(tx)?.0.saturating_add(1);
    settings::set(tx, TRIES, &serde_json::json!((wrong, now)), now)?;
    Ok(tries::wait_secs(wrong))
}
