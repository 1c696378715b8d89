//! The wish in the customer's words, read when the text of a message is here for the first time, in its transaction.
//!
//! What is read becomes a row, whatever comes of it, and what it leads to can be taken back with that row. A line in the
//! timeline says what was understood and the words it was read in. Not here: understanding them (`domain::wish`) and
//! whether they are heeded (`domain::heeding`).

use theke_domain::address::Address;
use theke_domain::heeding::{self, Heed, Known, OptOut};
use theke_domain::ids::{IdentityId, MessageId};
use theke_domain::message::{Completeness, Direction, Incoming};
use theke_domain::threading;
use theke_domain::time::Timestamp;
use theke_domain::wish::{self, Scope};
use theke_store::table::changes::Step;
use theke_store::table::messages::{self, Message};
use theke_store::table::wishes::{self, NewWish, State, effects};
use theke_store::table::{conversations, identities, preferences};
use theke_store::words::Word;
use theke_store::{Result, Transaction};

use super::{Context, Tally, trust};
use crate::api::types::Event;
use crate::{route, timeline};

/// Wishes of a contact that are looked at for a newer word.
const LOOKED_AT: u32 = 50;
/// Longest words that are kept, in characters.
const EVIDENCE_MAX_CHARS: usize = 300;

/// Reads and heeds what a message says. Imported files are history and are not read.
pub fn heed(
    tx: &Transaction<'_>,
    context: &Context,
    incoming: &Incoming,
    id: MessageId,
    tally: &mut Tally,
) -> Result<()> {
    // By the older of both times: a sender may write any day into a message, and a provider may hand on late.
    let age_secs = context.now.secs_since(incoming.at.min(incoming.received_at));
    let readable = incoming.completeness != Completeness::Headers && context.account.is_some();
    if !readable || age_secs > heeding::READ_MAX_SECS {
        return Ok(());
    }
    let Some(row) = messages::get(tx, id)?.filter(|row| row.direction == Direction::In) else {
        return Ok(());
    };
    let Some((said, text, in_subject)) = said(incoming, &row) else { return Ok(()) };
    if wishes::of_message(tx, id)?.is_some() {
        return Ok(());
    }
    let Some(identity) = row.identity_id.map(|id| identities::get(tx, id)).transpose()?.flatten() else {
        return Ok(());
    };
    // The subject of a form mail is the form's.
    if in_subject && incoming.from.address.as_ref() != Some(&identity.address) {
        return Ok(());
    }
    let all = route::addresses(tx, row.contact_id)?;
    let known = Known {
        authentication: trust::of(incoming, &identity.address),
        age_secs,
        spam: conversations::get(tx, row.conversation_id)?.is_some_and(|row| row.spam),
        overtaken: overtaken(tx, &row, &said)?,
        identities: &all,
        accounts: &context.accounts,
        country: &context.country,
        from: &identity.address,
    };
    let mut new = said.row(&row, text);
    let mut refuses = false;
    let stored = match said {
        Said::Leaves => leave(tx, &known, &mut new, identity.id, true)?,
        Said::ComesBack => leave(tx, &known, &mut new, identity.id, false)?,
        Said::Wishes(wish) => {
            let number = match heeding::heed(&wish, &known) {
                Heed::Act(address) => {
                    new.state = State::Acted;
                    address
                }
                Heed::Ask(why) => {
                    refuses = heeding::refusal_holds(&wish, &known);
                    (new.state, new.why) = (State::Asked, why.word().to_owned());
                    None
                }
                Heed::Ignore(why) => {
                    new.why = why.word().to_owned();
                    None
                }
            };
            act(tx, &new, number.as_ref(), refuses, context.now)?
        }
    };
    tell(tx, &new, stored, context.now)?;
    if new.state != State::Ignored {
        tally.contact(row.contact_id.0);
        tally.events.push(Event::ConversationChanged { conversation_id: row.conversation_id.0 });
        // A wish for a call is a task.
        tally.events.push(Event::TasksChanged {});
    }
    Ok(())
}

/// What a message says of the way to answer it.
enum Said {
    /// It is the word by which people leave.
    Leaves,
    /// It is the word by which they come back.
    ComesBack,
    /// Some way is wished or refused.
    Wishes(wish::Wish),
}

impl Said {
    /// A row that changes nothing yet.
    fn row(&self, message: &Message, text: &str) -> NewWish {
        let (why, wish) = match self {
            Self::Leaves => (wishes::OPT_OUT, None),
            Self::ComesBack => (wishes::OPT_IN, None),
            Self::Wishes(wish) => ("", Some(wish)),
        };
        let words = wish.map_or(Some(text), |wish| wish.evidence_in(text)).unwrap_or_default();
        NewWish {
            message_id: message.id,
            contact_id: message.contact_id,
            conversation_id: message.conversation_id,
            medium: wish.and_then(|wish| wish.kind.clone()),
            refused: wish.map(|wish| wish.negated.clone()).unwrap_or_default(),
            scope: wish.and_then(|wish| wish.scope).unwrap_or(Scope::Always),
            conditional: wish.is_some_and(|wish| wish.conditional),
            new_address: wish.and_then(|wish| wish.new_address.clone()),
            evidence: shortened(words),
            state: State::Ignored,
            why: why.to_owned(),
            at: message.at,
        }
    }
}

