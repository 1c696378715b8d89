//! Lines as people type them, in four languages.

use proptest::prelude::*;

use super::*;

/// A Saturday, 11:00 in Berlin.
const NOW: &str = "2026-11-21T10:00:00Z";

fn asked_in(text: &str, language: &str, country: &str) -> Asked {
    let accounts = [(AccountId(1), "Laden".to_owned()), (AccountId(2), "Büro Nord".to_owned())];
    let media = [Medium::new("email"), Medium::new("sms"), Medium::new("whatsapp")];
    let around = Around {
        now: Timestamp::from_rfc3339(NOW).unwrap(),
        zone: &Zone::of_country("DE"),
        language,
        month_first: country == "US",
        accounts: &accounts,
        media: &media,
    };
    read(text, &around)
}

fn asked(text: &str) -> Asked {
    asked_in(text, "de", "DE")
}

/// What the chips of a line mean, in words.
fn chips(text: &str) -> Vec<String> {
    asked(text).chips.iter().map(meant).collect()
}

fn meant(chip: &Chip) -> String {
    match &chip.meaning {
        None => format!("{}?{}", chip.kind.word(), chip.value),
        Some(Meaning::Sender(name)) => format!("from {name}"),
        Some(Meaning::Ourselves) => "from us".to_owned(),
        Some(Meaning::List(list)) => format!("in {list:?}"),
        Some(Meaning::Account(id)) => format!("in account {id}"),
        Some(Meaning::Medium(medium)) => format!("by {medium}"),
        Some(Meaning::Before(day)) => format!("before {}", day.date),
        Some(Meaning::After(day)) => format!("after {}", day.date),
        Some(Meaning::Has(has)) => format!("has {has:?}"),
    }
}

fn lines(text: &str) -> Vec<String> {
    asked(text).offers.into_iter().map(|offer| offer.line).collect()
}

#[test]
fn words_and_what_narrows_are_told_apart() {
    let line = asked("bremse von:anna quietscht in:offen ");
    assert_eq!(line.words, "bremse quietscht");
    assert_eq!(line.chips.iter().map(meant).collect::<Vec<_>>(), ["from anna", "in Open"]);
    assert_eq!(line.chips.iter().map(|chip| chip.raw.as_str()).collect::<Vec<_>>(), ["von:anna", "in:offen"]);
    for plain in ["https://a.example", "10:30", "Re: Rechnung", "a:b:c", ":", "::", "von", "WG: von uns"] {
        let line = asked(plain);
        assert_eq!((line.words.as_str(), line.chips.len()), (plain, 0), "{plain}");
    }
}

#[test]
fn the_same_in_four_languages() {
    for line in [
        "von:anna kanal:SMS vor:gestern seit:2026 hat:Anhang in:wartet",
        "from:anna channel:sms before:yesterday after:2026 has:attachment in:waiting",
        "de:anna canal:sms avant:hier depuis:2026 avec:pièce-jointe dans:attente",
        "DA:anna canale:SMS prima:ieri dopo:2026 con:allegato in:attesa",
        "VON:anna Kanal:sms VOR:Gestern nach:2026 mit:anhaenge status:wartend",
    ] {
        let wanted =
            ["from anna", "by sms", "before 2026-11-20", "after 2026-01-01", "has Attachment", "in Waiting"];
        assert_eq!(chips(line), wanted, "{line}");
    }
}

#[test]
fn quotation_marks_hold_a_value_together() {
    for line in [
        "von:\"Anna Berger\"",
        "von:„Anna Berger“",
        "de:«Anna Berger»",
        "von: \"Anna Berger\"",
        "from:“Anna Berger”",
    ] {
        assert_eq!(chips(line), ["from Anna Berger"], "{line}");
        assert_eq!(asked(line).chips[0].raw, line);
        assert_eq!(asked(&format!("rad {line} bremse")).words, "rad bremse", "{line}");
    }
    assert_eq!(chips("von:\"Anna Ber"), ["from Anna Ber"]);
    assert_eq!(chips("in:\"büro nord\" rad"), ["in account 2"]);
    assert_eq!(chips("in:Buro-Nord rad"), ["in account 2"]);
}

