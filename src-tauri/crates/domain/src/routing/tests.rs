//! The same customer and the same shop, asked in many ways.

use proptest::prelude::*;

use super::*;
use crate::capability::Segments;

const NOW: Timestamp = Timestamp::from_secs(1_800_000_000);
const MAIL: &str = "rosa@kunde.example";
const MOBILE: &str = "+41795550123";

fn hours_ago(hours: i64) -> Timestamp {
    NOW.plus_secs(-3600 * hours)
}

fn email(value: &str) -> Address {
    Address::Email { value: value.to_owned() }
}

fn phone(value: &str) -> Address {
    Address::Phone { value: value.to_owned() }
}

fn account(id: i64, medium: &str, address_kind: AddressKind) -> Account {
    Account {
        id: AccountId(id),
        kind: ChannelKind::new(format!("kind-{medium}-{id}")),
        medium: Medium::new(medium),
        address_kind,
        capabilities: Capabilities { attachment_max_bytes: Some(1000), ..Capabilities::TEXT },
        enabled: true,
        health: Health::Ok,
        is_default: false,
    }
}

fn identity(address: Address) -> Identity {
    Identity {
        address,
        state: AddressState::Ok,
        last_account: None,
        last_in_at: Some(hours_ago(2)),
        last_out_at: None,
    }
}

/// A mailbox (1) and an SMS number (2); the customer has both addresses and wrote by mail.
fn shop() -> Request {
    let mut sms = account(2, "sms", AddressKind::Phone);
    sms.capabilities = Capabilities {
        segments: Segments::Sms,
        text_max_chars: Some(480),
        attachment_max_bytes: None,
        ..Capabilities::TEXT
    };
    Request {
        via: None,
        wish: None,
        refused: Vec::new(),
        asked_from: None,
        preference: None,
        last_in: Some(Used { account: AccountId(1), address: Some(email(MAIL)), at: hours_ago(2) }),
        last_out: None,
        identities: vec![identity(email(MAIL)), identity(phone(MOBILE))],
        accounts: vec![account(1, "email", AddressKind::Email), sms],
        draft: Draft::default(),
        now: NOW,
    }
}

/// `account reason…`, then `!code` of every refusal.
fn told(request: &Request) -> String {
    let decision = choose(request);
    let mut words = match &decision.route {
        Ok(route) => vec![route.account.to_string()],
        Err(no) => vec![format!("none:{}", no.code())],
    };
    words.extend(
        decision.route.iter().flat_map(|route| route.reasons.iter().map(|reason| reason.code().to_owned())),
    );
    words.extend(decision.refused.iter().map(|refused| format!("!{}", refused.why.code())));
    words.join(" ")
}

fn prefers(medium: &str) -> Option<Preference> {
    Some(Preference {
        medium: Medium::new(medium),
        address: None,
        source: PreferenceSource::Hand,
        since: hours_ago(500),
        evidence: String::new(),
    })
}

fn wishes(medium: &str) -> Option<Wished> {
    let evidence = format!("bitte per {medium}");
    Some(Wished { medium: Medium::new(medium), address: None, since: Some(hours_ago(2)), evidence })
}

fn refuses(medium: &str) -> RefusedMedium {
    RefusedMedium { medium: Medium::new(medium), since: hours_ago(3), evidence: "keine SMS".to_owned() }
}

#[test]
fn the_order_of_wishes() {
    let mut request = shop();
    assert_eq!(told(&request), "1 last_message");
    request.preference = prefers("sms");
    assert_eq!(told(&request), "2 preference");
    request.wish = wishes("email");
    assert_eq!(told(&request), "1 wish");
    request.via = Some(Medium::new("sms"));
    assert_eq!(told(&request), "2 chosen_by_person");
    let mut request = shop();
    request.last_in = None;
    request.last_out = Some(Used { account: AccountId(2), address: None, at: hours_ago(1) });
    assert_eq!(told(&request), "2 last_worked");
    request.last_out = None;
    assert_eq!(told(&request), "1 reachable");
}

/// A name, a change to the shop, and what is told then.
type Case = (&'static str, fn(&mut Request), &'static str);

