//! In which language a message is written, where that can be told: for the text of an answer, and for rules that ask.
//!
//! By the library whatlang, among the four languages that the program speaks. A short text is no proof: `ok danke` is left
//! open, and the customer's or the shop's language stands in. Not here: whose language that is.

use whatlang::{Detector, Lang};

/// Fewer letters say too little.
const LETTERS_MIN: usize = 12;
/// So sure the library must be of a short text; whatlang gives 0 to 1.
const SURE: f64 = 0.6;

/// The ISO 639-1 code of a text's language: `de`, `en`, `fr`, `it`, or `None`.
pub fn of(text: &str) -> Option<&'static str> {
    if text.chars().filter(|c| c.is_alphabetic()).count() < LETTERS_MIN {
        return None;
    }
    let detector = Detector::with_allowlist(vec![Lang::Deu, Lang::Eng, Lang::Fra, Lang::Ita]);
    let found = detector.detect(text)?;
    if !found.is_reliable() && found.confidence() < SURE {
        return None;
    }
    match found.lang() {
        Lang::Deu => Some("de"),
        Lang::Eng => Some("en"),
        Lang::Fra => Some("fr"),
        Lang::Ita => Some("it"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_languages_are_told_apart_and_little_is_left_open() {
        for (text, language) in [
            ("Guten Tag, wann haben Sie am Samstag geöffnet? Freundliche Grüsse", Some("de")),
            ("Hello, could you tell me whether my order has already been sent?", Some("en")),
            ("Bonjour, pouvez-vous me dire à quelle heure vous ouvrez demain matin ?", Some("fr")),
            ("Buongiorno, vorrei sapere se il mio ordine è già pronto per il ritiro.", Some("it")),
            ("ok", None),
            ("12345 67890", None),
            ("", None),
        ] {
            assert_eq!(of(text), language, "{text}");
        }
    }
}
