//! Whether this computer has a network, and whether it is paid by volume, as the system says.
//!
//! On Linux the kernel wakes us when an address, a route or a cable changes, and its table of routes says whether there
//! is a way out; NetworkManager, where it runs, says whether that way is metered. Written here, because it is sixty lines
//! over what the program has already, and the crates for it bring thirty others. On other systems nobody says anything:
//! the accounts find out by themselves, as they always do.
//!
//! Not here: what follows from it (`engine::network`).

#[cfg(target_os = "linux")]
mod kernel;
#[cfg(target_os = "linux")]
mod metered;

/// How the network is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// There is a way out of this computer.
    pub online: bool,
    /// It is paid by volume.
    pub metered: bool,
}

/// Calls `tell` with how the network is, now and after every change, until it answers false. Returns at once where the
/// system says nothing.
#[cfg(target_os = "linux")]
pub async fn watch<Told: Future<Output = bool>>(mut tell: impl FnMut(State) -> Told) {
    let mut changes = match kernel::Changes::open() {
        Ok(changes) => changes,
        Err(error) => return tracing::warn!(%error, "the kernel does not tell of the network"),
    };
    let mut last = None;
    loop {
        let state = State { online: kernel::has_way_out(), metered: metered::is_metered().await };
        if last != Some(state) {
            last = Some(state);
            if !tell(state).await {
                return;
            }
        }
        if let Err(error) = changes.next().await {
            return tracing::warn!(%error, "the kernel tells no more of the network");
        }
    }
}

/// Nobody says anything here.
#[cfg(not(target_os = "linux"))]
pub async fn watch<Told: Future<Output = bool>>(_tell: impl FnMut(State) -> Told) {}
