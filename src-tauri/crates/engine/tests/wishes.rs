//! The wish in the customer's words: what it leads to, what it never leads to, and the way back.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod kit;

use kit::{ROSA, START, Shop, letter, message, text};
use theke_domain::authenticity::Outcome;
use theke_domain::message::{Completeness, Incoming};
use theke_engine::api::Code;
use theke_engine::api::types::{Event, RouteView, WishView};

const NUMBER: &str = "+491512345678";
const ALWAYS: &str = "Bitte schreiben Sie mir künftig nur noch per SMS.";
const ONCE: &str = "Bitte geben Sie mir per SMS Bescheid.";

/// The provider says this of the sender.
fn said(outcome: Outcome, incoming: Incoming) -> Incoming {
    Incoming { authentication: Some(outcome), ..incoming }
}

/// Rosa's mail that goes on with the first one; what the provider says of it.
fn mail(number: u32, body: &str, outcome: Option<Outcome>) -> Incoming {
    Incoming { authentication: outcome, ..letter(number, ROSA, "Re: Bremse", body) }
}

/// A shop that knows Rosa's mail and number, her contact, and her conversation.
async fn with_rosa() -> (Shop, i64, i64) {
    let (shop, id) = Shop::with_a_letter().await;
    let rosa = shop.conversation(id).await.conversation.contact_id;
    shop.api.contact_add_address(rosa, NUMBER).await.unwrap();
    (shop, rosa, id)
}

async fn route(shop: &Shop, conversation: i64) -> RouteView {
    shop.api.route(conversation, None, 20, Vec::new()).await.unwrap()
}

/// `medium reason…`.
async fn way(shop: &Shop, conversation: i64) -> String {
    let route = route(shop, conversation).await;
    let mut words = vec![route.medium.unwrap_or_else(|| "none".to_owned())];
    words.extend(route.reasons.into_iter().map(|reason| reason.code));
    words.join(" ")
}

async fn only_wish(shop: &Shop, conversation: i64) -> WishView {
    let mut all = shop.api.wishes(conversation).await.unwrap();
    assert_eq!(all.len(), 1, "{all:#?}");
    all.remove(0)
}

async fn preferred(shop: &Shop, contact: i64) -> Option<(String, String)> {
    let card = shop.api.contact(contact, None).await.unwrap();
    card.contact.preferred.map(|preferred| (preferred.medium, preferred.source))
}

#[tokio::test]
async fn a_mail_that_wishes_for_texts_from_now_on_is_answered_by_text() {
    let (shop, rosa, id) = with_rosa().await;
    shop.receive(vec![message(mail(2, &format!("Danke!\n{ALWAYS}\nRosa Tannwald"), Some(Outcome::Pass)))])
        .await;
    assert_eq!(preferred(&shop, rosa).await, Some(("sms".to_owned(), "wish".to_owned())));
    let route = route(&shop, id).await;
    assert_eq!((route.medium.as_deref(), route.address.as_deref()), (Some("sms"), Some(NUMBER)));
    let reason = &route.reasons[0];
    assert_eq!((reason.code.as_str(), reason.params["source"].as_str()), ("preference", "wish"));
    assert!(reason.params["evidence"].contains("künftig nur noch per SMS"), "{reason:?}");
    assert!(reason.text.contains("künftig nur noch per SMS"), "{}", reason.text);
    let event = shop.conversation(id).await.entries.into_iter().find(|entry| entry.what == "wish").unwrap();
    assert_eq!((event.params["medium"].as_str(), event.params["scope"].as_str()), ("sms", "always"));
    assert_eq!(event.params["state"], "acted");
    shop.answer(id, "Bis 18 Uhr.", None).await;
    shop.api.sync_once(None).await.unwrap();
    assert_eq!((shop.texts.sent().len(), shop.letters.sent().len()), (1, 0));
    assert_eq!(shop.texts.sent()[0].to.value(), NUMBER);
    shop.receive(vec![message(letter(3, ROSA, "Sattel", "Noch etwas anderes."))]).await;
    let all = shop.api.conversations(None, false, None, 5).await.unwrap().conversations;
    let other = all.iter().map(|row| row.id).find(|other| *other != id).unwrap();
    assert_eq!(way(&shop, other).await, "sms preference");
}

