//! How long messages are kept: what would go, before anything goes. The removing is `crate::retention`.

use theke_domain::time::Timestamp;
use theke_store::Connection;
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
        let (kept, found) = self.shared.read(move |conn| counted(conn, before)).await?;
        Ok(RetentionView {
            messages: found.messages,
            conversations: found.conversations,
            attachments: found.attachments,
            notes: found.notes,
            before: before.map(view::at),
            shortens: retention::shortens(kept, years),
        })
    }
}

/// How many years are kept now, and what would go.
fn counted(conn: &Connection, before: Option<Timestamp>) -> theke_store::Result<(u32, Preview)> {
    let found = before.map_or(Ok(Preview::default()), |before| stored::preview(conn, before))?;
    Ok((retention::years(conn)?, found))
}
