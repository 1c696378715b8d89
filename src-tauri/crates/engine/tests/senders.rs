//! Whose message it is when the sender is a form, a marketplace, a desk, or somebody who is not who they say.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod kit;

use kit::{ROSA, Shop, letter, message, party};
use theke_domain::authenticity::Outcome;
use theke_domain::message::{Completeness, Incoming};

/// Rosa's letter with what the provider says of it.
fn judged(number: u32, outcome: Outcome, subject: &str) -> Incoming {
    Incoming { authentication: Some(outcome), ..letter(number, ROSA, subject, "Bitte künftig per SMS.") }
}

/// What a contact form of the shop's website sends.
fn form(number: u32, reply_to: &str, text: &str) -> Incoming {
    Incoming {
        reply_to: vec![party("", reply_to)],
        ..letter(
            number,
            ("Velo Tannwald", "wordpress@velo.example"),
            "Neue Nachricht über das Kontaktformular",
            text,
        )
    }
}

const FORM: &str = "Name: Rosa Tannwald\nE-Mail: rosa@kunde.example\nNachricht: Haben Sie morgen offen?\n";

#[tokio::test]
async fn a_forged_sender_reaches_no_known_customer() {
    let (shop, conversation) = Shop::with_a_letter().await;
    let before = shop.api.contacts(None, 9).await.unwrap();
    for (number, outcome) in [(2, Outcome::Fail), (3, Outcome::Untrusted)] {
        let mut forged = judged(number, outcome, "Re: Bremse");
        forged.from.name = Some("Rosa Betrug".to_owned());
        // It even names a message of hers.
        forged.thread.in_reply_to = Some("<1@kunde.example>".to_owned());
        forged.thread.references = vec!["<1@kunde.example>".to_owned()];
        shop.receive(vec![message(forged)]).await;
    }
    let rosa = &before[0];
    let card = shop.api.contact(rosa.id, None).await.unwrap();
    assert_eq!(card.contact, *rosa, "neither name nor address nor count changed");
    assert_eq!(shop.conversation(conversation).await.messages.len(), 1);
    let others: Vec<_> =
        shop.api.contacts(None, 9).await.unwrap().into_iter().filter(|c| c.id != rosa.id).collect();
    assert_eq!(others.len(), 1, "one contact for what claims to be one address");
    assert_eq!((others[0].messages, others[0].identities[0].network.as_str()), (2, "unverified"));
    assert_eq!(others[0].name, "rosa@kunde.example", "not her name");
    // Nothing can be sent there, and nobody is asked to merge them.
    let theirs = shop.api.contact(others[0].id, None).await.unwrap().conversations[0];
    assert_eq!(shop.api.route(theirs, None, 5, Vec::new()).await.unwrap().account_id, None);
    shop.api.compare_waiting().await.unwrap();
    assert_eq!(shop.api.duplicates(9).await.unwrap().pairs, []);
    // What she writes herself still comes to her.
    shop.receive(vec![message(judged(4, Outcome::Pass, "Re: Bremse"))]).await;
    assert_eq!(shop.api.contact(rosa.id, None).await.unwrap().contact.messages, 2);
}

#[tokio::test]
async fn without_a_verdict_a_letter_is_linked_by_its_address() {
    let (shop, _) = Shop::with_a_letter().await;
    shop.receive(vec![message(judged(2, Outcome::None, "Re: Bremse"))]).await;
    let all = shop.api.contacts(None, 9).await.unwrap();
    assert_eq!(all.iter().map(|contact| contact.messages).collect::<Vec<_>>(), [2]);
}

#[tokio::test]
async fn a_contact_form_is_read_for_who_filled_it_in() {
    let (shop, _) = Shop::with_a_letter().await;
    let max = "Name: Max Birkner\nE-Mail: max@kunde.example\nNachricht: Helm in Blau?\n";
    shop.receive(vec![
        message(form(2, "rosa@kunde.example", FORM)),
        message(form(3, "max@kunde.example", max)),
    ])
    .await;
    let all = shop.api.contacts(None, 9).await.unwrap();
    let mut seen: Vec<_> =
        all.iter().map(|c| (c.name.as_str(), c.identities[0].address.as_str(), c.messages)).collect();
    seen.sort_unstable();
    assert_eq!(
        seen,
        [("Max Birkner", "max@kunde.example", 1), ("Rosa Tannwald", "rosa@kunde.example", 2)],
        "the form's own address is nobody"
    );
}

#[tokio::test]
async fn a_form_of_which_first_only_the_headers_came_goes_to_the_person_once_its_text_is_here() {
    let (shop, _) = Shop::with_a_letter().await;
    // No Reply-To: who it is stands in the text alone.
    let whole = Incoming { reply_to: Vec::new(), ..form(2, "x@y.example", FORM) };
    let headers = Incoming {
        text: String::new(),
        text_without_quote: String::new(),
        completeness: Completeness::Headers,
        ..whole.clone()
    };
    shop.receive(vec![message(headers)]).await;
    assert_eq!(shop.api.contacts(None, 9).await.unwrap().len(), 2);
    shop.receive(vec![message(whole)]).await;
    let all = shop.api.contacts(None, 9).await.unwrap();
    assert_eq!(
        all.iter().map(|contact| contact.messages).collect::<Vec<_>>(),
        [2],
        "the form is nobody: {all:#?}"
    );
    assert_eq!((all[0].identities[0].address.as_str(), all[0].messages), ("rosa@kunde.example", 2));
}

#[tokio::test]
async fn the_address_of_a_desk_is_told_as_shared() {
    let shop = Shop::open().await;
    shop.receive(vec![message(letter(1, ("Café Linde", "info@linde.example"), "Rad", "Guten Tag"))]).await;
    let all = shop.api.contacts(None, 9).await.unwrap();
    assert_eq!(all[0].identities[0].state, "shared");
}

#[tokio::test]
async fn a_form_that_a_person_knows_something_of_stays() {
    let (shop, _) = Shop::with_a_letter().await;
    let whole = Incoming { reply_to: Vec::new(), ..form(2, "x@y.example", FORM) };
    let headers = Incoming {
        text: String::new(),
        text_without_quote: String::new(),
        completeness: Completeness::Headers,
        ..whole.clone()
    };
    shop.receive(vec![message(headers)]).await;
    let all = shop.api.contacts(None, 9).await.unwrap();
    let form = all.iter().find(|contact| contact.identities[0].address == "wordpress@velo.example").unwrap();
    shop.api.contact_note(form.id, "Unsere Webseite").await.unwrap();
    shop.receive(vec![message(whole)]).await;
    assert!(shop.api.contacts(None, 9).await.unwrap().iter().any(|contact| contact.id == form.id));
}
