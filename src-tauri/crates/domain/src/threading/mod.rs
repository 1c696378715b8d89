//! Which conversation a message belongs to: the facts and the decision, pure.
//!
//! The order is header link, equal subject with a reply mark, order number in common, the one open conversation
//! of a channel without threads, and else a new conversation. A wrong join shows one customer's words under
//! another's name, a missing one costs a click: so every rule but the header needs the same customer, and the
//! header is not believed where it comes from a mailing to many or from an id that several people use.
//!
//! Not here: looking the facts up (`theke-engine` asks `theke-store`), and moving, joining and splitting by hand.

mod choose;
mod order;
mod subject;

pub use choose::{
    Arrival, Because, Candidate, Choice, Facts, Link, LinkKind, Recent, by_header, by_order, by_recent,
    by_subject, choose_conversation,
};
pub use order::order_key;
pub use subject::{Subject, subject};

/// A message id as it is compared: without blanks, in lower case (some programs change the case), `''` for none.
///
/// Stored ids keep their case, because answers have to repeat them; look them up by `lower(message_ref)`.
pub fn reference_key(id: &str) -> String {
    id.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>().to_ascii_lowercase()
}

/// Whether an address is a mail system's own: what comes from there belongs to the message that it is about.
pub fn is_mail_system(address: &str) -> bool {
    let local = address.split('@').next().unwrap_or_default().to_ascii_lowercase();
    matches!(local.as_str(), "mailer-daemon" | "mailerdaemon" | "mail-daemon" | "mdaemon" | "postmaster")
}

#[cfg(test)]
mod tests;
