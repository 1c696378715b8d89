//! E-mail: IMAP in, SMTP out, MIME between.
//!
//! Two IMAP connections per account, each on a thread of its own: one synchronises and waits for news, the other does
//! what somebody waits for. Sending opens a connection for each mail. See `sync` for what is fetched when, `submit`
//! for what is certain about a mail that was sent, `mime` for reading, `find` for the servers of an address.
//!
//! Not here: OAuth (its place is [`settings::Credentials`]), POP3, folders beyond INBOX and Sent.

pub mod find;
pub mod mime;
mod session;
mod settings;
mod submit;
mod sync;
mod tls;
pub mod trust;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use theke_domain::capability::{AddressKind, Capabilities};
use theke_domain::medium::{ChannelKind, Medium, media};
use theke_domain::message::{ClientReference, Flags, Outgoing, PartRef, RemoteId};

use crate::channel::{Batch, Channel, Claim, Cursor, Marker};
use crate::error::Result;
use crate::spec::{AccountSettings, Field, FieldKind, Spec};
use session::worker::Worker;
pub use settings::Deadlines;
use settings::{History, Settings};

/// Largest file that goes out: what most providers take, after base64.
const ATTACHMENT_MAX_BYTES: u64 = 18 * 1024 * 1024;

/// How often a server without IDLE is asked.
const POLL_INTERVAL: Duration = Duration::from_secs(60);

/// The kind as data.
pub fn spec() -> Spec {
    Spec {
        kind: ChannelKind::new(media::EMAIL),
        name: "E-mail".to_owned(),
        medium: Medium::new(media::EMAIL),
        address_kind: AddressKind::Email,
        fields: fields(),
        capabilities: Capabilities {
            subject: true,
            cc: true,
            formatting: true,
            attachment_max_bytes: Some(ATTACHMENT_MAX_BYTES),
            client_reference: true,
            ..Capabilities::TEXT
        },
        own_address: settings::own_address,
        open: Arc::new(|settings| Ok(Arc::new(Mailbox::open(&settings, Deadlines::default())?))),
        find_settings: Some(Arc::new(|address, ask_network| {
            Box::pin(async move { find::Finder::default().find(&address, ask_network).await })
        })),
    }
}

fn fields() -> Vec<Field> {
    let security =
        || FieldKind::Choice { options: vec!["tls".to_owned(), "starttls".to_owned()], proposed: None };
    // A year is enough to answer whoever writes again, and soon here.
    let history = || FieldKind::Choice {
        options: History::WORDS.map(str::to_owned).to_vec(),
        proposed: Some("year".to_owned()),
    };
    let field = |key: &str, label: &str, kind: FieldKind, required: bool, default: Option<&str>| Field {
        key: key.to_owned(),
        label: label.to_owned(),
        kind,
        secret: key == "password",
        required,
        default: default.map(str::to_owned),
    };
    vec![
        field("name", "Your name, as customers see it", FieldKind::Text, false, None),
        field("address", "E-mail address", FieldKind::Email, true, None),
        field("username", "User name", FieldKind::Text, false, None),
        field("password", "Password", FieldKind::Text, true, None),
        field("imap_host", "Incoming server (IMAP)", FieldKind::Host, true, None),
        field("imap_port", "Port", FieldKind::Port, true, Some("993")),
        field("imap_security", "Encryption", security(), true, Some("tls")),
        field("smtp_host", "Outgoing server (SMTP)", FieldKind::Host, true, None),
        field("smtp_port", "Port", FieldKind::Port, true, Some("465")),
        field("smtp_security", "Encryption", security(), true, Some("tls")),
        field("history", "How far back older mail is fetched", history(), true, Some("everything")),
        field(
            "authserv_id",
            "Name by which the provider signs what it found of senders",
            FieldKind::Text,
            false,
            None,
        ),
        field("ca_file", "Certificate authority of your own (PEM file)", FieldKind::File, false, None),
    ]
}

/// A mailbox with its submission server.
pub struct Mailbox {
    settings: Arc<Settings>,
    watch: Worker,
    act: Worker,
}

impl Mailbox {
    /// Reads the settings; connects to nothing yet.
    ///
    /// # Errors
    /// `Config` with the field that cannot be used.
    pub fn open(settings: &AccountSettings, deadlines: Deadlines) -> Result<Self> {
        let settings = Arc::new(Settings::read(settings, deadlines)?);
        Ok(Self { watch: Worker::new(settings.clone()), act: Worker::new(settings.clone()), settings })
    }

    /// How many IMAP commands synchronisation has sent, for the budget of 25 per 1,000 messages.
    pub async fn commands_sent(&self) -> u64 {
        self.watch.call(|line| Ok(line.commands_sent())).await.unwrap_or(0)
    }
}

#[async_trait]
impl Channel for Mailbox {
    async fn check(&self) -> Result<()> {
        self.act.call(|line| line.with(|imap, _| imap.run("NOOP", 0).map(|_| ()))).await?;
        submit::check(&self.settings).await
    }

    async fn poll(&self, cursor: Cursor) -> Result<Batch> {
        let batch = self.watch.call(move |line| sync::poll(line, &cursor)).await?;
        Ok(trust::judged(batch, &self.settings.provider))
    }

    async fn backfill(&self, cursor: Cursor) -> Result<Batch> {
        let batch = self.watch.call(move |line| sync::backfill(line, &cursor)).await?;
        Ok(trust::judged(batch, &self.settings.provider))
    }

    async fn wait(&self, interval: Duration) {
        // An error shows in the poll that follows; here it only means that there is something to look after.
        let idled = self.watch.call(move |line| sync::wait(line, interval)).await;
        if matches!(idled, Ok(false)) {
            tokio::time::sleep(interval.min(POLL_INTERVAL)).await;
        }
    }

    fn compose(&self, message: &Outgoing) -> Result<Option<Vec<u8>>> {
        submit::compose(&self.settings, message).map(Some)
    }

    async fn send(&self, message: &Outgoing, point_of_no_return: &dyn Marker) -> Result<RemoteId> {
        submit::send(&self.settings, message, point_of_no_return).await
    }

    async fn after_send(&self, message: &Outgoing) -> Result<()> {
        let reference = message.reference.clone();
        let bytes = match &message.payload {
            Some(bytes) => bytes.clone(),
            None => submit::compose(&self.settings, message)?,
        };
        self.act.call(move |line| sync::append_sent(line, &reference, &bytes)).await
    }

    async fn look_up(&self, reference: &ClientReference) -> Result<Option<RemoteId>> {
        let reference = reference.clone();
        self.act.call(move |line| sync::look_up(line, &reference)).await
    }

    async fn fetch_part(&self, part: &PartRef) -> Result<Bytes> {
        let part = part.clone();
        self.act.call(move |line| sync::fetch_part(line, &part)).await
    }

    async fn set_flags(&self, message: &RemoteId, flags: Flags) -> Result<()> {
        let message = message.clone();
        self.act.call(move |line| sync::set_flags(line, &message, flags)).await
    }

    async fn claim(&self, message: &RemoteId, installation: &str) -> Result<Claim> {
        let (message, installation) = (message.clone(), installation.to_owned());
        self.act.call(move |line| sync::claim(line, &message, &installation)).await
    }
}
