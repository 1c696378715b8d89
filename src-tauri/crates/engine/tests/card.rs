//! The customer's card: what is known, tags, own fields, consents, and that every change is taken back.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod kit;

use kit::{ROSA, Shop, letter, message};
use theke_engine::api::types::{
    CardView, ConsentInput, Event, GoodwillInput, ParticularsInput, ShopFieldInput, TaskInput,
};
use theke_engine::api::{ApiError, Code};

async fn rosa() -> (Shop, i64) {
    let (shop, _) = Shop::with_a_letter().await;
    let id = shop.api.contacts(None, 5).await.unwrap()[0].id;
    (shop, id)
}

async fn card(shop: &Shop, id: i64) -> CardView {
    shop.api.contact(id, None).await.unwrap().card
}

fn refused_in(error: &ApiError) -> (Code, &str) {
    (error.code, error.params["field"].as_str())
}

#[tokio::test]
async fn what_is_known_is_kept_checked_and_taken_back() {
    let (shop, id) = rosa().await;
    let input = ParticularsInput {
        company: Some(" Radwerk\nSüd ".into()),
        salutation: Some("du".into()),
        birthday: Some("12.3.".into()),
        postcode: Some("79100".into()),
        language: Some("FR".into()),
    };
    let detail = shop.api.contact_describe(id, input).await.unwrap();
    let known = &detail.card;
    assert_eq!((known.company.as_str(), known.birthday.as_str()), ("Radwerk Süd", "--03-12"));
    assert_eq!((known.salutation.as_str(), known.language.as_str()), ("du", "fr"));
    assert_eq!(shop.api.contacts(Some("radwerk".into()), 5).await.unwrap().len(), 1);
    let only = ParticularsInput { postcode: Some("79104".into()), ..ParticularsInput::default() };
    assert_eq!(shop.api.contact_describe(id, only).await.unwrap().card.company, "Radwerk Süd");
    for (input, field) in [
        (ParticularsInput { birthday: Some("30.2.".into()), ..Default::default() }, "birthday"),
        (ParticularsInput { salutation: Some("ihr".into()), ..Default::default() }, "salutation"),
        (ParticularsInput { language: Some("Deutsch".into()), ..Default::default() }, "language"),
    ] {
        let error = shop.api.contact_describe(id, input).await.unwrap_err();
        assert_eq!(refused_in(&error), (Code::BadInput, field));
    }
    shop.api.undo_last().await.unwrap();
    assert_eq!(card(&shop, id).await.postcode, "79100");
    shop.api.undo_last().await.unwrap();
    assert_eq!(card(&shop, id).await.company, "");
    assert!(shop.api.contacts(Some("radwerk".into()), 5).await.unwrap().is_empty());
}

#[tokio::test]
async fn tags_are_given_renamed_made_one_and_removed() {
    let (shop, id) = rosa().await;
    shop.api.contact_tag(id, "Stammkundin").await.unwrap();
    let given = shop.api.contact_tag(id, "Verein").await.unwrap();
    assert_eq!(shop.api.contact_tag(id, "verein").await.unwrap().undo_id, None);
    assert_eq!(shop.api.contact_tag(id, "  ").await.unwrap_err().code, Code::BadInput);
    let names = |card: &CardView| card.tags.iter().map(|tag| tag.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&given.card), ["Stammkundin", "Verein"]);
    let (first, second) = (given.card.tags[0].id, given.card.tags[1].id);
    let all = shop.api.tag_rename(second, "STAMMKUNDIN").await.unwrap();
    assert_eq!(
        all.tags.iter().map(|tag| (tag.name.as_str(), tag.contacts)).collect::<Vec<_>>(),
        [("Stammkundin", 1)]
    );
    assert_eq!(names(&card(&shop, id).await), ["Stammkundin"]);
    shop.api.undo(all.undo_id.unwrap()).await.unwrap();
    assert_eq!(names(&card(&shop, id).await), ["Stammkundin", "Verein"]);
    let taken = shop.api.contact_untag(id, first).await.unwrap();
    assert_eq!(names(&taken.card), ["Verein"]);
    let mut events = shop.api.subscribe();
    shop.api.undo(taken.undo_id.unwrap()).await.unwrap();
    let mut told = Vec::new();
    while let Ok(event) = events.try_recv() {
        told.push(event);
    }
    assert!(told.contains(&Event::ContactChanged { contact_id: id }), "{told:?}");
    assert!(told.contains(&Event::ShopFieldsChanged {}), "{told:?}");
    let gone = shop.api.tag_remove(second).await.unwrap();
    assert_eq!(names(&card(&shop, id).await), ["Stammkundin"]);
    shop.api.undo(gone.undo_id.unwrap()).await.unwrap();
    assert_eq!(names(&card(&shop, id).await), ["Stammkundin", "Verein"]);
}

