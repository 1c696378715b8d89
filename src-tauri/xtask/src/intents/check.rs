//! How a model does on lines that it was not made of: trained five times, each time without a fifth of the lines.

use anyhow::Result;
use theke_domain::intent::{Intent, Model, SENSITIVE};

use super::texts::Example;
use super::{STEPS, fit};

const FOLDS: usize = 5;

/// Prints the share that was right, and precision and recall for several thresholds.
pub fn print(examples: &[Example]) -> Result<()> {
    let mut judged: Vec<(Intent, Intent, f32, bool)> = Vec::new();
    let (mut delicate, mut found, mut wrongly) = (0, 0, 0);
    for fold in 0..FOLDS {
        let seen: Vec<&Example> = examples.iter().filter(|example| example.line % FOLDS != fold).collect();
        let (weights, bias) = fit(&seen, STEPS / 2)?;
        let model = Model::shipped(&Model::file("0", &weights, &bias));
        let mut last = usize::MAX;
        for example in examples.iter().filter(|example| example.plain && example.line % FOLDS == fold) {
            if std::mem::replace(&mut last, example.line) == example.line {
                continue;
            }
            let seen = model.probabilities(&example.text);
            let best = |values: &dyn Fn(usize) -> f64| {
                let order = |a: &usize, b: &usize| values(*a).total_cmp(&values(*b));
                (0..SENSITIVE).max_by(order).unwrap_or_default()
            };
            let guess = best(&|index| seen.get(index).map_or(0.0, |sure| f64::from(*sure)));
            let truth = best(&|index| example.target.get(index).copied().unwrap_or_default());
            let (Some(&guess), Some(&truth)) = (Intent::ALL.get(guess), Intent::ALL.get(truth)) else {
                continue;
            };
            let sure = seen.iter().take(SENSITIVE).copied().fold(0.0, f32::max);
            let is = example.target.last().is_some_and(|target| *target > 0.5);
            let thought = seen.last().is_some_and(|sure| *sure > 0.35);
            delicate += usize::from(is);
            found += usize::from(is && thought);
            wrongly += usize::from(!is && thought);
            if guess != truth && std::env::var_os("THEKE_SHOW_WRONG").is_some() {
                println!(
                    "{} for {} ({sure:.2}): {}",
                    guess.word(),
                    truth.word(),
                    example.text.replace('\n', " / ")
                );
            }
            judged.push((truth, guess, sure, is || thought));
        }
    }
    let right = judged.iter().filter(|(truth, guess, ..)| truth == guess).count();
    println!(
        "unseen lines: {right} of {} right; sensitive {found} of {delicate}, wrongly {wrongly}",
        judged.len()
    );
    for threshold in [0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9] {
        let able = judged.iter().filter(|(truth, _, _, kept)| *truth != Intent::Other && !kept).count();
        let acts = judged
            .iter()
            .filter(|(_, guess, sure, kept)| *guess != Intent::Other && !kept && *sure >= threshold);
        let (all, right) = acts
            .fold((0, 0), |(all, right), (truth, guess, ..)| (all + 1, right + usize::from(truth == guess)));
        println!("from {threshold}: {right} of {all} right, of {able}");
    }
    Ok(())
}
