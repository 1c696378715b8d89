//! The log of what customers were granted. That it was there is shown when one asks again: `view::goodwill_asked`.

use theke_domain::ids::{ConversationId, GoodwillId};
use theke_domain::medium::Medium;
use theke_domain::time::Timestamp;
use theke_domain::typed;
use theke_store::table::changes::Step;
use theke_store::table::goodwill::{self, Granted};
use theke_store::{Connection, Transaction};

use super::card::{kept, line, standing};
use super::conversations::existing;
use super::types::{ContactDetail, Event, GoodwillInput};
use super::{Api, ApiError, ApiResult, Code, view};

impl Api {
    /// Notes what was granted, or changes what was noted. Answers the card.
    ///
    /// # Errors
    /// `BadInput` for an empty one, or a day that there is not or that is to come (`params.field`).
    pub async fn goodwill_save(&self, input: GoodwillInput) -> ApiResult<ContactDetail> {
        let medium = Some(input.medium.as_str()).filter(|word| !word.is_empty());
        let medium = medium.map(|word| self.known_medium(word)).transpose()?;
        let what = line(&input.what, "what")?;
        if what.is_empty() {
            let sentence = "Say what was granted.";
            return Err(ApiError::new(Code::BadInput, sentence).with("field", "what"));
        }
        let now = self.shared.now();
        let (contact, conversation, undo) =
            self.shared.write(move |tx| -> ApiResult<_> { save(tx, &input, what, medium, now) }).await?;
        self.granted(conversation);
        self.contact_changed(contact, undo).await
    }

    /// Takes one from the log. Answers the card.
    pub async fn goodwill_remove(&self, id: i64) -> ApiResult<ContactDetail> {
        let now = self.shared.now();
        let (row, undo) = self
            .shared
            .write(move |tx| -> ApiResult<(Granted, Option<i64>)> {
                let row = one(tx, id)?;
                let steps: Vec<Step> = goodwill::remove(tx, &row, now)?.into_iter().collect();
                let undo = kept(tx, "goodwill_removed", &row.what, &steps, now)?;
                Ok((row, undo))
            })
            .await?;
        self.granted(row.conversation_id);
        self.contact_changed(row.contact_id.0, undo).await
    }

    /// A conversation may say now that goodwill was granted, or no longer.
    fn granted(&self, conversation: Option<ConversationId>) {
        if let Some(id) = conversation {
            self.shared.tell(Event::ConversationChanged { conversation_id: id.0 });
        }
    }
}

type Saved = (i64, Option<ConversationId>, Option<i64>);

fn save(
    tx: &Transaction<'_>,
    input: &GoodwillInput,
    what: String,
    medium: Option<Medium>,
    now: Timestamp,
) -> ApiResult<Saved> {
    let day = input.day.as_deref().filter(|day| !day.trim().is_empty());
    let day = day.map(|typed| granted_on(tx, typed, now)).transpose()?;
    if let Some(id) = input.id {
        let before = one(tx, id)?;
        let new = Granted { what, medium, granted_at: day.unwrap_or(before.granted_at), ..before };
        let steps: Vec<Step> = goodwill::change(tx, &new)?.into_iter().collect();
        let undo = kept(tx, "goodwill_changed", &new.what, &steps, now)?;
        return Ok((new.contact_id.0, new.conversation_id, undo));
    }
    let contact = standing(tx, input.contact_id)?;
    let conversation = input.conversation_id.map(|id| existing(tx, id)).transpose()?;
    let new = Granted {
        id: GoodwillId(0),
        contact_id: contact.id,
        conversation_id: conversation.map(|listed| listed.conversation.id),
        what,
        medium,
        granted_at: day.unwrap_or(now),
    };
    let (_, step) = goodwill::insert(tx, &new)?;
    let undo = kept(tx, "goodwill_added", &new.what, &[step], now)?;
    Ok((contact.id.0, new.conversation_id, undo))
}

fn one(conn: &Connection, id: i64) -> ApiResult<Granted> {
    let found = goodwill::get(conn, GoodwillId(id))?;
    found.ok_or_else(|| ApiError::new(Code::NotFound, format!("There is no goodwill {id}.")))
}

/// The middle of a day that was typed; today counts from now.
fn granted_on(conn: &Connection, typed: &str, now: Timestamp) -> ApiResult<Timestamp> {
    let days = view::Days::of(conn, now)?;
    let day = typed::day(typed);
    let found = day.as_deref().and_then(|day| days.zone().noon_of(day));
    match found {
        Some(at) if at <= now => Ok(at),
        Some(at) if at <= days.today_ends() => Ok(now),
        _ => {
            let sentence = format!("\"{typed}\" is no day until today. Write it as 12.3.2026.");
            Err(ApiError::new(Code::BadInput, sentence).with("field", "day"))
        }
    }
}
