//! Data protection: the report names every row and no third person; who is erased is gone, stays gone, and comes back by nothing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod kit;

use kit::{ROSA, Shop, letter, message, party};
use theke_channels::Update;
use theke_engine::api::types::{ContactView, ConversationChange, ImportWish};
use theke_engine::api::{Api, Code, RestoreFrom};

async fn contacts(shop: &Shop) -> Vec<ContactView> {
    shop.api.contacts(None, 1000).await.unwrap()
}

async fn id_of(shop: &Shop, name: &str) -> i64 {
    contacts(shop).await.iter().find(|one| one.name == name).unwrap_or_else(|| panic!("no {name}")).id
}

async fn found(shop: &Shop, word: &str) -> usize {
    let found = shop.api.search(word, 50).await.unwrap();
    found.messages.len() + found.contacts.len() + found.notes.len()
}

/// Rosa with two letters, one of them with Bernd in copy, and Bernd with a letter of his own that names her.
async fn shop_of_two() -> Shop {
    let shop = Shop::open().await;
    let mut copied =
        letter(2, ROSA, "Sattel", "Bernd Nachbar (bernd@nachbar.example, 0170 7654321) weiß Bescheid.");
    copied.cc = vec![party("Bernd Nachbar", "bernd@nachbar.example")];
    let about =
        letter(3, ("Bernd Nachbar", "bernd@nachbar.example"), "Wegen Rosa", "Es geht um rosa@kunde.example.");
    let other = letter(4, ("Carla Dritte", "carla@dritte.example"), "Luftpumpe", "Guten Tag");
    shop.receive(vec![
        message(letter(1, ROSA, "Bremse", "Wann offen?")),
        message(copied),
        message(about),
        message(other),
    ])
    .await;
    shop
}

