//! The labelled messages. Half A was read while this was built; half B was held back: only its counts were looked at.

use std::collections::BTreeMap;

use super::super::*;
use crate::corpus;

/// Whether a message belongs to the half that was held back: by a hash of its id, so that new lines never move old ones.
fn held_back(id: &str) -> bool {
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash ^ (hash >> 32)) & 1 == 1
}

/// What was counted over one half.
#[derive(Default)]
struct Count {
    messages: usize,
    right: usize,
    /// For each intent: right, missed, wrongly said.
    by_intent: BTreeMap<Intent, [usize; 3]>,
    acts: usize,
    acts_right: usize,
    /// Neither `other` nor sensitive.
    answerable: usize,
    sensitive: usize,
    sensitive_by_words: usize,
    sensitive_found: usize,
    sensitive_acts: usize,
    wrongly_sensitive: usize,
}

impl Count {
    fn add(&mut self, line: &serde_json::Value) {
        let truth = Intent::parse(line["expect"].as_str().unwrap()).unwrap();
        let reading = read(line["text"].as_str().unwrap(), line["lang"].as_str());
        self.messages += 1;
        if reading.intent == truth {
            self.right += 1;
            self.by_intent.entry(truth).or_default()[0] += 1;
        } else {
            self.by_intent.entry(truth).or_default()[1] += 1;
            self.by_intent.entry(reading.intent).or_default()[2] += 1;
        }
        self.acts += usize::from(reading.acts);
        self.acts_right += usize::from(reading.acts && reading.intent == truth);
        if line["sensitive"] == true {
            self.sensitive += 1;
            self.sensitive_by_words += usize::from(!reading.sensitive_words.is_empty());
            self.sensitive_found += usize::from(reading.sensitive);
            self.sensitive_acts += usize::from(reading.acts);
        } else {
            self.answerable += usize::from(truth != Intent::Other);
            self.wrongly_sensitive += usize::from(reading.sensitive);
        }
    }

    fn macro_f1(&self) -> f64 {
        let one = |[right, missed, wrong]: [usize; 3]| share(2 * right, 2 * right + missed + wrong);
        self.by_intent.values().copied().map(one).sum::<f64>() / self.by_intent.len() as f64
    }

    fn print(&self, half: &str) {
        println!(
            "figure: intents: {half} macro F1 {:.3}, right {} of {}",
            self.macro_f1(),
            self.right,
            self.messages
        );
        println!(
            "figure: intents: {half} acts precision {:.3} ({} of {}), recall {:.3} of {} that are neither other nor sensitive",
            share(self.acts_right, self.acts),
            self.acts_right,
            self.acts,
            share(self.acts_right, self.answerable),
            self.answerable
        );
        println!(
            "figure: intents: {half} sensitive {} of {} ({} by words), {} act, {} more thought sensitive",
            self.sensitive_found,
            self.sensitive,
            self.sensitive_by_words,
            self.sensitive_acts,
            self.wrongly_sensitive
        );
    }
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

#[test]
fn the_labelled_messages_are_read_well_enough_to_send_by_themselves() {
    let Some(lines) = corpus::lines("lang/intents.jsonl") else { return };
    let (mut seen, mut blind) = (Count::default(), Count::default());
    for line in &lines {
        let half = if held_back(line["id"].as_str().unwrap()) { &mut blind } else { &mut seen };
        half.add(line);
    }
    // The aim is 0.98 on both. The held-back half is at 110 of 113 (decisions/0109): this bound only keeps it there.
    for (half, count, precision) in [("half A", &seen, 0.98), ("held-back", &blind, 0.97)] {
        count.print(half);
        assert!(count.macro_f1() >= 0.80, "{half}");
        assert!(share(count.acts_right, count.acts) >= precision, "{half}");
        assert!(share(count.acts_right, count.answerable) >= 0.60, "{half}");
        assert_eq!(count.sensitive_acts, 0, "{half}");
    }
}

/// Nobody is in the training texts whom the corpus knows: what was copied would tell nothing.
#[test]
fn no_message_of_the_corpus_was_trained_on() {
    let Some(lines) = corpus::lines("lang/intents.jsonl") else { return };
    let plain = |text: &str| {
        let tokens = crate::phrase::tokens(text).into_iter().filter(|token| !token.ends());
        tokens.map(|token| token.word).collect::<Vec<_>>()
    };
    let trained: std::collections::HashSet<Vec<String>> =
        super::SOURCES.iter().skip(1).flat_map(|text| text.lines()).map(plain).collect();
    for line in lines {
        let words = plain(line["text"].as_str().unwrap());
        // Single words such as `STOP` are what everybody writes.
        assert!(words.len() <= 4 || !trained.contains(&words), "{line}");
    }
}
