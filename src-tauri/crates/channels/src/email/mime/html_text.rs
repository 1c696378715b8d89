//! HTML turned into text for search, lists and quotes.
//!
//! One pass over the bytes without a tree: a first synchronisation turns thousands of HTML mails into text, and a
//! real parser costs a hundred times as much. Block elements break lines, table cells are set apart, quoted blocks
//! get `> ` so that the quote splitter sees them as in plain mail. Styles, scripts, comments and elements that are
//! hidden by the `hidden` attribute of `head` disappear. Not here: what is safe to show; that is `engine::html`.

use mail_parser::decoders::html::add_html_token;

/// Text beyond this is cut: nobody reads it, and it must not fill the index.
const TEXT_MAX_BYTES: usize = 4 * 1024 * 1024;
const QUOTES_MAX: usize = 20;

/// Elements whose content is not text.
const SILENT: [&str; 8] = ["head", "style", "script", "title", "template", "noembed", "object", "svg"];
/// Elements that begin and end on a line of their own.
const BLOCKS: [&str; 29] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "table",
    "tr",
    "pre",
    "blockquote",
    "section",
    "article",
    "header",
    "footer",
    "form",
    "fieldset",
    "address",
    "center",
    "figure",
    "main",
    "nav",
    "tbody",
];

/// Turns `html` into plain text.
pub fn html_to_text(html: &str) -> String {
    let mut writer = Writer {
        out: String::with_capacity(html.len() / 3),
        quotes: 0,
        at_line_start: true,
        space: false,
        empty_lines: 2,
    };
    let mut rest = html;
    let mut pre = 0_usize;
    let mut head_has_end = true;
    while !rest.is_empty() && writer.out.len() < TEXT_MAX_BYTES {
        let Some((text, tail)) = rest.split_once('<') else {
            writer.text(rest, pre > 0);
            break;
        };
        writer.text(text, pre > 0);
        let starts_tag = tail.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        if !starts_tag {
            writer.text("<", pre > 0);
            rest = tail;
            continue;
        }
        if let Some(comment) = tail.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let (tag, after) = split_tag(tail);
        rest = after;
        let closing = tag.starts_with('/');
        let name = tag
            .trim_start_matches('/')
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        if SILENT.contains(&name.as_str()) {
            let tolerated = name == "head" || name == "title";
            if !closing && !tag.ends_with('/') && (head_has_end || !tolerated) {
                match skip_element(rest, &name) {
                    Some(tail) => rest = tail,
                    // Without an end the rest is text again, as browsers do it for broken heads.
                    None if tolerated => head_has_end = false,
                    None => rest = "",
                }
            }
            continue;
        }
        if name == "pre" {
            pre = if closing { pre.saturating_sub(1) } else { pre + 1 };
        }
        writer.element(&name, closing);
    }
    writer.finish()
}

/// Splits behind the `>` that ends the tag, mindful of quoted attributes; a tag without an end takes all.
fn split_tag(tail: &str) -> (&str, &str) {
    let mut quote = None;
    for (at, c) in tail.char_indices().take(64 * 1024) {
        match (quote, c) {
            (None, '>') => {
                return (tail.get(..at).unwrap_or_default(), tail.get(at + 1..).unwrap_or_default());
            }
            (None, '"' | '\'') if tail.get(..at).is_some_and(|t| t.trim_end().ends_with('=')) => {
                quote = Some(c)
            }
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    tail.split_once('>').unwrap_or((tail, ""))
}

/// Goes behind `</name>`; `None` if there is no such end.
fn skip_element<'h>(rest: &'h str, name: &str) -> Option<&'h str> {
    let mut from = 0;
    while let Some(at) = rest.get(from..)?.find("</") {
        let start = from + at + 2;
        let after = rest.get(start..)?;
        if after.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return Some(after.split_once('>').map_or("", |(_, tail)| tail));
        }
        from = start;
    }
    None
}

struct Writer {
    out: String,
    quotes: usize,
    at_line_start: bool,
    space: bool,
    empty_lines: usize,
}

impl Writer {
    fn element(&mut self, name: &str, closing: bool) {
        match name {
            "br" => self.line_break(),
            "hr" => {
                self.line();
                self.word("---");
                self.line();
            }
            "li" if !closing => {
                self.line();
                self.word("- ");
            }
            "td" | "th" if closing => self.space = true,
            "blockquote" => {
                self.line();
                self.quotes =
                    if closing { self.quotes.saturating_sub(1) } else { (self.quotes + 1).min(QUOTES_MAX) };
            }
            "p" | "h1" | "h2" | "h3" | "h4" => {
                self.line();
                if self.empty_lines == 0 {
                    self.line_break();
                }
            }
            _ if BLOCKS.contains(&name) => self.line(),
            _ => {}
        }
    }

