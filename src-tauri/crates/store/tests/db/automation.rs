//! Rules and their versions, decisions of rules, the ledger of what went out by itself, dialogues, claims.

use theke_domain::dialogue::State as Asked;
use theke_domain::ids::{ContactId, ConversationId, DecisionId, MessageId, RuleId};
use theke_domain::message::{Delivery, Direction};
use theke_domain::time::Timestamp;
use theke_store::table::automatic_sends::{self, NewSend, Whose};
use theke_store::table::changes::{self, Step};
use theke_store::table::claims::{self, State};
use theke_store::table::decisions::{self, Automatic, Mark};
use theke_store::table::dialogues::{self, Dialogue};
use theke_store::table::messages::NewMessage;
use theke_store::table::rules::{self, Before, Written};
use theke_store::table::{conversations, merging, outbox};

use crate::shop::{NOW, Shop, decision, incoming, outgoing, store_message};

fn written<'a>(name: &'a str, source: &'a str) -> Written<'a> {
    Written { name, mode: "send", source }
}

fn later(secs: i64) -> Timestamp {
    NOW.plus_secs(secs)
}

fn names(shop: &Shop) -> Vec<String> {
    shop.store.read(rules::all).unwrap().into_iter().map(|rule| rule.name).collect()
}

#[test]
fn a_rule_has_versions_that_stay() {
    let shop = Shop::new();
    let id = shop.write(|tx| rules::insert(tx, written("Zeiten", "eins"), "", NOW));
    let rule = || shop.store.read(|conn| rules::get(conn, id)).unwrap().unwrap();
    assert_eq!((rule().version, rule().is_on, rule().on_since), (1, false, None));
    shop.write(|tx| rules::set_on(tx, id, true, later(1)));
    assert_eq!(rule().on_since, Some(later(1)));
    shop.write(|tx| rules::set_on(tx, id, true, later(2)));
    assert_eq!(rule().on_since, Some(later(1)), "it was on");

    assert_eq!(shop.write(|tx| rules::save(tx, id, written("Zeiten", "eins"), later(3))), 1, "nothing new");
    assert_eq!(shop.write(|tx| rules::save(tx, id, written("Stunden", "zwei"), later(4))), 2);
    assert_eq!(
        (rule().name.as_str(), rule().source.as_str(), rule().on_since),
        ("Stunden", "zwei", Some(later(4)))
    );
    let old = Before { name: "Zeiten".to_owned(), mode: "send".to_owned(), version: 1 };
    shop.write(|tx| rules::put_in_force(tx, id, &old, later(5)));
    assert_eq!((rule().version, rule().source.as_str()), (1, "eins"));
    assert_eq!(
        shop.write(|tx| rules::save(tx, id, written("Zeiten", "drei"), later(6))),
        3,
        "2 is not written over"
    );
    let versions = shop.store.read(|conn| rules::versions(conn, id)).unwrap();
    let sources: Vec<_> = versions.iter().map(|one| (one.version, one.source.as_str())).collect();
    assert_eq!(sources, [(3, "drei"), (2, "zwei"), (1, "eins")]);
    shop.write(|tx| rules::remove(tx, id, later(7)));
    assert!(names(&shop).is_empty());
    let second = shop.store.read(|conn| rules::version(conn, id, 2)).unwrap().unwrap();
    assert_eq!(second.source, "zwei", "decisions name it");
}

#[test]
fn a_rule_that_was_wrong_asks_until_it_is_written_anew() {
    let shop = Shop::new();
    let id = shop.write(|tx| rules::insert(tx, written("Zeiten", "eins"), "", NOW));
    let mode = || shop.store.read(|conn| rules::get(conn, id)).unwrap().unwrap().mode_in_force().to_owned();
    assert_eq!(mode(), "send");
    assert!(shop.write(|tx| rules::lower(tx, id, NOW)));
    assert!(!shop.write(|tx| rules::lower(tx, id, NOW)), "it was lowered already");
    assert_eq!(mode(), "ask");
    shop.write(|tx| rules::save(tx, id, written("Zeiten", "zwei"), later(1)));
    assert_eq!(mode(), "send");
}