#[tokio::test]
async fn a_forged_mail_with_the_same_wish_changes_nothing() {
    for outcome in [Outcome::Fail, Outcome::Untrusted] {
        let (shop, rosa, id) = with_rosa().await;
        let before = shop.api.contact(rosa, None).await.unwrap().contact;
        for (number, body) in [(2, ALWAYS), (3, ONCE), (4, "Bitte rufen Sie mich an."), (5, "STOPP")] {
            shop.receive(vec![message(mail(number, body, Some(outcome)))]).await;
        }
        let after = shop.api.contact(rosa, None).await.unwrap().contact;
        assert_eq!((after.preferred, after.identities), (before.preferred, before.identities), "{outcome:?}");
        assert_eq!(way(&shop, id).await, "email last_message");
        assert!(route(&shop, id).await.refused.is_empty());
        // Wherever such a message is put: what it says is read, and nothing comes of it.
        let mut wishes = Vec::new();
        for row in shop.api.conversations(None, false, None, 50).await.unwrap().conversations {
            wishes.extend(shop.api.wishes(row.id).await.unwrap());
        }
        assert_eq!(wishes.len(), 4);
        assert!(wishes.iter().all(|wish| wish.state == "ignored" && !wish.undoable), "{wishes:#?}");
        assert_eq!(shop.api.wish_accept(wishes[3].id).await.unwrap_err().code, Code::TooLate);
    }
}

#[tokio::test]
async fn without_a_voucher_a_wish_for_this_time_acts_and_a_lasting_one_asks() {
    let (shop, rosa, id) = with_rosa().await;
    shop.receive(vec![message(mail(2, ONCE, None))]).await;
    assert_eq!(way(&shop, id).await, "sms wish");
    let evidence = route(&shop, id).await.reasons[0].params["evidence"].clone();
    assert!(evidence.contains("per SMS Bescheid"), "{evidence}");
    shop.receive(vec![message(letter(3, ROSA, "Sattel", ALWAYS))]).await;
    let other = shop.api.conversations(None, false, None, 5).await.unwrap().conversations[0].id;
    assert_eq!(way(&shop, other).await, "email last_message");
    let asked = only_wish(&shop, other).await;
    assert_eq!((asked.state.as_str(), asked.why.as_str()), ("asked", "no_voucher"));
    let accepted = shop.api.wish_accept(asked.id).await.unwrap();
    assert_eq!(accepted.wish.state, "accepted");
    assert_eq!(preferred(&shop, rosa).await, Some(("sms".to_owned(), "wish".to_owned())));
    assert_eq!(way(&shop, other).await, "sms preference");
    shop.api.undo(accepted.undo_id).await.unwrap();
    assert_eq!(only_wish(&shop, other).await.state, "asked");
    assert_eq!(preferred(&shop, rosa).await, None);
    let declined = shop.api.wish_decline(asked.id).await.unwrap();
    assert_eq!((declined.wish.state.as_str(), preferred(&shop, rosa).await), ("declined", None));
}

#[tokio::test]
async fn a_new_number_is_asked_about_and_becomes_hers_if_a_person_agrees() {
    let (shop, rosa, id) = with_rosa().await;
    shop.receive(vec![message(mail(
        2,
        "Bitte schicken Sie mir ein SMS auf 0171 2223344.",
        Some(Outcome::Pass),
    ))])
    .await;
    let asked = only_wish(&shop, id).await;
    assert_eq!((asked.state.as_str(), asked.why.as_str()), ("asked", "new_address"));
    assert_eq!(asked.new_address.as_deref(), Some("0171 2223344"));
    let addresses = async || shop.api.contact(rosa, None).await.unwrap().contact.identities.len();
    assert_eq!((way(&shop, id).await.as_str(), addresses().await), ("email last_message", 2));
    let accepted = shop.api.wish_accept(asked.id).await.unwrap();
    assert_eq!(addresses().await, 3);
    assert_eq!(route(&shop, id).await.address.as_deref(), Some("+491712223344"), "the one that she named");
    shop.api.undo(accepted.undo_id).await.unwrap();
    assert_eq!((way(&shop, id).await.as_str(), addresses().await), ("email last_message", 2));

    shop.receive(vec![message(letter(8, ("Max", "max@kunde.example"), "Anhänger", "Hallo"))]).await;
    let max = shop.api.contacts(Some("max".into()), 5).await.unwrap()[0].id;
    shop.api.contact_add_address(max, "0171 2223344").await.unwrap();
    let refused = shop.api.wish_accept(asked.id).await.unwrap_err();
    assert_eq!(
        (refused.code, refused.params["contact_id"].as_str()),
        (Code::BadAddress, max.to_string().as_str())
    );
    assert_eq!(only_wish(&shop, id).await.state, "asked", "nothing was done");
}

