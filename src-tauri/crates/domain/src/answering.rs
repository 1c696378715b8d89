//! How long a customer and the shop usually let each other wait, out of the last things that were said.
//!
//! Waiting begins with the first thing that is unanswered and ends with the first answer; the usual wait is the one in
//! the middle, so that one holiday does not count for much. A call or a visit is both at once: it answers whoever
//! waits, and nobody waits after it. What a program wrote is no answer.
//!
//! Not here: which messages are looked at, and in what hours waiting is counted: the caller measures.

use std::collections::BTreeMap;

use crate::ids::ConversationId;
use crate::message::Direction;
use crate::time::Timestamp;

/// Something that was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// In which matter.
    pub conversation: ConversationId,
    /// By the customer (in) or the shop (out).
    pub direction: Direction,
    /// When.
    pub at: Timestamp,
    /// Both talked: a call, a visit.
    pub live: bool,
}

/// The usual wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usual {
    /// The one in the middle, in seconds.
    pub secs: i64,
    /// Of so many.
    pub of: u32,
}

/// Both usual waits; `None` where nothing was answered yet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waits {
    /// How long the customer waits for the shop.
    pub ours: Option<Usual>,
    /// How long the shop waits for the customer.
    pub theirs: Option<Usual>,
}

/// Since when each of the two has waited.
#[derive(Default)]
struct Waiting {
    customer: Option<Timestamp>,
    shop: Option<Timestamp>,
}

/// The usual waits. `said` in any order; `ours` measures the shop's time (in its hours, if it has any), the customer's
/// is measured by the clock.
pub fn usual(said: &[Said], ours: impl Fn(Timestamp, Timestamp) -> i64) -> Waits {
    let mut said: Vec<&Said> = said.iter().collect();
    said.sort_by_key(|said| said.at);
    let mut waiting: BTreeMap<ConversationId, Waiting> = BTreeMap::new();
    let (mut of_shop, mut of_customer) = (Vec::new(), Vec::new());
    for said in said {
        let waiting = waiting.entry(said.conversation).or_default();
        if said.live || said.direction == Direction::Out {
            of_shop.extend(waiting.customer.take().map(|since| ours(since, said.at)));
        }
        if said.live || said.direction == Direction::In {
            of_customer.extend(waiting.shop.take().map(|since| said.at.secs_since(since)));
        }
        match said.direction {
            _ if said.live => {}
            Direction::In => waiting.customer = waiting.customer.or(Some(said.at)),
            Direction::Out => waiting.shop = waiting.shop.or(Some(said.at)),
        }
    }
    Waits { ours: middle(of_shop), theirs: middle(of_customer) }
}

fn middle(mut waits: Vec<i64>) -> Option<Usual> {
    waits.sort_unstable();
    let of = u32::try_from(waits.len()).unwrap_or(u32::MAX);
    let upper = waits.get(waits.len() / 2)?;
    let lower = waits.get(waits.len().saturating_sub(1) / 2)?;
    Some(Usual { secs: (lower + upper) / 2, of })
}

#[cfg(test)]
mod tests {
    use super::*;

    const IN: (Direction, bool) = (Direction::In, false);
    const OUT: (Direction, bool) = (Direction::Out, false);
    const CALL: (Direction, bool) = (Direction::In, true);

    /// Minutes, who, in which conversation.
    type Wait = Option<(i64, u32)>;

    fn waits(said: &[(i64, (Direction, bool), i64)]) -> (Wait, Wait) {
        let said: Vec<Said> = said
            .iter()
            .map(|(minute, (direction, live), conversation)| Said {
                conversation: ConversationId(*conversation),
                direction: *direction,
                at: Timestamp::from_secs(minute * 60),
                live: *live,
            })
            .collect();
        let found = usual(&said, |from, to| to.secs_since(from));
        let short = |usual: Option<Usual>| usual.map(|usual| (usual.secs / 60, usual.of));
        (short(found.ours), short(found.theirs))
    }

    #[test]
    fn the_wait_in_the_middle_counts() {
        for (said, expected) in [
            (&[][..], (None, None)),
            (&[(0, IN, 1)][..], (None, None)),
            (&[(0, IN, 1), (10, OUT, 1)], (Some((10, 1)), None)),
            // The first of two questions began the wait, and the first of two answers ended it.
            (&[(0, IN, 1), (5, IN, 1), (20, OUT, 1), (30, OUT, 1)], (Some((20, 1)), None)),
            (&[(0, OUT, 1), (60, IN, 1)], (None, Some((60, 1)))),
            // Given newest first, as a list is.
            (&[(60, IN, 1), (0, OUT, 1)], (None, Some((60, 1)))),
            // Two matters do not answer each other.
            (&[(0, IN, 1), (10, OUT, 2)], (None, None)),
            // 10, 20 and 3000 minutes: the holiday hardly counts.
            (
                &[(0, IN, 1), (10, OUT, 1), (0, IN, 2), (20, OUT, 2), (0, IN, 3), (3000, OUT, 3)],
                (Some((20, 3)), None),
            ),
            // 10 and 20: between them.
            (&[(0, IN, 1), (10, OUT, 1), (0, IN, 2), (20, OUT, 2)], (Some((15, 2)), None)),
            // A call answers who waits, whoever rang, and leaves nobody waiting.
            (&[(0, IN, 1), (15, CALL, 1), (90, OUT, 1)], (Some((15, 1)), None)),
            (&[(0, OUT, 1), (30, CALL, 1), (90, IN, 1)], (None, Some((30, 1)))),
        ] {
            assert_eq!(waits(said), expected, "{said:?}");
        }
    }

    #[test]
    fn the_shops_time_is_measured_as_the_caller_says() {
        let said = [
            Said { conversation: ConversationId(1), direction: Direction::In, at: Timestamp(0), live: false },
            Said {
                conversation: ConversationId(1),
                direction: Direction::Out,
                at: Timestamp(9_000),
                live: false,
            },
        ];
        assert_eq!(usual(&said, |_, _| 7).ours, Some(Usual { secs: 7, of: 1 }));
    }
}
