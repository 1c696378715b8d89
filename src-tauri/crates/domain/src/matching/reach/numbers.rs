//! Telephone numbers of a record: what each is worth as a sign of one person, and which may be one mistyped.
//!
//! A number that had to be repaired to be understood (a letter O, a missing zero) is kept apart from numbers that
//! were understood as they stood: it may only ever lead to a question.

use unicode_normalization::UnicodeNormalization;

use crate::address::Address;
use crate::phone::{self, PhoneType};

/// What a number is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worth {
    /// One person carries it.
    Mobile,
    /// A home or a firm has it.
    Landline,
    /// No customer's: toll-free, premium, short, a placeholder.
    Nothing,
    /// Not understood; only its digits are known.
    Broken,
}

/// One number of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// E.164 with `+`; for broken ones the digits as typed.
    pub value: String,
    /// What it is worth.
    pub worth: Worth,
    /// The extension behind a switchboard.
    pub extension: Option<String>,
    /// Something was guessed to understand it.
    pub repaired: bool,
    /// The digits without country code and trunk zero, as far as they can be told.
    national: String,
}

impl Line {
    fn new(value: String, worth: Worth, extension: Option<String>, repaired: bool) -> Self {
        let national = national(&value);
        Self { value, worth, extension, repaired, national }
    }
}

/// Words before an extension.
const EXTENSIONS: &[&str] = &[
    "int",
    "intern",
    "interno",
    "dw",
    "durchwahl",
    "ext",
    "extension",
    "poste",
    "apparat",
    "app",
    "nebenstelle",
    "x",
];

/// The numbers in one field.
pub fn lines(raw: &str, home: &str) -> Vec<Line> {
    let raw: String = raw.nfkc().take(200).collect();
    let spread =
        [" oder ", " or ", " ou ", " und ", " o "].iter().fold(raw, |text, word| text.replace(word, ";"));
    let fields = spread.split([';', ',', '|', '\n']).map(str::trim).filter(|field| !field.is_empty());
    let mut found = Vec::new();
    for field in fields {
        match line(field, home) {
            Some(line) if line.worth != Worth::Broken => found.push(line),
            other => {
                // `079 … / 044 …` is two numbers, `0176/04 …` is one.
                let halves: Vec<Line> = field.split('/').filter_map(|half| line(half.trim(), home)).collect();
                let whole = halves.len() > 1 && halves.iter().all(|line| line.worth != Worth::Broken);
                if whole { found.extend(halves) } else { found.extend(other) }
            }
        }
    }
    found
}

fn line(field: &str, home: &str) -> Option<Line> {
    if field.contains('@') {
        return None;
    }
    let field = without_notes(field);
    let (number, extension) = without_extension(field);
    let parsed = Address::parse(&number, home).ok();
    let known = parsed.as_ref().is_some_and(|address| sort(address.value()) != PhoneType::Unknown);
    if !known
        && extension.is_none()
        && let Some(line) = behind_dash(&number, home)
    {
        return Some(line);
    }
    if let Some(Address::Phone { value }) = parsed {
        let repaired = lacks_its_zero(&number, &value);
        let worth = if is_placeholder(&value) { Worth::Nothing } else { worth(sort(&value)) };
        return Some(Line::new(value, worth, extension, repaired));
    }
    let mended: String = number.chars().map(mend).collect();
    let letters = mended.chars().filter(|c| c.is_alphabetic()).count();
    let digits: String = mended.chars().filter(char::is_ascii_digit).collect();
    if letters == 0
        && mended != number
        && let Ok(Address::Phone { value }) = Address::parse(&mended, home)
    {
        let worth = worth(sort(&value));
        return Some(Line::new(value, worth, extension, true));
    }
    (letters == 0 && digits.len() >= 7 && !is_placeholder(&digits))
        .then(|| Line::new(digits, Worth::Broken, extension, true))
}

fn sort(value: &str) -> PhoneType {
    phone::classify(value).phone_type
}

