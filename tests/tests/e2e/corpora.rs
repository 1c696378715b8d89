//! Every file that strangers made goes through `inspect` and `import`: no crash, no hang, bounded memory.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;
use theke_tests::program::{Shop, corpora};

/// Processor time for one file, in seconds. Not wall time: the machine may be busy with other things.
const SECONDS: f64 = 2.0;
/// Peak memory, in megabytes.
const MEGABYTES: u64 = 200;

fn files_below(folder: &Path, into: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files_below(&path, into);
        } else {
            into.push(path);
        }
    }
}

/// User and system time of a running process (`man 5 proc`).
fn cpu_seconds(pid: u32) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks: f64 =
        fields.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum();
    Some(ticks / 100.0)
}

fn peak_megabytes(pid: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kb| kb / 1024)
}

#[test]
fn every_file_can_be_inspected() {
    let Some(corpora) = corpora() else { return };
    let mut files = Vec::new();
    files_below(&corpora, &mut files);
    let shop = Shop::empty();
    let mut slow = Vec::new();
    let mut peak = 0;
    for some in files.chunks(400) {
        let mut child = shop
            .command(&["inspect"])
            .args(some)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut used = 0.0;
        for file in some {
            let line = lines
                .next()
                .unwrap_or_else(|| panic!("the program ended before {}", file.display()))
                .unwrap();
            let value: Value = serde_json::from_str(&line).unwrap();
            assert_eq!(value["file"], *file.to_string_lossy(), "in order");
            assert!(value["problems"].is_array() && value["text"].is_string(), "{}", file.display());
            let problems = value["problems"].to_string();
            assert!(
                !problems.contains("made a mistake") && !problems.contains("given up"),
                "{}: {problems}",
                file.display()
            );
            if let Some(now) = cpu_seconds(child.id()) {
                if now - used > SECONDS {
                    slow.push(format!("{}: {:.1} s", file.display(), now - used));
                }
                used = now;
            }
            peak = peak.max(peak_megabytes(child.id()).unwrap_or(0));
        }
        let done = child.wait_with_output().unwrap();
        assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
        assert!(done.stderr.is_empty(), "{}", String::from_utf8_lossy(&done.stderr));
    }
    assert!(slow.is_empty(), "{slow:#?}");
    assert!(peak <= MEGABYTES, "{peak} MB");
}

#[test]
fn every_file_can_be_imported() {
    let Some(corpora) = corpora() else { return };
    let mut files = Vec::new();
    files_below(&corpora, &mut files);
    let shop = Shop::new();
    let child =
        shop.command(&["import"]).args(&files).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let done = child.wait_with_output().unwrap();
    let stderr = String::from_utf8_lossy(&done.stderr);
    assert!(matches!(done.status.code(), Some(0 | 3)), "{:?}: {stderr}", done.status);
    let result: Value = serde_json::from_slice(&done.stdout).unwrap();
    let number = |key: &str| result[key].as_u64().unwrap();
    assert_eq!(number("read"), number("stored") + number("known"), "{result}");
    assert!(number("stored") > 1000, "{result}");
    // What was refused is named, each file once.
    let failed = result["failed"].as_array().unwrap();
    assert!(number("read") + failed.len() as u64 >= files.len() as u64, "{result}");
    for failure in failed {
        assert!(failure["error"].as_str().is_some_and(|text| text.len() > 10), "{failure}");
    }
    // Everything that is in can be listed, and the second time nothing is new.
    let listed = shop.json(&["conversations", "list"]);
    assert!(listed.as_array().unwrap().len() > 100);
    assert!(shop.json(&["contacts", "list"]).as_array().unwrap().len() > 100);
    for conversation in listed.as_array().unwrap().iter().step_by(97) {
        shop.json(&["conversations", "show", &conversation["id"].to_string()]);
    }
    let again = shop
        .run(&[&["import"][..], &files.iter().map(|f| f.to_str().unwrap()).collect::<Vec<_>>()[..]].concat());
    assert_eq!(again.value()["stored"], 0, "{}", again.err);
    for check in shop.json(&["doctor"]).as_array().unwrap() {
        assert_eq!(check["ok"], true, "{check}");
    }
}

#[test]
fn strings_of_strangers_as_search_and_name_change_nothing() {
    let Some(corpora) = corpora() else { return };
    let Ok(text) = fs::read_to_string(corpora.join("blns/blns.txt")) else {
        println!("skipped: corpora not found");
        return;
    };
    let shop = Shop::new();
    let strings: Vec<&str> = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let mut files = Vec::new();
    for (n, string) in strings.iter().enumerate() {
        let raw = format!(
            "From: \"{}\" <n{n}@kunde.example>\r\nTo: shop@test.local\r\nSubject: {string}\r\nMessage-ID: <{n}@kunde.example>\r\n\r\n{string}\r\n",
            string.replace(['"', '\\'], "")
        );
        files.push(shop.write(&format!("{n}.eml"), raw));
    }
    let words: Vec<&str> = std::iter::once("import").chain(files.iter().map(String::as_str)).collect();
    let done = shop.json(&words);
    assert_eq!(done["stored"], strings.len(), "{done}");
    for string in strings.iter().filter(|string| !string.contains('\0')).step_by(9) {
        let found = shop.json(&["search", "--", string]);
        assert!(found["messages"].is_array(), "{string}: {found}");
    }
}
