//! Calls, visits and notes of a customer that a person writes down.

use theke_domain::ids::MessageId;
use theke_domain::medium::media;
use theke_domain::message::Direction;
use theke_domain::threading;
use theke_domain::time::Timestamp;
use theke_store::Transaction;
use theke_store::table::changes::Step;
use theke_store::table::messages::{self, Message, noted};
use theke_store::table::{bodies, contacts, entries};
use theke_store::words::Word;

use super::card::{kept, no_word, standing};
use super::contacts::parse_time;
use super::conversations::existing;
use super::notes::checked;
use super::types::{Event, MessageView, NotedView, SpokenInput};
use super::{Api, ApiError, ApiResult, Code, view};
use crate::intake::conversation_of_note;
use crate::spoken::{self, Spoken};

impl Api {
    /// Notes a call or a visit: a message of the conversation that is named or that the rules name. It is sent nowhere.
    ///
    /// # Errors
    /// `BadInput` for a medium or direction that there is not, a time to come, or more than 20,000 characters
    /// (`params.field`).
    pub async fn note_spoken(&self, input: SpokenInput) -> ApiResult<NotedView> {
        let now = self.shared.now();
        let noted = self.shared.write(move |tx| note(tx, &input, now)).await?;
        if let (Some(conversation_id), Some(message_id)) = (noted.conversation_id, noted.message_id) {
            self.spoken_told(noted.contact_id, conversation_id, message_id);
        }
        Ok(noted)
    }

    /// Another text for a call or a visit that was noted.
    ///
    /// # Errors
    /// `NotFound` if it was not noted by hand.
    pub async fn spoken_change(&self, message: i64, text: &str) -> ApiResult<MessageView> {
        let text = checked(text)?;
        let now = self.shared.now();
        let (row, view) = self
            .shared
            .write(move |tx| -> ApiResult<(Message, MessageView)> {
                let row =
                    messages::get(tx, MessageId(message))?.filter(|row| row.kind.as_str() == noted::KIND);
                let row = row.ok_or_else(|| {
                    ApiError::new(
                        Code::NotFound,
                        format!("Message {message} is no call or visit that was noted."),
                    )
                })?;
                let before = bodies::texts(tx, row.id)?.text;
                if before != text {
                    noted::rewrite(tx, row.id, &text)?;
                    let name = contacts::get(tx, row.contact_id)?.map(|contact| contact.display_name);
                    let step = Step::NotedAnew { message: row.id, text: before };
                    kept(tx, "noted_changed", &name.unwrap_or_default(), &[step], now)?;
                }
                let now = messages::get(tx, row.id)?.ok_or(theke_store::Error::NotFound)?;
                let view = view::message(tx, &now)?;
                Ok((row, view))
            })
            .await?;
        self.spoken_told(row.contact_id.0, row.conversation_id.0, row.id.0);
        Ok(view)
    }

    /// Adds a note to a customer's conversation under way, as the rules name it, or to the customer alone where there is
    /// none. It never leaves this computer.
    ///
    /// # Errors
    /// `BadInput` for an empty one or one of more than 20,000 characters.
    pub async fn contact_note(&self, contact: i64, text: &str) -> ApiResult<NotedView> {
        let text = checked(text)?;
        if text.is_empty() {
            let sentence = "The note is empty. Write something first.";
            return Err(ApiError::new(Code::BadInput, sentence).with("field", "text"));
        }
        let now = self.shared.now();
        let noted = self
            .shared
            .write(move |tx| -> ApiResult<NotedView> {
                let contact = standing(tx, contact)?;
                let order = threading::order_key(None, &text);
                let medium = theke_domain::medium::Medium::new(media::IN_PERSON);
                let found = conversation_of_note(tx, contact.id, &medium, now, &order)?;
                let note = entries::add_note(tx, contact.id, found, &text, now)?;
                Ok(NotedView {
                    contact_id: contact.id.0,
                    conversation_id: found.map(|id| id.0),
                    message_id: None,
                    note_id: Some(note.0),
                    undo_id: None,
                })
            })
            .await?;
        if let Some(conversation_id) = noted.conversation_id {
            self.shared.tell(Event::ConversationChanged { conversation_id });
        }
        self.shared.tell(Event::ContactChanged { contact_id: noted.contact_id });
        Ok(noted)
    }

    fn spoken_told(&self, contact_id: i64, conversation_id: i64, message_id: i64) {
        self.shared.tell(Event::MessageChanged { conversation_id, message_id });
        self.shared.tell(Event::ConversationChanged { conversation_id });
        self.shared.tell(Event::ContactChanged { contact_id });
        self.shared.tell(Event::UndoChanged {});
    }
}

fn note(tx: &Transaction<'_>, input: &SpokenInput, now: Timestamp) -> ApiResult<NotedView> {
    let medium = Some(input.medium.as_str()).filter(|word| [media::PHONE, media::IN_PERSON].contains(word));
    let medium = medium.ok_or_else(|| no_word("medium", &input.medium, "phone, in_person"))?;
    let direction = Direction::from_word(&input.direction);
    let direction = direction.ok_or_else(|| no_word("direction", &input.direction, "in, out"))?;
    let at = input.at.as_deref().map(parse_time).transpose()?.unwrap_or(now);
    if at > now {
        let sentence = "This time is still to come. A call or visit is noted after it was.";
        return Err(ApiError::new(Code::BadInput, sentence).with("field", "at"));
    }
    let conversation = input.conversation_id.map(|id| existing(tx, id)).transpose()?;
    let conversation = conversation.map(|listed| listed.conversation);
    let whose = conversation.as_ref().map_or(input.contact_id, |row| row.contact_id.0);
    let spoken = Spoken {
        contact: standing(tx, whose)?,
        conversation,
        medium: theke_domain::medium::Medium::new(medium),
        direction,
        text: checked(&input.text)?,
        at,
    };
    let made = spoken::keep(tx, &spoken, now)?;
    let what = if medium == media::PHONE { "noted_call" } else { "noted_visit" };
    let undo_id = kept(tx, what, &spoken.contact.display_name, &made.steps, now)?;
    Ok(NotedView {
        contact_id: spoken.contact.id.0,
        conversation_id: Some(made.conversation.0),
        message_id: Some(made.message.0),
        note_id: None,
        undo_id,
    })
}
