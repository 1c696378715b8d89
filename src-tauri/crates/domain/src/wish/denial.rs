//! How far a negation reaches: `kein X`, `nicht per X`, `weder X noch Y`, `X statt Y`, `rufen Sie nicht an`.

use super::clause::Clause;
use super::reading::Reading;
use super::tag::*;
use super::text::Token;

/// So many tokens before a verb a negation may stand.
const BEFORE_VERB: usize = 5;
/// And so many behind it.
const BEHIND_VERB: usize = 7;

impl Reading {
    /// `lieber X als Y`, `statt Y`: the Y.
    pub(super) fn is_second_of_comparison(
        &self,
        clause: &Clause,
        at: usize,
        other: &dyn Fn(usize) -> bool,
    ) -> bool {
        for index in (clause.tokens.start..at).rev() {
            let Some(token) = self.token(index) else { return false };
            if token.is(VERSUS) {
                // `ne … que par` leaves one way and compares none.
                let mut before = clause.tokens.start..index;
                let only = token.is(ONLY)
                    && before.clone().any(|before| matches!(self.key(before), "ne" | "n"))
                    && !before.any(|before| {
                        other(before)
                            || self.token(before).is_some_and(|token| token.is(PREFER | NEVER | MORE))
                            || matches!(self.key(before), "pas" | "plus" | "jamais")
                    });
                if only {
                    return false;
                }
                // `mehr als`
                let needs_more = matches!(token.key.as_str(), "als" | "over" | "than" | "wie" | "piu");
                let preferred = clause.is(MORE)
                    || (clause.tokens.start..index)
                        .any(|before| self.token(before).is_some_and(|before| before.is(PREFER)));
                return !needs_more || preferred;
            }
            let joined = self.token(index + 1).is_some_and(|next| next.is(OR | AND));
            if token.is(PREFER | ONLY) || other(index) && !joined {
                return false;
            }
        }
        false
    }

    /// `kein X`, `nicht per X`, `weder X noch Y`, `X bitte nicht`.
    pub(super) fn thing_is_denied(&self, clause: &Clause, at: usize, other: &dyn Fn(usize) -> bool) -> bool {
        let mut unknown = 0;
        for index in (clause.tokens.start..at).rev() {
            let Some(token) = self.token(index) else { break };
            if token.is(NO | NOT | NEITHER | NEVER) {
                return !self.behind(clause, index).is_some_and(|next| next.is(ONLY) && next.tags & NO == 0);
            }
            let passes = token.is(REPLY
                | DOCUMENT
                | GOODS
                | BY
                | DEFINITE
                | FILLER
                | OR
                | AND
                | PLEASE
                | MORE
                | LABEL
                | LASTING
                | HERE)
                || other(index) && self.token(index + 1).is_some_and(|next| next.is(OR | AND | BY));
            let verb = token.is(ANSWER | SEND | ME | YOU | CALL | HAVE | SENSE | PASSIVE | WANT | MODAL)
                && !token.is(PREFER)
                && !other(index);
            if token.tags == 0 {
                unknown += 1;
            }
            if !(passes || verb || token.tags == 0 && unknown <= 2) {
                break;
            }
        }
        self.denied_behind(clause, at, other)
    }

    /// `Anrufe bitte nicht`: a negation at the end.
    pub(super) fn denied_behind(&self, clause: &Clause, at: usize, other: &dyn Fn(usize) -> bool) -> bool {
        let last = clause.tokens.end.saturating_sub(1);
        for index in at + 1..clause.tokens.end {
            let Some(token) = self.token(index) else { return false };
            if token.is(NOT | NEVER | NO) || matches!(token.key.as_str(), "nein" | "no" | "non") {
                let rest = last.saturating_sub(index);
                return rest <= 1 && !clause.is(UNCERTAIN & !NOT & !NO & CONDITION);
            }
            let passes =
                token.is(PLEASE | FILLER | ME | YOU | AND | OR | BY | DEFINITE | BREAK) || other(index);
            if !passes {
                return false;
            }
        }
        false
    }

    /// `rufen Sie nicht an`, `bitte nicht mehr anrufen`, `don't call`.
    pub(super) fn verb_is_denied(&self, clause: &Clause, at: usize, other: &dyn Fn(usize) -> bool) -> bool {
        let denies = |token: &Token, index: usize| {
            token.is(NOT | NEVER | NO | NEITHER)
                && !self.behind(clause, index).is_some_and(|next| {
                    next.is(ONLY) || next.is(BY) && !next.is(PARTICLE) && next.way.is_none()
                })
        };
        let from = at.saturating_sub(BEFORE_VERB).max(clause.tokens.start);
        for index in (from..at).rev() {
            let Some(token) = self.token(index) else { break };
            if denies(token, index) {
                return !self.is_phrase_of_time(clause, index);
            }
            if token.is(PREFER)
                || other(index) && !self.token(index + 1).is_some_and(|next| next.is(OR | AND))
            {
                break;
            }
        }
        let to = (at + BEHIND_VERB).min(clause.tokens.end);
        for index in at + 1..to {
            let Some(token) = self.token(index) else { break };
            if denies(token, index) {
                return !self.is_phrase_of_time(clause, index);
            }
            if token.is(I) && at > clause.tokens.start || other(index) || token.is(IF | WHEN | CONDITION) {
                break;
            }
        }
        false
    }

    /// `rufen Sie an, nicht vor acht`: the negation belongs to the time.
    pub(super) fn is_phrase_of_time(&self, clause: &Clause, at: usize) -> bool {
        self.behind(clause, at).is_some_and(|next| next.is(TIME))
    }

    /// `stop texting me`, `auf eine Mail können Sie verzichten`.
    pub(super) fn is_object_of_refusal(&self, clause: &Clause, at: usize) -> bool {
        let refusal =
            clause.tokens.clone().find(|&index| self.token(index).is_some_and(|token| token.is(REFUSE)));
        let adverse = clause.is(I) && clause.is(PAST_AUX);
        refusal.is_some_and(|refusal| refusal != at) && !adverse
    }
}
