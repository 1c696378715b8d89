//! JSON pointers (RFC 6901): the only way in which a definition takes something out of an answer.

use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::Value;

/// A pointer that was checked when its file was read. The empty one is the whole answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Pointer(String);

impl Pointer {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        if text.is_empty() || text.starts_with('/') {
            Ok(Self(text.to_owned()))
        } else {
            Err(format!("\"{text}\" is no JSON pointer, expected \"\" for the whole or /name/0/name"))
        }
    }

    pub(super) fn find<'a>(&self, value: &'a Value) -> Option<&'a Value> {
        value.pointer(&self.0).filter(|found| !found.is_null())
    }

    /// A string, number or boolean as text; empty text counts as missing.
    pub(super) fn text(&self, value: &Value) -> Option<String> {
        self.find(value).and_then(scalar).filter(|text| !text.is_empty())
    }
}

/// The text of a scalar.
pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

impl<'de> Deserialize<'de> for Pointer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
