//! Mails as text, and what stands in the store afterwards.

use std::collections::BTreeMap;

use serde_json::Value;
use theke_tests::mailstack::{MailStack, PASSWORD};
use theke_tests::program::Shop;

/// A mail to the shop. `more` is further header lines, each with its line end.
pub fn mail(from: &str, subject: &str, message_id: Option<&str>, more: &str, text: &str) -> Vec<u8> {
    let id = message_id.map(|id| format!("Message-ID: {id}\r\n")).unwrap_or_default();
    let date = if more.contains("Date:") { String::new() } else { format!("Date: {}\r\n", date(now())) };
    format!(
        "From: {from}\r\nTo: Laden <shop@test.local>\r\nSubject: {subject}\r\n{date}{id}{more}\
         MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    )
    .into_bytes()
}

/// This moment.
pub fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

/// As it stands in a Date header.
pub fn date(at: jiff::Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

/// The shop's mailbox as an account. Gives its id.
pub fn add_mailbox(shop: &Shop, stack: &MailStack) -> String {
    stack.add_user("shop");
    shop.add_account("email", &stack.account_values("shop"), &[("password", PASSWORD)])
}

/// Settings from pairs.
pub fn values(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

/// The contact that has this address.
pub fn contact_with(shop: &Shop, address: &str) -> Value {
    let contacts = shop.json(&["contacts", "list"]);
    let has = |c: &&Value| c["identities"].as_array().unwrap().iter().any(|i| i["address"] == address);
    contacts
        .as_array()
        .unwrap()
        .iter()
        .find(has)
        .cloned()
        .unwrap_or_else(|| panic!("nobody has {address}: {contacts}"))
}

/// One header of a raw mail, unfolded.
pub fn header(raw: &[u8], name: &str) -> Option<String> {
    let text = String::from_utf8_lossy(raw).replace("\r\n", "\n");
    let (head, _) = text.split_once("\n\n")?;
    let head = head.replace("\n ", " ").replace("\n\t", " ");
    let wanted = format!("{}:", name.to_lowercase());
    head.lines().find(|l| l.to_lowercase().starts_with(&wanted)).map(|l| l[wanted.len()..].trim().to_owned())
}

/// How often each value occurs.
pub fn counted<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeMap<T, usize> {
    let mut counts = BTreeMap::new();
    for item in items {
        *counts.entry(item).or_default() += 1;
    }
    counts
}
