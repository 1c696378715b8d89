//! Subjects without what mail programs put before them.

use crate::fold;

/// What a subject says about the matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject {
    /// Folded, without reply marks and `[tags]`; empty if there is none or if it says nothing (`Anfrage`).
    pub key: String,
    /// A mark of a reply or forwarding stood before it.
    pub reply_like: bool,
}

/// Marks before a colon, folded. German, English, French, Italian, then the other languages of mail programs.
const MARKS: [&str; 44] = [
    "re",
    "aw",
    "antw",
    "antwort",
    "wg",
    "fw",
    "fwd",
    "r",
    "rif",
    "i",
    "tr",
    "rép",
    "rep",
    "réf",
    "ref",
    "sv",
    "vs",
    "vb",
    "rv",
    "res",
    "enc",
    "odp",
    "pd",
    "ynt",
    "ilt",
    "vl",
    "bls",
    "trs",
    "回复",
    "转发",
    "答复",
    "abwesenheit",
    "automatische antwort",
    "abwesenheitsnotiz",
    "automatic reply",
    "auto",
    "autoreply",
    "auto reply",
    "out of office",
    "réponse automatique",
    "absence",
    "risposta automatica",
    "weitergeleitet",
    "assente",
];

/// Subjects that thousands of messages share, folded as [`fold::key`] does.
const GENERIC: [&str; 83] = [
    "anfrage",
    "frage",
    "fragen",
    "eine frage",
    "kurze frage",
    "termin",
    "termine",
    "terminanfrage",
    "bestellung",
    "auftrag",
    "hallo",
    "hi",
    "guten tag",
    "gruezi",
    "info",
    "infos",
    "information",
    "kontakt",
    "kontaktanfrage",
    "nachricht",
    "neue nachricht",
    "kein betreff",
    "ohne betreff",
    "betreff",
    "no subject",
    "none",
    "sans objet",
    "sans sujet",
    "aucun sujet",
    "nessun oggetto",
    "senza oggetto",
    "oggetto",
    "question",
    "questions",
    "demande",
    "une question",
    "rendez vous",
    "rendezvous",
    "rdv",
    "commande",
    "order",
    "my order",
    "ordine",
    "domanda",
    "richiesta",
    "informazioni",
    "appuntamento",
    "appointment",
    "enquiry",
    "inquiry",
    "request",
    "help",
    "hilfe",
    "dringend",
    "urgent",
    "urgente",
    "wichtig",
    "danke",
    "merci",
    "grazie",
    "thanks",
    "thank you",
    "rechnung",
    "invoice",
    "facture",
    "fattura",
    "reparatur",
    "lieferung",
    "reklamation",
    "angebot",
    "offerte",
    "offer",
    "devis",
    "preventivo",
    "reservation",
    "reservierung",
    "prenotazione",
    "test",
    "bonjour",
    "hello",
    "buongiorno",
    "message",
    "messaggio",
];

/// Words that only the subject lines of contact forms have.
const FORMS: [&str; 10] = [
    "kontaktformular",
    "contact form",
    "contactform",
    "formulaire de contact",
    "modulo di contatto",
    "webformular",
    "online formular",
    "onlineformular",
    "web form",
    "modulo contatti",
];

/// Takes marks and tags off the front, as many as there are, and folds the rest.
pub fn subject(raw: &str) -> Subject {
    let mut rest = raw.trim();
    let mut reply_like = false;
    loop {
        if let Some(behind) = without_tag(rest) {
            rest = behind;
        } else if let Some(behind) = without_mark(rest) {
            rest = behind;
            reply_like = true;
        } else {
            break;
        }
    }
    let key = fold::key(rest);
    let key = key.strip_suffix(" fwd").unwrap_or(&key).to_owned();
    let key = if is_generic(&key) { String::new() } else { key };
    Subject { key, reply_like }
}

fn without_tag(text: &str) -> Option<&str> {
    let (_, behind) = text.strip_prefix('[')?.split_once(']')?;
    Some(behind.trim_start())
}

/// `Re:`, `RE :`, `AW[2]:`, `Re^3:` and their like.
fn without_mark(text: &str) -> Option<&str> {
    let (mark, behind) = text.split_once([':', '：'])?;
    if mark.chars().count() > 24 {
        return None;
    }
    let mark = mark.trim().to_lowercase();
    let counted = mark.trim_end_matches(|c: char| c.is_ascii_digit() || "[]()^ *".contains(c));
    MARKS.contains(&counted).then(|| behind.trim_start())
}

fn is_generic(key: &str) -> bool {
    key.chars().nth(2).is_none() || GENERIC.contains(&key) || FORMS.iter().any(|form| key.contains(form))
}
