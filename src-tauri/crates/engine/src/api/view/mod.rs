//! Rows of the store as the values that shells see. Pure conversions; what needs more questions takes a connection.

mod card;
mod message;
mod route;
mod timeline;

pub use card::{Days, card, goodwill_asked, shop_fields, task};
pub use message::{link, message};
pub use route::{decision, guard, outbox_row, route, route_of};
pub use timeline::{entry, of_contact, of_conversation};

use std::collections::BTreeMap;

use theke_domain::ids::ContactId;
use theke_domain::time::Timestamp;
use theke_store::table::Trouble;
use theke_store::table::accounts::Account;
use theke_store::table::blocked;
use theke_store::table::contacts::Contact;
use theke_store::table::conversations::lists::Listed;
use theke_store::table::drafts::{Draft, NewMessage};
use theke_store::table::identities::{self, Identity};
use theke_store::table::outbox::{State, Unsent};
use theke_store::table::preferences::{self, Preference};
use theke_store::table::staged::Staged;
use theke_store::words::Word;
use theke_store::{Connection, Result};

use super::types::{
    AccountView, ApiErrorView, ContactView, ConversationView, DraftView, IdentityView, PreferredView,
    StagedView,
};
use crate::{failure, settings};

/// The newest unsent message by conversation.
pub type Pending = std::collections::HashMap<theke_domain::ids::ConversationId, Unsent>;

/// A time as text.
pub fn at(time: Timestamp) -> String {
    time.to_rfc3339()
}

/// A stored error as a value.
pub fn trouble(trouble: &Trouble) -> ApiErrorView {
    ApiErrorView { code: failure::code_of(&trouble.code), message: trouble.text.clone() }
}

/// An account.
pub fn account(row: &Account) -> AccountView {
    AccountView {
        id: row.id.0,
        kind: row.kind.as_str().to_owned(),
        medium: row.medium.as_str().to_owned(),
        name: row.name.clone(),
        enabled: row.enabled,
        state: row.health.word().to_owned(),
        error: row.trouble.as_ref().map(trouble),
        last_success_at: row.last_success_at.map(at),
        next_try_at: row.next_try_at.map(at),
        settings: row.settings.clone(),
        fetching: None,
        gap: None,
        is_default: false,
        writes_first: false,
    }
}

/// A contact with its addresses and its wish.
pub fn contact(conn: &Connection, row: &Contact) -> Result<ContactView> {
    let mut identities = Vec::new();
    for one in identities::of_contact(conn, row.id)? {
        identities.push(identity(&one, blocked::is_blocked(conn, &one.address)?));
    }
    Ok(shown(row, identities, preferences::in_force(conn, row.id)?.as_ref()))
}

/// The same of a whole list, with as many questions as for one.
pub fn contacts(conn: &Connection, rows: &[Contact]) -> Result<Vec<ContactView>> {
    let ids: Vec<ContactId> = rows.iter().map(|row| row.id).collect();
    let mut identities = identities::of_contacts(conn, &ids)?;
    let preferred = preferences::in_force_of(conn, &ids)?;
    let preferred: BTreeMap<ContactId, &Preference> =
        preferred.iter().map(|preference| (preference.contact_id, preference)).collect();
    let view = |row: &Contact| {
        let identities = identities.remove(&row.id).unwrap_or_default();
        let identities = identities.iter().map(|(row, blocked)| identity(row, *blocked)).collect();
        shown(row, identities, preferred.get(&row.id).copied())
    };
    Ok(rows.iter().map(view).collect())
}

fn shown(row: &Contact, identities: Vec<IdentityView>, preferred: Option<&Preference>) -> ContactView {
    ContactView {
        id: row.id.0,
        name: row.display_name.clone(),
        identities,
        preferred: preferred.map(preference),
        messages: row.message_count,
        first_contact_at: row.first_contact_at.map(at),
        last_contact_at: row.last_contact_at.map(at),
    }
}

