//! What the shop knows, as it is shown and edited.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

super::shape! {
    /// A text of an article.
    pub struct ArticleTextView {
        /// ISO code.
        pub language: String,
        /// Plain.
        pub text: String,
    }

    /// A short article.
    pub struct ArticleView {
        /// Id.
        pub id: i64,
        /// What it is about.
        pub name: String,
        /// The day on which somebody last looked whether it is true, `YYYY-MM-DD`; null for never.
        pub checked_on: Option<String>,
        /// The first day on which it is not used, `YYYY-MM-DD`; null if it does not end.
        pub expires_on: Option<String>,
        /// It is past that day: no text takes it in, and nothing with it leaves by itself.
        pub expired: bool,
        /// By language.
        pub texts: Vec<ArticleTextView>,
        /// As it is named in a standard reply.
        pub placeholder: String,
    }

    /// An article as a person wrote it.
    pub struct ArticleInput {
        /// Which; null for a new one.
        pub id: Option<i64>,
        /// What it is about.
        pub name: String,
        /// `YYYY-MM-DD` or null.
        pub checked_on: Option<String>,
        /// `YYYY-MM-DD` or null.
        pub expires_on: Option<String>,
        /// By language.
        pub texts: Vec<ArticleTextView>,
    }
}
