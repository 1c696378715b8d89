//! The same in four languages.

use serde::Deserialize;

/// In the order of `template::PLACEHOLDERS`.
pub(crate) const LANGUAGES: [&str; 4] = ["de", "en", "fr", "it"];

/// Something said in each language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Said {
    de: String,
    en: String,
    fr: String,
    it: String,
}

impl Said {
    /// In this language; German where it is none of the four, as the default of `shop.language`.
    pub fn of(&self, language: &str) -> &str {
        match language {
            "en" => &self.en,
            "fr" => &self.fr,
            "it" => &self.it,
            _ => &self.de,
        }
    }

    /// In each of them.
    pub fn all(&self) -> [&str; 4] {
        LANGUAGES.map(|language| self.of(language))
    }
}
