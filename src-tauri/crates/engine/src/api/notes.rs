//! Notes of the shop's people. They stand in a table that nothing sends from.

use theke_domain::ids::EntryId;
use theke_store::table::changes::{self, Step};
use theke_store::table::entries::{self, Entry, Kind};
use theke_store::{Connection, table::contacts};

use super::conversations::existing;
use super::types::{EntryView, Event};
use super::{Api, ApiError, ApiResult, Code, view};

/// Longer is no note.
const NOTE_MAX_CHARS: usize = 20_000;

impl Api {
    /// Adds a note to a conversation. It never leaves this computer.
    ///
    /// # Errors
    /// `BadInput` for an empty one or one of more than 20,000 characters.
    pub async fn note_add(&self, conversation: i64, text: &str) -> ApiResult<EntryView> {
        let text = checked(text)?;
        if text.is_empty() {
            let sentence = "The note is empty. Write something first.";
            return Err(ApiError::new(Code::BadInput, sentence).with("field", "text"));
        }
        let now = self.shared.now();
        let note = self
            .shared
            .write(move |tx| -> ApiResult<Entry> {
                let row = existing(tx, conversation)?.conversation;
                let id = entries::add_note(tx, row.contact_id, Some(row.id), &text, now)?;
                note(tx, id.0)
            })
            .await?;
        self.noted(&note);
        Ok(view::entry(&note))
    }

    /// Changes a note; an empty text removes it. Both can be undone. Answers the note, the removed one as it was.
    pub async fn note_change(&self, id: i64, text: &str) -> ApiResult<EntryView> {
        let text = checked(text)?;
        let now = self.shared.now();
        let changed = self
            .shared
            .write(move |tx| -> ApiResult<Entry> {
                let before = note(tx, id)?;
                let name = contacts::get(tx, before.contact_id)?.map(|contact| contact.display_name);
                let step =
                    Step::Note { entry: before.id, text: before.text.clone(), changed_at: before.changed_at };
                let what = if text.is_empty() { "note_removed" } else { "note_changed" };
                changes::insert(tx, what, &name.unwrap_or_default(), 1, &[step], now)?;
                if text.is_empty() {
                    entries::set_removed(tx, before.id, Some(now))?;
                    return Ok(before);
                }
                entries::change_note(tx, before.id, &text, now)?;
                note(tx, id)
            })
            .await?;
        self.noted(&changed);
        self.shared.tell(Event::UndoChanged {});
        Ok(view::entry(&changed))
    }

    fn noted(&self, note: &Entry) {
        if let Some(id) = note.conversation_id {
            self.shared.tell(Event::ConversationChanged { conversation_id: id.0 });
        }
        self.shared.tell(Event::ContactChanged { contact_id: note.contact_id.0 });
    }
}

fn note(conn: &Connection, id: i64) -> ApiResult<Entry> {
    let found = entries::get(conn, EntryId(id))?.filter(|entry| entry.kind == Kind::Note);
    found.ok_or_else(|| ApiError::new(Code::NotFound, format!("There is no note {id}.")))
}

pub(super) fn checked(text: &str) -> ApiResult<String> {
    let text = text.replace("\r\n", "\n").replace(['\r', '\0'], "\n").trim().to_owned();
    if text.chars().count() > NOTE_MAX_CHARS {
        let sentence = "The note is longer than 20,000 characters. Shorten it, or attach it as a file.";
        return Err(ApiError::new(Code::BadInput, sentence).with("field", "text"));
    }
    Ok(text)
}
