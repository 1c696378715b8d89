//! Whether the sender of a mail is who it says, by the word of the shop's own mail provider: the header
//! `Authentication-Results` (RFC 8601).
//!
//! Anybody can write such a header. Only those count that carry the provider's own name, and of these only the
//! topmost: the provider writes above everything that came with the mail. Some providers spread their results over
//! several headers; that has to be said of them ([`Provider::spreads`]), because for the others a second header with
//! their name is one that the sender brought along.
//!
//! Not here: computing SPF, DKIM or DMARC (that needs the network and the bytes), which providers there are, and
//! what follows for contacts and wishes.

mod header;

use serde::{Deserialize, Serialize};

pub use header::headers;
use header::{Method, Report};

/// So many headers of one mail are looked at.
const MOST_HEADERS: usize = 32;

/// How the shop's mail provider signs its results.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provider {
    /// The names (authserv-id) that it uses. A name also stands for the hosts below it, because large providers name
    /// each host. An empty one stands for headers without a name, as Microsoft writes them.
    pub ids: Vec<String>,
    /// It spreads the results of one mail over several headers and takes out those with its names that came with
    /// the mail.
    pub spreads: bool,
}

impl Provider {
    fn has(&self, id: &str) -> bool {
        self.ids.iter().any(|known| {
            let known = known.trim().to_ascii_lowercase();
            let below = |known: &str| id.strip_suffix(known).is_some_and(|host| host.ends_with('.'));
            id == known || !known.is_empty() && below(&known)
        })
    }
}

/// What the provider says of the sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The sender's domain stands behind the mail.
    Pass,
    /// It does not.
    Fail,
    /// Nothing is known.
    None,
    /// There are results, but not by the provider.
    Untrusted,
}

impl Outcome {
    /// The outcome of a word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Pass, Self::Fail, Self::None, Self::Untrusted].into_iter().find(|one| one.word() == word)
    }

    /// The word of the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::None => "none",
            Self::Untrusted => "untrusted",
        }
    }
}

/// Why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// DMARC says so.
    Dmarc,
    /// A signature of the sender's domain.
    Dkim,
    /// The server may, or may not, send for the sender's domain.
    Spf,
    /// The sender logged in at the provider under this address.
    Login,
    /// The results speak of another sender than the one shown.
    AnotherSender,
    /// The sender's domain passed by its server alone, its signature is broken, and the envelope names somebody else.
    BrokenSignature,
    /// The provider checked and found neither records nor signatures of the sender's domain.
    NothingToCheck,
    /// The mail has no results.
    NoHeader,
    /// Results by somebody else.
    ForeignHeader,
    /// The provider's names are not known.
    UnknownProvider,
}

/// The verdict on one mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// What is said.
    pub outcome: Outcome,
    /// Why.
    pub because: Because,
    /// The name under which the provider said it.
    pub by: Option<String>,
}

/// Evaluates the headers of a mail, topmost first (values with or without the header's name, folded or not).
/// `from`: the normalized address of the From header.
pub fn evaluate(headers: &[&str], from: &str, provider: &Provider) -> Verdict {
    let say = |outcome, because| Verdict { outcome, because, by: None };
    let reports: Vec<Report> =
        headers.iter().take(MOST_HEADERS).filter_map(|header| Report::parse(header)).collect();
    if reports.is_empty() {
        return say(Outcome::None, Because::NoHeader);
    }
    if provider.ids.is_empty() {
        return say(Outcome::None, Because::UnknownProvider);
    }
    let below = reports.iter().skip_while(|report| !provider.has(&report.id));
    let counted = below.take_while(|report| provider.has(&report.id)).take(if provider.spreads {
        MOST_HEADERS
    } else {
        1
    });
    let counted: Vec<&Report> = counted.collect();
    let Some(first) = counted.first() else {
        return say(Outcome::Untrusted, Because::ForeignHeader);
    };
    let methods: Vec<&Method> = counted.iter().flat_map(|report| report.methods.iter()).collect();
    let (outcome, because) = judge(&methods, &from.to_lowercase());
    Verdict { outcome, because, by: Some(first.id.clone()) }
}

/// DMARC first; where it says nothing, what it would have looked at.
fn judge(methods: &[&Method], from: &str) -> (Outcome, Because) {
    let named = |name: &'static str| methods.iter().filter(move |method| method.name == name);
    let domain = from.rsplit_once('@').map_or("", |(_, domain)| domain);
    let signed = |result: &'static str| {
        named("dkim").any(|method| {
            method.result == result && method.signer().is_some_and(|signer| aligned(signer, domain))
        })
    };
    let login = named("auth").any(|method| method.result == "pass" && method.is_about(from));
    if login {
        return (Outcome::Pass, Because::Login);
    }
    let spf = named("spf")
        .next()
        .filter(|method| method.sender().is_some_and(|sender| aligned(domain_of(sender), domain)));
    let spf_passed = spf.is_some_and(|method| method.result == "pass");
    let broken = signed("fail") && !signed("pass");
    let envelope_differs =
        spf.and_then(|method| method.sender()).is_some_and(|sender| sender.contains('@') && sender != from);
    if let Some(dmarc) = named("dmarc").next() {
        let about = dmarc.property("header.from").map(domain_of);
        match dmarc.result.as_str() {
            "pass" | "bestguesspass" if about.is_some_and(|about| about != domain) => {
                return (Outcome::Fail, Because::AnotherSender);
            }
            "pass" if broken && envelope_differs => return (Outcome::None, Because::BrokenSignature),
            "pass" => return (Outcome::Pass, Because::Dmarc),
            "fail" => return (Outcome::Fail, Because::Dmarc),
            _ => {}
        }
    }
    if signed("pass") {
        return (Outcome::Pass, Because::Dkim);
    }
    match spf.map(|method| method.result.as_str()) {
        Some("pass") if spf_passed && broken && envelope_differs => (Outcome::None, Because::BrokenSignature),
        Some("pass") => (Outcome::Pass, Because::Spf),
        Some("fail" | "hardfail" | "softfail") => (Outcome::Fail, Because::Spf),
        _ => (Outcome::None, Because::NothingToCheck),
    }
}

/// The domain of an address, or the domain itself.
fn domain_of(value: &str) -> &str {
    value.rsplit_once('@').map_or(value, |(_, domain)| domain)
}

/// Whether two domains are one, or one lies below the other. A domain without a dot is nobody's.
fn aligned(a: &str, b: &str) -> bool {
    let below = |x: &str, y: &str| x.strip_suffix(y).is_some_and(|rest| rest.ends_with('.'));
    a.contains('.') && b.contains('.') && (a == b || below(a, b) || below(b, a))
}

#[cfg(test)]
mod tests;
