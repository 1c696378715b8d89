//! Transactions, several connections and processes, deadlines, the cache.

use std::time::Duration;

use theke_store::cache::Cache;
use theke_store::table::{counters, settings};
use theke_store::{Cancel, Error, Store};

use crate::child;
use crate::shop::{NOW, Shop, keys};

#[test]
fn a_failed_change_leaves_nothing() {
    let shop = Shop::new();
    let result: theke_store::Result<()> = shop.store.write(|tx| {
        settings::set(tx, "half", &serde_json::json!(1), NOW)?;
        Err(Error::NotFound)
    });
    assert!(result.is_err());
    assert_eq!(shop.store.read(|conn| settings::get(conn, "half")).unwrap(), None);
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        shop.store.write(|tx| -> theke_store::Result<()> {
            settings::set(tx, "half", &serde_json::json!(1), NOW)?;
            panic!("inside a transaction");
        })
    }));
    assert!(panicked.is_err());
    shop.store.write_durable(|tx| settings::set(tx, "whole", &serde_json::json!(1), NOW)).unwrap();
    assert_eq!(shop.store.read(|conn| settings::get(conn, "half")).unwrap(), None);
}

#[test]
fn durable_writes_are_synced_and_the_others_are_not() {
    let shop = Shop::new();
    let level = |tx: &theke_store::Transaction<'_>| -> theke_store::Result<i64> {
        Ok(tx.pragma_query_value(None, "synchronous", |row| row.get(0))?)
    };
    assert_eq!(shop.store.write_durable(level).unwrap(), 2);
    assert_eq!(shop.store.write(level).unwrap(), 1);
    assert_eq!(shop.store.write_durable(level).unwrap(), 2);
}

#[test]
fn every_connection_has_its_settings() {
    let shop = Shop::new();
    let ask = |conn: &theke_store::Connection, name: &str| -> String {
        conn.pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0))
            .map(|value| format!("{value:?}"))
            .unwrap()
    };
    let wanted = |conn: &theke_store::Connection| {
        for (name, value) in [
            ("journal_mode", "Text(\"wal\")"),
            ("temp_store", "Integer(2)"),
            ("secure_delete", "Integer(1)"),
            ("foreign_keys", "Integer(1)"),
        ] {
            assert_eq!(ask(conn, name), value, "{name}");
        }
        Ok(())
    };
    shop.store.read(wanted).unwrap();
    shop.store.write(|tx| wanted(tx)).unwrap();
    let refused = shop.store.read(|conn| Ok(conn.execute("DELETE FROM settings", [])?));
    assert!(matches!(refused, Err(Error::ReadOnly)), "{refused:?}");
}

#[test]
fn readers_go_on_while_one_writes() {
    let shop = Shop::new();
    shop.write(|tx| settings::set(tx, "n", &serde_json::json!(0), NOW));
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let mut last = 0;
                while last < 100 {
                    let (one, two) = shop
                        .store
                        .read(|conn| {
                            Ok((settings::get(conn, "n")?.unwrap(), settings::get(conn, "n")?.unwrap()))
                        })
                        .unwrap();
                    assert_eq!(one, two, "one question sees one state");
                    let now = one.as_i64().unwrap();
                    assert!(now >= last);
                    last = now;
                }
            });
        }
        for number in 1..=100 {
            shop.write(|tx| settings::set(tx, "n", &serde_json::json!(number), NOW));
        }
    });
}

#[test]
fn two_stores_on_one_file_lose_no_write() {
    let shop = Shop::new();
    let other = Store::open(&shop.folder.database(), &shop.key).unwrap();
    shop.write(|tx| settings::set(tx, "n", &serde_json::json!(0), NOW));
    let count = |store: &Store| {
        for _ in 0..50 {
            store
                .write(|tx| {
                    let number = settings::get(tx, "n")?.and_then(|value| value.as_i64()).unwrap_or(0);
                    settings::set(tx, "n", &serde_json::json!(number + 1), NOW)
                })
                .unwrap();
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| count(&shop.store));
        scope.spawn(|| count(&other));
    });
    assert_eq!(shop.store.read(|conn| settings::get(conn, "n")).unwrap(), Some(serde_json::json!(100)));
}

#[test]
fn what_was_committed_survives_a_killed_process() {
    let shop = Shop::new();
    let dir = shop.folder.dir().parent().unwrap().to_owned();
    for round in 1..=4 {
        let mut child = child::start("count-up", &dir, None);
        let said = child::wait_for(&mut child, &format!("counted {}", round * 7));
        child.kill().unwrap();
        child.wait().unwrap();
        let counted: u64 = said.trim().rsplit(' ').next().unwrap().parse().unwrap();
        let kept = shop.store.read(|conn| settings::get(conn, "count")).unwrap().unwrap().as_u64().unwrap();
        assert!(kept >= counted, "{kept} of {counted}");
        assert!(shop.store.check_pages().unwrap().is_empty());
        assert!(shop.store.check_structure().unwrap().is_empty());
    }
    let _ = keys();
}

#[test]
fn a_question_ends_at_its_deadline_or_when_withdrawn() {
    let shop = Shop::new();
    let endless = |conn: &theke_store::Connection| -> theke_store::Result<i64> {
        let sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
        Ok(conn.query_row(sql, [], |row| row.get(0))?)
    };
    let cut = shop.store.read_within(Duration::from_millis(20), &Cancel::default(), endless);
    assert!(matches!(cut, Err(Error::Interrupted)), "{cut:?}");
    let cancel = Cancel::default();
    let cut = std::thread::scope(|scope| {
        let asked = scope.spawn(|| shop.store.read_within(Duration::from_secs(600), &cancel, endless));
        cancel.cancel();
        asked.join().unwrap()
    });
    assert!(matches!(cut, Err(Error::Interrupted)));
    // The connection is as good as before.
    let count = shop.store.read(|conn| counters::get(conn, counters::MESSAGES_ALL));
    assert_eq!(count.unwrap(), 0);
}

#[test]
fn the_cache_forgets_what_was_not_used_and_survives_damage() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cache.db");
    let (_, key, _) = keys();
    let cache = Cache::open(&path, &key, 1_000).unwrap();
    for (number, name) in (0..).zip(["a", "b", "c"]) {
        cache.put(name, &[7; 300], NOW.plus_secs(number)).unwrap();
    }
    assert!(cache.get("a", NOW.plus_secs(10)).unwrap().is_some());
    cache.put("d", &[7; 300], NOW.plus_secs(11)).unwrap();
    assert_eq!(cache.bytes().unwrap(), 900);
    assert_eq!(cache.get("b", NOW).unwrap(), None, "b was used longest ago");
    assert!(cache.get("a", NOW).unwrap().is_some());
    cache.put("huge", &[7; 1_001], NOW).unwrap();
    assert_eq!(cache.get("huge", NOW).unwrap(), None);
    cache.remove("a").unwrap();
    cache.empty().unwrap();
    assert_eq!(cache.bytes().unwrap(), 0);
    drop(cache);
    std::fs::write(&path, vec![9; 8192]).unwrap();
    let cache = Cache::open(&path, &key, 1_000).unwrap();
    cache.put("a", b"again", NOW).unwrap();
    assert_eq!(cache.get("a", NOW).unwrap().as_deref(), Some(&b"again"[..]));
}
