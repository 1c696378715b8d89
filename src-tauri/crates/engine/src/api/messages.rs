//! One message: its text, its frame, its source, its attachments.

use std::path::{Path, PathBuf};

use theke_channels::pictures;
use theke_domain::file_name;
use theke_domain::ids::MessageId;
use theke_store::table::attachments::{self, Attachment};
use theke_store::table::{bodies, messages};

use super::types::MessageView;
use super::{Api, ApiError, ApiResult, Code, view};
use crate::html::{self, Cleaned, Pictures};
use crate::parts::{self, Part};
use crate::shared::off_thread;

/// Inline pictures of one message together.
const INLINE_MAX_BYTES: usize = 12 * 1024 * 1024;
/// Remote pictures that are fetched for one message.
const REMOTE_MAX: usize = 60;

impl Api {
    /// One message with its sanitised HTML and its links.
    pub async fn message(&self, id: i64) -> ApiResult<MessageView> {
        let mut shown = self
            .shared
            .read(move |conn| -> ApiResult<MessageView> {
                let row = messages::get(conn, MessageId(id))?.ok_or_else(|| unknown(id))?;
                Ok(view::message(conn, &row)?)
            })
            .await?;
        if let Some(received) = self.received_html(id).await? {
            shown.pictures_allowed = self.pictures_are_allowed(id).await?;
            let cleaned = self.clean(id, received, false).await?;
            shown.remote_pictures = u32::try_from(cleaned.remote_pictures.len()).unwrap_or(u32::MAX);
            shown.links = cleaned.links.into_iter().map(view::link).collect();
            shown.html = Some(cleaned.body);
        }
        Ok(shown)
    }

    /// A complete HTML document for the `srcdoc` of an `<iframe sandbox>`, with its own Content-Security-Policy. With
    /// `pictures`, or from a sender whose pictures are always shown, remote pictures are fetched (https only) and put in as data URLs.
    pub async fn message_frame(&self, id: i64, pictures: bool) -> ApiResult<String> {
        let body = match self.received_html(id).await? {
            Some(received) => {
                let pictures = pictures || self.pictures_are_allowed(id).await?;
                self.clean(id, received, pictures).await?.body
            }
            None => {
                let texts = self
                    .shared
                    .read(move |conn| -> ApiResult<_> {
                        messages::get(conn, MessageId(id))?.ok_or_else(|| unknown(id))?;
                        Ok(bodies::texts(conn, MessageId(id))?)
                    })
                    .await?;
                html::from_text(&texts.text)
            }
        };
        Ok(html::document(&body))
    }

    /// The message as it was fetched.
    ///
    /// # Errors
    /// `NotFound` where only parts of it were kept: large mails, and channels that have no source.
    pub async fn message_source(&self, id: i64) -> ApiResult<String> {
        let source = parts::source(&self.shared, id).await?;
        let source = source.ok_or_else(|| {
            ApiError::new(
                Code::NotFound,
                "The source of this message is not kept here: it is too large, or its channel has none.",
            )
        })?;
        Ok(String::from_utf8_lossy(&source).into_owned())
    }

    /// Writes an attachment under a safe name into the profile's folder for opened files and answers its path. The
    /// shell opens it, after a warning where `risky` is set. The folder is emptied at the next start.
    pub async fn attachment_open(&self, id: i64) -> ApiResult<String> {
        let part = parts::bytes(&self.shared, id).await?;
        let folder = self.shared.dir.join("opened").join(id.to_string());
        write_part(part, folder, true).await
    }

    /// Saves an attachment under a safe name into `dir`, beside what is there, and answers its path.
    pub async fn attachment_save(&self, id: i64, dir: &str) -> ApiResult<String> {
        let folder = PathBuf::from(dir);
        if !folder.is_dir() {
            return Err(ApiError::new(Code::BadInput, format!("{dir} is not a folder. Choose another one."))
                .with("field", "dir"));
        }
        let part = parts::bytes(&self.shared, id).await?;
        write_part(part, folder, false).await
    }

