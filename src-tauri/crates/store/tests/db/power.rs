//! R3: a power cut takes what was not synced, in any form; nothing that was sent goes back to waiting.
//!
//! A cut leaves the database, the log up to its last sync, and behind that anything: nothing, a part, or the bytes
//! that the disk had there before. Each of these is laid out as files and opened.

use theke_domain::ids::MessageId;
use theke_domain::time::Timestamp;
use theke_store::attempts::Attempts;
use theke_store::profile::{self, Folder};
use theke_store::table::outbox::{self, State, steps};
use theke_store::table::settings;

use crate::shop::{NOW, Shop};

/// The files as they are at one moment.
struct Moment {
    database: Vec<u8>,
    log: Vec<u8>,
    witness: Vec<u8>,
}

fn moment(shop: &Shop) -> Moment {
    let read = |path| std::fs::read(path).unwrap();
    Moment {
        database: read(shop.folder.database()),
        log: read(shop.folder.dir().join("theke.db-wal")),
        witness: read(shop.folder.attempts()),
    }
}

/// Opens what a cut left, settles as an engine does, and gives the states.
fn after(shop: &Shop, moment: &Moment, log: &[u8], messages: &[MessageId]) -> Vec<State> {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::new(dir.path());
    std::fs::write(folder.database(), &moment.database).unwrap();
    std::fs::write(dir.path().join("theke.db-wal"), log).unwrap();
    std::fs::write(folder.attempts(), &moment.witness).unwrap();
    shop.header.write(&folder).unwrap();
    let store = profile::open(&folder, &shop.header, &shop.key, NOW, None).unwrap().store;
    assert!(store.check_structure().unwrap().is_empty());
    let witness = Attempts::open(&folder.attempts()).unwrap();
    store.write_durable(|tx| steps::settle_after_start(tx, &witness, NOW)).unwrap();
    let state = |id: &MessageId| store.read(|conn| outbox::get(conn, *id)).unwrap().map(|entry| entry.state);
    messages.iter().filter_map(state).collect()
}

fn cuts(from: usize, to: usize) -> impl Iterator<Item = usize> {
    // Around every frame (24 bytes and a page) and some places within.
    (from..=to)
        .filter(move |at| (at - from).is_multiple_of(997) || *at == to || (at.wrapping_sub(32)) % 4120 < 2)
}

#[test]
fn what_was_synced_stays_whatever_became_of_the_rest() {
    let shop = Shop::new();
    let account = shop.account("mailbox");
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    let conversation = shop.conversation(anna, "Frage");
    let sent = shop.reply(conversation, account, NOW);
    let committed = shop.reply(conversation, account, NOW);
    let reference = |id| shop.entry(id).reference;
    let witness = Attempts::open(&shop.folder.attempts()).unwrap();
    for id in [sent, committed] {
        let attempt = shop.store.write_durable(|tx| steps::claim(tx, id)).unwrap().unwrap();
        witness.begin(&reference(id), attempt).unwrap();
        witness.passed(&reference(id), attempt).unwrap();
        assert!(shop.store.write_durable(|tx| steps::commit(tx, id)).unwrap());
    }
    assert!(shop.store.write_durable(|tx| steps::sent(tx, sent, None, false, NOW)).unwrap());
    let synced = moment(&shop).log.len();
    for number in 0..6 {
        let value = serde_json::json!("x".repeat(3_000));
        shop.write(|tx| settings::set(tx, &format!("late.{number}"), &value, Timestamp(number)));
    }
    let moment = moment(&shop);
    assert!(moment.log.len() > synced + 4_096);
    for cut in cuts(synced, moment.log.len()) {
        let short = &moment.log[..cut];
        let garbled: Vec<u8> =
            short.iter().copied().chain(moment.log[cut..].iter().map(|byte| byte ^ 0x55)).collect();
        for log in [short, &garbled] {
            let states = after(&shop, &moment, log, &[sent, committed]);
            assert_eq!(states, [State::Sent, State::InDoubt], "cut at {cut} of {}", moment.log.len());
        }
    }
}

#[test]
fn even_a_disk_that_lies_about_syncing_sends_nothing_twice() {
    let shop = Shop::new();
    let account = shop.account("mailbox");
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    let id = shop.reply(shop.conversation(anna, "Frage"), account, NOW);
    shop.store.checkpoint().unwrap();
    let witness = Attempts::open(&shop.folder.attempts()).unwrap();
    let attempt = shop.store.write_durable(|tx| steps::claim(tx, id)).unwrap().unwrap();
    let reference = shop.entry(id).reference;
    witness.begin(&reference, attempt).unwrap();
    witness.passed(&reference, attempt).unwrap();
    shop.store.write_durable(|tx| steps::commit(tx, id)).unwrap();
    shop.store.write_durable(|tx| steps::sent(tx, id, None, false, NOW)).unwrap();
    let moment = moment(&shop);
    let mut seen = Vec::new();
    for cut in cuts(0, moment.log.len()) {
        let states = after(&shop, &moment, &moment.log[..cut], &[id]);
        assert!(states == [State::Sent] || states == [State::InDoubt], "cut at {cut}: {states:?}");
        seen.extend(states);
    }
    assert!(seen.contains(&State::Sent) && seen.contains(&State::InDoubt));
}
