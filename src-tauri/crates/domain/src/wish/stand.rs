//! Refused, or left open: what the words around a channel's name say about it.

use super::reading::{Mention, Reading, Stand};
use super::tag::*;
use super::text::{Clause, Token};

/// So many tokens before a verb a negation may stand.
const BEFORE_VERB: usize = 5;
/// And so many behind it.
const BEHIND_VERB: usize = 7;

impl Reading {
    /// Where a mention stands.
    pub(super) fn stand(&self, mention: &Mention, mentions: &[Mention]) -> Stand {
        let Some(clause) = self.clauses.get(mention.clause) else { return Stand::Nothing };
        let other = |at: usize| mentions.iter().any(|other| other.token == at && other.token != mention.token);
        if self.is_denied_as_a_whole(clause) || self.is_title(clause, mention) || self.is_waived(clause) || self.is_waived_before(mention) {
            return Stand::Nothing;
        }
        // `beim Anrufen hört mich niemand`
        let sentence = self.sentence(clause.sentence);
        if mention.way == "post" && sentence & GOODS != 0 && sentence & (DOCUMENT | REPLY) == 0 {
            return Stand::Nothing;
        }
        let before = mention.token.checked_sub(1).map_or("", |at| self.key(at));
        // The shop's own telephone: `euer Telefon geht nicht`.
        let shops = matches!(before, "ihr" | "ihre" | "euer" | "eure" | "eurem" | "ihrem" | "dein" | "your" | "votre" | "vos" | "vostro" | "vostra" | "ton");
        if shops && !clause.is(REFUSE | PLEASE | WANT | PREFER | SUFFICES) {
            return Stand::Nothing;
        }
        let gerund = mention.token.checked_sub(1).is_some_and(|at| matches!(self.key(at), "beim" | "das" | "vom" | "zum"));
        if gerund && mention.verb {
            return Stand::Nothing;
        }
        let stand = self.refusal(clause, mention, &other);
        match stand {
            Stand::Open => Stand::Open,
            Stand::Hopeless if self.is_weak_signal(clause) => Stand::Nothing,
            _ if self.is_told(clause) => Stand::Nothing,
            // `Warum rufen Sie nicht an?`
            _ if clause.question && !clause.is(PLEASE | PREFER | VERSUS) => Stand::Nothing,
            _ => stand,
        }
    }

    fn is_waived(&self, clause: &Clause) -> bool {
        clause.is(WAIVE) || clause.is(NEEDS) && clause.is(NOT | NO) && !clause.is(PREFER | VERSUS) || clause.is(NEED) && clause.is(NOT) && !clause.is(REFUSE)
    }

    /// `Ich habe nie gesagt, dass …`, unless it is `Ich will nicht, dass …`.
    fn is_denied_as_a_whole(&self, clause: &Clause) -> bool {
        let tokens = self.of_clause(clause);
        let Some(that) = tokens.iter().position(|token| token.is(THAT)) else { return false };
        let before = tokens.get(..that).unwrap_or_default();
        let has = |tags: Tags| before.iter().any(|token| token.is(tags));
        has(NOT | NEVER) && (!has(WANT | PLEASE) || has(TELL))
    }

    /// A verb with a capital within a clause: the title of a book or a song.
    fn is_title(&self, clause: &Clause, mention: &Mention) -> bool {
        let verb = self.token(mention.token).is_some_and(|token| token.capital && token.is(IMPERATIVE) && !token.is(NOUN));
        let lower = self.of_clause(clause).iter().any(|token| !token.capital && token.tags & (EMAIL_ADDRESS | PHONE_NUMBER) == 0);
        mention.verb && verb && mention.token > clause.tokens.start && lower && !self.key(mention.token).ends_with("en")
    }

    /// `Es ist nicht nötig, extra anzurufen`.
    fn is_waived_before(&self, mention: &Mention) -> bool {
        let clause = self.clauses.get(mention.clause);
        let before = mention.clause.checked_sub(1).and_then(|at| self.clauses.get(at));
        clause.zip(before).is_some_and(|(clause, before)| {
            before.sentence == clause.sentence && before.is(WAIVE) && mention.verb && !clause.is(YOU | PLEASE | PREFER | ME | ONLY)
        })
    }

