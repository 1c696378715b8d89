//! What goes wrong outside gets its sentence and its next step, and nothing is lost.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use theke_tests::gateway::{self, Gateway};
use theke_tests::mailstack::{MailStack, PASSWORD};
use theke_tests::program::{Shop, thekectl};

use crate::mails::{add_mailbox, counted, mail, now, values};

/// Code as expected, and a sentence that a person can act on: it says more than one thing.
fn expect(found: &(String, String), code: &str, word: &str) {
    let (found_code, message) = found;
    assert_eq!(found_code, code, "{message}");
    assert!(message.to_lowercase().contains(word), "{word} is not in: {message}");
    assert!(message.len() > 40 && message.trim_end().ends_with('.'), "{message}");
}

fn error_of(value: &Value) -> (String, String) {
    (value["code"].as_str().unwrap().to_owned(), value["message"].as_str().unwrap().to_owned())
}

#[test]
fn settings_that_cannot_work_are_not_saved() {
    let (shop, stack) = (Shop::new(), MailStack::start());
    stack.add_user("shop");
    let good = stack.account_values("shop");
    let with = |pairs: &[(&str, &str)]| {
        let mut changed = good.clone();
        changed.extend(values(pairs));
        changed
    };
    let mut no_authority = good.clone();
    no_authority.remove("ca_file");
    let closed =
        std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port().to_string();
    let cases = [
        (good.clone(), "wrong", "auth_failed", "password"),
        (with(&[("imap_host", "no-such-host.invalid")]), PASSWORD, "unreachable", "no-such-host.invalid"),
        (with(&[("smtp_host", "no-such-host.invalid")]), PASSWORD, "unreachable", "no-such-host.invalid"),
        (with(&[("imap_port", &closed)]), PASSWORD, "unreachable", "localhost"),
        (no_authority, PASSWORD, "certificate_rejected", "certificate"),
        (with(&[("imap_host", "127.0.0.2")]), PASSWORD, "unreachable", "127.0.0.2"),
        (with(&[("imap_security", "none")]), PASSWORD, "bad_input", "imap_security"),
        (with(&[("imap_port", "many")]), PASSWORD, "bad_input", "imap_port"),
        (with(&[("colour", "red")]), PASSWORD, "bad_input", "colour"),
        (with(&[("ca_file", "/nowhere/ca.pem")]), PASSWORD, "account_settings", "ca file"),
    ];
    for (settings, password, code, word) in cases {
        // 127.0.0.2 has no listener on most systems; where it has, its certificate is for another name.
        let done = shop.try_add_account("email", &settings, &[("password", password)]);
        assert_eq!(done.code, Some(1), "{code}: {}{}", done.out, done.err);
        let error = done.error();
        if error.0 != "certificate_rejected" || code == "certificate_rejected" {
            expect(&error, code, word);
        }
    }
    let mut incomplete = good.clone();
    incomplete.remove("imap_host");
    let done = shop.try_add_account("email", &incomplete, &[("password", PASSWORD)]);
    expect(&done.error(), "bad_input", "imap_host");
    let done = shop.try_add_account("pigeon", &good, &[]);
    expect(&done.error(), "bad_input", "pigeon");
    assert_eq!(shop.json(&["accounts", "list"]), json!([]), "nothing was saved");
    shop.add_account("email", &good, &[("password", PASSWORD)]);
}

#[test]
fn a_password_that_was_changed_keeps_everything_waiting() {
    let (shop, stack) = (Shop::new(), MailStack::start());
    let account = add_mailbox(&shop, &stack);
    stack.add_user("kate");
    stack.deliver("shop", &mail("Kate <kate@test.local>", "Rad", Some("<p1@kate.example>"), "", "Fertig?"));
    shop.json(&["sync"]);
    let conversation = shop.json(&["conversations", "list"])[0]["id"].to_string();
    stack.set_password("shop", "other");
    let queued = shop.reply(&conversation, "Ja.", &[]);
    for _ in 0..3 {
        let done = shop.run(&["sync"]);
        assert_eq!(done.code, Some(1), "{}", done.err);
        expect(&done.error(), "auth_failed", "password");
        expect(&error_of(&done.value()["accounts"][0]["error"]), "auth_failed", "password");
    }
    let listed = shop.json(&["accounts", "list"])[0].clone();
    assert_eq!(listed["state"], "needs_attention", "{listed}");
    expect(&error_of(&listed["error"]), "auth_failed", "password");
    let checked = shop.run(&["accounts", "check", &account]);
    assert_eq!((checked.code, &checked.value()["ok"]), (Some(1), &json!(false)));
    let waiting = shop.json(&["outbox", "list"]);
    assert_eq!(
        (&waiting[0]["message_id"], &waiting[0]["state"]),
        (&queued["message_id"], &json!("queued")),
        "{waiting}"
    );
    assert_eq!(waiting[0]["attempts"], 0, "a refused login uses no attempt up: {waiting}");
    stack.set_password("shop", PASSWORD);
    shop.json(&["sync"]);
    assert_eq!(shop.json(&["outbox", "list"]), json!([]));
    assert_eq!(stack.wait_for("kate", "INBOX", 1).len(), 1);
    assert_eq!(shop.json(&["accounts", "list"])[0]["state"], "ok");
}

