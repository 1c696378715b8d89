//! Conversations: the list, one with its messages, status, moving, splitting, joining, drafts.

use std::collections::BTreeSet;

use theke_domain::ids::{AccountId, ConversationId, MessageId};
use theke_domain::medium::Medium;
use theke_domain::message::Flags;
use theke_domain::threading;
use theke_store::table::conversations::lists::{self, Listed};
use theke_store::table::conversations::{self, Conversation, Status, reshape};
use theke_store::table::drafts::{self, Draft};
use theke_store::table::{Place, messages, outbox, pending_flags, remote_ids};
use theke_store::words::Word;
use theke_store::{Connection, Transaction};

use super::contacts::parse_time;
use super::types::{ConversationDetail, ConversationPage, ConversationView, DraftView, Event};
use super::{Api, ApiError, ApiResult, Code, view};
use crate::flags;

/// Messages on one page of a conversation.
const MESSAGES_PAGE: u32 = 100;
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
        let after = page.as_deref().map_or(Ok(Place::NEWEST), parse_place)?;
        let limit = limit.clamp(1, PAGE_MAX);
        self.shared
            .read(move |conn| {
                let rows = lists::page(conn, status, spam, after, limit)?;
                let full = rows.len() >= usize::try_from(limit).unwrap_or(usize::MAX);
                let next = rows.last().filter(|_| full).map(|last| place_text(last.place()));
                let pending = outbox::pending(conn)?;
                let conversations = rows.iter().map(|row| view::conversation(row, &pending)).collect();
                Ok::<_, theke_store::Error>(ConversationPage { conversations, next })
            })
            .await
    }

    /// One with its newest 100 messages, oldest first; `before` is the id of the oldest message of the page before.
    pub async fn conversation(&self, id: i64, before: Option<String>) -> ApiResult<ConversationDetail> {
        let before =
            before.map(|text| text.trim().parse::<i64>().map(MessageId)).transpose().map_err(|_| {
                ApiError::new(
                    Code::BadInput,
                    "`before` is the id of the oldest message that is already shown.",
                )
            })?;
        self.shared
            .read(move |conn| -> ApiResult<ConversationDetail> {
                let listed = existing(conn, id)?;
                let (messages, has_older) = view::page(conn, ConversationId(id), before, MESSAGES_PAGE)?;
                let conversation = view::conversation(&listed, &outbox::pending(conn)?);
                Ok(ConversationDetail { conversation, messages, has_older })
            })
            .await
    }

    /// Sets `open`, `waiting`, `snoozed` (needs `until`, RFC 3339) or `closed`.
    pub async fn conversation_set_status(
        &self,
        id: i64,
        status: &str,
        until: Option<String>,
    ) -> ApiResult<ConversationView> {
        let status = parse_status(status)?;
        let now = self.shared.now();
        let until = until.as_deref().map(parse_time).transpose()?;
        if status == Status::Snoozed && until.is_none_or(|until| until <= now) {
            let sentence = "A snoozed conversation needs a time in the future at which it comes back.";
            return Err(ApiError::new(Code::BadInput, sentence).with("field", "until"));
        }
        self.shared
            .write(move |tx| -> ApiResult<()> {
                let row = existing(tx, id)?.conversation;
                conversations::set_status(tx, row.id, status, until, now)?;
                Ok(())
            })
            .await?;
        self.conversation_changed(id).await
    }

    /// Marks all its messages as read, here and in the background at the provider.
    pub async fn conversation_mark_seen(&self, id: i64) -> ApiResult<ConversationView> {
        let now = self.shared.now();
        let accounts = self
            .shared
            .write(move |tx| -> ApiResult<BTreeSet<AccountId>> {
                let row = existing(tx, id)?.conversation;
                let mut accounts = BTreeSet::new();
                for message in conversations::mark_seen(tx, row.id)? {
                    for (account, remote) in remote_ids::of_message(tx, message)? {
                        pending_flags::want(
                            tx,
                            account,
                            &remote,
                            Flags { seen: true, answered: false },
                            now,
                        )?;
                        accounts.insert(account);
                    }
                }
                Ok(accounts)
            })
            .await?;
        flags::settle_soon(&self.shared, accounts);
        self.conversation_changed(id).await
    }

    /// Moves one message into another conversation of the same contact.
    ///
    /// # Errors
    /// `BadInput` if that is another contact's.
    pub async fn conversation_move(
        &self,
        message_id: i64,
        to_conversation: i64,
    ) -> ApiResult<ConversationView> {
        let left = self
            .shared
            .write(move |tx| -> ApiResult<i64> {
                let from = conversation_of(tx, message_id)?;
                let to = existing(tx, to_conversation)?.conversation;
                same_contact(&from, &to)?;
                reshape::move_message(tx, MessageId(message_id), to.id)?;
                Ok(from.id.0)
            })
            .await?;
        self.shared.tell(Event::ConversationChanged { conversation_id: left });
        self.conversation_changed(to_conversation).await
    }

    /// Makes a conversation of its own from this message. Answers that one.
    pub async fn conversation_split(&self, message_id: i64) -> ApiResult<ConversationView> {
        let now = self.shared.now();
        let (left, new) = self
            .shared
            .write(move |tx| -> ApiResult<(i64, i64)> {
                let from = conversation_of(tx, message_id)?;
                let subject =
                    messages::get(tx, MessageId(message_id))?.and_then(|m| m.subject).unwrap_or_default();
                let key = threading::subject(&subject).key;
                let new = reshape::split(tx, MessageId(message_id), &key, now)?;
                Ok((from.id.0, new.0))
            })
            .await?;
        self.shared.tell(Event::ConversationChanged { conversation_id: left });
        self.conversation_changed(new).await
    }

    /// Joins `id` into `into`; both must be of one contact. Answers `into`.
    pub async fn conversation_join(&self, id: i64, into: i64) -> ApiResult<ConversationView> {
        self.shared
            .write(move |tx| -> ApiResult<()> {
                let from = existing(tx, id)?.conversation;
                let to = existing(tx, into)?.conversation;
                same_contact(&from, &to)?;
                Ok(reshape::join(tx, from.id, to.id)?)
            })
            .await?;
        self.shared.tell(Event::ConversationChanged { conversation_id: id });
        self.conversation_changed(into).await
    }

    /// The draft of an answer, if there is one.
    pub async fn draft(&self, conversation: i64) -> ApiResult<Option<DraftView>> {
        let row = self.shared.read(move |conn| drafts::get(conn, ConversationId(conversation))).await?;
        Ok(row.as_ref().map(view::draft))
    }

    /// Keeps a draft; an empty body removes it.
    pub async fn draft_save(&self, conversation: i64, body: &str, via: Option<String>) -> ApiResult<()> {
        let via = via.filter(|word| !word.is_empty()).map(Medium::new);
        let draft = Draft { body: body.to_owned(), via, saved_at: self.shared.now() };
        self.shared
            .write(move |tx| -> ApiResult<()> {
                let id = existing(tx, conversation)?.conversation.id;
                if draft.body.trim().is_empty() {
                    drafts::remove(tx, id)?
                } else {
                    drafts::save(tx, id, &draft)?
                }
                Ok(())
            })
            .await?;
        self.shared.tell(Event::ConversationChanged { conversation_id: conversation });
        Ok(())
    }

    async fn conversation_changed(&self, id: i64) -> ApiResult<ConversationView> {
        self.shared.tell(Event::ConversationChanged { conversation_id: id });
        self.shared
            .read(move |conn| -> ApiResult<ConversationView> {
                Ok(view::conversation(&existing(conn, id)?, &outbox::pending(conn)?))
            })
            .await
    }
}

/// The conversation, or that there is none.
pub(super) fn existing(conn: &Connection, id: i64) -> ApiResult<Listed> {
    lists::one(conn, ConversationId(id))?
        .ok_or_else(|| ApiError::new(Code::NotFound, format!("There is no conversation {id}.")))
}

fn conversation_of(tx: &Transaction<'_>, message: i64) -> ApiResult<Conversation> {
    let row = messages::get(tx, MessageId(message))?;
    let row = row.ok_or_else(|| ApiError::new(Code::NotFound, format!("There is no message {message}.")))?;
    conversations::get(tx, row.conversation_id)?
        .ok_or_else(|| ApiError::new(Code::NotFound, format!("Message {message} has no conversation.")))
}

fn same_contact(one: &Conversation, other: &Conversation) -> ApiResult<()> {
    if one.contact_id == other.contact_id {
        return Ok(());
    }
    Err(ApiError::new(
        Code::BadInput,
        "These conversations belong to different contacts; they cannot be mixed.",
    ))
}

fn parse_status(word: &str) -> ApiResult<Status> {
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
