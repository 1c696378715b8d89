//! Whether two records are one customer: by themselves, perhaps, or not.
//!
//! Only two things link by themselves: one personal mailbox, or one mobile number that both wrote whole. And only
//! if the names do not contradict each other. All else that speaks for one person is a question for a person,
//! because a wrong link shows one customer's messages to whoever writes for another.
//!
//! Not here: which pairs are compared (`block_keys`), what was decided before, and merging.

use serde::{Deserialize, Deserializer, Serialize};

use super::names::{self, Family, Given, Kind, Likeness, Name, NameRelation};
use super::reach::mailbox::Mailbox;
use super::reach::{self, Reach, Shared};

/// A field that is absent or null is empty.
fn or_empty<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Option::<T>::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// What is known of a person, as people typed it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// The name field.
    #[serde(deserialize_with = "or_empty")]
    pub name: String,
    /// E-mail fields.
    #[serde(deserialize_with = "or_empty")]
    pub emails: Vec<String>,
    /// Telephone fields.
    #[serde(deserialize_with = "or_empty")]
    pub phones: Vec<String>,
    /// Names and ids on networks.
    #[serde(deserialize_with = "or_empty")]
    pub handles: Vec<String>,
    /// Postcode field.
    #[serde(deserialize_with = "or_empty")]
    pub postcode: String,
}

/// What is done about two records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// They are one customer.
    SameAuto,
    /// A person is asked.
    Suggest,
    /// They are two, or nothing says otherwise.
    Different,
}

/// Why. The window says it in the user's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Both have this e-mail address.
    SharedEmail,
    /// Both have this mobile number.
    SharedMobile,
    /// Both have this landline, which a home or a firm may share.
    SharedLandline,
    /// Both have this address of a desk (`info@`).
    SharedRoleMailbox,
    /// Both have this address of a family.
    SharedFamilyMailbox,
    /// Both came by this address of a marketplace.
    SharedRelay,
    /// Both have this name on a network.
    SharedHandle,
    /// The e-mail addresses differ only in dots, a tag or the provider's second domain.
    SameMailboxOtherSpelling,
    /// The e-mail addresses are a slip apart.
    SimilarEmail,
    /// The numbers are a slip apart.
    SimilarPhone,
    /// The numbers are the same if a missing zero or a letter is put right.
    RepairedPhone,
    /// The same name.
    SameName,
    /// One first name is a short form of the other.
    ShortForm,
    /// The names are two spellings of one.
    SpellingVariant,
    /// One side has only an initial.
    InitialOnly,
    /// A double name and a part of it, or a maiden name.
    DoubleName,
    /// One side has no name, or only a part of one.
    NameMissing,
    /// The same first name with another surname.
    OtherSurname,
    /// The first names look alike, but may be two.
    SimilarGivenName,
    /// A firm and a person.
    FirmAndPerson,
    /// A household and a person, or two households.
    Household,
    /// The same postcode.
    SamePostcode,
    /// Other postcodes.
    OtherPostcode,
    /// Two first names.
    ConflictingGivenNames,
    /// Two names, or two firms.
    ConflictingNames,
    /// Senior and junior.
    SeniorAndJunior,
    /// What they share is nobody's own: a no-reply sender, a toll-free number, a placeholder.
    SharedPlaceholder,
    /// They have nothing in common.
    NothingShared,
}

/// What came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// What is done.
    pub link: Link,
    /// How much speaks for one customer, 0 to 100. Links have 90 and more, suggestions 30 to 89.
    pub score: u8,
    /// Why, for and against, in a fixed order.
    pub reasons: Vec<Reason>,
}

/// A record that was read once, for comparing it with many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    pub(super) name: Name,
    pub(super) reach: Reach,
    pub(super) postcode: String,
}

impl Prepared {
    /// Reads a record. `home_country`: ISO 3166, for national numbers.
    pub fn new(record: &Record, home_country: &str) -> Self {
        Self {
            name: names::parse(&record.name),
            reach: reach::reach(record, home_country),
            postcode: postcode(&record.postcode),
        }
    }
}