    /// The bytes of an attachment, fetched from the provider if needed.
    pub async fn attachment_bytes(&self, id: i64) -> ApiResult<Vec<u8>> {
        Ok(parts::bytes(&self.shared, id).await?.bytes)
    }

    /// The HTML part as received: stored by itself, or out of the source.
    async fn received_html(&self, id: i64) -> ApiResult<Option<String>> {
        let shared = self.shared.clone();
        off_thread(move || {
            let found = shared.store.read(|conn| {
                let has_html = messages::get(conn, MessageId(id))?.is_some_and(|row| row.has_html);
                if has_html { bodies::get(conn, MessageId(id)) } else { Ok(None) }
            })?;
            let Some(body) = found else { return Ok::<_, theke_store::Error>(None) };
            Ok(body.html.or_else(|| body.source.and_then(parts::html_of)))
        })
        .await
    }

    async fn clean(&self, id: i64, received: String, with_remote: bool) -> ApiResult<Cleaned> {
        let mut shown = self.inline_pictures(id, &received).await?;
        if with_remote {
            let first = off_thread({
                let (received, shown) = (received.clone(), shown.clone());
                move || Ok::<_, ApiError>(html::clean(&received, shown))
            })
            .await?;
            for address in first.remote_pictures.into_iter().take(REMOTE_MAX) {
                // A picture that cannot be had leaves its place empty.
                if let Ok(bytes) = pictures::fetch(&address).await
                    && let Some(url) = html::picture_url(&bytes)
                {
                    shown.insert(address, url);
                }
            }
        }
        off_thread(move || Ok::<_, ApiError>(html::clean(&received, shown))).await
    }

    /// Inline pictures that are on this computer, as data URLs by their `cid:` address.
    async fn inline_pictures(&self, id: i64, received: &str) -> ApiResult<Pictures> {
        let rows = self.shared.read(move |conn| attachments::of_message(conn, MessageId(id))).await?;
        let mut shown = Pictures::new();
        let mut room = INLINE_MAX_BYTES;
        for row in rows {
            let Some(content_id) = named_in(&row, received) else { continue };
            if usize::try_from(row.size_bytes).unwrap_or(usize::MAX) > room {
                continue;
            }
            let Some(bytes) = parts::local(&self.shared, &row).await? else { continue };
            room = room.saturating_sub(bytes.len());
            if let Some(url) = html::picture_url(&bytes) {
                shown.insert(format!("cid:{content_id}"), url);
            }
        }
        Ok(shown)
    }
}

fn named_in(row: &Attachment, received: &str) -> Option<String> {
    let content_id = row.content_id.as_deref().filter(|id| !id.is_empty())?;
    received.contains(content_id).then(|| content_id.to_owned())
}

fn unknown(id: i64) -> ApiError {
    ApiError::new(Code::NotFound, format!("There is no message {id}."))
}

async fn write_part(part: Part, folder: PathBuf, private: bool) -> ApiResult<String> {
    off_thread(move || {
        let name = file_name::safe(&part.row.name, &part.row.mime_type);
        let written = write_beside(&folder, &name, &part.bytes, private);
        written.map(|path| path.display().to_string()).map_err(|error| {
            ApiError::from(theke_store::Error::from(error)).with("dir", folder.display().to_string())
        })
    })
    .await
}

/// Writes a new file; one that is there is never replaced.
fn write_beside(folder: &Path, name: &str, bytes: &[u8], private: bool) -> std::io::Result<PathBuf> {
    use std::io::Write as _;
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if private {
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = private;
    builder.create(folder)?;
    let mut number = 1;
    loop {
        let tried = if number == 1 { name.to_owned() } else { crate::file_name::numbered(name, number) };
        let path = folder.join(tried);
        match options.open(&path) {
            Ok(mut file) => {
                let written = file.write_all(bytes).and_then(|()| file.sync_all());
                if let Err(error) = written {
                    let _ = std::fs::remove_file(&path);
                    return Err(error);
                }
                return Ok(path);
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists && number < 1000 => number += 1,
            Err(error) => return Err(error),
        }
    }
}
