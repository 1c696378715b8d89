//! One step through a tree: the state, an answer and the time go in, what comes next goes out.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::answer::{self, Read};
use super::{Ask, Go, MOST_QUESTIONS, Node, Tree};
use crate::command::{self, Command};
use crate::time::Timestamp;

/// Where a dialogue stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The question that waits for an answer.
    pub node: String,
    /// What was answered, by the name of the question.
    pub answers: BTreeMap<String, String>,
    /// Questions so far.
    pub asked: u32,
    /// Until when it goes on by itself.
    pub expires_at: Timestamp,
}

/// When a step is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Now.
    pub now: Timestamp,
    /// The day on which that is in the shop: `tomorrow` is read from it.
    pub today: Date,
}

/// Why a dialogue ends with a person, or with nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Out {
    /// The customer wants a person.
    Wanted,
    /// The answer was not understood.
    NotUnderstood,
    /// The tree says so.
    Planned,
    /// Three questions were asked.
    TooMany,
    /// The tree has changed and does not know the question any more.
    Changed,
}

/// What comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next<'a> {
    /// This is asked.
    Ask {
        /// The question.
        ask: &'a Ask,
        /// Where it stands then.
        state: State,
    },
    /// It ends with this standard reply.
    Reply {
        /// By its shortcut or name.
        reply: &'a str,
        /// All that was answered.
        answers: BTreeMap<String, String>,
    },
    /// It ends, and a person goes on.
    Person {
        /// Why.
        why: Out,
        /// All that was answered.
        answers: BTreeMap<String, String>,
    },
    /// It ends with the customer's own command (STOPP, STATUS), which wins.
    Command(Command),
    /// It had ended before this message came: the message is one like any other.
    Over,
}

/// The first question; `None` for a tree without one.
pub fn begin(tree: &Tree, now: Timestamp) -> Option<(&Ask, State)> {
    let node = tree.nodes.get(&tree.start)?;
    let state = State {
        node: tree.start.clone(),
        answers: BTreeMap::new(),
        asked: 1,
        expires_at: expires(tree, now),
    };
    Some((&node.ask, state))
}

fn expires(tree: &Tree, now: Timestamp) -> Timestamp {
    now.plus_secs(i64::from(tree.within_minutes) * 60)
}

/// Takes the customer's message.
pub fn step<'a>(tree: &'a Tree, state: &State, message: &str, moment: Moment) -> Next<'a> {
    let mut answers = state.answers.clone();
    match command::read(message) {
        Some(Command::Person) => return Next::Person { why: Out::Wanted, answers },
        Some(other) => return Next::Command(other),
        None => {}
    }
    if moment.now > state.expires_at {
        return Next::Over;
    }
    let Some(node) = tree.nodes.get(&state.node) else {
        return Next::Person { why: Out::Changed, answers };
    };
    let (go, why) = match answer::read(node, message, moment.today) {
        Some(Read { branch, value }) => {
            answers.insert(state.node.clone(), value);
            (follows(node, &branch), Out::Planned)
        }
        None => (follows(node, "else"), Out::NotUnderstood),
    };
    match go {
        Go::Person => Next::Person { why, answers },
        Go::Reply(reply) => Next::Reply { reply, answers },
        Go::Node(_) if state.asked >= MOST_QUESTIONS => Next::Person { why: Out::TooMany, answers },
        Go::Node(name) => match tree.nodes.get(name) {
            Some(next) => Next::Ask {
                ask: &next.ask,
                state: State {
                    node: name.clone(),
                    answers,
                    asked: state.asked + 1,
                    expires_at: expires(tree, moment.now),
                },
            },
            None => Next::Person { why: Out::Changed, answers },
        },
    }
}

/// Where an answer leads; a person where the tree says nothing.
fn follows<'a>(node: &'a Node, branch: &str) -> &'a Go {
    node.goes_on.get(branch).unwrap_or(&Go::Person)
}
