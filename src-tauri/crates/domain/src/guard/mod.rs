//! Whether a message may leave by itself: one pure function of the message, the customer's record, the ledger of what
//! left before, and the clock.
//!
//! Every guard is asked and gives a row, also when another has failed already, so that a decision shows the whole
//! picture. The message leaves only if all of them pass ([`passes`]). No guard outweighs another: what detection says
//! of a sender changes nothing at the caps, and the settings can raise a cap only to its ceiling.
//!
//! Not here: who is a machine (`machine`), which words are sensitive, reading the ledger, and the route of the answer.

mod caps;

use serde::{Deserialize, Serialize};

pub use caps::{DAY_CEILING, HOUR_CEILING, Ledger, Limits};

use crate::authenticity::Outcome;
use crate::machine::{Sign, Verdict};
use crate::time::Timestamp;

/// How long ago a message may have come to be answered by itself, unless the rule says otherwise: 2 hours.
pub const AGE_MAX_SECS: i64 = 2 * 60 * 60;

/// What sort of message would leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Nobody asked a program for it: the answer of a rule.
    Unasked,
    /// A step of a dialogue that runs, or the answer to a customer's command.
    Dialogue,
    /// A notice of an order or an appointment.
    Notice,
}

/// Which guard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Name {
    /// Automation is switched on.
    Switch,
    /// A person wrote.
    Person,
    /// It is no spam.
    Spam,
    /// The shop has not blocked the customer.
    Blocked,
    /// The customer's record is not restricted.
    Restricted,
    /// The customer has not opted out.
    OptedOut,
    /// It goes to nobody of the shop.
    Own,
    /// It speaks of nothing that only a person should answer.
    Sensitive,
    /// Personal details go only to a proven sender.
    Unverified,
    /// What is answered is recent, and came after the rule was switched on.
    Stale,
    /// Nobody has answered it yet.
    AlreadyAnswered,
    /// The customer does not want a person.
    PersonWanted,
    /// No other computer answers it.
    Claim,
    /// Unasked messages to one customer in 24 hours.
    CapContactDay,
    /// The same in 7 days.
    CapContactWeek,
    /// Unasked messages of the shop in an hour.
    CapHour,
    /// The same in 24 hours.
    CapDay,
    /// Steps of dialogues with one customer in 24 hours.
    CapDialogue,
    /// Notices of the shop in 24 hours.
    CapNotice,
    /// One notice for each order and state.
    NoticeOnce,
}

impl Name {
    /// The stable word, as it stands in the database.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Switch => "switch",
            Self::Person => "person",
            Self::Spam => "spam",
            Self::Blocked => "blocked",
            Self::Restricted => "restricted",
            Self::OptedOut => "opted_out",
            Self::Own => "own",
            Self::Sensitive => "sensitive",
            Self::Unverified => "unverified",
            Self::Stale => "stale",
            Self::AlreadyAnswered => "already_answered",
            Self::PersonWanted => "person_wanted",
            Self::Claim => "claim",
            Self::CapContactDay => "cap_contact_day",
            Self::CapContactWeek => "cap_contact_week",
            Self::CapHour => "cap_hour",
            Self::CapDay => "cap_day",
            Self::CapDialogue => "cap_dialogue",
            Self::CapNotice => "cap_notice",
            Self::NoticeOnce => "notice_once",
        }
    }

    /// Whether not even a draft for a person makes sense: nobody is to answer this at all.
    pub const fn forbids_a_draft(self) -> bool {
        matches!(
            self,
            Self::Switch
                | Self::Person
                | Self::Spam
                | Self::Blocked
                | Self::Restricted
                | Self::Own
                | Self::AlreadyAnswered
        )
    }
}

impl Class {
    /// The word in the ledger.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unasked => "unasked",
            Self::Dialogue => "dialogue",
            Self::Notice => "notice",
        }
    }
}

