//! Search without a database: the terms of an expression are looked up in what would have been indexed.

use proptest::prelude::*;

use super::query::{Term, tail_of};
use super::*;
use crate::corpus;

struct Indexed {
    text: String,
    tails: String,
    digits: String,
}

impl Indexed {
    fn new(text: &str) -> Self {
        Self { text: index_text(text), tails: tails(text), digits: digits(text) }
    }

    /// What the full-text table would answer.
    fn has(&self, term: &Term) -> Option<bool> {
        let prefix = |column: &str, word: &str| column.split(' ').any(|token| token.starts_with(word));
        match term {
            Term::Word(word) if word.chars().count() < MESSAGES.shortest => None,
            Term::Word(word) => {
                Some(prefix(&self.text, word) || tail_of(word).is_some_and(|tail| prefix(&self.tails, &tail)))
            }
            Term::Run(run) => Some(prefix(&self.digits, run)),
            Term::Any(terms) => {
                let each: Vec<bool> = terms.iter().filter_map(|term| self.has(term)).collect();
                (!each.is_empty()).then(|| each.contains(&true))
            }
            Term::All(terms) => {
                let each: Vec<bool> = terms.iter().filter_map(|term| self.has(term)).collect();
                (!each.is_empty()).then(|| !each.contains(&false))
            }
        }
    }

    fn finds(&self, query: &str) -> bool {
        let query = Query::parse(query);
        let each: Vec<bool> = query.words.iter().filter_map(|term| self.has(term)).collect();
        !each.is_empty() && !each.contains(&false)
    }
}

#[test]
fn the_search_corpus_is_met() {
    let Some(lines) = corpus::lines("lang/search.jsonl") else { return };
    let mut wrong = Vec::new();
    for line in &lines {
        let text = |key: &str| line.get(key).and_then(|v| v.as_str()).unwrap_or_default();
        let flag = |key: &str| line.get(key).and_then(|v| v.as_bool()).unwrap_or_default();
        let hit = Indexed::new(text("document_text")).finds(text("query"));
        if hit != flag("expect_hit") && !flag("optional") {
            wrong.push(format!("{}: {} in {}", text("id"), text("query"), text("document_text")));
        }
    }
    assert!(lines.len() > 50 && wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn words_and_numbers() {
    let table = [
        ("Mobil +49 151 23456789", "0151 2345", true),
        ("Mobil +49 (0)151 23456789", "0151 2345", true),
        ("Mobil 0151 23456789", "+49 151 2345", true),
        ("Mobil 0151/23456789", "0049 151 23456789", true),
        ("Mobil +491512345678", "0151", true),
        ("Mobil +491512345678", "0152", false),
        ("491512345678", "0151 23456", true),
        ("Auftrag 5512", "5512 Auftrag", true),
        ("Auftrag 5512", "auf 55", true),
        ("Frau Mu\u{308}ller", "mueller", true),
        ("Frau Müller", "mu\u{308}ller", true),
        ("L'orologio", "l'orologio", true),
        ("orologio d'oro", "l'orologio", true),
        ("Auftrag B-4470", "A-447", false),
        ("ＦＵＬＬ ｗｉｄｔｈ ﬁne", "width fine", true),
        ("हिन्दी पाठ", "हिन्", true),
        ("Γειά σου", "γεια", true),
        ("Preis", "x", false),
    ];
    for (text, query, expected) in table {
        assert_eq!(Indexed::new(text).finds(query), expected, "{query} in {text}");
    }
}

#[test]
fn what_is_indexed() {
    assert_eq!(index_text("Müller"), "muller mueller");
    assert_eq!(index_text("E-Bike Größe"), "e bike ebike grosse groesse");
    assert_eq!(tails("Hosenrock rock Überzug"), "guzrebeu guzrebu kcornesoh");
    assert_eq!(digits("79-41"), "7941 941");
    assert_eq!(
        digits("+41 791"),
        "0791 41791 1791 791"
            .split(' ')
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect::<Vec<_>>()
            .join(" ")
    );
    assert_eq!(key("  O'Larkin,  Jürg "), "olarkin juerg");
}

#[test]
fn expressions_hold_only_quoted_terms() {
    assert_eq!(match_expression("\"* OR", &MESSAGES).as_deref(), Some("{subject party text} : \"or\" *"));
    assert_eq!(match_expression("a", &MESSAGES), None);
    assert_eq!(match_expression("a", &CONTACTS).as_deref(), Some("{name addresses} : \"a\" *"));
    assert_eq!(match_expression(" ,;- ", &MESSAGES), None);
}

#[test]
fn hits_are_marked() {
    assert_eq!(highlight("Frau Müller kam", "muell"), "Frau \u{e000}Müller\u{e001} kam");
    assert_eq!(
        highlight("Tel. 079 555 01 23, bitte", "5550123"),
        "Tel. \u{e000}079 555 01 23\u{e001}, bitte"
    );
    assert_eq!(highlight("ein\n\nHosenrock", "rock"), "ein \u{e000}Hosenrock\u{e001}");
    let long = format!("{} Torte {}", "vorher ".repeat(50), "nachher ".repeat(50));
    let snippet = highlight(&long, "torte");
    assert!(
        snippet.starts_with('…') && snippet.ends_with('…') && snippet.contains("\u{e000}Torte\u{e001}"),
        "{snippet}"
    );
    assert!(snippet.chars().count() < 180);
    assert!(highlight(&"a".repeat(100_000), "aaaa").chars().count() < 250);
}

/// The terms between quotation marks, with what stands outside of them.
fn quoted(expression: &str) -> (Vec<String>, String) {
    let pieces: Vec<&str> = expression.split('"').collect();
    let terms = pieces.iter().skip(1).step_by(2).map(|s| (*s).to_owned()).collect();
    (terms, pieces.iter().step_by(2).copied().collect())
}

proptest! {
    #[test]
    fn any_query_gives_a_sound_expression(text in "\\PC{0,60}") {
        if let Some(expression) = match_expression(&text, &MESSAGES) {
            let (terms, outside) = quoted(&expression);
            prop_assert!(!terms.is_empty());
            prop_assert!(terms.iter().all(|term| !term.is_empty() && term.chars().all(char::is_alphanumeric)));
            prop_assert!(outside.chars().all(|c| c.is_ascii_lowercase() || " (){}:*ANDOR".contains(c)), "{}", outside);
            prop_assert_eq!(outside.matches('(').count(), outside.matches(')').count());
        }
    }

    #[test]
    fn a_text_is_found_by_its_own_words(words in proptest::collection::vec("[a-zäöüß]{2,12}", 1..6)) {
        let indexed = Indexed::new(&words.join(", "));
        for word in &words {
            prop_assert!(indexed.finds(word));
            prop_assert!(indexed.finds(&word.to_uppercase()));
        }
    }

    #[test]
    fn a_number_is_found_by_any_run(number in "[1-9][0-9]{5,14}", start in 0usize..4, length in 3usize..6) {
        let end = (start + length).min(number.len());
        if let Some(run) = number.get(start..end).filter(|run| run.len() >= 3) {
            prop_assert!(Indexed::new(&number).finds(run));
        }
    }

    #[test]
    fn marks_come_in_pairs_and_the_snippet_is_short(text in "\\PC{0,300}", query in "\\PC{0,12}") {
        let marked = highlight(&text, &query);
        let opened = marked.matches(HIT_START).count();
        prop_assert_eq!(opened, marked.matches(HIT_END).count());
        prop_assert!(marked.chars().count() <= 2 + 240 + 2 * opened);
    }
}