#[tokio::test]
async fn dear_and_foreign_numbers_are_asked_about() {
    let (shop, _, id) = with_rosa().await;
    for (number, body, why) in [
        (2, "Bitte schicken Sie mir ein SMS auf 0900 5123456.", "costly"),
        (3, "Bitte schicken Sie mir ein SMS auf +41 79 555 01 23.", "other_country"),
        (4, "Falls etwas unklar ist, rufen Sie mich bitte an.", "conditional"),
    ] {
        shop.receive(vec![message(mail(number, body, Some(Outcome::Pass)))]).await;
        let newest = shop.api.wishes(id).await.unwrap().remove(0);
        assert_eq!((newest.state.as_str(), newest.why.as_str()), ("asked", why), "{body}");
        assert_eq!(way(&shop, id).await, "email last_message");
    }
}

#[tokio::test]
async fn one_click_takes_it_back_and_one_more_does_it_again() {
    let (shop, rosa, id) = with_rosa().await;
    shop.api.contact_prefer(rosa, Some("email".into())).await.unwrap();
    shop.clock.forward(60);
    let mut wish = mail(2, ALWAYS, Some(Outcome::Pass));
    (wish.at, wish.received_at) = (START.plus_secs(60), START.plus_secs(60));
    shop.receive(vec![message(wish)]).await;
    assert_eq!(way(&shop, id).await, "sms preference");
    let acted = only_wish(&shop, id).await;
    assert!(acted.undoable);
    let undone = shop.api.wish_undo(acted.id).await.unwrap();
    assert_eq!((undone.wish.state.as_str(), undone.wish.undoable), ("undone", false));
    assert_eq!(preferred(&shop, rosa).await, Some(("email".to_owned(), "hand".to_owned())));
    assert_eq!(way(&shop, id).await, "email preference");
    assert_eq!(shop.api.wish_undo(acted.id).await.unwrap_err().code, Code::TooLate);
    shop.api.undo(undone.undo_id).await.unwrap();
    assert_eq!(way(&shop, id).await, "sms preference");
    assert_eq!(only_wish(&shop, id).await.state, "acted");
    shop.api.wish_undo(acted.id).await.unwrap();
    assert_eq!(preferred(&shop, rosa).await, Some(("email".to_owned(), "hand".to_owned())));
}

#[tokio::test]
async fn a_mail_of_three_weeks_ago_does_nothing() {
    let (shop, rosa, id) = with_rosa().await;
    for (number, days, state) in [(2, 21, Some("ignored")), (3, 40, None)] {
        let mut old = mail(number, ALWAYS, Some(Outcome::Pass));
        old.at = START.plus_secs(-days * 24 * 3600);
        old.thread.in_reply_to = Some("<1@kunde.example>".to_owned());
        shop.receive(vec![message(old)]).await;
        let found = shop.api.wishes(id).await.unwrap();
        let of_message = found.iter().find(|wish| wish.at.starts_with("2026-10-3") == (days == 21));
        assert_eq!(of_message.map(|wish| wish.state.as_str()), state, "{days} days: {found:#?}");
        assert_eq!(
            (preferred(&shop, rosa).await, way(&shop, id).await.as_str()),
            (None, "email last_message")
        );
    }
    let events = shop.conversation(id).await.entries;
    assert!(events.iter().all(|entry| entry.what != "wish"), "history is not told as news");
}

#[tokio::test]
async fn the_newest_word_counts_however_late_an_older_one_comes() {
    let (shop, rosa, id) = with_rosa().await;
    shop.api.contact_prefer(rosa, Some("email".into())).await.unwrap();
    shop.receive(vec![message(mail(2, ALWAYS, Some(Outcome::Pass)))]).await;
    assert_eq!(preferred(&shop, rosa).await.unwrap().1, "hand", "the shop's entry is newer than the mail");
    assert_eq!(only_wish(&shop, id).await.why, "overtaken");
    shop.clock.forward(3600);
    let mut later = mail(3, ALWAYS, Some(Outcome::Pass));
    (later.at, later.received_at) = (START.plus_secs(3000), START.plus_secs(3000));
    shop.receive(vec![message(later)]).await;
    assert_eq!(preferred(&shop, rosa).await, Some(("sms".to_owned(), "wish".to_owned())));
    shop.clock.forward(3600);
    shop.api.contact_prefer(rosa, Some("email".into())).await.unwrap();
    assert_eq!(way(&shop, id).await, "email preference");
}

