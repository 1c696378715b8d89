//! Receiving: fetched at least once, stored exactly once; one customer, one timeline; the right conversation.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod kit;

use kit::{ROSA, Shop, golden, letter, message, party, text};
use theke_channels::{ErrorKind, Update};
use theke_domain::message::{Completeness, Direction, Flags, RemoteId, ThreadHeaders};
use theke_domain::time::Timestamp;

#[tokio::test]
async fn a_letter_becomes_a_customer_and_an_open_conversation() {
    let shop = Shop::open().await;
    shop.receive(vec![message(letter(1, ROSA, "Bremse quietscht", "Wann kann ich kommen?"))]).await;
    let id = shop.only_conversation().await;
    assert_eq!(
        golden::render(&shop.conversation(id).await),
        "open · Rosa Tannwald · Bremse quietscht · email · 1 unread\n\
         < email received [Bremse quietscht]: Wann kann ich kommen?"
    );
    let contacts = shop.api.contacts(None, 10).await.unwrap();
    assert_eq!((contacts.len(), contacts[0].messages), (1, 1));
    assert_eq!(contacts[0].identities[0].address, "rosa@kunde.example");
    let overview = shop.api.overview().await.unwrap();
    assert_eq!((overview.open, overview.unread, overview.indexing), (1, 1, 0));
}

#[tokio::test]
async fn what_comes_twice_is_stored_once() {
    let shop = Shop::open().await;
    let first = letter(1, ROSA, "Bremse", "Hallo");
    shop.receive(vec![message(first.clone()), message(first.clone())]).await;
    // The same content under another id: a changed UIDVALIDITY, a moved mail.
    let mut moved = first.clone();
    moved.remote_id = RemoteId("INBOX/other/77".into());
    shop.receive(vec![message(moved)]).await;
    // The same Message-ID with another content is another message.
    let mut other = letter(2, ROSA, "Bremse", "Etwas anderes");
    other.thread.message_id = first.thread.message_id.clone();
    shop.receive(vec![message(other)]).await;
    let id = shop.only_conversation().await;
    assert_eq!(shop.conversation(id).await.messages.len(), 2);
}

#[tokio::test]
async fn headers_come_first_and_the_text_is_added_later() {
    let shop = Shop::open().await;
    let whole = letter(1, ROSA, "Bremse", "Der ganze Text");
    let mut headers = whole.clone();
    headers.text.clear();
    headers.text_without_quote.clear();
    headers.completeness = Completeness::Headers;
    shop.letters.hand_in_old(vec![message(whole)], 0);
    shop.receive(vec![message(headers)]).await;
    let id = shop.only_conversation().await;
    let shown = shop.conversation(id).await;
    assert_eq!(shown.messages.len(), 1);
    assert_eq!(shown.messages[0].text, "Der ganze Text");
    assert_eq!(shown.conversation.snippet, "Der ganze Text");
    assert!(!shown.messages[0].headers_only);
    assert_eq!(shop.api.search("ganze", 10).await.unwrap().messages.len(), 1);
}

#[tokio::test]
async fn what_vanished_at_the_provider_stays() {
    let shop = Shop::open().await;
    let first = letter(1, ROSA, "Bremse", "Hallo");
    shop.receive(vec![message(first.clone())]).await;
    shop.receive(vec![Update::Vanished { remote_id: first.remote_id }]).await;
    let id = shop.only_conversation().await;
    assert_eq!(shop.conversation(id).await.messages.len(), 1);
}

#[tokio::test]
async fn an_answer_written_elsewhere_joins_and_waits() {
    let shop = Shop::open().await;
    shop.receive(vec![message(letter(1, ROSA, "Bremse", "Wann offen?"))]).await;
    let mut answer = letter(2, ("Velo Tannwald", "laden@velo.example"), "Re: Bremse", "Bis 18 Uhr.");
    answer.direction = Direction::Out;
    answer.to = vec![party("Rosa Tannwald", ROSA.1)];
    answer.thread.in_reply_to = Some("<1@kunde.example>".into());
    shop.receive(vec![message(answer)]).await;
    let id = shop.only_conversation().await;
    assert_eq!(
        golden::render(&shop.conversation(id).await),
        "waiting · Rosa Tannwald · Bremse · email · 1 unread\n\
         < email received [Bremse]: Wann offen?\n\
         > email sent [Re: Bremse]: Bis 18 Uhr."
    );
    let names: Vec<_> = shop.api.contacts(None, 10).await.unwrap().into_iter().map(|c| c.name).collect();
    assert_eq!(names, ["Rosa Tannwald"], "the shop is nobody's customer");
}

