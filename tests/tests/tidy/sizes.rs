//! Sizes. Beyond them a file is read by nobody; the answer is to split by meaning.

use crate::source::{files, none, rust};

const RUST_FILE: usize = 450;
const TEST_FILE: usize = 700;
const FUNCTION: usize = 80;
const COMPONENT: usize = 300;

#[test]
fn no_rust_file_is_too_long() {
    let mut findings = Vec::new();
    for file in rust() {
        let limit = if file.is_test() { TEST_FILE } else { RUST_FILE };
        let lines = file.file.text.lines().count();
        if lines > limit {
            findings.push(format!("{}: {lines} lines, {limit} at most", file.file.path));
        }
    }
    none("A Rust file aims at 60 to 200 lines. Split by meaning.", &findings);
}

#[test]
fn no_function_is_too_long() {
    let mut findings = Vec::new();
    for file in rust() {
        for function in file.functions() {
            if function.lines > FUNCTION {
                let (path, name) = (&file.file.path, function.name);
                findings.push(format!("{path}:{}: fn {name}, {} lines", function.first, function.lines));
            }
        }
    }
    none("A function has 80 lines at most.", &findings);
}

#[test]
fn no_component_is_too_long() {
    let mut findings = Vec::new();
    for file in files("ui/src", &[".svelte"]) {
        let lines = file.text.lines().count();
        if lines > COMPONENT {
            findings.push(format!("{}: {lines} lines, {COMPONENT} at most", file.path));
        }
    }
    none("A Svelte component aims at 40 to 120 lines. Split by meaning.", &findings);
}
