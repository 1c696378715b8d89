//! The shop's opening hours out of its settings: the week, seasons, closed days, and the holidays of its state.
//!
//! A state that is not in the shop's country counts as none, so that a shop that moves loses no setting and keeps no
//! foreign holiday. Not here: what the hours answer (`theke_domain::hours`).

use theke_domain::hours::holiday::{Holiday, State};
use theke_domain::hours::{Calendar, ClosedDays, Hours, OpenOn, Season, Week, Zone};
use theke_store::{Connection, Result};

use crate::settings::{
    SHOP_CLOSED_DAYS, SHOP_COUNTRY, SHOP_HOURS, SHOP_LOCAL_HOLIDAYS, SHOP_OPEN_ON_HOLIDAYS, SHOP_SEASONS,
    SHOP_STATE, SHOP_TIME_ZONE, text,
};

/// Whether a text is a [`Week`].
pub(crate) fn is_week(value: &str) -> bool {
    hours(value, "[]").is_some()
}

/// Whether a text is a list of [`ClosedDays`].
pub(crate) fn is_closed_days(value: &str) -> bool {
    hours("{}", value).is_some()
}

/// Whether a text is a list of [`Season`].
pub(crate) fn is_seasons(value: &str) -> bool {
    seasons(value).is_some_and(|seasons| Hours::default().with_seasons(&seasons).is_some())
}

/// Whether a text is a list of [`OpenOn`].
pub(crate) fn is_open_on(value: &str) -> bool {
    let (Some(open), Some(any)) = (open_on(value), State::of_country("DE").first()) else { return false };
    Calendar::new(any, &open, &[]).is_some()
}

/// Whether a text is a list of words for holidays.
pub(crate) fn is_holidays(value: &str) -> bool {
    words(value).is_some_and(|words| words.iter().all(|word| Holiday::named(word).is_some()))
}

/// The shop's opening hours and its time zone.
pub fn of_shop(conn: &Connection) -> Result<(Hours, Zone)> {
    let plain = hours(&text(conn, SHOP_HOURS)?, &text(conn, SHOP_CLOSED_DAYS)?).unwrap_or_default();
    let seasons = seasons(&text(conn, SHOP_SEASONS)?).unwrap_or_default();
    let mut hours = plain.clone().with_seasons(&seasons).unwrap_or(plain);
    if let Some(calendar) = calendar(conn)? {
        hours = hours.with_holidays(calendar);
    }
    let name = text(conn, SHOP_TIME_ZONE)?;
    let zone = match Zone::named(&name).filter(|_| !name.is_empty()) {
        Some(zone) => zone,
        None => Zone::of_country(&text(conn, SHOP_COUNTRY)?),
    };
    Ok((hours, zone))
}

/// The holidays of the shop's state; `None` without one.
pub fn calendar(conn: &Connection) -> Result<Option<Calendar>> {
    let country = text(conn, SHOP_COUNTRY)?;
    let state = State::named(&text(conn, SHOP_STATE)?).filter(|state| state.country() == country);
    let Some(state) = state else { return Ok(None) };
    let open = open_on(&text(conn, SHOP_OPEN_ON_HOLIDAYS)?).unwrap_or_default();
    let local = words(&text(conn, SHOP_LOCAL_HOLIDAYS)?).unwrap_or_default();
    Ok(Calendar::new(state, &open, &local).or_else(|| Calendar::new(state, &[], &[])))
}

/// On which holidays the shop is open; `None` if the setting cannot be read.
pub fn open_on(value: &str) -> Option<Vec<OpenOn>> {
    serde_json::from_str(value).ok()
}

fn hours(week: &str, closed: &str) -> Option<Hours> {
    let week: Week = serde_json::from_str(week).ok()?;
    let closed: Vec<ClosedDays> = serde_json::from_str(closed).ok()?;
    Hours::new(&week, &closed)
}

fn seasons(value: &str) -> Option<Vec<Season>> {
    serde_json::from_str(value).ok()
}

fn words(value: &str) -> Option<Vec<String>> {
    serde_json::from_str(value).ok()
}
