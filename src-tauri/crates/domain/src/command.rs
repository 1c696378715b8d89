//! A customer's command: a message that is nothing but one word that the program obeys before any rule of the shop.
//!
//! STOPP (leave), MENSCH (a person, please), STATUS with an order number; in German, English, French and Italian. Greeting,
//! thanks and a closing with a name may stand around it, nothing else: in a sentence the same words mean something else
//! (`no person was there`). Which words make a customer leave says `wish::opt_out`; what a number looks like, `threading`.
//!
//! Not here: obeying. Leaving is heeded by `heeding`, the other two by the engine.

use std::ops::Range;

use crate::{fold, quote, threading, wish};

/// Longest message that can be a command, in bytes.
const LONGEST: usize = 160;

/// What the customer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// No messages any more.
    Stop,
    /// A person, please.
    Person,
    /// How far is this order.
    Status {
        /// The number in its compared form (`threading::order_key`).
        order: String,
    },
}

/// Whole messages that ask for a person, folded as `fold::key` does, without greeting and thanks.
const PERSON: [&str; 46] = [
    "mensch",
    "einen menschen",
    "ein mensch",
    "menschen",
    "mit einem menschen",
    "mit mensch sprechen",
    "mit einem menschen sprechen",
    "ich moechte mit einem menschen sprechen",
    "ich will einen menschen",
    "mitarbeiter",
    "mitarbeiterin",
    "einen mitarbeiter",
    "mit einem mitarbeiter sprechen",
    "echter mensch",
    "einen echten menschen",
    "kein bot",
    "kein roboter",
    "person",
    "a person",
    "human",
    "a human",
    "agent",
    "real person",
    "a real person",
    "talk to a person",
    "talk to a human",
    "speak to a person",
    "speak to a human",
    "no bot",
    "humain",
    "un humain",
    "une personne",
    "personne",
    "conseiller",
    "un conseiller",
    "parler a un humain",
    "parler a une personne",
    "parler a quelqu un",
    "persona",
    "una persona",
    "operatore",
    "un operatore",
    "umano",
    "un umano",
    "parlare con una persona",
    "parlare con un operatore",
];
/// Before an order number.
const STATUS: [&str; 6] = ["status", "statut", "stato", "stand", "etat", "auftragsstatus"];
/// Words that may stand before the number.
const NUMBER_WORDS: [&str; 22] = [
    "bestellung",
    "bestellnummer",
    "auftrag",
    "auftragsnummer",
    "order",
    "commande",
    "ordine",
    "rechnung",
    "reparatur",
    "ticket",
    "nr",
    "no",
    "nummer",
    "number",
    "numero",
    "der",
    "of",
    "de",
    "la",
    "dell",
    "du",
    "von",
];
/// What may stand around a command.
const COURTESY: [&str; 44] = [
    "hallo",
    "hi",
    "hey",
    "guten",
    "tag",
    "morgen",
    "abend",
    "moin",
    "servus",
    "gruezi",
    "gruess",
    "gott",
    "sali",
    "hoi",
    "bitte",
    "danke",
    "vielen",
    "dank",
    "hello",
    "dear",
    "good",
    "morning",
    "afternoon",
    "evening",
    "please",
    "thanks",
    "thank",
    "you",
    "bonjour",
    "bonsoir",
    "salut",
    "svp",
    "merci",
    "s",
    "il",
    "vous",
    "plait",
    "ciao",
    "buongiorno",
    "buonasera",
    "grazie",
    "per",
    "favore",
    "cortesia",
];
/// What ends a message; a name may follow.
const CLOSINGS: [&str; 22] = [
    "gruss",
    "gruesse",
    "gruessen",
    "lg",
    "vg",
    "mfg",
    "freundliche",
    "freundlichen",
    "freundlicher",
    "liebe",
    "lieben",
    "viele",
    "beste",
    "besten",
    "regards",
    "kind",
    "cheers",
    "cordialement",
    "salutations",
    "saluti",
    "cordiali",
    "distinti",
];
/// Words of a name behind a closing, the closing itself counted.
const LONGEST_CLOSING: usize = 6;

