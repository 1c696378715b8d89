//! Logistic regression: what it costs to be wrong, and in which direction it would cost less.
//!
//! The intents share one softmax, `SENSITIVE` has a sigmoid of its own. Targets may be shared between two intents.

use std::collections::BTreeMap;

use argmin::core::{CostFunction, Error, Gradient};
use theke_domain::intent::{OUTPUTS, SENSITIVE};

use super::texts::Example;

/// An example by columns.
pub struct Row {
    features: Vec<(usize, f64)>,
    target: [f64; OUTPUTS],
    weight: f64,
}

impl Row {
    /// The example with the buckets that have a column, and the bias.
    pub fn of(example: &Example, columns: &BTreeMap<u32, usize>) -> Self {
        let known = example.features.iter();
        let known = known.filter_map(|(bucket, value)| Some((*columns.get(bucket)?, *value)));
        let features = known.chain(std::iter::once((columns.len(), 1.0))).collect();
        Self { features, target: example.target, weight: example.weight }
    }

    /// The probabilities with these weights.
    fn outputs(&self, weights: &[f64]) -> [f64; OUTPUTS] {
        let mut sums = [0.0; OUTPUTS];
        for (column, value) in &self.features {
            let row = weights.get(column * OUTPUTS..(column + 1) * OUTPUTS).unwrap_or_default();
            sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += weight * value);
        }
        let highest = sums.iter().take(SENSITIVE).copied().fold(f64::MIN, f64::max);
        let last = sums.last().copied().unwrap_or_default();
        let mut outputs = sums.map(|sum| (sum - highest).exp());
        let total: f64 = outputs.iter().take(SENSITIVE).sum();
        outputs.iter_mut().for_each(|output| *output /= total);
        if let Some(output) = outputs.last_mut() {
            *output = 1.0 / (1.0 + (-last).exp());
        }
        outputs
    }
}

/// All examples.
pub struct Objective {
    pub rows: Vec<Row>,
    pub columns: usize,
    pub shrink: f64,
}

impl Objective {
    /// The bias is free.
    fn shrunk<'a>(&self, weights: &'a [f64]) -> impl Iterator<Item = &'a f64> {
        weights.iter().take(self.columns * OUTPUTS)
    }
}

impl CostFunction for Objective {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, weights: &Vec<f64>) -> Result<f64, Error> {
        let mut cost = self.shrink / 2.0 * self.shrunk(weights).map(|weight| weight * weight).sum::<f64>();
        for row in &self.rows {
            let outputs = row.outputs(weights);
            let intents = outputs.iter().zip(&row.target).take(SENSITIVE);
            let wrong: f64 = intents.map(|(output, target)| -target * output.max(1e-12).ln()).sum();
            let delicate = outputs.last().zip(row.target.last()).map_or(0.0, |(output, target)| {
                -target * output.max(1e-12).ln() - (1.0 - target) * (1.0 - output).max(1e-12).ln()
            });
            cost += row.weight * (wrong + delicate);
        }
        Ok(cost)
    }
}

impl Gradient for Objective {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    fn gradient(&self, weights: &Vec<f64>) -> Result<Vec<f64>, Error> {
        let mut gradient: Vec<f64> = self.shrunk(weights).map(|weight| self.shrink * weight).collect();
        gradient.resize(weights.len(), 0.0);
        for row in &self.rows {
            let outputs = row.outputs(weights);
            let mut errors = [0.0; OUTPUTS];
            let both = outputs.iter().zip(&row.target);
            errors
                .iter_mut()
                .zip(both)
                .for_each(|(error, (output, target))| *error = row.weight * (output - target));
            for (column, value) in &row.features {
                let part = gradient.get_mut(column * OUTPUTS..(column + 1) * OUTPUTS).unwrap_or_default();
                part.iter_mut().zip(&errors).for_each(|(slope, error)| *slope += error * value);
            }
        }
        Ok(gradient)
    }
}
