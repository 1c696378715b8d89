//! What a person typed, as terms to look for and as an expression for the full-text tables.
//!
//! The expression is built from letters and digits only, each term in quotation marks, so nothing that can be
//! typed makes a syntax error or reaches another column. Terms are single words, never phrases: the tables keep
//! no positions.

use super::letters::{Forms, Joiner};
use super::numbers::{LONGEST_RUN, Number, SHORTEST_RUN, numbers};
use super::words::{Compound, compounds};

/// So many words of a query, and parts of one of them, are looked at; a longer one is narrow enough by then.
const WORDS: usize = 12;
/// Shortest tail by which a compound is found.
const SHORTEST_TAIL: usize = 4;

/// The columns of a full-text table.
#[derive(Debug, Clone, Copy)]
pub struct Columns<'a> {
    /// Columns with the output of [`super::index_text`].
    pub text: &'a str,
    /// The column with the output of [`super::tails`].
    pub tails: &'a str,
    /// The column with the output of [`super::digits`].
    pub digits: &'a str,
    /// Shortest term that is sent, in characters; shorter ones are left out of the expression.
    pub shortest: usize,
    /// Letters and digits behind which every word of the table stands, `""` for none.
    pub mark: &'a str,
}

/// `messages_fts`, but for the mark, which is that of a span. Its shortest prefix index has two letters, and a single
/// letter reads a third of the index.
pub const MESSAGES: Columns<'static> =
    Columns { text: "subject party text", tails: "tails", digits: "digits", shortest: 2, mark: "" };
/// `contacts_fts`, which has a prefix index for single letters.
pub const CONTACTS: Columns<'static> =
    Columns { text: "name addresses", tails: "tails", digits: "digits", shortest: 1, mark: "" };

/// `notes_fts`.
pub const NOTES: Columns<'static> =
    Columns { text: "text", tails: "tails", digits: "digits", shortest: 2, mark: "" };

/// Something to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Term {
    /// A word by its beginning, or by its tail.
    Word(String),
    /// A run of digits anywhere in a number.
    Run(String),
    /// One of these.
    Any(Vec<Term>),
    /// All of these.
    All(Vec<Term>),
}

/// A folded query. All of its words must occur.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    pub(super) words: Vec<Term>,
}

