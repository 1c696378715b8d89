//! Rules of the shop: reading, saving as a new version, order, switching, and the way back of each.
//!
//! What a rule says is `theke_domain::rule`. Here is checked what only the shop knows: that what is sent on stays in the
//! shop, and that the standard replies are there. Not here: acting.

use theke_domain::address::Address;
use theke_domain::fold;
use theke_domain::ids::RuleId;
use theke_domain::medium::Medium;
use theke_domain::rule::{Compiled, Facts, Problem, Rule, Trigger};
use theke_domain::time::Timestamp;
use theke_store::table::changes::{self, Step};
use theke_store::table::rules::{self, Before, Written};
use theke_store::table::standard_replies;
use theke_store::{Connection, Transaction};

use super::types::{
    Event, RuleChecked, RuleProblem, RuleReason, RuleShape, RuleTest, RuleTestMessage, RuleVersionView,
    RuleView,
};
use super::{Api, ApiError, ApiResult, Code, view};
use crate::intake::own_addresses;
use crate::settings;

impl Api {
    /// All, in their order.
    pub async fn rules(&self) -> ApiResult<Vec<RuleView>> {
        self.shared
            .read(|conn| -> ApiResult<Vec<RuleView>> {
                rules::all(conn)?.iter().map(|row| shown(conn, row)).collect()
            })
            .await
    }

    /// One.
    pub async fn rule(&self, id: i64) -> ApiResult<RuleView> {
        self.shared.read(move |conn| -> ApiResult<RuleView> { shown(conn, &existing(conn, id)?) }).await
    }

    /// The versions of one, newest first.
    pub async fn rule_versions(&self, id: i64) -> ApiResult<Vec<RuleVersionView>> {
        let versions = self.shared.read(move |conn| rules::versions(conn, RuleId(id))).await?;
        let shown = |one: rules::Version| RuleVersionView {
            version: one.version,
            written_at: view::at(one.written_at),
            source: one.source,
        };
        Ok(versions.into_iter().map(shown).collect())
    }

    /// Saves TOML as a new version of the rule of this id, or as a new rule, which is switched off.
    ///
    /// # Errors
    /// `BadInput` with `params.field`, the place, for what is wrong with it, and for an address that is not the shop's.
    pub async fn rule_save(&self, id: Option<i64>, source: &str) -> ApiResult<RuleView> {
        let (source, now) = (source.to_owned(), self.shared.now());
        let saved =
            self.shared.write(move |tx| -> ApiResult<RuleView> { save(tx, id, &source, now) }).await?;
        self.tell_rules();
        Ok(saved)
    }

    /// Removes one; answers the change for `undo`.
    pub async fn rule_remove(&self, id: i64) -> ApiResult<i64> {
        let now = self.shared.now();
        let undo = self
            .shared
            .write(move |tx| -> ApiResult<i64> {
                let row = existing(tx, id)?;
                rules::remove(tx, row.id, now)?;
                let step = Step::RuleRemoved { rule: row.id };
                Ok(changes::insert(tx, "rule_removed", &row.name, 1, &[step], now)?.0)
            })
            .await?;
        self.tell_rules();
        Ok(undo)
    }

    /// Switches one on or off. On only with all the standard replies that it names.
    ///
    /// # Errors
    /// `BadInput` for a rule that cannot work as it is.
    pub async fn rule_switch(&self, id: i64, on: bool) -> ApiResult<RuleView> {
        let now = self.shared.now();
        let switched = self
            .shared
            .write(move |tx| -> ApiResult<RuleView> {
                let row = existing(tx, id)?;
                if let Some(problem) = problems(tx, &row.source)?.into_iter().next().filter(|_| on) {
                    return Err(refused(&problem));
                }
                if row.is_on != on {
                    rules::set_on(tx, row.id, on, now)?;
                    let step = Step::RuleSwitched { rule: row.id, was: row.is_on };
                    let what = if on { "rule_on" } else { "rule_off" };
                    changes::insert(tx, what, &row.name, 1, &[step], now)?;
                }
                shown(tx, &existing(tx, id)?)
            })
            .await?;
        self.tell_rules();
        Ok(switched)
    }

