//! Customers: the list, one with its timeline, addresses, the preferred channel. Who is the same is in `same`.

use clap::Subcommand;
use theke_engine::api::Api;
use theke_engine::api::types::{ContactDetail, ContactView};

use super::customer_lists::{self, CustomerLists};
use super::same;
use crate::failure::Outcome;
use crate::output::{Answer, minute, plain, sheet, short, table};
use crate::session::Session;

/// Customers and their addresses.
#[derive(Debug, Subcommand)]
pub enum Contacts {
    /// Those heard from last, or those that a query finds
    List {
        /// Name, address or number
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
        query: Option<String>,
        /// How many, at most [default: all]
        #[arg(long, value_name = "N")]
        limit: Option<u32>,
    },
    /// One customer with its timeline
    Show {
        /// Number of the contact
        id: i64,
        /// How many lines of the timeline, at most [default: all]
        #[arg(long, value_name = "N")]
        limit: Option<usize>,
    },
    /// Add an address by hand
    AddAddress {
        /// Number of the contact
        id: i64,
        /// E-mail address, telephone number, or network:handle
        #[arg(allow_hyphen_values = true)]
        address: String,
    },
    /// Take an address away; messages that came by it stay
    RemoveAddress {
        /// Number of the contact
        id: i64,
        /// As `contacts show` writes it
        #[arg(allow_hyphen_values = true)]
        address: String,
    },
    /// Set the channel that the customer wants
    Prefer {
        /// Number of the contact
        id: i64,
        /// A medium such as email or sms, or none
        #[arg(value_name = "MEDIUM|none")]
        medium: String,
    },
    /// Make customer B part of customer A; can be undone at any later time
    Merge(same::Merge),
    /// Take a merge back; what came since goes with its address
    Unmerge(same::Unmerge),
    /// Customers that may be the same, and why
    Duplicates(same::Duplicates),
    /// Remember for ever that two are not the same
    NotSame(same::NotSame),
    /// Say whether two records are one customer; needs no profile
    Match(same::Match),
    /// Lists in and out, and data protection.
    #[command(flatten)]
    Lists(CustomerLists),
}

/// Does what the words say.
pub async fn run(words: Contacts, session: &Session) -> Outcome<Answer> {
    if let Contacts::Match(words) = words {
        return same::judge(&words);
    }
    let api = session.open().await?;
    let contact = match words {
        Contacts::List { query, limit } => {
            let contacts = api.contacts(query, limit.unwrap_or(u32::MAX)).await?;
            return Ok(Answer::new(&contacts, listed(&contacts)));
        }
        Contacts::Show { id, limit } => whole(&api, id, limit.unwrap_or(usize::MAX)).await?,
        Contacts::AddAddress { id, address } => api.contact_add_address(id, &address).await?,
        Contacts::RemoveAddress { id, address } => api.contact_remove_address(id, &address).await?,
        Contacts::Prefer { id, medium } => {
            api.contact_prefer(id, Some(medium).filter(|medium| medium != "none")).await?
        }
        Contacts::Merge(words) => return same::merge(words, &api).await,
        Contacts::Unmerge(words) => return same::unmerge(words, &api).await,
        Contacts::Duplicates(words) => return same::duplicates(words, &api).await,
        Contacts::NotSame(words) => return same::not_same(words, &api).await,
        Contacts::Match(words) => return same::judge(&words),
        Contacts::Lists(words) => return customer_lists::run(words, &api).await,
    };
    Ok(Answer::new(&contact, shown(&contact)))
}

/// The contact with all pages of its timeline.
async fn whole(api: &Api, id: i64, limit: usize) -> Outcome<ContactDetail> {
    let mut contact = api.contact(id, None).await?;
    while contact.timeline.len() < limit {
        let Some(last) = contact.timeline.last() else { break };
        let before = format!("{} {}", last.at, last.message_id.unwrap_or(0));
        let page = api.contact(id, Some(before)).await?.timeline;
        if page.is_empty() {
            break;
        }
        contact.timeline.extend(page);
    }
    contact.timeline.truncate(limit);
    Ok(contact)
}

fn listed(contacts: &[ContactView]) -> String {
    let rows: Vec<_> = contacts
        .iter()
        .map(|c| {
            let addresses: Vec<_> = c.identities.iter().map(|i| plain(&i.address)).collect();
            let wants = c.preferred.as_ref().map(|p| p.medium.clone()).unwrap_or_default();
            let last = c.last_contact_at.as_deref().map(minute).unwrap_or_default();
            vec![
                c.id.to_string(),
                short(&c.name, 30),
                c.messages.to_string(),
                last,
                wants,
                addresses.join(", "),
            ]
        })
        .collect();
    table(&["id", "name", "messages", "last contact", "wants", "addresses"], &rows, "No customer yet.")
}

pub(super) fn shown(contact: &ContactDetail) -> String {
    let c = &contact.contact;
    let mut lines = vec![("contact", c.id.to_string()), ("name", plain(&c.name))];
    for identity in &c.identities {
        let state = if identity.state == "ok" { String::new() } else { format!(" ({})", identity.state) };
        lines.push(("address", format!("{}{state}", plain(&identity.address))));
    }
    if let Some(preferred) = &c.preferred {
        lines.push((
            "wants",
            format!("{} ({}, since {})", preferred.medium, preferred.source, minute(&preferred.since)),
        ));
    }
    let card = &contact.card;
    for (name, known) in [
        ("company", &card.company),
        ("salutation", &card.salutation),
        ("birthday", &card.birthday),
        ("postcode", &card.postcode),
        ("language", &card.language),
    ] {
        if !known.is_empty() {
            lines.push((name, plain(known)));
        }
    }
    if !card.tags.is_empty() {
        let tags: Vec<_> = card.tags.iter().map(|tag| plain(&tag.name)).collect();
        lines.push(("tags", tags.join(", ")));
    }
    for field in &card.fields {
        let values: Vec<_> = field.values.iter().map(|value| plain(&value.value)).collect();
        if !values.is_empty() {
            lines.push(("field", format!("{}: {}", plain(&field.field.name), values.join(" or "))));
        }
    }
    for granted in &card.goodwill {
        lines.push(("granted", format!("{} ({})", plain(&granted.what), minute(&granted.granted_at))));
    }
    for task in &card.tasks {
        let due = task.due_day.as_deref().map(|day| format!(", due {day}")).unwrap_or_default();
        lines.push(("to do", format!("{}: {}{due}", task.kind, plain(&task.text))));
    }
    let conversations: Vec<_> = contact.conversations.iter().map(ToString::to_string).collect();
    lines.push(("conversations", conversations.join(", ")));
    let rows: Vec<_> = contact
        .timeline
        .iter()
        .map(|t| {
            let medium = t.medium.clone().unwrap_or_else(|| t.entry_type.clone());
            let message = t.message_id.map(|id| id.to_string()).unwrap_or_default();
            vec![
                minute(&t.at),
                t.direction.clone().unwrap_or_default(),
                medium,
                message,
                short(&t.summary, 60),
            ]
        })
        .collect();
    format!(
        "{}\n\n{}",
        sheet(&lines),
        table(&["at", "", "by", "message", "what"], &rows, "Nothing was said yet.")
    )
}
