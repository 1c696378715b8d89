//! The outbox: lanes, steps, waiting, and what a start makes of a crash.

use theke_domain::message::{ClientReference, Delivery, RemoteId};
use theke_store::attempts::Attempts;
use theke_store::table::outbox::{self, State, steps};
use theke_store::table::{Trouble, messages};

use crate::shop::{NOW, Shop};

fn trouble() -> Trouble {
    Trouble { code: "unreachable".to_owned(), text: "The server does not answer.".to_owned() }
}

#[test]
fn order_is_kept_in_a_lane_and_lanes_do_not_wait_for_each_other() {
    let shop = Shop::new();
    let (mailbox, gateway) = (shop.account("mailbox"), shop.account("gateway"));
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    let (berta, _) = shop.contact("Berta", "berta@kunde.example");
    let (to_anna, to_berta) = (shop.conversation(anna, "x"), shop.conversation(berta, "x"));
    let first = shop.reply(to_anna, mailbox, NOW.plus_secs(60));
    let second = shop.reply(to_anna, mailbox, NOW);
    let other_contact = shop.reply(to_berta, mailbox, NOW.plus_secs(5));
    let other_account = shop.reply(to_anna, gateway, NOW);
    let next = |account, secs| {
        let now = NOW.plus_secs(secs);
        shop.store.read(|conn| outbox::next_due(conn, account, now)).unwrap().map(|entry| entry.message_id)
    };
    assert_eq!(next(mailbox, 0), None, "the second of a contact waits for the first");
    assert_eq!(next(mailbox, 10), Some(other_contact));
    assert_eq!(next(gateway, 0), Some(other_account));
    assert_eq!(shop.store.read(|conn| outbox::next_due_at(conn, mailbox)).unwrap(), Some(NOW.plus_secs(5)));
    assert_eq!(shop.write(|tx| steps::claim(tx, other_contact)), Some(1));
    assert_eq!(next(mailbox, 60), Some(first));
    shop.write(|tx| steps::claim(tx, first));
    assert_eq!(next(mailbox, 60), None, "one that is under way blocks its lane");
    shop.write(|tx| steps::sent(tx, first, None, false, NOW));
    assert_eq!(next(mailbox, 60), Some(second));
    assert_eq!(shop.store.read(outbox::counts).unwrap(), (3, 0));
}

#[test]
fn each_step_takes_once_and_from_its_state_only() {
    let shop = Shop::new();
    let account = shop.account("mailbox");
    let (anna, identity) = shop.contact("Anna", "anna@kunde.example");
    let id = shop.reply(shop.conversation(anna, "x"), account, NOW);
    let delivery = || shop.store.read(|conn| messages::get(conn, id)).unwrap().unwrap().delivery;
    assert_eq!(delivery(), Delivery::Queued);
    assert!(!shop.write(|tx| steps::commit(tx, id)));
    assert_eq!(shop.write(|tx| steps::claim(tx, id)), Some(1));
    assert_eq!(shop.write(|tx| steps::claim(tx, id)), None);
    assert!(!shop.write(|tx| steps::cancel(tx, id, NOW)), "too late");
    assert_eq!(delivery(), Delivery::Sending);
    assert!(shop.write(|tx| steps::commit(tx, id)));
    assert!(shop.write(|tx| steps::later(tx, id, NOW.plus_secs(30), true, &trouble())));
    let entry = shop.entry(id);
    assert_eq!((entry.state, entry.attempts, entry.due_at), (State::Queued, 1, NOW.plus_secs(30)));
    assert_eq!((entry.trouble, entry.wanted_at), (Some(trouble()), NOW));
    assert_eq!(shop.write(|tx| steps::claim(tx, id)), Some(2));
    assert!(shop.write(|tx| steps::later(tx, id, NOW, false, &trouble())));
    assert_eq!(shop.entry(id).attempts, 1, "a refused login is no attempt");
    shop.write(|tx| steps::claim(tx, id));
    shop.write(|tx| steps::commit(tx, id));
    let remote = RemoteId("srv-1".to_owned());
    assert!(shop.write(|tx| steps::sent(tx, id, Some(&remote), true, NOW)));
    assert!(!shop.write(|tx| steps::failed(tx, id, &trouble(), NOW)), "sent is final");
    assert!(!shop.write(|tx| steps::again(tx, id, NOW)));
    let entry = shop.entry(id);
    assert_eq!((entry.state, entry.remote_id, entry.trouble), (State::Sent, Some(remote), None));
    assert_eq!(delivery(), Delivery::Sent);
    let copies = |wanted: usize| {
        assert_eq!(shop.store.read(|conn| outbox::awaiting_copy(conn, account)).unwrap().len(), wanted);
    };
    copies(1);
    assert!(shop.write(|tx| steps::copied(tx, id)));
    copies(0);
    let _ = identity;
}

#[test]
fn a_report_that_overtakes_the_answer_stays() {
    let shop = Shop::new();
    let account = shop.account("gateway");
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    let id = shop.reply(shop.conversation(anna, "x"), account, NOW);
    shop.write(|tx| steps::claim(tx, id));
    shop.write(|tx| messages::progress::report(tx, id, Delivery::Delivered, None));
    shop.write(|tx| steps::sent(tx, id, None, false, NOW));
    let row = shop.store.read(|conn| messages::get(conn, id)).unwrap().unwrap();
    assert_eq!(row.delivery, Delivery::Delivered);
}

