//! Switzerland: only 1 August is federal (constitution, Art. 110); the others are the cantons' affair, in their laws on
//! rest days and shop hours, of which the Federal Office of Justice keeps a list.
//!
//! `whole` is a public rest day by law in the whole canton. `part` is kept in some districts or municipalities only (as in
//! Aargau, Freiburg, Solothurn), or by custom. Sundays that are feasts anyway (Easter, Whitsun, the Federal Fast) are not
//! named. Luzern's law (§ 1a) names neither 2 January nor the Mondays of
//! Easter and Whitsun. Where Saint Stephen's Day would join a weekend to Christmas with a working day between, Uri and both Appenzells
//! work on it: when it is a Tuesday or a Saturday. Neuchâtel keeps 2 January and 26 December where the day before was a
//! Sunday.

use jiff::civil::Weekday::{self, Friday, Saturday, Sunday, Thursday, Tuesday, Wednesday};

use super::day::*;
use super::row::{ALL, Row, part, whole};
use super::{Country, State};

pub(super) static COUNTRY: Country = Country { code: "CH", states: &STATES, rows: &ROWS };

static STATES: [State; 26] = [
    State { code: "CH-AG", name: "Aargau" },
    State { code: "CH-AR", name: "Appenzell Ausserrhoden" },
    State { code: "CH-AI", name: "Appenzell Innerrhoden" },
    State { code: "CH-BL", name: "Basel-Landschaft" },
    State { code: "CH-BS", name: "Basel-Stadt" },
    State { code: "CH-BE", name: "Bern / Berne" },
    State { code: "CH-FR", name: "Fribourg / Freiburg" },
    State { code: "CH-GE", name: "Genève" },
    State { code: "CH-GL", name: "Glarus" },
    State { code: "CH-GR", name: "Graubünden / Grischun / Grigioni" },
    State { code: "CH-JU", name: "Jura" },
    State { code: "CH-LU", name: "Luzern" },
    State { code: "CH-NE", name: "Neuchâtel" },
    State { code: "CH-NW", name: "Nidwalden" },
    State { code: "CH-OW", name: "Obwalden" },
    State { code: "CH-SG", name: "St. Gallen" },
    State { code: "CH-SH", name: "Schaffhausen" },
    State { code: "CH-SZ", name: "Schwyz" },
    State { code: "CH-SO", name: "Solothurn" },
    State { code: "CH-TG", name: "Thurgau" },
    State { code: "CH-TI", name: "Ticino" },
    State { code: "CH-UR", name: "Uri" },
    State { code: "CH-VS", name: "Valais / Wallis" },
    State { code: "CH-VD", name: "Vaud" },
    State { code: "CH-ZG", name: "Zug" },
    State { code: "CH-ZH", name: "Zürich" },
];

/// Between two days off, or before them.
const BRIDGES: &[Weekday] = &[Tuesday, Saturday];
const BUT_MONDAY: &[Weekday] = &[Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday];

static ROWS: [Row; 43] = [
    whole(&NEW_YEAR, ALL),
    whole(&BERCHTOLD, "BE JU TG VD"),
    part(&BERCHTOLD, "AG FR GL LU NW OW SG SH SO VS ZG ZH"),
    whole(&BERCHTOLD, "NE").not_on(BUT_MONDAY),
    whole(&EPIPHANY, "SZ TI UR"),
    part(&EPIPHANY, "GR"),
    whole(&REPUBLIC, "NE"),
    whole(&JOSEPH, "NW SZ TI UR VS"),
    part(&JOSEPH, "GR LU SO ZG"),
    whole(&FAHRT, "GL"),
    whole(&GOOD_FRIDAY, "AG AI AR BE BL BS FR GE GL JU LU NE NW OW SG SH SO SZ TG UR VD ZG ZH"),
    part(&GOOD_FRIDAY, "GR"),
    whole(&EASTER_MONDAY, "AI AR BE BL BS GE GL GR JU SG SH SZ TG TI UR VD ZH"),
    part(&EASTER_MONDAY, "AG FR LU NE NW OW SO VS ZG"),
    whole(&LABOUR, "BL BS JU NE SH TG TI ZH"),
    part(&LABOUR, "AG FR SO"),
    whole(&ASCENSION, ALL),
    whole(&WHIT_MONDAY, "AI AR BE BL BS GE GL GR JU SG SH SZ TG TI UR VD ZH"),
    part(&WHIT_MONDAY, "AG FR LU NE NW OW SO VS ZG"),
    whole(&CORPUS_CHRISTI, "AI JU LU NW OW SZ TI UR VS ZG"),
    part(&CORPUS_CHRISTI, "AG FR GR NE SO"),
    whole(&JURA, "JU"),
    whole(&PETER_AND_PAUL, "TI"),
    part(&PETER_AND_PAUL, "GR"),
    whole(&SWISS_DAY, ALL),
    whole(&ASSUMPTION, "AI JU LU NW OW SZ TI UR VS ZG"),
    part(&ASSUMPTION, "AG FR GR SO"),
    whole(&GENEVA_FAST, "GE"),
    whole(&FAST_MONDAY, "VD"),
    part(&FAST_MONDAY, "NE"),
    part(&MAURICE, "AI"),
    whole(&KLAUS, "OW"),
    whole(&ALL_SAINTS, "AI GL JU LU NW OW SG SZ TI UR VS ZG"),
    part(&ALL_SAINTS, "AG FR GR SO"),
    whole(&IMMACULATE, "AI LU NW OW SZ TI UR VS ZG"),
    part(&IMMACULATE, "AG FR GR"),
    whole(&CHRISTMAS, ALL),
    whole(&STEPHEN, "BE BL BS GL GR LU SG SH SZ TG TI ZH"),
    whole(&STEPHEN, "AI AR UR").not_on(BRIDGES),
    part(&STEPHEN, "AG FR NW OW SO VS ZG"),
    whole(&STEPHEN, "NE").not_on(BUT_MONDAY),
    whole(&RESTORATION, "GE"),
    part(&STEPHEN, "JU"),
];
