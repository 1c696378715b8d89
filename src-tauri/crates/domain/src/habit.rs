//! The channel that a customer uses by habit: proposed to a person, never set by itself.
//!
//! A habit is proposed if within the last 60 days the customer wrote by one medium and by no other, if that was in at
//! least three conversations or at least six messages, and if they have answered us there at least once: who only ever
//! writes and never answers may not read what comes back. It is not proposed where there is nothing to choose (one
//! medium reaches the customer), and not where somebody said already what is wanted.
//!
//! Not here: whether it was declined before, which the store knows.

use std::collections::BTreeSet;

use crate::ids::ConversationId;
use crate::medium::Medium;
use crate::message::Direction;
use crate::time::Timestamp;

/// How far back is looked.
pub const SPAN_SECS: i64 = 60 * 24 * 3600;
const CONVERSATIONS: usize = 3;
const MESSAGES: usize = 6;

/// A message from or to the customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// In which conversation.
    pub conversation: ConversationId,
    /// Which way it went.
    pub direction: Direction,
    /// By what.
    pub medium: Medium,
    /// When.
    pub at: Timestamp,
    /// Written by a program: says nothing about anybody's habit.
    pub automatic: bool,
}

/// A channel that may be proposed, with what speaks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Habit {
    /// The medium.
    pub medium: Medium,
    /// The customer's messages by it.
    pub messages: u32,
    /// Conversations in which they stand.
    pub conversations: u32,
}

/// The habit that `samples` show, in any order; `reachable` are the media by which an answer may go.
pub fn of(samples: &[Sample], reachable: &[Medium], now: Timestamp) -> Option<Habit> {
    let recent =
        |sample: &&Sample| !sample.automatic && sample.at <= now && now.secs_since(sample.at) <= SPAN_SECS;
    let mut written: Vec<&Sample> = samples.iter().filter(recent).collect();
    written.sort_by_key(|sample| sample.at);
    let from_customer: Vec<&&Sample> =
        written.iter().filter(|sample| sample.direction == Direction::In).collect();
    let medium = &from_customer.first()?.medium;
    let others: BTreeSet<&Medium> = reachable.iter().filter(|other| *other != medium).collect();
    if !reachable.contains(medium) || others.is_empty() {
        return None;
    }
    if from_customer.iter().any(|sample| sample.medium != *medium) {
        return None;
    }
    let conversations: BTreeSet<ConversationId> =
        from_customer.iter().map(|sample| sample.conversation).collect();
    let often = conversations.len() >= CONVERSATIONS || from_customer.len() >= MESSAGES;
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    (often && answers(&written, medium)).then(|| Habit {
        medium: medium.clone(),
        messages: number(from_customer.len()),
        conversations: number(conversations.len()),
    })
}

/// Whether the customer wrote by this medium after we had, in one conversation.
fn answers(written: &[&Sample], medium: &Medium) -> bool {
    written.iter().enumerate().any(|(at, sent)| {
        sent.direction == Direction::Out
            && sent.medium == *medium
            && written
                .iter()
                .skip(at + 1)
                .any(|later| later.direction == Direction::In && later.conversation == sent.conversation)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_secs(1_800_000_000);

    /// `<sms 1 5`: in, medium, conversation, days ago; `>` out; `~` an automatic one.
    fn samples(text: &str) -> Vec<Sample> {
        let one = |line: &str| {
            let words: Vec<&str> = line.trim_start_matches(['<', '>', '~']).split(' ').collect();
            Sample {
                conversation: ConversationId(words[1].parse().unwrap()),
                direction: if line.starts_with('<') { Direction::In } else { Direction::Out },
                medium: Medium::new(words[0]),
                at: NOW.plus_secs(-24 * 3600 * words[2].parse::<i64>().unwrap()),
                automatic: line.starts_with('~'),
            }
        };
        text.split(", ").filter(|line| !line.is_empty()).map(one).collect()
    }

    #[test]
    fn a_habit_needs_evidence() {
        let table = [
            ("nothing", "", None),
            (
                "three conversations, one answered",
                "<sms 1 50, >sms 1 49, <sms 1 48, <sms 2 20, <sms 3 5",
                Some((4, 3)),
            ),
            ("two conversations", "<sms 1 50, >sms 1 49, <sms 1 48, <sms 2 20", None),
            (
                "six messages of one matter",
                "<sms 1 9, >sms 1 8, <sms 1 7, <sms 1 6, <sms 1 5, <sms 1 4, <sms 1 3",
                Some((6, 1)),
            ),
            ("never answered", "<sms 1 50, >sms 1 49, <sms 2 20, <sms 3 5", None),
            ("our word came by mail", "<sms 1 50, >email 1 49, <sms 1 48, <sms 2 20, <sms 3 5", None),
            ("a mail between", "<sms 1 50, >sms 1 49, <sms 1 48, <sms 2 20, <sms 3 5, <email 4 2", None),
            (
                "a mail long ago",
                "<email 4 61, <sms 1 50, >sms 1 49, <sms 1 48, <sms 2 20, <sms 3 5",
                Some((4, 3)),
            ),
            ("too long ago", "<sms 1 90, >sms 1 89, <sms 1 88, <sms 2 20, <sms 3 5", None),
            ("by a medium that we have not", "<fax 1 50, >fax 1 49, <fax 1 48, <fax 2 20, <fax 3 5", None),
            ("a program wrote", "<sms 1 50, ~sms 1 49, <sms 1 48, <sms 2 20, <sms 3 5", None),
        ];
        let reachable = [Medium::new("email"), Medium::new("sms")];
        for (name, text, expected) in table {
            let found = of(&samples(text), &reachable, NOW);
            assert_eq!(found.as_ref().map(|habit| (habit.messages, habit.conversations)), expected, "{name}");
        }
    }

    #[test]
    fn there_must_be_a_choice() {
        let all = samples("<sms 1 50, >sms 1 49, <sms 1 48, <sms 2 20, <sms 3 5");
        assert_eq!(of(&all, &[Medium::new("sms")], NOW), None);
        assert_eq!(of(&all, &[Medium::new("email")], NOW), None);
        assert!(of(&all, &[Medium::new("email"), Medium::new("sms")], NOW).is_some());
    }
}
