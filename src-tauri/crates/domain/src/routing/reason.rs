//! Reasons for and against a way: a stable code, values for the translation, and an English sentence.

use std::collections::BTreeMap;

use crate::medium::{Medium, media};
use crate::time::Timestamp;

/// Values for a translated sentence.
pub type Params = BTreeMap<String, String>;

/// Why a way was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The person chose it for this answer.
    ChosenByPerson {
        /// The medium chosen.
        medium: Medium,
    },
    /// The customer asked for it in this conversation.
    Wish {
        /// The medium asked for.
        medium: Medium,
        /// When; `None` if that is not known any more.
        since: Option<Timestamp>,
        /// In these words; empty if they are not known any more.
        evidence: String,
    },
    /// The customer prefers it.
    Preference {
        /// The medium preferred.
        medium: Medium,
        /// `hand`, `wish` or `learned`.
        source: &'static str,
        /// Since when.
        since: Timestamp,
        /// The customer's words; may be empty.
        evidence: String,
    },
    /// The customer's last message came by it.
    LastMessage {
        /// The medium it came by.
        medium: Medium,
    },
    /// The last message to the customer went by it.
    LastWorked {
        /// The medium it went by.
        medium: Medium,
    },
    /// Nobody wished for anything that is possible; this reaches the customer.
    Reachable {
        /// The medium that does.
        medium: Medium,
    },
    /// The account cannot be reached now: the message waits and goes out later.
    WaitsForNetwork,
    /// The account needs attention first; there is no other way.
    AccountNeedsAttention,
    /// A message to this address came back before; there is no other way.
    AddressBouncedBefore,
    /// A warning: the person chose what the customer refuses.
    CustomerRefuses {
        /// The medium refused.
        medium: Medium,
        /// Since when.
        since: Timestamp,
        /// The customer's words; may be empty.
        evidence: String,
    },
    /// The customer wants nothing at this address but the answer to their own question, which this is.
    AnswersOwnQuestion,
}

impl Reason {
    /// Stable word for the translation.
    pub fn code(&self) -> &'static str {
        match self {
            Self::ChosenByPerson { .. } => "chosen_by_person",
            Self::Wish { .. } => "wish",
            Self::Preference { .. } => "preference",
            Self::LastMessage { .. } => "last_message",
            Self::LastWorked { .. } => "last_worked",
            Self::Reachable { .. } => "reachable",
            Self::WaitsForNetwork => "waits_for_network",
            Self::AccountNeedsAttention => "account_needs_attention",
            Self::AddressBouncedBefore => "address_bounced_before",
            Self::CustomerRefuses { .. } => "customer_refuses",
            Self::AnswersOwnQuestion => "answers_own_question",
        }
    }

    /// `medium` as a slug, `source`, `since` in RFC 3339, `evidence`; only those that the reason has.
    pub fn params(&self) -> Params {
        let mut params = Params::new();
        match self {
            Self::ChosenByPerson { medium }
            | Self::LastMessage { medium }
            | Self::LastWorked { medium }
            | Self::Reachable { medium } => put(&mut params, "medium", medium.as_str()),
            Self::Wish { medium, since, evidence } => said(&mut params, medium, *since, evidence),
            Self::Preference { medium, source, since, evidence } => {
                put(&mut params, "source", *source);
                said(&mut params, medium, Some(*since), evidence);
            }
            Self::CustomerRefuses { medium, since, evidence } => {
                said(&mut params, medium, Some(*since), evidence);
            }
            Self::WaitsForNetwork
            | Self::AccountNeedsAttention
            | Self::AddressBouncedBefore
            | Self::AnswersOwnQuestion => {}
        }
        params
    }

    /// The sentence in English, to follow "Goes out by …, because".
    pub fn text(&self) -> String {
        match self {
            Self::ChosenByPerson { medium } => format!("You chose {} for this answer.", name(medium)),
            Self::Wish { medium, since, evidence } => {
                let when = since.map(|since| format!(" on {}", day(since))).unwrap_or_default();
                format!("The customer asked for an answer by {} in this conversation{when}{}.", name(medium), quoted(evidence))
            }
            Self::Preference { medium, source, since, evidence } => {
                let who = match *source {
                    "wish" => "the customer said so",
                    "learned" => "the customer usually writes that way",
                    _ => "set by the shop",
                };
                format!("The customer prefers {} ({who}, since {}){}.", name(medium), day(*since), quoted(evidence))
            }
            Self::CustomerRefuses { medium, since, evidence } => {
                format!("The customer does not want answers by {} (since {}){}.", name(medium), day(*since), quoted(evidence))
            }
            Self::AnswersOwnQuestion => {
                "The customer wants no messages at this address, but this answers their own question.".to_owned()
            }
            Self::LastMessage { medium } => format!("The customer's last message came by {}.", name(medium)),
            Self::LastWorked { medium } => format!("The last message to the customer went out by {}.", name(medium)),
            Self::Reachable { medium } => format!("The customer can be reached by {}.", name(medium)),
            Self::WaitsForNetwork => "The account is offline: the message waits and goes out when it is back.".to_owned(),
            Self::AccountNeedsAttention => {
                "The account needs attention: the message waits until it works again. Open the account in the settings.".to_owned()
            }
            Self::AddressBouncedBefore => "A message to this address came back before. Check the address.".to_owned(),
        }
    }
}

