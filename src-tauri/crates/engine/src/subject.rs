//! The subject of an answer: "Re: " once, whatever stood before it.

/// Marks of a reply in the languages of mail programs. Marks of forwarding stay: they say what the matter is.
const REPLY_MARKS: [&str; 14] =
    ["re", "aw", "antw", "antwort", "sv", "vs", "r", "rif", "rép", "rep", "réf", "odp", "ynt", "回复"];

/// The subject with one "Re: " before it; empty stays empty.
pub fn reply_to(subject: &str) -> String {
    let one_line: String = subject.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut rest = one_line.trim();
    while let Some(shorter) = without_mark(rest) {
        rest = shorter;
    }
    if rest.is_empty() { String::new() } else { format!("Re: {rest}") }
}

fn without_mark(text: &str) -> Option<&str> {
    let (mark, rest) = text.split_once([':', '：'])?;
    // Some programs count: "Re[2]:", "Re (3):".
    let word =
        mark.trim_end_matches(|c: char| c.is_ascii_digit() || "[]() ".contains(c)).trim().to_lowercase();
    REPLY_MARKS.contains(&word.as_str()).then(|| rest.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_do_not_pile_up() {
        for (subject, expected) in [
            ("Ersatzteil", "Re: Ersatzteil"),
            ("AW: Ersatzteil", "Re: Ersatzteil"),
            ("Re: AW: RE[2]: Ersatzteil", "Re: Ersatzteil"),
            ("WG: Ersatzteil", "Re: WG: Ersatzteil"),
            ("Frage: wann offen?", "Re: Frage: wann offen?"),
            ("", ""),
            ("Re:", ""),
            ("a\r\nBcc: x@y.example", "Re: a  Bcc: x@y.example"),
        ] {
            assert_eq!(reply_to(subject), expected, "{subject:?}");
        }
    }
}
