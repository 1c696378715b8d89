//! Desktop notifications of new messages. A click brings the window to the front.
//!
//! Silent while the window has the focus, for what arrived long ago (a first sync, a day without the computer), and
//! after three at once: then one more names the senders. Nothing is answered from here.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use notify_rust::Notification;
use tauri::{AppHandle, Manager, Runtime};
use theke_engine::api::Api;
use theke_engine::api::types::{Event, MessageView};

use crate::window;

/// A message that is older when it is first seen is no news.
const NEWS: Duration = Duration::from_secs(15 * 60);
const AT_ONCE: usize = 3;
/// Each open notification waits on the bus for its click; more are shown and not waited for.
const WAITING: usize = 8;
const LONGEST_BODY_CHARS: usize = 240;

static WAITERS: AtomicUsize = AtomicUsize::new(0);

/// Tells the desktop.
pub struct Notifier<R: Runtime> {
    app: AppHandle<R>,
}

impl<R: Runtime> Notifier<R> {
    /// For this program's window.
    pub fn new(app: AppHandle<R>) -> Self {
        Self { app }
    }

    /// Notifications for the new messages of a batch.
    pub async fn tell(&mut self, api: &Api, batch: &[Event]) {
        let ids = batch.iter().filter_map(|event| match event {
            Event::MessageReceived { message_id, .. } => Some(*message_id),
            _ => None,
        });
        let ids: Vec<i64> = ids.collect();
        if ids.is_empty() || self.has_focus() {
            return;
        }
        let mut rest = Vec::new();
        let mut shown = 0;
        // A first sync brings thousands of old ones: the newest of the batch decide.
        for id in ids.iter().rev().take(4 * AT_ONCE) {
            let Ok(message) = api.message(*id).await else { continue };
            if message.direction != "in" || message.seen || !is_news(&message.at) {
                continue;
            }
            if shown < AT_ONCE {
                shown += 1;
                self.show(&sender(&message), &words(&message)).await;
            } else {
                rest.push(sender(&message));
            }
        }
        if !rest.is_empty() {
            rest.dedup();
            self.show("Theke", &rest.join(", ")).await;
        }
    }

    fn has_focus(&self) -> bool {
        self.app.get_webview_window(window::LABEL).is_some_and(|window| window.is_focused().unwrap_or(false))
    }

    #[cfg(all(unix, not(target_os = "macos")))]
    async fn show(&self, title: &str, body: &str) {
        let mut notification = Notification::new();
        notification
            .appname("Theke")
            .summary(title)
            .body(&escaped(body))
            .icon("theke")
            .action("default", "Theke");
        let shown = match notification.show_async().await {
            Ok(shown) => shown,
            Err(error) => return tracing::debug!(%error, "the desktop takes no notifications"),
        };
        if WAITERS.fetch_add(1, Ordering::Relaxed) >= WAITING {
            WAITERS.fetch_sub(1, Ordering::Relaxed);
            return;
        }
        let app = self.app.clone();
        tauri::async_runtime::spawn(async move {
            let clicked = |answer: &notify_rust::NotificationResponse| {
                if matches!(answer, notify_rust::NotificationResponse::Default) {
                    window::show(&app);
                }
            };
            shown.wait_for_action_async(clicked).await;
            WAITERS.fetch_sub(1, Ordering::Relaxed);
        });
    }

    #[cfg(not(all(unix, not(target_os = "macos"))))]
    async fn show(&self, title: &str, body: &str) {
        let mut notification = Notification::new();
        notification.appname("Theke").summary(title).body(body);
        let shown = tokio::task::spawn_blocking(move || notification.show().is_ok()).await;
        if !shown.unwrap_or(false) {
            tracing::debug!("the desktop takes no notifications");
        }
    }
}

fn sender(message: &MessageView) -> String {
    message.from.name.clone().filter(|name| !name.is_empty()).unwrap_or_else(|| message.from.address.clone())
}

/// Subject and first words, as far as a notification shows them.
fn words(message: &MessageView) -> String {
    let subject = message.subject.as_deref().unwrap_or_default();
    let text = message.text_without_quote.split_whitespace().collect::<Vec<_>>().join(" ");
    let whole = if subject.is_empty() { text } else { format!("{subject}\n{text}") };
    whole.chars().take(LONGEST_BODY_CHARS).collect()
}

/// The body of a notification is markup on Linux: a sender could put links and pictures into it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Arrived a moment ago, by an RFC 3339 time in UTC. What cannot be read is no news.
fn is_news(at: &str) -> bool {
    let Ok(at) = at.parse::<jiff::Timestamp>() else { return false };
    SystemTime::now().duration_since(SystemTime::from(at)).is_ok_and(|age| age < NEWS)
}

#[cfg(test)]
mod tests {
    use super::{escaped, is_news};

    #[test]
    fn a_notification_carries_no_markup_of_a_sender() {
        let hostile = "<a href='https://shop.example'>x</a> & <img src=x>";
        assert_eq!(
            escaped(hostile),
            "&lt;a href='https://shop.example'&gt;x&lt;/a&gt; &amp; &lt;img src=x&gt;"
        );
    }

    #[test]
    fn what_arrived_long_ago_is_no_news() {
        let now = jiff::Timestamp::now();
        assert!(is_news(&(now - jiff::SignedDuration::from_secs(60)).to_string()));
        assert!(!is_news(&(now - jiff::SignedDuration::from_hours(2)).to_string()));
        assert!(!is_news("yesterday"));
    }
}