/// Why a way was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// No account has this medium.
    NoAccount {
        /// The medium wanted.
        medium: Medium,
    },
    /// No address of the customer fits it.
    NoAddress {
        /// The medium wanted.
        medium: Medium,
    },
    /// The account is switched off.
    AccountOff,
    /// The kind only receives.
    CannotSend,
    /// The account needs attention, and there is another way.
    AccountNeedsAttention,
    /// The customer wants no messages at this address, and this is not the answer to a question from there.
    OptedOut,
    /// The customer does not want to be answered that way.
    CustomerRefuses {
        /// The medium refused.
        medium: Medium,
        /// Since when.
        since: Timestamp,
        /// The customer's words; empty if the shop noted it.
        evidence: String,
    },
    /// Messages to this address came back, and there is another way.
    Bounced,
    /// A number that nothing is sent to.
    NumberRefused {
        /// The sort of number.
        phone_type: &'static str,
        /// The sentence of that sort.
        why: &'static str,
    },
    /// Answers are allowed only for a time after the customer's last message.
    WindowClosed {
        /// Hours that are allowed.
        hours: u32,
        /// The customer's last message.
        since: Timestamp,
    },
    /// The customer has to write first.
    AnswersOnly,
    /// Everybody could read it.
    Public,
    /// The text is too long.
    TextTooLong {
        /// Characters written.
        chars: u32,
        /// Characters allowed.
        max_chars: u32,
    },
    /// No files are taken.
    NoAttachments,
    /// A file is too large.
    AttachmentTooLarge {
        /// Size of the largest file.
        bytes: u64,
        /// Size allowed.
        max_bytes: u64,
    },
}

