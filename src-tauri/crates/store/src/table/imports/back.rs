//! Taking an import back: customers that are nothing but what it wrote go; whoever has written or was worked on since stays,
//! with all it has; what known customers got goes where it is still as the import left it.

use rusqlite::{Transaction, params};
use theke_domain::ids::{ContactId, EntryId};
use theke_domain::time::Timestamp;

use super::{Steps, set_field};
use crate::error::Result;
use crate::{row, search};

/// What an undo came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Taken {
    /// Customers that went.
    pub removed: u64,
    /// New ones that stay, because something came since.
    pub kept: u64,
    /// Known ones that lost something again.
    pub changed: u64,
}

/// That the contact row `c` is nothing but what the import wrote. Each part is answered by an index: addresses in force by
/// whose they are, those that were removed by whose they were at first, which only a merge makes differ.
const UNTOUCHED: &str = "c.merged_into_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.contact_id = c.id)
    AND NOT EXISTS (SELECT 1 FROM conversations v WHERE v.contact_id = c.id)
    AND NOT EXISTS (SELECT 1 FROM entries e WHERE e.contact_id = c.id AND NOT (e.id BETWEEN ?3 AND ?4))
    AND NOT EXISTS (SELECT 1 FROM identities i
        WHERE i.contact_id = c.id AND i.removed_at = 0 AND NOT (i.id BETWEEN ?5 AND ?6))
    AND NOT EXISTS (SELECT 1 FROM identities i WHERE i.origin_contact_id = c.id AND NOT (i.id BETWEEN ?5 AND ?6))
    AND NOT EXISTS (SELECT 1 FROM goodwill g WHERE g.contact_id = c.id)
    AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.contact_id = c.id)
    AND NOT EXISTS (SELECT 1 FROM consents s WHERE s.contact_id = c.id)
    AND NOT EXISTS (SELECT 1 FROM wishes w WHERE w.contact_id = c.id)
    AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.contact_id = c.id)
    AND NOT EXISTS (SELECT 1 FROM refusals r WHERE r.contact_id = c.id)
    AND NOT EXISTS (SELECT 1 FROM merges g WHERE g.survivor_id = c.id)
    AND NOT EXISTS (SELECT 1 FROM merges g WHERE g.absorbed_id = c.id)
    AND NOT EXISTS (SELECT 1 FROM contacts o WHERE o.merged_into_id = c.id)";

/// The rows of contacts that go, one question a table for all of a transaction's.
const GOING: [&str; 11] = [
    "DELETE FROM entries WHERE contact_id IN (SELECT value FROM json_each(?1))",
    "DELETE FROM identities WHERE origin_contact_id IN (SELECT value FROM json_each(?1)) AND contact_id = origin_contact_id",
    "DELETE FROM preferences WHERE contact_id IN (SELECT value FROM json_each(?1))",
    "DELETE FROM contact_tags WHERE contact_id IN (SELECT value FROM json_each(?1))",
    "DELETE FROM custom_values WHERE contact_id IN (SELECT value FROM json_each(?1))",
    "DELETE FROM contact_keys WHERE contact_id IN (SELECT value FROM json_each(?1))",
    "DELETE FROM duplicates WHERE first_id IN (SELECT value FROM json_each(?1))",
    "DELETE FROM duplicates WHERE second_id IN (SELECT value FROM json_each(?1))",
    "DELETE FROM not_same WHERE first_id IN (SELECT value FROM json_each(?1))",
    "DELETE FROM not_same WHERE second_id IN (SELECT value FROM json_each(?1))",
    "DELETE FROM contacts WHERE id IN (SELECT value FROM json_each(?1))",
];

/// Takes an import back; `None` if there is none of this id, or it was taken back. Ask it in
/// [`crate::Store::try_write_unlinked`]: that nobody names what goes is looked at here.
///
/// # Errors
/// The database's.
pub fn take_back(tx: &Transaction<'_>, id: i64, now: Timestamp) -> Result<Option<Taken>> {
    let sql = "SELECT steps FROM imports WHERE id = ? AND undone_at = 0";
    let Some(all) = row::first(tx, sql, [id], |r| row::json::<Vec<Steps>>(r, "steps"))? else {
        return Ok(None);
    };
    let mut taken = Taken::default();
    for steps in all.iter().rev() {
        new_ones(tx, steps, &mut taken)?;
        known_ones(tx, steps, now, &mut taken)?;
    }
    for steps in &all {
        names(tx, steps)?;
    }
    let sql = "UPDATE imports SET undone_at = ?2, steps = '[]' WHERE id = ?1";
    row::run(tx, sql, params![id, now.0])?;
    Ok(Some(taken))
}

