//! Austria: the holidays are federal law (Arbeitsruhegesetz, § 7) and the same in every state. The days of the states'
//! patrons are days off for schools and offices only; Good Friday has been nobody's public holiday since 2019.

use super::day::*;
use super::row::{ALL, Row, whole};
use super::{Country, State};

pub(super) static COUNTRY: Country = Country { code: "AT", states: &STATES, rows: &ROWS };

static STATES: [State; 9] = [
    State { code: "AT-1", name: "Burgenland" },
    State { code: "AT-2", name: "Kärnten" },
    State { code: "AT-3", name: "Niederösterreich" },
    State { code: "AT-4", name: "Oberösterreich" },
    State { code: "AT-5", name: "Salzburg" },
    State { code: "AT-6", name: "Steiermark" },
    State { code: "AT-7", name: "Tirol" },
    State { code: "AT-8", name: "Vorarlberg" },
    State { code: "AT-9", name: "Wien" },
];

static ROWS: [Row; 13] = [
    whole(&NEW_YEAR, ALL),
    whole(&EPIPHANY, ALL),
    whole(&EASTER_MONDAY, ALL),
    whole(&LABOUR, ALL),
    whole(&ASCENSION, ALL),
    whole(&WHIT_MONDAY, ALL),
    whole(&CORPUS_CHRISTI, ALL),
    whole(&ASSUMPTION, ALL),
    whole(&AUSTRIAN_DAY, ALL),
    whole(&ALL_SAINTS, ALL),
    whole(&IMMACULATE, ALL),
    whole(&CHRISTMAS, ALL),
    whole(&STEPHEN, ALL),
];
