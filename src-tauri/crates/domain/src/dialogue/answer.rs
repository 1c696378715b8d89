//! What a customer answered, read as what the question wants.
//!
//! Only what is clear counts: `yes and no`, two choices at once or a day that has gone are not understood, and a person
//! sees them.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{Expects, Node};
use crate::fold;
use crate::{quote, threading, typed};

/// Longest answer that is kept, in characters.
const LONGEST: usize = 500;

const YES: [&str; 22] = [
    "ja",
    "jawohl",
    "jo",
    "gerne",
    "gern",
    "ok",
    "okay",
    "klar",
    "genau",
    "stimmt",
    "passt",
    "yes",
    "yep",
    "yeah",
    "sure",
    "oui",
    "d accord",
    "volontiers",
    "si",
    "certo",
    "va bene",
    "esatto",
];
const NO: [&str; 10] = ["nein", "nee", "nicht", "no", "nope", "not", "non", "pas", "niente", "nö"];
const DAYS_ON: [(i64, &[&str]); 3] = [
    (0, &["heute", "today", "aujourd hui", "oggi"]),
    (1, &["morgen", "tomorrow", "demain", "domani"]),
    (2, &["uebermorgen", "apres demain", "dopodomani", "day after tomorrow"]),
];

/// An answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Read {
    /// The key of `goes_on`.
    pub branch: String,
    /// What is kept.
    pub value: String,
}

/// Reads an answer; `None` where it is not understood.
pub(super) fn read(node: &Node, message: &str, today: Date) -> Option<Read> {
    let text = quote::reply_text(message).trim();
    if text.is_empty() {
        return None;
    }
    let any = |value: String| Read { branch: "any".to_owned(), value };
    match node.expects {
        Expects::Text => Some(any(text.chars().take(LONGEST).collect())),
        Expects::OrderNumber => order_number(text).map(any),
        Expects::Date => day(text, today).map(|day| any(day.to_string())),
        Expects::YesNo => {
            let branch = yes_or_no(text)?.to_owned();
            Some(Read { value: branch.clone(), branch })
        }
        Expects::Choice => {
            let line = line(text);
            let mut named = node.choices.iter().filter(|(_, words)| {
                words
                    .iter()
                    .any(|word| crate::rule::shapes(word).iter().any(|shape| line.contains(shape.as_str())))
            });
            let (name, _) = named.next()?;
            named.next().is_none().then(|| Read { branch: name.clone(), value: name.clone() })
        }
    }
}

/// Folded words with blanks around each.
fn line(text: &str) -> String {
    format!(" {} ", crate::rule::folded(text))
}

/// The number that was asked for: in any form in which one is named, or the only number of a short answer.
fn order_number(text: &str) -> Option<String> {
    let named = threading::order_key(None, text);
    if !named.is_empty() {
        return Some(named);
    }
    let mut fit =
        text.split_whitespace().map(|word| threading::order_key(Some(&format!("order no. {word}")), ""));
    let found = fit.by_ref().find(|key| !key.is_empty())?;
    fit.all(|key| key.is_empty()).then_some(found)
}

fn yes_or_no(text: &str) -> Option<&'static str> {
    let line = line(text);
    let has = |words: &[&str]| words.iter().any(|word| line.contains(&format!(" {} ", fold::key(word))));
    match (has(&YES), has(&NO)) {
        (true, false) => Some("yes"),
        (false, true) => Some("no"),
        _ => None,
    }
}

/// A day from today on.
fn day(text: &str, today: Date) -> Option<Date> {
    let line = line(text);
    let in_words =
        DAYS_ON.iter().rev().find(|(_, words)| words.iter().any(|word| line.contains(&format!(" {word} "))));
    if let Some((days, _)) = in_words {
        return today.checked_add(days.days()).ok();
    }
    let mut found = text.split_whitespace().filter_map(|word| written(word, today));
    let first = found.next()?;
    (found.next().is_none() && first >= today).then_some(first)
}

/// A day in digits; one without a year is the next such day.
fn written(word: &str, today: Date) -> Option<Date> {
    let word = word.trim_matches(|c: char| !c.is_ascii_digit() && c != '.').trim_start_matches('.');
    if let Some(day) = typed::day(word) {
        return day.parse().ok();
    }
    let day = typed::birthday(word)?;
    let (month, day) = day.strip_prefix("--")?.split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    let of = |year: i16| Date::new(year, month, day).ok();
    of(today.year()).filter(|date| *date >= today).or_else(|| of(today.year() + 1))
}
