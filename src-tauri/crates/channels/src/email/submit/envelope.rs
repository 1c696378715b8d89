//! From whom and to whom, as the server is told before the mail.
//!
//! Servers refuse an empty return path at different points: at MAIL, at the first RCPT (Postfix judges the sender only
//! there), or by ending the connection. Each leads to the same mail with the shop's own address. Not here: what stands
//! in the headers (`compose`).

use lettre::Address;
use lettre::transport::smtp::commands::{Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::MailParameter;
use theke_domain::message::Outgoing;

use super::connection::{Smtp, envelope_address};
use crate::email::settings::Settings;
use crate::error::{Error, ErrorKind, Result, Retry};

/// Names that belong to list servers and mail systems (RFC 5230, 4.6), never to a customer.
const ROBOTS: [&str; 6] = ["listserv", "majordomo", "mailman", "sympa", "mailer-daemon", "postmaster"];
const ROBOT_STARTS: [&str; 2] = ["owner-", "bounce-"];
const ROBOT_ENDS: [&str; 7] =
    ["-owner", "-request", "-relay", "-bounces", "-subscribe", "-unsubscribe", "-confirm"];

/// Whether an address is one of a mailing list's own: what is sent there by itself reaches nobody or everybody.
fn is_of_a_list(address: &str) -> bool {
    let name = address.rsplit_once('@').map_or(address, |(name, _)| name).to_ascii_lowercase();
    let name = name.split('+').next().unwrap_or_default();
    ROBOTS.contains(&name)
        || ROBOT_STARTS.iter().any(|start| name.starts_with(start))
        || ROBOT_ENDS.iter().any(|end| name.ends_with(end))
}

/// Refuses what an automatic answer must not be: one with copies, or one to a list.
///
/// # Errors
/// `Rejected` with the reason.
pub(super) fn fit_for_automation(message: &Outgoing) -> Result<()> {
    let why = if !message.automatic {
        return Ok(());
    } else if !message.cc.is_empty() {
        "an automatic answer has no copies"
    } else if is_of_a_list(message.to.value()) {
        "nothing is answered by itself to a mailing list or a mail system"
    } else {
        return Ok(());
    };
    Err(Error::new(ErrorKind::Rejected, why))
}

/// The addresses of one mail.
pub(super) struct Envelope {
    own: Address,
    recipients: Vec<Address>,
    automatic: bool,
}

impl Envelope {
    /// That of a message.
    ///
    /// # Errors
    /// `Rejected` if it cannot be written to, or not by itself.
    pub(super) fn of(own: &str, message: &Outgoing) -> Result<Self> {
        fit_for_automation(message)?;
        let all = std::iter::once(&message.to).chain(&message.cc);
        let recipients = all.map(|a| envelope_address(a.value())).collect::<Result<_>>()?;
        Ok(Self { own: envelope_address(own)?, recipients, automatic: message.automatic })
    }

    /// Says it, and returns the connection on which it was taken: another one, if the server hung up on an empty
    /// return path.
    ///
    /// # Errors
    /// What the server said to the shop's own address, with who is meant.
    pub(super) async fn say(
        &self,
        settings: &Settings,
        mut smtp: Smtp,
        parameters: &[MailParameter],
    ) -> Result<Smtp> {
        if self.automatic {
            match self.tell(&mut smtp, None, parameters).await {
                Ok(()) => return Ok(smtp),
                Err(_) if smtp.command(Rset).await.is_ok() => {}
                Err(_) => smtp = Smtp::connect(settings).await?,
            }
        }
        self.tell(&mut smtp, Some(self.own.clone()), parameters).await?;
        Ok(smtp)
    }

    async fn tell(
        &self,
        smtp: &mut Smtp,
        sender: Option<Address>,
        parameters: &[MailParameter],
    ) -> Result<()> {
        let mail = Mail::new(sender, parameters.to_vec());
        smtp.command(mail).await.map_err(|e| naming("the sender", e))?;
        for (nth, recipient) in self.recipients.iter().enumerate() {
            let who =
                if nth == 0 { "the recipient".to_owned() } else { format!("recipient {} (copy)", nth + 1) };
            let answer = smtp.command(Rcpt::new(recipient.clone(), Vec::new())).await;
            answer.map_err(|e| Error { recipient: Some(nth), ..naming(&who, e) })?;
        }
        Ok(())
    }
}

fn naming(who: &str, error: Error) -> Error {
    if error.kind == ErrorKind::Rejected || error.retry != Retry::Never {
        Error { text: format!("{who}: {}", error.text), ..error }
    } else {
        error
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_mail_systems_are_known_by_their_names() {
        let lists = [
            "owner-imkerverein@listen.example",
            "imker-request@listen.example",
            "imker-bounces+anna=kunde.example@listen.example",
            "LISTSERV@uni.example",
            "Mailer-Daemon@provider.example",
        ];
        assert!(lists.iter().all(|address| is_of_a_list(address)));
        let people = ["anna@kunde.example", "anna.bounce@kunde.example", "request@kunde.example"];
        assert!(!people.iter().any(|address| is_of_a_list(address)));
    }
}
