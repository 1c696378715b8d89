//! Mails of machines as they look, with invented persons, and mails that only pretend.

use proptest::prelude::*;

use super::*;

const OWN: &str = "laden@shop.example";

fn party(text: &str) -> Party {
    let (name, address) =
        text.rsplit_once(" <").map_or((None, text), |(name, rest)| (Some(name), rest.trim_end_matches('>')));
    Party { name: name.map(str::to_owned), address: Address::parse(address, "DE").ok(), raw: text.to_owned() }
}

/// Reads a mail and writes what came out as `kind | name | e-mail | phone | relay | text`, with where it was found.
fn told(from: &str, reply_to: &str, subject: &str, text: &str) -> String {
    let from = party(from);
    let reply_to: Vec<Party> =
        Some(reply_to).filter(|text| !text.is_empty()).map(party).into_iter().collect();
    let own = [party(OWN).address.unwrap(), party("shop.laden@gmail.com").address.unwrap()];
    let letter = Letter { from: &from, reply_to: &reply_to, subject, text, own: &own, home_country: "DE" };
    let Some(found) = read(&letter) else { return "none".to_owned() };
    let place = |found_in: FoundIn| match found_in {
        FoundIn::ReplyTo => "reply",
        FoundIn::Body => "body",
        FoundIn::Subject => "subject",
        FoundIn::From => "from",
    };
    let address = |found: &Option<Found<Address>>| {
        found.as_ref().map_or("-".to_owned(), |f| format!("{} ({})", f.value.value(), place(f.found_in)))
    };
    let name = found.name.as_ref().map_or("-".to_owned(), |f| format!("{} ({})", f.value, place(f.found_in)));
    format!(
        "{:?} | {name} | {} | {} | {} | {}",
        found.kind,
        address(&found.email),
        address(&found.phone),
        address(&found.relay),
        found.text.as_deref().unwrap_or("-").replace('\n', "/"),
    )
}

struct Mail {
    what: &'static str,
    from: &'static str,
    reply_to: &'static str,
    subject: &'static str,
    text: &'static str,
    expected: &'static str,
}

fn check(mails: &[Mail]) {
    for mail in mails {
        assert_eq!(told(mail.from, mail.reply_to, mail.subject, mail.text), mail.expected, "{}", mail.what);
    }
}

