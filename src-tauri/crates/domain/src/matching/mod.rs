//! Whose message it is: the customer's address of a message, the name that goes with it, and which two records are
//! one customer.
//!
//! A message belongs to the contact that has exactly its normalized address as an identity, and to nobody else:
//! equal names, similar addresses and shared landlines never join two customers by themselves. The look-up is one
//! unique index, so there is no function for it here; what is decided here is which address is looked up, whether
//! it may link by itself ([`strong_key_policy`]), and which records a person should be asked about ([`compare`],
//! within the records that share one of the [`block_keys`]).
//!
//! Not here: merging, undoing, and remembering what a person decided.

mod block;
mod compare;
mod customer;
mod name;
mod names;
mod policy;
mod reach;

pub use block::{block_keys, keys_of};
pub use compare::{Link, Prepared, Reason, Record, Verdict, compare, compare_prepared};
pub use customer::{Customer, customer};
pub use name::{NameSource, clean_name, name_after};
pub use names::sound::written_out;
pub use policy::{NoKey, SharedKey, StrongKey, strong_key_policy};
pub use reach::mailbox::{Mailbox, is_relay_domain, sort as mailbox_sort};

/// Whether `word` stands in a list of words between blanks.
fn listed(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
}

#[cfg(test)]
mod tests;
