//! From probabilities to a reading: what is sure, what is a second question, and which words decided.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::features::{self, Feature};
use super::kind::Intent;
use super::model::{Model, SENSITIVE, Weights, probabilities};
use crate::wish::body;
use crate::{quote, sensitive};

/// Longest text that is read, in bytes.
const LONGEST: usize = 16 * 1024;
/// From this on an intent may act. Chosen on the project's own sentences, each judged by a model that had not seen it.
const SURE: f32 = 0.70;
/// From this on the next best intent is a question of its own.
const SECOND: f32 = 0.22;
/// From this on a text is sensitive although no word of `sensitive` stands in it.
const DELICATE: f32 = 0.35;
/// Most words that are named as having decided.
const MOST_WORDS: usize = 4;
/// Share of the strongest word that another one must reach to be named.
const NAMED: f32 = 0.3;

/// What a text asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The main intent.
    pub intent: Intent,
    /// How sure that is, 0 to 1.
    pub confidence: f32,
    /// A further question.
    pub second: Option<Intent>,
    /// The words that decided, as written, in their order.
    pub words: Vec<String>,
    /// Never to be answered by a machine.
    pub sensitive: bool,
    /// The words that say so; empty if only the classifier thinks so.
    pub sensitive_words: Vec<String>,
    /// Sure enough to send by itself.
    pub acts: bool,
}

impl Model {
    /// Reads a text. `language` is where the language is known; see [`super::read`].
    pub fn read(&self, text: &str, language: Option<&str>) -> Reading {
        let _ = language;
        let text = written(text);
        let features = features::of_text(&text);
        let probabilities = probabilities(&self.sums(&features));
        let mut order: Vec<(Intent, f32)> = Intent::ALL.into_iter().zip(probabilities).collect();
        order.sort_by(|a, b| b.1.total_cmp(&a.1));
        let (intent, confidence) = order.first().copied().unwrap_or((Intent::Other, 0.0));
        let second = order.get(1).filter(|(_, sure)| *sure >= SECOND).map(|(intent, _)| *intent);
        let second = second.filter(|second| !matches!(second, Intent::Other | Intent::ThanksOnly));
        let found = sensitive::find(&text);
        let delicate = probabilities.get(SENSITIVE).is_some_and(|sure| *sure >= DELICATE);
        let sensitive = delicate || !found.is_empty();
        Reading {
            intent,
            confidence,
            second,
            words: self.deciding(&text, &features, intent),
            sensitive,
            sensitive_words: found.into_iter().map(|found| found.words).collect(),
            acts: !sensitive && second.is_none() && intent != Intent::Other && confidence >= SURE,
        }
    }

    /// The words whose features speak most for the intent and against the others.
    fn deciding(&self, text: &str, features: &[Feature], intent: Intent) -> Vec<String> {
        let place = Intent::ALL.iter().position(|other| *other == intent).unwrap_or_default();
        let words = words_of(text);
        let mut scores: Vec<f32> = vec![0.0; words.len()];
        for feature in features.iter().filter(|feature| !feature.range.is_empty()) {
            let speaks = speaks_for(&self.share(feature), place);
            let touched =
                |word: &Range<usize>| word.start < feature.range.end && feature.range.start < word.end;
            let count = words.iter().filter(|word| touched(word)).count().max(1);
            let part = speaks / f32::from(u16::try_from(count).unwrap_or(u16::MAX));
            let hit = scores.iter_mut().zip(&words).filter(|(_, word)| touched(word));
            hit.for_each(|(score, _)| *score += part);
        }
        let highest = scores.iter().copied().fold(0.0, f32::max);
        let mut best: Vec<(usize, f32)> = scores.into_iter().enumerate().collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        best.retain(|(_, score)| *score > 0.0 && *score >= highest * NAMED);
        best.truncate(MOST_WORDS);
        best.sort_by_key(|(index, _)| *index);
        let named = best.into_iter().filter_map(|(index, _)| text.get(words.get(index)?.clone()));
        named.map(str::to_owned).collect()
    }
}

/// How much this speaks for one intent, compared with the mean of all.
fn speaks_for(share: &Weights, place: usize) -> f32 {
    let intents = Intent::ALL.len();
    let mean = share.iter().take(intents).sum::<f32>() / f32::from(u16::try_from(intents).unwrap_or(1));
    share.get(place).copied().unwrap_or_default() - mean
}

fn words_of(text: &str) -> Vec<Range<usize>> {
    let tokens = crate::phrase::tokens(text);
    tokens.into_iter().filter(|token| !token.ends()).map(|token| token.range).collect()
}

/// What the customer wrote now. Where the reader of wishes leaves nothing (it leaves out what looks automatic), the text
/// without quote and signature is read: whether a machine wrote it, others decide.
fn written(text: &str) -> String {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = text.get(..end).unwrap_or_default();
    let parts = body::of(text).written;
    let joined: Vec<&str> = parts.into_iter().filter_map(|range| text.get(range)).collect();
    let joined = joined.join("\n");
    if joined.trim().is_empty() { quote::reply_text(text).to_owned() } else { joined }
}
