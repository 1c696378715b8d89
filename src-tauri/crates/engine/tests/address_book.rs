//! Lists of customers: taken in with a rehearsal and one undo, written, and taken in again without loss.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod kit;

use std::collections::BTreeMap;
use std::io::Read as _;

use kit::{ROSA, Shop, letter, message};
use theke_domain::authenticity::Outcome;
use theke_domain::message::Incoming;
use theke_engine::api::Code;
use theke_engine::api::types::{ColumnChoice, ContactView, ImportReport, ImportWish};

fn wish(shop: &Shop, name: &str, content: impl AsRef<[u8]>) -> ImportWish {
    let file = shop.dir.parent().unwrap().join(name);
    std::fs::write(&file, content).unwrap();
    ImportWish { file: file.display().to_string(), ..ImportWish::default() }
}

async fn all(shop: &Shop) -> Vec<ContactView> {
    let mut all = shop.api.contacts(None, 100_000).await.unwrap();
    all.sort_by_key(|contact| contact.id);
    all
}

async fn names(shop: &Shop) -> Vec<String> {
    all(shop).await.into_iter().map(|contact| contact.name).collect()
}

fn counts(done: &ImportReport) -> [u64; 5] {
    [done.new, done.changed, done.same, done.merged, done.skipped.len() as u64]
}

const LIST: &str = "Vorname;Nachname;Firma;E-Mail;Mobil;Telefon;PLZ;Gruppe;Bemerkung;Umsatz\n\
    Anna;Beispiel;;anna@kunde.example;0151 2345678;;10115;Stammkunde;mag Rot;1.234,50\n\
    Rosa;Tannwald;Tannwald GmbH;ROSA@kunde.example;;;;;;\n\
    A.;Beispiel;;;0151/2345678;030 1234567;;VIP;;\n\
    Bernd;Nachbar;;bernd@kunde.example;;030 1234567;;;;7,5\n\
    ;;;laden@velo.example;;;;;;\n\
    ;;;;;;;;nur eine Notiz;\n\
    Otto;Ohne;;kein-email@;;;;;;\n";

#[tokio::test]
async fn the_rehearsal_says_what_the_import_then_does() {
    let (shop, _) = Shop::with_a_letter().await;
    let before = names(&shop).await;
    let wish = wish(&shop, "kunden.csv", LIST);
    let said = shop.api.contacts_import_rehearse(wish.clone()).await.unwrap();
    assert_eq!(names(&shop).await, before, "a rehearsal writes nothing");
    assert_eq!(
        (said.format.as_str(), said.separator.as_str(), said.encoding.as_str()),
        ("csv", ";", "UTF-8")
    );
    let holds: Vec<_> = said.columns.iter().map(|column| column.target.as_str()).collect();
    assert_eq!(
        holds,
        [
            "first_name",
            "last_name",
            "company",
            "email",
            "phone",
            "phone",
            "postcode",
            "tags",
            "note",
            "ignore"
        ]
    );
    assert_eq!(counts(&said), [3, 1, 0, 1, 2], "{said:#?}");
    let reasons: Vec<_> = said.skipped.iter().map(|skip| (skip.line, skip.reason.as_str())).collect();
    assert_eq!(reasons, [(6, "ours"), (7, "empty")]);
    let outcomes: Vec<_> = said.lines.iter().map(|line| line.outcome.as_str()).collect();
    assert_eq!(outcomes, ["new", "changed", "merged", "new", "skipped", "skipped", "new"]);
    assert_eq!(said.lines[6].remarks, ["unreadable:kein-email@"]);
    assert_eq!((said.undo_id, said.lines[1].contact_name.as_str()), (None, ROSA.0));

    let done = shop.api.contacts_import(wish.clone()).await.unwrap();
    assert_eq!(counts(&done), counts(&said), "what was shown is what happened");
    assert_eq!(names(&shop).await, ["Rosa Tannwald", "Anna Beispiel", "Bernd Nachbar", "Otto Ohne"]);
    let anna = shop.api.contacts(Some("0151 2345678".into()), 5).await.unwrap();
    let numbers: Vec<_> = anna[0].identities.iter().map(|one| one.address.as_str()).collect();
    // The landline came with the third line, which is the same customer; Bernd's is not taken away from her.
    assert_eq!(numbers, ["anna@kunde.example", "+491512345678", "+49301234567"]);

    let again = shop.api.contacts_import(wish).await.unwrap();
    assert_eq!((again.new, again.changed, again.undo_id), (0, 0, None), "{again:#?}");
}

