//! Questions about the shop's hours. The answers are `theke_domain::hours`.

use theke_domain::hours::holiday::State;
use theke_domain::hours::{self, Closed};

use super::types::{ClosedView, HolidayView, OpenView, PresetView, StateView};
use super::{Api, ApiResult, contacts, view};
use crate::{opening, settings};

impl Api {
    /// The times that are offered for "not now", in the shop's time zone and with its hours.
    pub async fn snooze_presets(&self) -> ApiResult<Vec<PresetView>> {
        let (hours, zone) = self.shared.read(settings::opening).await?;
        let offered = hours::presets(self.shared.now(), &zone, &hours);
        let shown =
            |preset: hours::Preset| PresetView { code: preset.code.to_owned(), at: view::at(preset.at) };
        Ok(offered.into_iter().map(shown).collect())
    }

    /// Whether the shop is open now, and until when that holds.
    pub async fn open_now(&self) -> ApiResult<OpenView> {
        self.open_at(None).await
    }

    /// Whether the shop is open, until when that holds, and why it is closed: now, or at a time.
    ///
    /// # Errors
    /// `BadInput` for a time that is none.
    pub async fn open_at(&self, at: Option<String>) -> ApiResult<OpenView> {
        let at = at.map(|text| contacts::parse_time(&text)).transpose()?.unwrap_or(self.shared.now());
        self.shared
            .read(move |conn| -> ApiResult<OpenView> {
                let (hours, zone) = settings::opening(conn)?;
                let open = hours.is_empty() || hours.is_open(&zone, at);
                let (opens, closes) = (hours.next_opening(&zone, at), hours.next_closing(&zone, at));
                let why = if open { None } else { hours.why_closed(&zone, at) };
                let language = settings::text(conn, settings::SHOP_LANGUAGE)?;
                let country = settings::text(conn, settings::SHOP_COUNTRY)?;
                Ok(OpenView {
                    open,
                    next_change_at: if open { closes } else { opens }.map(view::at),
                    next_open: opens.map(view::at),
                    next_close: closes.map(view::at),
                    why: why.map(|why| closed_view(&why, &language, &country)),
                })
            })
            .await
    }

    /// The holidays of the shop's state from `year` on, two years; of this and the next without. None without a state.
    pub async fn holidays(&self, year: Option<i16>) -> ApiResult<Vec<HolidayView>> {
        let now = self.shared.now();
        self.shared
            .read(move |conn| {
                let Some(calendar) = opening::calendar(conn)? else { return Ok(Vec::new()) };
                let (_, zone) = settings::opening(conn)?;
                let language = settings::text(conn, settings::SHOP_LANGUAGE)?;
                let state = calendar.state();
                let first = year.unwrap_or_else(|| zone.local(now).year());
                let both = [first, first.saturating_add(1)];
                let shown = |found: hours::holiday::Found| HolidayView {
                    date: found.date.to_string(),
                    holiday: found.holiday.slug.to_owned(),
                    name: found.holiday.name(&language, state.country()).to_owned(),
                    everywhere: found.everywhere,
                    closed: calendar.closes(&found),
                };
                Ok::<_, theke_store::Error>(
                    both.into_iter().flat_map(|year| state.holidays(year)).map(shown).collect(),
                )
            })
            .await
    }
}

/// The states of a country whose holidays are known. Needs no profile, so that the first form can offer them.
pub fn states(country: &str) -> Vec<StateView> {
    let shown = |state: &State| StateView { code: state.code.to_owned(), name: state.name.to_owned() };
    State::of_country(country).iter().map(shown).collect()
}

fn closed_view(why: &Closed, language: &str, country: &str) -> ClosedView {
    let (code, name) = match why {
        Closed::Holiday(holiday) => ("holiday", holiday.name(language, country)),
        Closed::OwnDay(name) => ("own_day", name.as_str()),
        Closed::Season(name) => ("season", name.as_str()),
        Closed::OutsideHours => ("outside_hours", ""),
    };
    ClosedView { code: code.to_owned(), name: name.to_owned() }
}
