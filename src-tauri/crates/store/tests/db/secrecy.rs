//! D1: whoever takes the disk reads nothing.

use base64::Engine as _;
use theke_domain::message::ClientReference;
use theke_store::attempts::Attempts;
use theke_store::cache::Cache;
use theke_store::search::messages as index;
use theke_store::table::messages::NewMessage;
use theke_store::table::{bodies, contacts, drafts, identities, settings};
use theke_store::{backup, header};

use crate::shop::{NOW, Shop, incoming, mail, new_identity, phone, store_message};

/// Every file below the folder, whole.
fn all_bytes(dir: &std::path::Path, into: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all_bytes(&path, into);
        } else {
            into.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
}

#[test]
fn no_canary_is_found_on_the_disk() {
    let mut shop = Shop::new();
    let mut canaries = Vec::new();
    let mut canary = |what: &str| {
        let text = format!("Kanarie{what}Zwitschert{}", canaries.len());
        canaries.push(text.clone());
        text
    };
    let account = shop.account("mailbox");
    let (contact, _) = shop.contact(&canary("Name"), &format!("{}@kunde.example", canary("Adresse")));
    let number = canary("Nummer");
    shop.write(|tx| identities::insert(tx, &new_identity(contact, phone(&number))));
    let conversation = shop.conversation(contact, &canary("Betreff"));
    for round in 0..150 {
        let (subject, text) = (canary(&format!("Thema{round}")), canary(&format!("Text{round}")));
        let id = shop.mail_in(conversation, NOW.plus_secs(round), &subject, &text.repeat(20));
        let body = bodies::Body {
            text,
            html: Some(format!("<p>{}</p>", canary("Html"))),
            source: Some(canary("Quelle").into_bytes()),
            ..bodies::Body::default()
        };
        shop.write(|tx| bodies::put(tx, id, &body));
    }
    let draft = drafts::Draft { body: canary("Entwurf"), saved_at: NOW, ..drafts::Draft::default() };
    shop.write(|tx| drafts::save(tx, conversation, &draft));
    let value = serde_json::json!(canary("Einstellung"));
    shop.write(|tx| settings::set(tx, "shop.name", &value, NOW));
    canaries.push("s3cret-canary".to_owned());
    shop.index_all();
    // Sorting more than fits a page must not spill into a file.
    let folder = shop.folder.clone();
    backup::daily(&shop.store, &folder, &shop.header, NOW).unwrap();
    let passphrase = "KanariePassphraseZwitschert".to_owned();
    let key = shop.key.clone();
    shop.header.set_passphrase(&key, &passphrase).unwrap();
    shop.header.write(&folder).unwrap();
    canaries.push(passphrase);
    canaries.push(shop.code.to_string());
    let log = Attempts::open(&folder.attempts()).unwrap();
    log.begin(&ClientReference("KanarieReferenz@shop.example".to_owned()), 1).unwrap();
    canaries.push("KanarieReferenz".to_owned());
    let cache = Cache::open(&folder.cache(), &shop.key, 1 << 20).unwrap();
    cache.put("KanarieTeil", "KanarieInhalt".repeat(500).as_bytes(), NOW).unwrap();
    canaries.extend(["KanarieTeil".to_owned(), "KanarieInhalt".to_owned()]);
    shop.write(|tx| contacts::rename(tx, contact, "KanarieNeuerName", contacts::NameSource::Hand));
    canaries.push("KanarieNeuerName".to_owned());
    let _ = (account, mail("x"), header::RecoveryCode::random().unwrap());

    let mut files = Vec::new();
    all_bytes(folder.dir(), &mut files);
    assert!(files.iter().any(|(name, bytes)| name.ends_with("-wal") && bytes.len() > 100_000));
    assert!(files.iter().any(|(name, _)| name.ends_with(".theke-backup")));
    assert!(canaries.len() > 200);
    canaries.push("SQLite format 3".to_owned());
    canaries.push("CREATE TABLE".to_owned());
    let mut forms: Vec<Vec<u8>> = Vec::new();
    for canary in &canaries {
        let base64 = base64::engine::general_purpose::STANDARD_NO_PAD.encode(canary);
        forms.extend([
            canary.clone().into_bytes(),
            canary.to_lowercase().into_bytes(),
            canary.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            // The first characters are enough: the last ones depend on what follows.
            base64.as_bytes()[..base64.len() - 4].to_vec(),
        ]);
    }
    let search = aho_corasick::AhoCorasick::new(&forms).unwrap();
    let of_form = |form: usize| &canaries[form / 4];
    for (name, bytes) in &files {
        let found = search.find(bytes);
        assert!(found.is_none(), "{:?} is in {name}", found.map(|hit| of_form(hit.pattern().as_usize())));
    }
    // The search itself finds what is there.
    assert!(search.is_match(format!("x{}y", canaries[7]).as_bytes()));
}

