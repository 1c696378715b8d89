//! What is wrong with a rule, as a sentence: the place, and what to write instead.

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where: `line 7`, or the way through the rule such as `if.all.2.words`, counted from 1.
    pub place: String,
    /// What is wrong and what to do.
    pub text: String,
}

impl Problem {
    /// At a place.
    pub fn at(place: impl Into<String>, text: impl Into<String>) -> Self {
        Self { place: place.into(), text: text.into() }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "At {}: {}", self.place, self.text)
    }
}

impl std::error::Error for Problem {}

/// The sentence for what the reader of TOML says.
pub(super) fn sentence(message: &str) -> String {
    let message = message.trim().replace('\n', " ");
    let marked = |text: &str| text.split('`').nth(1).unwrap_or_default().to_owned();
    if let Some((what, expected)) = message.split_once(", expected ") {
        let what_is_it = marked(what);
        if what.starts_with("unknown field") || what.starts_with("unknown variant") {
            let known = expected.trim_start_matches("one of ");
            return format!("`{what_is_it}` is not known here; write one of {known}, or take it away.");
        }
        if let Some(found) = what.strip_prefix("invalid type: ") {
            return format!("Here stands {found}; write {expected} instead.");
        }
        if let Some(found) = what.strip_prefix("invalid value: ") {
            return format!("Here stands {found}; write {expected} instead.");
        }
    }
    if message.starts_with("unknown field") {
        return format!("`{}` is not known here; take it away.", marked(&message));
    }
    if message.starts_with("missing field") {
        return format!("`{}` is missing; add it.", marked(&message));
    }
    if message.starts_with("wanted exactly 1 element") {
        return "Here must stand exactly one thing; put each into braces of its own, and several into all = [ … ]."
            .to_owned();
    }
    format!("This is no TOML that can be read: {message}. Look at quotation marks, brackets and commas.")
}
