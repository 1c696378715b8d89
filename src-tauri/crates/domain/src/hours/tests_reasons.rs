//! Why the shop is closed, with holidays, seasons and closed days together; and what customers are told of it.

use super::holiday::State;
use super::*;

fn at(text: &str) -> Timestamp {
    Timestamp::from_rfc3339(text).unwrap()
}

fn hours_of(times: &[(&str, &str)]) -> Vec<(String, String)> {
    times.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect()
}

fn every_day(times: &[(&str, &str)]) -> Week {
    let day = hours_of(times);
    let [mon, tue, wed, thu, fri, sat, sun] = [(); 7].map(|()| day.clone());
    Week { mon, tue, wed, thu, fri, sat, sun }
}

fn calendar(state: &str, open: &[OpenOn], local: &[&str]) -> Calendar {
    let local: Vec<String> = local.iter().map(|word| (*word).to_owned()).collect();
    Calendar::new(State::named(state).unwrap(), open, &local).unwrap()
}

fn own(day: &str, times: &[(&str, &str)]) -> OpenOn {
    OpenOn::Own { day: day.into(), hours: hours_of(times) }
}

/// A shop in Munich: weekdays 9 to 18, shorter in winter, closed in January.
fn shop(open: &[OpenOn], local: &[&str]) -> Hours {
    let nine = hours_of(&[("09:00", "18:00")]);
    let week = Week { sat: Vec::new(), sun: Vec::new(), ..every_day(&[("09:00", "18:00")]) };
    let closed = [ClosedDays { from: "2026-04-02".into(), to: "2026-04-02".into(), name: "Inventur".into() }];
    let season = |from: &str, to: &str, name: &str, hours: Week| Season {
        from: from.into(),
        to: to.into(),
        name: name.into(),
        hours,
    };
    let short = Week { mon: hours_of(&[("10:00", "16:00")]), fri: nine, ..Week::default() };
    Hours::new(&week, &closed)
        .unwrap()
        .with_seasons(&[
            season("11-15", "02-10", "Winter", short),
            season("2027-01-07", "2027-01-31", "Betriebsruhe", Week::default()),
        ])
        .unwrap()
        .with_holidays(calendar("DE-BY", open, local))
}

fn named(slug: &str) -> Closed {
    Closed::Holiday(Holiday::named(slug).unwrap())
}

#[test]
fn each_kind_of_closing_says_its_name() {
    let zone = Zone::of_country("DE");
    let hours = shop(&[], &[]);
    for (time, why) in [
        ("2026-04-01T08:00:00Z", None), // a Wednesday, 10:00
        ("2026-04-01T17:00:00Z", Some(Closed::OutsideHours)),
        ("2026-04-02T08:00:00Z", Some(Closed::OwnDay("Inventur".into()))),
        ("2026-04-03T08:00:00Z", Some(named("good-friday"))),
        ("2026-04-05T08:00:00Z", Some(Closed::OutsideHours)), // Easter Sunday is no holiday by Bavarian law
        ("2026-04-06T08:00:00Z", Some(named("easter-monday"))),
        ("2026-08-14T08:00:00Z", None),
        ("2026-11-16T08:30:00Z", Some(Closed::Season("Winter".into()))), // Monday 9:30: else open
        ("2026-11-16T09:30:00Z", None),
        ("2026-11-16T19:00:00Z", Some(Closed::OutsideHours)),
        ("2026-11-17T09:30:00Z", Some(Closed::Season("Winter".into()))), // a Tuesday without hours
        ("2027-01-08T09:30:00Z", Some(Closed::Season("Betriebsruhe".into()))), // before the one of each year
        ("2027-02-01T09:30:00Z", None),                                  // over New Year, until 10 February
        ("2027-02-10T12:00:00Z", Some(Closed::Season("Winter".into()))),
        ("2027-02-11T12:00:00Z", None),
    ] {
        assert_eq!(hours.why_closed(&zone, at(time)), why, "{time}");
        assert_eq!(hours.is_open(&zone, at(time)), hours.why_closed(&zone, at(time)).is_none(), "{time}");
    }
    let next = |time: &str| hours.next_opening(&zone, at(time)).map(Timestamp::to_rfc3339);
    assert_eq!(next("2026-04-01T17:00:00Z").as_deref(), Some("2026-04-07T07:00:00Z"), "over Easter");
    assert_eq!(
        next("2027-01-07T09:00:00Z").as_deref(),
        Some("2027-02-01T09:00:00Z"),
        "after the closed weeks"
    );
}