/// Letters and digits in capitals without a country before them: `CH-8001 Zürich` is `8001`, `ec1a 1bb` is `EC1A1BB`.
fn postcode(raw: &str) -> String {
    let raw: String = raw.trim().chars().take(40).collect::<String>().to_uppercase();
    let code = raw
        .split_once('-')
        .filter(|(head, _)| head.chars().all(char::is_alphabetic))
        .map_or(raw.as_str(), |t| t.1);
    let first = code.split_whitespace().next().unwrap_or_default();
    if first.len() >= 4 && first.chars().all(|c| c.is_ascii_digit()) {
        return first.to_owned();
    }
    let code: String = code.chars().filter(|c| c.is_alphanumeric()).collect();
    if code.chars().all(|c| c == '0') { String::new() } else { code }
}

/// Compares two records. The order of the two does not matter.
pub fn compare(a: &Record, b: &Record, home_country: &str) -> Verdict {
    compare_prepared(&Prepared::new(a, home_country), &Prepared::new(b, home_country))
}

/// Compares two records that were read before.
pub fn compare_prepared(a: &Prepared, b: &Prepared) -> Verdict {
    let relation = names::relation(&a.name, &b.name);
    let shared = reach::shared(&a.reach, &b.reach);
    let post = match (a.postcode.is_empty() || b.postcode.is_empty(), a.postcode == b.postcode) {
        (true, _) => Post::Unknown,
        (false, true) => Post::Same,
        (false, false) => Post::Other,
    };
    let firms = [a, b].iter().filter(|record| record.name.kind == Kind::Firm).count();
    let pair = Pair {
        strangers: firms == 1 && relation.family == Family::Missing,
        mixed: firms == 1,
        apart: own_mailboxes(a, b),
        post,
    };
    let link = decide(&relation, &shared, pair);
    let reasons = reasons(a, b, &relation, &shared, post);
    Verdict { link, score: score(link, &relation, &shared, post), reasons }
}

/// How two postcodes stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Post {
    Unknown,
    Same,
    Other,
}

/// What else counts in a pair.
#[derive(Debug, Clone, Copy)]
struct Pair {
    /// A firm and a person.
    mixed: bool,
    /// A firm and a person whose name it does not bear.
    strangers: bool,
    /// Each has a mailbox named after its own first name.
    apart: bool,
    post: Post,
}

/// Whether each side has a personal mailbox that begins with its own first name, and the names differ: members of one
/// home, not spellings of one person.
fn own_mailboxes(a: &Prepared, b: &Prepared) -> bool {
    let own = |record: &Prepared| -> Option<String> {
        let given = record.name.readings.first()?.given.first()?;
        let mut personal = record.reach.emails.iter().filter(|mail| mail.sort == Mailbox::Personal);
        personal.any(|mail| mail.value.starts_with(&given.text)).then(|| given.text.clone())
    };
    matches!((own(a), own(b)), (Some(x), Some(y)) if x != y)
}

fn decide(relation: &NameRelation, shared: &Shared, pair: Pair) -> Link {
    use Likeness::{Compatible, Conflict, Doubtful, Renamed, Same, Unknown};
    let likeness = relation.likeness;
    if shared.email || shared.mobile {
        return match likeness {
            _ if relation.generations => Link::Suggest,
            Unknown | Same | Compatible | Renamed => Link::SameAuto,
            Doubtful | Conflict => Link::Suggest,
        };
    }
    if relation.generations {
        return Link::Different;
    }
    let post = pair.post;
    // A landline says little where several persons answer it.
    let short_only = relation.given == Given::Short && pair.apart;
    let landline = shared.landline && !pair.strangers && !short_only;
    if shared.landline && !landline && !(shared.role_mailbox || shared.family_mailbox) {
        return Link::Different;
    }
    let weak = landline || shared.role_mailbox || shared.family_mailbox || shared.relay;
    let spelled = shared.mailbox_respelled || shared.handle || shared.doubtful_mailbox;
    let near = (shared.email_nearly || shared.phone_nearly || shared.phone_repaired) && !pair.mixed;
    let whole = matches!(relation.family, Family::Same | Family::Spelling | Family::Double);
    let suggested = match likeness {
        Conflict => spelled,
        Unknown => weak || spelled || shared.mailbox_folded || shared.phone_repaired,
        _ if weak || spelled || shared.mailbox_folded || shared.handle_elsewhere => true,
        Same => near || post != Post::Other,
        Compatible => near || post == Post::Same && whole,
        Doubtful => near && relation.family != Family::Different || post == Post::Same && whole,
        Renamed => post == Post::Same && shared.domain || shared.phone_repaired,
    };
    if suggested { Link::Suggest } else { Link::Different }
}

