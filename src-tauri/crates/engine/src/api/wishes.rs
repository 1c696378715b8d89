//! Wishes that were read in messages: what they are, and what a person decides about them. Refusals and habits.
//!
//! Not here: reading and heeding them (`crate::intake`), and the preferred channel set by hand (`contacts`).

use theke_channels::registry::Registry;
use theke_domain::address::{Address, AddressProblem};
use theke_domain::capability::AddressKind;
use theke_domain::habit::{self, Habit, Sample};
use theke_domain::ids::{ContactId, WishId};
use theke_domain::medium::Medium;
use theke_domain::time::Timestamp;
use theke_domain::wish as reading;
use theke_store::table::changes::{self, Step, WishStep};
use theke_store::table::identities::{self, NewIdentity, Source};
use theke_store::table::messages::lists;
use theke_store::table::preferences;
use theke_store::table::refusals::{self, NewRefusal, Refusal};
use theke_store::table::wishes::{self, State, Wish, effects};
use theke_store::table::{Place, contacts as customers, messages};
use theke_store::words::Word;
use theke_store::{Connection, Transaction};

use super::contacts::{existing, taken};
use super::types::{
    ContactDetail, ContactWishes, Event, HabitView, RefusalView, WishDecided, WishReading, WishView,
};
use super::{Api, ApiError, ApiResult, Code, conversations, view};
use crate::{route, settings};

/// Wishes of a customer that are looked at for those of one conversation.
const LOOKED_AT: u32 = 100;
/// Messages that are looked at for a habit.
const HABIT_LOOKED_AT: u32 = 200;

/// What a text says about the way of the answer, as it came by `channel` (`thekectl wish`). The words alone.
pub fn wish_reading(text: &str, channel: &str) -> WishReading {
    let wish = reading::read(text, &Medium::new(channel.trim().to_lowercase()));
    WishReading {
        evidence: wish.evidence_in(text).map(str::to_owned),
        acts: wish.acts(),
        kind: wish.kind.map(|medium| medium.as_str().to_owned()),
        negated: wish.negated.iter().map(|medium| medium.as_str().to_owned()).collect(),
        new_address: wish.new_address,
        scope: wish.scope.map(|scope| scope.word().to_owned()),
        conditional: wish.conditional,
    }
}

impl Api {
    /// The wishes that were read in a conversation, newest first.
    pub async fn wishes(&self, conversation: i64) -> ApiResult<Vec<WishView>> {
        self.shared
            .read(move |conn| -> ApiResult<Vec<WishView>> {
                let row = conversations::existing(conn, conversation)?.conversation;
                let mut whose = vec![row.contact_id];
                whose.extend(Some(route::partner(conn, &row)?).filter(|other| *other != row.contact_id));
                let mut found = Vec::new();
                for contact in whose {
                    for wish in wishes::of_contact(conn, contact, LOOKED_AT)? {
                        // A message may have been moved to another conversation since.
                        let place = messages::get(conn, wish.read.message_id)?.map(|row| row.conversation_id);
                        if place == Some(row.id) {
                            found.push(shown(&wish));
                        }
                    }
                }
                Ok(found)
            })
            .await
    }

    /// Does what a wish says about which a person was asked. An address that it names becomes the customer's.
    ///
    /// # Errors
    /// `TooLate` if it is no question any more; `BadAddress` if the address is another customer's.
    pub async fn wish_accept(&self, id: i64) -> ApiResult<WishDecided> {
        let registry = self.shared.registry.clone();
        self.decide(id, "wish_accepted", move |tx, wish, now| {
            open_question(wish)?;
            let mut steps = wish.steps.clone();
            if !steps.is_empty() {
                steps.push(Step::Wish(WishStep::Agreed));
            }
            let number = link(tx, &registry, wish, now, &mut steps)?;
            steps.extend(effects::apply(tx, &wish.read, number.as_ref(), now)?);
            Ok((State::Accepted, steps))
        })
        .await
    }

    /// Leaves it at what was, and at what is refused beside it.
    ///
    /// # Errors
    /// `TooLate` if it is no question any more.
    pub async fn wish_decline(&self, id: i64) -> ApiResult<WishDecided> {
        self.decide(id, "wish_declined", |_, wish, _| {
            open_question(wish)?;
            Ok((State::Declined, wish.steps.clone()))
        })
        .await
    }

    /// Takes back what a wish led to. What somebody changed again since stays as it is now.
    ///
    /// # Errors
    /// `TooLate` if it does not hold any more.
    pub async fn wish_undo(&self, id: i64) -> ApiResult<WishDecided> {
        self.decide(id, "wish_undone", |tx, wish, now| {
            if !wish.holds() {
                return Err(ApiError::new(Code::TooLate, "This wish was taken back already."));
            }
            changes::undo(tx, &wish.steps, now)?;
            // They are kept: what they led to can be done once more.
            Ok((State::Undone, wish.steps.clone()))
        })
        .await
    }

