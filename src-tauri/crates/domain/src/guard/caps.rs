//! The caps: how many messages may leave by themselves. They hold whatever else is known, because a loop that no sign
//! betrays ends only here.

use serde::{Deserialize, Serialize};

use super::{Answered, Claim, Class, Guard, Name, Why};

/// Most unasked messages of the shop in an hour, whatever the settings say.
pub const HOUR_CEILING: u32 = 60;
/// The same for 24 hours.
pub const DAY_CEILING: u32 = 300;

/// How many may leave. Settings lower these figures freely and raise two of them up to their ceilings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Unasked, to one customer in 24 hours.
    pub contact_day: u32,
    /// Unasked, to one customer in 7 days.
    pub contact_week: u32,
    /// Unasked, of the shop in an hour.
    pub hour: u32,
    /// Unasked, of the shop in 24 hours.
    pub day: u32,
    /// Steps of dialogues and answers to commands, to one customer in 24 hours.
    pub dialogue_day: u32,
    /// Notices of the shop in 24 hours.
    pub notice_day: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { contact_day: 1, contact_week: 3, hour: 20, day: 100, dialogue_day: 10, notice_day: 200 }
    }
}

impl Limits {
    /// With the shop's own figures for the hour and the day, no higher than the ceilings.
    #[must_use]
    pub fn of_settings(hour: u32, day: u32) -> Self {
        Self { hour, day, ..Self::default() }.bounded()
    }

    /// No figure above what it may be, wherever it came from.
    #[must_use]
    pub fn bounded(self) -> Self {
        let usual = Self::default();
        Self {
            contact_day: self.contact_day.min(usual.contact_day),
            contact_week: self.contact_week.min(usual.contact_week),
            hour: self.hour.min(HOUR_CEILING),
            day: self.day.min(DAY_CEILING),
            dialogue_day: self.dialogue_day.min(usual.dialogue_day),
            notice_day: self.notice_day.min(usual.notice_day),
        }
    }
}

/// What left before, and who else is at it. Of one customer means: of the contact or of the address, whichever is more,
/// or a new contact would be a way around the cap. What the ledger dates later than now counts too: a clock that was
/// set back opens no cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ledger {
    /// Automation is switched on.
    pub switched_on: bool,
    /// Unasked to this customer in the last 24 hours.
    pub contact_day: u32,
    /// Unasked to this customer in the last 7 days.
    pub contact_week: u32,
    /// Unasked of the shop in the last hour.
    pub hour: u32,
    /// Unasked of the shop in the last 24 hours.
    pub day: u32,
    /// Steps of dialogues to this customer in the last 24 hours.
    pub dialogue_day: u32,
    /// Notices of the shop in the last 24 hours.
    pub notice_day: u32,
    /// The notice of this order and state has left before, ever.
    pub notice_sent: bool,
    /// Who has answered the message.
    pub answered: Option<Answered>,
    /// Which computer may answer.
    pub claim: Claim,
}

impl Ledger {
    /// Nothing has left, automation is on, and nobody else is at it.
    pub fn empty() -> Self {
        Self {
            switched_on: true,
            contact_day: 0,
            contact_week: 0,
            hour: 0,
            day: 0,
            dialogue_day: 0,
            notice_day: 0,
            notice_sent: false,
            answered: None,
            claim: Claim::NotNeeded,
        }
    }
}

/// The caps' words. Only those of its class hold a message back.
pub fn check(class: Class, ledger: &Ledger, limits: &Limits) -> Vec<Guard> {
    let limits = limits.bounded();
    let cap = |name, of, sent: u32, most: u32| {
        if of != class {
            return Guard { name, passed: true, why: Why::OtherClass };
        }
        Guard { name, passed: sent < most, why: Why::Count { sent, most } }
    };
    vec![
        cap(Name::CapContactDay, Class::Unasked, ledger.contact_day, limits.contact_day),
        cap(Name::CapContactWeek, Class::Unasked, ledger.contact_week, limits.contact_week),
        cap(Name::CapHour, Class::Unasked, ledger.hour, limits.hour),
        cap(Name::CapDay, Class::Unasked, ledger.day, limits.day),
        cap(Name::CapDialogue, Class::Dialogue, ledger.dialogue_day, limits.dialogue_day),
        cap(Name::CapNotice, Class::Notice, ledger.notice_day, limits.notice_day),
        cap(Name::NoticeOnce, Class::Notice, u32::from(ledger.notice_sent), 1),
    ]
}
