//! Why a rule fitted, as something a person can check: mostly the words of the message itself.

use serde::{Deserialize, Serialize};

/// What kind of reason; the window has a sentence for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceCode {
    /// Words as they stand in the message.
    Words,
    /// The intent, how sure it is, and the words that decided.
    Intent,
    /// The channel.
    Medium,
    /// The account's id.
    Account,
    /// The language.
    Language,
    /// The field's name and its value.
    Field,
    /// A word of the card.
    Tag,
    /// Open, since when.
    Open,
    /// Closed, since when.
    Closed,
    /// The holiday's name.
    Holiday,
    /// So many messages in so many days.
    Earlier,
    /// The file's name.
    Attachment,
    /// The customer writes for the first time.
    NewContact,
    /// Waited so many minutes of opening hours.
    Waited,
    /// The order's state.
    OrderState,
    /// The article and how many there are.
    Stock,
    /// The field and the days from it.
    CustomerDate,
}

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// What kind.
    pub code: EvidenceCode,
    /// What was found, in the order that the code says.
    pub values: Vec<String>,
}

impl Evidence {
    pub(super) fn new<const N: usize>(code: EvidenceCode, values: [String; N]) -> Self {
        Self { code, values: values.into() }
    }

    fn value(&self, index: usize) -> &str {
        self.values.get(index).map_or("", String::as_str)
    }
}

/// English, for records and the command line.
impl std::fmt::Display for Evidence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (first, second) = (self.value(0), self.value(1));
        let since = if first.is_empty() { String::new() } else { format!(" since {first}") };
        match self.code {
            EvidenceCode::Words => f.write_str(first),
            EvidenceCode::Intent => {
                let words = self.values.get(2..).unwrap_or_default().join(", ");
                write!(f, "{first} ({second} %){}{words}", if words.is_empty() { "" } else { ": " })
            }
            EvidenceCode::Medium => write!(f, "by {first}"),
            EvidenceCode::Account => write!(f, "by account {first}"),
            EvidenceCode::Language => write!(f, "in {first}"),
            EvidenceCode::Field => write!(f, "{first}: {second}"),
            EvidenceCode::Tag => write!(f, "tag {first}"),
            EvidenceCode::Open => write!(f, "open{since}"),
            EvidenceCode::Closed => write!(f, "closed{since}"),
            EvidenceCode::Holiday => write!(f, "holiday: {first}"),
            EvidenceCode::Earlier => write!(f, "{first} earlier messages in {second} days"),
            EvidenceCode::Attachment => write!(f, "file {first}"),
            EvidenceCode::NewContact => f.write_str("first message of this customer"),
            EvidenceCode::Waited => write!(f, "waiting for {first} minutes of opening hours"),
            EvidenceCode::OrderState => write!(f, "order is {first}"),
            EvidenceCode::Stock => write!(f, "{second} of article {first}"),
            EvidenceCode::CustomerDate => write!(f, "{second} days from {first}"),
        }
    }
}
