//! The record of processing (GDPR 30) and the list of those who process for the shop (GDPR 28), made of the settings: which
//! accounts there are and with whom, how long messages are kept, what is encrypted. It is a draft for the shop to complete, and says so.

use serde::{Deserialize, Serialize};
use theke_channels::registry::Registry;
use theke_domain::time::Timestamp;
use theke_store::table::accounts::{self, Account};
use theke_store::{Connection, Result};

use super::words::{self, Line};
use crate::{address_book, retention, settings};

/// The record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// When it was made.
    pub made_at: String,
    /// Who is responsible: the shop.
    pub shop: String,
    /// Its country.
    pub country: String,
    /// The language of its sentences.
    pub language: String,
    /// What is done with details of customers.
    pub activities: Vec<Activity>,
    /// Who does something for the shop with them.
    pub processors: Vec<Party>,
    /// What keeps them safe.
    pub measures: Vec<String>,
    /// What a customer may ask for.
    pub rights: Vec<String>,
}

/// One thing that is done with details of customers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// What.
    pub name: String,
    /// What for.
    pub purpose: String,
    /// On which ground of the law.
    pub basis: String,
    /// Whose details.
    pub people: String,
    /// Which.
    pub details: String,
    /// Who gets them.
    pub recipients: String,
    /// How long they stay.
    pub kept: String,
}

/// Somebody through whom messages go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// The account, as the shop calls it.
    pub account: String,
    /// The sort of channel.
    pub kind: String,
    /// The server, as far as the settings say.
    pub server: String,
    /// What it does.
    pub what: String,
    /// What the shop has to see to.
    pub advice: String,
}

const RIGHTS: [Line; 6] = [
    Line::RightAccess,
    Line::RightCorrect,
    Line::RightErase,
    Line::RightRestrict,
    Line::RightObject,
    Line::RightComplain,
];

/// Makes it of the settings.
///
/// # Errors
/// The database's.
pub fn of(conn: &Connection, registry: &Registry, now: Timestamp) -> Result<Record> {
    let language = address_book::apply::language(conn)?;
    let says = |line: Line| words::say(line, language).to_owned();
    let all = accounts::list(conn)?;
    let processors: Vec<Party> = all.iter().map(|account| party(account, registry, &says)).collect();
    let years = retention::years(conn)?;
    let kept = match years {
        0 => says(Line::KeptForEver),
        years => says(Line::KeptYears).replace("{years}", &years.to_string()),
    };
    let recipients = recipients(&processors).unwrap_or_else(|| says(Line::Nobody));
    let activity = |name, purpose, basis, details, recipients: String, kept: String| Activity {
        name: says(name),
        purpose: says(purpose),
        basis: says(basis),
        people: says(Line::People),
        details: says(details),
        recipients,
        kept,
    };
    let mut activities = vec![
        activity(
            Line::Talking,
            Line::TalkingFor,
            Line::Contract,
            Line::TalkingWhat,
            recipients,
            kept.clone(),
        ),
        activity(
            Line::Cards,
            Line::CardsFor,
            Line::Interest,
            Line::CardsWhat,
            says(Line::Nobody),
            says(Line::KeptCards),
        ),
        activity(
            Line::Backups,
            Line::BackupsFor,
            Line::Duty,
            Line::BackupsWhat,
            says(Line::Nobody),
            says(Line::KeptBackups),
        ),
    ];
    if settings::text(conn, settings::AUTOMATION_ON)? == "true" {
        let decided = activity(
            Line::Automatic,
            Line::AutomaticFor,
            Line::Contract,
            Line::AutomaticWhat,
            says(Line::Nobody),
            kept,
        );
        activities.insert(1, decided);
    }
    Ok(Record {
        made_at: now.to_rfc3339(),
        shop: settings::text(conn, settings::SHOP_NAME)?,
        country: settings::text(conn, settings::SHOP_COUNTRY)?,
        language: words::LANGUAGES.get(language).copied().unwrap_or("de").to_owned(),
        activities,
        processors,
        measures: [Line::Encrypted, Line::Local, Line::LoggedWithoutNames, Line::TlsOnly].map(says).to_vec(),
        rights: RIGHTS.map(|line| words::say(line, language).to_owned()).to_vec(),
    })
}

/// The servers through which messages go, each once; `None` where there is none.
fn recipients(processors: &[Party]) -> Option<String> {
    let name =
        |party: &Party| if party.server.is_empty() { party.kind.clone() } else { party.server.clone() };
    let mut all: Vec<String> = processors.iter().map(name).collect();
    all.sort_unstable();
    all.dedup();
    Some(all.join(", ")).filter(|text| !text.is_empty())
}

fn party(account: &Account, registry: &Registry, says: &impl Fn(Line) -> String) -> Party {
    let spec = registry.get(&account.kind);
    let setting = |key: &str| account.settings.get(key).cloned().filter(|value| !value.is_empty());
    let server =
        ["imap_host", "base_url", "host", "smtp_host"].into_iter().find_map(setting).unwrap_or_default();
    let server = server.trim_start_matches("https://").trim_start_matches("http://").to_owned();
    Party {
        account: account.name.clone(),
        kind: spec.map_or_else(|| account.kind.as_str().to_owned(), |spec| spec.name.clone()),
        server: server.split('/').next().unwrap_or_default().to_owned(),
        what: says(Line::PartyDoes),
        advice: says(Line::PartyContract),
    }
}
