//! Reading of definitions: what is wrong is said with its place.

use super::*;

fn faults(text: &str) -> Vec<String> {
    read::read("own.toml", text).err().unwrap_or_default()
}

fn shipped(name: &str) -> &'static str {
    SHIPPED.iter().find(|(file, _)| *file == name).unwrap().1
}

#[test]
fn the_shipped_definitions_are_sound() {
    let (specs, broken) = specs();
    assert_eq!(broken, Vec::<String>::new());
    let kinds: Vec<&str> = specs.iter().map(|spec| spec.kind.as_str()).collect();
    assert_eq!(kinds, ["sms-seven", "sms-android"]);
}

#[test]
fn a_misspelt_key_is_named_with_its_line_and_the_right_word() {
    let text = shipped("sms-seven.toml").replace("lookback_s", "look_back_s");
    let line = 1 + text.lines().position(|line| line.starts_with("look_back_s")).unwrap();
    let faults = faults(&text);
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].starts_with(&format!("own.toml:{line}: ")), "{}", faults[0]);
    assert!(faults[0].ends_with("did you mean lookback_s?"), "{}", faults[0]);
}

#[test]
fn each_fault_says_where_it_is_and_what_was_expected() {
    let seven = shipped("sms-seven.toml");
    for (from, to, place, wanted) in [
        ("{{secret.api_key}}", "{{secret.apikey}}", "value = ", "expected api_key"),
        ("{{msg.to}}", "{{msg.too}}", "to = \"{{msg.too", "is not known, expected secret.KEY"),
        ("id = \"/id\"", "id = \"id\"", "id = \"id\"", "is no JSON pointer, expected"),
        ("https://gateway.seven.io/api", "https://other.example", "base_url", "must be on gateway.seven.io"),
        ("medium = \"sms\"", "medium = \"S M S\"", "medium", "expected lower-case letters"),
        (
            "class = \"auth\"",
            "class = \"oauth\"",
            "class = \"oauth",
            "unknown variant `oauth`, expected one of",
        ),
        ("[inbound]\n", "[inbound\n", "[inbound", "expected"),
        ("limit = 100", "limit = 'a'", "limit = 'a'", "expected u32"),
        ("/journal/inbound\"", "journal/inbound\"", "path = \"journal", "expected /name"),
        ("%Y-%m-%d\"", "day\"", "format = \"day", "expected rfc3339"),
        (
            "zone = \"Europe/Berlin\"",
            "zone = \"Europe/Bärlin\"",
            "zone = \"Europe/B",
            "is no time zone, expected",
        ),
        ("from = \"{{setting.number}}\"", "from = \"{{cursor}}\"", "[send]", "expected it in [inbound] only"),
    ] {
        assert!(seven.contains(from), "{from}");
        let text = seven.replacen(from, to, 1);
        let line = 1 + text.lines().position(|line| line.starts_with(place)).unwrap();
        let faults = faults(&text);
        let first = faults.first().unwrap_or_else(|| panic!("{to} was accepted"));
        assert!(first.contains(wanted), "{to}: {first}");
        let named: usize = first.split(':').nth(1).and_then(|n| n.trim().parse().ok()).unwrap();
        // Nested tables are named by the table that holds them.
        assert!(named <= line && line - named <= 12, "{to}: line {line}, but {first}");
    }
}

#[test]
fn what_a_file_promises_must_be_possible() {
    let head = "id = \"own\"\nversion = 1\nlabel = \"Own\"\nmedium = \"chat\"\n";
    for (rest, wanted) in [
        ("hosts = [\"a.example\"]\n", "expected [inbound] or [send]"),
        ("[send.request]\npath = \"/x\"\n[send.request.body]\nto = \"{{msg.to}}\"\n", "expected hosts ="),
        ("hosts = [\"a.example\"]\n[send.request]\npath = \"/x\"\n", "expected {{msg.to}}"),
    ] {
        let faults = faults(&format!("{head}{rest}"));
        assert!(faults.iter().any(|fault| fault.contains(wanted)), "{rest}: {faults:?}");
    }
}

#[test]
fn a_folder_gives_its_good_files_and_names_its_bad_ones() {
    let dir = tempfile::tempdir().unwrap();
    let own = shipped("sms-seven.toml").replacen("sms-seven", "sms-own", 1);
    std::fs::write(dir.path().join("b.toml"), own).unwrap();
    std::fs::write(dir.path().join("a.toml"), "id = 5").unwrap();
    std::fs::write(dir.path().join("notes.txt"), "not a definition").unwrap();
    let (specs, broken) = user_specs(dir.path());
    assert_eq!(specs.iter().map(|spec| spec.kind.as_str()).collect::<Vec<_>>(), ["sms-own"]);
    assert_eq!(broken.len(), 1);
    assert!(broken[0].starts_with("a.toml:1: "), "{broken:?}");
    assert_eq!(user_specs(&dir.path().join("missing")).1, Vec::<String>::new());
}
