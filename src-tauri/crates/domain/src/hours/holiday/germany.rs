//! Germany: each state has its own law (Feiertagsgesetz); only 3 October is federal (Einigungsvertrag, Art. 2).
//!
//! Kept in parts of a state: Assumption Day in Bavaria's municipalities with more Catholics than Protestants, the Peace
//! Festival in the city of Augsburg, Corpus Christi in municipalities of the Sorbian Catholic part of Saxony and in the
//! Eichsfeld and some other municipalities of Thuringia. Brandenburg alone names the Sundays of Easter and Whitsun.
//!
//! Held once or since: Reformation Day 2017 everywhere (500 years), in the north since 2018; Women's Day in Berlin since
//! 2019, in Mecklenburg-Vorpommern since 2023; Children's Day in Thuringia since 2019; in Berlin 8 May 2020 and 2025, and
//! 17 June 2028.

use super::day::*;
use super::row::{ALL, ON, Row, part, whole};
use super::{Country, State};

pub(super) static COUNTRY: Country = Country { code: "DE", states: &STATES, rows: &ROWS };

static STATES: [State; 16] = [
    State { code: "DE-BW", name: "Baden-Württemberg" },
    State { code: "DE-BY", name: "Bayern" },
    State { code: "DE-BE", name: "Berlin" },
    State { code: "DE-BB", name: "Brandenburg" },
    State { code: "DE-HB", name: "Bremen" },
    State { code: "DE-HH", name: "Hamburg" },
    State { code: "DE-HE", name: "Hessen" },
    State { code: "DE-MV", name: "Mecklenburg-Vorpommern" },
    State { code: "DE-NI", name: "Niedersachsen" },
    State { code: "DE-NW", name: "Nordrhein-Westfalen" },
    State { code: "DE-RP", name: "Rheinland-Pfalz" },
    State { code: "DE-SL", name: "Saarland" },
    State { code: "DE-SN", name: "Sachsen" },
    State { code: "DE-ST", name: "Sachsen-Anhalt" },
    State { code: "DE-SH", name: "Schleswig-Holstein" },
    State { code: "DE-TH", name: "Thüringen" },
];

static ROWS: [Row; 29] = [
    whole(&NEW_YEAR, ALL),
    whole(&EPIPHANY, "BW BY ST"),
    whole(&WOMEN, "BE").years(2019, ON),
    whole(&WOMEN, "MV").years(2023, ON),
    whole(&GOOD_FRIDAY, ALL),
    whole(&EASTER, "BB"),
    whole(&EASTER_MONDAY, ALL),
    whole(&LABOUR, ALL),
    whole(&LIBERATION, "BE").years(2020, 2020),
    whole(&LIBERATION, "BE").years(2025, 2025),
    whole(&ASCENSION, ALL),
    whole(&WHIT_SUNDAY, "BB"),
    whole(&WHIT_MONDAY, ALL),
    whole(&CORPUS_CHRISTI, "BW BY HE NW RP SL"),
    part(&CORPUS_CHRISTI, "SN TH"),
    whole(&UPRISING, "BE").years(2028, 2028),
    part(&AUGSBURG, "BY"),
    whole(&ASSUMPTION, "SL"),
    part(&ASSUMPTION, "BY"),
    whole(&CHILDREN, "TH").years(2019, ON),
    whole(&UNITY, ALL).years(1990, ON),
    whole(&REFORMATION, "BB MV SN ST TH"),
    whole(&REFORMATION, "BW BY BE HE NW RP SL").years(2017, 2017),
    whole(&REFORMATION, "HB HH NI SH").years(2017, ON),
    whole(&ALL_SAINTS, "BW BY NW RP SL"),
    whole(&REPENTANCE, "SN"),
    whole(&REPENTANCE, "BW BY BE BB HB HH HE MV NI NW RP SL ST SH TH").years(1990, 1994),
    whole(&CHRISTMAS, ALL),
    whole(&STEPHEN, ALL),
];