fn new_ones(tx: &Transaction<'_>, steps: &Steps, taken: &mut Taken) -> Result<()> {
    let Some((first, last)) = steps.contacts else { return Ok(()) };
    let (note_first, note_last) = steps.entries.unwrap_or((0, -1));
    let sql = format!("SELECT c.id FROM contacts c WHERE c.id BETWEEN ?1 AND ?2 AND {UNTOUCHED}");
    let (address_first, address_last) = steps.identities.unwrap_or((0, -1));
    let range = params![first, last, note_first, note_last, address_first, address_last];
    let gone: Vec<ContactId> = row::all(tx, &sql, range, |r| row::id(r, "id"))?;
    let they = crate::person::list(&gone);
    let sql =
        "SELECT id FROM entries WHERE kind = 'note' AND contact_id IN (SELECT value FROM json_each(?1))";
    let mut notes: Vec<EntryId> = row::all(tx, sql, [&they], |r| row::id(r, "id"))?;
    // In the order of the rows: an index that is told out of order writes itself anew every time.
    notes.sort_unstable();
    for note in notes {
        search::notes::forget(tx, note)?;
    }
    for contact in &gone {
        search::contacts::forget(tx, *contact)?;
    }
    for sql in GOING {
        row::run(tx, sql, [&they])?;
    }
    let sql = "SELECT count(*) FROM contacts WHERE id BETWEEN ?1 AND ?2";
    let kept: i64 = row::one(tx, sql, params![first, last])?;
    taken.kept += u64::try_from(kept).unwrap_or(0);
    taken.removed += u64::try_from(gone.len()).unwrap_or(0);
    Ok(())
}

fn known_ones(tx: &Transaction<'_>, steps: &Steps, now: Timestamp, taken: &mut Taken) -> Result<()> {
    let mut changed = std::collections::BTreeSet::new();
    let (new_first, new_last) = steps.contacts.unwrap_or((0, -1));
    if let Some((first, last)) = steps.identities {
        // One by which somebody wrote since stays: it is theirs.
        let sql = "SELECT id, contact_id FROM identities WHERE id BETWEEN ?1 AND ?2 AND removed_at = 0
                   AND NOT (origin_contact_id BETWEEN ?3 AND ?4) AND last_in_at = 0 AND last_out_at = 0";
        let found: Vec<(i64, i64)> =
            row::all(tx, sql, params![first, last, new_first, new_last], |r| Ok((r.get(0)?, r.get(1)?)))?;
        for (identity, contact) in found {
            row::run(
                tx,
                "UPDATE identities SET removed_at = max(?2, 1) WHERE id = ?1",
                params![identity, now.0],
            )?;
            changed.insert(contact);
        }
    }
    if let Some((first, last)) = steps.entries {
        let sql = "SELECT id, contact_id FROM entries WHERE id BETWEEN ?1 AND ?2 AND kind = 'note' AND changed_at = 0
                   AND NOT (contact_id BETWEEN ?3 AND ?4)";
        let found: Vec<(i64, i64)> =
            row::all(tx, sql, params![first, last, new_first, new_last], |r| Ok((r.get(0)?, r.get(1)?)))?;
        for (note, contact) in found {
            search::notes::forget(tx, EntryId(note))?;
            row::run(tx, "DELETE FROM entries WHERE id = ?", [note])?;
            changed.insert(contact);
        }
    }
    for (contact, tag) in &steps.tagged {
        row::run(tx, "DELETE FROM contact_tags WHERE contact_id = ? AND tag_id = ?", [contact, tag])?;
        changed.insert(*contact);
    }
    for (contact, field) in &steps.valued {
        row::run(tx, "DELETE FROM custom_values WHERE contact_id = ? AND field_id = ?", [contact, field])?;
        changed.insert(*contact);
    }
    for (contact, began) in &steps.preferred {
        row::run(tx, "DELETE FROM preferences WHERE id = ? AND ended_at = 0", [began])?;
        changed.insert(*contact);
    }
    for one in steps.changed.iter().rev() {
        let Some(column) = super::FIELDS.into_iter().find(|column| *column == one.column) else { continue };
        let sql = format!("SELECT {column} = ?2 FROM contacts WHERE id = ?1");
        if row::first(tx, &sql, params![one.contact, one.became], |r| r.get::<_, bool>(0))? == Some(true) {
            set_field(tx, one.contact, column, &one.before, &one.source)?;
            changed.insert(one.contact);
        }
    }
    for contact in &changed {
        search::contacts::index(tx, ContactId(*contact))?;
    }
    taken.changed += u64::try_from(changed.len()).unwrap_or(0);
    Ok(())
}

/// Tags and fields that came with it and that nobody uses.
fn names(tx: &Transaction<'_>, steps: &Steps) -> Result<()> {
    for tag in &steps.tags {
        let sql = "DELETE FROM tags WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM contact_tags t WHERE t.tag_id = ?1)";
        row::run(tx, sql, [tag])?;
    }
    for field in &steps.custom_fields {
        let sql = "DELETE FROM custom_fields
                   WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM custom_values v WHERE v.field_id = ?1)";
        row::run(tx, sql, [field])?;
    }
    Ok(())
}
