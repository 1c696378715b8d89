//! What the shop's own answered messages change, and what they cannot.

use super::super::*;

/// A word of one shop that no training text knows.
const OWN: [(&str, Intent); 6] = [
    ("Grübelkiste am Start?", Intent::StockAvailability),
    ("die Grübelkiste bitte", Intent::StockAvailability),
    ("Grübelkiste heute?", Intent::StockAvailability),
    ("nochmal Grübelkiste", Intent::StockAvailability),
    ("eine Grübelkiste für uns", Intent::StockAvailability),
    ("Grübelkiste", Intent::StockAvailability),
];

fn sure_of(model: &Model, text: &str, intent: Intent) -> f32 {
    let place = Intent::ALL.iter().position(|other| *other == intent).unwrap();
    model.probabilities(text)[place]
}

#[test]
fn the_shops_own_words_are_learned() {
    let refined = model().refined(&OWN);
    let text = "Grübelkiste morgen?";
    let (before, after) = (
        sure_of(model(), text, Intent::StockAvailability),
        sure_of(&refined, text, Intent::StockAvailability),
    );
    assert!(after > before + 0.1, "{before} → {after}");
}

#[test]
fn the_same_examples_give_the_same_model() {
    let (once, again) = (model().refined(&OWN), model().refined(&OWN).refined(&OWN));
    assert_eq!(once.probabilities("Grübelkiste da?"), again.probabilities("Grübelkiste da?"));
    assert_eq!(model().refined(&[]).probabilities("Offen?"), model().probabilities("Offen?"));
}

#[test]
fn wrong_examples_cannot_flip_the_rest() {
    let wrong: Vec<(&str, Intent)> = vec![
        ("Wann habt ihr offen?", Intent::GiftVoucher),
        ("Habt ihr am Montag offen?", Intent::GiftVoucher),
        ("Was kostet ein Haarschnitt?", Intent::OptOut),
        ("Wo kann ich parken?", Intent::Complaint),
        ("Ist mein Velo fertig?", Intent::ThanksOnly),
        ("Kann ich die Hose umtauschen?", Intent::HumanRequested),
    ];
    // However often they are given.
    let many: Vec<(&str, Intent)> = wrong.iter().cycle().take(600).copied().collect();
    let refined = model().refined(&many);
    let clear: [(&str, Intent); 6] = [
        ("Wie sind Ihre Öffnungszeiten am Samstag?", Intent::OpeningHours),
        ("Was verlangt ihr für eine Dauerwelle, wie teuer ist das?", Intent::Price),
        ("Gibt es in der Nähe einen Parkplatz oder ein Parkhaus?", Intent::DirectionsParking),
        ("Ist meine Brille abholbereit?", Intent::PickupReady),
        ("Welche Frist gilt bei euch für eine Rückgabe oder einen Umtausch?", Intent::ReturnExchange),
        ("Könnten Sie mir die Rechnung nochmals als Kopie senden?", Intent::InvoiceCopy),
    ];
    for (text, intent) in clear {
        assert_eq!(model().read(text, None).intent, intent, "{text}");
        assert_eq!(refined.read(text, None).intent, intent, "{text}");
    }
}

#[test]
fn what_is_sensitive_stays_so() {
    let text = "Mein Vater ist gestorben, wann haben Sie offen?";
    let examples = vec![(text, Intent::OpeningHours); 200];
    let reading = model().refined(&examples).read(text, None);
    assert!(reading.sensitive && !reading.acts);
}
