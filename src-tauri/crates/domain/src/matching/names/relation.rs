//! How two names stand to each other.

use super::short_forms::{Sex, sex};
use super::sound::{Slip, slip};
use super::{Kind, Name, Reading, Token};

/// How two first names stand to each other, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Given {
    /// The same.
    Same,
    /// Two spellings of one name.
    Spelling,
    /// One is a short form of the other, or a middle name is missing.
    Short,
    /// One is the initial of the other.
    Initial,
    /// One side has none.
    Missing,
    /// Perhaps one name, perhaps two.
    Doubtful,
    /// Two names.
    Conflict,
}

/// How two surnames stand to each other, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// The same.
    Same,
    /// Two spellings of one name.
    Spelling,
    /// A double name and a part of it, or a maiden name.
    Double,
    /// One is the initial of the other.
    Initial,
    /// One side has none.
    Missing,
    /// One slip of the keyboard apart.
    Typo,
    /// Two names.
    Different,
}

/// What two name fields say about being one customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// A side names nobody.
    Unknown,
    /// One name.
    Same,
    /// Nothing against it: an initial, a missing part.
    Compatible,
    /// The same first name with another surname: married, or two persons.
    Renamed,
    /// Cannot be told: a firm and a person, a household and a member, first names that look alike.
    Doubtful,
    /// Two persons or firms.
    Conflict,
}

/// The result of comparing two names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NameRelation {
    /// What it comes to.
    pub likeness: Likeness,
    /// First names; `Missing` where nobody's are compared.
    pub given: Given,
    /// Surnames, or the words of two firms.
    pub family: Family,
    /// Senior on one side and junior on the other.
    pub generations: bool,
}

/// Compares two names; the order of the two does not matter.
pub fn relation(a: &Name, b: &Name) -> NameRelation {
    let mut found = match (a.kind, b.kind) {
        (Kind::Nobody, _) | (_, Kind::Nobody) => plain(Likeness::Unknown, Given::Missing, Family::Missing),
        (Kind::Firm, Kind::Firm) => firms(a, b),
        (Kind::Firm, _) => firm_and_person(a, b),
        (_, Kind::Firm) => firm_and_person(b, a),
        (Kind::Household, _) | (_, Kind::Household) => household(a, b),
        (Kind::Person, Kind::Person) => persons(a, b),
    };
    found.generations = match (a.generation, b.generation) {
        (Some(a), Some(b)) => a != b,
        _ => false,
    };
    if a.generation.is_some() != b.generation.is_some()
        && matches!(found.likeness, Likeness::Same | Likeness::Compatible)
    {
        found.likeness = Likeness::Doubtful;
    }
    found
}

fn plain(likeness: Likeness, given: Given, family: Family) -> NameRelation {
    NameRelation { likeness, given, family, generations: false }
}

fn persons(a: &Name, b: &Name) -> NameRelation {
    let (given, family) = best_reading(a, b);
    let likeness = match (given, family) {
        (Given::Conflict, _) => Likeness::Conflict,
        (Given::Doubtful, Family::Different) => Likeness::Conflict,
        (Given::Doubtful, _) => Likeness::Doubtful,
        (Given::Same | Given::Spelling, Family::Different) if !named_first(a) && !named_first(b) => {
            Likeness::Renamed
        }
        (Given::Same | Given::Spelling, Family::Different) => Likeness::Doubtful,
        (Given::Short, Family::Different) => Likeness::Doubtful,
        (Given::Initial | Given::Missing, Family::Different) => Likeness::Conflict,
        (Given::Initial, Family::Initial | Family::Typo) => Likeness::Doubtful,
        (Given::Missing, Family::Typo) => Likeness::Doubtful,
        (Given::Initial | Given::Missing, _) | (_, Family::Initial | Family::Missing | Family::Typo) => {
            Likeness::Compatible
        }
        _ => Likeness::Same,
    };
    let opposite = sexes_differ(a, b);
    let likeness = match (likeness, opposite) {
        (Likeness::Same | Likeness::Renamed | Likeness::Compatible, true) => {
            if matches!(given, Given::Missing | Given::Initial) {
                Likeness::Conflict
            } else {
                Likeness::Doubtful
            }
        }
        _ => likeness,
    };
    plain(likeness, given, family)
}

/// Whether what was read as the surname is a first name (`Tschess Gian`), so that what was read as the first name may
/// be the surname.
fn named_first(name: &Name) -> bool {
    let likeliest = name.readings.first();
    likeliest.is_some_and(|reading| reading.family.iter().any(Token::is_first_name))
}

/// By forms of address, or by a first name where the other side has only a form of address.
fn sexes_differ(a: &Name, b: &Name) -> bool {
    let stated = |name: &Name| name.sex;
    let by_name = |name: &Name| -> Option<Sex> {
        name.readings.first().and_then(|reading| reading.given.first()).and_then(|given| sex(&given.text))
    };
    let differ = |x: Option<Sex>, y: Option<Sex>| matches!((x, y), (Some(x), Some(y)) if x != y);
    differ(stated(a), stated(b))
        || differ(stated(a), by_name(b)) && stated(b).is_none()
        || differ(by_name(a), stated(b)) && stated(a).is_none()
}

