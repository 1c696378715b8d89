//! Numbers as people write them: groups of digits with blanks, dots, slashes, hyphens or brackets between.

use std::ops::Range;

/// Longest run of digits that is indexed or asked for as one term.
pub(super) const LONGEST_RUN: usize = 18;
/// Shortest run of digits by which a number is found.
pub(super) const SHORTEST_RUN: usize = 3;
/// So many separators in a row still belong to one number, as in `) / `.
const SEPARATORS: usize = 3;

/// A number with its separators taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// All digits, ASCII. A national zero in brackets behind a country code is left out.
    pub digits: String,
    /// The groups as they were written.
    pub groups: Vec<String>,
    /// Began with `+`.
    pub plus: bool,
    /// Where it stands, sign included.
    pub range: Range<usize>,
}

impl Number {
    /// The digits behind the country code, for numbers written with `+` or `00`; `None` for the others.
    pub fn national(&self) -> Option<&str> {
        let international = if self.plus {
            self.digits.as_str()
        } else {
            self.digits.strip_prefix("00").filter(|rest| rest.len() >= 8)?
        };
        let code = country_code_len(international);
        international.get(code..).filter(|rest| rest.len() >= SHORTEST_RUN)
    }
}

/// Digits of the country code that a number begins with (ITU-T E.164: zones 1 and 7 have one digit).
fn country_code_len(digits: &str) -> usize {
    let first_two: String = digits.chars().take(2).collect();
    match first_two.as_str() {
        "20" | "27" | "30" | "31" | "32" | "33" | "34" | "36" | "39" | "40" | "41" | "43" | "44" | "45"
        | "46" | "47" | "48" | "49" | "51" | "52" | "53" | "54" | "55" | "56" | "57" | "58" | "60" | "61"
        | "62" | "63" | "64" | "65" | "66" | "81" | "82" | "84" | "86" | "90" | "91" | "92" | "93" | "94"
        | "95" | "98" => 2,
        two if two.starts_with(['1', '7']) => 1,
        _ => 3,
    }
}

fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '-' | '/' | '.' | '(' | ')' | '\'' | '\u{2019}')
        || matches!(c, '\u{2010}'..='\u{2013}')
}

/// All numbers of `text`, also those inside words. A line break ends a number.
pub(super) fn numbers(text: &str) -> Vec<Number> {
    let mut found = Vec::new();
    let mut current: Option<Number> = None;
    let mut between = String::new();
    let mut group_open = false;
    let mut before: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        if let Some(digit) = c.to_digit(10).and_then(|d| char::from_digit(d, 10)) {
            let number = current.get_or_insert_with(|| {
                let plus = before.filter(|&(_, c)| c == '+');
                Number {
                    digits: String::new(),
                    groups: Vec::new(),
                    plus: plus.is_some(),
                    range: plus.map_or(at, |(start, _)| start)..at,
                }
            });
            if !group_open || number.groups.is_empty() {
                number.groups.push(String::new());
            }
            if let Some(group) = number.groups.last_mut() {
                group.push(digit);
            }
            number.range.end = at + c.len_utf8();
            group_open = true;
            between.clear();
        } else if current.is_some() && is_separator(c) && between.chars().count() < SEPARATORS {
            between.push(c);
            group_open = false;
            if c == ')' {
                current.iter_mut().for_each(drop_bracketed_zero);
            }
        } else {
            found.extend(current.take());
            between.clear();
            group_open = false;
        }
        before = Some((at, c));
    }
    found.extend(current.take());
    for number in &mut found {
        number.digits = number.groups.concat();
    }
    found
}

/// `+49 (0)151` is `+49 151`.
fn drop_bracketed_zero(number: &mut Number) {
    let international = number.plus || number.groups.first().is_some_and(|group| group.starts_with("00"));
    if international && number.groups.len() > 1 && number.groups.last().is_some_and(|group| group == "0") {
        number.groups.pop();
    }
}
