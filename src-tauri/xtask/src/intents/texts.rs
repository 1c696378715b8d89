//! The files of sentences, and the examples that are made of them.
//!
//! ```text
//! @ware = Brot | Torte           a list of words, used as <ware>; <join> joins two questions
//! [opening_hours]                what follows asks for this
//! [price + opening_hours]        a main and a second question
//! [greeting] [closing] [story]   said around a question; a label of none
//! Habt ihr (heute|morgen) offen? one line is one message; (a|b|) is a choice, \n a new line
//! ! Mein Vater ist gestorben.    sensitive
//! ```
//!
//! Each line gives a few variants: other choices, with a greeting, a closing or a story around it, and with a slip of
//! the finger. Pairs of lines give messages with two questions.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use theke_domain::intent::{self, Intent, OUTPUTS, SENSITIVE};

/// Variants of a line.
const VARIANTS: u64 = 6;
/// Share of the main question in a message with two.
const MAIN: f64 = 0.66;

/// One text to learn from.
pub struct Example {
    /// The text.
    pub text: String,
    /// Its features.
    pub features: Vec<(u32, f64)>,
    /// What the outputs shall be.
    pub target: [f64; OUTPUTS],
    /// How much it counts.
    pub weight: f64,
    /// The line that it was made of; lines are numbered through all files.
    pub line: usize,
    /// Whether it is the line itself, nothing around it.
    pub plain: bool,
}

/// A line of a file.
struct Line {
    text: String,
    main: Intent,
    second: Option<Intent>,
    sensitive: bool,
    number: usize,
}

#[derive(Default)]
struct File {
    lists: HashMap<String, Vec<String>>,
    around: HashMap<String, Vec<String>>,
    lines: Vec<Line>,
}

/// Reads the files, one for each language.
pub fn examples(files: &[String]) -> Result<Vec<Example>> {
    let mut examples = Vec::new();
    let mut number = 0;
    for text in files {
        let file = read(text, &mut number)?;
        for line in &file.lines {
            variants(&file, line, &mut examples)?;
        }
        pairs(&file, &mut examples)?;
    }
    Ok(examples)
}

/// How many lines there are.
pub fn lines(examples: &[Example]) -> usize {
    examples.iter().map(|example| example.line + 1).max().unwrap_or_default()
}

fn read(text: &str, number: &mut usize) -> Result<File> {
    let mut file = File::default();
    let mut section = String::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some((name, words)) = line.strip_prefix('@').and_then(|rest| rest.split_once('=')) {
            let words = words.split('|').map(|word| word.trim().to_owned()).collect();
            file.lists.insert(name.trim().to_owned(), words);
        } else if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            name.clone_into(&mut section);
        } else if matches!(section.as_str(), "greeting" | "closing" | "story") {
            file.around.entry(section.clone()).or_default().push(line.to_owned());
        } else {
            let (main, second) = section.split_once('+').unwrap_or((&section, ""));
            let main = Intent::parse(main.trim()).with_context(|| format!("[{section}] is no intent"))?;
            let sensitive = line.starts_with('!');
            let text = line.trim_start_matches('!').trim().to_owned();
            file.lines.push(Line {
                text,
                main,
                second: Intent::parse(second.trim()),
                sensitive,
                number: *number,
            });
            *number += 1;
        }
    }
    Ok(file)
}

