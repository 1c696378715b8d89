//! Where an answer goes, and why: one pure function that the composer, the rehearsal of rules and the engine call.
//!
//! The order of wishes: the person's own choice for this answer, the customer's wish for this conversation, the
//! stored preference (the newest of the customer's lasting wish and the staff's entry), the way the customer's last
//! message came, the way that worked last, then whatever else there is. Each way is held against what is possible,
//! and each that is refused says why.
//!
//! Decided here: a person's own choice is never exchanged for another way; it goes or it is refused. An account
//! that is offline takes the message and sends it later. An account that needs attention and an address that
//! bounced are used only where nothing else is left (or a person insists), and the reasons say so. A medium that the
//! customer refuses is used only if a person insists, who is warned. An address that opted out gets nothing but the
//! answer to a question that came from it. Numbers that cost money to write to are never used.
//!
//! Not here: whether an automatic answer may be sent at all (the guards), and queueing it (`theke-engine`).

mod choose;
mod filter;
mod reason;

use crate::address::Address;
use crate::capability::{AddressKind, Capabilities};
use crate::ids::AccountId;
use crate::medium::{ChannelKind, Medium};
use crate::time::Timestamp;

pub use choose::choose;
pub use reason::{Reason, Refusal};

/// How an account is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Health {
    /// It works.
    #[default]
    Ok,
    /// The provider cannot be reached now.
    Offline,
    /// It does not work until a person does something.
    NeedsAttention,
}

/// A configured channel that may carry the answer.
#[derive(Debug, Clone)]
pub struct Account {
    /// Row id.
    pub id: AccountId,
    /// Its kind.
    pub kind: ChannelKind,
    /// The kind's medium.
    pub medium: Medium,
    /// What it reaches.
    pub address_kind: AddressKind,
    /// What it can do.
    pub capabilities: Capabilities,
    /// Switched on by the user.
    pub enabled: bool,
    /// How it is doing.
    pub health: Health,
    /// The default of its medium; without one, the account with the lowest id is.
    pub is_default: bool,
}

/// What is known about an address of the contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AddressState {
    /// Nothing against it.
    #[default]
    Ok,
    /// Messages to it came back.
    Bounced,
    /// The customer wants no messages there.
    OptedOut,
}

/// An address of the contact.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The address.
    pub address: Address,
    /// What is known about it.
    pub state: AddressState,
    /// The account last used with it, in or out.
    pub last_account: Option<AccountId>,
    /// The customer's last message from it.
    pub last_in_at: Option<Timestamp>,
    /// The last message to it that the provider took.
    pub last_out_at: Option<Timestamp>,
}

/// What is to be sent.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// Length of the text in characters; 0 while nothing is written.
    pub text_chars: u32,
    /// Size of each file in bytes.
    pub attachment_bytes: Vec<u64>,
}

/// Who set a stored preference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PreferenceSource {
    /// A person of the shop.
    Hand,
    /// The customer's own words.
    Wish,
    /// Habit.
    Learned,
}

impl PreferenceSource {
    /// The word of the database and the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Hand => "hand",
            Self::Wish => "wish",
            Self::Learned => "learned",
        }
    }

    /// The source that `word` names.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Hand, Self::Wish, Self::Learned].into_iter().find(|source| source.word() == word)
    }
}

/// The medium a contact wants.
#[derive(Debug, Clone)]
pub struct Preference {
    /// The medium.
    pub medium: Medium,
    /// Which address of that medium, where the customer named one.
    pub address: Option<Address>,
    /// Who says so.
    pub source: PreferenceSource,
    /// Since when.
    pub since: Timestamp,
    /// The customer's words; empty if there are none.
    pub evidence: String,
}

/// The medium that the customer wants in this conversation.
#[derive(Debug, Clone)]
pub struct Wished {
    /// The medium.
    pub medium: Medium,
    /// Which address of that medium, where the customer named one.
    pub address: Option<Address>,
    /// When it was said; `None` if that is not known any more.
    pub since: Option<Timestamp>,
    /// The customer's words; empty if they are not known any more.
    pub evidence: String,
}

/// A medium that the customer does not want to be answered by.
#[derive(Debug, Clone)]
pub struct RefusedMedium {
    /// The medium.
    pub medium: Medium,
    /// Since when.
    pub since: Timestamp,
    /// The customer's words; empty if a person of the shop noted it.
    pub evidence: String,
}

/// The customer's last message in this conversation, or what was last sent there with success.
#[derive(Debug, Clone)]
pub struct Used {
    /// The account it came or went by.
    pub account: AccountId,
    /// The address it came from or went to; `None` if that is not known any more.
    pub address: Option<Address>,
    /// When.
    pub at: Timestamp,
}

/// All that the decision looks at.
#[derive(Debug, Clone)]
pub struct Request {
    /// The medium that the person chose for this answer.
    pub via: Option<Medium>,
    /// The customer's wish for this conversation.
    pub wish: Option<Wished>,
    /// What the customer refuses, in this conversation or always.
    pub refused: Vec<RefusedMedium>,
    /// The address from which the customer asks what is answered here; `None` if this answers no question of theirs.
    pub asked_from: Option<Address>,
    /// The stored preference.
    pub preference: Option<Preference>,
    /// The customer's last message in the conversation.
    pub last_in: Option<Used>,
    /// The last message to the customer that went out.
    pub last_out: Option<Used>,
    /// The contact's addresses.
    pub identities: Vec<Identity>,
    /// The accounts of the shop, removed ones left out.
    pub accounts: Vec<Account>,
    /// What is to be sent.
    pub draft: Draft,
    /// The time of the decision.
    pub now: Timestamp,
}

/// An account and an address that the answer goes by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The account.
    pub account: AccountId,
    /// Its medium.
    pub medium: Medium,
    /// Its kind.
    pub kind: ChannelKind,
    /// The customer's address.
    pub address: Address,
    /// Why this way, the main reason first.
    pub reasons: Vec<Reason>,
}

/// A way that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The medium.
    pub medium: Medium,
    /// The kind; `None` if no account has that medium.
    pub kind: Option<ChannelKind>,
    /// The address; `None` if none is known.
    pub address: Option<Address>,
    /// Why.
    pub why: Refusal,
}

/// The answer of [`choose`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Where it goes, or the refusal that matters most.
    pub route: Result<Route, NoRoute>,
    /// Every way that was looked at and refused, in the order of wishes.
    pub refused: Vec<Refused>,
    /// Other ways that are possible, one for each medium, best first.
    pub alternatives: Vec<Route>,
}

/// Why there is no way at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoRoute {
    /// The contact has no address that any account reaches.
    NothingReaches,
    /// What was wanted most was refused, and nothing else was left.
    Refused(Refusal),
}

impl NoRoute {
    /// Stable word.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NothingReaches => "nothing_reaches",
            Self::Refused(why) => why.code(),
        }
    }

    /// What it means and what to do, in English.
    pub fn text(&self) -> String {
        match self {
            Self::NothingReaches => {
                "No account reaches this customer. Add an address to the customer, or an account in the settings.".to_owned()
            }
            Self::Refused(why) => why.text(),
        }
    }
}

#[cfg(test)]
mod tests;
