//! What is told and not asked for: things that happened, and what the customer will do himself.

use super::clause::Clause;
use super::reading::{Mention, Reading};
use super::tag::*;

impl Reading {
    /// Something that happened.
    pub(super) fn is_past(&self, clause: &Clause, mention: &Mention) -> bool {
        // `Sie haben versprochen, mich anzurufen`
        let before = mention.clause.checked_sub(1).and_then(|at| self.clauses.get(at));
        let promised = before.is_some_and(|before| {
            let told =
                before.is(PARTICIPLE) || self.of_clause(before).iter().any(|token| token.key == "gebeten");
            before.sentence == clause.sentence && (before.is(PAST_AUX) && told || before.is(PAST))
        });
        let infinitive = self
            .of_clause(clause)
            .iter()
            .any(|token| token.key == "zu" || token.key.starts_with("zu ") || token.key.contains("zuruf"));
        if promised && infinitive {
            return true;
        }
        // `Die Hotline sagte, Sie würden mich anrufen`: what was announced, and no order.
        let announced = before.is_some_and(|before| {
            before.sentence == clause.sentence && before.is(SAYS) && !before.is(I | YOU | PLEASE | SUFFICES)
        });
        if announced && !self.note && clause.is(MODAL) && clause.is(YOU) && !clause.is(PLEASE | SHALL) {
            return true;
        }
        // `Das hätte man mir auch per SMS sagen können!`
        let tokens = self.of_clause(clause);
        let would = tokens.iter().any(|token| token.key.starts_with("haette"));
        let could = ["koennen", "sollen", "muessen", "duerfen"];
        if would && tokens.last().is_some_and(|last| could.contains(&last.key.as_str())) {
            return true;
        }
        // `Rechnung per Post erhalten`
        let last = tokens.last().is_some_and(|last| last.is(PARTICIPLE) && !last.is(IMPERATIVE));
        if last && !clause.is(MODAL | WANT | PASSIVE | PLEASE | PREFER | ASKED | SUFFICES | ME | SHALL) {
            return true;
        }
        let told = clause.is(PAST) || clause.is(PAST_AUX) && clause.is(PARTICIPLE);
        if !told {
            return false;
        }
        // `I require a letter saying that it was refused`: the past comes later.
        let before = self.tokens.get(clause.tokens.start..mention.token).unwrap_or_default();
        if before.iter().any(|token| token.is(WANT | PLEASE))
            && !before.iter().any(|token| token.is(PAST | PAST_AUX))
        {
            return false;
        }
        let passive = clause.is(PASSIVE) && clause.is(WANT | PREFER | SHALL | MODAL | PLEASE);
        let asked = clause.question && clause.is(MODAL) && clause.is(ME) && clause.is(YOU)
            || clause.is(PREFER) && clause.is(YOU)
            || clause.is(PLEASE)
            || clause.is(WANT) && clause.is(ME);
        let wanted = clause.is(WANT) && clause.is(DOCUMENT | REPLY) && clause.is(I) && !clause.is(PAST_AUX);
        let itself = self
            .token(mention.token)
            .is_some_and(|token| token.is(PAST | PARTICIPLE) && !token.is(IMPERATIVE));
        let note = self.note && (clause.is(SHALL | ASKED | WANT) || clause.is(PASSIVE));
        let ready = clause.is(ASKED) && !clause.is(I) && !clause.is(PAST);
        !(passive || wanted || note || ready || asked && (!itself || clause.is(PREFER)))
    }

    /// What the customer will do himself: `ich rufe an`, `I'll text you`, `vi chiamo`.
    pub(super) fn is_own_action(&self, clause: &Clause, mention: &Mention) -> bool {
        if self.note {
            return clause.is(SELF);
        }
        if clause.is(SELF) && !clause.is(PLEASE) {
            return true;
        }
        let acts = clause.is(CALL | ANSWER | SEND | BOOK);
        let first = clause.is(I) || clause.is(FIRST);
        let gets = clause.is(PREFER | WANT | SUFFICES | REACH | ASKED | WE | THAT | TALK)
            || clause.is(HAVE) && !clause.is(CALL);
        let reflexive = self.of_clause(clause).windows(2).any(|pair| match pair {
            [verb, pronoun] => {
                (verb.key.starts_with("meld") && pronoun.key == "mich" && !clause.is(YOU))
                    || (pronoun.is(YOU)
                        && verb.is(CALL | ANSWER)
                        && matches!(
                            pronoun.key.as_str(),
                            "you" | "u" | "ya" | "euch" | "ihnen" | "dir" | "dich"
                        ))
            }
            _ => false,
        });
        if reflexive && !clause.is(PREFER | WANT) && !self.object_is_me(clause) {
            return true;
        }
        if clause.is(SELF) && first {
            return true;
        }
        if first && !clause.is(ME) && (acts && !gets || clause.is(BOOK) && !clause.is(REPLY | DOCUMENT)) {
            return true;
        }
        // `will mal wieder einen Brief schreiben`, `um einen Brief zu schreiben`
        let begins = self.token(clause.tokens.start);
        let wants = begins
            .is_some_and(|token| token.is(WANT | MODAL) && !token.is(PREFER | SUFFICES | PLEASE))
            && !clause.is(ME | YOU | WE | PASSIVE | HAVE | REPLY | DOCUMENT | PLEASE | PREFER | SHALL);
        let purpose = begins.is_some_and(|token| token.key == "um" || token.key.starts_with("um "))
            && self.of_clause(clause).iter().any(|token| {
                token.key == "zu" || token.key.starts_with("zu ") || token.key.contains("zuruf")
            });
        if purpose || wants && clause.is(ANSWER) {
            return true;
        }
        // `ich möchte jemandem einen Brief schreiben`
        if first
            && clause.is(WANT | MODAL)
            && clause.is(ANSWER)
            && !clause.is(ME | PASSIVE | HAVE | TELL | SUFFICES | PREFER | REPLY | THAT | WE)
        {
            return true;
        }
        // `ich melde mich`, `ich rufe mich durch`: the customer is both.
        let framed =
            gets || clause.is(PLEASE | POLITE_IF) || clause.is(MODAL) && clause.is(YOU) || clause.is(HAVE);
        if first && acts && clause.is(ME) && !framed && !self.has_imperative(clause) {
            return true;
        }
        // `ich würde Sie gern anrufen`, against `ich würde gern telefonieren`.
        let wants_to_call =
            first && mention.verb && !clause.is(ME) && !clause.is(WE | SUFFICES | PASSIVE | THAT);
        wants_to_call
            && !self.token(mention.token).is_some_and(|token| token.is(PARTICIPLE))
            && !self.key(mention.token).starts_with("telefon")
            && !self.token(mention.token).is_some_and(|token| token.is(NOUN))
    }

    pub(super) fn object_is_me(&self, clause: &Clause) -> bool {
        self.of_clause(clause).iter().any(|token| token.is(ME) && token.key != "mich" && !token.is(YOU))
            && self.has_imperative(clause)
    }
}