#[tokio::test]
async fn a_letter_and_a_text_of_one_customer_are_one_timeline() {
    let shop = Shop::open().await;
    shop.receive(vec![message(letter(1, ROSA, "Bremse", "Hallo"))]).await;
    let rosa = shop.api.contacts(None, 1).await.unwrap()[0].id;
    shop.api.contact_add_address(rosa, "0151 2345678").await.unwrap();
    shop.receive_texts(vec![message(text(5, "+491512345678", "Noch was: auch das Licht"))]).await;
    let id = shop.only_conversation().await;
    assert_eq!(
        golden::render(&shop.conversation(id).await),
        "open · Rosa Tannwald · Bremse · email+sms · 2 unread\n\
         < email received [Bremse]: Hallo\n\
         < sms received: Noch was: auch das Licht"
    );
    let card = shop.api.contact(rosa, None).await.unwrap();
    assert_eq!(card.timeline.iter().filter_map(|e| e.medium.clone()).collect::<Vec<_>>(), ["sms", "email"]);
    assert!(
        card.timeline.iter().all(|entry| entry.subject == "Bremse"),
        "the text is of the letter's matter"
    );
}

#[tokio::test]
async fn strangers_with_equal_subjects_stay_apart() {
    let shop = Shop::open().await;
    let other = ("Max", "max@kunde.example");
    shop.receive(vec![
        message(letter(1, ROSA, "Re: Bremse vorne", "a")),
        message(letter(2, other, "Re: Bremse vorne", "b")),
    ])
    .await;
    assert_eq!(shop.api.conversations(None, false, None, 10).await.unwrap().conversations.len(), 2);
}

#[tokio::test]
async fn flags_of_the_provider_are_followed_and_set() {
    let shop = Shop::open().await;
    let first = letter(1, ROSA, "Bremse", "Hallo");
    let second = letter(2, ("Max", "max@kunde.example"), "Licht", "Hallo");
    shop.receive(vec![message(first.clone()), message(second.clone())]).await;
    shop.receive(vec![Update::Flags {
        remote_id: first.remote_id,
        flags: Flags { seen: true, answered: true },
    }])
    .await;
    let list = shop.api.conversations(None, false, None, 10).await.unwrap().conversations;
    let rosa = list.iter().find(|row| row.contact_name == ROSA.0).unwrap();
    assert_eq!((rosa.unread, rosa.status.as_str()), (0, "waiting"));
    let max = list.iter().find(|row| row.contact_name == "Max").unwrap();
    let mut events = shop.api.subscribe();
    shop.api.conversation_mark_seen(max.id).await.unwrap();
    assert_eq!(shop.api.overview().await.unwrap().unread, 0);
    while shop.letters.flags().is_empty() {
        // The provider is told in the background, after the event.
        let _ = tokio::time::timeout(std::time::Duration::from_millis(20), events.recv()).await;
    }
    assert_eq!(shop.letters.flags(), [(second.remote_id, Flags { seen: true, answered: false })]);
}