/// What a message says in its text or, where that says nothing of it, in the subject of a new matter; where it was read,
/// and whether that was the subject. What an answer has for a subject was written for other reasons.
fn said<'i>(incoming: &'i Incoming, row: &Message) -> Option<(Said, &'i str, bool)> {
    let text = written(incoming);
    if let Some(said) = read(text, row) {
        return Some((said, text, false));
    }
    let subject = incoming.subject.as_deref().filter(|subject| !subject.trim().is_empty())?;
    if incoming.thread.in_reply_to.is_some() || threading::subject(subject).reply_like {
        return None;
    }
    let holds = |said: &Said| match said {
        Said::Wishes(wish) => wish.sure,
        Said::Leaves | Said::ComesBack => text.trim().is_empty(),
    };
    read(subject, row).filter(holds).map(|said| (said, subject, true))
}

fn written(incoming: &Incoming) -> &str {
    let own = incoming.text_without_quote.as_str();
    if own.trim().is_empty() { &incoming.text } else { own }
}

fn read(text: &str, row: &Message) -> Option<Said> {
    if wish::is_opt_out(text) {
        return Some(Said::Leaves);
    }
    if heeding::is_opt_in(text) {
        return Some(Said::ComesBack);
    }
    let wish = wish::read(text, &row.medium);
    wish.scope.is_some().then_some(Said::Wishes(wish))
}

/// On one line.
fn shortened(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(EVIDENCE_MAX_CHARS).collect()
}

/// Whether a newer message of this customer, or a person of the shop, has said something else on the same. A first sync
/// and a slow provider bring the older word behind the newer one.
fn overtaken(tx: &Transaction<'_>, row: &Message, said: &Said) -> Result<bool> {
    let newer = |wish: &wishes::Wish| {
        wish.read.at > row.at
            && match said {
                Said::Leaves | Said::ComesBack => wish.is_opt(),
                Said::Wishes(of) => {
                    !wish.is_opt()
                        && wish.read.state != State::Ignored
                        && (of.scope == Some(wish.read.scope))
                        && (wish.read.scope == Scope::Always
                            || wish.read.conversation_id == row.conversation_id)
                }
            }
    };
    if wishes::of_contact(tx, row.contact_id, LOOKED_AT)?.iter().any(newer) {
        return Ok(true);
    }
    let lasting =
        matches!(said, Said::Wishes(wish) if wish.scope == Some(Scope::Always) && wish.kind.is_some());
    let stored = preferences::in_force(tx, row.contact_id)?;
    Ok(lasting && stored.is_some_and(|stored| stored.since_at > row.at))
}

/// Stores the row and, where it acts, does what it says; with `refuses` at least what it refuses.
fn act(
    tx: &Transaction<'_>,
    new: &NewWish,
    number: Option<&Address>,
    refuses: bool,
    now: Timestamp,
) -> Result<i64> {
    let id = wishes::insert(tx, new)?;
    if new.state == State::Acted {
        wishes::settle(tx, id, new.state, &effects::apply(tx, new, number, now)?)?;
    } else if refuses {
        wishes::settle(tx, id, new.state, &effects::refuse(tx, new)?)?;
    }
    Ok(id.0)
}

/// Closes or opens addresses.
fn leave(
    tx: &Transaction<'_>,
    known: &Known<'_>,
    new: &mut NewWish,
    from: IdentityId,
    leaves: bool,
) -> Result<i64> {
    let reach = heeding::heed_opt_out(known);
    let mut addresses = vec![from];
    if reach == Ok(OptOut::EveryAddress) {
        addresses = identities::of_contact(tx, new.contact_id)?.iter().map(|identity| identity.id).collect();
    }
    let open = |id: &IdentityId| -> Result<bool> {
        Ok(identities::get(tx, *id)?.is_some_and(|identity| identity.state != identities::State::OptedOut))
    };
    // `START` from somebody who never left answers something else.
    let nothing_to_do =
        !leaves && addresses.iter().map(open).collect::<Result<Vec<_>>>()?.iter().all(|open| *open);
    if reach.is_ok() && !nothing_to_do {
        new.state = State::Acted;
    }
    let id = wishes::insert(tx, new)?;
    if new.state == State::Acted {
        let steps: Vec<Step> =
            if leaves { effects::opt_out(tx, new, &addresses)? } else { effects::opt_in(tx, &addresses)? };
        wishes::settle(tx, id, State::Acted, &steps)?;
    }
    Ok(id.0)
}

/// A line in the timeline with what was understood. What changes nothing because it is old or beside the point is not
/// told; a forged one is, since a person may see the words and wonder.
fn tell(tx: &Transaction<'_>, new: &NewWish, id: i64, now: Timestamp) -> Result<()> {
    let silent = new.state == State::Ignored && new.why != heeding::Why::Untrusted.word();
    let Some(conversation) = conversations::get(tx, new.conversation_id)?.filter(|_| !silent) else {
        return Ok(());
    };
    let refused: Vec<&str> = new.refused.iter().map(|medium| medium.as_str()).collect();
    let values = [
        ("wish", id.to_string()),
        ("medium", new.medium.as_ref().map(|medium| medium.as_str().to_owned()).unwrap_or_default()),
        ("refused", refused.join(" ")),
        ("scope", new.scope.word().to_owned()),
        ("state", new.state.word().to_owned()),
        ("why", new.why.clone()),
        ("evidence", new.evidence.clone()),
        ("address", new.new_address.clone().unwrap_or_default()),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(key, value)| (*key, value.as_str())).collect();
    timeline::event(tx, &conversation, "wish", &values, now)
}
