//! Why a delivery failed: by the words of the server, then by its status code (RFC 3463).

use serde::{Deserialize, Serialize};

use super::words::{PHRASES, PHRASES_LAST};

/// Why a message did not arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Nobody has this address.
    UserUnknown,
    /// The domain does not exist, or no server is named for it.
    HostUnknown,
    /// The recipient has another address now.
    HasMoved,
    /// The domain takes no mail at all.
    NotAccept,
    /// The mailbox is full.
    MailboxFull,
    /// The mailbox is locked or no longer used.
    Suspended,
    /// The message is too large.
    MessageTooLarge,
    /// It was tried for too long, or it is still being tried.
    Expired,
    /// The server could not be reached.
    NetworkError,
    /// It looks like spam.
    Spam,
    /// It looks like a virus.
    Virus,
    /// The sending server is on a list, or is otherwise not welcome.
    Blocked,
    /// Too much at once.
    RateLimited,
    /// SPF, DKIM or DMARC failed.
    AuthFailure,
    /// The server does not pass mail on for us.
    NoRelaying,
    /// The recipient's rules forbid it.
    Policy,
    /// Something in the message is not accepted.
    Content,
    /// The recipient's mail system is out of order.
    SystemError,
    /// The sender was refused, or it was refused without a reason.
    Rejected,
    /// It does not say.
    Undefined,
}

impl Reason {
    /// Whether the address will not work again; `None` where that is not known.
    pub fn is_hard(self) -> Option<bool> {
        match self {
            Self::UserUnknown | Self::HostUnknown | Self::HasMoved | Self::NotAccept => Some(true),
            Self::Undefined => None,
            _ => Some(false),
        }
    }

    /// The stable name.
    pub fn slug(self) -> &'static str {
        match self {
            Self::UserUnknown => "user_unknown",
            Self::HostUnknown => "host_unknown",
            Self::HasMoved => "has_moved",
            Self::NotAccept => "not_accept",
            Self::MailboxFull => "mailbox_full",
            Self::Suspended => "suspended",
            Self::MessageTooLarge => "message_too_large",
            Self::Expired => "expired",
            Self::NetworkError => "network_error",
            Self::Spam => "spam",
            Self::Virus => "virus",
            Self::Blocked => "blocked",
            Self::RateLimited => "rate_limited",
            Self::AuthFailure => "auth_failure",
            Self::NoRelaying => "no_relaying",
            Self::Policy => "policy",
            Self::Content => "content",
            Self::SystemError => "system_error",
            Self::Rejected => "rejected",
            Self::Undefined => "undefined",
        }
    }
}

/// Codes that are clearer than any words beside them.
const CLEAR: &[(&str, Reason)] = &[
    ("5.1.6", Reason::HasMoved),
    ("5.1.7", Reason::Rejected),
    ("5.1.8", Reason::Rejected),
    ("5.1.10", Reason::NotAccept),
    ("5.2.2", Reason::MailboxFull),
    ("5.2.3", Reason::MessageTooLarge),
    ("5.3.4", Reason::MessageTooLarge),
    ("5.7.13", Reason::Suspended),
    ("5.7.25", Reason::Blocked),
    ("5.7.26", Reason::AuthFailure),
    ("5.7.27", Reason::NotAccept),
];

/// What is said in words. Addresses and links in them say nothing.
pub fn of_words(text: &str, status: &str) -> Option<Reason> {
    of_texts(&[text], status)
}

/// What is said in these texts, the nearer one first. The words of each are asked before a code is, which means less than
/// words that say another thing.
pub fn of_texts(texts: &[&str], status: &str) -> Option<Reason> {
    if let Some((_, reason)) = CLEAR.iter().find(|(code, _)| *code == status) {
        return Some(*reason);
    }
    let texts: Vec<String> = texts.iter().map(|text| plain(text)).collect();
    let among = |phrases: &[(Reason, &str)]| {
        let says = |text: &String| {
            let found = phrases.iter().find(|(_, words)| words.split('|').any(|word| text.contains(word)));
            found.map(|(reason, _)| *reason)
        };
        texts.iter().find_map(says)
    };
    among(PHRASES).or_else(|| of_code(status)).or_else(|| among(PHRASES_LAST))
}

/// Codes that mean one thing, but not more than words that say another.
fn of_code(status: &str) -> Option<Reason> {
    Some(match status {
        "5.1.1" | "5.1.3" | "5.1.0" => Reason::UserUnknown,
        "5.1.2" | "5.4.4" => Reason::HostUnknown,
        "4.2.2" => Reason::MailboxFull,
        "5.2.1" | "4.2.1" => Reason::Suspended,
        "4.4.7" | "5.4.7" => Reason::Expired,
        _ => return None,
    })
}

/// What a status code says where no words do.
pub fn of_status(status: &str) -> Option<Reason> {
    if let Some(reason) = of_words("", status) {
        return Some(reason);
    }
    let mut pieces = status.split('.');
    let (class, subject) = (pieces.next()?, pieces.next()?);
    match subject {
        "1" if class == "5" => Some(Reason::UserUnknown),
        "1" | "2" => Some(Reason::Rejected),
        "3" | "5" => Some(Reason::SystemError),
        "4" => Some(Reason::Expired),
        "6" => Some(Reason::Content),
        "7" => Some(Reason::Policy),
        _ => None,
    }
}

fn plain(text: &str) -> String {
    let small = text.to_lowercase().replace(['’', '`'], "'");
    let words = small.split_whitespace().filter(|word| !word.contains("://"));
    let words = words.map(|word| if word.contains('@') { without_address(word) } else { word.to_owned() });
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What stands around an address in one word: `<anna@kunde.example>:` or `anna@kunde.example...User`.
fn without_address(word: &str) -> String {
    let behind = word.split_once("...").or_else(|| word.split_once(">:")).map(|(_, behind)| behind);
    let before = word.split_once('<').map(|(before, _)| before);
    format!("{} {}", before.unwrap_or_default(), behind.unwrap_or_default()).trim().to_owned()
}
