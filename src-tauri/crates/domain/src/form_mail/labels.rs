//! Labels of forms in German, English, French and Italian, and the values beside or below them.
//!
//! Labels are compared without accents, case, blanks and signs, and without `Ihre`, `your`, `(optional)`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Letter;
use crate::address::Address;
use crate::matching::written_out;

/// What a label asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The whole name, or the surname if there is a first name.
    Name,
    /// The first name.
    FirstName,
    /// The surname.
    LastName,
    /// An e-mail address.
    Email,
    /// A number.
    Phone,
    /// A mobile number.
    Mobile,
    /// A subject.
    Subject,
    /// What the person wrote.
    Message,
    /// Name and address in one (`From: Rosa <rosa@…>`).
    Sender,
    /// Something else that forms ask or add.
    Other,
}

const NAMES: &str = "name namen vornachname vornameundnachname vorundnachname vornamenachname nachnamevorname namevorname \
    vollstaendigername vollername fullname contactname kontaktname ansprechpartner ansprechpartnerin nom nometprenom nomprenom \
    prenometnom prenomnom nomcomplet nome nomeecognome nomecognome nomecompleto nominativo kunde customer customername client cliente \
    kundenname absendername username";
const FIRST: &str = "vorname firstname givenname prenom nomedibattesimo first";
const LAST: &str = "nachname familienname lastname surname familyname nomdefamille cognome zuname last";
const EMAILS: &str = "email emailadresse mail mailadresse emailaddress mailaddress courriel adresseemail adressemail adressecourriel \
    adresseelectronique adresseemailduclient indirizzoemail postaelettronica indirizzodipostaelettronica kundenemail emaildeskunden \
    emailadressedeskunden customeremail contactemail replyto antwortan kontaktemail mel emailcontact emailkontakt eposta";
const PHONES: &str = "telefon telefonnummer tel telnr telefonnr phone phonenumber telephone telephonenumber numerodetelephone \
    telefono numeroditelefono numerotelefono ntelefono rufnummer festnetz rueckrufnummer rueckruf telefonprivat telefongeschaeft fon \
    contactnumber numero numerotelephone phoneno telno tel1";
const MOBILES: &str = "mobil mobilnummer mobiltelefon mobilephone mobilenumber mobile handy handynummer natel portable telephoneportable \
    cellulare cell cellphone mobilnr handynr whatsapp";
const SUBJECTS: &str = "betreff subject sujet objet oggetto thema anliegen topic titel titre titolo";
const MESSAGES: &str = "nachricht nachrichten nachrichtentext message messagebody messagetext body comment comments commentormessage kommentarodernachricht kommentaroderanfrage commentaireoumessage commentomessaggio commentoomessaggio \
    kommentar kommentare bemerkung bemerkungen mitteilung frage fragen anfrage ihreanfrage text inhalt messaggio commentaire commentaires \
    richiesta demande question questions questionscomments yourquestion corpsdumessage testodelmessaggio corpodelmessaggio enquiry \
    inquiry howcanwehelp anmerkung anmerkungen about";
const SENDERS: &str = "from von de da absender sender expediteur mittente anfragevon";
const OTHERS: &str = "date datum data time uhrzeit heure ora zeit pageurl seitenurl page seite useragent remoteip ip ipadresse ipaddress \
    poweredby url referrer countrycode land country pays paese strasse street rue via adresse address indirizzo plz postleitzahl ort stadt \
    city ville citta zip zipcode postcode postalcode codepostal cap formular form formname formulaire modulo datenschutz zustimmung \
    einwilligung smsconsent consent privacy firma unternehmen company societe azienda organisation anrede salutation civilite fax \
    bestellnummer ordernumber auftragsnummer fileupload anhang attachment ticket website webseite newsletter captcha gesendetam \
    submittedon eingegangenam herkunft quelle kundennummer artikel produkt product";

/// Words before a label that belong to the reader.
const POSSESSIVES: &[&str] = &[
    "ihre", "ihr", "deine", "dein", "your", "votre", "vostro", "vostra", "il tuo", "la tua", "la sua",
    "il suo", "le votre",
];

/// All labels; of one that stands in several lists the last counts.
static KNOWN: LazyLock<HashMap<&'static str, Field>> = LazyLock::new(|| {
    let lists = [
        (OTHERS, Field::Other),
        (SENDERS, Field::Sender),
        (MESSAGES, Field::Message),
        (SUBJECTS, Field::Subject),
        (MOBILES, Field::Mobile),
        (PHONES, Field::Phone),
        (EMAILS, Field::Email),
        (LAST, Field::LastName),
        (FIRST, Field::FirstName),
        (NAMES, Field::Name),
    ];
    lists.iter().flat_map(|(list, field)| list.split_whitespace().map(move |word| (word, *field))).collect()
});

