//! Lists of customers in and out: vCard, CSV, and everything as JSON with its files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use theke_store::table::{changes, contact_texts};

use super::types::{
    ColumnChoice, ExportReport, ImportColumn, ImportLine, ImportReport, ImportSkip, ImportWish,
};
use super::{Api, ApiError, ApiResult, Code};
use crate::address_book::apply::{self, Outcome, Read, Told, Wish};
use crate::address_book::plan::{Meaning, Remark};
use crate::address_book::words::{FIXED, Target};
use crate::address_book::{csv, export, vcard};
use crate::archive;
use crate::shared::off_thread;

impl Api {
    /// What taking a list in would come to; nothing is written.
    ///
    /// # Errors
    /// `BadInput` for a file that cannot be read, or a column or target that there is not.
    pub async fn contacts_import_rehearse(&self, wish: ImportWish) -> ApiResult<ImportReport> {
        let (wish, shared) = (understood(wish)?, self.shared.clone());
        let done = move || apply::rehearse(&shared, apply::read(&shared, &wish)?, wish.overwrite);
        let (outcome, read) = off_thread(done).await?;
        Ok(report(outcome, read))
    }

    /// Takes a list in; one undo takes all of it back. Tells `ImportStep` as it goes on.
    ///
    /// # Errors
    /// As [`Self::contacts_import_rehearse`].
    pub async fn contacts_import(&self, wish: ImportWish) -> ApiResult<ImportReport> {
        let (wish, shared) = (understood(wish)?, self.shared.clone());
        let done = move || apply::run(&shared, apply::read(&shared, &wish)?, wish.overwrite);
        let (outcome, read) = off_thread(done).await?;
        Ok(report(outcome, read))
    }

    /// Writes all customers to a file: `vcard`, `csv` (`with_mark`: with a byte order mark, which some programs for tables
    /// want), or `json`: everything there is with its files, as a zip.
    ///
    /// # Errors
    /// `BadInput` for another format or a place that cannot be written.
    pub async fn contacts_export(
        &self,
        file: PathBuf,
        format: &str,
        with_mark: bool,
    ) -> ApiResult<ExportReport> {
        let (shared, format) = (self.shared.clone(), format.to_owned());
        off_thread(move || -> ApiResult<ExportReport> {
            let mut done = ExportReport {
                file: file.display().to_string(),
                format: format.clone(),
                contacts: 0,
                restricted: 0,
                messages: 0,
                files: 0,
                bytes: 0,
                missing: Vec::new(),
            };
            if format == "json" {
                let written = archive::write(&shared, &file)?;
                let rows = |table: &str| written.rows.get(table).copied().unwrap_or(0);
                (done.contacts, done.messages) = (rows("contacts"), rows("messages"));
                (done.files, done.missing) = (written.files, written.missing);
            } else {
                let read = |conn: &theke_store::Connection| {
                    Ok((export::cards(conn)?, contact_texts::restricted(conn)?, apply::language(conn)?))
                };
                let (cards, restricted, language) = shared.store.read(read)?;
                done.restricted = restricted;
                let bytes = match format.as_str() {
                    "vcard" => cards.iter().map(vcard::write).collect::<String>().into_bytes(),
                    "csv" => csv::write(&cards, language, with_mark),
                    _ => {
                        let sentence = format!("There is no format {format}. There are: vcard, csv, json.");
                        return Err(ApiError::new(Code::BadInput, sentence).with("field", "format"));
                    }
                };
                done.contacts = cards.len() as u64;
                write(&file, &bytes)?;
            }
            done.bytes = std::fs::metadata(&file).map_or(0, |found| found.len());
            Ok(done)
        })
        .await
    }

    /// Takes the newest import back that still stands; `None` if there is none.
    pub async fn contacts_import_undo(&self) -> ApiResult<Option<super::types::ChangeView>> {
        let found = self.shared.read(|conn| changes::newest(conn, u32::MAX)).await?;
        let import =
            |change: &&changes::Change| change.what == "contacts_imported" && change.undone_at.is_none();
        match found.iter().find(import) {
            Some(change) => self.undo(change.id.0).await.map(Some),
            None => Ok(None),
        }
    }
}

fn write(file: &Path, bytes: &[u8]) -> ApiResult<()> {
    std::fs::write(file, bytes).map_err(|error| archive::unwritable(file, &error))
}

