//! The window's front end, as far as text can tell: its words come from the translations.

use crate::source::{files, none, root};

/// Attributes that a person sees or hears.
const SPOKEN: &[&str] = &["aria-label", "aria-description", "title", "placeholder", "alt", "label"];

#[test]
fn no_text_stands_outside_the_translations() {
    let mut findings = Vec::new();
    for file in files("ui/src", &[".svelte"]) {
        for (line, text) in spoken(&file.text) {
            findings.push(format!("{}:{line}: {text:?}", file.path));
        }
    }
    none("Every word on screen comes from ui/messages.", &findings);
}

#[test]
fn all_languages_have_the_same_messages() {
    let mut languages = Vec::new();
    for file in files("ui/messages", &[".json"]) {
        let messages: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&file.text).unwrap();
        let keys: std::collections::BTreeSet<String> = messages.keys().cloned().collect();
        languages.push((file.path, keys));
    }
    assert!(languages.len() >= 2, "German and English are there from the start");
    let mut findings = Vec::new();
    let all: std::collections::BTreeSet<&String> = languages.iter().flat_map(|(_, keys)| keys).collect();
    for (path, keys) in &languages {
        findings.extend(
            all.iter().filter(|key| !keys.contains(**key)).map(|key| format!("{path}: {key} is missing")),
        );
    }
    none("Every message is there in every language.", &findings);
}

#[test]
fn every_translated_error_code_exists() {
    // The sentence for a code comes from the translations: each code of the api has one.
    let codes = std::fs::read_to_string(root().join("ui/src/lib/api/bindings/Code.ts")).unwrap();
    let codes: Vec<&str> = codes.split('"').skip(1).step_by(2).collect();
    assert!(codes.contains(&"no_profile"), "the codes were not found in Code.ts");
    let german: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&std::fs::read_to_string(root().join("ui/messages/de.json")).unwrap()).unwrap();
    let missing: Vec<String> = codes
        .iter()
        .filter(|code| !german.keys().any(|key| key.contains(&format!("error_{code}"))))
        .map(|code| format!("ui/messages/de.json: no sentence error_{code}"))
        .collect();
    none("Every error code of the api has its sentence.", &missing);
}

/// Literal words in the template of a component, with their lines: text nodes, and attributes that are read aloud.
fn spoken(component: &str) -> Vec<(usize, String)> {
    let template =
        without(&without(&without(component, "<script", "</script>"), "<style", "</style>"), "<!--", "-->");
    let mut found = Vec::new();
    let (mut depth, mut in_tag, mut line, mut text, mut text_line) = (0_i32, false, 1, String::new(), 1);
    let mut tag = String::new();
    for c in template.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            '<' if depth == 0 => {
                take(&mut found, &mut text, text_line);
                in_tag = true;
                tag.clear();
            }
            '>' if depth == 0 && in_tag => {
                in_tag = false;
                attributes(&tag, line, &mut found);
            }
            '\n' if depth == 0 && !in_tag => text.push(' '),
            _ if depth == 0 && in_tag => tag.push(c),
            _ if depth == 0 => {
                if text.trim().is_empty() {
                    text_line = line;
                }
                text.push(c);
            }
            _ => {}
        }
        line += usize::from(c == '\n');
    }
    take(&mut found, &mut text, text_line);
    found
}

/// A text node counts if it holds a word: two letters in a row.
fn take(found: &mut Vec<(usize, String)>, text: &mut String, line: usize) {
    if has_letters(text) {
        found.push((line, text.trim().to_owned()));
    }
    text.clear();
}

fn has_letters(text: &str) -> bool {
    // The program's own name is the same in every language.
    let plain = text.replace("&nbsp;", " ").replace("&amp;", " ").replace("Theke", " ");
    plain.chars().zip(plain.chars().skip(1)).any(|(a, b)| a.is_alphabetic() && b.is_alphabetic())
}

fn attributes(tag: &str, line: usize, found: &mut Vec<(usize, String)>) {
    for name in SPOKEN {
        for (at, _) in tag.match_indices(&format!("{name}=\"")) {
            let before = tag[..at].chars().next_back();
            let value = tag[at + name.len() + 2..].split('"').next().unwrap();
            if before.is_some_and(char::is_whitespace) && has_letters(value) {
                found.push((line, format!("{name}=\"{value}\"")));
            }
        }
    }
}

/// The text with blanks for everything between the two marks; lines kept.
fn without(text: &str, open: &str, close: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(open) {
        let end = rest[start..].find(close).map_or(rest.len(), |at| start + at + close.len());
        kept.push_str(&rest[..start]);
        kept.extend(rest[start..end].chars().filter(|c| *c == '\n'));
        rest = &rest[end..];
    }
    kept + rest
}

#[test]
fn literal_words_in_a_component_are_found() {
    let component = "<script>\n  const x = 'not this';\n</script>\n<p class=\"a\" onclick={() => go(1)}>{m.hello()} Hallo</p>\n\
        <button title=\"Weg damit\" aria-label={m.go()}>×</button>\n<!-- nor this -->\n{#if a > b}<b>·</b>{/if}\n<style>p { color: red }</style>";
    let found = spoken(component);
    assert_eq!(found, [(4, "Hallo".to_owned()), (5, "title=\"Weg damit\"".to_owned())]);
}
