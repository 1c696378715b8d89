//! Who is the same: merging and taking merges back. That a merge can be undone is never a matter of time.
//!
//! Not here: finding pairs (`crate::comparer`) and moving rows (`theke_store::table::merging`).

use theke_domain::ids::{ContactId, MergeId};
use theke_store::table::changes::{self, Step};
use theke_store::table::contacts::{self, Contact};
use theke_store::table::merging::{self, Field, Merge};
use theke_store::table::{comparing, duplicates};
use theke_store::words::Word;
use theke_store::{Connection, Transaction};

use super::contacts::existing;
use super::types::{Event, FieldChoice, MergeField, MergePreview, MergeView, Merged, OtherValue, Unmerged};
use super::{Api, ApiError, ApiResult, Code, view};

impl Api {
    /// Two customers side by side before they are merged; `a` is the one that stays.
    ///
    /// # Errors
    /// `NotFound`; `BadInput` if one of them is part of another one, or they are the same.
    pub async fn contact_merge_preview(&self, a: i64, b: i64) -> ApiResult<MergePreview> {
        self.shared
            .read(move |conn| -> ApiResult<MergePreview> {
                let (one, other) = both(conn, a, b)?;
                let (ours, theirs) = (merging::values(conn, one.id)?, merging::values(conn, other.id)?);
                let taken = merging::taken_by_itself(conn, one.id, other.id)?;
                let text = |values: &merging::Values, field: Field| {
                    values.get(field.word()).cloned().unwrap_or_default()
                };
                let fields = Field::ALL.into_iter().filter_map(|field| {
                    let (a, b) = (text(&ours, field), text(&theirs, field));
                    let keep = if taken.contains(&field) { "b" } else { "a" }.to_owned();
                    (!a.is_empty() || !b.is_empty()).then(|| MergeField {
                        field: field.word().to_owned(),
                        a,
                        b,
                        keep,
                    })
                });
                Ok(MergePreview {
                    a: view::contact(conn, &one)?,
                    b: view::contact(conn, &other)?,
                    fields: fields.collect(),
                    not_same: duplicates::not_same_as(conn, one.id)?.contains(&other.id),
                })
            })
            .await
    }

    /// Makes `b` part of `a`. Fields that are not chosen are kept as the preview says. Everything that `b` had stays known
    /// as its, so that [`Api::contact_unmerge`] brings it back at any later time.
    ///
    /// # Errors
    /// As [`Api::contact_merge_preview`]; `BadInput` for a field or a choice that there is not.
    pub async fn contact_merge(&self, a: i64, b: i64, choices: Vec<FieldChoice>) -> ApiResult<Merged> {
        let now = self.shared.now();
        let (merge, undo) = self
            .shared
            .write(move |tx| -> ApiResult<(MergeId, i64)> {
                let (one, other) = both(tx, a, b)?;
                let taken = chosen(merging::taken_by_itself(tx, one.id, other.id)?, &choices)?;
                let merge = merging::merge(tx, one.id, other.id, &taken, None, now)?;
                let subject = shown(tx, one.id)?;
                let undo = changes::insert(tx, "merge", &subject, 1, &[Step::Merged { merge }], now)?;
                Ok((merge, undo.0))
            })
            .await?;
        self.shared.tell(Event::ContactChanged { contact_id: b });
        self.tell_merges();
        Ok(Merged { merge_id: merge.0, contact: self.contact_changed(a, Some(undo)).await? })
    }

    /// Takes a merge back: each gets what is theirs, also what came since.
    ///
    /// # Errors
    /// `NotFound`; `TooLate` if it was undone already.
    pub async fn contact_unmerge(&self, merge: i64) -> ApiResult<Unmerged> {
        let now = self.shared.now();
        let (parted, undo) = self
            .shared
            .write_durable(move |tx| -> ApiResult<_> {
                let found = merging::get(tx, MergeId(merge))?
                    .ok_or_else(|| ApiError::new(Code::NotFound, format!("There is no merge {merge}.")))?;
                let parted = merging::unmerge(tx, found.id, now)?
                    .ok_or_else(|| ApiError::new(Code::TooLate, "This merge was undone already."))?;
                let step = Step::Unmerged {
                    survivor: found.survivor,
                    absorbed: found.absorbed,
                    taken: found.kept.became.keys().cloned().collect(),
                };
                let subject = shown(tx, parted.part)?;
                let undo = changes::insert(tx, "unmerge", &subject, 1, &[step], now)?;
                Ok((parted, undo.0))
            })
            .await?;
        let conversations: Vec<i64> = parted.conversations.iter().map(|id| id.0).collect();
        self.tell_conversations(&conversations);
        for contact in [parted.part, parted.rest] {
            self.shared.tell(Event::ContactChanged { contact_id: contact.0 });
        }
        self.shared.tell(Event::UndoChanged {});
        self.tell_merges();
        let (part, rest) = (parted.part, parted.rest);
        self.shared
            .read(move |conn| -> ApiResult<Unmerged> {
                let view = |id: ContactId| Ok::<_, ApiError>(view::contact(conn, &existing(conn, id.0)?)?);
                Ok(Unmerged { undo_id: Some(undo), rest: view(rest)?, part: view(part)? })
            })
            .await
    }

