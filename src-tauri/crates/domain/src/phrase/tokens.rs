//! A text as folded words.

use std::ops::Range;

use crate::fold;

/// The mark at the end of a sentence or line.
pub const END: &str = ".";
/// The mark of a question.
pub const QUESTION: &str = "?";

/// Signs that are kept because they say something, and the word that stands for them.
const SIGNS: [(&str, &str); 6] = [
    ("👍🙏👌🎉🥰😍😊🙂😀😁❤♥💐🤗✅😘🌸✨", "🙂"),
    ("😡🤬😠👎😤💢", "😡"),
    ("😢😭🖤🕯", "😢"),
    ("€$£", "€"),
    ("%", "%"),
    ("@", "@"),
];

/// A word, a number or a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The word as `fold` writes it; a number as digits.
    pub word: String,
    /// Where it stands, in bytes.
    pub range: Range<usize>,
}

impl Token {
    /// Whether a sentence ends here.
    pub fn ends(&self) -> bool {
        self.word == END || self.word == QUESTION
    }

    /// Whether it is a number, also one with letters before it such as `a1190`.
    pub fn is_number(&self) -> bool {
        self.word.chars().any(|c| c.is_ascii_digit())
    }
}

/// The tokens of a text. Ends of sentences in a row are one, and the strongest is kept.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() || c == '\u{308}' || c == '\u{301}' || c == '\u{300}' {
            start = start.or(Some(at));
            continue;
        }
        word(text, start.take(), at, &mut found);
        mark(c, at, &mut found);
    }
    word(text, start, text.len(), &mut found);
    found
}

fn word(text: &str, start: Option<usize>, end: usize, found: &mut Vec<Token>) {
    let Some(start) = start else { return };
    let folded = fold(text.get(start..end).unwrap_or_default());
    if !folded.is_empty() {
        found.push(Token { word: folded, range: start..end });
    }
}

fn mark(c: char, at: usize, found: &mut Vec<Token>) {
    let range = at..at + c.len_utf8();
    let sign = match c {
        '.' | '!' | ';' | '\n' | '…' => END,
        '?' | '¿' => QUESTION,
        _ => match SIGNS.iter().find(|(signs, _)| signs.contains(c)) {
            Some((_, word)) => word,
            None => return,
        },
    };
    match found.last_mut() {
        Some(last) if last.ends() && (sign == END || sign == QUESTION) => {
            if sign == QUESTION {
                sign.clone_into(&mut last.word);
            }
        }
        // A number such as 10.30 or 12.40 is no end of a sentence, but nobody can tell from the first half.
        _ => found.push(Token { word: sign.to_owned(), range }),
    }
}

/// A word as patterns and features know it: lower case, without diacritics, umlauts and their spellings the same
/// (`für`, `fuer`, `fur`), letters written three times or more once.
pub fn fold(word: &str) -> String {
    let (_, spelled) = fold::forms(word);
    let mut folded = String::with_capacity(spelled.len());
    let letters: Vec<char> = spelled.chars().collect();
    let mut index = 0;
    while let Some(&letter) = letters.get(index) {
        let run = letters.iter().skip(index).take_while(|&&c| c == letter).count();
        let kept = if run >= 3 && letter.is_alphabetic() { 1 } else { run };
        (0..kept).for_each(|_| folded.push(letter));
        index += run;
        let umlaut = matches!(letter, 'a' | 'o' | 'u') && kept == 1;
        if umlaut && letters.get(index) == Some(&'e') {
            index += 1;
        }
    }
    folded
}
