//! The holidays: how each one's date is reckoned, and what it is called in four languages.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

use super::LANGUAGES;

/// A holiday.
#[derive(Debug, PartialEq, Eq)]
pub struct Holiday {
    /// Stable word, such as `good-friday`.
    pub slug: &'static str,
    rule: Rule,
    names: [&'static str; 4],
}

/// How a date is reckoned.
#[derive(Debug, PartialEq, Eq)]
enum Rule {
    /// Month and day.
    Fixed(i8, i8),
    /// Days after Easter Sunday.
    Easter(i64),
    /// The first such weekday on or after a day of a month.
    First(Weekday, i8, i8),
    /// The same, and a week later where that is Maundy Thursday.
    NotInHolyWeek(Weekday, i8, i8),
}

/// What some countries call differently: country, slug, language, name.
const CALLED: [(&str, &str, &str, &str); 8] = [
    ("CH", "ascension", "de", "Auffahrt"),
    ("CH", "christmas", "de", "Weihnachten"),
    ("CH", "saint-stephen", "de", "Stephanstag"),
    ("CH", "immaculate-conception", "de", "Mariä Empfängnis"),
    ("AT", "labour-day", "de", "Staatsfeiertag"),
    ("AT", "labour-day", "en", "National Holiday"),
    ("AT", "christmas", "de", "Christtag"),
    ("AT", "saint-stephen", "de", "Stefanitag"),
];

impl Holiday {
    /// The holiday of this word.
    pub fn named(slug: &str) -> Option<&'static Self> {
        EVERY.iter().copied().find(|day| day.slug == slug)
    }

    /// What it is called in a language, as its country says it.
    pub fn name(&self, language: &str, country: &str) -> &'static str {
        let own = CALLED
            .iter()
            .find(|(place, slug, tongue, _)| (*place, *slug, *tongue) == (country, self.slug, language));
        let at = LANGUAGES.iter().position(|known| *known == language).unwrap_or(0);
        own.map_or_else(|| self.names.get(at).copied().unwrap_or(self.slug), |(_, _, _, name)| name)
    }

    /// Its day in a year.
    pub(super) fn date(&self, year: i16) -> Option<Date> {
        let first = |weekday: Weekday, month, day| {
            let date = Date::new(year, month, day).ok()?;
            date.checked_add(i64::from(date.weekday().until(weekday)).days()).ok()
        };
        match self.rule {
            Rule::Fixed(month, day) => Date::new(year, month, day).ok(),
            Rule::Easter(after) => easter(year)?.checked_add(after.days()).ok(),
            Rule::First(weekday, month, day) => first(weekday, month, day),
            Rule::NotInHolyWeek(weekday, month, day) => {
                let found = first(weekday, month, day)?;
                let maundy = easter(year)?.checked_sub(3.days()).ok()?;
                if found == maundy { found.checked_add(7.days()).ok() } else { Some(found) }
            }
        }
    }
}

fn easter(year: i16) -> Option<Date> {
    let found = computus::gregorian(i32::from(year)).ok()?;
    Date::new(year, i8::try_from(found.month).ok()?, i8::try_from(found.day).ok()?).ok()
}

macro_rules! holidays {
    ($($name:ident $slug:literal $rule:expr, $de:literal $en:literal $fr:literal $it:literal;)*) => {
        $(pub(super) static $name: Holiday = Holiday { slug: $slug, rule: $rule, names: [$de, $en, $fr, $it] };)*
        /// All.
        static EVERY: &[&Holiday] = &[$(&$name),*];
    };
}

use Rule::{Easter, First, Fixed, NotInHolyWeek};
use Weekday::{Monday, Thursday, Wednesday};

