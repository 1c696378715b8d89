//! What a channel hands in and takes out. These values carry no database ids: a channel knows none.

use serde::{Deserialize, Serialize};

use crate::address::Address;
use crate::authenticity::Outcome;
use crate::bounce::Bounce;
use crate::machine::Sign;
use crate::time::Timestamp;

/// A provider's name for a message, unique within one account for ever. Opaque to all but its channel.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RemoteId(pub String);

/// A name that we give a message before it is sent and by which it can be found again: the Message-ID of a
/// mail, the client id or foreign id of a gateway. Fixed when the message is queued, reused by every retry.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClientReference(pub String);

/// Which way a message went, seen from the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From the customer to the shop.
    In,
    /// From the shop to the customer.
    Out,
}

/// How far a message has come. The order is the order of progress; a state never goes back by a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// An incoming message.
    Received,
    /// Stored and waiting in the outbox.
    Queued,
    /// An attempt is under way.
    Sending,
    /// The provider has taken it.
    Sent,
    /// The provider says that it arrived.
    Delivered,
    /// The provider says that it was read.
    Read,
    /// The provider refused it for good.
    Failed,
    /// Nobody knows whether it went out; a person is asked.
    InDoubt,
}

/// A sender or recipient as the message names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// The display name, decoded, without control characters.
    pub name: Option<String>,
    /// The normalized address; `None` where what stood there is no address.
    pub address: Option<Address>,
    /// What stood there, for showing and for search.
    pub raw: String,
}

/// Read and answered, as the provider keeps them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flags {
    /// Read, here or in another program.
    pub seen: bool,
    /// Answered, here or in another program.
    pub answered: bool,
}

/// The headers by which messages are linked (RFC 5322, 3.6.4). Ids are kept as `<…>` without folding.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadHeaders {
    /// The message's own id; outside mail the provider's reference, if answers quote it.
    pub message_id: Option<String>,
    /// The message that it answers.
    pub in_reply_to: Option<String>,
    /// The chain before it, oldest first.
    pub references: Vec<String>,
}

/// How much of a message is here. A later hand-in of the same message may only bring more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Completeness {
    /// Sender, subject, date and thread headers.
    Headers,
    /// And the text parts; larger parts stay at the provider until they are asked for.
    Text,
    /// Everything, with the source bytes.
    Whole,
}

/// A part that the channel can fetch later (`Channel::fetch_part`). Opaque to all but its channel.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PartRef(pub String);

/// An attachment or inline picture of an incoming message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncomingPart {
    /// The name as given, decoded; not yet safe as a file name.
    pub name: Option<String>,
    /// The MIME type, lower case.
    pub mime_type: String,
    /// Decoded size in bytes; an estimate while `content` is absent.
    pub size_bytes: u64,
    /// SHA-256 of the decoded bytes, lower-case hex, once they were seen.
    pub sha256: Option<String>,
    /// Shown within the text rather than beside it.
    pub inline: bool,
    /// Content-ID without angle brackets, for `cid:` links.
    pub content_id: Option<String>,
    /// Where to fetch it; `None` if it is in `content` or in the source.
    pub part_ref: Option<PartRef>,
    /// Decoded bytes, where the message has no source to take them from (chat files).
    #[serde(skip)]
    pub content: Option<Vec<u8>>,
}

/// One message as a channel hands it in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incoming {
    /// The provider's id; the first half of "stored exactly once".
    pub remote_id: RemoteId,
    /// A key of the content that survives a change of the provider's ids (UIDVALIDITY, a moved mail):
    /// lower-case hex of a SHA-256 over Message-ID, date, sender and a hash. The second half.
    pub content_key: Option<String>,
    /// `Out` for what the shop wrote elsewhere (the Sent folder).
    pub direction: Direction,
    /// When it was written, as the message claims, limited to the provider's time.
    pub at: Timestamp,
    /// When the provider took it in.
    pub received_at: Timestamp,
    /// Who wrote it; for mail the From header.
    pub from: Party,
    /// To whom.
    pub to: Vec<Party>,
    /// And to whom besides.
    pub cc: Vec<Party>,
    /// Where answers are wanted, if that was said.
    pub reply_to: Vec<Party>,
    /// Subject, decoded; `None` where the medium has none.
    pub subject: Option<String>,
    /// The readable text: text parts, or the HTML turned into text.
    pub text: String,
    /// The same without quoted history; equal to `text` where nothing is quoted.
    pub text_without_quote: String,
    /// The HTML part as received, never drawn before it went through `engine::html`.
    pub html: Option<String>,
    /// Links to other messages.
    pub thread: ThreadHeaders,
    /// Attachments, in their order.
    pub parts: Vec<IncomingPart>,
    /// Read and answered at the provider.
    pub flags: Flags,
    /// The message as fetched, up to 256 KB; `None` for headers only, large mails and chats with their payload in `raw`.
    #[serde(skip)]
    pub source: Option<Vec<u8>>,
    /// How much of it is here.
    pub completeness: Completeness,
    /// What was wrong with it, in English, for `inspect` and the source view.
    pub problems: Vec<String>,
    /// Whether it lay in a spam folder or carried the provider's spam mark.
    pub spam: bool,
    /// The `Authentication-Results` headers, topmost first; empty outside mail.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authentication_results: Vec<String>,
    /// What is known of the sender being who it says; `None` where the channel itself vouches for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authentication: Option<Outcome>,
    /// What tells that a program wrote it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signs: Vec<Sign>,
    /// The failed delivery that it reports.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bounce: Option<Bounce>,
}

/// A file that goes out with a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutgoingPart {
    /// File name without any path.
    pub name: String,
    /// The MIME type.
    pub mime_type: String,
    /// The bytes.
    #[serde(skip)]
    pub content: Vec<u8>,
}

/// One message as a channel takes it. Everything in it was fixed when it was queued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outgoing {
    /// Our name for it.
    pub reference: ClientReference,
    /// When it was queued; the Date of a mail.
    pub at: Timestamp,
    /// The one recipient.
    pub to: Address,
    /// The recipient's name, for the To header.
    pub to_name: Option<String>,
    /// Copies; only where the channel has them.
    pub cc: Vec<Address>,
    /// Subject; only where the channel has one.
    pub subject: Option<String>,
    /// The text.
    pub text: String,
    /// The same as sanitised HTML; only where the channel takes formatted text.
    #[serde(default)]
    pub html: Option<String>,
    /// Links to what it answers.
    pub thread: ThreadHeaders,
    /// Files.
    pub parts: Vec<OutgoingPart>,
    /// Written by the program without a person; marked as such (RFC 3834).
    pub automatic: bool,
    /// The exact bytes to send, if the channel fixed them with `Channel::compose`; sent as they are.
    #[serde(skip)]
    pub payload: Option<Vec<u8>>,
}