#[test]
fn what_was_done_to_rules_is_taken_back() {
    let shop = Shop::new();
    let [a, b] = ["A", "B"].map(|name| shop.write(|tx| rules::insert(tx, written(name, name), "", NOW)));
    let back = |step: Step| shop.write(|tx| changes::undo(tx, &[step], later(9))).steps;
    shop.write(|tx| rules::set_order(tx, &[b]));
    assert_eq!(names(&shop), ["B", "A"]);
    let ordered = Step::RulesOrdered { before: vec![a, b], became: vec![b, a] };
    assert_eq!(back(ordered.clone()), 1);
    assert_eq!((names(&shop), back(ordered)), (vec!["A".to_owned(), "B".to_owned()], 0));

    shop.write(|tx| rules::set_on(tx, a, true, later(1)));
    shop.write(|tx| rules::remove(tx, a, later(2)));
    assert_eq!((back(Step::RuleRemoved { rule: a }), back(Step::RuleRemoved { rule: a })), (1, 0));
    let rule = shop.store.read(|conn| rules::get(conn, a)).unwrap().unwrap();
    assert_eq!((rule.is_on, rule.on_since), (true, Some(later(9))), "what came meanwhile is not for it");
    assert_eq!(back(Step::RuleSwitched { rule: a, was: false }), 1);
    assert_eq!(back(Step::RuleSwitched { rule: a, was: false }), 0);

    let before = Some(Before { name: "A".to_owned(), mode: "send".to_owned(), version: 1 });
    let became = shop.write(|tx| rules::save(tx, a, written("A2", "neu"), later(3)));
    let saved = Step::RuleSaved { rule: a, before, became };
    assert_eq!((back(saved.clone()), names(&shop)), (1, vec!["A".to_owned(), "B".to_owned()]));
    assert_eq!(back(saved), 0, "it is at version 1 again");
    assert_eq!(back(Step::RuleSaved { rule: b, before: None, became: 1 }), 1);
    assert_eq!(names(&shop), ["A"]);
    assert_eq!(serde_json::to_value(Step::RuleRemoved { rule: a }).unwrap()["step"], "rule_removed");
}

fn of_rule(
    conversation: ConversationId,
    message: MessageId,
    rule: RuleId,
    result: &str,
) -> decisions::Decision {
    decisions::Decision {
        id: DecisionId(0),
        at: NOW,
        message_id: Some(message),
        contact_id: None,
        rule: "Zeiten".to_owned(),
        mode: "send".to_owned(),
        result: result.to_owned(),
        evidence: serde_json::json!(["offen"]),
        guards: serde_json::json!([]),
        route: None,
        text: "Bis 18 Uhr.".to_owned(),
        automatic: Automatic {
            rule_id: Some(rule),
            rule_version: 3,
            confidence: 92,
            intent: "opening_hours".to_owned(),
            conversation_id: Some(conversation),
            steps: vec![Step::Starred { conversation, was: false }],
            ..Automatic::default()
        },
    }
}

#[test]
fn a_decision_of_a_rule_keeps_all_it_says() {
    let shop = Shop::new();
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let conversation = shop.conversation(contact, "Zeiten");
    let message = shop.mail_in(conversation, NOW, "Zeiten", "Wann offen?");
    let rule = RuleId(7);
    let person = shop.write(decision);
    let sent = shop.write(|tx| decisions::insert(tx, &of_rule(conversation, message, rule, "queued")));
    let asked = shop.write(|tx| decisions::insert(tx, &of_rule(conversation, message, rule, "asked")));
    let get = |id| shop.store.read(|conn| decisions::get(conn, id)).unwrap().unwrap();
    let expected = decisions::Decision { id: sent, ..of_rule(conversation, message, rule, "queued") };
    assert_eq!(get(sent), expected);
    assert_eq!(get(person).automatic, Automatic::default());

    let ids = |list: Vec<decisions::Decision>| list.into_iter().map(|one| one.id).collect::<Vec<_>>();
    let end = DecisionId(i64::MAX);
    let read = |rule| ids(shop.store.read(|conn| decisions::automatic_page(conn, rule, end, 10)).unwrap());
    assert_eq!(
        (read(None), read(Some(rule)), read(Some(RuleId(8)))),
        (vec![asked, sent], vec![asked, sent], vec![])
    );
    assert_eq!(
        ids(shop.store.read(|conn| decisions::of_conversation(conn, conversation)).unwrap()),
        [sent, asked]
    );
    assert_eq!(ids(shop.store.read(|conn| decisions::waiting(conn, 10)).unwrap()), [asked]);
    shop.write(|tx| decisions::set_result(tx, asked, "queued", Some(message)));
    shop.write(|tx| decisions::set_result(tx, asked, "sent", None));
    assert_eq!((get(asked).result.as_str(), get(asked).automatic.sent_message_id), ("sent", Some(message)));
    assert!(shop.store.read(|conn| decisions::waiting(conn, 10)).unwrap().is_empty());

    shop.write(|tx| decisions::set_mark(tx, sent, Some(Mark::Wrong), later(1)));
    assert_eq!(
        (get(sent).automatic.mark, get(sent).automatic.marked_at),
        (Some(Mark::Wrong), Some(later(1)))
    );
    let wrong = |version| shop.store.read(|conn| decisions::wrong_marks(conn, rule, version)).unwrap();
    assert_eq!((wrong(3), wrong(4)), (1, 0));
    shop.write(|tx| decisions::set_mark(tx, sent, None, later(2)));
    assert_eq!((wrong(3), get(sent).automatic.marked_at), (0, None));
    let refused = shop.store.write(|tx| decisions::set_mark(tx, person, Some(Mark::Right), NOW));
    assert!(refused.is_err(), "a person's own answer has no mark");

    shop.write(|tx| decisions::set_undone(tx, sent, later(3)));
    assert_eq!((get(sent).automatic.undone_at, get(sent).automatic.steps), (Some(later(3)), vec![]));
    assert!(shop.store.write(|tx| decisions::set_undone(tx, sent, NOW)).is_err(), "only once");
}

