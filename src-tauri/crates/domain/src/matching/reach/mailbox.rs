//! What sort of mailbox an e-mail address is, and which spellings of one mailbox there are.
//!
//! Not here: whether an address is valid (`address::email`).

use crate::matching::listed;
use crate::matching::names::is_first_name;

/// Whose a mailbox is, as far as its address tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mailbox {
    /// A person's, as far as one can tell.
    Personal,
    /// A desk's: `info@`, `bestellung@`.
    Role,
    /// A family's: `familie.meier@`.
    Family,
    /// Nobody reads it: `no-reply@`, bounces, daemons.
    NoReply,
    /// A marketplace passes it on to one of its buyers.
    Relay,
    /// Typed because the field must not stay empty.
    Placeholder,
    /// Perhaps somebody's, perhaps invented: `test@`.
    Doubtful,
}

/// Words of a local part that make it a desk's, alone or beside others.
const ROLES: &str = "\
    info infos kontakt contact contatti contatto office buero büro support verkauf sales vertrieb service \
    services kundendienst kundenservice bestellung bestellungen order orders buchhaltung rechnung rechnungen \
    invoice invoices billing admin administration sekretariat secretariat empfang reception rezeption team \
    praxis leitung direktion direction direzione verwaltung hausverwaltung werkstatt shop kasse vorstand \
    webmaster postmaster hostmaster abuse marketing presse press hr jobs bewerbung einkauf purchasing anfrage \
    anfragen enquiries enquiry inquiry bibliothek schule kanzlei zentrale accueil commandes commande ventes \
    comptabilite facturation segreteria ordini vendite amministrazione informazioni prenotazioni reservations \
    reservation booking bookings termine hotel restaurant pfarramt gemeinde dispo lager logistik technik \
    redaktion newsletter help helpdesk hilfe garage accounts accounting finance finanzen personalabteilung \
    lehrerzimmer hauswart hausmeister reparatur reparaturen apotheke hello hallo bonjour ciao kundenbetreuung \
    clienti clients customerservice customercare care mairie comune ecole scuola biblioteca bibliotheque \
    stadtverwaltung rektorat spedition assistenza acquisti achats magazzino staff noc security datenschutz \
    privacy kita laden boutique atelier studio salon cafe";

/// Words that make it a desk's only if nothing else stands beside them.
const ROLES_ALONE: &str = "\
    mail email e-mail post all alle web personal home firma chef me account kundin kunde courrier posta hi \
    general main company zuhause ufficio bureau";

/// Words that make it a family's.
const FAMILIES: &str = "wg familie fam family famille famiglia haushalt eltern und and et";

/// Local parts, without separators, that begin so are read by nobody.
const NOBODY: &str = "\
    noreply donotreply dontreply nepasrepondre nichtantworten bittenichtantworten keineantwort nonrispondere \
    noresponse mailerdaemon bounce bounces notification notifications benachrichtigung automail autoreply \
    daemon nobody wordpress robot mailer alerts formular webform kontaktformular contactform formmail \
    cgimailer wwwdata apache system";

/// What people type who have no address or do not tell it.
const PLACEHOLDERS: &str = "\
    keine kein keinemail keineemail keinee-mail none nomail noemail unbekannt unknown niemand xxx xx na \
    anonym anonymous sansmail pasdemail nessuna nessuno aucun aucune inconnu keineangabe leer \
    nomailaddress nicht ohne";

/// Local parts that people invent, and that may exist.
const INVENTED: &str = "test testtest dummy fake asdf muster mustermann";

