//! One text read as one language: its clauses, and where channels are named in them.

use super::clause::Clause;
use std::ops::Range;

use super::tag::*;
use super::text::Token;

/// What the customer thinks of a channel that is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    /// Neither wished nor refused: the customer's own call, a thing of the past, a waiver.
    Nothing,
    /// Not refused; whether it is wished depends on how it is asked for.
    Open,
    /// Refused by a word of refusal.
    Refused,
    /// Refused by saying that it does not work.
    Hopeless,
}

/// A place where a channel is named.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mention {
    pub token: usize,
    pub clause: usize,
    pub way: &'static str,
    /// A verb such as `anrufen`, rather than a thing or a manner.
    pub verb: bool,
    /// Only meant: an address beside a word of answering, or `here`.
    pub implied: Implied,
    pub stand: Stand,
}

/// How a channel that is not named is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Implied {
    No,
    Here,
    Address,
}

/// Tokens and clauses of a text.
pub(super) struct Reading {
    pub tokens: Vec<Token>,
    pub clauses: Vec<Clause>,
    /// A note that the shop took of a call or a visit: the customer stands in it as a third person.
    pub note: bool,
    /// Where the clauses of each sentence are, and all that they mean.
    sentences: Vec<(Range<usize>, Tags)>,
}

impl Reading {
    pub fn new(tokens: Vec<Token>, clauses: Vec<Clause>, note: bool) -> Self {
        let mut sentences: Vec<(Range<usize>, Tags)> = Vec::new();
        for (index, clause) in clauses.iter().enumerate() {
            match sentences.get_mut(clause.sentence) {
                Some((range, tags)) => {
                    range.end = index + 1;
                    *tags |= clause.tags;
                }
                None => sentences.push((index..index + 1, clause.tags)),
            }
        }
        Self { tokens, clauses, note, sentences }
    }

    /// The clauses of a sentence.
    pub fn clauses_of(&self, sentence: usize) -> &[Clause] {
        let range = self.sentences.get(sentence).map_or(0..0, |(range, _)| range.clone());
        self.clauses.get(range).unwrap_or_default()
    }

