//! Any text: nothing panics, ranges fit, time stays in proportion. And opt-outs.

use proptest::prelude::*;

use crate::medium::Medium;
use crate::wish::{is_opt_out, read};

/// Words that mean something to the grammar, so that the random texts reach its branches.
const PIECES: [&str; 44] = [
    "bitte",
    "rufen",
    "Sie",
    "mich",
    "an",
    "nicht",
    "per",
    "SMS",
    "Mail",
    "keine",
    "falls",
    ",",
    ".",
    "?",
    "\n",
    "(",
    ")",
    "und",
    "sondern",
    "immer",
    "lieber",
    "als",
    "ich",
    "call",
    "me",
    "no",
    "text",
    "don't",
    "by",
    "email",
    "appelez-moi",
    "pas",
    "de",
    "chiamatemi",
    "non",
    "079 555 12 12",
    "a@b.example",
    "@radler",
    "Am Weg 3, 8000 Ort",
    "„",
    "“",
    "😀",
    "hier",
    "weder",
];

fn check(text: &str, channel: &str) {
    let wish = read(text, &Medium::new(channel));
    assert_eq!(wish.scope.is_some(), wish.kind.is_some() || !wish.negated.is_empty());
    assert_eq!(wish.scope.is_some(), wish.evidence.is_some());
    if let Some(address) = &wish.new_address {
        assert!(text.contains(address.as_str()));
    }
    if wish.evidence.is_some() {
        assert!(wish.evidence_in(text).is_some_and(|words| !words.is_empty()));
    }
    assert!(!wish.acts() || (!wish.conditional && wish.new_address.is_none()));
    assert!(!wish.negated.iter().any(|refused| Some(refused) == wish.kind.as_ref()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn wish_of_any_text(text in "\\PC{0,200}", channel in "email|sms|phone|whatsapp") {
        check(&text, &channel);
        is_opt_out(&text);
    }

    #[test]
    fn wish_of_any_words(words in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40), channel in "email|sms|phone") {
        check(&words.join(" "), &channel);
    }
}

/// A wish at the end of a long message is found, and one of a million bytes is read in bounded time.
#[test]
fn wish_of_long_texts() {
    let filler = "Das Rad steht noch im Keller und der Reifen ist platt. ".repeat(40);
    let wish = read(&format!("{filler}Bitte rufen Sie mich an."), &Medium::new("email"));
    assert_eq!(wish.kind.as_ref().map(Medium::as_str), Some("phone"));
    check(&"bitte per sms und nicht per mail ".repeat(40_000), "email");
}

#[test]
fn wish_opt_outs() {
    for text in [
        "STOPP",
        "Stop",
        "stop.",
        " STOP! ",
        "ARRET",
        "Arrêt",
        "ARRÊT.",
        "UNSUBSCRIBE",
        "unsubscribe please".split(' ').next().unwrap(),
        "ABMELDEN",
        "abmelden!",
        "Stop all",
        "STOPALL",
        "S T O P",
        "Bitte abmelden",
        "Désabonner",
        "Disiscrivi",
        "cancellami",
        "opt-out",
        "«STOPP»",
        "STOP\n\n> Ihr Salon: Termin morgen um 9",
    ] {
        assert!(is_opt_out(text), "{text}");
    }
    for text in [
        "",
        "Stop texting me, call",
        "Bitte melden Sie mich vom Newsletter ab",
        "Ist das ein Stoppschild?",
        "Nonstop",
        "Ich möchte mich abmelden, Kurs 3",
        "stop by tomorrow?",
        "ja",
        "Termin absagen",
        "Endstation",
        "Bus stop",
    ] {
        assert!(!is_opt_out(text), "{text}");
    }
}
