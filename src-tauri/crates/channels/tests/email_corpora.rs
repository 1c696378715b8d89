//! Every mail of the corpora through the reader: nothing panics, hangs or eats memory, and what is known of some of
//! them comes out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use theke_channels::mime::{self, Inspected};

/// At most two seconds for each mail in the released program; tests run unoptimised on a busy machine.
const LIMIT: Duration = Duration::from_secs(10);

fn corpora() -> Option<PathBuf> {
    let given = std::env::var_os("THEKE_SHARED").map(PathBuf::from);
    let beside = || {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .ancestors()
            .map(|a| a.join("../shared"))
            .find(|p| p.join("corpora").is_dir())
    };
    let found = given.or_else(beside).map(|shared| shared.join("corpora")).filter(|p| p.is_dir());
    if found.is_none() {
        println!("skipped: corpora not found");
    }
    found
}

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { files(&path, out) } else { out.push(path) }
    }
}

/// Inspects in a thread with a small stack, and gives up on it after the limit.
fn inspect(raw: Vec<u8>, what: &str) -> (Inspected, Duration) {
    let (tell, told) = mpsc::channel();
    let started = Instant::now();
    let work = move || tell.send(mime::inspect(&raw, &[], &["mx.shop.example".to_owned()])).unwrap();
    std::thread::Builder::new().stack_size(1024 * 1024).spawn(work).unwrap();
    let result = told.recv_timeout(LIMIT).unwrap_or_else(|e| panic!("{what}: {e}"));
    (result, started.elapsed())
}

/// Peak memory of this process in bytes.
fn peak_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) * 1024
}

#[test]
fn every_file_passes() {
    let Some(corpora) = corpora() else { return };
    let mut all = Vec::new();
    files(&corpora, &mut all);
    assert!(all.len() > 1000, "only {} files", all.len());
    let (mut slowest, mut slowest_name) = (Duration::ZERO, String::new());
    for path in all {
        let raw = std::fs::read(&path).unwrap();
        let (inspected, took) = inspect(raw, &path.display().to_string());
        serde_json::to_string(&inspected).unwrap();
        for attachment in &inspected.attachments {
            let name = attachment.name.as_deref().unwrap_or_default();
            assert!(!name.contains(['/', '\\', '\n', '\r', '\0']), "{}: {name:?}", path.display());
        }
        let one_line =
            |text: &Option<String>| text.as_deref().is_none_or(|t| !t.contains(['\n', '\r', '\0']));
        assert!(
            one_line(&inspected.subject) && inspected.from.iter().all(|f| one_line(&f.name)),
            "{}",
            path.display()
        );
        if took > slowest {
            (slowest, slowest_name) = (took, path.display().to_string());
        }
    }
    println!("slowest: {slowest:?} {slowest_name}; peak {} MB", peak_bytes() / 1_000_000);
    assert!(peak_bytes() < 400_000_000, "peak {} MB", peak_bytes() / 1_000_000);
}

/// Bombs that no corpus has: the limits of promise C2.
#[test]
fn bombs_are_defused() {
    let nested = "Content-Type: message/rfc822\n\n".repeat(30_000);
    let tricked = "Content-Type: message (x) / (y) rfc822\n\n".repeat(30_000);
    let deep: String =
        (0..5_000).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")).collect();
    let digest = "Content-Type: multipart/digest; boundary=b\n\n--b\n\n".repeat(5_000);
    let parts = format!(
        "Content-Type: multipart/mixed; boundary=b\n\n{}",
        "--b\nContent-Type: image/png; name=a.png\n\nx\n".repeat(10_000)
    );
    let headers = format!("{}\nbody", "X-A: b\n".repeat(300_000));
    let html = format!("Content-Type: text/html\n\n{}", "<div><blockquote><table>".repeat(40_000));
    let base64 = format!(
        "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{}",
        "Q29udGVudC1UeXBlOiBtZXNzYWdlL3JmYzgyMgoK".repeat(30_000)
    );
    let words = format!("Subject: {}\n\nx", "=?utf-8?q?a?= ".repeat(20_000));
    let addresses = format!("To: {}\n\nx", "a <a@x.example>, ".repeat(50_000));
    let params = format!(
        "Content-Type: text/plain; {}\n\nx",
        (0..10_000).map(|n| format!("a*{n}*=utf-8''x;")).collect::<String>()
    );
    let cases = [
        ("nested", nested),
        ("tricked", tricked),
        ("deep", deep),
        ("digest", digest),
        ("parts", parts),
        ("headers", headers),
        ("html", html),
        ("base64", base64),
        ("words", words),
        ("addresses", addresses),
        ("params", params),
    ];
    for (name, raw) in cases {
        let (inspected, took) = inspect(raw.into_bytes(), name);
        println!("{name}: {took:?}, {} attachments, {:?}", inspected.attachments.len(), inspected.problems);
        assert!(inspected.attachments.len() <= 1000, "{name}");
    }
}

