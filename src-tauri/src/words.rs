//! Sentences of the tray, the window's title and of notifications. They stand in the same catalogues as those of the
//! page, so that whoever translates sees all of them; this picks by language and fills in values.
//!
//! Not here: plural forms and dates, which only the page needs.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value;

const CATALOGUES: [(&str, &str); 4] = [
    ("de", include_str!("../../ui/messages/de.json")),
    ("en", include_str!("../../ui/messages/en.json")),
    ("fr", include_str!("../../ui/messages/fr.json")),
    ("it", include_str!("../../ui/messages/it.json")),
];

type Catalogue = BTreeMap<String, Value>;

/// The sentence `key` in `language` (German where that is not known), with `{name}` filled in.
pub fn say(language: &str, key: &str, values: &[(&str, &str)]) -> String {
    static READ: OnceLock<BTreeMap<&str, Catalogue>> = OnceLock::new();
    let all = READ.get_or_init(|| {
        CATALOGUES
            .iter()
            .map(|(name, text)| (*name, serde_json::from_str(text).unwrap_or_default()))
            .collect()
    });
    let catalogue = all.get(language).or_else(|| all.get("de"));
    let found = catalogue.and_then(|catalogue| catalogue.get(key)?.as_str());
    let mut sentence = found.unwrap_or(key).to_owned();
    for (name, value) in values {
        sentence = sentence.replace(&format!("{{{name}}}"), value);
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::say;

    #[test]
    fn every_sentence_of_the_shell_is_in_all_four_languages() {
        let sources = [
            include_str!("background.rs"),
            include_str!("graphics.rs"),
            include_str!("notify.rs"),
            include_str!("told.rs"),
            include_str!("tray.rs"),
        ];
        let mut keys = Vec::new();
        for source in sources {
            let named = source.split("\"shell_").skip(1);
            keys.extend(named.map(|rest| format!("shell_{}", rest.split('"').next().unwrap())));
        }
        assert!(keys.len() >= 10, "{keys:?}");
        for key in keys {
            for language in ["de", "en", "fr", "it"] {
                assert_ne!(say(language, &key, &[]), key, "{language}");
            }
        }
    }

    #[test]
    fn values_are_filled_in() {
        assert_eq!(say("en", "shell_unread", &[("count", "3")]), "3 unread");
        assert_eq!(say("xx", "shell_quit", &[]), say("de", "shell_quit", &[]));
    }
}