#[test]
fn what_is_not_possible_is_refused_and_said() {
    let table: [Case; 16] = [
        ("too long", |r| r.draft.text_chars = 481, "1 last_message !text_too_long"),
        ("files by SMS", |r| r.draft.attachment_bytes = vec![10], "1 last_message !no_attachments"),
        ("no number", |r| r.identities.truncate(1), "1 last_message !no_address"),
        ("no SMS account", |r| r.accounts.truncate(1), "1 last_message !no_account"),
        ("switched off", |r| r.accounts[1].enabled = false, "1 last_message !account_off"),
        ("receives only", |r| r.accounts[1].capabilities.sends = false, "1 last_message !cannot_send"),
        (
            "needs attention",
            |r| r.accounts[1].health = Health::NeedsAttention,
            "1 last_message !account_needs_attention",
        ),
        ("offline", |r| r.accounts[1].health = Health::Offline, "2 preference waits_for_network"),
        ("opted out", |r| r.identities[1].state = AddressState::OptedOut, "1 last_message !opted_out"),
        ("bounced", |r| r.identities[1].state = AddressState::Bounced, "1 last_message !bounced"),
        (
            "premium number",
            |r| r.identities[1].address = phone("+41901123456"),
            "1 last_message !number_refused",
        ),
        ("short number", |r| r.identities[1].address = phone("144"), "1 last_message !number_refused"),
        (
            "window",
            |r| {
                r.accounts[1].capabilities.reply_window_hours = Some(24);
                r.identities[1].last_in_at = Some(hours_ago(25));
            },
            "1 last_message !window_closed",
        ),
        ("in the window", |r| r.accounts[1].capabilities.reply_window_hours = Some(24), "2 preference"),
        (
            "never wrote",
            |r| {
                r.accounts[1].capabilities.answers_only = true;
                r.identities[1].last_in_at = None;
            },
            "1 last_message !answers_only",
        ),
        ("public", |r| r.accounts[1].capabilities.is_public = true, "1 last_message !public"),
    ];
    for (name, change, expected) in table {
        let mut request = shop();
        request.preference = prefers("sms");
        change(&mut request);
        assert_eq!(told(&request), expected, "{name}");
    }
}

#[test]
fn a_persons_choice_is_never_exchanged() {
    let mut request = shop();
    request.via = Some(Medium::new("sms"));
    request.draft.attachment_bytes = vec![10];
    assert_eq!(told(&request), "none:no_attachments !no_attachments");
    assert_eq!(choose(&request).alternatives.len(), 1);
    request.draft.attachment_bytes.clear();
    request.accounts[1].health = Health::NeedsAttention;
    request.identities[1].state = AddressState::Bounced;
    assert_eq!(told(&request), "2 chosen_by_person account_needs_attention address_bounced_before");
    request.via = Some(Medium::new("pigeon"));
    assert_eq!(told(&request), "none:no_account !no_account");
}

#[test]
fn ailing_ways_are_the_last_resort() {
    let mut request = shop();
    request.accounts.truncate(1);
    request.accounts[0].health = Health::NeedsAttention;
    assert_eq!(told(&request), "1 last_message account_needs_attention");
    request.identities[0].state = AddressState::OptedOut;
    assert_eq!(told(&request), "none:opted_out !opted_out");
    request.identities.clear();
    assert_eq!(told(&request), "none:nothing_reaches !no_address");
}

#[test]
fn the_account_last_used_else_the_default() {
    let mut request = shop();
    request.accounts.push(account(3, "email", AddressKind::Email));
    request.accounts.push(account(4, "email", AddressKind::Email));
    request.accounts[3].is_default = true;
    request.wish = wishes("email");
    assert_eq!(told(&request), "4 wish");
    request.identities[0].last_account = Some(AccountId(3));
    assert_eq!(told(&request), "3 wish");
    request.accounts[2].enabled = false;
    assert_eq!(told(&request), "4 wish");
    request.wish = None;
    assert_eq!(told(&request), "1 last_message");
}

#[test]
fn the_answer_goes_to_the_address_that_wrote() {
    let mut request = shop();
    let mut newer = identity(email("rosa.neu@kunde.example"));
    newer.last_in_at = Some(hours_ago(1));
    request.identities.push(newer);
    assert_eq!(choose(&request).route.unwrap().address, email(MAIL));
    request.last_in = None;
    assert_eq!(choose(&request).route.unwrap().address, email("rosa.neu@kunde.example"));
}

#[test]
fn every_reason_has_a_sentence_and_its_values() {
    let mut request = shop();
    request.preference = prefers("sms");
    request.accounts[1].capabilities.reply_window_hours = Some(24);
    request.identities[1].last_in_at = Some(hours_ago(30));
    let decision = choose(&request);
    let refused = &decision.refused[0];
    assert_eq!(refused.why.params().get("hours").map(String::as_str), Some("24"));
    assert!(refused.why.text().contains("24 hours"), "{}", refused.why.text());
    request.identities[1].last_in_at = Some(hours_ago(3));
    let route = choose(&request).route.unwrap();
    assert_eq!(route.reasons[0].params().get("source").map(String::as_str), Some("hand"));
    assert!(route.reasons[0].text().starts_with("The customer prefers SMS (set by the shop, since 20"));
}

