//! From nothing to a logged-in session: TLS first or STARTTLS by force, then the password.

use std::io;
use std::rc::Rc;

use imap::{Authenticator, Client, Session};
use rustls::ClientConnection;

use super::reply::Reply;
use super::socket::{Desk, Socket};
use super::wire::{Ending, Line, Wire};
use crate::email::settings::{Credentials, Security, Settings};
use crate::email::tls::{connection_error, no_starttls};
use crate::error::{Error, ErrorKind, Result, Retry};

/// A session with what the server said that it can do.
pub(super) struct LoggedIn {
    pub(super) session: Session<Wire>,
    pub(super) wire: Wire,
    pub(super) capabilities: Vec<String>,
}

/// Connects and logs in.
pub(super) fn log_in(settings: &Settings, desk: &Rc<Desk>) -> Result<LoggedIn> {
    let host = &settings.imap.host;
    let broke = |error| connection_error(host, error);
    let wire = Wire::plain(Socket::connect(&settings.imap, &settings.deadlines, desk)?);
    let tls = ClientConnection::new(settings.tls.clone(), settings.imap.server_name()?)
        .map_err(|e| connection_error(host, io::Error::new(io::ErrorKind::InvalidInput, e)))?;
    let mut capabilities = match settings.imap.security {
        Security::Tls => {
            wire.encrypt(tls).map_err(broke)?;
            greeting(host, &wire)?
        }
        Security::StartTls => {
            greeting(host, &wire)?;
            start_tls(host, &wire, tls)?;
            Vec::new()
        }
    };
    if capabilities.is_empty() {
        wire.command("t2", "CAPABILITY").map_err(broke)?;
        capabilities = announced(wire.take_replies());
    }
    wire.begin(0);
    let session = authenticate(settings, &wire, &capabilities)?;
    let mut later = announced(wire.take_replies());
    if later.is_empty() {
        later = code_words(&wire.ending());
    }
    if !later.is_empty() {
        capabilities = later;
    }
    Ok(LoggedIn { session, wire, capabilities })
}

/// The greeting, with the capabilities if they are in it.
fn greeting(host: &str, wire: &Wire) -> Result<Vec<String>> {
    wire.begin(0);
    match wire.line().map_err(|e| connection_error(host, e))? {
        Line::Untagged(Reply::Capability(words)) => Ok(words),
        Line::Untagged(Reply::Said { word, .. }) if word == "OK" => Ok(Vec::new()),
        Line::Untagged(Reply::Said { word, .. }) if word == "BYE" => Err(Error::new(
            ErrorKind::Network,
            format!("{host} is busy and closed the connection; it is tried again"),
        )),
        // A session that is open without a login is not ours.
        _ => Err(Error::new(ErrorKind::Network, format!("{host} is no IMAP server; check host and port"))),
    }
}

fn start_tls(host: &str, wire: &Wire, tls: ClientConnection) -> Result<()> {
    let ending = wire.command("t1", "STARTTLS").map_err(|e| connection_error(host, e))?;
    if ending.status != "OK" {
        return Err(no_starttls(host, "does not offer STARTTLS"));
    }
    wire.encrypt(tls).map_err(|error| match error.kind() {
        io::ErrorKind::Other
            if error.get_ref().is_some_and(|e| e.downcast_ref::<rustls::Error>().is_none()) =>
        {
            no_starttls(host, "sent bytes before the encryption began")
        }
        _ => connection_error(host, error),
    })
}

fn announced(replies: Vec<Reply>) -> Vec<String> {
    let words = replies
        .into_iter()
        .rev()
        .find_map(|r| if let Reply::Capability(words) = r { Some(words) } else { None });
    words.unwrap_or_default()
}

/// `[CAPABILITY …]` in the text of a tagged answer.
fn code_words(ending: &Ending) -> Vec<String> {
    let code = ending.text.strip_prefix('[').and_then(|t| t.split_once(']')).map_or("", |(code, _)| code);
    let (word, rest) = code.split_once(' ').unwrap_or_default();
    if word.eq_ignore_ascii_case("CAPABILITY") {
        rest.split_whitespace().map(str::to_ascii_uppercase).collect()
    } else {
        Vec::new()
    }
}

struct Plain<'a> {
    username: &'a str,
    password: &'a str,
}

impl Authenticator for Plain<'_> {
    type Response = String;

    fn process(&self, _challenge: &[u8]) -> String {
        format!("\0{}\0{}", self.username, self.password)
    }
}

/// AUTHENTICATE PLAIN where it is offered, because LOGIN takes no letters beyond ASCII.
fn authenticate(settings: &Settings, wire: &Wire, capabilities: &[String]) -> Result<Session<Wire>> {
    let host = &settings.imap.host;
    let Credentials::Password { username, password } = &settings.credentials;
    let offers = |name: &str| capabilities.iter().any(|c| c == name);
    let client = Client::new(wire.clone());
    let result = if offers("AUTH=PLAIN") {
        client.authenticate("PLAIN", &Plain { username, password })
    } else if offers("LOGINDISABLED") {
        return Err(Error::new(
            ErrorKind::Auth,
            format!("{host} takes no password; it wants another way to sign in"),
        ));
    } else {
        client.login(username, password)
    };
    result.map_err(|(error, _)| match error {
        imap::Error::Io(error) => connection_error(host, error),
        imap::Error::ConnectionLost => connection_error(host, io::ErrorKind::UnexpectedEof.into()),
        imap::Error::Validate(_) => {
            Error::new(ErrorKind::Config, "user name or password hold characters that cannot be sent")
        }
        _ => refused(host, &wire.ending()),
    })
}

/// What a refused login means (RFC 5530 codes): a busy server is no wrong password.
fn refused(host: &str, ending: &Ending) -> Error {
    let text = ending.text.to_ascii_uppercase();
    if ["[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]"].iter().any(|code| text.starts_with(code)) {
        return Error::new(
            ErrorKind::Network,
            format!("{host} cannot be used at the moment; it is tried again"),
        );
    }
    if ending.status != "NO" {
        return Error::new(ErrorKind::Protocol, format!("{host} does not understand the login"))
            .with_retry(Retry::Backoff);
    }
    Error::new(ErrorKind::Auth, format!("{host} refuses user name or password"))
}
