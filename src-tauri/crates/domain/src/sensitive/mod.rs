//! Words after which no machine may answer: anger, insults, threats of law or police, death, illness, injury, medicine,
//! pregnancy, the rights over one's own data. In German, English, French and Italian.
//!
//! By words first, because each refusal must be explained by what was read; the classifier of `intent` adds what no word
//! says. When in doubt a text is sensitive: the harm of a person answering what a machine could have is small. Only calm
//! displeasure, food and access for wheelchairs, and the stock of a pharmacy are not meant.
//!
//! Not here: what follows (the guard), and what the customer wants.

use std::ops::Range;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::phrase::{Lexicon, tokens};

/// Why a text is sensitive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Open anger or insults.
    Anger,
    /// A threat with lawyers, courts, the police, the press.
    Law,
    /// Death and bereavement.
    Bereavement,
    /// Symptoms, injury, illness, medicine, pregnancy.
    Medical,
    /// A request about one's own data.
    DataProtection,
}

impl Kind {
    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Anger => "anger",
            Self::Law => "law",
            Self::Bereavement => "bereavement",
            Self::Medical => "medical",
            Self::DataProtection => "data_protection",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        let all = [Self::Anger, Self::Law, Self::Bereavement, Self::Medical, Self::DataProtection];
        all.into_iter().find(|kind| kind.word() == word)
    }
}

/// Words that make a text sensitive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Why.
    pub kind: Kind,
    /// The words as written.
    pub words: String,
    /// Where they stand, in bytes.
    pub range: Range<usize>,
}

static TABLES: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::parse(concat!(
        include_str!("de.txt"),
        "\n",
        include_str!("en.txt"),
        "\n",
        include_str!("fr.txt"),
        "\n",
        include_str!("it.txt"),
    ))
});

/// All sensitive words of a text, in its order. The text is taken as it is: leave quote and signature out before.
pub fn find(text: &str) -> Vec<Found> {
    let tokens = tokens(text);
    let hits = TABLES.find(&tokens);
    // A group `not` holds phrases that only look like it: what they cover does not count.
    let harmless: Vec<Range<usize>> = hits
        .iter()
        .filter(|hit| TABLES.names().get(hit.group).is_some_and(|name| name == "not"))
        .map(|hit| hit.tokens.clone())
        .collect();
    let mut found: Vec<Found> = Vec::new();
    for hit in hits {
        let covered = harmless.iter().any(|no| no.start <= hit.tokens.start && hit.tokens.end <= no.end);
        let kind = TABLES.names().get(hit.group).and_then(|name| Kind::parse(name));
        let ends = tokens.get(hit.tokens.start).zip(tokens.get(hit.tokens.end.saturating_sub(1)));
        let (Some(kind), Some((first, last)), false) = (kind, ends, covered) else { continue };
        let range = first.range.start..last.range.end;
        if found.iter().any(|known| known.kind == kind && known.range.end > range.start) {
            continue;
        }
        let words = text.get(range.clone()).unwrap_or_default().to_owned();
        found.push(Found { kind, words, range });
    }
    found
}

#[cfg(test)]
mod tests;
