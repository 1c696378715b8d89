//! What is to be done for customers: promises that were made, calls that are wanted.

use theke_domain::ids::{MessageId, TaskId};
use theke_domain::time::Timestamp;
use theke_domain::typed;
use theke_store::table::changes::Step;
use theke_store::table::tasks::{self, Kind, Task};
use theke_store::table::{contacts, messages};
use theke_store::words::Word;
use theke_store::{Connection, Transaction};

use super::card::{kept, line, no_word, standing};
use super::conversations::existing;
use super::types::{Event, TaskChanged, TaskInput, TaskList, TaskView};
use super::{Api, ApiError, ApiResult, Code, view};

/// Open tasks that are listed.
const LISTED_MAX: u32 = 1000;

impl Api {
    /// Open tasks, the one due longest first, those without a day behind; at most 1000.
    pub async fn tasks(&self) -> ApiResult<TaskList> {
        let now = self.shared.now();
        self.shared
            .read(move |conn| {
                let days = view::Days::of(conn, now)?;
                let rows = tasks::open(conn, LISTED_MAX)?;
                let (due, open) = tasks::counts(conn, days.today_ends())?;
                let tasks = rows.iter().map(|(row, name)| view::task(row, name, &days)).collect();
                Ok::<_, theke_store::Error>(TaskList { tasks, due, open })
            })
            .await
    }

    /// Keeps a new task, or changes one.
    ///
    /// # Errors
    /// `BadInput` for a promise without words, or a day that there is not (`params.field`).
    pub async fn task_save(&self, input: TaskInput) -> ApiResult<TaskChanged> {
        let now = self.shared.now();
        let saved = self.shared.write(move |tx| save(tx, &input, now)).await?;
        self.task_told(saved).await
    }

    /// Done, or open again.
    pub async fn task_set_done(&self, id: i64, done: bool) -> ApiResult<TaskChanged> {
        let now = self.shared.now();
        let saved = self
            .shared
            .write(move |tx| -> ApiResult<Saved> {
                let row = one(tx, id)?;
                let steps: Vec<Step> = tasks::set_done(tx, &row, done.then_some(now))?.into_iter().collect();
                let what = if done { "task_done" } else { "task_opened" };
                Ok(Saved { undo_id: kept(tx, what, &subject(tx, &row)?, &steps, now)?, task: row })
            })
            .await?;
        self.task_told(saved).await
    }

    /// Takes a task away.
    pub async fn task_remove(&self, id: i64) -> ApiResult<TaskChanged> {
        let now = self.shared.now();
        let saved = self
            .shared
            .write(move |tx| -> ApiResult<Saved> {
                let row = one(tx, id)?;
                let steps: Vec<Step> = tasks::remove(tx, &row)?.into_iter().collect();
                Ok(Saved { undo_id: kept(tx, "task_removed", &subject(tx, &row)?, &steps, now)?, task: row })
            })
            .await?;
        self.task_told(saved).await
    }

    async fn task_told(&self, saved: Saved) -> ApiResult<TaskChanged> {
        if saved.undo_id.is_some() {
            self.shared.tell(Event::TasksChanged {});
            self.shared.tell(Event::ContactChanged { contact_id: saved.task.contact_id.0 });
            self.shared.tell(Event::UndoChanged {});
        }
        let (id, now) = (saved.task.id, self.shared.now());
        let task = self
            .shared
            .read(move |conn| -> ApiResult<Option<TaskView>> {
                let Some(row) = tasks::get(conn, id)? else { return Ok(None) };
                let name = contacts::get(conn, row.contact_id)?.map(|contact| contact.display_name);
                Ok(Some(view::task(&row, &name.unwrap_or_default(), &view::Days::of(conn, now)?)))
            })
            .await?;
        Ok(TaskChanged { task, undo_id: saved.undo_id })
    }
}

struct Saved {
    task: Task,
    undo_id: Option<i64>,
}

fn save(tx: &Transaction<'_>, input: &TaskInput, now: Timestamp) -> ApiResult<Saved> {
    let kind = Kind::from_word(&input.kind).filter(|kind| *kind != Kind::Ask);
    let kind = kind.ok_or_else(|| no_word("kind", &input.kind, "promise, call"))?;
    let text = line(&input.text, "text")?;
    if text.is_empty() && kind == Kind::Promise {
        let sentence = "Say what was promised.";
        return Err(ApiError::new(Code::BadInput, sentence).with("field", "text"));
    }
    let address = line(&input.address, "address")?;
    let due_at = due(tx, &input.due, now)?;
    if let Some(id) = input.id {
        let new = Task { kind, text, address, due_at, ..one(tx, id)? };
        let steps: Vec<Step> = tasks::change(tx, &new)?.into_iter().collect();
        let undo_id = kept(tx, "task_changed", &subject(tx, &new)?, &steps, now)?;
        return Ok(Saved { task: new, undo_id });
    }
    let contact = standing(tx, input.contact_id)?;
    let conversation = input.conversation_id.map(|id| existing(tx, id)).transpose()?;
    let message = input.message_id.map(|id| messages::get(tx, MessageId(id))).transpose()?.flatten();
    let new = Task {
        id: TaskId(0),
        contact_id: contact.id,
        conversation_id: conversation.map(|listed| listed.conversation.id),
        message_id: message.map(|row| row.id),
        kind,
        text,
        address,
        due_at,
        done_at: None,
        created_at: now,
    };
    let (id, step) = tasks::insert(tx, &new)?;
    let task = Task { id, ..new };
    Ok(Saved { undo_id: kept(tx, "task_added", &subject(tx, &task)?, &[step], now)?, task })
}

/// By what a change of a task is listed: its words, else the customer.
fn subject(conn: &Connection, task: &Task) -> ApiResult<String> {
    if !task.text.is_empty() {
        return Ok(task.text.clone());
    }
    let contact = contacts::get(conn, task.contact_id)?;
    Ok(contact.map(|contact| contact.display_name).unwrap_or_default())
}

fn one(conn: &Connection, id: i64) -> ApiResult<Task> {
    tasks::get(conn, TaskId(id))?
        .ok_or_else(|| ApiError::new(Code::NotFound, format!("There is no task {id}.")))
}

/// Until when: a day counts to its end.
fn due(conn: &Connection, typed: &str, now: Timestamp) -> ApiResult<Option<Timestamp>> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    if let Some(at) = Timestamp::from_rfc3339(typed) {
        return Ok(Some(at));
    }
    let days = view::Days::of(conn, now)?;
    let found = typed::day(typed).and_then(|day| days.zone().end_of(&day));
    found.map(Some).ok_or_else(|| {
        let sentence = format!("\"{typed}\" is no day. Write it as 12.3.2026.");
        ApiError::new(Code::BadInput, sentence).with("field", "due")
    })
}
