//! Our own table of providers (`providers.toml`), compiled in.
//!
//! Words of help, stable because the window has a sentence for each:
//!
//! | Word | Meaning |
//! | --- | --- |
//! | `imap_off` | IMAP must be switched on in the provider's settings first |
//! | `app_password` | a password for programs is needed, made in the provider's settings; the usual one is refused |
//! | `app_password_with_2fa` | the same, if signing in takes a second step |
//! | `own_mail_password` | the password for mail is another one than that of the customer's account |
//! | `sign_in_only` | the provider takes no passwords of programs, only its own sign-in page |
//! | `bridge_needed` | a program of the provider must run on this computer |
//! | `imap_locked_by_protection` | a protection of the mailbox locks programs out, if it is on |
//! | `server_in_contract` | the server's name stands in the provider's customer pages |
//! | `look_at_the_server` | the server was named by nobody who could prove it: look whether it is the provider's |

use std::sync::OnceLock;

use serde::Deserialize;
use theke_domain::authenticity;

use super::{Server, Sought, values};
use crate::spec::{Found, Outcome, Source, Tried};

const FILE: &str = include_str!("providers.toml");
const IMAPS: u16 = 993;
const SUBMISSIONS: u16 = 465;
const SUBMISSION: u16 = 587;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    provider: Vec<Provider>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Provider {
    name: String,
    domains: Vec<String>,
    /// Ends of the names of mail servers.
    #[serde(default)]
    mx: Vec<String>,
    imap: Option<String>,
    smtp: Option<String>,
    #[serde(default)]
    smtp_starttls: bool,
    #[serde(default)]
    username: Username,
    #[serde(default)]
    help: Vec<String>,
    /// The names by which it signs what it found of senders (`domain::authenticity`), where they were seen.
    #[serde(default)]
    authserv: Vec<String>,
    /// It spreads them over several headers.
    #[serde(default)]
    authserv_spreads: bool,
    /// Not read in a page of the provider.
    #[serde(default)]
    #[expect(dead_code, reason = "for whoever reads the file")]
    unsure: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Username {
    #[default]
    Address,
    Local,
}

fn table() -> &'static [Provider] {
    static TABLE: OnceLock<Vec<Provider>> = OnceLock::new();
    // A test reads the file, so that it cannot be broken here.
    TABLE.get_or_init(|| toml::from_str(FILE).map_or_else(|_| Vec::new(), |table: Table| table.provider))
}

/// The provider whose customers have addresses of this domain.
pub(super) fn by_domain(sought: &Sought) -> Option<Found> {
    let provider = table().iter().find(|one| one.domains.contains(&sought.domain))?;
    Some(found(provider, sought, Source::Table, None, &sought.domain))
}

/// How the provider of such an address, or of this IMAP server, signs what it found of senders; without names where that
/// is not known.
pub(in crate::email) fn signs(domain: &str, imap_host: Option<&str>) -> authenticity::Provider {
    let belongs = |one: &&Provider| {
        one.domains.iter().any(|known| known == domain)
            || one.imap.as_deref().is_some_and(|host| Some(host) == imap_host)
    };
    table().iter().find(belongs).map(|one| one.signs()).unwrap_or_default()
}

/// The provider that signs by this name.
pub(in crate::email) fn signed_by(id: &str) -> Option<authenticity::Provider> {
    let own = |one: &&Provider| one.authserv.iter().any(|known| known.eq_ignore_ascii_case(id));
    table().iter().find(own).map(Provider::signs)
}

impl Provider {
    fn signs(&self) -> authenticity::Provider {
        authenticity::Provider { ids: self.authserv.clone(), spreads: self.authserv_spreads }
    }
}

/// The provider whose mail servers have such names.
pub(super) fn by_mail_server(sought: &Sought, host: &str) -> Option<Found> {
    let belongs =
        |end: &String| host == end || host.strip_suffix(end.as_str()).is_some_and(|h| h.ends_with('.'));
    let provider = table().iter().find(|one| one.mx.iter().any(belongs))?;
    Some(found(provider, sought, Source::Mx, Some(host), host))
}

fn found(provider: &Provider, sought: &Sought, source: Source, mx: Option<&str>, place: &str) -> Found {
    let host = |name: &String| match (name.as_str(), mx) {
        ("{mx}", mx) => mx.map(str::to_owned),
        _ => Some(name.clone()),
    };
    let imap = provider.imap.as_ref().and_then(host);
    let imap = imap.map(|host| Server { host, port: IMAPS, starttls: false });
    let starttls = provider.smtp_starttls;
    let port = if starttls { SUBMISSION } else { SUBMISSIONS };
    let smtp = provider.smtp.as_ref().and_then(host).map(|host| Server { host, port, starttls });
    let username = match provider.username {
        Username::Address => &sought.address,
        Username::Local => &sought.local,
    };
    Found {
        source,
        provider: provider.name.clone(),
        values: values(sought, Some(username), imap.as_ref(), smtp.as_ref()),
        help: provider.help.clone(),
        tried: vec![Tried { source, place: place.to_owned(), outcome: Outcome::Found }],
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_file_is_sound() {
        let table: Table = toml::from_str(FILE).unwrap();
        assert!(table.provider.len() >= 30);
        let mut domains = BTreeSet::new();
        for provider in &table.provider {
            for domain in &provider.domains {
                assert!(domains.insert(domain), "{domain} stands twice");
                assert_eq!(*domain, domain.to_ascii_lowercase());
            }
            for host in [&provider.imap, &provider.smtp].into_iter().flatten() {
                assert!(
                    host == "{mx}" || rustls::pki_types::DnsName::try_from(host.clone()).is_ok(),
                    "{host}"
                );
            }
            assert_eq!(provider.imap.is_some(), provider.smtp.is_some(), "{}", provider.name);
            for word in &provider.help {
                let listed = include_str!("table.rs").contains(&format!("//! | `{word}` |"));
                assert!(listed, "{word} is not explained");
            }
        }
    }
}
