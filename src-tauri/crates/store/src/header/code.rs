//! The recovery code: 128 random bits as 28 letters and digits in groups of four.
//!
//! The alphabet is Crockford's: no I, L, O and U, and those are read as what they look like. 26 characters carry
//! the bits, the last two are a checksum, so that a typing mistake is told apart from a wrong code before the slow
//! work begins. Case, blanks and hyphens do not matter.

use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::key::random;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BYTES: usize = 16;
const CHARS: usize = 28;

/// A recovery code. `Display` gives it in groups; `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode([u8; BYTES]);

impl RecoveryCode {
    /// A new one.
    ///
    /// # Errors
    /// [`Error::Crypto`].
    pub fn random() -> Result<Self> {
        random().map(Self)
    }

    /// Reads what a person typed.
    ///
    /// # Errors
    /// [`Error::MistypedCode`].
    pub fn parse(typed: &str) -> Result<Self> {
        let mut values = Vec::with_capacity(CHARS);
        for letter in typed.chars().filter(|c| c.is_alphanumeric()) {
            let letter = match letter.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let value =
                ALPHABET.iter().position(|known| char::from(*known) == letter).ok_or(Error::MistypedCode)?;
            values.push(u8::try_from(value).map_err(|_| Error::MistypedCode)?);
        }
        let (bits, check) = values.split_at_checked(CHARS - 2).ok_or(Error::MistypedCode)?;
        // 26 characters are 130 bits: 25 whole ones, and three bits of the last, whose other two are zero.
        let (last, whole) = bits.split_last().ok_or(Error::MistypedCode)?;
        let number = whole.iter().fold(0_u128, |number, value| (number << 5) | u128::from(*value));
        let code = Self(((number << 3) | u128::from(last >> 2)).to_be_bytes());
        if last & 3 != 0 || code.check() != *check {
            return Err(Error::MistypedCode);
        }
        Ok(code)
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    fn check(&self) -> [u8; 2] {
        let digest = Sha256::new().chain_update(b"theke recovery code").chain_update(self.0).finalize();
        let mut bytes = digest.iter();
        [0; 2].map(|_: u8| bytes.next().copied().unwrap_or_default() & 31)
    }
}

impl std::fmt::Display for RecoveryCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let number = u128::from_be_bytes(self.0);
        let whole = (0..25).rev().map(|place| (number >> (3 + 5 * place)) & 31);
        let last = (number & 7) << 2;
        let check = self.check().map(u128::from);
        for (place, value) in whole.chain([last]).chain(check).enumerate() {
            if place > 0 && place % 4 == 0 {
                f.write_str("-")?;
            }
            let letter = usize::try_from(value).ok().and_then(|value| ALPHABET.get(value));
            write!(f, "{}", char::from(*letter.unwrap_or(&b'0')))?;
        }
        Ok(())
    }
}

impl std::fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_back_however_it_is_typed() {
        for _ in 0..200 {
            let code = RecoveryCode::random().unwrap();
            let text = code.to_string();
            assert_eq!(text.len(), 34);
            assert_eq!(RecoveryCode::parse(&text).unwrap(), code);
            let sloppy = text.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
            assert_eq!(RecoveryCode::parse(&format!("  {sloppy}\n")).unwrap(), code);
        }
    }

    #[test]
    fn a_mistyped_code_is_told_apart() {
        let code = RecoveryCode([7; BYTES]);
        let text = code.to_string();
        let mut missed = 0;
        for (place, old) in text.char_indices().filter(|(_, c)| *c != '-') {
            for new in ALPHABET.iter().map(|b| char::from(*b)).filter(|new| *new != old) {
                let mut typed = text.clone();
                typed.replace_range(place..=place, &new.to_string());
                missed += usize::from(RecoveryCode::parse(&typed).is_ok());
            }
        }
        // 868 single mistakes against ten bits of checksum.
        assert!(missed <= 4, "{missed} mistakes were not seen");
        for bad in ["", "abc", "U", text.get(1..).unwrap(), &format!("{text}0")] {
            assert!(matches!(RecoveryCode::parse(bad), Err(Error::MistypedCode)), "{bad}");
        }
    }
}
