//! Recorded payloads and what they become.

use serde_json::{Value, json};

use super::convert::convert;
use super::reference::Reference;
use super::wire::Update;

fn converted(raw: Value) -> Value {
    let update: Update = serde_json::from_value(raw.clone()).unwrap();
    serde_json::to_value(convert(&update, &raw)).unwrap()
}

fn message(more: Value) -> Value {
    let mut message = json!({
        "message_id": 17,
        "date": 1_763_719_200,
        "chat": { "id": 4711, "type": "private", "first_name": "Anna" },
        "from": { "id": 4711, "is_bot": false, "first_name": "Anna", "last_name": "Beispiel", "username": "anna_b" },
    });
    message.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    message
}

#[test]
fn a_text() {
    let raw = json!({ "update_id": 1, "message": message(json!({ "text": "Ist der Tisch\nnoch da?" })) });
    insta::assert_json_snapshot!(converted(raw));
}

#[test]
fn an_answer_to_ours_names_it() {
    let answered = json!({ "message_id": 12, "date": 1, "chat": { "id": 4711 }, "text": "Ja." });
    let raw = json!({ "update_id": 1, "message": message(json!({ "text": "Danke", "reply_to_message": answered })) });
    assert_eq!(converted(raw)["thread"]["in_reply_to"], "4711/12");
}

#[test]
fn files_stay_at_telegram_until_they_are_wanted() {
    let more = json!({
        "caption": "Die Ecke ist ab",
        "photo": [
            { "file_id": "small", "file_size": 900, "width": 90, "height": 60 },
            { "file_id": "large", "file_size": 90_000, "width": 1280, "height": 960 },
        ],
    });
    let raw = json!({ "update_id": 1, "message": message(more) });
    insta::assert_json_snapshot!(converted(raw));
}

#[test]
fn an_edit_is_a_message_that_answers_the_first() {
    let more = json!({ "text": "Meinte: fünf Stück", "edit_date": 1_763_719_260 });
    let value = converted(json!({ "update_id": 1, "edited_message": message(more) }));
    assert_eq!(value["remote_id"], "4711/17/e1763719260");
    assert_eq!(value["thread"]["in_reply_to"], "4711/17");
}

#[test]
fn a_business_chat_keeps_its_connection_and_knows_the_owner_s_words() {
    let more = json!({ "text": "Guten Tag", "business_connection_id": "C-1" });
    let value = converted(json!({ "update_id": 1, "business_message": message(more.clone()) }));
    assert_eq!((&value["remote_id"], &value["direction"]), (&json!("4711/17/bC-1"), &json!("in")));
    let mut owner = message(more);
    owner["from"]["id"] = json!(99);
    let value = converted(json!({ "update_id": 1, "business_message": owner }));
    assert_eq!((&value["direction"], &value["to"][0]["address"]["value"]), (&json!("out"), &json!("4711")));
}

#[test]
fn what_brings_no_message_is_passed_over() {
    let joined = json!({ "update_id": 1, "message": message(json!({ "new_chat_members": [] })) });
    assert_eq!(converted(joined), Value::Null);
    assert_eq!(converted(json!({ "update_id": 2, "poll": {} })), Value::Null);
}

#[test]
fn places_contacts_and_stickers_become_text() {
    for (more, wanted) in [
        (json!({ "location": { "latitude": 48.1, "longitude": 11.5 } }), "geo:48.1,11.5"),
        (json!({ "contact": { "phone_number": "+49301", "first_name": "Bo" } }), "Bo, +49301"),
        (json!({ "sticker": { "emoji": "👍" } }), "👍"),
    ] {
        let raw = json!({ "update_id": 1, "message": message(more) });
        assert_eq!(converted(raw)["text"], wanted);
    }
}

#[test]
fn references_go_both_ways() {
    for text in ["1/2", "-100/2", "1/2/bX-y_Z", "1/2/e5", "1/2/bX/e5"] {
        assert_eq!(Reference::parse(text).map(|r| r.to_string()).as_deref(), Some(text));
    }
    for text in ["", "1", "a/b", "<x@y.example>", "1/2/z"] {
        assert_eq!(Reference::parse(text), None, "{text}");
    }
}
