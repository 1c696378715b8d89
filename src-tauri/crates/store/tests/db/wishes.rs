//! wishes, refusals and what a wish leads to, with the way back.

use theke_domain::address::Address;
use theke_domain::ids::{ContactId, ConversationId, MessageId};
use theke_domain::medium::Medium;
use theke_domain::wish::Scope;
use theke_store::table::changes::{self, Step};
use theke_store::table::messages::progress;
use theke_store::table::wishes::{self, NewWish, State, effects};
use theke_store::table::{conversations, identities, preferences, refusals};

use crate::shop::{NOW, Shop, incoming, phone, store_message};

struct Rosa {
    shop: Shop,
    contact: ContactId,
    conversation: ConversationId,
    message: MessageId,
}

impl Rosa {
    fn new() -> Self {
        let shop = Shop::new();
        let (contact, _) = shop.contact("Rosa", "rosa@kunde.example");
        let conversation = shop.conversation(contact, "Bremse");
        let message = shop.write(|tx| store_message(tx, &incoming(conversation, contact), "Bitte per SMS"));
        Self { shop, contact, conversation, message }
    }

    fn wish(&self, medium: Option<&str>, refused: &[&str], scope: Scope) -> NewWish {
        NewWish {
            message_id: self.message,
            contact_id: self.contact,
            conversation_id: self.conversation,
            medium: medium.map(Medium::new),
            refused: refused.iter().copied().map(Medium::new).collect(),
            scope,
            conditional: false,
            new_address: None,
            evidence: "bitte per SMS".to_owned(),
            state: State::Acted,
            why: String::new(),
            at: NOW,
        }
    }

    fn apply(&self, wish: &NewWish, number: Option<&Address>) -> Vec<Step> {
        self.shop.write(|tx| effects::apply(tx, wish, number, NOW))
    }

    fn undo(&self, steps: &[Step]) -> usize {
        self.shop.write(|tx| changes::undo(tx, steps, NOW)).steps
    }

    fn routed(&self) -> Option<String> {
        let row = self.shop.store.read(|conn| conversations::get(conn, self.conversation)).unwrap().unwrap();
        row.wish_medium.map(|medium| medium.as_str().to_owned())
    }

    fn refused(&self) -> Vec<(String, bool)> {
        let rows =
            self.shop.store.read(|conn| refusals::in_force(conn, self.contact, self.conversation)).unwrap();
        rows.into_iter().map(|no| (no.medium.as_str().to_owned(), no.conversation_id.is_some())).collect()
    }

    fn count(&self, sql: &'static str) -> i64 {
        self.shop.store.read(|conn| Ok(conn.query_row(sql, [], |row| row.get(0))?)).unwrap()
    }
}

#[test]
fn a_wish_is_kept_once_and_goes_with_its_message() {
    let rosa = Rosa::new();
    let mut new = rosa.wish(Some("sms"), &["phone"], Scope::Always);
    new.new_address = Some("0151 2345678".to_owned());
    let id = rosa.shop.write(|tx| wishes::insert(tx, &new));
    let read = |id| rosa.shop.store.read(|conn| wishes::get(conn, id)).unwrap();
    assert_eq!(read(id).unwrap().read, new);
    assert!(rosa.shop.store.write(|tx| wishes::insert(tx, &new)).is_err(), "a message says one thing");
    rosa.shop.write(|tx| wishes::settle(tx, id, State::Undone, &[]));
    assert_eq!(read(id).unwrap().read.state, State::Undone);
    rosa.shop.write(|tx| progress::delete(tx, rosa.message));
    assert_eq!(read(id), None);
}

#[test]
fn for_this_matter_the_conversation_changes_and_changes_back() {
    let rosa = Rosa::new();
    let steps = rosa.apply(&rosa.wish(Some("sms"), &[], Scope::ThisTime), None);
    assert_eq!(rosa.routed().as_deref(), Some("sms"));
    assert!(rosa.apply(&rosa.wish(Some("sms"), &[], Scope::ThisTime), None).is_empty(), "it is so already");
    let no = rosa.apply(&rosa.wish(None, &["sms"], Scope::ThisTime), None);
    assert_eq!((rosa.routed(), rosa.refused()), (None, vec![("sms".to_owned(), true)]));
    assert_eq!(rosa.undo(&no), 2);
    assert_eq!((rosa.routed().as_deref(), rosa.refused().len()), (Some("sms"), 0));
    assert_eq!(rosa.undo(&steps), 1);
    assert_eq!(rosa.routed(), None);
}

