//! What the customer wrote now, as ranges of the text: without quoted history, signature, footer, labels of form
//! fields and automatic answers. `quote` cuts what mail programs mark; this cuts what people just put below.

use std::ops::Range;

use crate::quote;

/// Longest line of a closing or of a name in a signature, in characters.
const SHORT_LINE: usize = 48;

/// How a closing begins, lower case. Behind it only a postscript is read.
const CLOSINGS: [&str; 60] = [
    "mit freundlich",
    "freundliche gr",
    "freundlich gr",
    "freundlichst",
    "liebe gr",
    "lieben gr",
    "viele gr",
    "beste gr",
    "besten gr",
    "herzliche gr",
    "herzlich gr",
    "schöne gr",
    "mit besten gr",
    "mit lieben gr",
    "mit gr",
    "gruss",
    "gruß",
    "grüsse",
    "grüße",
    "lg",
    "vg",
    "mfg",
    "hochachtungsvoll",
    "herzlichst",
    "herzlich,",
    "dank und gruss",
    "merci und gr",
    "danke und gr",
    "es grüsst",
    "es grüßt",
    "best regards",
    "kind regards",
    "regards",
    "yours",
    "sincerely",
    "cheers",
    "best wishes",
    "warm regards",
    "all the best",
    "many thanks,",
    "best,",
    "cordialement",
    "bien à vous",
    "salutations",
    "meilleures salutations",
    "avec mes",
    "sincères",
    "amitiés",
    "amicalement",
    "bien cordialement",
    "belles salutations",
    "bien à toi",
    "cordiali",
    "distinti",
    "saluti",
    "un saluto",
    "cari saluti",
    "tanti saluti",
    "un caro saluto",
    "tschau",
];

/// Labels of form fields, lower case, without the colon.
const LABELS: [&str; 44] = [
    "name",
    "vorname",
    "nachname",
    "telefon",
    "tel",
    "tel.",
    "mobil",
    "handy",
    "e-mail",
    "email",
    "mail",
    "adresse",
    "strasse",
    "straße",
    "plz",
    "ort",
    "betreff",
    "firma",
    "anrede",
    "first name",
    "last name",
    "phone",
    "mobile",
    "address",
    "subject",
    "company",
    "nom",
    "prénom",
    "téléphone",
    "portable",
    "courriel",
    "adresse e-mail",
    "objet",
    "société",
    "nome",
    "cognome",
    "telefono",
    "cellulare",
    "indirizzo",
    "oggetto",
    "azienda",
    "e-mail-adresse",
    "telefonnummer",
    "fax",
];

/// Labels of the field that holds the message itself.
const MESSAGE_LABELS: [&str; 12] = [
    "nachricht",
    "ihre nachricht",
    "message",
    "your message",
    "votre message",
    "messaggio",
    "il suo messaggio",
    "mitteilung",
    "anfrage",
    "ihre anfrage",
    "comments",
    "commentaire",
];

/// Words of footers, lower case. The rest of the text behind the beginning of their paragraph is not read.
const FOOTERS: [&str; 16] = [
    "ist vertraulich",
    "vertrauliche informationen",
    "nicht der empfänger",
    "nicht der beabsichtigte",
    "nicht der richtige adressat",
    "irrtümlich erhalten",
    "is confidential",
    "intended recipient",
    "received this email in error",
    "received this message in error",
    "est confidentiel",
    "destinataire prévu",
    "reçu ce message par erreur",
    "è riservat",
    "destinatario indicato",
    "ricevuto questo messaggio per errore",
];

/// Words by which automatic answers are known, lower case.
const AUTOMATIC: [&str; 29] = [
    "automatisch erstellt",
    "automatisch versendet",
    "automatisierte nachricht",
    "automated message",
    "message automatique",
    "messaggio automatico",
    "automatische antwort",
    "abwesenheitsnotiz",
    "abwesenheitsmeldung",
    "automatisch generiert",
    "in dringenden fällen",
    "in dringenden angelegenheiten",
    "bin ich abwesend",
    "bis auf weiteres abwesend",
    "out of office",
    "automatic reply",
    "auto-reply",
    "in urgent cases",
    "for urgent matters",
    "réponse automatique",
    "en cas d'urgence, contactez",
    "en cas d’urgence, contactez",
    "actuellement absent",
    "risposta automatica",
    "fuori ufficio",
    "attualmente assente",
    "in casi urgenti",
    "per urgenze contattare",
    "wird nicht weitergeleitet",
];

/// Words of absence, which are an automatic answer's beside one of `UNTIL`, lower case.
const ABSENT: [&str; 9] = [
    "nicht im büro",
    "ausser haus",
    "außer haus",
    "out of the office",
    "away from my desk",
    "on annual leave",
    "absent du bureau",
    "absente du bureau",
    "fuori sede",
];