#[test]
fn a_shop_opens_on_holidays_it_names_and_keeps_those_of_its_town() {
    let zone = Zone::of_country("DE");
    let open = [OpenOn::Usual("epiphany".into()), own("easter-monday", &[("10:00", "14:00")])];
    let hours = shop(&open, &["assumption"]);
    for (time, why) in [
        ("2025-01-06T11:00:00Z", None), // a Monday in winter
        ("2026-04-06T09:00:00Z", None), // 11:00
        ("2026-04-06T13:00:00Z", Some(Closed::OutsideHours)),
        ("2025-08-15T08:00:00Z", Some(named("assumption"))), // a Friday
    ] {
        assert_eq!(hours.why_closed(&zone, at(time)), why, "{time}");
    }
    let closing = hours.next_closing(&zone, at("2026-04-06T09:00:00Z")).map(Timestamp::to_rfc3339);
    assert_eq!(closing.as_deref(), Some("2026-04-06T12:00:00Z"));
    // 1 May 2008 was Ascension Day, too: open on one of the two is not open.
    let both = shop(&[OpenOn::Usual("labour-day".into())], &[]);
    assert_eq!(both.why_closed(&zone, at("2008-05-01T08:00:00Z")), Some(named("ascension")));
    let state = State::named("DE-BY").unwrap();
    assert_eq!(Calendar::new(state, &[OpenOn::Usual("pancake-day".into())], &[]), None);
    assert_eq!(Calendar::new(state, &[own("epiphany", &[("14:00", "10:00")])], &[]), None);
    assert_eq!(Calendar::new(state, &[], &["pancake-day".into()]), None);
}

#[test]
fn the_hour_that_is_missing_and_the_one_that_comes_twice() {
    // 2026-03-29: 02:00 is 03:00. 2026-10-25: 03:00 is 02:00 again.
    for country in ["DE", "CH"] {
        let zone = Zone::of_country(country);
        let night = Hours::new(&every_day(&[("01:00", "02:30"), ("02:45", "05:00")]), &[]).unwrap();
        for (time, open) in [
            ("2026-03-29T00:30:00Z", true),  // 01:30
            ("2026-03-29T01:20:00Z", true),  // 03:20; 02:30 is left out and means 03:30
            ("2026-03-29T01:35:00Z", false), // 03:35
            ("2026-03-29T01:50:00Z", true),  // 03:50
            ("2026-10-25T00:20:00Z", true),  // the first 02:20
            ("2026-10-25T00:35:00Z", false), // the first 02:35
            ("2026-10-25T01:20:00Z", true),  // the second 02:20: it has been open since the first 02:45
        ] {
            assert_eq!(night.is_open(&zone, at(time)), open, "{country} {time}");
        }
        let closes = |time: &str| night.next_closing(&zone, at(time)).map(Timestamp::to_rfc3339);
        assert_eq!(closes("2026-03-29T00:30:00Z").as_deref(), Some("2026-03-29T01:30:00Z"), "{country}");
        assert_eq!(closes("2026-10-25T00:10:00Z").as_deref(), Some("2026-10-25T00:30:00Z"), "{country}");
        // Nine is nine on the days before and after both changes.
        let day = Hours::new(&every_day(&[("09:00", "18:00")]), &[]).unwrap();
        for (now, opens) in [
            ("2026-03-28T20:00:00Z", "2026-03-29T07:00:00Z"),
            ("2026-03-27T20:00:00Z", "2026-03-28T08:00:00Z"),
            ("2026-10-24T20:00:00Z", "2026-10-25T08:00:00Z"),
            ("2026-10-23T20:00:00Z", "2026-10-24T07:00:00Z"),
        ] {
            let found = day.next_opening(&zone, at(now)).map(Timestamp::to_rfc3339);
            assert_eq!(found.as_deref(), Some(opens), "{country}");
        }
        assert_eq!(day.open_secs(&zone, at("2026-03-28T12:00:00Z"), at("2026-03-30T12:00:00Z")), 19 * 3600);
    }
    // The same moment in two zones.
    let hours = Hours::new(&every_day(&[("09:00", "18:00")]), &[]).unwrap();
    let moment = at("2026-07-07T07:30:00Z");
    assert!(hours.is_open(&Zone::named("Europe/Zurich").unwrap(), moment));
    assert!(!hours.is_open(&Zone::named("Europe/Lisbon").unwrap(), moment));
}

