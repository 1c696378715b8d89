//! Who is erased is in no row, no page, no index and no write-ahead log; and no table that names a customer is forgotten, neither
//! by the erasure nor by the access report.

use std::collections::BTreeSet;

use rusqlite::Connection;
use theke_domain::ids::{ContactId, ConversationId};
use theke_domain::time::Timestamp;
use theke_store::erased::{Erased, Mark, Way};
use theke_store::person::{self, ELSEWHERE, HELD};
use theke_store::search::messages as index;
use theke_store::table::changes::{self, Step};
use theke_store::table::imports::{self, Known, News, Steps};
use theke_store::table::{contacts, conversations, entries, restriction};
use theke_store::{Transaction, erasure};

use crate::secrecy::{change, on_disk, plain, purge_in_slices};
use crate::shop::{NOW, Shop, decision, incoming, mail, new_identity, phone, queue, store_message};

/// Columns that name a customer, a message or a conversation.
const NAMING: [&str; 14] = [
    "contact_id",
    "origin_contact_id",
    "merged_into_id",
    "survivor_id",
    "absorbed_id",
    "first_id",
    "second_id",
    "message_id",
    "conversation_id",
    "identity_id",
    "new_draft_id",
    "from_address",
    "address",
    "recipient",
];
#[test]
fn no_table_that_names_a_customer_is_forgotten() {
    let shop = Shop::new();
    let tables: Vec<(String, Vec<String>)> = shop
        .store
        .read(|conn| {
            let mut found = Vec::new();
            let mut names =
                conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")?;
            let names: Vec<String> = names.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
            for name in names {
                let mut columns = conn.prepare("SELECT name FROM pragma_table_info(?)")?;
                let columns = columns.query_map([&name], |r| r.get(0))?.collect::<Result<_, _>>()?;
                found.push((name, columns));
            }
            Ok(found)
        })
        .unwrap();
    let known: BTreeSet<&str> = HELD.iter().map(|held| held.table).collect();
    let elsewhere: BTreeSet<&str> = ELSEWHERE.iter().map(|(name, _)| *name).collect();
    for (table, columns) in &tables {
        let names = columns.iter().any(|column| NAMING.contains(&column.as_str()));
        let listed = known.contains(table.as_str()) || elsewhere.contains(table.as_str());
        assert!(
            !names || listed,
            "{table} names a customer ({columns:?}) and is in no list of theke_store::person"
        );
    }
    for held in HELD {
        assert!(tables.iter().any(|(name, _)| name == held.table), "{} is a table", held.table);
    }
    assert!(known.len() > 25 && ELSEWHERE.iter().all(|(_, why)| why.len() > 10));
}

