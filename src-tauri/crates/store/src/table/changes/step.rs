//! One step of a change: what was before it, and where needed what it made of it. Stored as JSON; a released variant
//! keeps its meaning.

use serde::{Deserialize, Serialize};
use theke_domain::address::Address;
use theke_domain::ids::{
    ContactId, ConversationId, EntryId, IdentityId, MergeId, MessageId, RuleId, StandardReplyId,
};
use theke_domain::time::Timestamp;

use super::rows::{Changed, TagGone};
use super::{Image, WishStep};
use crate::table::conversations::Conversation;
use crate::table::rules;
use crate::table::standard_replies::Text;
use crate::words::Word;

/// What leads back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// The status of a conversation.
    Status {
        /// Which.
        conversation: ConversationId,
        /// Status before.
        status: String,
        /// Snoozed until, before.
        until: Option<Timestamp>,
        /// When that was set.
        changed_at: Timestamp,
        /// The status it got.
        became: String,
    },
    /// A star.
    Starred {
        /// Which conversation.
        conversation: ConversationId,
        /// Before.
        was: bool,
    },
    /// Spam.
    Spam {
        /// Which conversation.
        conversation: ConversationId,
        /// Before.
        was: bool,
    },
    /// Messages read or not.
    Seen {
        /// In which conversation.
        conversation: ConversationId,
        /// Which messages.
        messages: Vec<MessageId>,
        /// Before.
        was: bool,
    },
    /// An address was blocked or let through.
    Blocked {
        /// Whose.
        contact: ContactId,
        /// Which.
        address: Address,
        /// Before.
        was: bool,
    },
    /// Messages went to another conversation.
    Placed {
        /// Which messages.
        messages: Vec<MessageId>,
        /// Where they were.
        from: ConversationId,
        /// Where they went.
        to: ConversationId,
        /// Entries that went with them.
        entries: Vec<EntryId>,
        /// The row of `from`, in case it ended with that.
        row: Image,
        /// Its draft.
        draft: Option<Image>,
    },
    /// A contact's name.
    Named {
        /// Whose.
        contact: ContactId,
        /// Before.
        name: String,
        /// Where that came from.
        source: String,
        /// After.
        became: String,
    },
    /// An address was added.
    AddressAdded {
        /// Which.
        identity: IdentityId,
        /// To whom.
        contact: ContactId,
    },
    /// An address was taken away.
    AddressRemoved {
        /// Which.
        identity: IdentityId,
        /// From whom.
        contact: ContactId,
    },
    /// A contact became part of another one, before merges had rows of their own. Not written any more.
    Absorbed(Absorbed),
    /// Two contacts were merged.
    Merged {
        /// Which merge.
        merge: MergeId,
    },
    /// A merge was taken back.
    Unmerged {
        /// Who had stayed.
        survivor: ContactId,
        /// Who had gone into it.
        absorbed: ContactId,
        /// Words of the fields that had been the absorbed one's.
        taken: Vec<String>,
    },
    /// Two contacts were said not to be the same.
    NotSame {
        /// One.
        first: ContactId,
        /// The other.
        second: ContactId,
    },
    /// The wanted channel.
    Preferred {
        /// Whose.
        contact: ContactId,
        /// The row that ended, 0 none.
        ended: i64,
        /// The row that began, 0 none.
        began: i64,
    },
    /// What a wish led to.
    Wish(WishStep),
    /// A standard reply was removed.
    ReplyRemoved {
        /// Which.
        reply: StandardReplyId,
    },
    /// A standard reply was saved.
    ReplySaved {
        /// Which.
        reply: StandardReplyId,
        /// What stood there; `None` = it is new.
        before: Option<ReplyBefore>,
        /// When.
        at: Timestamp,
    },
    /// A rule was removed.
    RuleRemoved {
        /// Which.
        rule: RuleId,
    },
    /// A rule was saved.
    RuleSaved {
        /// Which.
        rule: RuleId,
        /// What was in force; `None` = it is new.
        before: Option<rules::Before>,
        /// The version it got.
        became: u32,
    },
    /// A rule was switched.
    RuleSwitched {
        /// Which.
        rule: RuleId,
        /// Before.
        was: bool,
    },
    /// Rules were put into another order.
    RulesOrdered {
        /// Before.
        before: Vec<RuleId>,
        /// After.
        became: Vec<RuleId>,
    },
    /// A setting got a value that a person did not write.
    SettingSet {
        /// Which.
        key: String,
        /// Before; `None` = it was never set.
        before: Option<serde_json::Value>,
        /// After.
        became: serde_json::Value,
    },
    /// A sender's pictures are asked about again.
    PicturesForgotten {
        /// Whose.
        address: String,
    },
    /// A list of customers was taken in.
    Imported {
        /// Which import.
        import: i64,
    },
    /// A note was changed or removed.
    Note {
        /// Which.
        entry: EntryId,
        /// Its text before.
        text: String,
        /// When it had been changed before.
        changed_at: Option<Timestamp>,
    },
    /// A row of a customer's card was made, changed or taken away.
    Row(Changed),
    /// A tag is no more.
    TagGone(TagGone),
    /// A call or a visit was noted.
    Noted {
        /// As which message.
        message: MessageId,
    },
    /// The text of a noted call or visit was changed.
    NotedAnew {
        /// Which.
        message: MessageId,
        /// Its text before.
        text: String,
    },
}

/// A standard reply before it was saved over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyBefore {
    /// Its name.
    pub name: String,
    /// Its shortcut.
    pub shortcut: String,
    /// Its texts.
    pub texts: Vec<Text>,
}

/// All that belonged to a contact before it became part of another one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Absorbed {
    /// The contact that ended.
    pub other: ContactId,
    /// The one that goes on.
    pub into: ContactId,
    /// Rows by table.
    pub rows: Vec<(String, Vec<i64>)>,
    /// Contacts that were part of `other` before.
    pub parts: Vec<ContactId>,
    /// The preference of `other` that ended with that, 0 none.
    pub ended_preference: i64,
}

impl Step {
    /// The status of a conversation before it becomes another one.
    pub fn status(before: &Conversation, became: crate::table::conversations::Status) -> Self {
        Self::Status {
            conversation: before.id,
            status: before.status.word().to_owned(),
            until: before.snoozed_until,
            changed_at: before.status_changed_at,
            became: became.word().to_owned(),
        }
    }
}