#[tokio::test]
async fn what_is_wished_in_a_mail_whose_text_comes_later_counts_too() {
    let (shop, _, id) = with_rosa().await;
    let headers = Incoming {
        completeness: Completeness::Headers,
        text: String::new(),
        text_without_quote: String::new(),
        ..mail(2, "", None)
    };
    shop.receive(vec![message(headers)]).await;
    assert!(shop.api.wishes(id).await.unwrap().is_empty());
    shop.receive(vec![message(mail(2, ONCE, None))]).await;
    assert_eq!(way(&shop, id).await, "sms wish");
    let mut whole = mail(2, "Bitte geben Sie mir per E-Mail Bescheid.", None);
    whole.completeness = Completeness::Whole;
    shop.receive(vec![message(whole)]).await;
    assert_eq!(only_wish(&shop, id).await.medium.as_deref(), Some("sms"), "once for each message");
}

#[tokio::test]
async fn what_is_quoted_or_signed_is_no_wish() {
    let (shop, _, id) = with_rosa().await;
    let mut quoting = mail(2, "Danke, bis morgen.", Some(Outcome::Pass));
    quoting.text = format!("Danke, bis morgen.\n\nAm 20.11.2026 schrieb Velo:\n> {ALWAYS}\n");
    shop.receive(vec![
        message(quoting),
        message(mail(3, "Bis dann\n-- \nRosa\nBitte schreiben Sie mir nur per SMS.", None)),
    ])
    .await;
    assert!(shop.api.wishes(id).await.unwrap().is_empty());
    assert_eq!(way(&shop, id).await, "email last_message");
}

#[tokio::test]
async fn a_refused_medium_is_left_out_and_a_person_is_warned_who_chooses_it() {
    let (shop, rosa, id) = with_rosa().await;
    shop.api.contact_prefer(rosa, Some("sms".into())).await.unwrap();
    assert_eq!(way(&shop, id).await, "sms preference");
    shop.receive(vec![message(mail(2, "Schicken Sie mir bitte keine SMS mehr.", Some(Outcome::Pass)))]).await;
    let answer = route(&shop, id).await;
    assert_eq!(
        (answer.medium.as_deref(), answer.refused[0].code.as_str()),
        (Some("email"), "customer_refuses")
    );
    assert!(answer.refused[0].text.contains("keine SMS mehr"), "{}", answer.refused[0].text);
    let warned = shop.api.route(id, Some("sms".into()), 20, Vec::new()).await.unwrap();
    assert_eq!(
        (warned.medium.as_deref(), warned.reasons[1].code.as_str()),
        (Some("sms"), "customer_refuses")
    );
    let refused = shop.api.contact_wishes(rosa).await.unwrap().refused;
    assert_eq!((refused[0].medium.as_str(), refused[0].source.as_str()), ("sms", "wish"));
    let card = shop.api.contact_refuse(rosa, "sms", false).await.unwrap();
    assert_eq!(way(&shop, id).await, "sms preference");
    shop.api.undo(card.undo_id.unwrap()).await.unwrap();
    assert_eq!(way(&shop, id).await, "email last_message");
    shop.clock.forward(60);
    let mut later = mail(3, ALWAYS, Some(Outcome::Pass));
    (later.at, later.received_at) = (START.plus_secs(30), START.plus_secs(30));
    shop.receive(vec![message(later)]).await;
    assert!(shop.api.contact_wishes(rosa).await.unwrap().refused.is_empty(), "she changed her mind");
}

