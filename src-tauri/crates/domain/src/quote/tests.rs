//! Answers of many programs, and the share of a labelled collection that comes out as labelled.

use proptest::prelude::*;

use super::*;
use crate::corpus;

#[test]
fn what_was_written_is_found() {
    let table = [
        (
            "Ja, gern.\n\nAm 12.05.2025 um 09:14 schrieb Laden <laden@shop.example>:\n> Passt Dienstag?\n",
            "Ja, gern.",
        ),
        (
            "Ja, gern.\n\nAm Mo., 12. Mai 2025 um 09:14 Uhr schrieb Laden im Tal <\nladen@shop.example>:\n\n> Passt?",
            "Ja, gern.",
        ),
        ("Oui.\n\nLe lun. 12 mai 2025 à 09:14, Magasin <laden@shop.example> a écrit :\n\n> Mardi ?", "Oui."),
        (
            "Sì.\n\nIl giorno lun 12 mag 2025 alle ore 09:14 Negozio <laden@shop.example> ha scritto:\n> Martedì?",
            "Sì.",
        ),
        ("Yes.\n\nOn Mon, May 12, 2025 at 9:14 AM Shop <laden@shop.example> wrote:\n> Tuesday?", "Yes."),
        ("Ja.\n\n-----Ursprüngliche Nachricht-----\nVon: Laden\nGesendet: Montag\n\nPasst?", "Ja."),
        (
            "Ja.\n\n________________________________\nVon: Laden <laden@shop.example>\nGesendet: Montag, 12. Mai 2025 09:14\nAn: Rosa\nBetreff: Termin\n\nPasst?",
            "Ja.",
        ),
        (
            "Danke\n \nGesendet: Montag, 12. Mai 2025 um 09:14 Uhr\nVon: \"Laden\" <laden@shop.example>\nAn: rosa@kunde.example\nBetreff: Rad\nPasst?",
            "Danke",
        ),
        (
            "Oui.\n\nDe : Magasin\nEnvoyé : lundi 12 mai 2025\nÀ : Rosa\nObjet : Rendez-vous\n\nMardi ?",
            "Oui.",
        ),
        ("Sì.\n\n*Da:* Negozio\n*Inviato:* lunedì\n*A:* Rosa\n*Oggetto:* Appuntamento\n\nMartedì?", "Sì."),
        ("Ja.\n\n-- \nRosa Tannwald\nTalweg 1", "Ja."),
        ("Ja.\n\nVon meinem iPhone gesendet\n\n> Am 12.05.2025 schrieb Laden:\n> Passt?", "Ja."),
        ("Oui\n\nEnvoyé de mon iPhone", "Oui"),
        ("Siehe unten.\n\n---------- Forwarded message ---------\nFrom: X\n\nHallo", "Siehe unten."),
    ];
    for (text, reply) in table {
        assert_eq!(reply_text(text), reply, "{text}");
    }
}

#[test]
fn when_in_doubt_nothing_is_cut() {
    let whole = [
        "Hallo, einfach so.",
        "> Passt Dienstag?\n\nJa.",
        "Hallo\n\nAm 12.05.2025 um 09:14 schrieb Laden:\n> Passt Dienstag?\nJa, gern.\n> Welche Farbe?\nBlau.",
        "Am 3. Mai schrieb ich:\nDas Rad quietscht.",
        "On this day\n\nI wrote something:\n\nread it",
        "Am 12.05.2025 um 09:14 schrieb Laden <laden@shop.example>:\n> nur Zitat",
        "Von: Rosa\nAn: Laden\nDatum: heute\nNachricht: Hallo",
        "Bitte notieren:\nDatum: 12. Mai\nVon: 9 bis 12 Uhr\nDanke",
        "Einkauf:\n- Mehl\n-----\n- Zucker\nDanke",
        "",
        "\n\n",
    ];
    for text in whole {
        assert_eq!(reply_text(text), text);
    }
}

/// At least so many of the labelled replies come out as labelled.
const TRIMMER_FLOOR: f64 = 0.95;

#[test]
fn the_labelled_replies_come_out_as_labelled() {
    let Some(folder) = corpus::path("reply-trimmer/emails") else { return };
    let (mut right, mut wrong) = (0, Vec::new());
    for file in std::fs::read_dir(folder).unwrap() {
        let name = file.unwrap().file_name().to_string_lossy().into_owned();
        let read = |part: &str| {
            corpus::text(&format!("reply-trimmer/{part}/{name}")).unwrap_or_default().replace("\r\n", "\n")
        };
        let (mail, trimmed) = (read("emails"), read("trimmed"));
        if reply_text(&mail).trim() == trimmed.trim() { right += 1 } else { wrong.push(name) }
    }
    let share = f64::from(right) / (f64::from(right) + wrong.len() as f64);
    println!(
        "figure: quoted history, reply-trimmer: {right} of {} as labelled",
        right as usize + wrong.len()
    );
    eprintln!("not as labelled: {wrong:?}");
    assert!(share >= TRIMMER_FLOOR, "{share} {wrong:?}");
}

#[test]
fn the_replies_of_mail_programs_are_found() {
    for (name, start) in [
        ("aol.eml", "Hello"),
        ("comcast.eml", "Hello"),
        ("hotmail.eml", "Hello"),
        ("yahoo.eml", "Hello"),
        ("iphone_reply_text", "Hello"),
        ("sparrow_reply_text", "Hello"),
    ] {
        let Some(raw) = corpus::text(&format!("talon/standard_replies/{name}")) else { return };
        let raw = raw.replace("\r\n", "\n");
        let at = raw.find(&format!("\n{start}")).map_or(0, |at| at + 1);
        let body = raw.split_at(at).1;
        let text = body.split("\n--=").next().unwrap();
        assert_eq!(reply_text(text).trim(), "Hello", "{name}");
    }
}

#[test]
fn long_mails_take_no_longer_than_they_are_long() {
    for line in ["> x\n", "--\n", "On 12.5.2025 10:00 a@b.example wrote:\n\n", "From: a\n", "- - -\n"] {
        let text = format!("Ja.\n{}{}Nein.\n", line.repeat(50_000), "b\n".repeat(20));
        let split = split(&text);
        assert_eq!(split.reply.len() + split.signature.len() + split.quote.len(), text.len());
    }
}

proptest! {
    #[test]
    fn nothing_is_lost(text in "([a-z>: \\-_@.0-9]{0,20}\n|On 12.5.2025 10:00 a@b.example wrote:\n|> x\n|-- \n|From: a\n|To: b\n|Subject: c\n){0,12}") {
        let split = split(&text);
        prop_assert_eq!(format!("{}{}{}", split.reply, split.signature, split.quote), text);
    }

    #[test]
    fn any_text_is_split(text in "\\PC{0,200}") {
        let split = split(&text);
        prop_assert_eq!(format!("{}{}{}", split.reply, split.signature, split.quote), text);
    }
}