/// Domains (with what stands below them) of marketplaces that pass mails on. Those of Kleinanzeigen, eBay and Amazon
/// were seen in mails; the others are as far as is known, and a wrong one only means a question more.
const RELAYS: &[&str] = &[
    "mail.kleinanzeigen.de",
    "mail.ebay-kleinanzeigen.de",
    "members.ebay.com",
    "members.ebay.de",
    "members.ebay.ch",
    "members.ebay.at",
    "members.ebay.fr",
    "members.ebay.it",
    "members.ebay.co.uk",
    "marketplace.amazon.com",
    "marketplace.amazon.de",
    "marketplace.amazon.fr",
    "marketplace.amazon.it",
    "marketplace.amazon.co.uk",
    "messages.etsy.com",
    "message.ricardo.ch",
    "reply.airbnb.com",
    "guest.booking.com",
    "property.booking.com",
    "messages.leboncoin.fr",
    "messagerie.leboncoin.fr",
    "mail.willhaben.at",
    "mail.subito.it",
    "reply.facebook.com",
    "facebookmail.com",
    "mail.tutti.ch",
    "reply.tutti.ch",
];

/// Providers where a dot in the local part and anything behind a plus make no other mailbox.
const DOTLESS: &[&str] = &["gmail", "googlemail"];

/// The parts of a local part between dots, dashes, underscores and plus signs, trailing digits off.
fn words(local: &str) -> impl Iterator<Item = &str> {
    local
        .split(['.', '-', '_', '+'])
        .map(|word| word.trim_end_matches(|c: char| c.is_ascii_digit()))
        .filter(|word| !word.is_empty())
}

/// What sort of mailbox a normalized address is.
pub fn sort(address: &str) -> Mailbox {
    let Some((local, domain)) = address.rsplit_once('@') else { return Mailbox::Placeholder };
    let joined = local.replace(['-', '_', '.'], "");
    let label = domain.split('.').next().unwrap_or_default();
    let repeated = joined.len() < 4 && label == joined;
    if listed(PLACEHOLDERS, &joined) || repeated {
        return Mailbox::Placeholder;
    }
    if is_relay_domain(domain) {
        return Mailbox::Relay;
    }
    if listed(INVENTED, &joined) {
        return Mailbox::Doubtful;
    }
    if is_nobody(&joined) {
        return Mailbox::NoReply;
    }
    let family =
        words(local).any(|word| listed(FAMILIES, word)) || joined.starts_with("fam") || is_couple(&joined);
    if family {
        return Mailbox::Family;
    }
    let alone = listed(ROLES_ALONE, local.trim_end_matches(|c: char| c.is_ascii_digit()));
    if alone || words(local).any(|word| listed(ROLES, word)) { Mailbox::Role } else { Mailbox::Personal }
}

/// `annaundkarl`: two first names and a word between.
fn is_couple(joined: &str) -> bool {
    ["und", "and", "et", "&"].iter().any(|and| {
        joined.match_indices(and).any(|(at, _)| {
            let (first, rest) = joined.split_at_checked(at).unwrap_or((joined, ""));
            let second = rest.strip_prefix(and).unwrap_or_default();
            first.len() > 2 && second.len() > 2 && is_first_name(first) && is_first_name(second)
        })
    })
}

/// A local part without separators that nobody reads.
fn is_nobody(joined: &str) -> bool {
    let exact = joined.trim_end_matches(|c: char| c.is_ascii_digit());
    listed(NOBODY, exact)
        || NOBODY.split(' ').any(|word| word.len() > 6 && word != "formular" && joined.starts_with(word))
        || joined.ends_with("noreply")
}

