//! The lines by which mail programs introduce what they quote.

use super::lines::Lines;

/// So many lines an introduction may be broken into.
const LINES: usize = 4;
/// Longest introduction in bytes.
const LONGEST: usize = 400;
/// Lines that a block of headers is looked for in.
const BLOCK_LINES: usize = 16;
/// Other lines that may stand between its headers: folded recipients, a value on the next line.
const BLOCK_OTHERS: usize = 4;

/// Words at the beginning of an introduction that is broken into lines, lower case.
const STARTS: [&str; 30] = [
    "on ", "am ", "at ", "le ", "il ", "el ", "op ", "em ", "den ", "på ", "w dniu ", "dnia ", "pe ", "în ",
    "dne ", "a ", "vào ", "mon, ", "tue, ", "wed, ", "thu, ", "fri, ", "sat, ", "sun, ", "in data ", "von: ",
    "---- on ", "em qua", "в ", "на ",
];

/// What it says at its end, lower case.
const VERBS: [&str; 24] = [
    "wrote",
    "schrieb",
    "geschrieben",
    "a écrit",
    "ecrit",
    "ha scritto",
    "scrisse",
    "escribió",
    "escreveu",
    "schreef",
    "geschreven",
    "skrev",
    "napisał",
    "napisał(a)",
    "napsal",
    "napsal(a)",
    "написал",
    "написала",
    "пише",
    "пишет",
    "írta",
    "a scris",
    "写道",
    "kirjoitti",
];

/// Verbs of the writer himself: `Am 3. Mai schrieb ich:` introduces nothing.
const FIRST_PERSON: [&str; 6] =
    ["schrieb ich", "i wrote", "j'ai écrit", "ho scritto io", "schrieben wir", "we wrote"];

const DASHES: [char; 5] = ['-', '_', '=', '\u{2014}', '\u{2013}'];

/// Words between dashes that stand above quoted or forwarded mail, lower case.
const SEPARATORS: [&str; 22] = [
    "original message",
    "original-nachricht",
    "originalnachricht",
    "ursprüngliche nachricht",
    "urspruengliche nachricht",
    "originalmeldung",
    "weitergeleitete nachricht",
    "forwarded message",
    "message d'origine",
    "message original",
    "message initial",
    "message transféré",
    "message réexpédié",
    "messaggio originale",
    "messaggio inoltrato",
    "mensaje original",
    "mensagem original",
    "oorspronkelijk bericht",
    "originalmeddelande",
    "oprindelig meddelelse",
    "original mail",
    "forwarded by",
];

/// The same without dashes, as some programs write them.
const BEGINNINGS: [&str; 8] = [
    "begin forwarded message:",
    "anfang der weitergeleiteten nachricht:",
    "anfang der weitergeleiteten e-mail:",
    "début du message réexpédié :",
    "début du message transféré :",
    "inizio messaggio inoltrato:",
    "reply to message",
    "inicio del mensaje reenviado:",
];

const FROM: [&str; 12] =
    ["from", "von", "de", "da", "van", "från", "fra", "od", "от", "reply-to", "expéditeur", "mittente"];
/// When it was sent, where that comes first.
const DAY: [&str; 7] = ["sent", "date", "gesendet", "datum", "envoyé", "inviato", "data"];
const REST: [&str; 36] = [
    "sent",
    "date",
    "to",
    "cc",
    "subject",
    "reply-to",
    "gesendet",
    "datum",
    "an",
    "betreff",
    "antwort an",
    "kopie",
    "envoyé",
    "à",
    "a",
    "objet",
    "inviato",
    "data",
    "oggetto",
    "risposta",
    "verzonden",
    "aan",
    "onderwerp",
    "skickat",
    "till",
    "ämne",
    "enviado",
    "para",
    "asunto",
    "assunto",
    "sendt",
    "til",
    "emne",
    "отправлено",
    "кому",
    "тема",
];

/// A line such as `-----Original Message-----`.
pub(super) fn is_separator(line: &str) -> bool {
    if line.len() > 120 || !may_be_separator(line) {
        return false;
    }
    let lower = line.to_lowercase();
    let bare = lower.trim_matches(|c: char| c == '*' || c == '|' || c.is_whitespace());
    let words = bare.trim_matches(DASHES);
    let dashes = bare.len().saturating_sub(words.len());
    let words = words.trim_start();
    (dashes >= 4 && SEPARATORS.iter().any(|word| words.starts_with(word)))
        || BEGINNINGS.iter().any(|word| bare.starts_with(word))
}

/// Nearly all lines are none; that is seen without a copy in lower case.
fn may_be_separator(line: &str) -> bool {
    let first = line.chars().find(|c| !c.is_whitespace() && !"*|".contains(*c));
    line.contains(DASHES)
        || first.is_some_and(|first| {
            BEGINNINGS.iter().any(|word| first.to_lowercase().next().is_some_and(|c| word.starts_with(c)))
        })
}