/// Fills a row of every table that names a customer, with words of their own; the values are of no meaning.
fn fill_the_rest(conn: &Connection, contact: ContactId, other: ContactId, word: &str) {
    let (c, o) = (contact.0, other.0);
    let message: i64 = conn
        .query_row("SELECT id FROM messages WHERE contact_id = ? ORDER BY id LIMIT 1", [c], |r| r.get(0))
        .unwrap();
    let conversation: i64 =
        conn.query_row("SELECT conversation_id FROM messages WHERE id = ?", [message], |r| r.get(0)).unwrap();
    let address: String = conn
        .query_row("SELECT value FROM identities WHERE contact_id = ? LIMIT 1", [c], |r| r.get(0))
        .unwrap();
    let first = c.min(o);
    let second = c.max(o);
    conn.execute_batch(&format!(
        "INSERT INTO tags (name, folded) VALUES ('Rot', '{c}rot');
         INSERT INTO contact_tags (contact_id, tag_id, added_at) VALUES ({c}, last_insert_rowid(), 1);
         INSERT INTO custom_fields (name, kind) VALUES ('Farbe', 'text');
         INSERT INTO custom_values (contact_id, field_id, value, changed_at) VALUES ({c}, last_insert_rowid(), '{word}wert', 1);
         INSERT INTO consents (contact_id, purpose, state, source, evidence, at) VALUES ({c}, 'advertising', 'given', 'hand', '{word}ja', 1);
         INSERT INTO goodwill (contact_id, what, granted_at) VALUES ({c}, '{word}kulanz', 1);
         INSERT INTO tasks (contact_id, kind, text, address, created_at) VALUES ({c}, 'call', '{word}aufgabe', '{word}nummer', 1);
         INSERT INTO refusals (contact_id, medium, source, evidence, since_at) VALUES ({c}, 'sms', 'wish', '{word}nein', 1);
         INSERT INTO wishes (message_id, contact_id, conversation_id, scope, evidence, state, at)
             VALUES ({message}, {c}, {conversation}, 'always', '{word}wunsch', 'acted', 1);
         INSERT INTO preferences (contact_id, medium, source, evidence, since_at) VALUES ({c}, 'sms', 'wish', '{word}lieber', 1);
         INSERT INTO not_same (first_id, second_id, said_at) VALUES ({first}, {second}, 1);
         INSERT INTO duplicates (first_id, second_id, score, reasons, found_at) VALUES ({first}, {second}, 50, '[\"{word}\"]', 1);
         INSERT INTO contact_keys (key, contact_id) VALUES ('{word}schluessel', {c});
         INSERT INTO blocked_addresses (kind, network, value, blocked_at) VALUES ('email', '', '{address}', 1);
         INSERT INTO picture_senders (address, allowed_at) VALUES ('{address}', 1);
         INSERT INTO drafts (conversation_id, body, saved_at) VALUES ({conversation}, '{word}entwurf', 1);
         INSERT INTO new_drafts (contact_id, recipient, body, saved_at) VALUES ({c}, '', '{word}neu', 1);
         INSERT INTO staged_files (new_draft_id, name, mime_type, content, staged_at)
             VALUES (last_insert_rowid(), '{word}.txt', 'text/plain', CAST('{word}datei' AS BLOB), 1);
         INSERT INTO new_drafts (recipient, body, saved_at) VALUES ('{address}', '{word}fremd', 1);
         INSERT INTO attachments (message_id, position, name, content) VALUES ({message}, 0, '{word}.pdf', CAST('{word}inhalt' AS BLOB));
         INSERT INTO message_parties (message_id, role, position, name, address) VALUES ({message}, 'to', 7, '{word}an', '{address}');
         INSERT INTO message_references (message_id, position, reference) VALUES ({message}, 7, '<{word}@ref>');
         INSERT INTO remote_ids (account_id, remote_id, message_id) VALUES (1, '{word}fern', {message});
         INSERT INTO pending_flags (account_id, remote_id, seen, answered, wanted_at) VALUES (1, '{word}fern', 1, 0, 1);
         INSERT INTO standard_replies (name, changed_at) VALUES ('Gruß', 1);
         INSERT INTO standard_reply_uses (message_id, reply_id) VALUES ({message}, last_insert_rowid());
         INSERT INTO claims (message_id, account_id, state, changed_at) VALUES ({message}, 1, 'won', 1);
         INSERT INTO dialogues (conversation_id, contact_id, rule_id, rule_version, node, answers, expires_at)
             VALUES ({conversation}, {c}, 1, 1, 'number', '{{\"number\": \"{word}antwort\"}}', 1);
         INSERT INTO automatic_sends (at, class, contact_id, address_key, decision_id) VALUES (1, 'unasked', {c}, 'a{c}', 1);
         INSERT INTO proposals (text, messages, state, found_at) VALUES
             ('{word}vorschlag', '[{message}]', 'open', 1), ('{word}abgelehnt', '[{message}, 0]', 'declined', 1);"
    ))
    .unwrap();
}

