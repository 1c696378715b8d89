//! What somebody wrote, apart from what the mail program put below it: quoted history and signatures.
//!
//! Works on text, also on text made from HTML. Nothing is lost: the three parts put together are the text. When in
//! doubt nothing is cut: an answer that stands between quoted lines stays with them, and a message that would be
//! left empty is left whole, because then the quote is the message.
//!
//! Not here: greetings (they are part of what was written) and disclaimers in free words.

mod attribution;
mod lines;
mod signature;

use lines::Lines;

/// A text in its three parts, in their order. `reply`, `signature` and `quote` put together are the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split<'a> {
    /// What was written.
    pub reply: &'a str,
    /// The signature, from its mark on; empty if there is none.
    pub signature: &'a str,
    /// Quoted history, from the line that introduces it on; empty if there is none.
    pub quote: &'a str,
}

/// Splits a text.
pub fn split(text: &str) -> Split<'_> {
    let lines = Lines::of(text);
    let last_written = last_written(&lines);
    let quote_line = (0..lines.len()).find(|&index| begins_quote(&lines, index, last_written));
    let whole = Split { reply: text, signature: "", quote: "" };
    let quote_line = quote_line.map_or(lines.len(), |index| lines.before_rules(index));
    let signature_line = signature::first_line(&lines, quote_line);
    let Some((above, quote)) = text.split_at_checked(lines.start(quote_line)) else {
        return whole;
    };
    let Some((reply, signature)) = above.split_at_checked(lines.start(signature_line)) else {
        return whole;
    };
    if reply.trim().is_empty() { whole } else { Split { reply, signature, quote } }
}

/// What was written, without signature, quoted history and blank lines at its end. The text itself if nothing of
/// that is there.
pub fn reply_text(text: &str) -> &str {
    let split = split(text);
    if split.signature.is_empty() && split.quote.is_empty() { text } else { split.reply.trim_end() }
}

/// Whether quoted history begins at this line and nothing new is written behind it. Where quoted lines follow,
/// answers may stand below or between them: `last_written` tells.
fn begins_quote(lines: &Lines<'_>, index: usize, last_written: Option<usize>) -> bool {
    let answers_follow = |from: usize| last_written.is_some_and(|last| last >= from);
    if lines.is_quoted(index) {
        return !answers_follow(index);
    }
    if attribution::is_separator(lines.text(index)) || attribution::is_header_block(lines, index) {
        return true;
    }
    attribution::length(lines, index).is_some_and(|length| {
        let next = lines.next_text(index + length);
        next.is_none_or(|next| !lines.is_quoted(next) || !answers_follow(next))
    })
}

/// The last line above the signature that somebody wrote, rather than quoted.
fn last_written(lines: &Lines<'_>) -> Option<usize> {
    let end = signature::first_line(lines, lines.len());
    (0..end).rev().find(|&line| !lines.is_quoted(line) && !lines.is_blank(line) && !lines.is_rule(line))
}

#[cfg(test)]
mod tests;