    /// A thing that happened: `habe Ihre Mail nicht bekommen`.
    fn is_told(&self, clause: &Clause) -> bool {
        let told = clause.is(PAST) || clause.is(PAST_AUX) && clause.is(PARTICIPLE);
        let others = clause.is(THIRD | HE) && !clause.is(ME | I | PLEASE) || self.is_said_by_another(clause);
        others && !self.note || told && !clause.is(PLEASE | WANT | PREFER | MODAL | PASSIVE | ASKED)
            || clause.is(PAST) && clause.is(I) && !clause.is(PLEASE | PASSIVE)
            || self.sentence(clause.sentence) & (DEVICE | ADVERT | MATTER) != 0
    }

    fn refusal(&self, clause: &Clause, mention: &Mention, other: &dyn Fn(usize) -> bool) -> Stand {
        if self.is_second_of_comparison(clause, mention.token, other) {
            return Stand::Refused;
        }
        let sensed = clause.is(SENSE) && !clause.is(WANT | PLEASE | PREFER) && !self.only_shop(clause);
        let denied = if mention.verb {
            self.verb_is_denied(clause, mention.token, other)
        } else {
            self.thing_is_denied(clause, mention.token, other)
        };
        if denied {
            return self.denied(clause, mention, sensed);
        }
        let address = ["adress", "address", "indirizzo"].iter().any(|word| self.key(mention.token).contains(word));
        if clause.is(REFUSE) && address {
            return Stand::Nothing;
        }
        if clause.is(REFUSE) && self.is_object_of_refusal(clause, mention.token) {
            return Stand::Refused;
        }
        if clause.is(USELESS) && !clause.is(DEVICE) {
            return Stand::Hopeless;
        }
        if sensed && clause.is(NOT | NO | NEVER | SELDOM) && !mention.verb {
            return Stand::Hopeless;
        }
        let unreachable = clause.is(REACH) && clause.is(NOT | NEVER | SELDOM) && !clause.is(ONLY);
        let last = clause.tokens.end.checked_sub(1).and_then(|at| self.token(at));
        let has_none = last.is_some_and(|last| last.is(NO)) && clause.is(HAVE | PAST_AUX);
        if (clause.is(ME) || !mention.verb && clause.is(I)) && unreachable || !mention.verb && clause.is(I) && has_none {
            return Stand::Hopeless;
        }
        Stand::Open
    }

    /// A patchy signal is an inconvenience and no refusal.
    fn is_weak_signal(&self, clause: &Clause) -> bool {
        const SIGNAL: [&str; 14] = [
            "empfang", "netz", "signal", "funkloch", "akku", "guthaben", "wlan", "wifi", "reseau", "campo", "reception", "battery", "batterie", "batteria",
        ];
        self.of_clause(clause).iter().any(|token| SIGNAL.contains(&token.key.as_str()))
    }

    /// What a denied channel comes to: a refusal, its reason, or only that the customer will not call.
    fn denied(&self, clause: &Clause, mention: &Mention, sensed: bool) -> Stand {
        let own = clause.is(I | FIRST) && !clause.is(ME | WANT | PREFER | PLEASE);
        // `Ich habe keine Zeit, Sie anzurufen`.
        let you = |at: usize| self.token(at).is_some_and(|token| token.is(YOU));
        let french = mention.token.checked_sub(1).is_some_and(|at| you(at) && matches!(self.key(at), "vous" | "te" | "vi"));
        let joined = you(mention.token) && self.token(mention.token).is_some_and(|token| token.is(ENCLITIC));
        let english = self.behind(clause, mention.token).is_some_and(|next| matches!(next.key.as_str(), "you" | "u"));
        if mention.verb && (french && clause.is(I | FIRST) || joined || english) {
            return Stand::Nothing;
        }
        // `weil ich Sie telefonisch nicht erreiche`, and addresses that are to be struck out.
        let key = self.key(mention.token);
        let address = ["adress", "address", "indirizzo"].iter().any(|word| key.contains(word));
        if clause.is(REACH) && clause.is(I) && clause.is(YOU) && !clause.is(ME) || address {
            return Stand::Nothing;
        }
        let talks = self.key(mention.token).starts_with("telefon");
        if mention.verb && talks && (own || clause.is(MODAL) && !clause.is(YOU | ME | PLEASE)) {
            return Stand::Hopeless;
        }
        if mention.verb && own {
            return Stand::Nothing;
        }
        // `bin zwei Wochen telefonisch nicht da`
        let is = self.of_clause(clause).iter().any(|token| matches!(token.key.as_str(), "bin" | "suis" | "sono" | "im"));
        if is && clause.is(I) && !clause.is(REACH | HAVE | NO | WANT | PREFER | PLEASE | SENSE) {
            return Stand::Nothing;
        }
        let has_none = clause.is(I) && clause.is(HAVE | PAST_AUX) && !clause.is(ME | WANT | PREFER | PLEASE);
        if sensed || has_none || clause.is(USELESS) || clause.is(REACH) && clause.is(I) { Stand::Hopeless } else { Stand::Refused }
    }

