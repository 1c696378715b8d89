//! What was measured: figures with their spread, and ratios with their targets.

use std::time::Duration;

use anyhow::Result;
use serde_json::{Value, json};

/// The figures and ratios of a run.
pub struct Report {
    figures: Vec<(String, Vec<f64>, &'static str)>,
    ratios: Vec<(String, f64, f64)>,
    goals: Vec<Goal>,
}

/// Something measured at one size of the store, with what it is to be.
struct Goal {
    name: String,
    count: usize,
    values: Vec<f64>,
    unit: &'static str,
    target: Option<Target>,
}

/// What a figure is to be.
#[derive(Clone, Copy)]
pub enum Target {
    /// 95 of 100 are not above this.
    Within(f64),
    /// The middle one is not below this.
    AtLeast(f64),
}

impl Goal {
    fn json(&self) -> Value {
        let (within, at_least) = match self.target {
            Some(Target::Within(most)) => (Some(most), None),
            Some(Target::AtLeast(least)) => (None, Some(least)),
            None => (None, None),
        };
        json!({
            "name": self.name, "messages": self.count, "unit": self.unit, "mean": mean(&self.values),
            "median": median(&self.values), "p95": quantile(&self.values, 0.95),
            "p95_within": within, "median_at_least": at_least, "missed": self.missed(),
        })
    }

    fn missed(&self) -> Option<f64> {
        match self.target? {
            Target::Within(most) => Some(quantile(&self.values, 0.95) / most),
            Target::AtLeast(least) => Some(least / median(&self.values)),
        }
        .filter(|times| *times > 1.0)
    }
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

/// All of them by their number.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Milliseconds of a duration.
pub fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

impl Report {
    /// An empty one.
    pub fn new() -> Self {
        Self { figures: Vec::new(), ratios: Vec::new(), goals: Vec::new() }
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

    /// Notes what was measured in a store of `count` messages and what it is to be.
    pub fn goal(
        &mut self,
        name: &str,
        count: usize,
        values: Vec<f64>,
        unit: &'static str,
        target: Option<Target>,
    ) {
        self.figure(&format!("{name} at {count}"), values.clone(), unit);
        self.goals.push(Goal { name: name.to_owned(), count, values, unit, target });
    }

    /// What was measured at each size, and how its middle grew from the smallest size on.
    fn print_goals(&self) {
        if self.goals.is_empty() {
            return;
        }
        println!(
            "\n{:<50} {:>8} {:>9} {:>9} {:>9} {:>7} {:>9} {:>7}",
            "measured", "messages", "mean", "median", "p95", "unit", "target", "growth"
        );
        for goal in &self.goals {
            let target = match goal.target {
                None => String::new(),
                Some(Target::Within(most)) => format!("<= {most}"),
                Some(Target::AtLeast(least)) => format!(">= {least}"),
            };
            let first = self.goals.iter().find(|other| other.name == goal.name);
            let growth = first
                .filter(|first| first.count != goal.count)
                .map(|first| format!("{:.2}x", median(&goal.values) / median(&first.values)));
            let missed = goal.missed().map(|times| format!("missed: {times:.2} times the target"));
            println!(
                "{:<50} {:>8} {:>9.3} {:>9.3} {:>9.3} {:>7} {target:>9} {:>7} {}",
                goal.name,
                goal.count,
                mean(&goal.values),
                median(&goal.values),
                quantile(&goal.values, 0.95),
                goal.unit,
                growth.unwrap_or_default(),
                missed.unwrap_or_default()
            );
        }
    }

    /// What was measured, as tables.
    pub fn print(&self) {
        self.print_goals();
        if self.ratios.is_empty() {
            return;
        }
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
            .map(|(name, values, unit)| json!({"name": name, "unit": unit, "values": values, "mean": mean(values), "median": median(values), "min": quantile(values, 0.0), "max": quantile(values, 1.0), "p95": quantile(values, 0.95)}))
            .collect();
        let ratios: Vec<Value> = self
            .ratios
            .iter()
            .map(|(name, is, target)| json!({"name": name, "is": is, "target": target}))
            .collect();
        let goals: Vec<Value> = self.goals.iter().map(Goal::json).collect();
        let all = json!({"figures": figures, "ratios": ratios, "goals": goals});
        std::fs::write(file, serde_json::to_vec_pretty(&all)?)?;
        Ok(())
    }
}

fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or("unknown").to_owned()
}
