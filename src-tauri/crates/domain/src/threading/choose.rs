//! The decision over the facts that the engine has looked up.

use crate::ids::{ContactId, ConversationId};
use crate::medium::Medium;
use crate::time::Timestamp;

use super::Subject;

const DAY_SECS: i64 = 24 * 60 * 60;
/// A header link with another subject, or by another person, counts for so long.
const NEW_SUBJECT_SECS: i64 = 30 * DAY_SECS;
/// An equal subject counts for so long.
const SUBJECT_SECS: i64 = 14 * DAY_SECS;
/// An order number counts for so long.
const ORDER_SECS: i64 = 60 * DAY_SECS;
/// A channel without threads goes on with a conversation for so long.
const RECENT_SECS: i64 = 14 * DAY_SECS;
/// Among several, the channel's own counts for so long.
const SAME_MEDIUM_SECS: i64 = 72 * 60 * 60;
/// An outgoing message to more recipients than this is a mailing.
const MAILING_RECIPIENTS: u32 = 3;

/// The message that has arrived (or was found among the sent ones).
#[derive(Debug, Clone)]
pub struct Arrival {
    /// When it was written.
    pub at: Timestamp,
    /// The customer: its sender, or its recipient if the shop wrote it.
    pub contact: ContactId,
    /// The medium it came by.
    pub medium: Medium,
    /// The channel has subjects and headers (`Capabilities::subject`).
    pub has_threads: bool,
    /// [`super::subject`] of its subject; the default where it has none.
    pub subject: Subject,
    /// [`super::order_key`] of it.
    pub order_key: String,
    /// It comes from a mail system (see [`super::is_mail_system`]), as bounces do.
    pub from_mail_system: bool,
}

/// How a stored message and the new one are linked. The order is the order of trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkKind {
    /// The new one names it in In-Reply-To.
    Parent,
    /// The new one names it in References.
    Ancestor,
    /// It names the new one: answers can arrive before what they answer.
    Child,
    /// Both have the same id: delivered twice, or a program that gives every message the same id.
    SameId,
    /// Both name a third message that is not here.
    SharedRoot,
}

/// A stored message that the headers link with the new one.
#[derive(Debug, Clone)]
pub struct Link {
    /// How.
    pub kind: LinkKind,
    /// Its conversation.
    pub conversation: ConversationId,
    /// The contact of that conversation.
    pub contact: ContactId,
    /// When that message was written.
    pub at: Timestamp,
    /// [`Subject::key`] of that message.
    pub subject_key: String,
    /// That message went from the shop to so many recipients (To and Cc); 0 if a customer wrote it.
    pub recipients: u32,
    /// The new message's customer address is a sender or recipient in that conversation.
    pub took_part: bool,
    /// The conversation has at least one message from a customer.
    pub has_incoming: bool,
}

/// A conversation of the same contact.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Which.
    pub conversation: ConversationId,
    /// When its last message was written; for an order number, the last message that names it.
    pub last_at: Timestamp,
    /// The order numbers named in it; empty if none was.
    pub order_keys: Vec<String>,
}

/// A conversation of the same contact, for channels without threads.
#[derive(Debug, Clone)]
pub struct Recent {
    /// Which, with the time of its last message.
    pub candidate: Candidate,
    /// Its last message by the new message's medium; `None` if there is none.
    pub last_on_medium: Option<Timestamp>,
    /// A person has closed it.
    pub closed: bool,
}

/// What the engine looks up for one message. Each list may be left empty if an earlier rule has decided, so the
/// engine may ask rule by rule ([`by_header`], then [`by_subject`], …) and stop.
///
/// With `ids` = In-Reply-To, References and the message's own id, all through [`super::reference_key`]:
/// - `links`: messages whose id is among `ids`, and messages that name one of `ids` (indexes on
///   `lower(message_ref)`, `lower(in_reply_to)` and `lower(reference)`). A message that only shares ids which are
///   themselves stored needs not be given twice.
/// - `same_subject`: conversations of the contact with this subject key, newest first, a few.
/// - `same_order`: conversations of the contact with a message with this order key, newest first, a few.
/// - `recent`: conversations of the contact with a last message of the last 14 days; only without threads.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Messages linked by headers, in any order.
    pub links: Vec<Link>,
    /// Conversations with an equal subject.
    pub same_subject: Vec<Candidate>,
    /// Conversations with the same order number.
    pub same_order: Vec<Candidate>,
    /// Conversations of the last days.
    pub recent: Vec<Recent>,
}

/// Why a conversation was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// Headers link it.
    Header,
    /// Equal subject, marked as a reply.
    Subject,
    /// Names the same order number.
    Order,
    /// The customer's only conversation under way.
    OnlyOpen,
    /// The one last active on the same channel.
    SameMedium,
}

