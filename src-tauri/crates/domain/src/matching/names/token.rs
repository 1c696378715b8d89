//! One word of a name with what comparing needs of it, worked out once.

use super::short_forms::{initials, lines_of};
use super::sound::one_spelling;

/// A word of a name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Token {
    /// Written out; a single letter is an initial, a trailing dot marks a short writing (`chr.`).
    pub text: String,
    /// In one spelling.
    spelling: String,
    /// The lines of the lists of first names that it stands in.
    names: &'static [usize],
}

impl Token {
    /// Takes a word that is written out.
    pub fn new(text: String) -> Self {
        let spelling = one_spelling(&text);
        let names = lines_of(&spelling);
        Self { text, spelling, names }
    }

    /// Several words written as one.
    pub fn joined(tokens: &[Self]) -> Self {
        match tokens {
            [one] => one.clone(),
            _ => Self::new(tokens.iter().map(|token| token.text.as_str()).collect()),
        }
    }

    /// Equal, or two spellings of one word.
    pub fn sounds_like(&self, other: &Self) -> bool {
        self.text == other.text || self.spelling == other.spelling
    }

    /// The word in one spelling.
    pub fn spelling(&self) -> &str {
        &self.spelling
    }

    /// Whether both can be forms of one first name.
    pub fn is_form_of(&self, other: &Self) -> bool {
        self.names.iter().any(|line| other.names.contains(line))
    }

    /// Whether it is a first name of the lists.
    pub fn is_first_name(&self) -> bool {
        !self.names.is_empty()
    }

    /// First letters of all first names that it can be a form of, its own among them.
    pub fn initials(&self) -> Vec<char> {
        initials(&self.spelling, self.names)
    }

    /// A single letter, a dotted short writing, or consonants only (`Chr`, `Th`).
    pub fn is_short_writing(&self) -> bool {
        let count = self.text.chars().count();
        let vowels = || self.text.contains(['a', 'e', 'i', 'o', 'u', 'y']);
        count == 1 || self.text.ends_with('.') || count <= 3 && !vowels()
    }

    /// Without the dot of a short writing.
    pub fn bare(&self) -> &str {
        self.text.trim_end_matches('.')
    }
}