#[test]
fn without_a_network_answers_wait() {
    let shop = Shop::new();
    let stack = MailStack::start();
    stack.add_user("shop");
    // The authority outlives the servers.
    let authority = shop.write("ca.pem", fs::read(stack.ca_file()).unwrap());
    let mut settings = stack.account_values("shop");
    settings.insert("ca_file".to_owned(), authority);
    shop.add_account("email", &settings, &[("password", PASSWORD)]);
    stack.add_user("kate");
    stack.deliver("shop", &mail("Kate <kate@test.local>", "Rad", Some("<o1@kate.example>"), "", "Fertig?"));
    shop.json(&["sync"]);
    drop(stack);
    let conversation = shop.json(&["conversations", "list"])[0]["id"].to_string();
    shop.reply(&conversation, "Ja.", &[]);
    let done = shop.run(&["sync"]);
    assert_eq!(done.code, Some(1));
    expect(&done.error(), "unreachable", "localhost");
    assert_eq!(shop.json(&["accounts", "list"])[0]["state"], "offline");
    let waiting = shop.json(&["outbox", "list"]);
    assert_eq!(waiting[0]["state"], "queued", "{waiting}");
}

/// Runs the program in a shell where no file may grow beyond `blocks` (512 bytes each), as on a full disk.
fn run_on_a_full_disk(shop: &Shop, words: &[&str], blocks: u64) -> std::process::Output {
    let inner = shop.command(words);
    let mut command = Command::new("sh");
    // Without the trap the limit would end the process instead of failing the write.
    command.current_dir(shop.folder()).stdin(Stdio::null());
    command.args(["-c", "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\""]).arg(blocks.to_string());
    command.arg(thekectl()).args(inner.get_args()).output().unwrap()
}

#[test]
fn a_full_disk_loses_nothing() {
    let (shop, stack) = (Shop::new(), MailStack::start());
    add_mailbox(&shop, &stack);
    stack.add_user("kate");
    let noise: String =
        (0..60_000_u64).map(|n| format!("{:x}", n.wrapping_mul(0x9E37_79B9_7F4A_7C15))).collect();
    for n in 0..12 {
        let raw = mail(
            "Kate <kate@test.local>",
            &format!("Brief {n}"),
            Some(&format!("<d{n}@kate.example>")),
            "",
            &wrapped(&noise[n * 50_000..(n + 1) * 50_000]),
        );
        stack.drop_into("shop", "INBOX", &raw);
    }
    let blocks = fs::metadata(shop.profile().join("theke.db")).unwrap().len() / 512 + 64;
    let done = run_on_a_full_disk(&shop, &["sync"], blocks);
    let stderr = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(1), "{stderr}");
    let error: Value = serde_json::from_str(&stderr).unwrap_or_else(|e| panic!("{e}: {stderr}"));
    expect(&error_of(&error["error"]), "disk_full", "space");
    // With room again everything arrives, each once, and the file is sound.
    shop.json(&["sync"]);
    let subjects = counted(shop.messages().iter().map(|m| m["subject"].as_str().unwrap().to_owned()));
    assert_eq!(subjects.len(), 12);
    assert!(subjects.values().all(|&times| times == 1), "{subjects:?}");
    for check in shop.json(&["doctor"]).as_array().unwrap() {
        assert_eq!(check["ok"], true, "{check}");
    }
    // An answer that cannot be stored is not shown as waiting; a backup that cannot be written leaves nothing behind.
    let conversation = shop.json(&["conversations", "list"])[0]["id"].to_string();
    let body = shop.write("body", "Ja.");
    let done = run_on_a_full_disk(&shop, &["reply", &conversation, "--body-file", &body], 8);
    assert_eq!(done.status.code(), Some(1), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(shop.json(&["outbox", "list"]), json!([]));
    let backup = shop.folder().join("full.backup");
    let done = run_on_a_full_disk(&shop, &["backup", backup.to_str().unwrap()], 64);
    assert_eq!(done.status.code(), Some(1), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(!backup.exists(), "half a backup is none");
    shop.json(&["backup", backup.to_str().unwrap()]);
}

fn wrapped(text: &str) -> String {
    text.as_bytes().chunks(76).map(|line| String::from_utf8_lossy(line).into_owned() + "\r\n").collect()
}

/// Overwrites pages in the middle of the database, as a failing disk does.
fn damage(shop: &Shop) -> Vec<u8> {
    let file = shop.profile().join("theke.db");
    for beside in ["theke.db-wal", "theke.db-shm"] {
        let _ = fs::remove_file(shop.profile().join(beside));
    }
    let mut bytes = fs::read(&file).unwrap();
    let end = bytes.len();
    bytes[4096..end.min(4096 * 40)].fill(0x5a);
    fs::write(&file, &bytes).unwrap();
    bytes
}

#[test]
fn a_damaged_database_without_a_backup_is_left_alone() {
    let shop = Shop::new();
    let _ = fs::remove_dir_all(shop.profile().join("backups"));
    let damaged = damage(&shop);
    let error = shop.fails(&["contacts", "list"]);
    expect(&error, "damaged", "backup");
    let kept: Vec<_> = files(&shop).into_iter().filter(|bytes| *bytes == damaged).collect();
    assert_eq!(kept.len(), 1, "the damaged file is kept as it is");
    let doctor = shop.run(&["doctor"]);
    assert_eq!((doctor.code, &doctor.value()[0]["ok"]), (Some(1), &json!(false)));
    assert!(doctor.value()[0]["advice"].as_str().unwrap().contains("backup"), "{}", doctor.out);
}

fn files(shop: &Shop) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(shop.profile()).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.is_file()).map(|path| fs::read(path).unwrap()).collect()
}

