//! To whom a new message goes: a contact, an address, or both. An address that nobody has makes a contact, in the
//! transaction of the message and not before.
//!
//! Not here: which way it goes (`crate::route`).

use theke_domain::address::Address;
use theke_domain::ids::ContactId;
use theke_domain::time::Timestamp;
use theke_store::table::contacts::{self, NameSource};
use theke_store::table::identities::{self, NewIdentity, Source};
use theke_store::{Connection, Transaction};

use crate::api::{ApiError, ApiResult, Code};
use crate::settings;

/// Whom a person chose.
#[derive(Debug, Clone)]
pub struct First {
    /// A contact.
    pub chosen: Option<ContactId>,
    /// An address, of that contact or of nobody yet.
    pub address: Option<Address>,
}

impl First {
    /// Checks what was chosen.
    pub fn new(conn: &Connection, contact: Option<i64>, to: &str) -> ApiResult<Self> {
        let chosen = contact.map(ContactId);
        if let Some(id) = chosen
            && contacts::get(conn, id)?.is_none()
        {
            return Err(ApiError::new(Code::NotFound, format!("There is no contact {id}.")));
        }
        let country = settings::text(conn, settings::SHOP_COUNTRY)?;
        let address =
            match to.trim() {
                "" => None,
                typed => Some(Address::parse(typed, &country).map_err(|problem| {
                    ApiError::new(Code::BadAddress, problem.text()).with("address", typed)
                })?),
            };
        if chosen.is_none() && address.is_none() {
            let sentence = "Nobody is chosen yet. Choose a customer or type an address.";
            return Err(ApiError::new(Code::BadInput, sentence).with("field", "to"));
        }
        let first = Self { chosen, address };
        let owner = first.address.as_ref().map(|address| identities::by_address(conn, address));
        if let (Some(chosen), Some(owner)) = (chosen, owner.transpose()?.flatten())
            && owner.contact_id != chosen
        {
            let name = contacts::get(conn, owner.contact_id)?.map(|row| row.display_name).unwrap_or_default();
            let sentence = format!("This address belongs to another contact ({name}). Choose that one.");
            return Err(ApiError::new(Code::BadAddress, sentence)
                .with("contact_id", owner.contact_id.to_string())
                .with("contact_name", name));
        }
        Ok(first)
    }

    /// The contact as far as there is one: the chosen, or whose address it is.
    pub fn contact(&self, conn: &Connection) -> theke_store::Result<Option<ContactId>> {
        if self.chosen.is_some() {
            return Ok(self.chosen);
        }
        let Some(address) = &self.address else { return Ok(None) };
        Ok(identities::by_address(conn, address)?.map(|identity| identity.contact_id))
    }

    /// The contact for certain: where there is none it is made, and an address that it lacks is added.
    pub fn settle(&self, tx: &Transaction<'_>, address: &Address, now: Timestamp) -> ApiResult<ContactId> {
        let known = identities::by_address(tx, address)?;
        if let Some(identity) = known {
            return Ok(identity.contact_id);
        }
        let contact_id = match self.contact(tx)? {
            Some(id) => id,
            None => contacts::insert(tx, "", NameSource::Hand, now)?,
        };
        let new = NewIdentity {
            contact_id,
            address: address.clone(),
            display: address.display(&settings::text(tx, settings::SHOP_COUNTRY)?),
            name: String::new(),
            source: Source::Hand,
            created_at: now,
        };
        identities::insert(tx, &new)?;
        Ok(contact_id)
    }
}
