//! How long messages are kept: what would go, before anything goes. The removing is `crate::retention`.

use theke_store::retention::{self as stored, Preview};

use super::types::RetentionView;
use super::{Api, ApiError, ApiResult, Code, view};
use crate::{retention, settings};

impl Api {
    /// What would go with this number of years; 0 keeps everything.
    ///
    /// # Errors
    /// `BadInput` for more years than there can be.
    pub async fn retention_preview(&self, years: u32) -> ApiResult<RetentionView> {
        if years > settings::KEEP_YEARS_MAX {
            let sentence = "Messages are kept for at most 30 years, or for ever with 0.";
            return Err(ApiError::new(Code::BadInput, sentence).with("field", "years"));
        }
        let before = retention::before(years, self.shared.now());
        let found = match before {
            Some(before) => self.shared.read(move |conn| stored::preview(conn, before)).await?,
            None => Preview::default(),
        };
        Ok(RetentionView {
            messages: found.messages,
            conversations: found.conversations,
            attachments: found.attachments,
            notes: found.notes,
            before: before.map(view::at),
        })
    }
}
