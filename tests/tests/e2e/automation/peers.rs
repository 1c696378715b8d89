//! Who is at the other end in the loop drill: programs that answer whatever comes, each in its own bad manner.
//!
//! Each gets what the shop has sent and gives the mails that come back. Those that no sign betrays say nothing that a
//! person would not say, and have no header that a person's mail has not.

use jiff::Timestamp;

use super::dated;
use crate::mails::{header, mail};

/// Where the other instance of our own lives.
pub const OTHER: &str = "other@test.local";
/// Answers everything with plain words and without one header; only the caps end this.
pub const PLAIN_BOT: &str = "antwort@kunde.example";
/// The same, but says what it is.
pub const VACATION: &str = "urlaub@kunde.example";
/// Sends what it gets back, as a forwarded mail.
pub const FORWARDER: &str = "kette@kunde.example";
/// Sends what it gets back as it is.
pub const REDIRECTOR: &str = "umleitung@kunde.example";
/// Takes nothing.
pub const GONE: &str = "weg@kunde.example";
/// An alias of the shop's own mailbox that the program does not know of.
pub const ALIAS: &str = "laden@test.local";
/// A mailing list: what is sent to it comes to all its members, and the shop is one.
pub const LIST: &str = "liste@verein.example";
/// A list that leaves no header of its own but Reply-To.
pub const BARE_LIST: &str = "runde@verein.example";

/// Mails on their way to the shop.
pub struct World {
    nth: u32,
    at: Timestamp,
}

impl World {
    pub const fn new(at: Timestamp) -> Self {
        Self { nth: 0, at }
    }

    /// From now on it is this time.
    pub const fn set_clock(&mut self, at: Timestamp) {
        self.at = at;
    }

    /// An id that nothing had before.
    fn id(&mut self) -> String {
        self.nth += 1;
        format!("<{}.{}@welt.example>", self.nth, self.at.as_second())
    }

    /// A mail of now. `more`: further header lines.
    pub fn mail(&mut self, from: &str, subject: &str, more: &str, text: &str) -> Vec<u8> {
        let id = self.id();
        mail(from, subject, Some(&id), &format!("{}{more}", dated(self.at)), text)
    }

    /// Without the marks of a program, without what it answers, and with another id: what a broken gateway leaves.
    pub fn stripped(&mut self, raw: &[u8]) -> Vec<u8> {
        let gone = [
            "auto-submitted",
            "x-auto-response-suppress",
            "precedence",
            "in-reply-to",
            "references",
            "message-id",
            "date",
        ];
        let text = String::from_utf8_lossy(raw).replace("\r\n", "\n");
        let (head, body) = text.split_once("\n\n").unwrap();
        let mut kept = vec![format!("Message-ID: {}", self.id()), dated(self.at).trim_end().to_owned()];
        let mut keeps = true;
        for line in head.lines() {
            if !line.starts_with([' ', '\t']) {
                let name = line.split(':').next().unwrap().to_ascii_lowercase();
                keeps = !gone.contains(&name.as_str());
            }
            if keeps {
                kept.push(line.to_owned());
            }
        }
        format!("{}\n\n{body}", kept.join("\n")).into_bytes()
    }

    /// What begins anew each morning: every loop is set going again, and a list and the staff write besides.
    pub fn morning(&mut self, day: u32) -> Vec<Vec<u8>> {
        let ask = "Wann haben Sie geöffnet?";
        let list = format!("List-Id: Verein <verein.example>\r\nReply-To: {LIST}\r\nPrecedence: list\r\n");
        let bare = format!("Reply-To: {BARE_LIST}\r\n");
        let mut mails = vec![
            self.mail(&format!("Laden Zwei <{OTHER}>"), &format!("Anfrage {day}"), "", ask),
            self.mail(PLAIN_BOT, &format!("Hallo {day}"), "", ask),
            self.mail(FORWARDER, &format!("Neues {day}"), "", ask),
            self.mail(&format!("mitglied{day}@kunde.example"), "[Verein] Treffen", &list, "Kommt ihr alle?"),
            self.mail(&format!("freund{day}@kunde.example"), "Treffen", &bare, "Kommt ihr alle?"),
            self.ticket(day * 100),
            self.receipt(day),
        ];
        // The people behind these write once; from then on only their programs do.
        if day == 1 {
            mails.push(self.mail(VACATION, "Frage", "", ask));
            mails.push(self.mail(REDIRECTOR, "Frage", "", ask));
            mails.push(self.mail(GONE, "Frage", "", ask));
            mails.push(self.mail(&format!("Laden <{ALIAS}>"), "Test", "", ask));
        }
        mails
    }

