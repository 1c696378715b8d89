//! Where the links of a message lead, said so that a person can judge it.

use linkify::{LinkFinder, LinkKind};
use url::Url;

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What the message writes.
    pub text: String,
    /// Where it leads.
    pub href: String,
    /// The real host, or the address or number.
    pub host: String,
    /// The text names another host.
    pub misleading: bool,
}

/// Keeps the links that may be opened (http, https, mailto, tel), at most 500.
pub fn list(found: Vec<(String, String)>) -> Vec<Link> {
    found.into_iter().filter_map(|(text, href)| link(text, &href)).take(500).collect()
}

/// The links that stand in a plain text, each once, in their order. Without a scheme only what begins with `www.` is
/// one: `z.B.` and `12.30Uhr` are none.
pub fn in_text(text: &str) -> Vec<Link> {
    let mut finder = LinkFinder::new();
    finder.url_must_have_scheme(false);
    let mut found: Vec<(String, String)> = Vec::new();
    for place in finder.links(text) {
        let word = place.as_str();
        let href = match place.kind() {
            LinkKind::Email => format!("mailto:{word}"),
            _ if word.contains("://") => word.to_owned(),
            _ if word.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www.")) => {
                format!("https://{word}")
            }
            _ => continue,
        };
        if !found.iter().any(|(known, _)| known == word) {
            found.push((word.to_owned(), href));
        }
    }
    list(found)
}

fn link(text: String, href: &str) -> Option<Link> {
    let url = Url::parse(href).ok()?;
    let host = match url.scheme() {
        "http" | "https" => url.host_str()?.to_owned(),
        "mailto" | "tel" => url.path().to_owned(),
        _ => return None,
    };
    let misleading = matches!(url.scheme(), "http" | "https")
        && host_named_by(&text).is_some_and(|named| !same_site(&named, &host))
        || url.username() != "";
    Some(Link { text, href: url.to_string(), host, misleading })
}

/// The host that a text like `www.bank.example/login` names; `None` for prose.
fn host_named_by(text: &str) -> Option<String> {
    let word = text.split_whitespace().next().filter(|_| text.split_whitespace().count() == 1)?;
    let explicit = word.contains("://");
    let url = if explicit { Url::parse(word).ok()? } else { Url::parse(&format!("https://{word}")).ok()? };
    if !matches!(url.scheme(), "http" | "https") || word.contains('@') {
        return None;
    }
    let host = url.host_str()?.to_owned();
    let last = host.rsplit('.').next()?;
    let looks_like_host =
        host.contains('.') && last.len() >= 2 && last.chars().all(|c| c.is_ascii_alphabetic());
    (explicit || looks_like_host).then_some(host)
}

/// `www.shop.example` and `mail.shop.example` are one site to a reader: one is the end of the other, or they share
/// all but their first label.
fn same_site(a: &str, b: &str) -> bool {
    let base = |host: &str| host.strip_prefix("www.").unwrap_or(host).to_ascii_lowercase();
    let (a, b) = (base(a), base(b));
    a == b || a.ends_with(&format!(".{b}")) || b.ends_with(&format!(".{a}"))
}
