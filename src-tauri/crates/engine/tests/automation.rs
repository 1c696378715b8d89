//! Rules that act: what leaves by itself, what is held back and why, what a person says to it, and that a rehearsal tells
//! the same.
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
use theke_domain::machine::Sign;
use theke_domain::message::Incoming;
use theke_engine::api::Code;
use theke_engine::api::types::{DecisionView, ReplyTextView};

const HOURS: &str = "Wir haben bis 18 Uhr geöffnet.";
const ASKS: &str = "Guten Tag, wann haben Sie morgen geöffnet? Freundliche Grüße";

/// A rule that answers whoever asks whether the shop is open.
fn rule(mode: &str) -> String {
    format!(
        "name = \"Zeiten\"\nmode = \"{mode}\"\nwhen = \"message\"\n\n[if]\nwords = {{ any = [\"geöffnet\"] }}\n\n\
         [[then]]\nanswer = {{ reply = \"zeiten\" }}\n\n[[then]]\ntag = {{ add = [\"Zeiten\"] }}\n"
    )
}

async fn standard_reply(shop: &Shop, shortcut: &str, text: &str) {
    let text = ReplyTextView { language: "de".to_owned(), medium: String::new(), text: text.to_owned() };
    shop.api.standard_reply_save(None, shortcut, shortcut, vec![text]).await.unwrap();
}

/// A shop whose first import is over, with this rule on since an hour before the first letter.
async fn shop_with(source: &str) -> (Shop, i64) {
    let shop = Shop::open().await;
    shop.clock.set(START.plus_secs(-7200));
    shop.receive(vec![]).await;
    standard_reply(&shop, "zeiten", HOURS).await;
    let id = shop.api.rule_save(None, source).await.unwrap().id;
    shop.api.rule_switch(id, true).await.unwrap();
    shop.api.automation(Some(true)).await.unwrap();
    shop.clock.set(START);
    (shop, id)
}

fn proven(incoming: Incoming) -> Incoming {
    Incoming { authentication: Some(Outcome::Pass), ..incoming }
}

async fn decisions(shop: &Shop) -> Vec<DecisionView> {
    shop.api.decisions_automatic(None, None, false, 50).await.unwrap()
}

/// The one decision: its result, and the guards that held it back.
async fn only(shop: &Shop) -> (DecisionView, Vec<String>) {
    let mut all = decisions(shop).await;
    assert_eq!(all.len(), 1, "{all:#?}");
    let one = all.remove(0);
    let held = one.guards.iter().filter(|guard| !guard.passed).map(|guard| guard.name.clone()).collect();
    (one, held)
}

#[tokio::test]
async fn a_standard_case_is_answered_by_itself_and_says_why() {
    let (shop, id) = shop_with(&rule("send")).await;
    shop.receive(vec![message(proven(letter(1, ROSA, "Frage", ASKS)))]).await;
    let sent = shop.letters.sent();
    assert_eq!(sent.len(), 1);
    assert!(sent[0].automatic, "it is marked on the wire");
    assert!(sent[0].text.starts_with(HOURS), "{}", sent[0].text);
    assert!(sent[0].text.contains("automatisch") && sent[0].text.contains("MENSCH"), "{}", sent[0].text);
    assert_eq!(sent[0].to.value(), ROSA.1);
    let (one, held) = only(&shop).await;
    assert_eq!((one.result.as_str(), one.mode.as_str(), held.len()), ("queued", "send", 0));
    assert_eq!(one.rule.as_deref(), Some("Zeiten (v1)"));
    assert!(one.evidence.iter().any(|words| words.contains("geöffnet")), "{:?}", one.evidence);
    assert!(!one.route.unwrap().reasons.is_empty());
    assert!(one.guards.len() > 15, "every guard has its row");
    let conversation = shop.only_conversation().await;
    let detail = shop.conversation(conversation).await;
    assert!(detail.messages.iter().any(|message| message.automatic));
    let event = detail.entries.iter().find(|entry| entry.what == "automatic").unwrap();
    assert_eq!(event.params["result"], "queued");
    assert_eq!(detail.conversation.status, "open", "a person still looks at it");
    let tags = shop.api.contact(detail.conversation.contact_id, None).await.unwrap().card.tags;
    assert_eq!(tags.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>(), ["Zeiten"]);
    // Looked at once only.
    shop.api.sync_once(None).await.unwrap();
    assert_eq!((shop.letters.sent().len(), decisions(&shop).await.len()), (1, 1));
    assert_eq!(shop.api.rule(id).await.unwrap().id, id);
}

