//! Whether a message is by whom it says (promise A8), for what is done on its word alone.
//!
//! A mail is as good as the account's own provider says. Other channels know their senders: their provider delivers under
//! no name but the sender's own. A message that stands for somebody else than its sender (a form of the shop's own site,
//! a marketplace) proves the form, not the customer.
//!
//! Not here: what the provider said; the channel reads that.

use theke_domain::address::Address;
use theke_domain::authenticity::Outcome;
use theke_domain::message::Incoming;

/// Who vouches for `customer` having written this.
pub fn of(incoming: &Incoming, customer: &Address) -> Outcome {
    let by_provider = match (incoming.authentication, &incoming.from.address) {
        (Some(said), _) => said,
        (None, Some(Address::Email { .. }) | None) => Outcome::None,
        (None, Some(Address::Phone { .. } | Address::Handle { .. })) => Outcome::Pass,
    };
    let stands_for_another = incoming.from.address.as_ref() != Some(customer);
    if by_provider == Outcome::Pass && stands_for_another { Outcome::None } else { by_provider }
}

#[cfg(test)]
mod tests {
    use super::*;
    use theke_domain::message::{Completeness, Direction, Flags, Party, RemoteId, ThreadHeaders};
    use theke_domain::time::Timestamp;

    fn from(text: &str, authentication: Option<Outcome>) -> Incoming {
        let address = Address::parse(text, "DE").ok();
        Incoming {
            remote_id: RemoteId("1".to_owned()),
            content_key: None,
            direction: Direction::In,
            at: Timestamp(0),
            received_at: Timestamp(0),
            from: Party { name: None, address, raw: text.to_owned() },
            to: Vec::new(),
            cc: Vec::new(),
            reply_to: Vec::new(),
            subject: None,
            text: String::new(),
            text_without_quote: String::new(),
            html: None,
            thread: ThreadHeaders::default(),
            parts: Vec::new(),
            flags: Flags::default(),
            source: None,
            completeness: Completeness::Whole,
            problems: Vec::new(),
            spam: false,
            authentication_results: Vec::new(),
            signs: Vec::new(),
            bounce: None,
            authentication,
        }
    }

    #[test]
    fn who_vouches_for_whom() {
        const ROSA: &str = "rosa@kunde.example";
        let table = [
            (ROSA, None, ROSA, Outcome::None),
            (ROSA, Some(Outcome::Pass), ROSA, Outcome::Pass),
            (ROSA, Some(Outcome::Fail), ROSA, Outcome::Fail),
            (ROSA, Some(Outcome::Untrusted), ROSA, Outcome::Untrusted),
            ("formular@velo.example", Some(Outcome::Pass), ROSA, Outcome::None),
            ("formular@velo.example", Some(Outcome::Fail), ROSA, Outcome::Fail),
            ("+491512345678", None, "+491512345678", Outcome::Pass),
            ("telegram:42", None, "telegram:42", Outcome::Pass),
            ("kein Absender", None, ROSA, Outcome::None),
        ];
        for (sender, said, customer, expected) in table {
            let customer = Address::parse(customer, "DE").unwrap();
            assert_eq!(of(&from(sender, said), &customer), expected, "{sender} {said:?}");
        }
    }
}