#[tokio::test]
async fn own_fields_take_what_fits_their_kind() {
    let (shop, id) = rosa().await;
    for (name, kind, choices) in [
        ("Rahmenhöhe", "number", vec![]),
        ("Letzte Inspektion", "date", vec![]),
        ("Typ", "choice", vec!["Rennrad".to_owned(), "Lastenrad".to_owned(), "Rennrad".to_owned()]),
        ("Hinweis", "text", vec![]),
    ] {
        let input = ShopFieldInput { id: None, name: name.into(), kind: kind.into(), choices };
        shop.api.field_save(input).await.unwrap();
    }
    let fields = shop.api.shop_fields().await.unwrap().fields;
    assert_eq!(fields[2].choices, ["Rennrad", "Lastenrad"]);
    for (field, typed, kept) in [
        (0, "56,5", "56.5"),
        (1, "12.3.2026", "2026-03-12"),
        (2, "Lastenrad", "Lastenrad"),
        (3, "leise", "leise"),
    ] {
        let detail = shop.api.contact_set_field(id, fields[field].id, typed).await.unwrap();
        assert_eq!(detail.card.fields[field].values[0].value, kept);
    }
    for (field, typed, kind) in [(0, "groß", "number"), (1, "bald", "date"), (2, "Einrad", "choice")] {
        let error = shop.api.contact_set_field(id, fields[field].id, typed).await.unwrap_err();
        assert_eq!(refused_in(&error), (Code::BadInput, kind));
    }
    let empty = ShopFieldInput { kind: "choice".into(), name: "Farbe".into(), ..ShopFieldInput::default() };
    assert_eq!(refused_in(&shop.api.field_save(empty).await.unwrap_err()), (Code::BadInput, "choices"));
    let ids: Vec<i64> = fields.iter().rev().map(|field| field.id).collect();
    let ordered = shop.api.fields_order(ids.clone()).await.unwrap();
    assert_eq!(ordered.fields.iter().map(|field| field.id).collect::<Vec<_>>(), ids);
    let removed = shop.api.field_remove(fields[0].id).await.unwrap();
    assert_eq!(card(&shop, id).await.fields.len(), 3);
    shop.api.undo(removed.undo_id.unwrap()).await.unwrap();
    let back = card(&shop, id).await;
    assert_eq!((back.fields.len(), back.fields[3].values[0].value.as_str()), (4, "56.5"));
}

#[tokio::test]
async fn a_consent_has_its_source_and_day() {
    let (shop, id) = rosa().await;
    let input = |state: &str| ConsentInput {
        medium: "sms".into(),
        purpose: "advertising".into(),
        state: state.into(),
        evidence: "Formular an der Theke".into(),
    };
    let given = shop.api.contact_consent(id, input("given")).await.unwrap();
    let consent = &given.card.consents[0];
    assert_eq!((consent.source.as_str(), consent.at.as_str()), ("hand", kit::START.to_rfc3339().as_str()));
    assert_eq!(shop.api.contact_consent(id, input("given")).await.unwrap().undo_id, None);
    shop.clock.forward(60);
    let withdrawn = shop.api.contact_consent(id, input("withdrawn")).await.unwrap();
    assert_eq!((withdrawn.card.consents.len(), withdrawn.card.consents[0].state.as_str()), (1, "withdrawn"));
    shop.api.undo(withdrawn.undo_id.unwrap()).await.unwrap();
    assert_eq!(card(&shop, id).await.consents[0].state, "given");
    let wrong = ConsentInput { purpose: "alles".into(), ..input("given") };
    assert_eq!(
        refused_in(&shop.api.contact_consent(id, wrong).await.unwrap_err()),
        (Code::BadInput, "purpose")
    );
}

