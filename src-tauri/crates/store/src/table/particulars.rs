//! What is known of a customer beside name and addresses: columns of the contact's row that only the card shows.
//!
//! Apart from [`super::contacts`], because lists of customers read none of it.

use rusqlite::{Connection, Transaction, params};
use theke_domain::ids::ContactId;

use super::changes::{Step, changing};
use super::contacts;
use crate::error::Result;
use crate::row;

/// What is known of a customer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Particulars {
    /// Firm, may be empty.
    pub company: String,
    /// `du`, `sie` or empty.
    pub salutation: String,
    /// `YYYY-MM-DD`, `--MM-DD` without the year, or empty.
    pub birthday: String,
    /// As written, may be empty.
    pub postcode: String,
    /// ISO code, may be empty.
    pub language: String,
}

const COLUMNS: [&str; 5] = ["company", "salutation", "birthday", "postcode", "language"];

/// What is known.
///
/// # Errors
/// The database's.
pub fn get(conn: &Connection, contact: ContactId) -> Result<Particulars> {
    let sql = "SELECT company, salutation, birthday, postcode, language FROM contacts WHERE id = ?";
    let found = row::first(conn, sql, [contact.0], |r| {
        Ok(Particulars {
            company: r.get("company")?,
            salutation: r.get("salutation")?,
            birthday: r.get("birthday")?,
            postcode: r.get("postcode")?,
            language: r.get("language")?,
        })
    })?;
    Ok(found.unwrap_or_default())
}

/// Sets all of it; gives the way back, `None` if all was so before.
///
/// # Errors
/// The database's.
pub fn set(tx: &Transaction<'_>, contact: ContactId, new: &Particulars) -> Result<Option<Step>> {
    let Particulars { company, salutation, birthday, postcode, language } = new;
    let step = changing(tx, contact, ("contacts", &COLUMNS), &[contact.0], || {
        let sql =
            "UPDATE contacts SET company = ?2, salutation = ?3, birthday = ?4, postcode = ?5, language = ?6
                   WHERE id = ?1";
        row::run(tx, sql, params![contact.0, company, salutation, birthday, postcode, language])?;
        Ok(())
    })?;
    if step.is_some() {
        contacts::known_anew(tx, contact)?;
    }
    Ok(step)
}
