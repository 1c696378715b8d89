//! Everything in the open: a zip with each table as lines of JSON and each file beside it, for whoever goes to another program.
//!
//! ```text
//! theke.json                 what it is, when, how many rows of what, and the files that were not on this computer
//! tables/NAME.jsonl          a row a line, its columns by name; packed texts unpacked
//! messages/ID.eml            messages as they were fetched
//! attachments/ID/NAME        files that were sent or are kept by themselves; others are inside their message
//! sent/ID.bin  drafts/ID/NAME
//! ```
//!
//! The passwords of accounts and the PIN are not in it. It is not encrypted, which the person is told before. Everything here blocks.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use serde_json::{Map, Value, json};
use theke_domain::file_name;
use theke_store::export::{self, Kind};
use theke_store::{Connection, migrate};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::api::{ApiError, ApiResult, Code};
use crate::settings;
use crate::shared::Shared;

/// What was written.
#[derive(Debug, Default)]
pub struct Written {
    /// Rows by table.
    pub rows: BTreeMap<String, u64>,
    /// Files.
    pub files: u64,
    /// Files that are at a provider alone, by attachment.
    pub missing: Vec<i64>,
}

/// Tables with files beside their rows.
const WITH_FILES: [&str; 4] = ["message_bodies", "attachments", "outbox", "staged_files"];

/// Writes the archive.
pub fn write(shared: &Shared, path: &Path) -> ApiResult<Written> {
    let file = BufWriter::new(File::create(path).map_err(|error| unwritable(path, &error))?);
    let mut zip = Archive { zip: ZipWriter::new(file), path };
    let mut written = Written::default();
    shared.store.try_read(|conn| {
        for table in export::tables(conn)? {
            zip.begin(&format!("tables/{table}.jsonl"))?;
            let mut rows = 0;
            export::each(conn, &table, &mut |row, _| {
                if is_inner(&table, &row) {
                    return Ok(());
                }
                rows += 1;
                let mut line = Value::Object(row).to_string();
                line.push('\n');
                zip.put(line.as_bytes())
            })?;
            written.rows.insert(table, rows);
        }
        files(shared, conn, &mut zip, &mut written)
    })?;
    let about = json!({
        "program": "Theke",
        "format": 1,
        "made_at": shared.now().to_rfc3339(),
        "schema": migrate::newest(),
        "rows": written.rows,
        "missing_attachments": written.missing,
    });
    zip.begin("theke.json")?;
    zip.put(format!("{about:#}\n").as_bytes())?;
    zip.end()?;
    Ok(written)
}

fn files(shared: &Shared, conn: &Connection, zip: &mut Archive<'_>, written: &mut Written) -> ApiResult<()> {
    for table in WITH_FILES {
        export::each(conn, table, &mut |row, file| {
            let Some(file) = file else {
                return if table == "attachments" { fetched(shared, &row, zip, written) } else { Ok(()) };
            };
            let name = file_name::safe(&file.name, "");
            let place = match file.kind {
                Kind::Source => format!("messages/{}.eml", file.id),
                Kind::Attachment => format!("attachments/{}/{name}", file.id),
                Kind::Payload => format!("sent/{}.bin", file.id),
                Kind::Staged => format!("drafts/{}/{name}", file.id),
            };
            zip.begin(&place)?;
            zip.put(&file.bytes)?;
            written.files += 1;
            Ok(())
        })?;
    }
    Ok(())
}

/// What the program keeps for itself beside the settings: the PIN, how often it was tried.
fn is_inner(table: &str, row: &Map<String, Value>) -> bool {
    let key = row.get("key").and_then(Value::as_str).unwrap_or_default();
    let known = settings::named(key).is_ok() || settings::default_account_medium(key).is_some();
    table == "settings" && !known
}

/// A file that is no row: in the cache, or at the provider. One without a place there is inside its message.
fn fetched(
    shared: &Shared,
    row: &Map<String, Value>,
    zip: &mut Archive<'_>,
    written: &mut Written,
) -> ApiResult<()> {
    let number = |key: &str| row.get(key).and_then(Value::as_i64).unwrap_or(0);
    let text = |key: &str| row.get(key).and_then(Value::as_str).unwrap_or_default();
    if text("part_ref").is_empty() {
        return Ok(());
    }
    let name = format!("part/{}/{}", number("message_id"), number("position"));
    let Some(bytes) = shared.cache.get(&name, shared.now())? else {
        written.missing.push(number("id"));
        return Ok(());
    };
    zip.begin(&format!("attachments/{}/{}", number("id"), file_name::safe(text("name"), text("mime_type"))))?;
    zip.put(&bytes)?;
    written.files += 1;
    Ok(())
}

struct Archive<'p> {
    zip: ZipWriter<BufWriter<File>>,
    path: &'p Path,
}

impl Archive<'_> {
    fn begin(&mut self, name: &str) -> ApiResult<()> {
        let options = SimpleFileOptions::default().large_file(true).unix_permissions(0o600);
        self.zip.start_file(name, options).map_err(|error| unwritable(self.path, &error))
    }

    fn put(&mut self, bytes: &[u8]) -> ApiResult<()> {
        self.zip.write_all(bytes).map_err(|error| unwritable(self.path, &error))
    }

    fn end(self) -> ApiResult<()> {
        let path = self.path;
        let failed = |error: &dyn std::fmt::Display| unwritable(path, error);
        let file = self.zip.finish().map_err(|error| failed(&error))?;
        let file = file.into_inner().map_err(|error| failed(&error))?;
        file.sync_all().map_err(|error| failed(&error))
    }
}

/// A file that a person chose cannot be written.
pub fn unwritable(path: &Path, error: &dyn std::fmt::Display) -> ApiError {
    let sentence = format!("{} cannot be written: {error}. Choose another place.", path.display());
    ApiError::new(Code::BadInput, sentence).with("field", "file").with("file", path.display().to_string())
}
