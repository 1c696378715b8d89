//! What is read, and how often that is right.

mod any_text;
mod corpus;
mod refined;
mod sentences;

use super::*;

/// The texts of the trainer, in the order in which it hashes them.
const SOURCES: [&str; 5] = [
    include_str!("../../../intents/cues.txt"),
    include_str!("../../../intents/de.txt"),
    include_str!("../../../intents/en.txt"),
    include_str!("../../../intents/fr.txt"),
    include_str!("../../../intents/it.txt"),
];

#[test]
fn the_weights_were_made_from_these_texts() {
    let made_from = Model::made_from(WEIGHTS).unwrap();
    assert_eq!(made_from, hash_of(&SOURCES), "run `cargo xtask train-intents`");
}

#[test]
fn every_intent_has_its_word() {
    for intent in Intent::ALL {
        assert_eq!(Intent::parse(intent.word()), Some(intent));
        assert_eq!(serde_json::to_value(intent).unwrap(), intent.word());
    }
    assert_eq!(Intent::parse("weather"), None);
}

#[test]
fn a_damaged_file_gives_an_unsure_model() {
    for bytes in [&b""[..], b"short", &WEIGHTS[..1000]] {
        let reading = Model::shipped(bytes).read("Habt ihr am Samstag offen?", None);
        assert!(!reading.acts, "{reading:?}");
    }
}
