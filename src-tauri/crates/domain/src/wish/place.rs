//! Where things stand: the address that a wish names, and the words that are its evidence.

use std::ops::Range;

use super::address;
use super::reading::Mention;
use super::tag::*;
use super::verdict::Verdict;

/// So many other words may stand in a sentence that only gives an address.
const WORDS_BESIDE_ADDRESS: usize = 8;

impl Verdict<'_> {
    /// The address that the wish names, in its sentence, in one beside it that says little else, or where it points.
    pub(super) fn address(&self, wish: &Mention) -> Option<Range<usize>> {
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
            let clauses = self.reading.clauses_of(sentence).iter();
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
            let tokens = self.reading.clauses_of(sentence).iter();
            let words: usize = tokens.map(|clause| clause.tokens.len()).sum();
            let tokens = self.reading.clauses_of(sentence).iter();
            let named = tokens.flat_map(|clause| self.reading.of_clause(clause)).any(|token| {
                let word = self.text.get(token.range.clone()).unwrap_or_default();
                token.tags == 0 && word.starts_with(char::is_uppercase)
            });
            words <= WORDS_BESIDE_ADDRESS
                && !named
                && self.reading.sentence(sentence) & (I | PAST_AUX | MATTER) == 0
        };
        if self.points_back(clause.sentence)
            && let Some(found) = clause.sentence.checked_sub(1).and_then(of_sentence)
        {
            return Some(found);
        }
        let beside = [clause.sentence + 1, clause.sentence.wrapping_sub(1)];
        let found = beside.into_iter().filter(|&sentence| brief(sentence)).find_map(of_sentence);
        found.or_else(|| self.pointed_at(clause.sentence, wanted))
    }

    /// `Meine Nummer ist …. Bitte dort anrufen.`
    pub(super) fn points_back(&self, sentence: usize) -> bool {
        const BACK: [&str; 10] =
            ["darauf", "dort", "dorthin", "dahin", "darunter", "daran", "there", "la", "li", "drauf"];
        let clauses = self.reading.clauses_of(sentence).iter();
        clauses
            .flat_map(|clause| self.reading.of_clause(clause))
            .any(|token| BACK.contains(&token.key.as_str()))
    }

    /// `Nummer unten`: the first address behind the wish, in the signature too.
    pub(super) fn pointed_at(&self, sentence: usize, wanted: Tags) -> Option<Range<usize>> {
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

    pub(super) fn place(&self, sentence: usize) -> usize {
        let first = self.reading.clauses_of(sentence).first();
        first
            .and_then(|clause| self.reading.tokens.get(clause.tokens.start))
            .map_or(0, |token| token.range.start)
    }

    /// A postal address in the sentence of the wish, or in one behind it that says it is one.
    pub(super) fn postal(&self, sentence: usize) -> Option<Range<usize>> {
        let start = self.place(sentence);
        let end = self
            .reading
            .clauses
            .iter()
            .filter(|clause| {
                clause.sentence == sentence || clause.sentence == sentence + 1 && clause.is(LABEL | POINTER)
            })
            .filter_map(|clause| self.reading.tokens.get(clause.tokens.end.checked_sub(1)?))
            .map(|token| token.range.end)
            .max()?;
        let found = address::postal(self.text.get(start..end)?)?;
        Some(found.start + start..found.end + start)
    }

    /// The clauses that carry wish and refusal, as one range if they are near each other, else the wish alone.
    pub(super) fn evidence(
        &self,
        parts: &[usize],
        wish: Option<&Mention>,
        address: Option<&Range<usize>>,
    ) -> Option<Range<usize>> {
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
