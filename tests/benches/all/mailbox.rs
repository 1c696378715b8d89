//! A generated mailbox, the same for every run: sizes, languages and parts as a small shop's mailbox has them.
//!
//! Of 20,000 messages about 35 % are plain, 45 % carry HTML and 20 % a file; the median is near 29 KB and the mean near
//! 70 KB, so that the whole is about 1.4 GB. Names and addresses are invented. Not here: hostile mail (the corpora).

use std::fmt::Write as _;

use base64::Engine as _;
use theke_tests::mailstack::MailStack;

const GERMAN: &[&str] = &[
    "die",
    "der",
    "und",
    "bitte",
    "Rechnung",
    "Lieferung",
    "Bestellung",
    "Fahrrad",
    "Müller",
    "Straße",
    "Termin",
    "morgen",
    "Abholung",
    "Größe",
    "schön",
    "für",
    "können",
    "möchte",
    "Schlüssel",
    "Werkstatt",
    "Reparatur",
    "Angebot",
    "Preis",
    "Freitag",
    "Öffnungszeiten",
    "Rechnungsnummer",
    "Kundennummer",
    "Lieferschein",
    "zurück",
    "heute",
    "Gutschein",
    "danke",
    "freundlichen",
    "Grüßen",
    "Sattel",
    "Kette",
    "Bremse",
    "Licht",
    "Helm",
    "Kinderrad",
    "Anhänger",
    "wir",
    "Sie",
    "haben",
    "noch",
    "eine",
    "Frage",
    "zum",
    "Artikel",
    "Farbe",
    "blau",
    "grün",
    "rot",
    "leider",
    "kaputt",
    "Garantie",
];
const ENGLISH: &[&str] = &[
    "the",
    "and",
    "please",
    "invoice",
    "delivery",
    "order",
    "bicycle",
    "street",
    "appointment",
    "tomorrow",
    "pickup",
    "size",
    "for",
    "could",
    "would",
    "key",
    "workshop",
    "repair",
    "offer",
    "price",
    "friday",
    "opening",
    "hours",
    "voucher",
    "thanks",
    "regards",
    "saddle",
    "chain",
    "brake",
    "light",
    "helmet",
    "trailer",
    "we",
    "you",
    "have",
    "another",
    "question",
    "about",
];
const SYLLABLES: &[&str] = &[
    "ba", "ren", "tal", "mo", "li", "sen", "ku", "dorf", "wei", "gart", "hol", "zin", "fel", "rau", "po",
    "net",
];
const NAMES: &[&str] =
    &["Rosa", "Hugo", "Lina", "Anton", "Berta", "Emil", "Frieda", "Karl", "Mina", "Otto", "Paula", "Theo"];
const SURNAMES: &[&str] =
    &["Tannwald", "Mohnfeld", "Birkhahn", "Seeblick", "Müllerin", "Großmann", "Lindgrün", "Weißdorn"];

/// How many different people write.
const PEOPLE: usize = 1_500;

/// A source of repeatable choices.
pub struct Choice(fastrand::Rng);

impl Choice {
    /// The choices of this seed.
    pub fn new(seed: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed))
    }

    fn word(&mut self, german: bool) -> String {
        let list = if german { GERMAN } else { ENGLISH };
        match self.0.u32(0..100) {
            // Rare words make up most of a real vocabulary.
            0..18 => (0..self.0.usize(2..5)).map(|_| self.of(SYLLABLES)).collect(),
            18..20 => format!("{}", self.0.u32(1_000..99_999)),
            _ => self.of(list).to_owned(),
        }
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        // Squared, so that the first words are common and the last ones rare.
        let x = self.0.f64();
        let index = ((x * x) * list.len() as f64) as usize;
        list.get(index).copied().unwrap_or("und")
    }

    /// A text of about `bytes`, in lines.
    pub fn text(&mut self, bytes: usize, german: bool) -> String {
        let mut text = String::with_capacity(bytes + 16);
        let mut line = 0;
        while text.len() < bytes {
            let word = self.word(german);
            line += word.len() + 1;
            text.push_str(&word);
            text.push(if line > 70 { '\n' } else { ' ' });
            if line > 70 {
                line = 0;
            }
        }
        text
    }

    /// Person `i`'s name and address.
    pub fn person(index: usize) -> (String, String) {
        let first = NAMES.get(index % NAMES.len()).copied().unwrap_or("Rosa");
        let last = SURNAMES.get((index / NAMES.len()) % SURNAMES.len()).copied().unwrap_or("Tannwald");
        (format!("{first} {last}"), format!("{}.{index}@kunde.example", first.to_lowercase()))
    }

    /// A person, a few of whom write most.
    pub fn somebody(&mut self) -> usize {
        self.somebody_of(PEOPLE)
    }

    /// The same, of so many people.
    pub fn somebody_of(&mut self, people: usize) -> usize {
        let x = self.0.f64();
        ((x * x * x) * people as f64) as usize
    }

    /// A first name and a surname of invented syllables: hundreds of the one and thousands of the other, a few of which
    /// many people share.
    pub fn name(&mut self) -> (String, String) {
        (self.syllables(2), self.syllables(3))
    }

    fn syllables(&mut self, count: usize) -> String {
        let text: String = (0..count).map(|_| self.of(SYLLABLES)).collect();
        let mut letters = text.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }

    /// A subject of a few words.
    pub fn subject(&mut self, german: bool) -> String {
        (0..self.0.usize(2..6)).map(|_| self.word(german)).collect::<Vec<_>>().join(" ")
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0.usize(0..limit.max(1))
    }

    /// True in `percent` of a hundred cases.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.0.u32(0..100) < percent
    }
}