#[tokio::test]
async fn a_mark_that_could_not_be_set_is_set_later() {
    let shop = Shop::open().await;
    let first = letter(1, ROSA, "Rahmen", "Hallo");
    shop.receive(vec![message(first.clone())]).await;
    let id = shop.only_conversation().await;
    // Offline, then busy.
    shop.letters.fail_flags(ErrorKind::Network, 2);
    shop.api.conversation_mark_seen(id).await.unwrap();
    while shop.letters.flag_tries() == 0 {
        tokio::task::yield_now().await;
    }
    assert!(shop.letters.flags().is_empty());
    // A look at the provider says "unread" still; the person's word wins.
    let unread = Update::Flags { remote_id: first.remote_id.clone(), flags: Flags::default() };
    shop.receive(vec![unread.clone()]).await;
    assert_eq!((shop.letters.flag_tries(), shop.letters.flags().len()), (2, 0), "tried and failed again");
    assert_eq!(shop.api.overview().await.unwrap().unread, 0);
    shop.receive(vec![]).await;
    let set = vec![(first.remote_id.clone(), Flags { seen: true, answered: false })];
    assert_eq!(shop.letters.flags(), set);
    // Done is done: nothing more is asked, and what others mark from now on counts.
    shop.receive(vec![unread]).await;
    assert_eq!((shop.letters.flag_tries(), shop.letters.flags()), (3, set));
    assert_eq!(shop.api.overview().await.unwrap().unread, 1);
}

#[tokio::test]
async fn a_mark_that_will_never_be_taken_is_forgotten() {
    let shop = Shop::open().await;
    shop.receive(vec![message(letter(1, ROSA, "Rahmen", "Hallo"))]).await;
    let id = shop.only_conversation().await;
    shop.letters.fail_flags(ErrorKind::Rejected, 20);
    shop.api.conversation_mark_seen(id).await.unwrap();
    while shop.letters.flag_tries() == 0 {
        tokio::task::yield_now().await;
    }
    // The try in the background may still be under way when the first look begins.
    shop.receive(vec![]).await;
    let tries = shop.letters.flag_tries();
    for _ in 0..3 {
        shop.receive(vec![]).await;
    }
    assert_eq!((shop.letters.flag_tries(), shop.letters.flags().len()), (tries, 0));
}

#[tokio::test]
async fn senders_without_an_address_have_a_place_too() {
    let shop = Shop::open().await;
    let mut odd = letter(1, ("", ""), "Ohne Absender", "Hallo");
    odd.from = party("", "undisclosed recipients");
    shop.receive(vec![message(odd)]).await;
    let id = shop.only_conversation().await;
    let route = shop.api.route(id, None, 0, Vec::new()).await.unwrap();
    assert_eq!(route.account_id, None, "nothing can be sent there");
}

#[tokio::test]
async fn trouble_is_told_and_healed() {
    let shop = Shop::open().await;
    shop.letters.fail_poll(ErrorKind::Network);
    let result = shop.api.sync_once(None).await.unwrap();
    assert!(result.accounts[0].error.is_some() && result.accounts[1].error.is_none(), "{result:?}");
    let account = &shop.api.accounts().await.unwrap()[0];
    assert_eq!(account.state, "offline");
    assert!(account.next_try_at.is_some());
    shop.letters.fail_poll(ErrorKind::Auth);
    shop.api.sync_once(Some(shop.letter_account)).await.unwrap();
    assert_eq!(shop.api.accounts().await.unwrap()[0].state, "needs_attention");
    shop.receive(vec![message(letter(1, ROSA, "Bremse", "Hallo"))]).await;
    let account = &shop.api.accounts().await.unwrap()[0];
    assert_eq!((account.state.as_str(), &account.error), ("ok", &None));
}

#[tokio::test]
async fn a_gap_is_told_until_the_account_is_checked() {
    let shop = Shop::open().await;
    shop.receive(vec![Update::Gap { since: Timestamp::from_secs(1000), until: Timestamp::from_secs(2000) }])
        .await;
    let gap = shop.api.accounts().await.unwrap()[0].gap.clone().unwrap();
    assert_eq!(gap.since, "1970-01-01T00:16:40Z");
    assert!(shop.api.doctor().await.unwrap().iter().any(|check| check.message.contains("may be missing")));
    assert!(shop.api.account_check(shop.letter_account).await.unwrap().ok);
    assert_eq!(shop.api.accounts().await.unwrap()[0].gap, None);
}

