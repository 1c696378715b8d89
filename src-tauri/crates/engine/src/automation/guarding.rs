//! Gathers what the guards look at: the message, the customer's record, the ledger of what left before. One gathering for
//! the engine and for a rehearsal, which brings a ledger of its own.
//!
//! Not here: the guards (`theke_domain::guard`).

use std::sync::{Mutex, PoisonError};

use theke_domain::address::Address;
use theke_domain::guard::{self, Answered, Class, Guard, Ledger, Limits, Record};
use theke_domain::ids::ContactId;
use theke_domain::machine::Verdict;
use theke_domain::rule::Event;
use theke_domain::time::Timestamp;
use theke_store::erased::Erased;
use theke_store::table::automatic_sends::{self, Whose};
use theke_store::table::messages::deciding;
use theke_store::table::{blocked, conversations, identities, restriction};

use super::plan::{Ground, Matter, Origin, Plan};
use crate::api::ApiResult;
use crate::settings;

const HOUR_SECS: i64 = 3600;
const DAY_SECS: i64 = 24 * HOUR_SECS;
const WEEK_SECS: i64 = 7 * DAY_SECS;
/// What was written so shortly after a message came was not an answer to it.
const CLOCKS_DIFFER_SECS: i64 = 5;

/// What would have left in a rehearsal.
#[derive(Debug, Default)]
pub struct Pretended(Mutex<Vec<(ContactId, Timestamp)>>);

impl Pretended {
    /// Notes that something would have left.
    pub fn note(&self, contact: ContactId, at: Timestamp) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((contact, at));
    }

    /// The ledger at a moment.
    fn ledger(&self, contact: ContactId, now: Timestamp) -> Ledger {
        let sends = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = |within: i64, of: Option<ContactId>| {
            let fits = |(whom, at): &&(ContactId, Timestamp)| {
                of.is_none_or(|of| of == *whom) && now.secs_since(*at) < within
            };
            u32::try_from(sends.iter().filter(fits).count()).unwrap_or(u32::MAX)
        };
        Ledger {
            contact_day: count(DAY_SECS, Some(contact)),
            contact_week: count(WEEK_SECS, Some(contact)),
            hour: count(HOUR_SECS, None),
            day: count(DAY_SECS, None),
            ..Ledger::empty()
        }
    }
}

/// What the guards are asked about.
pub struct About<'a> {
    /// What would be done.
    pub plan: &'a Plan,
    /// About which message.
    pub matter: &'a Matter,
    /// Another rule answers the same message.
    pub answered: bool,
}

/// Asks every guard.
pub fn check(ground: &Ground<'_>, about: &About<'_>) -> ApiResult<Vec<Guard>> {
    let (plan, matter) = (about.plan, about.matter);
    let mut ledger = ledger(ground, about)?;
    if about.answered {
        ledger.answered = Some(Answered::ByRule);
    }
    let limits = Limits::of_settings(
        settings::number(ground.conn, settings::AUTOMATION_HOUR_MAX)?,
        settings::number(ground.conn, settings::AUTOMATION_DAY_MAX)?,
    );
    let (rule_since, age_max_secs) = match &plan.origin {
        Origin::Rule(active) => {
            // In a rehearsal the rule was always on.
            let since = Some(active.on_since).filter(|_| ground.rehearsal.is_none());
            (since, i64::from(active.rule.max_age_minutes) * 60)
        }
        Origin::Command(_) => (None, guard::AGE_MAX_SECS),
    };
    let signs = matter.signs.clone();
    let said = guard::About {
        class: plan.class,
        confirms: matches!(plan.origin, Origin::Command(_)) || plan.wants_person,
        verdict: if signs.is_empty() { Verdict::Person } else { Verdict::Machine },
        signs,
        spam: matter.conversation.spam,
        sensitive: matter.gathered.sensitive_words(),
        personal: plan.answer.as_ref().is_some_and(|answer| answer.personal),
        authentication: matter.sender,
        to_sender: to_sender(plan, matter),
        arrived_at: Some(matter.row.received_at),
        // A rule of time looks at an old message now.
        due_at: if matter.came() { matter.row.received_at } else { ground.now },
        first_import: false,
        rule_since,
        age_max_secs,
    };
    Ok(guard::check(&said, &record(ground, matter)?, &ledger, &limits, ground.now))
}

