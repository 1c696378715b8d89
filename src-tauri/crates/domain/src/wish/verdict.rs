//! From what the clauses say to one wish.

use super::ask::Ask;
use super::clause;
use super::lexicon::{self, LANGUAGES};
use super::reading::{Implied, Mention, Reading, Stand};
use super::tag::*;
use super::text::{self, Raw, Token};
use super::{Scope, Wish, body};
use crate::medium::Medium;

/// Channels that `here` can mean.
const HERE_WAYS: [&str; 5] = ["sms", "whatsapp", "email", "telegram", "phone"];

/// The customer in a note of the shop.
const CALLERS: [&str; 7] = ["kunde", "kundin", "customer", "client", "cliente", "anrufer", "anruferin"];
/// Ways that no shop answers by here. Beside another one they count for nothing: that one can be heeded.
const UNUSUAL: [&str; 3] = ["fax", "signal", "threema"];

/// Reads a text in the language that knows most of its words; where several know equally many, the first that finds something.
pub(super) fn read(text: &str, came_by: &str) -> Wish {
    let body = body::of(text);
    let words = text::words(text, &body.written);
    let scores = LANGUAGES.map(|language| text::known(&words, lexicon::of(language)));
    let best = scores.iter().copied().max().unwrap_or(0);
    let mut found = Wish::default();
    for (language, score) in LANGUAGES.into_iter().zip(scores) {
        if score == best && found.scope.is_none() {
            let mut tokens = text::tokens(&words, lexicon::of(language), language, text);
            let note = matches!(came_by, "phone" | "phone-note" | "in_person");
            if note {
                // Whom the shop calls so in its own notes is the one who called.
                let caller = |token: &&mut Token| CALLERS.contains(&token.key.as_str());
                tokens.iter_mut().filter(caller).for_each(|token| token.tags = (token.tags & !THIRD) | HE);
                tokens.iter_mut().filter(|token| token.is(HE)).for_each(|token| token.tags |= ME);
            }
            let clauses = clause::clauses(&mut tokens);
            let reading = Reading::new(tokens, clauses, note);
            found = Verdict { reading: &reading, text, words: &words, mentions: mentions(&reading, came_by) }
                .wish();
        }
    }
    found
}

/// All mentions with their stand.
fn mentions(reading: &Reading, came_by: &str) -> Vec<Mention> {
    let here = HERE_WAYS.into_iter().find(|way| !reading.note && came_by.starts_with(way));
    let mut mentions = reading.mentions(here);
    let stands: Vec<Stand> = mentions.iter().map(|mention| reading.stand(mention, &mentions)).collect();
    for (mention, stand) in mentions.iter_mut().zip(stands) {
        mention.stand = stand;
    }
    mentions
}

/// One reading on its way to a wish.
pub(super) struct Verdict<'a> {
    pub reading: &'a Reading,
    pub text: &'a str,
    pub words: &'a [Raw],
    pub mentions: Vec<Mention>,
}