#[tokio::test]
async fn the_running_engine_stores_acknowledges_and_tells() {
    let shop = Shop::open().await;
    let mut events = shop.api.subscribe();
    let engine = shop.start().await;
    assert_eq!(shop.api.start_engine().await.err().unwrap().code, theke_engine::api::Code::InUse);
    shop.letters.hand_in(vec![message(letter(1, ROSA, "Bremse", "Hallo"))]);
    loop {
        if let theke_engine::api::types::Event::MessageReceived { account_id, .. } =
            events.recv().await.unwrap()
        {
            assert_eq!(account_id, shop.letter_account);
            break;
        }
    }
    assert_eq!(shop.letters.acknowledged().len(), 1, "acknowledged after the commit, before the event");
    engine.stop().await;
    assert!(shop.api.start_engine().await.is_ok(), "the lock is free again");
}

#[tokio::test]
async fn old_read_mail_is_history_and_not_work() {
    let shop = Shop::open().await;
    let mut old = letter(1, ROSA, "Vor einem Jahr", "Hallo");
    old.at = kit::START.plus_secs(-365 * 24 * 3600);
    old.flags.seen = true;
    let mut unread = letter(2, ("Max", "max@kunde.example"), "Auch alt", "aber ungelesen");
    unread.at = old.at;
    shop.receive(vec![message(old), message(unread)]).await;
    let open = shop.api.conversations(Some("open".into()), false, None, 10).await.unwrap().conversations;
    assert_eq!(open.iter().map(|row| row.subject.as_str()).collect::<Vec<_>>(), ["Auch alt"]);
}

#[tokio::test]
async fn links_of_header_chains_lead_to_the_conversation() {
    let shop = Shop::open().await;
    // The answer is stored before what it answers, as in a first sync.
    let mut answer = letter(9, ROSA, "Re: Bremse", "Danke!");
    answer.thread = ThreadHeaders {
        message_id: Some("<9@kunde.example>".into()),
        in_reply_to: Some("<1@kunde.example>".into()),
        references: vec!["<1@kunde.example>".into()],
    };
    shop.receive(vec![message(answer)]).await;
    shop.receive(vec![message(letter(1, ROSA, "Bremse", "Hallo"))]).await;
    let id = shop.only_conversation().await;
    assert_eq!(shop.conversation(id).await.messages.len(), 2);
}

#[tokio::test]
async fn a_chat_answer_finds_our_message_by_the_providers_id() {
    let shop = Shop::open().await;
    shop.receive_texts(vec![message(text(1, "+491512345678", "Ist mein Rad fertig?"))]).await;
    let id = shop.only_conversation().await;
    shop.answer(id, "Ja.", None).await;
    shop.api.sync_once(None).await.unwrap();
    shop.api.conversation_set_status(id, "closed", None).await.unwrap();
    // Days later, when no rule of time would join it any more.
    let mut answer = text(2, "+491512345678", "Danke, ich komme morgen.");
    answer.at = kit::START.plus_secs(20 * 24 * 3600);
    answer.thread.in_reply_to = Some("sent-1".into());
    shop.clock.set(answer.at);
    shop.receive_texts(vec![message(answer)]).await;
    assert_eq!(shop.only_conversation().await, id);
    assert_eq!(shop.conversation(id).await.conversation.status, "open");
}

#[tokio::test]
async fn what_another_process_does_is_told_to_the_running_one() {
    let shop = Shop::open().await;
    shop.receive(vec![message(letter(1, ROSA, "Bremse", "Hallo"))]).await;
    let id = shop.only_conversation().await;
    let engine = shop.start().await;
    let mut events = shop.api.subscribe();
    let beside = theke_engine::api::Api::open(
        &shop.dir,
        theke_engine::api::KeySource::Auto,
        shop.ports(),
        shop.registry(),
    )
    .await
    .unwrap();
    // Changed until it is told: the watcher's first look may come after the first change.
    for round in 0.. {
        assert!(round < 200, "nothing was told");
        let status = if round % 2 == 0 { "closed" } else { "open" };
        beside.conversation_set_status(id, status, None).await.unwrap();
        let told = tokio::time::timeout(std::time::Duration::from_millis(100), events.recv()).await;
        if let Ok(Ok(theke_engine::api::types::Event::Refresh {})) = told {
            break;
        }
    }
    engine.stop().await;
}
