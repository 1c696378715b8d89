//! Where a signature begins: the mark of the mail standard (RFC 3676, 4.3), and the lines that telephones add.

use super::lines::Lines;

/// So many lines with text a signature without the standard's exact mark may have.
const LONGEST: usize = 12;
/// So many lines in all may stand below its mark.
const LONGEST_IN_ALL: usize = 100;
/// Longest line that a telephone adds, in characters.
const LINE_CHARS: usize = 120;

/// How the lines of telephones and programs begin, lower case.
const STARTS: [&str; 40] = [
    "sent from ",
    "sent via ",
    "sent with ",
    "sent by ",
    "from my ",
    "von meinem ",
    "gesendet von ",
    "gesendet mit ",
    "gesendet aus ",
    "gesendet über ",
    "diese nachricht wurde von meinem ",
    "diese e-mail wurde von meinem ",
    "von unterwegs ",
    "vom handy ",
    "envoyé de ",
    "envoyé depuis ",
    "envoyé à partir ",
    "envoyé via ",
    "inviato da ",
    "inviato dal ",
    "inviata da ",
    "inviata dal ",
    "get outlook for",
    "get [outlook",
    "holen sie sich outlook",
    "outlook für ",
    "obtenez outlook",
    "télécharger outlook",
    "scarica outlook",
    "ottieni outlook",
    "sendt fra ",
    "skickat från ",
    "verzonden met ",
    "verzonden vanaf ",
    "enviado desde ",
    "enviado do ",
    "從我的",
    "发自我的",
    "wysłane z ",
    "отправлено с ",
];

/// How they end.
const ENDS: [&str; 2] = ["from mobile", "from phone"];

/// The line with which the signature of the lines above `end` begins; `end` if there is none.
pub(super) fn first_line(lines: &Lines<'_>, end: usize) -> usize {
    let marked = (0..end).rev().find(|&line| is_mark(lines, line, end));
    let end_of_text = marked.unwrap_or(end);
    let mut first = end_of_text;
    for line in (0..end_of_text).rev() {
        if lines.is_rule(line) || is_added_line(lines.text(line)) {
            first = line;
        } else if !lines.is_blank(line) {
            break;
        }
    }
    first
}

/// `-- ` on a line of its own; without the blank, and as a long dash, only above a few lines.
fn is_mark(lines: &Lines<'_>, line: usize, end: usize) -> bool {
    if !matches!(lines.text(line), "--" | "\u{2014}" | "__") {
        return false;
    }
    end - line <= LONGEST_IN_ALL
        && (line + 1..end).filter(|&below| !lines.is_blank(below) && !lines.is_quoted(below)).count()
            <= LONGEST
}

fn is_added_line(line: &str) -> bool {
    if line.is_empty() || line.chars().nth(LINE_CHARS).is_some() {
        return false;
    }
    let lower = line.to_lowercase();
    let bare = lower.trim_start_matches(|c: char| "(<[*_ ".contains(c));
    STARTS.iter().any(|start| bare.starts_with(start)) || ENDS.iter().any(|tail| bare.ends_with(tail))
}