    /// The merge that `number` means: that of this customer into another one, else the last one into this customer.
    ///
    /// # Errors
    /// `NotFound` if there is none.
    pub async fn merge_of(&self, number: i64) -> ApiResult<i64> {
        self.shared
            .read(move |conn| -> ApiResult<i64> {
                let into = merging::of_absorbed(conn, ContactId(number))?;
                let from = merging::into_contact(conn, ContactId(number))?.pop();
                let merge = into.or(from).or(merging::get(conn, MergeId(number))?);
                merge.map(|merge| merge.id.0).ok_or_else(|| {
                    let sentence = format!("The contact {number} is not merged with any other one.");
                    ApiError::new(Code::NotFound, sentence)
                })
            })
            .await
    }

    /// The merges in force that made a customer what it is, the newest first, also those of its parts.
    pub async fn contact_merges(&self, id: i64) -> ApiResult<Vec<MergeView>> {
        self.shared
            .read(move |conn| -> ApiResult<Vec<MergeView>> {
                let contact = existing(conn, id)?;
                let mut found = Vec::new();
                for part in merging::parts_of(conn, contact.id)? {
                    found.extend(merging::into_contact(conn, part)?);
                }
                found.sort_by_key(|merge| std::cmp::Reverse(merge.id));
                found.iter().map(|merge| merge_view(conn, contact.id, merge)).collect()
            })
            .await
    }

    /// Tells that suggestions and merges are different now.
    pub(super) fn tell_merges(&self) {
        self.shared.tell(Event::DuplicatesChanged {});
    }
}

/// Both of them, if each stands for itself and may be used.
pub(super) fn both(conn: &Connection, a: i64, b: i64) -> ApiResult<(Contact, Contact)> {
    let refused = |sentence: String| ApiError::new(Code::BadInput, sentence).with("field", "contact");
    if a == b {
        return Err(refused("These are the same contact. Name two.".to_owned()));
    }
    let stands = |id: i64| -> ApiResult<Contact> {
        let contact = existing(conn, id)?;
        if let Some(into) = contact.merged_into {
            return Err(refused(format!("The contact {id} is part of contact {into}. Name that one.")));
        }
        if comparing::known(conn, contact.id)?.is_none() {
            let sentence = format!("The processing of contact {id} is restricted. Lift that first.");
            return Err(refused(sentence));
        }
        Ok(contact)
    };
    Ok((stands(a)?, stands(b)?))
}

/// The fields of which the other one's value is kept.
fn chosen(mut taken: Vec<Field>, choices: &[FieldChoice]) -> ApiResult<Vec<Field>> {
    for choice in choices {
        let known = Field::ALL.map(Word::word).join(", ");
        let field = Field::from_word(&choice.field).ok_or_else(|| {
            let sentence = format!("There is no field {}. There are: {known}.", choice.field);
            ApiError::new(Code::BadInput, sentence).with("field", "field")
        })?;
        taken.retain(|other| *other != field);
        match choice.keep.as_str() {
            "a" => {}
            "b" => taken.push(field),
            other => {
                let sentence = format!("{other} is neither a nor b. Say whose {} is kept.", choice.field);
                return Err(ApiError::new(Code::BadInput, sentence).with("field", "keep"));
            }
        }
    }
    Ok(taken)
}

pub(super) fn shown(tx: &Transaction<'_>, id: ContactId) -> ApiResult<String> {
    Ok(contacts::get(tx, id)?.map(|contact| contact.display_name).unwrap_or_default())
}

fn merge_view(conn: &Connection, into: ContactId, merge: &Merge) -> ApiResult<MergeView> {
    let (ours, theirs) = (merging::values(conn, into)?, merging::values(conn, merge.absorbed)?);
    let other = Field::ALL.into_iter().filter_map(|field| {
        let value = theirs.get(field.word()).filter(|value| !value.is_empty())?;
        // Where the other one's was kept, what the customer had before is the other value.
        let kept = ours.get(field.word()) == Some(value);
        let before = merge.kept.before.get(field.word()).filter(|before| kept && !before.is_empty());
        let value = if kept { before? } else { value };
        Some(OtherValue { field: field.word().to_owned(), value: value.clone() })
    });
    let other = other.collect();
    let name = theirs.get(Field::Name.word()).cloned().unwrap_or_default();
    let name = if name.is_empty() { merging::first_address(conn, merge.absorbed)? } else { name };
    Ok(MergeView { id: merge.id.0, at: view::at(merge.at), contact_id: merge.absorbed.0, name, other })
}
