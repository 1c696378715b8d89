//! The test kit: a shop with fake channels, a clock that stands still, and a keychain in memory.
//!
//! Tests read like a story: Rosa writes a mail, the shop answers, the provider breaks off. Every test file uses a
//! part of it.
#![allow(dead_code, unused_imports)]

pub mod channel;
pub mod golden;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use theke_channels::Update;
use theke_channels::registry::Registry;
use theke_domain::address::Address;
use theke_domain::capability::{AddressKind, Capabilities, Segments};
use theke_domain::message::{Completeness, Direction, Flags, Incoming, Party, RemoteId, ThreadHeaders};
use theke_domain::time::Timestamp;
use theke_engine::api::types::{ConversationDetail, ReplyInput, ReplyQueued, WrittenInput};
use theke_engine::api::{Api, EngineGuard, KeySource, Ports, Profile};
use theke_engine::ports::{Clock, Keychain, KeychainError};

pub use channel::{Fault, Provider};

/// 2026-11-21T10:00:00Z, a Saturday.
pub const START: Timestamp = Timestamp::from_secs(1_795_255_200);

#[derive(Clone)]
pub struct FakeClock(Arc<AtomicI64>);

impl FakeClock {
    pub fn forward(&self, secs: i64) {
        self.0.fetch_add(secs * 1000, Ordering::SeqCst);
    }