/// `044 … 42-12`: an extension behind a dash, where the whole is no number.
fn behind_dash(number: &str, home: &str) -> Option<Line> {
    let (head, tail) = number.rsplit_once('-')?;
    let tail = tail.trim();
    let is_extension = (1..=4).contains(&tail.len()) && tail.chars().all(|c| c.is_ascii_digit());
    let Ok(Address::Phone { value }) = Address::parse(head, home) else { return None };
    let landline = worth(sort(&value)) == Worth::Landline && sort(&value) != PhoneType::Unknown;
    (is_extension && landline).then(|| Line::new(value, Worth::Landline, Some(tail.to_owned()), false))
}

/// Without words before a colon (`Handy Rosa: 079 …`) and behind a whole number (`079 … ab 18 Uhr`).
fn without_notes(field: &str) -> &str {
    let has_digit = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    let field = match field.split_once(':') {
        Some((head, tail)) if !has_digit(head) && !head.eq_ignore_ascii_case("tel") => tail.trim(),
        _ => field,
    };
    let note = field.match_indices(' ').find(|(at, _)| {
        let (head, tail) = field.split_at_checked(*at).unwrap_or((field, ""));
        let next = tail.split_whitespace().next().unwrap_or_default();
        let is_word =
            next.len() > 1 && next.chars().all(char::is_alphabetic) && !next.chars().all(|c| mend(c) != c);
        let extension = EXTENSIONS.contains(&next.to_lowercase().trim_end_matches('.'));
        is_word && !extension && head.chars().filter(char::is_ascii_digit).count() >= 9
    });
    note.and_then(|(at, _)| field.get(..at)).unwrap_or(field)
}

/// Letters that people type for digits.
fn mend(c: char) -> char {
    match c {
        'o' | 'O' => '0',
        'l' | 'I' | 'i' => '1',
        'S' => '5',
        'B' => '8',
        _ => c,
    }
}

/// Cuts `int. 12` off.
fn without_extension(field: &str) -> (String, Option<String>) {
    let lower = field.to_lowercase();
    for (at, _) in lower.match_indices(char::is_alphabetic) {
        let (Some(head), Some(tail)) = (lower.get(..at), lower.get(at..)) else { continue };
        let word_end = tail.find(|c: char| !c.is_alphabetic()).unwrap_or(tail.len());
        let (word, rest) = tail.split_at_checked(word_end).unwrap_or((tail, ""));
        let number: String = rest.chars().filter(char::is_ascii_digit).collect();
        let behind_number = head.chars().filter(char::is_ascii_digit).count() >= 6;
        if behind_number && EXTENSIONS.contains(&word) && (1..=5).contains(&number.len()) {
            return (head.trim_end_matches([' ', ',', '(', '-']).to_owned(), Some(number));
        }
    }
    (field.to_owned(), None)
}

fn worth(phone_type: PhoneType) -> Worth {
    match phone_type {
        PhoneType::Mobile => Worth::Mobile,
        PhoneType::FixedLine | PhoneType::FixedLineOrMobile | PhoneType::Voip | PhoneType::Unknown => {
            Worth::Landline
        }
        PhoneType::TollFree
        | PhoneType::PremiumRate
        | PhoneType::SharedCost
        | PhoneType::PersonalNumber
        | PhoneType::Pager
        | PhoneType::Uan
        | PhoneType::Voicemail
        | PhoneType::ShortCode => Worth::Nothing,
    }
}

/// Typed without its trunk zero (`79 555 …`), where the country has one. Only the plus sign missing (`41 79 …`) is
/// the whole number.
fn lacks_its_zero(typed: &str, value: &str) -> bool {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let trunk = ["+41", "+43", "+44", "+49", "+33"].iter().any(|code| value.starts_with(code));
    trunk && !typed.contains('+') && !digits.starts_with('0') && value.trim_start_matches('+') != digits
}

/// All digits one, or counted up: typed to fill a field.
fn is_placeholder(value: &str) -> bool {
    let digits = value.trim_start_matches('+');
    let national = national(value);
    let uniform = national.chars().all(|c| national.starts_with(c));
    uniform
        || digits.ends_with("0000000")
        || digits.ends_with("1234567")
        || digits.ends_with("12345678")
        || digits.ends_with("123456789")
}

