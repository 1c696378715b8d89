//! A picture of the window where there is no screen: a virtual display, a session bus of its own, a folder of its
//! own for what belongs to a login. The picture is taken when the window has painted and stands still, which is
//! seen in the picture itself; nothing waits for a fixed time.

use std::fs::{DirBuilder, File};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::DirBuilderExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::run;

/// A painted page has far more colours than an empty window: the edges of its letters alone are dozens.
const COLOURS_OF_A_PAGE: u32 = 48;
const PATIENCE: Duration = Duration::from_secs(60);

/// Opens `program` on a virtual display and writes what is to be seen to `file`.
pub fn take(program: &Path, words: &[String], file: &Path) -> Result<()> {
    let screen = Screen::open()?;
    let log = file.with_extension("log");
    let mut theke = screen.start(program, words, &log)?;
    let taken = wait_for_picture(&screen, &mut theke.0, file);
    drop(theke);
    taken.with_context(|| {
        format!("No picture could be taken. What the program wrote is in {}.", log.display())
    })
}

/// A virtual display and the folder of its session.
struct Screen {
    server: Child,
    name: String,
    session: PathBuf,
}

impl Screen {
    fn open() -> Result<Self> {
        let session = std::env::temp_dir().join(format!("theke-session-{}", std::process::id()));
        DirBuilder::new().mode(0o700).recursive(true).create(&session)?;
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1360x860x24", "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("Xvfb cannot be started; it is in the package xvfb")?;
        let mut number = String::new();
        let stdout = server.stdout.take().context("Xvfb gave no output")?;
        // It writes its number once it takes connections, and nothing if it cannot start.
        BufReader::new(stdout).read_line(&mut number)?;
        let name = format!(":{}", number.trim());
        let screen = Self { server, name, session };
        if number.trim().is_empty() {
            bail!("Xvfb ended without opening a display; `Xvfb -displayfd 1` says why");
        }
        Ok(screen)
    }

    /// The program in a session bus of its own; its words go to `log`.
    fn start(&self, program: &Path, words: &[String], log: &Path) -> Result<Group> {
        let said = File::create(log).with_context(|| format!("{} cannot be written", log.display()))?;
        let child = Command::new("dbus-run-session")
            .arg("--")
            .arg(program)
            .args(words)
            .envs([("DISPLAY", self.name.as_str()), ("GDK_BACKEND", "x11"), ("NO_AT_BRIDGE", "1")])
            .env("XDG_RUNTIME_DIR", &self.session)
            .env_remove("WAYLAND_DISPLAY")
            .stdin(Stdio::null())
            .stdout(said.try_clone()?)
            .stderr(said)
            .process_group(0)
            .spawn()
            .context("dbus-run-session cannot be started; it is in the package dbus")?;
        Ok(Group(child))
    }

    fn ask(&self, program: &str, words: &[&str]) -> Result<String> {
        let output = Command::new(program)
            .args(words)
            .env("DISPLAY", &self.name)
            .output()
            .with_context(|| format!("{program} cannot be started"))?;
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ended_already = self.server.kill();
        let _ended_already = self.server.wait();
        let _left_to_the_system = std::fs::remove_dir_all(&self.session);
    }
}

/// A program and all that it started; ended together.
struct Group(Child);

impl Drop for Group {
    fn drop(&mut self) {
        run::end_group(self.0.id());
        let _ended_already = self.0.wait();
    }
}

/// Looks until the window is there, has painted, and two pictures in a row are equal.
fn wait_for_picture(screen: &Screen, theke: &mut Child, file: &Path) -> Result<()> {
    let started = Instant::now();
    let shot = file.to_str().context("the path of the picture is not UTF-8")?;
    let mut before = Vec::new();
    while started.elapsed() < PATIENCE {
        if let Some(status) = theke.try_wait()? {
            bail!("The program ended before its window was there ({status}).");
        }
        // The display tells nobody that a page has finished painting; without a pause two pictures could show one half-painted moment.
        std::thread::sleep(Duration::from_millis(250));
        if screen.ask("xdotool", &["search", "--onlyvisible", "--name", "^Theke"])?.is_empty() {
            continue;
        }
        screen.ask("import", &["-window", "root", shot])?;
        // The pixels alone: the file also holds the time at which it was made.
        let seen = screen.ask("identify", &["-format", "%k %#", shot])?;
        let colours = seen.split_whitespace().next().and_then(|word| word.parse().ok()).unwrap_or(0);
        let now = seen.into_bytes();
        if colours >= COLOURS_OF_A_PAGE && now == before {
            return Ok(());
        }
        before = now;
    }
    bail!("The window did not paint within {} seconds.", PATIENCE.as_secs())
}
