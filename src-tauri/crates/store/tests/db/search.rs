//! Search over messages: what is found, in which order, and that no text or query can break it.

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use theke_domain::ids::{ConversationId, MessageId};
use theke_domain::message::Completeness;
use theke_store::Cancel;
use theke_store::search::messages::{self as index, Scope, find, snippet};
use theke_store::table::counters;
use theke_store::table::messages::{self, NewMessage, Upgrade};

use crate::shop::{NOW, Shop, incoming, store_message};

struct Archive {
    shop: Shop,
    conversation: ConversationId,
}

impl Archive {
    fn new() -> Self {
        let shop = Shop::new();
        let (contact, _) = shop.contact("Anna", "anna@kunde.example");
        let conversation = shop.conversation(contact, "Archiv");
        Self { shop, conversation }
    }

    fn add(&self, secs: i64, subject: &str, text: &str) -> MessageId {
        self.shop.mail_in(self.conversation, NOW.plus_secs(secs), subject, text)
    }

    fn hits(&self, typed: &str) -> Vec<MessageId> {
        let hits = self.shop.store.read(|conn| find(conn, typed, None, 50)).unwrap();
        hits.into_iter().map(|hit| hit.message.id).collect()
    }
}

#[test]
fn german_spellings_tails_and_numbers_find_each_other() {
    let archive = Archive::new();
    let mueller = archive.add(1, "Rechnungsnummer 2024-17", "Guten Tag, Frau Müller bittet um Rückruf.");
    let strasse = archive.add(2, "Lieferung", "Bitte in die Hauptstraße 5 liefern.");
    let number = archive.add(3, "Anruf", "Sie erreichen mich unter +49 151 23456789.");
    archive.shop.index_all();
    for typed in ["mueller", "muller", "Müller", "MUELLER", "mül", "rückruf", "ruckruf", "mueller rueckruf"]
    {
        assert_eq!(archive.hits(typed), [mueller], "{typed}");
    }
    for typed in ["strasse", "Straße", "hauptstr", "HAUPTSTRASSE"] {
        assert_eq!(archive.hits(typed), [strasse], "{typed}");
    }
    assert_eq!(archive.hits("nummer"), [mueller]);
    for typed in ["0151 2345", "01512345", "+49 151", "23456789"] {
        assert_eq!(archive.hits(typed), [number], "{typed}");
    }
    for typed in ["", "x", "\"", "NEAR(", "müller OR", "subject:", "* ^", "mueller lieferung"] {
        assert_eq!(archive.hits(typed), [], "{typed}");
    }
}

#[test]
fn hits_come_newest_first_and_in_pages() {
    let archive = Archive::new();
    let mut wanted: Vec<_> = (0..7).map(|n| (n * 37 % 7, archive.add(n * 37 % 7, "Rad", "Bremse"))).collect();
    wanted.sort_unstable();
    wanted.reverse();
    archive.shop.index_all();
    let (mut before, mut seen) = (None, Vec::new());
    loop {
        let page = archive.shop.store.read(|conn| find(conn, "bremse", before, 3)).unwrap();
        let Some(last) = page.last() else { break };
        before = Some(last.key);
        seen.extend(page.into_iter().map(|hit| hit.message.id));
    }
    assert_eq!(seen, wanted.into_iter().map(|(_, id)| id).collect::<Vec<_>>());
}