/// An address in the ledger. What stands behind a plus sign is left out: it is one mailbox, and a program that puts a new
/// number there each time is to find no new cap.
pub fn ledger_key(erased: &Erased, address: &Address) -> ApiResult<String> {
    let whole = (address.kind_word() == "email").then(|| address.value().split_once('@')).flatten();
    let folded = whole.and_then(|(local, domain)| {
        let (name, _) = local.split_once('+').filter(|(name, _)| !name.is_empty())?;
        Address::from_stored(address.kind_word(), address.network(), &format!("{name}@{domain}"))
    });
    Ok(erased.address_key(folded.as_ref().unwrap_or(address))?)
}

/// Whether the answer goes to the address that wrote.
fn to_sender(plan: &Plan, matter: &Matter) -> bool {
    let Some(Ok(way)) = plan.answer.as_ref().map(|answer| &answer.route.route) else { return true };
    // Another channel of the same customer is the customer's own; on the channel of the message it has to be the sender's.
    way.medium != matter.row.medium || way.address.value() == matter.row.from_address
}

fn record(ground: &Ground<'_>, matter: &Matter) -> ApiResult<Record> {
    let conn = ground.conn;
    let identity = matter.row.identity_id.map(|id| identities::get(conn, id)).transpose()?.flatten();
    let address = identity.as_ref().map(|identity| identity.address.clone());
    let own = crate::intake::own_addresses(conn)?;
    Ok(Record {
        blocked: match &address {
            Some(address) => blocked::is_blocked(conn, address)?,
            None => false,
        },
        restricted: restriction::since(conn, matter.contact)?.is_some(),
        opted_out: identity.is_some_and(|identity| identity.state == identities::State::OptedOut),
        own: address.is_some_and(|address| own.contains(&address)),
        person_wanted: conversations::wants_person(conn, matter.conversation.id)?,
    })
}

fn ledger(ground: &Ground<'_>, about: &About<'_>) -> ApiResult<Ledger> {
    let (matter, now) = (about.matter, ground.now);
    if let Some(pretended) = ground.rehearsal {
        return Ok(pretended.ledger(matter.contact, now));
    }
    let conn = ground.conn;
    let key = matter.address_key.as_str();
    let count = |whose, class: Class, secs: i64| {
        automatic_sends::count(conn, whose, class.word(), now.plus_secs(-secs))
    };
    let shop = |class, secs| count(Whose::Shop, class, secs);
    let customer = |class, secs| -> theke_store::Result<u32> {
        let of_contact = count(Whose::Contact(matter.contact), class, secs)?;
        Ok(of_contact.max(count(Whose::Address(key), class, secs)?))
    };
    // Who answers an automatic answer has had it, from whatever address.
    let unasked = |secs: i64| -> theke_store::Result<u32> {
        let named = deciding::named_automatic(conn, matter.row.id, now.plus_secs(-secs))?;
        Ok(named.max(customer(Class::Unasked, secs)?))
    };
    let answered_by = |since| deciding::answered_since(conn, matter.conversation.id, since);
    // Who closed a matter has answered it: that is what such a rule waits for.
    let closed = matter.gathered.facts.event == Event::ConversationClosed;
    let answered = !closed && answered_by(matter.row.received_at.plus_secs(CLOCKS_DIFFER_SECS))?;
    Ok(Ledger {
        switched_on: settings::text(conn, settings::AUTOMATION_ON)? == "true",
        contact_day: unasked(DAY_SECS)?,
        contact_week: unasked(WEEK_SECS)?,
        hour: shop(Class::Unasked, HOUR_SECS)?,
        day: shop(Class::Unasked, DAY_SECS)?,
        dialogue_day: customer(Class::Dialogue, DAY_SECS)?,
        notice_day: shop(Class::Notice, DAY_SECS)?,
        notice_sent: false,
        answered: answered.then_some(Answered::ByPerson),
        claim: ground.claim,
    })
}
