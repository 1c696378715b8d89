//! Refused, or left open: what the words around a channel's name say about it.

use super::clause::Clause;
use super::reading::{Mention, Reading, Stand};
use super::tag::*;

impl Reading {
    /// Where a mention stands.
    pub(super) fn stand(&self, mention: &Mention, mentions: &[Mention]) -> Stand {
        let Some(clause) = self.clauses.get(mention.clause) else { return Stand::Nothing };
        let from = mentions.partition_point(|other| other.clause < mention.clause);
        let to = mentions.partition_point(|other| other.clause <= mention.clause);
        let beside = mentions.get(from..to).unwrap_or_default();
        if self.is_denied_as_a_whole(clause)
            || self.is_title(clause, mention)
            || self.is_waived(clause)
            || self.is_waived_before(mention)
            || self.is_no_channel(clause, mention)
            || self.is_reproach(clause, mention)
        {
            return Stand::Nothing;
        }
        let other = |at: usize| beside.iter().any(|other| other.token == at && other.token != mention.token);
        let stand = self.refusal(clause, mention, &other);
        if stand != Stand::Open && self.is_address(mention) {
            return Stand::Nothing;
        }
        if self.is_useless_before(clause, mention) {
            return Stand::Hopeless;
        }
        // `von SMS auf Mail umstellen`
        let leaves = matches!(self.key_before(mention), "von" | "from" | "de" | "da");
        if leaves && beside.iter().any(|other| other.token > mention.token) {
            return Stand::Nothing;
        }
        // `Wenn Sie mich telefonisch nicht erreichen, …` refuses nothing.
        let case =
            self.token(clause.tokens.start).is_some_and(|first| first.is(IF | CONDITION | WHEN | POLITE_IF));
        match stand {
            Stand::Open => Stand::Open,
            _ if case && !clause.is(PLEASE | PREFER) => Stand::Nothing,
            Stand::Hopeless | Stand::Refused if self.is_weak_signal(clause) => Stand::Nothing,
            _ if self.is_told(clause) => Stand::Nothing,
            // `Warum rufen Sie nicht an?`
            _ if clause.question && !clause.is(PLEASE | PREFER | VERSUS) => Stand::Nothing,
            _ => stand,
        }
    }

    /// `Vous ne répondez jamais au téléphone`: how the shop is, and no refusal.
    fn is_reproach(&self, clause: &Clause, mention: &Mention) -> bool {
        !mention.verb
            && mention.way == "phone"
            && clause.is(NEVER | SELDOM)
            && clause.is(ANSWER)
            && !clause.is(ME | I | PLEASE | PREFER | WANT | SEND | SHALL)
    }

    fn key_before(&self, mention: &Mention) -> &str {
        mention.token.checked_sub(1).map_or("", |at| self.key(at))
    }

    /// Goods by post, the shop's own telephone (`euer Telefon geht nicht`), a noun made of a verb (`beim Anrufen`), and
    /// what is denied of the past or of a time.
    fn is_no_channel(&self, clause: &Clause, mention: &Mention) -> bool {
        const SHOPS: [&str; 13] = [
            "ihr", "ihre", "euer", "eure", "eurem", "ihrem", "dein", "your", "votre", "vos", "vostro",
            "vostra", "ton",
        ];
        let sentence = self.sentence(clause.sentence);
        let goods = mention.way == "post" && sentence & GOODS != 0 && sentence & (DOCUMENT | REPLY) == 0;
        let before = self.key_before(mention);
        let shops = SHOPS.contains(&before) && !clause.is(REFUSE | PLEASE | WANT | PREFER | SUFFICES);
        let gerund = mention.verb && matches!(before, "beim" | "das" | "vom" | "zum");
        // `Danke, dass Sie nicht angerufen, sondern geschrieben haben`.
        let told = mention.verb
            && !clause.is(PASSIVE)
            && self
                .token(mention.token)
                .is_some_and(|token| token.is(PARTICIPLE) && !token.is(IMPERATIVE | NOUN))
            && clause.is(NOT | NO);
        // `keine Anrufe vor neun Uhr`: the time is refused.
        let timed = !mention.verb
            && clause.is(NO)
            && self.behind(clause, mention.token).is_some_and(|next| next.is(TIME));
        goods || shops || gerund || told || timed
    }

    /// `nicht auf diese Mail antworten` refuses an address.
    fn is_address(&self, mention: &Mention) -> bool {
        let key = self.key(mention.token);
        matches!(self.key_before(mention), "diese" | "dieser" | "this" | "cette" | "questa")
            || ["diese ", "this ", "ce mail", "ce courriel", "questa "].iter().any(|word| key.contains(word))
    }

    /// `Es ist zwecklos, mich anzurufen`.
    fn is_useless_before(&self, clause: &Clause, mention: &Mention) -> bool {
        let before = mention.clause.checked_sub(1).and_then(|at| self.clauses.get(at));
        let key = self.key(mention.token);
        before.is_some_and(|before| before.sentence == clause.sentence && before.is(USELESS))
            && (key.contains("zuruf") || key.starts_with("zu "))
    }

