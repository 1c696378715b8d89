//! The frames by which a channel is asked for, and what looks like one.

use super::ask::{BARE, FRAME};
use super::clause::Clause;
use super::reading::{Implied, Mention, Reading, Stand};
use super::tag::*;

/// Words of what is asked for.
const MATTER_OF_ANSWER: Tags = ANSWER | REPLY | DOCUMENT | TALK | CHANNEL;

impl Reading {
    pub(super) fn verb_asked(&self, clause: &Clause, mention: &Mention, context: Tags) -> bool {
        let Some(token) = self.token(mention.token) else { return false };
        if token.is(PARTICIPLE) && !token.is(IMPERATIVE) {
            return clause.is(PASSIVE) && clause.is(WANT | PREFER | SHALL | MODAL | PLEASE | SUFFICES)
                || clause.is(PREFER) && clause.is(YOU)
                || clause.is(WANT | PREFER)
                    && clause.is(DOCUMENT | REPLY)
                    && !clause.is(PAST_AUX)
                    && !clause.question;
        }
        if clause.is(SHALL) {
            return !self.is_my_third(clause);
        }
        if clause.is(ME) {
            let near = |at: Option<usize>| at.and_then(|at| self.token(at)).is_some_and(|token| token.is(ME));
            let beside = token.is(ME) || near(mention.token.checked_sub(1)) || near(Some(mention.token + 1));
            return clause.is(FRAME | MODAL | REACH | LASTING | VERSUS)
                || self.has_imperative(clause)
                || context & (PLEASE | PREFER | SUFFICES | WANT) != 0 && !clause.is(I | THIRD | HE)
                || (beside || clause.is(YOU)) && !clause.is(I | THIRD | HE);
        }
        if clause.is(WE) {
            return clause.is(MODAL | WANT | PREFER | SUFFICES | PLEASE | NEED);
        }
        if clause.is(I) && !clause.is(PLEASE) && !self.has_imperative(clause) {
            return self.key(mention.token).starts_with("telefon") && clause.is(WANT | PREFER);
        }
        if clause.is(BOOK) && !clause.is(PLEASE) {
            return false;
        }
        let imperative = self.has_imperative(clause);
        let numbered = clause.is(PHONE_NUMBER);
        if clause.question && !numbered && !clause.is(PLEASE | MODAL | WANT) {
            return false;
        }
        // `Call it a deal`: what is called must be the customer, or nobody named.
        let object = self.behind(clause, mention.token);
        if !clause.is(PLEASE | YOU)
            && object.is_some_and(|next| {
                next.tags == 0 || next.is(DEFINITE) && next.tags & !DEFINITE & !FILLER == 0
            })
        {
            return false;
        }
        if clause.is(YOU) {
            return clause.is(MODAL | FRAME) || imperative;
        }
        let infinitive = ["en", "er", "re", "te"].iter().any(|end| token.key.ends_with(end));
        let bare = token.is(INFINITIVE)
            && infinitive
            && !clause.is(NEED | MODAL)
            && clause.tokens.len() <= BARE
            && !clause.is(THIRD | HE);
        clause.is(FRAME) || context & (PLEASE | PREFER) != 0 || imperative || bare
    }

