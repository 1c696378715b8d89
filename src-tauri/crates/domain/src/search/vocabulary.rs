//! The narrowing words and their values in four languages: German, English, French, Italian. In each row the four words
//! that are offered come first, then others that mean the same.

use super::{Around, Has, Kind, List, Meaning, dates};
use crate::fold;
use crate::medium::{Medium, media};

/// The words of a meaning.
pub(super) struct Words {
    /// One for each language, as they are offered.
    pub offered: [&'static str; 4],
    /// Others that are understood.
    also: &'static [&'static str],
}

const fn words(offered: [&'static str; 4], also: &'static [&'static str]) -> Words {
    Words { offered, also }
}

const KINDS: [(Kind, Words); 6] = [
    (Kind::From, words(["von", "from", "de", "da"], &["absender", "sender", "expéditeur", "mittente"])),
    (
        Kind::In,
        words(["in", "in", "dans", "in"], &["konto", "account", "compte", "status", "statut", "stato", "is"]),
    ),
    (Kind::Channel, words(["kanal", "channel", "canal", "canale"], &["per", "via", "par"])),
    (Kind::Before, words(["vor", "before", "avant", "prima"], &[])),
    (Kind::After, words(["seit", "after", "depuis", "dopo"], &["nach", "ab", "since", "après", "dal"])),
    (Kind::Has, words(["hat", "has", "avec", "con"], &["mit", "with", "contient", "ha"])),
];

pub(super) const LISTS: [(List, Words); 7] = [
    (List::Open, words(["offen", "open", "ouvert", "aperto"], &["offene", "ouverts", "aperti", "inbox"])),
    (List::Waiting, words(["wartet", "waiting", "attente", "attesa"], &["wartend"])),
    (
        List::Snoozed,
        words(["zurückgestellt", "snoozed", "reporté", "rimandato"], &["später", "reportés", "rimandati"]),
    ),
    (
        List::Closed,
        words(
            ["erledigt", "done", "terminé", "concluso"],
            &["closed", "terminés", "conclusi", "archiv", "archive"],
        ),
    ),
    (List::Unread, words(["ungelesen", "unread", "non-lu", "non-letto"], &["neu", "non-lus", "non-letti"])),
    (
        List::Starred,
        words(["markiert", "starred", "suivi", "speciale"], &["stern", "suivis", "speciali", "star"]),
    ),
    (
        List::Spam,
        words(["spam", "spam", "spam", "spam"], &["junk", "indésirable", "indésirables", "indesiderato"]),
    ),
];

pub(super) const HAS: [(Has, Words); 3] = [
    (
        Has::Attachment,
        words(
            ["Anhang", "attachment", "pièce-jointe", "allegato"],
            &[
                "Anhänge",
                "Datei",
                "Dateien",
                "attachments",
                "file",
                "files",
                "pièces-jointes",
                "pj",
                "fichier",
                "allegati",
            ],
        ),
    ),
    (
        Has::Picture,
        words(
            ["Bild", "picture", "image", "immagine"],
            &["Bilder", "Foto", "Fotos", "photo", "photos", "pictures", "images", "immagini"],
        ),
    ),
    (Has::Pdf, words(["PDF", "PDF", "PDF", "PDF"], &["pdfs"])),
];

/// Media with other names than their own.
const MEDIA: [(&str, Words); 5] = [
    (media::EMAIL, words(["E-Mail", "email", "e-mail", "e-mail"], &["mail", "mails", "courriel", "posta"])),
    (media::SMS, words(["SMS", "SMS", "SMS", "SMS"], &["text", "texto"])),
    (
        media::PHONE,
        words(["Telefon", "phone", "téléphone", "telefono"], &["Anruf", "call", "appel", "chiamata"]),
    ),
    (
        media::IN_PERSON,
        words(
            ["persönlich", "in-person", "en-personne", "di-persona"],
            &["Laden", "shop", "magasin", "negozio"],
        ),
    ),
    ("post", words(["Post", "letter", "courrier", "lettera"], &["Brief", "lettre"])),
];

const OURSELVES: Words = words(["mir", "me", "moi", "me"], &["uns", "ich", "us", "nous", "noi", "io"]);

/// The place of a language in a row; German where there are no words in it.
pub(super) fn place(language: &str) -> usize {
    ["de", "en", "fr", "it"].iter().position(|known| *known == language).unwrap_or(0)
}

impl Words {
    /// The word in a language.
    pub(super) fn in_language(&self, language: &str) -> &'static str {
        self.offered.get(place(language)).copied().unwrap_or_default()
    }

    fn all(&self) -> impl Iterator<Item = &'static str> {
        self.offered.into_iter().chain(self.also.iter().copied())
    }

    fn means(&self, typed: &str) -> bool {
        self.all().any(|word| same(word, typed))
    }
}

/// The same word, whatever the case, the accents and the signs between, with `ü` as `u` or `ue`.
pub(super) fn same(word: &str, typed: &str) -> bool {
    let typed = forms(typed);
    forms(word).iter().any(|form| typed.contains(form))
}

/// Whether the word begins so.
pub(super) fn begins_with(word: &str, typed: &str) -> bool {
    let typed = forms(typed);
    forms(word).iter().any(|form| typed.iter().any(|typed| form.starts_with(typed)))
}

fn forms(text: &str) -> Vec<String> {
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    fold::index_text(&letters).split(' ').map(str::to_owned).collect()
}

/// The narrowing word of a kind in a language.
pub(super) fn name(kind: Kind, language: &str) -> &'static str {
    KINDS
        .iter()
        .find(|(known, _)| *known == kind)
        .map_or(kind.word(), |(_, words)| words.in_language(language))
}

/// The kind of a narrowing word in any language.
pub(super) fn kind(name: &str) -> Option<Kind> {
    KINDS.iter().find(|(_, words)| words.means(name)).map(|(kind, _)| *kind)
}

/// What a medium is called in a language.
pub(super) fn medium_name(medium: &Medium, language: &str) -> String {
    let known = MEDIA.iter().find(|(slug, _)| *slug == medium.as_str());
    known.map_or_else(|| medium.as_str().to_owned(), |(_, words)| words.in_language(language).to_owned())
}

/// What a value means.
pub(super) fn meaning(kind: Kind, value: &str, around: &Around<'_>) -> Option<Meaning> {
    if fold::key(value).is_empty() {
        return None;
    }
    match kind {
        Kind::From if OURSELVES.means(value) => Some(Meaning::Ourselves),
        Kind::From => Some(Meaning::Sender(value.to_owned())),
        Kind::In => list(value).map(Meaning::List).or_else(|| account(value, around)),
        Kind::Channel => medium(value, around).map(Meaning::Medium),
        Kind::Before => dates::day(value, around).map(Meaning::Before),
        Kind::After => dates::day(value, around).map(Meaning::After),
        Kind::Has => HAS.iter().find(|(_, words)| words.means(value)).map(|(has, _)| Meaning::Has(*has)),
    }
}

fn list(value: &str) -> Option<List> {
    LISTS.iter().find(|(_, words)| words.means(value)).map(|(list, _)| *list)
}

fn account(value: &str, around: &Around<'_>) -> Option<Meaning> {
    let found = around.accounts.iter().find(|(_, name)| same(name, value))?;
    Some(Meaning::Account(found.0))
}

fn medium(value: &str, around: &Around<'_>) -> Option<Medium> {
    let known = MEDIA.iter().find(|(slug, words)| same(slug, value) || words.means(value));
    let named = known.map(|(slug, _)| Medium::new(*slug));
    named.or_else(|| around.media.iter().find(|medium| same(medium.as_str(), value)).cloned())
}
