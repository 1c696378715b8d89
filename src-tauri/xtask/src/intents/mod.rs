//! Training of the classifier of intents: the project's own sentences (`crates/domain/intents`) become a file of weights.
//!
//! `texts` turns the files into examples, `objective` is the mathematics of logistic regression on sparse features, and
//! argmin's L-BFGS finds the weights. No chance anywhere: the variants of a line are chosen by hashes, so the same texts
//! give the same bytes.
//!
//! Behind a feature like the renderer of icons: nobody but `cargo xtask train-intents` shall wait for it.

mod check;
mod objective;
mod texts;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use argmin::core::Executor;
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;
use theke_domain::intent::{self, Model, OUTPUTS, Weights};

use objective::{Objective, Row};
use texts::Example;

/// The files of which a model is made, in the order in which they are hashed.
pub const SOURCES: [&str; 5] = ["cues.txt", "de.txt", "en.txt", "fr.txt", "it.txt"];
/// Steps of the solver.
const STEPS: u64 = 90;
/// Pull of the weights towards zero.
const SHRINK: f64 = 0.12;
/// Features of fewer lines say nothing about unseen messages.
const LEAST_LINES: usize = 2;

/// Writes `weights.bin`; prints how it does on sentences that it did not see.
pub fn train(root: &Path, check: bool) -> Result<()> {
    let folder = root.join("src-tauri/crates/domain/intents");
    let mut sources = Vec::new();
    for name in SOURCES {
        let path = folder.join(name);
        let text =
            std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        sources.push(text);
    }
    let examples = texts::examples(sources.get(1..).unwrap_or_default())?;
    println!("{} examples of {} lines", examples.len(), texts::lines(&examples));
    if check {
        check::print(&examples)?;
    }
    let (weights, bias) = fit(&examples.iter().collect::<Vec<_>>(), STEPS)?;
    let bytes = Model::file(&intent::hash_of(&sources), &weights, &bias);
    println!("{} buckets, {} bytes", weights.len(), bytes.len());
    std::fs::write(folder.join("weights.bin"), bytes)?;
    Ok(())
}

/// The weights for these examples: those of each bucket, and the bias.
fn fit(examples: &[&Example], steps: u64) -> Result<(Vec<(u32, Weights)>, Weights)> {
    let columns = columns(examples);
    let rows: Vec<Row> = examples.iter().map(|example| Row::of(example, &columns)).collect();
    let size = (columns.len() + 1) * OUTPUTS;
    let search = MoreThuenteLineSearch::new().with_c(1e-4, 0.9)?;
    let solver = LBFGS::new(search, 8);
    let objective = Objective { rows, columns: columns.len(), shrink: SHRINK };
    let result = Executor::new(objective, solver)
        .configure(|state| state.param(vec![0.0; size]).max_iters(steps))
        .timer(false)
        .run()?;
    let best = result.state.best_param.context("the solver found nothing")?;
    let row = |column: usize| -> Weights {
        let mut values = [0.0; OUTPUTS];
        let from = best.iter().skip(column * OUTPUTS);
        // Single precision is enough: the file keeps eight bits.
        values.iter_mut().zip(from).for_each(|(value, weight)| *value = *weight as f32);
        values
    };
    let weights = columns.iter().map(|(bucket, column)| (*bucket, row(*column))).collect();
    Ok((weights, row(columns.len())))
}

/// The buckets that are used, and the column of each.
fn columns(examples: &[&Example]) -> BTreeMap<u32, usize> {
    let mut seen: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for example in examples {
        for (bucket, _) in &example.features {
            let (lines, last) = seen.entry(*bucket).or_insert((0, usize::MAX));
            if *last != example.line {
                *lines += 1;
                *last = example.line;
            }
        }
    }
    let kept = seen.into_iter().filter(|(_, (lines, _))| *lines >= LEAST_LINES);
    kept.enumerate().map(|(column, (bucket, _))| (bucket, column)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "[opening_hours]\nWann habt ihr offen?\nSeid ihr am Montag offen?\nOffen heute?\n\
        [price]\nWas kostet (ein Brot|der Kuchen)?\nWas kostet das?\nKostet das viel?\n\
        [other]\n! Ich bin krank.\n! Mein Hund ist krank.\nGute Nacht.\n";

    #[test]
    fn training_twice_gives_the_same_bytes() {
        let bytes = || {
            let examples = texts::examples(&[TEXT.to_owned()]).unwrap();
            let (weights, bias) = fit(&examples.iter().collect::<Vec<_>>(), 20).unwrap();
            Model::file("0", &weights, &bias)
        };
        let first = bytes();
        assert_eq!(first, bytes());
        let model = Model::shipped(&first);
        let [hours, .., price, other, sensitive] = ["opening_hours", "price", "other", ""]
            .map(|word| intent::Intent::parse(word).map_or(16, |i| i as usize));
        let best = |text: &str| model.probabilities(text);
        assert!(best("Habt ihr am Montag offen?")[hours] > 0.5);
        assert!(best("Was kostet der Kuchen?")[price] > 0.5);
        assert!(best("Ich bin krank.")[sensitive] > best("Gute Nacht.")[sensitive]);
        assert!(best("Mein Hund ist krank.")[other] > 0.3);
    }
}
