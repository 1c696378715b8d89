//! Signs in words: subjects and texts of answering programs, receipts of ticket systems, reports of mail systems, in
//! four languages.
//!
//! A subject counts from its first letter on: with `Re:` or `Fwd:` before it, a person answers or passes it on. A
//! sentence counts where it begins a line or follows a full stop.

use super::Sign;
use super::phrases::{
    ABSENT, AUTOMATIC, HANDLING, INSTEAD, NO_ANSWERS, PERSONS, REPORTS, TICKET_MARKS, TICKETS, VACATION,
    VACATION_ALONE, YOUR_MAIL,
};

/// So many characters of a text are looked at; programs say at once what they are.
const LONGEST_CHARS: usize = 3_000;

/// The sign of a subject.
pub fn of_subject(subject: &str) -> Option<Sign> {
    let subject = plain(subject.trim());
    let subject = subject.trim_start_matches("***").trim_start();
    if subject.starts_with("complaint about message from") {
        return Some(Sign::AbuseReport);
    }
    if REPORTS.iter().any(|report| subject.starts_with(report)) {
        return Some(Sign::DeliveryReport);
    }
    let alone = |words: &&&str| {
        subject.strip_prefix(**words).is_some_and(|rest| {
            let rest = rest.trim_start();
            rest.is_empty() || rest.starts_with(':')
        })
    };
    let vacation = VACATION.iter().any(|begin| subject.starts_with(begin));
    let bracketed = ["[auto-reply]", "[autoreply]", "[auto reply]", "[ooo]", "(automatische antwort)"]
        .iter()
        .any(|begin| subject.starts_with(begin));
    (vacation || bracketed || VACATION_ALONE.iter().find(alone).is_some()).then_some(Sign::VacationSubject)
}

/// The signs of a text.
pub fn of_text(subject: &str, text: &str) -> Vec<Sign> {
    let own_lines: Vec<&str> =
        text.lines().filter(|line| !line.trim_start().starts_with(['>', '|'])).collect();
    let own: String = own_lines.join("\n").chars().take(LONGEST_CHARS).collect();
    let sentences = sentences(&own);
    let whole = sentences.join(" ");
    let mut found = Vec::new();
    let begins =
        |words: &[&str]| sentences.iter().any(|line| words.iter().any(|word| line.starts_with(word)));
    let speaks_of_itself = || whole.split([' ', ',', '.', '!', '?']).any(|word| PERSONS.contains(&word));
    if begins(AUTOMATIC) || begins(NO_ANSWERS) && !speaks_of_itself() {
        found.push(Sign::SaysAutomatic);
    }
    let says = |words: &[&str]| usize::from(words.iter().any(|word| whole.contains(word)));
    let points = says(ABSENT) + says(YOUR_MAIL) + says(INSTEAD) + 2 * says(HANDLING);
    if says(ABSENT) > 0 && points >= 3 {
        found.push(Sign::VacationText);
    }
    let subject = plain(subject);
    let numbered = subject.chars().any(|c| c.is_ascii_digit())
        && TICKET_MARKS.iter().any(|mark| subject.contains(mark))
        || [
            "ticketnummer",
            "ticket-nr",
            "ticket number",
            "ticket id",
            "numéro de ticket",
            "numero di ticket",
        ]
        .iter()
        .any(|mark| whole.contains(mark));
    if numbered && begins(TICKETS) {
        found.push(Sign::TicketReceipt);
    }
    found
}

/// Lines and sentences, folded small, without what decorates their beginning.
fn sentences(text: &str) -> Vec<String> {
    let text = plain(text);
    // A sentence may go on in the next line; an empty line ends it.
    let paragraphs = text.split("\n\n").flat_map(|paragraph| {
        let lines = paragraph.lines().map(str::to_owned);
        let joined = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
        let later = joined.split(['.', '!']).skip(1).map(str::to_owned).collect::<Vec<_>>();
        lines.chain(std::iter::once(joined)).chain(later)
    });
    let bare = |line: String| {
        line.trim_start_matches(|c: char| {
            c.is_whitespace() || matches!(c, '*' | '-' | '_' | '#' | '=' | '(' | '[' | '+' | '~')
        })
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
    };
    paragraphs.map(bare).filter(|line| !line.is_empty()).collect()
}

/// Small letters, one sort of apostrophe and hyphen.
fn plain(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '’' | '‘' | '´' | '`' => '\'',
            '\u{2010}' | '\u{2011}' | '–' => '-',
            '\u{a0}' => ' ',
            c => c,
        })
        .collect()
}
