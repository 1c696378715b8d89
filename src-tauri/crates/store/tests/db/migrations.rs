//! Schema versions: the generated picture, newer files, and the way from every released schema.

use std::path::PathBuf;

use rusqlite::Connection;
use theke_store::{Error, migrate, profile};

use crate::shop::{NOW, Shop};

fn migrations() -> PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../migrations")
}

fn schema_of(conn: &Connection) -> String {
    let sql = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
                   AND name NOT GLOB '*_fts_*' ORDER BY rowid";
    let mut statement = conn.prepare(sql).unwrap();
    let parts = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
    parts.map(|part| format!("{};\n", part.unwrap())).collect()
}

#[test]
fn schema_sql_is_what_the_migrations_make() {
    let shop = Shop::new();
    let made = shop.store.read(|conn| Ok(schema_of(conn))).unwrap();
    let version = migrate::newest();
    let made = format!(
        "-- Generated from the migrations (THEKE_WRITE_SCHEMA=1 cargo test -p theke-store schema_sql).\n-- Version {version}.\n\n{made}"
    );
    let path = migrations().join("schema.sql");
    if std::env::var_os("THEKE_WRITE_SCHEMA").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(kept == made, "migrations/schema.sql is out of date: run the command in its first line");
}

/// The migration files in their order.
pub fn files() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(migrations()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "sql") && !path.ends_with("schema.sql"));
    files.sort();
    files
}

#[test]
fn every_migration_file_is_built_in_and_numbered() {
    let files = files();
    assert_eq!(i64::try_from(files.len()).unwrap(), migrate::newest());
    for (number, file) in (1..).zip(&files) {
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(name.starts_with(&format!("{number:04}_")), "{name}");
    }
}

#[test]
fn every_column_has_a_comment_and_every_table_is_strict() {
    for entry in std::fs::read_dir(migrations()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !name.starts_with("000") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let mut table = None;
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
                table = Some(rest.split(' ').next().unwrap().to_owned());
                continue;
            }
            if line.starts_with(')') {
                if let Some(table) = table.take() {
                    assert!(line.contains("STRICT"), "{name}: {table}");
                }
                continue;
            }
            let Some(table) = &table else { continue };
            let column = line.trim_start();
            let is_column = column.starts_with(|c: char| c.is_ascii_lowercase());
            assert!(!is_column || column.contains("--"), "{name}: {table}: {column}");
        }
    }
}

#[test]
fn a_newer_file_is_refused_in_clear_words_and_left_alone() {
    let shop = Shop::new();
    let newer = migrate::newest() + 1;
    shop.write(|tx| Ok(tx.pragma_update(None, "user_version", newer)?));
    let (folder, header, key) = (shop.folder.clone(), shop.header.clone(), shop.key.clone());
    let opened = profile::open(&folder, &header, &key, NOW, None).map(|_| ());
    match opened {
        Err(error @ Error::TooNew { .. }) => assert!(error.to_string().contains("newer program")),
        other => panic!("{other:?}"),
    }
    let opened = theke_store::Store::open(&folder.database(), &key).map(|_| ());
    assert!(matches!(opened, Err(Error::TooNew { .. })));
    assert!(theke_store::backup::newest_first(&folder).unwrap().is_empty());
}
