//! Sentences that are in no training text, and what is read in them.

use super::super::*;

const READ: [(&str, Intent); 20] = [
    ("Wie lange seid ihr am Ostersamstag da, ist dann offen?", Intent::OpeningHours),
    ("Habt ihr Seidenpapier vorrätig?", Intent::StockAvailability),
    ("Was verlangt ihr für das Schleifen von drei Messern?", Intent::Price),
    ("Ist meine Armbanduhr fertig? Ich käme sie heute abholen.", Intent::PickupReady),
    ("Wo bleibt denn meine Bestellung 7781, ist sie schon verschickt?", Intent::OrderStatus),
    ("Wie lange dauert bei Ihnen das Neubesohlen?", Intent::DeliveryTime),
    ("Kann ich die Handschuhe umtauschen? Sie sind zu klein.", Intent::ReturnExchange),
    ("Ich möchte meinen Termin vom Dienstag verschieben.", Intent::Appointment),
    ("Schicken Sie mir bitte eine Kopie der Rechnung für die Buchhaltung.", Intent::InvoiceCopy),
    ("Wo kann ich bei euch das Auto parkieren?", Intent::DirectionsParking),
    ("Ist der Geschenkgutschein von meiner Gotte noch gültig?", Intent::GiftVoucher),
    ("Bitte keine Werbung mehr schicken.", Intent::OptOut),
    ("Herzlichen Dank, alles bestens!", Intent::ThanksOnly),
    ("Ich möchte mit einem richtigen Menschen reden.", Intent::HumanRequested),
    ("What time do you close on Saturday?", Intent::OpeningHours),
    ("Is my saddle ready to be picked up?", Intent::PickupReady),
    ("Combien coûte un aiguisage de couteaux ?", Intent::Price),
    ("Où puis-je me garer près du magasin ?", Intent::DirectionsParking),
    ("Vorrei spostare l'appuntamento di martedì.", Intent::Appointment),
    ("Mi mandate una copia della fattura?", Intent::InvoiceCopy),
];

#[test]
fn plain_questions_are_read() {
    for (text, intent) in READ {
        let reading = read(text, None);
        assert_eq!(reading.intent, intent, "{text}: {reading:?}");
        assert!(!reading.sensitive, "{text}: {reading:?}");
        assert!(!reading.words.is_empty(), "{text}");
        assert!(reading.words.iter().all(|word| text.contains(word.as_str())), "{text}: {reading:?}");
    }
}

#[test]
fn quoted_history_and_signature_do_not_count() {
    let text = "Wann habt ihr am Samstag offen?\n\nFreundliche Grüsse\nHans Muster\n\n\
        Am 3. März 2025 schrieb Laden <shop@example.com>:\n> Ihre Rechnung ist verstorben, der Anwalt schickt eine Kopie.\n";
    let plain = read("Wann habt ihr am Samstag offen?", None);
    assert_eq!(read(text, None), plain);
    assert!(!plain.sensitive);
}

#[test]
fn what_is_sensitive_does_not_act_whatever_else_it_asks() {
    for text in [
        "Habt ihr am Samstag offen? Mein Vater ist gestorben.",
        "What time do you close? You will hear from my lawyer.",
        "Quels sont vos horaires ? Je suis enceinte.",
        "Orari? Siete dei ladri!",
    ] {
        let reading = read(text, None);
        assert!(reading.sensitive && !reading.acts, "{text}: {reading:?}");
        assert!(!reading.sensitive_words.is_empty(), "{text}");
    }
}

#[test]
fn a_second_question_is_heard_and_keeps_it_from_acting() {
    let reading = read("Habt ihr Seidenpapier vorrätig? Und wo kann man bei euch parkieren?", None);
    assert!(reading.second.is_some(), "{reading:?}");
    assert!(!reading.acts);
}

#[test]
fn what_says_nothing_does_not_act() {
    for text in ["", "   ", "\n\n", "qwrtz", "12345", "🐌", ".", "Lorem ipsum dolor sit amet"] {
        let reading = read(text, None);
        assert!(!reading.acts, "{text:?}: {reading:?}");
    }
}
