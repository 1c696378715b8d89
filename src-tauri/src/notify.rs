//! Desktop notifications of new messages, one for each customer: a further message changes the one that is open. A
//! click opens the conversation; where the desktop has buttons there are two more, to answer and to be done.
//!
//! Silent while the window has the focus, in quiet hours, for what arrived long ago (a first sync, a day without the
//! computer), and after three customers at once: then one more names the others. Not here: the words ([`crate::told`]).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use notify_rust::{Notification, NotificationResponse};
use tauri::{AppHandle, Manager, Runtime};
use theke_engine::api::Api;
use theke_engine::api::types::{Event, MessageView};
use tokio::task::AbortHandle;

use crate::background::language;
use crate::lock::Lock;
use crate::told::{Manner, Words, escaped};
use crate::window;
use crate::words::say;

/// A message that is older when it is first seen is no news.
const NEWS: Duration = Duration::from_secs(15 * 60);
const AT_ONCE: usize = 3;
/// Each open notification waits on the bus for its click; more are shown and not waited for.
const WAITING: usize = 8;
/// In the place of a contact: the one for all beyond [`AT_ONCE`]. Contacts count from 1.
const OTHERS: i64 = 0;

/// A notification that is still there.
struct Open {
    id: u32,
    messages: usize,
    /// None for one whose click nobody waits for.
    waits: Option<AbortHandle>,
}

impl Open {
    fn stop_waiting(&self) {
        if let Some(waits) = &self.waits {
            waits.abort();
        }
    }
}

type OpenByContact = Arc<Mutex<HashMap<i64, Open>>>;

/// The notifications that are still there.
#[derive(Default)]
pub struct Shown(OpenByContact);

/// Tells the desktop.
pub struct Notifier<R: Runtime> {
    app: AppHandle<R>,
    open: OpenByContact,
    has_buttons: Option<bool>,
}

impl<R: Runtime> Notifier<R> {
    /// For this program's window.
    pub fn new(app: AppHandle<R>) -> Self {
        let open = app.state::<Shown>().0.clone();
        Self { app, open, has_buttons: None }
    }

    /// Notifications for the new messages of a batch.
    pub async fn tell(&mut self, api: &Api, batch: &[Event]) {
        self.tell_notices(api, batch).await;
        let ids = batch.iter().filter_map(|event| match event {
            Event::MessageReceived { message_id, .. } => Some(*message_id),
            _ => None,
        });
        let ids: Vec<i64> = ids.collect();
        if ids.is_empty() || self.has_focus() {
            return;
        }
        let mut manner = Manner::of(&api.settings_get(None).await.unwrap_or_default());
        let neutral = self.app.state::<Lock>().is_locked();
        if neutral {
            manner = manner.without_content();
        }
        if !manner.speaks_at(jiff::Zoned::now().time()) {
            return;
        }
        // A first sync brings thousands of old ones: the newest of the batch decide.
        let mut customers: Vec<(i64, Vec<MessageView>)> = Vec::new();
        for id in ids.iter().rev().take(4 * AT_ONCE) {
            let Ok(message) = api.message(*id).await else { continue };
            if message.direction != "in" || message.seen || !is_news(&message.at) {
                continue;
            }
            let Ok(of) = api.conversation(message.conversation_id, None).await else { continue };
            let contact = of.conversation.contact_id;
            match customers.iter_mut().find(|(known, _)| *known == contact) {
                Some((_, messages)) => messages.insert(0, message),
                None => customers.push((contact, vec![message])),
            }
        }
        let others = customers.split_off(customers.len().min(AT_ONCE));
        for (contact, messages) in customers {
            self.show(api, &manner, contact, &messages, neutral).await;
        }
        let newest: Vec<_> = others.iter().filter_map(|(_, messages)| messages.last().cloned()).collect();
        if !newest.is_empty() {
            let words = manner.of_others(&newest, others.iter().map(|(_, messages)| messages.len()).sum());
            self.show_others(&words, neutral).await;
        }
    }