    pub(super) fn thing_asked(
        &self,
        clause: &Clause,
        mention: &Mention,
        mentions: &[Mention],
        context: Tags,
    ) -> bool {
        let Some(token) = self.token(mention.token) else { return false };
        if clause.is(BOOK) && !clause.is(ANSWER | REPLY | DOCUMENT)
            || self.is_a_thing_of_its_own(clause, mention)
            || self.is_delivery(clause, mention, context)
        {
            return false;
        }
        let manner = token.is(MANNER | HERE | PLACE) || self.is_behind_by(clause, mention.token);
        let tags = clause.tags | context;
        let answers = tags & MATTER_OF_ANSWER != 0 || clause.is(ME) && !clause.is(I);
        if token.is(THING) && !manner {
            let known =
                self.of_clause(clause).iter().all(|token| token.tags != 0) && clause.tokens.len() <= BARE;
            return known
                && clause.is(PLEASE | PREFER | ONLY | VERSUS)
                && !clause.is(WANT | MATTER)
                && !clause.question
                || known && clause.is(PREFER | CHANNEL);
        }
        // `Ich bekomme ständig Anrufe, bitte prüfen`
        if clause.is(I) && clause.is(SENSE) && !clause.is(WANT | PREFER | MODAL | SUFFICES | ME | ANSWER) {
            return false;
        }
        if self.reachable(clause, mention, tags) {
            return true;
        }
        // A fragment such as `…, by post?` lives on the clause before it.
        let fragment = clause.tokens.len() <= 4;
        let frame = Clause { tags: if fragment { tags } else { clause.tags }, ..clause.clone() };
        let spoken = clause.is(MODAL) && tags & (YOU | WE) != 0
            || self.has_imperative(clause)
            || clause.is(NEED) && clause.is(WE)
            || frame.is(HAVE) && frame.is(MODAL) && frame.is(I | ME);
        let told_me = clause.is(ME) && clause.is(ANSWER | TALK) && !clause.is(I);
        let compared = clause.is(VERSUS) && !clause.question;
        if clause.is(I)
            && !clause.is(ME)
            && clause.is(ANSWER | SEND)
            && !clause.is(FRAME & !PLEASE & !ASKED | HAVE)
        {
            return false;
        }
        if answers && (tags & FRAME != 0 || spoken || told_me || compared) {
            return !clause.question
                || frame.is(FRAME | ME | WE | HAVE)
                || clause.is(MODAL) && clause.is(ANSWER) && clause.is(YOU)
                || spoken && told_me;
        }
        if clause.question && !clause.is(WANT | PLEASE | PREFER) {
            return false;
        }
        self.bare_asked(clause, mention, mentions, manner, tags)
    }

    /// A channel without a word of answering beside it: `lieber WhatsApp`, `SMS genügt`, `nur Mail`.
    fn bare_asked(
        &self,
        clause: &Clause,
        mention: &Mention,
        mentions: &[Mention],
        manner: bool,
        tags: Tags,
    ) -> bool {
        let answers = tags & MATTER_OF_ANSWER != 0 || clause.is(ME) && !clause.is(I);
        let compared = clause.is(VERSUS) && !clause.question;
        let channel_is_thing = self.token(mention.token).is_some_and(|token| token.is(THING));
        let bare = clause.tokens.len() <= BARE
            && !clause.is(I | YOU | PAST_AUX | MATTER | MODAL | BOOK)
            && !clause.question;
        let lasting = manner && clause.is(LASTING) && !clause.is(STILL | PAST);
        let answer = manner && tags & (REPLY | ANSWER | DOCUMENT) != 0;
        // `SMS, wenn fertig`, and on a note `Rückruf wegen Offerte`.
        let next = self.clauses.get(mention.clause + 1).filter(|next| next.sentence == clause.sentence);
        let when =
            next.and_then(|next| self.token(next.tokens.start)).is_some_and(|first| first.is(IF | WHEN));
        let key = self.key(mention.token);
        let noted = self.note
            && ["rueckruf", "call back", "callback", "rappel"].iter().any(|word| key.starts_with(word));
        let bare_answer = bare && (when && clause.tokens.len() <= 3 || noted && !clause.is(NOT | NO))
            || bare && (lasting || answer || manner && self.is_contrasted(clause, mention, mentions))
            || self.is_instead(clause, mention, mentions);
        // Beside a device or a title the name of a channel says what it can do.
        let thing =
            self.sentence(clause.sentence) & (DEVICE | TITLE) != 0 || clause.is(THING) && !channel_is_thing;
        // `ein Abo per Post`: the wish is for the thing.
        let of_something = manner
            && matches!(mention.way, "post" | "email")
            && tags & MATTER_OF_ANSWER == 0
            && self.of_clause(clause).iter().skip(1).any(|token| token.tags == 0 && token.capital);
        let just_named = !thing && tags & (PLEASE | PREFER | SUFFICES | ASKED) != 0
            || !thing
                && !of_something
                && clause.is(WANT)
                && !clause.is(GOODS)
                && !channel_is_thing
                && self.is_one(mention)
            || compared;
        let only = !thing && clause.is(ONLY) && clause.tokens.len() <= 5 && !clause.is(YOU | I);
        let in_that_case =
            mention.clause.checked_sub(1).and_then(|at| self.clauses.get(at)).is_some_and(|before| {
                before.sentence == clause.sentence
                    && self.tokens.get(before.tokens.start).is_some_and(|first| first.is(CONDITION | IF))
            });
        let conditional = bare && (clause.is(CONDITION | IF) || in_that_case);
        just_named && !clause.is(DEVICE)
            || only
            || bare_answer
            || conditional
            || mention.implied == Implied::Address
                && answers
                && (tags & (FRAME | SHALL) != 0 || self.is_ordered_before(clause))
    }

