//! Servers that misbehave: TLS over a listener, one thread per connection, and a record of what clients sent.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use theke_tests::authority::{Authority, Signed};

/// What clients sent, over all connections, in clear text.
pub type Record = Arc<Mutex<Vec<u8>>>;

/// One connection of a client.
pub struct Peer {
    stream: Stream,
    buffer: Vec<u8>,
    pub record: Record,
    /// Bytes that may still be sent; then the connection is cut.
    pub budget: Option<usize>,
    pub sent: usize,
}

enum Stream {
    Plain(TcpStream),
    Tls(Box<StreamOwned<ServerConnection, TcpStream>>),
}

impl Peer {
    fn read_some(&mut self, room: &mut [u8]) -> io::Result<usize> {
        match &mut self.stream {
            Stream::Plain(s) => s.read(room),
            Stream::Tls(s) => s.read(room),
        }
    }

    /// The next line without its end; `None` at the end of the connection.
    pub fn line(&mut self) -> Option<String> {
        loop {
            if let Some(at) = self.buffer.iter().position(|&b| b == b'\n') {
                let line: Vec<u8> = self.buffer.drain(..=at).collect();
                return Some(String::from_utf8_lossy(&line).trim_end().to_owned());
            }
            let mut room = [0; 4096];
            let read = self.read_some(&mut room).ok().filter(|n| *n > 0)?;
            self.record.lock().unwrap().extend_from_slice(&room[..read]);
            self.buffer.extend_from_slice(&room[..read]);
        }
    }

    /// What comes next, whatever it is; `None` at the end of the connection.
    pub fn bytes(&mut self) -> Option<Vec<u8>> {
        if !self.buffer.is_empty() {
            return Some(std::mem::take(&mut self.buffer));
        }
        let mut room = [0; 4096];
        let read = self.read_some(&mut room).ok().filter(|n| *n > 0)?;
        self.record.lock().unwrap().extend_from_slice(&room[..read]);
        Some(room[..read].to_vec())
    }

    /// Sends bytes; `None` once the connection is gone or the budget is used up.
    pub fn say(&mut self, bytes: impl AsRef<[u8]>) -> Option<()> {
        let bytes = bytes.as_ref();
        let allowed = self.budget.map_or(bytes.len(), |left| left.min(bytes.len()));
        self.budget = self.budget.map(|left| left - allowed);
        self.sent += allowed;
        let part = &bytes[..allowed];
        let written = match &mut self.stream {
            Stream::Plain(s) => s.write_all(part).and_then(|()| s.flush()),
            Stream::Tls(s) => s.write_all(part).and_then(|()| s.flush()),
        };
        (written.is_ok() && allowed == bytes.len()).then_some(())
    }

    /// Goes over to TLS.
    pub fn encrypt(self, config: &Arc<ServerConfig>) -> Option<Self> {
        let Stream::Plain(mut tcp) = self.stream else { return None };
        let mut tls = ServerConnection::new(config.clone()).unwrap();
        while tls.is_handshaking() {
            tls.complete_io(&mut tcp).ok()?;
        }
        Some(Self { stream: Stream::Tls(Box::new(StreamOwned::new(tls, tcp))), ..self })
    }
}

/// A listener with its certificate.
pub struct Server {
    pub port: u16,
    pub record: Record,
    pub ca_file: PathBuf,
    pub config: Arc<ServerConfig>,
    _folder: tempfile::TempDir,
}

fn config(signed: &Signed) -> Arc<ServerConfig> {
    let chain: Vec<_> =
        CertificateDer::pem_slice_iter(signed.certificate_pem.as_bytes()).map(|c| c.unwrap()).collect();
    let key = PrivateKeyDer::from_pem_slice(signed.key_pem.as_bytes()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder =
        ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    Arc::new(builder.with_no_client_auth().with_single_cert(chain, key).unwrap())
}

impl Server {
    /// Serves every connection with `serve`, from the first byte on.
    pub fn start(serve: impl Fn(Peer, Arc<ServerConfig>) + Send + Sync + 'static) -> Self {
        Self::with_certificate(|authority| authority.sign(&["localhost"]).unwrap(), serve)
    }

    /// The same with TLS from the first byte.
    pub fn tls(serve: impl Fn(Peer) + Send + Sync + 'static) -> Self {
        Self::start(move |peer, config| {
            if let Some(peer) = peer.encrypt(&config) {
                serve(peer);
            }
        })
    }

    /// The same with a certificate of one's choice.
    pub fn with_certificate(
        sign: impl FnOnce(&Authority) -> Signed,
        serve: impl Fn(Peer, Arc<ServerConfig>) + Send + Sync + 'static,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let authority = Authority::new().unwrap();
        let ca_file = authority.write_into(folder.path()).unwrap();
        let config = config(&sign(&authority));
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let record: Record = Arc::default();
        let (shared, kept, tls) = (Arc::new(serve), record.clone(), config.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(stream) = stream else { return };
                stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
                stream.set_nodelay(true).unwrap();
                let peer = Peer {
                    stream: Stream::Plain(stream),
                    buffer: Vec::new(),
                    record: kept.clone(),
                    budget: None,
                    sent: 0,
                };
                let (serve, tls) = (shared.clone(), tls.clone());
                std::thread::spawn(move || serve(peer, tls));
            }
        });
        Self { port, record, ca_file, config, _folder: folder }
    }

    /// Everything that clients have sent in clear text.
    pub fn heard(&self) -> String {
        String::from_utf8_lossy(&self.record.lock().unwrap()).into_owned()
    }
}
