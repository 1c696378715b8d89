//! Reading the counts out of what the test runners write. Text and not their machine formats, because cargo's own
//! is unstable and the text of the others has stood for years; a runner whose count is not found fails its step.

use std::ops::AddAssign;

/// How many passed, failed and were skipped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Passed.
    pub passed: u32,
    /// Failed.
    pub failed: u32,
    /// Not run, with a sentence that says why.
    pub skipped: u32,
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// Who ran the tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Runner {
    /// Nobody: the step itself is the test.
    Step,
    /// `cargo test -- --show-output`.
    Cargo,
    /// `vitest run`.
    Vitest,
    /// `node --test`.
    Node,
}

/// The counts in what `runner` wrote; `None` if there are none, as when it could not even be built.
pub fn read(runner: Runner, text: &str) -> Option<Count> {
    let text = without_colour(text);
    match runner {
        Runner::Step => None,
        Runner::Cargo => cargo(&text),
        Runner::Vitest => vitest(&text),
        Runner::Node => node(&text),
    }
}

/// `test result: ok. 5 passed; 0 failed; 1 ignored; …` once for each program of tests. A test that found its
/// servers or corpora missing writes `skipped: why` and returns; it counts as skipped, not as passed.
fn cargo(text: &str) -> Option<Count> {
    let mut sum = None;
    for line in text.lines() {
        if let Some(result) = line.strip_prefix("test result: ") {
            let count: &mut Count = sum.get_or_insert_default();
            *count += Count {
                passed: before(result, " passed"),
                failed: before(result, " failed"),
                skipped: before(result, " ignored"),
            };
        }
    }
    let said = u32::try_from(text.lines().filter(|line| line.starts_with("skipped: ")).count()).unwrap_or(0);
    sum.map(|count| Count {
        passed: count.passed.saturating_sub(said),
        skipped: count.skipped + said,
        ..count
    })
}

/// ` Tests  1 failed | 12 passed | 1 skipped (14)`
fn vitest(text: &str) -> Option<Count> {
    let line = text.lines().rev().find(|line| line.trim_start().starts_with("Tests "))?;
    Some(Count {
        passed: before(line, " passed"),
        failed: before(line, " failed"),
        skipped: before(line, " skipped") + before(line, " todo"),
    })
}

/// `ℹ pass 12`, `ℹ fail 0`, `ℹ skipped 1`, each on its line; `#` instead of `ℹ` in its other manner.
fn node(text: &str) -> Option<Count> {
    let field = |name: &str| {
        text.lines().rev().find_map(|line| {
            let mut words = line.trim_start_matches(['ℹ', '#']).split_whitespace();
            (words.next()? == name).then(|| words.next()?.parse::<u32>().ok())?
        })
    };
    let failed = field("fail")? + field("cancelled").unwrap_or(0);
    Some(Count { passed: field("pass")?, failed, skipped: field("skipped")? + field("todo").unwrap_or(0) })
}

/// The number just before a word; 0 if it is not there.
fn before(line: &str, word: &str) -> u32 {
    let Some((head, _)) = line.split_once(word) else { return 0 };
    head.rsplit(|c: char| !c.is_ascii_digit()).next().and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// Terminal colours are escape sequences that end in a letter.
pub fn without_colour(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut escaped = false;
    for c in text.chars() {
        match c {
            '\u{1b}' => escaped = true,
            _ if escaped => escaped = !c.is_ascii_alphabetic(),
            _ => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{Count, Runner, read};

    fn count(passed: u32, failed: u32, skipped: u32) -> Option<Count> {
        Some(Count { passed, failed, skipped })
    }

    #[test]
    fn cargo_counts_are_summed_and_spoken_skips_told_apart() {
        let text = "test a ... ok\nskipped: corpora not found\n\
            test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.10s\n\
            test result: FAILED. 2 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.0s\n";
        assert_eq!(read(Runner::Cargo, text), count(6, 3, 2));
        assert_eq!(read(Runner::Cargo, "error: could not compile"), None);
    }

    #[test]
    fn vitest_counts_are_read_through_its_colours() {
        let text = " \u{1b}[2mTest Files \u{1b}[22m 3 passed (3)\n \u{1b}[2m     Tests \u{1b}[22m \u{1b}[1m\u{1b}[31m1 failed\u{1b}[39m\u{1b}[22m\u{1b}[2m | \u{1b}[22m\u{1b}[1m\u{1b}[32m12 passed\u{1b}[39m\u{1b}[22m | 2 skipped (15)\n";
        assert_eq!(read(Runner::Vitest, text), count(12, 1, 2));
    }

    #[test]
    fn node_counts_are_read_in_both_manners() {
        assert_eq!(
            read(Runner::Node, "ℹ tests 4\nℹ pass 3\nℹ fail 0\nℹ cancelled 0\nℹ skipped 1\nℹ todo 0\n"),
            count(3, 0, 1)
        );
        assert_eq!(read(Runner::Node, "# pass 3\n# fail 1\n# cancelled 1\n# skipped 0\n"), count(3, 2, 0));
        assert_eq!(read(Runner::Node, "sh: node: not found"), None);
    }
}