#[tokio::test]
async fn an_address_is_what_a_person_says_of_it() {
    let (shop, id) = rosa().await;
    let identity = shop.api.contact(id, None).await.unwrap().contact.identities[0].id;
    let set = shop.api.contact_set_address_state(id, identity, "opted_out").await.unwrap();
    assert_eq!(set.contact.identities[0].state, "opted_out");
    shop.api.undo(set.undo_id.unwrap()).await.unwrap();
    assert_eq!(shop.api.contact(id, None).await.unwrap().contact.identities[0].state, "ok");
    let error = shop.api.contact_set_address_state(id, identity, "bounced").await.unwrap_err();
    assert_eq!(refused_in(&error), (Code::BadInput, "state"));
}

#[tokio::test]
async fn who_asks_for_goodwill_again_is_shown_with_what_was_granted_on_any_channel() {
    let (shop, first) = Shop::with_a_letter().await;
    let id = shop.api.contacts(None, 5).await.unwrap()[0].id;
    let number = "+4915123456789";
    shop.api.contact_add_address(id, number).await.unwrap();
    shop.receive(vec![message(letter(2, ROSA, "Sattel", "Geben Sie mir bitte Rabatt?"))]).await;
    let conversations = shop.api.contact(id, None).await.unwrap().conversations;
    let asked = *conversations.iter().find(|id| **id != first).unwrap();
    assert_eq!(shop.conversation(asked).await.goodwill, None, "nothing was granted yet");
    let input = GoodwillInput {
        contact_id: id,
        conversation_id: Some(asked),
        what: "10 % auf den Sattel".into(),
        medium: "email".into(),
        ..GoodwillInput::default()
    };
    let granted = shop.api.goodwill_save(input).await.unwrap();
    assert_eq!(granted.card.goodwill[0].what, "10 % auf den Sattel");
    assert_eq!(
        shop.conversation(asked).await.goodwill,
        None,
        "the answer to this very question is no earlier grant"
    );
    shop.clock.forward(7200);
    let text = theke_domain::message::Incoming {
        at: shop.clock_now(),
        ..kit::text(3, number, "Geht da noch was mit KULANZ?")
    };
    shop.receive_texts(vec![message(text)]).await;
    let detail = shop.api.contact(id, None).await.unwrap();
    let by_text = detail.timeline[0].conversation_id.unwrap();
    let again = shop.conversation(by_text).await.goodwill.unwrap();
    assert_eq!((again.words.as_str(), again.granted.what.as_str()), ("KULANZ", "10 % auf den Sattel"));
    assert_eq!(again.granted.medium, "email");
    let removed = shop.api.goodwill_remove(again.granted.id).await.unwrap();
    assert_eq!(shop.conversation(by_text).await.goodwill, None);
    shop.api.undo(removed.undo_id.unwrap()).await.unwrap();
    assert!(shop.conversation(by_text).await.goodwill.is_some());
    shop.api.conversation_set_status(by_text, "closed", None).await.unwrap();
    assert_eq!(shop.conversation(by_text).await.goodwill, None, "what is done with needs no warning");
}

#[tokio::test]
async fn goodwill_has_a_day_that_has_been() {
    let (shop, id) = rosa().await;
    let input = |day: &str| GoodwillInput {
        contact_id: id,
        what: "Schlauch geschenkt".into(),
        day: Some(day.into()),
        ..GoodwillInput::default()
    };
    let detail = shop.api.goodwill_save(input("3.11.2026")).await.unwrap();
    assert!(detail.card.goodwill[0].granted_at.starts_with("2026-11-03"));
    for day in ["22.11.2026", "bald"] {
        let error = shop.api.goodwill_save(input(day)).await.unwrap_err();
        assert_eq!(refused_in(&error), (Code::BadInput, "day"));
    }
    let edit =
        GoodwillInput { id: Some(detail.card.goodwill[0].id), day: None, what: "Mantel".into(), ..input("") };
    let edited = shop.api.goodwill_save(edit).await.unwrap().card.goodwill;
    assert_eq!((edited.len(), edited[0].what.as_str()), (1, "Mantel"));
    assert!(edited[0].granted_at.starts_with("2026-11-03"));
}