#[tokio::test]
async fn one_unasked_answer_a_day_and_what_is_past_the_cap_waits_for_a_person() {
    let (shop, _) = shop_with(&rule("send")).await;
    shop.receive(vec![message(proven(letter(1, ROSA, "Frage", ASKS)))]).await;
    shop.receive(vec![message(proven(letter(2, ROSA, "Noch eine", ASKS)))]).await;
    assert_eq!(shop.letters.sent().len(), 1);
    let newest = decisions(&shop).await.remove(0);
    assert_eq!(newest.result, "held_back");
    let held: Vec<_> =
        newest.guards.iter().filter(|guard| !guard.passed).map(|guard| guard.name.as_str()).collect();
    assert_eq!(held, ["cap_contact_day"]);
}

#[tokio::test]
async fn a_new_address_in_the_thread_or_behind_a_plus_sign_opens_no_cap() {
    let (shop, _) = shop_with(&rule("send")).await;
    let from = |number: u32, address: &str| letter(number, ("Vorgang", address), "Frage", ASKS);
    shop.receive(vec![message(proven(from(1, "vorgang+1@tickets.example")))]).await;
    shop.receive(vec![message(proven(from(2, "vorgang+2@tickets.example")))]).await;
    assert_eq!(shop.letters.sent().len(), 1, "one mailbox");
    let mut answer = proven(from(3, "anders@tickets.example"));
    answer.thread.in_reply_to = Some(shop.letters.sent()[0].reference.0.clone());
    shop.receive(vec![message(answer)]).await;
    assert_eq!(shop.letters.sent().len(), 1, "it answers our answer");
    for newest in decisions(&shop).await.iter().take(2) {
        let held: Vec<_> =
            newest.guards.iter().filter(|guard| !guard.passed).map(|guard| guard.name.as_str()).collect();
        assert_eq!(held, ["cap_contact_day"]);
    }
    shop.receive(vec![message(proven(from(4, "anna@kunde.example")))]).await;
    assert_eq!(shop.letters.sent().len(), 2, "a stranger is answered");
}

#[tokio::test]
async fn nothing_leaves_where_a_guard_says_no() {
    type Change = fn(Incoming) -> Incoming;
    let table: [(Change, &str); 4] = [
        (|letter| Incoming { signs: vec![Sign::AutoReplied], ..letter }, "person"),
        (|letter| Incoming { received_at: START.plus_secs(-8000), ..letter }, "stale"),
        (|letter| Incoming { received_at: START.plus_secs(-7190), ..letter }, ""),
        (
            |letter| {
                let text = format!("{ASKS}\nSonst gehe ich zum Anwalt und zeige Sie an!");
                Incoming { text: text.clone(), text_without_quote: text, ..letter }
            },
            "sensitive",
        ),
    ];
    for (change, guard) in table {
        let (shop, _) = shop_with(&rule("send")).await;
        shop.receive(vec![message(change(proven(letter(1, ROSA, "Frage", ASKS))))]).await;
        let (one, held) = only(&shop).await;
        let expected: Vec<String> =
            Some(guard.to_owned()).filter(|guard| !guard.is_empty()).into_iter().collect();
        assert_eq!(held, expected, "{one:#?}");
        assert_eq!(shop.letters.sent().len(), usize::from(guard.is_empty()), "{guard}");
    }
}

