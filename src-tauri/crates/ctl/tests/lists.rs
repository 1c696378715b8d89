//! Lists of customers and data protection on the command line.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod ctl;

use ctl::{Ctl, MAIL};
use serde_json::json;

const LIST: &str = "Name;E-Mail;Handy;Rahmen\n\
    Käthe Muster;kaethe@kundin.example;0151 2345678;54\n\
    Bo Neu;bo@neu.example;;58\n\
    ;;;\n\
    ;;;nur Rahmen\n";

#[test]
fn a_list_is_rehearsed_taken_in_and_taken_back() {
    let ctl = Ctl::new();
    ctl.json(&["import", &ctl.write("a.eml", MAIL)]);
    let list = ctl.write("kunden.csv", LIST);
    let said = ctl.json(&["contacts", "import", &list, "--dry-run"]);
    assert_eq!((&said["new"], &said["changed"], &said["undo_id"]), (&json!(1), &json!(1), &json!(null)));
    assert_eq!(said["skipped"], json!([{"line": 5, "reason": "empty"}]));
    assert_eq!(said["columns"][3]["target"], "ignore");
    assert_eq!(ctl.json(&["contacts", "list"]).as_array().unwrap().len(), 1, "nothing was written");

    let done = ctl.json(&["contacts", "import", &list, "--map", "Rahmen=field:Rahmen"]);
    assert_eq!((&done["new"], &done["columns"][3]["target"]), (&json!(1), &json!("field:Rahmen")));
    assert_eq!(ctl.json(&["contacts", "list"]).as_array().unwrap().len(), 2);
    let back = ctl.json(&["contacts", "import", "--undo"]);
    assert_eq!((&back["what"], &back["undone"]), (&json!("contacts_imported"), &json!(true)));
    assert_eq!(ctl.json(&["contacts", "list"]).as_array().unwrap().len(), 1);
    assert_eq!(ctl.fails(&["contacts", "import", "--undo"]).0, "bad_input");
    for words in [
        &["contacts", "import", &list, "--map", "Rahmen"][..],
        &["contacts", "import", &list, "--map", "Nichts=name"][..],
        &["contacts", "import", &list, "--map", "1=nonsense"][..],
        &["contacts", "import", &list, "--separator", "x"][..],
        &["contacts", "import", "/nicht/da.csv"][..],
    ] {
        let (code, message) = ctl.fails(words);
        assert_eq!(code, "bad_input", "{words:?}");
        assert!(message.len() > 20, "{message}");
    }
}

#[test]
fn all_customers_go_into_files_by_their_ending() {
    let ctl = Ctl::new();
    ctl.json(&["contacts", "import", &ctl.write("kunden.csv", LIST)]);
    for (name, format) in [("alle.vcf", "vcard"), ("alle.csv", "csv"), ("alle.zip", "json")] {
        let file = ctl.dir().join(name);
        let done = ctl.json(&["contacts", "export", file.to_str().unwrap()]);
        assert_eq!((&done["format"], &done["contacts"]), (&json!(format), &json!(2)), "{name}");
        assert_eq!(done["bytes"].as_u64().unwrap(), std::fs::metadata(&file).unwrap().len());
    }
    let marked = ctl.dir().join("marke.csv");
    ctl.json(&["contacts", "export", marked.to_str().unwrap(), "--bom"]);
    assert!(std::fs::read(marked).unwrap().starts_with(b"\xef\xbb\xbf"));
    assert_eq!(ctl.fails(&["contacts", "export", "ohne-endung"]).0, "bad_input");
}

#[test]
fn report_restriction_and_erasure() {
    let ctl = Ctl::new();
    ctl.json(&["import", &ctl.write("a.eml", MAIL)]);
    let id = ctl.json(&["contacts", "list"])[0]["id"].to_string();
    let report = ctl.json(&["contacts", "access-report", &id]);
    assert_eq!(report["name"], "Käthe Muster");
    assert!(report["tables"]["message_bodies"][0]["text"].as_str().unwrap().contains("20261"));
    let page = ctl.dir().join("auskunft.html");
    let saved = ctl.json(&["contacts", "access-report", &id, "--out", page.to_str().unwrap()]);
    assert!(std::fs::read_to_string(saved["html_file"].as_str().unwrap()).unwrap().contains("Käthe Muster"));

    ctl.json(&["contacts", "restrict", &id]);
    assert_eq!(ctl.json(&["contacts", "list"]), json!([]));
    ctl.json(&["contacts", "restrict", &id, "--lift"]);
    assert_eq!(ctl.json(&["contacts", "list"]).as_array().unwrap().len(), 1);

    assert_eq!(ctl.fails(&["contacts", "erase", &id]).0, "bad_input", "it asks for a yes");
    let gone = ctl.json(&["contacts", "erase", &id, "--yes"]);
    assert_eq!((&gone["messages"], &gone["addresses"]), (&json!(1), &json!(1)));
    assert_eq!(ctl.fails(&["contacts", "show", &id]).0, "not_found");
    assert_eq!(ctl.json(&["search", "Rad"])["messages"], json!([]));
    // The same file again brings nobody back.
    let again = ctl.json(&["import", &ctl.write("a.eml", MAIL)]);
    assert_eq!(again["stored"], 0);
    assert_eq!(ctl.json(&["contacts", "list"]), json!([]));

    let view = ctl.json(&["contacts", "protection"]);
    let log: Vec<_> = view["log"].as_array().unwrap().iter().map(|line| line["what"].clone()).collect();
    assert_eq!(log, ["erasure", "restriction_lifted", "restriction", "report", "report"]);
    let saved = ctl.json(&["contacts", "protection", "--out", ctl.dir().join("vvt.html").to_str().unwrap()]);
    assert!(std::fs::read_to_string(saved["html_file"].as_str().unwrap()).unwrap().contains("Rad und Tat"));
}
