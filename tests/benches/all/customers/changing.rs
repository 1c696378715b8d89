//! What writes: comparing who changed, merging and taking merges back, taking a list in.

use std::fmt::Write as _;
use std::time::Instant;

use anyhow::{Context, Result};
use theke_engine::api::types::ImportWish;

use super::asking::some;
use super::stock::Person;
use super::{Bench, timed};
use crate::report::{Target, millis};

const CHANGED: usize = 60;
const MERGED: usize = 40;
const ROWS: usize = 20_000;

/// Compares all customers, which are new to the store.
pub async fn first_comparison(bench: &mut Bench<'_>) -> Result<()> {
    let (_, took) = timed(bench.api.compare_waiting()).await?;
    let rate = bench.stock.people.len() as f64 / took * 1_000.0;
    bench.report.goal("comparing all customers", bench.count, vec![rate], "1/s", None);
    let found = bench.api.duplicates(100_000).await?.pairs.len();
    println!("{found} pairs may be the same at {}", bench.count);
    Ok(())
}

/// All that writes.
pub async fn run(bench: &mut Bench<'_>) -> Result<()> {
    suggestions(bench).await?;
    merges(bench).await?;
    list_in(bench).await
}

/// A customer gets another name or address; who may be the same is worked out and asked for.
async fn suggestions(bench: &mut Bench<'_>) -> Result<()> {
    let mut times = Vec::new();
    for (nth, person) in some(&bench.stock.people, 7, CHANGED).into_iter().enumerate() {
        if nth % 2 == 0 {
            let other = some(&bench.stock.people, 1_000 + nth as u64, 1);
            let name = other.first().map_or("Rosa Tannwald", |person| person.name.as_str());
            bench.api.contact_rename(person.id.0, name).await?;
        } else {
            let address = person.email.replace("@kunde.", &format!("@zweit{nth}."));
            bench.api.contact_add_address(person.id.0, &address).await?;
        }
        let start = Instant::now();
        bench.api.compare_waiting().await?;
        bench.api.duplicates_of(person.id.0).await?;
        times.push(millis(start.elapsed()));
    }
    let target = Some(Target::Within(20.0));
    bench.report.goal("suggestions for a changed customer", bench.count, times, "ms", target);
    Ok(())
}

async fn merges(bench: &mut Bench<'_>) -> Result<()> {
    let mut pairs = Vec::new();
    let (ones, others) = (some(&bench.stock.people, 8, MERGED), some(&bench.stock.people, 9, MERGED));
    for (one, other) in ones.into_iter().zip(others).filter(|(one, other)| one.id != other.id) {
        pairs.push((one, other));
    }
    merged(bench, "two customers", &pairs).await?;
    if let Some([first, second]) = bench.stock.people.get(..2) {
        let most = [(first.clone(), second.clone()), (second.clone(), first.clone())];
        merged(bench, "the two who write most", &most).await?;
    }
    if let Some(heavy) = bench.stock.heavy.clone() {
        let some = some(&bench.stock.people, 10, MERGED / 4);
        let into: Vec<_> = some.into_iter().map(|other| (heavy.clone(), other)).collect();
        merged(bench, "into 200,000 messages", &into).await?;
    }
    // So that what comes next finds nothing to do.
    bench.api.compare_waiting().await?;
    Ok(())
}

/// Merges each pair and takes it back: every second time as the last change, else as a merge of long ago.
async fn merged(bench: &mut Bench<'_>, what: &str, pairs: &[(Person, Person)]) -> Result<()> {
    let (mut there, mut back) = (Vec::new(), Vec::new());
    for (nth, (one, other)) in pairs.iter().enumerate() {
        let (done, took) = timed(bench.api.contact_merge(one.id.0, other.id.0, Vec::new())).await?;
        there.push(took);
        let undo = done.contact.undo_id.context("a merge can be undone")?;
        back.push(if nth % 2 == 0 {
            timed(bench.api.undo(undo)).await?.1
        } else {
            timed(bench.api.contact_unmerge(done.merge_id)).await?.1
        });
    }
    let target = Some(Target::Within(100.0));
    bench.report.goal(&format!("merge: {what}"), bench.count, there, "ms", target);
    bench.report.goal(&format!("merge taken back: {what}"), bench.count, back, "ms", target);
    Ok(())
}

/// A list of which nine in ten are new and the others known.
async fn list_in(bench: &mut Bench<'_>) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (mut there, mut back) = (Vec::new(), Vec::new());
    for round in 0..bench.rounds.max(1) {
        let file = folder.path().join(format!("{round}.csv"));
        let mut list = String::from("Name;E-Mail;Mobil;PLZ;Gruppe;Bemerkung\n");
        let known = some(&bench.stock.people, 20 + round as u64, ROWS / 10);
        for (nth, person) in known.iter().enumerate() {
            let _ = writeln!(list, "{};{};;{:05};Verein;", person.name, person.email, nth % 99_999);
        }
        for nth in 0..ROWS - known.len() {
            let (number, code) = (round * ROWS + nth, nth % 99_999);
            let _ = writeln!(
                list,
                "Kunde Nummer{number};k{number}@liste.example;0152 {:08};{code:05};Verein;Notiz {nth}",
                30_000_000 + number
            );
        }
        std::fs::write(&file, list)?;
        let wish = ImportWish { file: file.display().to_string(), ..ImportWish::default() };
        let (done, took) = timed(bench.api.contacts_import(wish)).await?;
        there.push(ROWS as f64 / took * 1_000.0);
        let (_, took) = timed(bench.api.undo(done.undo_id.context("a list can be taken back")?)).await?;
        back.push(ROWS as f64 / took * 1_000.0);
    }
    let target = Some(Target::AtLeast(5_000.0));
    bench.report.goal("list taken in", bench.count, there, "rows/s", target);
    bench.report.goal("list taken back", bench.count, back, "rows/s", None);
    Ok(())
}
