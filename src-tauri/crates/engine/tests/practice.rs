//! The practice shop: made without a question, lived in for a while, and nothing of it leaves the computer.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use theke_engine::api::types::{ReplyInput, WrittenInput};
use theke_engine::api::{Api, Code, Ports, Profile};
use theke_engine::ports::{NoKeychain, SystemClock};

fn ports() -> Ports {
    Ports { clock: Arc::new(SystemClock), keychain: Arc::new(NoKeychain) }
}

async fn practice_shop(dir: &std::path::Path) -> Api {
    Profile::create_practice(dir, &ports()).await.unwrap();
    let api = Api::open(dir, Profile::practice_key(), ports(), Profile::registry(dir)).await.unwrap();
    api.open_practice_accounts().await.unwrap();
    api
}

/// The sockets to anywhere that this process holds: those of IP in any form. The runtime has a local pair of its own.
#[cfg(target_os = "linux")]
fn sockets() -> usize {
    let listed = ["tcp", "tcp6", "udp", "udp6", "udplite", "udplite6", "raw", "raw6", "icmp", "icmp6"];
    let tables =
        listed.map(|table| std::fs::read_to_string(format!("/proc/self/net/{table}")).unwrap_or_default());
    let inodes: BTreeSet<&str> = tables
        .iter()
        .flat_map(|table| table.lines().filter_map(|line| line.split_whitespace().nth(9)))
        .collect();
    let held = std::fs::read_dir("/proc/self/fd").unwrap().flatten();
    let targets = held.filter_map(|entry| std::fs::read_link(entry.path()).ok());
    targets
        .filter(|target| {
            let shown = target.to_string_lossy();
            shown
                .strip_prefix("socket:[")
                .and_then(|rest| rest.strip_suffix(']'))
                .is_some_and(|it| inodes.contains(it))
        })
        .count()
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn customers_write_and_are_answered_without_one_socket() {
    // The count sees what it is to see.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    assert_eq!(sockets(), 1);
    drop(listener);
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("practice");
    let api = practice_shop(&dir).await;
    let result = api.sync_once(None).await.unwrap();
    assert!(result.accounts.iter().all(|line| line.error.is_none() && line.received > 0), "{result:?}");
    let rows = api.conversations(None, false, None, 50).await.unwrap().conversations;
    let media: BTreeSet<String> = rows.iter().flat_map(|row| row.media.clone()).collect();
    assert_eq!(media.into_iter().collect::<Vec<_>>(), ["email", "sms", "telegram"]);

    let engine = api.start_engine().await.unwrap();
    let mut events = api.subscribe();
    let mut waiting = BTreeSet::new();
    for row in &rows {
        let input = ReplyInput {
            conversation_id: row.id,
            written: WrittenInput {
                body: "Gern, kommen Sie vorbei.".into(),
                now: true,
                ..WrittenInput::default()
            },
            ..ReplyInput::default()
        };
        waiting.insert(api.reply(input).await.unwrap().message_id);
        assert_eq!(sockets(), 0);
    }
    while let Some(message) = waiting.first().copied() {
        if api.message(message).await.unwrap().delivery == "sent" {
            waiting.remove(&message);
        } else {
            // Lagging only means that there is something to look at.
            let _ = events.recv().await;
        }
        assert_eq!(sockets(), 0);
    }
    engine.stop().await;
    assert_eq!(sockets(), 0, "nothing can leave the computer");
}

#[tokio::test]
async fn a_practice_shop_takes_no_real_account_and_says_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let (dir, real) = (folder.path().join("practice"), folder.path().join("real"));
    let api = practice_shop(&dir).await;
    for kind in ["email", "telegram", "sms-seven"] {
        let refused = api.account_add(kind, BTreeMap::new(), BTreeMap::new(), false).await.unwrap_err();
        assert_eq!(refused.code, Code::BadInput, "{kind}: {refused}");
    }
    assert!(api.kinds().await.unwrap().iter().all(|kind| kind.capabilities.sandbox));
    api.open_practice_accounts().await.unwrap();
    assert_eq!(api.accounts().await.unwrap().len(), 3, "made once");
    assert!(Profile::status(&dir, &ports()).await.practice);
    assert!(!Profile::status(&real, &ports()).await.practice);
    let beside = (Profile::practice_dir(), Profile::default_dir());
    assert!(
        matches!(beside, (Some(practice), Some(real)) if practice != real && practice.parent() == real.parent())
    );
}
