//! Our own sentences, in neither half of the labelled set: wishes, refusals, and what looks like them and is none.

use crate::medium::Medium;
use crate::wish::{Scope, read};

/// One line of the table; see its head.
fn check(line: &str) -> Result<(), String> {
    let fields: Vec<&str> = line.split('|').collect();
    let [channel, text, kind, negated, scope, conditional, address] = fields[..] else {
        return Err(format!("seven fields expected: {line}"));
    };
    let text = text.replace("\\n", "\n");
    let wish = read(&text, &Medium::new(channel));
    let mut refused: Vec<&str> = wish.negated.iter().map(Medium::as_str).collect();
    refused.sort_unstable();
    let found_scope = match wish.scope {
        None => "-",
        Some(Scope::ThisTime) => "this_time",
        Some(Scope::Always) => "always",
    };
    let mut labelled: Vec<&str> = negated.split(',').filter(|word| !word.is_empty()).collect();
    labelled.sort_unstable();
    let right = wish.kind.as_ref().map_or("", Medium::as_str) == kind
        && refused == labelled
        && found_scope == scope
        && wish.conditional == (conditional == "c")
        && wish.new_address.as_deref().unwrap_or_default() == address;
    if right {
        Ok(())
    } else {
        Err(format!("{line}\n  acts {} {wish:?} {:?}", wish.acts(), wish.evidence_in(&text)))
    }
}

#[test]
fn wish_sentences() {
    let lines =
        include_str!("sentences.txt").lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let (mut wrong, mut of) = (Vec::new(), 0);
    for line in lines {
        of += 1;
        wrong.extend(check(line).err());
    }
    println!("wish sentences: {} of {of} wrong", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
