//! Orders that a shop system (WooCommerce, Shopware, Shopify and others) tells the shop about.

use super::labels::{self, Field};
use super::{FormKind, FormMail, Found, FoundIn, Letter, Voucher};
use crate::address::Address;
use crate::matching::clean_name;

/// Words of the subject or the first lines that tell of an order.
const ORDERS: &[&str] = &[
    "neue bestellung",
    "neue kundenbestellung",
    "bestellung eingegangen",
    "bestellung von",
    "new order",
    "new customer order",
    "order placed by",
    "received an order from",
    "received the following order",
    "nouvelle commande",
    "commande de",
    "nuovo ordine",
    "ordine da",
    "sie haben eine bestellung",
    "du hast eine bestellung",
    "sie haben die folgende bestellung",
    "neuer auftrag",
];

/// Headings above the buyer's address, without a colon.
const BILLING: &[&str] = &[
    "rechnungsadresse",
    "rechnungsanschrift",
    "billing address",
    "adresse de facturation",
    "indirizzo di fatturazione",
    "kundendetails",
    "customer details",
    "lieferadresse",
    "shipping address",
    "adresse de livraison",
    "indirizzo di spedizione",
];

/// Reads such a mail; `None` if it is none, or says nothing of the buyer.
pub fn read(letter: &Letter<'_>, lines: &[String]) -> Option<FormMail> {
    let head = lines.iter().filter(|line| !line.is_empty()).take(5).map(String::as_str);
    let opening = std::iter::once(letter.subject).chain(head).collect::<Vec<_>>().join("\n").to_lowercase();
    if !ORDERS.iter().any(|words| opening.contains(words)) {
        return None;
    }
    let fields = labels::fields(lines);
    let block = billing_block(lines);
    let email_in_block = block.iter().find_map(|line| labels::address_in(line, letter));
    let answer_to = letter.answer_to();
    let email = answer_to
        .and_then(|party| party.address.clone())
        .map(|value| Found { value, found_in: FoundIn::ReplyTo })
        .or_else(|| {
            fields.email(letter).or(email_in_block).map(|value| Found { value, found_in: FoundIn::Body })
        });
    let phone = fields.phone(letter).or_else(|| block.iter().find_map(|line| phone_line(line, letter)));
    let by_block = block.first().filter(|line| !line.contains(|c: char| c.is_ascii_digit() || c == '@'));
    let by_header = answer_to.and_then(|party| clean_name(party.name.as_deref()?, party.address.as_ref()));
    let name = by_block
        .and_then(|line| clean_name(line, None))
        .or_else(|| fields.name())
        .map(|value| Found { value, found_in: FoundIn::Body })
        .or_else(|| by_header.map(|value| Found { value, found_in: FoundIn::ReplyTo }));
    if email.is_none() && phone.is_none() {
        return None;
    }
    Some(FormMail {
        kind: FormKind::Order,
        voucher: Voucher::Nobody,
        name,
        email,
        phone: phone.map(|value| Found { value, found_in: FoundIn::Body }),
        relay: None,
        subject: None,
        text: fields.get(Field::Message),
    })
}

/// The lines below the first heading of an address.
fn billing_block(lines: &[String]) -> Vec<&str> {
    let heading = |line: &String| {
        let lower = line.trim_end_matches(':').to_lowercase();
        BILLING.contains(&lower.as_str())
    };
    let Some(at) = lines.iter().position(heading) else { return Vec::new() };
    let below = lines
        .iter()
        .skip(at + 1)
        .skip_while(|line| line.is_empty() || line.chars().all(|c| "-=_".contains(c)));
    below.take(10).take_while(|line| !line.is_empty()).map(String::as_str).collect()
}

/// A line that is a telephone number and nothing else.
fn phone_line(line: &str, letter: &Letter<'_>) -> Option<Address> {
    let digits = line.chars().filter(char::is_ascii_digit).count();
    (digits >= 8 && line.starts_with(['+', '0', '(']) || line.to_lowercase().starts_with("tel"))
        .then(|| letter.phone(line))
        .flatten()
}
