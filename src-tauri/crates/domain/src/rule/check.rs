//! What is wrong with a rule that could be read: empty lists, words without letters, times that there are not.

use super::action::{Action, Answer};
use super::condition::{Attachments, Condition, Earlier, Field, Intent, Words};
use super::trigger::Trigger;
use super::words::{folded, shapes};
use super::{Problem, Rule};
use crate::dialogue;

/// How deep conditions may nest.
const DEEPEST: usize = 8;
/// Fewest letters of a word with a star: fewer would be in almost every message.
const SHORTEST_STARRED: usize = 3;
/// A year of minutes.
const LONGEST_MINUTES: u32 = 366 * 24 * 60;
const LONGEST_DAYS: u32 = 3660;

/// Everything that is wrong.
pub(super) fn all(rule: &Rule) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut say = |place: &str, text: &str| found.push(Problem::at(place, text));
    if rule.name.trim().is_empty() {
        say("name", "The rule has no name; give it one.");
    }
    if rule.name.chars().count() > 120 {
        say("name", "The name is longer than 120 letters; shorten it.");
    }
    if rule.max_age_minutes == 0 || rule.max_age_minutes > LONGEST_MINUTES {
        say("max_age_minutes", "Write a number of minutes from 1 to 527040.");
    }
    if let (Some(from), Some(until)) = (rule.valid_from, rule.valid_until)
        && from > until
    {
        say("valid_until", "The rule ends before it begins; write a later day.");
    }
    if rule.then.is_empty() {
        say(
            "then",
            "The rule does nothing; add what is to be done, such as [[then]] answer = { reply = \"…\" }.",
        );
    }
    if rule.then.iter().filter(|action| matches!(action, Action::Answer(_))).count() > 1 {
        say("then", "A rule answers once; keep one answer.");
    }
    trigger(&rule.when, &mut found);
    condition(&rule.condition, "if", 0, &mut found);
    for (index, one) in rule.then.iter().enumerate() {
        action(one, &format!("then.{}", index + 1), &mut found);
    }
    found
}

fn trigger(when: &Trigger, found: &mut Vec<Problem>) {
    let mut say = |place: &str, text: &str| found.push(Problem::at(place, text));
    match when {
        Trigger::NoAnswer { opening_hours } if !(1..=500).contains(opening_hours) => {
            say("when.no_answer", "Write opening_hours = 1 to 500.");
        }
        Trigger::Stock { at_most: None, back: false, .. } => {
            say("when.stock", "Write at_most = a number, or back = true.");
        }
        Trigger::CustomerDate { field, days, at } => {
            if field.trim().is_empty() {
                say("when.customer_date.field", "Write birthday, or the name of a field that holds a date.");
            }
            if days.unsigned_abs() > 366 {
                say("when.customer_date.days", "Write -366 to 366 days.");
            }
            if !is_time(at) {
                say("when.customer_date.at", "Write a time such as 09:00.");
            }
        }
        Trigger::Time { at, .. } if !is_time(at) => say("when.time.at", "Write a time such as 09:00."),
        _ => {}
    }
}

fn condition(one: &Condition, place: &str, depth: usize, found: &mut Vec<Problem>) {
    if depth > DEEPEST {
        found.push(Problem::at(place, "The conditions nest too deep; make two rules of it."));
        return;
    }
    let empty = |list: &[String]| list.is_empty() || list.iter().any(|text| text.trim().is_empty());
    match one {
        Condition::All(inner) | Condition::Any(inner) => {
            let (name, is_any) =
                if matches!(one, Condition::Any(_)) { ("any", true) } else { ("all", false) };
            if inner.is_empty() && (is_any || depth > 0) {
                found.push(Problem::at(format!("{place}.{name}"), "The list is empty; add a condition."));
            }
            for (index, one) in inner.iter().enumerate() {
                condition(one, &format!("{place}.{name}.{}", index + 1), depth + 1, found);
            }
        }
        Condition::Not(inner) => condition(inner, &format!("{place}.not"), depth + 1, found),
        Condition::Words(given) => words(given, &format!("{place}.words"), found),
        Condition::Intent(Intent { is, at_least }) => {
            if empty(is) {
                found.push(Problem::at(
                    format!("{place}.intent.is"),
                    "Name an intent, such as opening_hours.",
                ));
            }
            if !(1..=100).contains(at_least) {
                found.push(Problem::at(format!("{place}.intent.at_least"), "Write 1 to 100."));
            }
        }
        Condition::Field(given) => field(given, &format!("{place}.field"), found),
        Condition::Earlier(Earlier { days, at_least, at_most }) => {
            if !(1..=LONGEST_DAYS).contains(days) {
                found.push(Problem::at(format!("{place}.earlier.days"), "Write 1 to 3660 days."));
            }
            if at_least.is_none() && at_most.is_none() {
                found.push(Problem::at(
                    format!("{place}.earlier"),
                    "Write at_least or at_most, and a number.",
                ));
            }
        }
        Condition::Attachments(Attachments { has, types }) => {
            if has.is_none() && types.is_empty() {
                found.push(Problem::at(
                    format!("{place}.attachments"),
                    "Write has = true or types = [\"pdf\"].",
                ));
            }
            if *has == Some(false) && !types.is_empty() {
                found.push(Problem::at(
                    format!("{place}.attachments"),
                    "Without files there are no types; take one of the two away.",
                ));
            }
        }
        Condition::Medium(list) if list.is_empty() => {
            found.push(Problem::at(format!("{place}.medium"), "Name a channel, such as sms."));
        }
        Condition::Account(list) if list.is_empty() => {
            found.push(Problem::at(format!("{place}.account"), "Name the number of an account."));
        }
        Condition::Language(list) if empty(list) => {
            found.push(Problem::at(format!("{place}.language"), "Name a language: de, en, fr or it."));
        }
        Condition::Tag(list) if empty(list) => {
            found.push(Problem::at(format!("{place}.tag"), "Name a word of the customer's card."));
        }
        _ => {}
    }
}

