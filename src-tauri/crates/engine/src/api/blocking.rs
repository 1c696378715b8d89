//! Senders that a person does not want to hear from: their messages go to spam and tell nobody.

use theke_domain::address::Address;
use theke_domain::time::Timestamp;
use theke_store::Transaction;
use theke_store::table::changes::{self, Step};
use theke_store::table::contacts::Contact;
use theke_store::table::{blocked, conversations, entries, identities};

use super::contacts::existing;
use super::types::{BlockedView, ContactDetail};
use super::{Api, ApiError, ApiResult, Code, view};
use crate::settings;

impl Api {
    /// Blocks one of a contact's addresses or lets it through again. What came from it before goes to spam or comes back
    /// out of it, unless somebody else wrote in the same conversation.
    ///
    /// # Errors
    /// `NotFound` if the contact has no such address.
    pub async fn contact_block(&self, id: i64, address: &str, block: bool) -> ApiResult<ContactDetail> {
        let (address, now) = (address.to_owned(), self.shared.now());
        let (undo, moved) = self
            .shared
            .write(move |tx| -> ApiResult<(Option<i64>, Vec<i64>)> {
                let contact = existing(tx, id)?;
                let address = address_of(tx, &contact, &address)?;
                set_blocked(tx, &contact, &address, block, now)
            })
            .await?;
        self.tell_conversations(&moved);
        self.contact_changed(id, undo).await
    }

    /// All blocked addresses.
    pub async fn blocked(&self) -> ApiResult<Vec<BlockedView>> {
        let rows = self.shared.read(blocked::all).await?;
        let shown = |row: blocked::Blocked| BlockedView {
            address: row.address.value().to_owned(),
            kind: row.address.kind_word().to_owned(),
            network: row.address.network().to_owned(),
            contact_id: row.contact_id.map(|id| id.0),
            contact_name: row.contact_name,
            since: view::at(row.blocked_at),
        };
        Ok(rows.into_iter().map(shown).collect())
    }
}

fn set_blocked(
    tx: &Transaction<'_>,
    contact: &Contact,
    address: &Address,
    block: bool,
    now: Timestamp,
) -> ApiResult<(Option<i64>, Vec<i64>)> {
    let took = if block { blocked::block(tx, address, now)? } else { blocked::unblock(tx, address)? };
    if !took {
        return Ok((None, Vec::new()));
    }
    let mut steps = vec![Step::Blocked { contact: contact.id, address: address.clone(), was: !block }];
    let mut moved = Vec::new();
    for (conversation, spam) in blocked::conversations_of(tx, contact.id, address)? {
        if spam != block {
            conversations::set_spam(tx, conversation, block)?;
            steps.push(Step::Spam { conversation, was: spam });
            moved.push(conversation.0);
        }
    }
    let what = if block { "blocked" } else { "unblocked" };
    entries::add_event(tx, contact.id, None, what, &[("address", address.value())], now)?;
    let what = if block { "block" } else { "unblock" };
    Ok((Some(changes::insert(tx, what, &contact.display_name, moved.len(), &steps, now)?.0), moved))
}

/// One of the contact's addresses, as it was typed or as it is stored.
fn address_of(tx: &Transaction<'_>, contact: &Contact, text: &str) -> ApiResult<Address> {
    let parsed = Address::parse(text, &settings::text(tx, settings::SHOP_COUNTRY)?).ok();
    let found = identities::of_contact(tx, contact.id)?.into_iter().find(|identity| {
        Some(&identity.address) == parsed.as_ref() || identity.address.value() == text.trim()
    });
    found
        .map(|identity| identity.address)
        .ok_or_else(|| ApiError::new(Code::NotFound, "This contact has no such address."))
}