    /// `eine SMS`, against `zwanzig Briefe`; calls in any number.
    fn is_one(&self, mention: &Mention) -> bool {
        const ONE: [&str; 14] =
            ["ein", "eine", "einen", "ne", "es", "a", "an", "un", "une", "una", "uno", "any", "n", "kurze"];
        let manner = self.token(mention.token).is_some_and(|token| token.is(MANNER) || token.is(CALL));
        manner
            || self.note
            || mention.way == "phone"
            || (1..=3).filter_map(|back| mention.token.checked_sub(back)).any(|at| {
                ONE.contains(&self.key(at))
                    || self.token(at).is_some_and(|token| token.is(BY | PLEASE | PREFER | ONLY))
            })
    }

    /// `per Telefon und nicht mehr per WhatsApp`: the clause behind refuses another one.
    fn is_contrasted(&self, clause: &Clause, mention: &Mention, mentions: &[Mention]) -> bool {
        let next = self.clauses.get(mention.clause + 1).filter(|next| next.sentence == clause.sentence);
        next.is_some_and(|next| {
            let first = self.tokens.get(next.tokens.start);
            let refuses =
                |other: &Mention| other.clause == mention.clause + 1 && other.stand == Stand::Refused;
            first.is_some_and(|first| first.is(AND | BREAK | NOT | NO))
                && next.is(NOT | NO)
                && mentions.iter().any(refuses)
        })
    }

    /// `Keine Anrufe, eine SMS …`: named where another one was refused.
    fn is_instead(&self, clause: &Clause, mention: &Mention, mentions: &[Mention]) -> bool {
        let refused = |other: &Mention| {
            let near = self
                .clauses
                .get(other.clause)
                .is_some_and(|near| near.sentence.abs_diff(clause.sentence) <= 1);
            // `nicht auf dem Handy, sondern auf dem Festnetz` refuses a number and no channel.
            let begins = self.tokens.get(clause.tokens.start).is_some_and(|first| first.is(BREAK));
            let rather = begins && other.clause < mention.clause;
            near && (other.way != mention.way || rather)
                && matches!(other.stand, Stand::Refused | Stand::Hopeless)
        };
        !clause.question
            && clause.tokens.len() <= 2 * BARE
            && !clause.is(PAST | PAST_AUX | MATTER | GOODS)
            && mentions.iter().any(refused)
    }

    /// `Senden Sie den Beleg an: …`
    pub(super) fn is_ordered_before(&self, clause: &Clause) -> bool {
        self.clauses_of(clause.sentence)
            .iter()
            .any(|other| other.tokens.end <= clause.tokens.start && self.has_imperative(other))
    }

