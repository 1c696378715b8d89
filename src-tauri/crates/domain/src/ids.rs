//! Row ids as types, so that a contact's id is never taken for a conversation's.
//!
//! They are the `INTEGER PRIMARY KEY AUTOINCREMENT` of the table of the same name; never reused.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<i64> for $name {
            fn from(id: i64) -> Self {
                Self(id)
            }
        }
    )+};
}

ids! {
    /// One configured channel.
    AccountId,
    /// One customer.
    ContactId,
    /// One address of a contact.
    IdentityId,
    /// One matter with one contact.
    ConversationId,
    /// One item of a conversation.
    MessageId,
    /// One part of a message.
    AttachmentId,
    /// One recorded decision.
    DecisionId,
    /// One note or event of a timeline.
    EntryId,
    /// One draft of a new message.
    NewDraftId,
    /// One file that waits for its message.
    StagedId,
    /// One standard reply.
    StandardReplyId,
    /// One proposal of a standard reply.
    ProposalId,
    /// A short article of what the shop knows.
    ArticleId,
    /// One wish that was read in a message.
    WishId,
    /// One medium that a customer refuses.
    RefusalId,
    /// One change that can be undone.
    ChangeId,
    /// One merge of two contacts.
    MergeId,
    /// One word by which customers are told apart.
    TagId,
    /// One field of the shop's own on the card.
    FieldId,
    /// One thing that was granted.
    GoodwillId,
    /// One thing for a person to do.
    TaskId,
    /// One rule of the shop.
    RuleId,
}
