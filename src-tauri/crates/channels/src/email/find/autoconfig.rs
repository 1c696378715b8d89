//! The configuration file that a domain keeps for mail programs (draft-ietf-mailmaint-autoconfig, the places 1.1 and 1.2),
//! by https only: the certificate proves that it is the domain's word. Redirects are followed within https.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use roxmltree::{Document, Node};
use rustls::pki_types::DnsName;
use url::Url;

use super::{Server, Sought, values};
use crate::error::{Error, ErrorKind, Result};
use crate::spec::{Found, Outcome, Source, Tried};

/// More than this is no configuration file.
const FILE_MAX_BYTES: usize = 256 * 1024;
const REDIRECTS_MAX: usize = 3;
/// Shorter than the time for everything, so that a slow place does not take the other one's answer away.
const DEADLINE: Duration = Duration::from_millis(4500);

/// Looks up names, and never into the local network: a stranger's name must not lead there.
struct Outside(Option<SocketAddr>);

impl Resolve for Outside {
    fn resolve(&self, name: Name) -> Resolving {
        let instead = self.0;
        Box::pin(async move {
            if let Some(address) = instead {
                return Ok(Box::new(std::iter::once(address)) as Addrs);
            }
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let kept: Vec<SocketAddr> =
                found.filter(|address| !crate::pictures::is_local(address.ip())).collect();
            if kept.is_empty() {
                return Err(std::io::Error::other("the name leads into the local network").into());
            }
            Ok(Box::new(kept.into_iter()) as Addrs)
        })
    }
}

/// Asks both places at once; the first one wins where both answer.
pub(super) async fn ask(client: Option<&reqwest::Client>, sought: &Sought) -> (Option<Found>, Vec<Tried>) {
    let domain = &sought.domain;
    let places = [
        format!("https://autoconfig.{domain}/mail/config-v1.1.xml"),
        format!("https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml"),
    ];
    let told = |place: &str, outcome| Tried { source: Source::Autoconfig, place: place.to_owned(), outcome };
    let Some(client) = client else {
        return (None, places.iter().map(|place| told(place, Outcome::Unreachable)).collect());
    };
    let [first, second] = &places;
    let (one, other) = tokio::join!(fetch(client, first, sought), fetch(client, second, sought));
    let mut found = None;
    let mut tried = Vec::new();
    for (place, file) in [(first, one), (second, other)] {
        let (here, outcome) = match file {
            Err(_) => (None, Outcome::Unreachable),
            Ok(None) => (None, Outcome::Nothing),
            Ok(Some(file)) => match read(&file, sought) {
                Some(here) => (Some(here), Outcome::Found),
                None => (None, Outcome::Nothing),
            },
        };
        tried.push(told(place, outcome));
        found = found.or(here);
    }
    (found, tried)
}

/// The client that asks; reads the system's trust roots.
pub(super) fn client(instead: Option<(SocketAddr, &Path)>) -> Result<reqwest::Client> {
    let tls = crate::tls::client_config(instead.map(|(_, ca_file)| ca_file))?;
    let redirects = reqwest::redirect::Policy::custom(|attempt| {
        if attempt.url().scheme() != "https" || attempt.previous().len() > REDIRECTS_MAX {
            attempt.stop()
        } else {
            attempt.follow()
        }
    });
    reqwest::Client::builder()
        .use_preconfigured_tls((*tls).clone())
        .dns_resolver(Outside(instead.map(|(address, _)| address)))
        .redirect(redirects)
        .https_only(true)
        .no_proxy()
        .timeout(DEADLINE)
        .user_agent(concat!("Theke/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|e| Error::new(ErrorKind::Config, "the HTTP client cannot start").with_source(e))
}

/// The file's text; `None` where there is none.
async fn fetch(client: &reqwest::Client, place: &str, sought: &Sought) -> Result<Option<String>> {
    let unreachable = |error: reqwest::Error| {
        Error::new(ErrorKind::Network, "the domain's web server does not answer")
            .with_source(error.without_url())
    };
    let mut url =
        Url::parse(place).map_err(|_| Error::new(ErrorKind::Config, "the domain is not a valid name"))?;
    // Servers that fill the address in are content with the placeholder that the file may have there, too.
    url.query_pairs_mut().append_pair("emailaddress", &format!("%EMAILLOCALPART%@{}", sought.domain));
    let mut response = client.get(url).send().await.map_err(unreachable)?;
    if !response.status().is_success() {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > FILE_MAX_BYTES {
            return Ok(None);
        }
    }
    Ok(String::from_utf8(bytes).ok())
}

/// What the file says of IMAP and SMTP; `None` if it is no such file or names neither in a way that we can use.
fn read(file: &str, sought: &Sought) -> Option<Found> {
    let document = Document::parse(file).ok()?;
    let root = document.root_element();
    let provider = root.children().find(|node| node.has_tag_name("emailProvider"))?;
    let servers = |element: &str, kind: &str| {
        let listed =
            provider.children().filter(|n| n.has_tag_name(element) && n.attribute("type") == Some(kind));
        listed.filter_map(|node| Offer::read(node, sought)).collect::<Vec<_>>()
    };
    let (imap, smtp) = (servers("incomingServer", "imap"), servers("outgoingServer", "smtp"));
    let (imap, smtp) = (best(&imap)?, best(&smtp)?);
    let name = text(provider, "displayName").unwrap_or(&sought.domain);
    let name: String = name.chars().filter(|c| !c.is_control()).take(80).collect();
    let mut help = Vec::new();
    if !imap.takes_passwords || !smtp.takes_passwords {
        help.push("sign_in_only".to_owned());
    }
    Some(Found {
        source: Source::Autoconfig,
        provider: name,
        values: values(sought, Some(&imap.username), Some(&imap.server), Some(&smtp.server)),
        help,
        tried: Vec::new(),
    })
}

/// One server of the file.
struct Offer {
    server: Server,
    username: String,
    takes_passwords: bool,
}

impl Offer {
    fn read(node: Node<'_, '_>, sought: &Sought) -> Option<Self> {
        let filled = |name: &str| Some(fill(text(node, name)?, sought));
        let host = filled("hostname")?.to_ascii_lowercase();
        DnsName::try_from(host.clone()).ok()?;
        let starttls = match text(node, "socketType")? {
            "SSL" | "TLS" => false,
            "STARTTLS" => true,
            // Without encryption: not with us.
            _ => return None,
        };
        let port = text(node, "port")?.parse().ok().filter(|port: &u16| *port > 0)?;
        let ways: Vec<&str> =
            node.children().filter(|n| n.has_tag_name("authentication")).filter_map(|n| n.text()).collect();
        let takes_passwords = ways.is_empty() || ways.iter().any(|way| way.trim() == "password-cleartext");
        let username =
            filled("username").filter(|name| !name.is_empty()).unwrap_or_else(|| sought.address.clone());
        Some(Self { server: Server { host, port, starttls }, username, takes_passwords })
    }
}

/// The one that takes passwords, by TLS from the first byte if there is the choice; else as the file has them.
fn best(offers: &[Offer]) -> Option<&Offer> {
    offers.iter().min_by_key(|offer| (!offer.takes_passwords, offer.server.starttls))
}

fn text<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.children().find(|n| n.has_tag_name(name))?.text().map(str::trim)
}

fn fill(text: &str, sought: &Sought) -> String {
    text.replace("%EMAILADDRESS%", &sought.address)
        .replace("%EMAILLOCALPART%", &sought.local)
        .replace("%EMAILDOMAIN%", &sought.domain)
}
