//! Where a customer can be reached. Normalized when made, so that equal addresses are equal values.
//!
//! E-mail: case folded, the domain in its ASCII (IDNA) form; Gmail dots and plus-tags stay, because for other
//! providers they are different mailboxes. Phones: E.164, national forms read with the shop's country.
//! Not here: whom an address belongs to (`matching`), and whether it may be written to (`routing`).

pub mod email;
mod parse;

use serde::{Deserialize, Serialize};

pub use parse::{AddressProblem, Report, report};

use crate::capability::AddressKind;

/// An address of any kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Address {
    /// `local@domain`, lower case, domain in ASCII.
    Email {
        /// The normalized form.
        value: String,
    },
    /// A telephone number in E.164 with `+`, or a short code without.
    Phone {
        /// The normalized form.
        value: String,
    },
    /// An id on a network.
    Handle {
        /// The network's slug, such as that of a messenger.
        network: String,
        /// The id, as stable as the network has one.
        value: String,
    },
}

impl Address {
    /// The normalized value without its kind.
    pub fn value(&self) -> &str {
        match self {
            Self::Email { value } | Self::Phone { value } | Self::Handle { value, .. } => value,
        }
    }

    /// `email`, `phone` or `handle`: the column and the word of the command line.
    pub fn kind_word(&self) -> &'static str {
        match self {
            Self::Email { .. } => "email",
            Self::Phone { .. } => "phone",
            Self::Handle { .. } => "handle",
        }
    }

    /// The network of a handle; empty for the others.
    pub fn network(&self) -> &str {
        match self {
            Self::Handle { network, .. } => network,
            _ => "",
        }
    }

    /// Puts a stored address together again; `None` for an unknown word.
    pub fn from_stored(kind_word: &str, network: &str, value: &str) -> Option<Self> {
        let value = value.to_owned();
        match kind_word {
            "email" => Some(Self::Email { value }),
            "phone" => Some(Self::Phone { value }),
            "handle" => Some(Self::Handle { network: network.to_owned(), value }),
            _ => None,
        }
    }

    /// Whether a channel of `kind` reaches this address.
    pub fn fits(&self, kind: &AddressKind) -> bool {
        match (self, kind) {
            (Self::Email { .. }, AddressKind::Email) | (Self::Phone { .. }, AddressKind::Phone) => true,
            (Self::Handle { network, .. }, AddressKind::Handle(wanted)) => network == wanted,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests;
