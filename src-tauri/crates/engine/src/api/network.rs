//! What shells tell of the network, and the wish to load on over a metered one.

use super::{Api, ApiResult};
use crate::network;

impl Api {
    /// The system says whether there is a network, and whether it is paid by volume. Back online, accounts are tried at
    /// once and what waits leaves; over a metered one older messages wait, new ones and sends do not.
    pub async fn network_changed(&self, online: bool, metered: bool) -> ApiResult<()> {
        network::changed(&self.shared, online, metered).await
    }

    /// Loads older messages although the connection is metered, until it is another one.
    pub async fn load_anyway(&self) -> ApiResult<()> {
        network::load_anyway(&self.shared);
        Ok(())
    }
}