#[test]
fn a_damaged_database_comes_back_from_its_backup_and_sends_nothing_again() {
    let (shop, stack) = (Shop::new(), MailStack::start());
    add_mailbox(&shop, &stack);
    stack.add_user("kate");
    stack.deliver("shop", &mail("Kate <kate@test.local>", "Rad", Some("<h1@kate.example>"), "", "Fertig?"));
    shop.json(&["sync"]);
    let conversation = shop.json(&["conversations", "list"])[0]["id"].to_string();
    shop.reply(&conversation, "Ja.", &[]);
    // The backup has the answer as waiting; then it leaves.
    let backups = shop.profile().join("backups");
    let newest = shop.folder().join("newest.backup").display().to_string();
    shop.json(&["backup", &newest]);
    shop.json(&["sync"]);
    stack.wait_for("kate", "INBOX", 1);
    fs::create_dir_all(&backups).unwrap();
    let kept: Vec<_> = fs::read_dir(&backups).unwrap().map(|entry| entry.unwrap().path()).collect();
    let name =
        kept.iter().max().and_then(|path| path.file_name()).expect("sync makes the daily backup").to_owned();
    for old in &kept {
        fs::remove_file(old).unwrap();
    }
    fs::copy(&newest, backups.join(name)).unwrap();
    let damaged = damage(&shop);
    assert_eq!(shop.json(&["contacts", "list"]).as_array().unwrap().len(), 1, "healed by opening");
    assert!(files(&shop).contains(&damaged), "the damaged file is kept");
    shop.json(&["automation", "status"]);
    let waiting = shop.json(&["outbox", "list"]);
    assert!(waiting.as_array().unwrap().iter().all(|row| row["state"] != "queued"), "{waiting}");
    shop.json(&["sync"]);
    shop.json(&["sync"]);
    assert_eq!(stack.messages("kate", "INBOX").len(), 1, "nothing is sent again");
}

#[test]
fn a_database_without_its_header_is_never_replaced() {
    let shop = Shop::new();
    let header = shop.profile().join("header.json");
    let kept = fs::read(&header).unwrap();
    fs::remove_file(&header).unwrap();
    let before = fs::read(shop.profile().join("theke.db")).unwrap();
    expect(&shop.fails(&["contacts", "list"]), "profile_incomplete", "header.json");
    let (code, _) = shop.fails(&["init", "--shop", "Neu", "--country", "DE"]);
    assert!(code == "profile_incomplete" || code == "profile_exists", "{code}");
    assert_eq!(fs::read(shop.profile().join("theke.db")).unwrap(), before);
    fs::write(&header, kept).unwrap();
    fs::rename(shop.profile().join("theke.db"), shop.folder().join("aside.db")).unwrap();
    expect(&shop.fails(&["contacts", "list"]), "profile_incomplete", "theke.db");
    assert!(!shop.profile().join("theke.db").exists(), "no new database over an old one");
}

