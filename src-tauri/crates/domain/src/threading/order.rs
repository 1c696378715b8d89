//! The order number that a message names.
//!
//! Only forms that people mean as a number of a matter count. Dates, prices, telephone numbers and quantities do
//! not: a weekly order for 120 rolls must not grow into one conversation without end.

/// Words before a number that make it the number of a matter, in lower case.
const WORDS: [&str; 38] = [
    "bestellung",
    "bestellnummer",
    "bestellnr",
    "bestell-nr",
    "best.-nr",
    "auftrag",
    "auftragsnummer",
    "auftragsnr",
    "auftrags-nr",
    "order",
    "order-nr",
    "ordernumber",
    "ordernr",
    "commande",
    "ordine",
    "ordinazione",
    "rechnung",
    "rechnungsnummer",
    "rechnungsnr",
    "rechnungs-nr",
    "invoice",
    "facture",
    "fattura",
    "vorgang",
    "vorgangsnummer",
    "ticket",
    "lieferschein",
    "reparatur",
    "reparaturnummer",
    "reparaturauftrag",
    "offerte",
    "angebot",
    "angebotsnummer",
    "devis",
    "preventivo",
    "quote",
    "abholnummer",
    "referenz",
];

/// Words between the two that stand for "number".
const MARKERS: [&str; 13] =
    ["nr", "nr.", "no", "no.", "nummer", "number", "n°", "nº", "num", "numéro", "numero", "num.", "#"];

/// A text up to this length without a subject is read as a subject line: it is a short message.
const SHORT_CHARS: usize = 320;
/// So much of a longer text is looked at.
const LOOKED_AT: usize = 4000;

/// The number in its compared form (`2025-881` → `2025881`, `AB-2207` → `ab2207`); empty for none.
///
/// In the subject and in short messages a number of a telling form is enough (`Wo bleibt 2025-881?`); in longer
/// texts it needs a word before it (`Bestellung`, `order no.`). `text` is the text without quoted history.
pub fn order_key(subject: Option<&str>, text: &str) -> String {
    let subject = subject.unwrap_or_default();
    let found = first(subject, true);
    if !found.is_empty() {
        return found;
    }
    let short = subject.trim().is_empty() && text.chars().nth(SHORT_CHARS).is_none();
    let looked_at: String = text.chars().take(LOOKED_AT).collect();
    first(&looked_at, short)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    Word,
    Marker,
}

fn first(text: &str, loose: bool) -> String {
    let spaced = text.replace('#', " # ").replace([':', '=', '[', ']', '(', ')'], " : ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut before = Before::Nothing;
    for (index, token) in tokens.iter().enumerate() {
        if *token == ":" {
            continue;
        }
        let bare = token.trim_matches(|c: char| !c.is_alphanumeric() && !"#°".contains(c));
        if before != Before::Nothing || loose {
            let followed = tokens.get(index + 1).is_some_and(|next| next.starts_with(char::is_alphabetic));
            if fits(bare, before, followed && bare.len() == token.len()) {
                return bare.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
            }
        }
        before = if is_one_of(&MARKERS, bare) {
            Before::Marker
        } else if is_one_of(&WORDS, bare) {
            Before::Word
        } else {
            Before::Nothing
        };
    }
    String::new()
}

/// Whether a token in any case is one of these words in lower case.
fn is_one_of(words: &[&str], token: &str) -> bool {
    if token.is_ascii() {
        return words.iter().any(|word| word.eq_ignore_ascii_case(token));
    }
    let lower = token.to_lowercase();
    words.iter().any(|word| *word == lower)
}

/// Whether a token is the number of a matter. `followed`: a word comes right behind it, as after a quantity.
fn fits(token: &str, before: Before, followed: bool) -> bool {
    let digits = token.chars().filter(char::is_ascii_digit).count();
    let letters = token.chars().filter(|c| c.is_alphabetic()).count();
    let shape = token.chars().all(|c| c.is_ascii_alphanumeric() || "-/_.".contains(c));
    if !shape || !(3..=20).contains(&digits) || letters > 6 || is_date_or_price(token) {
        return false;
    }
    match before {
        Before::Marker => true,
        Before::Word => letters > 0 || digits > 4 || token.contains(['-', '/']) || !followed,
        Before::Nothing => is_telling(token),
    }
}

/// `2025-881` and `AB-2207`: forms that nothing else has.
fn is_telling(token: &str) -> bool {
    let Some((head, tail)) = token.split_once(['-', '/']) else {
        return false;
    };
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let tail_digits = tail.split(['-', '/']).next().unwrap_or_default();
    let year = head.len() == 4 && head.starts_with("20") && number(head) && tail_digits.len() >= 3;
    let coded = (1..=4).contains(&head.len())
        && head.bytes().all(|b| b.is_ascii_uppercase())
        && tail_digits.len() >= 4;
    (year || coded) && number(tail_digits)
}

/// `12.05.`, `12.05.2025`, `2025-05-12`, `12/05/2025`, `1250.00`.
fn is_date_or_price(token: &str) -> bool {
    let parts: Vec<&str> = token.split(['.', '/', '-']).collect();
    let numbers = parts.iter().all(|part| part.is_empty() || part.bytes().all(|b| b.is_ascii_digit()));
    if !numbers {
        return false;
    }
    let short = |part: Option<&&str>| part.is_some_and(|part| part.len() <= 2);
    token.contains('.')
        || (parts.len() == 3 && short(parts.get(1)) && (short(parts.first()) || short(parts.get(2))))
}