/// The command that a message is; `None` for any other message.
pub fn read(text: &str) -> Option<Command> {
    if wish::is_opt_out(text) {
        return Some(Command::Stop);
    }
    // Where the answer stands below the question, the quoted lines are still there.
    let written: Vec<&str> =
        quote::reply_text(text).trim().lines().filter(|line| !line.starts_with('>')).collect();
    let reply = written.join("\n");
    if reply.len() > LONGEST {
        return None;
    }
    let words = words(&reply);
    let kept = bare(&words);
    let said: Vec<&str> = kept.iter().map(|word| word.folded.as_str()).collect();
    if PERSON.contains(&said.join(" ").as_str()) {
        return Some(Command::Person);
    }
    let (first, rest) = kept.split_first()?;
    if !STATUS.contains(&first.folded.as_str()) {
        return None;
    }
    let order = number(reply.get(rest.first()?.place.start..rest.last()?.place.end)?)?;
    Some(Command::Status { order })
}

struct Word {
    place: Range<usize>,
    folded: String,
}

fn words(text: &str) -> Vec<Word> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(place) = fold::next_word(text, at) {
        let mut folded = String::new();
        fold::push_spelled(&mut folded, text.get(place.clone()).unwrap_or_default());
        at = place.end;
        found.push(Word { place, folded });
    }
    found
}

/// Without greeting, thanks and closing.
fn bare(words: &[Word]) -> &[Word] {
    let is = |word: &Word, list: &[&str]| list.contains(&word.folded.as_str());
    let closing = words.iter().skip(1).position(|word| is(word, &CLOSINGS)).map(|at| at + 1);
    let closing = closing.filter(|at| words.len() - at <= LONGEST_CLOSING);
    let mut kept = closing.and_then(|at| words.get(..at)).unwrap_or(words);
    if let (Some(_), Some((last, before))) = (closing, kept.split_last())
        && last.folded == "mit"
    {
        kept = before;
    }
    while let Some((_, rest)) = kept.split_first().filter(|(first, _)| is(first, &COURTESY)) {
        kept = rest;
    }
    while let Some((_, rest)) = kept.split_last().filter(|(last, _)| is(last, &COURTESY)) {
        kept = rest;
    }
    kept
}

/// The one number that stands there, beside words for "order" and "number".
fn number(text: &str) -> Option<String> {
    let is_word = |token: &&str| NUMBER_WORDS.contains(&fold::key(token).as_str());
    let mut tokens =
        text.split_whitespace().filter(|token| !is_word(token) && token.chars().any(char::is_alphanumeric));
    let token = tokens.next()?;
    let key = threading::order_key(Some(&format!("order no. {token}")), "");
    (tokens.next().is_none() && !key.is_empty()).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_that_is_a_command() {
        let status = |order: &str| Some(Command::Status { order: order.to_owned() });
        for (text, expected) in [
            ("STOPP", Some(Command::Stop)),
            ("unsubscribe", Some(Command::Stop)),
            ("Arrêt", Some(Command::Stop)),
            ("MENSCH", Some(Command::Person)),
            ("Mensch bitte!", Some(Command::Person)),
            ("Guten Tag, einen Menschen bitte. Danke, LG Rosa Tannwald", Some(Command::Person)),
            ("Mensch\n\nMit freundlichen Grüßen\nRosa Tannwald", Some(Command::Person)),
            ("a person, please", Some(Command::Person)),
            ("Hello, HUMAN please. Thanks!", Some(Command::Person)),
            ("Un humain, s’il vous plaît", Some(Command::Person)),
            ("Bonjour, une personne svp", Some(Command::Person)),
            ("Parler à quelqu’un", Some(Command::Person)),
            ("una persona per favore", Some(Command::Person)),
            ("OPERATORE, grazie", Some(Command::Person)),
            ("> Wie lautet Ihre Nummer?\nMensch", Some(Command::Person)),
            ("STATUS 2025-881", status("2025881")),
            ("Status AB-2207, bitte", status("ab2207")),
            ("status #4471", status("4471")),
            ("Status der Bestellung 4471?", status("4471")),
            ("Hallo, Status Auftrag Nr. 4471. Danke", status("4471")),
            ("Statut de la commande 4471", status("4471")),
            ("stato ordine 4471", status("4471")),
            ("status", None),
            ("status 12.05.2026", None),
            ("status 4471 5512", None),
            ("Was ist der Status meiner Bestellung 4471?", None),
            ("Der Mensch im Laden war nett.", None),
            ("Nobody human was there", None),
            ("personne ne répond", None),
            ("Ich nehme zwei Brote mit, Grüße Mensch", None),
            ("Danke", None),
            ("", None),
            ("?!", None),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn a_long_message_is_none() {
        assert_eq!(read(&format!("Mensch{}", " bitte".repeat(60))), None);
    }
}
