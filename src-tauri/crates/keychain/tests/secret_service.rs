//! The real Secret Service: gnome-keyring-daemon in a session of its own. The test starts itself again inside
//! `dbus-run-session`, because the keyring library connects to the bus once per process.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::process::{Command, Stdio};

use theke_engine::ports::{Keychain, KeychainError};
use theke_keychain::OsKeychain;

/// Runs one inner test under `script` with a home of its own. Skipped where the programs are not installed.
fn inside(script: &str, inner: &str) {
    let there = |name: &str| {
        Command::new("which").arg(name).stdout(Stdio::null()).status().is_ok_and(|s| s.success())
    };
    if !there("dbus-run-session") || !there("gnome-keyring-daemon") {
        println!("skipped: dbus-run-session or gnome-keyring-daemon is not installed");
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let run = home.path().join("run");
    std::fs::create_dir(&run).unwrap();
    let mode = <std::fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o700);
    std::fs::set_permissions(&run, mode).unwrap();
    let me = std::env::current_exe().unwrap();
    let output = Command::new("dbus-run-session")
        .args(["--", "sh", "-c", script])
        .env("HOME", home.path())
        .env("XDG_RUNTIME_DIR", &run)
        .env("XDG_DATA_HOME", home.path().join("data"))
        .env("THEKE_INNER", inner)
        .env("ME", &me)
        .env_remove("DISPLAY")
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{inner}: {text}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("1 passed"), "{inner} did not run: {text}");
}

fn is_inner(name: &str) -> bool {
    std::env::var("THEKE_INNER").is_ok_and(|inner| inner == name)
}

const UNLOCKED: &str = "printf 'pw\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null && \
                        \"$ME\" --exact \"$THEKE_INNER\" --nocapture";
const LOCKED: &str = "gnome-keyring-daemon --start --components=secrets >/dev/null && \
                      timeout 60 \"$ME\" --exact \"$THEKE_INNER\" --nocapture";

#[tokio::test]
async fn an_unlocked_keychain_keeps_what_it_is_given() {
    let name = "an_unlocked_keychain_keeps_what_it_is_given";
    if !is_inner(name) {
        inside(UNLOCKED, name);
        return;
    }
    let keychain = OsKeychain;
    assert_eq!(keychain.get("profile-1").await, Ok(None));
    keychain.set("profile-1", b"secret").await.unwrap();
    assert_eq!(keychain.get("profile-1").await, Ok(Some(b"secret".to_vec())));
    assert_eq!(keychain.get("profile-2").await, Ok(None));
    keychain.remove("profile-1").await.unwrap();
    keychain.remove("profile-1").await.unwrap();
    assert_eq!(keychain.get("profile-1").await, Ok(None));
}

#[tokio::test]
async fn a_locked_keychain_is_told_from_a_missing_entry() {
    let name = "a_locked_keychain_is_told_from_a_missing_entry";
    if !is_inner(name) {
        inside(LOCKED, name);
        return;
    }
    assert_eq!(OsKeychain.get("profile-1").await, Err(KeychainError::Locked));
    assert_eq!(OsKeychain.set("profile-1", b"secret").await, Err(KeychainError::Locked));
}

#[tokio::test]
async fn a_computer_without_a_bus_says_so() {
    let name = "a_computer_without_a_bus_says_so";
    if is_inner(name) {
        assert_eq!(OsKeychain.get("profile-1").await, Err(KeychainError::Unavailable));
        return;
    }
    let nowhere = tempfile::tempdir().unwrap();
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name])
        .env("THEKE_INNER", name)
        .env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}/none", nowhere.path().display()))
        .env("XDG_RUNTIME_DIR", nowhere.path())
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
}
