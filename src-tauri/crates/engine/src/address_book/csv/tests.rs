//! Tables as programs write them, and back.

use super::*;

fn cards(text: &str) -> Vec<Card> {
    let table = read(text, None, &[]);
    let targets = table.guess(&[]);
    table.cards(&targets, &BTreeMap::new(), false, 2026)
}

#[test]
fn separators_are_found() {
    for (sign, text) in [
        (';', "Name;E-Mail;Ort\nMüßig, Käthe;k@x.example;Wien, 1. Bezirk\nBo;b@x.example;Graz\n"),
        (',', "Name,Email\n\"Doe; John\",j@x.example\n\"Roe; Jane\",r@x.example\n"),
        ('\t', "Nom\tCourriel\nA, B\ta@x.example\n"),
        ('|', "Nome|E-mail\nA;B|a@x.example\n"),
        (';', "sep=;\nName;E-Mail\nBo;b@x.example\n"),
    ] {
        let table = read(text, None, &[]);
        assert_eq!((table.separator, table.broken.len()), (sign, 0), "{text}");
        assert!(cards(text).iter().all(|card| card.addresses.len() == 1 && !card.name.is_empty()), "{text}");
    }
    assert_eq!(read("sep=;\nName;E-Mail\nBo;b@x.example\n", None, &[]).rows[0].0, 3);
}

#[test]
fn columns_become_a_customer() {
    let text = "Vorname;Nachname;E-Mail;Mobil;Geburtstag;Rahmengröße;Umsatz;Gruppen;Bemerkung;Straße;Unklar\n\
                Käthe;Müßig;a@x.example, b@x.example;0151 2345678;1.2.1960;x;1.234,50;Rot;\"Zeile\nzwei\";Gasse 1;?\n\
                ;;;;31.2.1960;;7,5;;;;\n";
    let found = cards(text);
    assert_eq!(found[0].name, "Käthe Müßig");
    assert_eq!(found[0].addresses, ["a@x.example", "b@x.example", "0151 2345678"]);
    assert_eq!((found[0].birthday.as_str(), found[0].line), ("1960-02-01", 2));
    let values: Vec<_> = found[0].values.iter().map(|v| (v.field.as_str(), v.value.as_str())).collect();
    assert_eq!(values, [("Straße", "Gasse 1")], "unknown columns wait for a person");
    assert_eq!(found[1].notes, ["31.2.1960"], "what is no day is not lost");
    let table = read(text, None, &[]);
    let mut targets = table.guess(&[]);
    targets[6] = Some(Target::Field("Umsatz".to_owned()));
    let found = table.cards(&targets, &BTreeMap::new(), false, 2026);
    let umsatz = |card: &Card| card.values.iter().find(|v| v.field == "Umsatz").cloned().unwrap();
    assert_eq!((umsatz(&found[0]).kind, umsatz(&found[0]).value), ("number".to_owned(), "1234.5".to_owned()));
    assert_eq!(umsatz(&found[1]).value, "7.5");
}

#[test]
fn a_table_without_heads_keeps_its_first_row() {
    let table = read("Bo;b@x.example\nAnn;a@x.example\n", None, &[]);
    assert_eq!((table.heads.as_slice(), table.rows.len()), (&["1".to_owned(), "2".to_owned()][..], 2));
    assert_eq!(table.guess(&[]), [None, Some(Target::Fixed("email"))]);
}

#[test]
fn a_name_without_its_other_half_is_the_whole_name() {
    assert_eq!(cards("Nom;Courriel\nDupont Marie;m@x.example\n")[0].name, "Dupont Marie");
    assert_eq!(cards("Nom;Prénom;Courriel\nDupont;Marie;m@x.example\n")[0].name, "Marie Dupont");
    assert_eq!(cards("Nome;E-mail\nMario Rossi;m@x.example\n")[0].name, "Mario Rossi");
}

#[test]
fn no_cell_begins_a_formula_and_all_come_back() {
    let mut texts: Vec<String> =
        ["=1+1", "+49", "-3", "@x", "\tx", "\rx", "'=x", "''", "  =x", "'", "a=b", "\u{a0}=x", "＝x"]
            .map(str::to_owned)
            .to_vec();
    let shared = std::env::var_os("THEKE_SHARED").map(std::path::PathBuf::from);
    match shared.and_then(|dir| std::fs::read(dir.join("corpora/csv-injection/payloads.json")).ok()) {
        Some(bytes) => texts.extend(serde_json::from_slice::<Vec<String>>(&bytes).unwrap()),
        None => println!("skipped: corpus csv-injection"),
    }
    for text in &texts {
        let written = guarded(text);
        let shown = written.trim_start();
        assert!(!shown.starts_with(FORMULA), "{text:?} as {written:?}");
        assert_eq!(unguarded(&written), text, "{text:?}");
    }
    let card = |note: &String| Card { name: "Bo".to_owned(), notes: vec![note.clone()], ..Card::default() };
    let all: Vec<Card> = texts.iter().map(card).collect();
    let bytes = write(&all, 0, true);
    let text = String::from_utf8(bytes).unwrap();
    for row in csv::ReaderBuilder::new()
        .delimiter(b';')
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes())
        .records()
    {
        for cell in &row.unwrap() {
            assert!(!cell.trim_start().starts_with(FORMULA), "{cell:?}");
        }
    }
    let back = cards(text.trim_start_matches('\u{feff}'));
    let notes: Vec<_> = back.iter().map(|card| card.notes.concat()).collect();
    let wanted: Vec<_> = texts.iter().map(|text| text.trim().to_owned()).collect();
    assert_eq!(notes, wanted);
}

#[test]
fn what_is_written_is_read_again_in_four_languages() {
    let value = |field: &str, kind: &str, value: &str| Value {
        field: field.to_owned(),
        kind: kind.to_owned(),
        value: value.to_owned(),
    };
    let texts = |all: &[&str]| all.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let all = [
        Card {
            name: "Käthe \"Kati\" Müßig; die Ältere".to_owned(),
            company: "Rad, Tat".to_owned(),
            salutation: "du".to_owned(),
            language: "fr".to_owned(),
            country: "AT".to_owned(),
            birthday: "--02-29".to_owned(),
            postcode: "01010".to_owned(),
            addresses: texts(&["a@x.example", "b@x.example", "+4366412345678", "telegram:4711"]),
            tags: texts(&["Rot", "Groß, schnell"]),
            values: vec![value("Farbe", "text", "rot; grün"), value("Größe", "number", "56.5")],
            notes: texts(&["Eins\nzwei", "=drei"]),
            preferred: "sms".to_owned(),
            ..Card::default()
        },
        Card {
            name: "Bo".to_owned(),
            addresses: texts(&["bo@x.example"]),
            tags: texts(&["Rot", "Blau"]),
            ..Card::default()
        },
    ];
    for language in 0..4 {
        let text = String::from_utf8(write(&all, language, false)).unwrap();
        let mut back = cards(&text);
        for card in &mut back {
            card.line = 0;
        }
        assert_eq!(back, all, "language {language}");
    }
}