#[test]
fn forms_of_wordpress_are_read() {
    check(&[
        Mail {
            what: "Contact Form 7, English template",
            from: "Velo Laden <wordpress@shop.example>",
            reply_to: "rosa@kunde.example",
            subject: "Velo Laden \"Sattel\"",
            text: "From: Rosa Tannwald rosa@kunde.example\nSubject: Sattel\n\nMessage Body:\nMein Sattel wackelt.\n\nKönnen Sie helfen?\n\n-- \nThis is a notification that a contact form was submitted on your website (Velo Laden https://shop.example).",
            expected: "ContactForm | Rosa Tannwald (body) | rosa@kunde.example (reply) | - | - | Mein Sattel wackelt.//Können Sie helfen?",
        },
        Mail {
            what: "Contact Form 7, German template, from the shop's own address",
            from: "Laden <laden@shop.example>",
            reply_to: "",
            subject: "Anfrage",
            text: "Von: Rosa Tannwald <rosa@kunde.example>\nBetreff: Frage\n\nNachrichtentext:\nHaben Sie Messer?\n\n--\nDiese E-Mail wurde von einem Kontaktformular von Laden gesendet",
            expected: "ContactForm | Rosa Tannwald (body) | rosa@kunde.example (body) | - | - | Haben Sie Messer?",
        },
        Mail {
            what: "WPForms, label above value",
            from: "Laden <laden@shop.example>",
            reply_to: "",
            subject: "Neuer Eintrag: Kontaktformular",
            text: "Name\n\nRosa Tannwald\n\nE-Mail\n\nrosa@kunde.example\n\nTelefon\n\n0171 39200 11\n\nKommentar oder Nachricht\n\nBitte um Rückruf.\n\nGesendet von Laden",
            expected: "ContactForm | Rosa Tannwald (body) | rosa@kunde.example (body) | +491713920011 (body) | - | Bitte um Rückruf.",
        },
        Mail {
            what: "Elementor with its footer",
            from: "Laden <email@shop.example>",
            reply_to: "rosa@kunde.example",
            subject: "New message from \"Laden\"",
            text: "Name: Rosa Tannwald\nEmail: rosa@kunde.example\nMessage: Guten Tag\nGeht das bis Freitag?\n\n---\n\nDate: 30. November 2026\nTime: 10:12\nPage URL: https://shop.example/kontakt\nUser Agent: Mozilla/5.0\nRemote IP: 192.0.2.7\nPowered by: Elementor",
            expected: "ContactForm | Rosa Tannwald (body) | rosa@kunde.example (reply) | - | - | Guten Tag/Geht das bis Freitag?",
        },
        Mail {
            what: "Elementor from a sender that nobody reads",
            from: "Laden <noreply@shop.example>",
            reply_to: "rosa@kunde.example",
            subject: "New message from \"Laden\"",
            text: "Name: Rosa Tannwald\nEmail: rosa@kunde.example\nMessage: Guten Tag\nGeht das bis Freitag?\n\n---\n\nDate: 30. November 2026\nTime: 10:12\nPage URL: https://shop.example/kontakt\nPowered by: Elementor",
            expected: "ContactForm | Rosa Tannwald (body) | rosa@kunde.example (reply) | - | - | Guten Tag/Geht das bis Freitag?",
        },
        Mail {
            what: "Gravity Forms, first and last name, French",
            from: "Boutique <no-reply@hebergeur.example>",
            reply_to: "",
            subject: "Nouveau message depuis le formulaire de contact",
            text: "Prénom : Margaux\nNom : Bellerive\nAdresse e-mail : margaux@kunde.example\nTéléphone : +33 6 39 98 01 01\nVotre message : Bonjour,\navez-vous encore ce vase ?",
            expected: "ContactForm | Margaux Bellerive (body) | margaux@kunde.example (body) | +33639980101 (body) | - | Bonjour,/avez-vous encore ce vase ?",
        },
        Mail {
            what: "Italian form",
            from: "Bottega <noreply@hosting.example>",
            reply_to: "",
            subject: "Nuovo messaggio dal modulo di contatto",
            text: "Nome: Giulia\nCognome: Pontevecchio\nE-mail: giulia@kunde.example\nCellulare: +39 333 555 0203\nMessaggio: Buongiorno, siete aperti sabato?",
            expected: "ContactForm | Giulia Pontevecchio (body) | giulia@kunde.example (body) | +393335550203 (body) | - | Buongiorno, siete aperti sabato?",
        },
    ]);
}

#[test]
fn forms_of_site_builders_are_read() {
    check(&[
        Mail {
            what: "Jimdo, address behind the message",
            from: "Jimdo <no-reply@jimdo.com>",
            reply_to: "",
            subject: "Nachricht über https://www.shop.example/kontakt/",
            text: "Hallo, du hast eine Nachricht über deine Jimdo-Seite\nhttps://www.shop.example/kontakt/ erhalten:\n\nName: Rosa Tannwald\nTelefonnummer: 0171 3920011\n\nNachricht: Guten Tag,\nwann haben Sie offen?\n\nE-Mail (optional): rosa@kunde.example",
            expected: "ContactForm | Rosa Tannwald (body) | rosa@kunde.example (body) | +491713920011 (body) | - | Guten Tag,/wann haben Sie offen?",
        },
        Mail {
            what: "Wix",
            from: "Laden <notifications@wix-forms.com>",
            reply_to: "rosa@kunde.example",
            subject: "Kontakt got a new submission",
            text: "Submission summary\nVorname: Rosa\nNachname: Tannwald\nEmail: rosa@kunde.example\nIhre Nachricht: Ist der Tisch noch da?\n\nView submission",
            expected: "ContactForm | Rosa Tannwald (body) | rosa@kunde.example (reply) | - | - | Ist der Tisch noch da?",
        },
        Mail {
            what: "Squarespace, blank lines between fields",
            from: "Squarespace <form-submission@squarespace.info>",
            reply_to: "",
            subject: "Form Submission - Inquiry",
            text: "Sent via form submission from Laden\n\nName: Kim Larkwell\n\nEmail: kim@kunde.example\n\nPhone: +44 7700 900 101\n\nMessage: Hello,\n\nI need a saddle.\n\nManage Submissions\n\nDoes this submission look like spam? Report it here.",
            expected: "ContactForm | Kim Larkwell (body) | kim@kunde.example (body) | +447700900101 (body) | - | Hello,//I need a saddle.",
        },
        Mail {
            what: "Shopify, label on one line and value on the next",
            from: "Laden (Shopify) <mailer@shopify.com>",
            reply_to: "",
            subject: "New customer message on November 30, 2026",
            text: "You received a new message from your online store's contact form.\n\nCountry Code:\nDE\n\nName:\nRosa Tannwald\n\nPhone:\n0171 3920011\n\nEmail:\nrosa@kunde.example\n\nBody:\nWo bleibt mein Paket?",
            expected: "ContactForm | Rosa Tannwald (body) | rosa@kunde.example (body) | +491713920011 (body) | - | Wo bleibt mein Paket?",
        },
        Mail {
            what: "Shopware",
            from: "Laden <laden@shop.example>",
            reply_to: "",
            subject: "Kontaktanfrage",
            text: "Folgende Nachricht wurde über das Kontaktformular an Sie gesendet:\n\nName: Frau Rosa Tannwald\nE-Mail: rosa@kunde.example\nTelefon: 0171 3920011\n\nBetreff: Frage zu Bestellung 10017\n\nNachricht: Wann kommt sie?",
            expected: "ContactForm | Frau Rosa Tannwald (body) | rosa@kunde.example (body) | +491713920011 (body) | - | Wann kommt sie?",
        },
    ]);
}

