//! What is decided by itself: its state, a rehearsal, and what a person does with a decision.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{GuardView, RouteView};

/// On which of several computers at one mailbox automation runs, seen from this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "../../../../ui/src/lib/api/bindings/")]
#[serde(rename_all = "snake_case")]
pub enum AutomationPlace {
    /// On every one, where the provider lets them agree.
    Everywhere,
    /// On this one alone.
    Here,
    /// On another one alone.
    Elsewhere,
}

super::shape! {
    /// Whether anything is done by itself, and how much was.
    pub struct AutomationView {
        /// Rules act.
        pub on: bool,
        /// Why, or what has come to its limit; one sentence in English.
        pub reason: String,
        /// The same as a stable word: `off`, `no_rules`, `on`, `hour_full`, `day_full` or `elsewhere`.
        pub code: String,
        /// Rules that are on.
        pub rules_on: u32,
        /// Unasked answers in the last hour, and the most that may leave.
        pub hour: CapView,
        /// The same for 24 hours.
        pub day: CapView,
        /// Accounts whose provider keeps no claims are answered from this computer.
        pub here: bool,
        /// Decisions that wait for a person.
        pub asked: u32,
    }

    /// So many of so many.
    pub struct CapView {
        /// Left so far.
        pub sent: u32,
        /// The most.
        pub most: u32,
    }

    /// A message that a rule fits, and what it would have got.
    pub struct RehearsedView {
        /// The message.
        pub message_id: i64,
        /// Its conversation.
        pub conversation_id: i64,
        /// Whose.
        pub contact_name: String,
        /// When it came.
        pub at: String,
        /// Subject, or null.
        pub subject: Option<String>,
        /// Its first words.
        pub snippet: String,
        /// Why it fits.
        pub evidence: Vec<String>,
        /// How sure the intent is, 0 to 100; null where the rule asks for none.
        pub confidence: Option<u32>,
        /// The text that it would have got; null for none.
        pub text: Option<String>,
        /// By which way; null for none.
        pub route: Option<RouteView>,
        /// What the guards say.
        pub guards: Vec<GuardView>,
        /// `send`, `ask`, `suggest` or `nothing`.
        pub would: String,
        /// Why nothing can be answered: no such standard reply, a missing word, no way.
        pub no_answer: Option<String>,
        /// 0 to 100: what a person should look at first stands first.
        pub doubt: u32,
        /// Against the version in force: `same`, `new`, `gone` or `text`; null where only one was run.
        pub difference: Option<String>,
    }

    /// How far a rehearsal has come.
    pub struct RehearsalView {
        /// Which; for `rehearsal` and `rehearsal_stop`.
        pub id: i64,
        /// Messages passed, the shop's own too.
        pub looked: u64,
        /// All messages.
        pub total: u64,
        /// Everything was looked at.
        pub done: bool,
        /// Messages that the rule does not fit.
        pub misses: u64,
        /// Messages that it fits.
        pub hits_count: u64,
        /// What would have been done with them, by word.
        pub sends: u64,
        /// It would have asked.
        pub asks: u64,
        /// It would have written a draft.
        pub suggests: u64,
        /// Held back.
        pub nothings: u64,
        /// Those with the most doubt first; a page.
        pub hits: Vec<RehearsedView>,
    }
}