    /// The clause speaks of what the shop reads or takes, not of the customer.
    fn only_shop(&self, clause: &Clause) -> bool {
        clause.is(YOU) && !clause.is(I | ME)
    }

    /// `lieber X als Y`, `statt Y`: the Y.
    fn is_second_of_comparison(&self, clause: &Clause, at: usize, other: &dyn Fn(usize) -> bool) -> bool {
        for index in (clause.tokens.start..at).rev() {
            let Some(token) = self.token(index) else { return false };
            if token.is(VERSUS) {
                // `mehr als`
                let needs_more = matches!(token.key.as_str(), "als" | "over" | "than" | "wie" | "piu");
                let preferred = clause.is(MORE) || (clause.tokens.start..index)
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
    fn thing_is_denied(&self, clause: &Clause, at: usize, other: &dyn Fn(usize) -> bool) -> bool {
        let mut unknown = 0;
        for index in (clause.tokens.start..at).rev() {
            let Some(token) = self.token(index) else { break };
            if token.is(NO | NOT | NEITHER | NEVER) {
                return !self.behind(clause, index).is_some_and(|next| next.is(ONLY) && next.tags & NO == 0);
            }
            let passes = token.is(BY | DEFINITE | FILLER | OR | AND | PLEASE | MORE | LABEL | LASTING | HERE)
                || other(index) && self.token(index + 1).is_some_and(|next| next.is(OR | AND | BY));
            let verb = token.is(ANSWER | SEND | ME | YOU | CALL | HAVE | SENSE | PASSIVE | WANT | MODAL) && !token.is(PREFER) && !other(index);
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
    fn denied_behind(&self, clause: &Clause, at: usize, other: &dyn Fn(usize) -> bool) -> bool {
        let last = clause.tokens.end.saturating_sub(1);
        for index in at + 1..clause.tokens.end {
            let Some(token) = self.token(index) else { return false };
            if token.is(NOT | NEVER) || matches!(token.key.as_str(), "nein" | "no" | "non") {
                let rest = last.saturating_sub(index);
                return rest <= 1 && !clause.is(UNCERTAIN & !NOT & !NO & CONDITION);
            }
            let passes = token.is(PLEASE | FILLER | ME | YOU | AND | OR | BY | DEFINITE) || other(index);
            if !passes {
                return false;
            }
        }
        false
    }

    /// `rufen Sie nicht an`, `bitte nicht mehr anrufen`, `don't call`.
    fn verb_is_denied(&self, clause: &Clause, at: usize, other: &dyn Fn(usize) -> bool) -> bool {
        let denies = |token: &Token, index: usize| {
            token.is(NOT | NEVER | NO | NEITHER)
                && !self.behind(clause, index).is_some_and(|next| next.is(ONLY) || next.is(BY) && !next.is(PARTICLE) && next.way.is_none())
        };
        let from = at.saturating_sub(BEFORE_VERB).max(clause.tokens.start);
        for index in (from..at).rev() {
            let Some(token) = self.token(index) else { break };
            if denies(token, index) {
                return !self.is_phrase_of_time(clause, index);
            }
            if token.is(PREFER) || other(index) && !self.token(index + 1).is_some_and(|next| next.is(OR | AND)) {
                break;
            }
        }
        let to = (at + BEHIND_VERB).min(clause.tokens.end);
        for index in at + 1..to {
            let Some(token) = self.token(index) else { break };
            if denies(token, index) {
                return !self.is_phrase_of_time(clause, index);
            }
            if token.is(I) || other(index) || token.is(IF | WHEN | CONDITION) {
                break;
            }
        }
        false
    }

    /// `rufen Sie an, nicht vor acht`: the negation belongs to the time.
    fn is_phrase_of_time(&self, clause: &Clause, at: usize) -> bool {
        self.behind(clause, at).is_some_and(|next| next.is(TIME))
    }

    /// `stop texting me`, `auf eine Mail können Sie verzichten`.
    fn is_object_of_refusal(&self, clause: &Clause, at: usize) -> bool {
        let refusal = clause.tokens.clone().find(|&index| self.token(index).is_some_and(|token| token.is(REFUSE)));
        let adverse = clause.is(I) && clause.is(PAST_AUX);
        refusal.is_some_and(|refusal| refusal != at) && !adverse
    }
}
