//! Tokens cut into clauses: at commas, dashes and brackets, before conjunctions, and before an `und` that joins two verbs.

use std::ops::Range;

use super::tag::*;
use super::text::{Gap, Token};

/// Longest sentence in tokens; what goes on without a full stop is cut here, so that time stays in proportion.
const LONGEST: usize = 200;

/// A clause: its tokens and all that they mean together.
#[derive(Debug, Clone)]
pub(super) struct Clause {
    pub tokens: Range<usize>,
    pub tags: Tags,
    pub sentence: usize,
    /// Whether its sentence is a question.
    pub question: bool,
}

impl Clause {
    pub fn is(&self, tags: Tags) -> bool {
        self.tags & tags != 0
    }
}

/// Cuts tokens into clauses and joins separable verbs.
pub(super) fn clauses(tokens: &mut [Token]) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let (mut sentence, mut sentence_start) = (0, 0);
    let mut start = 0;
    for at in 0..tokens.len() {
        let long = at - sentence_start >= LONGEST;
        let new_sentence = at > 0 && (long || tokens.get(at).is_some_and(|token| token.gap == Gap::Sentence));
        if at > start && (new_sentence || begins_clause(tokens, start, at)) {
            clauses.push(Clause { tokens: start..at, tags: 0, sentence, question: false });
            start = at;
        }
        if new_sentence {
            sentence_start = at;
            sentence += 1;
        }
    }
    if start < tokens.len() {
        clauses.push(Clause { tokens: start..tokens.len(), tags: 0, sentence, question: false });
    }
    for at in 0..tokens.len() {
        join_particle(tokens, at);
    }
    for clause in &mut clauses {
        clause.tags = tokens
            .get(clause.tokens.clone())
            .unwrap_or_default()
            .iter()
            .fold(0, |all, token| all | token.tags);
    }
    for clause in &mut clauses {
        if clause.is(WOULD_BE) && clause.is(GOOD) {
            clause.tags |= SUFFICES;
        }
    }
    mark_questions(&mut clauses, tokens);
    clauses
}

fn mark_questions(clauses: &mut [Clause], tokens: &[Token]) {
    let asked: Vec<usize> = clauses
        .iter()
        .filter(|clause| {
            tokens.get(clause.tokens.clone()).unwrap_or_default().iter().any(|token| token.asked)
        })
        .map(|clause| clause.sentence)
        .collect();
    for clause in clauses {
        clause.question = asked.binary_search(&clause.sentence).is_ok();
    }
}

fn begins_clause(tokens: &[Token], start: usize, at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    if token.gap == Gap::Clause {
        return !token.is(THAT | PHONE_NUMBER | EMAIL_ADDRESS);
    }
    // `Mails aber bitte nicht`
    if matches!(token.key.as_str(), "aber" | "jedoch" | "pero") {
        return false;
    }
    if token.is(BREAK | IF | WHEN) || token.is(CONDITION) && !token.is(SHALL) {
        // `nur wenn` stays together.
        return !(at == start + 1 && tokens.get(start).is_some_and(|first| first.is(ONLY | AND | PREFER)));
    }
    let before = tokens.get(start..at).unwrap_or_default();
    let verb = before.iter().any(|token| token.is(CALL | ANSWER | STEM | REFUSE));
    if token.is(AND) {
        let after: Vec<&Token> = tokens
            .iter()
            .skip(at + 1)
            .take_while(|token| token.gap == Gap::None && !token.is(BREAK | IF | WHEN))
            .take(8)
            .collect();
        let negated = after.first().is_some_and(|next| next.is(NOT | NO) || next.is(ONLY));
        let verb_after = after.iter().any(|token| token.is(CALL | ANSWER | STEM));
        return negated || (verb && verb_after);
    }
    // `je passe a 17h vous me direz`
    let next_me = tokens.get(at + 1).is_some_and(|next| next.gap == Gap::None && next.is(ME));
    if token.is(YOU)
        && next_me
        && before.iter().any(|token| token.is(I))
        && !before.iter().any(|token| token.is(ME | THAT | MODAL | WANT | PREFER | SUFFICES))
    {
        return true;
    }
    // `appelez moi svp je conduis`: a new subject without a comma.
    let previous = before.last();
    token.is(I)
        && before.iter().any(|token| token.is(ME))
        && verb
        && previous.is_some_and(|previous| !previous.is(IF | THAT | MODAL | AND | WANT | PAST_AUX))
        && tokens.get(at + 1).is_some_and(|next| next.gap == Gap::None)
}

/// `rufen … an`: a stem with its particle is a verb of calling; so is one that a number or `mich` stands right behind.
fn join_particle(tokens: &mut [Token], at: usize) {
    let Some(stem) = tokens.get(at).filter(|token| token.is(STEM)) else { return };
    let follows =
        tokens.iter().skip(at + 1).take(14).take_while(|token| token.gap != Gap::Sentence && !token.is(STEM));
    let near: Vec<&Token> = follows.collect();
    let particle = near.iter().any(|token| token.is(PARTICLE));
    let called =
        near.iter().take(3).any(|token| token.is(ME)) && near.iter().any(|token| token.is(PHONE_NUMBER));
    let first = stem.key.ends_with('e') && !stem.key.starts_with("rue") && !stem.key.starts_with("luete");
    let infinitive = stem.key.ends_with("en");
    let Some(stem) = tokens.get_mut(at) else { return };
    if particle || called {
        stem.tags |= CALL | IMPERATIVE;
        if first {
            stem.tags |= FIRST;
        }
        if infinitive {
            stem.tags |= INFINITIVE;
        }
    } else {
        stem.way = None;
    }
}
