//! What the columns of lists are called in four languages, and how numbers and days are written there.
//!
//! The same words head the columns that are written, so that what went out is understood when it comes back.

use theke_domain::fold;

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// One of the fixed ones, by its word.
    Fixed(&'static str),
    /// One of the shop's own fields, by its name.
    Field(String),
}

/// Words and the heads of columns in German, English, French and Italian; the first is written, the others are understood.
pub const FIXED: &[(&str, [&[&str]; 4])] = &[
    (
        "name",
        [
            &["Name", "Kunde", "Kundenname", "Vollständiger Name", "Anzeigename", "Name Vorname"],
            &["Name", "Full name", "Display name", "Customer", "Customer name", "Contact"],
            &["Nom complet", "Nom et prénom", "Client", "Nom affiché", "Contact"],
            &["Nome completo", "Nome e cognome", "Cliente", "Nome visualizzato", "Nominativo", "Contatto"],
        ],
    ),
    ("first_name", [&["Vorname"], &["First name", "Given name", "Forename"], &["Prénom"], &["Nome"]]),
    (
        "last_name",
        [
            &["Nachname", "Familienname", "Zuname"],
            &["Last name", "Family name", "Surname"],
            &["Nom", "Nom de famille"],
            &["Cognome"],
        ],
    ),
    (
        "company",
        [
            &["Firma", "Unternehmen", "Firmenname", "Betrieb", "Organisation"],
            &["Company", "Organization", "Organization name", "Company name", "Business"],
            &["Entreprise", "Société", "Raison sociale"],
            &["Azienda", "Ditta", "Società", "Ragione sociale"],
        ],
    ),
    (
        "email",
        [
            &["E-Mail", "E-Mail-Adresse", "Mail", "Mailadresse"],
            &["Email", "E-mail address", "Mail"],
            &["E-mail", "Courriel", "Adresse e-mail", "Adresse électronique", "Mél"],
            &["E-mail", "Indirizzo e-mail", "Posta elettronica"],
        ],
    ),
    (
        "phone",
        [
            &[
                "Telefon",
                "Tel",
                "Mobil",
                "Handy",
                "Mobiltelefon",
                "Telefonnummer",
                "Handynummer",
                "Natel",
                "Festnetz",
            ],
            &[
                "Phone",
                "Mobile",
                "Mobile phone",
                "Cell phone",
                "Telephone",
                "Phone number",
                "Home phone",
                "Business phone",
            ],
            &["Téléphone", "Portable", "Mobile", "Numéro de téléphone", "Tél"],
            &["Telefono", "Cellulare", "Telefonino", "Numero di telefono"],
        ],
    ),
    ("handle", [&["Netzwerk"], &["Network name"], &["Réseau"], &["Rete"]]),
    (
        "salutation",
        [
            &["Anrede (Du/Sie)", "Ansprache"],
            &["Form of address (du/sie)"],
            &["Tutoiement (du/sie)"],
            &["Forma di cortesia (du/sie)"],
        ],
    ),
    ("language", [&["Sprache"], &["Language"], &["Langue"], &["Lingua"]]),
    (
        "birthday",
        [
            &["Geburtstag", "Geburtsdatum"],
            &["Birthday", "Date of birth", "Birth date"],
            &["Date de naissance", "Anniversaire"],
            &["Data di nascita", "Compleanno"],
        ],
    ),
    (
        "postcode",
        [
            &["PLZ", "Postleitzahl"],
            &["Postcode", "Zip", "Zip code", "Postal code"],
            &["Code postal", "CP", "NPA"],
            &["CAP", "Codice postale"],
        ],
    ),
    ("country", [&["Land", "Ländercode"], &["Country", "Country code"], &["Pays"], &["Paese", "Nazione"]]),
    ("preferred", [&["Wunschkanal"], &["Preferred channel"], &["Canal préféré"], &["Canale preferito"]]),
    (
        "tags",
        [
            &["Schlagwörter", "Tags", "Kategorien", "Gruppe", "Gruppen"],
            &["Tags", "Categories", "Labels", "Groups", "Group membership"],
            &["Étiquettes", "Catégories", "Mots-clés", "Groupes"],
            &["Etichette", "Categorie", "Gruppi"],
        ],
    ),
    (
        "note",
        [
            &["Notiz", "Notizen", "Bemerkung", "Bemerkungen", "Anmerkung"],
            &["Note", "Notes", "Remark", "Comment", "Comments"],
            &["Note", "Notes", "Remarque", "Remarques", "Commentaire"],
            &["Nota", "Note", "Annotazioni", "Osservazioni"],
        ],
    ),
];