#[tokio::test]
async fn switched_off_nothing_is_looked_at_and_what_waits_asks() {
    let (shop, _) = shop_with(&rule("send")).await;
    shop.api.automation(Some(false)).await.unwrap();
    shop.receive(vec![message(proven(letter(1, ROSA, "Frage", ASKS)))]).await;
    assert_eq!((shop.letters.sent().len(), decisions(&shop).await.len()), (0, 0));
    // What came while it was off is left alone.
    shop.api.automation(Some(true)).await.unwrap();
    shop.api.sync_once(None).await.unwrap();
    assert_eq!((shop.letters.sent().len(), decisions(&shop).await.len()), (0, 0));
    // Queued, but not sent yet.
    shop.letters.fail_send(kit::Fault::Offline);
    shop.receive(vec![message(proven(letter(2, ("Karl", "karl@kunde.example"), "Frage", ASKS)))]).await;
    assert_eq!(shop.letters.sent().len(), 0);
    shop.api.automation(Some(false)).await.unwrap();
    shop.clock.forward(600);
    shop.api.sync_once(None).await.unwrap();
    let waiting = shop.api.outbox().await.unwrap();
    assert_eq!(waiting.iter().map(|row| row.state.as_str()).collect::<Vec<_>>(), ["held"]);
    assert_eq!(shop.letters.sent().len(), 0);
    let state = shop.api.automation(None).await.unwrap();
    assert_eq!((state.on, state.code.as_str()), (false, "off"));
}