impl Query {
    /// Reads what was typed. Never fails; text without letters and digits gives an empty query.
    pub fn parse(text: &str) -> Self {
        let mut words = Vec::new();
        let all_numbers = numbers(text);
        let mut in_number = 0;
        for compound in compounds(text) {
            let start = compound.parts.first().map_or(0, |part| part.range.start);
            if start < in_number {
                continue;
            }
            let number =
                all_numbers.iter().find(|number| number.range.contains(&start) && !cuts_a_word(number, text));
            if let Some(number) = number {
                in_number = number.range.end;
                words.push(number_term(number));
            } else {
                words.push(compound_term(&compound));
            }
            if words.len() == WORDS {
                break;
            }
        }
        Self { words }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The FTS5 expression; `None` if no term is long enough to be asked for.
    pub fn match_expression(&self, columns: &Columns<'_>) -> Option<String> {
        let words: Vec<String> = self.words.iter().filter_map(|term| expression(term, columns)).collect();
        (!words.is_empty()).then(|| words.join(" AND "))
    }
}

/// [`Query::parse`] and [`Query::match_expression`] in one.
pub fn match_expression(text: &str, columns: &Columns<'_>) -> Option<String> {
    Query::parse(text).match_expression(columns)
}

/// Whether letters touch the number, as in `a4471`: then it is a word.
fn cuts_a_word(number: &Number, text: &str) -> bool {
    let before = text.get(..number.range.start).and_then(|s| s.chars().next_back());
    let after = text.get(number.range.end..).and_then(|s| s.chars().next());
    let joins = |c: char| c.is_alphanumeric() || super::letters::joiner(c).is_some();
    before.is_some_and(joins) || after.is_some_and(char::is_alphanumeric)
}

fn number_term(number: &Number) -> Term {
    let digits = number.digits.as_str();
    let mut ways = Vec::new();
    if digits.len() >= SHORTEST_RUN {
        ways.push(run(digits));
    }
    if let Some(national) = number.national() {
        ways.push(run(national));
    } else if digits.len() >= 7 && digits.starts_with('0') && !digits.starts_with("00") {
        ways.push(run(digits.trim_start_matches('0')));
    }
    let groups = number.groups.iter().take(WORDS).map(|group| {
        let word = Term::Word(group.clone());
        if group.len() >= SHORTEST_RUN { Term::Any(vec![word, run(group)]) } else { word }
    });
    ways.push(Term::All(groups.collect()));
    Term::Any(ways)
}

/// A run of any length: its first digits, and if it is longer than what is indexed, its last ones too.
fn run(digits: &str) -> Term {
    let first = Term::Run(digits.chars().take(LONGEST_RUN).collect());
    let skipped = digits.len().saturating_sub(LONGEST_RUN);
    if skipped == 0 {
        return first;
    }
    Term::All(vec![first, Term::Run(digits.chars().skip(skipped).collect())])
}

fn compound_term(compound: &Compound) -> Term {
    if let [only] = compound.parts.as_slice() {
        return word(&only.forms);
    }
    let mut ways = vec![word(&compound.joined_from(0))];
    let elided = compound.parts.iter().skip(1).all(|part| part.joined_by == Some(Joiner::Apostrophe));
    let is_letter = |forms: &Forms| forms.plain.chars().nth(1).is_none();
    let letters = compound.parts.iter().filter(|part| is_letter(&part.forms)).count();
    if letters == 0 || (elided && letters < compound.parts.len()) {
        let whole = compound.parts.iter().filter(|part| !is_letter(&part.forms));
        ways.push(Term::All(whole.take(WORDS).map(|part| part_term(&part.forms)).collect()));
    }
    Term::Any(ways)
}

fn part_term(forms: &Forms) -> Term {
    let plain = &forms.plain;
    if plain.len() >= SHORTEST_RUN && plain.bytes().all(|b| b.is_ascii_digit()) {
        return Term::Any(vec![Term::Word(plain.clone()), run(plain)]);
    }
    word(forms)
}

fn word(forms: &Forms) -> Term {
    let mut each: Vec<Term> = forms.each().map(|form| Term::Word(form.to_owned())).collect();
    match each.pop() {
        Some(only) if each.is_empty() => only,
        Some(last) => {
            each.push(last);
            Term::Any(each)
        }
        None => Term::All(Vec::new()),
    }
}

/// The reversed beginning by which `word` is found as a tail; `None` for short words and numbers.
pub(super) fn tail_of(word: &str) -> Option<String> {
    let long = word.chars().nth(SHORTEST_TAIL - 1).is_some();
    (long && !word.contains(|c: char| c.is_ascii_digit())).then(|| word.chars().rev().collect())
}

fn expression(term: &Term, columns: &Columns<'_>) -> Option<String> {
    match term {
        Term::Word(word) => {
            word.chars().nth(columns.shortest.saturating_sub(1))?;
            let mark = columns.mark;
            let by_beginning = format!("{{{}}} : \"{mark}{word}\" *", columns.text);
            Some(match tail_of(word) {
                Some(tail) => format!("({by_beginning} OR {} : \"{mark}{tail}\" *)", columns.tails),
                None => by_beginning,
            })
        }
        Term::Run(run) => Some(format!("{} : \"{}{run}\" *", columns.digits, columns.mark)),
        Term::Any(terms) => combined(terms, " OR ", columns),
        Term::All(terms) => combined(terms, " AND ", columns),
    }
}

fn combined(terms: &[Term], between: &str, columns: &Columns<'_>) -> Option<String> {
    let mut each: Vec<String> = terms.iter().filter_map(|term| expression(term, columns)).collect();
    each.dedup();
    match each.len() {
        0 => None,
        1 => each.pop(),
        _ => Some(format!("({})", each.join(between))),
    }
}
