//! From the engine's events to the window: one window event, `theke`, whose payload is a list of the engine's own.
//!
//! Events that come together go together, at most ten times a second: each time costs the page a task of its own, even
//! if it does nothing then. The same one twice is one, and where there are very many the window is told to fetch
//! everything once. A first sync would otherwise keep it busy with nothing but news. The first after a rest waits for
//! no more than a moment.

use std::time::Duration;

use tauri::{AppHandle, Emitter, Manager, Runtime};
use theke_engine::api::Api;
use theke_engine::api::types::Event;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, timeout_at};

use crate::lock::Lock;
use crate::{notify, window};

const EVENT: &str = "theke";
/// Short enough that a person sees no delay, long enough to gather the events of one transaction.
const MOMENT: Duration = Duration::from_millis(25);
/// Between two batches.
const GAP: Duration = Duration::from_millis(100);
/// Above this number one `Refresh` is cheaper for the window than the events themselves.
const MANY: usize = 64;

/// Carries events until the engine is gone.
pub async fn carry<R: Runtime>(app: AppHandle<R>, api: Api, mut events: Receiver<Event>) {
    let mut notifier = notify::Notifier::new(app.clone());
    let mut earliest = Instant::now();
    while let Some(batch) = gather(&mut events, earliest).await {
        earliest = Instant::now() + GAP;
        tell_all(&app, shortened(&batch));
        notifier.tell(&api, &batch).await;
    }
}

/// Tells the window; without one nobody hears it, and a new one fetches everything.
pub fn tell<R: Runtime>(app: &AppHandle<R>, event: &Event) {
    tell_all(app, std::slice::from_ref(event));
}

fn tell_all<R: Runtime>(app: &AppHandle<R>, events: &[Event]) {
    // A locked window hears of its lock alone; opened, it fetches everything.
    let of_the_lock: Vec<Event>;
    let events = if app.state::<Lock>().is_locked() {
        of_the_lock =
            events.iter().filter(|event| matches!(event, Event::LockChanged { .. })).cloned().collect();
        if of_the_lock.is_empty() {
            return;
        }
        &of_the_lock
    } else {
        events
    };
    if let Err(error) = app.emit_to(window::LABEL, EVENT, events) {
        tracing::debug!(%error, "the window did not take an event");
    }
}

/// Waits for an event and takes what follows within a moment, and what comes before `earliest`. `None` at the end.
async fn gather(events: &mut Receiver<Event>, earliest: Instant) -> Option<Vec<Event>> {
    let mut batch = Vec::new();
    add(events.recv().await, &mut batch)?;
    let until = earliest.max(Instant::now() + MOMENT);
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
    use tokio::time::Instant;

    use super::{GAP, MANY, MOMENT, gather, shortened};

    fn changed(conversation_id: i64) -> Event {
        Event::ConversationChanged { conversation_id }
    }

    #[tokio::test(start_paused = true)]
    async fn the_same_event_twice_within_a_moment_is_one() {
        let (sender, mut events) = broadcast::channel(8);
        for id in [1, 2, 1] {
            sender.send(changed(id)).unwrap();
        }
        assert_eq!(gather(&mut events, Instant::now()).await, Some(vec![changed(1), changed(2)]));
        drop(sender);
        assert_eq!(gather(&mut events, Instant::now()).await, None);
    }

    #[tokio::test(start_paused = true)]
    async fn missed_events_make_the_window_fetch_everything() {
        let (sender, mut events) = broadcast::channel(2);
        for id in 0..5 {
            sender.send(changed(id)).unwrap();
        }
        let batch = gather(&mut events, Instant::now()).await.unwrap();
        assert_eq!(shortened(&batch), [Event::Refresh {}]);
    }

    #[tokio::test(start_paused = true)]
    async fn the_first_goes_at_once_and_the_next_with_what_follows_within_a_tenth_of_a_second() {
        let (sender, mut events) = broadcast::channel(8);
        let begun = Instant::now();
        sender.send(changed(1)).unwrap();
        assert_eq!(gather(&mut events, begun).await, Some(vec![changed(1)]));
        assert_eq!(begun.elapsed(), MOMENT);

        let told = Instant::now();
        sender.send(changed(2)).unwrap();
        let later = tokio::spawn(async move {
            tokio::time::sleep(GAP / 2).await;
            sender.send(changed(3)).unwrap();
        });
        assert_eq!(gather(&mut events, told + GAP).await, Some(vec![changed(2), changed(3)]));
        assert!(told.elapsed() <= GAP, "{:?}", told.elapsed());
        later.await.unwrap();
    }

    #[test]
    fn very_many_events_are_one() {
        let few: Vec<Event> = (0..3).map(changed).collect();
        assert_eq!(shortened(&few), few);
        let many: Vec<Event> = (0..=i64::try_from(MANY).unwrap()).map(changed).collect();
        assert_eq!(shortened(&many), [Event::Refresh {}]);
    }
}
