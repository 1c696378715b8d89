//! Search while typing.

use super::types::SearchResult;
use super::{Api, ApiResult, unfinished};

impl Api {
    /// Contacts and messages, newest first. `limit` per kind, at most 200.
    pub async fn search(&self, _query: &str, _limit: u32) -> ApiResult<SearchResult> {
        unfinished()
    }
}
