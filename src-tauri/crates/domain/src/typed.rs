//! What a person types into a field for a number, a day or a birthday, in the forms of four languages, as it is kept.
//!
//! Not here: addresses, numbers to call, and how it is shown again.

use jiff::civil::Date;

/// A day as `YYYY-MM-DD`, from `2026-03-12`, `12.3.2026` or `12/3/2026`; `None` for one that there is not.
pub fn day(text: &str) -> Option<String> {
    let (year, month, day) = parts(text)?;
    Date::new(year?, month, day).ok().map(|date| date.to_string())
}

/// A birthday as `YYYY-MM-DD`, or `--MM-DD` where no year was said: `12.3.`, `12/3`, `--03-12`.
pub fn birthday(text: &str) -> Option<String> {
    match parts(text)? {
        (Some(year), month, day) => Date::new(year, month, day).ok().map(|date| date.to_string()),
        // A year that has a 29th of February.
        (None, month, day) => Date::new(2024, month, day).ok().map(|_| format!("--{month:02}-{day:02}")),
    }
}

/// A number with a point, from `1.234,50`, `1'234.50`, `1 234,5` or `12,5`; `None` for what is none.
pub fn number(text: &str) -> Option<String> {
    let text = text.trim();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let digits: String =
        digits.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’')).collect();
    let marks: Vec<char> = digits.chars().filter(|c| matches!(c, '.' | ',')).collect();
    // The last mark is the decimal one, unless it stands there more than once: then it parts thousands.
    let decimal = marks.last().filter(|last| marks.iter().filter(|mark| mark == last).count() == 1);
    let (whole, part) = decimal.and_then(|mark| digits.rsplit_once(*mark)).unwrap_or((&digits, ""));
    let whole: String = whole.chars().filter(|c| !matches!(c, '.' | ',')).collect();
    let all_digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || whole.len() > 15 || part.len() > 9 || !all_digits(&whole) || !all_digits(part) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let part = part.trim_end_matches('0');
    Some(if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") })
}

/// Year, month, day.
fn parts(text: &str) -> Option<(Option<i16>, i8, i8)> {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix("--") {
        let (month, day) = rest.split_once('-')?;
        return Some((None, month.parse().ok()?, day.parse().ok()?));
    }
    let mark = text.chars().find(|c| matches!(c, '.' | '/' | '-'))?;
    let mut numbers = text.split(mark).map(str::trim).filter(|part| !part.is_empty());
    let (first, second) = (numbers.next()?, numbers.next()?);
    let third = numbers.next();
    if numbers.next().is_some() {
        return None;
    }
    if mark == '-' {
        return Some((Some(year(first)?), second.parse().ok()?, third?.parse().ok()?));
    }
    Some((
        third.map(year).map_or(Some(None), |year| year.map(Some))?,
        second.parse().ok()?,
        first.parse().ok()?,
    ))
}

/// Of four digits: two would be a guess.
fn year(text: &str) -> Option<i16> {
    (text.len() == 4).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_the_forms_of_four_languages() {
        for (text, expected) in [
            ("2026-03-12", Some("2026-03-12")),
            ("12.3.2026", Some("2026-03-12")),
            (" 12. 03. 2026 ", Some("2026-03-12")),
            ("12/03/2026", Some("2026-03-12")),
            ("31.2.2026", None),
            ("29.2.2028", Some("2028-02-29")),
            ("12.3.26", None),
            ("12.3.", None),
            ("3", None),
            ("", None),
            ("1.2.3.2026", None),
            ("morgen", None),
        ] {
            assert_eq!(day(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_birthday_may_lack_its_year() {
        for (text, expected) in [
            ("12.3.", Some("--03-12")),
            ("12/3", Some("--03-12")),
            ("--02-29", Some("--02-29")),
            ("29.2.", Some("--02-29")),
            ("30.2.", None),
            ("1.5.1980", Some("1980-05-01")),
        ] {
            assert_eq!(birthday(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn numbers_are_read_with_either_mark() {
        for (text, expected) in [
            ("56", Some("56")),
            ("56,5", Some("56.5")),
            ("56.5", Some("56.5")),
            ("1.234,50", Some("1234.5")),
            ("1,234.50", Some("1234.5")),
            ("1'234.5", Some("1234.5")),
            ("1 234,5", Some("1234.5")),
            ("1.234.567", Some("1234567")),
            ("-0,50", Some("-0.5")),
            ("007", Some("7")),
            ("0", Some("0")),
            (",5", None),
            ("12a", None),
            ("--5", None),
            ("", None),
        ] {
            assert_eq!(number(text).as_deref(), expected, "{text}");
        }
    }
}