impl Refusal {
    /// Stable word for the translation.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoAccount { .. } => "no_account",
            Self::NoAddress { .. } => "no_address",
            Self::AccountOff => "account_off",
            Self::CannotSend => "cannot_send",
            Self::AccountNeedsAttention => "account_needs_attention",
            Self::OptedOut => "opted_out",
            Self::CustomerRefuses { .. } => "customer_refuses",
            Self::Bounced => "bounced",
            Self::NumberRefused { .. } => "number_refused",
            Self::WindowClosed { .. } => "window_closed",
            Self::AnswersOnly => "answers_only",
            Self::Public => "public",
            Self::TextTooLong { .. } => "text_too_long",
            Self::NoAttachments => "no_attachments",
            Self::AttachmentTooLarge { .. } => "attachment_too_large",
        }
    }

    /// `medium`, `phone_type`, `hours`, `since`, `evidence`, `chars`, `max_chars`, `bytes`, `max_bytes`; only those it has.
    pub fn params(&self) -> Params {
        let mut params = Params::new();
        match self {
            Self::NoAccount { medium } | Self::NoAddress { medium } => {
                put(&mut params, "medium", medium.as_str())
            }
            Self::CustomerRefuses { medium, since, evidence } => {
                said(&mut params, medium, Some(*since), evidence);
            }
            Self::NumberRefused { phone_type, .. } => put(&mut params, "phone_type", *phone_type),
            Self::WindowClosed { hours, since } => {
                put(&mut params, "hours", hours.to_string());
                put(&mut params, "since", since.to_rfc3339());
            }
            Self::TextTooLong { chars, max_chars } => {
                put(&mut params, "chars", chars.to_string());
                put(&mut params, "max_chars", max_chars.to_string());
            }
            Self::AttachmentTooLarge { bytes, max_bytes } => {
                put(&mut params, "bytes", bytes.to_string());
                put(&mut params, "max_bytes", max_bytes.to_string());
            }
            _ => {}
        }
        params
    }

    /// The sentence in English.
    pub fn text(&self) -> String {
        match self {
            Self::NoAccount { medium } => format!("No account of the shop sends by {}.", name(medium)),
            Self::NoAddress { medium } => format!("The customer has no address for {}.", name(medium)),
            Self::AccountOff => "The account is switched off.".to_owned(),
            Self::CannotSend => "The account only receives.".to_owned(),
            Self::AccountNeedsAttention => "The account needs attention. Open it in the settings.".to_owned(),
            Self::OptedOut => "The customer wants no messages at this address.".to_owned(),
            Self::CustomerRefuses { medium, since, evidence } => {
                format!(
                    "The customer does not want answers by {} (since {}){}.",
                    name(medium),
                    day(*since),
                    quoted(evidence)
                )
            }
            Self::Bounced => "Messages to this address came back.".to_owned(),
            Self::NumberRefused { why, .. } => (*why).to_owned(),
            Self::WindowClosed { hours, .. } => {
                format!(
                    "Answers are allowed only for {hours} hours after the customer's last message, and that time is over."
                )
            }
            Self::AnswersOnly => "The customer has to write first on this channel.".to_owned(),
            Self::Public => "Everybody could read the answer there.".to_owned(),
            Self::TextTooLong { chars, max_chars } => {
                format!("The text has {chars} characters, {max_chars} are allowed. Shorten it.")
            }
            Self::NoAttachments => "This channel takes no files.".to_owned(),
            Self::AttachmentTooLarge { bytes, max_bytes } => {
                format!("A file has {} MB, {} MB are allowed.", megabytes(*bytes), megabytes(*max_bytes))
            }
        }
    }
}

/// What somebody said, and when.
fn said(params: &mut Params, medium: &Medium, since: Option<Timestamp>, evidence: &str) {
    put(params, "medium", medium.as_str());
    if let Some(since) = since {
        put(params, "since", since.to_rfc3339());
    }
    if !evidence.is_empty() {
        put(params, "evidence", evidence);
    }
}

fn day(at: Timestamp) -> String {
    at.to_rfc3339().chars().take(10).collect()
}

/// The words to follow a sentence, if there are any.
fn quoted(evidence: &str) -> String {
    if evidence.is_empty() { String::new() } else { format!(": \u{201c}{evidence}\u{201d}") }
}

fn put(params: &mut Params, key: &str, value: impl Into<String>) {
    params.insert(key.to_owned(), value.into());
}

/// Rounded up, so that what is too large never shows as equal to what is allowed.
fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1024 * 1024)
}

/// What an English sentence calls a medium; unknown ones by their slug.
fn name(medium: &Medium) -> String {
    match medium.as_str() {
        media::EMAIL => "e-mail".to_owned(),
        media::SMS => "SMS".to_owned(),
        media::PHONE => "telephone".to_owned(),
        media::IN_PERSON => "word of mouth in the shop".to_owned(),
        other => {
            let mut letters = other.replace('_', " ");
            if let Some(first) = letters.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            letters
        }
    }
}
