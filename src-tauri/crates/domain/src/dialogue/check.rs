//! Whether a tree can be walked: every way ends, none goes round, none asks more than three times.

use std::collections::BTreeSet;

use super::{Ask, Expects, Go, MOST_QUESTIONS, Node, Tree};

/// A week of minutes.
const LONGEST_MINUTES: u32 = 7 * 24 * 60;
const LANGUAGES: [&str; 4] = ["de", "en", "fr", "it"];

/// All that is wrong: the place, and a sentence with what to do.
pub fn check(tree: &Tree) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut say = |place: &str, text: String| found.push((place.to_owned(), text));
    if !(1..=LONGEST_MINUTES).contains(&tree.within_minutes) {
        say("within_minutes", "Write 1 to 10080 minutes.".to_owned());
    }
    if !tree.nodes.contains_key(&tree.start) {
        say("start", format!("There is no question “{}”; name one of [nodes].", tree.start));
    }
    for (name, node) in &tree.nodes {
        node_alone(&format!("nodes.{name}"), node, &mut say);
        for go in node.goes_on.values() {
            if let Go::Node(next) = go
                && !tree.nodes.contains_key(next)
            {
                say(
                    &format!("nodes.{name}.goes_on"),
                    format!("There is no question “{next}”; add it to [nodes]."),
                );
            }
        }
    }
    let mut reached = BTreeSet::new();
    if let Err((place, text)) = walk(tree, &tree.start, &mut Vec::new(), &mut reached) {
        say(&place, text);
    } else {
        for name in tree.nodes.keys().filter(|name| !reached.contains(*name)) {
            say(
                &format!("nodes.{name}"),
                "Nothing leads to this question; take it away or let one lead here.".to_owned(),
            );
        }
    }
    found
}

/// Walks every way from a question. The way is at most three long, so this ends.
fn walk<'a>(
    tree: &'a Tree,
    name: &'a str,
    way: &mut Vec<&'a str>,
    reached: &mut BTreeSet<String>,
) -> Result<(), (String, String)> {
    let Some(node) = tree.nodes.get(name) else { return Ok(()) };
    if way.contains(&name) {
        return Err((
            format!("nodes.{name}"),
            "This question leads back to itself; let one answer end it.".to_owned(),
        ));
    }
    if way.len() >= MOST_QUESTIONS as usize {
        return Err((
            format!("nodes.{name}"),
            "This would be the fourth question; at most three are asked.".to_owned(),
        ));
    }
    reached.insert(name.to_owned());
    way.push(name);
    for go in node.goes_on.values() {
        if let Go::Node(next) = go {
            walk(tree, next, way, reached)?;
        }
    }
    way.pop();
    Ok(())
}

fn node_alone(place: &str, node: &Node, say: &mut impl FnMut(&str, String)) {
    match &node.ask {
        Ask::Text(texts) => {
            if texts.is_empty() || texts.values().any(|text| text.trim().is_empty()) {
                say(&format!("{place}.ask"), "Write the question: text = { de = \"…\" }.".to_owned());
            }
            for language in texts.keys().filter(|language| !LANGUAGES.contains(&language.as_str())) {
                say(
                    &format!("{place}.ask"),
                    format!("“{language}” is no language here; write de, en, fr or it."),
                );
            }
        }
        Ask::Reply(reply) if reply.trim().is_empty() => {
            say(&format!("{place}.ask"), "Name the standard reply.".to_owned());
        }
        Ask::Reply(_) => {}
    }
    let wanted: Vec<&str> = match node.expects {
        Expects::YesNo => vec!["yes", "no"],
        Expects::Choice => node.choices.keys().map(String::as_str).collect(),
        Expects::OrderNumber | Expects::Date | Expects::Text => vec!["any"],
    };
    if node.expects == Expects::Choice {
        if node.choices.len() < 2 {
            say(&format!("{place}.choices"), "A choice needs two or more to choose from.".to_owned());
        }
        let hollow =
            |words: &Vec<String>| words.is_empty() || words.iter().any(|word| word.trim().is_empty());
        if node.choices.values().any(hollow) || node.choices.contains_key("else") {
            say(
                &format!("{place}.choices"),
                "Give each choice its words; none may be called else.".to_owned(),
            );
        }
    } else if !node.choices.is_empty() {
        say(&format!("{place}.choices"), "Only expects = \"choice\" has choices; take them away.".to_owned());
    }
    for answer in wanted.iter().filter(|answer| !node.goes_on.contains_key(**answer)) {
        say(
            &format!("{place}.goes_on"),
            format!("Nothing follows on “{answer}”; add {answer} = \"person\" or more."),
        );
    }
    for answer in node.goes_on.keys().filter(|answer| *answer != "else" && !wanted.contains(&answer.as_str()))
    {
        say(&format!("{place}.goes_on"), format!("“{answer}” is no answer to this question; take it away."));
    }
    for go in node.goes_on.values() {
        if matches!(go, Go::Reply(reply) if reply.trim().is_empty()) {
            say(&format!("{place}.goes_on"), "Name the standard reply.".to_owned());
        }
    }
}