/// The readings of both sides that fit best. A pair of readings that are not the likeliest ones counts only if both
/// parts of the name fit.
fn best_reading(a: &Name, b: &Name) -> (Given, Family) {
    let mut best = (Given::Missing, Family::Missing);
    let mut first = true;
    for (at_a, ra) in a.readings.iter().enumerate() {
        for (at_b, rb) in b.readings.iter().enumerate() {
            // Turning both round finds a middle name for a surname.
            if ra.family_first && rb.family_first && at_a + at_b > 0 {
                continue;
            }
            let pair = (given(ra, rb), family_with_born(a, ra, b, rb));
            let fits = pair.0 < Given::Missing && pair.1 < Family::Missing
                || ra.given.is_empty() != rb.given.is_empty() && pair.1 < Family::Initial
                || ra.family.is_empty() != rb.family.is_empty() && pair.0 < Given::Initial;
            if first || fits && weight(pair) < weight(best) {
                best = pair;
            }
            first = false;
        }
    }
    // Two single words, or a single word beside a full name that has it nowhere: they contradict each other.
    let single = |name: &Name| name.readings.iter().any(|reading| reading.given.is_empty());
    if (single(a) || single(b)) && best.1 >= Family::Missing && best.0 == Given::Missing {
        best = (Given::Missing, Family::Different);
    }
    best
}

fn weight((given, family): (Given, Family)) -> u32 {
    given as u32 * 2 + family as u32 * 2 + u32::from(family == Family::Different) * 3
}

fn family_with_born(a: &Name, ra: &Reading, b: &Name, rb: &Reading) -> Family {
    let plain = family(ra, rb);
    let bears = |reading: &Reading, name: &String| reading.family.iter().any(|token| token.text == *name);
    let born = a.born.iter().any(|name| bears(rb, name)) || b.born.iter().any(|name| bears(ra, name));
    if plain > Family::Missing && born { Family::Double } else { plain }
}

/// First names against first names.
fn given(ra: &Reading, rb: &Reading) -> Given {
    let (a, b) = (&ra.given, &rb.given);
    let (Some(first_a), Some(first_b)) = (a.first(), b.first()) else { return Given::Missing };
    let (whole_a, whole_b) = (&ra.whole_given, &rb.whole_given);
    if whole_a.text == whole_b.text {
        return Given::Same;
    }
    if whole_a.sounds_like(whole_b) {
        return Given::Spelling;
    }
    if whole_a.is_form_of(whole_b) {
        return Given::Short;
    }
    if initials_of(a, &whole_b.text) || initials_of(b, &whole_a.text) {
        return Given::Initial;
    }
    let worst = a.iter().zip(b).map(|(a, b)| single(a, b)).max().unwrap_or(Given::Missing);
    if worst == Given::Conflict && a.len() != b.len() && single(first_a, first_b) == Given::Conflict {
        // Called by the middle name.
        let later = |longer: &[Token], one: &Token| {
            longer.iter().skip(1).any(|name| single(name, one) < Given::Initial)
        };
        if later(a, first_b) || later(b, first_a) {
            return Given::Doubtful;
        }
    }
    if a.len() != b.len() && worst < Given::Short { Given::Short } else { worst }
}

/// `HP` for Hans Peter.
fn initials_of(names: &[Token], letters: &str) -> bool {
    names.len() > 1 && names.iter().filter_map(|name| name.text.chars().next()).eq(letters.chars())
}

/// One first name against one.
fn single(a: &Token, b: &Token) -> Given {
    if a.text == b.text {
        return Given::Same;
    }
    if a.is_short_writing() || b.is_short_writing() {
        let fit = a.bare().starts_with(b.bare()) || b.bare().starts_with(a.bare());
        // `M.` may stand for Monsieur.
        let monsieur = a.bare() == "m" || b.bare() == "m";
        return if fit {
            Given::Initial
        } else if monsieur {
            Given::Missing
        } else {
            Given::Conflict
        };
    }
    if a.sounds_like(b) {
        return Given::Spelling;
    }
    if a.is_form_of(b) {
        return Given::Short;
    }
    match slip(&a.text, &b.text).or_else(|| slip(a.spelling(), b.spelling())) {
        Some(Slip::Dropped) => return Given::Spelling,
        Some(Slip::Swapped) => return Given::Doubtful,
        Some(Slip::Other) if super::sound::code(&a.text) == super::sound::code(&b.text) => {
            return Given::Doubtful;
        }
        _ => {}
    }
    let (short, long) = if a.text.len() < b.text.len() { (a, b) } else { (b, a) };
    let cut = short.text.chars().count() >= 3 && long.text.starts_with(&short.text);
    let known = short.is_first_name() && long.is_first_name();
    if cut && !known && !is_feminine_of(&short.text, &long.text) { Given::Doubtful } else { Given::Conflict }
}

