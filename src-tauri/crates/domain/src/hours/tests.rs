//! Hours and presets, over both changes of the clocks.

use super::*;

fn at(text: &str) -> Timestamp {
    Timestamp::from_rfc3339(text).unwrap()
}

fn day(times: &[(&str, &str)]) -> Vec<(String, String)> {
    times.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect()
}

fn shop() -> Hours {
    let whole = day(&[("09:00", "12:30"), ("14:00", "18:30")]);
    let week = Week {
        tue: whole.clone(),
        wed: whole.clone(),
        thu: whole.clone(),
        fri: whole,
        sat: day(&[("09:00", "13:00")]),
        ..Week::default()
    };
    let closed =
        ClosedDays { from: "2026-12-24".into(), to: "2026-12-26".into(), name: "Weihnachten".into() };
    Hours::new(&week, &[closed]).unwrap()
}

#[test]
fn open_between_its_hours_and_not_on_closed_days() {
    let (zone, hours) = (Zone::of_country("DE"), shop());
    for (time, open) in [
        ("2026-11-21T08:00:00Z", true),  // Saturday, 9:00
        ("2026-11-21T07:59:59Z", false), // one second before
        ("2026-11-21T12:00:00Z", false), // 13:00 is closed again
        ("2026-11-24T12:00:00Z", false), // Tuesday at lunch
        ("2026-11-24T13:00:00Z", true),
        ("2026-12-24T09:00:00Z", false), // a Thursday, but closed
        ("2026-07-07T07:00:00Z", true),  // summer time: 9:00
        ("2026-07-07T06:59:00Z", false),
    ] {
        assert_eq!(hours.is_open(&zone, at(time)), open, "{time}");
    }
    let next = |time: &str| hours.next_opening(&zone, at(time)).map(Timestamp::to_rfc3339);
    assert_eq!(
        next("2026-11-21T13:00:00Z").as_deref(),
        Some("2026-11-24T08:00:00Z"),
        "Sunday and Monday are closed"
    );
    assert_eq!(next("2026-12-23T18:00:00Z").as_deref(), Some("2026-12-29T08:00:00Z"), "over the holidays");
    let closing = hours.next_closing(&zone, at("2026-11-24T08:30:00Z")).map(Timestamp::to_rfc3339);
    assert_eq!(closing.as_deref(), Some("2026-11-24T11:30:00Z"));
    assert_eq!(Hours::default().next_opening(&zone, at("2026-11-24T08:30:00Z")), None);
}

#[test]
fn the_time_between_counts_only_while_the_shop_is_open() {
    let (zone, hours) = (Zone::of_country("DE"), shop());
    for (from, to, minutes) in [
        ("2026-11-24T08:30:00Z", "2026-11-24T09:00:00Z", 30), // within one interval
        ("2026-11-24T11:00:00Z", "2026-11-24T13:30:00Z", 60), // over lunch: 30 before it, 30 after it
        ("2026-11-21T11:30:00Z", "2026-11-24T08:10:00Z", 40), // from Saturday to Tuesday
        ("2026-11-22T09:00:00Z", "2026-11-22T20:00:00Z", 0),  // a Sunday
        ("2026-12-23T17:00:00Z", "2026-12-29T08:30:00Z", 60), // over the holidays
        ("2026-11-24T09:00:00Z", "2026-11-24T08:30:00Z", 0),  // backwards
        ("2026-11-24T05:00:00Z", "2026-11-25T05:00:00Z", 8 * 60), // a whole day
    ] {
        assert_eq!(hours.open_secs(&zone, at(from), at(to)), minutes * 60, "{from} to {to}");
    }
}

