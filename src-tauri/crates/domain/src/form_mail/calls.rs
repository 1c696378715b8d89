//! Mails of answering machines and of routers that tell of missed calls (FRITZ!Box and others).

use super::labels::{self, Field};
use super::{FormKind, FormMail, Found, FoundIn, Letter, Voucher};
use crate::address::Address;
use crate::matching::{clean_name, written_out};

/// Words of the subject or the first lines that tell of a message left.
const VOICEMAIL: &[&str] = &[
    "anrufbeantworter",
    "sprachnachricht",
    "sprachbox",
    "mailbox-nachricht",
    "voicemail",
    "voice message",
    "answering machine",
    "répondeur",
    "message vocal",
    "messagerie vocale",
    "segreteria telefonica",
    "messaggio vocale",
    "combox",
];

/// Words that tell of a call that nobody took.
const MISSED: &[&str] = &[
    "verpasster anruf",
    "anruf in abwesenheit",
    "entgangener anruf",
    "missed call",
    "appel manqué",
    "appel en absence",
    "chiamata persa",
    "chiamata senza risposta",
    "anruf von",
    "call from",
    "appel de",
    "chiamata da",
];

/// Labels before the caller's number or name.
const CALLERS: &str = "rufnummer anrufer anrufernummer nummer von caller callernumber callerid number from appelant numero de chiamante da \
    telefonnummer gegenstelle teilnehmer";

/// Reads such a mail; `None` if it is none.
pub fn read(letter: &Letter<'_>, lines: &[String]) -> Option<FormMail> {
    let head = lines.iter().filter(|line| !line.is_empty()).take(6).map(String::as_str);
    let subject = letter.subject.to_lowercase();
    let text: String = head.collect::<Vec<_>>().join("\n").to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| subject.contains(word));
    let box_says = |words: &[&str]| {
        let name = letter.from.name.as_deref().unwrap_or_default().to_lowercase();
        (name.contains("fritz") || subject.contains("fritz") || text.contains("fritz!box"))
            && words.iter().any(|word| text.contains(word))
    };
    let kind = if says(VOICEMAIL) || box_says(VOICEMAIL) {
        FormKind::Voicemail
    } else if says(MISSED) || box_says(MISSED) {
        FormKind::MissedCall
    } else {
        return None;
    };
    let callers = || lines.iter().filter_map(|line| caller_line(line));
    let in_subject = number_in(letter.subject, letter);
    let in_body = callers().find_map(|value| number_in(value, letter));
    let named = callers().find_map(name_beside_number).map(|value| Found { value, found_in: FoundIn::Body });
    let subject_name = after_from(letter.subject).and_then(|rest| name_beside_number(&rest));
    let name = named.or_else(|| subject_name.map(|value| Found { value, found_in: FoundIn::Subject }));
    let phone = in_body
        .map(|value| Found { value, found_in: FoundIn::Body })
        .or_else(|| in_subject.map(|value| Found { value, found_in: FoundIn::Subject }));
    let fields = labels::fields(lines);
    let spoken = lines.iter().find_map(|line| {
        let (label, value) = line.split_once(':')?;
        matches!(
            written_out(label).as_str(),
            "transkription" | "transkript" | "transcription" | "transcript" | "trascrizione"
        )
        .then(|| value.trim().to_owned())
    });
    let text = spoken.filter(|text| !text.is_empty()).or_else(|| fields.get(Field::Message));
    Some(FormMail {
        kind,
        voucher: Voucher::Nobody,
        name,
        email: None,
        phone,
        relay: None,
        subject: None,
        text,
    })
}

/// The value of a line that names the caller.
fn caller_line(line: &str) -> Option<&str> {
    let (label, value) = line.split_once(':')?;
    let label = written_out(label);
    CALLERS.split_whitespace().any(|known| known == label).then(|| value.trim())
}

/// What stands behind "von" in a subject.
fn after_from(subject: &str) -> Option<String> {
    let words: Vec<&str> = subject.split_whitespace().collect();
    let at =
        words.iter().position(|word| matches!(word.to_lowercase().as_str(), "von" | "from" | "de" | "da"))?;
    let rest = words
        .iter()
        .skip(at + 1)
        .take_while(|word| !matches!(word.to_lowercase().as_str(), "auf" | "am" | "on" | "at" | "für"));
    Some(rest.copied().collect::<Vec<_>>().join(" "))
}

/// The first telephone number in a line.
fn number_in(line: &str, letter: &Letter<'_>) -> Option<Address> {
    let fits = |c: char| c.is_ascii_digit() || " +-/().".contains(c);
    let line: String = line.chars().take(300).collect();
    line.split(|c| !fits(c))
        .map(|run| run.trim_matches(|c: char| " -/.)".contains(c)).trim_start_matches("( "))
        .filter(|run| {
            run.starts_with(['+', '0', '(']) && run.chars().filter(char::is_ascii_digit).count() >= 7
        })
        .find_map(|run| letter.phone(run))
}

/// The name in `Rosa Tannwald (0171 …)`; none for withheld numbers.
fn name_beside_number(value: &str) -> Option<String> {
    let name: String = value.chars().take_while(|c| !c.is_ascii_digit() && !"+(<".contains(*c)).collect();
    let name = clean_name(name.trim(), None)?;
    let withheld = [
        "unbekannt",
        "anonym",
        "unterdr",
        "unknown",
        "withheld",
        "private",
        "masqu",
        "inconnu",
        "sconosciuto",
        "nascosto",
    ];
    let lower = name.to_lowercase();
    (!withheld.iter().any(|word| lower.contains(word)) && name.chars().count() <= 60).then_some(name)
}
