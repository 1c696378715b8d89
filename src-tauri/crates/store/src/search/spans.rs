//! The spans of time into which the search index of messages is cut.
//!
//! FTS5 answers the beginning of a word by putting together the lists of all words that begin so, however old their
//! messages are: a keystroke would cost more with every year. So each word stands behind the mark of its message's
//! span, and a search asks span after span, newest first, until its page is full. A span is closed when it is full and
//! is never moved; only the outermost two grow, the newest by what comes and the oldest by what is fetched from the past.
//!
//! Not here: what is asked of a span.

use std::ops::Range;

use rusqlite::{Connection, Transaction, params};

use crate::error::Result;
use crate::row;

/// Messages after which a span is full. Fewer make common words cheaper and rare words dearer, since those are looked
/// for in every span.
const FULL: i64 = 25_000;
/// Marks are two digits of this base. Spans with equal marks are told apart by the range of their keys.
const BASE: i64 = 36;

/// One span.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Span {
    id: i64,
    first_key: i64,
    last_key: i64,
    messages: i64,
}

/// All spans, oldest first.
#[derive(Debug, Default)]
pub(super) struct Spans(Vec<Span>);

impl Spans {
    /// Reads them; there is one for [`FULL`] messages.
    pub fn read(conn: &Connection) -> Result<Self> {
        let sql = "SELECT id, first_key, last_key, messages FROM search_spans";
        let mut all = row::all(conn, sql, [], |r| {
            Ok(Span { id: r.get(0)?, first_key: r.get(1)?, last_key: r.get(2)?, messages: r.get(3)? })
        })?;
        all.sort_unstable_by_key(|span| span.first_key);
        Ok(Self(all))
    }

    /// The mark of the span that a message with this key is put into; makes one where the outermost is full.
    pub fn take(&mut self, key: i64) -> String {
        let after = self.0.partition_point(|span| span.first_key <= key);
        let newest = after == self.0.len();
        let place = match after.checked_sub(1) {
            None if self.0.first().is_some_and(|oldest| oldest.messages < FULL) => 0,
            Some(place)
                if self.0.get(place).is_some_and(|s| !newest || s.messages < FULL || key <= s.last_key) =>
            {
                place
            }
            _ => {
                let id = self.0.iter().map(|span| span.id).max().unwrap_or(0) + 1;
                self.0.insert(after, Span { id, first_key: key, last_key: key, messages: 0 });
                after
            }
        };
        let Some(span) = self.0.get_mut(place) else { return String::new() };
        span.first_key = span.first_key.min(key);
        span.last_key = span.last_key.max(key);
        span.messages += 1;
        mark(span.id)
    }

    /// Writes them back.
    pub fn write(&self, tx: &Transaction<'_>) -> Result<()> {
        let sql =
            "INSERT OR REPLACE INTO search_spans (id, first_key, last_key, messages) VALUES (?, ?, ?, ?)";
        for span in &self.0 {
            row::run(tx, sql, params![span.id, span.first_key, span.last_key, span.messages])?;
        }
        Ok(())
    }

    /// The mark of each span with keys in this range and which of the range are its own, newest first.
    pub fn within(&self, keys: &Range<i64>) -> impl Iterator<Item = (String, Range<i64>)> {
        let ends = self.0.iter().skip(1).map(|span| span.first_key).chain([i64::MAX]);
        let own = self
            .0
            .iter()
            .zip(ends)
            .map(|(span, end)| (mark(span.id), span.first_key.max(keys.start)..end.min(keys.end)));
        own.filter(|(_, own)| !own.is_empty()).collect::<Vec<_>>().into_iter().rev()
    }
}

fn mark(id: i64) -> String {
    let digit = |value: i64| u32::try_from(value % BASE).ok().and_then(|value| char::from_digit(value, 36));
    [digit(id / BASE), digit(id)].into_iter().flatten().collect()
}

/// `folded` with every word behind the mark.
pub(super) fn marked(folded: &str, mark: &str) -> String {
    let mut out = String::with_capacity(folded.len() + folded.len() / 2);
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(mark);
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(spans: &mut Spans, keys: impl Iterator<Item = i64>) -> Vec<String> {
        let mut marks: Vec<String> = keys.map(|key| spans.take(key)).collect();
        marks.dedup();
        marks
    }

    #[test]
    fn a_first_sync_and_what_comes_later_fill_spans_at_both_ends() {
        let mut spans = Spans::default();
        assert_eq!(put(&mut spans, (60_000..110_000).rev()), ["01", "02"]);
        assert_eq!(put(&mut spans, 110_000..110_010), ["03"]);
        assert_eq!(put(&mut spans, [109_999, 85_000, 60_000].into_iter()), ["01", "02"]);
        assert_eq!(put(&mut spans, [59_999].into_iter()), ["04"]);
        let within = |from, to| spans.within(&(from..to)).collect::<Vec<_>>();
        assert_eq!(
            within(0, i64::MAX),
            [
                ("03".to_owned(), 110_000..i64::MAX),
                ("01".to_owned(), 85_000..110_000),
                ("02".to_owned(), 60_000..85_000),
                ("04".to_owned(), 59_999..60_000),
            ]
        );
        assert_eq!(
            within(84_999, 85_001),
            [("01".to_owned(), 85_000..85_001), ("02".to_owned(), 84_999..85_000)]
        );
        assert!(within(5, 5).is_empty());
    }

    #[test]
    fn a_key_that_comes_again_stays_in_its_span() {
        let mut spans = Spans::default();
        put(&mut spans, (0..30_000).rev());
        let before = spans.within(&(0..i64::MAX)).collect::<Vec<_>>();
        let marks: Vec<String> = [29_999, 5_000, 4_999, 0].map(|key| spans.take(key)).to_vec();
        assert_eq!(marks, ["01", "01", "02", "02"]);
        assert_eq!(spans.within(&(0..i64::MAX)).collect::<Vec<_>>(), before);
    }

    #[test]
    fn words_stand_behind_the_mark() {
        assert_eq!(marked("muller mueller", "0z"), "0zmuller 0zmueller");
        assert_eq!(marked("", "0z"), "");
        assert_eq!(
            (mark(35), mark(36), mark(36 * 36 + 1)),
            ("0z".to_owned(), "10".to_owned(), "01".to_owned())
        );
    }
}