#[tokio::test]
async fn the_report_has_every_row_and_no_third_person() {
    let shop = shop_of_two().await;
    let rosa = id_of(&shop, ROSA.0).await;
    let conversation = shop.api.contact(rosa, None).await.unwrap().conversations[0];
    shop.api.note_add(conversation, "Ist mit Bernd Nachbar verwandt").await.unwrap();
    shop.answer(conversation, "Bis morgen", None).await;
    let report = shop.api.access_report(rosa).await.unwrap();
    assert_eq!(report["name"], ROSA.0);
    let rows = |table: &str| report["tables"][table].as_array().map_or(0, Vec::len);
    let counted =
        ["contacts", "identities", "messages", "message_bodies", "decisions", "outbox", "conversations"]
            .map(rows);
    assert_eq!(counted, [1, 1, 3, 3, 1, 1, 2], "{report:#}");
    assert_eq!(report["mentions"].as_array().unwrap().len(), 1, "Bernd's letter names her address");
    let text = report.to_string();
    for there in
        ["Wann offen?", "rosa@kunde.example", "laden@velo.example", "Ist mit ••• verwandt", "Bis morgen"]
    {
        assert!(text.contains(there), "{there} is missing in {report:#}");
    }
    for third in ["Bernd", "bernd@", "7654321", "Carla", "carla@"] {
        assert!(!text.contains(third), "{third} is in {report:#}");
    }
    assert_eq!(report["automatic_decisions"].as_array().unwrap().len(), 0);

    let file = shop.dir.parent().unwrap().join("auskunft.html");
    for (language, title) in [
        ("de", "Auskunft über Ihre Daten"),
        ("en", "What we hold"),
        ("fr", "Les données"),
        ("it", "I dati che"),
    ] {
        shop.api.settings_set("shop.language", language).await.unwrap();
        let saved = shop.api.access_report_save(rosa, file.clone()).await.unwrap();
        let page = std::fs::read_to_string(&saved.html_file).unwrap();
        assert!(
            page.contains(title)
                && page.contains("Wann offen?")
                && page.contains(&format!("lang=\"{language}\""))
        );
        assert!(!page.contains("Bernd") && !page.contains("<script") && !page.contains("http://"), "{page}");
        let json: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(&saved.json_file).unwrap()).unwrap();
        assert_eq!(json["tables"], report["tables"]);
    }
    let log = shop.api.protection().await.unwrap().log;
    assert!(log.len() == 5 && log.iter().all(|line| line.what == "report" && line.rows > 10), "{log:?}");
    assert_eq!(shop.api.access_report(9999).await.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn markup_in_a_message_is_text_in_the_report() {
    let shop = Shop::open().await;
    let hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&";
    shop.receive(vec![message(letter(1, ("<b>Eva</b> Muster", "eva@kunde.example"), hostile, hostile))])
        .await;
    let eva = contacts(&shop).await[0].id;
    let file = shop.dir.parent().unwrap().join("auskunft.html");
    let saved = shop.api.access_report_save(eva, file).await.unwrap();
    let page = std::fs::read_to_string(saved.html_file).unwrap();
    assert!(
        page.contains("&lt;script&gt;alert(1)") && !page.contains("<script") && !page.contains("<img"),
        "{page}"
    );
}

#[tokio::test]
async fn who_is_erased_is_gone_and_others_stay() {
    let shop = shop_of_two().await;
    let rosa = id_of(&shop, ROSA.0).await;
    let conversation = shop.api.contact(rosa, None).await.unwrap().conversations[0];
    shop.api.note_add(conversation, "Rosas Geheimnis").await.unwrap();
    shop.answer(conversation, "Nie gesendet", None).await;
    let gone = shop.api.contact_erase(rosa, false).await.unwrap();
    assert_eq!(
        (gone.messages, gone.addresses, gone.kept_letters),
        (2, 1, false),
        "the unsent answer went before"
    );
    assert_eq!(shop.api.contact(rosa, None).await.unwrap_err().code, Code::NotFound);
    let names: Vec<_> = contacts(&shop).await.into_iter().map(|one| one.name).collect();
    assert_eq!(names, ["Carla Dritte", "Bernd Nachbar"]);
    for word in ["Bremse", "Sattel", "Geheimnis", "Tannwald", "Nie gesendet"] {
        assert_eq!(found(&shop, word).await, 0, "{word}");
    }
    assert_eq!(found(&shop, "Luftpumpe").await, 1);
    assert!(shop.api.outbox().await.unwrap().is_empty(), "nothing leaves to her");
    let text = format!("{:?}", shop.api.changes().await.unwrap());
    assert!(!text.contains("Tannwald") && !text.contains("rosa@"), "no way back holds her name: {text}");
    let log = shop.api.protection().await.unwrap().log;
    assert_eq!(log[0].what, "erasure");
    assert_eq!(shop.api.contact_erase(rosa, false).await.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn nothing_brings_an_erased_customer_back_but_themselves() {
    let mut shop = shop_of_two().await;
    shop.api.contact_erase(id_of(&shop, ROSA.0).await, false).await.unwrap();
    // The provider hands her old letter in again, under another id.
    let mut again = letter(1, ROSA, "Bremse", "Wann offen?");
    again.remote_id = theke_domain::message::RemoteId("INBOX/101".into());
    shop.receive(vec![Update::Message(Box::new(again))]).await;
    assert_eq!(found(&shop, "Bremse").await, 0);
    let file = shop.dir.parent().unwrap().join("liste.csv");
    std::fs::write(&file, "Name;E-Mail\nRosa Tannwald;rosa@kunde.example\nNeu;neu@x.example\n").unwrap();
    let wish = ImportWish { file: file.display().to_string(), ..ImportWish::default() };
    let done = shop.api.contacts_import(wish.clone()).await.unwrap();
    assert_eq!((done.new, done.skipped[0].reason.as_str()), (1, "erased"));
    // Another start knows it as well, and the file names nobody.
    shop.reopen().await;
    let done = shop.api.contacts_import_rehearse(wish).await.unwrap();
    assert_eq!(done.skipped[0].reason, "erased");
    let log = std::fs::read_to_string(shop.dir.join("erased.log")).unwrap();
    assert!(log.starts_with("e ") && !log.to_lowercase().contains("rosa"), "{log}");
    // What she writes from now on is a customer's like any other's.
    shop.clock.forward(24 * 3600);
    let mut new = letter(50, ROSA, "Wieder da", "Hallo");
    (new.at, new.received_at) = (shop.clock_now(), shop.clock_now());
    shop.receive(vec![message(new)]).await;
    assert_eq!(found(&shop, "Wieder da").await, 1);
}

#[tokio::test]
async fn an_older_backup_does_not_bring_them_back() {
    let mut shop = shop_of_two().await;
    // The backup of the day was made at the end of the sync.
    let backup = shop.api.backups().await.unwrap().backups[0].name.clone();
    shop.clock.forward(60);
    shop.api.contact_erase(id_of(&shop, ROSA.0).await, false).await.unwrap();
    let (_, key) = shop.api.restore(RestoreFrom::Automatic(backup)).await.unwrap();
    shop.api = Api::open(&shop.dir, key, shop.ports(), shop.registry()).await.unwrap();
    assert!(contacts(&shop).await.iter().any(|one| one.name == ROSA.0), "the backup has her");
    shop.api.sync_once(None).await.unwrap();
    let api = &shop.api;
    let names: Vec<_> = api.contacts(None, 10).await.unwrap().into_iter().map(|one| one.name).collect();
    assert_eq!(names, ["Carla Dritte", "Bernd Nachbar"]);
    assert!(api.search("Bremse", 5).await.unwrap().messages.is_empty());
}

#[tokio::test]
async fn letters_that_must_be_kept_stay_restricted() {
    let shop = shop_of_two().await;
    let rosa = id_of(&shop, ROSA.0).await;
    let conversation = shop.api.contact(rosa, None).await.unwrap().conversations[0];
    shop.api.note_add(conversation, "Rosas Geheimnis").await.unwrap();
    let gone = shop.api.contact_erase(rosa, true).await.unwrap();
    assert_eq!((gone.messages, gone.kept_letters), (0, true));
    let detail = shop.api.contact(rosa, None).await.unwrap();
    assert_eq!(detail.contact.messages, 2, "the letters are there");
    assert!(detail.contact.identities.is_empty());
    for word in ["Bremse", "Geheimnis", "Tannwald"] {
        assert_eq!(found(&shop, word).await, 0, "{word} is in no search");
    }
    assert!(!contacts(&shop).await.iter().any(|one| one.id == rosa));
    let lists = shop.api.conversations(Some("all".into()), false, None, 100).await.unwrap().conversations;
    assert!(!lists.iter().any(|row| row.contact_id == rosa), "and in no list");
    let view = shop.api.protection().await.unwrap();
    assert_eq!((view.restricted.len(), view.restricted[0].id), (1, rosa));
}

#[tokio::test]
async fn a_restricted_customer_is_in_no_list_and_no_route_until_they_write() {
    let shop = shop_of_two().await;
    let rosa = id_of(&shop, ROSA.0).await;
    let conversation = shop.api.contact(rosa, None).await.unwrap().conversations[0];
    shop.clock.forward(60);
    shop.api.contact_restrict(rosa, true).await.unwrap();
    assert!(!contacts(&shop).await.iter().any(|one| one.id == rosa));
    assert_eq!(found(&shop, "Bremse").await, 0);
    assert_eq!(found(&shop, "Tannwald").await, 0);
    let route = shop.api.route(conversation, None, 10, Vec::new()).await.unwrap();
    assert_eq!(route.account_id, None, "{route:?}");
    let open = shop.api.conversations(None, false, None, 100).await.unwrap().conversations;
    assert!(!open.iter().any(|row| row.contact_id == rosa));
    shop.clock.forward(60);
    let mut new = letter(50, ROSA, "Nochmal", "Hallo, eine Frage");
    (new.at, new.received_at) = (shop.clock_now(), shop.clock_now());
    shop.receive(vec![message(new)]).await;
    assert_eq!(found(&shop, "Nochmal").await, 1, "what they write is seen");
    assert_eq!(found(&shop, "Bremse").await, 0, "what was there is not");
    shop.api.contact_restrict(rosa, false).await.unwrap();
    assert!(found(&shop, "Bremse").await > 0);
    assert!(shop.api.route(conversation, None, 10, Vec::new()).await.unwrap().account_id.is_some());
    let log: Vec<_> = shop.api.protection().await.unwrap().log.into_iter().map(|line| line.what).collect();
    assert_eq!(log, ["restriction_lifted", "restriction"]);
}

#[tokio::test]
async fn the_record_is_made_of_the_settings() {
    let shop = Shop::open().await;
    let view = shop.api.protection().await.unwrap();
    assert_eq!((view.processors.len(), view.activities.len()), (2, 3));
    assert!(view.activities[0].kept.contains("Bis zur Löschung"), "{:?}", view.activities[0]);
    shop.api.settings_set("privacy.keep_years", "6").await.unwrap();
    shop.api.automation(Some(true)).await.unwrap();
    let view = shop.api.protection().await.unwrap();
    assert_eq!(view.activities.len(), 4, "automatic replies are an activity of their own");
    assert!(view.activities[0].kept.contains("6 Jahre"));
    let page =
        shop.api.protection_record_save(shop.dir.parent().unwrap().join("verzeichnis.html")).await.unwrap();
    let text = std::fs::read_to_string(page).unwrap();
    assert!(text.contains("Velo Tannwald") && text.contains("6 Jahre") && !text.contains("<script"));
}

#[tokio::test]
async fn what_was_done_for_others_can_still_be_taken_back_after_an_erasure() {
    let shop = shop_of_two().await;
    let (rosa, carla) = (id_of(&shop, ROSA.0).await, id_of(&shop, "Carla Dritte").await);
    let of = async |id: i64| shop.api.contact(id, None).await.unwrap().conversations[0];
    let (hers, other) = (of(rosa).await, of(carla).await);
    shop.api.contact_rename(carla, "Carla Drittes").await.unwrap();
    shop.api.contact_rename(rosa, "Rosa Geheimnis").await.unwrap();
    shop.api.contact_add_address(rosa, "0151 2345678").await.unwrap();
    let closed = ConversationChange {
        status: Some("closed".into()),
        until: None,
        seen: None,
        starred: None,
        spam: None,
    };
    let together = shop.api.conversations_change(vec![hers, other], closed).await.unwrap().undo_id.unwrap();
    shop.api.contact_erase(rosa, false).await.unwrap();
    let left = shop.api.changes().await.unwrap();
    let what: Vec<_> = left.iter().map(|change| (change.what.as_str(), change.count)).collect();
    assert_eq!(what.len(), 2, "{left:#?}");
    assert!(!format!("{left:?}").contains("Geheimnis"), "{left:#?}");
    shop.api.undo(together).await.unwrap();
    assert_eq!(
        shop.conversation(other).await.conversation.status,
        "open",
        "hers is gone, the other one is back"
    );
    let renamed = left.iter().find(|change| change.id != together).unwrap();
    shop.api.undo(renamed.id).await.unwrap();
    assert_eq!(shop.api.contact(carla, None).await.unwrap().contact.name, "Carla Dritte");
}

/// What a contact form sends for Rosa; who it is stands in the text alone.
fn form(number: u32) -> theke_domain::message::Incoming {
    let text = "Name: Rosa Tannwald\nE-Mail: rosa@kunde.example\nNachricht: Haben Sie morgen offen?\n";
    letter(
        number,
        ("Velo Tannwald", "wordpress@velo.example"),
        "Neue Nachricht über das Kontaktformular",
        text,
    )
}

#[tokio::test]
async fn what_an_erased_customer_wrote_into_a_form_does_not_come_back() {
    let shop = shop_of_two().await;
    shop.api.contact_erase(id_of(&shop, ROSA.0).await, false).await.unwrap();
    let headers = theke_domain::message::Incoming {
        text: String::new(),
        text_without_quote: String::new(),
        completeness: theke_domain::message::Completeness::Headers,
        ..form(21)
    };
    shop.receive(vec![message(form(20)), message(headers)]).await;
    // Of the second one the headers do not say whose it is.
    shop.receive(vec![message(form(21))]).await;
    let names: Vec<_> = contacts(&shop).await.into_iter().map(|one| one.name).collect();
    assert_eq!(names, ["Carla Dritte", "Bernd Nachbar"]);
    assert_eq!(found(&shop, "morgen offen").await, 0);
}

#[tokio::test]
async fn an_export_says_who_is_not_in_it() {
    let shop = shop_of_two().await;
    shop.api.contact_restrict(id_of(&shop, ROSA.0).await, true).await.unwrap();
    for (format, there, left_out) in [("vcard", 2, 1), ("csv", 2, 1), ("json", 3, 0)] {
        let file = shop.dir.parent().unwrap().join(format!("alle.{format}"));
        let done = shop.api.contacts_export(file.clone(), format, false).await.unwrap();
        assert_eq!((done.contacts, done.restricted), (there, left_out), "{format}");
        let bytes = std::fs::read(file).unwrap();
        assert!(format == "json" || !String::from_utf8_lossy(&bytes).contains("rosa@"), "{format}");
    }
}