/// Two customers, each with letters, an answer that waits, a note, and a row in every table.
fn two_customers(conn: &mut Connection) -> [(ContactId, String); 2] {
    change(conn, |tx| {
        theke_store::table::accounts::insert(tx, &crate::shop::new_account("test")).map(|_| ())
    });
    let mut made = Vec::new();
    for (name, word) in [("Gerda Kanariengelb", "gerdakanarie"), ("Bodo Bleibtreu", "bodobleibt")] {
        let contact = change(conn, |tx| {
            let contact = contacts::insert(tx, name, contacts::NameSource::Hand, NOW)?;
            theke_store::table::identities::insert(
                tx,
                &new_identity(contact, mail(&format!("{word}@kunde.example"))),
            )?;
            theke_store::table::identities::insert(
                tx,
                &new_identity(
                    contact,
                    phone(if word.starts_with('g') { "+491512345678" } else { "+491709999999" }),
                ),
            )?;
            Ok(contact)
        });
        let matter = conversations::NewConversation {
            contact_id: contact,
            subject: format!("{word}betreff"),
            subject_key: format!("{word}betreff"),
            status: conversations::Status::Open,
            spam: false,
            at: NOW,
        };
        let conversation = change(conn, |tx| conversations::insert(tx, &matter));
        for n in 0..40 {
            let message = theke_store::table::messages::NewMessage {
                subject: Some(format!("{word}{n}thema")),
                snippet: format!("{word}{n}anfang"),
                from_name: name.to_owned(),
                from_address: format!("{word}@kunde.example"),
                ..incoming(conversation, contact)
            };
            change(conn, |tx| store_message(tx, &message, &format!("{word}{n}text ").repeat(3)));
        }
        change(conn, |tx| {
            queue(
                tx,
                conversation,
                contact,
                theke_domain::ids::AccountId(1),
                NOW.plus_secs(made.len() as i64),
            )?;
            let decision = decision(tx)?;
            tx.execute(
                "UPDATE decisions SET contact_id = ?, text = ? WHERE id = ?",
                (contact.0, format!("{word}grund"), decision.0),
            )?;
            let note = entries::add_note(tx, contact, Some(conversation), &format!("{word}notiz"), NOW)?;
            let step = Step::Note { entry: note, text: format!("{word}vorher"), changed_at: None };
            changes::insert(tx, "note_changed", name, 1, &[step], NOW).map(|_| ())
        });
        made.push((contact, word.to_owned()));
    }
    let [gerda, bodo] = <[(ContactId, String); 2]>::try_from(made).unwrap();
    fill_the_rest(conn, gerda.0, bodo.0, &gerda.1);
    conn.execute("DELETE FROM not_same", []).unwrap();
    conn.execute("DELETE FROM duplicates", []).unwrap();
    fill_the_rest(conn, bodo.0, gerda.0, &bodo.1);
    let import = change(conn, |tx| imports::begin(tx, "liste", NOW));
    for (contact, word) in [&gerda, &bodo] {
        change(conn, |tx| {
            let (mut known, mut steps) = (Known::read(tx)?, Steps::default());
            let news = News { fields: [("company", format!("{word}firma"))].into(), ..News::default() };
            imports::complete(tx, *contact, &news, &mut known, &mut steps, NOW)?;
            imports::note(tx, import, 0, 1, &steps)
        });
    }
    change(conn, |tx| index::index_some(tx, 1_000, index::Scope::All).map(|_| ()));
    [gerda, bodo]
}

fn erase(conn: &mut Connection, id: ContactId, way: Way) {
    let ids = person::all_of(conn, id).unwrap();
    change(conn, |tx| erasure::begin(tx, &ids, NOW));
    while way == Way::Everything && !change(conn, |tx| erasure::remove_messages(tx, &ids, 15)).is_empty() {}
    change(conn, |tx| erasure::finish(tx, &ids, way, NOW).map(|_| ()));
    purge_in_slices(conn);
}

