//! What an automatic answer says of itself: that no person wrote it, and by which word one is had. Customers are told so in
//! their own language; whoever hides it loses them, and the law of several countries asks for it (EU AI Act, article 50).
//!
//! Not here: the marks on the wire for other programs (`channels`), and the reading of the word ([`crate::command`]).

/// The word that asks for a person, as customers of a language are told it.
pub fn person_word(language: &str) -> &'static str {
    match language {
        "de" => "MENSCH",
        "fr" => "HUMAIN",
        "it" => "PERSONA",
        _ => "HUMAN",
    }
}

/// What is said to a customer who asked for a person.
pub fn person_comes(language: &str) -> &'static str {
    match language {
        "de" => "Gern. Jemand aus dem Laden meldet sich persönlich bei Ihnen.",
        "fr" => "Volontiers. Une personne du magasin vous répondra personnellement.",
        "it" => "Volentieri. Una persona del negozio Le risponderà personalmente.",
        _ => "Of course. Somebody from the shop will get back to you in person.",
    }
}

/// The text with the line that says that it was sent by itself. `short`: where each character costs, as in an SMS.
/// `language` is an ISO 639-1 code; one that is not known here reads English.
pub fn automatic(text: &str, language: &str, short: bool) -> String {
    let word = person_word(language);
    let line = match (language, short) {
        ("de", false) => format!(
            "Diese Antwort wurde automatisch gesendet. Schreiben Sie {word}, dann antwortet Ihnen jemand aus dem Laden."
        ),
        ("de", true) => format!("Automatische Antwort. {word} = persönlich"),
        ("fr", false) => format!(
            "Cette réponse a été envoyée automatiquement. Écrivez {word} et une personne du magasin vous répondra."
        ),
        ("fr", true) => format!("Réponse automatique. {word} = une personne"),
        ("it", false) => format!(
            "Questa risposta è stata inviata automaticamente. Scriva {word} e Le risponderà una persona del negozio."
        ),
        ("it", true) => format!("Risposta automatica. {word} = una persona"),
        (_, false) => {
            format!(
                "This answer was sent automatically. Write {word} and somebody from the shop will answer you."
            )
        }
        (_, true) => format!("Automatic answer. {word} = a person"),
    };
    let gap = if short { "\n" } else { "\n\n" };
    format!("{}{gap}{line}", text.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_names_itself_and_the_way_out_in_each_language() {
        for (language, says) in [
            ("de", "automatisch"),
            ("en", "automatic"),
            ("fr", "automati"),
            ("it", "automatic"),
            ("xx", "automatic"),
        ] {
            for short in [true, false] {
                let marked = automatic("Wir haben bis 18 Uhr offen.\n", language, short);
                assert!(marked.starts_with("Wir haben bis 18 Uhr offen.\n"), "{marked}");
                assert!(marked.to_lowercase().contains(says), "{language}: {marked}");
                assert!(marked.contains(person_word(language)), "{language}: {marked}");
            }
            assert!(automatic("", language, true).len() < automatic("", language, false).len());
        }
    }
}
