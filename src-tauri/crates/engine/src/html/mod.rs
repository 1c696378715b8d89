//! Message HTML, made safe to look at: the first of the two walls of the message frame.
//!
//! The second wall is the frame itself (`<iframe sandbox>` without scripts and without same origin, with the policy
//! of [`document()`]). Sanitisers fail every year, so neither wall relies on the other: what leaves here has no
//! script, no handler, no address that a browser would fetch and no link that a browser would follow. Links are
//! handed to the window as a list with their real host instead.
//!
//! Not here: fetching remote pictures (`theke_channels::pictures`) and reading parts out of a source.

mod allowed;
mod link;
pub mod outgoing;
mod scan;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

pub use link::{Link, in_text};
pub use scan::Unsafe;

/// HTML above this many bytes is cut: nobody reads it, and every pass over it costs time.
const HTML_MAX_BYTES: usize = 4 * 1024 * 1024;

/// The policy inside the frame. Pictures are data URLs, style is inline, nothing else loads.
const POLICY: &str =
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// Pictures that may be shown, by what the `src` says: `cid:…` for inline parts, `https://…` for fetched ones. The
/// values are data URLs of raster pictures.
pub type Pictures = HashMap<String, String>;

/// What came out of a message's HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// A sanitised fragment without any address in it but data URLs of pictures.
    pub body: String,
    /// Where its links lead, in their order.
    pub links: Vec<Link>,
    /// Remote pictures that were left out (https only), each once, in their order.
    pub remote_pictures: Vec<String>,
}

/// Cleans HTML as received. `pictures` are put in where their address stands.
pub fn clean(html: &str, pictures: Pictures) -> Cleaned {
    let html = cut(html);
    // The first pass keeps addresses, so that they can be listed from well-formed HTML; the second takes them out.
    let listed = allowed::builder().clean(html).to_string();
    let found = scan::addresses(&listed);
    let remote_pictures =
        found.pictures.into_iter().filter(|url| is_https(url) && !pictures.contains_key(url)).collect();
    let pictures = Arc::new(pictures);
    let mut last = allowed::builder();
    last.attribute_filter(move |element, attribute, value| filter(&pictures, element, attribute, value));
    let body = last.clean(&listed).to_string();
    Cleaned { body, links: link::list(found.links), remote_pictures }
}

/// What a message carries that the frame does not show or do, for `inspect` and for warnings.
pub fn unsafe_parts(html: &str) -> Vec<Unsafe> {
    scan::unsafe_parts(cut(html))
}

/// The complete document for the frame's `srcdoc`.
pub fn document(body: &str) -> String {
    format!(
        "<!doctype html><html><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\
         <meta name=\"referrer\" content=\"no-referrer\"><meta name=\"color-scheme\" content=\"light\">\
         <style>{STYLE}</style></head><body>{body}</body></html>"
    )
}

/// Plain text as a fragment for [`document()`].
pub fn from_text(text: &str) -> String {
    let mut body = String::with_capacity(text.len() + 32);
    body.push_str("<div class=\"plain\">");
    for c in text.chars() {
        match c {
            '&' => body.push_str("&amp;"),
            '<' => body.push_str("&lt;"),
            '>' => body.push_str("&gt;"),
            '"' => body.push_str("&quot;"),
            '\'' => body.push_str("&#39;"),
            c => body.push(c),
        }
    }
    body.push_str("</div>");
    body
}

/// A data URL of a picture, if the bytes are one of the raster types. The type is read from the bytes and not from
/// what the message says: an SVG that calls itself PNG stays out.
pub fn picture_url(bytes: &[u8]) -> Option<String> {
    use base64::Engine as _;
    let mime = raster_type(bytes)?;
    Some(format!("data:{mime};base64,{}", base64::engine::general_purpose::STANDARD.encode(bytes)))
}

fn raster_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

fn filter<'u>(pictures: &Pictures, element: &str, attribute: &str, value: &'u str) -> Option<Cow<'u, str>> {
    match (element, attribute) {
        ("a", "href") => None,
        ("img", "src") => {
            let src = value.trim();
            if let Some(url) = pictures.get(src) {
                return Some(Cow::Owned(url.clone()));
            }
            allowed::is_raster_data_url(src).then_some(Cow::Borrowed(value))
        }
        (_, "style") => allowed::is_harmless_style(value).then_some(Cow::Borrowed(value)),
        _ => Some(Cow::Borrowed(value)),
    }
}

fn is_https(url: &str) -> bool {
    url.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("https://"))
}

fn cut(html: &str) -> &str {
    if html.len() <= HTML_MAX_BYTES {
        return html;
    }
    let mut end = HTML_MAX_BYTES;
    while end > 0 && !html.is_char_boundary(end) {
        end -= 1;
    }
    html.get(..end).unwrap_or_default()
}

/// Sober defaults of the sheet; nothing in a message can reach beyond the frame.
const STYLE: &str = "html{background:#fff;color:#1b2430}\
body{margin:12px;font:15px/1.45 system-ui,'Segoe UI',-apple-system,'Noto Sans',sans-serif;overflow-wrap:anywhere}\
img{max-width:100%;height:auto}table{max-width:100%}pre{white-space:pre-wrap}\
a{color:#1d5fd1;text-decoration:underline}blockquote{margin:0 0 0 8px;padding-left:8px;border-left:2px solid #d9dee6}\
.plain{white-space:pre-wrap}";

#[cfg(test)]
mod tests;