#[test]
fn nothing_leaves_by_itself_without_a_decision_that_says_so() {
    let shop = Shop::new();
    let account = shop.account("test");
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let conversation = shop.conversation(contact, "Zeiten");
    let asked = shop.mail_in(conversation, NOW, "Zeiten", "Wann offen?");
    let rule = shop.write(|tx| decisions::insert(tx, &of_rule(conversation, asked, RuleId(1), "queued")));
    let nameless = shop.write(|tx| {
        let new = of_rule(conversation, asked, RuleId(1), "queued");
        decisions::insert(tx, &decisions::Decision { rule: String::new(), ..new })
    });
    let person = shop.write(decision);
    for (automatic, decision_id, goes) in [
        (true, rule, true),
        (true, person, false),
        (true, nameless, false),
        (true, DecisionId(99), false),
        (false, person, true),
    ] {
        let queued = shop.store.write(|tx| {
            let new = NewMessage {
                direction: Direction::Out,
                delivery: Delivery::Queued,
                account_id: Some(account),
                automatic,
                ..incoming(conversation, contact)
            };
            let message = store_message(tx, &new, "Bis 18 Uhr.")?;
            let outgoing = outgoing(&format!("<{message}@shop.example>"), "Bis 18 Uhr.");
            let entry = outbox::NewEntry {
                message_id: message,
                decision_id,
                account_id: account,
                contact_id: contact,
                outgoing: &outgoing,
                queued_at: NOW,
                due_at: NOW,
            };
            outbox::insert(tx, &entry)
        });
        assert_eq!(queued.is_ok(), goes, "{automatic} {decision_id}: {queued:?}");
    }
}

#[test]
fn the_ledger_counts_by_contact_address_and_shop() {
    let shop = Shop::new();
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    let (second, _) = shop.contact("Anna T.", "anna@privat.example");
    let send = |contact: ContactId, class, address_key, at, notice_key| {
        let decision = DecisionId(1);
        shop.store.write(|tx| {
            automatic_sends::insert(
                tx,
                &NewSend { at, class, contact, address_key, decision, notice_key, parts: 2 },
            )
        })
    };
    send(anna, "unasked", "k1", later(0), "").unwrap();
    send(anna, "unasked", "k1", later(10), "").unwrap();
    send(anna, "dialogue", "k1", later(10), "").unwrap();
    send(second, "unasked", "k2", later(20), "").unwrap();
    send(anna, "notice", "k1", later(20), "4471:shipped").unwrap();
    assert!(send(anna, "notice", "k1", later(30), "4471:shipped").is_err(), "once for an order and state");
    let count = |whose: Whose<'_>, class: &str, since| {
        shop.store.read(|conn| automatic_sends::count(conn, whose, class, since)).unwrap()
    };
    for (whose, class, since, expected) in [
        (Whose::Contact(anna), "unasked", later(0), 2),
        (Whose::Contact(anna), "unasked", later(10), 1),
        (Whose::Contact(anna), "unasked", later(11), 0),
        (Whose::Contact(anna), "dialogue", later(0), 1),
        (Whose::Contact(second), "unasked", later(0), 1),
        (Whose::Address("k1"), "unasked", later(0), 2),
        (Whose::Address("k2"), "unasked", later(0), 1),
        (Whose::Shop, "unasked", later(0), 3),
        (Whose::Shop, "notice", later(0), 1),
    ] {
        assert_eq!(count(whose, class, since), expected, "{whose:?} {class}");
    }
    assert_eq!(shop.store.read(|conn| automatic_sends::parts_since(conn, later(15))).unwrap(), 4);
    let noticed = |key| shop.store.read(|conn| automatic_sends::is_noticed(conn, key)).unwrap();
    assert_eq!((noticed("4471:shipped"), noticed("4471:paid"), noticed("")), (true, false, false));
    shop.write(|tx| merging::merge(tx, anna, second, &[], None, NOW));
    assert_eq!(count(Whose::Contact(anna), "unasked", later(0)), 3, "a merge opens no cap");
}