/// Why a guard passed or did not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Why {
    /// Nothing speaks against it.
    Clear,
    /// The guard is for another class of messages.
    OtherClass,
    /// It is the confirmation of what the customer has just ordered.
    Confirmation,
    /// Somebody or something is in that state.
    IsSo,
    /// The signs of a machine.
    Signs {
        /// Which.
        signs: Vec<Sign>,
    },
    /// The words that make it sensitive.
    Words {
        /// As they stand.
        words: Vec<String>,
    },
    /// What is known of the sender.
    Sender {
        /// By the provider's word.
        outcome: Outcome,
    },
    /// The answer would go to another address than the one that is proven.
    OtherAddress,
    /// It came before the rule was switched on or changed.
    BeforeRule {
        /// When the rule came into force.
        since: Timestamp,
    },
    /// It came with the first import of the account.
    FirstImport,
    /// It is older than the limit.
    TooOld {
        /// How old, in seconds.
        secs: i64,
        /// The limit.
        limit_secs: i64,
    },
    /// It lies in the future: one of the two clocks is wrong.
    Ahead {
        /// How far, in seconds.
        secs: i64,
    },
    /// A person has answered.
    ByPerson,
    /// A rule has answered.
    ByRule,
    /// The claim at the server is not there yet.
    NotClaimed,
    /// Another computer was first.
    OtherComputer,
    /// Automation runs on another computer.
    NotThisComputer,
    /// So many have left.
    Count {
        /// So far.
        sent: u32,
        /// The most.
        most: u32,
    },
}

/// English, for records and the command line.
impl std::fmt::Display for Why {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Clear => f.write_str("nothing speaks against it"),
            Self::OtherClass => f.write_str("not for this kind of message"),
            Self::Confirmation => f.write_str("it confirms what the customer has just asked for"),
            Self::IsSo => f.write_str("it is so"),
            Self::Signs { signs } => {
                let words: Vec<String> = signs.iter().map(|sign| format!("{sign:?}")).collect();
                write!(f, "signs of a machine: {}", words.join(", "))
            }
            Self::Words { words } => write!(f, "only a person should answer: {}", words.join(", ")),
            Self::Sender { outcome } => write!(f, "the sender is not proven: {}", outcome.word()),
            Self::OtherAddress => {
                f.write_str("the answer would go to another address than the one that wrote")
            }
            Self::BeforeRule { .. } => f.write_str("it came before the rule was switched on"),
            Self::FirstImport => f.write_str("it came with the first import"),
            Self::TooOld { secs, limit_secs } => {
                write!(f, "it is {} minutes old, and {} are the limit", secs / 60, limit_secs / 60)
            }
            Self::Ahead { .. } => f.write_str("it lies in the future: a clock is wrong"),
            Self::ByPerson => f.write_str("it was answered"),
            Self::ByRule => f.write_str("another rule answers it"),
            Self::NotClaimed => f.write_str("it is not claimed yet"),
            Self::OtherComputer => f.write_str("another computer answers it"),
            Self::NotThisComputer => f.write_str("automation of this account runs on another computer"),
            Self::Count { sent, most } => write!(f, "{sent} of {most}"),
        }
    }
}

/// One guard's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guard {
    /// Which.
    pub name: Name,
    /// Whether the message may leave as far as this guard goes.
    pub passed: bool,
    /// Why, or why not.
    pub why: Why,
}

/// The message that came, and the one that would leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// What sort of message would leave.
    pub class: Class,
    /// It confirms what the customer has just ordered by a command (STOPP, MENSCH).
    pub confirms: bool,
    /// Who wrote what is answered.
    pub verdict: Verdict,
    /// The signs of that.
    pub signs: Vec<Sign>,
    /// What is answered is spam, or lies in a spam folder.
    pub spam: bool,
    /// The words that make it sensitive; empty for none.
    pub sensitive: Vec<String>,
    /// The text that would leave contains details of the customer: name, order, what the card says.
    pub personal: bool,
    /// What is known of the sender; `None` where the channel itself vouches for it.
    pub authentication: Option<Outcome>,
    /// It goes to the very address that is proven, and not to a Reply-To or to one that a form names.
    pub to_sender: bool,
    /// When what is answered came in, by the provider's clock; `None` if nothing came (a date, a time).
    pub arrived_at: Option<Timestamp>,
    /// When the rule was due: the arrival, or the moment that a rule of time waited for.
    pub due_at: Timestamp,
    /// It came during the first import of its account.
    pub first_import: bool,
    /// Since when the rule is in force in this version; `None` for a customer's command.
    pub rule_since: Option<Timestamp>,
    /// The rule's limit of age, [`AGE_MAX_SECS`] unless set.
    pub age_max_secs: i64,
}

/// What is known of the customer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Record {
    /// The shop has blocked the customer.
    pub blocked: bool,
    /// Processing is restricted.
    pub restricted: bool,
    /// The customer has opted out, of everything or on this address.
    pub opted_out: bool,
    /// The address is one of the shop's, or belongs to somebody who works there.
    pub own: bool,
    /// The customer asked for a person in this matter.
    pub person_wanted: bool,
}

