//! What a card means for the customers that there are: a new one, a known one who gets something, or nothing, with the reason.
//!
//! Whom it means is said by an e-mail address, a mobile number or a name on a network alone; a landline is a family's or a
//! firm's and says nothing, and neither does a name. A card never joins two customers. What a person wrote into a customer
//! stays unless the person importing says that the list is right. Not here: writing ([`super::apply`]).

use std::collections::HashMap;

use theke_domain::address::Address;
use theke_domain::fold;
use theke_domain::ids::ContactId;
use theke_domain::medium::Medium;
use theke_domain::phone::{self, PhoneType};
use theke_store::erased::Erased;
use theke_store::table::imports::{FIELDS, News};
use theke_store::table::{contact_texts, contacts, entries, identities, preferences, restriction};
use theke_store::{Connection, Result};

use super::{Card, Value};

/// Longest text of a field.
const FIELD_CHARS: usize = 200;

/// Why a card is passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Skip {
    /// No name, no firm, no address.
    Empty,
    /// Its addresses belong to two customers.
    TwoCustomers,
    /// Its customer was erased.
    Erased,
    /// Its customer is restricted.
    Restricted,
    /// An address of the shop itself.
    Ours,
}

impl Skip {
    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TwoCustomers => "two_customers",
            Self::Erased => "erased",
            Self::Restricted => "restricted",
            Self::Ours => "ours",
        }
    }
}

/// What is said beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// An address that cannot be used; it is kept as a note.
    Unreadable(String),
    /// A landline that is another customer's already.
    Taken(String),
    /// A value of the list that differs from what is there, which stays.
    Kept(&'static str),
}

/// A card with its addresses read.
pub struct Prepared {
    /// The card.
    pub card: Card,
    strong: Vec<Address>,
    weak: Vec<Address>,
    unreadable: Vec<String>,
}

impl Prepared {
    /// Reads the addresses, as people of `country` write them.
    pub fn of(mut card: Card, country: &str) -> Self {
        let (mut strong, mut weak, mut unreadable) = (Vec::new(), Vec::new(), Vec::new());
        let home = if card.country.is_empty() { country } else { &card.country };
        for text in card.addresses.drain(..) {
            match Address::parse(&text, home).or_else(|_| Address::parse(&text, country)) {
                Ok(address) if strong.contains(&address) || weak.contains(&address) => {}
                Ok(Address::Phone { value }) if !is_mobile(&value) => weak.push(Address::Phone { value }),
                Ok(address) => strong.push(address),
                Err(_) => unreadable.push(text),
            }
        }
        Self { card, strong, weak, unreadable }
    }

    /// What to call it.
    pub fn title(&self) -> String {
        let named = [&self.card.name, &self.card.company].into_iter().find(|text| !text.is_empty());
        let address =
            || self.strong.iter().chain(&self.weak).next().map(|address| address.value().to_owned());
        named.cloned().or_else(address).unwrap_or_default()
    }
}

fn is_mobile(number: &str) -> bool {
    phone::classify(number).phone_type == PhoneType::Mobile
}

/// What becomes of a card.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    /// A customer who is not there yet.
    New(News),
    /// A customer who is there, and what that one gets; empty = nothing.
    Known(ContactId, News),
    /// The same customer as an earlier card of this list, by its place.
    Joined(usize),
    /// Nothing.
    Skipped(Skip),
}

/// A judged card.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// What becomes of it.
    pub meaning: Meaning,
    /// What is said beside it.
    pub remarks: Vec<Remark>,
}

/// What is the same for all cards of an import.
pub struct Judge<'j> {
    /// The shop's country.
    pub country: &'j str,
    /// The shop's own addresses.
    pub own: &'j [Address],
    /// Who was erased.
    pub erased: &'j Erased,
    /// The list is right where it differs.
    pub overwrite: bool,
    /// Media that a customer can want.
    pub media: &'j [String],
    /// Addresses that earlier cards of this list brought, with the place of the card.
    seen: HashMap<Address, usize>,
    /// The same, those that say nothing of whom a card means as well.
    taken: HashMap<Address, usize>,
    names: HashMap<String, usize>,
    /// The known customers of earlier cards.
    owners: HashMap<usize, ContactId>,
}

impl<'j> Judge<'j> {
    /// Before the first card.
    pub fn new(
        country: &'j str,
        own: &'j [Address],
        erased: &'j Erased,
        overwrite: bool,
        media: &'j [String],
    ) -> Self {
        let (seen, taken) = (HashMap::new(), HashMap::new());
        let (names, owners) = (HashMap::new(), HashMap::new());
        Self { country, own, erased, overwrite, media, seen, taken, names, owners }
    }