#[test]
fn tables_that_became_text_are_read() {
    check(&[
        Mail {
            what: "rows without colons",
            from: "Laden <noreply@shop.example>",
            reply_to: "",
            subject: "Kontaktformular",
            text: "Neue Anfrage\n\nName Rosa Tannwald\nE-Mail rosa@kunde.example\nTelefon 0171 39200-11\nNachricht Guten Tag, mein Sattel wackelt.\nName der Firma ist mir entfallen.",
            expected: "ContactForm | Rosa Tannwald (body) | rosa@kunde.example (body) | +491713920011 (body) | - | Guten Tag, mein Sattel wackelt./Name der Firma ist mir entfallen.",
        },
        Mail {
            what: "French rows",
            from: "Boutique <wordpress@shop.example>",
            reply_to: "margaux@kunde.example",
            subject: "Nouveau message",
            text: "Nom complet Margaux Bellerive\nAdresse e-mail margaux@kunde.example\nVotre message Bonjour à tous",
            expected: "ContactForm | Margaux Bellerive (body) | margaux@kunde.example (reply) | - | - | Bonjour à tous",
        },
    ]);
}

#[test]
fn orders_are_read() {
    check(&[
        Mail {
            what: "WooCommerce",
            from: "Laden <laden@shop.example>",
            reply_to: "",
            subject: "[Laden]: Neue Bestellung #1042",
            text: "Neue Bestellung: #1042\n\nDu hast die folgende Bestellung von Rosa Tannwald erhalten:\n\n1 x Messer 49,00 €\n\n----------\n\nRechnungsadresse\n\nRosa Tannwald\nHauptstraße 7\n10115 Berlin\n0171 3920011\nrosa@kunde.example\n\nGlückwunsch zum Verkauf.",
            expected: "Order | Rosa Tannwald (body) | rosa@kunde.example (body) | +491713920011 (body) | - | -",
        },
        Mail {
            what: "Shopify order, answers to the buyer",
            from: "Laden <store+77@shopify.com>",
            reply_to: "Rosa Tannwald <rosa@kunde.example>",
            subject: "[Laden] Order #1042 placed by Rosa Tannwald",
            text: "Rosa Tannwald placed a new order with you.\n\nBilling address:\nRosa Tannwald\nHauptstraße 7\n10115 Berlin",
            expected: "Order | Rosa Tannwald (body) | rosa@kunde.example (reply) | - | - | -",
        },
    ]);
}

