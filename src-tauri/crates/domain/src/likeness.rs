//! Whether two answers that people wrote say the same: for noticing that the shop writes one answer again and again.
//!
//! Compared are the words, without greeting, closing, names, numbers and times, which differ from customer to customer.
//! Half of all words in common, counted once each, is the same answer in other clothes; measured on answers in four
//! languages in the tests below. Not here: where answers come from, and what is proposed.

use std::collections::BTreeSet;

use crate::{fold, quote};

/// Shorter ones say too little to be proposed.
const WORDS_MIN: usize = 4;
/// Share of common words among all words of both, in percent.
const ALIKE_PERCENT: usize = 50;
/// Words that greet, close or name: of no weight.
const COURTESY: [&str; 60] = [
    "guten",
    "tag",
    "hallo",
    "liebe",
    "lieber",
    "sehr",
    "geehrte",
    "geehrter",
    "herr",
    "frau",
    "morgen",
    "abend",
    "moin",
    "gruezi",
    "servus",
    "freundliche",
    "freundlichen",
    "gruesse",
    "gruessen",
    "gruss",
    "viele",
    "beste",
    "besten",
    "liebe",
    "mfg",
    "lg",
    "vg",
    "mit",
    "ihr",
    "ihre",
    "team",
    "danke",
    "dank",
    "vielen",
    "dear",
    "hello",
    "hi",
    "kind",
    "best",
    "regards",
    "thanks",
    "thank",
    "bonjour",
    "madame",
    "monsieur",
    "cordialement",
    "salutations",
    "meilleures",
    "merci",
    "buongiorno",
    "gentile",
    "signora",
    "signor",
    "cordiali",
    "saluti",
    "distinti",
    "grazie",
    "bonsoir",
    "salut",
    "ciao",
];

/// The words of an answer that carry its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print(BTreeSet<String>);

impl Print {
    /// Of an answer; `None` if it says too little.
    pub fn of(text: &str) -> Option<Self> {
        let own = quote::reply_text(text);
        let folded = fold::key(own);
        let carries = |word: &&str| {
            !word.chars().any(|c| c.is_ascii_digit()) && word.chars().count() > 1 && !COURTESY.contains(word)
        };
        let words: BTreeSet<String> =
            folded.split(|c: char| !c.is_alphanumeric()).filter(carries).map(str::to_owned).collect();
        (words.len() >= WORDS_MIN).then_some(Self(words))
    }

    /// How much two have in common, in percent of all their words.
    pub fn shared_percent(&self, other: &Self) -> usize {
        let shared = self.0.intersection(&other.0).count();
        let all = self.0.len() + other.0.len() - shared;
        (shared * 100).checked_div(all).unwrap_or(0)
    }

    /// Whether they say the same.
    pub fn is_like(&self, other: &Self) -> bool {
        self.shared_percent(other) >= ALIKE_PERCENT
    }
}

/// The place of the one that is most like all the others; `None` for none.
pub fn middle(prints: &[Print]) -> Option<usize> {
    let sum = |print: &Print| prints.iter().map(|other| print.shared_percent(other)).sum::<usize>();
    (0..prints.len()).max_by_key(|place| prints.get(*place).map_or(0, sum))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARKING: [&str; 6] = [
        "Guten Tag Frau Berger, Sie können kostenlos im Hof hinter dem Laden parken. Freundliche Grüße, Ihr Team",
        "Hallo Herr Kunz, kostenlos parken können Sie bei uns im Hof hinter dem Laden. Viele Grüße",
        "Sie können im Hof hinter dem Laden kostenlos parken, die Einfahrt ist bei Nummer 12.",
        "Grüezi, parken können Sie kostenlos hinter dem Laden im Hof. LG",
        "Liebe Frau Aydin, hinter dem Laden im Hof können Sie kostenlos parken. Mit freundlichen Grüssen",
        "Sie können kostenlos im Hof parken, gleich hinter dem Laden. Bis 18:30!",
    ];

    #[test]
    fn one_answer_in_other_clothes_is_found_and_another_is_not() {
        let prints: Vec<Print> = PARKING.iter().map(|text| Print::of(text).unwrap()).collect();
        for (one, first) in PARKING.iter().zip(&prints) {
            for (other, second) in PARKING.iter().zip(&prints) {
                assert!(first.is_like(second), "{one}\n{other}: {}", first.shared_percent(second));
            }
        }
        for text in [
            "Guten Tag Frau Berger, Ihr Fahrrad ist fertig und kann abgeholt werden. Freundliche Grüße",
            "Der Laden bleibt am Montag wegen Inventur geschlossen. Viele Grüße, Ihr Team",
            "You can park for free in the yard behind the shop.",
            "Leider haben wir keine Parkplätze für Wohnmobile.",
        ] {
            let other = Print::of(text).unwrap();
            assert!(prints.iter().all(|print| !print.is_like(&other)), "{text}");
        }
        assert!(middle(&prints).is_some());
        assert_eq!(Print::of("Ja gern!"), None);
    }
}
