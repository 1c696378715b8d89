//! vCards, there and back.

use super::*;

fn whole() -> Card {
    Card {
        line: 1,
        name: "Käthe Müßig, geb. Groß; die Ältere".to_owned(),
        company: "Rad & Tat; GmbH, Filiale \\ Süd".to_owned(),
        salutation: "du".to_owned(),
        language: "de".to_owned(),
        country: "AT".to_owned(),
        birthday: "1960-09-10".to_owned(),
        postcode: "A-1010".to_owned(),
        addresses: ["kaethe@muessig.example", "+4366412345678", "telegram:4711"].map(str::to_owned).to_vec(),
        tags: ["Stammkundin", "Räder, groß"].map(str::to_owned).to_vec(),
        values: vec![
            Value {
                field: "Rahmen; Größe".to_owned(), kind: "number".to_owned(), value: "56.5".to_owned()
            },
            Value {
                field: "Farbe".to_owned(),
                kind: "text".to_owned(),
                value: "rot,\n\"grün\"; \\blau".to_owned(),
            },
        ],
        notes: vec!["Erste Zeile\nzweite, mit Komma; und \\n".to_owned(), "ü".repeat(200)],
        preferred: "sms".to_owned(),
    }
}

#[test]
fn what_is_written_is_read_again() {
    let card = whole();
    let text = write(&card);
    assert!(text.lines().all(|line| line.len() <= LINE_MAX), "{text}");
    assert_eq!(read(&text, "Anschrift"), [card]);
    let unknown_year =
        Card { line: 1, name: "Bo".to_owned(), birthday: "--02-29".to_owned(), ..Card::default() };
    assert_eq!(read(&write(&unknown_year), "Anschrift"), [unknown_year]);
    let nameless = Card {
        line: 1,
        addresses: vec!["x@y.example".to_owned()],
        company: "X".to_owned(),
        ..Card::default()
    };
    assert_eq!(read(&write(&nameless), "Anschrift"), [nameless]);
}

#[test]
fn several_with_something_between_them() {
    let text = "\u{feff}BEGIN:VCARD\r\nVERSION:3.0\r\nN:Doe;John;;Dr.;\r\nTEL;TYPE=CELL:0151 2345678\r\nEND:VCARD\r\n\
                what is this\r\nBEGIN:VCARD\r\nVERSION:4.0\r\nFN:Bo\r\nTEL;VALUE=uri:tel:+49-151-7777777;ext=5\r\nEND:VCARD\r\n";
    let cards = read(text, "Anschrift");
    let seen: Vec<_> =
        cards.iter().map(|card| (card.line, card.name.as_str(), card.addresses.concat())).collect();
    assert_eq!(
        seen,
        [(1, "Dr. John Doe", "0151 2345678".to_owned()), (7, "Bo", "+49-151-7777777".to_owned())]
    );
}
