//! The rules of A7 and A8 as a table: what was said, what is known, what becomes of it.

use super::*;
use crate::capability::{AddressKind, Capabilities};
use crate::ids::AccountId;
use crate::medium::ChannelKind;
use crate::routing::Health;
use crate::wish;

const MAIL: &str = "rosa@kunde.example";
const MOBILE: &str = "+491512345678";

fn account(id: i64, medium: &str, address_kind: AddressKind) -> Account {
    Account {
        id: AccountId(id),
        kind: ChannelKind::new(medium),
        medium: Medium::new(medium),
        address_kind,
        capabilities: Capabilities::TEXT,
        enabled: true,
        health: Health::Ok,
        is_default: false,
    }
}

fn identity(text: &str) -> Identity {
    let address = Address::parse(text, "DE").unwrap();
    Identity { address, state: AddressState::Ok, last_account: None, last_in_at: None, last_out_at: None }
}

/// `act`, `act +49…`, `ask why` or `ignore why`.
fn told(text: &str, change: impl FnOnce(&mut Vec<Identity>, &mut Vec<Account>, &mut Known<'_>)) -> String {
    let from = Address::parse(MAIL, "DE").unwrap();
    let mut identities = vec![identity(MAIL), identity(MOBILE)];
    let mut accounts = vec![account(1, "email", AddressKind::Email), account(2, "sms", AddressKind::Phone)];
    let mut known = Known {
        authentication: Outcome::Pass,
        age_secs: 60,
        spam: false,
        overtaken: false,
        identities: &[],
        accounts: &[],
        country: "DE",
        from: &from,
    };
    change(&mut identities, &mut accounts, &mut known);
    let known = Known { identities: &identities, accounts: &accounts, ..known };
    let wish = wish::read(text, &Medium::new("email"));
    assert!(wish.scope.is_some(), "no wish in {text:?}");
    match heed(&wish, &known) {
        Heed::Act(None) => "act".to_owned(),
        Heed::Act(Some(address)) => format!("act {}", address.value()),
        Heed::Ask(why) => format!("ask {}", why.word()),
        Heed::Ignore(why) => format!("ignore {}", why.word()),
    }
}

const ONCE: &str = "Bitte geben Sie mir per SMS Bescheid.";
const ALWAYS: &str = "Bitte schreiben Sie mir künftig nur noch per SMS.";
const IF: &str = "Falls etwas unklar ist, rufen Sie mich bitte an.";
const CALL: &str = "Bitte rufen Sie mich an.";

#[test]
fn who_vouches_decides_how_far_a_wish_goes() {
    use Outcome::{Fail, None, Pass, Untrusted};
    let table = [
        (ONCE, Pass, "act"),
        (ONCE, None, "act"),
        (ONCE, Fail, "ignore untrusted"),
        (ONCE, Untrusted, "ignore untrusted"),
        (ALWAYS, Pass, "act"),
        (ALWAYS, None, "ask no_voucher"),
        (ALWAYS, Fail, "ignore untrusted"),
        (ALWAYS, Untrusted, "ignore untrusted"),
        (IF, Pass, "ask conditional"),
        (IF, Fail, "ignore untrusted"),
        (CALL, None, "act +491512345678"),
        (CALL, Untrusted, "ignore untrusted"),
    ];
    for (text, authentication, expected) in table {
        let found = told(text, |_, _, known| known.authentication = authentication);
        assert_eq!(found, expected, "{text} {authentication:?}");
    }
}

#[test]
fn age_spam_and_newer_words() {
    let aged = |secs| told(ALWAYS, |_, _, known| known.age_secs = secs);
    assert_eq!(aged(ACTS_MAX_SECS), "act");
    assert_eq!(aged(ACTS_MAX_SECS + 1), "ignore old");
    assert_eq!(told(ONCE, |_, _, known| known.spam = true), "ignore spam");
    assert_eq!(told(ONCE, |_, _, known| known.overtaken = true), "ignore overtaken");
}

#[test]
fn only_an_address_that_is_the_customers_already() {
    let to = |number: &str| format!("Bitte schicken Sie mir ein SMS auf {number}.");
    assert_eq!(told(&to("0151 2345678"), |_, _, _| {}), "act +491512345678");
    assert_eq!(told(&to("0151 99999999"), |_, _, _| {}), "ask new_address");
    assert_eq!(told(ONCE, |identities, _, _| identities.truncate(1)), "ask no_address");
    assert_eq!(told(ONCE, |_, accounts, _| accounts.truncate(1)), "ask no_account");
    assert_eq!(told(ONCE, |_, accounts, _| accounts[1].enabled = false), "ask no_account");
    assert_eq!(told(ONCE, |identities, _, _| identities[1].state = AddressState::OptedOut), "ask no_address");
}

#[test]
fn dear_numbers_and_other_countries_are_asked_about() {
    assert_eq!(told("Bitte schicken Sie mir ein SMS auf 0900 5123456.", |_, _, _| {}), "ask costly");
    assert_eq!(told(ONCE, |all, _, _| all[1] = identity("+41795550123")), "ask other_country");
    assert_eq!(told(ONCE, |_, _, known| known.country = "CH"), "ask other_country");
    assert_eq!(told("Rufen Sie mich bitte unter 0900 5123456 zurück.", |_, _, _| {}), "ask costly");
    assert_eq!(
        told("Rufen Sie mich bitte unter +41 44 268 13 00 zurück.", |_, _, _| {}),
        "ask other_country"
    );
}

#[test]
fn a_call_needs_no_linked_number_but_a_voucher_for_a_new_one() {
    const NEW: &str = "Rufen Sie mich bitte unter 0151 99999999 zurück.";
    assert_eq!(told(NEW, |_, _, _| {}), "act");
    assert_eq!(told(NEW, |_, _, known| known.authentication = Outcome::None), "ask new_address");
    assert_eq!(told(CALL, |identities, _, _| identities.truncate(1)), "act");
}

#[test]
fn leaving_is_heeded_from_whoever_is_not_forged() {
    let from = Address::parse(MOBILE, "DE").unwrap();
    let known = |authentication| Known {
        authentication,
        age_secs: 10 * 24 * 3600,
        spam: false,
        overtaken: false,
        identities: &[],
        accounts: &[],
        country: "DE",
        from: &from,
    };
    assert_eq!(heed_opt_out(&known(Outcome::Pass)), Ok(OptOut::EveryAddress));
    assert_eq!(heed_opt_out(&known(Outcome::None)), Ok(OptOut::ThisAddress));
    assert_eq!(heed_opt_out(&known(Outcome::Fail)), Err(Why::Untrusted));
    let late = Known { overtaken: true, ..known(Outcome::Pass) };
    assert_eq!(heed_opt_out(&late), Err(Why::Overtaken));
}

#[test]
fn the_words_by_which_people_come_back() {
    for text in ["START", "start!", " Wieder anmelden. ", "Réabonner", "S’abonner", "UNSTOP"] {
        assert!(is_opt_in(text), "{text}");
    }
    for text in ["Wann ist der Start?", "stop", "ja", "", "Bitte um Anmeldung zum Kurs"] {
        assert!(!is_opt_in(text), "{text}");
    }
}