    /// What rules of the shop ask to be told, whether or not somebody looks.
    async fn tell_notices(&self, api: &Api, batch: &[Event]) {
        let texts: Vec<&str> = batch
            .iter()
            .filter_map(|event| match event {
                Event::Notice { text } => Some(text.as_str()),
                _ => None,
            })
            .collect();
        if texts.is_empty() {
            return;
        }
        let settings = api.settings_get(None).await.unwrap_or_default();
        if settings.get("notifications.on").is_some_and(|on| on == "false") {
            return;
        }
        let title = say(&language(&settings), "shell_rule_tells", &[]);
        let locked = self.app.state::<Lock>().is_locked();
        for text in texts.into_iter().take(AT_ONCE) {
            plain(&title, if locked { "" } else { text }).await;
        }
    }

    /// One for all customers beyond the first few; the next one takes its place.
    #[cfg(all(unix, not(target_os = "macos")))]
    async fn show_others(&mut self, words: &Words, neutral: bool) {
        let mut notification = linux(&words.title, &words.body);
        if let Some(before) = self.open.lock().unwrap_or_else(PoisonError::into_inner).remove(&OTHERS) {
            notification.id(before.id);
        }
        let shown = match notification.show_async().await {
            Ok(shown) => shown,
            Err(error) => return tracing::debug!(%error, "the desktop takes no notifications"),
        };
        self.remember(OTHERS, Open { id: shown.id(), messages: 0, waits: None }, neutral).await;
    }

    #[cfg(not(all(unix, not(target_os = "macos"))))]
    async fn show_others(&mut self, words: &Words, _neutral: bool) {
        plain(&words.title, &words.body).await;
    }

    /// Keeps it, so that it can be taken back; at once if the window was locked while it was on its way and it says more
    /// than that something came.
    async fn remember(&self, whose: i64, open: Open, neutral: bool) {
        let id = open.id;
        self.open.lock().unwrap_or_else(PoisonError::into_inner).insert(whose, open);
        if !neutral && self.app.state::<Lock>().is_locked() {
            withdraw(&self.app).await;
            close(id).await;
        }
    }

    fn has_focus(&self) -> bool {
        self.app.get_webview_window(window::LABEL).is_some_and(|window| window.is_focused().unwrap_or(false))
    }

    #[cfg(all(unix, not(target_os = "macos")))]
    async fn show(
        &mut self,
        api: &Api,
        manner: &Manner,
        contact: i64,
        messages: &[MessageView],
        neutral: bool,
    ) {
        let Some(conversation) = messages.last().map(|message| message.conversation_id) else { return };
        let before = self.open.lock().unwrap_or_else(PoisonError::into_inner).remove(&contact);
        let there = before.as_ref().map_or(0, |open| open.messages);
        let Words { title, body } = manner.of_customer(messages, there);
        let mut notification = linux(&title, &body);
        notification.action("default", "Theke");
        if !self.app.state::<Lock>().is_locked() && self.has_buttons().await {
            let (reply, done) = manner.buttons();
            notification.action("reply", &reply).action("done", &done);
        }
        if let Some(before) = &before {
            // The one that is open is changed; who waited for it would hear of the new one's click as well.
            before.stop_waiting();
            notification.id(before.id);
        }
        let shown = match notification.show_async().await {
            Ok(shown) => shown,
            Err(error) => return tracing::debug!(%error, "the desktop takes no notifications"),
        };
        let messages = there + messages.len();
        let waiting = {
            let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
            open.values().filter(|open| open.waits.is_some()).count()
        };
        if waiting >= WAITING {
            return self.remember(contact, Open { id: shown.id(), messages, waits: None }, neutral).await;
        }
        let (app, api, open, id) = (self.app.clone(), api.clone(), self.open.clone(), shown.id());
        let waits = tokio::spawn(async move {
            let mut answer = None;
            shown
                .wait_for_action_async(|given: &NotificationResponse| match given {
                    NotificationResponse::Default => answer = Some("default".to_owned()),
                    NotificationResponse::Action(name) => answer = Some(name.clone()),
                    _ => {}
                })
                .await;
            open.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, open| open.id != id);
            match answer.as_deref() {
                Some("default") => window::show_conversation(&app, conversation, false),
                Some("reply") => window::show_conversation(&app, conversation, true),
                Some("done") if !app.state::<Lock>().is_locked() => done(&api, conversation).await,
                // Whoever clicks while the window is locked has to open it first.
                Some("done") => window::show(&app),
                _ => {}
            }
        });
        self.remember(contact, Open { id, messages, waits: Some(waits.abort_handle()) }, neutral).await;
    }

    #[cfg(not(all(unix, not(target_os = "macos"))))]
    async fn show(
        &mut self,
        _api: &Api,
        manner: &Manner,
        _contact: i64,
        messages: &[MessageView],
        _neutral: bool,
    ) {
        let Words { title, body } = manner.of_customer(messages, 0);
        plain(&title, &body).await;
    }

    /// Whether the desktop's notifications have buttons; asked once, because the question blocks.
    #[cfg(all(unix, not(target_os = "macos")))]
    async fn has_buttons(&mut self) -> bool {
        if let Some(known) = self.has_buttons {
            return known;
        }
        let asked = tokio::task::spawn_blocking(notify_rust::get_capabilities).await;
        let known = matches!(asked, Ok(Ok(list)) if list.iter().any(|word| word == "actions"));
        self.has_buttons = Some(known);
        known
    }
}

