//! A shop with a profile of its own in a temporary folder, and short ways to fill it.

use std::sync::OnceLock;

use theke_domain::address::Address;
use theke_domain::ids::{AccountId, ContactId, ConversationId, DecisionId, IdentityId, MessageId};
use theke_domain::medium::{ChannelKind, Medium};
use theke_domain::message::{
    ClientReference, Completeness, Delivery, Direction, Outgoing, Party, ThreadHeaders,
};
use theke_domain::time::Timestamp;
use theke_store::header::{Header, RecoveryCode};
use theke_store::profile::{self, Folder};
use theke_store::table::messages::NewMessage;
use theke_store::table::{
    accounts, bodies, contacts, conversations, decisions, identities, messages, outbox, parties, references,
};
use theke_store::{Key, Store, Transaction};

/// 2026-11-21T09:00:00Z.
pub const NOW: Timestamp = Timestamp(1_795_251_600_000);

pub struct Shop {
    pub folder: Folder,
    pub header: Header,
    pub key: Key,
    pub code: RecoveryCode,
    pub store: Store,
    _dir: tempfile::TempDir,
}

/// Stretching a recovery code takes a while, so all tests share one header.
pub fn keys() -> (Header, Key, RecoveryCode) {
    static KEYS: OnceLock<(Header, Key, RecoveryCode)> = OnceLock::new();
    KEYS.get_or_init(|| Header::new().unwrap()).clone()
}

impl Shop {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::new(dir.path().join("profile"));
        let (header, key, code) = keys();
        let store = profile::create(&folder, &header, &key).unwrap();
        Self { folder, header, key, code, store, _dir: dir }
    }

    /// Closes the store and opens the profile again.
    pub fn reopen(self) -> (Self, Option<theke_store::restore::Healed>) {
        let Self { folder, header, key, code, store, _dir } = self;
        drop(store);
        let opened = profile::open(&folder, &header, &key, NOW, None).unwrap();
        (Self { folder, header, key, code, store: opened.store, _dir }, opened.healed)
    }

    pub fn write<T>(&self, change: impl FnOnce(&Transaction<'_>) -> theke_store::Result<T>) -> T {
        self.store.write(change).unwrap()
    }

    pub fn account(&self, kind: &str) -> AccountId {
        self.write(|tx| accounts::insert(tx, &new_account(kind)))
    }

    /// A contact with an e-mail address.
    pub fn contact(&self, name: &str, email: &str) -> (ContactId, IdentityId) {
        self.write(|tx| {
            let contact = contacts::insert(tx, name, contacts::NameSource::Message, NOW)?;
            Ok((contact, identities::insert(tx, &new_identity(contact, mail(email)))?))
        })
    }

    pub fn conversation(&self, contact: ContactId, subject: &str) -> ConversationId {
        self.write(|tx| {
            conversations::insert(
                tx,
                &conversations::NewConversation {
                    contact_id: contact,
                    subject: subject.to_owned(),
                    subject_key: theke_domain::fold::key(subject),
                    status: conversations::Status::Open,
                    spam: false,
                    at: NOW,
                },
            )
        })
    }

    /// Stores an incoming mail with its text and tells conversation and contact, as intake does.
    pub fn mail_in(
        &self,
        conversation: ConversationId,
        at: Timestamp,
        subject: &str,
        text: &str,
    ) -> MessageId {
        let contact = self.contact_of(conversation);
        let new = NewMessage { subject: Some(subject.to_owned()), at, ..incoming(conversation, contact) };
        self.write(|tx| store_message(tx, &new, text))
    }

    pub fn contact_of(&self, conversation: ConversationId) -> ContactId {
        self.store.read(|conn| conversations::get(conn, conversation)).unwrap().unwrap().contact_id
    }

    /// Queues an answer and gives its message.
    pub fn reply(&self, conversation: ConversationId, account: AccountId, at: Timestamp) -> MessageId {
        let contact = self.contact_of(conversation);
        self.write(|tx| queue(tx, conversation, contact, account, at))
    }

    pub fn entry(&self, id: MessageId) -> outbox::Entry {
        self.store.read(|conn| outbox::get(conn, id)).unwrap().unwrap()
    }

    pub fn index_all(&self) {
        while self.write(|tx| {
            theke_store::search::messages::index_some(tx, 100, theke_store::search::messages::Scope::All)
        }) > 0
        {}
    }

    /// The counters are what a recount gives.
    pub fn assert_counters(&self) {
        let (kept, counted) = self
            .store
            .read(|conn| {
                let counted = theke_store::table::counters::recounted(conn)?;
                let mut kept = Vec::new();
                for (name, _) in &counted {
                    kept.push((*name, theke_store::table::counters::get(conn, name)?));
                }
                Ok((kept, counted))
            })
            .unwrap();
        assert_eq!(kept, counted);
    }
}

pub fn mail(text: &str) -> Address {
    Address::Email { value: text.to_owned() }
}

pub fn phone(text: &str) -> Address {
    Address::Phone { value: text.to_owned() }
}