#[test]
fn who_is_erased_is_in_no_page_and_the_other_stays_whole() {
    let (dir, mut conn) = plain();
    let [(gerda, word), (bodo, other)] = two_customers(&mut conn);
    for held in HELD.iter().filter(|held| held.table != "merges") {
        let rows = person::rows(&conn, held, &[gerda]).unwrap();
        assert!(!rows.is_empty(), "{} has a row in this test", held.table);
    }
    let of_bodo = |conn: &Connection| -> Vec<usize> {
        let shared = ["duplicates", "not_same"];
        let held = HELD.iter().filter(|held| !shared.contains(&held.table));
        held.map(|held| person::rows(conn, held, &[bodo]).unwrap().len()).collect()
    };
    let before = of_bodo(&conn);
    let reversed = |text: &str| text.chars().rev().collect::<String>();
    let forms = [
        word.clone(),
        reversed(&word),
        "Gerda".into(),
        "gerda".into(),
        "Kanariengelb".into(),
        "kanariengelb".into(),
        "1512345678".into(),
    ];
    let search = aho_corasick::AhoCorasick::new(&forms).unwrap();
    assert!(search.is_match(&on_disk(dir.path())), "before, she is there");

    erase(&mut conn, gerda, Way::Everything);
    let disk = on_disk(dir.path());
    let found: Vec<_> = search
        .find_iter(&disk)
        .map(|hit| {
            String::from_utf8_lossy(&disk[hit.start().saturating_sub(40)..(hit.end() + 40).min(disk.len())])
                .into_owned()
        })
        .collect();
    assert!(found.is_empty(), "{} times still there, such as {:?}", found.len(), found.first());
    for held in HELD {
        assert!(person::rows(&conn, held, &[gerda]).unwrap().is_empty(), "{}", held.table);
    }
    assert_eq!(of_bodo(&conn), before, "the other is whole");
    assert!(aho_corasick::AhoCorasick::new([&other]).unwrap().is_match(&disk));
    let broken: i64 =
        conn.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |r| r.get(0)).unwrap();
    assert_eq!(broken, 0, "no row names what is gone");
}

#[test]
fn letters_that_are_kept_are_all_that_is_left() {
    let (dir, mut conn) = plain();
    let [(gerda, word), _] = two_customers(&mut conn);
    erase(&mut conn, gerda, Way::KeptLetters);
    let left: BTreeSet<&str> = HELD
        .iter()
        .filter(|held| !person::rows(&conn, held, &[gerda]).unwrap().is_empty())
        .map(|held| held.table)
        .collect();
    let letters = [
        "attachments",
        "claims",
        "contacts",
        "conversations",
        "decisions",
        "identities",
        "message_bodies",
        "message_parties",
        "message_references",
        "messages",
        "pending_flags",
        "remote_ids",
        "standard_reply_uses",
    ];
    assert_eq!(left, BTreeSet::from(letters));
    let gone = [
        "notiz",
        "vorher",
        "kulanz",
        "aufgabe",
        "nein",
        "wunsch",
        "lieber",
        "entwurf",
        "fremd",
        "datei",
        "firma",
        "wert",
        "antwort",
        "vorschlag",
        "abgelehnt",
    ];
    let forms: Vec<String> = gone.iter().map(|what| format!("{word}{what}")).collect();
    let disk = on_disk(dir.path());
    let found: Vec<_> = aho_corasick::AhoCorasick::new(&forms)
        .unwrap()
        .find_iter(&disk)
        .map(|hit| &forms[hit.pattern().as_usize()])
        .collect();
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(restriction::since(&conn, gerda).unwrap(), Some(NOW));
    let waiting: i64 =
        conn.query_row("SELECT count(*) FROM outbox WHERE contact_id = ?", [gerda.0], |r| r.get(0)).unwrap();
    assert_eq!(waiting, 0, "what was not sent leaves no more");
}

#[test]
fn what_went_out_by_itself_counts_on_without_a_name() {
    for way in [Way::Everything, Way::KeptLetters] {
        let (_dir, mut conn) = plain();
        let [(gerda, _), (bodo, _)] = two_customers(&mut conn);
        erase(&mut conn, gerda, way);
        let sends: Vec<(i64, String)> = conn
            .prepare("SELECT contact_id, address_key FROM automatic_sends ORDER BY id")
            .unwrap()
            .query_map([], |r| Ok((r.get(0)?, r.get(1)?)))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        assert_eq!(sends, [(0, format!("a{}", gerda.0)), (bodo.0, format!("a{}", bodo.0))]);
        let proposals: Vec<(String, String)> = conn
            .prepare("SELECT text, messages FROM proposals ORDER BY id")
            .unwrap()
            .query_map([], |r| Ok((r.get(0)?, r.get(1)?)))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        let [declined, open, others] = &proposals[..] else { panic!("{proposals:?}") };
        assert_eq!(declined, &(String::new(), "[0]".to_owned()), "decided on, and nothing of hers in it");
        assert!(open.0.starts_with("bodo") && others.0.starts_with("bodo"));
    }
}

