//! Whatever is written, reading gives an answer, and the same one twice.

use proptest::prelude::*;

use super::super::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_read_the_same_way_twice(text in "(\\PC|\n){0,300}") {
        let reading = read(&text, None);
        prop_assert!((0.0..=1.0).contains(&reading.confidence));
        prop_assert!(reading.words.iter().all(|word| text.contains(word.as_str())));
        prop_assert!(reading.sensitive_words.iter().all(|words| !words.is_empty()));
        prop_assert!(!(reading.acts && (reading.sensitive || reading.second.is_some())));
        prop_assert_eq!(reading, read(&text, Some("de")));
    }
}

#[test]
fn a_very_long_text_is_read_up_to_a_length() {
    let question = "Wann habt ihr am Samstag offen? ";
    let reading = read(&question.repeat(20_000), None);
    assert_eq!(reading.intent, Intent::OpeningHours);
}
