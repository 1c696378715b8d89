//! What a person changes on a customer's card. Every change answers the card with an undo.

use theke_domain::ids::{FieldId, IdentityId, TagId};
use theke_domain::time::Timestamp;
use theke_domain::typed;
use theke_store::Transaction;
use theke_store::table::changes::{self, Step};
use theke_store::table::consents::{self, Consent, Purpose};
use theke_store::table::contacts::Contact;
use theke_store::table::custom_fields::{self, Field, Kind};
use theke_store::table::particulars::{self, Particulars};
use theke_store::table::{identities, tags};
use theke_store::words::Word;

use super::types::{ConsentInput, ContactDetail, Event, ParticularsInput};
use super::{Api, ApiError, ApiResult, Code, contacts};
use crate::spoken;

/// Characters of one field of a card.
const FIELD_MAX_CHARS: usize = 500;
/// Characters of a tag.
const TAG_MAX_CHARS: usize = 60;

impl Api {
    /// Changes firm, salutation, birthday, postcode, language.
    ///
    /// # Errors
    /// `BadInput` for a birthday that is no day, or a word that there is not (`params.field`).
    pub async fn contact_describe(&self, id: i64, input: ParticularsInput) -> ApiResult<ContactDetail> {
        let described =
            move |tx: &Transaction<'_>, contact: &Contact, _: Timestamp| -> ApiResult<Vec<Step>> {
                let new = described(particulars::get(tx, contact.id)?, input)?;
                Ok(particulars::set(tx, contact.id, &new)?.into_iter().collect())
            };
        self.card_change(id, "particulars", described).await
    }

    /// Gives a customer a tag, a new one if there is none of that name.
    ///
    /// # Errors
    /// `BadInput` for an empty one or one of more than 60 characters.
    pub async fn contact_tag(&self, id: i64, name: &str) -> ApiResult<ContactDetail> {
        let name = tag_name(name)?;
        let card = self
            .card_change(id, "tag_added", move |tx, contact, now| Ok(tags::add(tx, contact.id, &name, now)?))
            .await?;
        self.shared.tell(Event::ShopFieldsChanged {});
        Ok(card)
    }

    /// Takes a tag from a customer.
    pub async fn contact_untag(&self, id: i64, tag: i64) -> ApiResult<ContactDetail> {
        let card = self
            .card_change(id, "tag_taken", move |tx, contact, _| Ok(tags::take(tx, contact.id, TagId(tag))?))
            .await?;
        self.shared.tell(Event::ShopFieldsChanged {});
        Ok(card)
    }

    /// Sets what stands in a field of the shop's own, empty for nothing. Of two values that a merge left, this chooses.
    ///
    /// # Errors
    /// `BadInput` for what is no number, day or choice of it (`params.field` = its kind).
    pub async fn contact_set_field(&self, id: i64, field: i64, value: &str) -> ApiResult<ContactDetail> {
        let typed = value.to_owned();
        self.card_change(id, "value", move |tx, contact, now| {
            let row = custom_fields::get(tx, FieldId(field))?;
            let row =
                row.ok_or_else(|| ApiError::new(Code::NotFound, format!("There is no field {field}.")))?;
            let value = value_of(&row, &typed)?;
            Ok(custom_fields::set(tx, contact.id, row.id, &value, now)?.into_iter().collect())
        })
        .await
    }

    /// Says how an address is: `ok`, `verified`, `opted_out` or `shared`. That mail to it comes back a provider says.
    ///
    /// # Errors
    /// `BadInput` for another word; `NotFound` if it is none of its addresses.
    pub async fn contact_set_address_state(
        &self,
        id: i64,
        identity: i64,
        state: &str,
    ) -> ApiResult<ContactDetail> {
        let state = match identities::State::from_word(state) {
            Some(state) if state != identities::State::Bounced => state,
            _ => {
                let sentence =
                    format!("There is no state {state} to set. There are: ok, verified, opted_out, shared.");
                return Err(ApiError::new(Code::BadInput, sentence).with("field", "state"));
            }
        };
        self.card_change(id, "address_state", move |tx, contact, _| {
            let row = identities::get(tx, IdentityId(identity))?.filter(|row| row.contact_id == contact.id);
            let row =
                row.ok_or_else(|| ApiError::new(Code::NotFound, "This contact has no such address."))?;
            Ok(identities::state_by_hand(tx, &row, state)?.into_iter().collect())
        })
        .await
    }

    /// Notes that a customer agreed to something, or that this ended.
    ///
    /// # Errors
    /// `BadInput` for a medium, purpose or state that there is not (`params.field`).
    pub async fn contact_consent(&self, id: i64, input: ConsentInput) -> ApiResult<ContactDetail> {
        let medium = Some(input.medium.as_str()).filter(|word| !word.is_empty());
        let medium = medium.map(|word| self.known_medium(word)).transpose()?;
        let purpose = Purpose::from_word(&input.purpose);
        let purpose = purpose.ok_or_else(|| no_word("purpose", &input.purpose, "service, advertising"))?;
        let state = consents::State::from_word(&input.state);
        let state = state.ok_or_else(|| no_word("state", &input.state, "given, withdrawn"))?;
        let evidence = line(&input.evidence, "evidence")?;
        self.card_change(id, "consent", move |tx, contact, now| {
            let now_in_force = consents::in_force(tx, contact.id)?;
            let same = |row: &&Consent| row.medium == medium && row.purpose == purpose;
            if now_in_force
                .iter()
                .find(same)
                .is_some_and(|row| row.state == state && row.evidence == evidence)
            {
                return Ok(Vec::new());
            }
            let new = Consent {
                contact_id: contact.id,
                medium,
                purpose,
                state,
                source: consents::Source::Hand,
                evidence,
                message_id: None,
                at: now,
            };
            Ok(vec![consents::insert(tx, &new)?])
        })
        .await
    }

    /// One change of a card in one transaction, with its undo and its event.
    pub(super) async fn card_change(
        &self,
        id: i64,
        what: &'static str,
        change: impl FnOnce(&Transaction<'_>, &Contact, Timestamp) -> ApiResult<Vec<Step>> + Send + 'static,
    ) -> ApiResult<ContactDetail> {
        let now = self.shared.now();
        let (contact, undo) = self
            .shared
            .write(move |tx| -> ApiResult<(i64, Option<i64>)> {
                let contact = standing(tx, id)?;
                let steps = change(tx, &contact, now)?;
                Ok((contact.id.0, kept(tx, what, &contact.display_name, &steps, now)?))
            })
            .await?;
        self.contact_changed(contact, undo).await
    }
}