    /// Puts rules into this order; those that are not named follow. Answers the change for `undo`.
    pub async fn rules_order(&self, ids: Vec<i64>) -> ApiResult<i64> {
        let now = self.shared.now();
        let undo = self
            .shared
            .write(move |tx| -> ApiResult<i64> {
                let order = |tx: &Transaction<'_>| -> ApiResult<Vec<RuleId>> {
                    Ok(rules::all(tx)?.into_iter().map(|row| row.id).collect())
                };
                let before = order(tx)?;
                let wanted: Vec<RuleId> =
                    ids.into_iter().map(RuleId).filter(|id| before.contains(id)).collect();
                rules::set_order(tx, &wanted)?;
                let step = Step::RulesOrdered { before, became: order(tx)? };
                Ok(changes::insert(tx, "rules_ordered", "", 1, &[step], now)?.0)
            })
            .await?;
        self.tell_rules();
        Ok(undo)
    }

    /// What is wrong with TOML that is being written, and what it says.
    pub async fn rule_read(&self, source: &str) -> ApiResult<RuleChecked> {
        let source = source.to_owned();
        self.shared
            .read(move |conn| -> ApiResult<RuleChecked> {
                let rule = Rule::from_toml(&source).ok();
                Ok(RuleChecked {
                    rule: rule.as_ref().map(shape).transpose()?,
                    problems: problems(conn, &source)?.into_iter().map(told).collect(),
                    source,
                })
            })
            .await
    }

    /// The same for a rule that is being put together in the window: its TOML, and what is wrong with it.
    pub async fn rule_write(&self, rule: RuleShape) -> ApiResult<RuleChecked> {
        let read = serde_json::to_value(&rule).and_then(serde_json::from_value::<Rule>);
        match read.map_err(|error| Problem::at("the rule", error.to_string())).and_then(|rule| rule.to_toml())
        {
            Ok(source) => Ok(RuleChecked { rule: Some(rule), ..self.rule_read(&source).await? }),
            Err(problem) => {
                Ok(RuleChecked { source: String::new(), rule: Some(rule), problems: vec![told(problem)] })
            }
        }
    }

    fn tell_rules(&self) {
        self.shared.tell(Event::RulesChanged {});
        self.shared.tell(Event::UndoChanged {});
    }
}

fn save(tx: &Transaction<'_>, id: Option<i64>, source: &str, now: Timestamp) -> ApiResult<RuleView> {
    let rule = Rule::from_toml(source).map_err(|problem| refused(&problem))?;
    if let Some(problem) = strangers(tx, &rule)?.into_iter().next() {
        return Err(refused(&problem));
    }
    let written = Written { name: rule.name.trim(), mode: rule.mode.word(), source };
    let (rule_id, before, became) = match id {
        None => (rules::insert(tx, written, "", now)?, None, 1),
        Some(id) => {
            let row = existing(tx, id)?;
            let before = Before { name: row.name, mode: row.mode, version: row.version };
            let became = rules::save(tx, row.id, written, now)?;
            if became == before.version {
                return shown(tx, &existing(tx, id)?);
            }
            (row.id, Some(before), became)
        }
    };
    let step = Step::RuleSaved { rule: rule_id, before, became };
    changes::insert(tx, "rule_saved", written.name, 1, &[step], now)?;
    shown(tx, &existing(tx, rule_id.0)?)
}

fn existing(conn: &Connection, id: i64) -> ApiResult<rules::Rule> {
    rules::get(conn, RuleId(id))?
        .ok_or_else(|| ApiError::new(Code::NotFound, format!("There is no rule {id}. See `rules list`.")))
}

fn refused(problem: &Problem) -> ApiError {
    ApiError::new(Code::BadInput, problem.to_string()).with("field", problem.place.clone())
}

fn told(problem: Problem) -> RuleProblem {
    RuleProblem { place: problem.place, text: problem.text }
}

