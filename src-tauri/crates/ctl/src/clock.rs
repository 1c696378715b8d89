//! The clock of `--clock-file`: a file with one RFC 3339 time, read again at each use, so that a test can move
//! a running program through days.

use std::path::PathBuf;

use theke_domain::time::Timestamp;
use theke_engine::ports::{Clock, SystemClock};

use crate::failure::{Failure, Outcome};

/// Reads the time from a file.
#[derive(Debug)]
pub struct FileClock {
    file: PathBuf,
    last_good: std::sync::atomic::AtomicI64,
}

impl FileClock {
    /// Fails in words when the file does not hold a time.
    pub fn open(file: PathBuf) -> Outcome<Self> {
        let Some(time) = read(&file) else {
            return Err(Failure::bad_input(format!(
                "The clock file {} holds no time. Write one line such as 2026-11-21T09:00:00Z.",
                file.display()
            )));
        };
        Ok(Self { file, last_good: time.0.into() })
    }
}

fn read(file: &std::path::Path) -> Option<Timestamp> {
    Timestamp::from_rfc3339(&std::fs::read_to_string(file).ok()?)
}

impl Clock for FileClock {
    /// A file that is just being rewritten may be empty for a moment: then the last time that could be read.
    fn now(&self) -> Timestamp {
        use std::sync::atomic::Ordering::Relaxed;
        match read(&self.file) {
            Some(time) => {
                self.last_good.store(time.0, Relaxed);
                time
            }
            None => Timestamp(self.last_good.load(Relaxed)),
        }
    }
}

/// The clock that the words ask for.
pub fn choose(file: Option<PathBuf>) -> Outcome<std::sync::Arc<dyn Clock>> {
    Ok(match file {
        Some(file) => std::sync::Arc::new(FileClock::open(file)?),
        None => std::sync::Arc::new(SystemClock),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_moves_with_its_file_and_survives_a_half_written_one() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("clock");
        assert_eq!(FileClock::open(file.clone()).unwrap_err().code, "bad_input");
        std::fs::write(&file, "2026-11-21T09:00:00Z\n").unwrap();
        let clock = FileClock::open(file.clone()).unwrap();
        assert_eq!(clock.now().to_rfc3339(), "2026-11-21T09:00:00Z");
        std::fs::write(&file, "2026-11-22T09:00:00+01:00").unwrap();
        assert_eq!(clock.now().to_rfc3339(), "2026-11-22T08:00:00Z");
        std::fs::write(&file, "").unwrap();
        assert_eq!(clock.now().to_rfc3339(), "2026-11-22T08:00:00Z");
    }
}
