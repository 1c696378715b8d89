//! Taking a name field apart.

use unicode_normalization::UnicodeNormalization;

use super::short_forms::{Sex, is_known};
use super::sound::written_out;
use super::words::{AND, BORN, PARTICLES, Role, role};
use super::{Generation, Kind, Name, Reading, Token};
use crate::matching::listed;
use crate::matching::name::is_hidden;

/// So many characters of a name field are read.
const LONGEST_CHARS: usize = 160;
/// So many words of it are kept; more make no name.
const MOST_WORDS: usize = 6;

/// One word between blanks with its parts between hyphens, all written out.
struct Word {
    parts: Vec<Token>,
}

/// Reads a name field.
pub fn parse(raw: &str) -> Name {
    let mut name = Name {
        kind: Kind::Nobody,
        readings: Vec::new(),
        tokens: Vec::new(),
        trades: Vec::new(),
        born: Vec::new(),
        generation: None,
        sex: None,
    };
    let text: String =
        raw.nfkc().filter(|&c| !is_hidden(c)).take(LONGEST_CHARS).collect::<String>().to_lowercase();
    let text = without_notes(&text);
    let (text, born) = without_born(&text);
    name.born = born;
    let couple = is_couple(&text);
    let (before, after) = text.split_once(',').map_or((text.as_str(), None), |(b, a)| (b, Some(a)));
    let mut household = couple;
    let mut legal = false;
    let mut before = words(before, &mut name, &mut household, &mut legal);
    let after = after.map(|text| words(text, &mut name, &mut household, &mut legal)).unwrap_or_default();
    let known =
        |words: &[Word]| words.first().and_then(|word| word.parts.first()).is_some_and(Token::is_first_name);
    let profession = before.len() > 1 && known(&before) && !after.is_empty() && !known(&after);
    let after = if profession { Vec::new() } else { after };
    let firm = legal || !name.trades.is_empty() && !is_person_of_a_trade(&text);
    if !firm && let [trade] = name.trades.as_slice() {
        before.push(Word { parts: vec![trade.clone()] });
        name.trades.clear();
    }
    if !firm && !household && !after.is_empty() && !before.is_empty() {
        name.readings.push(Reading::new(flat(&after), family(&before), false));
        name.tokens = before.iter().chain(&after).flat_map(|word| word.parts.clone()).collect();
        name.kind = Kind::Person;
        return name;
    }
    before.extend(after);
    before.truncate(MOST_WORDS);
    name.tokens = before.iter().flat_map(|word| word.parts.clone()).collect();
    if firm {
        name.kind = Kind::Firm;
    } else if before.is_empty() {
        name.kind = Kind::Nobody;
    } else if household {
        name.kind = Kind::Household;
        name.readings = household_reading(&before);
    } else {
        name.kind = Kind::Person;
        name.readings = readings(&before, name.sex.is_some());
    }
    name
}

/// Without `<…>`, brackets, and what follows a dash or bar between blanks.
fn without_notes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' | '[' | '<' | '{' => depth += 1,
            ')' | ']' | '>' | '}' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            _ if c.is_control() || c == '\u{a0}' => out.push(' '),
            _ => out.push(c),
        }
    }
    // A bracket around the maiden name is the exception.
    if let Some(inner) =
        text.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inner, _)| inner)
        && inner.split_whitespace().next().is_some_and(|first| listed(BORN, &bare(first)))
    {
        out.push(' ');
        out.push_str(inner);
    }
    let cut =
        [" - ", " – ", " — ", " | ", " c/o ", " / ", " via "].iter().filter_map(|dash| out.find(dash)).min();
    match cut.and_then(|at| out.get(..at)) {
        Some(head) if head.chars().any(char::is_alphabetic) => head.to_owned(),
        _ => out,
    }
}

/// Letters and digits only, written out.
fn bare(word: &str) -> String {
    written_out(word)
}

/// Takes `geb. Birkner` out.
fn without_born(text: &str) -> (String, Vec<String>) {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_marker = |word: &&str| listed(BORN, &bare(word)) && bare(word).len() > 1;
    let Some(at) = words.iter().skip(1).position(is_marker).map(|at| at + 1) else {
        return (text.to_owned(), Vec::new());
    };
    let born = words.iter().skip(at + 1).flat_map(|word| word.split('-')).map(bare);
    let born = born.filter(|word| word.len() > 1 && !listed(PARTICLES, word)).collect();
    (words.iter().take(at).copied().collect::<Vec<_>>().join(" "), born)
}

/// `Anna und Karl Meier`: a word for "and" between two others.
fn is_couple(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let inner = words.iter().skip(1).take(words.len().saturating_sub(2));
    inner.into_iter().any(|word| listed(AND, word) || matches!(*word, "&" | "+"))
}

/// `Peter Maler`: a known first name or an initial and one word of a trade behind it are a person.
fn is_person_of_a_trade(text: &str) -> bool {
    let mut words = text.split_whitespace().map(bare);
    match (words.next(), words.next(), words.next()) {
        (Some(first), Some(last), None) => {
            (is_known(&first) || first.chars().count() == 1) && role(&last, false) == Role::Trade
        }
        _ => false,
    }
}