/// Everything that keeps it from working.
fn problems(conn: &Connection, source: &str) -> ApiResult<Vec<Problem>> {
    let rule = match Rule::from_toml(source) {
        Ok(rule) => rule,
        Err(problem) => return Ok(vec![problem]),
    };
    let mut found = strangers(conn, &rule)?;
    let replies = standard_replies::all(conn)?;
    for name in rule.replies() {
        let key = fold::key(name);
        let known = replies.iter().any(|reply| reply.shortcut == name || fold::key(&reply.name) == key);
        if !known {
            found.push(Problem::at(
                "then",
                format!("There is no standard reply “{name}”; write it first, or name another one."),
            ));
        }
    }
    Ok(found)
}

/// Addresses to which it forwards and that are not the shop's.
fn strangers(conn: &Connection, rule: &Rule) -> ApiResult<Vec<Problem>> {
    let own = own_addresses(conn)?;
    let country = settings::text(conn, settings::SHOP_COUNTRY)?;
    let is_own = |to: &&str| Address::parse(to, &country).is_ok_and(|address| own.contains(&address));
    let foreign = rule.forwards_to().filter(|to| !is_own(to));
    let say = |to: &str| {
        Problem::at(
            "then",
            format!("“{to}” is no address of the shop; a rule forwards only to its own accounts."),
        )
    };
    Ok(foreign.map(say).collect())
}

fn shown(conn: &Connection, row: &rules::Rule) -> ApiResult<RuleView> {
    let rule = Rule::from_toml(&row.source).ok();
    Ok(RuleView {
        id: row.id.0,
        name: row.name.clone(),
        mode: row.mode.clone(),
        lowered: row.mode_in_force() != row.mode,
        on: row.is_on,
        on_since: row.on_since.map(view::at),
        version: row.version,
        pack: row.pack.clone(),
        source: row.source.clone(),
        rule: rule.as_ref().map(shape).transpose()?,
        problems: problems(conn, &row.source)?.into_iter().map(told).collect(),
    })
}

/// The rule in the window's shape, which is word for word the same.
fn shape(rule: &Rule) -> ApiResult<RuleShape> {
    serde_json::to_value(rule)
        .and_then(serde_json::from_value)
        .map_err(|error| crate::failure::internal("rule", error))
}

/// Tries TOML on a message, whatever sets the rule off; nothing is stored, no profile is needed.
///
/// # Errors
/// `BadInput` with `params.field`, the place, for what is wrong with the rule.
pub fn rule_test(source: &str, message: &RuleTestMessage) -> ApiResult<RuleTest> {
    let rule = Rule::from_toml(source).map_err(|problem| refused(&problem))?;
    let now_if_a_message =
        Rule { when: Trigger::Message, valid_from: None, valid_until: None, ..rule.clone() };
    let compiled = Compiled::new(&[now_if_a_message]).map_err(|problem| refused(&problem))?;
    let facts = Facts {
        text: message.text.clone(),
        subject: message.subject.clone(),
        medium: Medium::parse(&message.medium),
        language: message.language.clone(),
        open: !message.closed,
        ..Facts::default()
    };
    let hit = compiled.matches(&facts).into_iter().next();
    let evidence = hit.as_ref().map(|hit| hit.evidence.as_slice()).unwrap_or_default();
    let word = |value: serde_json::Value| match value {
        serde_json::Value::String(word) => word,
        other => other.as_object().and_then(|one| one.keys().next().cloned()).unwrap_or_default(),
    };
    let reason = |one: &theke_domain::rule::Evidence| RuleReason {
        code: serde_json::to_value(one.code).map(word).unwrap_or_default(),
        values: one.values.clone(),
    };
    Ok(RuleTest {
        rule: rule.name.clone(),
        mode: rule.mode.word().to_owned(),
        fits: hit.is_some(),
        evidence: evidence.iter().map(ToString::to_string).collect(),
        reasons: evidence.iter().map(reason).collect(),
        actions: rule.then.iter().filter_map(|one| serde_json::to_value(one).ok().map(word)).collect(),
    })
}
