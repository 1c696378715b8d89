//! A cable that is pulled and put in again, in a network of the test's own: this program starts itself once more in an empty
//! network namespace and has a pair of interfaces there.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::process::Command;

use tokio::sync::mpsc;

const INSIDE: &str = "THEKE_INSIDE_A_NAMESPACE";

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

async fn inside() {
    let (sender, mut told) = mpsc::unbounded_channel();
    let watching = tokio::task::spawn(theke_network::watch(move |state| {
        std::future::ready(sender.send(state.online).is_ok())
    }));
    assert_eq!(told.recv().await, Some(false), "a network with nothing in it leads nowhere");
    ip("link add cable type veth peer name wall");
    ip("addr add 10.9.8.7/24 dev cable");
    ip("link set wall up");
    ip("link set cable up");
    ip("route add default via 10.9.8.1");
    assert_eq!(told.recv().await, Some(true));
    ip("link set cable down");
    assert_eq!(told.recv().await, Some(false));
    ip("link set cable up");
    ip("route add default via 10.9.8.1");
    assert_eq!(told.recv().await, Some(true));
    watching.abort();
    println!("went and came back");
}
