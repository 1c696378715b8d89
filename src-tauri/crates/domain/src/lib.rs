//! Nouns and pure decisions of Theke.
//!
//! Everything here is a value or a function of its arguments: no I/O, no async, no clock (time is an
//! argument), no SQL, no channel kind by name. That is why the composer, the rehearsal of rules and the
//! engine can call the same function and get the same answer, and why it is tested by tables.
//!
//! Not here: storing (`theke-store`), fetching and sending (`theke-channels`), loops (`theke-engine`).

pub mod address;
pub mod answering;
pub mod authenticity;
pub mod bounce;
pub mod capability;
pub mod command;
pub mod content_key;
#[cfg(test)]
mod corpus;
pub mod dialogue;
pub mod file_name;
pub mod fold;
pub mod form_mail;
pub mod goodwill;
pub mod guard;
pub mod habit;
pub mod heeding;
pub mod hours;
pub mod ids;
pub mod intent;
pub mod language;
pub mod likeness;
pub mod machine;
pub mod marking;
pub mod matching;
pub mod medium;
pub mod message;
pub mod outbox;
pub mod pace;
pub mod phone;
pub mod phrase;
pub mod quote;
pub mod routing;
pub mod rule;
pub mod search;
pub mod segments;
pub mod sensitive;
pub mod template;
pub mod threading;
pub mod time;
pub mod toll;
pub mod tries;
pub mod typed;
pub mod wish;
