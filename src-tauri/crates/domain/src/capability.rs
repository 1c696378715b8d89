//! What a channel kind can do, as data: the composer, the decision about the answer's channel, the settings
//! form and the contract test all read it, so none of them needs to name a kind.

use serde::{Deserialize, Serialize};

/// Which sort of address a kind reaches.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "kind", content = "network")]
pub enum AddressKind {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// An id on the named network.
    Handle(String),
}

/// How long texts are cut up and counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Segments {
    /// One text is one message.
    None,
    /// GSM 03.38 and UCS-2 segments, as SMS is billed.
    Sms,
}

/// The abilities of a channel kind. Absent means "cannot".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capabilities {
    /// Hands messages in.
    pub receives: bool,
    /// Takes messages out.
    pub sends: bool,
    /// Has a subject.
    pub subject: bool,
    /// Has copies.
    pub cc: bool,
    /// Takes formatted text.
    pub formatting: bool,
    /// Largest file that goes out, in bytes; `None` for no files at all.
    pub attachment_max_bytes: Option<u64>,
    /// How texts are counted.
    pub segments: Segments,
    /// Hours after the customer's last message within which an answer is allowed; `None` for any time.
    pub reply_window_hours: Option<u32>,
    /// Only answers: the shop cannot write first.
    pub answers_only: bool,
    /// Longest text in characters; `None` for no limit worth naming.
    pub text_max_chars: Option<u32>,
    /// Reports what became of a message after it was taken.
    pub delivery_states: bool,
    /// A repeated send with the same reference is not delivered twice, or a sent one can be looked up by it.
    pub client_reference: bool,
    /// What is said there can be read by anybody.
    pub is_public: bool,
    /// Reaches no real person; a practice profile opens only these.
    pub sandbox: bool,
    /// The provider forgets what was acknowledged, so a batch is stored durably before that.
    pub forgets_acknowledged: bool,
}

impl Capabilities {
    /// Receives and sends plain text, nothing else.
    pub const TEXT: Self = Self {
        receives: true,
        sends: true,
        subject: false,
        cc: false,
        formatting: false,
        attachment_max_bytes: None,
        segments: Segments::None,
        reply_window_hours: None,
        answers_only: false,
        text_max_chars: None,
        delivery_states: false,
        client_reference: false,
        is_public: false,
        sandbox: false,
        forgets_acknowledged: false,
    };
}
