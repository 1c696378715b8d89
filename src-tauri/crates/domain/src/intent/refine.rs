//! A small correction learned from the shop's own answered messages.
//!
//! A few steps of the same gradient that trained the model, on a layer of its own that is added to the shipped one. It is
//! bounded twice: no weight of it may exceed `MOST_WEIGHT`, and what it adds to an output of one message may not exceed
//! `MOST_SUM`. So some wrong examples can make the model unsure where it was nearly undecided, but not turn what it
//! knows; and a message that shares no words with them stays as it was.
//!
//! Not here: which messages are examples (the shop's answers that a person confirmed), and storing them.

use std::collections::HashMap;

use super::features::{self, Feature};
use super::kind::Intent;
use super::model::{Model, OUTPUTS, Weights, add, probabilities};

/// Rounds over the examples.
const ROUNDS: usize = 12;
/// Width of a step.
const STEP: f32 = 0.5;
/// Largest weight of the correction.
const MOST_WEIGHT: f32 = 0.8;
/// Most that the correction adds to or takes from one output of a message.
const MOST_SUM: f32 = 1.5;
/// Examples that are used: the newest, so they are to be given oldest first.
const MOST_EXAMPLES: usize = 2_000;

/// The layer that is added.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Corrections {
    weights: HashMap<u32, Weights>,
}

impl Corrections {
    /// What it adds for these features.
    pub fn for_features(&self, features: &[Feature]) -> Weights {
        let mut sums = [0.0; OUTPUTS];
        if self.weights.is_empty() {
            return sums;
        }
        for feature in features {
            if let Some(row) = self.weights.get(&feature.bucket) {
                add(&mut sums, &row.map(|weight| weight * feature.value));
            }
        }
        sums.map(|sum| sum.clamp(-MOST_SUM, MOST_SUM))
    }

    /// One step towards `target`; only intents are corrected, never what is sensitive.
    fn step(&mut self, features: &[Feature], seen: &Weights, target: Intent) {
        for feature in features {
            let row = self.weights.entry(feature.bucket).or_insert([0.0; OUTPUTS]);
            for ((weight, sure), intent) in row.iter_mut().zip(seen).zip(Intent::ALL) {
                let wanted = if intent == target { 1.0 } else { 0.0 };
                *weight = (*weight + STEP * (wanted - sure) * feature.value).clamp(-MOST_WEIGHT, MOST_WEIGHT);
            }
        }
    }
}

impl Model {
    /// This model with a correction learned from texts whose intent a person confirmed, oldest first. An earlier
    /// correction is replaced: the same examples give the same model, whatever was refined before.
    #[must_use]
    pub fn refined(&self, examples: &[(&str, Intent)]) -> Self {
        let mut model = self.clone();
        model.corrections = Corrections::default();
        let newest = examples.len().saturating_sub(MOST_EXAMPLES);
        let examples: Vec<(Vec<Feature>, Intent)> =
            examples.iter().skip(newest).map(|(text, intent)| (features::of_text(text), *intent)).collect();
        for _ in 0..ROUNDS {
            for (features, intent) in &examples {
                let seen = probabilities(&model.sums(features));
                model.corrections.step(features, &seen, *intent);
            }
        }
        model
    }
}