#[tokio::test]
async fn who_leaves_gets_answers_to_their_own_questions_and_nothing_else() {
    let (shop, rosa, id) = with_rosa().await;
    shop.receive_texts(vec![message(text(1, NUMBER, "STOPP"))]).await;
    let states = async || -> Vec<String> {
        let card = shop.api.contact(rosa, None).await.unwrap();
        card.contact.identities.into_iter().map(|identity| identity.state).collect()
    };
    assert_eq!(states().await, ["opted_out", "opted_out"]);
    let fresh = shop.api.route_new(Some(rosa), "", None, 20, Vec::new()).await.unwrap();
    assert_eq!((fresh.account_id, fresh.reasons[0].code.as_str()), (None, "opted_out"));
    assert_eq!(way(&shop, id).await, "email reachable answers_own_question", "her mail waits for an answer");
    shop.answer(id, "Bis 18 Uhr.", None).await;
    assert_eq!(way(&shop, id).await, "none opted_out", "the word by which she left is no question");
    let stopped = shop.api.wishes(id).await.unwrap().remove(0);
    assert_eq!((stopped.state.as_str(), stopped.why.as_str()), ("acted", "opt_out"));
    shop.receive(vec![message(letter(4, ROSA, "Sattel", "Haben Sie Sättel?"))]).await;
    let asks = shop.api.conversations(None, false, None, 5).await.unwrap().conversations;
    let asks = asks.iter().find(|row| row.subject == "Sattel").unwrap().id;
    assert_eq!(way(&shop, asks).await, "email last_message answers_own_question");
    shop.answer(asks, "Ja, viele.", None).await;
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(shop.letters.sent().len(), 2);

    shop.clock.forward(60);
    let mut start = text(2, NUMBER, "Start!");
    (start.at, start.received_at) = (START.plus_secs(30), START.plus_secs(30));
    shop.receive_texts(vec![message(start)]).await;
    assert_eq!(states().await, ["ok", "ok"]);
    let newest = shop.api.conversations(None, false, None, 5).await.unwrap().conversations[0].id;
    let back = shop.api.wishes(newest).await.unwrap().remove(0);
    assert_eq!((back.why.as_str(), back.state.as_str()), ("opt_in", "acted"));
    shop.api.wish_undo(back.id).await.unwrap();
    assert_eq!(states().await, ["opted_out", "opted_out"]);
}

#[tokio::test]
async fn a_habit_is_proposed_and_never_set() {
    let (shop, rosa, _) = with_rosa().await;
    shop.clock.forward(100 * 24 * 3600);
    let now = shop.clock_now();
    let habit = async || shop.api.contact_wishes(rosa).await.unwrap().habit;
    for number in 1..=6 {
        let mut one = text(number, NUMBER, &format!("Frage {number}"));
        one.at = now.plus_secs(i64::from(number) - 1000);
        one.received_at = one.at;
        shop.receive_texts(vec![message(one)]).await;
        assert_eq!(habit().await, None, "{number}");
    }
    let of_texts = shop.api.conversations(None, false, None, 5).await.unwrap().conversations[0].id;
    assert_eq!(shop.answer(of_texts, "Ja.", None).await.route.medium.as_deref(), Some("sms"));
    shop.api.sync_once(None).await.unwrap();
    shop.clock.forward(60);
    let mut thanks = text(7, NUMBER, "Danke");
    (thanks.at, thanks.received_at) = (now.plus_secs(30), now.plus_secs(30));
    shop.receive_texts(vec![message(thanks)]).await;
    let found = habit().await.unwrap();
    assert_eq!((found.medium.as_str(), found.messages), ("sms", 7));
    assert_eq!(preferred(&shop, rosa).await, None);
    let card = shop.api.habit_decline(rosa, "sms").await.unwrap();
    assert_eq!(habit().await, None);
    shop.api.undo(card.undo_id.unwrap()).await.unwrap();
    assert!(habit().await.is_some());
    shop.api.contact_prefer(rosa, Some("sms".into())).await.unwrap();
    assert_eq!((habit().await, preferred(&shop, rosa).await.unwrap().1.as_str()), (None, "hand"));
}

#[tokio::test]
async fn a_call_is_a_task_and_the_answer_goes_where_it_went() {
    let (shop, _, id) = with_rosa().await;
    let mut events = shop.api.subscribe();
    let mut told =
        || std::iter::from_fn(|| events.try_recv().ok()).any(|event| event == Event::TasksChanged {});
    shop.receive(vec![message(said(
        Outcome::Pass,
        letter(2, ROSA, "Re: Bremse", "Bitte rufen Sie mich an."),
    ))])
    .await;
    assert!(told(), "the list of tasks is drawn anew");
    let wish = only_wish(&shop, id).await;
    assert_eq!((wish.medium.as_deref(), wish.state.as_str()), (Some("phone"), "acted"));
    assert_eq!(way(&shop, id).await, "email last_message");
    assert_eq!(shop.api.tasks().await.unwrap().tasks.len(), 1);
    assert_eq!(shop.api.wish_undo(wish.id).await.unwrap().wish.state, "undone");
    assert!(told() && shop.api.tasks().await.unwrap().tasks.is_empty());
}

