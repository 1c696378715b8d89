//! What waits to be sent.

use super::types::OutboxView;
use super::{Api, ApiResult, unfinished};

impl Api {
    /// What is not sent yet, failed or is in doubt, oldest first.
    pub async fn outbox(&self) -> ApiResult<Vec<OutboxView>> {
        unfinished()
    }

    /// Sends a failed, held or in-doubt message (again).
    ///
    /// # Errors
    /// `TooLate` if it is none of these.
    pub async fn outbox_retry(&self, _message_id: i64) -> ApiResult<()> {
        unfinished()
    }

    /// Takes back a message that has not left. Answers its text, which is a draft again if there is no other.
    ///
    /// # Errors
    /// `TooLate` once it is being sent.
    pub async fn outbox_cancel(&self, _message_id: i64) -> ApiResult<Option<String>> {
        unfinished()
    }

    /// Looks up at the provider whether an in-doubt message went out. Answers its state afterwards.
    pub async fn outbox_check(&self, _message_id: i64) -> ApiResult<OutboxView> {
        unfinished()
    }
}
