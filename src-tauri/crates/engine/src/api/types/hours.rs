//! Opening hours and the times that are offered for "not now".

use serde::{Deserialize, Serialize};
use ts_rs::TS;

super::shape! {
    /// A time that is offered.
    pub struct PresetView {
        /// `later_today`, `this_evening`, `tomorrow`, `next_opening`, `weekend` or `next_week`.
        pub code: String,
        /// When.
        pub at: String,
    }

    /// Whether the shop is open.
    pub struct OpenView {
        /// It is; true, too, where no hours are given.
        pub open: bool,
        /// When that changes; null if it does not.
        pub next_change_at: Option<String>,
        /// When it opens next; null if it never does.
        pub next_open: Option<String>,
        /// When it closes next; null if it never does.
        pub next_close: Option<String>,
        /// Why it is closed; null while it is open.
        pub why: Option<ClosedView>,
    }

    /// Why the shop is closed.
    pub struct ClosedView {
        /// `holiday`, `own_day`, `season` or `outside_hours`.
        pub code: String,
        /// Of the holiday in the shop's language, the closed day or the season; may be empty.
        pub name: String,
    }

    /// A state, land or canton.
    pub struct StateView {
        /// ISO 3166-2.
        pub code: String,
        /// What it calls itself.
        pub name: String,
    }

    /// A public holiday of the shop's state.
    pub struct HolidayView {
        /// Its day, `YYYY-MM-DD`.
        pub date: String,
        /// Stable word, as the settings have it.
        pub holiday: String,
        /// In the shop's language.
        pub name: String,
        /// By law in the whole state; else only in parts of it, or by custom.
        pub everywhere: bool,
        /// The shop is closed on it because of it.
        pub closed: bool,
    }
}
