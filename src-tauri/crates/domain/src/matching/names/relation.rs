//! How two names stand to each other.

use super::short_forms::{Sex, is_known, one_name, sex};
use super::sound::{Slip, one_spelling, slip};
use super::{Kind, Name, Reading};

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
    likeliest.is_some_and(|reading| reading.family.iter().any(|word| is_known(word)))
}

/// By forms of address, or by a first name where the other side has only a form of address.
fn sexes_differ(a: &Name, b: &Name) -> bool {
    let stated = |name: &Name| name.sex;
    let by_name = |name: &Name| -> Option<Sex> {
        name.readings.first().and_then(|reading| reading.given.first()).and_then(|given| sex(given))
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
            let pair = (given(&ra.given, &rb.given), family_with_born(a, ra, b, rb));
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
    let plain = family(&ra.family, &rb.family);
    let born = a.born.iter().any(|name| rb.family.contains(name))
        || b.born.iter().any(|name| ra.family.contains(name));
    if plain > Family::Missing && born { Family::Double } else { plain }
}

/// First names against first names.
fn given(a: &[String], b: &[String]) -> Given {
    let (Some(first_a), Some(first_b)) = (a.first(), b.first()) else { return Given::Missing };
    let (joined_a, joined_b) = (a.concat(), b.concat());
    if joined_a == joined_b {
        return Given::Same;
    }
    if one_spelling(&joined_a) == one_spelling(&joined_b) {
        return Given::Spelling;
    }
    if one_name(&joined_a, &joined_b) {
        return Given::Short;
    }
    if initials_of(a, &joined_b) || initials_of(b, &joined_a) {
        return Given::Initial;
    }
    let pairs = a.iter().zip(b).map(|(a, b)| single(a, b));
    let worst = pairs.max().unwrap_or(Given::Missing);
    if worst == Given::Conflict && single(first_a, first_b) == Given::Conflict && a.len() != b.len() {
        // Called by the middle name.
        let later = |longer: &[String], one: &str| {
            longer.iter().skip(1).any(|name| single(name, one) < Given::Initial)
        };
        if later(a, first_b) || later(b, first_a) {
            return Given::Doubtful;
        }
    }
    if a.len() != b.len() && worst < Given::Short { Given::Short } else { worst }
}

/// `HP` for Hans Peter.
fn initials_of(names: &[String], letters: &str) -> bool {
    let initials: String = names.iter().filter_map(|name| name.chars().next()).collect();
    names.len() > 1 && initials == letters
}

/// One first name against one.
fn single(a: &str, b: &str) -> Given {
    if a == b {
        return Given::Same;
    }
    let (bare_a, bare_b) = (a.trim_end_matches('.'), b.trim_end_matches('.'));
    let begins = |short: &str, long: &str| long.starts_with(short);
    if is_initial(a) || is_initial(b) {
        let fit = begins(bare_a, bare_b) || begins(bare_b, bare_a);
        // `M.` may stand for Monsieur.
        let monsieur = bare_a == "m" || bare_b == "m";
        return if fit {
            Given::Initial
        } else if monsieur {
            Given::Missing
        } else {
            Given::Conflict
        };
    }
    if one_spelling(a) == one_spelling(b) {
        return Given::Spelling;
    }
    if one_name(a, b) {
        return Given::Short;
    }
    match slip(a, b).or_else(|| slip(&one_spelling(a), &one_spelling(b))) {
        Some(Slip::Dropped) => return Given::Spelling,
        Some(Slip::Swapped) => return Given::Doubtful,
        Some(Slip::Other) if super::sound::code(a) == super::sound::code(b) => return Given::Doubtful,
        _ => {}
    }
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let cut = short.chars().count() >= 3 && begins(short, long);
    if cut && !(is_known(short) && is_known(long)) && !is_feminine_of(short, long) {
        return Given::Doubtful;
    }
    Given::Conflict
}

/// A single letter, a dotted short writing, or consonants only (`Chr`, `Th`).
fn is_initial(name: &str) -> bool {
    let count = name.chars().count();
    count == 1 || name.ends_with('.') || count <= 3 && !name.contains(['a', 'e', 'i', 'o', 'u', 'y'])
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
fn family(a: &[String], b: &[String]) -> Family {
    if a.is_empty() || b.is_empty() {
        return Family::Missing;
    }
    let (joined_a, joined_b) = (a.concat(), b.concat());
    if joined_a == joined_b {
        return Family::Same;
    }
    if one_spelling(&joined_a) == one_spelling(&joined_b) {
        return Family::Spelling;
    }
    let short = |name: &str| name.chars().count() == 1 || name.ends_with('.');
    let begins = |one: &str, all: &[String]| {
        all.first().is_some_and(|first| first.starts_with(one.trim_end_matches('.')))
    };
    if a.iter().any(|name| short(name)) || b.iter().any(|name| short(name)) {
        let fit = |x: &[String], y: &[String]| {
            x.iter().all(|name| short(name)) && x.first().is_some_and(|name| begins(name, y))
        };
        return if fit(a, b) || fit(b, a) { Family::Initial } else { Family::Different };
    }
    let alike = |x: &String, y: &String| x == y || one_spelling(x) == one_spelling(y);
    if a.iter().any(|x| x.chars().count() > 1 && b.iter().any(|y| alike(x, y))) {
        return Family::Double;
    }
    if slip(&joined_a, &joined_b).is_some() { Family::Typo } else { Family::Different }
}

/// A household and a person or another household.
fn household(a: &Name, b: &Name) -> NameRelation {
    let families = |name: &Name| -> Vec<Vec<String>> {
        name.readings
            .iter()
            .map(|reading| reading.family.clone())
            .filter(|family| !family.is_empty())
            .collect()
    };
    let best = families(a).iter().flat_map(|x| families(b).into_iter().map(move |y| family(x, &y))).min();
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
        let mut given = name.readings.first().map(|reading| reading.given.clone()).unwrap_or_default();
        given.sort_unstable();
        given
    };
    all(a) == all(b)
}

/// Two firms: by the words that are not their trade.
fn firms(a: &Name, b: &Name) -> NameRelation {
    let within = |x: &[String], y: &[String]| {
        x.iter().all(|one| y.iter().any(|two| one == two || one_spelling(one) == one_spelling(two)))
    };
    let shared = a.tokens.iter().any(|one| b.tokens.iter().any(|two| one_spelling(one) == one_spelling(two)));
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
    let bears = |words: &[String]| !words.is_empty() && words.iter().all(|word| firm.tokens.contains(word));
    let whole = person.readings.iter().any(|reading| bears(&reading.given) && bears(&reading.family));
    let family = person.readings.iter().any(|reading| bears(&reading.family));
    let likeness =
        if whole && person.kind == Kind::Person { Likeness::Compatible } else { Likeness::Doubtful };
    plain(likeness, Given::Missing, if family { Family::Double } else { Family::Missing })
}