/// What `label` asks for, if it is known.
pub fn field(label: &str) -> Option<Field> {
    let lower = label.trim().to_lowercase();
    let lower = lower.split(['(', '[']).next().unwrap_or_default().trim();
    let bare = POSSESSIVES
        .iter()
        .find_map(|word| lower.strip_prefix(word)?.strip_prefix([' ', '-']))
        .unwrap_or(lower);
    let key = written_out(&bare.chars().take(60).collect::<String>());
    if key.is_empty() {
        return None;
    }
    KNOWN.get(key.as_str()).copied()
}

/// The fields of a form in their order.
#[derive(Debug, Default)]
pub struct Fields {
    found: Vec<(Field, String)>,
}

impl Fields {
    /// The values of a field that are not empty.
    pub fn all(&self, field: Field) -> impl Iterator<Item = &str> {
        self.found.iter().filter(move |(known, _)| *known == field).map(|(_, value)| value.as_str())
    }

    /// The first value of a field.
    pub fn get(&self, field: Field) -> Option<String> {
        self.all(field).next().map(str::to_owned)
    }

    fn has(&self, field: Field) -> bool {
        self.all(field).next().is_some()
    }

    fn add(&mut self, field: Field, value: &str) {
        let value = value.trim();
        if !value.is_empty() {
            self.found.push((field, value.to_owned()));
        }
    }
}

/// A line as label and value: `Label: value`, `Label:`, `Label | value`, `Label<tab>value`, or a known label alone.
fn labelled(line: &str) -> Option<(Field, &str)> {
    let line = line.trim_start_matches(['-', '•', '*', '>', ' ']);
    let cut = line.find([':', '\t', '|', '：']).filter(|at| *at <= 60);
    if let Some(at) = cut {
        let (label, value) = line.split_at_checked(at)?;
        let value = value.trim_start_matches([':', '\t', '|', '*', ' ', '：', '\u{a0}']);
        return field(label.trim_matches(['*', ' ', '\''])).map(|field| (field, value));
    }
    let alone = line.trim_end_matches('*').trim();
    let capital = alone.chars().next().is_some_and(char::is_uppercase);
    (capital && alone.chars().count() <= 40).then(|| field(alone)).flatten().map(|field| (field, ""))
}

/// A row of a table that became text, `E-Mail rosa@…`: a known label and a value of its own sort. The message only
/// where an address stood before, because people begin sentences with such words.
fn row<'a>(line: &'a str, before: &Fields) -> Option<(Field, &'a str)> {
    if !line.starts_with(char::is_uppercase) || line.contains(':') {
        return None;
    }
    let blanks: Vec<usize> = line.match_indices(' ').map(|(at, _)| at).take(3).collect();
    blanks.iter().rev().find_map(|&at| {
        let (label, value) = line.split_at_checked(at)?;
        let (field, value) = (field(label)?, value.trim());
        let words = || value.split_whitespace();
        let digits = value.chars().filter(char::is_ascii_digit).count();
        let fits = match field {
            Field::Email => value.contains('@') && words().count() == 1,
            Field::Phone | Field::Mobile => digits >= 6 && !value.contains(char::is_alphabetic),
            Field::Name | Field::FirstName | Field::LastName => {
                words().count() <= 4
                    && words().all(|word| word.starts_with(char::is_uppercase))
                    && digits == 0
            }
            Field::Message => before.has(Field::Email) && value.starts_with(char::is_uppercase),
            Field::Subject | Field::Sender | Field::Other => false,
        };
        fits.then_some((field, value))
    })
}

/// Lines behind which nothing of the person stands.
fn is_footer(line: &str) -> bool {
    let lower = line.to_lowercase();
    let rule = line.len() >= 2 && line.chars().all(|c| "-–—_=*".contains(c));
    let phrases = [
        "this e-mail was sent from",
        "this email was sent from",
        "this is a notification that",
        "sent via form submission",
        "sent from your",
        "powered by",
        "does this submission look like spam",
        "manage submissions",
        "view submission",
        "diese e-mail wurde",
        "diese nachricht wurde",
        "dies ist eine benachrichtigung",
        "gesendet über",
        "gesendet von",
        "cet e-mail a été",
        "ce message a été",
        "questa e-mail è stata",
        "questo messaggio è stato",
        "to edit your email",
        "you can enable spam filtering",
        "jimdo team",
        "dein jimdo",
        "unsubscribe",
    ];
    rule || phrases.iter().any(|phrase| lower.starts_with(phrase))
}

