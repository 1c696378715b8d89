//! On which of several computers automation runs.
//!
//! Where the provider keeps claims every computer may run it, and each answer is claimed first
//! ([`theke_channels::Channel::claim`]). Elsewhere only the chosen one may. Not here: claiming, and the switch for all
//! of automation ([`Api::automation`]).

use theke_store::installation;
use theke_store::profile::Folder;

use super::types::AutomationPlace;
use super::{Api, ApiResult};
use crate::settings;
use crate::shared::{Shared, off_thread};

/// The word for this computer, where its id is asked for.
const THIS: &str = "here";

impl Api {
    /// Where automation may run, seen from this computer.
    pub async fn automation_place(&self) -> ApiResult<AutomationPlace> {
        let chosen = self.shared.read(|conn| settings::text(conn, settings::AUTOMATION_HERE)).await?;
        let own = self.shared.installation().await?;
        Ok(if chosen.is_empty() {
            AutomationPlace::Everywhere
        } else if chosen == own {
            AutomationPlace::Here
        } else {
            AutomationPlace::Elsewhere
        })
    }

    /// What a value of a setting stands for: people say "here", and an id is stored.
    pub(super) async fn meant(&self, key: &str, value: &str) -> ApiResult<String> {
        if key == settings::AUTOMATION_HERE && value.trim() == THIS {
            return self.shared.installation().await;
        }
        Ok(value.to_owned())
    }
}

impl Shared {
    /// The id of this profile on this computer.
    pub async fn installation(&self) -> ApiResult<String> {
        let folder = Folder::new(&self.dir);
        off_thread(move || installation::of(&folder)).await
    }
}
