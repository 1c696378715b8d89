//! The practice shop beside this one: the same program once more, with a profile and a window of its own, so that nobody
//! has to leave the real shop to try something. Wished for again, its window comes to the front. Not here: what the
//! practice shop is (`engine::api`).

use std::io;
use std::process::Command;
use std::thread;

use theke_engine::api::{ApiError, ApiResult, Code};

use crate::PRACTICE;

/// Starts it. It lives on when this program ends.
pub fn start() -> ApiResult<()> {
    started().map_err(|error| {
        tracing::warn!(%error, "the practice shop does not start");
        ApiError::new(
            Code::Internal,
            "The practice shop cannot be started. Start Theke again with --practice.",
        )
    })
}

fn started() -> io::Result<()> {
    let program = std::env::current_exe()?;
    // A folder that the environment names is this shop's.
    let mut other = Command::new(program).arg(PRACTICE).env_remove("THEKE_PROFILE").spawn()?;
    // Somebody has to hear of its end, or the system keeps its place in the list of processes.
    thread::Builder::new().name("practice shop".to_owned()).spawn(move || other.wait().is_ok())?;
    Ok(())
}