#[tokio::test]
async fn a_suggestion_is_a_draft_and_a_question_is_one_click() {
    let (shop, _) = shop_with(&rule("suggest")).await;
    shop.receive(vec![message(proven(letter(1, ROSA, "Frage", ASKS)))]).await;
    let id = shop.only_conversation().await;
    let draft = shop.api.draft(id).await.unwrap().unwrap();
    assert_eq!(draft.body, HOURS, "without the mark: a person sends it");
    assert_eq!(only(&shop).await.0.result, "suggested");

    let (shop, _) = shop_with(&rule("ask")).await;
    shop.receive(vec![message(proven(letter(1, ROSA, "Frage", ASKS)))]).await;
    assert_eq!(shop.letters.sent().len(), 0);
    let asked = only(&shop).await.0;
    assert_eq!(asked.result, "asked");
    assert_eq!(shop.api.tasks().await.unwrap().tasks.len(), 1);
    // Two clicks at once are one answer.
    let (first, second) =
        tokio::join!(shop.api.decision_approve(asked.id), shop.api.decision_approve(asked.id));
    let done = match (first, second) {
        (Ok(done), Err(late)) | (Err(late), Ok(done)) => {
            assert_eq!(late.code, Code::TooLate);
            done
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(done.result, "approved");
    let whose = shop.conversation(shop.only_conversation().await).await.conversation.contact_id;
    let tags = || async { shop.api.contact(whose, None).await.unwrap().card.tags.len() };
    assert_eq!(tags().await, 1, "the rest of the rule is done with it");
    shop.clock.forward(60);
    shop.api.sync_once(None).await.unwrap();
    let sent = shop.letters.sent();
    assert_eq!((sent.len(), sent[0].automatic), (1, false), "a person said so");
    assert_eq!(sent[0].text, HOURS);
    assert_eq!(shop.api.tasks().await.unwrap().tasks.len(), 0);
    assert!(shop.api.decision_approve(asked.id).await.is_err(), "once");
    shop.api.decision_undo(asked.id).await.unwrap();
    assert_eq!(tags().await, 0, "and can be taken back");
}

#[tokio::test]
async fn the_history_of_a_new_account_is_never_answered() {
    let shop = Shop::open().await;
    shop.clock.set(START.plus_secs(-7200));
    standard_reply(&shop, "zeiten", HOURS).await;
    let id = shop.api.rule_save(None, &rule("send")).await.unwrap().id;
    shop.api.rule_switch(id, true).await.unwrap();
    shop.api.automation(Some(true)).await.unwrap();
    shop.clock.set(START);
    shop.letters.hand_in_old(vec![message(proven(letter(1, ROSA, "Alt", ASKS)))], 0);
    shop.receive(vec![message(proven(letter(2, ROSA, "Frage", ASKS)))]).await;
    assert_eq!((shop.letters.sent().len(), decisions(&shop).await.len()), (0, 0));
}

#[tokio::test]
async fn personal_details_leave_only_to_a_proven_sender() {
    for (outcome, text) in [
        (Some(Outcome::Pass), Some("Rosa, bis 18 Uhr.")),
        // Nobody knows who that is: there is no address to answer to.
        (Some(Outcome::Fail), None),
        (Some(Outcome::None), Some("Guten Tag, bis 18 Uhr.")),
    ] {
        let (shop, _) = shop_with(&rule("send")).await;
        let replies = shop.api.standard_replies(None).await.unwrap();
        let text_of = ReplyTextView {
            language: "de".to_owned(),
            medium: String::new(),
            text: "{{kunde.vorname|\"Guten Tag\"}}, bis 18 Uhr.".to_owned(),
        };
        shop.api.standard_reply_save(Some(replies[0].id), "zeiten", "zeiten", vec![text_of]).await.unwrap();
        let incoming = Incoming { authentication: outcome, ..letter(1, ROSA, "Frage", ASKS) };
        shop.receive(vec![message(incoming)]).await;
        let sent = shop.letters.sent();
        let first = sent.first().map(|sent| sent.text.lines().next().unwrap().to_owned());
        assert_eq!(first.as_deref(), text, "{outcome:?}");
    }
}

#[tokio::test]
async fn who_asks_for_a_person_gets_one_and_no_rule_any_more() {
    let (shop, _) = shop_with(&rule("send")).await;
    shop.receive_texts(vec![message(text(1, "+491512345678", "MENSCH"))]).await;
    let sent = shop.texts.sent();
    assert_eq!(sent.len(), 1);
    assert!(sent[0].text.contains("persönlich"), "{}", sent[0].text);
    assert_eq!(shop.api.tasks().await.unwrap().tasks.len(), 1);
    shop.receive_texts(vec![message(text(2, "+491512345678", ASKS))]).await;
    assert_eq!(shop.texts.sent().len(), 1);
    let newest = decisions(&shop).await.remove(0);
    assert!(newest.guards.iter().any(|guard| guard.name == "person_wanted" && !guard.passed), "{newest:#?}");
}

#[tokio::test]
async fn wrong_marks_lower_a_rule_to_asking() {
    let (shop, id) = shop_with(&rule("send")).await;
    for number in 1..=3_u32 {
        let address = format!("kunde{number}@kunde.example");
        shop.receive(vec![message(proven(letter(number, ("Kunde", &address), "Frage", ASKS)))]).await;
        let newest = decisions(&shop).await.remove(0);
        assert_eq!(newest.result, if number < 3 { "queued" } else { "asked" });
        shop.api.decision_mark(newest.id, "wrong").await.unwrap();
    }
    assert_eq!(shop.letters.sent().len(), 2);
    assert!(shop.api.rule(id).await.unwrap().lowered);
}

#[tokio::test]
async fn a_rehearsal_tells_what_the_engine_does() {
    let (shop, id) = shop_with(&rule("send")).await;
    let people = ["anna@kunde.example", "berta@kunde.example", "anna@kunde.example", "carl@kunde.example"];
    for (number, address) in (1..).zip(people) {
        let body = if number == 4 { "Ich brauche einen neuen Sattel." } else { ASKS };
        shop.receive(vec![message(proven(letter(number, ("Kunde", address), "Frage", body)))]).await;
    }
    let mut by_engine: Vec<(i64, bool, Option<String>)> = decisions(&shop)
        .await
        .into_iter()
        .map(|one| (one.message_id.unwrap(), one.result == "queued", one.text))
        .collect();
    by_engine.sort();
    let before = (shop.letters.sent().len(), shop.api.outbox().await.unwrap().len());
    let rehearsal = shop.api.rehearse(id).await.unwrap();
    assert!(rehearsal.done);
    assert_eq!((rehearsal.hits_count, rehearsal.misses, rehearsal.sends), (3, 1, 2));
    let mut rehearsed: Vec<(i64, bool, Option<String>)> =
        rehearsal.hits.into_iter().map(|hit| (hit.message_id, hit.would == "send", hit.text)).collect();
    rehearsed.sort();
    assert_eq!(rehearsed, by_engine);
    let after = (shop.letters.sent().len(), shop.api.outbox().await.unwrap().len());
    assert_eq!(before, after, "nothing can leave");
}

#[tokio::test]
async fn who_waits_too_long_is_told_once() {
    let source = "name = \"Geduld\"\nmode = \"send\"\nwhen = { no_answer = { opening_hours = 4 } }\n\n[[then]]\nanswer = { reply = \"zeiten\" }\n";
    let (shop, _) = shop_with(source).await;
    let week = r#"{"mon":[["00:00","24:00"]],"tue":[["00:00","24:00"]],"wed":[["00:00","24:00"]],"thu":[["00:00","24:00"]],"fri":[["00:00","24:00"]],"sat":[["00:00","24:00"]],"sun":[["00:00","24:00"]]}"#;
    shop.api.settings_set("shop.hours", &week.replace("24:00", "23:59")).await.unwrap();
    shop.receive(vec![message(proven(letter(1, ROSA, "Frage", "Haben Sie Sättel?")))]).await;
    assert_eq!(shop.letters.sent().len(), 0);
    shop.clock.forward(2 * 3600);
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(shop.letters.sent().len(), 0, "three hours");
    shop.clock.forward(2 * 3600);
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(shop.letters.sent().len(), 1);
    shop.clock.forward(30 * 3600);
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(shop.letters.sent().len(), 1, "once");
}

#[tokio::test]
async fn a_question_is_asked_back_and_its_answer_goes_on() {
    let source = "name = \"Bestellung\"\nmode = \"send\"\nwhen = \"message\"\n\n[if]\nwords = { any = [\"bestellung\"] }\n\n[[then]]\n[then.answer.dialogue]\nstart = \"number\"\n\n[then.answer.dialogue.nodes.number]\nask = { text = { de = \"Wie lautet Ihre Bestellnummer?\" } }\nexpects = \"order_number\"\ngoes_on = { any = { reply = \"zeiten\" }, else = \"person\" }\n";
    let (shop, _) = shop_with(source).await;
    let from = "+491512345678";
    shop.receive_texts(vec![message(text(1, from, "Wo ist meine Bestellung?"))]).await;
    assert!(shop.texts.sent()[0].text.starts_with("Wie lautet Ihre Bestellnummer?"));
    shop.clock.forward(300);
    shop.receive_texts(vec![message(text(3700, from, "Die Nummer ist 2026-4711"))]).await;
    let sent = shop.texts.sent();
    assert_eq!(sent.len(), 2, "{:#?}", decisions(&shop).await);
    assert!(sent[1].text.starts_with(HOURS), "{}", sent[1].text);
}

#[tokio::test]
async fn text_messages_cost_no_more_by_themselves_than_the_shop_allows() {
    let (shop, _) = shop_with(&rule("send")).await;
    shop.api.settings_set("automation.sms_per_day", "1").await.unwrap();
    shop.receive_texts(vec![message(text(1, "+33612345678", ASKS))]).await;
    assert_eq!(shop.texts.sent().len(), 0, "abroad a person is asked");
    assert_eq!(decisions(&shop).await.remove(0).result, "asked");
    shop.receive_texts(vec![message(text(2, "+491512345678", ASKS))]).await;
    let sent = shop.texts.sent();
    assert_eq!(sent.len(), 1, "{:#?}", decisions(&shop).await);
    assert!(
        sent[0].text.ends_with("MENSCH = persönlich"),
        "short where each character costs: {}",
        sent[0].text
    );
    shop.receive_texts(vec![message(text(3, "+491512345679", ASKS))]).await;
    assert_eq!(shop.texts.sent().len(), 1, "the day's limit");
    assert_eq!(decisions(&shop).await.remove(0).result, "no_answer");
}

#[tokio::test]
async fn what_is_written_again_and_again_is_proposed() {
    let (shop, _) = shop_with(&rule("send")).await;
    for number in 1..=5_u32 {
        let address = format!("kunde{number}@kunde.example");
        let question = "Guten Tag, wo kann ich bei Ihnen parken?";
        shop.receive(vec![message(proven(letter(number, ("Kunde", &address), "Parken", question)))]).await;
        let rows = shop.api.conversations(None, false, None, 10).await.unwrap().conversations;
        let newest = rows.iter().map(|row| row.id).max().unwrap();
        assert!(shop.api.proposals().await.unwrap().is_empty(), "not before the fifth");
        shop.answer(
            newest,
            &format!("Hallo, parken Sie kostenlos im Hof hinter dem Laden, Platz {number}."),
            None,
        )
        .await;
        shop.api.sync_once(None).await.unwrap();
    }
    let mut found = shop.api.proposals().await.unwrap();
    assert_eq!(found.len(), 1, "{found:#?}");
    let one = found.remove(0);
    assert_eq!((one.count, one.intent.as_deref()), (5, Some("directions_parking")));
    let made = shop.api.proposal_accept(one.id, "Parken", &one.text).await.unwrap();
    let rule = shop.api.rule(made.rule_id.unwrap()).await.unwrap();
    assert_eq!((rule.mode.as_str(), rule.on), ("suggest", false), "a person switches it on");
    assert!(shop.api.proposals().await.unwrap().is_empty());
    assert!(shop.api.proposal_decline(one.id).await.is_err(), "decided once");
}

#[tokio::test]
async fn an_article_feeds_a_standard_reply_until_it_expires() {
    use theke_engine::api::types::{ArticleInput, ArticleTextView};
    let (shop, _) = shop_with(&rule("send")).await;
    let replies = shop.api.standard_replies(None).await.unwrap();
    let text = |text: &str| ReplyTextView {
        language: "de".to_owned(),
        medium: String::new(),
        text: text.to_owned(),
    };
    shop.api
        .standard_reply_save(Some(replies[0].id), "zeiten", "zeiten", vec![text("{{artikel:Parken}}")])
        .await
        .unwrap();
    let article = |expires: &str| ArticleInput {
        id: None,
        name: "Parken".to_owned(),
        checked_on: Some("2026-11-01".to_owned()),
        expires_on: Some(expires.to_owned()),
        texts: vec![ArticleTextView { language: "de".to_owned(), text: "Im Hof.".to_owned() }],
    };
    let saved = shop.api.article_save(article("2026-11-22")).await.unwrap();
    assert!(!saved.expired);
    assert!(shop.api.article_save(article("2027-01-01")).await.is_err(), "the name is taken");
    shop.receive(vec![message(proven(letter(1, ROSA, "Frage", ASKS)))]).await;
    assert!(shop.letters.sent()[0].text.starts_with("Im Hof."));
    let past = ArticleInput { id: Some(saved.id), ..article("2026-11-20") };
    assert!(shop.api.article_save(past).await.unwrap().expired);
    let other = proven(letter(2, ("Karl", "karl@kunde.example"), "Frage", ASKS));
    shop.receive(vec![message(other)]).await;
    assert_eq!(shop.letters.sent().len(), 1, "an expired one is never sent");
    assert_eq!(decisions(&shop).await.remove(0).result, "no_answer");
}

#[tokio::test]
async fn a_closed_matter_is_followed_by_what_its_rule_says_and_all_of_it_is_taken_back() {
    let source = "name = \"Danke\"\nmode = \"send\"\nwhen = \"conversation_closed\"\n\n[[then]]\ntag = { add = [\"fertig\"] }\n\n\
                  [[then]]\nset_preference = { medium = \"sms\" }\n";
    let (shop, _) = shop_with(source).await;
    shop.receive(vec![message(proven(letter(1, ROSA, "Frage", "Haben Sie Sättel?")))]).await;
    let id = shop.only_conversation().await;
    assert!(decisions(&shop).await.is_empty(), "nothing was closed yet");
    shop.api.conversation_set_status(id, "closed", None).await.unwrap();
    shop.api.sync_once(None).await.unwrap();
    let (one, _) = only(&shop).await;
    assert_eq!(one.result, "done");
    let whose = shop.conversation(id).await.conversation.contact_id;
    let card = || async {
        let card = shop.api.contact(whose, None).await.unwrap();
        (card.card.tags.len(), card.contact.preferred.map(|preferred| preferred.medium))
    };
    assert_eq!(card().await, (1, Some("sms".to_owned())));
    shop.api.sync_once(None).await.unwrap();
    only(&shop).await;
    shop.api.decision_undo(one.id).await.unwrap();
    assert_eq!(card().await, (0, None));
}
