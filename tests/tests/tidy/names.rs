//! One vocabulary: banned words in names, and kinds of channels that only their own folder names.

use crate::source::{File, Rust, files, is_word, lines, none, product, root, rust, words_after};

/// Say nothing about what a thing is.
const BANNED: &[&str] = &[
    "manager",
    "service",
    "services",
    "helper",
    "helpers",
    "util",
    "utils",
    "utility",
    "processor",
    "data",
    "info",
    "common",
    "misc",
];

/// Proper names of things outside, which we do not get to choose.
const PROPER: &[&str] = &["secret_service", "data_url", "data_urls", "DataTransfer"];

#[test]
fn no_name_is_a_banned_word() {
    let mut findings = Vec::new();
    for file in rust() {
        path_findings(&file.file, &mut findings);
        for keyword in ["struct", "enum", "trait", "type", "fn", "mod", "const", "static", "macro_rules"] {
            for (at, name) in words_after(&file.code, keyword) {
                if is_banned(&name) {
                    let line = file.code.chars().take(at).filter(|c| *c == '\n').count() + 1;
                    findings.push(format!("{}:{line}: {name}", file.file.path));
                }
            }
        }
    }
    for file in files("ui", &[".ts", ".svelte"]) {
        path_findings(&file, &mut findings);
        // Its lexer is another one; of these words only declarations are looked at, line by line.
        for keyword in ["class ", "interface ", "function ", "type ", "enum "] {
            let declares = |line: &str| {
                let line = line.trim_start().trim_start_matches("export ").trim_start_matches("async ");
                line.strip_prefix(keyword)
                    .is_some_and(|rest| is_banned(rest.split(|c| !is_word(c)).next().unwrap()))
            };
            findings.extend(lines(&file.path, &file.text, declares));
        }
    }
    none(
        "These names say nothing: Manager, Service, Helper, Util, Processor, Data, Info, common, misc.",
        &findings,
    );
}

fn path_findings(file: &File, findings: &mut Vec<String>) {
    let name = file.path.rsplit('/').next().unwrap().split('.').next().unwrap();
    if is_banned(name) {
        findings.push(format!("{}: the file's name", file.path));
    }
}

/// The parts of a name in either manner: `userData`, `UserData`, `user_data`, `user-data`, `USER_DATA`.
fn is_banned(name: &str) -> bool {
    let mut name = name.to_owned();
    for proper in PROPER {
        name = name.replace(proper, "").replace(&proper.to_uppercase(), "");
    }
    let mut parts = vec![String::new()];
    let mut last_was_lower = false;
    for c in name.chars() {
        if c == '_' || c == '-' || (c.is_uppercase() && last_was_lower) {
            parts.push(String::new());
        }
        if is_word(c) && c != '_' {
            parts.last_mut().unwrap().extend(c.to_lowercase());
        }
        last_was_lower = c.is_lowercase() || c.is_ascii_digit();
    }
    parts.iter().any(|part| BANNED.contains(&part.as_str()))
}

#[test]
fn banned_words_are_found_in_every_manner_of_writing() {
    for name in ["AccountManager", "user_data", "MAIL_UTIL", "mail-helper", "common"] {
        assert!(is_banned(name), "{name}");
    }
    for name in ["Metadata", "database", "information", "commonplace", "as_data_url", "secret_service_lock"] {
        assert!(!is_banned(name), "{name}");
    }
}

/// The folders of channel kinds.
fn channel_folders() -> Vec<String> {
    let folder = root().join("src-tauri/crates/channels/src");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect()
}

/// Slugs of the shipped connector definitions.
fn connector_slugs() -> Vec<String> {
    let definitions = files("src-tauri/crates/channels/src", &[".toml"]);
    definitions
        .iter()
        .map(|file| file.path.rsplit('/').next().unwrap().trim_end_matches(".toml").to_owned())
        .collect()
}

#[test]
fn every_channel_folder_is_in_the_registry() {
    let registry = std::fs::read_to_string(root().join("src-tauri/crates/channels/src/registry.rs")).unwrap();
    let missing: Vec<String> = channel_folders()
        .into_iter()
        .filter(|folder| !registry.contains(&format!("{folder}::")))
        .map(|folder| format!("src-tauri/crates/channels/src/{folder}/ is not named in registry.rs"))
        .collect();
    none("Every folder in channels/src is a kind and stands in the registry.", &missing);
    assert!(!connector_slugs().is_empty(), "no shipped connector definition was found");
}

#[test]
fn engine_domain_and_window_name_no_channel_kind() {
    let slugs: Vec<String> =
        connector_slugs().into_iter().chain(channel_folders()).filter(|slug| slug != "http").collect();
    // A slug with a hyphen can be nothing but a kind. The others are also the words of media and of addresses: those
    // are caught where something is compared with `kind`.
    let names_kind = |line: &str| {
        slugs.iter().any(|slug| {
            let quoted = |quote: char| line.contains(&format!("{quote}{slug}{quote}"));
            let is_quoted = quoted('"') || quoted('\'');
            let made = line.contains("ChannelKind::new(") || line.contains("ChannelKind(");
            is_quoted && (slug.contains('-') || made)
        })
    };
    let mut findings = Vec::new();
    let ours = ["src-tauri/crates/engine/src/", "src-tauri/crates/domain/src/", "src-tauri/src/"];
    for file in
        product().iter().filter(|file: &&Rust| ours.iter().any(|folder| file.file.path.starts_with(folder)))
    {
        findings.extend(lines(&file.file.path, &file.product_text(), names_kind));
    }
    for file in files("ui/src", &[".ts", ".svelte"]) {
        if !file.path.ends_with(".test.ts") && !file.path.contains("/fake") {
            findings.extend(lines(&file.path, &file.text, names_kind));
        }
    }
    none(
        "The engine, the domain and the window name no channel kind; they read Spec and capabilities.",
        &findings,
    );
}