#[test]
fn hits_of_all_spans_are_found_and_stay_in_order() {
    let archive = Archive::new();
    let full = || {
        archive
            .shop
            .write(|tx| tx.execute("UPDATE search_spans SET messages = 25000", []).map_err(Into::into))
    };
    let mut wanted = Vec::new();
    for (spans, secs) in [(1, 500), (2, 900), (3, 100), (4, 90), (4, 89), (4, 501)] {
        wanted.push((secs, archive.add(secs, "Rad", "Bremse hinten")));
        archive.shop.index_all();
        if secs != 90 && secs != 89 {
            full();
        }
        let found: i64 = archive
            .shop
            .store
            .read(|conn| Ok(conn.query_row("SELECT count(*) FROM search_spans", [], |r| r.get(0))?))
            .unwrap();
        assert_eq!(found, spans, "after {secs}");
    }
    wanted.sort_unstable();
    let wanted: Vec<MessageId> = wanted.into_iter().rev().map(|(_, id)| id).collect();
    for typed in ["br", "bremse hint", "rad"] {
        assert_eq!(archive.hits(typed), wanted, "{typed}");
    }
    let (mut before, mut seen) = (None, Vec::new());
    while let page = archive.shop.store.read(|conn| find(conn, "bremse", before, 2)).unwrap()
        && let Some(last) = page.last()
    {
        before = Some(last.key);
        seen.extend(page.iter().map(|hit| hit.message.id));
    }
    assert_eq!(seen, wanted);
}

#[test]
fn slices_take_the_newest_and_texts_before_headers() {
    let archive = Archive::new();
    let contact = archive.shop.contact_of(archive.conversation);
    let headers = NewMessage {
        completeness: Completeness::Headers,
        subject: Some("Kettenblatt".to_owned()),
        at: NOW.plus_secs(100),
        ..incoming(archive.conversation, contact)
    };
    let later = archive.shop.write(|tx| store_message(tx, &headers, ""));
    let ids: Vec<_> = (0..5).map(|n| archive.add(n, "Rad", "Bremse")).collect();
    let slice = |limit, scope| archive.shop.write(|tx| index::index_some(tx, limit, scope));
    let waiting =
        || archive.shop.store.read(|conn| counters::get(conn, counters::MESSAGES_UNINDEXED)).unwrap();
    assert_eq!((slice(2, Scope::Texts), waiting()), (2, 4));
    assert_eq!(archive.hits("bremse"), [ids[4], ids[3]]);
    assert_eq!(slice(100, Scope::Texts), 3);
    assert_eq!((slice(100, Scope::Texts), waiting()), (0, 1));
    assert_eq!((slice(100, Scope::All), slice(100, Scope::All), waiting()), (1, 0, 0));
    assert_eq!(archive.hits("kettenblatt"), [later]);

    let upgrade = Upgrade {
        completeness: Completeness::Whole,
        snippet: "Schaltwerk",
        has_html: false,
        attachments: 0,
        order_key: None,
    };
    archive.shop.write(|tx| {
        messages::upgrade(tx, later, &upgrade)?;
        let body = theke_store::table::bodies::Body { text: "Schaltwerk".to_owned(), ..Default::default() };
        theke_store::table::bodies::put(tx, later, &body)
    });
    assert_eq!((waiting(), slice(100, Scope::Texts)), (1, 1));
    assert_eq!((archive.hits("schaltwerk"), archive.hits("kettenblatt")), (vec![later], vec![later]));
    archive.shop.assert_counters();
}

#[test]
fn a_deleted_message_is_not_found_and_leaves_no_word() {
    let archive = Archive::new();
    let gone = archive.add(0, "Geheim", "Sonderwunsch");
    let kept = archive.add(1, "Rad", "Bremse");
    archive.shop.index_all();
    archive.shop.write(|tx| messages::progress::delete(tx, gone));
    assert_eq!(archive.hits("sonderwunsch"), []);
    archive.shop.write(theke_store::retention::begin_purge);
    while archive.shop.write(|tx| index::merge_some(tx, 50)) {}
    let words: Vec<String> = archive.shop.write(|tx| {
        tx.execute_batch("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, messages_fts, row)")?;
        let mut statement = tx.prepare("SELECT term FROM temp.words")?;
        let words = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
        drop(statement);
        tx.execute_batch("DROP TABLE temp.words")?;
        Ok(words)
    });
    assert!(words.iter().any(|word| word.ends_with("bremse")), "{words:?}");
    assert!(!words.iter().any(|word| word.contains("sonderwunsch") || word.contains("geheim")), "{words:?}");
    assert_eq!(archive.hits("bremse"), [kept]);
}