fn dialogue(conversation: ConversationId, contact: ContactId, expires_at: Timestamp) -> Dialogue {
    let answers = [("how".to_owned(), "collect".to_owned())].into();
    Dialogue {
        conversation_id: conversation,
        contact_id: contact,
        rule_id: RuleId(1),
        rule_version: 2,
        state: Asked { node: "number".to_owned(), answers, asked: 2, expires_at },
    }
}

#[test]
fn one_dialogue_runs_in_a_conversation() {
    let shop = Shop::new();
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    let [one, other] = ["Eins", "Zwei"].map(|subject| {
        let conversation = shop.conversation(anna, subject);
        shop.mail_in(conversation, NOW, subject, "Hallo");
        conversation
    });
    let get = |id| shop.store.read(|conn| dialogues::of_conversation(conn, id)).unwrap();
    shop.write(|tx| dialogues::put(tx, &dialogue(one, anna, later(50))));
    shop.write(|tx| dialogues::put(tx, &dialogue(one, anna, later(60))));
    shop.write(|tx| dialogues::put(tx, &dialogue(other, anna, later(90))));
    assert_eq!(get(one), Some(dialogue(one, anna, later(60))));
    assert_eq!(shop.store.read(dialogues::next_end).unwrap(), Some(later(60)));
    assert!(shop.write(|tx| dialogues::end_expired(tx, later(60))).is_empty());
    assert_eq!(shop.write(|tx| dialogues::end_expired(tx, later(61))), [one]);
    assert!(shop.write(|tx| dialogues::end(tx, other)));
    assert!(!shop.write(|tx| dialogues::end(tx, other)));

    shop.write(|tx| dialogues::put(tx, &dialogue(one, anna, later(60))));
    shop.write(|tx| conversations::reshape::join(tx, one, other));
    assert_eq!(get(one), None, "the conversation is no more");
}

#[test]
fn a_claim_goes_from_state_to_state_and_with_its_message() {
    let shop = Shop::new();
    let account = shop.account("test");
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    let conversation = shop.conversation(anna, "Frage");
    let [first, second] = [0, 1].map(|secs| shop.mail_in(conversation, later(secs), "Frage", "Offen?"));
    assert!(shop.write(|tx| claims::want(tx, first, account, NOW)));
    assert!(!shop.write(|tx| claims::want(tx, first, account, NOW)), "wanted already");
    shop.write(|tx| claims::want(tx, second, account, NOW));
    let open = || {
        let open = shop.store.read(|conn| claims::open(conn, account, 10)).unwrap();
        open.into_iter().map(|claim| (claim.message_id, claim.state)).collect::<Vec<_>>()
    };
    assert_eq!(open(), [(first, State::Wanted), (second, State::Wanted)]);
    let advance = |from, to| shop.write(|tx| claims::advance(tx, first, from, to, later(1)));
    assert!(advance(State::Wanted, State::Won));
    assert!(!advance(State::Wanted, State::Lost), "it was won meanwhile");
    assert_eq!(open(), [(first, State::Won), (second, State::Wanted)]);
    assert!(advance(State::Won, State::Answered));
    assert_eq!(open(), [(second, State::Wanted)]);
    let claim = shop.store.read(|conn| claims::of_message(conn, first)).unwrap().unwrap();
    assert_eq!((claim.state, claim.changed_at, claim.account_id), (State::Answered, later(1), account));
    shop.write(|tx| theke_store::table::messages::progress::delete(tx, first));
    assert!(shop.store.read(|conn| claims::of_message(conn, first)).unwrap().is_none());
}
