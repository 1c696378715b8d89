//! One wrapped copy of the master key.
//!
//! What a person types goes through Argon2id; its parameters stand in the slot, so that they can grow with the
//! computers of later years. The keychain's secret is 256 random bits and is the wrapping key as it is.

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::key::{Key, random};

/// 64 MiB, three passes, one lane: about 0.1 s, and more than the 19 MiB that OWASP asks for at least.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 1;
/// A slot that asks for more is not ours: a changed header must not eat the memory.
const MEMORY_MAX_KIB: u32 = 1024 * 1024;

/// By which secret a slot opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// A secret in the keychain.
    Keychain,
    /// A passphrase.
    Passphrase,
    /// The recovery code.
    Recovery,
    /// The lock of the window; stands in no header.
    Pin,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Stretch {
    algorithm: String,
    salt: String,
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

/// A slot as it stands in the file. Binary values are base64.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Slot {
    kind: Kind,
    /// How the typed secret becomes a key; absent for the keychain.
    #[serde(skip_serializing_if = "Option::is_none")]
    stretch: Option<Stretch>,
    nonce: String,
    wrapped: String,
}

/// A passphrase in one form, whatever keyboard wrote its accents.
pub(super) fn normal(passphrase: &str) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(passphrase.nfkc().collect::<String>().into_bytes())
}

impl Slot {
    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    /// Wraps under a secret that is a key already.
    pub(super) fn wrap_direct(profile: &str, secret: &[u8; 32], key: &Key) -> Result<Self> {
        Self::wrap(Kind::Keychain, profile, None, secret, key)
    }

    /// Wraps under a secret that a person types.
    pub(super) fn wrap_slow(kind: Kind, profile: &str, secret: &[u8], key: &Key) -> Result<Self> {
        let stretch = Stretch {
            algorithm: "argon2id".to_owned(),
            salt: BASE64.encode(random::<16>()?),
            memory_kib: MEMORY_KIB,
            passes: PASSES,
            lanes: LANES,
        };
        let wrapping = stretch.apply(secret)?;
        Self::wrap(kind, profile, Some(stretch), &wrapping, key)
    }

    fn wrap(kind: Kind, profile: &str, stretch: Option<Stretch>, by: &[u8; 32], key: &Key) -> Result<Self> {
        let nonce = random::<24>()?;
        let mut slot = Self { kind, stretch, nonce: BASE64.encode(nonce), wrapped: String::new() };
        let aad = slot.bound_to(profile)?;
        let payload = Payload { msg: key.bytes(), aad: &aad };
        let sealed = XChaCha20Poly1305::new(by.into())
            .encrypt(XNonce::from_slice(&nonce), payload)
            .map_err(|_| Error::Crypto)?;
        slot.wrapped = BASE64.encode(sealed);
        Ok(slot)
    }

    /// The master key, if `secret` is the right one.
    pub(super) fn unwrap(&self, profile: &str, secret: &[u8]) -> Result<Key> {
        let by: Zeroizing<[u8; 32]> = match &self.stretch {
            Some(stretch) => stretch.apply(secret)?,
            None => Zeroizing::new(secret.try_into().map_err(|_| Error::WrongKey)?),
        };
        let nonce: [u8; 24] = decoded(&self.nonce)?.try_into().map_err(|_| Error::BadHeader("a nonce"))?;
        let aad = self.bound_to(profile)?;
        let sealed = decoded(&self.wrapped)?;
        let payload = Payload { msg: &sealed, aad: &aad };
        let opened = XChaCha20Poly1305::new((&*by).into())
            .decrypt(XNonce::from_slice(&nonce), payload)
            .map_err(|_| Error::WrongKey)?;
        let opened = Zeroizing::new(opened);
        let bytes: [u8; 32] = opened.as_slice().try_into().map_err(|_| Error::BadHeader("a key's length"))?;
        Ok(Key::from_bytes(bytes))
    }

    /// What is authenticated beside the key.
    fn bound_to(&self, profile: &str) -> Result<Vec<u8>> {
        Ok(serde_json::to_vec(&("theke header 1", profile, self.kind, &self.stretch, &self.nonce))?)
    }
}

impl Stretch {
    fn apply(&self, secret: &[u8]) -> Result<Zeroizing<[u8; 32]>> {
        if self.algorithm != "argon2id"
            || self.memory_kib > MEMORY_MAX_KIB
            || self.passes > 100
            || self.lanes > 16
        {
            return Err(Error::BadHeader("an unknown way to stretch a passphrase"));
        }
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32))
            .map_err(|_| Error::BadHeader("the parameters of a passphrase"))?;
        let salt = decoded(&self.salt)?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(secret, &salt, key.as_mut())
            .map_err(|_| Error::Crypto)?;
        Ok(key)
    }
}

fn decoded(text: &str) -> Result<Vec<u8>> {
    BASE64.decode(text).map_err(|_| Error::BadHeader("a value is no base64"))
}
