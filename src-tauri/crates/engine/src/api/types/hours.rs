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
    }
}
