//! Contacts: the list, the card, addresses and the preferred channel.

use std::collections::BTreeSet;

use theke_channels::registry::Registry;
use theke_domain::address::{Address, AddressProblem};
use theke_domain::capability::AddressKind;
use theke_domain::ids::ContactId;
use theke_domain::medium::Medium;
use theke_domain::time::Timestamp;
use theke_store::table::changes::{self, Step};
use theke_store::table::contacts::{self, Contact, NameSource};
use theke_store::table::identities::{self, NewIdentity};
use theke_store::table::preferences::{self, Preference};
use theke_store::table::{Place, accounts, conversations, entries, merging};
use theke_store::words::Word;
use theke_store::{Connection, Transaction};

use super::types::{ContactDetail, ContactView, Event};
use super::{Api, ApiError, ApiResult, Code, search, view};
use crate::settings;

/// Entries on one page of a timeline.
const TIMELINE_PAGE: u32 = 100;
/// Conversations named on a card.
const CONVERSATIONS_NAMED: u32 = 1000;

impl Api {
    /// Contacts by a search text, or those heard from last.
    pub async fn contacts(&self, query: Option<String>, limit: u32) -> ApiResult<Vec<ContactView>> {
        self.shared
            .read(move |conn| {
                let query = query.as_deref().map(str::trim).filter(|query| !query.is_empty());
                let rows = match query {
                    Some(query) => search::find_contacts(conn, query, limit)?,
                    None => contacts::page(conn, Place::NEWEST, limit)?,
                };
                view::contacts(conn, &rows)
            })
            .await
    }

    /// One contact with its conversations and a page of its timeline, newest first. `before` is `older` of the page
    /// before, or the `at` of its last entry, a space and its `message_id`.
    pub async fn contact(&self, id: i64, before: Option<String>) -> ApiResult<ContactDetail> {
        let now = self.shared.now();
        self.shared
            .read(move |conn| -> ApiResult<ContactDetail> {
                let contact = existing(conn, id)?;
                let (timeline, older) = view::of_contact(conn, contact.id, before.as_deref(), TIMELINE_PAGE)?;
                let named = conversations::lists::ids_of_contact(conn, contact.id, CONVERSATIONS_NAMED)?;
                Ok(ContactDetail {
                    contact: view::contact(conn, &contact)?,
                    card: view::card(conn, &contact, now)?,
                    conversations: named.iter().map(|id| id.0).collect(),
                    timeline,
                    older,
                    undo_id: None,
                })
            })
            .await
    }

    /// Names it by hand; messages do not change a name given by hand.
    pub async fn contact_rename(&self, id: i64, name: &str) -> ApiResult<ContactDetail> {
        let name: String = name.chars().filter(|c| !c.is_control()).take(200).collect();
        let name = name.trim().to_owned();
        let now = self.shared.now();
        let undo = self
            .shared
            .write(move |tx| -> ApiResult<Option<i64>> {
                let contact = existing(tx, id)?;
                contacts::rename(tx, contact.id, &name, NameSource::Hand)?;
                if name == contact.name {
                    return Ok(None);
                }
                let step = Step::Named {
                    contact: contact.id,
                    name: contact.name.clone(),
                    source: contact.name_source.word().to_owned(),
                    became: name,
                };
                record(tx, "rename", &contact, step, now)
            })
            .await?;
        self.contact_changed(id, undo).await
    }

