//! The words of each language, with their meanings. Entries are separated by commas; an entry of several words is a
//! phrase; a star at its end takes any ending.
//!
//! They are written as people write them and folded when the tables are built (`würde`, `wuerde` are one word, and
//! `wurde` stays another).

pub(super) mod de;
pub(super) mod de_frames;
pub(super) mod en;
pub(super) mod fr;
pub(super) mod it;
pub(super) mod shared;

use super::tag::Tags;

/// Meanings, the channel if one is named, and the entries.
pub(super) type Row = (Tags, Option<&'static str>, &'static str);

pub(super) const PHONE: Option<&str> = Some("phone");
pub(super) const SMS: Option<&str> = Some("sms");
pub(super) const WHATSAPP: Option<&str> = Some("whatsapp");
pub(super) const TELEGRAM: Option<&str> = Some("telegram");
pub(super) const EMAIL: Option<&str> = Some("email");
pub(super) const POST: Option<&str> = Some("post");
pub(super) const FAX: Option<&str> = Some("fax");
pub(super) const SIGNAL: Option<&str> = Some("signal");
pub(super) const THREEMA: Option<&str> = Some("threema");
pub(super) const IN_PERSON: Option<&str> = Some("in_person");