#[test]
fn what_the_customer_refuses_is_left_out_unless_a_person_insists() {
    let mut request = shop();
    request.preference = prefers("sms");
    request.refused = vec![refuses("sms")];
    assert_eq!(told(&request), "1 last_message !customer_refuses");
    let why = &choose(&request).refused[0].why;
    assert!(why.text().ends_with(": “keine SMS”."), "{}", why.text());
    assert_eq!(why.params().get("evidence").map(String::as_str), Some("keine SMS"));
    assert_eq!(choose(&request).alternatives[0].reasons[1].code(), "customer_refuses");
    request.via = Some(Medium::new("sms"));
    assert_eq!(told(&request), "2 chosen_by_person customer_refuses");
    request.via = None;
    request.wish = wishes("sms");
    assert_eq!(told(&request), "2 wish", "the word for this conversation is the newer one");
    request.wish = None;
    request.refused.push(refuses("email"));
    assert_eq!(told(&request), "none:customer_refuses !customer_refuses !customer_refuses");
    assert_eq!(choose(&request).alternatives.len(), 2, "a person may still choose");
}

#[test]
fn who_opted_out_still_gets_the_answer_to_their_own_question() {
    let mut request = shop();
    request.identities.iter_mut().for_each(|identity| identity.state = AddressState::OptedOut);
    assert_eq!(told(&request), "none:opted_out !opted_out !opted_out");
    request.asked_from = Some(email(MAIL));
    assert_eq!(told(&request), "1 last_message answers_own_question !opted_out");
    request.preference = prefers("sms");
    assert_eq!(told(&request), "1 last_message answers_own_question !opted_out", "only where it came from");
    request.via = Some(Medium::new("sms"));
    assert_eq!(told(&request), "none:opted_out !opted_out", "not even if a person insists");
    request.via = None;
    request.preference = None;
    request.last_in = Some(Used { account: AccountId(2), address: Some(phone(MOBILE)), at: hours_ago(1) });
    assert_eq!(
        told(&request),
        "1 reachable answers_own_question !opted_out",
        "the word to leave came by text"
    );
}

#[test]
fn the_address_that_the_customer_named_is_the_one_that_is_used() {
    let mut request = shop();
    request.identities.push(identity(email("rosa.neu@kunde.example")));
    request.wish =
        wishes("email").map(|wish| Wished { address: Some(email("rosa.neu@kunde.example")), ..wish });
    assert_eq!(choose(&request).route.unwrap().address, email("rosa.neu@kunde.example"));
    request.wish = wishes("email");
    let route = choose(&request).route.unwrap();
    assert_eq!(route.address, email(MAIL));
    let said = route.reasons[0].text();
    assert!(
        said.starts_with("The customer asked for an answer by e-mail") && said.contains("bitte per email"),
        "{said}"
    );
    assert_eq!(route.reasons[0].params().len(), 3);
}

fn any_request() -> impl Strategy<Value = Request> {
    let health = prop_oneof![Just(Health::Ok), Just(Health::Offline), Just(Health::NeedsAttention)];
    let state =
        prop_oneof![Just(AddressState::Ok), Just(AddressState::Bounced), Just(AddressState::OptedOut)];
    let medium = proptest::option::of(prop_oneof![Just("email"), Just("sms"), Just("pigeon")]);
    let number = prop_oneof![Just(MOBILE), Just("144"), Just("+41901123456")];
    (
        health,
        state,
        medium.clone(),
        medium,
        number,
        0u32..600,
        any::<(bool, bool, bool)>(),
        proptest::option::of(0u64..2000),
    )
        .prop_map(
            |(health, state, via, wish, number, text_chars, (enabled, refused, question), file)| {
                let mut request = shop();
                request.accounts[1].health = health;
                request.accounts[1].enabled = enabled;
                request.identities[1].state = state;
                request.identities[1].address = phone(number);
                request.via = via.map(Medium::new);
                request.wish = wish.and_then(wishes);
                request.refused = refused.then(|| refuses("sms")).into_iter().collect();
                request.asked_from = question.then(|| email(MAIL));
                request.draft = Draft { text_chars, attachment_bytes: file.into_iter().collect() };
                request
            },
        )
}

proptest! {
    #[test]
    fn a_route_is_always_allowed(request in any_request()) {
        let decision = choose(&request);
        for route in decision.route.iter().chain(&decision.alternatives) {
            let account = request.accounts.iter().find(|account| account.id == route.account).unwrap();
            let identity = request.identities.iter().find(|identity| identity.address == route.address).unwrap();
            prop_assert!(account.enabled && account.capabilities.sends && (identity.state != AddressState::OptedOut
                || request.asked_from.as_ref() == Some(&route.address)));
            let refused = request.refused.iter().any(|no| no.medium == route.medium);
            let insisted = route.reasons.iter().any(|reason| matches!(reason.code(), "chosen_by_person" | "wish"));
            prop_assert!(!refused || insisted);
            prop_assert!(account.medium.as_str() != "sms" || route.address == phone(MOBILE));
            prop_assert!(account.capabilities.text_max_chars.is_none_or(|max| request.draft.text_chars <= max));
        }
        if let (Some(via), Ok(route)) = (&request.via, &decision.route) {
            prop_assert_eq!(&route.medium, via);
        }
        prop_assert!(decision.route.is_ok() || !decision.refused.is_empty());
    }
}