    /// Adds an address by hand. A contact that is nothing but this address becomes part of this one, with its messages.
    ///
    /// # Errors
    /// `BadAddress` if it is none, or belongs to another contact that has more addresses (`params.contact_id`, `params.contact_name`).
    pub async fn contact_add_address(&self, id: i64, text: &str) -> ApiResult<ContactDetail> {
        let (text, now, registry) = (text.to_owned(), self.shared.now(), self.shared.registry.clone());
        let undo = self
            .shared
            .write(move |tx| -> ApiResult<Option<i64>> {
                let contact = existing(tx, id)?;
                let country = settings::text(tx, settings::SHOP_COUNTRY)?;
                let address = typed_address(tx, &registry, &text, &country)?;
                if let Some(identity) = identities::by_address(tx, &address)? {
                    if identity.contact_id == contact.id {
                        return Ok(None);
                    }
                    // A contact that is only this address was made for it by a message; one with more is a person's
                    // business to take apart first.
                    if identities::of_contact(tx, identity.contact_id)?.len() > 1 {
                        return Err(taken(tx, identity.contact_id)?);
                    }
                    let taken = merging::taken_by_itself(tx, contact.id, identity.contact_id)?;
                    let merge = merging::merge(tx, contact.id, identity.contact_id, &taken, None, now)?;
                    let step = Step::Merged { merge };
                    return record(tx, "address_added", &contact, step, now);
                }
                let display = address.display(&country);
                let source = identities::Source::Hand;
                let contact_id = contact.id;
                let new = NewIdentity {
                    contact_id,
                    address,
                    display,
                    name: String::new(),
                    source,
                    created_at: now,
                };
                let step =
                    Step::AddressAdded { identity: identities::insert(tx, &new)?, contact: contact_id };
                record(tx, "address_added", &contact, step, now)
            })
            .await?;
        self.contact_changed(id, undo).await
    }

    /// Takes an address away from this contact. Messages that came by it stay.
    ///
    /// # Errors
    /// `NotFound` if it is none of its addresses.
    pub async fn contact_remove_address(&self, id: i64, text: &str) -> ApiResult<ContactDetail> {
        let (text, now, registry) = (text.to_owned(), self.shared.now(), self.shared.registry.clone());
        let undo = self
            .shared
            .write(move |tx| -> ApiResult<Option<i64>> {
                let contact = existing(tx, id)?;
                let country = settings::text(tx, settings::SHOP_COUNTRY)?;
                let parsed = typed_address(tx, &registry, &text, &country).ok();
                let all = identities::of_contact(tx, contact.id)?;
                let found = all.iter().find(|identity| {
                    Some(&identity.address) == parsed.as_ref() || identity.address.value() == text.trim()
                });
                let Some(identity) = found else {
                    return Err(ApiError::new(Code::NotFound, "This contact has no such address."));
                };
                identities::remove(tx, identity.id, now)?;
                let step = Step::AddressRemoved { identity: identity.id, contact: contact.id };
                record(tx, "address_removed", &contact, step, now)
            })
            .await?;
        self.contact_changed(id, undo).await
    }

    /// Sets the preferred medium by hand; `None` takes it back.
    pub async fn contact_prefer(&self, id: i64, medium: Option<String>) -> ApiResult<ContactDetail> {
        let now = self.shared.now();
        let medium = medium.filter(|word| !word.is_empty() && word != "none");
        let medium = medium.map(|word| self.known_medium(&word)).transpose()?;
        let undo = self
            .shared
            .write(move |tx| -> ApiResult<Option<i64>> {
                let contact = existing(tx, id)?;
                let wanted = medium.as_ref().map_or("", Medium::as_str).to_owned();
                let ended = preferences::row_in_force(tx, contact.id)?;
                match medium {
                    None => preferences::clear(tx, contact.id, now)?,
                    Some(medium) => preferences::set(
                        tx,
                        &Preference {
                            contact_id: contact.id,
                            medium,
                            source: preferences::Source::Hand,
                            evidence: String::new(),
                            message_id: None,
                            since_at: now,
                            ended_at: None,
                        },
                    )?,
                }
                let began = preferences::row_in_force(tx, contact.id)?;
                if ended == began {
                    return Ok(None);
                }
                entries::add_event(tx, contact.id, None, "prefer", &[("medium", wanted.as_str())], now)?;
                let step = Step::Preferred { contact: contact.id, ended, began };
                record(tx, "prefer", &contact, step, now)
            })
            .await?;
        self.contact_changed(id, undo).await
    }

