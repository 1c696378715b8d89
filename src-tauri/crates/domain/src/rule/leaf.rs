//! Single conditions, prepared: words as patterns, names folded, so that asking one costs no allocation.

use std::collections::BTreeMap;

use super::area;
use super::compile::Needs;
use super::condition::{Attachments, Condition, Earlier, Field};
use super::evidence::{Evidence, EvidenceCode as Code};
use super::facts::{Attached, Facts};
use super::words::{Collected, Found, Term};
use crate::fold;

/// A message, prepared once for all rules.
pub(super) struct Prepared<'a> {
    pub facts: &'a Facts,
    pub found: Found<'a>,
    tags: Vec<String>,
    /// Folded name; folded value.
    fields: BTreeMap<String, (String, &'a str)>,
}

impl<'a> Prepared<'a> {
    pub fn new(facts: &'a Facts, found: Found<'a>, needs: Needs) -> Self {
        let tags = facts.tags.iter().filter(|_| needs.tags).map(|tag| fold::key(tag)).collect();
        let field =
            |(name, value): (&String, &'a String)| (fold::key(name), (fold::key(value), value.as_str()));
        let fields = facts.fields.iter().filter(|_| needs.fields).map(field).collect();
        Self { facts, found, tags, fields }
    }
}

/// A single condition.
#[derive(Debug)]
pub(super) enum Leaf {
    Words { any: Vec<Term>, all: Vec<Term>, areas: u8 },
    Medium(Vec<String>),
    Account(Vec<i64>),
    Intent { is: Vec<String>, at_least: u8 },
    Language(Vec<String>),
    Field { name: String, shown: String, test: Test },
    Tag(Vec<String>),
    Open(bool),
    Holiday(bool),
    Earlier(Earlier),
    Attachments(Attachments),
    NewContact(bool),
}

/// What is asked of a field.
#[derive(Debug)]
pub(super) enum Test {
    Is(Vec<String>),
    Contains(String),
    Begins(String),
    AtLeast(String),
    AtMost(String),
    Filled(bool),
}

impl Test {
    fn of(field: &Field) -> Self {
        if let Some(text) = &field.contains {
            Self::Contains(fold::key(text))
        } else if let Some(text) = &field.begins {
            Self::Begins(fold::key(text))
        } else if let Some(limit) = &field.at_least {
            Self::AtLeast(limit.trim().to_owned())
        } else if let Some(limit) = &field.at_most {
            Self::AtMost(limit.trim().to_owned())
        } else if let Some(filled) = field.filled {
            Self::Filled(filled)
        } else {
            Self::Is(field.is.iter().map(|value| fold::key(value)).collect())
        }
    }

    fn holds(&self, folded: &str, value: &str) -> bool {
        use std::cmp::Ordering::{Greater, Less};
        match self {
            Self::Is(values) => values.iter().any(|one| one == folded),
            Self::Contains(text) => folded.contains(text.as_str()),
            Self::Begins(text) => folded.starts_with(text.as_str()),
            Self::AtLeast(limit) => compared(value, limit).is_some_and(|order| order != Less),
            Self::AtMost(limit) => compared(value, limit).is_some_and(|order| order != Greater),
            Self::Filled(filled) => *filled != value.trim().is_empty(),
        }
    }
}

/// Two days, or two numbers; nothing else has an order here.
fn compared(value: &str, limit: &str) -> Option<std::cmp::Ordering> {
    let day = |text: &str| text.trim().parse::<jiff::civil::Date>().ok();
    if let (Some(value), Some(limit)) = (day(value), day(limit)) {
        return Some(value.cmp(&limit));
    }
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    number(value)?.partial_cmp(&number(limit)?)
}

impl Leaf {
    /// The leaf of a condition that is no tree.
    pub fn of(condition: &Condition, words: &mut Collected) -> Option<Self> {
        Some(match condition {
            Condition::All(_) | Condition::Any(_) | Condition::Not(_) => return None,
            Condition::Words(given) => {
                let areas = area::of(given);
                let mut terms = |list: &[String]| list.iter().map(|word| words.add(word, areas)).collect();
                Self::Words { any: terms(&given.any), all: terms(&given.all), areas }
            }
            Condition::Medium(media) => Self::Medium(media.iter().map(ToString::to_string).collect()),
            Condition::Account(accounts) => Self::Account(accounts.clone()),
            Condition::Intent(intent) => Self::Intent { is: intent.is.clone(), at_least: intent.at_least },
            Condition::Language(codes) => Self::Language(codes.clone()),
            Condition::Field(field) => {
                Self::Field { name: fold::key(&field.name), shown: field.name.clone(), test: Test::of(field) }
            }
            Condition::Tag(tags) => Self::Tag(tags.iter().map(|tag| fold::key(tag)).collect()),
            Condition::Open(open) => Self::Open(*open),
            Condition::Holiday(holiday) => Self::Holiday(*holiday),
            Condition::Earlier(earlier) => Self::Earlier(earlier.clone()),
            Condition::Attachments(attachments) => Self::Attachments(attachments.clone()),
            Condition::NewContact(new) => Self::NewContact(*new),
        })
    }

