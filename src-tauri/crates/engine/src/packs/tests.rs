//! Every pack can be used as it is: its rules are read, its replies are there in four languages, and typical messages are met.

use std::collections::{BTreeMap, BTreeSet};

use theke_domain::hours::Hours;
use theke_domain::rule::{Compiled, Facts, IntentReading, Mode, Rule};
use theke_domain::template::{self, PLACEHOLDERS, Placeholder};
use theke_domain::{fold, intent, language};

use super::*;

/// Longest sentences of a reply: three parts of a text message.
const SHORT_MAX_CHARS: usize = 459;

fn pack(slug: &str) -> Pack {
    all().unwrap().into_iter().find(|pack| pack.slug == slug).unwrap()
}

#[test]
fn each_pack_has_hours_a_dozen_replies_and_rules_that_only_suggest() {
    let packs = all().unwrap();
    assert_eq!(packs.len(), 7);
    for pack in &packs {
        let hours = Hours::new(&pack.hours, &[]).unwrap_or_else(|| panic!("hours of {}", pack.slug));
        assert!(!hours.is_empty(), "{}", pack.slug);
        assert!(pack.replies.len() >= 12, "{}: {}", pack.slug, pack.replies.len());
        assert!(pack.rules.len() >= 7, "{}: {}", pack.slug, pack.rules.len());
        let keys: BTreeSet<&str> = pack.replies.iter().map(|reply| reply.key.as_str()).collect();
        let origins: BTreeSet<&String> = pack.rules.iter().map(|(origin, _)| origin).collect();
        assert_eq!((keys.len(), origins.len()), (pack.replies.len(), pack.rules.len()), "{}", pack.slug);
        for (origin, rule) in &pack.rules {
            let reply = rule.reply.as_deref();
            assert!(reply.is_none_or(|key| keys.contains(key)), "{origin} names no reply of the pack");
            for home in LANGUAGES {
                let made = rule.made(home, reply);
                let read = Rule::from_toml(&made.to_toml().unwrap());
                assert_eq!(read.unwrap_or_else(|problem| panic!("{origin}: {problem}")), made);
                assert_eq!(made.mode, Mode::Suggest, "{origin}");
                assert_eq!(made.replies(), reply.into_iter().collect::<Vec<_>>(), "{origin}");
            }
        }
    }
}

#[test]
fn shortcuts_and_names_can_be_told_apart_in_every_language() {
    for pack in all().unwrap() {
        let (mut shortcuts, mut names) = (BTreeMap::new(), BTreeMap::new());
        for reply in &pack.replies {
            for (shortcut, name) in reply.shortcut.all().into_iter().zip(reply.name.all()) {
                let plain = shortcut.chars().all(|c| c.is_ascii_lowercase());
                assert!(plain && !shortcut.is_empty(), "{}: {shortcut}", pack.slug);
                assert!((3..=60).contains(&name.chars().count()), "{}: {name}", pack.slug);
                let other = shortcuts.insert(shortcut, &reply.key).filter(|key| **key != reply.key);
                assert_eq!(other, None, "{}: /{shortcut}", pack.slug);
                let other = names.insert(fold::key(name), &reply.key).filter(|key| **key != reply.key);
                assert_eq!(other, None, "{}: {name}", pack.slug);
            }
        }
    }
}

#[test]
fn texts_say_it_in_each_language_with_placeholders_that_there_are() {
    for pack in all().unwrap() {
        for reply in &pack.replies {
            let place = format!("{} {}", pack.slug, reply.key);
            let texts = pack.texts(reply, "de");
            assert_eq!(texts.len(), if reply.plain { 4 } else { 8 }, "{place}");
            for text in &texts {
                check(&place, text);
            }
        }
    }
}

