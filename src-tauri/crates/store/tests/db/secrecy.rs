//! D1: whoever takes the disk reads nothing.

use base64::Engine as _;
use theke_domain::message::ClientReference;
use theke_store::attempts::Attempts;
use theke_store::cache::Cache;
use theke_store::search::messages as index;
use theke_store::table::messages::NewMessage;
use theke_store::table::{bodies, changes, contacts, drafts, entries, identities, settings};
use theke_store::{backup, header, retention};

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

/// A file without encryption with the schema of today, written as ours are, so that its pages can be looked at.
pub fn plain() -> (tempfile::TempDir, rusqlite::Connection) {
    let dir = tempfile::tempdir().unwrap();
    let conn = rusqlite::Connection::open(dir.path().join("plain.db")).unwrap();
    conn.pragma_update(None, "journal_mode", "WAL").unwrap();
    conn.pragma_update(None, "secure_delete", true).unwrap();
    for step in crate::migrations::files() {
        conn.execute_batch(&std::fs::read_to_string(step).unwrap()).unwrap();
    }
    (dir, conn)
}

/// Its pages and its log.
pub fn on_disk(dir: &std::path::Path) -> Vec<u8> {
    ["plain.db", "plain.db-wal"].map(|name| std::fs::read(dir.join(name)).unwrap_or_default()).concat()
}

/// In one transaction.
pub fn change<T>(
    conn: &mut rusqlite::Connection,
    act: impl FnOnce(&theke_store::Transaction<'_>) -> theke_store::Result<T>,
) -> T {
    let tx = conn.transaction().unwrap();
    let done = act(&tx).unwrap();
    tx.commit().unwrap();
    done
}

/// As the engine does in slices, to the end.
pub fn purge_in_slices(conn: &mut rusqlite::Connection) {
    change(conn, retention::begin_purge);
    while change(conn, |tx| index::merge_some(tx, 50)) {}
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
}

/// D5: a removed note is in no page once nobody can bring it back, and neither is what stood in it before it was changed.
#[test]
fn a_removed_note_is_in_no_page() {
    let (dir, mut conn) = plain();
    let contact = change(&mut conn, |tx| contacts::insert(tx, "Anna", contacts::NameSource::Hand, NOW));
    let word = |n: usize, what: &str| format!("Notizkanarie{n}{what}");
    let mut kept = None;
    for n in 0..60 {
        let note =
            change(&mut conn, |tx| entries::add_note(tx, contact, None, &word(n, "zuerst").repeat(30), NOW));
        if n == 30 {
            kept = Some(note);
            continue;
        }
        change(&mut conn, |tx| {
            let step =
                changes::Step::Note { entry: note, text: word(n, "zuerst").repeat(30), changed_at: None };
            changes::insert(tx, "note_changed", "Anna", 1, &[step], NOW)?;
            entries::change_note(tx, note, &word(n, "spaeter"), NOW)?;
            entries::set_removed(tx, note, Some(NOW))
        });
    }
    let forms: Vec<String> = (0..60)
        .filter(|n| *n != 30)
        .flat_map(|n| [word(n, "zuerst"), word(n, "spaeter"), word(n, "spaeter").to_lowercase()])
        .collect();
    let search = aho_corasick::AhoCorasick::new(&forms).unwrap();
    assert!(search.is_match(&on_disk(dir.path())), "before, it is there");
    assert!(!change(&mut conn, |tx| retention::forget_removed(tx, NOW)), "not before its time");
    assert!(change(&mut conn, |tx| retention::forget_removed(tx, NOW.plus_secs(1))));
    purge_in_slices(&mut conn);
    let disk = on_disk(dir.path());
    let found: Vec<_> = search.find_iter(&disk).map(|hit| &forms[hit.pattern().as_usize()]).collect();
    assert!(found.is_empty(), "{} are still there, such as {:?}", found.len(), found.first());
    assert!(aho_corasick::AhoCorasick::new([word(30, "zuerst")]).unwrap().is_match(&disk), "the other stays");
    assert!(entries::get(&conn, kept.unwrap()).unwrap().is_some());
}

/// D5 for what is forgotten after years: text, subject, files, notes and index words of closed conversations.
#[test]
fn what_was_forgotten_is_in_no_page() {
    let (dir, mut conn) = plain();
    let contact = change(&mut conn, |tx| contacts::insert(tx, "Anna", contacts::NameSource::Hand, NOW));
    let matter = |status| theke_store::table::conversations::NewConversation {
        contact_id: contact,
        subject: "Frage".to_owned(),
        subject_key: "frage".to_owned(),
        status,
        spam: false,
        at: NOW,
    };
    let mut gone = Vec::new();
    let file_of = |conn: &mut rusqlite::Connection, status, name: &str| {
        let words: Vec<String> = (0..120).map(|n| format!("{name}kanarie{n}wort")).collect();
        let conversation = change(conn, |tx| theke_store::table::conversations::insert(tx, &matter(status)));
        for word in &words {
            let message = NewMessage {
                subject: Some(word.clone()),
                snippet: word.clone(),
                ..incoming(conversation, contact)
            };
            change(conn, |tx| store_message(tx, &message, &word.repeat(3)));
        }
        change(conn, |tx| {
            entries::add_note(tx, contact, Some(conversation), &format!("{name}notizkanarie"), NOW)
        });
        words
    };
    use theke_store::table::conversations::Status;
    let closed = file_of(&mut conn, Status::Closed, "alt");
    let open = file_of(&mut conn, Status::Open, "offen");
    change(&mut conn, |tx| index::index_some(tx, 1_000, index::Scope::All));
    gone.extend(closed.iter().flat_map(|word| [word.clone(), word.chars().rev().collect()]));
    gone.push("altnotizkanarie".to_owned());
    let search = aho_corasick::AhoCorasick::new(&gone).unwrap();
    assert!(search.is_match(&on_disk(dir.path())), "before, it is there");

    let before = NOW.plus_secs(86_400);
    let preview = retention::preview(&conn, before).unwrap();
    assert_eq!((preview.messages, preview.conversations, preview.notes), (120, 1, 1));
    let (mut from, mut slices) = (0, 0);
    loop {
        let slice = change(&mut conn, |tx| retention::remove_some(tx, before, from, 50));
        slices += 1;
        assert!(slice.messages.len() <= 50);
        let Some(next) = slice.next else { break };
        from = next;
    }
    assert_eq!(slices, 3);
    assert_eq!(retention::preview(&conn, before).unwrap(), retention::Preview::default());
    purge_in_slices(&mut conn);
    let disk = on_disk(dir.path());
    let found: Vec<_> = search.find_iter(&disk).map(|hit| &gone[hit.pattern().as_usize()]).collect();
    assert!(found.is_empty(), "{} are still there, such as {:?}", found.len(), found.first());
    assert!(aho_corasick::AhoCorasick::new(&open).unwrap().is_match(&disk), "what is open stays");
}

/// D5, looked at in a file without encryption: what was deleted is in no page, compressed or not, and in no index.
#[test]
fn what_was_deleted_is_in_no_page() {
    let (dir, mut conn) = plain();
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
    let on_disk = || on_disk(dir.path());
    assert!(search.is_match(&on_disk()), "before, it is there");

    let tx = conn.transaction().unwrap();
    for message in theke_store::table::messages::lists::of_account(&tx, None, kept, 1_000).unwrap() {
        theke_store::table::messages::progress::delete(&tx, message).unwrap();
    }
    tx.commit().unwrap();
    purge_in_slices(&mut conn);
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
