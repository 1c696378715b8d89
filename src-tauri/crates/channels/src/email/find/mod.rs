//! The servers of a mailbox, found from its address.
//!
//! Our own table first: it asks nobody. Then, only if the person agreed to ask, and all at once within five seconds:
//! the domain's own configuration file by https (the first two places of draft-ietf-mailmaint-autoconfig), its mail
//! server's name, which tells the provider of a firm's domain, and its service records (RFC 6186, RFC 8314). The first of
//! these that answers is taken, in this order: the file is certain by its certificate; a name of a mail server only picks a
//! line of our table; service records could be anybody's, so that they come with a word to look at the server's name.
//!
//! Whoever is asked learns the domain of the address and no more. Not here: Mozilla's collection of providers (it would learn the
//! domain of each shop), http without TLS, POP3, Exchange's autodiscovery, and trying the password.

mod autoconfig;
mod names;
mod table;

pub(super) use table::{signed_by, signs};

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use crate::error::{Error, ErrorKind, Result};
use crate::spec::{Found, Outcome, Source, Tried};
use names::Names;

/// For everything that is asked of the network together.
const PATIENCE: Duration = Duration::from_secs(5);

/// An address taken apart.
pub(crate) struct Sought {
    /// Normalized: the domain in lower case and ASCII.
    address: String,
    local: String,
    domain: String,
}

impl Sought {
    fn read(text: &str) -> Result<Self> {
        let address = super::mime::address(text)
            .ok_or_else(|| Error::new(ErrorKind::Config, "this is not an e-mail address"))?;
        let (local, domain) = address.value().rsplit_once('@').unwrap_or_default();
        Ok(Self { address: address.value().to_owned(), local: local.to_owned(), domain: domain.to_owned() })
    }
}

/// A server with its port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Server {
    host: String,
    port: u16,
    starttls: bool,
}

/// The fields of an account, from what was found.
fn values(
    sought: &Sought,
    username: Option<&str>,
    imap: Option<&Server>,
    smtp: Option<&Server>,
) -> BTreeMap<String, String> {
    let mut values = BTreeMap::from([("address".to_owned(), sought.address.clone())]);
    if let Some(username) = username {
        values.insert("username".to_owned(), username.to_owned());
    }
    for (which, server) in [("imap", imap), ("smtp", smtp)] {
        let Some(server) = server else { continue };
        let security = if server.starttls { "starttls" } else { "tls" };
        values.insert(format!("{which}_host"), server.host.clone());
        values.insert(format!("{which}_port"), server.port.to_string());
        values.insert(format!("{which}_security"), security.to_owned());
    }
    values
}

/// Asks the network, where it may.
pub struct Finder {
    /// Instead of the system's name servers, and instead of every web server; with a CA file. For tests.
    instead: Option<(SocketAddr, SocketAddr, std::path::PathBuf)>,
    patience: Duration,
}

impl Default for Finder {
    fn default() -> Self {
        Self { instead: None, patience: PATIENCE }
    }
}

impl Finder {
    /// One that asks this name server and this web server, whoever it looks for.
    pub fn at(names: SocketAddr, web: SocketAddr, ca_file: &Path, patience: Duration) -> Self {
        Self { instead: Some((names, web, ca_file.to_owned())), patience }
    }

