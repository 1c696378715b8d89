//! One letter at a time: what it becomes when it is folded, and which characters join or break words.
//!
//! Only letters that every Unicode table agrees on reach the database as they are. Letters of other scripts are
//! spelled as `u` and their code point, because a tokenizer with an older table would break a word at them and
//! turn a term into a phrase, which these tables cannot answer.

use unicode_normalization::UnicodeNormalization;

/// A folded word in its two forms. They are equal unless the word holds a letter like `ä`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Forms {
    /// Diacritics dropped: `muller`.
    pub plain: String,
    /// Umlauts written out: `mueller`.
    pub spelled: String,
}

impl Forms {
    /// Adds one character of the original. Characters that are no letters or digits add nothing.
    pub fn push(&mut self, c: char) {
        if c.is_ascii_alphanumeric() {
            return self.both(c.to_ascii_lowercase());
        }
        if c == '\u{308}' {
            if self.spelled.ends_with(['a', 'o', 'u']) {
                self.spelled.push('e');
            }
            return;
        }
        for part in c.nfkc().flat_map(char::to_lowercase) {
            self.push_lower(part);
        }
    }

    /// Adds the forms of another word.
    pub fn append(&mut self, other: &Self) {
        self.plain.push_str(&other.plain);
        self.spelled.push_str(&other.spelled);
    }

    /// The forms, one or two of them.
    pub fn each(&self) -> impl Iterator<Item = &str> {
        let second = (self.plain != self.spelled).then_some(self.spelled.as_str());
        std::iter::once(self.plain.as_str()).chain(second)
    }

    fn both(&mut self, c: char) {
        self.plain.push(c);
        self.spelled.push(c);
    }

    fn strings(&mut self, plain: &str, spelled: &str) {
        self.plain.push_str(plain);
        self.spelled.push_str(spelled);
    }

    fn push_lower(&mut self, c: char) {
        match c {
            'ä' => self.strings("a", "ae"),
            'ö' | 'ø' => self.strings("o", "oe"),
            'ü' => self.strings("u", "ue"),
            'å' => self.strings("a", "aa"),
            'ß' => self.strings("ss", "ss"),
            'œ' => self.strings("oe", "oe"),
            'æ' => self.strings("ae", "ae"),
            'þ' => self.strings("th", "th"),
            'ł' => self.both('l'),
            'đ' | 'ð' => self.both('d'),
            'ħ' => self.both('h'),
            'ı' => self.both('i'),
            _ if c.is_ascii() => {
                if c.is_ascii_alphanumeric() {
                    self.both(c);
                }
            }
            _ if is_accent(c) => {}
            _ => {
                let base = c.nfd().next().unwrap_or(c);
                let c = if c.nfd().nth(1).is_some_and(is_accent) { base } else { c };
                if is_safe(c) {
                    self.both(c);
                } else if c.is_alphanumeric() {
                    let code = format!("u{:x}", u32::from(c));
                    self.strings(&code, &code);
                }
            }
        }
    }
}

/// Combining accents of Latin, Greek and Cyrillic.
fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Letters that the tokenizer of the database surely takes for letters.
fn is_safe(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || (c.is_alphabetic()
            && matches!(c,
                'à'..='ɏ' | 'α'..='ω' | 'а'..='џ' | 'א'..='ת' | 'ء'..='ي'
                | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='龥' | '가'..='힣'))
}

/// A letter or digit, or an accent that belongs to the letter before it.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_accent(c)
}

/// Characters that stand within a word and mean nothing to a search: soft hyphen, zero-width and direction marks.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// What holds the parts of a compound together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joiner {
    Hyphen,
    Apostrophe,
}

/// The joiner that `c` is, if it stands between two word characters.
pub(super) fn joiner(c: char) -> Option<Joiner> {
    match c {
        '-' | '\u{2010}' | '\u{2011}' => Some(Joiner::Hyphen),
        '\'' | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{b4}' | '`' => Some(Joiner::Apostrophe),
        _ => None,
    }
}
