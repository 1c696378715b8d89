//! The decision itself.

use crate::address::Address;
use crate::ids::AccountId;
use crate::medium::Medium;
use crate::time::Timestamp;

use super::filter::{Care, account_refusal, refusal};
use super::{
    Account, AddressState, Decision, Health, Identity, NoRoute, Reason, Refusal, Refused, RefusedMedium,
    Request, Route, Used,
};

/// Decides where an answer goes. See the module's text for the order and for what is decided where it is open.
pub fn choose(request: &Request) -> Decision {
    let wanted = wanted(request);
    let mut refused = Vec::new();
    let mut route = first_way(request, &wanted, Care::Usual, &mut refused);
    if route.is_none() {
        let mut for_good = Vec::new();
        route = first_way(request, &wanted, Care::LastResort, &mut for_good);
        refused = for_good;
    }
    let alternatives = alternatives(request, route.as_ref(), &mut refused);
    let route = route.ok_or_else(|| no_route(request, &refused));
    Decision { route, refused, alternatives }
}

/// The first wish that can be met. Each medium is tried once, for the first reason that names it.
fn first_way(request: &Request, wanted: &[Want], care: Care, refused: &mut Vec<Refused>) -> Option<Route> {
    let mut tried: Vec<&Medium> = Vec::new();
    wanted.iter().find_map(|want| {
        if tried.contains(&&want.medium) {
            return None;
        }
        tried.push(&want.medium);
        attempt(request, want, care, refused)
    })
}

/// A medium that is wanted, with the reason and the exact account and address if those are part of it.
struct Want {
    medium: Medium,
    reason: Reason,
    used: Option<Used>,
    /// The address that the customer named for it.
    address: Option<Address>,
}

/// What is wanted, in order. A person's choice stands alone.
fn wanted(request: &Request) -> Vec<Want> {
    if let Some(medium) = &request.via {
        return vec![Want {
            medium: medium.clone(),
            reason: Reason::ChosenByPerson { medium: medium.clone() },
            used: None,
            address: None,
        }];
    }
    let mut wanted: Vec<Want> = said(request);
    let mut add = |medium: &Medium, reason: Reason, used: Option<&Used>| {
        wanted.push(Want { medium: medium.clone(), reason, used: used.cloned(), address: None });
    };
    let medium_of = |used: &Used| account(request, used.account).map(|account| account.medium.clone());
    if let Some((used, medium)) = request.last_in.as_ref().and_then(|used| Some((used, medium_of(used)?))) {
        add(&medium, Reason::LastMessage { medium: medium.clone() }, Some(used));
    }
    if let Some((used, medium)) = request.last_out.as_ref().and_then(|used| Some((used, medium_of(used)?))) {
        add(&medium, Reason::LastWorked { medium: medium.clone() }, Some(used));
    }
    for medium in reachable(request) {
        add(&medium, Reason::Reachable { medium: medium.clone() }, None);
    }
    wanted
}

/// What the customer said, or the shop noted: for this conversation, then in general.
fn said(request: &Request) -> Vec<Want> {
    let for_this = request.wish.as_ref().map(|wish| {
        let (medium, since, evidence) = (wish.medium.clone(), wish.since, wish.evidence.clone());
        let reason = Reason::Wish { medium: medium.clone(), since, evidence };
        Want { medium, reason, used: None, address: wish.address.clone() }
    });
    let stored = request.preference.as_ref().map(|stored| {
        let (medium, since, evidence) = (stored.medium.clone(), stored.since, stored.evidence.clone());
        let reason =
            Reason::Preference { medium: medium.clone(), source: stored.source.word(), since, evidence };
        Want { medium, reason, used: None, address: stored.address.clone() }
    });
    for_this.into_iter().chain(stored).collect()
}

/// Media by which some address can be reached, the one the customer used last first.
fn reachable(request: &Request) -> Vec<Medium> {
    let mut media: Vec<(Option<Timestamp>, Medium)> = Vec::new();
    for account in &request.accounts {
        let reached =
            request.identities.iter().filter(|identity| identity.address.fits(&account.address_kind));
        if let Some(last) = reached.map(|identity| identity.last_in_at.max(identity.last_out_at)).max() {
            media.push((last, account.medium.clone()));
        }
    }
    media.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| x.cmp(y)));
    let mut order = Vec::new();
    for (_, medium) in media {
        if !order.contains(&medium) {
            order.push(medium);
        }
    }
    order
}

/// The best way by one medium; what was refused on the way is added to `refused`.
fn attempt(request: &Request, want: &Want, care: Care, refused: &mut Vec<Refused>) -> Option<Route> {
    // What was said for this conversation is the newer word; a person decides for themselves.
    let insists = matches!(want.reason, Reason::ChosenByPerson { .. } | Reason::Wish { .. });
    if let Some(no) = refuses(request, &want.medium).filter(|_| !insists) {
        refused.push(unwanted(request, no));
        return None;
    }
    let mut ways = ways(request, want);
    if ways.is_empty() {
        refused.push(nothing_fits(request, &want.medium));
        return None;
    }
    let open_to_public = matches!(want.reason, Reason::ChosenByPerson { .. } | Reason::LastMessage { .. });
    let mut against = Vec::new();
    let found = ways.drain(..).find(|(account, identity)| {
        let public = (account.capabilities.is_public && !open_to_public).then_some(Refusal::Public);
        let why = refusal(request, account, identity, care).or(public);
        let fits = why.is_none();
        against.extend(why.map(|why| Refused {
            medium: want.medium.clone(),
            kind: Some(account.kind.clone()),
            address: Some(identity.address.clone()),
            why,
        }));
        fits
    });
    refused.append(&mut against);
    found.map(|(account, identity)| route(request, want, account, identity))
}

