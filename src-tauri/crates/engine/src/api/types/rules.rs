//! Rules: their list, and what one says. [`RuleShape`] and what hangs on it are `theke_domain::rule` for the window, word
//! for word: TypeScript is derived here only, and a test compares the two.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

super::shape! {
    /// A rule of the shop.
    pub struct RuleView {
        /// Id.
        pub id: i64,
        /// As the shop calls it.
        pub name: String,
        /// `suggest`, `ask` or `send`, as the shop chose.
        pub mode: String,
        /// Wrong marks lowered it: it asks instead of sending until it is written anew.
        pub lowered: bool,
        /// Whether it acts.
        pub on: bool,
        /// Since when it is on as it is.
        pub on_since: Option<String>,
        /// The version in force.
        pub version: u32,
        /// Starter pack and name in it; empty = the shop's own.
        pub pack: String,
        /// As TOML.
        pub source: String,
        /// What it says; `None` where this program cannot read it.
        pub rule: Option<RuleShape>,
        /// What is wrong with it, such as a standard reply that is no more.
        pub problems: Vec<RuleProblem>,
    }

    /// A version of a rule.
    pub struct RuleVersionView {
        /// Counted from 1.
        pub version: u32,
        /// When it was written.
        pub written_at: String,
        /// As TOML.
        pub source: String,
    }

    /// Something that is wrong with a rule.
    pub struct RuleProblem {
        /// Where: `line 7`, or the way through the rule such as `if.all.2.words`, counted from 1.
        pub place: String,
        /// What is wrong and what to do, in English.
        pub text: String,
    }

    /// A rule that is being written, in both its forms.
    pub struct RuleChecked {
        /// As TOML.
        pub source: String,
        /// What it says; `None` where it cannot be read.
        pub rule: Option<RuleShape>,
        /// What is wrong with it.
        pub problems: Vec<RuleProblem>,
    }

    /// What a rule would say to a text.
    pub struct RuleTest {
        /// The rule's name.
        pub rule: String,
        /// `suggest`, `ask` or `send`.
        pub mode: String,
        /// Whether its conditions hold.
        pub fits: bool,
        /// Why, in English.
        pub evidence: Vec<String>,
        /// The same, for the window's own sentences.
        pub reasons: Vec<RuleReason>,
        /// What it does, by the words of rules.
        pub actions: Vec<String>,
    }

    /// Why a rule fits.
    pub struct RuleReason {
        /// `words`, `intent`, `closed` …
        pub code: String,
        /// What was found.
        pub values: Vec<String>,
    }

    /// A message on which a rule is tried.
    #[derive(Default)]
    pub struct RuleTestMessage {
        /// Its text.
        pub text: String,
        /// Its subject.
        pub subject: String,
        /// The medium by which it came.
        pub medium: String,
        /// Its language; empty = not known.
        pub language: String,
        /// The shop is closed.
        pub closed: bool,
    }

    /// A rule.
    pub struct RuleShape {
        /// As the shop calls it.
        pub name: String,
        /// `suggest`, `ask` or `send`.
        pub mode: String,
        /// How old a message may be, in minutes.
        pub max_age_minutes: u32,
        /// First day, `2026-12-01`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub valid_from: Option<String>,
        /// Last day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub valid_until: Option<String>,
        /// No later rule is asked once this one has fitted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub stop: Option<bool>,
        /// What sets it off.
        pub when: TriggerShape,
        /// What must hold; nothing = always.
        #[serde(rename = "if", default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub condition: Option<ConditionShape>,
        /// What is done.
        pub then: Vec<ActionShape>,
    }

    /// Words and phrases.
    pub struct WordsShape {
        /// One of these.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub any: Option<Vec<String>>,
        /// Each of these.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub all: Option<Vec<String>>,
        /// `both`, `text` or `subject`.
        #[serde(rename = "in", default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub place: Option<String>,
        /// Also in quoted history.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub quoted: Option<bool>,
    }

    /// What the customer wants.
    pub struct IntentShape {
        /// One of these.
        pub is: Vec<String>,
        /// 1 to 100.
        pub at_least: u8,
    }

    /// A field of the customer, with one comparison.
    pub struct FieldShape {
        /// Which.
        pub name: String,
        /// It is one of these.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub is: Option<Vec<String>>,
        /// It has these letters in it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub contains: Option<String>,
        /// It begins with these.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub begins: Option<String>,
        /// Not smaller.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub at_least: Option<String>,
        /// Not greater.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub at_most: Option<String>,
        /// Something stands there, or nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub filled: Option<bool>,
    }

    /// Messages of the customer in the last days.
    pub struct EarlierShape {
        /// So many days.
        pub days: u32,
        /// So many or more.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub at_least: Option<u32>,
        /// So many or fewer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub at_most: Option<u32>,
    }

    /// Files of the message.
    pub struct AttachmentsShape {
        /// There are some, or none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub has: Option<bool>,
        /// One is of such a type.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub types: Option<Vec<String>>,
    }

    /// What an answer is made of.
    pub struct AnswerShape {
        /// A standard reply, by its shortcut or name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub reply: Option<String>,
        /// By this channel only.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub via: Option<String>,
        /// A question back, and what follows.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub dialogue: Option<TreeShape>,
    }

    /// A tree of questions.
    pub struct TreeShape {
        /// The first question.
        pub start: String,
        /// How long an answer is waited for.
        pub within_minutes: u32,
        /// The questions by their names.
        pub nodes: BTreeMap<String, NodeShape>,
    }

    /// A question.
    pub struct NodeShape {
        /// How it is asked.
        pub ask: AskShape,
        /// `order_number`, `date`, `yes_no`, `choice` or `text`.
        pub expects: String,
        /// The words of each choice.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub choices: Option<BTreeMap<String, Vec<String>>>,
        /// Where it goes on, by answer.
        pub goes_on: BTreeMap<String, GoShape>,
    }
}

