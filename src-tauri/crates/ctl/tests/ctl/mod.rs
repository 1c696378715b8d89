//! Runs the built program against a profile in a folder that goes away.
#![allow(dead_code)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// A small mail with a name and a subject beyond ASCII.
pub const MAIL: &str = "From: =?utf-8?q?K=C3=A4the_Muster?= <kaethe@kundin.example>\r\n\
To: Laden <laden@shop.example>\r\n\
Subject: =?utf-8?b?R3LDvMOfZQ==?=\r\n\
Date: Mon, 02 Nov 2026 09:00:00 +0100\r\n\
Message-ID: <a1@kundin.example>\r\n\
MIME-Version: 1.0\r\n\
Content-Type: text/plain; charset=utf-8\r\n\
\r\n\
Guten Tag,\r\nIst mein Rad fertig? Rechnungsnummer 20261.\r\n";

/// What a run of the program gave.
pub struct Done {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// The program and its folder.
pub struct Ctl {
    dir: tempfile::TempDir,
}

impl Ctl {
    /// With an empty place for a profile.
    pub fn without_profile() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// With a profile that a passphrase opens.
    pub fn new() -> Self {
        let ctl = Self::without_profile();
        ctl.write("passphrase", "korrekt pferd batterie\n");
        ctl.json(&["init", "--shop", "Rad und Tat", "--country", "DE"]);
        ctl
    }

    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    pub fn profile(&self) -> PathBuf {
        self.dir.path().join("profile")
    }

    /// Writes a file beside the profile and gives its path.
    pub fn write(&self, name: &str, content: &str) -> String {
        let file = self.dir.path().join(name);
        std::fs::write(&file, content).unwrap();
        file.display().to_string()
    }

    /// The command with profile and passphrase named.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_thekectl"));
        command.current_dir(self.dir.path()).env_remove("RUST_LOG").stdin(Stdio::null());
        command.arg("--no-keychain").arg("--profile").arg(self.profile());
        let passphrase = self.dir.path().join("passphrase");
        if passphrase.exists() {
            command.arg("--passphrase-file").arg(passphrase);
        }
        command.args(words);
        command
    }

    pub fn run(&self, words: &[&str]) -> Done {
        let output = self.command(words).output().unwrap();
        Done {
            code: output.status.code().expect("ended by itself"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs with `--json`, expects success and one JSON value.
    pub fn json(&self, words: &[&str]) -> Value {
        let mut all = vec!["--json"];
        all.extend(words);
        let done = self.run(&all);
        assert_eq!(done.code, 0, "{words:?}: {}", done.err);
        assert!(done.err.is_empty(), "{words:?}: {}", done.err);
        serde_json::from_str(&done.out).unwrap_or_else(|e| panic!("{words:?}: {e}: {}", done.out))
    }

    /// Runs with `--json`, expects failure, gives the code and the sentence.
    pub fn fails(&self, words: &[&str]) -> (String, String) {
        let mut all = vec!["--json"];
        all.extend(words);
        let done = self.run(&all);
        assert_eq!(done.code, 1, "{words:?}: {}{}", done.out, done.err);
        let error: Value =
            serde_json::from_str(&done.err).unwrap_or_else(|e| panic!("{words:?}: {e}: {}", done.err));
        let text = |key: &str| error["error"][key].as_str().unwrap().to_owned();
        (text("code"), text("message"))
    }
}