    /// Tells it and answers the card, with the change that led to it.
    pub(super) async fn contact_changed(&self, id: i64, undo_id: Option<i64>) -> ApiResult<ContactDetail> {
        self.shared.tell(Event::ContactChanged { contact_id: id });
        if undo_id.is_some() {
            self.shared.tell(Event::UndoChanged {});
        }
        Ok(ContactDetail { undo_id, ..self.contact(id, None).await? })
    }

    /// A medium that some kind has, or that is noted by hand.
    pub(super) fn known_medium(&self, word: &str) -> ApiResult<Medium> {
        use theke_domain::medium::media;
        let by_hand = [media::PHONE, media::IN_PERSON, "post"];
        let mut known: Vec<&str> =
            self.shared.registry.specs().iter().map(|spec| spec.medium.as_str()).collect();
        known.extend(by_hand);
        known.sort_unstable();
        known.dedup();
        if known.contains(&word) {
            return Ok(Medium::new(word));
        }
        Err(ApiError::new(
            Code::BadInput,
            format!("There is no medium {word}. There are: {}, none.", known.join(", ")),
        )
        .with("field", "medium"))
    }
}

/// An address, or a refusal that says what is wrong with it. A name such as `@anna` belongs to the only network of the
/// shop's accounts that has names; with several it must be said.
fn typed_address(conn: &Connection, registry: &Registry, text: &str, country: &str) -> ApiResult<Address> {
    let refused = |problem: AddressProblem| ApiError::new(Code::BadAddress, problem.text());
    match Address::parse(text, country) {
        Err(AddressProblem::NetworkMissing) => {
            let accounts = accounts::list(conn)?;
            let specs = accounts.iter().filter_map(|account| registry.get(&account.kind));
            let networks: BTreeSet<&str> = specs
                .filter_map(|spec| match &spec.address_kind {
                    AddressKind::Handle(network) => Some(network.as_str()),
                    AddressKind::Email | AddressKind::Phone => None,
                })
                .collect();
            match networks.into_iter().collect::<Vec<_>>().as_slice() {
                [only] => Address::parse(&format!("{only}:{}", text.trim()), country).map_err(refused),
                _ => Err(refused(AddressProblem::NetworkMissing)),
            }
        }
        other => other.map_err(refused),
    }
}

/// RFC 3339, or a refusal.
pub(super) fn parse_time(text: &str) -> ApiResult<Timestamp> {
    Timestamp::from_rfc3339(text).ok_or_else(|| {
        ApiError::new(
            Code::BadInput,
            format!("\"{text}\" is not a time. Expected is RFC 3339, such as 2026-11-21T10:00:00Z."),
        )
    })
}

/// Keeps the way back of a change of this contact.
pub(super) fn record(
    tx: &Transaction<'_>,
    what: &str,
    contact: &Contact,
    step: Step,
    now: Timestamp,
) -> ApiResult<Option<i64>> {
    Ok(Some(changes::insert(tx, what, &contact.display_name, 1, &[step], now)?.0))
}

/// The contact, or that there is none.
pub(super) fn existing(conn: &Connection, id: i64) -> ApiResult<Contact> {
    contacts::get(conn, ContactId(id))?
        .ok_or_else(|| ApiError::new(Code::NotFound, format!("There is no contact {id}.")))
}

/// That an address is another contact's.
pub(super) fn taken(conn: &Connection, by: ContactId) -> ApiResult<ApiError> {
    let name = contacts::get(conn, by)?.map(|contact| contact.display_name).unwrap_or_default();
    let sentence = format!(
        "This address already belongs to another contact ({name}, {by}). Remove it there first, or keep both apart."
    );
    Ok(ApiError::new(Code::BadAddress, sentence)
        .with("contact_id", by.to_string())
        .with("contact_name", name))
}
