//! What a channel hands in becomes rows: ONE write transaction per batch, with the cursor in it.
//!
//! Fetched at least once, stored exactly once: a message is known by the provider's id, then by its content key,
//! then, if the shop wrote it here, by its reference. A known one is only brought up to date. What vanished at the
//! provider stays here. Events are handed back and told after the commit, by the caller.
//!
//! Not here: fetching ([`crate::poller`]), and whether anybody gets an automatic answer.

mod bounce;
mod file;
mod message;
mod person;
mod thread;
mod trust;
mod wish;

use std::collections::BTreeSet;
use std::sync::Arc;

use theke_channels::{Batch, DeliveryReport, Update};
use theke_domain::address::Address;
use theke_domain::capability::Capabilities;
use theke_domain::ids::{AccountId, ConversationId, MessageId};
use theke_domain::medium::{ChannelKind, Medium};
use theke_domain::message::{Completeness, Delivery, Direction, Flags, RemoteId};
use theke_domain::routing;
use theke_domain::time::Timestamp;
use theke_store::erased::Erased;
use theke_store::table::conversations::{self, Status};
use theke_store::table::messages::{self, progress};
use theke_store::table::{Trouble, accounts, outbox, pending_flags, remote_ids};
use theke_store::{Connection, Result, Transaction};

use crate::api::ApiResult;
use crate::api::types::Event;
use crate::shared::Shared;
use crate::{failure, notice, retention, route, settings};

pub use file::import;
pub use message::first_words;
pub use person::{UNREADABLE, UNVERIFIED};
pub use thread::of_note as conversation_of_note;

/// Above so many new messages in one batch the screen is told to fetch again, instead of each by name.
const NAMED_MAX: usize = 200;

/// What a batch came to.
#[derive(Debug, Default)]
pub struct Stored {
    /// New messages.
    pub received: u64,
    /// To be told now that it is committed.
    pub events: Vec<Event>,
    /// Something was written beside the cursor.
    pub changed_anything: bool,
}

/// Which question a batch answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// What is new.
    News,
    /// What is older or incomplete; there is nothing behind the last one.
    Older {
        /// It is the last one.
        last: bool,
    },
}

/// What is the same for all messages of a batch.
pub(crate) struct Context {
    /// `None` for imported files.
    pub account: Option<AccountId>,
    pub kind: ChannelKind,
    pub medium: Medium,
    /// The channel has subjects and threads.
    pub has_threads: bool,
    /// All addresses of the shop.
    pub own: Vec<Address>,
    pub country: String,
    pub now: Timestamp,
    /// Automation is to look at what comes in. Not while an account's history is fetched for the first time, nor for
    /// imported files.
    pub decides: bool,
    /// By what the shop sends; empty for imported files, in which no wish is read.
    pub accounts: Vec<routing::Account>,
    /// What is older is not taken in: the shop does not keep it. `None` for imported files, which a person chose.
    pub oldest: Option<Timestamp>,
    /// Whose messages of before are not taken in again.
    pub erased: Arc<Erased>,
}

