//! One file per area of commands: its words, and the one call that each is.

pub mod accounts;
pub mod automation;
pub mod contacts;
pub mod conversations;
pub mod customer_lists;
pub mod decisions;
pub mod files;
pub mod hours;
pub mod intent;
pub mod keys;
pub mod note;
pub mod outbox;
pub mod profile;
pub mod reply;
pub mod rules;
pub mod running;
pub mod same;
pub mod search;
pub mod settings;
mod texts;
pub mod wish;

use crate::cli::{Cli, Command};
use crate::failure::Outcome;
use crate::output::Answer;
use crate::session::Session;

/// Does what the words say.
pub async fn run(cli: Cli) -> Outcome<Answer> {
    let session = Session::new(cli.global);
    match cli.command {
        Command::Init(words) => profile::init(words, &session).await,
        Command::Accounts(words) => accounts::run(words, &session).await,
        Command::Sync(words) => running::sync(words, &session).await,
        Command::Run(words) => running::run(words, &session).await,
        Command::Settings(words) => settings::run(words, &session).await,
        Command::Conversations(words) => conversations::run(words, &session).await,
        Command::Contacts(words) => contacts::run(words, &session).await,
        Command::Note(words) => note::run(words, &session).await,
        Command::Route(words) => reply::route(words, &session).await,
        Command::Reply(words) => reply::reply(words, &session).await,
        Command::Outbox(words) => outbox::run(words, &session).await,
        Command::Search(words) => search::run(words, &session).await,
        Command::Import(words) => files::import(words, &session).await,
        Command::Inspect(words) => files::inspect(words, &session).await,
        Command::Address(words) => files::address(words),
        Command::Wish(words) => wish::wish(&words, &session),
        Command::Intent(words) => intent::intent(&words, &session),
        Command::Rules(words) => rules::run(words, &session).await,
        Command::Decisions(words) => decisions::run(words, &session).await,
        Command::Hours(words) => hours::run(words, &session).await,
        Command::Automation(words) => automation::run(words, &session).await,
        Command::Backup(words) => profile::backup(words, &session).await,
        Command::Restore(words) => profile::restore(words, &session).await,
        Command::Keys(words) => keys::run(words, &session).await,
        Command::Doctor => profile::doctor(&session).await,
        Command::Diagnostics => profile::diagnostics(&session).await,
    }
}
