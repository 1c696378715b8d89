//! Heads, days and numbers of four countries.

use super::*;

#[test]
fn days_of_four_countries() {
    for (text, month_first, wanted) in [
        ("1960-09-10", false, "1960-09-10"),
        ("19600910", false, "1960-09-10"),
        ("10.9.1960", false, "1960-09-10"),
        ("10/09/1960", false, "1960-09-10"),
        ("9/10/1960", true, "1960-09-10"),
        ("10.09.60", false, "1960-09-10"),
        ("10.09.26", false, "2026-09-10"),
        ("10.9.", false, "--09-10"),
        ("--0910", false, "--09-10"),
        ("1960-09-10T00:00:00", false, "1960-09-10"),
    ] {
        assert_eq!(day(text, month_first, 2026).as_deref(), Some(wanted), "{text}");
    }
    for text in ["", "31.2.1990", "32.1.1990", "1.13.1990", "neulich", "1990", "0000-01-01"] {
        assert_eq!(day(text, false, 2026), None, "{text}");
    }
}

#[test]
fn numbers_of_four_countries() {
    for (text, wanted) in [
        ("1.234,50", Some("1234.5")),
        ("1'234.50", Some("1234.5")),
        ("1,234.50", Some("1234.5")),
        ("1 234,5", Some("1234.5")),
        ("12,5 €", Some("12.5")),
        ("-3", Some("-3")),
        ("0,5", Some("0.5")),
        ("1.234", None),
        ("0815", None),
        ("12a", None),
        ("", None),
    ] {
        assert_eq!(number(text).as_deref(), wanted, "{text}");
    }
}

#[test]
fn heads_of_programs_that_people_have() {
    for (head, wanted) in [
        ("E-Mail-Adresse", "email"),
        ("E-mail 1 - Value", "email"),
        ("E-mail 2 Address", "email"),
        ("Courriel", "email"),
        ("Telefon geschäftlich", "phone"),
        ("Phone 2 - Value", "phone"),
        ("Mobile Phone", "phone"),
        ("Tél. portable", "phone"),
        ("VORNAME", "first_name"),
        ("Given Name", "first_name"),
        ("Cognome", "last_name"),
        ("Organization Name", "company"),
        ("Geburtstag", "birthday"),
        ("Code postal", "postcode"),
        ("Bemerkungen", "note"),
    ] {
        assert_eq!(guess(head, &[]), Some(Target::Fixed(wanted)), "{head}");
    }
    for head in ["E-mail 1 - Label", "Fax geschäftlich", "Phone 1 - Type", "Konto", ""] {
        assert_eq!(guess(head, &[]), None, "{head}");
    }
    assert_eq!(guess("Straße", &[]), Some(Target::Field("Straße".to_owned())));
    assert_eq!(
        guess("rahmengröße", &["Rahmengröße".to_owned()]),
        Some(Target::Field("Rahmengröße".to_owned()))
    );
    for language in 0..4 {
        for (word, _) in FIXED {
            let found = guess(&head(word, language, 2), &[]);
            // "Nome" alone is a first name only beside a family name; the reader of the file sees to it.
            assert_eq!(found, Some(Target::Fixed(word)), "{word} in language {language}");
        }
        assert_eq!(guess(&own_head("Größe", language), &[]), Some(Target::Field("Größe".to_owned())));
    }
}

#[test]
fn countries_and_languages_as_people_write_them() {
    assert_eq!(["Österreich", "suisse", "de", "Xanadu"].map(country), ["AT", "CH", "DE", ""]);
    assert_eq!(["Französisch", "de-AT", "EN", "?"].map(language), ["fr", "de", "en", ""]);
}
