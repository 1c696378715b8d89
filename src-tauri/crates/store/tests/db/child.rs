//! This test program started once more as a second process, to be killed or starved.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use theke_store::lock::EngineLock;
use theke_store::profile::{self, Folder};
use theke_store::table::settings;
use theke_store::{Error, backup};

use crate::shop::{NOW, keys};

const MODE: &str = "THEKE_TEST_CHILD";
const DIR: &str = "THEKE_TEST_DIR";
const KEY: &str = "THEKE_TEST_KEY";

/// Starts a second process that does `mode` in `dir`; `wrap` is a shell line that ends in `exec "$@"`.
pub fn start(mode: &str, dir: &Path, wrap: Option<&str>) -> Child {
    let (header, key, code) = keys();
    let program = std::env::current_exe().unwrap();
    let mut command = match wrap {
        Some(line) => {
            let mut command = Command::new("sh");
            command.args(["-c", line, "sh"]).arg(program);
            command
        }
        None => Command::new(program),
    };
    let _ = key;
    std::fs::write(dir.join("child-header"), serde_json::to_vec(&header).unwrap()).unwrap();
    command
        .args(["child::second_process", "--exact", "--nocapture", "--test-threads=1"])
        .env(MODE, mode)
        .env(DIR, dir)
        .env(KEY, code.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap()
}

/// Waits for a line of the child that contains `word`. Byte by byte, so that nothing of the next line is taken.
pub fn wait_for(child: &mut Child, word: &str) -> String {
    use std::io::Read;
    let out = child.stdout.as_mut().unwrap();
    loop {
        let (mut line, mut byte) = (Vec::new(), [0]);
        while byte != *b"\n" {
            assert!(out.read(&mut byte).unwrap() == 1, "the child ended before it said {word}");
            line.extend(byte);
        }
        let line = String::from_utf8_lossy(&line).into_owned();
        if line.contains(word) {
            return line;
        }
    }
}

#[test]
fn second_process() {
    let (Ok(mode), Ok(dir), Ok(code)) = (std::env::var(MODE), std::env::var(DIR), std::env::var(KEY)) else {
        // Run by itself there is nothing to be second to; the other tests start it with a mode.
        assert!(std::env::var(MODE).is_err());
        return;
    };
    let dir = Path::new(&dir);
    let folder = Folder::new(dir.join("profile"));
    let header: theke_store::header::Header =
        serde_json::from_slice(&std::fs::read(dir.join("child-header")).unwrap()).unwrap();
    match mode.as_str() {
        "hold-lock" => {
            let _lock = EngineLock::take(&folder, "127.0.0.1:4711").unwrap();
            println!("held");
            std::thread::park();
        }
        "write-headers" => {
            let mut header = header;
            let key = header.open(&theke_store::header::Unlock::RecoveryCode(code)).unwrap();
            println!("writing");
            loop {
                header.set_keychain(&key).unwrap();
                header.write(&folder).unwrap();
            }
        }
        "count-up" => {
            let key = header.open(&theke_store::header::Unlock::RecoveryCode(code)).unwrap();
            let store = profile::open(&folder, &header, &key, NOW, None).unwrap().store;
            for number in 0_u64.. {
                let value = serde_json::json!(number);
                store.write(|tx| settings::set(tx, "count", &value, NOW)).unwrap();
                println!("counted {number}");
            }
        }
        "starve" => {
            let key = header.open(&theke_store::header::Unlock::RecoveryCode(code)).unwrap();
            let store = profile::open(&folder, &header, &key, NOW, None).unwrap().store;
            let backup = backup::write(&store, &header, &folder.backups().join("full.theke-backup"), NOW);
            println!("backup {}", outcome(&backup.map(|_| ())));
            let large = serde_json::json!("x".repeat(3_000_000));
            let wrote = store.write(|tx| settings::set(tx, "large", &large, NOW));
            println!("write {}", outcome(&wrote));
            let small = store.read(|conn| settings::get(conn, "small")).unwrap();
            println!("read {}", small == Some(serde_json::json!("kept")));
            println!("header {}", outcome(&header.write(&folder)));
        }
        other => panic!("unknown mode {other}"),
    }
}

fn outcome(result: &theke_store::Result<()>) -> &'static str {
    match result {
        Ok(()) => "ok",
        Err(Error::DiskFull | Error::DiskFailed(_)) => "no-room",
        Err(_) => "other",
    }
}
