//! Linux: NetworkManager says whether the way out is paid by volume, as by a telephone. It need not be there.

use std::time::Duration;

/// A system bus that does not answer is none.
const PATIENCE: Duration = Duration::from_secs(1);
/// `NM_METERED_YES` and `NM_METERED_GUESS_YES`.
const METERED: [u32; 2] = [1, 3];

/// Asks; no answer is no.
pub async fn is_metered() -> bool {
    matches!(tokio::time::timeout(PATIENCE, ask()).await, Ok(Ok(word)) if METERED.contains(&word))
}

async fn ask() -> zbus::Result<u32> {
    // A connection for each question: they are rare, and a bus that was started anew is found again.
    let bus = zbus::Connection::system().await?;
    let manager = "org.freedesktop.NetworkManager";
    let answer = bus
        .call_method(
            Some(manager),
            "/org/freedesktop/NetworkManager",
            Some("org.freedesktop.DBus.Properties"),
            "Get",
            &(manager, "Metered"),
        )
        .await?;
    let body = answer.body();
    let word: zbus::Variant<'_> = body.deserialize()?;
    Ok(u32::try_from(word).unwrap_or_default())
}