#[tokio::test]
async fn one_undo_takes_the_whole_list_back_but_nobody_who_wrote_since() {
    let (shop, _) = Shop::with_a_letter().await;
    let before = all(&shop).await;
    let done = shop.api.contacts_import(wish(&shop, "kunden.csv", LIST)).await.unwrap();
    let bernd = letter(2, ("Bernd Nachbar", "bernd@kunde.example"), "Hallo", "Ich bin es");
    shop.receive(vec![message(bernd)]).await;
    shop.api.undo(done.undo_id.unwrap()).await.unwrap();
    let left = names(&shop).await;
    assert_eq!(left, ["Rosa Tannwald", "Bernd Nachbar"]);
    let rosa = all(&shop).await.into_iter().next().unwrap();
    assert_eq!(rosa, before[0], "Rosa is as she was");
    assert!(shop.api.contacts(Some("Anna".into()), 5).await.unwrap().is_empty(), "and in no search");
    assert_eq!(shop.api.undo(done.undo_id.unwrap()).await.unwrap_err().code, Code::TooLate);
    // It can come again.
    let again = shop.api.contacts_import(wish(&shop, "kunden.csv", LIST)).await.unwrap();
    assert_eq!((again.new, again.changed, again.same), (2, 1, 1));
    assert!(shop.api.contacts_import_undo().await.unwrap().is_some());
    assert!(shop.api.contacts_import_undo().await.unwrap().is_none());
}

#[tokio::test]
async fn a_person_changes_what_columns_hold() {
    let shop = Shop::open().await;
    let mut wish = wish(&shop, "liste.csv", LIST);
    wish.columns = vec![
        ColumnChoice { column: 9, target: "field:Umsatz".into() },
        ColumnChoice { column: 8, target: "ignore".into() },
    ];
    let done = shop.api.contacts_import(wish.clone()).await.unwrap();
    assert_eq!(done.columns[9].target, "field:Umsatz");
    let csv = exported(&shop, "csv").await;
    assert!(
        csv.contains("\"Feld: Umsatz\"") && csv.contains("\"1234.5\"") && !csv.contains("mag Rot"),
        "{csv}"
    );
    for target in ["field:", "nonsense"] {
        wish.columns = vec![ColumnChoice { column: 0, target: target.into() }];
        let refused = shop.api.contacts_import_rehearse(wish.clone()).await.unwrap_err();
        assert_eq!((refused.code, refused.params["field"].as_str()), (Code::BadInput, "columns"));
    }
    wish.file.push_str(".nicht");
    wish.columns.clear();
    assert_eq!(shop.api.contacts_import(wish).await.unwrap_err().params["field"], "file");
}

#[tokio::test]
async fn what_a_person_wrote_stays_unless_the_list_is_right() {
    let (shop, _) = Shop::with_a_letter().await;
    let rosa = all(&shop).await[0].id;
    shop.api.contact_rename(rosa, "Frau Tannwald").await.unwrap();
    let list = "Name;E-Mail\nRosalinde Tannwald;rosa@kunde.example\n";
    let mut wish = wish(&shop, "liste.csv", list);
    let said = shop.api.contacts_import(wish.clone()).await.unwrap();
    assert_eq!((said.same, said.lines[0].remarks[0].as_str()), (1, "kept:name"));
    assert_eq!(names(&shop).await, ["Frau Tannwald"]);
    wish.overwrite = true;
    let done = shop.api.contacts_import(wish).await.unwrap();
    assert_eq!(names(&shop).await, ["Rosalinde Tannwald"]);
    shop.api.undo(done.undo_id.unwrap()).await.unwrap();
    assert_eq!(names(&shop).await, ["Frau Tannwald"]);
}

