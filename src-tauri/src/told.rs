//! What a notification says, and when it is silent: by the person's settings and the local time. Pure.

use std::collections::BTreeMap;

use jiff::civil::Time;
use theke_engine::api::types::MessageView;

use crate::background;
use crate::words::say;

const LONGEST_BODY_CHARS: usize = 240;

/// How the desktop is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manner {
    on: bool,
    previews: bool,
    quiet: Option<(Time, Time)>,
    language: String,
}

/// Title and text of one notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// First line.
    pub title: String,
    /// The rest, not yet escaped.
    pub body: String,
}

impl Manner {
    /// From the settings.
    pub fn of(settings: &BTreeMap<String, String>) -> Self {
        let is = |key: &str| settings.get(key).is_none_or(|value| value != "false");
        let time = |key: &str| Time::strptime("%H:%M", settings.get(key)?).ok();
        Self {
            on: is("notifications.on"),
            previews: is("notifications.previews"),
            quiet: time("notifications.quiet_from").zip(time("notifications.quiet_until")),
            language: background::language(settings),
        }
    }

    /// The same for a locked window: that something came, and nothing of it.
    #[must_use]
    pub fn without_content(self) -> Self {
        Self { previews: false, ..self }
    }

    /// Whether the desktop is told at this local time. Quiet hours may reach into the next day.
    pub fn speaks_at(&self, now: Time) -> bool {
        let quiet = self.quiet.is_some_and(|(from, until)| match from <= until {
            true => from <= now && now < until,
            false => from <= now || now < until,
        });
        self.on && !quiet
    }

    /// About new messages of one customer, oldest first; `open` more of theirs stand there already.
    pub fn of_customer(&self, messages: &[MessageView], open: usize) -> Words {
        let count = messages.len() + open;
        let number = if count > 1 {
            say(&self.language, "shell_new_messages", &[("count", &count.to_string())])
        } else {
            say(&self.language, "shell_new_message", &[])
        };
        let Some(newest) = messages.last().filter(|_| self.previews) else {
            return Words { title: "Theke".to_owned(), body: number };
        };
        let body = if count > 1 { format!("{number}\n{}", words(newest)) } else { words(newest) };
        Words { title: sender(newest), body }
    }

    /// About customers whose messages came at the same time, beyond those that are told one by one.
    pub fn of_others(&self, newest: &[MessageView], count: usize) -> Words {
        let mut names: Vec<String> = newest.iter().map(sender).collect();
        names.dedup();
        let number = say(&self.language, "shell_new_messages", &[("count", &count.to_string())]);
        let body = if self.previews { names.join(", ") } else { String::new() };
        Words { title: format!("Theke: {number}"), body }
    }

    /// The words on a notification's buttons: answer, done.
    pub fn buttons(&self) -> (String, String) {
        (say(&self.language, "shell_reply", &[]), say(&self.language, "shell_done", &[]))
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
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::{Manner, escaped};

    fn manner(settings: &[(&str, &str)]) -> Manner {
        Manner::of(&settings.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn quiet_hours_may_reach_over_midnight() {
        let night = manner(&[("notifications.quiet_from", "20:00"), ("notifications.quiet_until", "07:30")]);
        for (hour, minute, speaks) in
            [(19, 59, true), (20, 0, false), (3, 0, false), (7, 29, false), (7, 30, true)]
        {
            assert_eq!(night.speaks_at(time(hour, minute, 0, 0)), speaks, "{hour}:{minute}");
        }
        let noon = manner(&[("notifications.quiet_from", "12:00"), ("notifications.quiet_until", "13:00")]);
        assert!(!noon.speaks_at(time(12, 30, 0, 0)) && noon.speaks_at(time(13, 0, 0, 0)));
        let half = manner(&[("notifications.quiet_from", "12:00"), ("notifications.quiet_until", "")]);
        assert!(half.speaks_at(time(12, 30, 0, 0)), "one end alone is no span");
        assert!(!manner(&[("notifications.on", "false")]).speaks_at(time(9, 0, 0, 0)));
    }

    #[test]
    fn a_notification_carries_no_markup_of_a_sender() {
        let hostile = "<a href='https://shop.example'>x</a> & <img src=x>";
        assert_eq!(
            escaped(hostile),
            "&lt;a href='https://shop.example'&gt;x&lt;/a&gt; &amp; &lt;img src=x&gt;"
        );
    }

    #[test]
    fn without_previews_nobody_is_named() {
        let off = manner(&[("notifications.previews", "false"), ("shop.language", "en")]);
        let locked = manner(&[("shop.language", "en")]).without_content();
        assert_eq!(off, locked);
        let words = off.of_customer(&[], 3);
        assert_eq!((words.title.as_str(), words.body.as_str()), ("Theke", "3 new messages"));
    }
}
