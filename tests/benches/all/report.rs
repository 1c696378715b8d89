//! What was measured: figures with their spread, and ratios with their targets.

use std::time::Duration;

use anyhow::Result;
use serde_json::{Value, json};

/// The figures and ratios of a run.
pub struct Report {
    figures: Vec<(String, Vec<f64>, &'static str)>,
    ratios: Vec<(String, f64, f64)>,
}

/// The middle of some figures.
pub fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// The figure below which `share` of them lie.
pub fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    sorted.get((last as f64 * share).round() as usize).copied().unwrap_or(f64::NAN)
}

/// Milliseconds of a duration.
pub fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

impl Report {
    /// An empty one.
    pub fn new() -> Self {
        Self { figures: Vec::new(), ratios: Vec::new() }
    }

    /// Notes the figures of one measurement, in `unit`; says them at once, since runs are long.
    pub fn figure(&mut self, name: &str, values: Vec<f64>, unit: &'static str) -> f64 {
        let middle = median(&values);
        println!(
            "{name}: {middle:.2} {unit} (min {:.2}, p95 {:.2}, max {:.2}, n {}, load {})",
            quantile(&values, 0.0),
            quantile(&values, 0.95),
            quantile(&values, 1.0),
            values.len(),
            load()
        );
        self.figures.push((name.to_owned(), values, unit));
        middle
    }

    /// Notes how `ours` stands to `theirs`, and what is aimed at.
    pub fn ratio(&mut self, name: &str, ours: f64, theirs: f64, target: f64) {
        self.ratios.push((name.to_owned(), ours / theirs, target));
    }

    /// The ratios as a table.
    pub fn print(&self) {
        println!("\n{:<58} {:>8} {:>8}", "ratio", "is", "target");
        for (name, is, target) in &self.ratios {
            println!("{name:<58} {is:>8.2} {target:>8.2} {}", if is <= target { "" } else { "missed" });
        }
    }

    /// Everything as JSON.
    pub fn write(&self, file: &str) -> Result<()> {
        let figures: Vec<Value> = self
            .figures
            .iter()
            .map(|(name, values, unit)| json!({"name": name, "unit": unit, "values": values, "median": median(values), "min": quantile(values, 0.0), "max": quantile(values, 1.0), "p95": quantile(values, 0.95)}))
            .collect();
        let ratios: Vec<Value> = self
            .ratios
            .iter()
            .map(|(name, is, target)| json!({"name": name, "is": is, "target": target}))
            .collect();
        std::fs::write(file, serde_json::to_vec_pretty(&json!({"figures": figures, "ratios": ratios}))?)?;
        Ok(())
    }
}

fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or("unknown").to_owned()
}