#[tokio::test]
async fn letters_of_windows_and_two_customers_in_one_line() {
    let shop = Shop::open().await;
    let text = "Name;E-Mail\nKäthe Müßig;k@x.example\nJürgen Größer;j@x.example\n";
    let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let done = shop.api.contacts_import(wish(&shop, "alt.csv", bytes)).await.unwrap();
    assert_eq!((done.encoding.as_str(), done.new), ("windows-1252", 2));
    assert_eq!(names(&shop).await, ["Käthe Müßig", "Jürgen Größer"]);
    let both = "Name;E-Mail;E-Mail 2\nWer;k@x.example;j@x.example\n";
    let done = shop.api.contacts_import(wish(&shop, "beide.csv", both)).await.unwrap();
    assert_eq!(done.skipped[0].reason, "two_customers");
}

/// A shop with all that a card can hold, by way of a vCard.
async fn full_shop() -> Shop {
    let shop = Shop::open().await;
    let cards = "BEGIN:VCARD\nVERSION:4.0\nFN:Käthe Müßig\\, geb. Groß\nORG:Rad\\; Tat\nEMAIL:kaethe@muessig.example\n\
        EMAIL:zweite@muessig.example\nTEL;VALUE=uri:tel:+43-664-12345678\nTEL:030 1234567\nBDAY:19600910\n\
        ADR:;;;;;A-1010;Österreich\nLANG:de-AT\nCATEGORIES:Stammkundin,Räder\\, groß\n\
        NOTE:Erste Zeile\\nzweite\nNOTE:=HYPERLINK(\"x\")\nX-THEKE-SALUTATION:du\nX-THEKE-PREFERRED:sms\n\
        X-THEKE-FIELD:[\"Rahmen\"\\,\"number\"\\,\"56.5\"]\nX-THEKE-FIELD:[\"Farbe\"\\,\"text\"\\,\"rot\\; grün\"]\nEND:VCARD\n\
        BEGIN:VCARD\nVERSION:3.0\nN:Nachbar;Bernd\nBDAY:--02-29\nTEL;TYPE=CELL:0151 2345678\nEND:VCARD\n\
        BEGIN:VCARD\nVERSION:3.0\nFN:\nORG:Nur Firma\nEMAIL:info@firma.example\nEND:VCARD\n";
    let done = shop.api.contacts_import(wish(&shop, "alle.vcf", cards)).await.unwrap();
    assert_eq!((done.format.as_str(), done.new, done.skipped.len()), ("vcard", 3, 0), "{done:#?}");
    shop
}

async fn exported(shop: &Shop, format: &str) -> String {
    let file = shop.dir.parent().unwrap().join(format!("export.{format}"));
    let done = shop.api.contacts_export(file.clone(), format, false).await.unwrap();
    assert_eq!(done.contacts as usize, all(shop).await.len());
    std::fs::read_to_string(file).unwrap()
}

#[tokio::test]
async fn everything_goes_out_and_comes_back_without_loss() {
    let shop = full_shop().await;
    for language in ["de", "en", "fr", "it"] {
        shop.api.settings_set("shop.language", language).await.unwrap();
        for format in ["vcard", "csv"] {
            let written = exported(&shop, format).await;
            let other = Shop::open().await;
            other.api.settings_set("shop.language", language).await.unwrap();
            let done = other.api.contacts_import(wish(&other, "alle", &written)).await.unwrap();
            assert_eq!((done.new, done.skipped.len()), (3, 0), "{format}: {done:#?}");
            let remarks: Vec<_> = done.lines.iter().flat_map(|line| &line.remarks).collect();
            assert!(remarks.is_empty(), "{remarks:?}");
            assert_eq!(exported(&other, format).await, written, "{format} in {language}");
            // By the other format as well: nothing is lost in one of them.
            let cross = if format == "csv" { "vcard" } else { "csv" };
            assert_eq!(exported(&other, cross).await, exported(&shop, cross).await, "{cross} after {format}");
        }
    }
}