    /// What becomes of the card at this place.
    ///
    /// # Errors
    /// The database's.
    pub fn judge(&mut self, conn: &Connection, card: &Prepared, place: usize) -> Result<Judged> {
        let skipped = |skip| Ok(Judged { meaning: Meaning::Skipped(skip), remarks: Vec::new() });
        if card.card.name.is_empty()
            && card.card.company.is_empty()
            && card.strong.is_empty()
            && card.weak.is_empty()
        {
            return skipped(Skip::Empty);
        }
        if card.strong.iter().any(|address| self.own.contains(address)) {
            return skipped(Skip::Ours);
        }
        let (mut owner, mut earlier): (Option<ContactId>, Option<usize>) = (None, None);
        for address in &card.strong {
            // What an earlier card of this list brought is looked for there, whether it is written yet or not.
            if let Some(place) = self.seen.get(address) {
                earlier = earlier.or(Some(*place));
                continue;
            }
            match identities::by_address(conn, address)? {
                Some(found) if owner.is_some_and(|owner| owner != found.contact_id) => {
                    return skipped(Skip::TwoCustomers);
                }
                Some(found) => owner = Some(found.contact_id),
                None if self.erased.mark(address).is_some() => return skipped(Skip::Erased),
                None => {}
            }
        }
        let called = if card.card.name.is_empty() { &card.card.company } else { &card.card.name };
        let named = fold::key(called);
        if card.strong.is_empty() && card.weak.is_empty() {
            // Nothing but a name: a list that is taken in twice must not make everybody twice.
            earlier = self.names.get(&named).copied();
            if earlier.is_none() {
                owner = contact_texts::without_address(conn, &named)?;
            }
        }
        if let Some(owner) = owner
            && restriction::since(conn, owner)?.is_some()
        {
            return skipped(Skip::Restricted);
        }
        if let Some(earlier) = earlier {
            if owner.is_some() && owner != self.owners.get(&earlier).copied() {
                return skipped(Skip::TwoCustomers);
            }
            self.seen.extend(card.strong.iter().map(|address| (address.clone(), earlier)));
            for address in card.strong.iter().chain(&card.weak) {
                self.taken.entry(address.clone()).or_insert(earlier);
            }
            return Ok(Judged { meaning: Meaning::Joined(earlier), remarks: Vec::new() });
        }
        let (news, remarks) = self.news(conn, card, owner, place)?;
        for (address, _) in &news.addresses {
            self.seen.insert(address.clone(), place);
            self.taken.insert(address.clone(), place);
        }
        if card.strong.is_empty() && card.weak.is_empty() {
            self.names.insert(named, place);
        }
        self.owners.extend(owner.map(|owner| (place, owner)));
        let meaning = match owner {
            Some(owner) => Meaning::Known(owner, news),
            None => Meaning::New(news),
        };
        Ok(Judged { meaning, remarks })
    }

    /// What the card says beyond what is known of its customer. `place`: of the card that it goes with.
    ///
    /// # Errors
    /// The database's.
    pub fn news(
        &self,
        conn: &Connection,
        card: &Prepared,
        owner: Option<ContactId>,
        place: usize,
    ) -> Result<(News, Vec<Remark>)> {
        let (mut news, mut remarks) = (News::default(), Vec::new());
        for address in card.strong.iter().chain(&card.weak) {
            match identities::by_address(conn, address)? {
                Some(found) if Some(found.contact_id) != owner => {
                    remarks.push(Remark::Taken(address.display(self.country)));
                }
                Some(_) => {}
                None if self.taken.get(address).is_some_and(|other| *other != place) => {
                    remarks.push(Remark::Taken(address.display(self.country)))
                }
                None if self.erased.mark(address).is_some() => {}
                None => news.addresses.push((address.clone(), address.display(self.country))),
            }
        }
        let known =
            owner.map(|owner| contact_texts::of(conn, owner)).transpose()?.flatten().unwrap_or_default();
        self.fields(&card.card, &known, owner, &mut news, &mut remarks);
        for tag in &card.card.tags {
            let name = cut(tag);
            let folded = fold::key(&name);
            let there = |one: &String| fold::key(one) == folded;
            if !folded.is_empty() && !known.tags.iter().any(there) && !news.tags.iter().any(there) {
                news.tags.push(name);
            }
        }
        for Value { field, kind, value } in &card.card.values {
            let name = cut(field);
            let folded = fold::key(&name);
            let there = known.values.iter().find(|(known, _)| fold::key(known) == folded);
            let again = news.values.iter().any(|(one, ..)| fold::key(one) == folded);
            match there {
                _ if folded.is_empty() || again || value.is_empty() => {}
                Some((_, known)) if known == value => {}
                Some(_) => remarks.push(Remark::Kept("field")),
                None => news.values.push((name, kind_word(kind), value.clone())),
            }
        }
        let mut notes: Vec<String> = card.card.notes.clone();
        notes.extend(card.unreadable.iter().cloned());
        remarks.extend(card.unreadable.iter().cloned().map(Remark::Unreadable));
        if let Some(owner) = owner {
            let there = entries::notes_of_contact(conn, owner)?;
            notes.retain(|note| !there.contains(note));
        }
        news.notes = notes;
        let wanted = Some(&card.card.preferred).filter(|word| self.media.contains(word));
        let has = owner.map(|owner| preferences::in_force(conn, owner)).transpose()?.flatten();
        news.preferred = wanted.filter(|_| has.is_none()).map(|word| Medium::new(word.clone()));
        Ok((news, remarks))
    }

    fn fields(
        &self,
        card: &Card,
        known: &contact_texts::Texts,
        owner: Option<ContactId>,
        news: &mut News,
        remarks: &mut Vec<Remark>,
    ) {
        let said = [
            &card.name,
            &card.company,
            &card.salutation,
            &card.language,
            &card.country,
            &card.birthday,
            &card.postcode,
        ];
        for (column, said) in FIELDS.into_iter().zip(said) {
            let said = cut(said);
            let there = known.fields.get(column).map_or("", String::as_str);
            match () {
                () if said.is_empty() || said == there => {}
                () if owner.is_some() && !there.is_empty() && !self.overwrite => {
                    remarks.push(Remark::Kept(column))
                }
                () => {
                    news.fields.insert(column, said);
                }
            }
        }
    }
}

/// One line of a text, without what drives terminals, and not too long.
fn cut(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).take(FIELD_CHARS).collect();
    text.trim().to_owned()
}

fn kind_word(kind: &str) -> &'static str {
    ["number", "date"].into_iter().find(|known| *known == kind).unwrap_or("text")
}

/// The name of a customer for the preview.
///
/// # Errors
/// The database's.
pub fn name_of(conn: &Connection, id: ContactId) -> Result<String> {
    Ok(contacts::get(conn, id)?.map(|contact| contact.display_name).unwrap_or_default())
}