/// What holds for one text.
fn check(place: &str, text: &Text) {
    let column = LANGUAGES.iter().position(|one| *one == text.language).unwrap();
    let own: Vec<&str> = PLACEHOLDERS.iter().map(|(_, names)| names[column]).collect();
    for inside in text.text.split("{{").skip(1).map(|rest| rest.split("}}").next().unwrap()) {
        let (name, fallback) = inside.split_once('|').map_or((inside, None), |(n, f)| (n, Some(f)));
        match name.split_once(':') {
            Some((word, article)) => {
                assert_eq!(word, ARTICLE_WORDS[column], "{place}: {name}");
                assert!(article.starts_with(char::is_uppercase), "{place}: {name} is no article of the pack");
                assert!(fallback.is_some_and(|text| text.len() > 20), "{place}: {name} needs a sentence");
            }
            None => {
                assert!(own.contains(&name), "{place}: {name} is no placeholder of {}", text.language);
                let hours = [Placeholder::ShopHours, Placeholder::ShopNextOpen];
                let always = hours.contains(&Placeholder::named(name).unwrap());
                assert!(always || fallback.is_some(), "{place}: {name} needs a fallback");
            }
        }
    }
    let said = template::fill(&text.text, &BTreeMap::new()).text;
    let (read, written) = (language::of(&said), text.language.as_str());
    // A few words may be too few to tell; what can be told is right.
    assert!(read.is_none_or(|read| read == written), "{place}: {read:?} {said}");
    let familiar: &[&str] = match written {
        "de" => &["du", "dir", "dich", "dein", "deine", "euch", "euer", "eure"],
        "fr" => &["tu", "toi", "te", "ton", "tes"],
        "it" => &["tu", "ti", "tuo", "tua", "voi", "vostro"],
        _ => &[],
    };
    let mut words = said.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase);
    assert_eq!(words.find(|word| familiar.contains(&word.as_str())), None, "{place}: {said}");
    if text.medium == SHORT {
        assert!(said.chars().count() <= SHORT_MAX_CHARS, "{place}: {} {said}", said.chars().count());
        assert!(!said.contains(['’', '–', '“', '„', '…']), "{place}: {said}");
    } else {
        assert!(!said.contains('\''), "{place}: {said}");
    }
    assert!(!said.contains("  ") && said.trim() == said, "{place}: {said}");
}

#[test]
fn an_article_bears_the_name_that_the_shop_gives_it() {
    let pack = pack("bakery");
    let reply = pack.replies.iter().find(|reply| reply.key == "allergens").unwrap();
    let texts = pack.texts(reply, "fr");
    let of = |language: &str| &texts.iter().find(|text| text.language == language).unwrap().text;
    assert!(of("de").contains("{{artikel:Allergènes|\"Sagen Sie"), "{}", of("de"));
    assert!(of("it").contains("{{scheda:Allergènes|\"Ci dica"), "{}", of("it"));
}

/// The rules of a pack that fit a message which came while the shop was open, each with whether it answers.
fn hits(pack: &Pack, text: &str) -> Vec<(String, bool)> {
    let made: Vec<Rule> = pack.rules.iter().map(|(_, rule)| rule.made("de", rule.reply.as_deref())).collect();
    let read = intent::read(text, None);
    let facts = Facts {
        text: text.to_owned(),
        open: true,
        intent: Some(IntentReading {
            intent: read.intent.word().to_owned(),
            confidence: (read.confidence * 100.0).round() as u8,
            words: read.words.clone(),
        }),
        ..Facts::default()
    };
    let found = Compiled::new(&made).unwrap().matches(&facts);
    found.iter().map(|hit| (pack.rules[hit.rule].0.clone(), pack.rules[hit.rule].1.reply.is_some())).collect()
}