    pub fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    pub fn key(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.key.as_str())
    }

    pub fn of_clause(&self, clause: &Clause) -> &[Token] {
        self.tokens.get(clause.tokens.clone()).unwrap_or_default()
    }

    /// All that the clauses of a sentence mean.
    pub fn sentence(&self, sentence: usize) -> Tags {
        self.sentences.get(sentence).map_or(0, |(_, tags)| *tags)
    }

    /// The token before, if it stands in the same clause.
    fn before(&self, clause: &Clause, at: usize) -> Option<&Token> {
        (at > clause.tokens.start).then(|| self.tokens.get(at - 1)).flatten()
    }

    /// The token behind, if it stands in the same clause.
    pub fn behind(&self, clause: &Clause, at: usize) -> Option<&Token> {
        (at + 1 < clause.tokens.end).then(|| self.tokens.get(at + 1)).flatten()
    }

    /// All mentions, in order, with their stand not yet known. `here` is the channel that the text came by.
    pub fn mentions(&self, here: Option<&'static str>) -> Vec<Mention> {
        let mut mentions = Vec::new();
        for (index, clause) in self.clauses.iter().enumerate() {
            let from = mentions.len();
            for at in clause.tokens.clone() {
                if let Some((way, verb)) = self.named(clause, at) {
                    let stand = Stand::Open;
                    mentions.push(Mention {
                        token: at,
                        clause: index,
                        way,
                        verb,
                        implied: Implied::No,
                        stand,
                    });
                }
            }
            // `persönlich am Telefon` is a call; `hier per SMS` is an SMS.
            let other = |mention: &Mention| mention.way != "in_person";
            if mentions.iter().skip(from).any(other) {
                let mut at = 0;
                mentions.retain(|mention| {
                    at += 1;
                    at <= from || other(mention)
                });
            }
            if mentions.len() == from
                && let Some(mention) = self.meant(clause, index, here)
            {
                mentions.push(mention);
            }
        }
        mentions
    }

    /// The channel that a token names, and whether as a verb.
    fn named(&self, clause: &Clause, at: usize) -> Option<(&'static str, bool)> {
        let token = self.token(at)?;
        let way = token.way?;
        if token.is(CALL) {
            return Some((way, !token.is(NOUN) || self.is_verb(clause, at)));
        }
        if token.is(PLACE) || way == "in_person" {
            return clause.is(TELL | TALK | REPLY | ANSWER).then_some((way, false));
        }
        if !token.is(NOUN | MANNER) {
            return None;
        }
        let label =
            self.tokens.get(at + 1).is_some_and(|next| next.is(LABEL) && next.gap == super::text::Gap::None);
        (!label || token.is(MANNER)).then_some((way, false))
    }

    /// `call` and its like are things behind an article and verbs beside a pronoun.
    fn is_verb(&self, clause: &Clause, at: usize) -> bool {
        let joined = self.token(at).is_some_and(|token| token.is(ENCLITIC));
        let behind = self
            .behind(clause, at)
            .is_some_and(|next| next.is(ME | YOU | PHONE_NUMBER | EMAIL_ADDRESS) || next.key == "back");
        let before = self.before(clause, at).is_none_or(|token| {
            token.is(I | YOU | PLEASE | MODAL | NOT | AND | BREAK | ONLY | NEED | SHALL | NEVER)
                || token.key == "to"
        });
        let article = self.before(clause, at).is_some_and(|token| {
            token.is(DEFINITE | NO | NEITHER)
                || matches!(token.key.as_str(), "a" | "quick" | "short" | "any" | "un" | "une" | "una")
        });
        joined || !article && (behind || before)
    }

    /// A channel that is meant without its name: `here`, a number behind `erreichbar unter`, an address behind `an`.
    fn meant(&self, clause: &Clause, index: usize, here: Option<&'static str>) -> Option<Mention> {
        let find =
            |tag: Tags| clause.tokens.clone().find(|&at| self.token(at).is_some_and(|token| token.is(tag)));
        let mention = |token: usize, way, implied| Mention {
            token,
            clause: index,
            way,
            verb: false,
            implied,
            stand: Stand::Open,
        };
        let sentence = self.sentence(clause.sentence);
        if let (Some(at), Some(way)) = (find(HERE), here)
            && (clause.is(ANSWER | REPLY) || clause.is(NOT) && clause.tokens.len() <= 5)
        {
            return Some(mention(at, way, Implied::Here));
        }
        let rather = self.token(clause.tokens.start).is_some_and(|first| first.is(BREAK));
        if let Some(at) = find(EMAIL_ADDRESS)
            && (sentence & (ANSWER | REPLY | DOCUMENT) != 0 || rather && sentence & MANNER != 0)
            && !clause.is(NOUN | MANNER | CALL)
        {
            return Some(mention(at, "email", Implied::Address));
        }
        if rather
            && let Some(at) = find(PHONE_NUMBER | EMAIL_ADDRESS)
            && let Some(called) = self.called_before(clause)
        {
            return Some(mention(at, called, Implied::Address));
        }
        let named = sentence & (NOUN | MANNER | CALL) != 0;
        let call = sentence & (REACH | REPLY) != 0 || self.melden(clause.sentence);
        let at = find(PHONE_NUMBER).filter(|_| call && !named)?;
        Some(mention(at, "phone", Implied::Address))
    }

    /// The channel of the verb in the clause before: `rufen Sie mich nicht im Büro an, sondern …`.
    fn called_before(&self, clause: &Clause) -> Option<&'static str> {
        let before =
            self.clauses_of(clause.sentence).iter().rfind(|other| other.tokens.end <= clause.tokens.start)?;
        self.of_clause(before).iter().find(|token| token.is(CALL)).and_then(|token| token.way)
    }

    /// `melden Sie sich unter …` asks for a call.
    fn melden(&self, sentence: usize) -> bool {
        self.clauses_of(sentence)
            .iter()
            .flat_map(|clause| self.of_clause(clause))
            .any(|token| token.key.starts_with("meld") || token.key.starts_with("maeld"))
    }
}
