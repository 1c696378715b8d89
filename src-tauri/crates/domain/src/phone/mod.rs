//! Telephone numbers: from what people type to E.164, and what sort of number it is.
//!
//! Lengths, prefixes and sorts come from libphonenumber's tables (crate `phonenumber`). Two things are ours. The
//! sort is decided on the number with its leading zeros, which Italian landlines need. And numbers of the
//! mobile ranges around the shop are taken for mobiles even where the tables do not know the very block.
//!
//! Not here: whom a number belongs to, and whether it is in use; no table knows that.

mod classify;
mod display;
mod parse;

use serde::{Deserialize, Serialize};

pub use classify::{classify, national_digits, refusal};
pub use display::display;
pub use parse::parse;

/// The sort of a number. Where calling or texting costs whom how much follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneType {
    /// A mobile number.
    Mobile,
    /// A landline.
    FixedLine,
    /// Either: North America does not tell them apart.
    FixedLineOrMobile,
    /// Free for the caller.
    TollFree,
    /// The called one earns money.
    PremiumRate,
    /// Caller and called one share the cost.
    SharedCost,
    /// Follows a person; often priced like a premium number.
    PersonalNumber,
    /// Internet telephony.
    Voip,
    /// A pager.
    Pager,
    /// One number for a whole company.
    Uan,
    /// A mailbox.
    Voicemail,
    /// Two to six digits: emergency, information and paid short numbers.
    ShortCode,
    /// A possible number of a sort that the tables do not know.
    Unknown,
}

impl PhoneType {
    /// The word of the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mobile => "mobile",
            Self::FixedLine => "fixed_line",
            Self::FixedLineOrMobile => "fixed_line_or_mobile",
            Self::TollFree => "toll_free",
            Self::PremiumRate => "premium_rate",
            Self::SharedCost => "shared_cost",
            Self::PersonalNumber => "personal_number",
            Self::Voip => "voip",
            Self::Pager => "pager",
            Self::Uan => "uan",
            Self::Voicemail => "voicemail",
            Self::ShortCode => "short_code",
            Self::Unknown => "unknown",
        }
    }

    /// Why nothing is ever sent to such a number; `None` for those that may be written to.
    pub fn refusal(self) -> Option<&'static str> {
        match self {
            Self::PremiumRate => {
                Some("This is a premium-rate number: a message to it can cost the shop a lot.")
            }
            Self::SharedCost => {
                Some("This is a shared-cost number: a message to it costs more than to a mobile.")
            }
            Self::PersonalNumber => {
                Some("This is a personal number (070, 0700): a message to it can cost the shop a lot.")
            }
            Self::Pager => Some("This is a pager: it takes no messages from here."),
            Self::Voicemail => Some("This is a voice mailbox: it takes no messages from here."),
            Self::ShortCode => Some(
                "This is a short number: messages to short numbers can cost a lot and reach no customer.",
            ),
            Self::Unknown => {
                Some("This number is of no known sort, so its price is unknown. Check its digits.")
            }
            Self::Mobile
            | Self::FixedLine
            | Self::FixedLineOrMobile
            | Self::TollFree
            | Self::Voip
            | Self::Uan => None,
        }
    }
}

/// A telephone number that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// E.164 with `+`, or a short code as its digits.
    pub value: String,
    /// Its sort.
    pub phone_type: PhoneType,
    /// ISO 3166 code in capitals; `None` for numbers of no country (`+800`) and for short codes.
    pub country: Option<String>,
}

#[cfg(test)]
mod tests;