fn understood(wish: ImportWish) -> ApiResult<Wish> {
    let refused =
        |field: &str, sentence: String| ApiError::new(Code::BadInput, sentence).with("field", field);
    let mut choices = BTreeMap::new();
    for ColumnChoice { column, target } in wish.columns {
        let target = target_of(&target).ok_or_else(|| {
            let known: Vec<&str> = FIXED.iter().map(|(word, _)| *word).collect();
            let sentence = format!(
                "A column cannot hold {target}. There are: {}, field:NAME, ignore.",
                known.join(", ")
            );
            refused("columns", sentence)
        })?;
        choices.insert(usize::try_from(column).unwrap_or(usize::MAX), target);
    }
    let separator = match wish.separator.as_deref() {
        None | Some("") => None,
        Some("tab") => Some('\t'),
        Some(text) => Some(
            text.chars()
                .next()
                .filter(|sign| [';', ',', '\t', '|'].contains(sign))
                .ok_or_else(|| refused("separator", "Columns are parted by ; , | or tab.".to_owned()))?,
        ),
    };
    let encoding = wish.encoding.filter(|label| !label.is_empty());
    Ok(Wish { path: PathBuf::from(wish.file), choices, overwrite: wish.overwrite, encoding, separator })
}

/// The target of a word; `Some(None)` for a column that is left out.
fn target_of(word: &str) -> Option<Option<Target>> {
    if let Some(name) = word.strip_prefix("field:") {
        let name = name.trim();
        return (!name.is_empty()).then(|| Some(Target::Field(name.to_owned())));
    }
    if word == "ignore" || word.is_empty() {
        return Some(None);
    }
    FIXED.iter().find(|(known, _)| *known == word).map(|(known, _)| Some(Target::Fixed(known)))
}

fn word_of(target: Option<&Target>) -> String {
    match target {
        Some(Target::Fixed(word)) => (*word).to_owned(),
        Some(Target::Field(name)) => format!("field:{name}"),
        None => "ignore".to_owned(),
    }
}

fn report(outcome: Outcome, read: Read) -> ImportReport {
    let skip = |line: u64, reason: &str| ImportSkip { line, reason: reason.to_owned() };
    let mut skipped: Vec<ImportSkip> =
        outcome.skipped.iter().map(|(line, why)| skip(*line, why.word())).collect();
    let (mut columns, mut separator) = (Vec::new(), String::new());
    if let Some((table, targets)) = &read.table {
        separator = table.separator.to_string();
        skipped.extend(table.broken.iter().map(|line| skip(*line, "unreadable")));
        for (place, (head, target)) in table.heads.iter().zip(targets).enumerate() {
            let (head, target) = (head.clone(), word_of(target.as_ref()));
            columns.push(ImportColumn { head, target, samples: table.samples(place) });
        }
    }
    skipped.sort_by_key(|skip| skip.line);
    ImportReport {
        file: read.name,
        format: if read.table.is_some() { "csv" } else { "vcard" }.to_owned(),
        encoding: read.encoding.to_owned(),
        separator,
        columns,
        cards: outcome.cards,
        new: outcome.new,
        changed: outcome.changed,
        same: outcome.same,
        merged: outcome.merged,
        skipped,
        lines: outcome.told.iter().map(line).collect(),
        undo_id: outcome.undo,
    }
}

fn line(told: &Told) -> ImportLine {
    let (mut contact_id, mut news, mut reason) = (None, Vec::new(), String::new());
    let outcome = match &told.judged.meaning {
        Meaning::New(_) => "new",
        Meaning::Known(contact, said) => {
            contact_id = Some(contact.0);
            news.extend(said.fields.iter().map(|(column, value)| format!("{column}: {value}")));
            news.extend(said.addresses.iter().map(|(_, display)| display.clone()));
            news.extend(said.tags.iter().cloned());
            news.extend(said.values.iter().map(|(name, _, value)| format!("{name}: {value}")));
            news.extend(said.notes.iter().map(|note| note.chars().take(80).collect()));
            if said.is_empty() { "same" } else { "changed" }
        }
        Meaning::Joined(_) => "merged",
        Meaning::Skipped(why) => {
            why.word().clone_into(&mut reason);
            "skipped"
        }
    };
    let remark = |remark: &Remark| match remark {
        Remark::Unreadable(text) => format!("unreadable:{text}"),
        Remark::Taken(address) => format!("taken:{address}"),
        Remark::Kept(column) => format!("kept:{column}"),
    };
    ImportLine {
        line: told.line,
        name: told.name.clone(),
        outcome: outcome.to_owned(),
        contact_id,
        contact_name: told.known.clone(),
        news,
        reason,
        remarks: told.judged.remarks.iter().map(remark).collect(),
    }
}
