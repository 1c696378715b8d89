//! The word by which somebody who left comes back: the whole message, nothing else.

use crate::wish::opt_out;

/// The words, folded as `fold::forms` does, blanks between them. `ja` and `yes` are none: they answer other questions.
const WORDS: [&str; 27] = [
    "start",
    "unstop",
    "start sms",
    "sms start",
    "start bitte",
    "bitte start",
    "please start",
    "start please",
    "resubscribe",
    "subscribe",
    "optin",
    "opt in",
    "anmelden",
    "wieder anmelden",
    "bitte wieder anmelden",
    "wieder aufnehmen",
    "reprendre",
    "demarrer",
    "reabonner",
    "me reabonner",
    "sabonner",
    "s abonner",
    "riprendi",
    "riprendere",
    "inizia",
    "iscrivimi",
    "iscrivimi di nuovo",
];

/// Whether the whole message takes an opt-out back, whatever its case and punctuation.
pub fn is_opt_in(text: &str) -> bool {
    opt_out::is_one_of(text, &WORDS)
}