holidays! {
    NEW_YEAR "new-year" Fixed(1, 1), "Neujahr" "New Year’s Day" "Nouvel An" "Capodanno";
    BERCHTOLD "berchtold" Fixed(1, 2), "Berchtoldstag" "Saint Berchtold’s Day" "Saint-Berchtold" "San Basilio";
    EPIPHANY "epiphany" Fixed(1, 6), "Heilige Drei Könige" "Epiphany" "Épiphanie" "Epifania";
    REPUBLIC "republic-neuchatel" Fixed(3, 1), "Ausrufung der Republik" "Republic Day" "Instauration de la République" "Proclamazione della Repubblica";
    WOMEN "womens-day" Fixed(3, 8), "Internationaler Frauentag" "International Women’s Day" "Journée internationale des femmes" "Giornata internazionale della donna";
    JOSEPH "saint-joseph" Fixed(3, 19), "Josefstag" "Saint Joseph’s Day" "Saint-Joseph" "San Giuseppe";
    FAHRT "naefels" NotInHolyWeek(Thursday, 4, 1), "Näfelser Fahrt" "Battle of Näfels Day" "Commémoration de la bataille de Näfels" "Commemorazione della battaglia di Näfels";
    GOOD_FRIDAY "good-friday" Easter(-2), "Karfreitag" "Good Friday" "Vendredi saint" "Venerdì santo";
    EASTER "easter-sunday" Easter(0), "Ostersonntag" "Easter Sunday" "Dimanche de Pâques" "Domenica di Pasqua";
    EASTER_MONDAY "easter-monday" Easter(1), "Ostermontag" "Easter Monday" "Lundi de Pâques" "Lunedì di Pasqua";
    LABOUR "labour-day" Fixed(5, 1), "Tag der Arbeit" "Labour Day" "Fête du travail" "Festa del lavoro";
    LIBERATION "liberation" Fixed(5, 8), "Tag der Befreiung" "Liberation Day" "Jour de la Libération" "Giorno della Liberazione";
    ASCENSION "ascension" Easter(39), "Christi Himmelfahrt" "Ascension Day" "Ascension" "Ascensione";
    WHIT_SUNDAY "whit-sunday" Easter(49), "Pfingstsonntag" "Whit Sunday" "Dimanche de Pentecôte" "Domenica di Pentecoste";
    WHIT_MONDAY "whit-monday" Easter(50), "Pfingstmontag" "Whit Monday" "Lundi de Pentecôte" "Lunedì di Pentecoste";
    CORPUS_CHRISTI "corpus-christi" Easter(60), "Fronleichnam" "Corpus Christi" "Fête-Dieu" "Corpus Domini";
    UPRISING "uprising-1953" Fixed(6, 17), "Jahrestag des Volksaufstands" "Anniversary of the Uprising of 1953" "Anniversaire du soulèvement de 1953" "Anniversario della rivolta del 1953";
    JURA "jura-independence" Fixed(6, 23), "Fest der Unabhängigkeit" "Jura Independence Day" "Commémoration du plébiscite" "Commemorazione del plebiscito";
    PETER_AND_PAUL "peter-and-paul" Fixed(6, 29), "Peter und Paul" "Saints Peter and Paul" "Saints Pierre et Paul" "Santi Pietro e Paolo";
    SWISS_DAY "swiss-national-day" Fixed(8, 1), "Bundesfeiertag" "Swiss National Day" "Fête nationale" "Festa nazionale";
    AUGSBURG "augsburg-peace" Fixed(8, 8), "Augsburger Friedensfest" "Augsburg Peace Festival" "Fête de la paix d’Augsbourg" "Festa della pace di Augusta";
    ASSUMPTION "assumption" Fixed(8, 15), "Mariä Himmelfahrt" "Assumption Day" "Assomption" "Assunzione";
    GENEVA_FAST "geneva-fast" First(Thursday, 9, 5), "Genfer Bettag" "Geneva Fast" "Jeûne genevois" "Digiuno ginevrino";
    FAST_MONDAY "fast-monday" First(Monday, 9, 16), "Bettagsmontag" "Monday of the Federal Fast" "Lundi du Jeûne fédéral" "Lunedì del Digiuno federale";
    CHILDREN "childrens-day" Fixed(9, 20), "Weltkindertag" "World Children’s Day" "Journée mondiale de l’enfance" "Giornata mondiale dell’infanzia";
    MAURICE "saint-maurice" Fixed(9, 22), "Mauritiustag" "Saint Maurice’s Day" "Saint-Maurice" "San Maurizio";
    KLAUS "brother-klaus" Fixed(9, 25), "Bruder Klaus" "Saint Nicholas of Flüe" "Saint Nicolas de Flüe" "San Nicolao della Flüe";
    UNITY "german-unity" Fixed(10, 3), "Tag der Deutschen Einheit" "Day of German Unity" "Jour de l’unité allemande" "Giorno dell’unità tedesca";
    AUSTRIAN_DAY "austrian-national-day" Fixed(10, 26), "Nationalfeiertag" "Austrian National Day" "Fête nationale autrichienne" "Festa nazionale austriaca";
    REFORMATION "reformation" Fixed(10, 31), "Reformationstag" "Reformation Day" "Jour de la Réforme" "Giorno della Riforma";
    ALL_SAINTS "all-saints" Fixed(11, 1), "Allerheiligen" "All Saints’ Day" "Toussaint" "Ognissanti";
    REPENTANCE "repentance" First(Wednesday, 11, 16), "Buß- und Bettag" "Day of Repentance and Prayer" "Jour de pénitence et de prière" "Giorno di penitenza e preghiera";
    IMMACULATE "immaculate-conception" Fixed(12, 8), "Mariä Empfängnis" "Immaculate Conception" "Immaculée Conception" "Immacolata";
    CHRISTMAS "christmas" Fixed(12, 25), "1. Weihnachtstag" "Christmas Day" "Noël" "Natale";
    STEPHEN "saint-stephen" Fixed(12, 26), "2. Weihnachtstag" "Boxing Day" "Lendemain de Noël" "Santo Stefano";
    RESTORATION "restoration-geneva" Fixed(12, 31), "Wiederherstellung der Republik" "Restoration of the Republic" "Restauration de la République" "Restaurazione della Repubblica";
}
