//! Whether a wish that was read in a message is acted upon, asked about, or changes nothing.
//!
//! The words alone say what is wished ([`crate::wish`]); here it is held against what else is known: who vouches for
//! the sender, how old the message is, and whether the address is already the customer's. The rules, in their order
//! (promises A7 and A8):
//!
//! 1. A message that was old when it came in, a forged one, one in the spam, and one that a newer word has overtaken
//!    change nothing.
//! 2. A wish for an uncertain case, and one that is not understood without doubt, are asked about.
//! 3. Nothing goes to an address by itself that was not the customer's before; nor to numbers that cost money or lie
//!    in another country. A call is a task for a person, who sees the number.
//! 4. A lasting wish needs somebody who vouches for the sender; one for this matter does not.
//! 5. What is refused beside a way that is asked about is refused at once: not to use a way harms nobody.
//!
//! Leaving (`STOPP`) is heeded from whoever is not known to be forged: silence harms less than unwanted messages, but
//! without a voucher it silences only the address that it came from.
//!
//! Not here: reading the words, and doing what follows (`theke-engine`).

mod come_back;

use crate::address::Address;
use crate::authenticity::Outcome;
use crate::medium::{Medium, media};
use crate::phone;
use crate::routing::{Account, AddressState, Identity};
use crate::wish::{Scope, Wish};

pub use come_back::is_opt_in;

/// A message older than this when it came in does not act.
pub const ACTS_MAX_SECS: i64 = 3 * 24 * 3600;
/// One older than this is not even read.
pub const READ_MAX_SECS: i64 = 30 * 24 * 3600;

/// What is known beside the words.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Whether the message is by whom it says.
    pub authentication: Outcome,
    /// How old it was when it came in, in seconds.
    pub age_secs: i64,
    /// It lies in the spam.
    pub spam: bool,
    /// A newer message or a person has said something else since.
    pub overtaken: bool,
    /// The customer's addresses.
    pub identities: &'a [Identity],
    /// The shop's accounts.
    pub accounts: &'a [Account],
    /// The shop's country.
    pub country: &'a str,
    /// The address that the message came from.
    pub from: &'a Address,
}

/// What becomes of a wish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heed {
    /// It is acted upon; with the customer's own address that it names or, for a call, that is to be called.
    Act(Option<Address>),
    /// A person is asked first.
    Ask(Why),
    /// It changes nothing.
    Ignore(Why),
}

/// Why a wish is not acted upon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The message was old when it came in.
    Old,
    /// The sender is forged, or nobody whose word counts vouches for it.
    Untrusted,
    /// It lies in the spam.
    Spam,
    /// Something newer was said.
    Overtaken,
    /// It holds only in an uncertain case.
    Conditional,
    /// It was not understood without doubt.
    Unsure,
    /// It names an address that is not known to be the customer's.
    NewAddress,
    /// It names a number that costs the shop money.
    Costly,
    /// It names a number in another country.
    OtherCountry,
    /// The customer has no address for it.
    NoAddress,
    /// No account of the shop sends that way.
    NoAccount,
    /// It is to last, and nobody vouches for the sender.
    NoVoucher,
}

impl Why {
    /// Stable word, for the database and the translation.
    pub fn word(self) -> &'static str {
        match self {
            Self::Old => "old",
            Self::Untrusted => "untrusted",
            Self::Spam => "spam",
            Self::Overtaken => "overtaken",
            Self::Conditional => "conditional",
            Self::Unsure => "unsure",
            Self::NewAddress => "new_address",
            Self::Costly => "costly",
            Self::OtherCountry => "other_country",
            Self::NoAddress => "no_address",
            Self::NoAccount => "no_account",
            Self::NoVoucher => "no_voucher",
        }
    }
}

/// What becomes of a wish.
pub fn heed(wish: &Wish, known: &Known<'_>) -> Heed {
    if let Some(why) = passed_over(known).or((known.age_secs > ACTS_MAX_SECS).then_some(Why::Old)) {
        return Heed::Ignore(why);
    }
    if wish.conditional {
        return Heed::Ask(Why::Conditional);
    }
    if !wish.sure {
        return Heed::Ask(Why::Unsure);
    }
    let address = match wish.kind.as_ref().map(|medium| address_for(wish, medium, known)) {
        Some(Err(why)) => return Heed::Ask(why),
        Some(Ok(address)) => address,
        None => None,
    };
    if wish.scope == Some(Scope::Always) && known.authentication != Outcome::Pass {
        return Heed::Ask(Why::NoVoucher);
    }
    Heed::Act(address)
}