#[tokio::test]
async fn a_sender_who_is_perhaps_somebody_else_is_in_no_list() {
    let shop = full_shop().await;
    let before = exported(&shop, "csv").await;
    let forged =
        Incoming { authentication: Some(Outcome::Fail), ..letter(1, ROSA, "Rechnung", "Bitte zahlen") };
    shop.receive(vec![message(forged)]).await;
    for format in ["csv", "vcard"] {
        let file = shop.dir.parent().unwrap().join(format!("liste.{format}"));
        let done = shop.api.contacts_export(file.clone(), format, false).await.unwrap();
        let written = std::fs::read_to_string(file).unwrap();
        assert_eq!((done.contacts, written.contains(ROSA.1)), (3, false), "{format}: {written}");
    }
    assert_eq!(all(&shop).await.len(), 4);
    assert!(!before.contains("unverified"));
}

#[tokio::test]
async fn everything_there_is_goes_into_a_zip() {
    let shop = full_shop().await;
    let mut with_file = letter(7, ROSA, "Foto", "Siehe Anhang");
    with_file.source = Some(b"From: rosa@kunde.example\r\n\r\nSiehe Anhang".to_vec());
    shop.receive(vec![message(with_file)]).await;
    let id = all(&shop).await.iter().find(|one| one.name == ROSA.0).unwrap().id;
    let conversation = shop.api.contact(id, None).await.unwrap().conversations[0];
    shop.api.note_add(conversation, "Notiz für die Kiste").await.unwrap();
    shop.answer(conversation, "Danke für das Foto", None).await;
    let file = shop.dir.parent().unwrap().join("alles.zip");
    let done = shop.api.contacts_export(file.clone(), "json", false).await.unwrap();
    assert_eq!((done.contacts, done.messages, done.missing.len()), (4, 2, 0));

    let mut zip = zip::ZipArchive::new(std::fs::File::open(&file).unwrap()).unwrap();
    let names: Vec<String> = zip.file_names().map(str::to_owned).collect();
    let mut read = |name: &str| -> String {
        let mut text = String::new();
        zip.by_name(name)
            .unwrap_or_else(|_| panic!("{name} in {names:?}"))
            .read_to_string(&mut text)
            .unwrap();
        text
    };
    let about: serde_json::Value = serde_json::from_str(&read("theke.json")).unwrap();
    let rows: BTreeMap<String, u64> = serde_json::from_value(about["rows"].clone()).unwrap();
    for (table, count) in &rows {
        let text = read(&format!("tables/{table}.jsonl"));
        let lines: Vec<serde_json::Value> =
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len() as u64, *count, "{table}");
        assert!(table != "accounts" || lines.iter().all(|line| line.get("secrets").is_none()), "no password");
    }
    assert_eq!(read("messages/1.eml"), "From: rosa@kunde.example\r\n\r\nSiehe Anhang");
    let bodies = read("tables/message_bodies.jsonl");
    assert!(bodies.contains("Siehe Anhang") && bodies.contains("Danke für das Foto"), "{bodies}");
    assert!(read("tables/entries.jsonl").contains("Notiz für die Kiste"));
    assert!(read("tables/outbox.jsonl").contains("Danke für das Foto"));
    let refused = shop.api.contacts_export(file.join("nowhere"), "json", false).await.unwrap_err();
    assert_eq!(refused.params["field"], "file");
    let refused = shop.api.contacts_export(file, "docx", false).await.unwrap_err();
    assert_eq!(refused.params["field"], "format");
}