/// Keeps the way back of a change, if anything changed.
pub(super) fn kept(
    tx: &Transaction<'_>,
    what: &str,
    subject: &str,
    steps: &[Step],
    now: Timestamp,
) -> ApiResult<Option<i64>> {
    if steps.is_empty() {
        return Ok(None);
    }
    Ok(Some(changes::insert(tx, what, subject, 1, steps, now)?.0))
}

/// The contact that stands for this one, or that there is none.
pub(super) fn standing(tx: &Transaction<'_>, id: i64) -> ApiResult<Contact> {
    let contact = contacts::existing(tx, id)?;
    Ok(spoken::standing(tx, contact.id)?.unwrap_or(contact))
}

/// A text on one line, not longer than a field.
pub(super) fn line(text: &str, field: &str) -> ApiResult<String> {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let text = text.trim().to_owned();
    if text.chars().count() > FIELD_MAX_CHARS {
        let sentence = "This is longer than 500 characters. Shorten it.";
        return Err(ApiError::new(Code::BadInput, sentence).with("field", field));
    }
    Ok(text)
}

/// A tag as it is kept.
pub(super) fn tag_name(name: &str) -> ApiResult<String> {
    let name = line(name, "tag")?;
    if name.is_empty() || name.chars().count() > TAG_MAX_CHARS {
        let sentence = "A tag has 1 to 60 characters.";
        return Err(ApiError::new(Code::BadInput, sentence).with("field", "tag"));
    }
    Ok(name)
}

/// A refusal that names the words that there are.
pub(super) fn no_word(field: &str, word: &str, words: &str) -> ApiError {
    ApiError::new(Code::BadInput, format!("There is no {field} \"{word}\". There are: {words}."))
        .with("field", field)
}

fn described(before: Particulars, input: ParticularsInput) -> ApiResult<Particulars> {
    let text =
        |new: Option<String>, before: String, field: &str| new.map_or(Ok(before), |text| line(&text, field));
    let salutation = text(input.salutation, before.salutation, "salutation")?;
    if !["", "du", "sie"].contains(&salutation.as_str()) {
        return Err(no_word("salutation", &salutation, "du, sie, or none"));
    }
    let language = text(input.language, before.language, "language")?.to_lowercase();
    let is_code = matches!(language.len(), 0 | 2 | 3) && language.chars().all(|c| c.is_ascii_lowercase());
    if !is_code {
        return Err(no_word("language", &language, "de, en, fr, it and other codes of two or three letters"));
    }
    let birthday = match input.birthday {
        None => before.birthday,
        Some(typed) if typed.trim().is_empty() => String::new(),
        Some(typed) => typed::birthday(&typed).ok_or_else(|| {
            let sentence =
                format!("\"{typed}\" is no birthday. Write it as 12.3.1980, or 12.3. without the year.");
            ApiError::new(Code::BadInput, sentence).with("field", "birthday")
        })?,
    };
    Ok(Particulars {
        company: text(input.company, before.company, "company")?,
        salutation,
        birthday,
        postcode: text(input.postcode, before.postcode, "postcode")?,
        language,
    })
}

fn value_of(field: &Field, typed: &str) -> ApiResult<String> {
    let typed = line(typed, "text")?;
    if typed.is_empty() {
        return Ok(typed);
    }
    let refused = |sentence: String| ApiError::new(Code::BadInput, sentence).with("field", field.kind.word());
    match field.kind {
        Kind::Text => Ok(typed),
        Kind::Number => typed::number(&typed)
            .ok_or_else(|| refused(format!("\"{typed}\" is no number. Write it as 56 or 56,5."))),
        Kind::Date => typed::day(&typed)
            .ok_or_else(|| refused(format!("\"{typed}\" is no day. Write it as 12.3.2026."))),
        Kind::Choice if field.choices.contains(&typed) => Ok(typed),
        Kind::Choice => {
            Err(refused(format!("\"{typed}\" is no choice. There are: {}.", field.choices.join(", "))))
        }
    }
}
