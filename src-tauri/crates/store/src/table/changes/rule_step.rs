//! The way back of changes to rules. A rule that is on again is not for what came meanwhile.

use rusqlite::Transaction;
use theke_domain::ids::RuleId;
use theke_domain::time::Timestamp;

use super::Step;
use crate::error::Result;
use crate::table::rules;

/// Takes a step of a rule back, if the rule is still as it left it.
pub(super) fn take_back(tx: &Transaction<'_>, step: &Step, now: Timestamp) -> Result<bool> {
    match step {
        Step::RuleRemoved { rule } => rules::put_back(tx, *rule, now),
        Step::RuleSaved { rule, before, became } => {
            let Some(found) = rules::get(tx, *rule)?.filter(|found| found.version == *became) else {
                return Ok(false);
            };
            match before {
                Some(before) => rules::put_in_force(tx, found.id, before, now)?,
                None => rules::remove(tx, found.id, now)?,
            }
            Ok(true)
        }
        Step::RuleSwitched { rule, was } => {
            let differs = rules::get(tx, *rule)?.is_some_and(|found| found.is_on != *was);
            if differs {
                rules::set_on(tx, *rule, *was, now)?;
            }
            Ok(differs)
        }
        Step::RulesOrdered { before, became } => {
            let order: Vec<RuleId> = rules::all(tx)?.into_iter().map(|rule| rule.id).collect();
            let ours = order == *became;
            if ours {
                rules::set_order(tx, before)?;
            }
            Ok(ours)
        }
        _ => Ok(false),
    }
}
