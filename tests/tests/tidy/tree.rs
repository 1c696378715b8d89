//! The tree: its top level, the migrations, the README.

use crate::source::{files, none, root};

#[test]
fn the_top_level_is_fixed() {
    let wanted = [
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE",
        "README.md",
        "icons",
        "migrations",
        "src-tauri",
        "tests",
        "ui",
    ];
    let mut found: Vec<String> = std::fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        // Built, and never in the repository.
        .filter(|name| !name.starts_with('.') && name != "target")
        .collect();
    found.sort();
    assert_eq!(found, wanted, "\nThe visible top level is fixed; documents lie beside what they describe.");
}

#[test]
fn the_readme_tells_the_two_commands_and_shows_the_window() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    for command in ["cargo start", "cargo verify"] {
        assert!(readme.contains(command), "README.md does not name `{command}`");
    }
    let picture =
        readme.split("](").skip(1).filter_map(|rest| rest.split(')').next()).find(|p| p.ends_with(".png"));
    let picture = picture.expect("README.md shows no picture");
    assert!(root().join(picture).exists(), "README.md shows {picture}, which is not there");
}

#[test]
fn every_decision_is_short_and_numbered() {
    let mut findings = Vec::new();
    for file in files("src-tauri/decisions", &[".md"]) {
        let name = file.path.rsplit('/').next().unwrap();
        let number = name.split('-').next().unwrap();
        if number.len() != 4 || !number.chars().all(|c| c.is_ascii_digit()) {
            findings.push(format!("{}: the name begins with no four-digit number", file.path));
        }
        let lines = file.text.lines().count();
        if lines > 40 {
            findings.push(format!("{}: {lines} lines; about 20 are meant", file.path));
        }
    }
    none("A decision record is short and numbered.", &findings);
}

#[test]
fn every_column_of_a_migration_has_a_comment() {
    let mut findings = Vec::new();
    for file in migrations() {
        let mut table = None;
        let mut above = false;
        for (index, line) in file.text.lines().enumerate() {
            let (code, comment) =
                line.split_once("--").map_or((line, None), |(code, comment)| (code, Some(comment)));
            if let Some(rest) = code.strip_prefix("CREATE TABLE ") {
                table = Some(rest.split_whitespace().next().unwrap().to_owned());
                continue;
            }
            if code.starts_with(')') {
                table = None;
            }
            let Some(table) = &table else { continue };
            let name = code.split_whitespace().next().unwrap_or_default();
            let is_column = name.chars().next().is_some_and(|c| c.is_ascii_lowercase());
            let has_comment = comment.is_some_and(|comment| !comment.trim().is_empty());
            if is_column && !has_comment && !above {
                findings.push(format!("{}:{}: {table}.{name}", file.path, index + 1));
            }
            // A longer comment stands on lines of its own before the column.
            above = has_comment && name.is_empty();
        }
    }
    none("Every column has a comment that says what it holds.", &findings);
}

#[test]
fn every_table_is_strict() {
    let mut findings = Vec::new();
    for file in migrations() {
        let code: Vec<&str> = file.text.lines().map(|line| line.split("--").next().unwrap()).collect();
        for statement in code.join("\n").split(';').map(str::trim_start) {
            if statement.starts_with("CREATE TABLE") && !statement.contains("STRICT") {
                findings.push(format!("{}: {}", file.path, statement.lines().next().unwrap()));
            }
        }
    }
    none("Every table is STRICT.", &findings);
}

/// The numbered ones; `schema.sql` is made from them.
fn migrations() -> Vec<crate::source::File> {
    let all = files("migrations", &[".sql"]);
    all.into_iter().filter(|file| !file.path.ends_with("/schema.sql")).collect()
}