/// `Stefan` and `Stefanie`, `Andrea` and `Andreas`: an ending that makes another name.
fn is_feminine_of(short: &str, long: &str) -> bool {
    let rest = long.strip_prefix(short).unwrap_or_default();
    matches!(
        rest,
        "a" | "e"
            | "s"
            | "o"
            | "n"
            | "ie"
            | "in"
            | "ine"
            | "ina"
            | "ia"
            | "na"
            | "ne"
            | "ette"
            | "etta"
            | "ella"
            | "elle"
            | "iane"
            | "iana"
            | "la"
            | "le"
            | "ta"
            | "te"
            | "us"
            | "io"
            | "ino"
    )
}

/// Surnames against surnames.
fn family(ra: &Reading, rb: &Reading) -> Family {
    let (a, b) = (&ra.family, &rb.family);
    if a.is_empty() || b.is_empty() {
        return Family::Missing;
    }
    let (whole_a, whole_b) = (&ra.whole_family, &rb.whole_family);
    if whole_a.text == whole_b.text {
        return Family::Same;
    }
    if whole_a.sounds_like(whole_b) {
        return Family::Spelling;
    }
    let is_short = |token: &Token| token.text.chars().count() == 1 || token.text.ends_with('.');
    if a.iter().any(is_short) || b.iter().any(is_short) {
        let fit = |x: &[Token], y: &[Token]| {
            let begins = |(x, y): (&Token, &Token)| y.text.starts_with(x.bare());
            x.iter().all(is_short) && x.first().zip(y.first()).is_some_and(begins)
        };
        return if fit(a, b) || fit(b, a) { Family::Initial } else { Family::Different };
    }
    if a.iter().any(|x| x.text.chars().count() > 1 && b.iter().any(|y| x.sounds_like(y))) {
        return Family::Double;
    }
    if slip(&whole_a.text, &whole_b.text).is_some() { Family::Typo } else { Family::Different }
}

/// A household and a person or another household.
fn household(a: &Name, b: &Name) -> NameRelation {
    let pairs = a.readings.iter().flat_map(|x| b.readings.iter().map(move |y| family(x, y)));
    let best = pairs.filter(|family| *family != Family::Missing).min();
    let best = best.unwrap_or(Family::Missing);
    let likeness = match best {
        Family::Different | Family::Typo => Likeness::Conflict,
        Family::Same | Family::Spelling if a.kind == b.kind && alike_given(a, b) => Likeness::Same,
        _ => Likeness::Doubtful,
    };
    plain(likeness, Given::Missing, best)
}

fn alike_given(a: &Name, b: &Name) -> bool {
    let all = |name: &Name| {
        let given = name.readings.first().map(|reading| reading.given.iter().map(|token| token.text.clone()));
        let mut given: Vec<String> = given.into_iter().flatten().collect();
        given.sort_unstable();
        given
    };
    all(a) == all(b)
}

/// Two firms: by the words that are not their trade.
fn firms(a: &Name, b: &Name) -> NameRelation {
    let within = |x: &[Token], y: &[Token]| x.iter().all(|one| y.iter().any(|two| one.sounds_like(two)));
    let shared = a.tokens.iter().any(|one| b.tokens.iter().any(|two| one.sounds_like(two)));
    let trades = within(&a.trades, &b.trades) || within(&b.trades, &a.trades);
    let both = within(&a.tokens, &b.tokens) && within(&b.tokens, &a.tokens);
    let nested = within(&a.tokens, &b.tokens) || within(&b.tokens, &a.tokens);
    let nameless = a.tokens.is_empty() && b.tokens.is_empty();
    let (likeness, family) = if both && trades && !nameless {
        (Likeness::Same, Family::Same)
    } else if nameless && trades {
        (Likeness::Doubtful, Family::Missing)
    } else if shared && nested && trades {
        (Likeness::Doubtful, Family::Double)
    } else if shared {
        (Likeness::Doubtful, Family::Different)
    } else {
        (Likeness::Conflict, Family::Different)
    };
    plain(likeness, Given::Missing, family)
}

/// A firm and a person: the same if the firm bears the whole name, otherwise nobody can tell.
fn firm_and_person(firm: &Name, person: &Name) -> NameRelation {
    let bears = |words: &[Token]| !words.is_empty() && words.iter().all(|word| firm.tokens.contains(word));
    let whole = person.readings.iter().any(|reading| bears(&reading.given) && bears(&reading.family));
    let family = person.readings.iter().any(|reading| bears(&reading.family));
    let likeness =
        if whole && person.kind == Kind::Person { Likeness::Compatible } else { Likeness::Doubtful };
    plain(likeness, Given::Missing, if family { Family::Double } else { Family::Missing })
}