/// Takes back the notifications that are there: what they say is content.
pub async fn withdraw<R: Runtime>(app: &AppHandle<R>) {
    let open = std::mem::take(&mut *app.state::<Shown>().0.lock().unwrap_or_else(PoisonError::into_inner));
    for one in open.into_values() {
        one.stop_waiting();
        close(one.id).await;
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
async fn close(id: u32) {
    let ask = async {
        let bus = zbus::Connection::session().await?;
        let name = "org.freedesktop.Notifications";
        bus.call_method(Some(name), "/org/freedesktop/Notifications", Some(name), "CloseNotification", &id)
            .await
    };
    if let Err(error) = ask.await {
        tracing::debug!(%error, "a notification stays open");
    }
}

/// Elsewhere a notification cannot be taken back.
#[cfg(not(all(unix, not(target_os = "macos"))))]
async fn close(_id: u32) {}

/// The matter is closed, as the button of a notification asks.
async fn done(api: &Api, conversation: i64) {
    if let Err(error) = api.conversation_set_status(conversation, "closed", None).await {
        tracing::warn!(code = ?error.code, conversation, "a conversation could not be closed");
    }
}

/// A notification that wants nothing.
#[cfg(all(unix, not(target_os = "macos")))]
pub async fn plain(title: &str, body: &str) {
    if let Err(error) = linux(title, body).show_async().await {
        tracing::debug!(%error, "the desktop takes no notifications");
    }
}

/// A notification that wants nothing.
#[cfg(not(all(unix, not(target_os = "macos"))))]
pub async fn plain(title: &str, body: &str) {
    let mut notification = Notification::new();
    notification.appname("Theke").summary(title).body(body);
    let shown = tokio::task::spawn_blocking(move || notification.show().is_ok()).await;
    if !shown.unwrap_or(false) {
        tracing::debug!("the desktop takes no notifications");
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn linux(title: &str, body: &str) -> Notification {
    let mut notification = Notification::new();
    notification.appname("Theke").summary(title).body(&escaped(body)).icon("theke");
    notification
}

/// Arrived a moment ago, by an RFC 3339 time in UTC. What cannot be read is no news.
fn is_news(at: &str) -> bool {
    let Ok(at) = at.parse::<jiff::Timestamp>() else { return false };
    SystemTime::now().duration_since(SystemTime::from(at)).is_ok_and(|age| age < NEWS)
}

#[cfg(test)]
mod tests {
    use super::is_news;

    #[test]
    fn what_arrived_long_ago_is_no_news() {
        let now = jiff::Timestamp::now();
        assert!(is_news(&(now - jiff::SignedDuration::from_secs(60)).to_string()));
        assert!(!is_news(&(now - jiff::SignedDuration::from_hours(2)).to_string()));
        assert!(!is_news("yesterday"));
    }
}
