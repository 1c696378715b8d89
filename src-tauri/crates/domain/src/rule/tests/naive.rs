//! The one pass finds what a loop over rules and words finds.

use proptest::prelude::*;

use crate::fold;
use crate::quote;
use crate::rule::*;

/// Phrases of folded words: a phrase ends with the subject, at `!`, `?` and an empty line.
fn phrases(text: &str) -> Vec<Vec<String>> {
    let letter = |c: char| c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c);
    let (mut all, mut phrase, mut word) = (Vec::new(), Vec::new(), String::new());
    let mut breaks = 0;
    for c in text.chars().chain([' ']) {
        if letter(c) {
            if breaks > 1 {
                all.push(std::mem::take(&mut phrase));
            }
            breaks = 0;
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            // An accent without a letter is no word.
            phrase.extend(Some(fold::forms(&word).1).filter(|folded| !folded.is_empty()));
            word.clear();
        }
        breaks += if c == '\n' {
            1
        } else if c == '!' || c == '?' {
            2
        } else {
            0
        };
    }
    all.push(phrase);
    all
}

fn one_word(wanted: &str, word: &str) -> bool {
    let bare = fold::forms(wanted.trim_matches('*')).1;
    match (wanted.starts_with('*'), wanted.ends_with('*')) {
        (true, true) => word.contains(&bare),
        (true, false) => word.ends_with(&bare),
        (false, true) => word.starts_with(&bare),
        (false, false) => word == bare,
    }
}

fn stands(wanted: &str, phrases: &[Vec<String>]) -> bool {
    let parts: Vec<&str> = wanted.split(' ').collect();
    phrases.iter().any(|phrase| {
        phrase
            .windows(parts.len())
            .any(|words| words.iter().zip(&parts).all(|(word, part)| one_word(part, word)))
    })
}

fn holds(condition: &Condition, facts: &Facts) -> bool {
    match condition {
        Condition::All(inner) => inner.iter().all(|one| holds(one, facts)),
        Condition::Any(inner) => inner.iter().any(|one| holds(one, facts)),
        Condition::Not(inner) => !holds(inner, facts),
        Condition::Open(open) => facts.open == *open,
        Condition::Words(words) => {
            let own = quote::split(&facts.text).reply;
            let quoted = facts.text.strip_prefix(own).unwrap_or_default();
            let mut read = Vec::new();
            if words.place != Place::Text {
                read.extend(phrases(&facts.subject));
            }
            if words.place != Place::Subject {
                read.extend(phrases(own));
                if words.quoted {
                    read.extend(phrases(quoted));
                }
            }
            (words.any.is_empty() || words.any.iter().any(|word| stands(word, &read)))
                && words.all.iter().all(|word| stands(word, &read))
        }
        _ => unreachable!("not made here"),
    }
}

/// Words of few letters, so that many of them meet.
fn word() -> impl Strategy<Value = String> {
    prop_oneof!["[aäbß]{1,3}", "[aäbß]{3}\\*", "\\*[aäb]{3}", "[aäb]{1,2} [aäb]{1,2}"]
}

fn words() -> impl Strategy<Value = Condition> {
    let lists = (proptest::collection::vec(word(), 0..3), proptest::collection::vec(word(), 0..2));
    let place = prop_oneof![Just(Place::Both), Just(Place::Text), Just(Place::Subject)];
    (lists, place, any::<bool>())
        .prop_map(|((any, all), place, quoted)| Condition::Words(Words { any, all, place, quoted }))
}

fn condition() -> impl Strategy<Value = Condition> {
    let leaf = prop_oneof![4 => words(), 1 => any::<bool>().prop_map(Condition::Open)];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Condition::All),
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Condition::Any),
            inner.prop_map(|one| Condition::Not(Box::new(one))),
        ]
    })
}

fn rules() -> impl Strategy<Value = Vec<Rule>> {
    let rule = (condition(), prop::bool::weighted(0.1)).prop_map(|(condition, stop)| Rule {
        name: "x".to_owned(),
        mode: Mode::Suggest,
        max_age_minutes: MAX_AGE_MINUTES,
        valid_from: None,
        valid_until: None,
        stop,
        when: Trigger::Message,
        condition,
        then: vec![Action::Star],
    });
    proptest::collection::vec(rule, 0..12)
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[aäbßAÄB]{1,4}",
        2 => Just("a\u{308}b".to_owned()),
        6 => prop_oneof![Just(" "), Just(", "), Just("\n"), Just("! "), Just("\n\n"), Just("\n> "), Just("-")]
            .prop_map(str::to_owned),
        1 => "\\PC{0,3}",
    ];
    proptest::collection::vec(piece, 0..25).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn one_pass_finds_what_a_loop_finds(
        rules in rules(),
        texts in proptest::collection::vec((text(), text(), any::<bool>()), 1..4),
    ) {
        let compiled = Compiled::new(&rules).unwrap();
        for (subject, text, open) in texts {
            let facts = Facts { subject, text, open, ..Facts::default() };
            let mut expected = Vec::new();
            for (index, rule) in rules.iter().enumerate() {
                if holds(&rule.condition, &facts) {
                    expected.push(index);
                    if rule.stop {
                        break;
                    }
                }
            }
            let hits = compiled.matches(&facts);
            prop_assert_eq!(hits.iter().map(|hit| hit.rule).collect::<Vec<_>>(), expected);
            for evidence in hits.iter().flat_map(|hit| &hit.evidence) {
                if evidence.code == EvidenceCode::Words {
                    let written = &evidence.values[0];
                    let known = facts.subject.contains(written) || facts.text.contains(written);
                    prop_assert!(known && !written.is_empty(), "{:?}", evidence);
                }
            }
        }
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}", word in "\\PC{1,12}") {
        let words = Words { any: vec![word], ..Words::default() };
        let rule = Rule::from_toml("name = \"x\"\nwhen = \"message\"\nthen = [\"star\"]").unwrap();
        let rule = Rule { condition: Condition::Words(words), ..rule };
        Compiled::new(&[rule]).unwrap().matches(&Facts { text, ..Facts::default() });
    }

    #[test]
    fn any_source_is_refused_or_read(source in "\\PC{0,120}") {
        if let Err(problem) = Rule::from_toml(&source) {
            prop_assert!(!problem.place.is_empty() && !problem.text.is_empty());
        }
    }
}