    fn is_waived(&self, clause: &Clause) -> bool {
        clause.is(WAIVE)
            || clause.is(NEEDS) && clause.is(NOT | NO) && !clause.is(PREFER | VERSUS)
            || clause.is(NEED) && clause.is(NOT) && !clause.is(REFUSE)
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
        let verb = self
            .token(mention.token)
            .is_some_and(|token| token.capital && token.is(IMPERATIVE) && !token.is(NOUN));
        let lower = self
            .of_clause(clause)
            .iter()
            .any(|token| !token.capital && token.tags & (EMAIL_ADDRESS | PHONE_NUMBER) == 0);
        mention.verb
            && verb
            && mention.token > clause.tokens.start
            && lower
            && !self.key(mention.token).ends_with("en")
    }

    /// `Es ist nicht nötig, extra anzurufen`.
    fn is_waived_before(&self, mention: &Mention) -> bool {
        let clause = self.clauses.get(mention.clause);
        let before = mention.clause.checked_sub(1).and_then(|at| self.clauses.get(at));
        clause.zip(before).is_some_and(|(clause, before)| {
            before.sentence == clause.sentence
                && before.is(WAIVE)
                && mention.verb
                && !clause.is(YOU | PLEASE | PREFER | ME | ONLY)
        })
    }

    /// A thing that happened: `habe Ihre Mail nicht bekommen`.
    fn is_told(&self, clause: &Clause) -> bool {
        let told = clause.is(PAST) || clause.is(PAST_AUX) && clause.is(PARTICIPLE);
        let others = clause.is(THIRD | HE) && !clause.is(ME | I | PLEASE) || self.is_said_by_another(clause);
        others && !self.note
            || told && !clause.is(PLEASE | WANT | PREFER | MODAL | PASSIVE | ASKED)
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
        let address =
            ["adress", "address", "indirizzo"].iter().any(|word| self.key(mention.token).contains(word));
        if clause.is(REFUSE) && address {
            return Stand::Nothing;
        }
        if clause.is(REFUSE) && self.is_object_of_refusal(clause, mention.token) {
            return Stand::Refused;
        }
        if clause.is(USELESS) && !clause.is(DEVICE) {
            return Stand::Hopeless;
        }
        let works = clause.is(WORKS)
            && clause.is(NOT | SELDOM | NEVER)
            && !clause.is(DEVICE | YOU | MODAL | PLEASE | IF | CONDITION);
        let definite = mention
            .token
            .checked_sub(1)
            .and_then(|at| self.token(at))
            .is_some_and(|token| token.is(DEFINITE));
        if works && (!definite || clause.is(ME)) {
            return Stand::Hopeless;
        }
        if sensed && clause.is(NOT | NO | NEVER | SELDOM) && !mention.verb {
            return Stand::Hopeless;
        }
        let unreachable = clause.is(REACH) && clause.is(NOT | NEVER | SELDOM) && !clause.is(ONLY);
        let last = clause.tokens.end.checked_sub(1).and_then(|at| self.token(at));
        let has_none = last.is_some_and(|last| last.is(NO)) && clause.is(HAVE | PAST_AUX);
        if (clause.is(ME) || !mention.verb && clause.is(I)) && unreachable
            || !mention.verb && clause.is(I) && has_none
        {
            return Stand::Hopeless;
        }
        Stand::Open
    }

    /// A patchy signal is an inconvenience and no refusal.
    fn is_weak_signal(&self, clause: &Clause) -> bool {
        const SIGNAL: [&str; 14] = [
            "empfang",
            "netz",
            "signal",
            "funkloch",
            "akku",
            "guthaben",
            "wlan",
            "wifi",
            "reseau",
            "campo",
            "reception",
            "battery",
            "batterie",
            "batteria",
        ];
        self.of_clause(clause).iter().any(|token| SIGNAL.contains(&token.key.as_str()))
    }

    /// What a denied channel comes to: a refusal, its reason, or only that the customer will not call.
    fn denied(&self, clause: &Clause, mention: &Mention, sensed: bool) -> Stand {
        let own = clause.is(I | FIRST) && !clause.is(ME | WANT | PREFER | PLEASE);
        // `Ich habe keine Zeit, Sie anzurufen`.
        let you = |at: usize| self.token(at).is_some_and(|token| token.is(YOU));
        let french = mention
            .token
            .checked_sub(1)
            .is_some_and(|at| you(at) && matches!(self.key(at), "vous" | "te" | "vi"));
        let joined = you(mention.token) && self.token(mention.token).is_some_and(|token| token.is(ENCLITIC));
        let english =
            self.behind(clause, mention.token).is_some_and(|next| matches!(next.key.as_str(), "you" | "u"));
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
        let is = self
            .of_clause(clause)
            .iter()
            .any(|token| matches!(token.key.as_str(), "bin" | "suis" | "sono" | "im"));
        let away = self.of_clause(clause).iter().any(|token| {
            matches!(token.key.as_str(), "da" | "weg" | "fort" | "away" | "la" | "via" | "there")
        });
        if is && away && clause.is(I) && !clause.is(REACH | HAVE | NO | WANT | PREFER | PLEASE | SENSE) {
            return Stand::Nothing;
        }
        let has_none = clause.is(I) && clause.is(HAVE | PAST_AUX) && !clause.is(ME | WANT | PREFER | PLEASE);
        if sensed || has_none || clause.is(USELESS) || clause.is(REACH) && clause.is(I) {
            Stand::Hopeless
        } else {
            Stand::Refused
        }
    }

    /// The clause speaks of what the shop reads or takes, not of the customer.
    fn only_shop(&self, clause: &Clause) -> bool {
        clause.is(YOU) && !clause.is(I | ME)
    }
}