/// Message `index` of a mailbox of `count`; the last one is the newest.
pub fn message(choice: &mut Choice, index: usize, count: usize) -> Vec<u8> {
    let german = choice.chance(65);
    let (name, address) = Choice::person(choice.somebody());
    let at = jiff::Timestamp::from_second(1_790_000_000 - (count - index) as i64 * 900).unwrap_or_default();
    let date = at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string();
    let mut mail = String::new();
    let _ = write!(
        mail,
        "Return-Path: <{address}>\r\nReceived: from mx.kunde.example by localhost with ESMTP; {date}\r\nFrom: {name} <{address}>\r\n\
         To: Alice <alice@test.local>\r\nSubject: {}\r\nDate: {date}\r\nMessage-ID: <bench.{index}@kunde.example>\r\n",
        encoded(&choice.subject(german))
    );
    if index > 10 && choice.chance(30) {
        let parent = index - 1 - choice.below(10);
        let _ = write!(
            mail,
            "In-Reply-To: <bench.{parent}@kunde.example>\r\nReferences: <bench.{parent}@kunde.example>\r\n"
        );
    }
    mail.push_str("MIME-Version: 1.0\r\n");
    let length = 700 + choice.below(1_900);
    let text = choice.text(length, german);
    match choice.below(100) {
        0..35 => plain(&mut mail, &text),
        35..80 => alternative(choice, &mut mail, &text, index, german),
        _ => mixed(choice, &mut mail, &text, index),
    }
    mail.into_bytes()
}

fn encoded(subject: &str) -> String {
    format!("=?utf-8?B?{}?=", base64::engine::general_purpose::STANDARD.encode(subject))
}

fn plain(mail: &mut String, text: &str) {
    mail.push_str("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n");
    mail.push_str(&text.replace('\n', "\r\n"));
}

fn alternative(choice: &mut Choice, mail: &mut String, text: &str, index: usize, german: bool) {
    let _ = write!(mail, "Content-Type: multipart/alternative; boundary=\"b{index}\"\r\n\r\n--b{index}\r\n");
    plain(mail, text);
    let _ = write!(
        mail,
        "\r\n--b{index}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<html><body>"
    );
    for paragraph in text.split('\n') {
        let _ = write!(
            mail,
            "<p style=\"margin:0 0 8px 0;font-family:Arial,sans-serif;font-size:14px;color:#333333\">{paragraph}</p>\r\n"
        );
    }
    let padding = 18_000 + choice.below(50_000);
    let words = choice.text(1_200, german);
    while mail.len() < padding {
        let _ = write!(
            mail,
            "<table role=\"presentation\" width=\"600\" cellpadding=\"0\"><tr><td style=\"padding:4px;background:#f7f8fa\"><!-- layout --></td></tr></table>\r\n"
        );
    }
    let _ = write!(mail, "<p>{}</p></body></html>\r\n--b{index}--\r\n", words.replace('\n', "<br>\r\n"));
}

fn mixed(choice: &mut Choice, mail: &mut String, text: &str, index: usize) {
    let _ = write!(mail, "Content-Type: multipart/mixed; boundary=\"m{index}\"\r\n\r\n--m{index}\r\n");
    plain(mail, text);
    // Three in four are photographs of a phone or a scan, the others small PDF files.
    let bytes =
        if choice.chance(75) { 60_000 + choice.below(420_000) } else { 20_000 + choice.below(60_000) };
    let content: Vec<u8> = std::iter::repeat_with(|| choice.below(256) as u8).take(bytes).collect();
    let _ = write!(
        mail,
        "\r\n--m{index}\r\nContent-Type: image/jpeg; name=\"foto-{index}.jpg\"\r\nContent-Disposition: attachment; filename=\"foto-{index}.jpg\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n"
    );
    let coded = base64::engine::general_purpose::STANDARD.encode(content);
    for line in coded.as_bytes().chunks(76) {
        mail.push_str(&String::from_utf8_lossy(line));
        mail.push_str("\r\n");
    }
    let _ = write!(mail, "--m{index}--\r\n");
}

/// Puts `count` messages into the user's INBOX, the oldest first. `flags`: as Maildir writes them, `S` for read.
pub fn fill(mail: &MailStack, user: &str, count: usize, flags: &str) {
    let mut choice = Choice::new(4711);
    for index in 0..count {
        mail.drop_into_with_flags(user, "INBOX", &message(&mut choice, index, count), flags);
    }
}
