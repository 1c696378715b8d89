//! Articles, and standard replies that are proposed from answers by hand.

use tauri::State;
use theke_engine::api::ApiResult;
use theke_engine::api::types::{ArticleInput, ArticleView, ProposalAccepted, ProposalView};

use crate::session::Session;

/// What the shop knows.
#[tauri::command]
pub async fn articles(session: State<'_, Session>) -> ApiResult<Vec<ArticleView>> {
    session.api().await?.articles().await
}

/// Saves an article.
#[tauri::command]
pub async fn article_save(session: State<'_, Session>, input: ArticleInput) -> ApiResult<ArticleView> {
    session.api().await?.article_save(input).await
}

/// It was looked at today and is true.
#[tauri::command]
pub async fn article_checked(session: State<'_, Session>, id: i64) -> ApiResult<ArticleView> {
    session.api().await?.article_checked(id).await
}

/// Removes an article.
#[tauri::command]
pub async fn article_remove(session: State<'_, Session>, id: i64) -> ApiResult<i64> {
    session.api().await?.article_remove(id).await
}

/// Standard replies that are proposed.
#[tauri::command]
pub async fn proposals(session: State<'_, Session>) -> ApiResult<Vec<ProposalView>> {
    session.api().await?.proposals().await
}

/// Makes one of a proposal.
#[tauri::command]
pub async fn proposal_accept(
    session: State<'_, Session>,
    id: i64,
    name: String,
    text: String,
) -> ApiResult<ProposalAccepted> {
    session.api().await?.proposal_accept(id, &name, &text).await
}

/// It is none.
#[tauri::command]
pub async fn proposal_decline(session: State<'_, Session>, id: i64) -> ApiResult<()> {
    session.api().await?.proposal_decline(id).await
}
