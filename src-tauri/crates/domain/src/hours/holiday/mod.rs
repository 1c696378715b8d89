//! Public holidays of the German, Austrian and Swiss states, reckoned from their rules: no network, no table of dates
//! that ends. The rules are in [`germany`], [`austria`] and [`switzerland`], each row with its states and years.
//!
//! Not here: whether the shop is open on one (`crate::hours`), holidays of schools and banks, and other countries, whose
//! shops write their closed days down themselves.

mod austria;
mod day;
mod germany;
mod row;
mod switzerland;
#[cfg(test)]
mod tests;

use jiff::civil::Date;

pub use day::Holiday;
use row::Row;

/// The languages in the order in which names stand.
const LANGUAGES: [&str; 4] = ["de", "en", "fr", "it"];

/// A state, land or canton by its code of ISO 3166-2.
#[derive(Debug, PartialEq, Eq)]
pub struct State {
    /// `DE-BY`, `AT-9`, `CH-ZH`.
    pub code: &'static str,
    /// What it calls itself.
    pub name: &'static str,
}

/// The tables of a country.
struct Country {
    code: &'static str,
    states: &'static [State],
    rows: &'static [Row],
}

static COUNTRIES: [&Country; 3] = [&germany::COUNTRY, &austria::COUNTRY, &switzerland::COUNTRY];

/// A holiday on its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// When.
    pub date: Date,
    /// Which.
    pub holiday: &'static Holiday,
    /// By law in the whole state; else only in parts of it, or by custom.
    pub everywhere: bool,
}

impl State {
    /// The state of this code.
    pub fn named(code: &str) -> Option<&'static Self> {
        COUNTRIES.iter().flat_map(|country| country.states).find(|state| state.code == code)
    }

    /// The states of a country, by name; none where its holidays are not known.
    pub fn of_country(country: &str) -> &'static [Self] {
        COUNTRIES.iter().find(|known| known.code == country).map_or(&[], |known| known.states)
    }

    /// ISO 3166-1 alpha-2.
    pub fn country(&self) -> &'static str {
        self.code.split_once('-').map_or("", |(country, _)| country)
    }

    /// The holidays of a year in their order.
    pub fn holidays(&self, year: i16) -> Vec<Found> {
        let mut found: Vec<Found> = self.rows().filter_map(|(row, all)| self.found(row, all, year)).collect();
        found.sort_by_key(|found| found.date);
        found
    }

    /// Those of one day; two may meet.
    pub fn on(&self, date: Date) -> impl Iterator<Item = Found> {
        let here = self.rows().filter_map(move |(row, all)| self.found(row, all, date.year()));
        here.filter(move |found| found.date == date)
    }

    fn rows(&self) -> impl Iterator<Item = (&'static Row, bool)> {
        let country = COUNTRIES.iter().find(|known| known.code == self.country());
        let part = self.code.split_once('-').map_or("", |(_, part)| part);
        country
            .into_iter()
            .flat_map(|known| known.rows)
            .filter_map(move |row| Some((row, row.holds_in(part)?)))
    }

    fn found(&self, row: &'static Row, everywhere: bool, year: i16) -> Option<Found> {
        Some(Found { date: row.date(year)?, holiday: row.holiday, everywhere })
    }
}
