//! The text of a PDF, read in a process of its own.
//!
//! A hostile file can make a reader loop, take all memory, or overflow its stack, and an overflow ends a process
//! whatever is caught. So the shell starts itself again with one word ([`asked`]); that process takes the file on its
//! standard input, answers text page by page, and is ended when its time is over. What it had read by then is shown.
//!
//! Not here: drawing pages, forms, PDFs with a password.

use std::ffi::OsStr;
use std::io::{Read as _, Write as _};
use std::process::{ExitCode, Stdio};
use std::time::Duration;

use pdf_extract::{Document, PlainTextOutput, output_doc_page};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::Command;

/// The word that asks for the reader.
pub const WORD: &str = "read-pdf";
/// A larger file is not read.
pub const FILE_MAX_BYTES: u64 = 32 * 1024 * 1024;
/// Text beyond this is left out: nobody reads it in a preview.
const TEXT_MAX_BYTES: usize = 300_000;
const PAGES_MAX: usize = 300;
const TIME_MAX: Duration = Duration::from_secs(10);
/// What the reader may take beside its own program.
#[cfg(target_os = "linux")]
const MEMORY_MAX_BYTES: u64 = 768 * 1024 * 1024;

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pages {
    /// As it reads; empty for a file of pictures.
    pub text: String,
    /// There is more in the file.
    pub cut: bool,
    /// The reader came to its end.
    pub whole: bool,
}

/// The end of the reader, if this process was started as one. A shell calls it before anything else.
pub fn asked() -> Option<ExitCode> {
    let mut words = std::env::args_os().skip(1);
    (words.next()? == OsStr::new(WORD) && words.next().is_none()).then(serve)
}

/// Reads a file with this program as the reader.
pub async fn read(bytes: Vec<u8>) -> Option<Pages> {
    let program = std::env::current_exe().ok()?;
    read_with(program.as_os_str(), bytes, TIME_MAX).await
}

/// `None` if the reader could not be started.
async fn read_with(program: &OsStr, bytes: Vec<u8>, time: Duration) -> Option<Pages> {
    let mut command = Command::new(program);
    command.arg(WORD).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    #[cfg(windows)]
    command.creation_flags(0x0800_0000); // CREATE_NO_WINDOW
    let mut reader = command.spawn().ok()?;
    let (mut file, answer) = (reader.stdin.take()?, reader.stdout.take()?);
    let mut answer = answer.take(TEXT_MAX_BYTES as u64 + 1);
    let mut text = Vec::new();
    let talk = async {
        let give = async {
            // A reader that ends early has closed its side; what it answered counts.
            let _ = file.write_all(&bytes).await;
            drop(file);
        };
        let (_, taken) = tokio::join!(give, answer.read_to_end(&mut text));
        // With more than is wanted it is not waited for: it would stand before a full pipe. Dropped, it is ended.
        taken.is_ok_and(|count| count <= TEXT_MAX_BYTES)
            && reader.wait().await.is_ok_and(|status| status.success())
    };
    let whole = tokio::time::timeout(time, talk).await.unwrap_or(false);
    let cut = text.len() > TEXT_MAX_BYTES;
    text.truncate(TEXT_MAX_BYTES);
    Some(Pages { text: tidy(&String::from_utf8_lossy(&text)), cut: cut || !whole, whole: whole || cut })
}

/// The process of the reader.
fn serve() -> ExitCode {
    #[cfg(target_os = "linux")]
    if limit_memory().is_err() {
        return ExitCode::FAILURE;
    }
    // Nobody reads what it says of itself.
    std::panic::set_hook(Box::new(|_| {}));
    let mut bytes = Vec::new();
    if std::io::stdin().take(FILE_MAX_BYTES).read_to_end(&mut bytes).is_err() {
        return ExitCode::FAILURE;
    }
    let mut out = std::io::stdout();
    let written = extract(&bytes, |page| out.write_all(page.as_bytes()).is_ok() && out.flush().is_ok());
    if written { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[cfg(target_os = "linux")]
fn limit_memory() -> rustix::io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limit = |most| Rlimit { current: Some(most), maximum: Some(most) };
    setrlimit(Resource::Data, limit(MEMORY_MAX_BYTES))?;
    // No file of what it held when it crashed.
    setrlimit(Resource::Core, limit(0))
}

/// Hands each page to `give` until that says no; a page that cannot be read is left out. False for what is no PDF,
/// and where there are more pages than are read.
fn extract(bytes: &[u8], mut give: impl FnMut(&str) -> bool) -> bool {
    let Some(Ok(document)) = caught(|| Document::load_mem(bytes)) else { return false };
    let pages = caught(|| document.get_pages()).unwrap_or_default();
    let all = pages.len() <= PAGES_MAX;
    for number in pages.into_keys().take(PAGES_MAX) {
        let mut text = String::new();
        // What stood in front of the trouble is still text.
        let _ = caught(|| output_doc_page(&document, &mut PlainTextOutput::new(&mut text), number));
        text.push_str("\n\n");
        if !give(&text) {
            break;
        }
    }
    all
}

/// The crate panics on many broken files; one page must not take the others with it.
fn caught<T>(act: impl FnOnce() -> T) -> Option<T> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(act)).ok()
}

/// Without control characters, spaces at the ends of lines and more than one empty line.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 2;
    for line in text.lines() {
        let line: String = line.chars().filter(|c| !c.is_control() || *c == '\t').collect();
        let line = line.trim_end();
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty < 2 {
            out.push_str(line);
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests;
