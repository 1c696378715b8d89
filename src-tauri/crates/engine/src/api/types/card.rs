//! A customer's card: what is known beside name and addresses, what was granted, and what is to be done.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

super::shape! {
    /// What a card holds beside the contact.
    pub struct CardView {
        /// Firm, may be empty.
        pub company: String,
        /// `du`, `sie` or empty.
        pub salutation: String,
        /// `YYYY-MM-DD`, `--MM-DD` without the year, or empty.
        pub birthday: String,
        /// As written, may be empty.
        pub postcode: String,
        /// ISO code, may be empty.
        pub language: String,
        /// By name.
        pub tags: Vec<TagView>,
        /// The shop's own fields, empty ones too.
        pub fields: Vec<CardField>,
        /// Those that count, by purpose and medium.
        pub consents: Vec<ConsentView>,
        /// What was granted, newest first.
        pub goodwill: Vec<GoodwillView>,
        /// What is open, the one due longest first.
        pub tasks: Vec<TaskView>,
        /// How long customer and shop wait for each other.
        pub waits: WaitsView,
    }

    /// A tag.
    pub struct TagView {
        /// Id.
        pub id: i64,
        /// As written.
        pub name: String,
    }

    /// A tag in the list of all.
    pub struct TagListed {
        /// Id.
        pub id: i64,
        /// As written.
        pub name: String,
        /// So many customers have it.
        pub contacts: u64,
    }

    /// A field that the shop added to the card.
    pub struct ShopField {
        /// Id.
        pub id: i64,
        /// As the shop calls it.
        pub name: String,
        /// `text`, `number`, `date` or `choice`.
        pub kind: String,
        /// Of a choice.
        pub choices: Vec<String>,
    }

    /// A field with what stands in it.
    pub struct CardField {
        /// The field.
        #[serde(flatten)]
        pub field: ShopField,
        /// Empty for nothing. More than one stand against each other since a merge: a person chooses.
        pub values: Vec<CardValue>,
    }

    /// What stands in a field.
    pub struct CardValue {
        /// A number with a point, a day as `YYYY-MM-DD`, a text.
        pub value: String,
        /// Under which name it was kept before a merge; empty for this customer's own.
        pub from: String,
        /// When it was set.
        pub at: String,
    }

    /// All that the shop added to the card.
    pub struct ShopFields {
        /// Fields in the order of the card.
        pub fields: Vec<ShopField>,
        /// Tags by name.
        pub tags: Vec<TagListed>,
        /// Give this to `undo`; null if nothing was changed.
        pub undo_id: Option<i64>,
    }

    /// A consent, or that it was withdrawn.
    pub struct ConsentView {
        /// For which medium; empty for all.
        pub medium: String,
        /// `service` or `advertising`.
        pub purpose: String,
        /// `given` or `withdrawn`.
        pub state: String,
        /// `hand`, `message` or `import`.
        pub source: String,
        /// The customer's words, may be empty.
        pub evidence: String,
        /// Where they stand.
        pub message_id: Option<i64>,
        /// Since when.
        pub at: String,
    }

    /// Something that was granted.
    pub struct GoodwillView {
        /// Id.
        pub id: i64,
        /// To whom.
        pub contact_id: i64,
        /// In which conversation.
        pub conversation_id: Option<i64>,
        /// What.
        pub what: String,
        /// On which channel, may be empty.
        pub medium: String,
        /// When.
        pub granted_at: String,
    }

    /// The customer asks for something, and has been granted something before.
    pub struct GoodwillAsked {
        /// The words that ask.
        pub words: String,
        /// In which message.
        pub message_id: i64,
        /// The newest grant before it.
        pub granted: GoodwillView,
    }

    /// Something to do.
    pub struct TaskView {
        /// Id.
        pub id: i64,
        /// For whom.
        pub contact_id: i64,
        /// That customer's name.
        pub contact_name: String,
        /// In which conversation.
        pub conversation_id: Option<i64>,
        /// The message that led to it.
        pub message_id: Option<i64>,
        /// `promise`, `call` or `ask`.
        pub kind: String,
        /// What, may be empty.
        pub text: String,
        /// The number to call, may be empty.
        pub address: String,
        /// Until when.
        pub due_at: Option<String>,
        /// The day of that in the shop's time zone, `YYYY-MM-DD`.
        pub due_day: Option<String>,
        /// `overdue`, `today`, `later` or `none` without a day.
        pub due: String,
        /// When it was done.
        pub done_at: Option<String>,
        /// When it was made.
        pub created_at: String,
    }

    /// What is to be done for customers.
    pub struct TaskList {
        /// The one due longest first, those without a day behind.
        pub tasks: Vec<TaskView>,
        /// So many are due today or were before.
        pub due: u64,
        /// So many are open.
        pub open: u64,
    }

    /// What a change of a task came to.
    pub struct TaskChanged {
        /// As it is now; null if it was removed.
        pub task: Option<TaskView>,
        /// Give this to `undo`; null if all was so before.
        pub undo_id: Option<i64>,
    }

    /// The usual waits, out of the last 50 messages. The one in the middle, in seconds; null where nothing was answered.
    pub struct WaitsView {
        /// How long the customer waits for the shop.
        pub ours_secs: Option<i64>,
        /// Of so many answers.
        pub ours_of: u32,
        /// How long the shop waits for the customer, by the clock.
        pub theirs_secs: Option<i64>,
        /// Of so many answers.
        pub theirs_of: u32,
        /// The shop's own is counted in its opening hours; else by the clock, since it has given none.
        pub in_hours: bool,
    }

    /// A call or a visit that was noted, or a note.
    pub struct NotedView {
        /// Whose.
        pub contact_id: i64,
        /// In which conversation; null for a note that stands in none.
        pub conversation_id: Option<i64>,
        /// The call or visit, a message; null for a note.
        pub message_id: Option<i64>,
        /// The note; null for a call or visit.
        pub note_id: Option<i64>,
        /// Give this to `undo`; null for a note.
        pub undo_id: Option<i64>,
    }
}

