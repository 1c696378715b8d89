//! The fields of a card that two contacts both have. A merge replaces some of the survivor's by the other one's; the
//! other one's row keeps its own, so that no value is lost.

use std::collections::BTreeMap;

use rusqlite::{Connection, Transaction, params};
use theke_domain::fold;
use theke_domain::ids::{ContactId, MergeId};

use super::{Kept, Merge, into_contact};
use crate::error::{Error, Result};
use crate::row;
use crate::table::contacts::NameSource;
use crate::words::{Word, words};

/// A field of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// What the customer is called.
    Name,
    /// The firm.
    Company,
    /// Du or Sie.
    Salutation,
    /// Language.
    Language,
    /// Country.
    Country,
    /// Birthday.
    Birthday,
    /// Postcode.
    Postcode,
}
words!(Field {
    Field::Name => "name",
    Field::Company => "company",
    Field::Salutation => "salutation",
    Field::Language => "language",
    Field::Country => "country",
    Field::Birthday => "birthday",
    Field::Postcode => "postcode",
});

impl Field {
    /// All of them, in the order of the card.
    pub const ALL: [Self; 7] = [
        Self::Name,
        Self::Company,
        Self::Salutation,
        Self::Language,
        Self::Country,
        Self::Birthday,
        Self::Postcode,
    ];
}

/// Values by the word of their field; `name_source` stands beside `name`.
pub type Values = BTreeMap<String, String>;

const NAME_SOURCE: &str = "name_source";

/// The fields of a contact, empty ones too.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn values(conn: &Connection, contact: ContactId) -> Result<Values> {
    let sql = "SELECT name, name_source, company, salutation, language, country, birthday, postcode
               FROM contacts WHERE id = ?";
    let read = |r: &rusqlite::Row<'_>| {
        let mut values = Values::from([(NAME_SOURCE.to_owned(), r.get(NAME_SOURCE)?)]);
        for field in Field::ALL {
            values.insert(field.word().to_owned(), r.get(field.word())?);
        }
        Ok(values)
    };
    row::first(conn, sql, [contact.0], read)?.ok_or(Error::NotFound)
}

/// What the survivor gets if nobody chooses: what it has no value for, and a name that a person wrote instead of one that a
/// message said.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn taken_by_itself(conn: &Connection, survivor: ContactId, absorbed: ContactId) -> Result<Vec<Field>> {
    let (ours, theirs) = (values(conn, survivor)?, values(conn, absorbed)?);
    let text = |values: &Values, word: &str| values.get(word).cloned().unwrap_or_default();
    let by_hand = |values: &Values| text(values, NAME_SOURCE) == NameSource::Hand.word();
    let taken = |field: &Field| {
        let (our, their) = (text(&ours, field.word()), text(&theirs, field.word()));
        let better = *field == Field::Name && by_hand(&theirs) && !by_hand(&ours);
        !their.is_empty() && (our.is_empty() || better)
    };
    Ok(Field::ALL.into_iter().filter(taken).collect())
}

/// Puts the other one's values of these fields into the survivor's row.
pub(super) fn take(
    tx: &Transaction<'_>,
    survivor: ContactId,
    absorbed: ContactId,
    taken: &[Field],
) -> Result<Kept> {
    let (mut ours, theirs) = (values(tx, survivor)?, values(tx, absorbed)?);
    let mut kept = Kept::default();
    let words = taken.iter().map(|field| field.word());
    let words = words.chain(taken.contains(&Field::Name).then_some(NAME_SOURCE));
    for word in words {
        let Some(new) = theirs.get(word).cloned() else { continue };
        let old = ours.insert(word.to_owned(), new.clone()).unwrap_or_default();
        if old != new {
            kept.before.insert(word.to_owned(), old);
            kept.became.insert(word.to_owned(), new);
        }
    }
    if !kept.became.is_empty() {
        put(tx, survivor, &ours)?;
    }
    Ok(kept)
}

/// Gives the survivor its values back where they are still as the merge left them. Where a later merge replaced one
/// again, that one leads back to where this one would have.
pub(super) fn give_back(tx: &Transaction<'_>, merge: &Merge) -> Result<()> {
    let later: Vec<Merge> =
        into_contact(tx, merge.survivor)?.into_iter().filter(|other| other.id > merge.id).collect();
    let mut ours = values(tx, merge.survivor)?;
    for (word, became) in &merge.kept.became {
        let before = merge.kept.before.get(word).cloned().unwrap_or_default();
        let next = later.iter().find(|other| other.kept.became.contains_key(word));
        match next {
            Some(next) if next.kept.before.get(word) == Some(became) => {
                lead_back(tx, next.id, word, before)?;
            }
            None if ours.get(word) == Some(became) => {
                ours.insert(word.clone(), before);
            }
            _ => {}
        }
    }
    put(tx, merge.survivor, &ours)
}

fn lead_back(tx: &Transaction<'_>, id: MergeId, word: &str, before: String) -> Result<()> {
    // Read anew: another field of the same merge may have been changed a moment ago.
    let Some(Merge { mut kept, .. }) = super::get(tx, id)? else { return Ok(()) };
    kept.before.insert(word.to_owned(), before);
    let kept = serde_json::to_string(&kept)?;
    row::run(tx, "UPDATE merges SET fields = ?2 WHERE id = ?1", params![id.0, kept])?;
    Ok(())
}

fn put(tx: &Transaction<'_>, contact: ContactId, values: &Values) -> Result<()> {
    let text = |word: &str| values.get(word).map_or("", String::as_str);
    let sql =
        "UPDATE contacts SET name = ?2, name_source = ?3, folded_name = ?4, company = ?5, salutation = ?6,
                   language = ?7, country = ?8, birthday = ?9, postcode = ?10 WHERE id = ?1";
    let folded = fold::key(text("name"));
    let written = params![
        contact.0,
        text("name"),
        text(NAME_SOURCE),
        folded,
        text("company"),
        text("salutation"),
        text("language"),
        text("country"),
        text("birthday"),
        text("postcode")
    ];
    row::run(tx, sql, written)?;
    Ok(())
}