#[test]
fn a_blank_behind_the_colon_is_no_mistake() {
    assert_eq!(chips("von: anna rad"), ["from anna"]);
    assert_eq!(asked("von: anna rad").words, "rad");
    assert_eq!(chips("von: in:offen rad"), ["from?", "in Open"]);
}

#[test]
fn lists_media_and_what_hangs_on_a_message() {
    for (value, meaning) in [
        ("in:zurückgestellt", "in Snoozed"),
        ("in:zuruckgestellt", "in Snoozed"),
        ("in:ERLEDIGT", "in Closed"),
        ("in:done", "in Closed"),
        ("in:non-lus", "in Unread"),
        ("is:starred", "in Starred"),
        ("in:junk", "in Spam"),
        ("in:laden", "in account 1"),
        ("kanal:mail", "by email"),
        ("kanal:e-mail", "by email"),
        ("canal:courriel", "by email"),
        ("kanal:whatsapp", "by whatsapp"),
        ("canal:téléphone", "by phone"),
        ("hat:bild", "has Picture"),
        ("has:pdf", "has Pdf"),
        ("von:mir", "from us"),
    ] {
        assert_eq!(chips(&format!("{value} ")), [meaning]);
    }
}

#[test]
fn days_as_people_write_them() {
    for (value, date) in [
        ("2026-03-01", "2026-03-01"),
        ("1.3.2026", "2026-03-01"),
        ("01.03.26", "2026-03-01"),
        ("1/3/2026", "2026-03-01"),
        ("1.3.", "2026-03-01"),
        ("24.12.", "2025-12-24"),
        ("2026", "2026-01-01"),
        ("2026-03", "2026-03-01"),
        ("3/2026", "2026-03-01"),
        ("heute", "2026-11-21"),
        ("TODAY", "2026-11-21"),
        ("aujourd'hui", "2026-11-21"),
        ("aujourd’hui", "2026-11-21"),
        ("vorgestern", "2026-11-19"),
        ("avant-hier", "2026-11-19"),
        ("\"l'altro ieri\"", "2026-11-19"),
        ("samstag", "2026-11-21"),
        ("lundi", "2026-11-16"),
        ("venerdi", "2026-11-20"),
        ("märz", "2026-03-01"),
        ("maerz", "2026-03-01"),
        ("dezember", "2025-12-01"),
        ("\"März 2025\"", "2025-03-01"),
        ("\"1. März\"", "2026-03-01"),
        ("\"1er mars 2025\"", "none"),
        ("\"1 mars 2025\"", "2025-03-01"),
        ("\"March 4, 2025\"", "2025-03-04"),
        ("\"diese Woche\"", "2026-11-16"),
        ("letzte-woche", "2026-11-09"),
        ("\"semaine dernière\"", "2026-11-09"),
        ("\"questo mese\"", "2026-11-01"),
        ("quest'anno", "2026-01-01"),
        ("\"last year\"", "2025-01-01"),
        ("7d", "2026-11-14"),
        ("\"3 Wochen\"", "2026-10-31"),
        ("6mois", "2026-05-21"),
        ("1.13.2026", "none"),
        ("31.2.2026", "none"),
        ("99999999999", "none"),
        ("bald", "none"),
        ("1.2.3.4", "none"),
    ] {
        let wanted = if date == "none" {
            format!("before?{}", value.trim_matches('"'))
        } else {
            format!("before {date}")
        };
        assert_eq!(chips(&format!("vor:{value} rad")), [wanted], "{value}");
    }
}

#[test]
fn a_day_begins_where_the_shop_is() {
    let Some(Meaning::After(day)) = asked("seit:21.11.2026 rad").chips[0].meaning.clone() else { panic!() };
    assert_eq!(day.at.to_rfc3339(), "2026-11-20T23:00:00Z");
}

