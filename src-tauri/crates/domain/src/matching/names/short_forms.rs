//! Short and everyday forms of first names in German (with Swiss and Austrian ones), English, French and Italian.
//!
//! The lists are `women.txt` and `men.txt`, written for Theke. One line is one name: the first forms are the name itself and its spellings, the others are what such a person
//! is called. A short form may stand in several lines: Andi is an Andreas or an Andrea, but those two are two
//! persons. Names that are only translations of each other (Peter, Pierre) stand in different lines on purpose.
//!
//! Names without short forms stand in a line of their own: they tell first names from surnames.
//!
//! Not here: spellings that `sound::one_spelling` finds by itself.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::sound::{one_spelling, written_out};

/// Whether a name is a woman's or a man's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// A woman's.
    Female,
    /// A man's.
    Male,
}

const WOMEN: &str = include_str!("women.txt");

const MEN: &str = include_str!("men.txt");

/// Each form in one spelling, with the lines it stands in: even numbers are women, odd ones men.
static LINES: LazyLock<HashMap<String, Vec<usize>>> = LazyLock::new(|| {
    let mut lines: HashMap<String, Vec<usize>> = HashMap::new();
    let numbered =
        |text: &'static str, odd: usize| text.lines().enumerate().map(move |(n, l)| (2 * n + odd, l));
    for (number, line) in numbered(WOMEN, 0).chain(numbered(MEN, 1)) {
        for form in line.split_whitespace() {
            let known = lines.entry(key(form)).or_default();
            if known.last() != Some(&number) {
                known.push(number);
            }
        }
    }
    lines
});

fn key(name: &str) -> String {
    one_spelling(&written_out(name))
}

/// The lines in which a name (in one spelling) stands.
pub fn lines_of(spelling: &str) -> &'static [usize] {
    LINES.get(spelling).map_or(&[], Vec::as_slice)
}

/// Whether the name stands in the table at all: then another name it begins with is another name.
pub fn is_known(name: &str) -> bool {
    !lines_of(&key(name)).is_empty()
}

/// The sex that all persons of this first name have, as far as the table or an Italian or Latin ending tells.
pub fn sex(name: &str) -> Option<Sex> {
    let lines = lines_of(&key(name));
    match (lines.iter().any(|line| line % 2 == 0), lines.iter().any(|line| line % 2 == 1)) {
        (true, false) => Some(Sex::Female),
        (false, true) => Some(Sex::Male),
        _ => None,
    }
}

/// First letters (in one spelling) of the names at the head of each line; even numbers are women, odd ones men.
static HEADS: LazyLock<[Vec<Option<char>>; 2]> = LazyLock::new(|| {
    [WOMEN, MEN].map(|list| {
        let head = |line: &str| line.split_whitespace().next().and_then(|head| key(head).chars().next());
        list.lines().map(head).collect()
    })
});

/// First letters of all names that a name (its lines, its one spelling) can be a form of, its own among them.
pub fn initials(spelling: &str, lines: &[usize]) -> Vec<char> {
    let [women, men] = &*HEADS;
    let head =
        |line: &usize| (if line.is_multiple_of(2) { women } else { men }).get(line / 2).copied().flatten();
    let mut found: Vec<char> =
        spelling.chars().next().into_iter().chain(lines.iter().filter_map(head)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::super::Token;
    use super::*;

    #[test]
    fn short_forms_lead_to_their_names() {
        let table = [
            ("Bill", "Will", true),
            ("Vreni", "Verena", true),
            ("Toni", "Anton", true),
            ("Kate", "Catherine", true),
            ("Rolf", "Rudolf", true),
            ("Andi", "Andrea", true),
            ("Andi", "Andreas", true),
            ("Peppe", "Giuseppe", true),
            ("Kathrin", "Katharina", true),
            ("Stefan", "Stefanie", false),
            ("Julia", "Julian", false),
            ("Paul", "Paula", false),
            ("Inge", "Ingo", false),
            ("Peter", "Pierre", false),
        ];
        for (a, b, expected) in table {
            let token = |name: &str| Token::new(written_out(name));
            assert_eq!(token(a).is_form_of(&token(b)), expected, "{a} {b}");
            assert_eq!(token(b).is_form_of(&token(a)), expected, "{b} {a}");
        }
        assert_eq!(sex("Vreni"), Some(Sex::Female));
        assert_eq!(sex("Ruedi"), Some(Sex::Male));
        assert_eq!(sex("Andi"), None);
        let first_letters = |name: &str| Token::new(written_out(name)).initials();
        assert!(first_letters("Vreni").contains(&'v') && first_letters("Bill").contains(&'v'));
    }
}
