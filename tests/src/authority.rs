//! A certificate authority for tests, and the good and bad certificates that it hands out.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};

/// Signs certificates; its own is what an account names as `ca_file`.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

/// A certificate chain and its key, both PEM.
#[derive(Debug, Clone)]
pub struct Signed {
    /// The certificate.
    pub certificate_pem: String,
    /// Its private key.
    pub key_pem: String,
}

impl Signed {
    /// Writes both files.
    ///
    /// # Errors
    /// What the disk says.
    pub fn write(&self, certificate: &Path, key: &Path) -> Result<()> {
        std::fs::write(certificate, &self.certificate_pem)?;
        std::fs::write(key, &self.key_pem)?;
        Ok(())
    }
}

impl Authority {
    /// A new authority with a key of its own.
    ///
    /// # Errors
    /// If no key can be made.
    pub fn new() -> Result<Self> {
        let mut params = CertificateParams::new(Vec::new())?;
        params.distinguished_name.push(DnType::CommonName, "Theke test CA");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate()?;
        let pem = params.self_signed(&key)?.pem();
        Ok(Self { issuer: Issuer::new(params, key), pem })
    }

    /// The authority's certificate, PEM.
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// Writes the authority's certificate into `folder` and returns where.
    ///
    /// # Errors
    /// What the disk says.
    pub fn write_into(&self, folder: &Path) -> Result<PathBuf> {
        let path = folder.join("ca.pem");
        std::fs::write(&path, &self.pem).context("the CA file cannot be written")?;
        Ok(path)
    }

    /// A server certificate for these names or addresses.
    ///
    /// # Errors
    /// If a name is none.
    pub fn sign(&self, names: &[&str]) -> Result<Signed> {
        self.sign_with(names, |_| {})
    }

    /// One that ran out long ago.
    ///
    /// # Errors
    /// If a name is none.
    pub fn sign_expired(&self, names: &[&str]) -> Result<Signed> {
        self.sign_with(names, |params| {
            params.not_before = rcgen::date_time_ymd(2001, 1, 1);
            params.not_after = rcgen::date_time_ymd(2002, 1, 1);
        })
    }

    fn sign_with(&self, names: &[&str], change: impl FnOnce(&mut CertificateParams)) -> Result<Signed> {
        let mut params = CertificateParams::new(names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>())?;
        params.distinguished_name.push(DnType::CommonName, "localhost");
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        change(&mut params);
        let key = KeyPair::generate()?;
        let certificate = params.signed_by(&key, &self.issuer)?;
        Ok(Signed { certificate_pem: certificate.pem(), key_pem: key.serialize_pem() })
    }
}

/// A certificate that nobody signed but itself.
///
/// # Errors
/// If a name is none.
pub fn self_signed(names: &[&str]) -> Result<Signed> {
    let params = CertificateParams::new(names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>())?;
    let key = KeyPair::generate()?;
    Ok(Signed { certificate_pem: params.self_signed(&key)?.pem(), key_pem: key.serialize_pem() })
}
