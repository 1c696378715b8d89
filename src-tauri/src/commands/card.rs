//! The customer's card: what is known, granted and to be done; calls and visits that are noted.

use tauri::State;
use theke_engine::api::ApiResult;
use theke_engine::api::types::{
    ConsentInput, ContactDetail, GoodwillInput, MessageView, NotedView, ParticularsInput, ShopFieldInput,
    ShopFields, SpokenInput, TaskChanged, TaskInput, TaskList,
};

use crate::session::Session;

/// Firm, salutation, birthday, postcode, language.
#[tauri::command]
pub async fn contact_describe(
    session: State<'_, Session>,
    id: i64,
    input: ParticularsInput,
) -> ApiResult<ContactDetail> {
    session.api().await?.contact_describe(id, input).await
}

/// Gives a tag.
#[tauri::command]
pub async fn contact_tag(session: State<'_, Session>, id: i64, name: String) -> ApiResult<ContactDetail> {
    session.api().await?.contact_tag(id, &name).await
}

/// Takes a tag.
#[tauri::command]
pub async fn contact_untag(session: State<'_, Session>, id: i64, tag: i64) -> ApiResult<ContactDetail> {
    session.api().await?.contact_untag(id, tag).await
}

/// What stands in a field of the shop's own.
#[tauri::command]
pub async fn contact_set_field(
    session: State<'_, Session>,
    id: i64,
    field: i64,
    value: String,
) -> ApiResult<ContactDetail> {
    session.api().await?.contact_set_field(id, field, &value).await
}

/// How an address is.
#[tauri::command]
pub async fn contact_set_address_state(
    session: State<'_, Session>,
    id: i64,
    identity: i64,
    state: String,
) -> ApiResult<ContactDetail> {
    session.api().await?.contact_set_address_state(id, identity, &state).await
}

/// What the customer agreed to.
#[tauri::command]
pub async fn contact_consent(
    session: State<'_, Session>,
    id: i64,
    input: ConsentInput,
) -> ApiResult<ContactDetail> {
    session.api().await?.contact_consent(id, input).await
}

/// A note of a customer.
#[tauri::command]
pub async fn contact_note(session: State<'_, Session>, contact: i64, text: String) -> ApiResult<NotedView> {
    session.api().await?.contact_note(contact, &text).await
}

/// What was granted.
#[tauri::command]
pub async fn goodwill_save(session: State<'_, Session>, input: GoodwillInput) -> ApiResult<ContactDetail> {
    session.api().await?.goodwill_save(input).await
}

/// One less in the log.
#[tauri::command]
pub async fn goodwill_remove(session: State<'_, Session>, id: i64) -> ApiResult<ContactDetail> {
    session.api().await?.goodwill_remove(id).await
}

/// What is to be done for customers.
#[tauri::command]
pub async fn tasks(session: State<'_, Session>) -> ApiResult<TaskList> {
    session.api().await?.tasks().await
}

/// A new task, or another text or day of one.
#[tauri::command]
pub async fn task_save(session: State<'_, Session>, input: TaskInput) -> ApiResult<TaskChanged> {
    session.api().await?.task_save(input).await
}

/// Done, or open again.
#[tauri::command]
pub async fn task_set_done(session: State<'_, Session>, id: i64, done: bool) -> ApiResult<TaskChanged> {
    session.api().await?.task_set_done(id, done).await
}

/// Takes a task away.
#[tauri::command]
pub async fn task_remove(session: State<'_, Session>, id: i64) -> ApiResult<TaskChanged> {
    session.api().await?.task_remove(id).await
}

/// Notes a call or a visit.
#[tauri::command]
pub async fn note_spoken(session: State<'_, Session>, input: SpokenInput) -> ApiResult<NotedView> {
    session.api().await?.note_spoken(input).await
}

/// Another text for a call or a visit.
#[tauri::command]
pub async fn spoken_change(
    session: State<'_, Session>,
    message: i64,
    text: String,
) -> ApiResult<MessageView> {
    session.api().await?.spoken_change(message, &text).await
}

/// The shop's own fields and tags.
#[tauri::command]
pub async fn shop_fields(session: State<'_, Session>) -> ApiResult<ShopFields> {
    session.api().await?.shop_fields().await
}

/// A new field, or another name or other choices of one.
#[tauri::command]
pub async fn field_save(session: State<'_, Session>, input: ShopFieldInput) -> ApiResult<ShopFields> {
    session.api().await?.field_save(input).await
}

/// The order of the fields.
#[tauri::command]
pub async fn fields_order(session: State<'_, Session>, ids: Vec<i64>) -> ApiResult<ShopFields> {
    session.api().await?.fields_order(ids).await
}

/// Takes a field from all cards.
#[tauri::command]
pub async fn field_remove(session: State<'_, Session>, id: i64) -> ApiResult<ShopFields> {
    session.api().await?.field_remove(id).await
}

/// Another name for a tag.
#[tauri::command]
pub async fn tag_rename(session: State<'_, Session>, id: i64, name: String) -> ApiResult<ShopFields> {
    session.api().await?.tag_rename(id, &name).await
}

/// Takes a tag from all customers.
#[tauri::command]
pub async fn tag_remove(session: State<'_, Session>, id: i64) -> ApiResult<ShopFields> {
    session.api().await?.tag_remove(id).await
}