pub fn new_account(kind: &str) -> accounts::NewAccount {
    accounts::NewAccount {
        kind: ChannelKind::new(kind),
        medium: Medium::new("email"),
        name: format!("Test {kind}"),
        settings: [("host".to_owned(), "mail.shop.example".to_owned())].into(),
        secrets: [("password".to_owned(), "s3cret-canary".to_owned())].into(),
        own: Some(mail("laden@shop.example")),
        created_at: NOW,
    }
}

pub fn new_identity(contact: ContactId, address: Address) -> identities::NewIdentity {
    identities::NewIdentity {
        contact_id: contact,
        display: address.value().to_owned(),
        address,
        name: String::new(),
        source: identities::Source::Message,
        created_at: NOW,
    }
}

pub fn incoming(conversation: ConversationId, contact: ContactId) -> NewMessage {
    NewMessage {
        conversation_id: conversation,
        contact_id: contact,
        identity_id: None,
        account_id: None,
        direction: Direction::In,
        medium: Medium::new("email"),
        kind: ChannelKind::new("test"),
        from_name: "Anna Beispiel".to_owned(),
        from_address: "anna@kunde.example".to_owned(),
        subject: Some("Frage".to_owned()),
        snippet: "Guten Tag".to_owned(),
        at: NOW,
        received_at: NOW,
        stored_at: NOW,
        delivery: Delivery::Received,
        automatic: false,
        seen: false,
        answered: false,
        message_ref: None,
        in_reply_to: None,
        content_key: None,
        completeness: Completeness::Whole,
        has_html: false,
        attachments: 0,
        order_key: None,
    }
}

pub fn store_message(tx: &Transaction<'_>, new: &NewMessage, text: &str) -> theke_store::Result<MessageId> {
    let id = messages::insert(tx, new)?;
    if new.completeness != Completeness::Headers {
        bodies::put(tx, id, &bodies::Body { text: text.to_owned(), ..bodies::Body::default() })?;
    }
    conversations::touch(
        tx,
        new.conversation_id,
        &conversations::Touch {
            message_id: id,
            at: new.at,
            direction: new.direction,
            account_id: new.account_id,
            medium: &new.medium,
            snippet: &new.snippet,
            unread: !new.seen,
            attachments: new.attachments > 0,
        },
    )?;
    contacts::heard(tx, new.contact_id, new.at)?;
    Ok(id)
}

pub fn thread(tx: &Transaction<'_>, message: MessageId, references: &[&str]) -> theke_store::Result<()> {
    let references = references.iter().map(|text| (*text).to_owned()).collect();
    references::insert(tx, message, &ThreadHeaders { references, ..ThreadHeaders::default() })
}

pub fn party(address: &str) -> Party {
    Party { name: None, address: Some(mail(address)), raw: address.to_owned() }
}

pub fn add_party(tx: &Transaction<'_>, message: MessageId, address: &str) -> theke_store::Result<()> {
    parties::insert(tx, message, parties::Role::To, &[party(address)])
}

pub fn outgoing(reference: &str, text: &str) -> Outgoing {
    Outgoing {
        reference: ClientReference(reference.to_owned()),
        at: NOW,
        to: mail("anna@kunde.example"),
        to_name: None,
        cc: Vec::new(),
        subject: Some("AW: Frage".to_owned()),
        text: text.to_owned(),
        html: None,
        thread: ThreadHeaders::default(),
        parts: Vec::new(),
        automatic: false,
        payload: Some(b"fixed bytes".to_vec()),
    }
}

pub fn decision(tx: &Transaction<'_>) -> theke_store::Result<DecisionId> {
    decisions::insert(
        tx,
        &decisions::Decision {
            id: DecisionId(0),
            at: NOW,
            message_id: None,
            contact_id: None,
            rule: String::new(),
            mode: "person".to_owned(),
            result: "queued".to_owned(),
            evidence: serde_json::json!(["reply"]),
            guards: serde_json::json!([]),
            route: Some(serde_json::json!({"account_id": 1})),
            text: "Guten Tag".to_owned(),
            automatic: decisions::Automatic::default(),
        },
    )
}

pub fn queue(
    tx: &Transaction<'_>,
    conversation: ConversationId,
    contact: ContactId,
    account: AccountId,
    at: Timestamp,
) -> theke_store::Result<MessageId> {
    let new = NewMessage {
        direction: Direction::Out,
        delivery: Delivery::Queued,
        account_id: Some(account),
        seen: true,
        at,
        ..incoming(conversation, contact)
    };
    let id = store_message(tx, &new, "Ihre Antwort")?;
    let decision_id = decision(tx)?;
    let outgoing = outgoing(&format!("<{id}@shop.example>"), "Ihre Antwort");
    outbox::insert(
        tx,
        &outbox::NewEntry {
            message_id: id,
            decision_id,
            account_id: account,
            contact_id: contact,
            outgoing: &outgoing,
            queued_at: at,
            due_at: at,
        },
    )?;
    Ok(id)
}
