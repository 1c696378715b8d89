//! Contacts: the list, the card, addresses and the preferred channel.

use super::types::{ContactDetail, ContactView};
use super::{Api, ApiResult, unfinished};

impl Api {
    /// Contacts by a search text, or those heard from last. `limit` at most 500.
    pub async fn contacts(&self, _query: Option<String>, _limit: u32) -> ApiResult<Vec<ContactView>> {
        unfinished()
    }

    /// One contact with its conversations and a page of its timeline, newest first. `before` is the `at` of the last
    /// entry of the page before.
    pub async fn contact(&self, _id: i64, _before: Option<String>) -> ApiResult<ContactDetail> {
        unfinished()
    }

    /// Names it by hand; messages do not change a name given by hand.
    pub async fn contact_rename(&self, _id: i64, _name: &str) -> ApiResult<ContactDetail> {
        unfinished()
    }

    /// Adds an address by hand.
    ///
    /// # Errors
    /// `BadAddress` if it is none, or belongs to another contact (`params.contact_id`, `params.contact_name`).
    pub async fn contact_add_address(&self, _id: i64, _text: &str) -> ApiResult<ContactDetail> {
        unfinished()
    }

    /// Takes an address away from this contact. Messages that came by it stay.
    ///
    /// # Errors
    /// `NotFound` if it is none of its addresses.
    pub async fn contact_remove_address(&self, _id: i64, _text: &str) -> ApiResult<ContactDetail> {
        unfinished()
    }

    /// Sets the preferred medium by hand; `None` takes it back.
    pub async fn contact_prefer(&self, _id: i64, _medium: Option<String>) -> ApiResult<ContactDetail> {
        unfinished()
    }
}
