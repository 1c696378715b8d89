//! Signs in who sent it.

use super::Sign;
use crate::address::Address;
use crate::matching::{Mailbox, mailbox_sort};
use crate::message::Party;

/// Local parts, without separators, under which mail systems write.
const SYSTEMS: &[&str] =
    &["mailerdaemon", "postmaster", "maildaemon", "mdaemon", "mailsystem", "maildeliverysystem"];

/// Display names under which mail systems write.
const SYSTEM_NAMES: &[&str] =
    &["mail delivery system", "mail delivery subsystem", "mailer-daemon", "mail administrator"];

/// Local parts, without separators, that only notices and mailings have. People and desks have none of them.
const NOTICES: &[&str] = &[
    "newsletter",
    "newsletters",
    "news",
    "mailing",
    "mailings",
    "notify",
    "alert",
    "alerts",
    "autoconfirm",
    "autoconfirmation",
    "bestellbestaetigung",
    "versandbestaetigung",
    "versandbestätigung",
    "bestellbestätigung",
    "orderupdate",
    "orderupdates",
    "shipmenttracking",
    "shipmentupdate",
    "tracking",
    "sendungsverfolgung",
    "paketankuendigung",
    "paketankündigung",
    "sendungsstatus",
    "zustellung",
    "einlieferung",
    "systemnachricht",
    "autoresponder",
    "automatik",
    "root",
    "cron",
    "nepasrepondre",
    "pasdereponse",
    "notifiche",
    "avvisi",
];

/// Addresses from which known firms send notices and never a person's letter.
const KNOWN: &[&str] = &[
    "service@paypal.de",
    "service@paypal.at",
    "service@paypal.ch",
    "service@paypal.com",
    "service@intl.paypal.com",
    "ebay@ebay.com",
    "ebay@ebay.de",
    "ebay@ebay.at",
    "ebay@ebay.ch",
    "mcinfo@ups.com",
    "pkginfo@ups.com",
    "trackingupdates@fedex.com",
    "noreply@dhl.de",
    "paket@dhl.de",
];

/// The signs of the From header.
pub fn signs(from: &Party, own: &[Address]) -> Vec<Sign> {
    let mut found = Vec::new();
    let name = from.name.as_deref().unwrap_or_default().to_lowercase();
    if SYSTEM_NAMES.iter().any(|system| name.starts_with(system)) {
        found.push(Sign::MailSystem);
    }
    // Old mail systems sign without a domain.
    let address = from.address.as_ref().map_or_else(|| bare(&from.raw), |address| address.value().to_owned());
    let local = address.split('@').next().unwrap_or_default().replace(['-', '_', '.', ' '], "");
    if SYSTEMS.contains(&local.as_str()) {
        found.push(Sign::MailSystem);
    } else if from.address.is_some() && mailbox_sort(&address) == Mailbox::NoReply {
        found.push(Sign::NoReply);
    } else if NOTICES.contains(&local.as_str()) || KNOWN.contains(&address.as_str()) {
        found.push(Sign::NoticeSender);
    }
    if from.address.as_ref().is_some_and(|from| own.contains(from)) {
        found.push(Sign::OwnAddress);
    }
    found
}

fn bare(raw: &str) -> String {
    let inner = raw.rsplit_once('<').map_or(raw, |(_, tail)| tail);
    inner.trim_matches(['<', '>', '"', ' ']).to_lowercase()
}

/// The sign of a sender that should have a telephone number: a short one, or a name in its place.
pub fn number(from: &Party) -> Option<Sign> {
    let written = from.address.as_ref().map_or(from.raw.as_str(), |address| address.value()).trim();
    let digits = written.chars().filter(char::is_ascii_digit).count();
    if written.chars().any(char::is_alphabetic) {
        return Some(Sign::AlphanumericSender);
    }
    // The shortest numbers of people have eight digits with their country.
    (digits < 8).then_some(Sign::ShortCode)
}