/// Stores a batch of an account. Blocks.
pub fn store(
    shared: &Shared,
    account: AccountId,
    capabilities: &Capabilities,
    batch: Batch,
    step: Step,
) -> ApiResult<Stored> {
    let now = shared.now();
    shared.erased.refresh()?;
    let durable = capabilities.forgets_acknowledged;
    let has_threads = capabilities.subject;
    let (cursor, total, reaches_to) = (batch.cursor, batch.total, reaches_to(&batch.updates));
    let caught_up = step == Step::Older { last: true };
    // Only who fetches what is older knows how much of it is left.
    let remaining = (step != Step::News).then_some(batch.remaining);
    let prepared = batch.updates.into_iter().map(Change::of).collect::<Result<Vec<_>>>()?;
    let change = |tx: &Transaction<'_>| -> Result<Stored> {
        let row = accounts::get(tx, account)?.filter(|row| row.removed_at.is_none());
        let row = row.ok_or(theke_store::Error::NotFound)?;
        let context = Context {
            account: Some(account),
            kind: row.kind.clone(),
            medium: row.medium.clone(),
            has_threads,
            own: own_addresses(tx)?,
            country: settings::text(tx, settings::SHOP_COUNTRY)?,
            now,
            decides: row.caught_up && settings::text(tx, settings::AUTOMATION_ON)? == "true",
            accounts: route::shop_accounts(tx, &shared.registry)?,
            oldest: retention::before(retention::years(tx)?, now),
            erased: shared.erased.clone(),
        };
        let mut tally = Tally::default();
        for change in &prepared {
            take(tx, &context, account, change, &mut tally)?;
        }
        let remaining = remaining.unwrap_or(row.remaining);
        let moved = row.cursor != cursor.0 || row.remaining != remaining || (caught_up && !row.caught_up);
        if step != Step::News && (total.is_some() || reaches_to.is_some()) {
            let reaches_to = reaches_to.map(|at| at.min(now)).or(row.reaches_to);
            accounts::save_reach(tx, account, total.or(row.total), reaches_to)?;
        }
        if moved {
            accounts::save_cursor(tx, account, &cursor.0, caught_up, remaining)?;
        }
        if moved && (row.remaining != remaining || (caught_up && !row.caught_up)) {
            tally.events.push(Event::AccountChanged { account_id: account.0 });
        }
        Ok(tally.finish())
    };
    let stored = if durable { shared.store.write_durable(change)? } else { shared.store.write(change)? };
    Ok(stored)
}

/// Older messages are handed in newest first: what came in later than the newest of these that are whole is here.
/// The shop's own copies are left out: they are another folder's and come behind.
fn reaches_to(updates: &[Update]) -> Option<Timestamp> {
    let whole = updates.iter().filter_map(|update| match update {
        Update::Message(message) => Some(message).filter(|message| {
            message.direction == Direction::In && message.completeness != Completeness::Headers
        }),
        _ => None,
    });
    whole.map(|message| message.received_at).max()
}

/// What was done in a batch so far.
#[derive(Default)]
pub(crate) struct Tally {
    received: u64,
    events: Vec<Event>,
    contacts: BTreeSet<i64>,
}

impl Tally {
    pub(crate) fn new_message(
        &mut self,
        context: &Context,
        conversation: ConversationId,
        message: MessageId,
        spam: bool,
    ) {
        self.received += 1;
        let account_id = context.account.map_or(0, |id| id.0);
        let (conversation_id, message_id) = (conversation.0, message.0);
        if spam {
            // Nobody is told of it; a list that shows the spam is fetched again.
            return self.events.push(Event::ConversationChanged { conversation_id });
        }
        self.events.push(Event::MessageReceived { account_id, conversation_id, message_id });
    }

    pub(crate) fn changed(&mut self, row: &messages::Message) {
        let (conversation_id, message_id) = (row.conversation_id.0, row.id.0);
        self.events.push(Event::MessageChanged { conversation_id, message_id });
    }

    pub(crate) fn contact(&mut self, id: i64) {
        self.contacts.insert(id);
    }

    pub(crate) fn finish(mut self) -> Stored {
        let changed_anything = !self.events.is_empty();
        if self.events.len() > NAMED_MAX {
            self.events.clear();
            self.events.push(Event::Refresh {});
        } else {
            self.events.extend(self.contacts.iter().map(|id| Event::ContactChanged { contact_id: *id }));
        }
        Stored { received: self.received, events: self.events, changed_anything }
    }
}

/// An update of a batch, a message prepared for storing.
enum Change {
    Message(Box<message::Prepared>),
    Delivery(DeliveryReport),
    Flags(RemoteId, Flags),
    Vanished(RemoteId),
    Gap(Timestamp, Timestamp),
}

impl Change {
    fn of(update: Update) -> Result<Self> {
        Ok(match update {
            Update::Message(incoming) => Self::Message(Box::new(message::Prepared::of(*incoming)?)),
            Update::Delivery(report) => Self::Delivery(report),
            Update::Flags { remote_id, flags } => Self::Flags(remote_id, flags),
            Update::Vanished { remote_id } => Self::Vanished(remote_id),
            Update::Gap { since, until } => Self::Gap(since, until),
        })
    }
}

