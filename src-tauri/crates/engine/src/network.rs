//! What the system says of the network, and what follows from it: at once known to be offline, at once back, and older
//! messages wait where a connection is paid by volume.
//!
//! It never keeps anything from being tried: a server on this computer needs no network, and a system may be wrong. So an
//! account that is reached all the same outweighs it. Not here: asking the system; each shell brings that.

use std::sync::{Arc, Mutex, PoisonError};

use theke_store::table::accounts::{self, Health};
use theke_store::table::outbox;

use crate::api::ApiResult;
use crate::api::types::Event;
use crate::shared::Shared;

/// What was said last. Nobody said anything: there is a network, and it is not metered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Said {
    offline: bool,
    metered: bool,
    /// A person loads older messages all the same, until the connection is another one.
    anyway: bool,
    /// An account was reached since it was said that there is no network.
    reached: bool,
}

/// What the system says of the network.
#[derive(Default)]
pub struct Network(Mutex<Said>);

impl Network {
    /// No server can be reached, as far as is known.
    pub fn is_offline(&self) -> bool {
        let said = self.said();
        said.offline && !said.reached
    }

    /// The connection is paid by volume.
    pub fn is_metered(&self) -> bool {
        self.said().metered
    }

    /// Older messages wait.
    pub fn holds_back(&self) -> bool {
        let said = self.said();
        said.metered && !said.anyway
    }

    /// A server answered; true if that is news.
    pub fn note_reached(&self) -> bool {
        self.change(|said| said.reached = said.offline)
    }

    /// True if older messages waited.
    fn load_anyway(&self) -> bool {
        self.change(|said| said.anyway = said.metered)
    }

    fn said(&self) -> Said {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, how: impl FnOnce(&mut Said)) -> bool {
        let mut said = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = *said;
        how(&mut said);
        *said != before
    }
}

/// The system says how the network is now.
pub async fn changed(shared: &Arc<Shared>, online: bool, metered: bool) -> ApiResult<()> {
    let was_offline = shared.network.said().offline;
    if !shared.network.change(|said| {
        let same = said.offline != online && said.metered == metered;
        if !same {
            *said = Said { offline: !online, metered, anyway: false, reached: false };
        }
    }) {
        return Ok(());
    }
    if was_offline == online {
        // Connections of before are dead, and would be noticed only when their servers fell silent.
        shared.lines.close_all();
    }
    let tried = if was_offline && online { try_all(shared).await } else { Ok(()) };
    // What was said counts, whether the accounts could be noted or not.
    look_again(shared);
    tried
}

/// Loads older messages although the connection is metered, until it is another one.
pub fn load_anyway(shared: &Arc<Shared>) {
    if shared.network.load_anyway() {
        look_again(shared);
    }
}

/// Accounts that could not be reached are tried at once, and what waited for them leaves.
async fn try_all(shared: &Arc<Shared>) -> ApiResult<()> {
    let now = shared.now();
    shared
        .write(move |tx| {
            for row in accounts::list(tx)?.into_iter().filter(|row| row.enabled) {
                if row.health == Health::Offline {
                    accounts::try_now(tx, row.id)?;
                }
                outbox::steps::hurry(tx, row.id, now)?;
            }
            Ok::<_, theke_store::Error>(())
        })
        .await
}

fn look_again(shared: &Shared) {
    shared.accounts_nudge.notify_waiters();
    shared.outbox_nudge.notify_one();
    shared.tell(Event::NetworkChanged {});
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_that_is_reached_outweighs_what_the_system_says() {
        let network = Network::default();
        assert!(!network.is_offline() && !network.holds_back());
        assert!(!network.note_reached(), "it was online all the time");
        network.change(|said| said.offline = true);
        assert!(network.is_offline());
        assert!(network.note_reached() && !network.is_offline());
        assert!(!network.note_reached(), "no news any more");
    }

    #[test]
    fn loading_anyway_is_for_metered_connections_only() {
        let network = Network::default();
        assert!(!network.load_anyway());
        network.change(|said| said.metered = true);
        assert!(network.holds_back());
        assert!(network.load_anyway() && !network.holds_back() && network.is_metered());
    }
}
