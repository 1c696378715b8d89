//! What a text asks for, read by its words alone.
//!
//! Not here: what is done with it (rules and their guards).

use serde::Serialize;
use theke_domain::intent;

/// What a text asks for: the words alone, whatever else is known.
#[derive(Debug, Clone, Serialize)]
pub struct IntentReading {
    /// The main intent, as rules name it.
    pub intent: String,
    /// How sure that is, 0 to 1.
    pub confidence: f32,
    /// Sure enough for a rule to send by itself.
    pub acts: bool,
    /// The words that decided, then those that make it sensitive, as written.
    pub words: Vec<String>,
    /// Never to be answered by a machine.
    pub sensitive: bool,
    /// A further question.
    pub second: Option<String>,
}

/// What a text asks for (`thekectl intent`). `language` is where it is known.
pub fn intent_reading(text: &str, language: Option<&str>) -> IntentReading {
    let reading = intent::read(text, language);
    let mut words = reading.words;
    words.extend(reading.sensitive_words);
    IntentReading {
        intent: reading.intent.word().to_owned(),
        confidence: reading.confidence,
        acts: reading.acts,
        words,
        sensitive: reading.sensitive,
        second: reading.second.map(|second| second.word().to_owned()),
    }
}
