//! What a card holds: tags, own fields, consents, goodwill, tasks, and every change of them taken back.

use theke_domain::ids::{ContactId, FieldId, GoodwillId, TaskId};
use theke_domain::medium::Medium;
use theke_domain::message::Direction;
use theke_domain::time::Timestamp;
use theke_store::table::changes::{self, Step};
use theke_store::table::consents::{self, Consent, Purpose};
use theke_store::table::custom_fields::{self, Kind, NewField};
use theke_store::table::goodwill::{self, Granted};
use theke_store::table::messages::{self, noted};
use theke_store::table::particulars::{self, Particulars};
use theke_store::table::tasks::{self, Task};
use theke_store::table::{contacts, identities, tags};
use theke_store::{Connection, Result};

use crate::shop::{NOW, Shop, incoming, store_message};

impl Shop {
    fn read<T>(&self, ask: impl FnOnce(&Connection) -> Result<T>) -> T {
        self.store.read(ask).unwrap()
    }

    fn undo(&self, steps: &[Step]) -> usize {
        self.write(|tx| changes::undo(tx, steps, NOW)).steps
    }

    fn tag_names(&self, contact: ContactId) -> Vec<String> {
        self.read(|conn| tags::of_contact(conn, contact)).into_iter().map(|tag| tag.name).collect()
    }

    fn field(&self, name: &str) -> FieldId {
        let new = NewField { name: name.to_owned(), kind: Kind::Text, choices: Vec::new() };
        self.write(|tx| custom_fields::insert(tx, &new)).0
    }

    fn standing(&self, contact: ContactId, field: FieldId) -> Vec<String> {
        let found = self.read(|conn| custom_fields::standing(conn, contact));
        found.get(&field).into_iter().flatten().map(|value| value.value.clone()).collect()
    }

    /// What a merge does to rows that name a contact.
    fn hand_over(&self, from: ContactId, to: ContactId, at: Timestamp) {
        self.write(|tx| {
            for table in ["contact_tags", "custom_values", "goodwill", "tasks", "consents"] {
                let sql = format!(
                    "UPDATE {table} SET origin_contact_id = iif(origin_contact_id = 0, ?1, origin_contact_id), contact_id = ?2
                     WHERE contact_id = ?1"
                );
                tx.execute(&sql, [from.0, to.0])?;
            }
            tx.execute("UPDATE contacts SET merged_into_id = ?2 WHERE id = ?1", [from.0, to.0])?;
            tx.execute("INSERT INTO merges (survivor_id, absorbed_id, at) VALUES (?2, ?1, ?3)", [from.0, to.0, at.0])?;
            Ok(())
        });
    }
}

fn later(secs: i64) -> Timestamp {
    NOW.plus_secs(secs)
}

#[test]
fn a_tag_is_the_same_word_however_it_is_written() {
    let shop = Shop::new();
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    let (berta, _) = shop.contact("Berta", "berta@kunde.example");
    let steps = shop.write(|tx| tags::add(tx, anna, "Stammkundin", NOW));
    assert!(shop.write(|tx| tags::add(tx, anna, "STAMMKUNDIN", NOW)).is_empty());
    shop.write(|tx| tags::add(tx, berta, "stammkundin", NOW));
    shop.write(|tx| tags::add(tx, anna, "★", NOW));
    assert_eq!(shop.tag_names(anna), ["Stammkundin", "★"]);
    let all = shop.read(tags::all);
    let all: Vec<_> = all.iter().map(|(tag, held)| (tag.name.as_str(), *held)).collect();
    assert_eq!(all, [("Stammkundin", 2), ("★", 1)]);
    // The tag itself stays, since Berta has it.
    assert_eq!(shop.undo(&steps), 1);
    assert_eq!(shop.tag_names(anna), ["★"]);
    assert_eq!(shop.tag_names(berta), ["Stammkundin"]);
}

