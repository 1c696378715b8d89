//! The switch for all automatic replies.

use clap::Subcommand;

use crate::failure::Outcome;
use crate::output::Answer;
use crate::session::Session;

/// Automatic replies for the whole shop.
#[derive(Debug, Subcommand)]
pub enum Automation {
    /// Let rules act
    On,
    /// Let no rule act
    Off,
    /// Whether rules may act, and why
    Status,
}

/// Does what the words say.
pub async fn run(words: Automation, session: &Session) -> Outcome<Answer> {
    let switch = match words {
        Automation::On => Some(true),
        Automation::Off => Some(false),
        Automation::Status => None,
    };
    let state = session.open().await?.automation(switch).await?;
    let human = format!("Automation is {}. {}", if state.on { "on" } else { "off" }, state.reason);
    Ok(Answer::new(&state, human))
}