#[test]
fn from_now_on_the_preference_changes_and_the_conversation_gives_way() {
    let rosa = Rosa::new();
    rosa.apply(&rosa.wish(Some("email"), &["sms"], Scope::ThisTime), None);
    rosa.apply(&rosa.wish(None, &["sms"], Scope::Always), None);
    assert_eq!(rosa.refused().len(), 2);
    let steps = rosa.apply(&rosa.wish(Some("sms"), &["phone"], Scope::Always), None);
    let preferred = || rosa.shop.store.read(|conn| preferences::in_force(conn, rosa.contact)).unwrap();
    assert_eq!(preferred().unwrap().medium.as_str(), "sms");
    assert_eq!(preferred().unwrap().evidence, "bitte per SMS");
    assert_eq!((rosa.routed(), rosa.refused()), (None, vec![("phone".to_owned(), false)]));
    assert_eq!(rosa.undo(&steps), steps.len());
    assert_eq!((rosa.routed().as_deref(), preferred(), rosa.refused().len()), (Some("email"), None, 2));
}

#[test]
fn a_call_is_one_task_with_the_number() {
    let rosa = Rosa::new();
    let number = phone("+491512345678");
    let mut wish = rosa.wish(Some("phone"), &[], Scope::ThisTime);
    let steps = rosa.apply(&wish, Some(&number));
    assert!(rosa.apply(&wish, Some(&number)).is_empty(), "one call is enough");
    assert_eq!(rosa.count("SELECT count(*) FROM tasks WHERE kind = 'call' AND address = '+491512345678'"), 1);
    assert_eq!(rosa.routed(), None);
    assert_eq!(rosa.undo(&steps), 1);
    assert_eq!(rosa.count("SELECT count(*) FROM tasks"), 0);
    wish.new_address = Some("0171 2223344".to_owned());
    let steps = rosa.apply(&wish, None);
    assert_eq!(rosa.count("SELECT count(*) FROM tasks WHERE address = '' AND text LIKE '%0171 2223344%'"), 1);
    rosa.shop.write(|tx| Ok(tx.execute("UPDATE tasks SET done_at = 1", [])?));
    assert_eq!(rosa.undo(&steps), 0, "who was called was called");
}

#[test]
fn leaving_closes_addresses_and_withdraws_the_consent() {
    let rosa = Rosa::new();
    let all = |rosa: &Rosa| rosa.shop.store.read(|conn| identities::of_contact(conn, rosa.contact)).unwrap();
    let id = all(&rosa)[0].id;
    let wish = rosa.wish(None, &[], Scope::Always);
    let steps = rosa.shop.write(|tx| effects::opt_out(tx, &wish, &[id]));
    assert_eq!(all(&rosa)[0].state, identities::State::OptedOut);
    let withdrawn =
        "SELECT count(*) FROM consents WHERE purpose = 'advertising' AND state = 'withdrawn' AND medium = ''";
    assert_eq!(rosa.count(withdrawn), 1);
    let back = rosa.shop.write(|tx| effects::opt_in(tx, &[id]));
    assert_eq!(all(&rosa)[0].state, identities::State::Ok);
    assert_eq!(rosa.count(withdrawn), 1, "coming back is no consent to advertising");
    assert_eq!((rosa.undo(&back), rosa.undo(&steps)), (1, 2));
    assert_eq!((all(&rosa)[0].state, rosa.count(withdrawn)), (identities::State::Ok, 0));
    rosa.shop.write(|tx| identities::set_state(tx, id, identities::State::Bounced));
    assert!(rosa.shop.write(|tx| effects::opt_in(tx, &[id])).is_empty(), "a broken address stays broken");
}

#[test]
fn a_declined_habit_is_history_and_never_in_force() {
    let rosa = Rosa::new();
    let sms = Medium::new("sms");
    let declined =
        || rosa.shop.store.read(|conn| preferences::is_habit_declined(conn, rosa.contact, &sms)).unwrap();
    assert!(!declined());
    rosa.shop.write(|tx| preferences::decline_habit(tx, rosa.contact, &sms, NOW));
    assert!(declined());
    assert_eq!(rosa.shop.store.read(|conn| preferences::in_force(conn, rosa.contact)).unwrap(), None);
}