fn score(link: Link, relation: &NameRelation, shared: &Shared, post: Post) -> u8 {
    let name = match relation.likeness {
        Likeness::Same => 30,
        Likeness::Compatible => 22,
        Likeness::Renamed => 14,
        Likeness::Unknown => 12,
        Likeness::Doubtful => 8,
        Likeness::Conflict => 0,
    };
    let weights = [
        (shared.email || shared.mobile, 45),
        (shared.landline || shared.handle || shared.doubtful_mailbox, 25),
        (shared.role_mailbox || shared.family_mailbox || shared.relay, 20),
        (shared.mailbox_respelled || shared.mailbox_folded || shared.phone_repaired, 30),
        (shared.email_nearly || shared.phone_nearly, 20),
        (shared.handle_elsewhere, 15),
        (post == Post::Same, 15),
    ];
    let sum: u8 = name + weights.iter().filter(|(holds, _)| *holds).map(|(_, weight)| *weight).sum::<u8>();
    match link {
        Link::SameAuto => (60 + sum / 2).clamp(90, 100),
        Link::Suggest => sum.clamp(30, 89),
        Link::Different => (sum / 2).min(29),
    }
}

fn reasons(a: &Prepared, b: &Prepared, relation: &NameRelation, shared: &Shared, post: Post) -> Vec<Reason> {
    let firms = a.name.kind == Kind::Firm || b.name.kind == Kind::Firm;
    let household = a.name.kind == Kind::Household || b.name.kind == Kind::Household;
    let conflict = relation.likeness == Likeness::Conflict;
    let same = relation.likeness == Likeness::Same;
    let spelled =
        relation.given == Given::Spelling || matches!(relation.family, Family::Spelling | Family::Typo);
    let part_missing = relation.likeness == Likeness::Unknown
        || relation.likeness == Likeness::Compatible
            && (relation.given == Given::Missing || relation.family == Family::Missing);
    let exact = same && !spelled && relation.given != Given::Short && relation.family != Family::Double;
    let listed = [
        (shared.email || shared.doubtful_mailbox, Reason::SharedEmail),
        (shared.mobile, Reason::SharedMobile),
        (shared.landline, Reason::SharedLandline),
        (shared.role_mailbox, Reason::SharedRoleMailbox),
        (shared.family_mailbox, Reason::SharedFamilyMailbox),
        (shared.relay, Reason::SharedRelay),
        (shared.handle || shared.handle_elsewhere, Reason::SharedHandle),
        (shared.mailbox_folded, Reason::SameMailboxOtherSpelling),
        (shared.email_nearly, Reason::SimilarEmail),
        (shared.phone_nearly, Reason::SimilarPhone),
        (shared.phone_repaired, Reason::RepairedPhone),
        (exact, Reason::SameName),
        (relation.given == Given::Short && !conflict, Reason::ShortForm),
        (spelled && !conflict, Reason::SpellingVariant),
        (
            !conflict && (relation.given == Given::Initial || relation.family == Family::Initial),
            Reason::InitialOnly,
        ),
        (relation.family == Family::Double && !conflict && !firms, Reason::DoubleName),
        (part_missing, Reason::NameMissing),
        (relation.likeness == Likeness::Renamed, Reason::OtherSurname),
        (relation.given == Given::Doubtful && !conflict, Reason::SimilarGivenName),
        (firms && a.name.kind != b.name.kind && !conflict, Reason::FirmAndPerson),
        (household && !conflict, Reason::Household),
        (post == Post::Same, Reason::SamePostcode),
        (post == Post::Other, Reason::OtherPostcode),
        (conflict && relation.given == Given::Conflict, Reason::ConflictingGivenNames),
        (conflict && relation.given != Given::Conflict, Reason::ConflictingNames),
        (relation.generations, Reason::SeniorAndJunior),
        (shared.worthless, Reason::SharedPlaceholder),
    ];
    let mut found: Vec<Reason> =
        listed.iter().filter(|(holds, _)| *holds).map(|(_, reason)| *reason).collect();
    if found.is_empty() {
        found.push(Reason::NothingShared);
    }
    found
}
