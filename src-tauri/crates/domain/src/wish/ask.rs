//! Whether a channel that is not refused is asked for.
//!
//! A wish needs a frame: an imperative, a modal with the shop as its subject, `bitte`, a preference, a need, a verdict
//! such as `genügt`. What happened, what the customer will do himself, questions about what the shop offers, goods, and
//! other people's calls are no wish, whatever channel they name.

use super::reading::{Implied, Mention, Reading, Stand};
use super::tag::*;
use super::text::Clause;

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
const FRAME: Tags = PLEASE | PREFER | WANT | SUFFICES | ASKED | SHALL;
/// Words of what is asked for.
const MATTER_OF_ANSWER: Tags = ANSWER | REPLY | DOCUMENT | TALK | CHANNEL;
/// Longest clause that is a wish without any frame: `Antwort per Mail`.
const BARE: usize = 7;

impl Reading {
    /// Whether a mention is asked for.
    pub(super) fn ask(&self, mention: &Mention, mentions: &[Mention]) -> Ask {
        let Some(clause) = self.clauses.get(mention.clause) else { return Ask::No };
        let sentence = self.sentence(clause.sentence);
        if sentence & (ADVERT | INDIFFERENT) != 0
            || (clause.is(DEVICE) || sentence & DEVICE != 0 && !clause.is(PLEASE)) && !(clause.is(ME) && clause.is(CALL | ANSWER))
            || self.is_said_by_another(clause)
            || self.is_to_the_shop(clause)
            || self.is_anybodys_question(clause)
            || self.has_unknown_subject(clause)
            || sentence & ERRAND != 0 && !clause.is(ME)
            || clause.is(WITHDRAWN)
            || self.is_past(clause, mention)
            || self.is_own_action(clause, mention)
        {
            return Ask::No;
        }
        let subordinate = self.tokens.get(clause.tokens.start).is_some_and(|first| first.is(IF | WHEN));
        if subordinate && !clause.is(ME | PLEASE | POLITE_IF | PREFER) && !self.has_imperative(clause) && !self.is_fragment(clause) {
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
        let stated = !instead && mention.verb && clause.is(MODAL) && !clause.is(ME | PHONE_NUMBER | PLEASE | WE | PREFER) && !self.note;
        if stated {
            return Ask::Other;
        }
        let unknown = self.of_clause(clause).iter().filter(|token| token.tags == 0).count();
        if mention.verb && !clause.is(ME | PHONE_NUMBER | PLEASE) && unknown >= 2 && !self.note && !self.has_imperative(clause) {
            return Ask::Other;
        }
        if clause.is(THIRD | HE) && !clause.is(ME) && !self.note {
            return if self.third_is_subject(clause, mention) { Ask::No } else { Ask::Other };
        }
        Ask::Own
    }

    /// `Meine Oma sagt, Sie sollen anrufen`: somebody else's wish.
    pub(super) fn is_said_by_another(&self, clause: &Clause) -> bool {
        !self.note
            && self.clauses.iter().any(|other| {
                (!clause.is(ME) || other.tokens == clause.tokens && other.is(THIRD) && other.is(THAT | PREFER))
                    && other.sentence == clause.sentence
                    && other.tokens.start <= clause.tokens.start
                    && other.is(SAYS)
                    && !other.is(I)
                    && (other.is(THIRD | HE | PAST | PAST_AUX) || self.is_written_there(other))
            })
    }

    /// `Auf dem Zettel steht: bitte anrufen`.
    fn is_written_there(&self, clause: &Clause) -> bool {
        const WRITTEN_THERE: [&str; 8] = ["steht", "stand", "heisst", "hiess", "says", "reads", "ecrit", "scritto"];
        self.of_clause(clause).iter().any(|token| WRITTEN_THERE.contains(&token.key.as_str()))
    }

    /// `Kann man per WhatsApp …?`, `si può … via mail?`: what the shop offers.
    fn is_anybodys_question(&self, clause: &Clause) -> bool {
        const ANYBODY: [&str; 8] = ["man", "on peut", "peut on", "si puo", "puis je", "posso", "one", "faut il"];
        let begins = self.of_clause(clause).iter().any(|token| ANYBODY.contains(&token.key.as_str()));
        clause.question && begins && !clause.is(ME | TALK | HAVE)
    }

    /// `Frau Lerche möchte einen Rückruf`: a name before a verb of wishing, and no `ich`.
    fn has_unknown_subject(&self, clause: &Clause) -> bool {
        !self.note
            && !clause.is(I | ME)
            && self.of_clause(clause).windows(2).any(|pair| match pair {
                [subject, verb] => subject.tags == 0 && subject.capital && verb.is(SAYS) && !verb.is(ME),
                _ => false,
            })
    }

    /// `Kann man Ihnen eine SMS schreiben?`, `on peut vous joindre par mail ?`: a message to the shop.
    fn is_to_the_shop(&self, clause: &Clause) -> bool {
        if clause.is(ME) || !clause.is(ANSWER | CALL | REACH) || clause.is(PLEASE) {
            return false;
        }
        let tokens = self.of_clause(clause);
        let object = tokens.iter().any(|token| token.is(YOU_OBJECT) || token.is(ENCLITIC) && token.is(YOU));
        let french = tokens.windows(2).any(|pair| match pair {
            [you, verb] => matches!(you.key.as_str(), "vous" | "te") && verb.is(INFINITIVE) && verb.key.ends_with("re") | verb.key.ends_with("er"),
            _ => false,
        });
        let asks = tokens.iter().any(|token| token.is(I) || token.key.split(' ').any(|word| matches!(word, "on" | "man" | "je")));
        object && !clause.is(WE | SUFFICES | PREFER) || french && asks && !clause.is(THAT)
    }

    /// Whether somebody else is named before the verb, as its subject.
    fn third_is_subject(&self, clause: &Clause, mention: &Mention) -> bool {
        let is = |at: usize, tags: Tags| self.token(at).is_some_and(|token| token.is(tags));
        let verb = clause.tokens.clone().find(|&at| is(at, CALL | ANSWER)).unwrap_or(mention.token);
        (clause.tokens.start..verb).any(|at| is(at, THIRD | HE)) && (!clause.is(PLEASE | SHALL) || clause.is(SAYS))
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
                .all(|mention| matches!(mention.stand, Stand::Refused));
            let begins = self.tokens.get(other.tokens.start).is_some_and(|first| first.is(IF | WHEN | CONDITION));
            let told = other.is(PAST) || other.is(PAST_AUX) && other.is(PARTICIPLE);
            (other.sentence == clause.sentence && refused && !(begins && !other.is(POLITE_IF)) && !told)
                .then_some(other.tags)
        };
        let only_address = |at: usize| {
            self.clauses.get(at).is_some_and(|other| {
                self.of_clause(other).iter().all(|token| token.is(EMAIL_ADDRESS | PHONE_NUMBER | HANDLE | FILLER))
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
            self.tokens.get(next.tokens.start).is_some_and(|first| first.is(BREAK)) || next.is(I) && !next.is(REACH | FRAME)
        });
        if !reason {
            tags |= lends(behind).unwrap_or(0);
        }
        tags
    }

    /// Something that happened.
    fn is_past(&self, clause: &Clause, mention: &Mention) -> bool {
        // `Sie haben versprochen, mich anzurufen`
        let before = mention.clause.checked_sub(1).and_then(|at| self.clauses.get(at));
        let promised = before.is_some_and(|before| {
            let told = before.is(PARTICIPLE) || self.of_clause(before).iter().any(|token| token.key == "gebeten");
            before.sentence == clause.sentence && (before.is(PAST_AUX) && told || before.is(PAST))
        });
        let key = self.key(mention.token);
        if promised && (key.contains("zuruf") || key.starts_with("zu ")) {
            return true;
        }
        let told = clause.is(PAST) || clause.is(PAST_AUX) && clause.is(PARTICIPLE);
        if !told {
            return false;
        }
        // `I require a letter saying that it was refused`: the past comes later.
        let before = self.tokens.get(clause.tokens.start..mention.token).unwrap_or_default();
        if before.iter().any(|token| token.is(WANT | PLEASE)) && !before.iter().any(|token| token.is(PAST | PAST_AUX)) {
            return false;
        }
        let passive = clause.is(PASSIVE) && clause.is(WANT | PREFER | SHALL | MODAL | PLEASE);
        let asked = clause.question && clause.is(MODAL) && clause.is(ME) && clause.is(YOU)
            || clause.is(PREFER) && clause.is(YOU)
            || clause.is(PLEASE)
            || clause.is(WANT) && clause.is(ME);
        let itself = self.token(mention.token).is_some_and(|token| token.is(PAST | PARTICIPLE) && !token.is(IMPERATIVE));
        let note = self.note && (clause.is(SHALL | ASKED | WANT) || clause.is(PASSIVE));
        let ready = clause.is(ASKED) && !clause.is(I) && !clause.is(PAST);
        !(passive || note || ready || asked && (!itself || clause.is(PREFER)))
    }

    /// What the customer will do himself: `ich rufe an`, `I'll text you`, `vi chiamo`.
    fn is_own_action(&self, clause: &Clause, mention: &Mention) -> bool {
        if self.note {
            return clause.is(SELF);
        }
        if clause.is(SELF) && !clause.is(PLEASE) {
            return true;
        }
        let acts = clause.is(CALL | ANSWER | SEND | BOOK);
        let first = clause.is(I) || clause.is(FIRST);
        let gets = clause.is(PREFER | WANT | SUFFICES | REACH | ASKED | WE | THAT | TALK) || clause.is(HAVE) && !clause.is(CALL);
        let reflexive = self.of_clause(clause).windows(2).any(|pair| match pair {
            [verb, pronoun] => {
                (verb.key.starts_with("meld") && pronoun.key == "mich" && !clause.is(YOU))
                    || (pronoun.is(YOU) && verb.is(CALL | ANSWER) && matches!(pronoun.key.as_str(), "you" | "u" | "ya" | "euch" | "ihnen" | "dir" | "dich"))
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
        // `ich möchte jemandem einen Brief schreiben`
        if first && clause.is(WANT | MODAL) && clause.is(ANSWER) && !clause.is(ME | PASSIVE | HAVE | TELL | SUFFICES | PREFER | REPLY | THAT | WE) {
            return true;
        }
        // `ich melde mich`, `ich rufe mich durch`: the customer is both.
        let framed = gets || clause.is(PLEASE | POLITE_IF) || clause.is(MODAL) && clause.is(YOU) || clause.is(HAVE);
        if first && acts && clause.is(ME) && !framed && !self.has_imperative(clause) {
            return true;
        }
        // `ich würde Sie gern anrufen`, against `ich würde gern telefonieren`.
        let wants_to_call = first && mention.verb && !clause.is(ME) && !clause.is(WE | SUFFICES | PASSIVE | THAT);
        wants_to_call && !self.key(mention.token).starts_with("telefon") && !self.token(mention.token).is_some_and(|token| token.is(NOUN))
    }

    fn object_is_me(&self, clause: &Clause) -> bool {
        self.of_clause(clause).iter().any(|token| token.is(ME) && token.key != "mich" && !token.is(YOU))
            && self.has_imperative(clause)
    }

    /// An imperative: a verb form for it at the beginning of its clause, or one with its pronoun (`rufen Sie`,
    /// `appelez-moi`, `chiamatemi`).
    pub(super) fn has_imperative(&self, clause: &Clause) -> bool {
        let tokens = self.of_clause(clause);
        let first = tokens.iter().find(|token| {
            !token.is(FILLER | PLEASE | AND | BREAK | ONLY | PREFER | LASTING | ASKED) || token.is(CALL | ANSWER)
        });
        let begins = first.is_some_and(|token| token.is(IMPERATIVE) && token.is(CALL | ANSWER | TALK));
        begins
            || tokens.windows(2).any(|pair| match pair {
                [verb, next] if verb.is(CALL | ANSWER) => {
                    let formal = next.key == "sie" && verb.key.ends_with("en");
                    let german = matches!(next.key.as_str(), "mir" | "mich" | "uns" | "mi" | "mer") && verb.is(IMPERATIVE);
                    formal || next.key == "moi" || german || verb.is(ENCLITIC)
                }
                _ => false,
            })
            || tokens.last().is_some_and(|token| token.is(ENCLITIC) && token.is(ME) && token.is(CALL | ANSWER))
    }

    /// `Meine Tochter soll mich anrufen`.
    fn is_my_third(&self, clause: &Clause) -> bool {
        const MINE: [&str; 16] = [
            "mein", "meine", "meiner", "meinem", "meinen", "unsere", "unserer", "my", "our", "mon", "ma", "mes", "mia", "mio", "miei", "sie",
        ];
        self.clauses.iter().filter(|other| other.sentence == clause.sentence).any(|other| {
            self.of_clause(other).windows(2).any(|pair| match pair {
                [mine, third] => third.is(THIRD) && MINE.contains(&mine.key.as_str()),
                _ => false,
            })
        })
    }

    fn verb_asked(&self, clause: &Clause, mention: &Mention, context: Tags) -> bool {
        let Some(token) = self.token(mention.token) else { return false };
        if token.is(PARTICIPLE) && !token.is(IMPERATIVE) {
            return clause.is(PASSIVE) && clause.is(WANT | PREFER | SHALL | MODAL | PLEASE | SUFFICES)
                || clause.is(PREFER) && clause.is(YOU)
                || clause.is(WANT | PREFER) && clause.is(DOCUMENT | REPLY) && !clause.is(PAST_AUX);
        }
        if clause.is(SHALL) {
            return !self.is_my_third(clause);
        }
        if clause.is(ME) {
            return clause.is(FRAME | MODAL | REACH) || self.has_imperative(clause) || !clause.is(I | THIRD | HE);
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
        if !clause.is(PLEASE | YOU) && object.is_some_and(|next| next.tags == 0 || next.is(DEFINITE) && next.tags & !DEFINITE & !FILLER == 0) {
            return false;
        }
        if clause.is(YOU) {
            return clause.is(MODAL | FRAME) || imperative;
        }
        let infinitive = ["en", "er", "re", "te"].iter().any(|end| token.key.ends_with(end));
        let bare = token.is(INFINITIVE) && infinitive && !clause.is(NEED) && clause.tokens.len() <= BARE && !clause.is(THIRD | HE);
        clause.is(FRAME) || context & (PLEASE | PREFER) != 0 || imperative || bare
    }

    fn thing_asked(&self, clause: &Clause, mention: &Mention, mentions: &[Mention], context: Tags) -> bool {
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
            let known = self.of_clause(clause).iter().all(|token| token.tags != 0) && clause.tokens.len() <= BARE;
            return known && clause.is(PLEASE | PREFER | ONLY | VERSUS) && !clause.is(WANT | MATTER) && !clause.question
                || known && clause.is(PREFER | CHANNEL);
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
        if clause.is(I) && !clause.is(ME) && clause.is(ANSWER | SEND) && !clause.is(FRAME & !PLEASE & !ASKED | HAVE) {
            return false;
        }
        if answers && (tags & FRAME != 0 || spoken || told_me || compared) {
            return !clause.question || frame.is(FRAME | ME | WE | HAVE) || clause.is(MODAL) && clause.is(ANSWER) && clause.is(YOU) || spoken && told_me;
        }
        if clause.question && !clause.is(WANT | PLEASE | PREFER) {
            return false;
        }
        let bare = clause.tokens.len() <= BARE && !clause.is(I | YOU | PAST_AUX | MATTER | MODAL | BOOK) && !clause.question;
        let next = self.clauses.get(mention.clause + 1).filter(|next| next.sentence == clause.sentence);
        let contrasted = bare
            && manner
            && next.is_some_and(|next| {
                let first = self.tokens.get(next.tokens.start);
                first.is_some_and(|first| first.is(AND | BREAK | NOT | NO)) && next.is(NOT | NO)
                    && mentions.iter().any(|other| other.clause == mention.clause + 1 && other.stand == Stand::Refused)
            });
        let lasting = bare && manner && clause.is(LASTING) && !clause.is(STILL | PAST);
        let other_refused = |other: &Mention| {
            let near = self.clauses.get(other.clause).is_some_and(|near| near.sentence.abs_diff(clause.sentence) <= 1);
            // `nicht auf dem Handy, sondern auf dem Festnetz` refuses a number and no channel.
            let begins = self.tokens.get(clause.tokens.start).is_some_and(|first| first.is(BREAK));
            let rather = begins && other.clause < mention.clause;
            near && (other.way != mention.way || rather) && matches!(other.stand, Stand::Refused | Stand::Hopeless)
        };
        let instead = !clause.question
            && clause.tokens.len() <= 2 * BARE
            && !clause.is(PAST | PAST_AUX | MATTER | GOODS)
            && mentions.iter().any(other_refused);
        let bare_answer = lasting || instead || contrasted || bare && tags & (REPLY | ANSWER | DOCUMENT) != 0 && manner;
        // Beside a device or a title the name of a channel says what it can do.
        let thing = self.sentence(clause.sentence) & (DEVICE | TITLE) != 0 || clause.is(THING) && !token.is(THING);
        let just_named = !thing && tags & (PLEASE | PREFER | SUFFICES | ASKED) != 0 || !thing && clause.is(WANT) && !clause.is(GOODS) && !token.is(THING) || compared;
        let only = !thing && clause.is(ONLY) && clause.tokens.len() <= 5 && !clause.is(YOU | I);
        let in_that_case = mention.clause.checked_sub(1).and_then(|at| self.clauses.get(at)).is_some_and(|before| {
            before.sentence == clause.sentence
                && self.tokens.get(before.tokens.start).is_some_and(|first| first.is(CONDITION | IF))
        });
        let conditional = bare && (clause.is(CONDITION | IF) || in_that_case);
        just_named && !clause.is(DEVICE) || only || bare_answer || conditional
            || mention.implied == Implied::Address && answers && (tags & (FRAME | SHALL) != 0 || self.is_ordered_before(clause))
    }

    /// `Senden Sie den Beleg an: …`
    fn is_ordered_before(&self, clause: &Clause) -> bool {
        self.clauses.iter().any(|other| {
            other.sentence == clause.sentence && other.tokens.end <= clause.tokens.start && self.has_imperative(other)
        })
    }

    /// `bin unter … erreichbar`, `Sie erreichen mich per …`; not `Sind Sie per … erreichbar?`
    fn reachable(&self, clause: &Clause, mention: &Mention, tags: Tags) -> bool {
        let self_reached = clause.is(ME) || clause.is(I) && !clause.is(YOU) || self.note || tags & ME != 0;
        tags & REACH != 0 && self_reached && !clause.question && !clause.is(WE) && (clause.is(REACH) || mention.implied == Implied::No)
    }

    /// A message that exists, a number, a matter: `die SMS mit dem Code`, `meine Mail`.
    fn is_a_thing_of_its_own(&self, clause: &Clause, mention: &Mention) -> bool {
        let Some(token) = self.token(mention.token) else { return true };
        if token.is(MANNER | HERE | PLACE) || mention.implied != Implied::No {
            return clause.is(MATTER) && !(clause.is(ANSWER) && clause.is(ME));
        }
        let before = (mention.token > clause.tokens.start).then(|| self.token(mention.token - 1)).flatten();
        let definite = before.is_some_and(|token| token.is(DEFINITE) && !token.is(BY));
        let by = mention.token.checked_sub(2).and_then(|at| self.token(at)).is_some_and(|token| {
            let into = matches!(token.key.as_str(), "auf" | "an" | "ans" | "am" | "on")
                && (mention.way == "sms" || self.key(mention.token).starts_with("brief"));
            token.is(BY) && !into && !matches!(token.key.as_str(), "mit" | "with" | "avec" | "con" | "in" | "im" | "dans" | "en")
        });
        let behind_by = before.is_some_and(|token| token.is(BY)) || definite && by;
        if definite && !by && !clause.is(PREFER | SUFFICES) && !(clause.is(WANT) && mention.way == "phone") {
            return true;
        }
        clause.is(MATTER) && !(behind_by && clause.is(ANSWER) && clause.is(ME))
    }

    fn is_behind_by(&self, clause: &Clause, mention: usize) -> bool {
        (1..=3).filter_map(|back| mention.checked_sub(back)).filter(|&at| at >= clause.tokens.start).any(|at| {
            let between = at + 1..mention;
            self.token(at).is_some_and(|token| token.is(BY))
                && between.filter_map(|next| self.token(next)).all(|token| !token.is(CALL | ANSWER))
        })
    }

    /// Goods by post, and what is brought in person.
    fn is_delivery(&self, clause: &Clause, mention: &Mention, context: Tags) -> bool {
        if mention.way != "post" {
            return false;
        }
        let tags = clause.tags | context;
        let key = self.key(mention.token);
        let letter = ["brief", "lett", "papier", "paper", "carta"].iter().any(|word| key.contains(word))
            || self.token(mention.token).is_some_and(|token| token.is(NOUN) && !token.is(THING));
        tags & GOODS != 0 && tags & (DOCUMENT | REPLY) == 0
            || !letter && tags & (DOCUMENT | REPLY) == 0 && tags & (WRITTEN | LASTING | VERSUS | PREFER) == 0 && clause.is(SEND | MODAL)
    }
}
