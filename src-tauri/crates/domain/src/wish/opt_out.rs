//! `STOPP` and its like: a message that is nothing but the word by which people leave a list.
//!
//! As a whole message only, because the same words stand in sentences that mean something else (`stop texting, call
//! me`). Networks and laws name the first ones; the others are what people write instead. Answers to the customer's own
//! questions stay allowed; who obeys that decides, not this.

use crate::fold;
use crate::quote;

/// Longest message that can be nothing but a word, in bytes.
const LONGEST: usize = 64;

/// The words, folded as `fold::forms` does (umlauts written out), blanks between them.
const WORDS: [&str; 62] = [
    "stop",
    "stopp",
    "stop all",
    "stopall",
    "stop sms",
    "sms stop",
    "stopp sms",
    "sms stopp",
    "stop bitte",
    "stopp bitte",
    "bitte stop",
    "bitte stopp",
    "please stop",
    "stop please",
    "arret",
    "arreter",
    "arretez",
    "stop svp",
    "stop merci",
    "unsubscribe",
    "unsub",
    "optout",
    "opt out",
    "cancel",
    "quit",
    "end",
    "remove",
    "remove me",
    "unsubscribe me",
    "please unsubscribe",
    "abmelden",
    "abmeldung",
    "abbestellen",
    "austragen",
    "bitte abmelden",
    "bitte austragen",
    "bitte abbestellen",
    "keine werbung",
    "keine werbung mehr",
    "keine werbung bitte",
    "desabonner",
    "desabonnement",
    "me desabonner",
    "desinscrire",
    "desinscription",
    "se desabonner",
    "resilier",
    "disiscrivi",
    "disiscrivimi",
    "disiscrivere",
    "disiscrizione",
    "cancellami",
    "cancellatemi",
    "annulla iscrizione",
    "annulla",
    "basta",
    "ferma",
    "newsletter abmelden",
    "newsletter abbestellen",
    "unsubscribe newsletter",
    "stop newsletter",
    "stop pub",
];

/// Whether the whole message is an opt-out, whatever its case and punctuation.
pub fn is_opt_out(text: &str) -> bool {
    is_one_of(text, &WORDS)
}

/// Whether the whole message is one of these words, whatever its case and punctuation.
pub(crate) fn is_one_of(text: &str, words_known: &[&str]) -> bool {
    let reply = quote::reply_text(text).trim();
    if reply.len() > LONGEST {
        return false;
    }
    let words: Vec<String> = reply
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| fold::forms(word).1)
        .collect();
    // `S T O P`
    let spelled = words.len() > 2 && words.iter().all(|word| word.chars().nth(1).is_none());
    let message = if spelled { words.concat() } else { words.join(" ") };
    words_known.contains(&message.as_str())
}
