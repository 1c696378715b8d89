//! Sending: the bytes are fixed when a message is queued, and what became of them is never guessed.
//!
//! `compose` makes the bytes once; every attempt sends the same. The marker is awaited when all but the line that ends
//! the data is written: before that a broken connection means "not sent", after it without an answer "perhaps sent".
//! An automatic answer goes out with an empty return path (RFC 3834, 5.1), so that no bounce of it comes back and is
//! answered; a server that takes no such mail gets the shop's own address instead, before anything is uploaded.
//! Not here: retries and their times (engine), the copy in Sent (`sync::append_sent`, after the 250).

mod compose;
mod connection;
mod envelope;
mod gate;

use lettre::transport::smtp::commands::{Data, Noop};
use lettre::transport::smtp::extension::{Extension, MailBodyParameter, MailParameter};
use theke_domain::message::{Outgoing, RemoteId};

pub(crate) use compose::compose;
use connection::{Smtp, answer_error};
use envelope::Envelope;

use super::settings::Settings;
use crate::channel::Marker;
use crate::error::{Error, ErrorKind, Result};

/// Bytes per second that an upload must reach.
const PACE_MIN: u64 = 16 * 1024;

/// From this size on the server is asked what it takes before anything is uploaded (RFC 1870).
const SIZE_ASKED_BYTES: usize = 512 * 1024;

/// Proves that the submission server takes our login; sends nothing.
pub(crate) async fn check(settings: &Settings) -> Result<()> {
    let mut smtp = Smtp::connect(settings).await?;
    smtp.command(Noop).await?;
    smtp.quit().await;
    Ok(())
}

/// Sends one message to exactly its recipients.
pub(crate) async fn send(settings: &Settings, message: &Outgoing, marker: &dyn Marker) -> Result<RemoteId> {
    let bytes = match &message.payload {
        Some(bytes) => bytes.clone(),
        None => compose(settings, message)?,
    };
    let envelope = Envelope::of(&settings.address, message)?;
    let mut smtp = Smtp::connect(settings).await?;
    let server = smtp.abilities();
    let mut parameters = Vec::new();
    if !bytes.is_ascii() {
        if !server.supports_feature(Extension::EightBitMime) {
            return Err(Error::new(ErrorKind::Rejected, "the server takes no 8-bit mail"));
        }
        parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    if bytes.len() >= SIZE_ASKED_BYTES
        && let Some(limit) = smtp.size_limit().await?
    {
        if limit > 0 && bytes.len() as u64 > limit {
            let text = format!(
                "the mail is larger than {} takes, which is {}",
                settings.smtp.host,
                megabytes(limit)
            );
            return Err(Error::new(ErrorKind::Rejected, text));
        }
        parameters.push(MailParameter::Size(bytes.len()));
    }
    let mut smtp = envelope.say(settings, smtp, &parameters).await?;
    smtp.command(Data).await?;
    deliver(settings, smtp, &bytes, marker).await?;
    Ok(RemoteId(message.reference.0.clone()))
}

/// Writes the data, passes the marker, ends the data, and reads what the server says.
async fn deliver(settings: &Settings, mut smtp: Smtp, bytes: &[u8], marker: &dyn Marker) -> Result<()> {
    let gate = smtp.gate.clone();
    let host = settings.smtp.host.clone();
    // lettre ends the data with a line break of its own.
    let body = bytes.strip_suffix(b"\r\n").unwrap_or(bytes);
    let upload =
        settings.deadlines.silence * 2 + std::time::Duration::from_secs(bytes.len() as u64 / PACE_MIN);
    gate.close();
    let mut sending = Box::pin(smtp.connection.message(body));
    tokio::select! {
        early = &mut sending => {
            let error = early.err().map_or_else(|| Error::new(ErrorKind::Protocol, format!("{host} answered before the end of the mail")), |e| answer_error(&host, e));
            return Err(error);
        }
        () = gate.reached() => {}
        () = tokio::time::sleep(upload) => return Err(Error::new(ErrorKind::Network, format!("{host} takes the mail too slowly"))),
    }
    marker.passed().await?;
    gate.open();
    // Servers look for viruses here; five minutes with the usual deadline (RFC 5321, 4.5.3.2.6 asks for ten at most).
    match tokio::time::timeout(settings.deadlines.silence * 10, &mut sending).await {
        Ok(Ok(_)) => {}
        Ok(Err(error)) if error.status().is_some() => return Err(answer_error(&host, error)),
        Ok(Err(error)) => return Err(answer_error(&host, error).ambiguous()),
        Err(_) => {
            return Err(Error::new(
                ErrorKind::Network,
                format!("{host} did not say whether it took the mail"),
            )
            .ambiguous());
        }
    }
    drop(sending);
    // The mail is the server's from here on. Nothing of what follows may wait for its goodbye: a crash in that time
    // would leave a mail in doubt that is certainly out.
    drop(tokio::spawn(smtp.quit()));
    Ok(())
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes.div_ceil(1_000_000))
}