#[test]
fn what_cannot_be_is_refused() {
    for times in [
        &[("9", "12")][..],
        &[("12:00", "09:00")],
        &[("09:00", "25:00")],
        &[("09:00", "12:00"), ("11:00", "13:00")],
    ] {
        assert_eq!(Hours::new(&Week { mon: day(times), ..Week::default() }, &[]), None, "{times:?}");
    }
    let backwards = ClosedDays { from: "2026-12-26".into(), to: "2026-12-24".into(), name: String::new() };
    assert_eq!(Hours::new(&Week::default(), &[backwards]), None);
    assert!(Hours::new(&Week { mon: day(&[("00:00", "24:00")]), ..Week::default() }, &[]).is_some());
    assert_eq!(Zone::named("Europe/Nirgends"), None);
}

fn offered(now: &str, hours: &Hours) -> Vec<(&'static str, String)> {
    let found = presets(at(now), &Zone::of_country("DE"), hours);
    found.into_iter().map(|preset| (preset.code, preset.at.to_rfc3339())).collect()
}

#[test]
fn presets_follow_the_shop_and_its_clock() {
    // A Saturday, 11:00.
    let expected = [
        ("later_today", "2026-11-21T13:00:00Z"),
        ("this_evening", "2026-11-21T18:00:00Z"),
        ("tomorrow", "2026-11-22T07:00:00Z"),
        ("next_opening", "2026-11-24T08:00:00Z"),
        ("weekend", "2026-11-28T09:00:00Z"),
        ("next_week", "2026-11-23T07:00:00Z"),
    ];
    assert_eq!(offered("2026-11-21T10:00:00Z", &shop()), expected.map(|(code, at)| (code, at.to_owned())));
    // The evening before a working day: nothing of today is left, and tomorrow is the next opening.
    let late = offered("2026-11-24T20:00:00Z", &shop());
    let codes: Vec<_> = late.iter().map(|(code, _)| *code).collect();
    assert_eq!(codes, ["tomorrow", "weekend", "next_week"]);
    assert_eq!(late[0].1, "2026-11-25T08:00:00Z");
}

#[test]
fn a_change_of_the_clocks_moves_no_preset() {
    let tomorrow = |now: &str| {
        let found = offered(now, &Hours::default());
        found.into_iter().find(|(code, _)| *code == "tomorrow").map(|(_, at)| at)
    };
    // Spring: 2026-03-29 02:00 becomes 03:00. Autumn: 2026-10-25 03:00 becomes 02:00.
    assert_eq!(tomorrow("2026-03-28T12:00:00Z").as_deref(), Some("2026-03-29T06:00:00Z"));
    assert_eq!(tomorrow("2026-10-24T12:00:00Z").as_deref(), Some("2026-10-25T07:00:00Z"));
    let zone = Zone::of_country("DE");
    let night = Week { sun: day(&[("02:30", "05:00")]), ..Week::default() };
    let night = Hours::new(&night, &[]).unwrap();
    let opens = night.next_opening(&zone, at("2026-03-28T12:00:00Z")).map(Timestamp::to_rfc3339);
    assert_eq!(opens.as_deref(), Some("2026-03-29T01:30:00Z"), "2:30 is left out that night: 3:30");
}

#[test]
fn hours_are_one_line_for_a_customer() {
    let (zone, now) = (Zone::of_country("DE"), at("2026-07-07T07:00:00Z"));
    let text = |hours: &Hours, language: &str| hours.text(&zone, now, language);
    assert_eq!(text(&shop(), "de"), "Di–Fr 9:00–12:30, 14:00–18:30; Sa 9:00–13:00");
    assert_eq!(text(&shop(), "fr"), "mar.–ven. 9:00–12:30, 14:00–18:30; sam. 9:00–13:00");
    assert_eq!(text(&Hours::default(), "en"), "");
    let summer = Season {
        from: "06-01".into(),
        to: "08-31".into(),
        name: "Sommer".into(),
        hours: Week { mon: day(&[("08:00", "12:00")]), ..Week::default() },
    };
    let hours = shop().with_seasons(&[summer]).unwrap();
    assert_eq!(text(&hours, "de"), "Mo 8:00–12:00");
    assert_eq!(hours.text(&zone, at("2026-09-01T07:00:00Z"), "de"), text(&shop(), "de"));
}
