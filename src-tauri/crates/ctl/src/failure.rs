//! What went wrong, as the command line says it: an exit code, a stable code and a sentence with its next step.

use serde_json::json;
use theke_engine::api::{ApiError, Code};

/// Exit code of a command that failed.
pub const FAILED: u8 = 1;
/// Exit code of words that make no sense.
pub const WRONG_WORDS: u8 = 2;
/// Exit code of a command that did only a part.
pub const PARTLY: u8 = 3;

/// A failure on its way to stderr.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The process's exit code.
    pub exit: u8,
    /// The stable word: a `Code` of the engine, or `usage`.
    pub code: String,
    /// What happened and what to do next.
    pub message: String,
}

/// The result of a command.
pub type Outcome<T> = Result<T, Failure>;

impl Failure {
    /// A refusal of the command line itself: the words were understood, what they name cannot be used.
    pub fn bad_input(message: impl Into<String>) -> Self {
        Self { exit: FAILED, code: "bad_input".into(), message: message.into() }
    }

    /// Words that make no sense together.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { exit: WRONG_WORDS, code: "usage".into(), message: message.into() }
    }

    /// The same, when something else was done.
    #[must_use]
    pub fn partly(mut self) -> Self {
        self.exit = PARTLY;
        self
    }

    /// As `{"error": {"code", "message"}}` or as a sentence, without a line end.
    pub fn render(&self, json: bool) -> String {
        if json {
            json!({"error": {"code": self.code, "message": self.message}}).to_string()
        } else {
            format!("thekectl: {}", crate::output::plain_lines(&self.message))
        }
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        let mut message = error.message;
        // The engine's sentence is for the window too; here the way to give a key has a name.
        if matches!(error.code, Code::KeyNeeded | Code::KeychainLocked) {
            message.push_str(" On the command line: --passphrase-file FILE or --recovery-code-file FILE.");
        }
        Self { exit: FAILED, code: crate::output::word(&error.code), message }
    }
}
