//! Starting other programs. Either their output is the user's to read (`must`), or it is collected, kept in a log
//! and read for its counts (`collect`).

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// How a collected program ended.
pub struct Ended {
    /// It said that all was well.
    pub ok: bool,
    /// What it wrote, both streams in their order.
    pub text: String,
    /// It was ended because it took too long.
    pub too_long: bool,
}

/// The cargo that started this, without what that cargo told us about ourselves: those variables would make
/// build scripts run again that have nothing to do.
pub fn cargo(root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let ours = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_CRATE_", "CARGO_BIN_", "CARGO_PRIMARY_"];
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| ours.iter().any(|prefix| name.starts_with(prefix))) {
            command.env_remove(name);
        }
    }
    command.current_dir(root);
    command
}

/// npm in `ui/`, without its chatter about itself.
pub fn npm(root: &Path) -> Command {
    let mut command = Command::new("npm");
    command
        .current_dir(root.join("ui"))
        .env("NPM_CONFIG_UPDATE_NOTIFIER", "false")
        .env("NPM_CONFIG_FUND", "false");
    command
}

/// Runs it before the user's eyes; if it fails, `advice` says what to do.
pub fn must(command: &mut Command, advice: &str) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("{name} cannot be started.\n{advice}"))?;
    if !status.success() {
        bail!("{name} failed ({status}).\n{advice}");
    }
    Ok(())
}

/// Runs it without a terminal and collects what it writes, for at most `limit`. A line a minute shows that it lives.
pub fn collect(mut command: Command, limit: Duration) -> Result<Ended> {
    let (reader, writer) = std::io::pipe()?;
    command.stdin(Stdio::null()).stdout(writer.try_clone()?).stderr(writer).process_group(0);
    let name = command.get_program().to_string_lossy().into_owned();
    let mut child = command.spawn().with_context(|| format!("{name} cannot be started"))?;
    // The command holds the writing end; while it lives, the reader sees no end.
    drop(command);
    let (sender, lines) = mpsc::channel();
    std::thread::spawn(move || {
        let mut reader = BufReader::new(reader);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
            let text = String::from_utf8_lossy(&line).into_owned();
            line.clear();
            if sender.send(text).is_err() {
                return;
            }
        }
    });

    let started = Instant::now();
    let mut spoken = started;
    let mut text = String::new();
    let mut too_long = false;
    let status = loop {
        if let Ok(line) = lines.recv_timeout(Duration::from_millis(100)) {
            if spoken.elapsed() > Duration::from_secs(60) {
                spoken = Instant::now();
                println!("    … {}", line.trim_end());
            }
            text.push_str(&line);
            continue;
        }
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if started.elapsed() > limit {
            too_long = true;
            end_group(child.id());
            break child.wait()?;
        }
    };
    // What a program left running still holds the pipe: what is already written counts, its end is not awaited.
    while let Ok(line) = lines.recv_timeout(Duration::from_millis(200)) {
        text.push_str(&line);
    }
    Ok(Ended { ok: status.success() && !too_long, text, too_long })
}

/// Ends a program that was started as the leader of its own group, and all that it started. By the shell's own
/// `kill`, because a bare Debian has no other.
pub fn end_group(leader: u32) {
    // That it has ended already is what is wanted.
    let _ended_already =
        Command::new("sh").arg("-c").arg(format!("kill -s TERM -- -{leader}")).stderr(Stdio::null()).status();
}