/// Who has answered already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// A person.
    ByPerson,
    /// A rule.
    ByRule,
}

/// Which computer may answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// Nobody else can: the channel has one owner, or this computer was chosen.
    NotNeeded,
    /// Claimed by this computer.
    Won,
    /// Not claimed yet.
    Wanted,
    /// Another was first.
    Lost,
    /// Automation of this account runs on another computer.
    NotThisComputer,
}

/// Whether the message may leave.
pub fn passes(guards: &[Guard]) -> bool {
    guards.iter().all(|guard| guard.passed)
}

/// Asks every guard, in the order of [`Name`].
pub fn check(about: &About, record: &Record, ledger: &Ledger, limits: &Limits, now: Timestamp) -> Vec<Guard> {
    let mut guards = vec![
        is_not(Name::Switch, !ledger.switched_on),
        person(about),
        is_not(Name::Spam, about.spam),
        is_not(Name::Blocked, record.blocked),
        is_not(Name::Restricted, record.restricted),
        unless_confirmed(Name::OptedOut, record.opted_out, about),
        is_not(Name::Own, record.own),
        sensitive(about),
        unverified(about),
        stale(about, now),
        answered(ledger),
        unless_confirmed(Name::PersonWanted, record.person_wanted, about),
        claim(ledger),
    ];
    guards.extend(caps::check(about.class, ledger, limits));
    guards
}

fn clear(name: Name) -> Guard {
    Guard { name, passed: true, why: Why::Clear }
}

fn held(name: Name, why: Why) -> Guard {
    Guard { name, passed: false, why }
}

fn is_not(name: Name, so: bool) -> Guard {
    if so { held(name, Why::IsSo) } else { clear(name) }
}

/// Who says "stop" or asks for a person gets the one answer that this was understood.
fn unless_confirmed(name: Name, so: bool, about: &About) -> Guard {
    if so && about.confirms && about.class == Class::Dialogue {
        return Guard { name, passed: true, why: Why::Confirmation };
    }
    is_not(name, so)
}

fn person(about: &About) -> Guard {
    let passed = about.verdict == Verdict::Person;
    let why = if about.signs.is_empty() {
        if passed { Why::Clear } else { Why::IsSo }
    } else {
        Why::Signs { signs: about.signs.clone() }
    };
    Guard { name: Name::Person, passed, why }
}

fn sensitive(about: &About) -> Guard {
    if about.sensitive.is_empty() {
        return clear(Name::Sensitive);
    }
    held(Name::Sensitive, Why::Words { words: about.sensitive.clone() })
}

fn unverified(about: &About) -> Guard {
    if !about.personal {
        return clear(Name::Unverified);
    }
    match about.authentication {
        Some(outcome) if outcome != Outcome::Pass => held(Name::Unverified, Why::Sender { outcome }),
        _ if !about.to_sender => held(Name::Unverified, Why::OtherAddress),
        _ => clear(Name::Unverified),
    }
}

/// A message that lies a little ahead is one clock's seconds; one that lies far ahead could be of any age.
fn stale(about: &About, now: Timestamp) -> Guard {
    let name = Name::Stale;
    let limit_secs = about.age_max_secs;
    let first = about.arrived_at.map_or(about.due_at, |arrived| arrived.min(about.due_at));
    if about.first_import {
        return held(name, Why::FirstImport);
    }
    if let Some(since) = about.rule_since.filter(|since| first < *since) {
        return held(name, Why::BeforeRule { since });
    }
    let secs = now.secs_since(about.due_at);
    if secs > limit_secs {
        return held(name, Why::TooOld { secs, limit_secs });
    }
    if secs < -limit_secs {
        return held(name, Why::Ahead { secs: secs.saturating_neg() });
    }
    clear(name)
}

fn answered(ledger: &Ledger) -> Guard {
    match ledger.answered {
        None => clear(Name::AlreadyAnswered),
        Some(Answered::ByPerson) => held(Name::AlreadyAnswered, Why::ByPerson),
        Some(Answered::ByRule) => held(Name::AlreadyAnswered, Why::ByRule),
    }
}

fn claim(ledger: &Ledger) -> Guard {
    match ledger.claim {
        Claim::NotNeeded | Claim::Won => clear(Name::Claim),
        Claim::Wanted => held(Name::Claim, Why::NotClaimed),
        Claim::Lost => held(Name::Claim, Why::OtherComputer),
        Claim::NotThisComputer => held(Name::Claim, Why::NotThisComputer),
    }
}

#[cfg(test)]
mod tests;