macro_rules! choice {
    ($($(#[$doc:meta])* pub enum $name:ident { $($body:tt)* })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        #[ts(export, export_to = "../../../../ui/src/lib/api/bindings/")]
        pub enum $name { $($body)* }
    )+};
}

choice! {
    /// What sets a rule off.
    pub enum TriggerShape {
        /// A message came.
        Message,
        /// The first message of a customer came.
        FirstContact,
        /// A message came while the shop was closed.
        OutsideHours,
        /// A conversation was closed.
        ConversationClosed,
        /// A customer has waited so many opening hours.
        NoAnswer {
            /// Hours.
            opening_hours: u32,
        },
        /// An order came to a state.
        OrderState {
            /// Which; none = any.
            states: Vec<String>,
        },
        /// The stock of an article changed.
        Stock {
            /// Which; none = any.
            articles: Vec<String>,
            /// So few or fewer.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[ts(optional)]
            at_most: Option<u32>,
            /// It is there again.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[ts(optional)]
            back: Option<bool>,
        },
        /// Days before or after a date of the customer.
        CustomerDate {
            /// `birthday`, or a field.
            field: String,
            /// Days; negative = before.
            days: i32,
            /// `09:00`.
            at: String,
        },
        /// A time.
        Time {
            /// `mon` … `sun`; none = every day.
            weekdays: Vec<String>,
            /// `09:00`.
            at: String,
        },
    }

    /// What must hold.
    pub enum ConditionShape {
        /// Each of them.
        All(Vec<ConditionShape>),
        /// One of them.
        Any(Vec<ConditionShape>),
        /// Not this.
        Not(Box<ConditionShape>),
        /// Media.
        Medium(Vec<String>),
        /// Accounts.
        Account(Vec<i64>),
        /// Words.
        Words(WordsShape),
        /// What it asks for.
        Intent(IntentShape),
        /// Languages.
        Language(Vec<String>),
        /// A field of the customer.
        Field(FieldShape),
        /// Words on the card.
        Tag(Vec<String>),
        /// Open or closed now.
        Open(bool),
        /// A holiday today.
        Holiday(bool),
        /// Earlier messages.
        Earlier(EarlierShape),
        /// Files.
        Attachments(AttachmentsShape),
        /// The customer writes for the first time.
        NewContact(bool),
    }

    /// What is done.
    pub enum ActionShape {
        /// An answer.
        Answer(AnswerShape),
        /// Words on the card.
        Tag {
            /// Put there.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[ts(optional)]
            add: Option<Vec<String>>,
            /// Taken away.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[ts(optional)]
            remove: Option<Vec<String>>,
        },
        /// A field on the card.
        SetField {
            /// Which.
            name: String,
            /// What stands there then.
            value: String,
        },
        /// Not now.
        Snooze(DueShape),
        /// Done.
        Close,
        /// A star.
        Star,
        /// Something to do.
        Task {
            /// What.
            text: String,
            /// Until when.
            due: DueShape,
        },
        /// Somebody is told.
        Notify {
            /// What.
            text: String,
        },
        /// Sent on.
        Forward {
            /// To which address of the shop.
            to: String,
        },
        /// The wanted channel.
        SetPreference {
            /// Which.
            medium: String,
        },
    }

    /// A time from now on.
    pub enum DueShape {
        /// Hours by the clock.
        Hours(u32),
        /// Hours in which the shop is open.
        OpeningHours(u32),
        /// When it opens next.
        NextOpening,
    }

    /// How a question is asked.
    pub enum AskShape {
        /// In these words, by language.
        Text(BTreeMap<String, String>),
        /// As a standard reply says it.
        Reply(String),
    }

    /// Where it goes on.
    pub enum GoShape {
        /// To another question.
        Node(String),
        /// It ends with a standard reply.
        Reply(String),
        /// It ends with a person.
        Person,
    }
}
