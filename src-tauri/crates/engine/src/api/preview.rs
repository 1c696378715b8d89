//! What can be seen of a file without another program: pictures, and the text of PDFs.
//!
//! What a file is, its bytes tell; its name and type are the sender's word. A picture goes to the window as a data URL
//! made here, bounded in bytes and in pixels, because a few kilobytes can unpack to gigabytes.

use super::types::PreviewView;
use super::{Api, ApiResult};
use crate::{html, parts, pdf};

/// A larger picture is opened in the system's program.
const PICTURE_MAX_BYTES: u64 = 20 * 1024 * 1024;
/// 50 million pixels: more than telephones take, 200 MB once unpacked.
const PICTURE_MAX_PIXELS: usize = 50_000_000;

impl Api {
    /// What can be shown of an attachment; it is fetched from the provider if need be. That nothing can be shown is an
    /// answer with its reason and no error.
    ///
    /// # Errors
    /// `NotFound`, or what the provider says when it is fetched.
    pub async fn attachment_preview(&self, id: i64) -> ApiResult<PreviewView> {
        let row = parts::row(&self.shared, id).await?;
        if row.size_bytes > pdf::FILE_MAX_BYTES {
            return Ok(nothing("too_large"));
        }
        let bytes = parts::bytes(&self.shared, id).await?.bytes;
        if bytes.starts_with(b"%PDF-") {
            return Ok(document(bytes).await);
        }
        let (size, large) =
            (bytes.len() as u64, pixels(&bytes).is_none_or(|count| count > PICTURE_MAX_PIXELS));
        Ok(match html::picture_url(&bytes) {
            None => nothing("other_kind"),
            Some(_) if size > PICTURE_MAX_BYTES || large => nothing("too_large"),
            picture => PreviewView { picture, ..nothing("") },
        })
    }
}

async fn document(bytes: Vec<u8>) -> PreviewView {
    match pdf::read(bytes).await {
        Some(pages) if !pages.text.is_empty() => {
            PreviewView { text: Some(pages.text), cut: pages.cut, ..nothing("") }
        }
        Some(pages) if pages.whole => nothing("no_text"),
        _ => nothing("unreadable"),
    }
}

fn nothing(why: &str) -> PreviewView {
    PreviewView { picture: None, text: None, cut: false, why: why.to_owned() }
}

/// `None` where the head of the picture does not tell.
fn pixels(bytes: &[u8]) -> Option<usize> {
    let size = imagesize::blob_size(bytes).ok()?;
    size.width.checked_mul(size.height)
}