    /// Looks in the table, and if `ask_network` in the network.
    ///
    /// # Errors
    /// `Config` if the text is no address.
    pub async fn find(&self, address: &str, ask_network: bool) -> Result<Found> {
        let sought = Sought::read(address)?;
        if let Some(found) = table::by_domain(&sought) {
            return Ok(found);
        }
        let mut tried =
            vec![Tried { source: Source::Table, place: sought.domain.clone(), outcome: Outcome::Nothing }];
        if !ask_network {
            return Ok(Found { tried, ..nothing(&sought) });
        }
        // Both read files of the system first.
        let instead = self.instead.clone();
        let opened = tokio::task::spawn_blocking(move || {
            let instead = instead.as_ref();
            let names = Names::new(instead.map(|(names, ..)| *names));
            (names, autoconfig::client(instead.map(|(_, web, ca_file)| (*web, ca_file.as_path()))).ok())
        });
        let (names, client) = opened.await.unwrap_or_default();
        let (by_file, by_mx, by_srv) = tokio::join!(
            self.within(Source::Autoconfig, &sought, autoconfig::ask(client.as_ref(), &sought)),
            self.within(Source::Mx, &sought, by_mx(names.as_ref(), &sought)),
            self.within(Source::Srv, &sought, by_srv(names.as_ref(), &sought)),
        );
        let mut found = None;
        for (one, what) in [by_file, by_mx, by_srv] {
            tried.extend(what);
            found = found.or(one);
        }
        Ok(Found { tried, ..found.unwrap_or_else(|| nothing(&sought)) })
    }

    async fn within(
        &self,
        source: Source,
        sought: &Sought,
        work: impl Future<Output = (Option<Found>, Vec<Tried>)>,
    ) -> (Option<Found>, Vec<Tried>) {
        tokio::time::timeout(self.patience, work).await.unwrap_or_else(|_| {
            (None, vec![Tried { source, place: sought.domain.clone(), outcome: Outcome::Unreachable }])
        })
    }
}

fn nothing(sought: &Sought) -> Found {
    Found {
        source: Source::None,
        provider: String::new(),
        values: values(sought, None, None, None),
        help: Vec::new(),
        tried: Vec::new(),
    }
}

async fn by_mx(names: Option<&Names>, sought: &Sought) -> (Option<Found>, Vec<Tried>) {
    let told = |outcome| vec![Tried { source: Source::Mx, place: sought.domain.clone(), outcome }];
    let Some(Ok(hosts)) = ask(names, |names| names.mail_servers(&sought.domain)).await else {
        return (None, told(Outcome::Unreachable));
    };
    let found = hosts.iter().find_map(|host| table::by_mail_server(sought, host));
    let outcome = if found.is_some() { Outcome::Found } else { Outcome::Nothing };
    (found, told(outcome))
}

async fn by_srv(names: Option<&Names>, sought: &Sought) -> (Option<Found>, Vec<Tried>) {
    let told = |outcome| vec![Tried { source: Source::Srv, place: sought.domain.clone(), outcome }];
    let Some(names) = names else { return (None, told(Outcome::Unreachable)) };
    // In the order in which they are liked: TLS from the first byte, then STARTTLS.
    let (imaps, imap, submissions, submission) = tokio::join!(
        names.wanted_host("_imaps._tcp", &sought.domain),
        names.wanted_host("_imap._tcp", &sought.domain),
        names.wanted_host("_submissions._tcp", &sought.domain),
        names.wanted_host("_submission._tcp", &sought.domain),
    );
    if [&imaps, &imap, &submissions, &submission].iter().all(|one| one.is_err()) {
        return (None, told(Outcome::Unreachable));
    }
    let pick = |tls: Result<Option<(String, u16)>>, starttls: Result<Option<(String, u16)>>| {
        let server = |(host, port): (String, u16), starttls| Server { host, port, starttls };
        let by_tls = tls.ok().flatten().map(|one| server(one, false));
        by_tls.or_else(|| starttls.ok().flatten().map(|one| server(one, true)))
    };
    let (imap, smtp) = (pick(imaps, imap), pick(submissions, submission));
    if imap.is_none() && smtp.is_none() {
        return (None, told(Outcome::Nothing));
    }
    let found = Found {
        source: Source::Srv,
        provider: sought.domain.clone(),
        values: values(sought, Some(&sought.address), imap.as_ref(), smtp.as_ref()),
        help: vec!["look_at_the_server".to_owned()],
        tried: Vec::new(),
    };
    (Some(found), told(Outcome::Found))
}

async fn ask<'a, T, F: Future<Output = Result<T>>>(
    names: Option<&'a Names>,
    question: impl FnOnce(&'a Names) -> F,
) -> Option<Result<T>> {
    match names {
        Some(names) => Some(question(names).await),
        None => None,
    }
}
