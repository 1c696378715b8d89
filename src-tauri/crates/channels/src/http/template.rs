//! `{{setting.x}}` and its like inside a definition. No code, no loops: a name is replaced by a value, once, and
//! the place where it stands decides how the value is encoded. What a customer wrote is never read as a template.

use std::ops::Range;

use serde::{Deserialize, Deserializer, de::Error as _};
use toml::Spanned;

use crate::spec::AccountSettings;

/// What a template may name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Var {
    /// `secret.KEY`
    Secret(String),
    /// `setting.KEY`
    Setting(String),
    /// `cursor`: where the listing goes on.
    Cursor,
    /// `id`: the provider's id of a message.
    Id,
    /// `msg.to`
    To,
    /// `msg.text`
    Text,
    /// `msg.reference`: our own name for a message.
    Reference,
}

const NAMES: &str = "secret.KEY, setting.KEY, cursor, id, msg.to, msg.text or msg.reference";

impl Var {
    fn parse(name: &str) -> Result<Self, String> {
        match name.split_once('.') {
            Some(("secret", key)) if !key.is_empty() => Ok(Self::Secret(key.to_owned())),
            Some(("setting", key)) if !key.is_empty() => Ok(Self::Setting(key.to_owned())),
            Some(("msg", "to")) => Ok(Self::To),
            Some(("msg", "text")) => Ok(Self::Text),
            Some(("msg", "reference")) => Ok(Self::Reference),
            None if name == "cursor" => Ok(Self::Cursor),
            None if name == "id" => Ok(Self::Id),
            _ => Err(format!("{{{{{name}}}}} is not known, expected {NAMES}")),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Var(Var),
}

/// A text with names in it, and where it stands in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template {
    pieces: Vec<Piece>,
    pub(super) span: Range<usize>,
}

/// The values of one request. Absent ones render as "left out".
#[derive(Clone, Copy)]
pub(super) struct Values<'a> {
    pub(super) settings: &'a AccountSettings,
    pub(super) cursor: Option<&'a str>,
    pub(super) id: Option<&'a str>,
    pub(super) to: Option<&'a str>,
    pub(super) text: Option<&'a str>,
    pub(super) reference: Option<&'a str>,
}

impl<'a> Values<'a> {
    pub(super) fn of(settings: &'a AccountSettings) -> Self {
        Self { settings, cursor: None, id: None, to: None, text: None, reference: None }
    }

    fn get(&self, var: &Var) -> Option<&'a str> {
        match var {
            Var::Secret(key) => self.settings.secrets.get(key).map(String::as_str).filter(|v| !v.is_empty()),
            Var::Setting(key) => self.settings.get(key),
            Var::Cursor => self.cursor,
            Var::Id => self.id,
            Var::To => self.to,
            Var::Text => self.text,
            Var::Reference => self.reference,
        }
    }
}

impl Template {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            let (name, after) =
                after.split_once("}}").ok_or_else(|| "a {{ without its }}, expected {{name}}".to_owned())?;
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            pieces.push(Piece::Var(Var::parse(name.trim())?));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Ok(Self { pieces, span: 0..0 })
    }

    pub(super) fn starts_with_slash(&self) -> bool {
        matches!(self.pieces.first(), Some(Piece::Text(text)) if text.starts_with('/'))
    }

    pub(super) fn vars(&self) -> impl Iterator<Item = &Var> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Var(var) => Some(var),
            Piece::Text(_) => None,
        })
    }

    /// Puts the values in, each through `encode`; `None` if one of them is missing, and then whatever holds the
    /// template is left out of the request.
    pub(super) fn render(&self, values: &Values<'_>, encode: fn(&str) -> String) -> Option<String> {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Var(var) => out.push_str(&encode(values.get(var)?)),
            }
        }
        Some(out)
    }

    /// For places whose own encoding comes later: query, form, JSON.
    pub(super) fn plain(&self, values: &Values<'_>) -> Option<String> {
        self.render(values, str::to_owned)
    }
}

impl<'de> Deserialize<'de> for Template {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Spanned::<String>::deserialize(deserializer)?;
        let span = text.span();
        let parsed = Self::parse(text.get_ref()).map_err(D::Error::custom)?;
        Ok(Self { span, ..parsed })
    }
}

/// One segment of a path: everything but RFC 3986's unreserved characters as `%XX`, and nothing that could climb.
pub(super) fn path_segment(value: &str) -> String {
    let climbs = value.chars().all(|c| c == '.');
    let mut out = String::new();
    for byte in value.bytes() {
        let plain = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'~' | b'.');
        if plain && !climbs {
            out.push(char::from(byte));
        } else if climbs {
            // `%2E%2E` would be resolved like `..`; a doubled sign cannot be.
            out.push_str("%252E");
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> AccountSettings {
        let mut settings = AccountSettings::default();
        settings.values.insert("number".to_owned(), "+49 30".to_owned());
        settings
    }

    #[test]
    fn values_are_put_in_once_and_never_read_again() {
        let settings = settings();
        let values = Values { text: Some("{{setting.number}} }}"), ..Values::of(&settings) };
        let template = Template::parse("{{ setting.number }}: {{msg.text}}").unwrap();
        assert_eq!(template.plain(&values).unwrap(), "+49 30: {{setting.number}} }}");
    }

    #[test]
    fn a_missing_value_leaves_the_whole_out() {
        let settings = settings();
        let template = Template::parse("x{{setting.absent}}").unwrap();
        assert_eq!(template.plain(&Values::of(&settings)), None);
    }

    #[test]
    fn a_path_value_stays_one_segment() {
        assert_eq!(path_segment("a/b?c=ü"), "a%2Fb%3Fc%3D%C3%BC");
        assert_eq!(path_segment(".."), "%252E%252E");
    }

    #[test]
    fn an_unknown_name_says_what_is_known() {
        let error = Template::parse("{{msg.body}}").unwrap_err();
        assert!(error.contains("{{msg.body}} is not known, expected secret.KEY"), "{error}");
        assert!(Template::parse("{{id").is_err());
    }
}