#[test]
fn a_tag_that_was_taken_comes_back() {
    let shop = Shop::new();
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    shop.write(|tx| tags::add(tx, anna, "Verein", NOW));
    let tag = shop.read(tags::all)[0].0.id;
    let steps = shop.write(|tx| tags::take(tx, anna, tag));
    assert!(shop.tag_names(anna).is_empty());
    assert!(shop.write(|tx| tags::take(tx, anna, tag)).is_empty());
    assert_eq!(shop.undo(&steps), 1);
    assert_eq!(shop.tag_names(anna), ["Verein"]);
    // Nothing to take back twice.
    assert_eq!(shop.undo(&steps), 0);
}

#[test]
fn a_tag_with_the_name_of_another_becomes_that_one_and_comes_apart_again() {
    let shop = Shop::new();
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    let (berta, _) = shop.contact("Berta", "berta@kunde.example");
    shop.write(|tx| tags::add(tx, anna, "Verein", NOW));
    shop.write(|tx| tags::add(tx, anna, "RV Tannwald", NOW));
    shop.write(|tx| tags::add(tx, berta, "RV Tannwald", NOW));
    let of = |name: &str| shop.read(tags::all).into_iter().find(|(tag, _)| tag.name == name).unwrap().0.id;
    let step = shop.write(|tx| tags::rename(tx, of("RV Tannwald"), "verein")).unwrap();
    assert_eq!(
        (shop.tag_names(anna), shop.tag_names(berta)),
        (vec!["Verein".to_owned()], vec!["Verein".to_owned()])
    );
    assert_eq!(shop.undo(&[step]), 1);
    assert_eq!(shop.tag_names(anna), ["RV Tannwald", "Verein"]);
    assert_eq!(shop.tag_names(berta), ["RV Tannwald"]);
    let step = shop.write(|tx| tags::rename(tx, of("Verein"), "Klub")).unwrap();
    assert_eq!(shop.tag_names(anna), ["Klub", "RV Tannwald"]);
    assert_eq!(shop.undo(&[step]), 1);
    let gone = shop.write(|tx| tags::remove(tx, of("RV Tannwald")));
    assert_eq!((shop.tag_names(anna), shop.tag_names(berta)), (vec!["Verein".to_owned()], vec![]));
    assert_eq!(shop.undo(&[gone]), 1);
    assert_eq!(shop.tag_names(berta), ["RV Tannwald"]);
}

#[test]
fn both_values_of_a_merge_stand_until_a_person_chooses() {
    let shop = Shop::new();
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    let (other, _) = shop.contact("Anna B.", "a.privat@kunde.example");
    let (frame, saddle) = (shop.field("Rahmen"), shop.field("Sattel"));
    shop.write(|tx| custom_fields::set(tx, anna, frame, "56", NOW));
    shop.write(|tx| custom_fields::set(tx, other, frame, "58", later(5)));
    shop.write(|tx| custom_fields::set(tx, other, saddle, "Leder", later(5)));
    shop.hand_over(other, anna, later(10));
    assert_eq!(shop.standing(anna, frame), ["56", "58"]);
    assert_eq!(shop.standing(anna, saddle), ["Leder"], "nothing stands against it");
    // Choosing the value that was there already is a choice, too.
    let step = shop.write(|tx| custom_fields::set(tx, anna, frame, "56", later(20))).unwrap();
    assert_eq!(shop.standing(anna, frame), ["56"]);
    assert_eq!(shop.undo(&[step]), 1);
    assert_eq!(shop.standing(anna, frame), ["56", "58"]);
    shop.write(|tx| custom_fields::set(tx, anna, frame, "58", later(30)));
    assert_eq!(shop.standing(anna, frame), ["58"]);
    // Emptied by hand: the other one's value does not come up again.
    shop.write(|tx| custom_fields::set(tx, anna, saddle, "", later(30)));
    assert!(shop.standing(anna, saddle).is_empty());
    assert_eq!(shop.read(|conn| custom_fields::values(conn, anna)).len(), 4, "what lost is kept for an undo");
}

