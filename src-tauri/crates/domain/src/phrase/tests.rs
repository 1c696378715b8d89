//! Tables of patterns and texts.

use super::*;

fn groups(table: &str, text: &str) -> Vec<String> {
    let lexicon = Lexicon::parse(table);
    let hits = lexicon.find(&tokens(text));
    hits.iter().map(|hit| lexicon.names()[hit.group].clone()).collect()
}

#[test]
fn words_are_the_same_however_they_are_typed() {
    for (written, folded) in
        [("für", "fur"), ("FUER", "fur"), ("Straße", "strasse"), ("Hallooo", "hallo"), ("été", "ete")]
    {
        assert_eq!(fold(written), folded, "{written}");
    }
}

#[test]
fn a_question_mark_is_stronger_than_a_full_stop() {
    let words: Vec<String> = tokens("Offen?! Ja.").into_iter().map(|token| token.word).collect();
    assert_eq!(words, ["offen", "?", "ja", "."]);
}

#[test]
fn patterns_are_found_by_beginning_end_choice_and_gap() {
    let table = "open: habt/haben .. offen | *zeiten\nfetch: abhol*";
    assert_eq!(groups(table, "Habt ihr am Samstag offen?"), ["open"]);
    assert_eq!(groups(table, "Öffnungszeiten"), ["open"]);
    assert_eq!(groups(table, "kann ich es abholen"), ["fetch"]);
    assert!(groups(table, "Habt ihr es? Die Tür ist offen").is_empty(), "a gap ends where the sentence does");
    assert!(groups(table, "offen habt").is_empty());
}