/// Whether two numbers may be one mistyped: a digit more, less or other, two swapped, or another country code.
pub fn nearly(a: &Line, b: &Line) -> bool {
    if a.worth == Worth::Nothing || b.worth == Worth::Nothing || a.extension != b.extension {
        return false;
    }
    let (short, long) = (a.national.len().min(b.national.len()), a.national.len().max(b.national.len()));
    short >= 7
        && long - short <= 1
        && (a.national == b.national || strsim::osa_distance(&a.national, &b.national) == 1)
}

/// The digits without country code and trunk zero, as far as they can be told.
fn national(value: &str) -> String {
    if let Some(national) = phone::national_digits(value) {
        return national.trim_start_matches('0').to_owned();
    }
    let digits = value.trim_start_matches('0');
    let foreign = value.starts_with("00") || digits.len() > 10;
    let code = ["41", "43", "44", "49", "33", "39"].iter().find_map(|code| digits.strip_prefix(code));
    code.filter(|rest| foreign && rest.len() >= 7).unwrap_or(digits).trim_start_matches('0').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_their_worth() {
        type Found = (&'static str, Worth, bool);
        let table: [(&str, &[Found]); 22] = [
            ("079 555 01 01", &[("+41795550101", Worth::Mobile, false)]),
            ("+41 079 555 02 36", &[("+41795550236", Worth::Mobile, false)]),
            ("044 555 21 21", &[("+41445552121", Worth::Landline, false)]),
            ("Mobil: 079 555 01 01", &[("+41795550101", Worth::Mobile, false)]),
            ("0800 555 000", &[("+41800555000", Worth::Nothing, false)]),
            ("0900 555 123", &[("+41900555123", Worth::Nothing, false)]),
            ("117", &[("117", Worth::Nothing, false)]),
            ("O79 555 01 O1", &[("+41795550101", Worth::Mobile, true)]),
            ("79 555 01 01", &[("+41795550101", Worth::Mobile, true)]),
            ("41795550101", &[("+41795550101", Worth::Mobile, false)]),
            ("０７９ 555 01 01", &[("+41795550101", Worth::Mobile, false)]),
            ("000 000 00 00", &[]),
            ("079 000 00 00", &[("+41790000000", Worth::Nothing, false)]),
            ("unbekannt", &[]),
            ("079 555 55 55", &[("+41795555555", Worth::Mobile, false)]),
            ("999 999 99 99", &[("+419999999999", Worth::Nothing, true)]),
            ("079 555 01 01 ab 18 Uhr", &[("+41795550101", Worth::Mobile, false)]),
            ("Handy Rosa: 079 555 01 01", &[("+41795550101", Worth::Mobile, false)]),
            ("-", &[]),
            (
                "079 555 01 01 / 044 555 21 21",
                &[("+41795550101", Worth::Mobile, false), ("+41445552121", Worth::Landline, false)],
            ),
            ("333 555 0201", &[("+393335550201", Worth::Mobile, false)]),
            ("rosa@kunde.example", &[]),
        ];
        for (raw, expected) in table {
            let found = lines(raw, "CH");
            let found: Vec<_> = found.iter().map(|l| (l.value.as_str(), l.worth, l.repaired)).collect();
            assert_eq!(found, expected, "{raw}");
        }
        let switchboard = lines("044 555 21 41 int. 12", "CH");
        assert_eq!(switchboard[0].extension.as_deref(), Some("12"));
    }

    #[test]
    fn mistyped_numbers_are_near() {
        let one = |raw: &str| lines(raw, "CH").remove(0);
        for (a, b) in [
            ("079 555 02 05", "079 555 02 50"),
            ("+41 79 555 02 62", "+41 79 555 02 62 0"),
            ("+41 79 555 02 09", "+43 79 555 02 09"),
            ("079 555 02 62", "079 555 02 2"),
        ] {
            assert!(nearly(&one(a), &one(b)), "{a} {b}");
            assert!(nearly(&one(b), &one(a)), "{b} {a}");
        }
        assert!(!nearly(&one("079 555 02 05"), &one("079 555 13 50")));
    }
}
