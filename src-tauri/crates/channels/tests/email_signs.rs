//! Machines and bounces in mails that nobody of this project wrote: the labelled corpora.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use theke_channels::mime::{self, Inspected};
use theke_domain::machine::Verdict;

fn corpora() -> Option<PathBuf> {
    let given = std::env::var_os("THEKE_SHARED").map(PathBuf::from);
    let beside = || {
        let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
        above.map(|a| a.join("../shared")).find(|p| p.join("corpora").is_dir())
    };
    let found = given.or_else(beside).map(|shared| shared.join("corpora")).filter(|p| p.is_dir());
    if found.is_none() {
        println!("skipped: corpora not found");
    }
    found
}

fn expected(folder: &Path, name: &str) -> BTreeMap<String, Value> {
    serde_json::from_slice(&std::fs::read(folder.join(name)).unwrap()).unwrap()
}

fn read(path: &Path) -> Inspected {
    mime::inspect(&std::fs::read(path).unwrap(), &[], &[])
}

#[test]
fn machines_are_told_from_people() {
    let Some(corpora) = corpora() else { return };
    let (mut machines, mut known, mut people) = (0, 0, 0);
    for (name, label) in expected(&corpora, "EXPECTED_AUTOREPLY.json") {
        let automatic = read(&corpora.join(&name)).automatic;
        let is_machine = automatic.verdict == Verdict::Machine;
        match label.as_str().unwrap() {
            "must_not" => {
                machines += 1;
                known += usize::from(is_machine);
                if !is_machine {
                    println!("missed: {name} {:?}", automatic.signs);
                }
            }
            "should_reply" => {
                people += 1;
                assert!(!is_machine, "{name} is a person: {:?}", automatic.signs);
            }
            _ => println!("no sign is asked of {name}: {:?}", automatic.signs),
        }
    }
    println!("figure: machines known: {known} of {machines}; people: {people} of {people}");
    assert!(machines > 400 && people >= 10);
    assert!(known * 100 >= machines * 99, "{known} of {machines}");
}

fn addresses(inspected: &Inspected) -> Vec<String> {
    let recipients = inspected.bounce.iter().flat_map(|bounce| &bounce.recipients);
    let mut found: Vec<String> = recipients.map(|recipient| recipient.address.clone()).collect();
    found.sort();
    found
}

#[test]
fn the_recipients_of_flufl_are_found() {
    let Some(corpora) = corpora() else { return };
    let folder = corpora.join("flufl-bounce");
    let (mut found, mut all) = (0, 0);
    for (name, value) in expected(&folder, "EXPECTED.json") {
        let mut wanted: Vec<String> = Vec::new();
        for detector in value.as_array().unwrap() {
            let named = detector["addresses"].as_array().unwrap().iter();
            wanted.extend(named.map(|address| address.as_str().unwrap().to_lowercase()));
        }
        wanted.sort();
        wanted.dedup();
        if wanted.is_empty() {
            continue;
        }
        let got = addresses(&read(&folder.join(&name)));
        all += 1;
        found += usize::from(got == wanted);
        if got != wanted {
            println!("{name}: {got:?} instead of {wanted:?}");
        }
    }
    println!("figure: bounces of flufl: {found} of {all} with exactly their recipients");
    assert!(found * 100 >= all * 95, "{found} of {all}");
}

/// The set says of each recipient whether the address is dead; it names no addresses.
#[test]
fn the_verdicts_of_sisimai_are_reached() {
    let Some(corpora) = corpora() else { return };
    let folder = corpora.join("sisimai");
    let (mut right, mut all, mut named, mut mails) = (0, 0, 0, 0);
    for (name, value) in expected(&folder, "EXPECTED.json") {
        let inspected = read(&folder.join("bsd").join(&name));
        let recipients = inspected.bounce.map(|bounce| bounce.recipients).unwrap_or_default();
        let wanted = value.as_array().unwrap();
        let failed =
            wanted.iter().filter(|one| !matches!(one["reason"].as_str(), Some("delivered" | "vacation")));
        if failed.count() > 0 {
            mails += 1;
            named += usize::from(!recipients.is_empty());
            if recipients.is_empty() {
                println!("nobody: {name} {:?}", inspected.automatic.signs);
            }
        }
        for (index, one) in wanted.iter().enumerate() {
            let got = recipients.get(index).or(recipients.last());
            let hard = got.is_some_and(|recipient| recipient.hard == Some(true));
            all += 1;
            right += usize::from(hard == one["hard"].as_bool().unwrap());
            if hard != one["hard"].as_bool().unwrap() {
                println!("{name}: {} ({}) was taken for {got:?}", one["reason"], one["dsn"]);
            }
        }
    }
    println!(
        "figure: bounces of sisimai: {right} of {all} hard or soft; recipients in {named} of {mails} mails"
    );
    assert!(right * 100 >= all * 92, "{right} of {all}");
    assert!(named * 100 >= mails * 95, "{named} of {mails}");
}

#[test]
fn the_facts_of_two_more_sets() {
    let Some(corpora) = corpora() else { return };
    let folder = corpora.join("bounceparser");
    for (name, value) in expected(&folder, "EXPECTED.json") {
        let facts = value.as_str().unwrap();
        let inspected = read(&folder.join(&name));
        let got = addresses(&inspected);
        if let Some((_, rest)) = facts.split_once("addresses => ['") {
            let wanted = rest.split('\'').next().unwrap();
            println!("{name}: {got:?}, {wanted} is right: {}", got == [wanted]);
        }
        if let Some((_, rest)) = facts.split_once("orig_message_id => '") {
            let id = inspected.bounce.as_ref().and_then(|bounce| bounce.original_message_id.as_deref());
            assert_eq!(id, rest.split('\'').next(), "{name}");
        }
    }
    let folder = corpora.join("bounce_email");
    let (mut right, mut all) = (0, 0);
    for (name, value) in expected(&folder, "EXPECTED.json") {
        let Some(kind) = value["type"].as_str() else { continue };
        let found = ["", ".txt", ".eml"].iter().flat_map(|end| {
            ["bounces", "fixtures", "non_bounces"].map(|sub| folder.join(sub).join(format!("{name}{end}")))
        });
        let Some(path) = found.into_iter().find(|path| path.is_file()) else { continue };
        let recipients = read(&path).bounce.map(|bounce| bounce.recipients).unwrap_or_default();
        let hard = recipients.first().and_then(|recipient| recipient.hard);
        all += 1;
        let wanted = kind == "TYPE_HARD_FAIL";
        right += usize::from((hard == Some(true)) == wanted);
        println!("{name}: {kind}, {recipients:?}");
    }
    println!("figure: bounces of bounce_email: {right} of {all}");
}