/// The words that are a name; what the others say goes into `name`.
fn words(text: &str, name: &mut Name, household: &mut bool, legal: &mut bool) -> Vec<Word> {
    let mut found = Vec::new();
    let nothing_else = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| role(&bare(word), false) == Role::Placeholder);
    let few = text.split_whitespace().count() < 3 && !text.contains('.');
    for word in text.split(|c: char| c.is_whitespace() || "_;&+\"„“”«»/".contains(c)) {
        if word.contains('@') || listed(AND, word) && *household {
            continue;
        }
        let mut parts = Vec::new();
        // `s.r.l.` and `sig.ra` are one word, `dr.vera` is two.
        let dotless = bare(word);
        let whole = !word.contains('-') && role(&dotless, false) != Role::Name;
        let pieces = if whole { vec![word] } else { pieces(word) };
        for piece in pieces {
            match role(&bare(piece), piece.ends_with('.')) {
                // `Sen` and `Jun` alone beside one word are names.
                Role::Senior | Role::Junior if few => parts.extend(token(piece)),
                Role::Title => {}
                Role::Man => name.sex = Some(Sex::Male),
                Role::Woman => name.sex = Some(Sex::Female),
                Role::Senior => name.generation = Some(Generation::Senior),
                Role::Junior => name.generation = Some(Generation::Junior),
                Role::Household => *household = true,
                Role::Legal => *legal = true,
                Role::Trade => name.trades.push(Token::new(bare(piece))),
                Role::Desk => {}
                Role::Placeholder if nothing_else => {}
                Role::Name | Role::Placeholder => parts.extend(token(piece)),
            }
        }
        if !parts.is_empty() {
            found.push(Word { parts });
        }
    }
    found
}

/// A word cut at hyphens and behind dots, each piece with its dot.
fn pieces(word: &str) -> Vec<&str> {
    word.split(['-', '\u{2010}', '\u{2011}', '‐']).flat_map(|part| part.split_inclusive('.')).collect()
}

/// A piece as it is kept: letters only, a dot behind short writings of up to four letters.
fn token(piece: &str) -> Option<Token> {
    let letters: String = bare(piece).chars().filter(|c| !c.is_ascii_digit()).collect();
    let count = letters.chars().count();
    let dotted = piece.ends_with('.') && (2..=4).contains(&count);
    (count > 0 && letters.chars().any(char::is_alphabetic))
        .then(|| Token::new(if dotted { format!("{letters}.") } else { letters }))
}

fn flat(words: &[Word]) -> Vec<Token> {
    words.iter().flat_map(|word| word.parts.clone()).collect()
}

/// Surnames without particles, unless nothing else is there.
fn family(words: &[Word]) -> Vec<Token> {
    let all = flat(words);
    let bare: Vec<Token> = all.iter().filter(|part| !listed(PARTICLES, &part.text)).cloned().collect();
    if bare.is_empty() { all } else { bare }
}

/// `Anna und Karl Meier`, `Familie Meier`: the last word is the surname.
fn household_reading(words: &[Word]) -> Vec<Reading> {
    let Some((last, first)) = words.split_last() else { return Vec::new() };
    vec![Reading::new(flat(first), last.parts.clone(), false)]
}

/// All ways to read the words of a person, the likeliest first. `addressed`: with Herr or Frau, so that a single
/// word is the surname.
fn readings(words: &[Word], addressed: bool) -> Vec<Reading> {
    if words.len() == 1 {
        let as_given = Reading::new(flat(words), Vec::new(), false);
        let as_family = Reading::new(Vec::new(), family(words), false);
        return if addressed { vec![as_family] } else { vec![as_given, as_family] };
    }
    let is_particle = |word: &Word| word.parts.first().is_some_and(|part| listed(PARTICLES, &part.text));
    let first_particle = words.iter().skip(1).position(is_particle).map(|at| at + 1);
    let likely = first_particle.unwrap_or(words.len() - 1);
    let mut cuts = vec![likely];
    cuts.extend((1..words.len()).filter(|&cut| cut != likely));
    let read = |cut: usize, family_first: bool| {
        let (first, second) = words.split_at_checked(cut).unwrap_or((words, &[]));
        let (given, last) = if family_first { (second, first) } else { (first, second) };
        Reading::new(flat(given), family(last), family_first)
    };
    let known =
        |word: Option<&Word>| word.and_then(|word| word.parts.first()).is_some_and(Token::is_first_name);
    // `Meier Karl`: the first names tell.
    let turned = first_particle.is_none() && !known(words.first()) && known(words.last());
    let straight: Vec<Reading> = cuts.iter().map(|&cut| read(cut, false)).collect();
    if turned {
        cuts.sort_unstable()
    }
    let swapped: Vec<Reading> = cuts.iter().map(|&cut| read(cut, true)).collect();
    if turned { [swapped, straight].concat() } else { [straight, swapped].concat() }
}