impl Verdict<'_> {
    fn wish(&self) -> Wish {
        let mentions = &self.mentions;
        let refused: Vec<&Mention> = mentions
            .iter()
            .filter(|mention| matches!(mention.stand, Stand::Refused | Stand::Hopeless))
            .collect();
        let asked: Vec<(&Mention, Ask)> = mentions
            .iter()
            .filter(|mention| mention.stand == Stand::Open)
            .map(|mention| (mention, self.reading.ask(mention, mentions)))
            .filter(|(_, ask)| *ask != Ask::No)
            .collect();
        self.put_together(&asked, &refused)
    }

    fn put_together(&self, asked: &[(&Mention, Ask)], refused: &[&Mention]) -> Wish {
        let withdrawn = self.reading.clauses.iter().any(|clause| clause.is(WITHDRAWN));
        let chosen = self.choose(asked).filter(|_| !withdrawn);
        let mut negated: Vec<&'static str> = Vec::new();
        for mention in refused {
            let wished = chosen.is_some_and(|(chosen, _)| chosen.way == mention.way);
            if !wished && !negated.contains(&mention.way) {
                negated.push(mention.way);
            }
        }
        let only_written = chosen.is_none() && negated.is_empty() && self.only_written().is_some();
        if only_written {
            negated.push("phone");
        }
        if chosen.is_none() && negated.is_empty() {
            return Wish::default();
        }
        let mut parts: Vec<usize> = refused.iter().map(|mention| mention.clause).collect();
        parts.extend(chosen.map(|(mention, _)| mention.clause));
        parts.extend(self.only_written().filter(|_| only_written));
        let new_address = chosen.and_then(|(mention, _)| self.address(mention));
        let conflict = refused.iter().any(|mention| {
            chosen.is_some_and(|(chosen, _)| {
                chosen.way == mention.way && !self.is_contrast(mention.clause, chosen.clause)
            })
        });
        let sentence =
            |mention: &Mention| self.reading.clauses.get(mention.clause).map(|clause| clause.sentence);
        let several = asked.iter().any(|(mention, _)| {
            chosen
                .is_some_and(|(chosen, _)| chosen.way != mention.way && sentence(chosen) != sentence(mention))
        });
        let open = |mention: &&Mention| {
            mention.stand == Stand::Open && !refused.iter().any(|other| other.way == mention.way)
        };
        let answered = self.hints_at_more(refused);
        let doubtful = chosen.is_none() && answered
            || chosen.is_none() && self.mentions.iter().any(|mention| open(&mention));
        // Somebody else in the sentence, and no `mir`: perhaps the wish is theirs.
        let others = if self.reading.note { THIRD } else { THIRD | HE };
        let theirs = chosen
            .and_then(|(mention, _)| self.reading.clauses.get(mention.clause))
            .is_some_and(|clause| !clause.is(ME) && self.reading.sentence(clause.sentence) & others != 0);
        // A refusal among goods and devices may speak of those.
        let of_things = chosen.is_none()
            && refused
                .iter()
                .filter_map(|mention| self.reading.clauses.get(mention.clause))
                .any(|clause| clause.is(GOODS | MATTER | DEVICE | TITLE | BOOK));
        let doubtful = doubtful || theirs || of_things || self.names_a_place(chosen, new_address.is_some());
        // `Rufen Sie nicht mehr auf der Arbeit an`: a number or a time is refused, perhaps the way as well.
        let partly = chosen.is_some_and(|(mention, _)| {
            let clause = self.reading.clauses.get(mention.clause);
            mention.verb
                && clause.is_some_and(|clause| clause.is(NOT | NEVER) && !clause.is(VERSUS | ONLY | WAIVE))
        });
        let doubtful = doubtful || partly || self.is_perhaps_a_reproach(chosen.is_some(), refused);
        let sure =
            !doubtful && !conflict && !several && !withdrawn && chosen.is_none_or(|(_, ask)| ask == Ask::Own);
        Wish {
            kind: chosen.map(|(mention, _)| Medium::new(mention.way)),
            negated: negated.into_iter().map(Medium::new).collect(),
            scope: Some(if self.lasts(&parts, refused) { Scope::Always } else { Scope::ThisTime }),
            conditional: parts.iter().any(|&part| self.is_conditional(part)),
            evidence: self.evidence(&parts, chosen.map(|(mention, _)| mention), new_address.as_ref()),
            new_address: new_address.and_then(|range| self.text.get(range)).map(str::to_owned),
            sure,
        }
    }

    /// `Sie gehen ja nie ans Telefon`, `don't call before ten`: said of the shop or of a time, and perhaps no refusal of the way.
    fn is_perhaps_a_reproach(&self, wished: bool, refused: &[&Mention]) -> bool {
        const NOBODY: [&str; 6] = ["niemand", "keiner", "nobody", "personne", "nessuno", "noone"];
        let of_customer = ME | I | PLEASE | PREFER | WANT | MORE;
        !wished
            && refused.iter().any(|mention| {
                let Some(clause) = self.reading.clauses.get(mention.clause) else { return false };
                let nobody =
                    self.reading.of_clause(clause).iter().any(|token| NOBODY.contains(&token.key.as_str()));
                let timed = self.reading.behind(clause, mention.token).is_some_and(|next| next.is(TIME));
                let never = clause.is(NEVER | SELDOM) && clause.is(YOU | YOU_OBJECT | HE);
                timed || (nobody || never) && !clause.is(of_customer)
            })
    }

    /// Beside a refusal there are words that may be a wish which was not understood: then the refusal alone is not all.
    fn hints_at_more(&self, refused: &[&Mention]) -> bool {
        let addressed =
            self.reading.tokens.iter().any(|token| token.is(EMAIL_ADDRESS | PHONE_NUMBER | HANDLE));
        addressed
            || self.reading.clauses.iter().enumerate().any(|(index, clause)| {
                let asks = clause.is(ANSWER | REPLY | CALL) && clause.is(PLEASE | PREFER | SUFFICES | ONLY);
                let hints = clause.is(PREFER | SUFFICES | HERE | PLACE | CHANNEL);
                !refused.iter().any(|mention| mention.clause == index)
                    && (asks || hints)
                    && !clause.question
                    && !clause.is(PAST)
            })
    }

    /// An address stands in the text and was not understood as the one to answer: perhaps it is. Of a letter any figure may
    /// be part of one: the house, the postcode.
    fn names_a_place(&self, chosen: Option<(&Mention, Ask)>, understood: bool) -> bool {
        let Some((mention, _)) = chosen.filter(|_| !understood) else { return false };
        let wanted = match mention.way {
            "post" => {
                return self
                    .words
                    .iter()
                    .filter_map(|word| self.text.get(word.range.clone()))
                    .any(|word| word.contains(|c: char| c.is_ascii_digit()));
            }
            "email" => EMAIL_ADDRESS,
            "phone" | "sms" | "whatsapp" => PHONE_NUMBER,
            _ => HANDLE,
        };
        self.reading.tokens.iter().any(|token| token.is(wanted))
    }

    /// `nicht auf dem Handy, sondern auf dem Festnetz`.
    fn is_contrast(&self, refused: usize, wished: usize) -> bool {
        let clause = self.reading.clauses.get(wished);
        let first = clause.and_then(|clause| self.reading.tokens.get(clause.tokens.start));
        wished == refused + 1 && first.is_some_and(|first| first.is(BREAK))
    }

    /// The preferred one, else the first that holds in any case, else the first.
    fn choose<'m>(&self, asked: &[(&'m Mention, Ask)]) -> Option<(&'m Mention, Ask)> {
        let clause = |mention: &Mention| self.reading.clauses.get(mention.clause);
        let named = |mention: &Mention| mention.implied == Implied::No;
        // `de vive voix, rappelez-moi`: by voice, and by telephone.
        let called = asked.iter().any(|(mention, _)| mention.way == "phone");
        let usual = asked.iter().any(|(mention, _)| !UNUSUAL.contains(&mention.way));
        let asked: Vec<&(&'m Mention, Ask)> = asked
            .iter()
            .filter(|(mention, _)| !(called && mention.way == "in_person"))
            .filter(|(mention, _)| !(usual && UNUSUAL.contains(&mention.way)))
            .collect();
        let certain = |mention: &Mention| !self.is_conditional(mention.clause);
        asked
            .iter()
            .find(|(mention, _)| {
                certain(mention) && named(mention) && clause(mention).is_some_and(|clause| clause.is(PREFER))
            })
            .or_else(|| asked.iter().find(|(mention, _)| certain(mention)))
            .or_else(|| asked.first())
            .map(|found| **found)
    }

    /// The clause that wants writing and nothing else.
    fn only_written(&self) -> Option<usize> {
        self.reading.clauses.iter().position(|clause| {
            clause.is(WRITTEN) && clause.is(ONLY) && !clause.question && !clause.is(PAST_AUX)
        })
    }
}
