//! The decision itself.

use crate::ids::AccountId;
use crate::medium::Medium;
use crate::time::Timestamp;

use super::filter::{Care, account_refusal, refusal};
use super::{
    Account, AddressState, Decision, Health, Identity, NoRoute, Reason, Refusal, Refused, Request, Route,
    Used,
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
}

/// What is wanted, in order. A person's choice stands alone.
fn wanted(request: &Request) -> Vec<Want> {
    if let Some(medium) = &request.via {
        return vec![Want {
            medium: medium.clone(),
            reason: Reason::ChosenByPerson { medium: medium.clone() },
            used: None,
        }];
    }
    let mut wanted = Vec::new();
    let mut add = |medium: &Medium, reason: Reason, used: Option<&Used>| {
        wanted.push(Want { medium: medium.clone(), reason, used: used.cloned() });
    };
    if let Some(medium) = &request.wish {
        add(medium, Reason::Wish { medium: medium.clone() }, None);
    }
    if let Some(stored) = &request.preference {
        let medium = stored.medium.clone();
        add(
            &stored.medium,
            Reason::Preference { medium, source: stored.source.word(), since: stored.since },
            None,
        );
    }
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
    found.map(|(account, identity)| route(want, account, identity))
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
        let same_address = used.is_some_and(|used| used.address.as_ref() == Some(&identity.address));
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

fn route(want: &Want, account: &Account, identity: &Identity) -> Route {
    let mut reasons = vec![want.reason.clone()];
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