/// The fields of a text. The first value of a field counts, and what follows the label of the message is the
/// message: up to a footer, to what machines add, or to a label that has not been before.
pub fn fields(lines: &[String]) -> Fields {
    let mut found = Fields::default();
    let mut rest = lines.iter().enumerate();
    while let Some((at, line)) = rest.next() {
        let Some((field, value)) = labelled(line).or_else(|| row(line, &found)) else { continue };
        if field == Field::Message && !found.has(Field::Message) {
            let (message, taken) = message(value, lines.get(at + 1..).unwrap_or_default(), &found);
            found.add(Field::Message, &message);
            if taken > 0 {
                rest.nth(taken - 1);
            }
            continue;
        }
        if found.has(field) && matches!(field, Field::Name | Field::FirstName | Field::LastName) {
            continue;
        }
        let below = || {
            lines
                .iter()
                .skip(at + 1)
                .take(2)
                .find(|line| !line.is_empty())
                .filter(|line| labelled(line).or_else(|| row(line, &found)).is_none())
        };
        let value = if value.trim().is_empty() { below().map_or("", String::as_str) } else { value };
        found.add(field, value);
    }
    found
}

/// The message that begins with `first` and goes on in `lines`, and how many lines it took.
fn message(first: &str, lines: &[String], before: &Fields) -> (String, usize) {
    let ends = |line: &String| {
        is_footer(line)
            || match labelled(line) {
                Some((Field::Message | Field::Subject | Field::Sender, _)) | None => false,
                Some((Field::Other, _)) => line.contains(':') && is_added_by_machine(line),
                Some((field, _)) => line.contains(':') && !before.has(field),
            }
    };
    let taken = lines.iter().position(ends).unwrap_or(lines.len());
    let body = lines.iter().take(taken).map(String::as_str);
    let text = std::iter::once(first.trim()).chain(body).collect::<Vec<_>>().join("\n");
    (text.trim().to_owned(), taken)
}

/// Labels that no person writes.
fn is_added_by_machine(line: &str) -> bool {
    let label = written_out(line.split(':').next().unwrap_or_default());
    let known = "date time pageurl useragent remoteip poweredby ip ipadresse ipaddress url referrer datenschutz smsconsent consent \
        fileupload newsletter captcha countrycode ticket formname";
    known.split_whitespace().any(|word| word == label)
}

/// The head of a forwarded mail: sender, day and recipient below each other.
pub fn is_forwarded(lines: &[String]) -> bool {
    let heads = [
        "gesendet:",
        "sent:",
        "an:",
        "to:",
        "envoyé:",
        "envoyé :",
        "à:",
        "à :",
        "inviato:",
        "a:",
        "cc:",
        "datum:",
        "date:",
    ];
    let senders = ["von:", "from:", "de:", "de :", "da:"];
    let lower: Vec<String> =
        lines.iter().take(200).map(|line| line.trim_start_matches(['>', ' ', '*']).to_lowercase()).collect();
    lower.iter().enumerate().any(|(at, line)| {
        let near = lower.iter().skip(at + 1).take(4);
        senders.iter().any(|head| line.starts_with(head))
            && near.filter(|line| heads.iter().any(|head| line.starts_with(head))).count() >= 2
    })
}

/// The customer's address somewhere in a value (`Rosa <rosa@…>`, `Rosa rosa@…`, `[rosa@…](mailto:rosa@…)`).
pub fn address_in(value: &str, letter: &Letter<'_>) -> Option<Address> {
    let value: String = value.chars().take(400).collect();
    value
        .split(|c: char| c.is_whitespace() || "<>()[]\"',;|".contains(c))
        .filter(|word| word.contains('@'))
        .find_map(|word| letter.email(word.trim_start_matches("mailto:")))
}

/// The name before the address of `From: Rosa Tannwald rosa@…`.
pub fn name_before_address(value: &str) -> Option<String> {
    let words: Vec<&str> = value.split_whitespace().take_while(|word| !word.contains('@')).collect();
    let name = words.join(" ");
    let name = name.trim_matches(|c: char| "<>\"'()".contains(c) || c.is_whitespace());
    (!name.is_empty()).then(|| name.to_owned())
}
