//! R3: the power fails at each sync of a day. What was not synced is gone, and the file that is left is opened: what
//! the provider has taken is sent or in doubt and never waits again, what was queued is there.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use theke_domain::ids::MessageId;
use theke_store::Key;
use theke_store::attempts::Attempts;
use theke_store::header::Header;
use theke_store::profile::{self, Folder};
use theke_store::table::outbox::{self, State, steps};

use super::kit::{Fault, START, Shop, letter, message};
use super::{disk, key_of, vfs};

const ROSA: (&str, &str) = ("Rosa Tannwald", "rosa@kunde.example");

/// What a cut leaves, and what the provider had taken by then.
struct Cut {
    files: vfs::Synced,
    witness: Vec<u8>,
    taken: Vec<String>,
}

fn held(shop: &Shop) -> vfs::Synced {
    let files = ["theke.db", "theke.db-wal"].map(|name| shop.dir.join(name));
    files.into_iter().filter_map(|path| Some((path.clone(), std::fs::read(path).ok()?))).collect()
}

/// The states of these messages in what a cut left, after an engine has settled them.
fn after(
    (header, key): &(Header, Key),
    cut: &Cut,
    messages: &[i64],
) -> BTreeMap<i64, Option<(String, State)>> {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::new(dir.path());
    for (path, held) in &cut.files {
        let name: PathBuf = path.file_name().unwrap().into();
        if name.to_string_lossy().starts_with("theke.db") {
            std::fs::write(dir.path().join(name), held).unwrap();
        }
    }
    std::fs::write(folder.attempts(), &cut.witness).unwrap();
    header.write(&folder).unwrap();
    let store = profile::open(&folder, header, key, START, None).unwrap().store;
    assert_eq!(store.check_structure().unwrap(), Vec::<String>::new());
    let witness = Attempts::open(&folder.attempts()).unwrap();
    store.write_durable(|tx| steps::settle_after_start(tx, &witness, START)).unwrap();
    let state = |id: i64| {
        let entry = store.read(|conn| outbox::get(conn, MessageId(id))).unwrap();
        (id, entry.map(|entry| (entry.reference.0, entry.state)))
    };
    messages.iter().map(|id| state(*id)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_power_cut_at_any_sync_sends_nothing_twice() {
    let _turn = disk().await;
    let shop = Shop::open().await;
    shop.receive(vec![message(letter(1, ROSA, "Bremse", "Guten Tag"))]).await;
    let conversation = shop.only_conversation().await;

    let cuts: Arc<Mutex<Vec<Cut>>> = Arc::default();
    let (kept, provider, log) = (cuts.clone(), shop.letters.clone(), Folder::new(&shop.dir).attempts());
    vfs::at_sync(held(&shop), move |files| {
        let taken = provider.sent().into_iter().map(|sent| sent.reference.0).collect();
        let witness = std::fs::read(&log).unwrap_or_default();
        kept.lock().unwrap().push(Cut { files: files.clone(), witness, taken });
    });
    // One goes out, one breaks off behind the point of no return, one is offline at first, and letters come between.
    let mut queued = Vec::new();
    for (number, fault) in [None, Some(Fault::Ambiguous), Some(Fault::Offline), None].into_iter().enumerate()
    {
        let number = u32::try_from(number).unwrap();
        if let Some(fault) = fault {
            shop.letters.fail_send(fault);
        }
        queued.push(shop.answer(conversation, &format!("Antwort {number}"), None).await.message_id);
        shop.letters.hand_in(vec![message(letter(10 + number, ROSA, "Re: Bremse", "Noch etwas"))]);
        shop.api.sync_once(None).await.unwrap();
        shop.clock.forward(900);
    }
    shop.api.sync_once(None).await.unwrap();
    vfs::healthy();
    assert!(shop.letters.sent().len() >= 3, "the day had what it was to show");

    let cuts = std::mem::take(&mut *cuts.lock().unwrap());
    assert!(cuts.len() > 15, "{} syncs", cuts.len());
    let (keys, mut seen_taken) = (key_of(&shop).await, 0);
    for (number, cut) in cuts.iter().enumerate() {
        let states = after(&keys, cut, &queued);
        for reference in &cut.taken {
            seen_taken += 1;
            let found = states.values().flatten().find(|(own, _)| own == reference);
            let state = found.map(|(_, state)| *state);
            assert!(
                matches!(state, Some(State::Sent | State::InDoubt)),
                "cut {number} of {}: taken by the provider and {state:?}",
                cuts.len()
            );
        }
    }
    assert!(seen_taken > 10, "cuts behind a send were among them");
}