#[test]
fn marketplaces_give_a_relay_and_never_an_address() {
    check(&[
        Mail {
            what: "Kleinanzeigen",
            from: "Anna über Kleinanzeigen <anna-7f3a@mail.kleinanzeigen.de>",
            reply_to: "",
            subject: "Nutzer-Anfrage zu deiner Anzeige \"Rennrad\"",
            text: "Nachricht von Anna:\nIst das Rennrad noch da?\nMeine Mail: anna@kunde.example\n\nAntworten\nZur Anzeige: https://www.kleinanzeigen.de/s-anzeige/1",
            expected: "Marketplace | Anna (body) | - | - | anna-7f3a@mail.kleinanzeigen.de (from) | Ist das Rennrad noch da?/Meine Mail: anna@kunde.example",
        },
        Mail {
            what: "Kleinanzeigen, relay in Reply-To, with a number",
            from: "Kleinanzeigen <noreply@mail.kleinanzeigen.de>",
            reply_to: "Tom <tom-99@mail.kleinanzeigen.de>",
            subject: "Anfrage",
            text: "Neue Nachricht von Tom:\nHolen geht Samstag.\n\nAntworten\nTelefonnummer: 0171 3920011",
            expected: "Marketplace | Tom (body) | - | +491713920011 (body) | tom-99@mail.kleinanzeigen.de (reply) | Holen geht Samstag.",
        },
        Mail {
            what: "eBay",
            from: "eBay-Mitglied: kaeufer_123 <a1b2c3@members.ebay.de>",
            reply_to: "",
            subject: "kaeufer_123 hat eine Frage zu Artikel 12",
            text: "Neue Nachricht von: kaeufer_123 (15)\nGeht auch Versand?\n\nAntworten\nNur Käufe über eBay sind geschützt.",
            expected: "Marketplace | kaeufer_123 (body) | - | - | a1b2c3@members.ebay.de (from) | Geht auch Versand?",
        },
        Mail {
            what: "a notice without a buyer",
            from: "Kleinanzeigen <noreply@kleinanzeigen.de>",
            reply_to: "",
            subject: "Deine Anzeige läuft bald ab",
            text: "Hallo, deine Anzeige läuft in drei Tagen ab.",
            expected: "Marketplace | - | - | - | - | -",
        },
    ]);
}

#[test]
fn calls_are_read() {
    check(&[
        Mail {
            what: "FRITZ!Box, message on the answering machine",
            from: "FRITZ!Box <laden@shop.example>",
            reply_to: "",
            subject: "Nachricht von Rosa Tannwald (0171 3920011) auf dem Anrufbeantworter",
            text: "Ihre FRITZ!Box hat eine Nachricht aufgezeichnet.\n\nAnrufer: Rosa Tannwald\nRufnummer: 01713920011\nDatum: 30.11.2026\nDauer: 0:21",
            expected: "Voicemail | Rosa Tannwald (body) | - | +491713920011 (body) | - | -",
        },
        Mail {
            what: "FRITZ!Box, missed call",
            from: "FRITZ!Box 7590 <laden@shop.example>",
            reply_to: "",
            subject: "Verpasster Anruf von 030 23125101",
            text: "Ihre FRITZ!Box meldet einen Anruf in Abwesenheit.",
            expected: "MissedCall | - | - | +493023125101 (subject) | - | -",
        },
        Mail {
            what: "a withheld number",
            from: "FRITZ!Box <laden@shop.example>",
            reply_to: "",
            subject: "Anruf von Unbekannt",
            text: "Rufnummer: unterdrückt",
            expected: "MissedCall | - | - | - | - | -",
        },
        Mail {
            what: "FRITZ!Box with a mailbox of its own at the shop",
            from: "FRITZ!Box <fritzbox@shop.example>",
            reply_to: "",
            subject: "Nachricht vom 30.11.26 09:41 Uhr",
            text: "Ihre FRITZ!Box hat eine neue Sprachnachricht für Sie aufgezeichnet.\n\nAnrufer: 03023125734\nDauer: 0:23",
            expected: "Voicemail | - | - | +493023125734 (body) | - | -",
        },
        Mail {
            what: "French answering service",
            from: "Voxist <message@voxist.com>",
            reply_to: "",
            subject: "Nouveau message vocal de +33 6 39 98 01 01",
            text: "Transcription: Bonjour, rappelez-moi s'il vous plaît.",
            expected: "Voicemail | - | - | +33639980101 (subject) | - | Bonjour, rappelez-moi s'il vous plaît.",
        },
    ]);
}