/// The corpus of other programs' vCards: all names, numbers and addresses are kept.
#[tokio::test]
async fn cards_of_other_programs_keep_their_numbers() {
    let Some(shared) = std::env::var_os("THEKE_SHARED").map(std::path::PathBuf::from) else {
        return println!("skipped: corpus vcard-ez");
    };
    let mut files: Vec<_> = std::fs::read_dir(shared.join("corpora/vcard-ez/ezvcard/io/text"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "vcf"))
        .collect();
    files.extend(
        std::fs::read_dir(shared.join("corpora/vcard-vobject")).unwrap().map(|entry| entry.unwrap().path()),
    );
    files.sort();
    let mut cards = 0;
    for path in files {
        let shop = Shop::open().await;
        shop.api.settings_set("shop.country", "US").await.unwrap();
        let bytes = std::fs::read(&path).unwrap();
        let done = shop.api.contacts_import(wish(&shop, "fremd.vcf", &bytes)).await.unwrap();
        if done.format != "vcard" {
            continue;
        }
        let lines = String::from_utf8_lossy(&bytes);
        let begun = lines.lines().filter(|line| line.trim().eq_ignore_ascii_case("BEGIN:VCARD")).count();
        assert_eq!(done.cards as usize, begun, "{}", path.display());
        cards += done.cards;
        let text = String::from_utf8_lossy(&bytes).replace("\r\n ", "").replace("\n ", "");
        // Numbers that there are not (555) stay as notes, so the table has all of them.
        let written = exported(&shop, "csv").await;
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let all_digits = digits(&written);
        let told: Vec<_> = done.lines.iter().flat_map(|line| line.remarks.clone()).collect();
        for line in text.lines() {
            let Some((name, value)) = line.split_once(':') else { continue };
            let name = name.to_ascii_uppercase();
            let name = name.rsplit('.').next().unwrap_or_default();
            if name == "TEL" || name.starts_with("TEL;") {
                assert!(all_digits.contains(&digits(value)), "{value} of {}: {told:?}", path.display());
            }
            if name == "EMAIL" || name.starts_with("EMAIL;") {
                assert!(
                    written.to_lowercase().contains(&value.trim().to_lowercase()),
                    "{value} of {}",
                    path.display()
                );
            }
        }
    }
    println!("{cards} cards of other programs were taken in");
    assert!(cards > 0);
}

/// The second goal is 5,000 rows a second in a release build: `THEKE_IMPORT_ROWS=20000 cargo test --release … -- --nocapture`.
#[tokio::test]
async fn a_long_list_is_taken_in_by_five_hundreds() {
    let rows: usize =
        std::env::var("THEKE_IMPORT_ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(1_200);
    let shop = Shop::open().await;
    let mut list = String::from("Name;E-Mail;Mobil;PLZ;Gruppe;Bemerkung\n");
    for n in 0..rows {
        list.push_str(&format!(
            "Kunde Nummer{n};k{n}@liste.example;0151 {:07};{:05};Rot;Notiz {n}\n",
            1_000_000 + n,
            n % 99_999
        ));
    }
    let wish = wish(&shop, "lang.csv", list);
    let mut events = shop.api.subscribe();
    let begun = std::time::Instant::now();
    let done = shop.api.contacts_import(wish).await.unwrap();
    let secs = begun.elapsed().as_secs_f64();
    println!("{rows} rows in {secs:.2} s: {:.0} a second", rows as f64 / secs);
    assert_eq!(done.new as usize, rows);
    let mut steps = Vec::new();
    while let Ok(event) = events.try_recv() {
        if let theke_engine::api::types::Event::ImportStep { done, .. } = event {
            steps.push(done);
        }
    }
    let mut wanted: Vec<u64> = (1..).map(|n| n * 500).take_while(|n| *n < rows as u64).collect();
    wanted.push(rows as u64);
    assert_eq!(steps, wanted);
    let begun = std::time::Instant::now();
    shop.api.undo(done.undo_id.unwrap()).await.unwrap();
    println!("taken back in {:.2} s", begun.elapsed().as_secs_f64());
    assert!(all(&shop).await.is_empty());
}
