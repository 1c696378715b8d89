//! How things are written: modules say what they are, tests do not sleep or hide, nothing is left half done.

use crate::source::{Rust, files, has_word, lines, none, rust};

#[test]
fn every_module_says_what_it_is() {
    let mut findings = Vec::new();
    for file in rust() {
        // Attributes of the crate may stand before.
        let mut depth = 0_i32;
        let first = file.file.text.lines().find(|line| {
            let attribute = depth > 0 || line.starts_with("#![");
            if attribute {
                depth += i32::try_from(line.matches('[').count()).unwrap();
                depth -= i32::try_from(line.matches(']').count()).unwrap();
            }
            !attribute && !line.trim().is_empty()
        });
        if !first.is_some_and(|line| line.starts_with("//!")) {
            findings.push(format!("{}:1", file.file.path));
        }
    }
    none("Every module opens with //!: what it is, why it is so, what is deliberately not in it.", &findings);
}

#[test]
fn no_test_is_ignored() {
    let ignored = |line: &str| line.contains("#[ignore") || line.contains("ignore = \"");
    let findings: Vec<String> =
        rust().iter().flat_map(|file| lines(&file.file.path, &file.code, ignored)).collect();
    let skipped = |line: &str| {
        [".skip(", ".only(", ".todo("].iter().any(|word| {
            ["it", "test", "describe"]
                .iter()
                .any(|name| line.trim_start().starts_with(&format!("{name}{word}")))
        })
    };
    let ui = ["ui/src", "tests"].iter().flat_map(|folder| files(folder, &[".ts", ".mjs", ".js"]));
    let findings: Vec<String> =
        findings.into_iter().chain(ui.flat_map(|file| lines(&file.path, &file.text, skipped))).collect();
    none("No test is ignored or left for later.", &findings);
}

/// Where a condition can only be asked for again and again, the function says so in its name and has a bound.
#[test]
fn tests_do_not_sleep_to_synchronize() {
    let waits = |name: &str| ["wait", "until", "poll", "eventually"].iter().any(|word| name.contains(word));
    let mut findings = Vec::new();
    for file in rust().iter().filter(|file| file.is_test() && !file.file.path.contains("/xtask/")) {
        let functions = file.functions();
        let sleeps = lines(&file.file.path, &file.code, |line| line.contains("sleep("));
        for finding in sleeps {
            let line: usize = finding.split(':').nth(1).unwrap().parse().unwrap();
            let inner = functions.iter().rfind(|f| f.first <= line && line < f.first + f.lines);
            if !inner.is_some_and(|function| waits(&function.name)) {
                findings.push(finding);
            }
        }
    }
    none(
        "No sleep as synchronization: wait for the thing itself, in a bounded function named wait_….",
        &findings,
    );
}

#[test]
fn nothing_is_left_half_done() {
    let marks = ["TODO", "FIXME", "XXX", "HACK", "todo!", "unimplemented!"];
    let mut findings = Vec::new();
    for file in rust().iter().filter(|file| !file.file.path.starts_with("tests/tests/tidy/")) {
        let hits =
            |line: &str| marks.iter().any(|mark| has_word(line, mark)) || line.contains("not built yet");
        findings.extend(lines(&file.file.path, &file.file.text, hits));
    }
    for file in files("ui/src", &[".ts", ".svelte", ".css"]) {
        findings.extend(lines(&file.path, &file.text, |line| marks.iter().any(|mark| has_word(line, mark))));
    }
    none("Nothing is left half done: finish it, or take it out and write an issue.", &findings);
}

#[test]
fn errors_have_no_drawer_for_everything() {
    let generic = |line: &str| line.contains("Generic(String)") || line.contains("GenericError");
    let findings: Vec<String> =
        rust().iter().flat_map(|file: &Rust| lines(&file.file.path, &file.code, generic)).collect();
    none("An error is one of its enum's cases, not Generic(String).", &findings);
}