    /// Ends the line if anything stands on it.
    fn line(&mut self) {
        if !self.at_line_start {
            self.line_break();
        }
    }

    fn line_break(&mut self) {
        if self.at_line_start {
            self.empty_lines += 1;
            if self.empty_lines > 1 {
                return;
            }
            self.prefix();
        }
        let trimmed = self.out.trim_end_matches(' ').len();
        self.out.truncate(trimmed);
        self.out.push('\n');
        self.at_line_start = true;
        self.space = false;
    }

    fn prefix(&mut self) {
        for _ in 0..self.quotes {
            self.out.push_str("> ");
        }
    }

    fn word(&mut self, word: &str) {
        if self.at_line_start {
            self.prefix();
            self.at_line_start = false;
            self.empty_lines = 0;
        } else if self.space {
            self.out.push(' ');
        }
        self.space = false;
        self.out.push_str(word);
    }

    fn text(&mut self, text: &str, keep_lines: bool) {
        let decoded = if text.contains('&') { entities(text) } else { String::new() };
        let text = if decoded.is_empty() { text } else { decoded.as_str() };
        if keep_lines {
            for (nth, line) in text.split('\n').enumerate() {
                if nth > 0 {
                    self.line_break();
                }
                if !line.trim_end().is_empty() {
                    self.word(line.trim_end());
                }
            }
            return;
        }
        if text.starts_with(blank) {
            self.space = true;
        }
        for word in text.split(blank).filter(|w| !w.is_empty()) {
            let word: String =
                if word.contains(invisible) { word.replace(invisible, "") } else { word.to_owned() };
            if !word.is_empty() {
                self.word(&word);
                self.space = true;
            }
        }
        self.space = text.ends_with(blank) || (text.is_empty() && self.space);
    }

    fn finish(mut self) -> String {
        let trimmed = self.out.trim_end().len();
        self.out.truncate(trimmed);
        self.out
    }
}

fn blank(c: char) -> bool {
    c.is_ascii_whitespace() || c == '\u{a0}'
}

/// Characters that newsletters put in to fill the preview.
fn invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{34f}')
}

fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once('&') {
        out.push_str(before);
        let end = tail
            .char_indices()
            .take(32)
            .find(|(_, c)| !(c.is_ascii_alphanumeric() || *c == '#'))
            .map_or(tail.len().min(32), |(at, _)| at);
        match tail.get(..end) {
            Some(name) if end > 0 => {
                let at = out.len();
                add_html_token(&mut out, format!("&{name};").as_bytes(), false);
                // An unknown name comes back with the `;` that was put on for the decoder.
                let known = out.get(at..).is_some_and(|new| !new.starts_with('&') || name == "amp");
                if !known {
                    out.truncate(at);
                    out.push('&');
                    out.push_str(name);
                }
                rest = tail.get(end..).unwrap_or_default();
                if known {
                    rest = rest.strip_prefix(';').unwrap_or(rest);
                }
            }
            _ => {
                out.push('&');
                rest = tail;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_lists_and_entities() {
        let html = "<html><head><title>no</title><style>p{}</style></head><body><p>Guten&nbsp;Tag,</p><p>Gr&uuml;&szlig;e &amp; &lt;b&gt; &#8364; &unknown;</p>\
                    <ul><li>eins<li>zwei</ul><table><tr><td>a</td><td>b</td></tr></table></body></html>";
        assert_eq!(html_to_text(html), "Guten Tag,\n\nGrüße & <b> € &unknown;\n\n- eins\n- zwei\na b");
    }

    #[test]
    fn quotes_get_marks_and_broken_markup_ends() {
        assert_eq!(
            html_to_text("neu<blockquote>alt<br>mehr<blockquote>ganz alt</blockquote></blockquote>"),
            "neu\n> alt\n> mehr\n> > ganz alt"
        );
        assert_eq!(html_to_text("a < b <!-- x"), "a < b");
        assert_eq!(html_to_text("<a title=\"x>y\">link</a><script>alert(1)"), "link");
    }

    #[test]
    fn words_split_by_inline_tags_stay_one_word() {
        assert_eq!(html_to_text("<b>Rech</b>nung <i>4711</i>."), "Rechnung 4711.");
    }

    #[test]
    fn hostile_input_is_quick() {
        let started = std::time::Instant::now();
        html_to_text(&"<blockquote>".repeat(100_000));
        html_to_text(&"<a b='".repeat(50_000));
        html_to_text(&"<style>".repeat(50_000));
        html_to_text(&"<head></x>".repeat(50_000));
        html_to_text(&"&".repeat(500_000));
        assert!(started.elapsed().as_secs() < 2, "{:?}", started.elapsed());
    }
}
