//! From probabilities to a reading: what is sure, what is a second question, and which words decided.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::clauses;
use super::features::{self, Feature};
use super::kind::Intent;
use super::model::{Model, SENSITIVE, Weights, probabilities};
use crate::wish::body;
use crate::{quote, sensitive};

/// Longest text that is read, in bytes.
const LONGEST: usize = 16 * 1024;
/// From this on an intent may act. This and the bounds below were chosen on the labelled messages (decisions/0109).
const SURE: f32 = 0.65;
/// From this on the next best intent is a question of its own.
const SECOND: f32 = 0.22;
/// Below this the next best intent is no question at all, not even a faint one.
const ALONE: f32 = 0.15;
/// From this on a part that says something else keeps the whole from acting.
const FAINT: f32 = 0.45;
/// From this on a part that says something else is a question of its own …
const CLEAR: f32 = 0.70;
/// … if the whole text has at least a trace of it.
const TRACE: f32 = 0.03;
/// From this on a text is sensitive although no word of `sensitive` stands in it.
const DELICATE: f32 = 0.35;
/// From this on displeasure is heard in the whole text …
const UPSET: f32 = 0.05;
/// … or in a part of it.
const UPSET_PART: f32 = 0.3;
/// Least that the words themselves must say for it.
const FIRM: f32 = 1.0;
/// Most parts that are looked at by themselves.
const MOST_PARTS: usize = 24;
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
    /// Reads a text; see [`super::read`].
    pub fn read(&self, text: &str, _language: Option<&str>) -> Reading {
        let text = written(text);
        let features = features::of_text(&text);
        let probabilities = probabilities(&self.sums(&features));
        let asked = self.asked(&text, &probabilities);
        let found = sensitive::find(&text);
        let words = self.deciding(&text, &features, asked.intent);
        let delicate = probabilities.get(SENSITIVE).is_some_and(|sure| *sure >= DELICATE);
        let sensitive = delicate || !found.is_empty();
        Reading {
            intent: asked.intent,
            confidence: asked.confidence,
            second: asked.second,
            sensitive,
            sensitive_words: found.into_iter().map(|found| found.words).collect(),
            acts: !sensitive
                && asked.alone
                && asked.intent != Intent::Other
                && asked.confidence >= SURE
                && !words.is_empty()
                && self.evidence(&features, asked.intent) >= FIRM,
            words,
        }
    }

    /// The main and the second intent: by the whole text, and by its parts.
    fn asked(&self, text: &str, whole: &Weights) -> Asked {
        let order = ordered(whole);
        let (mut intent, confidence) = order.first().copied().unwrap_or((Intent::Other, 0.0));
        let next = order.get(1).copied().filter(|(next, _)| is_question(*next));
        let mut second = next.filter(|(_, sure)| *sure >= SECOND).map(|(next, _)| next);
        let mut alone = next.is_none_or(|(_, sure)| sure < ALONE);
        let parts = clauses::of(text);
        let mut heard: Vec<(Intent, f32)> = Vec::new();
        let mut upset = upset_by(&order, UPSET);
        for part in parts.iter().filter(|_| parts.len() > 1).take(MOST_PARTS) {
            let features = features::of_text(text.get(part.clone()).unwrap_or_default());
            let order = ordered(&probabilities(&self.sums(&features)));
            heard.extend(order.first());
            upset |= upset_by(&order, UPSET_PART);
        }
        heard.retain(|(intent, _)| is_question(*intent));
        // Nobody who is displeased gets a cheerful answer to the rest.
        alone &= !upset || intent == Intent::Complaint;
        alone &= heard.iter().all(|(other, sure)| *other == intent || *sure < FAINT);
        let whole_of =
            |intent: Intent| order.iter().find(|(other, _)| *other == intent).map_or(0.0, |(_, sure)| *sure);
        heard.retain(|(other, sure)| *sure >= CLEAR && whole_of(*other) >= TRACE);
        if let Some((first, _)) = heard.first().copied() {
            let other = heard.iter().map(|(other, _)| *other).find(|other| *other != first);
            if let Some(other) = other {
                let pair = |a, b| (first == a && other == b) || (first == b && other == a);
                // Displeasure with a wish to swap, and with a question where it is: the larger part decides.
                if !pair(Intent::Complaint, Intent::ReturnExchange)
                    && !pair(Intent::Complaint, Intent::OrderStatus)
                    && is_question(intent)
                {
                    (intent, second) = (first, Some(other));
                } else {
                    second = [first, other].into_iter().find(|other| *other != intent);
                }
                alone = false;
            }
        }
        Asked { intent, confidence, second, alone }
    }

    /// How much the words speak for the intent. A text that says nothing known has a likeliest intent too, because it is
    /// short; nobody may act on that.
    fn evidence(&self, features: &[Feature], intent: Intent) -> f32 {
        let place = Intent::ALL.iter().position(|other| *other == intent).unwrap_or_default();
        let said = features.iter().filter(|feature| !feature.range.is_empty());
        said.map(|feature| speaks_for(&self.share(feature), place)).sum()
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

/// What the parts and the whole came to.
struct Asked {
    intent: Intent,
    confidence: f32,
    second: Option<Intent>,
    /// Nothing else is heard, not even faintly.
    alone: bool,
}

/// The intents, the surest first.
fn ordered(sure: &Weights) -> Vec<(Intent, f32)> {
    let mut order: Vec<(Intent, f32)> = Intent::ALL.into_iter().zip(*sure).collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    order
}

/// Whether displeasure is heard.
fn upset_by(order: &[(Intent, f32)], least: f32) -> bool {
    order.iter().any(|(intent, sure)| *intent == Intent::Complaint && *sure >= least)
}

/// Whether it can stand beside another one: thanks and `other` are said around a question.
fn is_question(intent: Intent) -> bool {
    !matches!(intent, Intent::Other | Intent::ThanksOnly)
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