    /// A ticket system that says what it is: each mail from an address of its own.
    fn receipt(&mut self, number: u32) -> Vec<u8> {
        self.mail(
            &format!("Hilfe <hilfe{number}@amt.example>"),
            &format!("[Ticket#{number}] Ihre Anfrage"),
            "",
            &format!("Guten Tag,\r\n\r\nes wurde ein Ticket mit der Nummer {number} angelegt."),
        )
    }

    /// One that uses no word which such programs are known by, and a plus address of its own for each mail.
    fn ticket(&mut self, number: u32) -> Vec<u8> {
        self.mail(
            &format!("Kundendienst <vorgang+{number}@tickets.example>"),
            &format!("[Ticket#{number}] Ihre Anfrage"),
            "",
            &format!("Vielen Dank für Ihre Anfrage. Wir führen sie als {number} und melden uns."),
        )
    }

    /// What comes back of a mail that the shop has sent to `to`. The other instance is not here: it answers itself.
    pub fn reaction(&mut self, to: &str, raw: &[u8]) -> Vec<Vec<u8>> {
        let subject = header(raw, "Subject").unwrap_or_default();
        let id = header(raw, "Message-ID").unwrap();
        let answers = format!("In-Reply-To: {id}\r\nReferences: {id}\r\n");
        match to {
            PLAIN_BOT => vec![self.mail(to, &format!("Re: {subject}"), "", "Gut, und am Samstag? Wann haben Sie da geöffnet?")],
            VACATION => vec![self.mail(
                to,
                &format!("Re: {subject}"),
                "",
                "Vielen Dank für Ihre Nachricht. Ich bin bis zum 12. im Urlaub und habe keinen Zugriff auf meine E-Mails.",
            )],
            FORWARDER => {
                let text = String::from_utf8_lossy(raw);
                let body = text.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default();
                let text = format!(
                    "-------- Weitergeleitete Nachricht --------\r\nVon: shop@test.local\r\nAn: {to}\r\n\r\n{body}"
                );
                vec![self.mail(to, &format!("WG: {subject}"), "", &text)]
            }
            // The alias and a list give everybody the mail as it is.
            REDIRECTOR | ALIAS | LIST => vec![raw.to_vec()],
            BARE_LIST => vec![raw.to_vec(), self.mail("freundin@kunde.example", &subject, &format!("Reply-To: {BARE_LIST}\r\n"), "Ja, gern!")],
            GONE => vec![self.bounce(to, raw)],
            _ if to.ends_with("@tickets.example") => {
                let number: u32 = to.split(['+', '@']).nth(1).unwrap().parse().unwrap();
                vec![self.ticket(number + 1)]
            }
            _ if to.ends_with("@amt.example") => {
                let number: u32 = to.trim_start_matches("hilfe").split('@').next().unwrap().parse().unwrap();
                vec![self.receipt(number + 1)]
            }
            _ if to.ends_with("@still.example") => {
                let number: u32 = to.split(['-', '@']).nth(1).unwrap().parse().unwrap();
                vec![self.mail(&format!("fall-{}@still.example", number + 1), &format!("Re: {subject}"), &answers, "Wir kümmern uns darum.")]
            }
            _ => Vec::new(),
        }
    }

    /// The report of a mail server (RFC 3464).
    fn bounce(&mut self, to: &str, raw: &[u8]) -> Vec<u8> {
        let text = String::from_utf8_lossy(raw);
        let head = text.split_once("\r\n\r\n").map(|(head, _)| head.to_owned()).unwrap_or_default();
        let id = self.id();
        let date = dated(self.at);
        format!(
            "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nTo: shop@test.local\r\nSubject: Undelivered Mail Returned to Sender\r\n\
             {date}Message-ID: {id}\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\nThe mail could not be delivered.\r\n\
             --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
             Final-Recipient: rfc822; {to}\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\n\
             --b\r\nContent-Type: text/rfc822-headers\r\n\r\n{head}\r\n\r\n--b--\r\n"
        )
        .into_bytes()
    }

    /// A ticket system that no word betrays, and that answers in the thread from a new address each time.
    pub fn quiet_ticket(&mut self) -> Vec<u8> {
        self.mail("fall-1@still.example", "Anfrage", "", "Wann haben Sie geöffnet?")
    }
}
