//! What shells are told while the engine runs.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What changed; ids only. One JSON object a line for `run --json`, one window event for the screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "event", rename_all = "snake_case")]
#[ts(export, export_to = "../../../../ui/src/lib/api/bindings/")]
pub enum Event {
    /// New messages were stored.
    MessageReceived {
        /// Account.
        account_id: i64,
        /// Conversation.
        conversation_id: i64,
        /// Message.
        message_id: i64,
    },
    /// A message or its delivery changed.
    MessageChanged {
        /// Conversation.
        conversation_id: i64,
        /// Message.
        message_id: i64,
    },
    /// A conversation changed beside its messages.
    ConversationChanged {
        /// Conversation.
        conversation_id: i64,
    },
    /// A contact changed.
    ContactChanged {
        /// Contact.
        contact_id: i64,
    },
    /// An account's health or progress changed.
    AccountChanged {
        /// Account.
        account_id: i64,
    },
    /// The outbox changed.
    OutboxChanged {},
    /// A decision was recorded.
    Decision {
        /// Decision.
        decision_id: i64,
    },
    /// What can be undone changed.
    UndoChanged {},
    /// Drafts of new messages changed.
    DraftsChanged {},
    /// Standard replies changed.
    RepliesChanged {},
    /// Rules changed.
    RulesChanged {},
    /// Who may be the same as whom, or who is merged with whom, changed.
    DuplicatesChanged {},
    /// What is to be done for customers changed.
    TasksChanged {},
    /// The shop's own fields or tags changed.
    ShopFieldsChanged {},
    /// A setting changed.
    SettingsChanged {},
    /// A person asked outside the window, as by a click on a notification, to see this. Told by the window's shell.
    OpenConversation {
        /// Conversation.
        conversation_id: i64,
        /// To answer it.
        reply: bool,
    },
    /// The network went, came back or is another one.
    NetworkChanged {},
    /// The program was paused or goes on. Told by the window's shell.
    PausedChanged {},
    /// A list of customers is being taken in.
    ImportStep {
        /// Cards that are done.
        done: u64,
        /// Cards of the list.
        total: u64,
    },
    /// A backup is being put in the place of the profile. Told by the window's shell.
    RestoreStep {
        /// `stopping`, `checking` or `opening`.
        step: String,
    },
    /// The window was locked or opened. Told by the window's shell.
    LockChanged {
        /// Locked.
        locked: bool,
    },
    /// So much changed that everything on screen is to be fetched again (first sync).
    Refresh {},
}