fn inspect_file(corpora: &Path, file: &str) -> Inspected {
    inspect(std::fs::read(corpora.join(file)).unwrap_or_else(|e| panic!("{file}: {e}")), file).0
}

/// The files of the corpora that say what should come out.
#[test]
fn known_mails_come_out_right() {
    let Some(corpora) = corpora() else { return };
    let mut mails = Vec::new();
    for corpus in ["imap_tools", "mikel-mail", "webklex", "flanker", "mail-mime-parser", "cpython-email"] {
        files(&corpora.join(corpus), &mut mails);
    }
    let mut without_sender = Vec::new();
    for path in mails.iter().filter(|p| p.extension().is_some_and(|e| e == "eml")) {
        let raw = std::fs::read(path).unwrap();
        let name = path.strip_prefix(&corpora).unwrap().display().to_string();
        let text = String::from_utf8_lossy(&raw).to_lowercase();
        let head = text.split("\r\n\r\n").next().unwrap().split("\n\n").next().unwrap();
        let mail = inspect(raw, &name).0;
        if head.lines().any(|l| l.starts_with("from:") && l.contains('@'))
            && mail.from.as_ref().is_none_or(|f| f.address.is_none())
        {
            without_sender.push(name.clone());
        }
        if head.lines().any(|l| l.starts_with("subject:") && l.len() > 12) {
            assert!(mail.subject.is_some(), "{name} has no subject");
        }
    }
    assert!(without_sender.len() <= 3, "{without_sender:?}");
}

#[test]
fn dos_mails_of_nodemailer_are_quick() {
    let Some(corpora) = corpora() else { return };
    let mut mails = Vec::new();
    files(&corpora.join("nodemailer-dos"), &mut mails);
    for path in mails {
        let (_, took) = inspect(std::fs::read(&path).unwrap(), &path.display().to_string());
        assert!(took < Duration::from_secs(5), "{}: {took:?}", path.display());
    }
}

/// Files named "forged" carry a result that the sender wrote.
#[test]
fn forged_authentication_never_passes() {
    let Some(corpora) = corpora() else { return };
    let mut mails = Vec::new();
    files(&corpora.join("chatmail-authres"), &mut mails);
    assert!(!mails.is_empty());
    for path in mails {
        let raw = std::fs::read(&path).unwrap();
        let (mail, _) = inspect(raw, &path.display().to_string());
        assert_ne!(mail.authentication.result, "pass", "{}: nobody of these is our provider", path.display());
    }
    let own = ["aaa.com".to_owned()];
    let yahoo = std::fs::read(corpora.join("chatmail-authres/alice@yahoo.com/alice@icloud.com")).unwrap();
    assert_eq!(mime::inspect(&yahoo, &[], &own).authentication.result, "untrusted");
    assert_eq!(mime::inspect(&yahoo, &[], &["yahoo.com".to_owned()]).authentication.result, "pass");
}

#[test]
fn file_names_of_chatmail_are_decoded() {
    let Some(corpora) = corpora() else { return };
    let mut mails = Vec::new();
    files(&corpora.join("chatmail-core"), &mut mails);
    let named: Vec<_> = mails
        .iter()
        .filter(|p| p.file_name().unwrap().to_string_lossy().contains("attach_filename"))
        .collect();
    assert!(!named.is_empty());
    for path in named {
        let mail = inspect_file(&corpora, path.strip_prefix(&corpora).unwrap().to_str().unwrap());
        let name = mail.attachments.first().and_then(|a| a.name.clone()).unwrap_or_default();
        assert!(
            !name.is_empty() && !name.contains("=?") && !name.contains("%20"),
            "{}: {name:?}",
            path.display()
        );
    }
}
