//! The one HTTP client behind every kind that speaks HTTP: where it may connect to, how long it waits, how much
//! it reads, and whether a failed request may have had an effect.
//!
//! Redirects are not followed: a gateway has no reason to send us elsewhere, a guest network has. URLs never get
//! into an error, since some providers want their token in them. Not here: what an answer means.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::HeaderMap;
use theke_domain::time::Timestamp;
use url::{Host, Url};

use crate::error::{Error, ErrorKind, Result, Retry};

/// More than this is not read of an answer.
pub(crate) const ANSWER_MAX_BYTES: usize = 5 * 1024 * 1024;
/// For one exchange, first byte sent to last byte read.
pub(crate) const DEADLINE: Duration = Duration::from_secs(30);
const CONNECT_DEADLINE: Duration = Duration::from_secs(10);

/// Where a client may connect to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The provider's declared hosts, by TLS.
    Hosts,
    /// Anything outside the local network: addresses that a stranger wrote.
    Public,
    /// Addresses of the local network, TLS or not.
    Lan,
    /// This computer, TLS or not.
    Loopback,
}

/// A base address that was found to be allowed.
#[derive(Debug, Clone)]
pub(crate) struct Base {
    pub(crate) url: Url,
    pub(crate) reach: Reach,
}

fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_private() || ip.is_link_local() || ip.is_loopback(),
        IpAddr::V6(ip) => ip.is_unique_local() || ip.is_unicast_link_local() || ip.is_loopback(),
    }
}

/// Reads a base address and decides whether it may be used: on the loopback interface always, one of `hosts` by
/// https, a private address where `lan` says so.
pub(crate) fn base(text: &str, hosts: &[String], lan: bool) -> Result<Base> {
    let wrong = |why: &str| Error::new(ErrorKind::Config, format!("the base address {why}"));
    let url =
        Url::parse(text).map_err(|_| wrong("is not a web address: it begins with https:// or http://"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong("must begin with https:// or http://"));
    }
    if !url.username().is_empty() || url.password().is_some() || url.query().is_some() {
        return Err(wrong("must not hold a user name, a password or a question mark"));
    }
    let ip = match url.host() {
        Some(Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
        Some(Host::Domain(_)) => None,
        None => return Err(wrong("names no host")),
    };
    let name = url.host_str().unwrap_or_default().to_ascii_lowercase();
    let reach = if ip.is_some_and(|ip| ip.is_loopback()) || name == "localhost" {
        Reach::Loopback
    } else if hosts.contains(&name) {
        if url.scheme() != "https" {
            return Err(wrong("must begin with https://"));
        }
        Reach::Hosts
    } else if lan {
        if ip.is_some_and(|ip| !is_private(ip)) {
            return Err(wrong("must be one of your own network, such as http://192.168.1.20:8080"));
        }
        Reach::Lan
    } else {
        return Err(wrong(&format!("must be on {}", hosts.join(" or "))));
    };
    Ok(Base { url, reach })
}

/// Looks names up and drops addresses outside the reach, so that a name cannot lead out of the local network.
struct Resolver(Reach);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.0;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let kept: Vec<SocketAddr> = found
                .filter(|address| match reach {
                    Reach::Hosts => true,
                    Reach::Public => !crate::pictures::is_local(address.ip()),
                    Reach::Lan => is_private(address.ip()),
                    Reach::Loopback => address.ip().is_loopback(),
                })
                .collect();
            if kept.is_empty() {
                return Err(std::io::Error::other("the name leads out of the local network").into());
            }
            Ok(Box::new(kept.into_iter()) as Addrs)
        })
    }
}

/// What came back, whatever its status.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|v| v.to_str().ok()).map(str::trim)
    }

    /// The provider's own clock.
    pub(crate) fn date(&self) -> Option<Timestamp> {
        let text = self.header("date")?;
        let zoned = jiff::fmt::rfc2822::parse(text).ok()?;
        Some(Timestamp(zoned.timestamp().as_millisecond()))
    }

    /// Whether a web page came where JSON was expected. The declared type says nothing: servers written in PHP
    /// declare their bare numbers as pages too.
    pub(crate) fn is_page(&self) -> bool {
        let body = self.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.body);
        body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<')
    }

    /// The body as JSON. A web page counts as being offline, because guest networks answer with one.
    pub(crate) fn json(&self) -> Result<serde_json::Value> {
        if self.is_page() {
            return Err(page_error());
        }
        serde_json::from_slice(&self.body).map_err(|e| {
            // The parser's text names positions only, never content.
            Error::new(ErrorKind::Protocol, "the answer is cut off or is no JSON").with_source(e)
        })
    }
}

/// A web page in place of the provider's answer.
pub(crate) fn page_error() -> Error {
    Error::new(
        ErrorKind::Network,
        "a web page came instead of the provider's answer; perhaps this network asks for a log-in first",
    )
}

/// A request that got no answer.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) error: Error,
    /// The request may have reached the provider.
    pub(crate) maybe_done: bool,
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        failure.error
    }
}

/// A client for one account.
pub(crate) struct Web {
    client: reqwest::Client,
}

