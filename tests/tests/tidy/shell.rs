//! P1: what the window may do is one short list, and every part of the program agrees on it.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::source::root;

/// To hear our events; nothing else of Tauri is open to the page.
const LISTEN: [&str; 2] = ["core:event:allow-listen", "core:event:allow-unlisten"];

fn json(path: &str) -> Value {
    serde_json::from_str(&text(path)).unwrap()
}

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

#[test]
fn there_is_one_capability_for_one_window() {
    let folder = root().join("src-tauri/capabilities");
    let found: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(found, ["main.json"]);
    let capability = json("src-tauri/capabilities/main.json");
    assert_eq!(capability["windows"], serde_json::json!(["main"]));
    assert_eq!(capability["local"], serde_json::json!(true));
    assert!(capability.get("remote").is_none(), "no page from elsewhere may call the program");
    assert!(capability.get("webviews").is_none());
}

#[test]
fn capability_handler_and_window_name_the_same_commands() {
    let capability = json("src-tauri/capabilities/main.json");
    let permissions: BTreeSet<String> = capability["permissions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p.as_str().unwrap().to_owned())
        .collect();
    let commands: BTreeSet<String> =
        permissions.iter().filter_map(|p| p.strip_prefix("allow-")).map(|p| p.replace('-', "_")).collect();
    let others: Vec<&String> = permissions.iter().filter(|p| !p.starts_with("allow-")).collect();
    assert_eq!(others, LISTEN, "nothing but our commands and hearing our events is open to the window");

    let handler = text("src-tauri/src/commands/mod.rs");
    let (_, list) = handler.split_once("generate_handler![").unwrap();
    let (list, _) = list.split_once(']').unwrap();
    let registered: BTreeSet<String> = list
        .split(',')
        .filter_map(|path| path.trim().rsplit("::").next())
        .filter(|n| !n.is_empty())
        .map(str::to_owned)
        .collect();
    assert_eq!(registered, commands, "the handler (left) and the capability (right) differ");

    let client = text("ui/src/lib/api/tauri.ts");
    let called: BTreeSet<String> =
        client.split("invoke('").skip(1).map(|rest| rest.split('\'').next().unwrap().to_owned()).collect();
    assert_eq!(called, commands, "what the window calls (left) and the capability (right) differ");
}

#[test]
fn the_page_loads_nothing_from_elsewhere() {
    let config = json("src-tauri/tauri.conf.json");
    assert_eq!(config["app"]["withGlobalTauri"], serde_json::json!(false));
    let policy = config["app"]["security"]["csp"].as_str().unwrap();
    let directives: Vec<(&str, Vec<&str>)> = policy
        .split(';')
        .filter_map(|directive| directive.trim().split_once(' '))
        .map(|(name, sources)| (name, sources.split_whitespace().collect()))
        .collect();
    let of = |name: &str| {
        directives.iter().find(|(n, _)| *n == name).map(|(_, sources)| sources.clone()).unwrap_or_default()
    };
    assert_eq!(of("default-src"), ["'none'"]);
    assert_eq!(of("script-src"), ["'self'"]);
    for closed in ["object-src", "base-uri", "form-action", "font-src"] {
        assert_eq!(of(closed), ["'none'"], "{closed}");
    }
    assert_eq!(of("connect-src"), ["ipc:", "http://ipc.localhost"]);
    for (name, sources) in &directives {
        for source in sources {
            let ours = ["'none'", "'self'", "data:", "ipc:", "http://ipc.localhost"].contains(source)
                || (*name == "style-src" && *source == "'unsafe-inline'");
            assert!(ours, "{name} allows {source}");
        }
    }
}