/// What customers of each trade write, and the rule that has the first word.
const MESSAGES: [(&str, &str, &str); 36] = [
    (
        "bakery",
        "bakery/cake",
        "Guten Tag, ich möchte für Samstag eine Geburtstagstorte für 12 Personen bestellen.",
    ),
    (
        "bakery",
        "bakery/preorder",
        "Bonjour, pourriez-vous me mettre de côté deux baguettes et six croissants pour dimanche ?",
    ),
    ("bakery", "bakery/stock", "Haben Sie heute noch Roggenbrot da?"),
    ("bakery", "bakery/allergens", "Is there gluten in your oat bread?"),
    ("bakery", "every_trade/hours", "Wann haben Sie am Sonntag geöffnet?"),
    (
        "bike_shop",
        "bike_shop/repair_status",
        "Guten Tag, ist mein Velo schon fertig? Ich habe es am Montag zur Reparatur gebracht.",
    ),
    ("bike_shop", "bike_shop/appointment", "Könnte ich nächste Woche einen Termin für die Inspektion haben?"),
    ("bike_shop", "bike_shop/stock", "Do you have 28 inch tyres in stock?"),
    ("bike_shop", "bike_shop/estimate", "Quanto costa la riparazione di una foratura?"),
    ("bike_shop", "every_trade/directions", "Où puis-je me garer près de votre magasin ?"),
    ("optician", "optician/status", "Ist meine neue Brille schon fertig?"),
    ("optician", "optician/eye_test", "I would like to book an appointment for an eye test, please."),
    ("optician", "optician/lenses", "Vorrei riordinare le mie lenti a contatto, due confezioni."),
    ("optician", "optician/adjust", "Meine Brille rutscht und ein Bügel ist verbogen."),
    ("optician", "optician/eyes", "J'ai une douleur à l'œil depuis hier avec mes lentilles."),
    ("florist", "florist/bouquet", "Ich hätte gern einen Strauß mit rosa Rosen für Freitag."),
    ("florist", "florist/delivery", "Do you deliver flowers to Elm Street on Saturday?"),
    ("florist", "florist/wedding", "Nous nous marions en juin et cherchons des fleurs pour le mariage."),
    (
        "florist",
        "florist/funeral",
        "Wir brauchen einen Kranz für die Beerdigung meiner Mutter, können Sie ihn liefern?",
    ),
    ("florist", "florist/stock", "Avete ancora dei girasoli?"),
    ("bookshop", "bookshop/status", "Ist mein bestelltes Buch schon angekommen?"),
    ("bookshop", "bookshop/reserve", "Haben Sie den neuen Krimi von Anna Berg vorrätig?"),
    ("bookshop", "bookshop/order", "I would like to order the book with ISBN 9783161484100."),
    ("bookshop", "bookshop/school", "Buongiorno, avrei bisogno dei libri scolastici per la terza classe."),
    ("bookshop", "every_trade/voucher", "Verkaufen Sie auch Büchergutscheine?"),
    (
        "hairdresser",
        "hairdresser/appointment",
        "Ich hätte gern einen Termin zum Haareschneiden nächste Woche.",
    ),
    ("hairdresser", "hairdresser/move", "Leider muss ich meinen Termin morgen absagen."),
    ("hairdresser", "hairdresser/late", "Sorry, I am running late, about ten minutes."),
    ("hairdresser", "hairdresser/prices", "Combien coûte une coupe avec couleur ?"),
    ("hairdresser", "hairdresser/reaction", "Seit der Farbe juckt meine Kopfhaut."),
    (
        "restaurant",
        "restaurant/table",
        "Ich möchte für Freitag um 19 Uhr einen Tisch für vier Personen reservieren.",
    ),
    ("restaurant", "restaurant/allergens", "My son is allergic to nuts, what can he eat at your place?"),
    ("restaurant", "restaurant/takeaway", "Peut-on commander deux pizzas à emporter ce soir ?"),
    ("restaurant", "restaurant/cancel", "Purtroppo dobbiamo disdire la prenotazione di sabato."),
    ("restaurant", "restaurant/party", "Können wir bei Ihnen eine Geburtstagsfeier mit 25 Gästen machen?"),
    ("restaurant", "every_trade/hours", "Are you open on Monday evening?"),
];

#[test]
fn a_message_of_the_trade_meets_its_rule() {
    let packs: BTreeMap<&str, Pack> = all().unwrap().into_iter().map(|pack| (pack.slug, pack)).collect();
    let mut wrong = Vec::new();
    for (slug, wanted, text) in MESSAGES {
        let found = hits(&packs[slug], text);
        if found.first().is_none_or(|(origin, _)| origin != wanted) {
            wrong.push(format!("{text}: {wanted}, found {found:?}, {:?}", intent::read(text, None)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_rule_answers_what_is_for_a_person() {
    for (slug, text) in [
        ("florist", "Wir brauchen einen Kranz für die Beerdigung meiner Mutter, können Sie ihn liefern?"),
        ("florist", "I need to order a bouquet for my father's funeral on Friday."),
        ("florist", "Pourriez-vous livrer une couronne pour les obsèques de jeudi ?"),
        ("florist", "Vorrei ordinare dei fiori per il funerale di mio zio."),
        ("florist", "Haben Sie weiße Lilien für eine Trauerfeier vorrätig?"),
        ("bakery", "Haben Sie noch glutenfreies Brot da, ich habe eine Allergie?"),
        ("bakery", "Je voudrais commander un gâteau sans lactose, ma fille est intolérante."),
        ("restaurant", "Tisch für zwei, wir vertragen beide kein Gluten."),
        ("restaurant", "Avete un menu del giorno per chi ha un'intolleranza al lattosio?"),
    ] {
        let found = hits(&pack(slug), text);
        assert!(!found.is_empty() && found.iter().all(|(_, answers)| !answers), "{text}: {found:?}");
    }
}
