//! Which address of an incoming message may link it to a customer by itself.
//!
//! The look-up by exact address finds the customer who has the address. This says whether that is enough: a desk's
//! mailbox, a landline or a marketplace's relay stands for more than one person or for nobody.
//!
//! Not here: whether the sender is genuine (`authenticity`), and whose details a form mail brings (`form_mail`).

use serde::{Deserialize, Serialize};

use super::reach::mailbox::{self, Mailbox};
use crate::address::Address;
use crate::phone::{self, PhoneType};

/// What an address may do by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StrongKey {
    /// Links: one person has it.
    Links,
    /// Never joins two customers, because several persons may have it; it is a reason to ask.
    Shared(SharedKey),
    /// Is no customer's address at all.
    Never(NoKey),
}

/// Why an address may belong to several persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SharedKey {
    /// A desk's mailbox.
    RoleMailbox,
    /// A family's mailbox.
    FamilyMailbox,
    /// A landline, or a number of a country that does not tell landlines and mobiles apart.
    Landline,
}

/// Why an address is no customer's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoKey {
    /// Nobody reads it.
    NoReply,
    /// It sends what a form was filled in with.
    FormSender,
    /// A marketplace's address for one buyer, which ends with the sale.
    Relay,
    /// Typed to fill a field.
    Placeholder,
    /// A toll-free, premium, short or similar number.
    CompanyNumber,
}

/// What `address` may do. `sends_forms`: it was found to be the sender of a form, a shop system or a marketplace,
/// or is one of the shop's own.
pub fn strong_key_policy(address: &Address, sends_forms: bool) -> StrongKey {
    if sends_forms {
        return StrongKey::Never(NoKey::FormSender);
    }
    match address {
        Address::Email { value } => match mailbox::sort(value) {
            Mailbox::Personal => StrongKey::Links,
            Mailbox::Role => StrongKey::Shared(SharedKey::RoleMailbox),
            Mailbox::Family => StrongKey::Shared(SharedKey::FamilyMailbox),
            Mailbox::NoReply => StrongKey::Never(NoKey::NoReply),
            Mailbox::Relay => StrongKey::Never(NoKey::Relay),
            Mailbox::Placeholder | Mailbox::Doubtful => StrongKey::Never(NoKey::Placeholder),
        },
        Address::Phone { value } => match phone::classify(value).phone_type {
            PhoneType::Mobile => StrongKey::Links,
            PhoneType::FixedLine | PhoneType::FixedLineOrMobile | PhoneType::Voip | PhoneType::Unknown => {
                StrongKey::Shared(SharedKey::Landline)
            }
            _ => StrongKey::Never(NoKey::CompanyNumber),
        },
        // The network itself vouches for the id.
        Address::Handle { .. } => StrongKey::Links,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_personal_addresses_link() {
        let table = [
            ("rosa@kunde.example", StrongKey::Links),
            ("info@kunde.example", StrongKey::Shared(SharedKey::RoleMailbox)),
            ("familie.kunde@kunde.example", StrongKey::Shared(SharedKey::FamilyMailbox)),
            ("no-reply@kunde.example", StrongKey::Never(NoKey::NoReply)),
            ("anna-4xy@mail.kleinanzeigen.de", StrongKey::Never(NoKey::Relay)),
            ("keine@keine.example", StrongKey::Never(NoKey::Placeholder)),
            ("+41795550101", StrongKey::Links),
            ("+41445552121", StrongKey::Shared(SharedKey::Landline)),
            ("+41800555000", StrongKey::Never(NoKey::CompanyNumber)),
            ("117", StrongKey::Never(NoKey::CompanyNumber)),
            ("telegram:123456", StrongKey::Links),
        ];
        for (raw, expected) in table {
            let address = Address::parse(raw, "CH").unwrap();
            assert_eq!(strong_key_policy(&address, false), expected, "{raw}");
            assert_eq!(strong_key_policy(&address, true), StrongKey::Never(NoKey::FormSender), "{raw}");
        }
    }
}
