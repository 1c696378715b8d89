//! The fields of an e-mail account, read once when the channel is opened.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use theke_domain::address::Address;
use theke_domain::authenticity::Provider;

use super::trust;
use crate::clock::Clock;
use crate::error::{Error, ErrorKind, Result};
use crate::spec::AccountSettings;

/// How a connection gets its TLS. There is no third way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Security {
    /// From the first byte (RFC 8314).
    Tls,
    /// By STARTTLS; without it nothing is sent.
    StartTls,
}

/// A server to connect to.
#[derive(Debug, Clone)]
pub(crate) struct Endpoint {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) security: Security,
}

impl Endpoint {
    fn read(settings: &AccountSettings, which: &str, tls_port: u16, starttls_port: u16) -> Result<Self> {
        let bad = |field: &str| {
            Error::new(ErrorKind::Config, format!("the field {which}_{field} holds no valid value"))
        };
        let security = match settings.get(&format!("{which}_security")).unwrap_or("tls") {
            "tls" => Security::Tls,
            "starttls" => Security::StartTls,
            _ => return Err(bad("security")),
        };
        let port = match settings.get(&format!("{which}_port")) {
            Some(port) => port.parse().ok().filter(|&p: &u16| p > 0).ok_or_else(|| bad("port"))?,
            None if security == Security::Tls => tls_port,
            None => starttls_port,
        };
        let host = settings.require(&format!("{which}_host"))?.to_owned();
        ServerName::try_from(host.clone()).map_err(|_| bad("host"))?;
        Ok(Self { host, port, security })
    }

    /// The name that the certificate must be for.
    pub(crate) fn server_name(&self) -> Result<ServerName<'static>> {
        ServerName::try_from(self.host.clone())
            .map_err(|_| Error::new(ErrorKind::Config, "the host name is not valid"))
    }
}

/// How far back older mail is fetched. It bounds nothing but that: new mail is always fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum History {
    Quarter,
    Year,
    Everything,
}

impl History {
    /// The words that are stored, from the shortest to the longest.
    pub(crate) const WORDS: [&str; 3] = ["quarter", "year", "everything"];

    fn read(settings: &AccountSettings) -> Result<Self> {
        match settings.get("history") {
            Some("quarter") => Ok(Self::Quarter),
            Some("year") => Ok(Self::Year),
            // Accounts of before have no such field; they fetched everything.
            Some("everything") | None => Ok(Self::Everything),
            Some(_) => Err(Error::new(ErrorKind::Config, "the field history holds no valid value")),
        }
    }

    /// From which day on mail is fetched; `None` is from the beginning.
    pub(crate) fn since(self, today: Date) -> Option<Date> {
        let span = match self {
            Self::Quarter => 3.months(),
            Self::Year => 1.year(),
            Self::Everything => return None,
        };
        today.checked_sub(span).ok()
    }
}

/// How we prove who we are. OAuth becomes a second variant.
#[derive(Clone)]
pub(crate) enum Credentials {
    /// User name and password.
    Password { username: String, password: String },
}

/// How long servers may take. Tests shorten these.
#[derive(Debug, Clone, Copy)]
pub struct Deadlines {
    /// To answer a connection attempt.
    pub connect: Duration,
    /// To say anything, once asked; and to bring at least a kilobyte, so that a drip counts as silence.
    pub silence: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self { connect: Duration::from_secs(15), silence: Duration::from_secs(30) }
    }
}

/// Everything a connection needs.
pub(crate) struct Settings {
    /// The display name in From.
    pub(crate) name: Option<String>,
    /// The shop's own address, normalized.
    pub(crate) address: String,
    pub(crate) imap: Endpoint,
    pub(crate) smtp: Endpoint,
    pub(crate) credentials: Credentials,
    pub(crate) tls: Arc<ClientConfig>,
    pub(crate) deadlines: Deadlines,
    pub(crate) history: History,
    /// Whose word counts about senders.
    pub(crate) provider: Provider,
    pub(crate) clock: Clock,
}

impl Settings {
    pub(crate) fn read(settings: &AccountSettings, deadlines: Deadlines) -> Result<Self> {
        let address = own_address(settings)
            .ok_or_else(|| Error::new(ErrorKind::Config, "the field address holds no e-mail address"))?
            .value()
            .to_owned();
        let username = settings.get("username").unwrap_or(&address).to_owned();
        let ca_file = settings.get("ca_file").map(PathBuf::from);
        Ok(Self {
            name: settings.get("name").map(str::to_owned),
            imap: Endpoint::read(settings, "imap", 993, 143)?,
            smtp: Endpoint::read(settings, "smtp", 465, 587)?,
            credentials: Credentials::Password {
                username,
                password: settings.secret("password")?.to_owned(),
            },
            tls: crate::tls::client_config(ca_file.as_deref())?,
            deadlines,
            history: History::read(settings)?,
            provider: trust::provider(&address, settings.get("imap_host"), settings.get("authserv_id")),
            clock: settings.clock.clone(),
            address,
        })
    }

    /// From which day on mail is fetched, as of the shop's today.
    pub(crate) fn since(&self) -> Option<Date> {
        let now = jiff::Timestamp::from_millisecond(self.clock.now().0).ok()?;
        self.history.since(now.to_zoned(TimeZone::system()).date())
    }
}

/// The account's own address.
pub(crate) fn own_address(settings: &AccountSettings) -> Option<Address> {
    super::mime::address(settings.get("address").or_else(|| settings.get("username"))?)
}

#[cfg(test)]
mod tests {
    use theke_domain::time::Timestamp;

    use super::*;

    #[test]
    fn how_far_back_goes_by_the_accounts_clock() {
        let day = Timestamp::from_rfc3339("2041-06-15T12:00:00Z").unwrap();
        let fields = [
            ("address", "laden@laden.example"),
            ("imap_host", "imap.laden.example"),
            ("smtp_host", "smtp.laden.example"),
            ("history", "year"),
        ];
        let account = AccountSettings {
            values: fields.map(|(key, value)| (key.to_owned(), value.to_owned())).into(),
            secrets: [("password".to_owned(), "geheim".to_owned())].into(),
            clock: Clock::new(move || day),
            ..AccountSettings::default()
        };
        let settings = Settings::read(&account, Deadlines::default()).unwrap();
        let since = settings.since().unwrap();
        // The day itself is that of the computer's time zone.
        assert_eq!((since.year(), since.month()), (2040, 6));
    }
}