#[test]
fn a_value_is_set_emptied_and_brought_back() {
    let shop = Shop::new();
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    let frame = shop.field("Rahmen");
    let set = shop.write(|tx| custom_fields::set(tx, anna, frame, "56", NOW)).unwrap();
    assert_eq!(shop.write(|tx| custom_fields::set(tx, anna, frame, "56", later(1))), None);
    let emptied = shop.write(|tx| custom_fields::set(tx, anna, frame, "", later(2))).unwrap();
    assert!(shop.read(|conn| custom_fields::values(conn, anna)).is_empty());
    assert_eq!(shop.undo(&[emptied]), 1);
    assert_eq!(shop.standing(anna, frame), ["56"]);
    assert_eq!(shop.undo(&[set]), 1);
    assert!(shop.standing(anna, frame).is_empty());
    let removed = shop.write(|tx| custom_fields::remove(tx, frame, NOW)).unwrap();
    assert!(shop.read(custom_fields::all).is_empty());
    assert!(shop.store.write(|tx| custom_fields::set(tx, anna, frame, "58", NOW)).is_err());
    assert_eq!(shop.undo(&[removed]), 1);
    assert_eq!(shop.read(custom_fields::all).len(), 1);
}

#[test]
fn fields_stand_in_the_order_that_a_person_gives_them() {
    let shop = Shop::new();
    let [a, b, c] = ["a", "b", "c"].map(|name| shop.field(name));
    let order = || shop.read(custom_fields::all).into_iter().map(|field| field.id).collect::<Vec<_>>();
    assert_eq!(order(), [a, b, c]);
    let steps = shop.write(|tx| custom_fields::order(tx, &[c, a]));
    assert_eq!(order(), [c, a, b]);
    shop.undo(&steps);
    assert_eq!(order(), [a, b, c]);
    let choices = ["S".to_owned(), "M".to_owned()];
    let step = shop.write(|tx| custom_fields::change(tx, b, "Größe", &choices)).unwrap();
    let read = || shop.read(|conn| custom_fields::get(conn, b)).unwrap();
    assert_eq!((read().name.as_str(), read().choices.len()), ("Größe", 2));
    assert_eq!(shop.undo(&[step]), 1);
    assert_eq!((read().name.as_str(), read().choices.len()), ("b", 0));
}

#[test]
fn the_newest_consent_of_a_medium_and_purpose_counts() {
    let shop = Shop::new();
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    let new = |medium: Option<&str>, state, at| Consent {
        contact_id: anna,
        medium: medium.map(Medium::new),
        purpose: Purpose::Advertising,
        state,
        source: consents::Source::Hand,
        evidence: String::new(),
        message_id: None,
        at,
    };
    shop.write(|tx| consents::insert(tx, &new(Some("sms"), consents::State::Given, NOW)));
    shop.write(|tx| consents::insert(tx, &new(None, consents::State::Given, NOW)));
    let last =
        shop.write(|tx| consents::insert(tx, &new(Some("sms"), consents::State::Withdrawn, later(60))));
    let found = || -> Vec<_> {
        let rows = shop.read(|conn| consents::in_force(conn, anna));
        rows.into_iter().map(|row| (row.medium.map(|medium| medium.to_string()), row.state)).collect()
    };
    let sms = Some("sms".to_owned());
    assert_eq!(found(), [(None, consents::State::Given), (sms.clone(), consents::State::Withdrawn)]);
    assert_eq!(shop.undo(&[last]), 1);
    assert_eq!(found(), [(None, consents::State::Given), (sms, consents::State::Given)]);
}

fn granted(contact: ContactId, what: &str, at: Timestamp) -> Granted {
    Granted {
        id: GoodwillId(0),
        contact_id: contact,
        conversation_id: None,
        what: what.to_owned(),
        medium: Some(Medium::new("sms")),
        granted_at: at,
    }
}

