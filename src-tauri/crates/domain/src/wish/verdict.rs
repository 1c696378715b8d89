//! From what the clauses say to one wish.

use std::ops::Range;

use super::ask::Ask;
use super::lexicon::{self, LANGUAGES};
use super::reading::{Implied, Mention, Reading, Stand};
use super::tag::*;
use super::text::{self, Clause, Raw};
use super::{Scope, Wish, address, body};
use crate::medium::Medium;

/// Channels that `here` can mean.
const HERE_WAYS: [&str; 5] = ["sms", "whatsapp", "email", "telegram", "phone"];
/// So many other words may stand in a sentence that only gives an address.
const WORDS_BESIDE_ADDRESS: usize = 8;

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
            let clauses = text::clauses(&mut tokens);
            let note = matches!(came_by, "phone" | "phone-note" | "in_person");
            if note {
                tokens.iter_mut().filter(|token| token.is(HE)).for_each(|token| token.tags |= ME);
            }
            let reading = Reading { tokens, clauses, note };
            found = Verdict { reading: &reading, text, words: &words, mentions: mentions(&reading, came_by) }.wish();
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

struct Verdict<'a> {
    reading: &'a Reading,
    text: &'a str,
    words: &'a [Raw],
    mentions: Vec<Mention>,
}

impl Verdict<'_> {
    fn wish(&self) -> Wish {
        let mentions = &self.mentions;
        let refused: Vec<&Mention> =
            mentions.iter().filter(|mention| matches!(mention.stand, Stand::Refused | Stand::Hopeless)).collect();
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
            chosen.is_some_and(|(chosen, _)| chosen.way == mention.way && !self.is_contrast(mention.clause, chosen.clause))
        });
        let several = asked.iter().any(|(mention, _)| chosen.is_some_and(|(chosen, _)| chosen.way != mention.way && chosen.clause != mention.clause));
        let open = |mention: &&Mention| mention.stand == Stand::Open && !refused.iter().any(|other| other.way == mention.way);
        let answered = self.reading.clauses.iter().enumerate().any(|(index, clause)| {
            !refused.iter().any(|mention| mention.clause == index)
                && clause.is(ANSWER | REPLY | CALL)
                && clause.is(PLEASE | PREFER | SUFFICES | ONLY)
                && !clause.question
                && !clause.is(PAST)
        });
        let doubtful = chosen.is_none() && answered || chosen.is_none() && self.mentions.iter().any(|mention| open(&mention));
        let sure = !doubtful && !conflict && !several && !withdrawn && chosen.is_none_or(|(_, ask)| ask == Ask::Own);
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
        let asked: Vec<&(&'m Mention, Ask)> =
            asked.iter().filter(|(mention, _)| !(called && mention.way == "in_person")).collect();
        let certain = |mention: &Mention| !self.is_conditional(mention.clause);
        asked
            .iter()
            .find(|(mention, _)| certain(mention) && named(mention) && clause(mention).is_some_and(|clause| clause.is(PREFER)))
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

    /// A lasting word on the wish or the refusal; a bare `nie` in the reason why a channel does not work is none.
    fn lasts(&self, parts: &[usize], refused: &[&Mention]) -> bool {
        let lasting = |clause: &Clause, reason: bool| {
            let denied = clause.is(NOT | NO | NEVER | REFUSE);
            !clause.is(STILL)
                && (clause.is(LASTING) || !reason && clause.is(NEVER) || denied && clause.is(MORE))
        };
        let reason = |part: usize| {
            refused.iter().any(|mention| mention.clause == part && mention.stand == Stand::Hopeless)
        };
        let clauses = &self.reading.clauses;
        let own = parts.iter().any(|&part| clauses.get(part).is_some_and(|clause| lasting(clause, reason(part))));
        own || parts.iter().filter_map(|&part| clauses.get(part)).any(|part| {
            clauses.iter().any(|clause| {
                clause.sentence == part.sentence
                    && clause.tokens != part.tokens
                    && !clause.is(STILL)
                    && (clause.is(LASTING) && clause.tokens.len() <= 6 && !clause.is(I)
                        || clause.is(NEVER) && clause.is(SENSE) && part.is(NO | NEITHER))
            })
        })
    }

    /// Whether the wish in a clause holds only in an uncertain case.
    fn is_conditional(&self, part: usize) -> bool {
        let clauses = &self.reading.clauses;
        let Some(wish) = clauses.get(part) else { return false };
        clauses.iter().enumerate().filter(|(_, clause)| clause.sentence == wish.sentence).any(|(index, clause)| {
            let first = self.reading.tokens.get(clause.tokens.start);
            let tokens = self.reading.of_clause(clause);
            let begins = first.is_some_and(|first| first.is(CONDITION | IF));
            let within = tokens.iter().skip(1).any(|token| {
                token.is(CONDITION | IF) && !matches!(token.key.as_str(), "sollte" | "sollten") && !token.is(MODAL)
            });
            if !begins && !within || clause.is(POLITE_IF) {
                return false;
            }
            // A condition that hangs on the clause before it does not hold for the one behind it.
            let hangs = first.is_some_and(|first| first.gap == text::Gap::None) && index > 0;
            if index < part && hangs {
                return false;
            }
            let near = index == part || index + 1 == part || index == part + 1 || begins && index < part;
            near && self.is_uncertain(clause, index, part)
        })
    }

    fn is_uncertain(&self, clause: &Clause, index: usize, part: usize) -> bool {
        let tokens = self.reading.of_clause(clause);
        let first = tokens.iter().find(|token| token.is(CONDITION | IF));
        let Some(first) = first else { return false };
        let text = self.text.get(first.range.clone()).unwrap_or_default().to_lowercase();
        let wish = self.reading.clauses.get(part);
        let doubt = clause.is(UNCERTAIN);
        // `Let me know by text if it is ready` asks whether.
        let tells = wish.is_some_and(|wish| wish.is(TELL | REPLY) && !wish.is(ONLY));
        let whether = ["if", "si", "se", "s"].iter().any(|word| {
            text.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\'', '’']))
        });
        if index > part && whether && tells && !doubt {
            return false;
        }
        // `Es wäre nett, wenn Sie mich anrufen könnten`: the wish itself.
        let before = part.checked_sub(1).and_then(|at| self.reading.clauses.get(at));
        let polite = before.is_some_and(|before| before.sentence == clause.sentence && before.is(SUFFICES | PREFER | WANT | PLEASE));
        if index == part && polite && first.is(IF) && clause.is(ME | YOU) {
            return false;
        }
        if first.is(CONDITION) {
            return true;
        }
        if whether && index < part {
            return true;
        }
        let ready = clause.is(READY | PARTICIPLE) || clause.is(I) && !clause.is(HAVE);
        doubt || !ready
    }

    /// The address that the wish names, in its sentence, in one beside it that says little else, or where it points.
    fn address(&self, wish: &Mention) -> Option<Range<usize>> {
        let clause = self.reading.clauses.get(wish.clause)?;
        let wanted = match wish.way {
            "phone" | "sms" | "whatsapp" => PHONE_NUMBER,
            "email" => EMAIL_ADDRESS,
            "telegram" => HANDLE | PHONE_NUMBER,
            "post" => return self.postal(clause.sentence),
            _ => return None,
        };
        let place = self.reading.token(wish.token)?.range.start;
        let of_sentence = |sentence: usize| {
            let clauses = self.reading.clauses.iter().filter(move |clause| clause.sentence == sentence);
            clauses
                .flat_map(|clause| self.reading.of_clause(clause))
                .filter(|token| token.is(wanted))
                .map(|token| token.range.clone())
                .min_by_key(|range| range.start.abs_diff(place))
        };
        if let Some(found) = of_sentence(clause.sentence) {
            return Some(found);
        }
        let brief = |sentence: usize| {
            let tokens = self.reading.clauses.iter().filter(|clause| clause.sentence == sentence);
            let words: usize = tokens.map(|clause| clause.tokens.len()).sum();
            let tokens = self.reading.clauses.iter().filter(|clause| clause.sentence == sentence);
            let named = tokens.flat_map(|clause| self.reading.of_clause(clause)).any(|token| {
                let word = self.text.get(token.range.clone()).unwrap_or_default();
                token.tags == 0 && word.starts_with(char::is_uppercase)
            });
            words <= WORDS_BESIDE_ADDRESS && !named && self.reading.sentence(sentence) & (I | PAST_AUX | MATTER) == 0
        };
        let beside = [clause.sentence + 1, clause.sentence.wrapping_sub(1)];
        let found = beside.into_iter().filter(|&sentence| brief(sentence)).find_map(of_sentence);
        found.or_else(|| self.pointed_at(clause.sentence, wanted))
    }

    /// `Nummer unten`: the first address behind the wish, in the signature too.
    fn pointed_at(&self, sentence: usize, wanted: Tags) -> Option<Range<usize>> {
        let near = |other: usize| other == sentence || other == sentence + 1;
        let points = self.reading.clauses.iter().any(|clause| near(clause.sentence) && clause.is(POINTER));
        let behind = self.words.last().filter(|_| points).map_or(0, |_| self.place(sentence));
        if !points {
            return None;
        }
        let below = self.text.get(behind..)?;
        let found = address::find(below).into_iter().find(|found| found.tag & wanted != 0)?;
        Some(found.range.start + behind..found.range.end + behind)
    }

    fn place(&self, sentence: usize) -> usize {
        let first = self.reading.clauses.iter().find(|clause| clause.sentence == sentence);
        first.and_then(|clause| self.reading.tokens.get(clause.tokens.start)).map_or(0, |token| token.range.start)
    }

    /// A postal address in the sentence of the wish or the one behind it.
    fn postal(&self, sentence: usize) -> Option<Range<usize>> {
        let start = self.place(sentence);
        let end = self
            .reading
            .clauses
            .iter()
            .filter(|clause| clause.sentence <= sentence + 1)
            .filter_map(|clause| self.reading.tokens.get(clause.tokens.end.checked_sub(1)?))
            .map(|token| token.range.end)
            .max()?;
        let found = address::postal(self.text.get(start..end)?)?;
        Some(found.start + start..found.end + start)
    }

    /// The clauses that carry wish and refusal, as one range if they are near each other, else the wish alone.
    fn evidence(&self, parts: &[usize], wish: Option<&Mention>, address: Option<&Range<usize>>) -> Option<Range<usize>> {
        let clause = |part: &usize| {
            let clause = self.reading.clauses.get(*part)?;
            let tokens = self.reading.of_clause(clause);
            Some((clause.sentence, tokens.first()?.range.start..tokens.last()?.range.end))
        };
        let (sentence, mut range) = match wish {
            Some(wish) => clause(&wish.clause)?,
            None => parts.iter().find_map(clause)?,
        };
        for (other, part) in parts.iter().filter_map(clause) {
            if other.abs_diff(sentence) <= 1 {
                range = range.start.min(part.start)..range.end.max(part.end);
            }
        }
        if let Some(address) = address.filter(|address| address.start.abs_diff(range.end) < 80) {
            range = range.start.min(address.start)..range.end.max(address.end);
        }
        Some(range)
    }
}
