//! A logged-in submission connection: TLS first or STARTTLS by force.

use std::error::Error as _;
use std::fmt::Display;
use std::future::Future;
use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use lettre::transport::smtp::authentication::{Credentials as Login, Mechanism};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::extension::{ClientId, ServerInfo};
use lettre::transport::smtp::{Error as SmtpError, commands::Ehlo, commands::Quit};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::gate::{Gate, Gated};
use crate::email::settings::{Credentials, Security, Settings};
use crate::email::tls::{connection_error, no_starttls};
use crate::error::{Error, ErrorKind, Result, Retry};
use crate::web::scrub;

/// Longest answer before the encryption begins.
const ANSWER_MAX_BYTES: usize = 64 * 1024;

/// A connection that may send.
pub(super) struct Smtp {
    pub(super) connection: AsyncSmtpConnection,
    pub(super) gate: Arc<Gate>,
    host: String,
    silence: Duration,
}

impl Smtp {
    /// Connects and logs in.
    pub(super) async fn connect(settings: &Settings) -> Result<Self> {
        let (host, deadlines) = (settings.smtp.host.clone(), settings.deadlines);
        let gate = Arc::new(Gate::default());
        let stream =
            within(&host, deadlines.connect * 2 + deadlines.silence, encrypted(settings, gate.clone()))
                .await??;
        let hello = ClientId::Ipv4(Ipv4Addr::LOCALHOST);
        let greeted = AsyncSmtpConnection::connect_with_transport(Box::new(stream), &hello);
        let connection =
            within(&host, deadlines.silence, greeted).await?.map_err(|e| answer_error(&host, e))?;
        let mut smtp = Self { connection, gate, host, silence: deadlines.silence };
        smtp.log_in(&settings.credentials).await?;
        Ok(smtp)
    }

    async fn log_in(&mut self, credentials: &Credentials) -> Result<()> {
        let Credentials::Password { username, password } = credentials;
        let mechanisms = [Mechanism::Plain, Mechanism::Login];
        if self.abilities().get_auth_mechanism(&mechanisms).is_none() {
            return Err(Error::new(
                ErrorKind::Auth,
                format!("{} takes no password; it wants another way to sign in", self.host),
            ));
        }
        let login = Login::new(username.clone(), password.clone());
        let answer = within(&self.host, self.silence, self.connection.auth(&mechanisms, &login)).await?;
        answer.map_err(|error| {
            let refused = error.status().is_some_and(|code| code.to_string().starts_with('5'));
            let text = format!("{} refuses user name or password", self.host);
            if refused { Error::new(ErrorKind::Auth, text) } else { answer_error(&self.host, error) }
        })?;
        Ok(())
    }

    pub(super) fn abilities(&self) -> &ServerInfo {
        self.connection.server_info()
    }

    /// The largest mail that the server says it takes; 0 if it names no limit, `None` if it does not speak of sizes.
    /// lettre keeps no word of that from the first greeting, so the server is greeted again, which RFC 5321, 4.1.4
    /// allows at any time outside a mail.
    pub(super) async fn size_limit(&mut self) -> Result<Option<u64>> {
        let hello = Ehlo::new(ClientId::Ipv4(Ipv4Addr::LOCALHOST));
        let answer = within(&self.host, self.silence, self.connection.command(hello)).await?;
        let answer = answer.map_err(|e| answer_error(&self.host, e))?;
        let found = answer.message().find_map(|line| {
            let mut words = line.split_whitespace();
            words.next().filter(|word| word.eq_ignore_ascii_case("SIZE"))?;
            Some(words.next().and_then(|limit| limit.parse().ok()).unwrap_or(0))
        });
        Ok(found)
    }

    /// A command and its answer.
    pub(super) async fn command<C: Display>(&mut self, command: C) -> Result<()> {
        let answer = within(&self.host, self.silence, self.connection.command(command)).await?;
        answer.map(|_| ()).map_err(|e| answer_error(&self.host, e))
    }

    /// Says goodbye; what the server thinks of it does not matter.
    pub(super) async fn quit(mut self) {
        let _ = tokio::time::timeout(Duration::from_secs(2), self.connection.command(Quit)).await;
    }
}

async fn within<T>(host: &str, limit: Duration, work: impl Future<Output = T>) -> Result<T> {
    tokio::time::timeout(limit, work)
        .await
        .map_err(|_| Error::new(ErrorKind::Network, format!("{host} does not answer in time")))
}

