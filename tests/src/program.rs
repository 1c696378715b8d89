//! The real `thekectl`, built once for all end-to-end tests, and a shop that is driven with it.
//!
//! It is built with the store's feature `crash-points`, which does nothing until `THEKE_CRASH_AT` asks for it, and
//! copied aside, so that another build cannot take it away in the middle of a test.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test ends here with what went wrong"
)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde_json::Value;

/// How long anything may take before a test gives up.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The path of the built program, or of the one that `THEKE_E2E_PROGRAM` names.
pub fn thekectl() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| std::env::var_os("THEKE_E2E_PROGRAM").map_or_else(build, PathBuf::from))
}

fn build() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(root)
        .args([
            "build",
            "--quiet",
            "--package",
            "thekectl",
            "--features",
            "crash-points",
            "--message-format",
            "json",
        ])
        .stderr(Stdio::inherit())
        .output()
        .expect("cargo can be started");
    assert!(output.status.success(), "thekectl does not build");
    let text = String::from_utf8(output.stdout).unwrap();
    let built = text
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .expect("cargo names the program");
    // target/debug/thekectl -> target/tmp/thekectl-e2e
    let folder = built.parent().and_then(Path::parent).unwrap().join("tmp");
    std::fs::create_dir_all(&folder).unwrap();
    let aside = folder.join("thekectl-e2e");
    let draft = folder.join(format!("thekectl-e2e-{}", std::process::id()));
    // Written by another process: a file that this one holds open for writing is inherited by whatever another test
    // starts at that moment, and could not be executed until that has gone on.
    assert!(Command::new("cp").arg(&built).arg(&draft).status().unwrap().success(), "cp copies the program");
    std::fs::rename(&draft, &aside).unwrap();
    aside
}

/// What a run of the program gave.
#[derive(Debug)]
pub struct Done {
    /// Exit code; `None` when it was killed.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Done {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
            err: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
        }
    }

    /// The one JSON value on stdout.
    pub fn value(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}\n{}", self.out, self.err))
    }

    /// Code and sentence of the error on stderr.
    pub fn error(&self) -> (String, String) {
        let error: Value = serde_json::from_str(&self.err).unwrap_or_else(|e| panic!("{e}: {}", self.err));
        let text = |key: &str| error["error"][key].as_str().unwrap().to_owned();
        (text("code"), text("message"))
    }
}

/// A profile and the files beside it, in a folder that goes away.
pub struct Shop {
    folder: tempfile::TempDir,
    clock: bool,
}

impl Default for Shop {
    fn default() -> Self {
        Self::new()
    }
}

impl Shop {
    /// With a profile that a passphrase opens, without undo time.
    pub fn new() -> Self {
        let shop = Self::empty();
        shop.json(&["init", "--shop", "Rad und Tat", "--country", "DE"]);
        shop.json(&["settings", "set", "send.undo_secs", "0"]);
        shop
    }

    /// Without a profile.
    pub fn empty() -> Self {
        let shop = Self { folder: tempfile::tempdir().unwrap(), clock: false };
        shop.write("passphrase", "korrekt pferd batterie\n");
        shop
    }

    /// From now on this is the time; again to move it.
    pub fn set_clock(&mut self, rfc3339: &str) {
        // In one step, because a running engine reads it at any moment.
        let draft = self.write("clock.new", rfc3339);
        std::fs::rename(draft, self.folder.path().join("clock")).unwrap();
        self.clock = true;
    }

    /// The folder beside the profile.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The profile's folder.
    pub fn profile(&self) -> PathBuf {
        self.folder.path().join("profile")
    }