fn identity(row: &Identity, blocked: bool) -> IdentityView {
    IdentityView {
        id: row.id.0,
        address: row.address.value().to_owned(),
        kind: row.address.kind_word().to_owned(),
        network: row.address.network().to_owned(),
        display: if row.display.is_empty() { row.address.value().to_owned() } else { row.display.clone() },
        state: row.state.word().to_owned(),
        blocked,
    }
}

fn preference(row: &Preference) -> PreferredView {
    PreferredView {
        medium: row.medium.as_str().to_owned(),
        source: row.source.word().to_owned(),
        since: at(row.since_at),
        evidence: row.evidence.clone(),
        message_id: row.message_id.map(|id| id.0),
    }
}

/// A conversation as it stands in a list. `pending` is asked once for a whole list.
pub fn conversation(listed: &Listed, pending: &Pending) -> ConversationView {
    let row = &listed.conversation;
    let waiting = pending.get(&row.id);
    let unsent = waiting.map(|unsent| match unsent.state {
        State::Committed => State::Sending,
        state => state,
    });
    ConversationView {
        id: row.id.0,
        contact_id: row.contact_id.0,
        contact_name: listed.contact_name.clone(),
        subject: row.subject.clone(),
        status: row.status.word().to_owned(),
        snoozed_until: row.snoozed_until.map(at),
        unread: row.unread.into(),
        last_message_at: at(row.last_message_at),
        snippet: row.snippet.clone(),
        media: row.media.iter().map(|medium| medium.as_str().to_owned()).collect(),
        spam: row.spam,
        has_attachments: row.has_attachments,
        has_draft: listed.has_draft,
        pending: unsent.map(|state| state.word().to_owned()),
        starred: row.starred,
        sending: unsent.map_or("", sending).to_owned(),
        send_at: waiting.and_then(|unsent| later(unsent.state, unsent.queued_at, unsent.wanted_at)).map(at),
        last_direction: row.last_direction.map_or("", Word::word).to_owned(),
        last_account_id: row.last_account_id.map(|id| id.0),
    }
}

/// What a list says of an unsent message. One that waited for a day wants a person, as a failed one does.
fn sending(state: State) -> &'static str {
    match state {
        State::Queued | State::Sending | State::Committed => "queued",
        State::Held | State::Failed => "failed",
        State::InDoubt => "in_doubt",
        State::Sent | State::Cancelled => "",
    }
}

/// When it leaves, if a person chose a time: the undo time is shorter than that.
fn later(state: State, queued_at: Timestamp, wanted_at: Timestamp) -> Option<Timestamp> {
    let chosen = wanted_at.secs_since(queued_at) > i64::from(settings::UNDO_MAX_SECS);
    (state == State::Queued && chosen).then_some(wanted_at)
}

/// A draft of an answer.
pub fn draft(row: &Draft, files: &[Staged]) -> DraftView {
    DraftView {
        body: row.body.clone(),
        via: row.via.as_ref().map(|medium| medium.as_str().to_owned()),
        saved_at: at(row.saved_at),
        subject: row.subject.clone(),
        cc: row.cc.clone(),
        html: row.html.clone(),
        staged: files.iter().map(staged).collect(),
        draft_id: None,
        contact_id: None,
        to: String::new(),
    }
}

/// A draft of a new message.
pub fn new_draft(row: &NewMessage, files: &[Staged]) -> DraftView {
    DraftView {
        draft_id: Some(row.id.0),
        contact_id: row.contact_id.map(|id| id.0),
        to: row.recipient.clone(),
        ..draft(&row.draft, files)
    }
}

/// A file that waits for its message.
pub fn staged(row: &Staged) -> StagedView {
    StagedView {
        id: row.id.0,
        name: row.name.clone(),
        mime_type: row.mime_type.clone(),
        size: row.size_bytes,
        risky: theke_domain::file_name::is_risky(&row.name, &row.mime_type),
    }
}
