//! The addresses of a record as typed, and the strongest thing that two records have in common there.
//!
//! Not here: names, and what follows (`matching::compare`).

pub mod mailbox;
pub mod numbers;

use mailbox::Mailbox;
use numbers::{Line, Worth};

use unicode_normalization::UnicodeNormalization;

use super::Record;
use super::name::is_hidden;
use crate::address::email;

/// A name on a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handle {
    /// The network, where it was said.
    pub network: Option<String>,
    /// The name, lower case, without `@`.
    pub text: String,
}

/// An e-mail address as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Normalized.
    pub value: String,
    /// What sort of mailbox it is.
    pub sort: Mailbox,
    /// Without dots and tags.
    pub folded: String,
}

/// All addresses of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// E-mail addresses.
    pub emails: Vec<Mail>,
    /// E-mail addresses that had to be repaired.
    pub repaired_emails: Vec<String>,
    /// Telephone numbers.
    pub lines: Vec<Line>,
    /// Names on networks.
    pub handles: Vec<Handle>,
}

/// So many entries of each list of a record are read.
const MOST_ENTRIES: usize = 64;

/// Reads the addresses of a record.
pub fn reach(record: &Record, home: &str) -> Reach {
    let mut found = Reach::default();
    for raw in record.emails.iter().take(MOST_ENTRIES) {
        read_emails(raw, &mut found);
    }
    for raw in record.phones.iter().take(MOST_ENTRIES) {
        found.lines.extend(numbers::lines(raw, home));
    }
    for raw in record.handles.iter().take(MOST_ENTRIES) {
        read_handle(raw, home, &mut found);
    }
    found
}

fn read_emails(raw: &str, found: &mut Reach) {
    let known = found.emails.len();
    let raw: String = raw.nfkc().filter(|&c| !is_hidden(c)).take(1000).collect();
    for field in raw.split([';', ',', '|', '\n', '\r', '\t']).map(str::trim).filter(|field| !field.is_empty())
    {
        let candidates: Vec<&str> = match field.split_whitespace().filter(|word| word.contains('@')).count() {
            0 | 1 if !field.contains('<') && field.split_whitespace().count() > 1 => {
                field.split_whitespace().filter(|word| word.contains('@') && !word.starts_with('@')).collect()
            }
            0 | 1 => vec![field],
            _ => field.split_whitespace().filter(|word| word.contains('@')).collect(),
        };
        let before = found.emails.len();
        for candidate in candidates {
            let candidate = candidate.trim_matches(|c: char| "\"'()[]„“”".contains(c));
            if let Ok(value) = email::normalize(candidate)
                && value.contains('.')
                && !found.emails.iter().any(|known| known.value == value)
            {
                let (sort, folded) = (mailbox::sort(&value), mailbox::folded(&value));
                found.emails.push(Mail { value, sort, folded });
            }
        }
        if found.emails.len() == before && !raw.contains(',') {
            found.repaired_emails.extend(repaired(field));
        }
    }
    // `rosa@kunde,example`
    if found.emails.len() == known && raw.contains(',') {
        found.repaired_emails.extend(repaired(&raw.replace(',', ".")));
    }
}

/// An address written `rosa (at) kunde.example`, or with blanks or a doubled sign in it.
fn repaired(field: &str) -> Option<String> {
    let mut text = field.to_lowercase();
    for at in ["(at)", "[at]", "{at}", " at ", "(ät)", "[ät]", "@@"] {
        text = text.replace(at, "@");
    }
    for dot in ["(dot)", "[dot]", "(punkt)", " dot ", " punkt ", ".."] {
        text = text.replace(dot, ".");
    }
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    email::normalize(&text).ok().filter(|value| value.contains('.'))
}

/// Links to a person's page or chat, the network they mean, and what stands before the name.
const LINKS: [(&str, &str); 8] = [
    ("wa.me/", "whatsapp"),
    ("t.me/", "telegram"),
    ("m.me/", "facebook"),
    ("facebook.com/", "facebook"),
    ("instagram.com/", "instagram"),
    ("ig.me/m/", "instagram"),
    ("x.com/", "x"),
    ("twitter.com/", "x"),
];

