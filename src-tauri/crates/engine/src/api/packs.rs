//! Starter packs: what there is, and taking one in. Nothing of the shop's is written over and nothing comes twice: a reply
//! whose shortcut or name is there stays the shop's, and the rules of the pack name that one.
//!
//! What a pack says is `crate::packs`.

use std::collections::BTreeMap;

use theke_domain::fold;
use theke_domain::hours::Hours;
use theke_domain::time::Timestamp;
use theke_store::table::changes::{self, Step};
use theke_store::table::rules::{self, Written};
use theke_store::table::settings as table;
use theke_store::table::standard_replies::{self, StandardReply};
use theke_store::{Connection, Transaction};

use super::types::{Event, PackAdded, PackView};
use super::{Api, ApiError, ApiResult, Code};
use crate::failure::internal;
use crate::packs::{self, Pack, Reply};
use crate::settings;

impl Api {
    /// All starter packs.
    pub async fn packs(&self) -> ApiResult<Vec<PackView>> {
        let (packs, now) = (all()?, self.shared.now());
        self.shared
            .read(move |conn| -> ApiResult<Vec<PackView>> {
                packs.iter().map(|pack| shown(conn, pack, now)).collect()
            })
            .await
    }

    /// Takes one in: the replies and rules that the shop does not have, and the hours where none are set. The rules are
    /// switched off and only suggest. One change for `undo`.
    ///
    /// # Errors
    /// `NotFound` for a pack that there is not.
    pub async fn pack_add(&self, slug: &str) -> ApiResult<PackAdded> {
        let all = all()?;
        let known: Vec<&str> = all.iter().map(|pack| pack.slug).collect();
        let there_are = known.join(", ");
        let pack = all.into_iter().find(|pack| pack.slug == slug).ok_or_else(|| {
            ApiError::new(Code::NotFound, format!("There is no pack {slug}. There are: {there_are}."))
        })?;
        let now = self.shared.now();
        let added = self.shared.write(move |tx| add(tx, &pack, now)).await?;
        if added.undo_id.is_some() {
            self.tell_packs();
            self.shared.tell(Event::UndoChanged {});
        }
        Ok(added)
    }

    /// Says that a pack came or went.
    pub(super) fn tell_packs(&self) {
        self.shared.tell(Event::RepliesChanged {});
        self.shared.tell(Event::RulesChanged {});
        self.shared.tell(Event::SettingsChanged {});
    }
}

fn all() -> ApiResult<Vec<Pack>> {
    packs::all().map_err(|error| internal("packs", error))
}

/// The reply of the shop that stands in the way of this one: it has its shortcut, or its name, in whichever language.
fn of_shop<'a>(known: &'a [StandardReply], reply: &Reply) -> Option<&'a StandardReply> {
    let is_named = |row: &StandardReply| {
        let name = fold::key(&row.name);
        reply.shortcut.all().contains(&row.shortcut.as_str())
            || reply.name.all().iter().any(|one| fold::key(one) == name)
    };
    known.iter().find(|row| is_named(row))
}

fn shown(conn: &Connection, pack: &Pack, now: Timestamp) -> ApiResult<PackView> {
    let language = settings::text(conn, settings::SHOP_LANGUAGE)?;
    let (_, zone) = settings::opening(conn)?;
    let (replies, rules) = (standard_replies::all(conn)?, rules::all(conn)?);
    let has_rule = |origin: &str| rules.iter().any(|row| row.pack == origin);
    let hours = Hours::new(&pack.hours, &[]).unwrap_or_default();
    Ok(PackView {
        slug: pack.slug.to_owned(),
        name: pack.name.of(&language).to_owned(),
        replies: pack.replies.iter().map(|reply| reply.name.of(&language).to_owned()).collect(),
        rules: pack.rules.iter().map(|(_, rule)| rule.name.of(&language).to_owned()).collect(),
        hours: hours.text(&zone, now, &language),
        installed: pack.replies.iter().all(|reply| of_shop(&replies, reply).is_some())
            && pack.rules.iter().all(|(origin, _)| has_rule(origin)),
    })
}

fn add(tx: &Transaction<'_>, pack: &Pack, now: Timestamp) -> ApiResult<PackAdded> {
    let language = settings::text(tx, settings::SHOP_LANGUAGE)?;
    let mut steps = Vec::new();
    let named = add_replies(tx, pack, &language, now, &mut steps)?;
    let replies = steps.len();
    add_rules(tx, pack, &language, &named, now, &mut steps)?;
    let rules = steps.len() - replies;
    let hours = propose_hours(tx, pack, now, &mut steps)?;
    let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
    let undo_id = if steps.is_empty() {
        None
    } else {
        Some(changes::insert(tx, "pack_added", pack.name.of(&language), steps.len(), &steps, now)?.0)
    };
    Ok(PackAdded { replies: count(replies), rules: count(rules), hours, undo_id })
}

/// Answers how the shop calls each reply of the pack, by its key.
fn add_replies(
    tx: &Transaction<'_>,
    pack: &Pack,
    language: &str,
    now: Timestamp,
    steps: &mut Vec<Step>,
) -> ApiResult<BTreeMap<String, String>> {
    let known = standard_replies::all(tx)?;
    let mut named = BTreeMap::new();
    for reply in &pack.replies {
        let called = if let Some(row) = of_shop(&known, reply) {
            if row.shortcut.is_empty() { row.name.clone() } else { row.shortcut.clone() }
        } else {
            let (name, shortcut) = (reply.name.of(language), reply.shortcut.of(language));
            let texts = pack.texts(reply, language);
            let saved = standard_replies::save(tx, None, name, shortcut, &texts, now)?;
            steps.push(Step::ReplySaved { reply: saved, before: None, at: now });
            shortcut.to_owned()
        };
        named.insert(reply.key.clone(), called);
    }
    Ok(named)
}

fn add_rules(
    tx: &Transaction<'_>,
    pack: &Pack,
    language: &str,
    named: &BTreeMap<String, String>,
    now: Timestamp,
    steps: &mut Vec<Step>,
) -> ApiResult<()> {
    let known = rules::all(tx)?;
    for (origin, rule) in &pack.rules {
        if known.iter().any(|row| row.pack == *origin) {
            continue;
        }
        let reply = rule.reply.as_ref().and_then(|key| named.get(key));
        let made = rule.made(language, reply.map(String::as_str));
        let source = made.to_toml().map_err(|problem| internal("pack", problem))?;
        let written = Written { name: &made.name, mode: made.mode.word(), source: &source };
        let id = rules::insert(tx, written, origin, now)?;
        steps.push(Step::RuleSaved { rule: id, before: None, became: 1 });
    }
    Ok(())
}

/// Says whether they are the shop's hours now.
fn propose_hours(
    tx: &Transaction<'_>,
    pack: &Pack,
    now: Timestamp,
    steps: &mut Vec<Step>,
) -> ApiResult<bool> {
    if !settings::opening(tx)?.0.is_empty() {
        return Ok(false);
    }
    let before = table::get(tx, settings::SHOP_HOURS)?;
    let week = serde_json::to_string(&pack.hours).map_err(|error| internal("hours", error))?;
    settings::set(tx, settings::SHOP_HOURS, settings::checked(settings::SHOP_HOURS, &week)?, now)?;
    let became = table::get(tx, settings::SHOP_HOURS)?.unwrap_or_default();
    steps.push(Step::SettingSet { key: settings::SHOP_HOURS.to_owned(), before, became });
    Ok(true)
}