#[test]
fn goodwill_is_logged_changed_removed_and_all_of_it_taken_back() {
    let shop = Shop::new();
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    let (first, made) = shop.write(|tx| goodwill::insert(tx, &granted(anna, "10 % auf den Sattel", NOW)));
    shop.write(|tx| goodwill::insert(tx, &granted(anna, "Versand frei", later(100))));
    let log = || -> Vec<String> {
        shop.read(|conn| goodwill::of_contact(conn, anna, 10)).into_iter().map(|row| row.what).collect()
    };
    assert_eq!(log(), ["Versand frei", "10 % auf den Sattel"]);
    let before = |at| shop.read(|conn| goodwill::before(conn, anna, at)).map(|row| row.what);
    assert_eq!(before(later(50)).as_deref(), Some("10 % auf den Sattel"));
    assert_eq!(before(NOW), None, "what is granted with the answer is not earlier");
    let row = shop.read(|conn| goodwill::get(conn, first)).unwrap();
    let changed = Granted { what: "15 %".to_owned(), ..row.clone() };
    let change = shop.write(|tx| goodwill::change(tx, &changed)).unwrap();
    let removed = shop.write(|tx| goodwill::remove(tx, &row, NOW)).unwrap();
    assert_eq!(log(), ["Versand frei"]);
    assert_eq!(shop.undo(&[removed]), 1);
    assert_eq!(log(), ["Versand frei", "15 %"]);
    // It was changed since it was made, so taking back the making does nothing.
    assert_eq!(shop.undo(std::slice::from_ref(&made)), 0);
    assert_eq!(shop.undo(&[change]), 1);
    // A merge in between is no change of what was granted.
    let (other, _) = shop.contact("Anna B.", "a.privat@kunde.example");
    shop.hand_over(anna, other, NOW);
    assert_eq!(shop.undo(&[made]), 1);
    assert_eq!(shop.read(|conn| goodwill::of_contact(conn, other, 10)).len(), 1);
}

fn task(contact: ContactId, text: &str, due_at: Option<Timestamp>) -> Task {
    Task {
        id: TaskId(0),
        contact_id: contact,
        conversation_id: None,
        message_id: None,
        kind: tasks::Kind::Promise,
        text: text.to_owned(),
        address: String::new(),
        due_at,
        done_at: None,
        created_at: NOW,
    }
}

#[test]
fn the_task_due_longest_comes_first_and_one_without_a_day_last() {
    let shop = Shop::new();
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    for (text, due) in
        [("c", None), ("b", Some(later(200))), ("a", Some(later(-50))), ("d", Some(later(900)))]
    {
        shop.write(|tx| tasks::insert(tx, &task(anna, text, due)));
    }
    let open = |limit| -> String {
        shop.read(|conn| tasks::open(conn, limit)).into_iter().map(|(row, _)| row.text).collect()
    };
    assert_eq!((open(10).as_str(), open(3).as_str(), open(4).as_str()), ("abdc", "abd", "abdc"));
    assert_eq!(shop.read(|conn| tasks::open(conn, 1))[0].1, "Anna");
    assert_eq!(shop.read(|conn| tasks::counts(conn, later(200))), (2, 4));
    let of = |contact| -> String {
        shop.read(|conn| tasks::of_contact(conn, contact)).into_iter().map(|row| row.text).collect()
    };
    assert_eq!(of(anna), "abdc");
}

#[test]
fn a_task_is_done_changed_removed_and_all_of_it_taken_back() {
    let shop = Shop::new();
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    let (id, made) = shop.write(|tx| tasks::insert(tx, &task(anna, "zurückrufen", None)));
    let read = || shop.read(|conn| tasks::get(conn, id));
    let done = shop.write(|tx| tasks::set_done(tx, &read().unwrap(), Some(later(5)))).unwrap();
    assert_eq!(shop.write(|tx| tasks::set_done(tx, &read().unwrap(), Some(later(9)))), None);
    assert_eq!(read().unwrap().done_at, Some(later(5)));
    assert_eq!(shop.undo(std::slice::from_ref(&made)), 0, "it was done since");
    assert_eq!(shop.undo(&[done]), 1);
    let other = Task { text: "anrufen".to_owned(), due_at: Some(later(60)), ..read().unwrap() };
    let change = shop.write(|tx| tasks::change(tx, &other)).unwrap();
    let removed = shop.write(|tx| tasks::remove(tx, &read().unwrap())).unwrap();
    assert_eq!(read(), None);
    assert_eq!(shop.undo(&[removed]), 1);
    assert_eq!(read(), Some(other));
    assert_eq!(shop.undo(&[change]), 1);
    assert_eq!(read().unwrap().text, "zurückrufen");
    assert_eq!(shop.undo(&[made]), 1);
    assert_eq!(read(), None);
}

