//! The one switch for everything that leaves by itself, and what it says of itself.

use theke_domain::guard::{Class, Limits};
use theke_domain::time::Timestamp;
use theke_store::table::automatic_sends::{self, Whose};
use theke_store::table::messages::deciding;
use theke_store::table::outbox::steps;
use theke_store::table::{decisions, rules};
use theke_store::{Connection, Transaction};

use super::types::{AutomationView, CapView, Event};
use super::{Api, ApiResult};
use crate::{outbox, settings};

const HOUR_SECS: i64 = 3600;
const DAY_SECS: i64 = 24 * HOUR_SECS;
/// Nobody counts further.
const ASKED_MAX: u32 = 1000;

impl Api {
    /// Switches automation, or asks with `None`.
    ///
    /// Off holds: what a rule has queued and nobody sent yet asks a person. On, this computer becomes the one that answers
    /// where providers keep no claims, and what came in before is left alone.
    pub async fn automation(&self, on: Option<bool>) -> ApiResult<AutomationView> {
        let now = self.shared.now();
        if let Some(on) = on {
            let here = self.shared.installation().await?;
            let held = self.shared.write_durable(move |tx| switch(tx, on, &here, now)).await?;
            for id in held {
                outbox::tell(&self.shared, id).await;
            }
            self.shared.tell(Event::SettingsChanged {});
            self.shared.automation_nudge.notify_one();
        }
        let here = self.shared.installation().await?;
        self.shared.read(move |conn| status(conn, &here, now)).await
    }
}

fn switch(
    tx: &Transaction<'_>,
    on: bool,
    here: &str,
    now: Timestamp,
) -> ApiResult<Vec<theke_domain::ids::MessageId>> {
    let before = settings::text(tx, settings::AUTOMATION_ON)? == "true";
    settings::set(tx, settings::AUTOMATION_ON, if on { "true" } else { "false" }, now)?;
    if !on {
        return Ok(steps::hold_automatic(tx)?);
    }
    settings::set(tx, settings::AUTOMATION_HERE, here, now)?;
    if !before {
        deciding::forget_before(tx, now.plus_secs(1))?;
    }
    Ok(Vec::new())
}

fn status(conn: &Connection, here: &str, now: Timestamp) -> ApiResult<AutomationView> {
    let on = settings::text(conn, settings::AUTOMATION_ON)? == "true";
    let limits = Limits::of_settings(
        settings::number(conn, settings::AUTOMATION_HOUR_MAX)?,
        settings::number(conn, settings::AUTOMATION_DAY_MAX)?,
    );
    let left =
        |secs: i64| automatic_sends::count(conn, Whose::Shop, Class::Unasked.word(), now.plus_secs(-secs));
    let hour = CapView { sent: left(HOUR_SECS)?, most: limits.hour };
    let day = CapView { sent: left(DAY_SECS)?, most: limits.day };
    let rules_on = u32::try_from(rules::all(conn)?.iter().filter(|rule| rule.is_on).count()).unwrap_or(0);
    let chosen = settings::text(conn, settings::AUTOMATION_HERE)?;
    let is_here = chosen.is_empty() || chosen == here;
    let (code, reason) = match () {
        () if !on => (
            "off",
            "It is switched off, as it is at first and after every restore. Switch it on when the data is right.",
        ),
        () if rules_on == 0 => ("no_rules", "It is switched on, and no rule is: nothing is done by itself."),
        () if hour.sent >= hour.most => (
            "hour_full",
            "This hour's limit is reached. What comes in waits for a person, and it goes on by itself later.",
        ),
        () if day.sent >= day.most => (
            "day_full",
            "The limit of 24 hours is reached. What comes in waits for a person, and it goes on by itself later.",
        ),
        () if !is_here => (
            "elsewhere",
            "Another computer answers where providers keep no claims. Switch it off and on to choose this one.",
        ),
        () => ("on", "It is switched on."),
    };
    Ok(AutomationView {
        on,
        reason: reason.to_owned(),
        code: code.to_owned(),
        rules_on,
        hour,
        day,
        here: is_here,
        asked: u32::try_from(decisions::waiting(conn, ASKED_MAX)?.len()).unwrap_or(ASKED_MAX),
    })
}
