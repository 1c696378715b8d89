//! Questions about the shop's hours. The answers are `theke_domain::hours`.

use theke_domain::hours;

use super::types::{OpenView, PresetView};
use super::{Api, ApiResult, view};
use crate::settings;

impl Api {
    /// The times that are offered for "not now", in the shop's time zone and with its hours.
    pub async fn snooze_presets(&self) -> ApiResult<Vec<PresetView>> {
        let (hours, zone) = self.shared.read(settings::opening).await?;
        let offered = hours::presets(self.shared.now(), &zone, &hours);
        let shown =
            |preset: hours::Preset| PresetView { code: preset.code.to_owned(), at: view::at(preset.at) };
        Ok(offered.into_iter().map(shown).collect())
    }

    /// Whether the shop is open, and until when that holds.
    pub async fn open_now(&self) -> ApiResult<OpenView> {
        let (hours, zone) = self.shared.read(settings::opening).await?;
        let now = self.shared.now();
        let open = hours.is_empty() || hours.is_open(&zone, now);
        let next = if open { hours.next_closing(&zone, now) } else { hours.next_opening(&zone, now) };
        Ok(OpenView { open, next_change_at: next.map(view::at) })
    }
}