#[test]
fn a_conversation_with_others_goes_over_to_them() {
    let (_dir, mut conn) = plain();
    let [(gerda, _), (bodo, _)] = two_customers(&mut conn);
    let shared: i64 =
        conn.query_row("SELECT id FROM conversations WHERE contact_id = ?", [gerda.0], |r| r.get(0)).unwrap();
    let theirs = change(&mut conn, |tx: &Transaction<'_>| {
        store_message(tx, &incoming(ConversationId(shared), bodo), "Ich antworte für sie")
    });
    erase(&mut conn, gerda, Way::Everything);
    let owner: i64 =
        conn.query_row("SELECT contact_id FROM conversations WHERE id = ?", [shared], |r| r.get(0)).unwrap();
    assert_eq!(owner, bodo.0);
    assert!(theke_store::table::messages::get(&conn, theirs).unwrap().is_some());
    let drafts: i64 = conn
        .query_row("SELECT count(*) FROM drafts WHERE conversation_id = ?", [shared], |r| r.get(0))
        .unwrap();
    assert_eq!(drafts, 0, "what was being written was for her");
}

#[test]
fn tombstones_name_nobody_and_survive_a_torn_line_and_another_database() {
    let shop = Shop::new();
    let path = shop.folder.erased();
    let (address, other) = (mail("gerda@kunde.example"), mail("bodo@kunde.example"));
    let mark = Mark { at: Timestamp(5_000), way: Way::KeptLetters };
    let erased = Erased::open(&path, &shop.key).unwrap();
    assert!(erased.is_empty() && erased.mark(&address).is_none());
    erased.note(std::slice::from_ref(&address), mark).unwrap();
    assert_eq!((erased.mark(&address), erased.mark(&other)), (Some(mark), None));
    let key = erased.address_key(&address).unwrap();
    assert_eq!(key, erased.address_key(&mail("gerda@kunde.example")).unwrap(), "the ledger knows it again");
    assert!(key != erased.address_key(&other).unwrap() && !key.contains("gerda"));
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains("gerda") && text.lines().count() == 1, "{text}");

    assert!(!shop.store.read(|conn| erased.untold(conn)).unwrap().is_empty());
    shop.write(|tx| erased.tell(tx, std::slice::from_ref(&address), NOW));
    assert!(shop.store.read(|conn| erased.untold(conn)).unwrap().is_empty());

    std::fs::write(&path, format!("{text}e 00112233 12")).unwrap();
    let again = Erased::open(&path, &shop.key).unwrap();
    assert_eq!(again.mark(&address), Some(mark), "a torn line spoils none");
    let wrong = text.replacen('k', "e", 1);
    std::fs::write(&path, wrong).unwrap();
    assert!(Erased::open(&path, &shop.key).unwrap().is_empty(), "a changed line says nothing");

    // On another computer the file is not there, but the database came with a backup.
    std::fs::remove_file(&path).unwrap();
    let moved = Erased::open(&path, &shop.key).unwrap();
    shop.store.read(|conn| moved.learn(conn)).unwrap();
    assert_eq!(moved.mark(&address), Some(mark));
    // Another process erases somebody.
    let other_process = Erased::open(&path, &shop.key).unwrap();
    other_process.note(std::slice::from_ref(&other), mark).unwrap();
    assert_eq!(moved.mark(&other), None);
    moved.refresh().unwrap();
    assert_eq!(moved.mark(&other), Some(mark));
    let foreign = theke_store::Key::from_bytes([7; 32]);
    assert!(
        Erased::open(&path, &foreign).unwrap().mark(&address).is_none(),
        "without the key nobody is found by trying"
    );
}
