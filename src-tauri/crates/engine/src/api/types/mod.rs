//! The values that shells see. Field names are the contract of the command line and of the window alike; times
//! are RFC 3339 in UTC, ids are numbers. Only this module and the error beside it derive TypeScript.

macro_rules! shape {
    ($($(#[$doc:meta])* $vis:vis struct $name:ident { $($body:tt)* })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
        #[ts(export, export_to = "../../../../ui/src/lib/api/bindings/")]
        $vis struct $name { $($body)* }
    )+};
}
pub(crate) use shape;

mod accounts;
mod address_book;
mod articles;
mod automation;
mod backups;
mod card;
mod changes;
mod composing;
mod contacts;
mod conversations;
mod event;
mod finding;
mod hours;
mod merging;
mod packs;
mod privacy;
mod profile;
mod proposals;
mod protection;
mod replies;
mod rules;
mod security;
mod sending;
mod timeline;
mod wishes;

pub use accounts::*;
pub use address_book::*;
pub use articles::*;
pub use automation::*;
pub use backups::*;
pub use card::*;
pub use changes::*;
pub use composing::*;
pub use contacts::*;
pub use conversations::*;
pub use event::*;
pub use finding::*;
pub use hours::*;
pub use merging::*;
pub use packs::*;
pub use privacy::*;
pub use profile::*;
pub use proposals::*;
pub use protection::*;
pub use replies::*;
pub use rules::*;
pub use security::*;
pub use sending::*;
pub use timeline::*;
pub use wishes::*;
