//! Other people in a clause: whose wish it is, and to whom the message would go.

use super::clause::Clause;
use super::reading::{Mention, Reading};
use super::tag::*;
use super::text::Gap;

/// Words behind which a text stands that is to be written somewhere.
const LABELS: [&str; 12] = [
    "text",
    "aufschrift",
    "beschriftung",
    "gravur",
    "spruch",
    "motto",
    "inschrift",
    "wording",
    "texte",
    "scritta",
    "testo",
    "inscription",
];

/// Things on which it is to be written.
const SURFACES: [&str; 12] = [
    "karte",
    "kaertchen",
    "torte",
    "kuchen",
    "schild",
    "etikett",
    "card",
    "cake",
    "carte",
    "gateau",
    "biglietto",
    "torta",
];

impl Reading {
    /// `Meine Oma sagt, Sie sollen anrufen`: somebody else's wish.
    pub(super) fn is_said_by_another(&self, clause: &Clause) -> bool {
        // `eine Karte mit dem Text: Ruf mich an!`
        let label = clause.tokens.start.checked_sub(1).filter(|_| !self.note).map_or("", |at| self.key(at));
        let article = clause.tokens.start.checked_sub(2).and_then(|at| self.token(at));
        // A card, a cake: what stands behind a colon is to be written on it.
        let first = self.token(clause.tokens.start);
        let on_it = SURFACES.contains(&label) && first.is_some_and(|first| first.gap != Gap::Sentence);
        if (LABELS.contains(&label) || on_it) && article.is_some_and(|article| article.is(DEFINITE)) {
            return true;
        }
        !self.note
            && self.clauses_of(clause.sentence).iter().any(|other| {
                (!clause.is(ME)
                    || other.tokens == clause.tokens && other.is(THIRD) && other.is(THAT | PREFER))
                    && other.tokens.start <= clause.tokens.start
                    && other.is(SAYS)
                    && !other.is(I)
                    && (other.is(THIRD | HE | PAST | PAST_AUX) || self.is_written_there(other))
            })
    }

    /// `Auf dem Zettel steht: bitte anrufen`.
    pub(super) fn is_written_there(&self, clause: &Clause) -> bool {
        const WRITTEN_THERE: [&str; 8] =
            ["steht", "stand", "heisst", "hiess", "says", "reads", "ecrit", "scritto"];
        self.of_clause(clause).iter().any(|token| WRITTEN_THERE.contains(&token.key.as_str()))
    }

    /// `Kann man per WhatsApp …?`, `si può … via mail?`: what the shop offers.
    pub(super) fn is_anybodys_question(&self, clause: &Clause) -> bool {
        const ANYBODY: [&str; 8] =
            ["man", "on peut", "peut on", "si puo", "puis je", "posso", "one", "faut il"];
        let begins = self.of_clause(clause).iter().any(|token| ANYBODY.contains(&token.key.as_str()));
        clause.question && begins && !clause.is(ME | TALK | HAVE)
    }

    /// `Frau Lerche möchte einen Rückruf`: a name before a verb of wishing, and no `ich`.
    pub(super) fn has_unknown_subject(&self, clause: &Clause) -> bool {
        !self.note
            && !clause.is(I | ME)
            && self.of_clause(clause).windows(2).any(|pair| match pair {
                [subject, verb] => subject.tags == 0 && subject.capital && verb.is(SAYS) && !verb.is(ME),
                _ => false,
            })
    }

    /// `Eine fremde Nummer ruft mich an`, `er schreibt mir`: a verb of the third person behind its subject.
    pub(super) fn somebody_does(&self, clause: &Clause) -> bool {
        if self.note || clause.is(PLEASE | SHALL) {
            return false;
        }
        let tokens = self.of_clause(clause);
        let verb = tokens.iter().position(|token| token.is(CALL | ANSWER) && token.is(IMPERATIVE));
        let Some(verb) = verb else { return false };
        let before = tokens.get(..verb).unwrap_or_default();
        let finite =
            tokens.get(verb).is_some_and(|token| token.key.ends_with('t') && token.way != Some("sms"));
        let subject = before
            .iter()
            .enumerate()
            .any(|(at, token)| token.is(THIRD | LABEL | GOODS) || token.tags == 0 && token.capital && at > 0);
        let pronoun = before.iter().rev().find(|token| !token.is(ME)).is_some_and(|token| token.is(HE));
        let modal = clause.is(MODAL | PASSIVE);
        pronoun && !modal || finite && subject && !modal && !before.iter().any(|token| token.is(YOU))
    }

    /// `Ich finde es nett, dass Sie mich immer anrufen`: said of what is, not of what shall be.
    pub(super) fn is_only_reported(&self, clause: &Clause) -> bool {
        let tokens = self.of_clause(clause);
        let Some(that) = tokens.iter().position(|token| token.is(THAT)) else { return false };
        let before = tokens.get(..that).unwrap_or_default();
        !before.iter().any(|token| {
            token.is(WANT | PREFER | PLEASE | SUFFICES | MODAL | SHALL | ASKED | CHANNEL | ANSWER | CALL)
        }) && !clause.is(PLEASE | PREFER)
            && before.len() != 1
    }

    /// `Kann man Ihnen eine SMS schreiben?`, `on peut vous joindre par mail ?`: a message to the shop.
    pub(super) fn is_to_the_shop(&self, clause: &Clause) -> bool {
        if clause.is(ME) || !clause.is(ANSWER | CALL | REACH) || clause.is(PLEASE) {
            return false;
        }
        let tokens = self.of_clause(clause);
        let object = tokens.iter().any(|token| token.is(YOU_OBJECT) || token.is(ENCLITIC) && token.is(YOU));
        let french = tokens.windows(2).any(|pair| match pair {
            [you, verb] => {
                matches!(you.key.as_str(), "vous" | "te")
                    && verb.is(INFINITIVE)
                    && verb.key.ends_with("re") | verb.key.ends_with("er")
            }
            _ => false,
        });
        let asks = tokens
            .iter()
            .any(|token| token.is(I) || token.key.split(' ').any(|word| matches!(word, "on" | "man" | "je")));
        object && !clause.is(WE | SUFFICES | PREFER) || french && asks && !clause.is(THAT)
    }

    /// Whether somebody else is named before the verb, as its subject.
    pub(super) fn third_is_subject(&self, clause: &Clause, mention: &Mention) -> bool {
        let is = |at: usize, tags: Tags| self.token(at).is_some_and(|token| token.is(tags));
        let verb = clause.tokens.clone().find(|&at| is(at, CALL | ANSWER)).unwrap_or(mention.token);
        (clause.tokens.start..verb).any(|at| is(at, THIRD | HE))
            && (!clause.is(PLEASE | SHALL) || clause.is(SAYS))
    }

    /// `Meine Tochter soll mich anrufen`.
    pub(super) fn is_my_third(&self, clause: &Clause) -> bool {
        const MINE: [&str; 16] = [
            "mein", "meine", "meiner", "meinem", "meinen", "unsere", "unserer", "my", "our", "mon", "ma",
            "mes", "mia", "mio", "miei", "sie",
        ];
        self.clauses_of(clause.sentence).iter().any(|other| {
            self.of_clause(other).windows(2).any(|pair| match pair {
                [mine, third] => third.is(THIRD) && MINE.contains(&mine.key.as_str()),
                _ => false,
            })
        })
    }
}
