//! Kinds that speak HTTPS hand their secret to nobody whose certificate is not trusted (N5).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod gateways;

use std::io::Read;
use std::net::TcpListener;
use std::sync::Arc;
use std::thread::JoinHandle;

use gateways::{open_at, text_to};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use theke_channels::registry::Registry;
use theke_channels::{AccountSettings, ErrorKind, NoMarker, Retry};
use theke_domain::medium::ChannelKind;
use theke_tests::authority::Authority;

/// A server whose certificate nobody here trusts. Gives its port, and in the end what it could read.
fn untrusted() -> (u16, JoinHandle<Vec<u8>>) {
    let signed = Authority::new().unwrap().sign(&["127.0.0.1"]).unwrap();
    let chain =
        CertificateDer::pem_slice_iter(signed.certificate_pem.as_bytes()).collect::<Result<Vec<_>, _>>();
    let key = PrivateKeyDer::from_pem_slice(signed.key_pem.as_bytes()).unwrap();
    let config =
        rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain.unwrap(), key)
            .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = std::thread::spawn(move || {
        let (tcp, _) = listener.accept().unwrap();
        let connection = rustls::ServerConnection::new(Arc::new(config)).unwrap();
        let mut read = Vec::new();
        // It ends with the client's alert; what came before that would be plain text for us to see.
        let _ended = rustls::StreamOwned::new(connection, tcp).read_to_end(&mut read);
        read
    });
    (port, server)
}

#[tokio::test]
async fn an_untrusted_certificate_ends_it_before_anything_is_said() {
    for kind in ["sms-seven", "sms-android", "telegram"] {
        for sends in [false, true] {
            let (port, server) = untrusted();
            let url = format!("https://127.0.0.1:{port}/api");
            let channel = if kind == "telegram" {
                let mut settings = AccountSettings::default();
                settings.values.insert("base_url".to_owned(), url);
                settings.secrets.insert("token".to_owned(), theke_tests::telegram::TOKEN.to_owned());
                let registry = Registry::load(None);
                (registry.get(&ChannelKind::new(kind)).unwrap().open)(settings).unwrap()
            } else {
                open_at(kind, &url)
            };
            let error = if sends && kind != "telegram" {
                channel.send(&text_to("+4915112345678", "r1", "Hallo"), &NoMarker).await.unwrap_err()
            } else {
                channel.check().await.unwrap_err()
            };
            assert_eq!(
                (error.kind, error.retry),
                (ErrorKind::Certificate, Retry::Backoff),
                "{kind}: {error}"
            );
            assert!(!error.ambiguous, "{kind}");
            assert_eq!(server.join().unwrap(), b"", "{kind}: the server saw something");
        }
    }
}