/// The decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// It joins this conversation.
    Existing(ConversationId, Because),
    /// It opens a new one.
    New,
}

/// Goes through the rules in their order; the first that answers decides.
pub fn choose_conversation(arrival: &Arrival, facts: &Facts) -> Choice {
    by_header(arrival, &facts.links)
        .or_else(|| by_subject(arrival, &facts.same_subject))
        .or_else(|| by_order(arrival, &facts.same_order))
        .or_else(|| by_recent(arrival, &facts.recent))
        .unwrap_or(Choice::New)
}

/// Rule 1: a header link to a message of the same customer, to a conversation in which the address took part, or
/// to a customer's message that somebody else now answers under the same subject (a relative, another address).
pub fn by_header(arrival: &Arrival, links: &[Link]) -> Option<Choice> {
    let mut fitting: Vec<&Link> = links.iter().filter(|link| joins(arrival, link)).collect();
    fitting.sort_by_key(|link| (link.contact != arrival.contact, link.kind, std::cmp::Reverse(link.at)));
    fitting.first().map(|link| Choice::Existing(link.conversation, Because::Header))
}

fn joins(arrival: &Arrival, link: &Link) -> bool {
    let same_subject = arrival.subject.key == link.subject_key;
    let fresh = within(arrival.at, link.at, NEW_SUBJECT_SECS);
    if link.contact == arrival.contact {
        return same_subject || fresh;
    }
    let named = matches!(link.kind, LinkKind::Parent | LinkKind::Ancestor | LinkKind::Child);
    if !named {
        return false;
    }
    if arrival.from_mail_system {
        return link.kind != LinkKind::Child;
    }
    if link.recipients > MAILING_RECIPIENTS {
        return false;
    }
    if link.took_part {
        return same_subject || fresh;
    }
    link.has_incoming && same_subject && !arrival.subject.key.is_empty() && fresh
}

/// Rule 2: an equal subject, neither generic nor empty, with a mark of a reply, within 14 days.
pub fn by_subject(arrival: &Arrival, same_subject: &[Candidate]) -> Option<Choice> {
    if arrival.subject.key.is_empty() || !arrival.subject.reply_like {
        return None;
    }
    let fits =
        |found: &&Candidate| within(arrival.at, found.last_at, SUBJECT_SECS) && !other_order(arrival, found);
    let newest = same_subject.iter().filter(fits).max_by_key(|found| found.last_at)?;
    Some(Choice::Existing(newest.conversation, Because::Subject))
}

/// Rule 3: an order number in common within 60 days.
pub fn by_order(arrival: &Arrival, same_order: &[Candidate]) -> Option<Choice> {
    if arrival.order_key.is_empty() {
        return None;
    }
    let fits = |found: &&Candidate| within(arrival.at, found.last_at, ORDER_SECS);
    let newest = same_order.iter().filter(fits).max_by_key(|found| found.last_at)?;
    Some(Choice::Existing(newest.conversation, Because::Order))
}

/// Rule 4, for channels without threads: the customer's only conversation under way, else the one last active on
/// the same channel within 72 hours. A closed one goes on only in that second way, and only if none is open.
pub fn by_recent(arrival: &Arrival, recent: &[Recent]) -> Option<Choice> {
    if arrival.has_threads {
        return None;
    }
    let fitting: Vec<&Recent> = recent
        .iter()
        .filter(|found| within(arrival.at, found.candidate.last_at, RECENT_SECS))
        .filter(|found| !other_order(arrival, &found.candidate))
        .collect();
    let open: Vec<&Recent> = fitting.iter().copied().filter(|found| !found.closed).collect();
    if let [only] = open.as_slice() {
        return Some(Choice::Existing(only.candidate.conversation, Because::OnlyOpen));
    }
    let among = if open.is_empty() { fitting } else { open };
    let on_medium =
        |found: &&Recent| found.last_on_medium.filter(|&at| within(arrival.at, at, SAME_MEDIUM_SECS));
    let last =
        among.iter().filter(|found| on_medium(found).is_some()).max_by_key(|found| on_medium(found))?;
    Some(Choice::Existing(last.candidate.conversation, Because::SameMedium))
}

/// Both name an order, and not the same one.
fn other_order(arrival: &Arrival, found: &Candidate) -> bool {
    !arrival.order_key.is_empty()
        && !found.order_keys.is_empty()
        && !found.order_keys.contains(&arrival.order_key)
}

/// Messages can arrive in any order, so the distance counts, not the direction.
fn within(a: Timestamp, b: Timestamp, secs: i64) -> bool {
    a.secs_since(b).abs() <= secs
}
