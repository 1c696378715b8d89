//! Whether a text asks for a discount or for goodwill, in German, English, French and Italian.
//!
//! A short list of words and no reading of the sentence: what hangs on it is that a person is shown what was granted
//! before, so one banner too many costs little. Not here: what was granted, and to whom.

use crate::fold;

/// Found anywhere in a word, since German puts words together: Mengenrabatt, Preisnachlass.
const WITHIN: [&str; 9] = [
    "rabatt",
    "nachlass",
    "kulanz",
    "kulant",
    "gutschrift",
    "preisminderung",
    "skonto",
    "discount",
    "sconto",
];
/// Beginnings of words.
const BEGINNINGS: [&str; 22] = [
    "ermäßig",
    "vergünstig",
    "entgegenkomm",
    "entschädig",
    "wiedergutmach", // de
    "goodwill",
    "rebate",
    "compensat", // en
    "remise",
    "rabais",
    "ristourne",
    "dédommag",
    "indemnis", // fr
    "sconti",
    "scontar",
    "scontic",
    "scontin",
    "ribass",
    "abbuon",
    "indennizz",
    "risarc",
    "agevolazion", // it
];
/// Words that stand together, each a beginning.
const TOGETHER: [&[&str]; 14] = [
    &["preis", "entgegen"],
    &["am", "preis"],
    &["price", "reduc"],
    &["reduced", "price"],
    &["money", "off"],
    &["knock", "off"],
    &["refund", "gesture"],
    &["gesture", "of"],
    &["partial", "refund"],
    &["geste", "commerc"],
    &["réduction", "de"],
    &["une", "réduction"],
    &["gesto", "commerc"],
    &["riduzione", "del"],
];
/// After "remise" these mean that something is handed over: remise en main propre, remise des clés.
const HANDED_OVER: [&str; 4] = ["en", "des", "du", "contre"];

/// The words that ask for it, as they stand in the text; `None` if none do.
pub fn asks(text: &str) -> Option<&str> {
    let words: Vec<(&str, String)> = words(text).map(|word| (word, fold::key(word))).collect();
    words.iter().enumerate().find_map(|(index, (word, key))| {
        let next = words.get(index + 1);
        if key == "remise" && next.is_some_and(|(_, next)| HANDED_OVER.contains(&next.as_str())) {
            return None;
        }
        let alone = WITHIN.iter().any(|part| key.contains(part))
            || BEGINNINGS.iter().any(|begin| key.starts_with(&fold::key(begin)));
        if alone {
            return Some(*word);
        }
        let together = TOGETHER.iter().any(|parts| {
            parts.iter().enumerate().all(|(offset, part)| {
                words.get(index + offset).is_some_and(|(_, key)| key.starts_with(&fold::key(part)))
            })
        });
        if !together {
            return None;
        }
        next.and_then(|(last, _)| between(text, word, last)).or(Some(*word))
    })
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// From the beginning of one part of the text to the end of a later one.
fn between<'a>(text: &'a str, first: &str, last: &str) -> Option<&'a str> {
    let from = (first.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    let to = (last.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?.checked_add(last.len())?;
    text.get(from..to)
}

#[cfg(test)]
mod tests {
    use super::asks;

    #[test]
    fn who_asks_is_heard_in_four_languages() {
        for (text, words) in [
            ("Können Sie mir noch Rabatt geben?", "Rabatt"),
            ("Gibt es einen Mengenrabatt?", "Mengenrabatt"),
            ("Ich bitte um einen Preisnachlaß.", "Preisnachlaß"),
            ("Aus Kulanz vielleicht?", "Kulanz"),
            ("Ich hätte gern eine GUTSCHRIFT über 20 Euro", "GUTSCHRIFT"),
            ("Eine Ermäßigung wäre fair", "Ermäßigung"),
            ("Ermaessigung?", "Ermaessigung"),
            ("Lässt sich am Preis noch etwas machen?", "am Preis"),
            ("Any chance of a discount?", "discount"),
            ("I would expect a gesture of goodwill.", "gesture of"),
            ("A refund gesture would be nice", "refund gesture"),
            ("Pourriez-vous faire une remise de 10 % ?", "remise"),
            ("Un geste commercial serait apprécié.", "geste commercial"),
            ("J’espère une réduction", "une réduction"),
            ("Mi fate uno sconto?", "sconto"),
            ("Chiedo un gesto commerciale", "gesto commerciale"),
        ] {
            assert_eq!(asks(text), Some(words), "{text}");
        }
    }

    #[test]
    fn who_does_not_ask_is_left_alone() {
        for text in [
            "",
            "Wann haben Sie offen?",
            "Das Licht am Vorderrad geht nicht.",
            "Was kostet der neue Sattel?",
            "Remise en main propre à Lyon, s’il vous plaît",
            "La remise des clés est prévue demain",
            "When can I collect the bike?",
            "Quando posso ritirare la bici?",
            "Ich möchte den Preis wissen",
        ] {
            assert_eq!(asks(text), None, "{text}");
        }
    }
}