#[tokio::test]
async fn a_refusal_beside_a_question_holds_at_once() {
    let (shop, _, id) = with_rosa().await;
    let refuses = async || -> bool {
        let route = shop.api.route(id, Some("email".into()), 20, Vec::new()).await.unwrap();
        route.reasons.iter().any(|reason| reason.code == "customer_refuses")
    };
    assert!(!refuses().await);
    let body = "Bitte nicht mailen, sondern ein SMS auf 0171 2223344.";
    shop.receive(vec![message(mail(2, body, Some(Outcome::Pass)))]).await;
    let asked = only_wish(&shop, id).await;
    assert_eq!((asked.state.as_str(), asked.why.as_str()), ("asked", "new_address"), "{asked:?}");
    assert!(refuses().await, "whatever a person says of the number");
    // Agreeing and taking that back leads to the question and the refusal; so does doing it in another order.
    let accepted = shop.api.wish_accept(asked.id).await.unwrap();
    assert_eq!((way(&shop, id).await.as_str(), refuses().await), ("sms wish", true));
    shop.api.undo(accepted.undo_id).await.unwrap();
    assert_eq!((only_wish(&shop, id).await.state.as_str(), refuses().await), ("asked", true));
    let accepted = shop.api.wish_accept(asked.id).await.unwrap();
    let undone = shop.api.wish_undo(asked.id).await.unwrap();
    assert!(!refuses().await, "all of it was taken back");
    shop.api.undo(undone.undo_id).await.unwrap();
    shop.api.undo(accepted.undo_id).await.unwrap();
    assert_eq!((only_wish(&shop, id).await.state.as_str(), refuses().await), ("asked", true));
    shop.api.wish_decline(asked.id).await.unwrap();
    assert!(refuses().await, "declined is the number, not the refusal");
}

#[tokio::test]
async fn a_refusal_that_is_not_sure_waits_with_the_question() {
    let (shop, _, id) = with_rosa().await;
    for (number, body, outcome) in [
        (2, "Falls etwas unklar ist, bitte nicht mailen, sondern anrufen.", Outcome::Pass),
        (3, "Bitte künftig nie mehr mailen, nur noch SMS auf 0171 2223344.", Outcome::None),
    ] {
        shop.receive(vec![message(mail(number, body, Some(outcome)))]).await;
        let newest = shop.api.wishes(id).await.unwrap().remove(0);
        assert_eq!(newest.state, "asked", "{newest:?}");
        assert!(route(&shop, id).await.refused.is_empty(), "{body}");
    }
}

#[tokio::test]
async fn a_wish_in_the_subject_of_a_new_mail_is_read() {
    let (shop, rosa, _) = with_rosa().await;
    let pass = |incoming| message(said(Outcome::Pass, incoming));
    shop.receive(vec![pass(letter(2, ROSA, "Bitte um Rückruf wegen Sattel", "Danke und Gruss\nRosa"))]).await;
    let mut all = Vec::new();
    for row in shop.api.contact(rosa, None).await.unwrap().conversations {
        all.extend(shop.api.wishes(row).await.unwrap());
    }
    assert_eq!(all.len(), 1, "{all:#?}");
    assert_eq!((all[0].medium.as_deref(), all[0].state.as_str()), (Some("phone"), "acted"));
    // What an answer repeats, what the text says otherwise, and what only sounds like it change nothing.
    for (number, subject, body) in [
        (3, "Re: Bitte um Rückruf wegen Sattel", "Wann haben Sie offen?"),
        (4, "Telefon", "Haben Sie noch Hüllen?"),
        (5, "Ihr Anruf von gestern", "Das Rad ist in Ordnung."),
    ] {
        shop.receive(vec![pass(letter(number, ROSA, subject, body))]).await;
    }
    shop.receive(vec![pass(letter(6, ROSA, "Bitte um Rückruf wegen Pumpe", "Bitte per SMS antworten."))])
        .await;
    let mut all = Vec::new();
    for row in shop.api.contact(rosa, None).await.unwrap().conversations {
        all.extend(shop.api.wishes(row).await.unwrap());
    }
    let media: Vec<_> = all.iter().filter_map(|wish| wish.medium.as_deref()).collect();
    assert_eq!((all.len(), media.contains(&"sms")), (2, true), "{all:#?}");
}

#[tokio::test]
async fn who_writes_the_word_in_the_subject_leaves_as_well() {
    let (shop, rosa, _) = with_rosa().await;
    shop.receive(vec![message(said(Outcome::Pass, letter(2, ROSA, "STOPP", "")))]).await;
    let states = shop.api.contact(rosa, None).await.unwrap().contact.identities;
    assert!(states.iter().all(|identity| identity.state == "opted_out"), "{states:#?}");
}