/// What the customer said against a medium.
fn refuses<'a>(request: &'a Request, medium: &Medium) -> Option<&'a RefusedMedium> {
    request.refused.iter().filter(|no| no.medium == *medium).max_by_key(|no| no.since)
}

fn unwanted(request: &Request, no: &RefusedMedium) -> Refused {
    let account = request.accounts.iter().find(|account| account.medium == no.medium);
    let why = Refusal::CustomerRefuses {
        medium: no.medium.clone(),
        since: no.since,
        evidence: no.evidence.clone(),
    };
    Refused {
        medium: no.medium.clone(),
        kind: account.map(|account| account.kind.clone()),
        address: None,
        why,
    }
}

/// Accounts and addresses for a medium, best first: the very pair that was used, then by the customer's last use
/// of the address, with the account last used with it, else the default of the medium.
fn ways<'a>(request: &'a Request, want: &Want) -> Vec<(&'a Account, &'a Identity)> {
    let accounts: Vec<&Account> =
        request.accounts.iter().filter(|account| account.medium == want.medium).collect();
    let used = want.used.as_ref().or(request.last_in.as_ref());
    let mut pairs: Vec<(&Account, &Identity)> = Vec::new();
    for identity in &request.identities {
        let fitting = accounts.iter().filter(|account| identity.address.fits(&account.address_kind));
        pairs.extend(fitting.map(|account| (*account, identity)));
    }
    pairs.sort_by_key(|(account, identity)| {
        let named = want.address.as_ref().or_else(|| used?.address.as_ref());
        let same_address = named == Some(&identity.address);
        let same_account = used.is_some_and(|used| used.account == account.id && want.used.is_some());
        (
            std::cmp::Reverse((same_address, identity.last_in_at, identity.last_out_at)),
            account_refusal(account, Care::LastResort).is_some(),
            !same_account,
            identity.last_account != Some(account.id),
            !account.is_default,
            account.id,
        )
    });
    pairs
}

fn nothing_fits(request: &Request, medium: &Medium) -> Refused {
    let account = request.accounts.iter().find(|account| account.medium == *medium);
    let why = match account {
        Some(_) => Refusal::NoAddress { medium: medium.clone() },
        None => Refusal::NoAccount { medium: medium.clone() },
    };
    Refused { medium: medium.clone(), kind: account.map(|account| account.kind.clone()), address: None, why }
}

fn route(request: &Request, want: &Want, account: &Account, identity: &Identity) -> Route {
    let mut reasons = vec![want.reason.clone()];
    if let (Reason::ChosenByPerson { medium }, Some(no)) = (&want.reason, refuses(request, &want.medium)) {
        let (medium, since, evidence) = (medium.clone(), no.since, no.evidence.clone());
        reasons.push(Reason::CustomerRefuses { medium, since, evidence });
    }
    if identity.state == AddressState::OptedOut {
        reasons.push(Reason::AnswersOwnQuestion);
    }
    match account.health {
        Health::Ok => {}
        Health::Offline => reasons.push(Reason::WaitsForNetwork),
        Health::NeedsAttention => reasons.push(Reason::AccountNeedsAttention),
    }
    if identity.state == AddressState::Bounced {
        reasons.push(Reason::AddressBouncedBefore);
    }
    Route {
        account: account.id,
        medium: account.medium.clone(),
        kind: account.kind.clone(),
        address: identity.address.clone(),
        reasons,
    }
}

/// One possible way for each other medium, for the composer's menu.
fn alternatives(request: &Request, chosen: Option<&Route>, refused: &mut Vec<Refused>) -> Vec<Route> {
    let mut found = Vec::new();
    for medium in reachable(request) {
        if chosen.is_some_and(|route| route.medium == medium) {
            continue;
        }
        let want = Want {
            medium: medium.clone(),
            reason: Reason::ChosenByPerson { medium: medium.clone() },
            used: None,
            address: None,
        };
        let mut against = Vec::new();
        match attempt(request, &want, Care::LastResort, &mut against) {
            Some(route) => found.push(route),
            None if refused.iter().any(|other| other.medium == medium) => {}
            None => refused.append(&mut against),
        }
    }
    found
}

fn no_route(request: &Request, refused: &[Refused]) -> NoRoute {
    let reached = |identity: &Identity| {
        request.accounts.iter().any(|account| identity.address.fits(&account.address_kind))
    };
    match refused.first() {
        Some(first) if request.via.is_some() || request.identities.iter().any(reached) => {
            NoRoute::Refused(first.why.clone())
        }
        _ => NoRoute::NothingReaches,
    }
}

fn account(request: &Request, id: AccountId) -> Option<&Account> {
    request.accounts.iter().find(|account| account.id == id)
}
