//! The words of the command line: what may be said before the command, and the list of commands.
//!
//! Each area describes its own words beside what it does with them, in [`crate::command`]. Passwords are never
//! arguments, because every user of the computer can read those: they come from files.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::command::{
    accounts, automation, contacts, conversations, decisions, files, hours, intent, keys, note, outbox,
    profile, reply, rules, running, search, settings, wish,
};

const AFTER: &str = "\
Exit codes: 0 done, 1 failed, 2 wrong words, 3 partly done.
With --json one JSON value goes to stdout; errors go to stderr as {\"error\": {\"code\", \"message\"}}.
Times are RFC 3339 in UTC, ids are numbers.";

/// The program's words.
#[derive(Debug, Parser)]
#[command(name = "thekectl", version, about = "Theke without its window", after_help = AFTER)]
#[command(disable_help_subcommand = true)]
pub struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What may stand before or after any command.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// Folder of the profile [default: the user's data folder]
    #[arg(long, global = true, value_name = "DIR", help_heading = "Options for every command")]
    pub profile: Option<PathBuf>,
    /// File with the profile's passphrase, where no keychain holds its key
    #[arg(long, global = true, value_name = "FILE", help_heading = "Options for every command")]
    pub passphrase_file: Option<PathBuf>,
    /// File with the recovery code, where keychain and passphrase are lost; for `restore` that of the backup's day
    #[arg(long, global = true, value_name = "FILE", help_heading = "Options for every command")]
    pub recovery_code_file: Option<PathBuf>,
    /// Answer with JSON
    #[arg(long, global = true, help_heading = "Options for every command")]
    pub json: bool,
    /// Tell on stderr what is being done; RUST_LOG chooses more finely
    #[arg(short, long, global = true, help_heading = "Options for every command")]
    pub verbose: bool,
    /// A file with one RFC 3339 time, read again at each use, in place of the clock
    #[arg(long, global = true, value_name = "FILE", hide = true)]
    pub clock_file: Option<PathBuf>,
    /// Do as if this computer had no keychain
    #[arg(long, global = true, hide = true)]
    pub no_keychain: bool,
}

/// Everything that can be asked for.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Set up a new profile and show its recovery code once
    Init(profile::Init),
    /// The shop's mailboxes, numbers and bots
    #[command(subcommand)]
    Accounts(accounts::Accounts),
    /// Fetch what is new in every account, send what is due, then end
    Sync(running::Sync),
    /// Work in the background until SIGTERM
    Run(running::Run),
    /// The settings that the window has
    #[command(subcommand)]
    Settings(settings::Settings),
    /// Conversations with customers
    #[command(subcommand)]
    Conversations(conversations::Conversations),
    /// Customers and their addresses
    #[command(subcommand)]
    Contacts(contacts::Contacts),
    /// Write down a call, a visit or a note
    Note(note::Note),
    /// Where an answer would go, and why
    Route(reply::RouteWords),
    /// Queue an answer
    Reply(reply::Reply),
    /// What waits to be sent
    #[command(subcommand)]
    Outbox(outbox::Outbox),
    /// Find customers and messages
    Search(search::Search),
    /// Take in stored mail: eml, mbox, Maildir folders
    Import(files::Import),
    /// Say what is in mail files; nothing is stored, no profile is needed
    Inspect(files::Inspect),
    /// Say what an address is
    Address(files::AddressWords),
    /// Say what a text wishes about the way of its answer
    Wish(wish::WishWords),
    /// Say what a text asks for
    Intent(intent::IntentWords),
    /// What the shop lets the program do by itself
    #[command(subcommand)]
    Rules(rules::Rules),
    /// Why the program did or did not act
    #[command(subcommand)]
    Decisions(decisions::Decisions),
    /// Whether the shop is open, when next, and why not
    Hours(hours::Hours),
    /// Automatic replies for the whole shop
    #[command(subcommand)]
    Automation(automation::Automation),
    /// Write a checked copy of everything to a file
    Backup(profile::Backup),
    /// Put a backup in the place of the profile
    Restore(profile::Restore),
    /// What opens the profile: its passphrase and its recovery code
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Look for what is wrong and say what to do
    Doctor,
    /// A report for whoever helps, without names, addresses or texts
    Diagnostics,
}