impl Web {
    /// Trusts the system's roots, and what is in `ca_file` (PEM).
    pub(crate) fn new(reach: Reach, ca_file: Option<&Path>) -> Result<Self> {
        let tls = crate::tls::client_config(ca_file)?;
        let mut builder = reqwest::Client::builder()
            .use_preconfigured_tls((*tls).clone())
            .dns_resolver(Resolver(reach))
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT_DEADLINE)
            .timeout(DEADLINE)
            .user_agent(concat!("Theke/", env!("CARGO_PKG_VERSION")));
        if reach != Reach::Hosts {
            builder = builder.no_proxy();
        }
        let client = builder
            .build()
            .map_err(|e| Error::new(ErrorKind::Config, "the HTTP client cannot start").with_source(e))?;
        Ok(Self { client })
    }

    pub(crate) fn request(&self, method: reqwest::Method, url: Url) -> reqwest::RequestBuilder {
        self.client.request(method, url).header("accept", "application/json")
    }

    /// Sends it and reads the answer, up to [`ANSWER_MAX_BYTES`].
    pub(crate) async fn call(&self, request: reqwest::RequestBuilder) -> Result<Answer, Failure> {
        self.call_up_to(request, ANSWER_MAX_BYTES).await
    }

    /// The same with another limit, for files.
    pub(crate) async fn call_up_to(
        &self,
        request: reqwest::RequestBuilder,
        max_bytes: usize,
    ) -> Result<Answer, Failure> {
        let mut response = request.send().await.map_err(failure)?;
        let status = response.status().as_u16();
        let headers = std::mem::take(response.headers_mut());
        let mut body = BytesMut::new();
        while let Some(chunk) = response.chunk().await.map_err(failure)? {
            if body.len() + chunk.len() > max_bytes {
                let error = Error::new(ErrorKind::Protocol, "the answer is larger than this program reads");
                return Err(Failure { error, maybe_done: true });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer { status, headers, body: body.freeze() })
    }
}

fn failure(error: reqwest::Error) -> Failure {
    let error = error.without_url();
    let never_left = error.is_connect() || error.is_builder();
    let named = if is_certificate(&error) {
        // With backoff: behind a guest network's log-in page it mends itself, and nothing was sent.
        let text = "the certificate is not trusted, is for another host or has expired; nothing was sent";
        Error::new(ErrorKind::Certificate, text).with_retry(Retry::Backoff)
    } else if error.is_builder() {
        Error::new(ErrorKind::Config, "the request cannot be built from these settings")
    } else if error.is_connect() {
        Error::new(ErrorKind::Network, "no connection to the provider")
    } else if error.is_timeout() {
        Error::new(ErrorKind::Network, "the provider did not answer in time")
    } else {
        Error::new(ErrorKind::Network, "the connection broke off")
    };
    Failure { error: named.with_source(error), maybe_done: !never_left }
}

/// Looks for a certificate error in the chain of causes. `io::Error` hides what it wraps from `source`.
fn is_certificate(error: &(dyn std::error::Error + 'static)) -> bool {
    if matches!(error.downcast_ref(), Some(rustls::Error::InvalidCertificate(_))) {
        return true;
    }
    let wrapped = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    wrapped.is_some_and(|inner| is_certificate(inner)) || error.source().is_some_and(is_certificate)
}

/// A provider's own words, fit for an error: no secrets, no numbers that could be addresses, one line, not long.
pub(crate) fn scrub(text: &str, secrets: &[&str]) -> String {
    let mut text = text.to_owned();
    for secret in secrets.iter().filter(|s| !s.is_empty()) {
        text = text.replace(secret, "…");
    }
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty());
    let kept: Vec<&str> = words
        .map(|word| {
            let digits = word.chars().filter(char::is_ascii_digit).count();
            if digits >= 5 || word.contains('@') { "…" } else { word }
        })
        .collect();
    kept.join(" ").chars().take(160).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts() -> Vec<String> {
        vec!["gateway.example".to_owned()]
    }

    #[test]
    fn a_base_address_stays_within_what_was_declared() {
        for (text, lan, wanted) in [
            ("https://gateway.example/api", false, Some(Reach::Hosts)),
            ("http://gateway.example/api", false, None),
            ("https://other.example/api", false, None),
            ("https://gateway.example.other.example", false, None),
            ("http://127.0.0.1:8080/api", false, Some(Reach::Loopback)),
            ("http://[::1]:8080", false, Some(Reach::Loopback)),
            ("http://192.168.1.20:8080", false, None),
            ("http://192.168.1.20:8080", true, Some(Reach::Lan)),
            ("http://phone.local:8080", true, Some(Reach::Lan)),
            ("http://8.8.8.8", true, None),
            ("https://user:word@gateway.example", false, None),
            ("file:///etc/hosts", true, None),
            ("gateway.example", false, None),
        ] {
            assert_eq!(base(text, &hosts(), lan).ok().map(|b| b.reach), wanted, "{text}");
        }
    }

    #[test]
    fn a_provider_s_words_lose_secrets_and_addresses() {
        let text = "bad key canary-1 for +49 151 2345678,\nanna@shop.example not";
        assert_eq!(scrub(text, &["canary-1"]), "bad key … for +49 151 … … not");
    }
}