#[test]
fn what_waited_for_a_day_is_held_and_asks() {
    let shop = Shop::new();
    let account = shop.account("mailbox");
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    let conversation = shop.conversation(anna, "x");
    let old = shop.reply(conversation, account, NOW);
    let later = NOW.plus_secs(25 * 3600);
    let planned = shop.reply(conversation, account, later.plus_secs(3600));
    let day_before = later.plus_secs(-24 * 3600);
    assert_eq!(shop.write(|tx| steps::hold_waited(tx, day_before, later)), [old]);
    assert_eq!(shop.entry(planned).state, State::Queued);
    assert_eq!(
        shop.store.read(|conn| outbox::next_due(conn, account, later.plus_secs(9_000))).unwrap(),
        None
    );
    assert_eq!(shop.store.read(outbox::counts).unwrap(), (1, 1));
    assert!(shop.write(|tx| steps::again(tx, old, later)));
    assert_eq!(shop.write(|tx| steps::hold_waited(tx, day_before, later)), [], "it was confirmed");
    let due = shop.store.read(|conn| outbox::next_due(conn, account, later)).unwrap();
    assert_eq!(due.map(|entry| entry.message_id), Some(old));
}

#[test]
fn what_goes_out_is_what_was_queued() {
    let shop = Shop::new();
    let account = shop.account("mailbox");
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    let id = shop.reply(shop.conversation(anna, "x"), account, NOW);
    let outgoing = shop.store.read(|conn| outbox::outgoing(conn, id)).unwrap().unwrap();
    assert_eq!(outgoing.payload.as_deref(), Some(&b"fixed bytes"[..]));
    assert_eq!(outgoing.text, "Ihre Antwort");
    let found = shop.store.read(|conn| outbox::by_reference(conn, &outgoing.reference)).unwrap();
    assert_eq!(found.map(|entry| entry.message_id), Some(id));
    let open = shop.store.read(|conn| outbox::open(conn, theke_domain::ids::MessageId(0), 10)).unwrap();
    assert_eq!((open.len(), open[0].contact_name.as_str()), (1, "Anna"));
    let pending = shop.store.read(outbox::pending).unwrap();
    let state = pending.get(&open[0].conversation_id).map(|unsent| unsent.state);
    assert_eq!(state, Some(State::Queued));
}

/// What the witness says against what the database says, after a crash.
#[test]
fn the_start_tells_certain_ends_from_doubtful_ones() {
    let shop = Shop::new();
    let account = shop.account("mailbox");
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    let conversation = shop.conversation(anna, "x");
    let log = Attempts::open(&shop.folder.attempts()).unwrap();
    let reply = || shop.reply(conversation, account, NOW);
    let reference = |id| shop.entry(id).reference;
    let claim = |id| shop.write(|tx| steps::claim(tx, id)).unwrap();

    let untouched = reply();
    let claimed_only = reply();
    claim(claimed_only);
    let begun = reply();
    log.begin(&reference(begun), claim(begun)).unwrap();
    let committed = reply();
    log.begin(&reference(committed), claim(committed)).unwrap();
    shop.write(|tx| steps::commit(tx, committed));
    // The marker reached the log and the database lost it.
    let lost_marker = reply();
    log.begin(&reference(lost_marker), claim(lost_marker)).unwrap();
    log.passed(&reference(lost_marker), 1).unwrap();
    // The database is older than the attempt.
    let lost_claim = reply();
    log.begin(&reference(lost_claim), 1).unwrap();
    let refused = reply();
    log.begin(&reference(refused), claim(refused)).unwrap();
    log.passed(&reference(refused), 1).unwrap();
    log.refused(&reference(refused), 1).unwrap();
    let waits_again = reply();
    log.begin(&reference(waits_again), claim(waits_again)).unwrap();
    log.passed(&reference(waits_again), 1).unwrap();
    shop.write(|tx| steps::later(tx, waits_again, NOW, true, &trouble()));
    let sent = reply();
    log.begin(&reference(sent), claim(sent)).unwrap();
    shop.write(|tx| steps::sent(tx, sent, None, false, NOW));
    drop(log);

    let log = Attempts::open(&shop.folder.attempts()).unwrap();
    let doubted = shop.write(|tx| steps::settle_after_start(tx, &log, NOW));
    assert_eq!(doubted, [committed, lost_marker, lost_claim]);
    for id in [untouched, claimed_only, begun, refused, waits_again] {
        assert_eq!(shop.entry(id).state, State::Queued, "{id}");
    }
    assert_eq!(shop.entry(sent).state, State::Sent);
    for id in doubted {
        assert_eq!(shop.entry(id).state, State::InDoubt);
        let row = shop.store.read(|conn| messages::get(conn, id)).unwrap().unwrap();
        assert_eq!(row.delivery, Delivery::InDoubt);
    }
    assert_eq!(shop.write(|tx| steps::settle_after_start(tx, &log, NOW)), []);
}

#[test]
fn a_reference_is_used_once() {
    let shop = Shop::new();
    let account = shop.account("mailbox");
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    let conversation = shop.conversation(anna, "x");
    let id = shop.reply(conversation, account, NOW);
    let taken = shop.store.write(|tx| {
        let other = messages::insert(tx, &crate::shop::incoming(conversation, anna))?;
        let outgoing = crate::shop::outgoing(&format!("<{id}@shop.example>"), "zwei");
        let decision_id = crate::shop::decision(tx)?;
        outbox::insert(
            tx,
            &outbox::NewEntry {
                message_id: other,
                decision_id,
                account_id: account,
                contact_id: anna,
                outgoing: &outgoing,
                queued_at: NOW,
                due_at: NOW,
            },
        )
    });
    assert!(taken.is_err());
    let none = ClientReference("<none@x>".to_owned());
    assert_eq!(shop.store.read(|conn| outbox::by_reference(conn, &none)).unwrap(), None);
}