/// D5, looked at in a file without encryption: what was deleted is in no page, compressed or not, and in no index.
#[test]
fn what_was_deleted_is_in_no_page() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("plain.db");
    let mut conn = rusqlite::Connection::open(&path).unwrap();
    conn.pragma_update(None, "journal_mode", "WAL").unwrap();
    conn.pragma_update(None, "secure_delete", true).unwrap();
    for step in crate::migrations::files() {
        conn.execute_batch(&std::fs::read_to_string(step).unwrap()).unwrap();
    }
    let gone: Vec<String> = (0..40).map(|n| format!("Sonderwunsch{n}kanarie")).collect();
    let packed = |conn: &rusqlite::Connection| -> Vec<Vec<u8>> {
        let mut statement = conn.prepare("SELECT text FROM message_bodies WHERE length(text) > 0").unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let tx = conn.transaction().unwrap();
    let contact = contacts::insert(&tx, "Anna", contacts::NameSource::Hand, NOW).unwrap();
    let new = theke_store::table::conversations::NewConversation {
        contact_id: contact,
        subject: "Frage".to_owned(),
        subject_key: "frage".to_owned(),
        status: theke_store::table::conversations::Status::Open,
        spam: false,
        at: NOW,
    };
    let conversation = theke_store::table::conversations::insert(&tx, &new).unwrap();
    let kept = store_message(&tx, &incoming(conversation, contact), "Bleibt").unwrap();
    for word in &gone {
        let message = NewMessage {
            subject: Some(word.clone()),
            snippet: word.clone(),
            ..incoming(conversation, contact)
        };
        let text: String = (0..200).map(|n| format!("{word}{} ", n * 7)).collect();
        store_message(&tx, &message, &text).unwrap();
    }
    index::index_some(&tx, 1_000, index::Scope::All).unwrap();
    tx.commit().unwrap();
    let of_texts: Vec<Vec<u8>> = packed(&conn).into_iter().filter(|bytes| bytes.len() > 100).collect();
    assert_eq!(of_texts.len(), gone.len());
    let fold = theke_domain::fold::key(&gone[7]);
    let mut forms: Vec<Vec<u8>> = of_texts.iter().map(|bytes| bytes[bytes.len() / 2..].to_vec()).collect();
    forms.extend(gone.iter().flat_map(|word| [word.clone().into_bytes(), word.to_lowercase().into_bytes()]));
    forms.push(fold.chars().rev().collect::<String>().into_bytes());
    let search = aho_corasick::AhoCorasick::new(&forms).unwrap();
    let on_disk =
        || [std::fs::read(&path).unwrap(), std::fs::read(dir.path().join("plain.db-wal")).unwrap()].concat();
    assert!(search.is_match(&on_disk()), "before, it is there");

    let tx = conn.transaction().unwrap();
    for message in theke_store::table::messages::lists::of_account(&tx, None, kept, 1_000).unwrap() {
        theke_store::table::messages::progress::delete(&tx, message).unwrap();
    }
    index::purge(&tx).unwrap();
    tx.commit().unwrap();
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    let disk = on_disk();
    let found: Vec<_> = search.find_iter(&disk).map(|hit| hit.pattern().as_usize()).collect();
    assert!(found.is_empty(), "{} forms are still there, such as {:?}", found.len(), found.first());
}

#[test]
fn errors_and_debug_texts_hold_no_secret() {
    let shop = Shop::new();
    let key = format!("{:?}", shop.key);
    let code = format!("{:?}", shop.code);
    assert_eq!((key.as_str(), code.as_str()), ("Key(…)", "RecoveryCode(…)"));
    let mut header = shop.header.clone();
    header.set_passphrase(&shop.key, "canary-passphrase").unwrap();
    let wrong = header.open(&header::Unlock::Passphrase("other-canary".to_owned())).unwrap_err();
    assert!(!format!("{wrong} {wrong:?} {header:?}").contains("canary"));
}
