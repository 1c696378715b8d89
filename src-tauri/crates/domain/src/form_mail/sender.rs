//! Whether a sender is a machine that writes for persons.
//!
//! Not here: what stands in the mail, except for the phrases by which forms announce themselves.

use super::Letter;
use crate::address::Address;
use crate::matching::{Mailbox, is_relay_domain, mailbox_sort};

/// Who sent the mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// The host of a known builder of forms and shops.
    Forms,
    /// A marketplace.
    Marketplace,
    /// A known telephone system.
    Calls,
    /// The shop itself: its own address, or a machine's at its own domain.
    Own,
    /// An address that nobody reads, at an unknown host.
    Unread,
}

/// Hosts whose mails come from machines. What stands below a host counts too.
const HOSTS: &[(&str, Sender)] = &[
    ("jimdo.com", Sender::Forms),
    ("jimdosite.com", Sender::Forms),
    ("wix-forms.com", Sender::Forms),
    ("crm.wix.com", Sender::Forms),
    ("wixsiteautomations.com", Sender::Forms),
    ("wixshoppers.com", Sender::Forms),
    ("squarespace.info", Sender::Forms),
    ("shopify.com", Sender::Forms),
    ("shopifyemail.com", Sender::Forms),
    ("wordpress.com", Sender::Forms),
    ("webflow.com", Sender::Forms),
    ("formspree.io", Sender::Forms),
    ("formsubmit.co", Sender::Forms),
    ("jotform.com", Sender::Forms),
    ("typeform.com", Sender::Forms),
    ("tally.so", Sender::Forms),
    ("weebly.com", Sender::Forms),
    ("netlify.com", Sender::Forms),
    ("kleinanzeigen.de", Sender::Marketplace),
    ("ebay-kleinanzeigen.de", Sender::Marketplace),
    ("ebay.com", Sender::Marketplace),
    ("ebay.de", Sender::Marketplace),
    ("ebay.at", Sender::Marketplace),
    ("ebay.ch", Sender::Marketplace),
    ("ebay.fr", Sender::Marketplace),
    ("ebay.it", Sender::Marketplace),
    ("ebay.co.uk", Sender::Marketplace),
    ("willhaben.at", Sender::Marketplace),
    ("ricardo.ch", Sender::Marketplace),
    ("tutti.ch", Sender::Marketplace),
    ("anibis.ch", Sender::Marketplace),
    ("leboncoin.fr", Sender::Marketplace),
    ("subito.it", Sender::Marketplace),
    ("etsy.com", Sender::Marketplace),
    ("fritz.box", Sender::Calls),
    ("sipgate.de", Sender::Calls),
    ("placetel.de", Sender::Calls),
    ("easybell.de", Sender::Calls),
    ("voxist.com", Sender::Calls),
];

/// Domains at which everybody has an address: they are nobody's own.
const FREE_MAIL: &str = "gmail.com googlemail.com gmx.de gmx.net gmx.ch gmx.at gmx.com web.de t-online.de freenet.de \
    outlook.com outlook.de outlook.fr outlook.it hotmail.com hotmail.de hotmail.ch hotmail.fr hotmail.it live.com live.de live.fr \
    icloud.com me.com mac.com yahoo.com yahoo.de yahoo.fr yahoo.it aol.com aol.de bluewin.ch hispeed.ch sunrise.ch \
    proton.me protonmail.com orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it alice.it tiscali.it \
    aon.at chello.at posteo.de mailbox.org 1und1.de online.de arcor.de vodafone.de btinternet.com sky.com";

/// Words by which forms announce themselves in the subject or in a line of the text, written small.
const ANNOUNCEMENTS: &[&str] = &[
    "kontaktformular",
    "kontaktanfrage",
    "anfrageformular",
    "formular auf",
    "über das formular",
    "über ihre website",
    "über ihre webseite",
    "über deine jimdo-seite",
    "nachricht über http",
    "neue nachricht von",
    "neue anfrage",
    "neuer eintrag",
    "formularübermittlung",
    "contact form",
    "form submission",
    "new submission",
    "new entry",
    "submission summary",
    "new message from",
    "customer message",
    "website enquiry",
    "formulaire de contact",
    "nouveau message",
    "nouvelle demande",
    "via le formulaire",
    "modulo di contatto",
    "modulo contatti",
    "nuovo messaggio",
    "nuova richiesta",
];

/// The machine that sent this mail; `None` for people.
pub fn sender(letter: &Letter<'_>) -> Option<Sender> {
    let address = letter.from.address.as_ref()?;
    let Address::Email { value } = address else { return None };
    let domain = domain(value);
    if letter.own.contains(address) {
        return Some(Sender::Own);
    }
    let host = HOSTS.iter().find(|(host, _)| is_within(domain, host)).map(|(_, sender)| *sender);
    if host == Some(Sender::Marketplace) || is_relay_domain(domain) {
        return Some(Sender::Marketplace);
    }
    let unread = mailbox_sort(value) == Mailbox::NoReply;
    match host {
        // People work at these firms too; their machines sign as machines.
        Some(sender) if unread || is_machine(value) => Some(sender),
        Some(_) => None,
        None if is_ours(address, letter.own) && (unread || is_site(value)) => Some(Sender::Own),
        None => unread.then_some(Sender::Unread),
    }
}

/// Names that only machines of the known hosts have.
fn is_machine(address: &str) -> bool {
    let local = address.split('@').next().unwrap_or_default();
    [
        "form",
        "mailer",
        "notif",
        "no-reply",
        "noreply",
        "message",
        "voicemail",
        "anruf",
        "fritz",
        "store",
        "info",
    ]
    .iter()
    .any(|word| local.contains(word))
}

/// Names under which websites of the shop's own domain send.
fn is_site(address: &str) -> bool {
    let local = address.split('@').next().unwrap_or_default();
    "email mail fritzbox fritz fritz.box fritz-box anrufbeantworter telefonanlage form forms formular web website webseite homepage wp server shop bestellung orders kontakt contact"
        .split(' ')
        .any(|word| word == local)
}

fn domain(address: &str) -> &str {
    address.rsplit_once('@').map_or("", |(_, domain)| domain)
}

fn is_within(domain: &str, host: &str) -> bool {
    domain.strip_suffix(host).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// One of the shop's addresses, or an address at the shop's own domain.
pub fn is_ours(address: &Address, own: &[Address]) -> bool {
    if own.contains(address) {
        return true;
    }
    let Address::Email { value } = address else { return false };
    own.iter().any(|mine| match mine {
        Address::Email { value: mine } => {
            let mine = domain(mine);
            is_within(domain(value), mine) && !FREE_MAIL.split_whitespace().any(|free| free == mine)
        }
        _ => false,
    })
}

/// Whether a line says that a form was filled in.
pub fn announces_a_form(line: &str) -> bool {
    let line: String = line.chars().take(300).collect::<String>().to_lowercase();
    ANNOUNCEMENTS.iter().any(|phrase| line.contains(phrase))
}
