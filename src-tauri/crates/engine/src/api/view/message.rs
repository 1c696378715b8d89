//! Messages as shells see them.

use theke_domain::ids::MessageId;
use theke_domain::message::{Completeness, Delivery, Direction};
use theke_store::table::attachments::{self, Attachment};
use theke_store::table::messages::Message;
use theke_store::table::parties::{self, Role, StoredParty};
use theke_store::table::{bodies, decisions, outbox, references};
use theke_store::words::Word;
use theke_store::{Connection, Result};

use super::{at, trouble};
use crate::api::types::{AttachmentView, LinkView, MessageView, PartyView, ReasonView, RouteView};
use crate::html::{self, Link};
use theke_domain::file_name;

/// One message without its HTML.
pub fn message(conn: &Connection, row: &Message) -> Result<MessageView> {
    let texts = bodies::texts(conn, row.id)?;
    let others = parties::of_message(conn, row.id)?;
    let in_role = |role: Role| others.iter().filter(|p| p.role == role).map(party).collect();
    let outgoing = row.direction == Direction::Out;
    let waiting = match row.delivery {
        Delivery::Queued => outbox::get(conn, row.id)?,
        _ => None,
    };
    let send_at =
        waiting.as_ref().and_then(|entry| super::later(entry.state, entry.queued_at, entry.wanted_at));
    Ok(MessageView {
        id: row.id.0,
        conversation_id: row.conversation_id.0,
        direction: row.direction.word().to_owned(),
        medium: row.medium.as_str().to_owned(),
        kind: row.kind.as_str().to_owned(),
        account_id: row.account_id.map(|id| id.0),
        from: PartyView { name: some(&row.from_name), address: row.from_address.clone() },
        to: in_role(Role::To),
        cc: in_role(Role::Cc),
        subject: row.subject.clone(),
        text_links: html::in_text(&texts.text).into_iter().map(link).collect(),
        text: texts.text,
        text_without_quote: texts.text_without_quote,
        html: None,
        at: at(row.at),
        delivery: row.delivery.word().to_owned(),
        error: row.trouble.as_ref().map(trouble),
        automatic: row.automatic,
        attachments: attachments::of_message(conn, row.id)?.iter().map(attachment).collect(),
        message_id: row.message_ref.clone(),
        in_reply_to: row.in_reply_to.clone(),
        references: references::of_message(conn, row.id)?,
        seen: row.seen,
        headers_only: row.completeness == Completeness::Headers,
        has_html: row.has_html,
        links: Vec::new(),
        remote_pictures: 0,
        pictures_allowed: false,
        route_reasons: if outgoing { route_reasons(conn, row.id)? } else { Vec::new() },
        due_at: waiting.map(|entry| at(entry.due_at)),
        send_at: send_at.map(at),
    })
}

/// A link of a message.
pub fn link(link: Link) -> LinkView {
    LinkView { text: link.text, href: link.href, host: link.host, misleading: link.misleading }
}

/// An attachment. Bytes are remote where the channel fetches them.
pub fn attachment(row: &Attachment) -> AttachmentView {
    let name = file_name::safe(&row.name, &row.mime_type);
    AttachmentView {
        id: row.id.0,
        risky: file_name::is_risky(&name, &row.mime_type),
        name,
        mime_type: row.mime_type.clone(),
        size: row.size_bytes,
        sha256: row.sha256.clone(),
        inline: row.inline,
        remote: row.part_ref.is_some(),
    }
}

fn route_reasons(conn: &Connection, id: MessageId) -> Result<Vec<ReasonView>> {
    let route = decisions::of_message(conn, id)?.and_then(|decision| decision.route);
    let route = route.and_then(|json| serde_json::from_value::<RouteView>(json).ok());
    Ok(route.map(|route| route.reasons).unwrap_or_default())
}

fn party(row: &StoredParty) -> PartyView {
    PartyView { name: some(&row.name), address: row.address.clone() }
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}