#[test]
fn what_is_known_of_a_customer_is_found_and_taken_back() {
    let shop = Shop::new();
    let (anna, identity) = shop.contact("Anna", "anna@kunde.example");
    let known = Particulars {
        company: "Radwerk Süd".to_owned(),
        salutation: "du".to_owned(),
        birthday: "--03-12".to_owned(),
        postcode: "79100".to_owned(),
        language: "de".to_owned(),
    };
    let step = shop.write(|tx| particulars::set(tx, anna, &known)).unwrap();
    assert_eq!(shop.write(|tx| particulars::set(tx, anna, &known)), None);
    let found = |typed: &str| shop.read(|conn| theke_store::search::contacts::find(conn, typed, 5)).len();
    assert_eq!((shop.read(|conn| particulars::get(conn, anna)), found("radwerk")), (known, 1));
    assert_eq!(shop.undo(&[step]), 1);
    assert_eq!(
        (shop.read(|conn| particulars::get(conn, anna)), found("radwerk")),
        (Particulars::default(), 0)
    );
    let row = || shop.read(|conn| identities::get(conn, identity)).unwrap();
    let step = shop.write(|tx| identities::state_by_hand(tx, &row(), identities::State::Verified)).unwrap();
    assert_eq!(row().state, identities::State::Verified);
    assert_eq!(shop.undo(&[step]), 1);
    assert_eq!(row().state, identities::State::Ok);
}

#[test]
fn what_was_said_is_without_failures_and_what_programs_wrote() {
    use theke_domain::medium::ChannelKind;
    use theke_domain::message::Delivery;
    let shop = Shop::new();
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    let id = shop.conversation(anna, "Licht");
    let base = incoming(id, anna);
    let out = |at, delivery, automatic| messages::NewMessage {
        direction: Direction::Out,
        at,
        delivery,
        automatic,
        ..base.clone()
    };
    let call = messages::NewMessage { kind: ChannelKind::new(noted::KIND), at: later(9), ..base.clone() };
    for new in [
        base.clone(),
        out(later(1), Delivery::Failed, false),
        out(later(2), Delivery::Sent, true),
        out(later(3), Delivery::Sent, false),
        call,
    ] {
        shop.write(|tx| store_message(tx, &new, "…"));
    }
    let said = shop.read(|conn| noted::said(conn, anna, 50));
    let short: Vec<_> = said.iter().map(|said| (said.direction, said.at, said.noted)).collect();
    assert_eq!(
        short,
        [(Direction::In, later(9), true), (Direction::Out, later(3), false), (Direction::In, NOW, false)]
    );
}

#[test]
fn a_noted_call_is_written_anew_found_and_taken_away() {
    use theke_domain::medium::ChannelKind;
    let shop = Shop::new();
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    let id = shop.conversation(anna, "Licht");
    let mail = shop.mail_in(id, NOW, "Licht", "Guten Tag");
    let new = messages::NewMessage {
        kind: ChannelKind::new(noted::KIND),
        at: later(9),
        seen: true,
        ..incoming(id, anna)
    };
    let call = shop.write(|tx| store_message(tx, &new, "Felge verbeult"));
    shop.index_all();
    let found =
        |typed: &str| shop.read(|conn| theke_store::search::messages::find(conn, typed, None, 9)).len();
    assert_eq!(found("felge"), 1);
    shop.write(|tx| noted::rewrite(tx, call, "Speiche gebrochen"));
    assert_eq!((found("felge"), found("speiche")), (0, 1));
    assert!(shop.store.write(|tx| noted::rewrite(tx, mail, "x")).is_err(), "a mail is not ours to rewrite");
    let back = [Step::NotedAnew { message: call, text: "Felge verbeult".to_owned() }];
    assert_eq!(shop.undo(&back), 1);
    assert_eq!((found("felge"), found("speiche")), (1, 0));
    assert_eq!(shop.undo(&[Step::Noted { message: call }]), 1);
    assert_eq!(found("felge"), 0);
    assert_eq!(shop.read(|conn| contacts::get(conn, anna)).unwrap().message_count, 1);
    shop.assert_counters();
}