    /// `bin unter … erreichbar`, `Sie erreichen mich per …`; not `Sind Sie per … erreichbar?`
    pub(super) fn reachable(&self, clause: &Clause, mention: &Mention, tags: Tags) -> bool {
        let self_reached = clause.is(ME) || clause.is(I) && !clause.is(YOU) || self.note || tags & ME != 0;
        tags & REACH != 0
            && self_reached
            && !clause.question
            && !clause.is(WE)
            && (clause.is(REACH) || mention.implied == Implied::No)
    }

    /// A message that exists, a number, a matter: `die SMS mit dem Code`, `meine Mail`.
    pub(super) fn is_a_thing_of_its_own(&self, clause: &Clause, mention: &Mention) -> bool {
        let Some(token) = self.token(mention.token) else { return true };
        if token.is(MANNER | HERE | PLACE) || mention.implied != Implied::No {
            return clause.is(MATTER) && !(clause.is(ANSWER) && clause.is(ME));
        }
        let before = (mention.token > clause.tokens.start).then(|| self.token(mention.token - 1)).flatten();
        // `Umschläge für Briefe`
        let purpose = (1..=2)
            .filter_map(|back| mention.token.checked_sub(back))
            .any(|at| at >= clause.tokens.start && matches!(self.key(at), "fuer" | "for" | "pour"));
        // `eine Karte für Anrufe und SMS`
        let calls = matches!(token.key.as_str(), "anrufe" | "telefonate" | "calls" | "appels" | "chiamate");
        if purpose && (mention.way != "phone" || calls && !clause.is(REACH)) {
            return true;
        }
        let definite = before.is_some_and(|token| token.is(DEFINITE) && !token.is(BY));
        let by = mention.token.checked_sub(2).and_then(|at| self.token(at)).is_some_and(|token| {
            let into = matches!(token.key.as_str(), "auf" | "an" | "ans" | "am" | "on")
                && (mention.way == "sms" || self.key(mention.token).starts_with("brief"));
            token.is(BY)
                && !into
                && !matches!(
                    token.key.as_str(),
                    "mit" | "with" | "avec" | "con" | "in" | "im" | "dans" | "en"
                )
        });
        let behind_by = before.is_some_and(|token| token.is(BY)) || definite && by;
        // `mir reicht Ihre Mail`: the one that is here.
        if clause.is(USE) {
            return false;
        }
        let yours = before.is_some_and(|token| {
            matches!(token.key.as_str(), "ihre" | "deine" | "eure" | "your" | "votre" | "vostra")
        });
        let judged = clause.is(PREFER) || clause.is(SUFFICES) && !yours;
        let awaited = clause.is(WANT) && mention.way == "phone";
        if definite && !by && !judged && !awaited {
            return true;
        }
        clause.is(MATTER) && !(behind_by && clause.is(ANSWER) && clause.is(ME))
    }

    pub(super) fn is_behind_by(&self, clause: &Clause, mention: usize) -> bool {
        (1..=3).filter_map(|back| mention.checked_sub(back)).filter(|&at| at >= clause.tokens.start).any(
            |at| {
                let between = at + 1..mention;
                self.token(at).is_some_and(|token| token.is(BY))
                    && between.filter_map(|next| self.token(next)).all(|token| !token.is(CALL | ANSWER))
            },
        )
    }

    /// Goods by post, and what is brought in person.
    pub(super) fn is_delivery(&self, clause: &Clause, mention: &Mention, context: Tags) -> bool {
        if mention.way != "post" {
            return false;
        }
        let tags = clause.tags | context;
        let key = self.key(mention.token);
        let letter = ["brief", "lett", "papier", "paper", "carta"].iter().any(|word| key.contains(word))
            || self.token(mention.token).is_some_and(|token| token.is(NOUN) && !token.is(THING));
        tags & GOODS != 0 && tags & (DOCUMENT | REPLY) == 0
            || !letter
                && tags & (DOCUMENT | REPLY) == 0
                && tags & (WRITTEN | LASTING | VERSUS | PREFER) == 0
                && clause.is(SEND | MODAL)
    }
}