fn take(
    tx: &Transaction<'_>,
    context: &Context,
    account: AccountId,
    change: &Change,
    tally: &mut Tally,
) -> Result<()> {
    match change {
        Change::Message(prepared) => message::take(tx, context, prepared, tally).map(|_| ()),
        Change::Delivery(report) => delivered(tx, context, account, report, tally),
        Change::Flags(remote_id, flags) => flagged(tx, context, account, remote_id, *flags, tally),
        Change::Vanished(remote_id) => remote_ids::gone(tx, account, remote_id, context.now).map(|_| ()),
        Change::Gap(since, until) => {
            tally.events.push(Event::AccountChanged { account_id: account.0 });
            notice::put_gap(tx, account, *since, *until, context.now)
        }
    }
}

/// A delivery report; one for an unknown message is not ours.
fn delivered(
    tx: &Transaction<'_>,
    context: &Context,
    account: AccountId,
    report: &DeliveryReport,
    tally: &mut Tally,
) -> Result<()> {
    let Some(id) = remote_ids::find(tx, account, &report.remote_id)? else { return Ok(()) };
    let trouble = (report.delivery == Delivery::Failed).then(|| {
        let why = report.reason.as_deref().unwrap_or("it gave no reason").trim_end_matches('.');
        Trouble {
            code: failure::code_word(crate::api::Code::Rejected),
            text: format!("The provider could not deliver it: {why}. Choose another channel or address."),
        }
    });
    if !progress::report(tx, id, report.delivery, trouble.as_ref())? {
        return Ok(());
    }
    let Some(row) = messages::get(tx, id)? else { return Ok(()) };
    if outbox::get(tx, id)?.is_some_and(|entry| entry.state == outbox::State::InDoubt)
        && report.delivery >= Delivery::Sent
    {
        outbox::steps::sent(tx, id, Some(&report.remote_id), false, context.now)?;
        tally.events.push(Event::OutboxChanged {});
    }
    if report.delivery == Delivery::Failed {
        reopen(tx, row.conversation_id, context.now)?;
    }
    tally.changed(&row);
    Ok(())
}

/// Read or answered elsewhere, or unread again.
fn flagged(
    tx: &Transaction<'_>,
    context: &Context,
    account: AccountId,
    remote_id: &RemoteId,
    flags: Flags,
    tally: &mut Tally,
) -> Result<()> {
    let Some(id) = remote_ids::find(tx, account, remote_id)? else { return Ok(()) };
    let Some(before) = messages::get(tx, id)? else { return Ok(()) };
    // What the provider was not told yet wins over what it says.
    let wanted = pending_flags::get(tx, account, remote_id)?;
    let flags =
        wanted.map_or(flags, |wanted| Flags { answered: flags.answered || wanted.answered, ..wanted });
    if progress::set_flags(tx, id, flags)? {
        if flags.answered && !before.answered {
            answered_elsewhere(tx, before.conversation_id, context.now)?;
        }
        tally.changed(&before);
    }
    Ok(())
}

/// The shop's turn again.
pub(crate) fn reopen(tx: &Transaction<'_>, id: ConversationId, now: Timestamp) -> Result<()> {
    conversations::set_status(tx, id, Status::Open, None, now).map(|_| ())
}

/// The shop answered by another program: the customer's turn, unless a person has decided otherwise.
pub(crate) fn answered_elsewhere(tx: &Transaction<'_>, id: ConversationId, now: Timestamp) -> Result<()> {
    if conversations::get(tx, id)?.is_some_and(|row| row.status == Status::Open) {
        conversations::set_status(tx, id, Status::Waiting, None, now)?;
    }
    Ok(())
}

/// The addresses of all accounts: what comes from them is not a customer's.
pub(crate) fn own_addresses(conn: &Connection) -> Result<Vec<Address>> {
    Ok(accounts::list(conn)?.into_iter().filter_map(|account| account.own).collect())
}