fn read_handle(raw: &str, home: &str, found: &mut Reach) {
    let raw = raw.trim().to_lowercase();
    let raw: String = raw.chars().take(200).collect();
    let without_scheme = raw
        .trim_start_matches("https://")
        .trim_start_matches("http://")
        .trim_start_matches("www.")
        .to_owned();
    let link = LINKS.iter().find_map(|(head, network)| {
        without_scheme.strip_prefix(head).map(|name| (Some((*network).to_owned()), name.to_owned()))
    });
    let (network, name) = link.unwrap_or_else(|| {
        let chat = raw.strip_suffix("@s.whatsapp.net").or_else(|| raw.strip_suffix("@c.us"));
        match (chat, raw.split_once(':')) {
            (Some(number), _) => (Some("whatsapp".to_owned()), number.to_owned()),
            (None, Some((network, name)))
                if network.chars().all(|c| c.is_alphanumeric() || "-_".contains(c)) =>
            {
                (Some(network.to_owned()), name.to_owned())
            }
            _ => (None, raw.clone()),
        }
    });
    let name = name.trim().trim_end_matches('/');
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let is_number = !name.chars().any(char::is_alphabetic) && digits >= 7;
    let by_number = network
        .as_deref()
        .is_none_or(|network| matches!(network, "whatsapp" | "wa" | "tel" | "signal" | "sms"));
    if is_number && (name.starts_with(['+', '0']) || by_number) {
        // The ids of chats are whole numbers without their plus sign.
        let bare = network.is_some() && !name.starts_with(['+', '0']);
        let number = if bare { format!("+{name}") } else { name.to_owned() };
        found.lines.extend(numbers::lines(&number, home));
        return;
    }
    let text = name.trim_start_matches('@').to_owned();
    let placeholder = matches!(text.as_str(), "unknown" | "unbekannt" | "none" | "null" | "anonym" | "keine");
    if text.chars().filter(|c| c.is_alphanumeric()).count() >= 2 && !placeholder {
        found.handles.push(Handle { network, text });
    }
}

/// What two records have in common in their addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shared {
    /// A personal mailbox.
    pub email: bool,
    /// A mobile number.
    pub mobile: bool,
    /// A landline, with the same extension or none.
    pub landline: bool,
    /// A desk's mailbox.
    pub role_mailbox: bool,
    /// A family's mailbox.
    pub family_mailbox: bool,
    /// A marketplace's relay address.
    pub relay: bool,
    /// A mailbox that may be invented.
    pub doubtful_mailbox: bool,
    /// A name on one network, or on networks that were not said.
    pub handle: bool,
    /// One name on two networks.
    pub handle_elsewhere: bool,
    /// One mailbox but for dots and tags, at a provider that ignores them.
    pub mailbox_respelled: bool,
    /// One mailbox but for dots and tags, at any provider.
    pub mailbox_folded: bool,
    /// E-mail addresses a slip apart.
    pub email_nearly: bool,
    /// Numbers a slip apart.
    pub phone_nearly: bool,
    /// One number, but something in it was guessed.
    pub phone_repaired: bool,
    /// Something is in common that is worth nothing (no-reply, toll-free, placeholder).
    pub worthless: bool,
    /// E-mail addresses at one domain.
    pub domain: bool,
}

/// Compares the addresses of two records.
pub fn shared(a: &Reach, b: &Reach) -> Shared {
    let mut found = Shared::default();
    for x in &a.emails {
        for y in &b.emails {
            compare_emails(x, y, &mut found);
        }
    }
    found.email_nearly |= repaired_meets(a, b) || repaired_meets(b, a);
    for x in &a.lines {
        for y in &b.lines {
            compare_lines(x, y, &mut found);
        }
    }
    for x in &a.handles {
        for y in &b.handles {
            let elsewhere = matches!((&x.network, &y.network), (Some(x), Some(y)) if x != y);
            if x.text == y.text {
                found.handle |= !elsewhere;
                found.handle_elsewhere |= elsewhere;
            }
        }
    }
    found
}

/// Whether a repaired address of `a` is, or nearly is, an address of `b`.
fn repaired_meets(a: &Reach, b: &Reach) -> bool {
    let others = || b.emails.iter().map(|mail| &mail.value).chain(&b.repaired_emails);
    let meets = |x: &String| others().any(|y| x == y || mailbox::nearly(x, y));
    a.repaired_emails.iter().any(|x| mailbox::sort(x) == Mailbox::Personal && meets(x))
}

fn compare_emails(x: &Mail, y: &Mail, found: &mut Shared) {
    if x.value == y.value {
        match x.sort {
            Mailbox::Personal => found.email = true,
            Mailbox::Role => found.role_mailbox = true,
            Mailbox::Family => found.family_mailbox = true,
            Mailbox::Relay => found.relay = true,
            Mailbox::Doubtful => found.doubtful_mailbox = true,
            Mailbox::NoReply | Mailbox::Placeholder => found.worthless = true,
        }
        return;
    }
    let personal = x.sort == Mailbox::Personal && y.sort == Mailbox::Personal;
    let domain = |mail: &Mail| mail.value.rsplit_once('@').map(|(_, domain)| domain.to_owned());
    found.domain |= domain(x) == domain(y);
    if personal && x.folded == y.folded {
        found.mailbox_folded = true;
        found.mailbox_respelled |= mailbox::is_dotless(&x.value) && mailbox::is_dotless(&y.value);
    } else if personal && mailbox::nearly(&x.value, &y.value) {
        found.email_nearly = true;
    }
}

fn compare_lines(x: &Line, y: &Line, found: &mut Shared) {
    if x.value != y.value {
        found.phone_nearly |= numbers::nearly(x, y);
        return;
    }
    if x.worth == Worth::Nothing {
        found.worthless = true;
    } else if x.repaired || y.repaired {
        found.phone_repaired |= x.extension == y.extension;
    } else if x.worth == Worth::Mobile {
        found.mobile = true;
    } else if x.extension.is_none() || y.extension.is_none() || x.extension == y.extension {
        found.landline = true;
    }
}
