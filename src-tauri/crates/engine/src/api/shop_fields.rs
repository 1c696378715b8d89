//! What a shop adds to the card for all customers: its own fields and its tags, as the settings page lists them.

use theke_domain::ids::{FieldId, TagId};
use theke_domain::time::Timestamp;
use theke_store::Transaction;
use theke_store::table::changes::Step;
use theke_store::table::custom_fields::{self, Kind, NewField};
use theke_store::table::tags;
use theke_store::words::Word;

use super::card::{kept, line, no_word, tag_name};
use super::types::{Event, ShopFieldInput, ShopFields};
use super::{Api, ApiError, ApiResult, Code, view};

/// More fields no card holds.
const FIELDS_MAX: usize = 50;
/// More choices no list holds.
const CHOICES_MAX: usize = 100;

impl Api {
    /// The shop's fields and tags.
    pub async fn shop_fields(&self) -> ApiResult<ShopFields> {
        self.shared.read(|conn| view::shop_fields(conn, None)).await
    }

    /// Adds a field to the card, or gives one another name or other choices.
    ///
    /// # Errors
    /// `BadInput` for a field without a name, a kind that there is not, a choice without choices, or the 51st field.
    pub async fn field_save(&self, input: ShopFieldInput) -> ApiResult<ShopFields> {
        let what = if input.id.is_some() { "field_changed" } else { "field_added" };
        let name = line(&input.name, "name")?;
        if name.is_empty() {
            return Err(ApiError::new(Code::BadInput, "Give the field a name.").with("field", "name"));
        }
        let choices = choices(&input.choices)?;
        let subject = name.clone();
        self.fields_change(what, subject, move |tx, _| save(tx, &input, name, choices)).await
    }

    /// The order of the fields on the card.
    pub async fn fields_order(&self, ids: Vec<i64>) -> ApiResult<ShopFields> {
        let ids: Vec<FieldId> = ids.into_iter().map(FieldId).collect();
        let order = move |tx: &Transaction<'_>, _| Ok(custom_fields::order(tx, &ids)?);
        self.fields_change("field_order", String::new(), order).await
    }

    /// Takes a field from all cards. What stands in it comes back with an undo.
    pub async fn field_remove(&self, id: i64) -> ApiResult<ShopFields> {
        let name = self.shared.read(move |conn| custom_fields::get(conn, FieldId(id))).await?;
        let name = name.ok_or_else(|| no_field(id))?.name;
        let remove = move |tx: &Transaction<'_>, now| {
            Ok(custom_fields::remove(tx, FieldId(id), now)?.into_iter().collect())
        };
        self.fields_change("field_removed", name, remove).await
    }

    /// Another name for a tag. The name of another tag makes the two one.
    ///
    /// # Errors
    /// `BadInput` for an empty name or one of more than 60 characters.
    pub async fn tag_rename(&self, id: i64, name: &str) -> ApiResult<ShopFields> {
        let name = tag_name(name)?;
        let subject = name.clone();
        let rename =
            move |tx: &Transaction<'_>, _| Ok(tags::rename(tx, TagId(id), &name)?.into_iter().collect());
        self.fields_change("tag_renamed", subject, rename).await
    }

    /// Takes a tag from all customers.
    pub async fn tag_remove(&self, id: i64) -> ApiResult<ShopFields> {
        let row = self.shared.read(move |conn| tags::get(conn, TagId(id))).await?;
        let row = row.ok_or_else(|| ApiError::new(Code::NotFound, format!("There is no tag {id}.")))?;
        let remove = move |tx: &Transaction<'_>, _| Ok(vec![tags::remove(tx, TagId(id))?]);
        self.fields_change("tag_removed", row.name, remove).await
    }

    async fn fields_change(
        &self,
        what: &'static str,
        subject: String,
        change: impl FnOnce(&Transaction<'_>, Timestamp) -> ApiResult<Vec<Step>> + Send + 'static,
    ) -> ApiResult<ShopFields> {
        let now = self.shared.now();
        let all = self
            .shared
            .write(move |tx| -> ApiResult<ShopFields> {
                let steps = change(tx, now)?;
                let undo_id = kept(tx, what, &subject, &steps, now)?;
                Ok(view::shop_fields(tx, undo_id)?)
            })
            .await?;
        if all.undo_id.is_some() {
            self.shared.tell(Event::ShopFieldsChanged {});
            self.shared.tell(Event::UndoChanged {});
        }
        Ok(all)
    }
}

fn save(
    tx: &Transaction<'_>,
    input: &ShopFieldInput,
    name: String,
    choices: Vec<String>,
) -> ApiResult<Vec<Step>> {
    let without_choices = || {
        let sentence = "A choice needs at least one thing to choose.";
        ApiError::new(Code::BadInput, sentence).with("field", "choices")
    };
    if let Some(id) = input.id {
        let before = custom_fields::get(tx, FieldId(id))?.ok_or_else(|| no_field(id))?;
        if before.kind == Kind::Choice && choices.is_empty() {
            return Err(without_choices());
        }
        let choices = if before.kind == Kind::Choice { choices } else { Vec::new() };
        return Ok(custom_fields::change(tx, before.id, &name, &choices)?.into_iter().collect());
    }
    let kind = Kind::from_word(&input.kind);
    let kind = kind.ok_or_else(|| no_word("kind", &input.kind, "text, number, date, choice"))?;
    if kind == Kind::Choice && choices.is_empty() {
        return Err(without_choices());
    }
    if custom_fields::all(tx)?.len() >= FIELDS_MAX {
        let sentence = "A card has at most 50 fields of your own. Remove one that is not used.";
        return Err(ApiError::new(Code::BadInput, sentence).with("field", "name"));
    }
    let choices = if kind == Kind::Choice { choices } else { Vec::new() };
    Ok(vec![custom_fields::insert(tx, &NewField { name, kind, choices })?.1])
}

fn choices(given: &[String]) -> ApiResult<Vec<String>> {
    let mut kept: Vec<String> = Vec::with_capacity(given.len());
    for choice in given {
        let choice = line(choice, "choices")?;
        if !choice.is_empty() && !kept.contains(&choice) {
            kept.push(choice);
        }
    }
    if kept.len() > CHOICES_MAX {
        let sentence = "A choice has at most 100 things to choose from.";
        return Err(ApiError::new(Code::BadInput, sentence).with("field", "choices"));
    }
    Ok(kept)
}

fn no_field(id: i64) -> ApiError {
    ApiError::new(Code::NotFound, format!("There is no field {id}."))
}
