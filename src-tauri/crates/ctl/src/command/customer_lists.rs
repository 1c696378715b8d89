//! Customers by the list and by the law: import, export, the access report, erasing, restricting.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use serde_json::json;
use theke_engine::api::Api;
use theke_engine::api::types::{ColumnChoice, ImportReport, ImportWish, ProtectionView};

use crate::failure::{Failure, Outcome};
use crate::output::{Answer, plain, sheet, short, table};
use crate::session::absolute;

/// Customers by the list and by the law.
#[derive(Debug, Subcommand)]
pub enum CustomerLists {
    /// Take in a list of customers, vCard or CSV; or say what that would come to
    Import {
        /// The file
        #[arg(value_name = "FILE", required_unless_present = "undo")]
        file: Option<PathBuf>,
        /// Write nothing, only say what would be new, changed, merged and passed over
        #[arg(long)]
        dry_run: bool,
        /// What a column holds: its head or its number from 1, and a word that `--dry-run` shows; may be repeated
        #[arg(long = "map", value_name = "COLUMN=WHAT")]
        maps: Vec<String>,
        /// The list is right where it differs from what is here
        #[arg(long)]
        overwrite: bool,
        /// Letters of the file, such as windows-1252 [default: found]
        #[arg(long, value_name = "NAME")]
        encoding: Option<String>,
        /// Sign between columns: ; , | or tab [default: found]
        #[arg(long, value_name = "SIGN")]
        separator: Option<String>,
        /// Take the newest import back instead
        #[arg(long, conflicts_with_all = ["file", "dry_run", "maps", "overwrite"])]
        undo: bool,
    },
    /// Write all customers to a file; as json everything with its files, as a zip
    Export {
        /// The file
        file: PathBuf,
        /// What to write [default: by the file's ending]
        #[arg(long = "as", value_name = "FORMAT")]
        format: Option<Format>,
        /// CSV with a byte order mark, which some programs for tables want
        #[arg(long)]
        bom: bool,
    },
    /// All that is held about a customer (GDPR 15), third persons masked
    AccessReport {
        /// Number of the contact
        id: i64,
        /// Write a page to read and print, and the JSON beside it
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Erase a customer for good (GDPR 17): nothing brings it back
    Erase {
        /// Number of the contact
        id: i64,
        /// Keep the messages, restricted, where the law wants business letters kept
        #[arg(long)]
        keep_letters: bool,
        /// Yes, erase
        #[arg(long)]
        yes: bool,
    },
    /// Keep a customer's details but use them no more (GDPR 18)
    Restrict {
        /// Number of the contact
        id: i64,
        /// Use them again
        #[arg(long)]
        lift: bool,
    },
    /// The record of processing, who processes for the shop, and the log
    Protection {
        /// Write the record as a page to read and print, and as JSON beside it
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

/// Formats of an export.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Format {
    /// vCard 4
    Vcard,
    /// A table
    Csv,
    /// Everything, as a zip
    Json,
}

impl Format {
    fn word(self) -> &'static str {
        match self {
            Self::Vcard => "vcard",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    fn of_ending(file: &std::path::Path) -> Option<Self> {
        match file.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "vcf" | "vcard" => Some(Self::Vcard),
            "csv" | "txt" => Some(Self::Csv),
            "zip" | "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// Does what the words say.
pub async fn run(words: CustomerLists, api: &Api) -> Outcome<Answer> {
    match words {
        CustomerLists::Import { undo: true, .. } => match api.contacts_import_undo().await? {
            Some(change) => {
                Ok(Answer::new(&change, format!("The import of {} was taken back.", plain(&change.subject))))
            }
            None => Err(Failure::bad_input("There is no import that could be taken back.")),
        },
        CustomerLists::Import { file, dry_run, maps, overwrite, encoding, separator, .. } => {
            let Some(file) = file else { return Err(Failure::bad_input("Name a file.")) };
            let file = absolute(&file)?.display().to_string();
            let wish = ImportWish { file, columns: Vec::new(), overwrite, encoding, separator };
            import(wish, &maps, dry_run, api).await
        }
        CustomerLists::Export { file, format, bom } => {
            let format = format.or_else(|| Format::of_ending(&file)).ok_or_else(|| {
                Failure::bad_input("Say what to write with --as vcard, csv or json, or name the file so.")
            })?;
            let done = api.contacts_export(absolute(&file)?, format.word(), bom).await?;
            let lines = [
                ("file", plain(&done.file)),
                ("customers", done.contacts.to_string()),
                ("restricted, not in it", done.restricted.to_string()),
                ("messages", done.messages.to_string()),
                ("files", done.files.to_string()),
                ("not on this computer", done.missing.len().to_string()),
                ("bytes", done.bytes.to_string()),
            ];
            Ok(Answer::new(&done, sheet(&lines)))
        }
        CustomerLists::AccessReport { id, out: Some(file) } => {
            let done = api.access_report_save(id, absolute(&file)?).await?;
            let human =
                format!("{} rows in {} and {}", done.rows, plain(&done.html_file), plain(&done.json_file));
            Ok(Answer::new(&done, human))
        }
        CustomerLists::AccessReport { id, out: None } => {
            let report = api.access_report(id).await?;
            let human = serde_json::to_string_pretty(&report).unwrap_or_default();
            Ok(Answer::new(&report, human))
        }
        CustomerLists::Erase { id, keep_letters, yes } => {
            if !yes {
                return Err(Failure::bad_input(
                    "Nothing brings an erased customer back. Say --yes if that is meant.",
                ));
            }
            let done = api.contact_erase(id, keep_letters).await?;
            let human = format!("{} messages and {} other rows are gone.", done.messages, done.rows);
            Ok(Answer::new(&done, human))
        }
        CustomerLists::Restrict { id, lift } => {
            api.contact_restrict(id, !lift).await?;
            let human =
                if lift { "The details are used again." } else { "The details are kept and not used." };
            Ok(Answer::new(&json!({"id": id, "restricted": !lift}), human.to_owned()))
        }
        CustomerLists::Protection { out: Some(file) } => {
            let page = api.protection_record_save(absolute(&file)?).await?;
            Ok(Answer::new(&json!({"html_file": page}), page.clone()))
        }
        CustomerLists::Protection { out: None } => {
            let view = api.protection().await?;
            Ok(Answer::new(&view, protection(&view)))
        }
    }
}

async fn import(mut wish: ImportWish, maps: &[String], dry_run: bool, api: &Api) -> Outcome<Answer> {
    if !maps.is_empty() {
        let columns = api.contacts_import_rehearse(wish.clone()).await?.columns;
        let heads: Vec<String> = columns.into_iter().map(|column| column.head).collect();
        wish.columns = maps.iter().map(|map| choice(map, &heads)).collect::<Outcome<_>>()?;
    }
    let done =
        if dry_run { api.contacts_import_rehearse(wish).await? } else { api.contacts_import(wish).await? };
    Ok(Answer::new(&done, imported(&done, dry_run)))
}

fn protection(view: &ProtectionView) -> String {
    let rows: Vec<_> = view.activities.iter().map(|a| vec![short(&a.name, 40), short(&a.kept, 60)]).collect();
    let log: Vec<_> =
        view.log.iter().map(|l| vec![l.at.clone(), l.what.clone(), l.rows.to_string()]).collect();
    format!(
        "{}\n\n{}",
        table(&["activity", "kept"], &rows, ""),
        table(&["at", "what", "rows"], &log, "Nothing was done yet.")
    )
}

/// `Head=word` or `3=word`.
fn choice(map: &str, heads: &[String]) -> Outcome<ColumnChoice> {
    let wrong =
        || Failure::bad_input(format!("--map wants COLUMN=WHAT, such as Mobil=phone, not {}.", plain(map)));
    let (head, target) = map.rsplit_once('=').ok_or_else(wrong)?;
    let by_head = heads.iter().position(|known| known == head);
    let by_number = || head.parse::<usize>().ok().and_then(|n| n.checked_sub(1)).filter(|n| *n < heads.len());
    let column = by_head.or_else(by_number).ok_or_else(|| {
        Failure::bad_input(format!(
            "There is no column {}. There are: {}.",
            plain(head),
            plain(&heads.join(", "))
        ))
    })?;
    Ok(ColumnChoice { column: u32::try_from(column).unwrap_or(u32::MAX), target: target.to_owned() })
}

fn imported(done: &ImportReport, dry_run: bool) -> String {
    let would = if dry_run { "would be " } else { "" };
    let mut lines = vec![
        ("file", format!("{} ({}, {})", plain(&done.file), done.format, done.encoding)),
        ("cards", done.cards.to_string()),
        ("new", format!("{} {would}new", done.new)),
        ("changed", format!("{} {would}changed", done.changed)),
        ("same", format!("{} as they are", done.same)),
        ("merged", format!("{} of customers higher up in the list", done.merged)),
        ("skipped", format!("{} passed over", done.skipped.len())),
    ];
    if let Some(undo) = done.undo_id {
        lines.push(("undo", format!("change {undo}; `contacts import --undo` takes it back")));
    }
    let mut text = sheet(&lines);
    if !done.columns.is_empty() {
        let rows: Vec<_> = done
            .columns
            .iter()
            .map(|c| vec![short(&c.head, 30), short(&c.target, 30), short(&c.samples.join(" / "), 60)])
            .collect();
        text.push_str("\n\n");
        text.push_str(&table(&["column", "holds", "such as"], &rows, ""));
    }
    if !done.skipped.is_empty() {
        let rows: Vec<_> = done.skipped.iter().map(|s| vec![s.line.to_string(), s.reason.clone()]).collect();
        text.push_str("\n\n");
        text.push_str(&table(&["line", "passed over"], &rows, ""));
    }
    text
}
