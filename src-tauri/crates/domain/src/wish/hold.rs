//! For how long a wish holds, and whether it holds only in some case.

use super::clause::Clause;
use super::reading::{Mention, Stand};
use super::tag::*;
use super::text;
use super::verdict::Verdict;

impl Verdict<'_> {
    /// A lasting word on the wish or the refusal; a bare `nie` in the reason why a channel does not work is none.
    pub(super) fn lasts(&self, parts: &[usize], refused: &[&Mention]) -> bool {
        let lasting = |clause: &Clause, reason: bool| {
            let denied = clause.is(NOT | NO | NEVER | REFUSE);
            !clause.is(STILL)
                && (clause.is(LASTING) || !reason && clause.is(NEVER) || denied && clause.is(MORE))
        };
        let reason = |part: usize| {
            refused.iter().any(|mention| mention.clause == part && mention.stand == Stand::Hopeless)
        };
        let clauses = &self.reading.clauses;
        let own =
            parts.iter().any(|&part| clauses.get(part).is_some_and(|clause| lasting(clause, reason(part))));
        own || parts.iter().filter_map(|&part| clauses.get(part)).any(|part| {
            self.reading.clauses_of(part.sentence).iter().any(|clause| {
                clause.tokens != part.tokens
                    && !clause.is(STILL)
                    && (clause.is(LASTING) && clause.tokens.len() <= 6 && !clause.is(I)
                        || clause.is(NEVER) && clause.is(SENSE) && part.is(NO | NEITHER))
            })
        })
    }

    /// Whether the wish in a clause holds only in an uncertain case.
    pub(super) fn is_conditional(&self, part: usize) -> bool {
        let clauses = &self.reading.clauses;
        let Some(wish) = clauses.get(part) else { return false };
        clauses.iter().enumerate().filter(|(_, clause)| clause.sentence == wish.sentence).any(
            |(index, clause)| {
                let first = self.reading.tokens.get(clause.tokens.start);
                let tokens = self.reading.of_clause(clause);
                let begins = first.is_some_and(|first| first.is(CONDITION | IF));
                let within = tokens.iter().skip(1).any(|token| {
                    token.is(CONDITION | IF)
                        && !matches!(token.key.as_str(), "sollte" | "sollten")
                        && !token.is(MODAL)
                });
                let polite = first.is_some_and(|first| first.is(POLITE_IF)) || clause.is(POLITE_IF);
                if polite {
                    return clause.is(NOT) && index < part;
                }
                if !begins && !within {
                    return false;
                }
                // A condition that hangs on the clause before it does not hold for the one behind it.
                let hangs = first.is_some_and(|first| first.gap == text::Gap::None) && index > 0;
                if index < part && hangs {
                    return false;
                }
                let near = index == part || index + 1 == part || index == part + 1 || begins && index < part;
                near && self.is_uncertain(clause, index, part)
            },
        )
    }

    pub(super) fn is_uncertain(&self, clause: &Clause, index: usize, part: usize) -> bool {
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
        let polite = before.is_some_and(|before| {
            before.sentence == clause.sentence && before.is(SUFFICES | PREFER | WANT | PLEASE)
        });
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
}
