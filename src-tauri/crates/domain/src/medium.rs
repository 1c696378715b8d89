//! Channel kinds and media: two open sets of slugs.
//!
//! A kind (`email`, `sms-seven`) is how Theke talks to a provider; a medium (`email`, `sms`) is what a
//! customer would call it. Preferences and wishes speak of media, routing picks the account. Both are
//! newtypes over text and not enums, because a connector file brings a new kind without a new program.

use serde::{Deserialize, Serialize};

macro_rules! slug {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes the slug as it is; use [`Self::parse`] for text from outside.
            pub fn new(slug: impl Into<String>) -> Self {
                Self(slug.into())
            }

            /// Accepts lower-case ASCII letters, digits, `-` and `_`, 1 to 40 of them, beginning with a letter.
            pub fn parse(text: &str) -> Option<Self> {
                let text = text.trim();
                let fits = (1..=40).contains(&text.len())
                    && text.starts_with(|c: char| c.is_ascii_lowercase())
                    && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_');
                fits.then(|| Self(text.to_owned()))
            }

            /// The slug.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

slug! {
    /// How Theke talks to a provider: the name of a folder in `channels/src`, or of a connector file.
    ChannelKind
}
slug! {
    /// What a customer would call the channel.
    Medium
}

/// Media that the program itself knows by name; connector files may bring others.
pub mod media {
    /// E-mail.
    pub const EMAIL: &str = "email";
    /// Short messages to a telephone number.
    pub const SMS: &str = "sms";
    /// A telephone call, noted by a person.
    pub const PHONE: &str = "phone";
    /// A visit to the shop, noted by a person.
    pub const IN_PERSON: &str = "in_person";
}