#[test]
fn open_over_midnight_is_one_opening() {
    let zone = Zone::of_country("DE");
    let bar = Hours::new(&every_day(&[("00:00", "02:00"), ("18:00", "24:00")]), &[]).unwrap();
    let text = |found: Option<Timestamp>| found.map(Timestamp::to_rfc3339).unwrap_or_default();
    let evening = at("2026-07-07T20:00:00Z"); // 22:00
    assert_eq!(text(bar.next_closing(&zone, evening)), "2026-07-08T00:00:00Z");
    assert_eq!(text(bar.next_opening(&zone, evening)), "2026-07-08T16:00:00Z");
    assert_eq!(
        closing_said(&zone, evening, bar.next_closing(&zone, evening).unwrap(), "de"),
        "morgen bis 2\u{a0}Uhr"
    );
    let always = Hours::new(&every_day(&[("00:00", "24:00")]), &[]).unwrap();
    assert!(always.is_open(&zone, at("2026-07-07T21:59:59Z")), "the last second of a day");
    assert_eq!((always.next_closing(&zone, evening), always.next_opening(&zone, evening)), (None, None));
}

#[test]
fn seasons_that_cannot_be_are_refused() {
    for (from, to) in [
        ("05-01", "2027-09-30"),
        ("2027-09-30", "2027-05-01"),
        ("02-30", "03-01"),
        ("5-1", "9-30"),
        ("", ""),
        ("13-01", "13-02"),
    ] {
        let season = Season { from: from.into(), to: to.into(), ..Season::default() };
        assert_eq!(Hours::default().with_seasons(&[season]), None, "{from} to {to}");
    }
    let leap = Season { from: "02-29".into(), to: "02-29".into(), ..Season::default() };
    assert!(Hours::default().with_seasons(&[leap]).is_some());
}

#[test]
fn the_next_opening_is_said_in_four_languages() {
    let zone = Zone::of_country("CH");
    let now = at("2026-04-30T18:00:00Z"); // Thursday, 20:00
    for (opens, de, en, fr, it) in [
        (
            "2026-04-30T20:30:00Z",
            "heute um 22:30 Uhr",
            "today at 10:30 pm",
            "aujourd’hui à 22 h 30",
            "oggi alle 22:30",
        ),
        ("2026-05-01T07:00:00Z", "morgen um 9 Uhr", "tomorrow at 9 am", "demain à 9 h", "domani alle 9"),
        (
            "2026-05-04T07:00:00Z",
            "Montag, 4. Mai, um 9 Uhr",
            "Monday 4 May at 9 am",
            "lundi 4 mai à 9 h",
            "lunedì 4 maggio alle 9",
        ),
        (
            "2026-06-01T11:00:00Z",
            "Montag, 1. Juni, um 13 Uhr",
            "Monday 1 June at 1 pm",
            "lundi 1er juin à 13 h",
            "lunedì 1º giugno alle 13",
        ),
        (
            "2026-05-01T23:00:00Z",
            "Samstag, 2. Mai, um 1 Uhr",
            "Saturday 2 May at 1 am",
            "samedi 2 mai à 1 h",
            "sabato 2 maggio all’1",
        ),
    ] {
        for (language, said) in [("de", de), ("en", en), ("fr", fr), ("it", it)] {
            let found = opening_said(&zone, now, at(opens), language);
            assert_eq!(found.replace('\u{a0}', " "), said);
            assert!(language != "de" || found.ends_with("\u{a0}Uhr"), "{found}: no line begins with Uhr");
        }
    }
    let closes =
        |time: &str, language: &str| closing_said(&zone, now, at(time), language).replace('\u{a0}', " ");
    let said: Vec<_> =
        ["de", "en", "fr", "it"].map(|language| closes("2026-04-30T19:00:00Z", language)).into();
    assert_eq!(
        said,
        ["heute bis 21 Uhr", "today until 9 pm", "aujourd’hui jusqu’à 21 h", "oggi fino alle 21"]
    );
    let said: Vec<_> =
        ["de", "en", "fr", "it"].map(|language| closes("2026-04-30T22:00:00Z", language)).into();
    assert_eq!(
        said,
        ["heute bis 24 Uhr", "today until midnight", "aujourd’hui jusqu’à minuit", "oggi fino a mezzanotte"]
    );
}

#[test]
fn the_day_that_keeps_it_closed_has_a_name() {
    let zone = Zone::of_country("DE");
    let hours = shop(&[], &[]);
    let special = |time: &str| hours.special_day(&zone, at(time));
    assert_eq!(special("2026-04-01T08:00:00Z"), None, "open");
    assert_eq!(
        special("2026-04-01T18:00:00Z"),
        Some(Closed::OwnDay("Inventur".into())),
        "the evening before"
    );
    assert_eq!(special("2026-04-02T18:00:00Z"), Some(Closed::OwnDay("Inventur".into())));
    assert_eq!(special("2026-04-03T00:30:00Z"), Some(named("good-friday")));
    assert_eq!(special("2026-04-08T18:00:00Z"), None, "an ordinary evening");
}