fn words(given: &Words, place: &str, found: &mut Vec<Problem>) {
    if given.any.is_empty() && given.all.is_empty() {
        found.push(Problem::at(place, "Name the words: any = [\"…\"] or all = [\"…\"]."));
    }
    for word in given.any.iter().chain(&given.all) {
        let bare = word.trim().trim_matches('*');
        if bare.contains('*') {
            found.push(Problem::at(
                place,
                format!("“{word}”: a star may stand only at the beginning or the end."),
            ));
        } else if shapes(word).is_empty() {
            found.push(Problem::at(place, format!("“{word}” has no letter and no digit; write a word.")));
        } else if word.contains('*') && folded(bare).chars().count() < SHORTEST_STARRED {
            found.push(Problem::at(
                place,
                format!("“{word}” would stand in almost every message; write more of it."),
            ));
        } else if word.chars().count() > 200 {
            found.push(Problem::at(place, "A phrase is longer than 200 letters; shorten it."));
        }
    }
}

fn field(given: &Field, place: &str, found: &mut Vec<Problem>) {
    if given.name.trim().is_empty() {
        found.push(Problem::at(format!("{place}.name"), "Name a field of the customer."));
    }
    let asked = [
        !given.is.is_empty(),
        given.contains.is_some(),
        given.begins.is_some(),
        given.at_least.is_some(),
        given.at_most.is_some(),
        given.filled.is_some(),
    ];
    if asked.iter().filter(|one| **one).count() != 1 {
        let text = "Write one comparison: is, contains, begins, at_least, at_most or filled.";
        found.push(Problem::at(place, text));
    }
    for limit in given.at_least.iter().chain(&given.at_most) {
        let known = limit.trim().parse::<jiff::civil::Date>().is_ok() || limit.trim().parse::<f64>().is_ok();
        if !known {
            found.push(Problem::at(place, format!("“{limit}” is no number and no day such as 2026-12-31.")));
        }
    }
}

fn action(one: &Action, place: &str, found: &mut Vec<Problem>) {
    let blank = |text: &str| text.trim().is_empty();
    match one {
        Action::Answer(given) => answer(given, &format!("{place}.answer"), found),
        Action::Tag { add, remove }
            if (add.is_empty() && remove.is_empty()) || add.iter().chain(remove).any(|tag| blank(tag)) =>
        {
            let text = "Name the words: add = [\"…\"] or remove = [\"…\"].";
            found.push(Problem::at(format!("{place}.tag"), text));
        }
        Action::SetField { name, .. } if blank(name) => {
            found.push(Problem::at(format!("{place}.set_field.name"), "Name the field."));
        }
        Action::Task { text, .. } if blank(text) => {
            found.push(Problem::at(format!("{place}.task.text"), "Say what there is to do."));
        }
        Action::Notify { text } if blank(text) => {
            found.push(Problem::at(format!("{place}.notify.text"), "Say what is to be told."));
        }
        Action::Forward { to } if !to.contains('@') => {
            found.push(Problem::at(format!("{place}.forward.to"), "Write an e-mail address of the shop."));
        }
        _ => {}
    }
}

fn answer(given: &Answer, place: &str, found: &mut Vec<Problem>) {
    match (&given.reply, &given.dialogue) {
        (Some(reply), None) if !reply.trim().is_empty() => {}
        (None, Some(tree)) => {
            found.extend(dialogue::check(tree).into_iter().map(|(at, text)| {
                Problem::at(format!("{place}.dialogue.{at}").trim_end_matches('.').to_owned(), text)
            }));
        }
        _ => found.push(Problem::at(place, "Write one of the two: reply = \"…\" or a dialogue.")),
    }
}

/// `09:00`.
fn is_time(text: &str) -> bool {
    let two =
        |part: &str, below: u8| part.len() == 2 && part.parse::<u8>().is_ok_and(|number| number < below);
    text.split_once(':').is_some_and(|(hour, minute)| two(hour, 24) && two(minute, 60))
}