    pub fn set(&self, at: Timestamp) {
        self.0.store(at.0, Ordering::SeqCst);
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

#[derive(Clone, Default)]
pub struct FakeKeychain {
    entries: Arc<Mutex<HashMap<String, Vec<u8>>>>,
    trouble: Arc<Mutex<Option<KeychainError>>>,
}

impl FakeKeychain {
    pub fn wipe(&self) {
        self.entries.lock().unwrap().clear();
    }

    pub fn be(&self, trouble: Option<KeychainError>) {
        *self.trouble.lock().unwrap() = trouble;
    }

    fn usable(&self) -> Result<(), KeychainError> {
        self.trouble.lock().unwrap().map_or(Ok(()), Err)
    }
}

#[async_trait]
impl Keychain for FakeKeychain {
    async fn get(&self, entry: &str) -> Result<Option<Vec<u8>>, KeychainError> {
        self.usable()?;
        Ok(self.entries.lock().unwrap().get(entry).cloned())
    }
    async fn set(&self, entry: &str, secret: &[u8]) -> Result<(), KeychainError> {
        self.usable()?;
        self.entries.lock().unwrap().insert(entry.to_owned(), secret.to_vec());
        Ok(())
    }
    async fn remove(&self, entry: &str) -> Result<(), KeychainError> {
        self.entries.lock().unwrap().remove(entry);
        Ok(())
    }
}

/// A shop with one letter channel (threads, copies, look-up) and one short-text channel (at most once).
pub struct Shop {
    folder: tempfile::TempDir,
    pub dir: PathBuf,
    pub clock: FakeClock,
    pub keychain: FakeKeychain,
    pub recovery_code: String,
    pub letters: Provider,
    pub texts: Provider,
    pub api: Api,
    pub letter_account: i64,
    pub text_account: i64,
}

pub fn letter_capabilities() -> Capabilities {
    Capabilities {
        subject: true,
        cc: true,
        formatting: true,
        attachment_max_bytes: Some(1_000_000),
        client_reference: true,
        ..Capabilities::TEXT
    }
}

pub fn text_capabilities() -> Capabilities {
    Capabilities {
        delivery_states: true,
        segments: Segments::Sms,
        text_max_chars: Some(1000),
        forgets_acknowledged: true,
        ..Capabilities::TEXT
    }
}

/// A customer, by name and address.
pub const ROSA: (&str, &str) = ("Rosa Tannwald", "rosa@kunde.example");

impl Shop {
    /// A shop with one letter of Rosa's, and its conversation.
    pub async fn with_a_letter() -> (Self, i64) {
        let shop = Self::open().await;
        shop.receive(vec![message(letter(1, ROSA, "Bremse", "Wann offen?"))]).await;
        let id = shop.only_conversation().await;
        (shop, id)
    }

    pub async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("profile");
        let clock = FakeClock(Arc::new(AtomicI64::new(START.0)));
        let keychain = FakeKeychain::default();
        let ports = Ports { clock: Arc::new(clock.clone()), keychain: Arc::new(keychain.clone()) };
        let made = Profile::create(&dir, "Velo Tannwald", "DE", None, &ports).await.unwrap();
        let (letters, texts) = (Provider::default(), Provider::default());
        let api = Api::open(&dir, KeySource::Auto, ports, registry(&letters, &texts)).await.unwrap();
        let fields = |own: &str| BTreeMap::from([("own".to_owned(), own.to_owned())]);
        let secret = || BTreeMap::from([("password".to_owned(), "right".to_owned())]);
        let letter = api.account_add("letter", fields("laden@velo.example"), secret(), true).await.unwrap();
        let text = api.account_add("text", fields("+4915100000000"), secret(), true).await.unwrap();
        Self {
            folder,
            dir,
            clock,
            keychain,
            recovery_code: made.recovery_code,
            letters,
            texts,
            api,
            letter_account: letter.id,
            text_account: text.id,
        }
    }

    pub fn ports(&self) -> Ports {
        Ports { clock: Arc::new(self.clock.clone()), keychain: Arc::new(self.keychain.clone()) }
    }

    /// Opens the profile again, as after a crash: the old `Api` is dropped.
    pub async fn reopen(&mut self) {
        let registry = registry(&self.letters, &self.texts);
        self.api = Api::open(&self.dir, KeySource::Auto, self.ports(), registry).await.unwrap();
    }

    /// What the clock says.
    pub fn clock_now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Closes the profile and keeps its folder.
    pub fn close(self) -> tempfile::TempDir {
        drop(self.api);
        self.folder
    }

    pub fn registry(&self) -> Registry {
        registry(&self.letters, &self.texts)
    }

    pub async fn start(&self) -> EngineGuard {
        self.api.start_engine().await.unwrap()
    }

    /// Rosa's letters and texts come in and are stored.
    pub async fn receive(&self, updates: Vec<Update>) {
        self.letters.hand_in(updates);
        let result = self.api.sync_once(None).await.unwrap();
        assert!(result.accounts.iter().all(|line| line.error.is_none()), "{result:?}");
    }

    pub async fn receive_texts(&self, updates: Vec<Update>) {
        self.texts.hand_in(updates);
        self.api.sync_once(None).await.unwrap();
    }

    pub async fn only_conversation(&self) -> i64 {
        let page = self.api.conversations(None, false, None, 100).await.unwrap();
        assert_eq!(page.conversations.len(), 1, "{:#?}", page.conversations);
        page.conversations[0].id
    }

    pub async fn conversation(&self, id: i64) -> ConversationDetail {
        self.api.conversation(id, None).await.unwrap()
    }

    pub async fn answer(&self, conversation: i64, body: &str, via: Option<&str>) -> ReplyQueued {
        let input = ReplyInput {
            conversation_id: conversation,
            written: WrittenInput {
                body: body.to_owned(),
                via: via.map(str::to_owned),
                now: true,
                ..WrittenInput::default()
            },
            ..ReplyInput::default()
        };
        self.api.reply(input).await.unwrap()
    }

    /// Waits until the message has this delivery; the engine must be running.
    pub async fn wait_delivery(&self, message: i64, delivery: &str) {
        let mut events = self.api.subscribe();
        loop {
            if self.api.message(message).await.unwrap().delivery == delivery {
                return;
            }
            // Lagging only means that there is something to look at.
            let _ = events.recv().await;
        }
    }

    pub async fn delivery(&self, message: i64) -> String {
        self.api.message(message).await.unwrap().delivery
    }
}

pub fn registry(letters: &Provider, texts: &Provider) -> Registry {
    Registry::of(vec![
        letters.spec("letter", "email", AddressKind::Email, letter_capabilities()),
        texts.spec("text", "sms", AddressKind::Phone, text_capabilities()),
    ])
}

pub fn party(name: &str, address: &str) -> Party {
    Party {
        name: Some(name.to_owned()).filter(|name| !name.is_empty()),
        address: Address::parse(address, "DE").ok(),
        raw: address.to_owned(),
    }
}

/// A letter from somebody to the shop; `number` makes its ids.
pub fn letter(number: u32, from: (&str, &str), subject: &str, text: &str) -> Incoming {
    Incoming {
        remote_id: RemoteId(format!("INBOX/{number}")),
        content_key: Some(format!("key-{number}")),
        direction: Direction::In,
        at: START.plus_secs(i64::from(number) - 3600),
        received_at: START.plus_secs(i64::from(number) - 3600),
        from: party(from.0, from.1),
        to: vec![party("", "laden@velo.example")],
        cc: Vec::new(),
        reply_to: Vec::new(),
        subject: Some(subject.to_owned()),
        text: text.to_owned(),
        text_without_quote: text.to_owned(),
        html: None,
        thread: ThreadHeaders {
            message_id: Some(format!("<{number}@kunde.example>")),
            ..ThreadHeaders::default()
        },
        parts: Vec::new(),
        flags: Flags::default(),
        source: None,
        completeness: Completeness::Whole,
        problems: Vec::new(),
        spam: false,
        authentication_results: Vec::new(),
        signs: Vec::new(),
        bounce: None,
        authentication: None,
    }
}

/// A short text from a number.
pub fn text(number: u32, from: &str, body: &str) -> Incoming {
    Incoming {
        remote_id: RemoteId(format!("text/{number}")),
        content_key: None,
        subject: None,
        thread: ThreadHeaders::default(),
        to: vec![party("", "+4915100000000")],
        ..letter(number, ("", from), "", body)
    }
}

pub fn message(incoming: Incoming) -> Update {
    Update::Message(Box::new(incoming))
}

pub fn exists(path: &Path) -> bool {
    path.exists()
}