/// How many lines the introduction that begins here has; `None` if none begins here. Where a later line begins one
/// of its own, this line is the end of what was written.
pub(super) fn length(lines: &Lines<'_>, index: usize) -> Option<usize> {
    let begins_later = |skip: usize, length: usize| {
        begins(&lines.text(index + skip).to_lowercase()) && introduces(lines, index + skip, length - skip)
    };
    (1..=LINES).find(|&length| {
        introduces(lines, index, length) && !(1..length).any(|skip| begins_later(skip, length))
    })
}

/// Whether a line in lower case has a usual beginning.
fn begins(lower: &str) -> bool {
    lower.starts_with(|c: char| c.is_ascii_digit()) || STARTS.iter().any(|start| lower.starts_with(start))
}

fn introduces(lines: &Lines<'_>, index: usize, length: usize) -> bool {
    // What ends in nothing that an introduction ends in is not put together first.
    let dated = length == 1 && lines.text(index).starts_with(|c: char| c.is_ascii_digit());
    if !dated && !lines.text(index + length - 1).ends_with([':', '：', '-']) {
        return false;
    }
    let mut joined = String::new();
    for line in index..index + length {
        let text = lines.text(line);
        if text.is_empty() || lines.is_quoted(line) || joined.len() + text.len() > LONGEST {
            return false;
        }
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(text);
    }
    let lower = joined.to_lowercase();
    if lower.starts_with("----") && lower.ends_with("----") {
        return lower.contains(" wrote ") && has_time(&lower);
    }
    if length == 1 && is_dated_name(&lower) {
        return true;
    }
    let Some(head) = lower.strip_suffix([':', '：']).map(str::trim_end) else {
        return false;
    };
    if FIRST_PERSON.iter().any(|verb| head.ends_with(verb)) {
        return false;
    }
    let starts =
        head.starts_with(|c: char| c.is_ascii_digit()) || STARTS.iter().any(|start| head.starts_with(start));
    if length > 1 && !starts {
        return false;
    }
    let quoted_next = lines.next_text(index + length).is_some_and(|next| lines.is_quoted(next));
    let address = has_address(head);
    if says_so(head) {
        return address || (starts && (has_time(head) || has_year(head) || quoted_next));
    }
    starts && address && has_time(head)
}

/// The verb stands at the end, or at least before the name at the end: `Am 5.5.2025 um 10:00 schrieb Rosa Kunde`.
fn says_so(head: &str) -> bool {
    let last: Vec<&str> = head.split_whitespace().collect();
    let tail = last.iter().rev().take(12).rev().copied().collect::<Vec<_>>().join(" ");
    VERBS.iter().any(|verb| {
        tail.match_indices(verb).any(|(at, _)| {
            let before = tail.get(..at).and_then(|text| text.chars().next_back());
            let after = tail.get(at + verb.len()..).and_then(|text| text.chars().next());
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        }) || head.ends_with(verb)
    })
}

/// `2016-03-03 17:21 GMT+01:00 Some One`, with nothing behind it.
fn is_dated_name(lower: &str) -> bool {
    let mut words = lower.split_whitespace();
    let date = words
        .next()
        .is_some_and(|word| word.len() == 10 && word.chars().all(|c| c.is_ascii_digit() || c == '-'));
    date && words.next().is_some_and(has_time)
        && words.next().is_some_and(|zone| zone.starts_with("gmt") || zone.starts_with("utc"))
}

fn has_address(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        word.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
    })
}

/// `9:05` or `20.42`, as a word.
fn has_time(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || ",;\u{200e}".contains(c)).any(|word| {
        let parts: Vec<&str> = word.split([':', '.']).filter(|part| !part.is_empty()).collect();
        let digits = |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        matches!(parts.as_slice(), [hour, minute, ..] if digits(hour) && digits(minute) && minute.len() == 2 && parts.len() <= 3)
    })
}

fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit())
        .any(|number| number.len() == 4 && (number.starts_with("19") || number.starts_with("20")))
}

/// A block of `From:`, `Sent:`, `To:`, `Subject:` that begins here with the sender's line, or with the day and then the
/// sender's, as GMX and WEB.DE write it.
pub(super) fn is_header_block(lines: &Lines<'_>, index: usize) -> bool {
    let is_from = |line: usize| header(lines.text(line)).is_some_and(|key| FROM.contains(&key.as_str()));
    let is_day = header(lines.text(index)).is_some_and(|key| DAY.contains(&key.as_str()));
    let begins = is_from(index) || is_day && is_from(index + 1);
    if !begins {
        return false;
    }
    let (mut found, mut others) = (Vec::new(), 0);
    for line in index + 1..(index + BLOCK_LINES).min(lines.len()) {
        if lines.is_blank(line) {
            continue;
        }
        match header(lines.text(line)).filter(|key| REST.contains(&key.as_str())) {
            Some(key) if !found.contains(&key) => found.push(key),
            Some(_) => {}
            None => others += 1,
        }
        if others > BLOCK_OTHERS {
            break;
        }
    }
    found.len() >= 2
}

/// The folded key of a header line; stars around it are bold face turned into text.
fn header(line: &str) -> Option<String> {
    let (key, _) = line.split_once(':')?;
    let key = key.trim_matches(|c: char| c == '*' || c == '_' || c.is_whitespace());
    (key.chars().count() <= 16).then(|| key.to_lowercase())
}
