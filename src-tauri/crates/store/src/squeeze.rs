//! Compression of texts before they are stored.
//!
//! The compressor is kept per thread, because setting one up costs more than a short mail. What is unpacked is
//! limited, so that a damaged row cannot fill the memory. Not here: attachments, which are packed already.

use std::cell::RefCell;
use std::io::Read;

use crate::error::{Error, Result};

/// Good value: level 6 saves 4 % more and takes twice as long.
const LEVEL: i32 = 3;
/// No stored text is longer; see the limits on parsing.
const UNPACKED_MAX_BYTES: u64 = 100 * 1024 * 1024;

thread_local! {
    static COMPRESSOR: RefCell<Option<zstd::bulk::Compressor<'static>>> = const { RefCell::new(None) };
}

/// Packs bytes; nothing stays nothing.
pub(crate) fn squeezed(bytes: &[u8]) -> Result<Vec<u8>> {
    if bytes.is_empty() {
        return Ok(Vec::new());
    }
    COMPRESSOR.with_borrow_mut(|kept| {
        let compressor = match kept {
            Some(compressor) => compressor,
            None => kept.insert(zstd::bulk::Compressor::new(LEVEL)?),
        };
        Ok(compressor.compress(bytes)?)
    })
}

/// Unpacks what [`squeezed`] made.
pub(crate) fn unsqueezed(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut unpacked = Vec::new();
    if !bytes.is_empty() {
        let damaged = |_| Error::Damaged("a packed text does not unpack".to_owned());
        let decoder = zstd::stream::read::Decoder::with_buffer(bytes).map_err(damaged)?;
        decoder.take(UNPACKED_MAX_BYTES).read_to_end(&mut unpacked).map_err(damaged)?;
    }
    Ok(unpacked)
}

/// Unpacks a text.
pub(crate) fn unsqueezed_text(bytes: &[u8]) -> Result<String> {
    let unpacked = unsqueezed(bytes)?;
    String::from_utf8(unpacked).map_err(|_| Error::Damaged("a packed text is no UTF-8".to_owned()))
}