/// Whether a domain passes mails on for a marketplace.
pub fn is_relay_domain(domain: &str) -> bool {
    RELAYS
        .iter()
        .any(|relay| domain.strip_suffix(relay).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

/// The mailbox behind an address if dots, plus-tags and the provider's second domain meant nothing. Equal for
/// `r.kunde+rad@googlemail.com` and `rkunde@gmail.com`.
pub fn folded(address: &str) -> String {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let (head, tail) = domain.split_once('.').unwrap_or((domain, ""));
    let head = if DOTLESS.contains(&head) { "gmail" } else { head };
    format!("{}@{head}.{tail}", folded_local(local))
}

/// A local part without dots and plus-tag.
pub fn folded_local(local: &str) -> String {
    let head = local.split('+').next().filter(|head| !head.is_empty()).unwrap_or(local);
    head.replace('.', "")
}

/// Whether the provider itself takes both spellings for one mailbox.
pub fn is_dotless(address: &str) -> bool {
    let head = address.rsplit_once('@').and_then(|(_, domain)| domain.split('.').next());
    head.is_some_and(|head| DOTLESS.contains(&head))
}

/// Whether two addresses may be one mistyped: one slip in the whole, or one local part at domains that differ by an
/// ending.
pub fn nearly(a: &str, b: &str) -> bool {
    let (Some((local_a, domain_a)), Some((local_b, domain_b))) = (a.rsplit_once('@'), b.rsplit_once('@'))
    else {
        return false;
    };
    if local_a == local_b {
        let within = |x: &str, y: &str| x.strip_prefix(y).is_some_and(|rest| rest.starts_with('.'));
        let below = |x: &str, y: &str| x.strip_suffix(y).is_some_and(|rest| rest.ends_with('.'));
        let pairs = [(domain_a, domain_b), (domain_b, domain_a)];
        let heads = domain_a.split('.').next() == domain_b.split('.').next();
        return heads
            || pairs.iter().any(|(x, y)| within(x, y) || below(x, y))
            || strsim::osa_distance(domain_a, domain_b) <= 1;
    }
    domain_a == domain_b
        && local_a.len().abs_diff(local_b.len()) <= 2
        && strsim::osa_distance(local_a, local_b) == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mailboxes_are_sorted() {
        let table = [
            ("rosa@kunde.example", Mailbox::Personal),
            ("informatik.meier@kunde.example", Mailbox::Personal),
            ("nähstube@faden.example", Mailbox::Personal),
            ("info@hofacker.example", Mailbox::Role),
            ("info.zuerich@hofacker.example", Mailbox::Role),
            ("verkauf2@hofacker.example", Mailbox::Role),
            ("mail@hofacker.example", Mailbox::Role),
            ("rosa.mail@hofacker.example", Mailbox::Personal),
            ("familie.ulmenrain@example.org", Mailbox::Family),
            ("familieulmenrain@example.org", Mailbox::Family),
            ("annaundkarl@example.org", Mailbox::Family),
            ("roland@example.org", Mailbox::Personal),
            ("wg-dach@example.org", Mailbox::Family),
            ("anna.und.karl@example.org", Mailbox::Family),
            ("no-reply@versand.example", Mailbox::NoReply),
            ("shop-noreply@versand.example", Mailbox::NoReply),
            ("mailer-daemon@versand.example", Mailbox::NoReply),
            ("wordpress@laden.example", Mailbox::NoReply),
            ("nora.eply@laden.example", Mailbox::Personal),
            ("keine@email.example", Mailbox::Placeholder),
            ("xx@xx.example", Mailbox::Placeholder),
            ("test@kunde.example", Mailbox::Doubtful),
            ("interessent-abc@mail.kleinanzeigen.de", Mailbox::Relay),
            ("buyer_12@members.ebay.de", Mailbox::Relay),
        ];
        for (address, expected) in table {
            assert_eq!(sort(address), expected, "{address}");
        }
    }

    #[test]
    fn spellings_of_one_mailbox_fold_together() {
        assert_eq!(folded("r.kunde+rad@googlemail.com"), folded("rkunde@gmail.com"));
        assert_eq!(folded("anja@googlemail.example"), folded("anja@gmail.example"));
        assert_ne!(folded("anja@gmx.example"), folded("anja@gmail.example"));
        assert!(nearly("lars.torfstich@example.com", "lars.torfstcih@example.com"));
        assert!(nearly("lena@mailbox.example", "lena@mailbox.example.com"));
        assert!(nearly("rosa@kunde.example", "rosa@kunde.exampel"));
        assert!(!nearly("rosa@kunde.example", "rosa@anders.example"));
        assert!(!nearly("rosa@kunde.example", "max@kunde.example"));
    }
}
