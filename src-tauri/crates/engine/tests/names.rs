//! Networks on which people go by a name and programs by a number: the shop adds the name, messages bring the number.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod kit;

use std::collections::BTreeMap;

use kit::{Provider, ROSA, Shop, letter, letter_capabilities, message, party, text, text_capabilities};
use theke_channels::registry::Registry;
use theke_domain::address::Address;
use theke_domain::capability::{AddressKind, Capabilities};
use theke_domain::message::{Direction, Incoming, Party};
use theke_engine::api::{Api, Code, KeySource};

/// A shop with letters and with chats on these networks.
async fn with_chats(networks: &[&str]) -> (Shop, Provider) {
    let mut shop = Shop::open().await;
    let chats = Provider::default();
    let mut kinds = vec![
        shop.letters.spec("letter", "email", AddressKind::Email, letter_capabilities()),
        shop.texts.spec("text", "sms", AddressKind::Phone, text_capabilities()),
    ];
    for network in networks {
        let answers = Capabilities { answers_only: true, ..Capabilities::TEXT };
        kinds.push(chats.spec(network, "chat", AddressKind::Handle((*network).to_owned()), answers));
    }
    let opened = Api::open(&shop.dir, KeySource::Auto, shop.ports(), Registry::of(kinds)).await;
    shop.api = opened.unwrap();
    for network in networks {
        let own = BTreeMap::from([("own".to_owned(), "shop".to_owned())]);
        let secret = BTreeMap::from([("password".to_owned(), "right".to_owned())]);
        shop.api.account_add(network, own, secret, true).await.unwrap();
    }
    (shop, chats)
}

/// A chat message from a number that goes by a name.
fn chat(number: u32, id: &str, name: &str, body: &str) -> Incoming {
    let address = Address::Handle { network: "net".to_owned(), value: id.to_owned() };
    let from = Party { name: Some("R. T.".to_owned()), address: Some(address), raw: name.to_owned() };
    Incoming { from, to: vec![party("", "+4915100000000")], ..text(number, "", body) }
}

#[tokio::test]
async fn a_name_added_by_hand_is_found_by_the_first_message_of_its_number() {
    let (shop, chats) = with_chats(&["net"]).await;
    shop.receive(vec![message(letter(1, ROSA, "Bremse", "Wann offen?"))]).await;
    let rosa = shop.api.contacts(None, 10).await.unwrap()[0].id;
    let card = shop.api.contact_add_address(rosa, " @Rosa_T ").await.unwrap();
    assert!(card.contact.identities.iter().any(|i| i.address == "@rosa_t" && i.network == "net"));
    // Nobody has written from there yet, so nobody can be answered there.
    let id = shop.only_conversation().await;
    let route = shop.api.route(id, Some("chat".to_owned()), 5, Vec::new()).await.unwrap();
    assert_eq!(route.account_id, None, "{route:?}");

    chats.hand_in(vec![message(chat(2, "4711", "@Rosa_T", "Ich bin es"))]);
    shop.api.sync_once(None).await.unwrap();
    chats.hand_in(vec![message(chat(3, "99", "@rosa", "Jemand anderes"))]);
    shop.api.sync_once(None).await.unwrap();
    let contacts = shop.api.contacts(None, 10).await.unwrap();
    assert_eq!(contacts.len(), 2, "{contacts:#?}");
    let card = shop.api.contact(rosa, None).await.unwrap();
    assert_eq!((card.contact.messages, card.contact.name.as_str()), (2, "Rosa Tannwald"));
    // The answer goes to the number, which is what the network takes.
    let route = shop.api.route(id, Some("chat".to_owned()), 5, Vec::new()).await.unwrap();
    assert_eq!(route.address.as_deref(), Some("4711"), "{route:?}");

    let card = shop.api.contact_remove_address(rosa, "@ROSA_T").await.unwrap();
    assert!(card.contact.identities.iter().all(|i| i.address != "@rosa_t"));
}

#[tokio::test]
async fn with_several_networks_or_none_a_name_needs_its_network() {
    for networks in [&["net", "other"][..], &[]] {
        let (shop, _) = with_chats(networks).await;
        shop.receive(vec![message(letter(1, ROSA, "Bremse", "Wann offen?"))]).await;
        let rosa = shop.api.contacts(None, 10).await.unwrap()[0].id;
        let refused = shop.api.contact_add_address(rosa, "@rosa_t").await.unwrap_err();
        assert!(refused.code == Code::BadAddress && refused.message.contains("network"), "{refused:?}");
        shop.api.contact_add_address(rosa, "net:@rosa_t").await.unwrap();
    }
}

/// What the shop wrote in another program and left in Sent.
fn sent(number: u32, to: (&str, &str)) -> Incoming {
    Incoming {
        direction: Direction::Out,
        to: vec![party(to.0, to.1)],
        ..letter(number, ("Velo Tannwald", "laden@velo.example"), "Anhänger", "Guten Tag")
    }
}

#[tokio::test]
async fn a_customer_without_a_name_gets_the_one_that_the_shop_wrote_to() {
    let shop = Shop::open().await;
    let names = async || -> Vec<String> {
        let mut all: Vec<_> =
            shop.api.contacts(None, 10).await.unwrap().into_iter().map(|contact| contact.name).collect();
        all.sort_unstable();
        all
    };
    shop.receive(vec![message(letter(1, ("", "bw@nachbar.example"), "Anhänger", "Noch da?"))]).await;
    assert_eq!(names().await, ["bw@nachbar.example"]);
    // An address for a name, as many programs write it, is no name.
    shop.receive(vec![message(sent(2, ("bw@nachbar.example", "bw@nachbar.example")))]).await;
    assert_eq!(names().await, ["bw@nachbar.example"]);
    shop.receive(vec![message(sent(3, ("Bernd Wipfel", "bw@nachbar.example")))]).await;
    assert_eq!(names().await, ["Bernd Wipfel"]);
    // A name that is there stays.
    shop.receive(vec![message(sent(4, ("Der mit dem Anhänger", "bw@nachbar.example")))]).await;
    assert_eq!(names().await, ["Bernd Wipfel"]);
}