/// What stands before the name of one of the shop's own fields.
const OWN: [&str; 4] = ["Feld: ", "Field: ", "Champ : ", "Campo: "];
/// Parts of an address by post: they become fields of the shop, since a card has no lines of an address.
const PLACES: &[&str] = &[
    "strasse",
    "street",
    "rue",
    "via",
    "indirizzo",
    "adresse",
    "address",
    "anschrift",
    "ort",
    "stadt",
    "wohnort",
    "city",
    "town",
    "ville",
    "localite",
    "citta",
    "localita",
    "hausnummer",
];
/// A column with one of these words is no address, though another word of it says so.
const NO_ADDRESS: &[&str] =
    &["fax", "telefax", "type", "typ", "label", "art", "newsletter", "mailing", "pager"];
const MAILS: &[&str] = &["mail", "email", "courriel", "mel", "e-mail"];
const PHONES: &[&str] = &[
    "telefon",
    "tel",
    "mobil",
    "mobile",
    "handy",
    "phone",
    "telephone",
    "portable",
    "telefono",
    "cellulare",
    "cell",
    "natel",
    "mobiltelefon",
    "rufnummer",
    "festnetz",
    "gsm",
];

/// The head of a column in one of the four languages; the number is left out for the first of several.
pub fn head(word: &str, language: usize, number: usize) -> String {
    let found = FIXED.iter().find(|(known, _)| *known == word);
    let text = found.and_then(|(_, all)| all.get(language)).and_then(|words| words.first()).copied();
    let text = text.unwrap_or(word);
    if number > 1 { format!("{text} {number}") } else { text.to_owned() }
}

/// The head of a column with one of the shop's own fields.
pub fn own_head(field: &str, language: usize) -> String {
    format!("{}{field}", OWN.get(language).copied().unwrap_or("Field: "))
}

/// What a column holds by its head; `None` where nobody can know. `fields`: the shop's own ones.
pub fn guess(head: &str, fields: &[String]) -> Option<Target> {
    let head = head.trim();
    if let Some(name) = OWN.iter().find_map(|own| head.strip_prefix(own)) {
        return Some(Target::Field(name.to_owned()));
    }
    if let Some(name) = fields.iter().find(|name| fold::key(name) == fold::key(head)) {
        return Some(Target::Field(name.clone()));
    }
    let words = plain(head);
    let same = |known: &&str| plain(known) == words;
    let fixed = FIXED.iter().find(|(_, all)| all.iter().any(|of| of.iter().any(same)));
    if let Some((word, _)) = fixed {
        return Some(Target::Fixed(word));
    }
    let any = |of: &[&str]| words.split(' ').any(|word| of.contains(&word));
    match () {
        () if any(NO_ADDRESS) => None,
        () if any(MAILS) => Some(Target::Fixed("email")),
        () if any(PHONES) => Some(Target::Fixed("phone")),
        () if any(PLACES) => Some(Target::Field(head.to_owned())),
        () => None,
    }
}

/// The words of a head without case, accents, signs and numbers: `E-mail 1 - Value` and `E-Mail` are one. "Nom" is the
/// family name where a column for the first name stands beside it; see [`super::csv`].
fn plain(head: &str) -> String {
    let folded = fold::key(&head.replace('-', "").replace("ß", "ss"));
    let words: Vec<String> = folded
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty() && *word != "value" && *word != "wert")
        .map(str::to_owned)
        .collect();
    words.join(" ")
}

/// A day as `YYYY-MM-DD`, or `--MM-DD` where no year stands there. `month_first`: as in the United States. `this_year` tells
/// which century two digits mean.
pub fn day(text: &str, month_first: bool, this_year: i16) -> Option<String> {
    let text = text.trim().trim_end_matches('.').split(['T', ' ']).next()?;
    if let Some(rest) = text.strip_prefix("--") {
        let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
        let (month, day) = (digits.get(..2)?, digits.get(2..4)?);
        return (digits.len() == 4).then(|| made(None, month, day)).flatten();
    }
    let parts: Vec<&str> = text.split(['-', '.', '/']).collect();
    if !parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    match parts.as_slice() {
        [one] if one.len() == 8 => made(Some(one.get(..4)?.parse().ok()?), one.get(4..6)?, one.get(6..)?),
        [year, month, day] if year.len() == 4 => made(Some(year.parse().ok()?), month, day),
        [one, other, year] => {
            let year: i16 = match year.len() {
                4 => year.parse().ok()?,
                2 => {
                    let year: i16 = year.parse().ok()?;
                    let of_now = this_year / 100 * 100 + year;
                    if of_now > this_year { of_now - 100 } else { of_now }
                }
                _ => return None,
            };
            if month_first { made(Some(year), one, other) } else { made(Some(year), other, one) }
        }
        [one, other] if one.len() <= 2 && other.len() <= 2 => {
            if month_first {
                made(None, one, other)
            } else {
                made(None, other, one)
            }
        }
        _ => None,
    }
}