    /// Decides about a wish in one transaction, with a way back.
    async fn decide(
        &self,
        id: i64,
        what: &'static str,
        change: impl FnOnce(&Transaction<'_>, &Wish, Timestamp) -> ApiResult<(State, Vec<Step>)> + Send + 'static,
    ) -> ApiResult<WishDecided> {
        let now = self.shared.now();
        let decided = self
            .shared
            .write(move |tx| -> ApiResult<WishDecided> {
                let wish = wish(tx, id)?;
                let (became, steps) = change(tx, &wish, now)?;
                wishes::settle(tx, wish.id, became, &steps)?;
                let step = Step::Wish(WishStep::Decided {
                    wish: wish.id,
                    was: wish.read.state.word().to_owned(),
                    became: became.word().to_owned(),
                });
                let name = customers::get(tx, wish.read.contact_id)?.map(|row| row.display_name);
                let undo_id = changes::insert(tx, what, &name.unwrap_or_default(), 1, &[step], now)?.0;
                Ok(WishDecided { undo_id, wish: shown(&self::wish(tx, id)?) })
            })
            .await?;
        let conversation_id = decided.wish.conversation_id;
        self.shared.tell(Event::ConversationChanged { conversation_id });
        self.shared.tell(Event::ContactChanged { contact_id: decided.wish.contact_id });
        self.shared.tell(Event::TasksChanged {});
        self.shared.tell(Event::UndoChanged {});
        Ok(decided)
    }

    /// What a customer always refuses, and the channel that is proposed as the preferred one.
    pub async fn contact_wishes(&self, id: i64) -> ApiResult<ContactWishes> {
        let (registry, now) = (self.shared.registry.clone(), self.shared.now());
        self.shared
            .read(move |conn| -> ApiResult<ContactWishes> {
                let contact = existing(conn, id)?.id;
                let refused: Vec<RefusalView> =
                    refusals::lasting(conn, contact)?.iter().map(refusal).collect();
                let habit = habit(conn, &registry, contact, now)?;
                let habit = habit.filter(|habit| refused.iter().all(|no| no.medium != habit.medium.as_str()));
                let habit = habit.map(|habit| HabitView {
                    medium: habit.medium.as_str().to_owned(),
                    messages: habit.messages,
                    conversations: habit.conversations,
                });
                Ok(ContactWishes { habit, refused })
            })
            .await
    }

    /// Does not propose this habit again. Accepting one is setting the preferred channel by hand.
    pub async fn habit_decline(&self, id: i64, medium: &str) -> ApiResult<ContactDetail> {
        let (medium, now) = (self.known_medium(medium)?, self.shared.now());
        let undo = self
            .shared
            .write(move |tx| -> ApiResult<Option<i64>> {
                let contact = existing(tx, id)?;
                if preferences::is_habit_declined(tx, contact.id, &medium)? {
                    return Ok(None);
                }
                let preference = preferences::decline_habit(tx, contact.id, &medium, now)?;
                let step = Step::Wish(WishStep::HabitDeclined { preference, contact: contact.id });
                Ok(Some(changes::insert(tx, "habit_declined", &contact.display_name, 1, &[step], now)?.0))
            })
            .await?;
        self.contact_changed(id, undo).await
    }

    /// Notes by hand that a customer does not want to be answered by a medium, or does not mind any more.
    pub async fn contact_refuse(&self, id: i64, medium: &str, refuses: bool) -> ApiResult<ContactDetail> {
        let (medium, now) = (self.known_medium(medium)?, self.shared.now());
        let undo = self
            .shared
            .write(move |tx| -> ApiResult<Option<i64>> {
                let contact = existing(tx, id)?;
                let known = refusals::lasting(tx, contact.id)?;
                let known: Vec<&Refusal> = known.iter().filter(|no| no.medium == medium).collect();
                let mut steps = Vec::new();
                for no in known.iter().filter(|_| !refuses) {
                    refusals::end(tx, no.id, now)?;
                    steps.push(Step::Wish(WishStep::RefusalEnded { refusal: no.id }));
                }
                if refuses && known.is_empty() {
                    let refusal = refusals::insert(tx, &by_hand(contact.id, medium, now))?;
                    steps.push(Step::Wish(WishStep::Refused { refusal }));
                }
                if steps.is_empty() {
                    return Ok(None);
                }
                let what = if refuses { "refused" } else { "refusal_ended" };
                Ok(Some(changes::insert(tx, what, &contact.display_name, 1, &steps, now)?.0))
            })
            .await?;
        self.contact_changed(id, undo).await
    }
}

fn by_hand(contact_id: ContactId, medium: Medium, since_at: Timestamp) -> NewRefusal {
    NewRefusal {
        contact_id,
        conversation_id: None,
        medium,
        source: preferences::Source::Hand,
        evidence: String::new(),
        message_id: None,
        since_at,
    }
}

fn wish(conn: &Connection, id: i64) -> ApiResult<Wish> {
    wishes::get(conn, WishId(id))?
        .ok_or_else(|| ApiError::new(Code::NotFound, format!("There is no wish {id}.")))
}

fn open_question(wish: &Wish) -> ApiResult<()> {
    if wish.read.state == State::Asked {
        return Ok(());
    }
    Err(ApiError::new(Code::TooLate, "This was decided already."))
}

/// The address that a wish names becomes the customer's, because a person agrees; gives it. Text that is no address of
/// a network, such as a street, stays text.
fn link(
    tx: &Transaction<'_>,
    registry: &Registry,
    wish: &Wish,
    now: Timestamp,
    steps: &mut Vec<Step>,
) -> ApiResult<Option<Address>> {
    let Some(text) = &wish.read.new_address else { return Ok(None) };
    let country = settings::text(tx, settings::SHOP_COUNTRY)?;
    let address = match Address::parse(text, &country) {
        Ok(address) => address,
        Err(AddressProblem::NetworkMissing) => {
            let network = registry.specs().iter().find_map(|spec| match &spec.address_kind {
                AddressKind::Handle(network) if Some(&spec.medium) == wish.read.medium.as_ref() => {
                    Some(network.clone())
                }
                _ => None,
            });
            match network.map(|network| Address::parse(&format!("{network}:{}", text.trim()), &country)) {
                Some(Ok(address)) => address,
                _ => return Ok(None),
            }
        }
        Err(_) => return Ok(None),
    };
    let contact_id = wish.read.contact_id;
    if let Some(identity) = identities::by_address(tx, &address)? {
        if identity.contact_id != contact_id {
            return Err(taken(tx, identity.contact_id)?);
        }
        return Ok(Some(address));
    }
    let new = NewIdentity {
        contact_id,
        address: address.clone(),
        display: address.display(&country),
        name: String::new(),
        source: Source::Message,
        created_at: now,
    };
    steps.push(Step::AddressAdded { identity: identities::insert(tx, &new)?, contact: contact_id });
    Ok(Some(address))
}

/// The habit that is proposed: nobody has said what is wanted, and nobody has declined it.
fn habit(
    conn: &Connection,
    registry: &Registry,
    contact: ContactId,
    now: Timestamp,
) -> ApiResult<Option<Habit>> {
    if preferences::in_force(conn, contact)?.is_some() {
        return Ok(None);
    }
    let since = now.plus_secs(-habit::SPAN_SECS);
    let rows = lists::of_contact(conn, contact, Place::NEWEST, HABIT_LOOKED_AT)?;
    let samples = rows.into_iter().take_while(|row| row.at >= since).map(|row| Sample {
        conversation: row.conversation_id,
        direction: row.direction,
        medium: row.medium,
        at: row.at,
        automatic: row.automatic,
    });
    let samples: Vec<Sample> = samples.collect();
    let addresses = route::addresses(conn, contact)?;
    let accounts = route::shop_accounts(conn, registry)?;
    let reached = accounts.into_iter().filter(|account| {
        let fits = addresses.iter().any(|identity| identity.address.fits(&account.address_kind));
        account.enabled && account.capabilities.sends && fits
    });
    let mut reachable: Vec<Medium> = reached.map(|account| account.medium).collect();
    reachable.sort();
    reachable.dedup();
    let found = habit::of(&samples, &reachable, now);
    match found {
        Some(habit) if preferences::is_habit_declined(conn, contact, &habit.medium)? => Ok(None),
        other => Ok(other),
    }
}

fn shown(wish: &Wish) -> WishView {
    let read = &wish.read;
    WishView {
        id: wish.id.0,
        message_id: read.message_id.0,
        conversation_id: read.conversation_id.0,
        contact_id: read.contact_id.0,
        medium: read.medium.as_ref().map(|medium| medium.as_str().to_owned()),
        refused: read.refused.iter().map(|medium| medium.as_str().to_owned()).collect(),
        scope: read.scope.word().to_owned(),
        conditional: read.conditional,
        new_address: read.new_address.clone(),
        evidence: read.evidence.clone(),
        state: read.state.word().to_owned(),
        why: read.why.clone(),
        at: view::at(read.at),
        undoable: wish.holds(),
    }
}

fn refusal(row: &Refusal) -> RefusalView {
    RefusalView {
        medium: row.medium.as_str().to_owned(),
        source: row.source.word().to_owned(),
        evidence: row.evidence.clone(),
        since: view::at(row.since_at),
    }
}
