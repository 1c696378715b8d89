//! Whose word counts about the sender of a mail: the account's own provider, known by the name under which it signs.
//!
//! The names come from the table of providers, and from the account where somebody wrote one (`authserv_id`, several with
//! blanks between). Where none is known, nothing is known of any sender. Not here: what is made of the headers
//! (`domain::authenticity`), and what follows for customers.

use theke_domain::address::Address;
use theke_domain::authenticity::{Provider, Verdict, evaluate};
use theke_domain::message::Incoming;

use super::find;
use crate::channel::{Batch, Update};

/// How the provider of an account signs. `written`: what the account says itself.
pub fn provider(address: &str, imap_host: Option<&str>, written: Option<&str>) -> Provider {
    let names: Vec<String> = split(written.unwrap_or_default()).collect();
    if !names.is_empty() {
        return named(&names);
    }
    let domain = address.rsplit_once('@').map_or("", |(_, domain)| domain);
    find::signs(domain, imap_host)
}

/// The provider that signs by these names, or by a host below one of them.
pub fn named(names: &[String]) -> Provider {
    let names: Vec<String> = names.iter().flat_map(|names| split(names)).collect();
    let mut ids = Vec::new();
    let mut spreads = false;
    for name in names {
        if let Some(known) = find::signed_by(&name) {
            spreads |= known.spreads;
        }
        if !name.starts_with("*.") {
            ids.push(format!("*.{name}"));
        }
        ids.push(name);
    }
    Provider { ids, spreads }
}

fn split(names: &str) -> impl Iterator<Item = String> {
    names.split([' ', ',', ';']).map(|name| name.trim().to_ascii_lowercase()).filter(|name| !name.is_empty())
}

/// What the provider says of the sender of a mail.
pub fn verdict(mail: &Incoming, provider: &Provider) -> Verdict {
    let headers: Vec<&str> = mail.authentication_results.iter().map(String::as_str).collect();
    let from = mail.from.address.as_ref().map_or("", Address::value);
    evaluate(&headers, from, provider)
}

/// The same mails with the provider's word.
pub(super) fn judged(mut batch: Batch, provider: &Provider) -> Batch {
    for update in &mut batch.updates {
        if let Update::Message(mail) = update {
            mail.authentication = Some(verdict(mail, provider).outcome);
        }
    }
    batch
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_account_says_more_than_the_table_and_an_unknown_provider_says_nothing() {
        let of = |address, host, written| provider(address, host, written).ids;
        assert_eq!(of("laden@gmail.com", None, None), ["mx.google.com"]);
        assert_eq!(of("laden@velo.example", Some("imap.gmail.com"), None), ["mx.google.com"]);
        assert_eq!(of("laden@velo.example", Some("imap.velo.example"), None), [""; 0]);
        assert_eq!(
            of("laden@gmail.com", None, Some(" MX.velo.example ")),
            ["*.mx.velo.example", "mx.velo.example"]
        );
        assert!(provider("laden@icloud.com", None, None).spreads);
        assert!(!named(&["mx.google.com".to_owned()]).spreads);
        assert_eq!(named(&["".to_owned()]).ids, [""; 0]);
    }
}