#[test]
fn what_people_write_is_no_form() {
    let form = "Name: Viktor Opfer\nE-Mail: victim@opfer.example\nTelefon: 0171 3920011\nNachricht: Bitte künftig nur noch per SMS.";
    let forwarded = "---------- Weitergeleitete Nachricht ----------\nVon: Rosa Tannwald <rosa@kunde.example>\nGesendet: Montag\nAn: laden@shop.example\nBetreff: Frage\n\nE-Mail: rosa@kunde.example\nName: Rosa";
    let newsletter =
        "Unsere Angebote der Woche.\n\nKontakt\nE-Mail: hilfe@versand.example\nTelefon: 030 23125101";
    let mallory = "Mallory <mallory@boese.example>";
    let table = [
        (mallory, "", "Kontaktformular", form),
        (mallory, "victim@opfer.example", "Kontaktformular", form),
        // Names and hosts that look like known ones.
        ("no-reply@jimdo.com <mallory@boese.example>", "", "Nachricht über https://shop.example", form),
        ("Jimdo <info@jimdo.com.boese.example>", "", "Kontaktformular", form),
        ("eBay-Mitglied: x <mallory@ebay.de.boese.example>", "", "x", "Neue Nachricht von: x (1)"),
        ("FRITZ!Box <mallory@boese.example>", "", "Anruf von 0900 123456", ""),
        // Somebody at the shop's own provider of free mail.
        ("wordpress <formular.x@gmail.com>", "", "Kontaktformular", form),
        // The shop's own people.
        ("Chefin <laden@shop.example>", "", "WG: Frage", forwarded),
        ("Chefin <laden@shop.example>", "", "Einkauf", "Milch: 2\nBrot: 1"),
        ("Max <max@shop.example>", "", "Anruf heute", form),
        // Advertising that nobody can answer.
        ("Versand <noreply@versand.example>", "", "Angebote", newsletter),
    ];
    for (from, reply_to, subject, text) in table {
        assert_eq!(told(from, reply_to, subject, text), "none", "{from}: {subject}");
    }
}

#[test]
fn who_vouches_for_a_form_is_said() {
    let text = "Name: Rosa Tannwald\nE-Mail: rosa@kunde.example\nNachricht: Hallo";
    let table = [
        ("laden@shop.example", Voucher::Shop),
        ("wordpress@shop.example", Voucher::Shop),
        ("no-reply@jimdo.com", Voucher::KnownSystem),
        ("noreply@hoster.example", Voucher::Nobody),
    ];
    for (from, expected) in table {
        let from = party(from);
        let own = [party(OWN).address.unwrap()];
        let letter = Letter {
            from: &from,
            reply_to: &[],
            subject: "Kontaktformular",
            text,
            own: &own,
            home_country: "DE",
        };
        assert_eq!(read(&letter).map(|found| found.voucher), Some(expected), "{}", from.raw);
    }
}

#[test]
fn the_shop_is_never_the_customer() {
    let told = told(
        "Laden <noreply@shop.example>",
        "laden@shop.example",
        "Kontaktformular",
        "Name: Rosa Tannwald\nE-Mail: verkauf@shop.example\nE-Mail: rosa@kunde.example\nNachricht: Hallo\nE-Mail: dritte@kunde.example",
    );
    assert_eq!(
        told,
        "ContactForm | Rosa Tannwald (body) | rosa@kunde.example (body) | - | - | Hallo/E-Mail: dritte@kunde.example"
    );
}

fn line() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "Name:",
        "E-Mail:",
        "Nachricht:",
        "Telefon",
        "Von:",
        "rosa@kunde.example",
        "laden@shop.example",
        "0171 3920011",
        "--",
        "Rechnungsadresse",
        "Neue Bestellung",
        "Nachricht von",
        "İ",
        "ß",
        "Rosa",
    ]);
    prop_oneof![words.prop_map(str::to_owned), "\\PC{0,40}"]
}

proptest! {
    #[test]
    fn no_text_breaks_it_or_names_the_shop(
        lines in prop::collection::vec(line(), 0..12),
        subject in line(),
        from in prop::sample::select(vec!["laden@shop.example", "no-reply@jimdo.com", "x@mail.kleinanzeigen.de", "noreply@a.example", "fritz@fritz.box"]),
        reply in prop::sample::select(vec!["", "laden@shop.example", "rosa@kunde.example"]),
    ) {
        let told = told(from, reply, &subject, &lines.join("\n"));
        let fields: Vec<&str> = told.split(" | ").collect();
        if let Some(email) = fields.get(2) {
            prop_assert!(!email.starts_with("laden@"), "{told}");
        }
    }

    #[test]
    fn an_ordinary_sender_is_never_a_form(lines in prop::collection::vec(line(), 0..12), subject in line()) {
        let told = told("Rosa <rosa@kunde.example>", "victim@opfer.example", &subject, &lines.join("\n"));
        prop_assert_eq!(told, "none");
    }
}
