//! Starter packs: what a shop of a trade begins with, in four languages. Usual opening hours, standard replies, and rules
//! that only suggest.
//!
//! A pack is a file in `packs/` that a shop owner could read. What every trade has stands once, in `every_trade.toml`,
//! together with how a reply greets and ends. A reply is written as its sentences alone: that is what a text message says;
//! everywhere else it stands between greeting and farewell. A reply that says `plain = true` is a letter of its own.
//!
//! No text holds a fact of a shop, such as a price: where one belongs it takes in an article, with a sentence in its
//! place until the shop has written it. Not here: putting a pack into the database (`api::packs`).

mod said;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::Deserialize;
use theke_domain::hours::Week;
use theke_domain::rule::{Action, Answer, Condition, Due, MAX_AGE_MINUTES, Mode, Rule, Trigger};
use theke_domain::template::ARTICLE_WORDS;
use theke_store::table::standard_replies::Text;

pub(crate) use said::{LANGUAGES, Said};

/// The name under which the replies and rules of every trade are known.
pub(crate) const EVERY_TRADE: &str = "every_trade";

/// The medium whose texts are the sentences alone.
const SHORT: &str = "sms";

const SHARED: &str = include_str!("../../packs/every_trade.toml");

const FILES: [(&str, &str); 7] = [
    ("bakery", include_str!("../../packs/bakery.toml")),
    ("bike_shop", include_str!("../../packs/bike_shop.toml")),
    ("optician", include_str!("../../packs/optician.toml")),
    ("florist", include_str!("../../packs/florist.toml")),
    ("bookshop", include_str!("../../packs/bookshop.toml")),
    ("hairdresser", include_str!("../../packs/hairdresser.toml")),
    ("restaurant", include_str!("../../packs/restaurant.toml")),
];

/// What every trade has.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shared {
    greeting: Said,
    farewell: Said,
    #[serde(default)]
    articles: BTreeMap<String, Said>,
    reply: Vec<Reply>,
    rule: Vec<PackRule>,
}

/// The file of a trade.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Trade {
    name: Said,
    hours: Week,
    #[serde(default)]
    articles: BTreeMap<String, Said>,
    reply: Vec<Reply>,
    rule: Vec<PackRule>,
}

/// A standard reply of a pack.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reply {
    /// By which the rules of the pack name it.
    pub key: String,
    /// Typed behind a slash.
    pub shortcut: Said,
    /// What it is for.
    pub name: Said,
    /// It needs no greeting and no farewell of ours.
    #[serde(default)]
    pub plain: bool,
    /// Its sentences.
    pub text: Said,
}

/// A rule of a pack.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PackRule {
    /// By which it is known again.
    pub key: String,
    /// As the shop will call it.
    pub name: Said,
    #[serde(default = "message")]
    when: Trigger,
    #[serde(rename = "if", default)]
    condition: Condition,
    /// The reply that it suggests.
    #[serde(default)]
    pub reply: Option<String>,
    /// It is for a person, so no later rule is asked.
    #[serde(default)]
    stop: bool,
    /// What it gives somebody of the shop to do.
    #[serde(default)]
    task: Option<Said>,
}

/// A pack with what every trade has.
#[derive(Debug, Clone)]
pub(crate) struct Pack {
    /// Stable word.
    pub slug: &'static str,
    /// The trade.
    pub name: Said,
    /// Usual hours.
    pub hours: Week,
    /// Those of the trade first.
    pub replies: Vec<Reply>,
    /// Each with the name under which it is known again; those of the trade first.
    pub rules: Vec<(String, PackRule)>,
    greeting: Said,
    farewell: Said,
    articles: BTreeMap<String, Said>,
}

/// All packs.
///
/// # Errors
/// Where a file cannot be read, which a test excludes.
pub(crate) fn all() -> Result<Vec<Pack>, toml::de::Error> {
    let shared: Shared = toml::from_str(SHARED)?;
    FILES.into_iter().map(|(slug, file)| Ok(Pack::new(slug, toml::from_str(file)?, &shared))).collect()
}

fn message() -> Trigger {
    Trigger::Message
}

impl Pack {
    fn new(slug: &'static str, trade: Trade, shared: &Shared) -> Self {
        let known = |origin: &'static str| move |rule: PackRule| (format!("{origin}/{}", rule.key), rule);
        let mut articles = shared.articles.clone();
        articles.extend(trade.articles);
        Self {
            slug,
            name: trade.name,
            hours: trade.hours,
            replies: trade.reply.into_iter().chain(shared.reply.clone()).collect(),
            rules: (trade.rule.into_iter().map(known(slug)))
                .chain(shared.rule.iter().cloned().map(known(EVERY_TRADE)))
                .collect(),
            greeting: shared.greeting.clone(),
            farewell: shared.farewell.clone(),
            articles,
        }
    }

    /// The texts of a reply. Articles bear the names of a shop of the language `home`, in every text: they are the shop's.
    pub fn texts(&self, reply: &Reply, home: &str) -> Vec<Text> {
        let mut texts = Vec::with_capacity(2 * LANGUAGES.len());
        for (place, language) in LANGUAGES.into_iter().enumerate() {
            let sentences = self.with_articles(reply.text.of(language), place, home);
            let text = |medium: &str, text: String| Text {
                language: language.to_owned(),
                medium: medium.to_owned(),
                text,
            };
            if reply.plain {
                texts.push(text("", sentences));
                continue;
            }
            let (greeting, farewell) = (self.greeting.of(language), self.farewell.of(language));
            texts.push(text("", format!("{greeting}\n\n{sentences}\n\n{farewell}")));
            // One letter outside the small alphabet of text messages doubles what they cost.
            texts.push(text(SHORT, sentences.replace('’', "'")));
        }
        texts
    }

    /// `place`: of the text's language.
    fn with_articles(&self, text: &str, place: usize, home: &str) -> String {
        let word = ARTICLE_WORDS.get(place).copied().unwrap_or("article");
        self.articles.iter().fold(text.to_owned(), |text, (key, name)| {
            text.replace(&format!("{{{{article:{key}|"), &format!("{{{{{word}:{}|", name.of(home)))
        })
    }
}

impl PackRule {
    /// The rule for a shop of a language. `reply`: how the shop calls the standard reply that it names.
    pub fn made(&self, language: &str, reply: Option<&str>) -> Rule {
        let answer =
            |name: &str| Action::Answer(Answer { reply: Some(name.to_owned()), ..Answer::default() });
        let task = |text: &Said| Action::Task { text: text.of(language).to_owned(), due: Due::default() };
        Rule {
            name: self.name.of(language).to_owned(),
            mode: Mode::Suggest,
            max_age_minutes: MAX_AGE_MINUTES,
            valid_from: None,
            valid_until: None,
            stop: self.stop,
            when: self.when.clone(),
            condition: self.condition.clone(),
            then: reply.map(answer).into_iter().chain(self.task.as_ref().map(task)).collect(),
        }
    }
}
