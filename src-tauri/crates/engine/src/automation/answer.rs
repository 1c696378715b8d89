//! The text of an automatic answer and its way: a standard reply filled in for this customer, marked as automatic, and
//! routed like any other answer. Not here: whether it may leave.

use theke_channels::registry::Registry;
use theke_domain::authenticity::Outcome;
use theke_domain::capability::Segments;
use theke_domain::fold;
use theke_domain::ids::{ContactId, StandardReplyId};
use theke_domain::marking;
use theke_domain::medium::Medium;
use theke_domain::routing::{self, Draft};
use theke_domain::time::Timestamp;
use theke_store::Connection;
use theke_store::table::conversations::Conversation;
use theke_store::table::standard_replies::{self, StandardReply};

use crate::api::{ApiResult, replies};
use crate::route;

/// An answer as it would go out.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The whole text, marked as automatic.
    pub text: String,
    /// The same without the mark: for a person who sends it.
    pub draft: String,
    /// Something that is known of the customer stands in it.
    pub personal: bool,
    /// Where it goes, and why.
    pub route: routing::Decision,
    /// What it was made of, where that is a standard reply.
    pub reply: Option<StandardReplyId>,
    /// What the text still lacks; then it cannot go out by itself.
    pub missing: Vec<String>,
}

/// For whom an answer is made.
pub struct For<'a> {
    /// In which conversation.
    pub conversation: &'a Conversation,
    /// To whom.
    pub contact: ContactId,
    /// In which language; empty for the customer's, else the shop's.
    pub language: &'a str,
    /// What is known of the sender being who it says; `None` where the channel vouches for that.
    pub sender: Option<Outcome>,
    /// By this medium alone.
    pub via: Option<Medium>,
    /// When.
    pub now: Timestamp,
}

impl For<'_> {
    /// Where the answer goes.
    fn route(&self, conn: &Connection, registry: &Registry, chars: usize) -> ApiResult<routing::Decision> {
        let draft =
            Draft { text_chars: u32::try_from(chars).unwrap_or(u32::MAX), attachment_bytes: Vec::new() };
        Ok(route::decide(conn, registry, self.conversation, self.via.clone(), draft, self.now)?)
    }
}

/// The standard reply of this shortcut or name.
pub fn reply_named(conn: &Connection, name: &str) -> ApiResult<Option<StandardReply>> {
    let wanted = fold::index_text(name.trim().trim_start_matches('/'));
    let all = standard_replies::all(conn)?;
    let by_shortcut = all.iter().find(|row| !row.shortcut.is_empty() && row.shortcut == name.trim());
    let by_name = || all.iter().find(|row| fold::index_text(&row.name) == wanted);
    Ok(by_shortcut.or_else(by_name).cloned())
}

/// An answer from a standard reply; `None` if there is none of this name.
pub fn from_reply(
    conn: &Connection,
    registry: &Registry,
    of: &For<'_>,
    name: &str,
) -> ApiResult<Option<Answer>> {
    let Some(reply) = reply_named(conn, name)? else { return Ok(None) };
    // The text can depend on the medium, and the way on the length of the text.
    let first = of.route(conn, registry, 0)?;
    let medium = first.route.as_ref().map(|way| way.medium.as_str().to_owned()).unwrap_or_default();
    let fill_known = of.sender.is_none_or(|sender| sender == Outcome::Pass);
    let fill = replies::Of {
        conversation: Some(of.conversation.id.0),
        contact: Some(of.contact.0),
        via: &medium,
        language: Some(of.language.to_owned()).filter(|word| !word.is_empty()),
        known: fill_known,
    };
    let filled = replies::fill(conn, &reply, fill, of.now)?;
    let mut answer = from_text(conn, registry, of, &filled.text, &filled.language)?;
    (answer.reply, answer.missing) = (Some(reply.id), filled.missing);
    answer.personal = fill_known && replies::is_personal(&reply);
    Ok(Some(answer))
}

/// An answer of these words.
pub fn from_text(
    conn: &Connection,
    registry: &Registry,
    of: &For<'_>,
    text: &str,
    language: &str,
) -> ApiResult<Answer> {
    let first = of.route(conn, registry, 0)?;
    // Where each character costs, the mark is short.
    let counted = |kind| registry.get(kind).is_some_and(|spec| spec.capabilities.segments != Segments::None);
    let short = first.route.as_ref().is_ok_and(|way| counted(&way.kind));
    let (draft, text) = (text.to_owned(), marking::automatic(text, language, short));
    let route = of.route(conn, registry, text.chars().count())?;
    Ok(Answer { text, draft, personal: false, route, reply: None, missing: Vec::new() })
}
