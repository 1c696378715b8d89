//! The keys by which records that may be one customer are found without comparing all with all.
//!
//! Two records that `compare` would link or suggest share a key, with two exceptions: names that contain a slip
//! which changes their sound, and nothing else in common but a number a slip apart; and numbers a slip apart
//! without names of one sound. Both would need a search by distance, and neither is ever more than a suggestion.
//!
//! Not here: where the keys are stored.

use super::Record;
use super::compare::Prepared;
use super::names::{Kind, Token, sound};
use super::reach::mailbox::{self, Mailbox};
use super::reach::numbers::Worth;

/// Shortest local part that is a key without its domain; `anna@` alone would put all Annas together.
const LOCAL_CHARS: usize = 6;

/// The keys of a record, sorted, each once.
pub fn block_keys(record: &Record, home_country: &str) -> Vec<String> {
    keys_of(&Prepared::new(record, home_country))
}

/// The keys of a record that was read before.
pub fn keys_of(record: &Prepared) -> Vec<String> {
    let mut keys = Vec::new();
    for line in &record.reach.lines {
        if matches!(line.worth, Worth::Mobile | Worth::Landline) {
            keys.push(format!("phone:{}", line.value));
        }
    }
    for mail in &record.reach.emails {
        match mail.sort {
            Mailbox::Personal => keys.push(local_key(&mail.folded)),
            Mailbox::Role | Mailbox::Family | Mailbox::Relay | Mailbox::Doubtful => {
                keys.push(format!("mail:{}", mail.value))
            }
            Mailbox::NoReply | Mailbox::Placeholder => {}
        }
    }
    keys.extend(record.reach.repaired_emails.iter().map(|email| local_key(&mailbox::folded(email))));
    keys.extend(record.reach.handles.iter().map(|handle| format!("handle:{}", handle.text)));
    if record.name.kind == Kind::Firm {
        keys.extend(record.name.tokens.iter().map(|word| format!("firm:{}", spoken(&word.text))));
    }
    name_keys(record, &mut keys);
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn local_key(folded: &str) -> String {
    let local = folded.split('@').next().unwrap_or_default();
    if local.chars().count() >= LOCAL_CHARS { format!("local:{local}") } else { format!("mail:{folded}") }
}

/// The sound of a word; of words in other scripts, their beginning.
fn spoken(word: &str) -> String {
    let code = sound::code(word);
    if code.is_empty() { word.chars().take(6).collect() } else { code }
}

/// Surname and first letter of the first name; surname and postcode; first name and postcode. Every reading of the
/// name has its own, and every part of a double name, and every name that a short form stands for.
fn name_keys(record: &Prepared, keys: &mut Vec<String>) {
    for reading in &record.name.readings {
        let initials = reading.given.first().map(Token::initials).unwrap_or_default();
        let given = reading.given.first().map(|given| given.text.as_str());
        let families = reading.family.iter().map(|part| part.text.as_str());
        let born = record.name.born.iter().map(String::as_str);
        for family in families.chain(born).filter(|part| part.chars().count() > 1) {
            let family = spoken(family);
            keys.extend(initials.iter().map(|initial| format!("name:{family}:{initial}")));
            if !record.postcode.is_empty() {
                keys.push(format!("place:{family}:{}", record.postcode));
            }
        }
        if let Some(given) = given.filter(|given| given.chars().count() > 1 && !record.postcode.is_empty()) {
            keys.push(format!("given:{}:{}", spoken(given), record.postcode));
        }
    }
}