/// What is to be different on a card; null leaves it as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export, export_to = "../../../../ui/src/lib/api/bindings/")]
pub struct ParticularsInput {
    /// Firm.
    pub company: Option<String>,
    /// `du`, `sie` or empty.
    pub salutation: Option<String>,
    /// A day as people write it, with a year or without.
    pub birthday: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
    /// ISO code.
    pub language: Option<String>,
}

/// A field as it is to be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export, export_to = "../../../../ui/src/lib/api/bindings/")]
pub struct ShopFieldInput {
    /// Which; null for a new one.
    pub id: Option<i64>,
    /// As the shop calls it.
    pub name: String,
    /// `text`, `number`, `date` or `choice`; of one that is there it stays.
    pub kind: String,
    /// Of a choice.
    pub choices: Vec<String>,
}

/// A consent as it is to be noted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export, export_to = "../../../../ui/src/lib/api/bindings/")]
pub struct ConsentInput {
    /// For which medium; empty for all.
    pub medium: String,
    /// `service` or `advertising`.
    pub purpose: String,
    /// `given` or `withdrawn`.
    pub state: String,
    /// How it was given: words, a form; may be empty.
    pub evidence: String,
}

/// Something granted, as it is to be noted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export, export_to = "../../../../ui/src/lib/api/bindings/")]
pub struct GoodwillInput {
    /// Which; null for a new one.
    pub id: Option<i64>,
    /// To whom.
    pub contact_id: i64,
    /// In which conversation.
    pub conversation_id: Option<i64>,
    /// What.
    pub what: String,
    /// On which channel, may be empty.
    pub medium: String,
    /// The day, as people write it; null for now, or for the day that it has.
    pub day: Option<String>,
}

/// Something to do, as it is to be kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export, export_to = "../../../../ui/src/lib/api/bindings/")]
pub struct TaskInput {
    /// Which; null for a new one.
    pub id: Option<i64>,
    /// For whom.
    pub contact_id: i64,
    /// In which conversation.
    pub conversation_id: Option<i64>,
    /// The message that led to it.
    pub message_id: Option<i64>,
    /// `promise` or `call`.
    pub kind: String,
    /// What; may be empty for a call.
    pub text: String,
    /// The number to call, may be empty.
    pub address: String,
    /// A day as people write it (until its end), a moment as RFC 3339, or empty.
    pub due: String,
}

/// A call or a visit to be noted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export, export_to = "../../../../ui/src/lib/api/bindings/")]
pub struct SpokenInput {
    /// With whom.
    pub contact_id: i64,
    /// In which conversation; null lets the rules choose, as for a message.
    pub conversation_id: Option<i64>,
    /// `phone` or `in_person`.
    pub medium: String,
    /// `in` or `out`.
    pub direction: String,
    /// What was said, may be empty.
    pub text: String,
    /// When, RFC 3339; null for now.
    pub at: Option<String>,
}
