//! Who may know whom: the manifests for crates, the sources for words that a wall keeps out.

use toml::Table;

use crate::source::{files, has_word, lines, none, product, root, rust};

/// Each crate with the crates of ours that it may depend on.
const MAY_KNOW: &[(&str, &str, &[&str])] = &[
    ("theke-domain", "src-tauri/crates/domain", &[]),
    ("theke-store", "src-tauri/crates/store", &["theke-domain"]),
    ("theke-channels", "src-tauri/crates/channels", &["theke-domain"]),
    ("theke-engine", "src-tauri/crates/engine", &["theke-domain", "theke-store", "theke-channels"]),
    ("theke-keychain", "src-tauri/crates/keychain", &["theke-engine"]),
    ("theke-network", "src-tauri/crates/network", &[]),
    (
        "thekectl",
        "src-tauri/crates/ctl",
        &["theke-engine", "theke-domain", "theke-keychain", "theke-network"],
    ),
    ("theke", "src-tauri", &["theke-engine", "theke-keychain", "theke-network"]),
    // The trainer of intents reads as the program does; behind a feature, for `cargo xtask train-intents` alone.
    ("xtask", "src-tauri/xtask", &["theke-domain"]),
];

/// Foreign crates that stand behind one wall, and where.
const BEHIND: &[(&str, &[&str])] = &[
    ("rusqlite", &["theke-store"]),
    ("imap", &["theke-channels"]),
    ("lettre", &["theke-channels"]),
    ("mail-parser", &["theke-channels"]),
    ("ts-rs", &["theke-engine"]),
    ("keyring", &["theke-keychain"]),
    ("clap", &["thekectl"]),
    ("notify-rust", &["theke"]),
    ("open", &["theke"]),
    ("gtk", &["theke"]),
    ("webkit2gtk", &["theke"]),
];

/// What `domain` may be built from: no I/O, no async, no clock.
const PURE: &[&str] = &[
    "serde",
    "serde_json",
    "thiserror",
    "phonenumber",
    "idna",
    "unicode-normalization",
    "jiff",
    "sha2",
    "strsim",
    "computus",
    "whatlang",
    "aho-corasick",
    "toml",
];

#[test]
fn crates_know_only_what_is_below_them() {
    let mut findings = Vec::new();
    for (name, folder, allowed) in MAY_KNOW {
        for dependency in dependencies(folder) {
            let ours = dependency.starts_with("theke");
            if ours && !allowed.contains(&dependency.as_str()) {
                findings.push(format!("{folder}/Cargo.toml: {name} depends on {dependency}"));
            }
        }
    }
    none(
        "A crate may depend only on the crates below it (ARCHITECTURE.md, dependency direction).",
        &findings,
    );
}

#[test]
fn foreign_crates_stay_behind_their_wall() {
    let mut findings = Vec::new();
    for (name, folder, _) in MAY_KNOW {
        for dependency in dependencies(folder) {
            let shell_only = dependency.starts_with("tauri") && *name != "theke";
            let walled = BEHIND.iter().any(|(foreign, at)| *foreign == dependency && !at.contains(name));
            if shell_only || walled {
                findings.push(format!("{folder}/Cargo.toml: {name} depends on {dependency}"));
            }
        }
    }
    none("Each of these crates is known in one place only.", &findings);
}

#[test]
fn the_domain_is_pure() {
    let mut findings: Vec<String> = dependencies("src-tauri/crates/domain")
        .into_iter()
        .filter(|dependency| !PURE.contains(&dependency.as_str()))
        .map(|dependency| format!("src-tauri/crates/domain/Cargo.toml: {dependency}"))
        .collect();
    let impure = [
        "std::fs",
        "std::net",
        "std::env",
        "std::process",
        "std::thread",
        "SystemTime",
        "Instant",
        "Timestamp::now",
        "Zoned::now",
        "tokio",
        "println!",
        "eprintln!",
    ];
    for file in product().iter().filter(|file| file.file.path.starts_with("src-tauri/crates/domain/")) {
        let hits = |line: &str| impure.iter().any(|word| has_word(line, word)) || line.contains("async fn");
        findings.extend(lines(&file.file.path, &file.product_code(), hits));
    }
    none(
        "domain depends on pure crates only, reads no clock and does no I/O: time is an argument.",
        &findings,
    );
}

#[test]
fn only_the_shell_knows_tauri() {
    let mut findings = Vec::new();
    for file in rust() {
        let path = &file.file.path;
        if path.starts_with("src-tauri/src/") || path == "src-tauri/build.rs" {
            continue;
        }
        let hits = |line: &str| {
            has_word(line, "tauri") || has_word(line, "tauri_build") || line.contains("tauri_plugin")
        };
        findings.extend(lines(path, &file.code, hits));
    }
    none("Only src-tauri/src knows Tauri.", &findings);
}

#[test]
fn only_one_file_of_the_window_imports_tauri() {
    let mut findings = Vec::new();
    for file in files("ui", &[".ts", ".svelte", ".js", ".mjs"]) {
        if file.path != "ui/src/lib/api/tauri.ts" {
            let imports = |line: &str| {
                line.contains("@tauri-apps/") && (line.contains("import") || line.contains("from"))
            };
            findings.extend(lines(&file.path, &file.text, imports));
        }
    }
    none("Only ui/src/lib/api/tauri.ts imports @tauri-apps/*.", &findings);
}

#[test]
fn only_the_store_contains_sql() {
    let mut findings = Vec::new();
    for file in product().iter().filter(|file| !file.file.path.starts_with("src-tauri/crates/store/")) {
        findings.extend(lines(&file.file.path, &file.product_strings(), is_sql));
    }
    none("SQL stands in the store and nowhere else.", &findings);
}

fn is_sql(line: &str) -> bool {
    let has = |a: &str, b: &str| line.find(a).is_some_and(|at| line[at + a.len()..].contains(b));
    has("SELECT ", " FROM ")
        || has("UPDATE ", " SET ")
        || ["INSERT INTO ", "INSERT OR ", "DELETE FROM ", "CREATE TABLE ", "CREATE INDEX ", "PRAGMA "]
            .iter()
            .any(|statement| line.contains(statement))
}

#[test]
fn only_the_api_derives_typescript() {
    let mut findings = Vec::new();
    for file in product() {
        if !file.file.path.starts_with("src-tauri/crates/engine/src/api/") {
            findings.extend(lines(&file.file.path, &file.code, |line| {
                has_word(line, "ts_rs") || has_word(line, "TS")
            }));
        }
    }
    none("Only engine::api derives TypeScript types.", &findings);
}

/// The names of a crate's own dependencies, of every platform, without those of its tests.
fn dependencies(folder: &str) -> Vec<String> {
    let text = std::fs::read_to_string(root().join(folder).join("Cargo.toml")).unwrap();
    let manifest: Table = text.parse().unwrap();
    let mut names: Vec<String> = Vec::new();
    let mut gather = |table: &Table| {
        if let Some(list) = table.get("dependencies").and_then(|list| list.as_table()) {
            names.extend(list.keys().cloned());
        }
    };
    gather(&manifest);
    if let Some(targets) = manifest.get("target").and_then(|targets| targets.as_table()) {
        targets.values().filter_map(|target| target.as_table()).for_each(gather);
    }
    names
}