    /// Whether it holds.
    pub fn holds(&self, message: &Prepared<'_>) -> bool {
        let facts = message.facts;
        match self {
            Self::Words { any, all, areas } => {
                (any.is_empty() || any.iter().any(|term| message.found.has(term, *areas)))
                    && all.iter().all(|term| message.found.has(term, *areas))
            }
            Self::Medium(media) => {
                facts.medium.as_ref().is_some_and(|medium| media.iter().any(|one| one == medium.as_str()))
            }
            Self::Account(ids) => facts.account.is_some_and(|account| ids.contains(&account.0)),
            Self::Intent { is, at_least } => facts
                .intent
                .as_ref()
                .is_some_and(|reading| reading.confidence >= *at_least && is.contains(&reading.intent)),
            Self::Language(codes) => codes.contains(&facts.language),
            Self::Field { name, test, .. } => {
                let (folded, value) = message.fields.get(name).map_or(("", ""), |(f, v)| (f.as_str(), *v));
                test.holds(folded, value)
            }
            Self::Tag(tags) => tags.iter().any(|tag| message.tags.contains(tag)),
            Self::Open(open) => facts.open == *open,
            Self::Holiday(holiday) => facts.holiday.is_some() == *holiday,
            Self::Earlier(earlier) => {
                let count = written_in(facts, earlier.days);
                earlier.at_least.is_none_or(|least| count >= least)
                    && earlier.at_most.is_none_or(|most| count <= most)
            }
            Self::Attachments(wanted) => {
                wanted.has.is_none_or(|has| has != facts.attachments.is_empty())
                    && (wanted.types.is_empty() || of_type(&facts.attachments, &wanted.types).is_some())
            }
            Self::NewContact(new) => facts.new_contact == *new,
        }
    }

    /// Why it holds.
    pub fn evidence(&self, message: &Prepared<'_>, out: &mut Vec<Evidence>) {
        let facts = message.facts;
        match self {
            Self::Words { any, all, areas } => {
                let first = any.iter().find_map(|term| message.found.written(term, *areas));
                let each = all.iter().filter_map(|term| message.found.written(term, *areas));
                out.extend(each.chain(first).map(|text| Evidence::new(Code::Words, [text.to_owned()])));
            }
            Self::Intent { .. } => out.extend(facts.intent.as_ref().map(|reading| {
                let mut values = vec![reading.intent.clone(), reading.confidence.to_string()];
                values.extend(reading.words.iter().cloned());
                Evidence { code: Code::Intent, values }
            })),
            Self::Medium(_) => {
                let medium = facts.medium.as_ref();
                out.extend(medium.map(|medium| Evidence::new(Code::Medium, [medium.to_string()])));
            }
            Self::Account(_) => {
                let account = facts.account;
                out.extend(account.map(|account| Evidence::new(Code::Account, [account.to_string()])));
            }
            Self::Language(_) => out.push(Evidence::new(Code::Language, [facts.language.clone()])),
            Self::Field { name, shown, .. } => {
                let value = message.fields.get(name).map_or("", |(_, value)| *value);
                out.push(Evidence::new(Code::Field, [shown.clone(), value.to_owned()]));
            }
            Self::Tag(tags) => {
                let has = |tag: &&String| tags.contains(&fold::key(tag));
                let tag = facts.tags.iter().find(has);
                out.extend(tag.map(|tag| Evidence::new(Code::Tag, [tag.clone()])));
            }
            Self::Open(open) => {
                let code = if *open { Code::Open } else { Code::Closed };
                out.push(Evidence::new(code, [facts.open_since.clone()]));
            }
            Self::Holiday(_) => {
                let name = facts.holiday.as_ref();
                out.extend(name.map(|name| Evidence::new(Code::Holiday, [name.clone()])));
            }
            Self::Earlier(earlier) => {
                let count = written_in(facts, earlier.days).to_string();
                out.push(Evidence::new(Code::Earlier, [count, earlier.days.to_string()]));
            }
            Self::Attachments(wanted) => {
                let file = if wanted.types.is_empty() {
                    facts.attachments.first()
                } else {
                    of_type(&facts.attachments, &wanted.types)
                };
                out.extend(file.map(|file| Evidence::new(Code::Attachment, [file.name.clone()])));
            }
            Self::NewContact(new) if *new => out.push(Evidence::new(Code::NewContact, [])),
            Self::NewContact(_) => {}
        }
    }
}

/// How often the customer wrote in the last days.
fn written_in(facts: &Facts, days: u32) -> u32 {
    let since = facts.now.plus_secs(-i64::from(days) * 86_400);
    u32::try_from(facts.earlier.iter().filter(|at| **at >= since).count()).unwrap_or(u32::MAX)
}

/// The first file of one of the types.
fn of_type<'a>(files: &'a [Attached], types: &[String]) -> Option<&'a Attached> {
    files.iter().find(|file| types.iter().any(|wanted| is_type(file, wanted)))
}

fn is_type(file: &Attached, wanted: &str) -> bool {
    let (kind, subtype) = file.mime_type.split_once('/').unwrap_or((&file.mime_type, ""));
    let ending = file.name.rsplit_once('.').map_or("", |(_, ending)| ending);
    [kind, subtype, ending, &file.mime_type].iter().any(|part| part.eq_ignore_ascii_case(wanted))
}
