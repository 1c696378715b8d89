//! The weights and the multiplication.
//!
//! The file: a line with the SHA-256 of what it was made from, then a record for each bucket that is not zero: its number
//! (two bytes), a scale (four bytes) and a signed byte for each output, all little endian; the last record is the bias.
//! Outputs are the sixteen intents in the order of `Intent::ALL`, which share one softmax, and `SENSITIVE` by itself.

use std::collections::HashMap;

use super::features::{self, BUCKETS, Feature};
use super::kind::Intent;

/// Number of outputs.
pub const OUTPUTS: usize = Intent::ALL.len() + 1;
/// The output that says whether a text is sensitive.
pub const SENSITIVE: usize = Intent::ALL.len();
/// The bucket of the bias in memory; in the file it is the last record.
const BIAS: u32 = BUCKETS;
/// Bytes of a record.
const RECORD: usize = 4 + 4 + OUTPUTS;
/// Bytes of the hash at the beginning, as hexadecimal digits and a line feed.
const HEAD: usize = 65;

/// One value for each output.
pub type Weights = [f32; OUTPUTS];

/// A classifier.
#[derive(Debug, Clone, Default)]
pub struct Model {
    weights: HashMap<u32, [i8; OUTPUTS]>,
    scales: HashMap<u32, f32>,
    pub(super) corrections: super::refine::Corrections,
}

impl Model {
    /// Reads a file of weights; what is broken is left out, so that a damaged file gives an unsure model.
    pub fn shipped(bytes: &[u8]) -> Self {
        let mut model = Self::default();
        for record in bytes.get(HEAD..).unwrap_or_default().chunks_exact(RECORD) {
            let mut bytes = record.iter().copied();
            let mut four = || [0; 4].map(|_: u8| bytes.next().unwrap_or_default());
            let (bucket, scale) = (u32::from_le_bytes(four()), f32::from_le_bytes(four()));
            let weights = [0; OUTPUTS].map(|_: u8| i8::from_le_bytes([bytes.next().unwrap_or_default()]));
            model.weights.insert(bucket, weights);
            model.scales.insert(bucket, scale);
        }
        model
    }

    /// Writes weights as `shipped` reads them. `made_from` is the hash of the texts.
    pub fn file(made_from: &str, weights: &[(u32, Weights)], bias: &Weights) -> Vec<u8> {
        let mut bytes = format!("{made_from:0>64}\n").into_bytes();
        for (bucket, values) in weights.iter().chain(std::iter::once(&(BIAS, *bias))) {
            let largest = values.iter().fold(0.0f32, |most, value| most.max(value.abs()));
            let scale = largest / 127.0;
            bytes.extend(bucket.to_le_bytes());
            bytes.extend(scale.to_le_bytes());
            let rounded = values.iter().map(|value| if scale > 0.0 { (value / scale).round() } else { 0.0 });
            // Within -127 to 127 by the scale; `as` saturates.
            bytes.extend(rounded.map(|value| value as i8).flat_map(i8::to_le_bytes));
        }
        bytes
    }

    /// The hash of the texts of a file of weights.
    pub fn made_from(bytes: &[u8]) -> Option<&str> {
        std::str::from_utf8(bytes.get(..HEAD - 1)?).ok()
    }

    /// What one feature adds to each output.
    pub(super) fn share(&self, feature: &Feature) -> Weights {
        self.row(feature.bucket).map(|weight| weight * feature.value)
    }

    fn row(&self, bucket: u32) -> Weights {
        match self.weights.get(&bucket).zip(self.scales.get(&bucket)) {
            Some((weights, scale)) => weights.map(|weight| f32::from(weight) * scale),
            None => [0.0; OUTPUTS],
        }
    }

    /// The sums of all features, before they become probabilities.
    pub(super) fn sums(&self, features: &[Feature]) -> Weights {
        let mut sums = self.row(BIAS);
        for feature in features {
            add(&mut sums, &self.share(feature));
        }
        add(&mut sums, &self.corrections.for_features(features));
        sums
    }

    /// The probability of each intent, and of `SENSITIVE`.
    pub fn probabilities(&self, text: &str) -> Weights {
        probabilities(&self.sums(&features::of_text(text)))
    }
}

/// Adds one to the other.
pub(super) fn add(sums: &mut Weights, more: &Weights) {
    sums.iter_mut().zip(more).for_each(|(sum, value)| *sum += value);
}

/// Sums as probabilities.
pub(super) fn probabilities(sums: &Weights) -> Weights {
    let intents = || sums.iter().take(SENSITIVE);
    let highest = intents().copied().fold(f32::MIN, f32::max);
    let total: f32 = intents().map(|sum| (sum - highest).exp()).sum();
    let mut result = sums.map(|sum| (sum - highest).exp() / total);
    if let Some((last, sum)) = result.last_mut().zip(sums.last()) {
        *last = 1.0 / (1.0 + (-sum).exp());
    }
    result
}