fn made(year: Option<i16>, month: &str, day: &str) -> Option<String> {
    let (month, day): (u8, u8) = (month.parse().ok()?, day.parse().ok()?);
    let longest = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if day == 0 || day > longest {
        return None;
    }
    Some(match year {
        Some(year) if year > 0 => format!("{year:04}-{month:02}-{day:02}"),
        Some(_) => return None,
        None => format!("--{month:02}-{day:02}"),
    })
}

/// A number with a point, of `1.234,50`, `1'234.50`, `1,5` or `12 €`. `None` where it is none, or could be two: `1.234` is one
/// thousand in Germany and one and a bit in England.
pub fn number(text: &str) -> Option<String> {
    let text: String = text
        .trim()
        .trim_end_matches(['€', '$', '%'])
        .trim_start_matches("CHF")
        .trim_start_matches("EUR")
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '\u{2019}'))
        .collect();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest.to_owned()),
        None => ("", text),
    };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (comma, point) = (digits.rfind(','), digits.rfind('.'));
    let (whole, part) = match (comma, point) {
        (None, None) => (digits.clone(), String::new()),
        (Some(comma), Some(point)) => {
            let (whole, part) = digits.split_at_checked(comma.max(point))?;
            (whole.replace([',', '.'], ""), part.chars().skip(1).collect())
        }
        (Some(at), None) | (None, Some(at)) => {
            let (whole, part) = digits.split_at_checked(at)?;
            let part: String = part.chars().skip(1).collect();
            if part.len() == 3 || whole.contains([',', '.']) {
                return None;
            }
            (whole.to_owned(), part)
        }
    };
    // What begins with a nought is a number of a customer or a place and would lose it.
    let code = whole.len() > 1 && whole.starts_with('0');
    if !is_number(&whole) || code || !(part.is_empty() || is_number(&part)) {
        return None;
    }
    let part = part.trim_end_matches('0');
    Some(if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") })
}

/// The ISO code of a country as people write it; empty where it is not known.
pub fn country(text: &str) -> String {
    const NAMES: &[(&str, &[&str])] = &[
        ("DE", &["deutschland", "germany", "allemagne", "germania", "d"]),
        ("AT", &["osterreich", "oesterreich", "austria", "autriche", "a"]),
        ("CH", &["schweiz", "switzerland", "suisse", "svizzera"]),
        ("LI", &["liechtenstein", "fl"]),
        ("FR", &["frankreich", "france", "francia", "f"]),
        ("IT", &["italien", "italy", "italie", "italia", "i"]),
        ("LU", &["luxemburg", "luxembourg", "lussemburgo"]),
        ("BE", &["belgien", "belgium", "belgique", "belgio"]),
        ("NL", &["niederlande", "netherlands", "pays bas", "paesi bassi", "nl"]),
        ("GB", &["grossbritannien", "united kingdom", "royaume uni", "regno unito", "uk", "england"]),
        (
            "US",
            &[
                "usa",
                "vereinigte staaten",
                "united states",
                "united states of america",
                "etats unis",
                "stati uniti",
            ],
        ),
        ("ES", &["spanien", "spain", "espagne", "spagna"]),
        ("PL", &["polen", "poland", "pologne", "polonia"]),
        ("CZ", &["tschechien", "czechia", "czech republic", "tchequie", "repubblica ceca"]),
        ("DK", &["danemark", "denmark", "danimarca"]),
    ];
    let text = text.trim();
    let words = plain(text);
    let named =
        NAMES.iter().find(|(_, names)| names.contains(&words.as_str())).map(|(code, _)| (*code).to_owned());
    named.unwrap_or_else(|| {
        let upper = text.to_ascii_uppercase();
        if crate::settings::is_country(&upper) { upper } else { String::new() }
    })
}

/// The ISO code of a language as people write it; empty where it is not known.
pub fn language(text: &str) -> String {
    const NAMES: &[(&str, &[&str])] = &[
        ("de", &["deutsch", "german", "allemand", "tedesco"]),
        ("en", &["englisch", "english", "anglais", "inglese"]),
        ("fr", &["franzoesisch", "franzosisch", "french", "francais", "francese"]),
        ("it", &["italienisch", "italian", "italien", "italiano"]),
    ];
    let words = plain(text);
    let named =
        NAMES.iter().find(|(_, names)| names.contains(&words.as_str())).map(|(code, _)| (*code).to_owned());
    named.unwrap_or_else(|| {
        let code: String = text.trim().chars().take_while(char::is_ascii_alphabetic).collect();
        if code.len() == 2 { code.to_ascii_lowercase() } else { String::new() }
    })
}

#[cfg(test)]
mod tests;