#[test]
fn a_profile_is_for_its_owner_only() {
    let shop = Shop::new();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&shop.profile()), 0o700);
    for entry in fs::read_dir(shop.profile()).unwrap().map(|entry| entry.unwrap().path()) {
        assert_eq!(mode(&entry), if entry.is_dir() { 0o700 } else { 0o600 }, "{}", entry.display());
    }
}

#[test]
fn a_broken_definition_stops_its_account_and_no_other() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let sms = runtime.block_on(Gateway::start());
    let (shop, stack) = (Shop::new(), MailStack::start());
    add_mailbox(&shop, &stack);
    let shipped = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../src-tauri/crates/channels/src/http/definitions/sms-seven.toml"
    );
    let definition = fs::read_to_string(shipped).unwrap().replace("id = \"sms-seven\"", "id = \"sms-mine\"");
    let file = shop.profile().join("connectors/mine.toml");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, &definition).unwrap();
    let url = sms.seven_url();
    let mine = shop.add_account("sms-mine", &values(&[("base_url", &url)]), &[("api_key", gateway::API_KEY)]);
    sms.receive("+4915123456789", "eins", &now().to_string());
    shop.json(&["sync"]);
    assert_eq!(shop.messages().len(), 1);

    fs::write(&file, definition.replace("records = \"\"", "records = 7")).unwrap();
    stack.deliver("shop", &mail("Kate <kate@test.local>", "Rad", Some("<b1@kate.example>"), "", "Fertig?"));
    let done = shop.run(&["sync"]);
    assert_eq!(done.code, Some(3), "the mailbox still works: {}", done.err);
    expect(&done.error(), "definition", "mine.toml");
    let accounts = done.value()["accounts"].clone();
    let of = |id: &str| {
        accounts.as_array().unwrap().iter().find(|a| a["id"].as_i64() == id.parse().ok()).cloned().unwrap()
    };
    let (code, message) = error_of(&of(&mine)["error"]);
    assert_eq!(code, "definition");
    assert!(message.contains("mine.toml:"), "names file and line: {message}");
    assert_eq!(shop.messages().len(), 2);
    let doctor = shop.json(&["doctor"]);
    assert!(
        doctor.as_array().unwrap().iter().any(|c| c["ok"] == false && c.to_string().contains("mine.toml")),
        "{doctor}"
    );
    // Mended, it goes on where it stopped.
    fs::write(&file, &definition).unwrap();
    sms.receive("+4915123456789", "zwei", &now().to_string());
    shop.json(&["sync"]);
    assert_eq!(shop.messages().len(), 3);
    drop(runtime);
}

/// The program in a session with a keyring of its own: made while it is unlocked, asked while it is locked.
#[test]
fn a_locked_keychain_is_said_and_nothing_is_made_anew() {
    let there = |name: &str| {
        Command::new("which").arg(name).stdout(Stdio::null()).status().is_ok_and(|s| s.success())
    };
    if !["dbus-run-session", "gnome-keyring-daemon", "dbus-send"].iter().all(|name| there(name)) {
        println!("skipped: dbus-run-session, dbus-send or gnome-keyring-daemon is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let run = folder.path().join("run");
    fs::create_dir(&run).unwrap();
    fs::set_permissions(&run, fs::Permissions::from_mode(0o700)).unwrap();
    let script = r#"
        printf 'pw\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
        "$CTL" --json --profile "$HOME/profile" init --shop Laden --country DE >init.out 2>init.err; echo $? >init.code
        "$CTL" --json --profile "$HOME/profile" accounts list >open.out 2>open.err; echo $? >open.code
        dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets \
            org.freedesktop.Secret.Service.Lock array:objpath:/org/freedesktop/secrets/collection/login >/dev/null
        timeout 30 "$CTL" --json --profile "$HOME/profile" accounts list >locked.out 2>locked.err; echo $? >locked.code
    "#;
    let status = Command::new("dbus-run-session")
        .args(["--", "sh", "-c", script])
        .current_dir(folder.path())
        .env("HOME", folder.path())
        .env("XDG_RUNTIME_DIR", &run)
        .env("XDG_DATA_HOME", folder.path().join("data"))
        .env("CTL", thekectl())
        .env_remove("DISPLAY")
        .status()
        .unwrap();
    assert!(status.success());
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("init.code").trim(), "0", "{}", read("init.err"));
    assert_eq!((read("open.code").trim(), read("open.out").trim()), ("0", "[]"), "{}", read("open.err"));
    assert_eq!(read("locked.code").trim(), "1", "{}{}", read("locked.out"), read("locked.err"));
    let error: Value = serde_json::from_str(&read("locked.err")).unwrap();
    expect(&error_of(&error["error"]), "keychain_locked", "unlock");
}
