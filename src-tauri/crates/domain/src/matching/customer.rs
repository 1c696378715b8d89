//! Which of the people in a message's head is the customer.

use super::reach::mailbox::{self, Mailbox};
use crate::address::Address;
use crate::message::{Direction, Party};

/// The customer of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Customer<'a> {
    /// Who.
    pub party: &'a Party,
    /// `from`, `reply_to`, `to` or `cc`: where it stood.
    pub found_in: &'static str,
}

/// The customer of a message: the sender of an incoming one, the first recipient that is not ourselves of an
/// outgoing one. Where the sender is the shop itself or a robot that cannot be answered (a contact form), the
/// first foreign Reply-To is. `own`: the addresses of the shop's accounts. `None` where nobody has an address.
pub fn customer<'a>(
    direction: Direction,
    from: &'a Party,
    reply_to: &'a [Party],
    to: &'a [Party],
    cc: &'a [Party],
    own: &[Address],
) -> Option<Customer<'a>> {
    let foreign = |party: &&Party| party.address.as_ref().is_some_and(|address| !own.contains(address));
    let first = |parties: &'a [Party], found_in| {
        parties.iter().find(foreign).map(|party| Customer { party, found_in })
    };
    match direction {
        Direction::Out => first(to, "to").or_else(|| first(cc, "cc")),
        Direction::In => {
            let sender = Some(from).filter(foreign);
            let answerable = sender.filter(|party| !party.address.as_ref().is_some_and(is_robot));
            answerable
                .map(|party| Customer { party, found_in: "from" })
                .or_else(|| first(reply_to, "reply_to"))
                .or_else(|| sender.map(|party| Customer { party, found_in: "from" }))
        }
    }
}

/// Mailboxes that nobody reads.
fn is_robot(address: &Address) -> bool {
    matches!(address, Address::Email { value } if mailbox::sort(value) == Mailbox::NoReply)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(value: &str) -> Party {
        Party { name: None, address: Address::parse(value, "DE").ok(), raw: value.to_owned() }
    }

    #[test]
    fn the_customer_is_found() {
        let own = [party("laden@shop.example").address.unwrap()];
        let (rosa, shop, form, max) = (
            party("rosa@kunde.example"),
            party("laden@shop.example"),
            party("no-reply@form.example"),
            party("max@kunde.example"),
        );
        let nobody = party("undisclosed");
        let who = |direction, from: &Party, reply_to: &[Party], to: &[Party], cc: &[Party]| {
            customer(direction, from, reply_to, to, cc, &own)
                .map(|found| format!("{} {}", found.party.raw, found.found_in))
        };
        let (r, s, m) =
            (std::slice::from_ref(&rosa), std::slice::from_ref(&shop), std::slice::from_ref(&max));
        let table = [
            (who(Direction::In, &rosa, &[], s, &[]), Some("rosa@kunde.example from")),
            (who(Direction::In, &rosa, m, s, &[]), Some("rosa@kunde.example from")),
            (who(Direction::In, &shop, r, s, &[]), Some("rosa@kunde.example reply_to")),
            (who(Direction::In, &form, r, s, &[]), Some("rosa@kunde.example reply_to")),
            (who(Direction::In, &form, &[], s, &[]), Some("no-reply@form.example from")),
            (who(Direction::In, &nobody, &[], s, &[]), None),
            (who(Direction::In, &shop, &[], s, &[]), None),
            (who(Direction::Out, &shop, &[], r, m), Some("rosa@kunde.example to")),
            (who(Direction::Out, &shop, &[], s, m), Some("max@kunde.example cc")),
        ];
        for (found, expected) in table {
            assert_eq!(found.as_deref(), expected);
        }
    }
}
