//! The tables against lists of days that were not made by them, and the days that are special.

use super::*;

const OFFICIAL: &str = include_str!("official.txt");

fn days(state: &str, year: i16, everywhere: bool) -> Vec<String> {
    let found = State::named(state).unwrap().holidays(year).into_iter();
    found
        .filter(|found| found.everywhere == everywhere)
        .map(|found| found.date.to_string().get(5..).unwrap().to_owned())
        .collect()
}

fn is(state: &str, date: &str) -> bool {
    State::named(state).unwrap().on(date.parse().unwrap()).any(|found| found.everywhere)
}

#[test]
fn every_state_has_its_official_days() {
    let mut states = std::collections::BTreeSet::new();
    for line in OFFICIAL.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split(' ');
        let (state, year) = (words.next().unwrap(), words.next().unwrap());
        let expected: Vec<_> = words.collect();
        assert_eq!(days(state, year.parse().unwrap(), true), expected, "{state} {year}");
        states.insert(state);
    }
    let known = ["DE", "AT", "CH"].into_iter().flat_map(State::of_country).map(|state| state.code);
    assert_eq!(states, known.collect(), "all 51");
}

#[test]
fn days_of_some_years_and_states_only() {
    for (state, date, holds) in [
        ("DE-BY", "2017-10-31", true), // 500 years
        ("DE-BY", "2018-10-31", false),
        ("DE-HH", "2016-10-31", false),
        ("DE-HH", "2018-10-31", true),
        ("DE-BE", "2018-03-08", false),
        ("DE-BE", "2019-03-08", true),
        ("DE-MV", "2022-03-08", false),
        ("DE-MV", "2023-03-08", true),
        ("DE-TH", "2018-09-20", false),
        ("DE-TH", "2019-09-20", true),
        ("DE-BE", "2020-05-08", true),
        ("DE-BE", "2024-05-08", false),
        ("DE-BE", "2025-05-08", true),
        ("DE-BE", "2026-05-08", false),
        ("DE-BE", "2028-06-17", true),
        ("DE-SN", "2026-11-18", true), // Buß- und Bettag
        ("DE-BY", "2026-11-18", false),
        ("DE-BB", "2026-04-05", true), // Easter Sunday
        ("DE-HE", "2026-04-05", false),
        ("AT-9", "2026-04-03", false), // Good Friday
        ("AT-9", "2026-11-15", false), // Saint Leopold: schools only
        ("AT-2", "2026-10-10", false), // the plebiscite of Carinthia
        ("AT-9", "2026-12-24", false),
        ("CH-TI", "2026-04-03", false),
        ("CH-TI", "2026-06-29", true),
        ("CH-ZH", "2026-01-02", false),
        ("CH-BE", "2026-01-02", true),
        ("CH-GE", "2026-09-10", true), // the Thursday after the first Sunday of September
        ("CH-GE", "2024-09-05", true), // where September begins with a Sunday
        ("CH-GE", "2026-12-31", true),
        ("CH-GE", "2026-12-26", false),
        ("CH-VD", "2026-09-21", true),
        ("CH-NE", "2026-03-01", true),
        ("CH-NE", "2034-01-02", true), // a Monday
        ("CH-NE", "2026-01-02", false),
        ("CH-JU", "2026-06-23", true),
        ("CH-GL", "2026-04-09", true), // not in Holy Week
        ("CH-GL", "2025-04-03", true),
        ("CH-UR", "2026-12-26", false), // a Saturday
        ("CH-UR", "2025-12-26", true),
        ("CH-OW", "2026-09-25", true),
    ] {
        assert_eq!(is(state, date), holds, "{state} {date}");
    }
}

#[test]
fn days_kept_in_parts_are_named_and_do_not_count_everywhere() {
    assert_eq!(days("DE-BY", 2026, false), ["08-08", "08-15"]);
    assert_eq!(days("DE-SN", 2026, false), ["06-04"]);
    assert_eq!(days("DE-TH", 2026, false), ["06-04"]);
    assert!(days("AT-9", 2026, false).is_empty());
    assert_eq!(
        days("CH-SO", 2026, false),
        ["01-02", "03-19", "04-06", "05-01", "05-25", "06-04", "08-15", "11-01", "12-26"]
    );
}

#[test]
fn names_are_in_four_languages_and_as_the_country_says() {
    let all = ["DE", "AT", "CH"].into_iter().flat_map(State::of_country);
    for found in all.flat_map(|state| state.holidays(2025)) {
        for language in LANGUAGES {
            assert!(!found.holiday.name(language, "DE").is_empty());
        }
        assert_eq!(Holiday::named(found.holiday.slug), Some(found.holiday));
    }
    let name =
        |slug: &str, language: &str, country: &str| Holiday::named(slug).unwrap().name(language, country);
    assert_eq!(name("ascension", "de", "DE"), "Christi Himmelfahrt");
    assert_eq!(name("ascension", "de", "CH"), "Auffahrt");
    assert_eq!(name("labour-day", "de", "AT"), "Staatsfeiertag");
    assert_eq!(name("good-friday", "fr", "CH"), "Vendredi saint");
    assert_eq!(name("good-friday", "it", "CH"), "Venerdì santo");
    assert_eq!(name("good-friday", "xx", "CH"), "Karfreitag");
    assert_eq!(Holiday::named("pancake-day"), None);
}

#[test]
fn a_state_is_named_by_its_whole_code() {
    assert_eq!(State::named("AT-9").map(State::country), Some("AT"));
    for code in ["", "DE", "BY", "de-by", "DE-BY ", "FR-75"] {
        assert_eq!(State::named(code), None, "{code}");
    }
    assert!(State::of_country("FR").is_empty());
    assert!(!State::named("CH-ZH").unwrap().holidays(2040).is_empty());
}
