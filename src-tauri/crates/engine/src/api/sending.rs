//! Answers: where they go and why, and queueing them.

use super::types::{ReplyInput, ReplyQueued, RouteView};
use super::{Api, ApiResult, unfinished};

impl Api {
    /// Where an answer would go, and why. `via` is a medium; sizes are those of the files to attach, in bytes.
    pub async fn route(
        &self,
        _conversation: i64,
        _via: Option<String>,
        _draft_len_chars: u32,
        _attachment_sizes: Vec<u64>,
    ) -> ApiResult<RouteView> {
        unfinished()
    }

    /// Queues an answer in one durable transaction.
    ///
    /// # Errors
    /// `NoRoute` with the reason, `BadInput` for an empty text or a file that cannot be read.
    pub async fn reply(&self, _input: ReplyInput) -> ApiResult<ReplyQueued> {
        unfinished()
    }
}
