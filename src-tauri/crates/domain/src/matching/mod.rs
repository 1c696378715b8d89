//! Whose message it is: the customer's address of a message, and the name that goes with it.
//!
//! A message belongs to the contact that has exactly its normalized address as an identity, and to nobody else:
//! equal names, similar addresses and shared landlines never join two customers by themselves. The look-up is one
//! unique index, so there is no function for it here; what is decided here is which address is looked up, and
//! what a display name is worth.
//!
//! Not here: suggestions which contacts may be the same.

mod customer;
mod name;

pub use customer::{Customer, customer};
pub use name::{NameSource, clean_name, name_after};