async fn encrypted(settings: &Settings, gate: Arc<Gate>) -> Result<Gated> {
    let host = &settings.smtp.host;
    let broke = |error| connection_error(host, error);
    let connect = TcpStream::connect((host.as_str(), settings.smtp.port));
    let mut tcp =
        within(host, settings.deadlines.connect, connect).await?.map_err(|error| match error.kind() {
            io::ErrorKind::ConnectionRefused | io::ErrorKind::TimedOut => broke(error),
            _ => Error::new(
                ErrorKind::Network,
                format!(
                    "{host} cannot be found or reached; check the name and the connection to the internet"
                ),
            )
            .with_source(error),
        })?;
    tcp.set_nodelay(true).map_err(broke)?;
    let greeting: &[u8] = match settings.smtp.security {
        Security::Tls => b"",
        Security::StartTls => {
            start_tls(host, &mut tcp).await?;
            b"220 encrypted\r\n"
        }
    };
    let tls = TlsConnector::from(settings.tls.clone())
        .connect(settings.smtp.server_name()?, tcp)
        .await
        .map_err(broke)?;
    Ok(Gated::new(tls, gate, greeting))
}

/// The little that is said before the encryption. lettre would keep bytes that were put in before the handshake.
async fn start_tls(host: &str, tcp: &mut TcpStream) -> Result<()> {
    let greeting = answer(host, tcp).await?;
    if !greeting.starts_with("220") {
        return Err(Error::new(ErrorKind::Network, format!("{host} is busy; it is tried again")));
    }
    let mut say = async |line: &str| {
        tcp.write_all(line.as_bytes()).await.map_err(|e| connection_error(host, e))?;
        answer(host, tcp).await
    };
    let offered = say("EHLO [127.0.0.1]\r\n").await?;
    if !offered.lines().any(|l| l.get(4..).is_some_and(|word| word.trim().eq_ignore_ascii_case("STARTTLS"))) {
        return Err(no_starttls(host, "does not offer STARTTLS"));
    }
    if !say("STARTTLS\r\n").await?.starts_with("220") {
        return Err(no_starttls(host, "does not offer STARTTLS"));
    }
    Ok(())
}

/// One answer of any number of lines, and nothing behind it.
async fn answer(host: &str, tcp: &mut TcpStream) -> Result<String> {
    let mut bytes = Vec::new();
    loop {
        let complete = bytes.ends_with(b"\n") && last_line(&bytes).get(3) == Some(&b' ');
        if complete {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let ends = text.lines().filter(|l| l.as_bytes().get(3) != Some(&b'-')).count();
            return if ends == 1 {
                Ok(text)
            } else {
                Err(no_starttls(host, "sent bytes before the encryption began"))
            };
        }
        if bytes.len() > ANSWER_MAX_BYTES {
            return Err(Error::new(ErrorKind::Protocol, format!("{host} answers nonsense")));
        }
        let read = tcp.read_buf(&mut bytes).await.map_err(|e| connection_error(host, e))?;
        if read == 0 {
            return Err(connection_error(host, io::ErrorKind::UnexpectedEof.into()));
        }
    }
}

fn last_line(bytes: &[u8]) -> &[u8] {
    let text = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    text.rsplit(|&b| b == b'\n').next().unwrap_or_default()
}

/// An address for the envelope.
pub(super) fn envelope_address(address: &str) -> Result<lettre::Address> {
    address.parse().map_err(|_| Error::new(ErrorKind::Rejected, "an address cannot be written to by mail"))
}

/// What the server's answer, or its silence, means.
pub(super) fn answer_error(host: &str, error: SmtpError) -> Error {
    let Some(code) = error.status() else {
        return match io_kind(&error) {
            Some(kind) => connection_error(host, kind.into()).with_source(error),
            None => {
                Error::new(ErrorKind::Network, format!("{host} answered nonsense or ended the connection"))
                    .with_source(error)
            }
        };
    };
    let said = error.source().map(|e| scrub(&e.to_string(), &[])).unwrap_or_default();
    let text = format!("{host} says {code} {said}").trim_end().to_owned();
    match code.to_string().as_str() {
        "530" | "534" | "535" | "538" => Error::new(ErrorKind::Auth, text),
        c if c.starts_with('4') => Error::new(ErrorKind::Rejected, text).with_retry(Retry::Backoff),
        _ => Error::new(ErrorKind::Rejected, text),
    }
}

fn io_kind(error: &SmtpError) -> Option<io::ErrorKind> {
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(io) = cause.downcast_ref::<io::Error>() {
            return Some(io.kind());
        }
        source = cause.source();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_of_an_answer() {
        assert_eq!(last_line(b"250-a\r\n250 b\r\n"), b"250 b\r");
    }
}
