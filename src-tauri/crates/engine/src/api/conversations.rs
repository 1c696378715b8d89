//! Conversations: the lists, one with its timeline. What changes them is in the modules beside this one.

use theke_domain::ids::{AccountId, ConversationId};
use theke_domain::medium::Medium;
use theke_store::Connection;
use theke_store::table::conversations::Status;
use theke_store::table::conversations::lists::{self, Filter, Listed};
use theke_store::table::{Place, outbox};
use theke_store::words::Word;

use super::types::{ConversationDetail, ConversationPage, ListQuery};
use super::{Api, ApiError, ApiResult, Code, view};

/// Messages, notes and events on one page of a conversation.
const TIMELINE_PAGE: u32 = 100;
const PAGE_MAX: u32 = 500;

impl Api {
    /// A page of conversations, newest first. `status` is `open`, `waiting`, `snoozed`, `closed`, `all` or `None` for
    /// all; `spam` shows the spam instead of the rest; `page` is `next` of the page before; `limit` at most 500.
    pub async fn conversations(
        &self,
        status: Option<String>,
        spam: bool,
        page: Option<String>,
        limit: u32,
    ) -> ApiResult<ConversationPage> {
        let status = status.filter(|word| word != "all").map(|word| parse_status(&word)).transpose()?;
        self.listed(Filter::of(status, spam), page, limit).await
    }

    /// A page of the conversations that a list shows, newest first. `page` and `limit` as in [`Api::conversations`].
    pub async fn conversation_list(
        &self,
        query: ListQuery,
        page: Option<String>,
        limit: u32,
    ) -> ApiResult<ConversationPage> {
        let filter = Filter {
            status: Some(query.status)
                .filter(|word| word != "all")
                .map(|word| parse_status(&word))
                .transpose()?,
            spam: query.spam,
            unread: query.unread,
            starred: query.starred,
            medium: query.medium.filter(|word| !word.is_empty()).map(Medium::new),
            account: query.account_id.map(AccountId),
        };
        self.listed(filter, page, limit).await
    }

    async fn listed(&self, filter: Filter, page: Option<String>, limit: u32) -> ApiResult<ConversationPage> {
        let after = page.as_deref().map_or(Ok(Place::NEWEST), parse_place)?;
        let limit = limit.clamp(1, PAGE_MAX);
        self.shared
            .read(move |conn| {
                let rows = lists::page(conn, &filter, after, limit)?;
                let full = rows.len() >= usize::try_from(limit).unwrap_or(usize::MAX);
                let next = rows.last().filter(|_| full).map(|last| place_text(last.place()));
                let pending = outbox::pending(conn)?;
                let conversations = rows.iter().map(|row| view::conversation(row, &pending)).collect();
                Ok::<_, theke_store::Error>(ConversationPage { conversations, next })
            })
            .await
    }

    /// One with the newest page of its timeline, oldest first. `before` is `older` of the page before, or the id of the
    /// oldest message that is shown.
    pub async fn conversation(&self, id: i64, before: Option<String>) -> ApiResult<ConversationDetail> {
        self.shared
            .read(move |conn| -> ApiResult<ConversationDetail> {
                let listed = existing(conn, id)?;
                let (messages, entries, older) =
                    view::of_conversation(conn, ConversationId(id), before.as_deref(), TIMELINE_PAGE)?;
                let goodwill = match before {
                    None => view::goodwill_asked(conn, &listed.conversation, &messages)?,
                    Some(_) => None,
                };
                let conversation = view::conversation(&listed, &outbox::pending(conn)?);
                let has_older = older.is_some();
                Ok(ConversationDetail { conversation, messages, has_older, entries, older, goodwill })
            })
            .await
    }
}

/// The conversation, or that there is none.
pub(super) fn existing(conn: &Connection, id: i64) -> ApiResult<Listed> {
    lists::one(conn, ConversationId(id))?
        .ok_or_else(|| ApiError::new(Code::NotFound, format!("There is no conversation {id}.")))
}

pub(super) fn parse_status(word: &str) -> ApiResult<Status> {
    Status::from_word(word).ok_or_else(|| {
        let sentence = format!("There is no status {word}. There are: open, waiting, snoozed, closed.");
        ApiError::new(Code::BadInput, sentence).with("field", "status")
    })
}

fn place_text(place: Place) -> String {
    format!("{}.{}", place.at.0, place.id)
}

fn parse_place(text: &str) -> ApiResult<Place> {
    let parts = text.split_once('.').and_then(|(at, id)| Some((at.parse().ok()?, id.parse().ok()?)));
    let Some((at, id)) = parts else {
        return Err(ApiError::new(
            Code::BadInput,
            "This page is not known: give back `next` of the page before.",
        ));
    };
    Ok(Place { at: theke_domain::time::Timestamp(at), id })
}