/// Whether what a wish refuses holds at once although a person is asked about the rest: it was understood without doubt,
/// and only the way that is wished instead is open.
pub fn refusal_holds(wish: &Wish, known: &Known<'_>) -> bool {
    let vouched = wish.scope != Some(Scope::Always) || known.authentication == Outcome::Pass;
    matches!(heed(wish, known), Heed::Ask(_))
        && wish.sure
        && !wish.conditional
        && !wish.negated.is_empty()
        && vouched
}

/// Whether leaving or coming back is heeded, and then for which addresses.
pub fn heed_opt_out(known: &Known<'_>) -> Result<OptOut, Why> {
    match passed_over(known) {
        Some(why) => Err(why),
        None if known.authentication == Outcome::Pass => Ok(OptOut::EveryAddress),
        None => Ok(OptOut::ThisAddress),
    }
}

/// How far leaving reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptOut {
    /// All addresses of the customer.
    EveryAddress,
    /// The one that the message came from.
    ThisAddress,
}

/// What makes any message change nothing.
fn passed_over(known: &Known<'_>) -> Option<Why> {
    match known.authentication {
        Outcome::Fail | Outcome::Untrusted => Some(Why::Untrusted),
        Outcome::Pass | Outcome::None if known.spam => Some(Why::Spam),
        Outcome::Pass | Outcome::None => known.overtaken.then_some(Why::Overtaken),
    }
}

/// The address that the wish means, if one must be named; or why a person has to decide.
fn address_for(wish: &Wish, medium: &Medium, known: &Known<'_>) -> Result<Option<Address>, Why> {
    let named = wish.new_address.as_deref().map(|text| parsed(text, medium, known));
    if medium.as_str() == media::PHONE {
        return number_to_call(named, known);
    }
    if !known.accounts.iter().any(|account| account.medium == *medium && sends(account)) {
        return Err(Why::NoAccount);
    }
    let fits = |identity: &&Identity| {
        let reaches = |account: &Account| {
            account.medium == *medium && sends(account) && identity.address.fits(&account.address_kind)
        };
        identity.state != AddressState::OptedOut && known.accounts.iter().any(reaches)
    };
    let own: Vec<&Identity> = known.identities.iter().filter(fits).collect();
    match named {
        Some(Some(address)) => {
            price(&address, known)?;
            own.iter().find(|identity| identity.address == address).ok_or(Why::NewAddress)?;
            Ok(Some(address))
        }
        Some(None) => Err(Why::NewAddress),
        None => match own.iter().filter(|identity| price(&identity.address, known).is_ok()).count() {
            0 if own.is_empty() => Err(Why::NoAddress),
            0 => own.first().map_or(Ok(None), |identity| price(&identity.address, known).map(|()| None)),
            _ => Ok(None),
        },
    }
}

/// A call is made by a person: a number that is not known yet only has to be named by somebody who is vouched for.
fn number_to_call(named: Option<Option<Address>>, known: &Known<'_>) -> Result<Option<Address>, Why> {
    let phones =
        || known.identities.iter().filter(|identity| matches!(identity.address, Address::Phone { .. }));
    match named {
        Some(Some(number)) => {
            price(&number, known)?;
            if phones().any(|identity| identity.address == number) {
                return Ok(Some(number));
            }
            (known.authentication == Outcome::Pass).then_some(None).ok_or(Why::NewAddress)
        }
        Some(None) => Err(Why::NewAddress),
        None => {
            let newest =
                phones().filter(|identity| price(&identity.address, known).is_ok()).max_by_key(|identity| {
                    (identity.address == *known.from, identity.last_in_at.max(identity.last_out_at))
                });
            Ok(newest.map(|identity| identity.address.clone()))
        }
    }
}

fn sends(account: &Account) -> bool {
    account.enabled && account.capabilities.sends
}

/// Text that stands for an address. A name such as `@anna` belongs to the network of the wished medium.
fn parsed(text: &str, medium: &Medium, known: &Known<'_>) -> Option<Address> {
    if let Ok(address) = Address::parse(text, known.country) {
        return Some(address);
    }
    let network =
        known.accounts.iter().filter(|account| account.medium == *medium).find_map(
            |account| match &account.address_kind {
                crate::capability::AddressKind::Handle(network) => Some(network.as_str()),
                _ => None,
            },
        )?;
    Address::parse(&format!("{network}:{}", text.trim()), known.country).ok()
}

/// Whether a number costs what a person must decide about. The number that the message came from is no surprise.
fn price(address: &Address, known: &Known<'_>) -> Result<(), Why> {
    let Address::Phone { value } = address else { return Ok(()) };
    let number = phone::classify(value);
    if number.phone_type.refusal().is_some() {
        return Err(Why::Costly);
    }
    let abroad = number.country.is_some_and(|country| !country.eq_ignore_ascii_case(known.country));
    if abroad && address != known.from { Err(Why::OtherCountry) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