    /// Writes a file beside the profile and gives its path.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let file = self.folder.path().join(name);
        std::fs::write(&file, content).unwrap();
        file.display().to_string()
    }

    /// The program with profile and passphrase named, `--json` said.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(thekectl());
        command.current_dir(self.folder.path()).env_remove("RUST_LOG").stdin(Stdio::null());
        command.args(["--json", "--no-keychain", "--profile"]).arg(self.profile());
        command.arg("--passphrase-file").arg(self.folder.path().join("passphrase"));
        if self.clock {
            command.arg("--clock-file").arg(self.folder.path().join("clock"));
        }
        command.args(words);
        command
    }

    /// Runs it to its end.
    pub fn run(&self, words: &[&str]) -> Done {
        Done::of(self.command(words).output().unwrap())
    }

    /// Runs it until it kills itself at the `nth` crash point, or to its end.
    pub fn run_to_crash(&self, words: &[&str], nth: u64) -> Done {
        Done::of(self.command(words).env("THEKE_CRASH_AT", nth.to_string()).output().unwrap())
    }

    /// Runs it, expects success, gives its answer.
    pub fn json(&self, words: &[&str]) -> Value {
        let done = self.run(words);
        assert_eq!(done.code, Some(0), "{words:?}: {}{}", done.out, done.err);
        done.value()
    }

    /// Runs it, expects exit code 1, gives code and sentence.
    pub fn fails(&self, words: &[&str]) -> (String, String) {
        let done = self.run(words);
        assert_eq!(done.code, Some(1), "{words:?}: {}{}", done.out, done.err);
        done.error()
    }

    /// Adds an account; `secrets` are written to files first. Gives its id as text.
    pub fn add_account(
        &self,
        kind: &str,
        values: &BTreeMap<String, String>,
        secrets: &[(&str, &str)],
    ) -> String {
        let done = self.try_add_account(kind, values, secrets);
        assert_eq!(done.code, Some(0), "{kind}: {}", done.err);
        done.value()["id"].to_string()
    }

    /// The same, whatever comes of it.
    pub fn try_add_account(
        &self,
        kind: &str,
        values: &BTreeMap<String, String>,
        secrets: &[(&str, &str)],
    ) -> Done {
        let mut words = vec!["accounts".to_owned(), "add".to_owned(), kind.to_owned()];
        for (key, value) in values {
            words.extend(["--set".to_owned(), format!("{key}={value}")]);
        }
        for (key, secret) in secrets {
            let file = self.write(&format!("secret-{kind}-{key}"), format!("{secret}\n"));
            words.extend(["--secret".to_owned(), format!("{key}={file}")]);
        }
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        self.run(&words)
    }

    /// Queues an answer that is due at once. Gives the program's answer.
    pub fn reply(&self, conversation: &str, body: &str, more: &[&str]) -> Value {
        let file = self.write("body", body);
        let mut words = vec!["reply", conversation, "--body-file", &file, "--now"];
        words.extend(more);
        self.json(&words)
    }

    /// All messages of all conversations.
    pub fn messages(&self) -> Vec<Value> {
        let conversations = self.json(&["conversations", "list"]);
        let ids: Vec<String> =
            conversations.as_array().unwrap().iter().map(|c| c["id"].to_string()).collect();
        ids.iter()
            .flat_map(|id| self.json(&["conversations", "show", id])["messages"].as_array().unwrap().clone())
            .collect()
    }

    /// Starts the background engine; returns once it has the profile.
    pub fn start(&self) -> Running {
        let mut child =
            self.command(&["run"]).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap();
        let (tell, events) = channel();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                let event = serde_json::from_str(&line).unwrap_or_else(|e| panic!("{e}: {line}"));
                if tell.send(event).is_err() {
                    break;
                }
            }
        });
        let mut running = Running { child, events };
        running.wait_for(|event| event["event"] == "started");
        running
    }
}

/// A running engine; killed when dropped.
pub struct Running {
    child: Child,
    events: Receiver<Value>,
}

impl Running {
    /// Reads events until one fits.
    pub fn wait_for(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        let until = Instant::now() + PATIENCE;
        loop {
            match self.events.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(event) if fits(&event) => return event,
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => panic!("the event did not come"),
                Err(RecvTimeoutError::Disconnected) => panic!("the engine ended: {:?}", self.child.wait()),
            }
        }
    }

    /// The process's id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to end as a system does, and gives its exit code.
    pub fn stop(mut self) -> Option<i32> {
        signal("-TERM", self.child.id());
        self.child.wait().unwrap().code()
    }

    /// Ends it without any warning.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Harmless for one that has ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn signal(name: &str, pid: u32) {
    assert!(Command::new("kill").arg(name).arg(pid.to_string()).status().unwrap().success());
}

/// Asks again until the answer fits, each time at once; for what no event tells, such as a server's own state.
pub fn until<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(Instant::now() < end, "waited in vain for {what}");
        std::thread::park_timeout(Duration::from_millis(20));
    }
}

/// The corpora beside the repository, or `None` with a line that says so.
pub fn corpora() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = std::env::var_os("THEKE_SHARED").map(PathBuf::from);
    let found = shared
        .into_iter()
        .chain(root.ancestors().map(|folder| folder.join("shared")))
        .map(|s| s.join("corpora"));
    let found = found.into_iter().find(|folder| folder.join("INDEX.md").is_file());
    if found.is_none() {
        println!("skipped: corpora not found");
    }
    found
}
