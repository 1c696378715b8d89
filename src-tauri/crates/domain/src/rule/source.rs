//! Rules as TOML text.

use super::problem::sentence;
use super::{Problem, Rule};

/// Longest rule that is read, in bytes.
const LONGEST: usize = 64 * 1024;

/// Reads the words; what they mean together is not checked.
pub(super) fn read(source: &str) -> Result<Rule, Problem> {
    if source.len() > LONGEST {
        return Err(Problem::at("line 1", "This is longer than any rule may be (64 KB); split it."));
    }
    toml::from_str(source).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        let line = source.bytes().take(start).filter(|byte| *byte == b'\n').count() + 1;
        Problem::at(format!("line {line}"), sentence(error.message()))
    })
}

/// Writes one.
pub(super) fn write(rule: &Rule) -> Result<String, Problem> {
    toml::to_string_pretty(rule).map_err(|error| Problem::at("the rule", error.to_string()))
}

/// Days: `2026-12-31`, with or without quotation marks.
pub(super) mod day {
    use jiff::civil::Date;
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serializer};

    /// A day as text or as TOML's own day.
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Text(String),
        Day(toml::value::Datetime),
    }

    pub fn serialize<S: Serializer>(day: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
        match day {
            Some(day) => serializer.serialize_str(&day.to_string()),
            None => serializer.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
        let Some(written) = Option::<Written>::deserialize(deserializer)? else { return Ok(None) };
        let text = match written {
            Written::Text(text) => text,
            Written::Day(day) => day.to_string(),
        };
        let day = text.trim().parse();
        day.map(Some).map_err(|_| {
            D::Error::custom(format!("invalid value: `{text}`, expected a day such as 2026-12-31"))
        })
    }
}