/// Until when, and whom to ask meanwhile, lower case.
const UNTIL: [&str; 9] =
    ["bis ", "until ", "jusqu", "fino al", "dringend", "urgent", "automat", "vertretung", "back on"];

/// Words of greetings and thanks, which are written with capitals and are no name, lower case.
const NO_NAMES: [&str; 36] = [
    "guten",
    "tag",
    "abend",
    "morgen",
    "hallo",
    "liebe",
    "lieber",
    "sehr",
    "geehrte",
    "besten",
    "vielen",
    "dank",
    "danke",
    "grüezi",
    "hello",
    "dear",
    "thanks",
    "thank",
    "many",
    "bonjour",
    "merci",
    "madame",
    "monsieur",
    "cher",
    "chère",
    "buongiorno",
    "grazie",
    "gentile",
    "egregio",
    "gentili",
    "good",
    "hi",
    "grüss",
    "bitte",
    "please",
    "servus",
];

/// A text with the ranges that count, and where its signature begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Body {
    /// What is read, in order.
    pub written: Vec<Range<usize>>,
}

/// Finds what was written.
pub(crate) fn of(text: &str) -> Body {
    let reply = quote::reply_text(text);
    if is_automatic(reply) {
        return Body { written: Vec::new() };
    }
    let mut body = Body { written: Vec::new() };
    let mut signature = false;
    let mut start = 0;
    let mut first = true;
    let end = footer(reply).unwrap_or(reply.len());
    let reply = reply.get(..end).unwrap_or_default();
    for line in reply.split_inclusive('\n') {
        let range = start..start + line.len();
        start = range.end;
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with('>') {
            continue;
        }
        let lower = trimmed.to_lowercase();
        if is_postscript(&lower) {
            signature = false;
        } else if !first && (is_closing(trimmed, &lower) || is_name(trimmed)) {
            signature = true;
            continue;
        }
        if !signature && let Some(skipped) = behind_label(line, &lower) {
            body.push(range.start + skipped..range.end);
        }
        first = false;
    }
    body
}

impl Body {
    /// Adds a line; what follows without a gap is one range.
    fn push(&mut self, range: Range<usize>) {
        match self.written.last_mut().filter(|last| last.end == range.start) {
            Some(last) => last.end = range.end,
            None => self.written.push(range),
        }
    }
}

fn is_automatic(text: &str) -> bool {
    let lower = text.to_lowercase();
    let absent =
        ABSENT.iter().any(|words| lower.contains(words)) && UNTIL.iter().any(|words| lower.contains(words));
    absent || AUTOMATIC.iter().any(|words| lower.contains(words))
}

/// Where the paragraph of a footer begins.
fn footer(text: &str) -> Option<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let lower = line.to_lowercase();
        if start > 0 && FOOTERS.iter().any(|words| lower.contains(words)) {
            return Some(start);
        }
        start += line.len();
    }
    None
}

fn is_postscript(lower: &str) -> bool {
    ["ps:", "ps ", "p.s", "ps.", "nb:", "n.b"].iter().any(|mark| lower.starts_with(mark))
}

fn is_closing(line: &str, lower: &str) -> bool {
    let short = line.chars().nth(SHORT_LINE).is_none();
    short
        && CLOSINGS.iter().any(|closing| {
            lower.strip_prefix(closing).is_some_and(|rest| {
                closing.len() > 3 || rest.chars().next().is_none_or(|c| !c.is_alphanumeric())
            })
        })
}

/// A line of two to four words with capitals, such as a name above a telephone number.
fn is_name(line: &str) -> bool {
    if line.chars().nth(SHORT_LINE).is_some() || line.ends_with(['.', '!', '?', ',', ':']) {
        return false;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    (2..=4).contains(&words.len())
        && words.iter().all(|word| {
            let lower = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            word.starts_with(char::is_uppercase)
                && word.chars().all(|c| c.is_alphabetic() || ".-'’".contains(c))
                && !NO_NAMES.contains(&lower.as_str())
                && !word.chars().skip(1).any(char::is_uppercase)
        })
}

/// Bytes at the beginning of a line that are a form's label; none if the whole line is a field other than the message.
fn behind_label(line: &str, lower: &str) -> Option<usize> {
    let Some((label, _)) = lower.split_once(':') else { return Some(0) };
    let label = label.trim_matches(|c: char| c.is_whitespace() || c == '*');
    if LABELS.contains(&label) {
        return None;
    }
    let message = MESSAGE_LABELS.contains(&label);
    Some(if message { line.find(':').map_or(0, |at| at + 1) } else { 0 })
}
