//! Whether a channel that is not refused is asked for.
//!
//! A wish needs a frame: an imperative, a modal with the shop as its subject, `bitte`, a preference, a need, a verdict
//! such as `genügt`. What happened, what the customer will do himself, questions about what the shop offers, goods, and
//! other people's calls are no wish, whatever channel they name.

use super::clause::Clause;
use super::reading::{Mention, Reading, Stand};
use super::tag::*;

/// How a channel is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ask {
    /// Not at all.
    No,
    /// By the customer, for himself.
    Own,
    /// By the customer, for somebody else.
    Other,
}

/// Words by which something is asked for.
pub(super) const FRAME: Tags = PLEASE | PREFER | WANT | SUFFICES | ASKED | SHALL;
/// Longest clause that is a wish without any frame: `Antwort per Mail`.
pub(super) const BARE: usize = 7;

impl Reading {
    /// `Rufen Sie Ihre Kunden immer vorher an?`: how the shop does it, and no wish.
    fn asks_for_a_custom(&self, clause: &Clause) -> bool {
        clause.question && clause.is(LASTING) && !clause.is(FRAME | MODAL)
    }

    /// Whether a mention is asked for.
    pub(super) fn ask(&self, mention: &Mention, mentions: &[Mention]) -> Ask {
        let Some(clause) = self.clauses.get(mention.clause) else { return Ask::No };
        let sentence = self.sentence(clause.sentence);
        if sentence & (ADVERT | INDIFFERENT) != 0
            || (clause.is(DEVICE) || sentence & DEVICE != 0 && !clause.is(PLEASE))
                && !(clause.is(ME) && clause.is(CALL | ANSWER))
            || self.is_said_by_another(clause)
            || self.is_to_the_shop(clause)
            || self.is_anybodys_question(clause)
            || self.has_unknown_subject(clause)
            || self.somebody_does(clause)
            || self.is_only_reported(clause)
            || sentence & ERRAND != 0 && !clause.is(ME)
            || clause.is(WITHDRAWN)
            || self.asks_for_a_custom(clause)
            || self.is_past(clause, mention)
            || self.is_own_action(clause, mention)
        {
            return Ask::No;
        }
        let subordinate = self.tokens.get(clause.tokens.start).is_some_and(|first| first.is(IF | WHEN));
        if subordinate
            && !clause.is(ME | PLEASE | POLITE_IF | PREFER)
            && !self.has_imperative(clause)
            && !self.is_fragment(clause)
        {
            return Ask::No;
        }
        let context = self.context(mention.clause, mentions);
        let asked = if mention.verb {
            self.verb_asked(clause, mention, context)
        } else {
            self.thing_asked(clause, mention, mentions, context)
        };
        if !asked {
            return Ask::No;
        }
        // Goods that can be mailed: `den Gutschein per Mail`.
        if clause.is(GOODS) && clause.is(SEND) && !clause.is(DOCUMENT | REPLY) && !mention.verb {
            return Ask::Other;
        }
        if clause.is(NOT) && clause.is(TIME) {
            return Ask::Other;
        }
        let tags = clause.tags | context;
        let firm = tags & (FRAME | REACH | LASTING) != 0
            || self.has_imperative(clause)
            || clause.is(ME) && clause.is(MODAL | CALL | ANSWER)
            || clause.is(WE) && clause.is(MODAL | NEED | TALK)
            || self.note;
        if !firm {
            return Ask::Other;
        }
        let instead = mentions.iter().any(|other| matches!(other.stand, Stand::Refused | Stand::Hopeless));
        let stated = !instead
            && mention.verb
            && clause.is(MODAL)
            && !clause.is(ME | PHONE_NUMBER | PLEASE | WE | PREFER)
            && !self.note;
        if stated {
            return Ask::Other;
        }
        let unknown = self.of_clause(clause).iter().filter(|token| token.tags == 0).count();
        if mention.verb
            && !clause.is(ME | PHONE_NUMBER | PLEASE)
            && unknown >= 2
            && !self.note
            && !self.has_imperative(clause)
        {
            return Ask::Other;
        }
        if clause.is(THIRD | HE) && !clause.is(ME) && !self.note {
            return if self.third_is_subject(clause, mention) { Ask::No } else { Ask::Other };
        }
        Ask::Own
    }

    fn is_fragment(&self, clause: &Clause) -> bool {
        clause.tokens.len() <= BARE && !clause.is(I | YOU)
    }

    /// What clauses beside it lend a clause: those that name no channel, or only refused ones, and begin no condition.
    fn context(&self, index: usize, mentions: &[Mention]) -> Tags {
        let Some(clause) = self.clauses.get(index) else { return 0 };
        let lends = |at: usize| {
            let other = self.clauses.get(at)?;
            let refused = mentions
                .iter()
                .filter(|mention| mention.clause == at)
                .all(|mention| matches!(mention.stand, Stand::Refused | Stand::Nothing));
            let begins =
                self.tokens.get(other.tokens.start).is_some_and(|first| first.is(IF | WHEN | CONDITION));
            let told = other.is(PAST) || other.is(PAST_AUX) && other.is(PARTICIPLE);
            let case = begins && !other.is(POLITE_IF);
            (other.sentence == clause.sentence && refused && !case && !told).then_some(other.tags)
        };
        let only_address = |at: usize| {
            self.clauses.get(at).is_some_and(|other| {
                self.of_clause(other)
                    .iter()
                    .all(|token| token.is(EMAIL_ADDRESS | PHONE_NUMBER | HANDLE | FILLER))
            })
        };
        let mut tags = 0;
        let mut before = index;
        while before > 0 {
            before -= 1;
            tags |= lends(before).unwrap_or(0);
            if !only_address(before) {
                break;
            }
        }
        let mut behind = index + 1;
        while only_address(behind) {
            behind += 1;
        }
        // A clause that gives a reason lends nothing to the one before it.
        let reason = self.clauses.get(behind).is_none_or(|next| {
            self.tokens.get(next.tokens.start).is_some_and(|first| first.is(BREAK))
                || next.is(I) && !next.is(REACH | FRAME)
        });
        if !reason {
            tags |= lends(behind).unwrap_or(0);
        }
        tags
    }

    /// An imperative: a verb form for it at the beginning of its clause, or one with its pronoun (`rufen Sie`,
    /// `appelez-moi`, `chiamatemi`).
    pub(super) fn has_imperative(&self, clause: &Clause) -> bool {
        let tokens = self.of_clause(clause);
        let first = tokens.iter().find(|token| {
            !token.is(FILLER | PLEASE | AND | BREAK | ONLY | PREFER | LASTING | ASKED)
                || token.is(CALL | ANSWER)
        });
        let begins = first.is_some_and(|token| token.is(IMPERATIVE) && token.is(CALL | ANSWER | TALK));
        begins
            || tokens.windows(2).any(|pair| match pair {
                [verb, next] if verb.is(CALL | ANSWER) => {
                    let formal = next.key == "sie" && verb.key.ends_with("en");
                    let german = matches!(next.key.as_str(), "mir" | "mich" | "uns" | "mi" | "mer")
                        && verb.is(IMPERATIVE);
                    formal || next.key == "moi" || german || verb.is(ENCLITIC)
                }
                _ => false,
            })
            || tokens
                .last()
                .is_some_and(|token| token.is(ENCLITIC) && token.is(ME) && token.is(CALL | ANSWER))
    }
}