fn variants(file: &File, line: &Line, examples: &mut Vec<Example>) -> Result<()> {
    let mut seen: Vec<String> = Vec::new();
    for variant in 0..VARIANTS {
        let seed = hash(&line.text).wrapping_add(variant.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let plain = variant % 2 == 0;
        let mut text = chosen(file, &line.text, seed)?;
        let thanks = line.main == Intent::ThanksOnly;
        match variant {
            1 => text = around(file, &text, seed, "greeting", "closing"),
            // A story before thanks may be a question of its own to whoever reads it: thanks stay short.
            3 if !thanks => {
                text = around(file, &around(file, &text, seed, "story", ""), seed, "greeting", "closing")
            }
            5 if !thanks => text = around(file, &slip(&text, seed), seed, "", "story"),
            5 => text = slip(&text, seed),
            _ => {}
        }
        if seen.contains(&text) {
            continue;
        }
        seen.push(text.clone());
        let example = example(text, target(line), line.number, plain);
        examples.push(example);
    }
    let count = f64::from(u32::try_from(seen.len()).unwrap_or(1));
    let made = examples.len() - seen.len();
    examples.iter_mut().skip(made).for_each(|example| example.weight = 3.0 / count.max(3.0));
    Ok(())
}

/// Messages with two questions: each line with another one of the same language.
fn pairs(file: &File, examples: &mut Vec<Example>) -> Result<()> {
    let fits =
        |line: &&Line| line.second.is_none() && !matches!(line.main, Intent::Other | Intent::ThanksOnly);
    let lines: Vec<&Line> = file.lines.iter().filter(fits).collect();
    for line in &lines {
        let seed = hash(&line.text);
        let Some(other) = picked(&lines, seed ^ 0xabcd) else { continue };
        if other.main == line.main || other.main == Intent::OptOut || line.main == Intent::OptOut {
            continue;
        }
        let (first, then) = (chosen(file, &line.text, seed)?, chosen(file, &other.text, seed)?);
        let both = Line {
            text: String::new(),
            main: line.main,
            second: Some(other.main),
            sensitive: line.sensitive || other.sensitive,
            number: line.number,
        };
        // Two sentences, or one with a word that joins them.
        let join = file
            .lists
            .get("join")
            .and_then(|words| picked(words, seed ^ 0x77))
            .filter(|_| mixed(seed).is_multiple_of(2));
        let text = match join {
            Some(join) => {
                let space = if join.starts_with(char::is_alphanumeric) { " " } else { "" };
                format!("{}{space}{join} {then}", first.trim_end_matches(|c: char| !c.is_alphanumeric()))
            }
            None => format!("{first} {then}"),
        };
        let mut example = example(text, target(&both), line.number, false);
        example.weight = 0.6;
        examples.push(example);
    }
    Ok(())
}

fn example(text: String, target: [f64; OUTPUTS], line: usize, plain: bool) -> Example {
    let features = intent::of_text(&text);
    let features = features.into_iter().map(|feature| (feature.bucket, f64::from(feature.value))).collect();
    Example { text, features, target, weight: 1.0, line, plain }
}

fn target(line: &Line) -> [f64; OUTPUTS] {
    let mut target = [0.0; OUTPUTS];
    for (value, intent) in target.iter_mut().zip(Intent::ALL) {
        if intent == line.main {
            *value += if line.second.is_some() { MAIN } else { 1.0 };
        }
        if Some(intent) == line.second {
            *value += 1.0 - MAIN;
        }
    }
    if let Some(value) = target.get_mut(SENSITIVE) {
        *value = if line.sensitive { 1.0 } else { 0.0 };
    }
    target
}

/// One way to read the choices and lists of a line.
fn chosen(file: &File, text: &str, mut seed: u64) -> Result<String> {
    let mut text = text.replace("\\n", "\n");
    for _ in 0..60 {
        seed = seed.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        // The innermost choice first, so that choices may hold choices.
        if let Some(close) = text.find(')')
            && let Some(open) = text.get(..close).and_then(|before| before.rfind('('))
        {
            let inside: Vec<&str> = text.get(open + 1..close).unwrap_or_default().split('|').collect();
            let word = picked(&inside, seed >> 17).copied().unwrap_or_default().to_owned();
            text.replace_range(open..=close, &word);
        } else if let Some(open) = text.find('<')
            && let Some(close) = text.get(open..).and_then(|rest| rest.find('>'))
        {
            let name = text.get(open + 1..open + close).unwrap_or_default();
            let Some(words) = file.lists.get(name) else { bail!("there is no list <{name}>: {text}") };
            let word = picked(words, seed >> 17).cloned().unwrap_or_default();
            text.replace_range(open..=open + close, &word);
        } else {
            return Ok(text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "));
        }
    }
    bail!("choices without an end: {text}")
}

fn around(file: &File, text: &str, seed: u64, before: &str, behind: &str) -> String {
    let of = |name: &str, seed: u64| file.around.get(name).and_then(|lines| picked(lines, seed)).cloned();
    let before = of(before, seed >> 9).map(|words| words + " ").unwrap_or_default();
    let behind = of(behind, seed >> 21).map(|words| format!(" {words}")).unwrap_or_default();
    format!("{before}{text}{behind}").replace("\\n", "\n")
}

/// Two letters swapped or one left out, in a word of some length.
fn slip(text: &str, seed: u64) -> String {
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    let long: Vec<usize> = (0..words.len())
        .filter(|&index| words.get(index).is_some_and(|word| word.chars().count() > 5))
        .collect();
    if let Some(word) = picked(&long, seed >> 5).and_then(|&index| words.get_mut(index)) {
        let mut letters: Vec<char> = word.chars().collect();
        let at = 1 + usize::try_from(seed >> 40).unwrap_or_default() % (letters.len() - 3);
        if seed.is_multiple_of(2) {
            letters.swap(at, at + 1);
        } else {
            letters.remove(at);
        }
        *word = letters.into_iter().collect();
    }
    words.join(" ")
}

fn picked<T>(list: &[T], seed: u64) -> Option<&T> {
    let length = u64::try_from(list.len()).ok().filter(|&length| length > 0)?;
    list.get(usize::try_from(mixed(seed) % length).ok()?)
}

fn mixed(seed: u64) -> u64 {
    let seed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let seed = (seed ^ (seed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    seed ^ (seed >> 31)
}

fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
