//! Ways back without an erased customer: the steps that name them go, those of others stay.
//!
//! A step says whom it is about by the rows that it leads back; of a row that is gone nobody knows, so such a step goes too.

use rusqlite::{Connection, ToSql, Transaction, params};
use theke_domain::ids::{ContactId, ConversationId, MessageId};

use super::{Image, Step, WishStep};
use crate::error::Result;
use crate::person::list;
use crate::row;

/// Takes the steps of these customers out of all ways back. To be called while their rows are still there.
///
/// # Errors
/// The database's.
pub fn forget(tx: &Transaction<'_>, ids: &[ContactId]) -> Result<()> {
    let whose = Whose { conn: tx, ids, they: list(ids) };
    let sql = "SELECT id, steps, touched FROM changes";
    let all: Vec<(i64, Vec<Step>, u32)> =
        row::all(tx, sql, [], |r| Ok((r.get("id")?, row::json(r, "steps")?, r.get("touched")?)))?;
    for (id, steps, touched) in all {
        let mut kept = Vec::with_capacity(steps.len());
        for step in &steps {
            if !whose.is_named_in(step)? {
                kept.push(step);
            }
        }
        if kept.is_empty() {
            row::run(tx, "DELETE FROM changes WHERE id = ?", [id])?;
        } else if kept.len() < steps.len() {
            let sql = "UPDATE changes SET steps = ?2, touched = ?3, subject = '' WHERE id = ?1";
            let touched = touched.min(u32::try_from(kept.len()).unwrap_or(u32::MAX));
            row::run(tx, sql, params![id, serde_json::to_string(&kept)?, touched])?;
        }
    }
    Ok(())
}

/// Who is erased.
struct Whose<'a> {
    conn: &'a Connection,
    ids: &'a [ContactId],
    /// The same as a JSON array.
    they: String,
}

impl Whose<'_> {
    fn is_named_in(&self, step: &Step) -> Result<bool> {
        match step {
            Step::Status { conversation, .. }
            | Step::Starred { conversation, .. }
            | Step::Spam { conversation, .. } => self.conversation(*conversation),
            Step::Seen { conversation, messages, .. } => {
                Ok(self.conversation(*conversation)? || self.messages(messages)?)
            }
            Step::Placed { messages, from, to, row, .. } => {
                // The conversation that it came from may have ended with that; its image stays.
                let was = self.image(row);
                Ok(was
                    || self.any("conversations", from.0)?
                    || self.conversation(*to)?
                    || self.messages(messages)?)
            }
            Step::Blocked { contact, .. }
            | Step::Named { contact, .. }
            | Step::AddressAdded { contact, .. }
            | Step::AddressRemoved { contact, .. }
            | Step::Preferred { contact, .. } => Ok(self.contact(*contact)),
            Step::Absorbed(of) => Ok(self.contact(of.other)
                || self.contact(of.into)
                || of.parts.iter().any(|id| self.contact(*id))),
            Step::Merged { merge } => Ok(self.theirs("merges", "survivor_id", merge.0)?
                || self.theirs("merges", "absorbed_id", merge.0)?),
            Step::Unmerged { survivor, absorbed, .. } => {
                Ok(self.contact(*survivor) || self.contact(*absorbed))
            }
            Step::NotSame { first, second } => Ok(self.contact(*first) || self.contact(*second)),
            Step::Note { entry, .. } => self.theirs("entries", "contact_id", entry.0),
            Step::Noted { message } | Step::NotedAnew { message, .. } => self.messages(&[*message]),
            Step::PicturesForgotten { address } => {
                let sql = "SELECT EXISTS (SELECT 1 FROM identities WHERE value = ?1
                               AND contact_id IN (SELECT value FROM json_each(?2)))";
                row::one(self.conn, sql, params![address, self.they])
            }
            Step::Row(changed) => {
                let image = |image: &Option<Image>| image.as_ref().is_some_and(|image| self.image(image));
                Ok(self.contact(changed.contact) || image(&changed.was) || image(&changed.became))
            }
            Step::TagGone(gone) => Ok(gone.names(|contact| self.contact(ContactId(contact)))),
            Step::Wish(wish) => self.wish(wish),
            // Texts of the shop; and of imports `imports::forget` knows.
            Step::ReplyRemoved { .. }
            | Step::ReplySaved { .. }
            | Step::RuleRemoved { .. }
            | Step::RuleSaved { .. }
            | Step::RuleSwitched { .. }
            | Step::RulesOrdered { .. }
            | Step::SettingSet { .. }
            | Step::Imported { .. } => Ok(false),
        }
    }

    fn wish(&self, step: &WishStep) -> Result<bool> {
        match step {
            WishStep::Routed { conversation, .. } => self.conversation(*conversation),
            WishStep::Refused { refusal } | WishStep::RefusalEnded { refusal } => {
                self.theirs("refusals", "contact_id", refusal.0)
            }
            WishStep::CallTask { task, .. } => self.theirs("tasks", "contact_id", *task),
            WishStep::Decided { wish, .. } => self.theirs("wishes", "contact_id", wish.0),
            WishStep::AddressBecame { contact, .. }
            | WishStep::Consented { contact, .. }
            | WishStep::HabitDeclined { contact, .. } => Ok(self.contact(*contact)),
            WishStep::Agreed => Ok(false),
        }
    }

    fn contact(&self, id: ContactId) -> bool {
        self.ids.contains(&id)
    }

    fn conversation(&self, id: ConversationId) -> Result<bool> {
        self.theirs("conversations", "contact_id", id.0)
    }

    fn messages(&self, all: &[MessageId]) -> Result<bool> {
        for id in all {
            if self.theirs("messages", "contact_id", id.0)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whose the row of an image was.
    fn image(&self, image: &Image) -> bool {
        ["contact_id", "origin_contact_id"].iter().any(|column| self.contact(ContactId(image.number(column))))
    }

    /// Whether this row is theirs, or gone.
    fn theirs(&self, table: &str, column: &str, id: i64) -> Result<bool> {
        let sql = format!("SELECT {column} AS contact_id FROM {table} WHERE id = ?");
        let owner: Option<ContactId> = row::first(self.conn, &sql, [id], |r| row::id(r, "contact_id"))?;
        Ok(owner.is_none_or(|owner| self.contact(owner)))
    }

    /// Whether this row is theirs; one that is gone is nobody's.
    fn any(&self, table: &str, id: impl ToSql) -> Result<bool> {
        let sql = format!(
            "SELECT EXISTS (SELECT 1 FROM {table} WHERE id = ?1 AND contact_id IN (SELECT value FROM json_each(?2)))"
        );
        row::one(self.conn, &sql, params![id, self.they])
    }
}
