//! What a failed handshake means.

use std::io;

use crate::error::{Error, ErrorKind, Retry};

/// The error of a connection that broke, was refused or is not trusted.
///
/// A certificate that is not trusted counts as `Certificate` with backoff: behind a captive portal it mends itself
/// once the person has signed in there, and nothing was sent to whoever answered.
pub(crate) fn connection_error(host: &str, error: io::Error) -> Error {
    if let Some(tls) = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        return handshake_error(host, tls).with_source(error);
    }
    let text = match error.kind() {
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => format!("{host} does not answer in time"),
        io::ErrorKind::ConnectionRefused => format!("{host} refuses the connection; check the port"),
        io::ErrorKind::InvalidData => {
            return Error::new(ErrorKind::Protocol, format!("{host} answers nonsense: {error}"));
        }
        _ => format!("the connection to {host} broke"),
    };
    Error::new(ErrorKind::Network, text).with_source(error)
}

fn handshake_error(host: &str, error: &rustls::Error) -> Error {
    use rustls::CertificateError as Bad;
    let certificate = |text: String| Error::new(ErrorKind::Certificate, text).with_retry(Retry::Backoff);
    match error {
        rustls::Error::InvalidCertificate(bad) => certificate(match bad {
            Bad::Expired | Bad::ExpiredContext { .. } => format!("the certificate of {host} has expired"),
            Bad::NotValidForName | Bad::NotValidForNameContext { .. } => {
                format!("the certificate is not for {host}")
            }
            Bad::UnknownIssuer => {
                format!("the certificate of {host} is signed by nobody that this computer trusts")
            }
            other => format!("the certificate of {host} is not valid: {other}"),
        }),
        rustls::Error::PeerIncompatible(_)
        | rustls::Error::AlertReceived(rustls::AlertDescription::ProtocolVersion) => {
            certificate(format!("{host} offers only outdated encryption"))
        }
        rustls::Error::AlertReceived(_) => certificate(format!("{host} ended the encrypted connection")),
        // Plain text where TLS was expected: a wrong port, or a captive portal.
        rustls::Error::InvalidMessage(_) => Error::new(
            ErrorKind::Network,
            format!("{host} does not speak TLS on this port; check port and security"),
        ),
        _ => Error::new(ErrorKind::Network, format!("the encrypted connection to {host} broke")),
    }
}

/// STARTTLS was refused, taken out, or mixed with bytes that were not encrypted.
pub(crate) fn no_starttls(host: &str, why: &str) -> Error {
    Error::new(ErrorKind::Certificate, format!("{host} {why}; nothing was sent")).with_retry(Retry::Backoff)
}