#[test]
fn in_america_the_month_comes_first() {
    let first = |text: &str| meant(&asked_in(text, "en", "US").chips[0]);
    assert_eq!(first("before:3/1/2026 x"), "before 2026-03-01");
    assert_eq!(first("before:1.3.2026 x"), "before 2026-03-01");
}

#[test]
fn what_is_not_understood_is_marked_but_not_while_it_is_typed() {
    assert_eq!(chips("in:nirgends rad"), ["in?nirgends"]);
    assert_eq!(chips("in:nirgends"), ["in?nirgends"]);
    assert_eq!(chips("in:of"), Vec::<String>::new());
    assert_eq!(chips("in:of rad"), ["in?of"]);
    assert_eq!(chips("vor:1.3"), ["before 2026-03-01"]);
    assert_eq!(chips("vor:12.2026"), ["before 2026-12-01"]);
    assert_eq!(chips("vor:1."), Vec::<String>::new());
    assert_eq!(chips("kanal:"), Vec::<String>::new());
    assert_eq!(chips("kanal: "), Vec::<String>::new());
    assert_eq!(chips("kanal:taube"), ["channel?taube"]);
}

#[test]
fn values_are_offered_while_one_is_typed() {
    assert_eq!(lines("rad in:er"), ["rad in:erledigt "]);
    assert_eq!(lines("in:bu"), ["in:\"Büro Nord\" "]);
    assert_eq!(lines("kanal:"), ["kanal:E-Mail ", "kanal:SMS ", "kanal:whatsapp "]);
    assert_eq!(lines("hat:\"a"), ["hat:Anhang "]);
    assert_eq!(lines("vor:let"), ["vor:\"letzte Woche\" "]);
    let french = asked_in("dans:ou", "fr", "FR").offers;
    assert_eq!(french.iter().map(|offer| offer.line.as_str()).collect::<Vec<_>>(), ["dans:ouvert "]);
    let typing = asked("von:An").typing.unwrap();
    assert_eq!(
        (typing.value.as_str(), typing.offer("Anna Berger").line.as_str()),
        ("An", "von:\"Anna Berger\" ")
    );
    assert_eq!(asked("von:An ").typing, None);
    assert_eq!(asked("von: ").typing.map(|typing| typing.offer("anna").line).as_deref(), Some("von:anna "));
}

#[test]
fn what_is_offered_is_understood() {
    for language in ["de", "en", "fr", "it"] {
        let mut count = 0;
        for kind in asked_in("", language, "DE").offers {
            for value in asked_in(&kind.line, language, "DE").offers {
                let taken = asked_in(&value.line, language, "DE");
                assert!(taken.chips.iter().all(|chip| chip.meaning.is_some()), "{language} {}", value.line);
                assert_eq!((taken.chips.len(), taken.words.as_str()), (1, ""), "{language} {}", value.line);
                count += 1;
            }
        }
        assert!(count > 20, "{language} {count}");
    }
}

#[test]
fn further_narrowing_words_are_offered() {
    assert_eq!(lines(""), ["von:", "in:", "kanal:", "vor:", "seit:", "hat:"]);
    assert_eq!(lines("rad ")[..2], ["rad von:", "rad in:"]);
    assert_eq!(lines("rad kan")[2], "rad kanal:");
    assert_eq!(lines("rad kan")[0], "rad kan von:");
    assert_eq!(lines("in:offen von:anna ")[0], "in:offen von:anna kanal:");
}

proptest! {
    #[test]
    fn any_line_is_read(text in "\\PC{0,60}") {
        let line = asked(&text);
        for chip in &line.chips {
            prop_assert!(text.contains(&chip.raw));
        }
    }

    #[test]
    fn any_mixture_is_read(text in "(von:|in:|vor:|\"|„| |2026|1\\.|offen|anna|ü|:){0,14}") {
        let line = asked(&text);
        for chip in &line.chips {
            prop_assert!(text.contains(&chip.raw));
        }
    }
}
