//! Questions to the name servers: who takes a domain's mail, and which hosts offer a service.
//!
//! What name servers say is not proven to be true. Whoever calls this must not send anything on the strength of it.

use std::net::SocketAddr;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::{Name, RData};

use crate::error::{Error, ErrorKind, Result};

/// The system's name servers, or one that a test names.
pub(super) struct Names(TokioResolver);

impl Names {
    pub(super) fn new(instead: Option<SocketAddr>) -> Option<Self> {
        let builder = match instead {
            None => TokioResolver::builder_tokio().ok()?,
            Some(address) => {
                let mut connection = ConnectionConfig::udp();
                connection.port = address.port();
                let server = NameServerConfig::new(address.ip(), true, vec![connection]);
                let config = ResolverConfig::from_name_servers(vec![server]);
                TokioResolver::builder_with_config(config, TokioRuntimeProvider::default())
            }
        };
        builder.build().ok().map(Self)
    }

    /// The hosts that take the domain's mail, most wanted first, lower case and without the last dot.
    pub(super) async fn mail_servers(&self, domain: &str) -> Result<Vec<String>> {
        let Some(answers) = told(self.0.mx_lookup(format!("{domain}.")).await)? else {
            return Ok(Vec::new());
        };
        let mut hosts: Vec<(u16, String)> = answers
            .answers()
            .iter()
            .filter_map(|record| match &record.data {
                RData::MX(mx) => Some((mx.preference, host(&mx.exchange)?)),
                _ => None,
            })
            .collect();
        hosts.sort();
        Ok(hosts.into_iter().map(|(_, host)| host).collect())
    }

    /// The host and port that the domain wants to be used for a service (RFC 2782); `None` if it has none or says that
    /// there is none.
    pub(super) async fn wanted_host(&self, of: &str, domain: &str) -> Result<Option<(String, u16)>> {
        let Some(answers) = told(self.0.srv_lookup(format!("{of}.{domain}.")).await)? else {
            return Ok(None);
        };
        let records = answers.answers().iter().filter_map(|record| match &record.data {
            RData::SRV(srv) => Some((srv.priority, u16::MAX - srv.weight, srv.port, host(&srv.target)?)),
            _ => None,
        });
        Ok(records.filter(|(_, _, port, _)| *port > 0).min().map(|(_, _, port, host)| (host, port)))
    }
}

/// An answer, `None` for "there is no such record", an error for no answer.
fn told<T>(answer: std::result::Result<T, hickory_resolver::net::NetError>) -> Result<Option<T>> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(error) if error.is_no_records_found() || error.is_nx_domain() => Ok(None),
        Err(error) => {
            Err(Error::new(ErrorKind::Network, "the name servers do not answer").with_source(error))
        }
    }
}

/// A host name; `None` for the root, by which a domain says "no such service here".
fn host(name: &Name) -> Option<String> {
    let text = name.to_ascii().trim_end_matches('.').to_ascii_lowercase();
    rustls::pki_types::DnsName::try_from(text.clone()).ok()?;
    Some(text)
}