#[test]
fn the_snippet_marks_the_hit() {
    let archive = Archive::new();
    archive.add(
        0,
        "Rechnungsnummer",
        &format!("{} Frau Müller {}", "Anfang ".repeat(80), "Ende ".repeat(80)),
    );
    archive.shop.index_all();
    let around = |typed: &str| {
        archive
            .shop
            .store
            .read(|conn| {
                let hits = find(conn, typed, None, 1)?;
                snippet(conn, &hits[0], typed)
            })
            .unwrap()
    };
    assert!(around("mueller").contains("\u{e000}Müller\u{e001}"), "{}", around("mueller"));
    assert!(around("nummer").contains('\u{e000}'), "{}", around("nummer"));
}

#[test]
fn merging_changes_no_answer() {
    let archive = Archive::new();
    for number in 0..60 {
        archive.add(number, "Rad", &format!("Bremse Nummer{number}"));
        archive.shop.write(|tx| index::index_some(tx, 10, Scope::All));
    }
    let mut slices = 0;
    while archive.shop.write(|tx| index::merge_some(tx, 50)) {
        slices += 1;
        assert!(slices < 1_000, "merging never ends");
    }
    assert_eq!(archive.hits("bremse").len(), 50);
    assert_eq!(archive.hits("nummer17").len(), 1);
}

/// The language corpus beside the project, if it is there.
fn corpus(name: &str) -> Option<PathBuf> {
    let given = std::env::var_os("THEKE_SHARED").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|dir| dir.join("shared"));
    given.into_iter().chain(beside).map(|dir| dir.join("corpora/lang").join(name)).find(|path| path.exists())
}

#[test]
fn the_corpus_of_searches_is_met() {
    let Some(path) = corpus("search.jsonl") else {
        println!("skipped: corpora not found");
        return;
    };
    let archive = Archive::new();
    let mut cases = Vec::new();
    for line in std::fs::read_to_string(path).unwrap().lines().filter(|line| !line.trim().is_empty()) {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let at = i64::try_from(cases.len()).unwrap();
        let id = archive.add(at, "", case["document_text"].as_str().unwrap());
        cases.push((id, case));
    }
    archive.shop.index_all();
    let mut wrong = Vec::new();
    for (id, case) in &cases {
        let typed = case["query"].as_str().unwrap();
        let hits = archive.shop.store.read(|conn| find(conn, typed, None, 10_000)).unwrap();
        let hit = hits.iter().any(|hit| hit.message.id == *id);
        if case["optional"] != true && case["expect_hit"] != hit {
            wrong.push(format!("{} {typed}", case["id"]));
        }
    }
    println!("figure: search: {} of {} as labelled", cases.len() - wrong.len(), cases.len());
    assert!(cases.len() > 30);
    assert!(wrong.is_empty(), "{wrong:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    /// Whatever stands in a message and whatever is typed, no error comes out of the index.
    #[test]
    fn no_text_and_no_query_breaks_the_index(texts in prop::collection::vec(any::<String>(), 1..6),
                                             typed in prop::collection::vec("\\PC{0,24}", 1..12)) {
        thread_local! { static ARCHIVE: Archive = Archive::new(); }
        ARCHIVE.with(|archive| {
            for text in &texts {
                archive.add(0, text, text);
            }
            archive.shop.index_all();
            for typed in typed.iter().chain(&texts) {
                let limit = std::time::Duration::from_secs(20);
                let found = archive.shop.store.read_within(limit, &Cancel::default(), |conn| {
                    theke_store::search::contacts::find(conn, typed, 5)?;
                    find(conn, typed, None, 5)
                });
                prop_assert!(found.is_ok(), "{typed:?}: {found:?}");
            }
            Ok(())
        })?;
    }
}
