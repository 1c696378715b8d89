//! One message: its text, its frame, its source, its attachments.

use super::types::MessageView;
use super::{Api, ApiResult, unfinished};

impl Api {
    /// One message with its sanitised HTML and its links.
    pub async fn message(&self, _id: i64) -> ApiResult<MessageView> {
        unfinished()
    }

    /// A complete HTML document for the `srcdoc` of an `<iframe sandbox>`, with its own Content-Security-Policy. With
    /// `pictures` remote pictures are fetched (https only) and put in as data URLs.
    pub async fn message_frame(&self, _id: i64, _pictures: bool) -> ApiResult<String> {
        unfinished()
    }

    /// The message as it was fetched. Fetched again where only parts were kept.
    pub async fn message_source(&self, _id: i64) -> ApiResult<String> {
        unfinished()
    }

    /// Writes an attachment under a safe name into the profile's folder for opened files and answers its path. The shell
    /// opens it, after a warning where `risky` is set.
    pub async fn attachment_open(&self, _id: i64) -> ApiResult<String> {
        unfinished()
    }

    /// Saves an attachment under a safe name into `dir`, beside what is there, and answers its path.
    pub async fn attachment_save(&self, _id: i64, _dir: &str) -> ApiResult<String> {
        unfinished()
    }

    /// The bytes of an attachment, fetched from the provider if needed.
    pub async fn attachment_bytes(&self, _id: i64) -> ApiResult<Vec<u8>> {
        unfinished()
    }
}