#[tokio::test]
async fn tasks_are_listed_by_their_day_and_counted_when_due() {
    let (shop, id) = rosa().await;
    let add = |kind: &str, text: &str, due: &str| TaskInput {
        contact_id: id,
        kind: kind.into(),
        text: text.into(),
        due: due.into(),
        ..TaskInput::default()
    };
    for (kind, text, due) in [
        ("promise", "Angebot schicken", "24.11.2026"),
        ("call", "", ""),
        ("promise", "Sattel bestellen", "20.11.2026"),
        ("promise", "Rückruf", "2026-11-21"),
    ] {
        shop.api.task_save(add(kind, text, due)).await.unwrap();
    }
    let list = shop.api.tasks().await.unwrap();
    let shown: Vec<_> = list.tasks.iter().map(|task| (task.text.as_str(), task.due.as_str())).collect();
    assert_eq!(
        shown,
        [("Sattel bestellen", "overdue"), ("Rückruf", "today"), ("Angebot schicken", "later"), ("", "none")]
    );
    assert_eq!((list.due, list.open, list.tasks[0].contact_name.as_str()), (2, 4, ROSA.0));
    assert_eq!(list.tasks[1].due_day.as_deref(), Some("2026-11-21"));
    let done = shop.api.task_set_done(list.tasks[0].id, true).await.unwrap();
    assert!(done.task.unwrap().done_at.is_some());
    assert_eq!(shop.api.tasks().await.unwrap().due, 1);
    assert_eq!(card(&shop, id).await.tasks.len(), 3);
    shop.api.undo(done.undo_id.unwrap()).await.unwrap();
    assert_eq!(shop.api.tasks().await.unwrap().due, 2);
    let removed = shop.api.task_remove(list.tasks[1].id).await.unwrap();
    assert_eq!(removed.task, None);
    shop.api.undo(removed.undo_id.unwrap()).await.unwrap();
    assert_eq!(shop.api.tasks().await.unwrap().open, 4);
    let nothing = shop.api.task_save(add("promise", "", "")).await.unwrap_err();
    assert_eq!(refused_in(&nothing), (Code::BadInput, "text"));
    let no_day = shop.api.task_save(add("call", "", "irgendwann")).await.unwrap_err();
    assert_eq!(refused_in(&no_day), (Code::BadInput, "due"));
    let change = TaskInput { id: Some(list.tasks[2].id), ..add("promise", "Angebot", "21.11.2026") };
    shop.api.task_save(change).await.unwrap();
    assert_eq!(shop.api.tasks().await.unwrap().due, 3);
}

#[tokio::test]
async fn the_usual_wait_is_counted_in_the_hours_of_the_shop() {
    let (shop, id) = Shop::with_a_letter().await;
    let contact = shop.api.contacts(None, 5).await.unwrap()[0].id;
    let waits = card(&shop, contact).await.waits;
    assert_eq!((waits.ours_secs, waits.theirs_secs, waits.in_hours), (None, None, false));
    let engine = shop.start().await;
    let answer = shop.answer(id, "Bis 13 Uhr.", None).await;
    shop.wait_delivery(answer.message_id, "sent").await;
    drop(engine);
    // Rosa wrote an hour before, less one second.
    let waits = card(&shop, contact).await.waits;
    assert_eq!((waits.ours_secs, waits.ours_of), (Some(3599), 1));
    let week = r#"{"sat":[["10:30","13:00"]]}"#;
    shop.api.settings_set("shop.hours", week).await.unwrap();
    let waits = card(&shop, contact).await.waits;
    // In Berlin she wrote at 10:00:01, the shop opened at 10:30 and answered at 11:00.
    assert_eq!((waits.ours_secs, waits.in_hours), (Some(1800), true));
}
