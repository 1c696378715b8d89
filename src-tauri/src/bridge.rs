//! From the engine's events to the window: one window event, `theke`, whose payload is the engine's own.
//!
//! Events that come together go together: the same one twice within a moment is one, and where there are very many
//! the window is told to fetch everything once. A first sync would otherwise keep it busy with nothing but news.

use std::time::Duration;

use tauri::{AppHandle, Emitter, Runtime};
use theke_engine::api::Api;
use theke_engine::api::types::Event;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, timeout_at};

use crate::{notify, window};

const EVENT: &str = "theke";
/// Short enough that a person sees no delay, long enough to gather the events of one transaction.
const MOMENT: Duration = Duration::from_millis(25);
/// Above this number one `Refresh` is cheaper for the window than the events themselves.
const MANY: usize = 64;

/// Carries events until the engine is gone.
pub async fn carry<R: Runtime>(app: AppHandle<R>, api: Api, mut events: Receiver<Event>) {
    let mut notifier = notify::Notifier::new(app.clone());
    while let Some(batch) = gather(&mut events).await {
        for event in shortened(&batch) {
            tell(&app, event);
        }
        notifier.tell(&api, &batch).await;
    }
}

/// Tells the window; without one nobody hears it, and a new one fetches everything.
pub fn tell<R: Runtime>(app: &AppHandle<R>, event: &Event) {
    if let Err(error) = app.emit_to(window::LABEL, EVENT, event) {
        tracing::debug!(%error, "the window did not take an event");
    }
}

/// Waits for an event and takes what follows within a moment. `None` at the end.
async fn gather(events: &mut Receiver<Event>) -> Option<Vec<Event>> {
    let mut batch = Vec::new();
    add(events.recv().await, &mut batch)?;
    let until = Instant::now() + MOMENT;
    while let Ok(received) = timeout_at(until, events.recv()).await {
        if add(received, &mut batch).is_none() {
            break;
        }
    }
    Some(batch)
}

/// `None` if there will be no more. Events that were missed are one `Refresh`.
fn add(received: Result<Event, RecvError>, batch: &mut Vec<Event>) -> Option<()> {
    let event = match received {
        Ok(event) => event,
        Err(RecvError::Lagged(_)) => Event::Refresh {},
        Err(RecvError::Closed) => return None,
    };
    if !batch.contains(&event) {
        batch.push(event);
    }
    Some(())
}

/// The batch, or one `Refresh` in the place of very many.
fn shortened(batch: &[Event]) -> &[Event] {
    if batch.len() > MANY || batch.contains(&Event::Refresh {}) { &[Event::Refresh {}] } else { batch }
}

#[cfg(test)]
mod tests {
    use theke_engine::api::types::Event;
    use tokio::sync::broadcast;

    use super::{MANY, gather, shortened};

    fn changed(conversation_id: i64) -> Event {
        Event::ConversationChanged { conversation_id }
    }

    #[tokio::test(start_paused = true)]
    async fn the_same_event_twice_within_a_moment_is_one() {
        let (sender, mut events) = broadcast::channel(8);
        for id in [1, 2, 1] {
            sender.send(changed(id)).unwrap();
        }
        assert_eq!(gather(&mut events).await, Some(vec![changed(1), changed(2)]));
        drop(sender);
        assert_eq!(gather(&mut events).await, None);
    }

    #[tokio::test(start_paused = true)]
    async fn missed_events_make_the_window_fetch_everything() {
        let (sender, mut events) = broadcast::channel(2);
        for id in 0..5 {
            sender.send(changed(id)).unwrap();
        }
        let batch = gather(&mut events).await.unwrap();
        assert_eq!(shortened(&batch), [Event::Refresh {}]);
    }

    #[test]
    fn very_many_events_are_one() {
        let few: Vec<Event> = (0..3).map(changed).collect();
        assert_eq!(shortened(&few), few);
        let many: Vec<Event> = (0..=i64::try_from(MANY).unwrap()).map(changed).collect();
        assert_eq!(shortened(&many), [Event::Refresh {}]);
    }
}
