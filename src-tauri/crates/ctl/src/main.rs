//! `thekectl`: the engine's api on the command line, without a window.
//!
//! It reads words, calls one method of the api, and prints. What it prints with `--json` is a contract for
//! scripts. Not here: any decision about customers, channels or messages; those are the engine's.

mod cli;
mod clock;
mod command;
mod failure;
mod output;
mod session;

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use clap::error::ErrorKind;

use crate::cli::Cli;
use crate::failure::{Failure, WRONG_WORDS};

/// How long the end waits for blocking calls that nobody asks for any more.
const CLOSING_MAX: Duration = Duration::from_secs(3);

fn main() -> ExitCode {
    if let Some(code) = theke_engine::pdf::asked() {
        return code;
    }
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return words_failed(&error),
    };
    let json = cli.global.json;
    log_to_stderr(cli.global.verbose);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            let message =
                format!("The system gives no threads ({error}). Close other programs and try again.");
            return end(json, &Failure { exit: failure::FAILED, code: "internal".into(), message });
        }
    };
    let outcome = runtime.block_on(command::run(cli));
    let code = match outcome {
        Ok(answer) => {
            let text = answer.json.filter(|_| json).map_or(answer.human, |value| value.to_string());
            if !text.is_empty() {
                output::line(&text);
            }
            answer.trouble.map_or(ExitCode::SUCCESS, |trouble| end(json, &trouble))
        }
        Err(failure) => end(json, &failure),
    };
    // The database is closed before the process ends: its cryptography is torn down at exit, and a thread that
    // still uses it then would crash. A keychain that asks its owner is not waited for.
    runtime.shutdown_timeout(CLOSING_MAX);
    code
}

fn end(json: bool, failure: &Failure) -> ExitCode {
    output::complain(&failure.render(json));
    ExitCode::from(failure.exit)
}

/// Help and version go to stdout; wrong words to stderr, as JSON where that was among them.
fn words_failed(error: &clap::Error) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        output::line(error.render().to_string().trim_end());
        return ExitCode::SUCCESS;
    }
    let text = error.render().to_string();
    if std::env::args_os().any(|word| word == "--json") {
        let message = text.trim().trim_start_matches("error: ");
        output::complain(&Failure::usage(message).render(true));
    } else {
        output::complain(text.trim_end());
    }
    ExitCode::from(WRONG_WORDS)
}

/// Silent unless asked, so that stderr holds nothing but the failure. The logs hold ids only.
fn log_to_stderr(verbose: bool) {
    let filter = match std::env::var("RUST_LOG") {
        Ok(filter) if !filter.is_empty() => filter,
        _ if verbose => "warn,theke=info,theke_engine=debug,theke_channels=debug,theke_store=info".to_owned(),
        _ => return,
    };
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(false).init();
}
