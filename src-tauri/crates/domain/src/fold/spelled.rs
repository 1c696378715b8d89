//! A text read word by word in the form in which umlauts are written out, with the place of each word.
//!
//! For readers of whole messages (`rule`): one form only, appended to the reader's own buffer, so that a message costs no
//! allocation for each of its words. Hyphens and apostrophes part words here: `E-Bike` is two.

use std::ops::Range;

use super::letters::{Forms, is_invisible, is_word};

/// The next word at or after `from`: a run of letters, digits and the accents that belong to them.
pub(crate) fn next_word(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = text.get(from..)?;
    let start = from + rest.find(is_word)?;
    let word = text.get(start..)?;
    let length = word.find(|c: char| !is_word(c) && !is_invisible(c)).unwrap_or(word.len());
    Some(start..start + length)
}

/// Appends the folded form of one word.
pub(crate) fn push_spelled(out: &mut String, word: &str) {
    if word.is_ascii() {
        out.extend(word.chars().map(|c| c.to_ascii_lowercase()));
        return;
    }
    let mut forms = Forms::default();
    word.chars().filter(|c| !is_invisible(*c)).for_each(|c| forms.push(c));
    out.push_str(&forms.spelled);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_their_places() {
        let text = "Für E-Bikes: o\u{308}ffnen, Stra\u{ad}ße!";
        let (mut at, mut found) = (0, Vec::new());
        while let Some(range) = next_word(text, at) {
            let mut folded = String::new();
            push_spelled(&mut folded, text.get(range.clone()).unwrap());
            found.push(folded);
            at = range.end;
        }
        assert_eq!(found, ["fuer", "e", "bikes", "oeffnen", "strasse"]);
    }
}
