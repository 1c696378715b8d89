//! A listener that speaks TLS with a given certificate: a gateway as it stands in a shop's own network, signed by nobody
//! whom the world knows.

use std::net::SocketAddr;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::authority::Signed;

/// The listener.
pub(super) struct Secure {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl Secure {
    pub(super) fn new(listener: TcpListener, signed: &Signed) -> Self {
        Self { listener, acceptor: TlsAcceptor::from(server_config(signed)) }
    }
}

impl axum::serve::Listener for Secure {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            // A client that does not like the certificate goes away; the next one is waited for.
            if let Ok((stream, address)) = self.listener.accept().await
                && let Ok(stream) = self.acceptor.accept(stream).await
            {
                return (stream, address);
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}

/// Settings of a server that shows this certificate.
pub(crate) fn server_config(signed: &Signed) -> Arc<ServerConfig> {
    let chain = CertificateDer::pem_slice_iter(signed.certificate_pem.as_bytes());
    let chain: Vec<_> = chain.map(|one| one.expect("a certificate")).collect();
    let key = PrivateKeyDer::from_pem_slice(signed.key_pem.as_bytes()).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.expect("versions").with_no_client_auth().with_single_cert(chain, key);
    Arc::new(config.expect("a certificate and its key"))
}
