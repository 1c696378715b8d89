//! TLS for every kind: rustls with `ring`, the operating system's trust roots, and a CA file that can be named.
//!
//! There is no switch that turns certificate checks off, because a shop's password would go to whoever answers.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

use crate::error::{Error, ErrorKind, Result};

/// The system's roots, read once: a slow keychain would otherwise be asked for every account.
fn system_roots() -> &'static RootCertStore {
    static ROOTS: OnceLock<RootCertStore> = OnceLock::new();
    ROOTS.get_or_init(|| {
        let mut roots = RootCertStore::empty();
        let found = rustls_native_certs::load_native_certs();
        roots.add_parsable_certificates(found.certs);
        roots
    })
}

/// A client configuration that trusts the system's roots and the certificates in `ca_file` (PEM).
///
/// # Errors
/// `Config` if the file cannot be read or holds no certificate.
pub(crate) fn client_config(ca_file: Option<&Path>) -> Result<Arc<ClientConfig>> {
    let mut roots = system_roots().clone();
    if let Some(path) = ca_file {
        let unreadable = |source: Box<dyn std::error::Error + Send + Sync>| {
            Error::new(
                ErrorKind::Config,
                "the CA file cannot be read: it must be a PEM file with certificates",
            )
            .with_source(source)
        };
        let mut added = 0_usize;
        for certificate in CertificateDer::pem_file_iter(path).map_err(|e| unreadable(Box::new(e)))? {
            let certificate = certificate.map_err(|e| unreadable(Box::new(e)))?;
            roots.add(certificate).map_err(|e| unreadable(Box::new(e)))?;
            added += 1;
        }
        if added == 0 {
            return Err(Error::new(ErrorKind::Config, "the CA file holds no certificate"));
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| Error::new(ErrorKind::Config, "TLS cannot be set up on this computer").with_source(e))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}
