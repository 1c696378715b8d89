//! A cable that is pulled and put in again, in a network of the test's own: this program starts itself once more in an empty
//! network namespace and has a pair of interfaces there.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::process::Command;
use std::time::Duration;

use tokio::sync::mpsc::{self, UnboundedReceiver};
use tokio::time::timeout;

const INSIDE: &str = "THEKE_INSIDE_A_NAMESPACE";
/// All is read anew every 30 seconds, so only what is told well before that was told because the kernel said it.
const AT_ONCE: Duration = Duration::from_secs(10);

/// `ip` with these words.
fn ip(words: &str) {
    let done = Command::new("ip").args(words.split(' ')).output().unwrap();
    assert!(done.status.success(), "ip {words}: {}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn a_pulled_cable_and_its_return_are_told() {
    if std::env::var_os(INSIDE).is_some() {
        return tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
            .block_on(inside());
    }
    let allowed = Command::new("unshare").args(["-r", "-n", "true"]).output();
    if !allowed.is_ok_and(|done| done.status.success()) {
        println!("skipped: no network of one's own may be made here");
        return;
    }
    let me = std::env::current_exe().unwrap();
    let done = Command::new("unshare")
        .args(["-r", "-n", "--"])
        .arg(me)
        .args(["--exact", "a_pulled_cable_and_its_return_are_told", "--nocapture"])
        .env(INSIDE, "1")
        .env("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "{said}\n{}", String::from_utf8_lossy(&done.stderr));
    assert!(said.contains("went and came back"), "{said}");
}

async fn next(told: &mut UnboundedReceiver<bool>) -> Option<bool> {
    timeout(AT_ONCE, told.recv()).await.expect("told by the kernel, and not found at the next look")
}

async fn inside() {
    let (sender, mut told) = mpsc::unbounded_channel();
    let watching = tokio::task::spawn(theke_network::watch(move |state| {
        std::future::ready(sender.send(state.online).is_ok())
    }));
    assert_eq!(next(&mut told).await, Some(false), "a network with nothing in it leads nowhere");
    ip("link add cable type veth peer name wall");
    ip("addr add 10.9.8.7/24 dev cable");
    ip("link set wall up");
    ip("link set cable up");
    ip("route add default via 10.9.8.1");
    assert_eq!(next(&mut told).await, Some(true));
    ip("link set cable down");
    assert_eq!(next(&mut told).await, Some(false));
    ip("link set cable up");
    ip("route add default via 10.9.8.1");
    assert_eq!(next(&mut told).await, Some(true));
    watching.abort();
    println!("went and came back");
}
