//! Words in name fields that are no part of a person's name, and words that make a name that of a firm.
//!
//! All lists hold lower-case words as `sound::written_out` gives them, without dots, between blanks.

use crate::matching::listed;

/// Titles, degrees and forms of address.
const TITLES: &str = "\
    dr prof dipl mag med phil iur jur rer habil ing msc bsc phd mba llm lic dott dottssa dssa drin maga dottore dottoressa \
    avv avvocato geom rag maitre pfr pfarrer pfarrerin doktor doctor professor professeur docteur sir rev oec \
    mmag dkfm rechtsanwalt rechtsanwaeltin bakk";

/// Titles that are names too, if no dot follows (`Nat`, `Dent`).
const DOTTED_TITLES: &str = "nat pol h c hc dent vet univ arch hon ba ma ra md fh ssa me";

/// Forms of address for a man.
const MEN: &str = "herr herrn hr mr monsieur mister signor signore sig";

/// Forms of address for a woman.
const WOMEN: &str =
    "frau fr fraeulein frl mrs ms miss mme madame mlle mademoiselle signora signorina sigra sigrina siga";

/// The elder of two of one name.
const SENIOR: &str = "sen senior sr snr pere padre aeltere ae";

/// The younger.
const JUNIOR: &str = "jun junior jr jnr fils figlio juengere";

/// A whole household.
const HOUSEHOLD: &str = "familie fam famille famiglia family ehepaar eheleute haushalt";

/// Between two persons of one entry.
pub const AND: &str = "und u and et e ed";

/// Before a surname and not told apart by everyone.
pub const PARTICLES: &str = "\
    von van der den ter ten de di du da del della dalla dal des la le lo zu zum zur vom am auf dos el al ben \
    bin";

/// Before a maiden name.
pub const BORN: &str = "geb geborene geborener nee ne nata nato born ledig vormals";

/// Legal forms: they make a firm, and two firms that differ only in them are one.
pub const LEGAL: &str = "\
    gmbh ag kg ohg gbr ug ev ek eg kgaa se sa sarl sas eurl sasu srl spa snc sapa ltd limited llc llp inc plc \
    co cie corp haftungsbeschraenkt gesmbh og eu sagl mbh partg mbb asbl onlus company";

/// Trades, institutions and offices. On their own they tell no two firms apart.
const TRADES: &str = "\
    wg wohngemeinschaft hausgemeinschaft colocation firma fa praxis apotheke kita krippe hort schule gemeinde stadt amt buecherei bibliothek mediathek \
    restaurant hotel garage atelier studio buero werkstatt kanzlei elektro sanitaer blumen cafe gasthaus \
    gasthof laden shop store verlag optik velo velos kindergarten kirche pfarrei pfarramt spital klinik \
    krankenhaus boulangerie patisserie pharmacie ecole mairie cabinet librairie commune boucherie coiffure \
    panificio farmacia scuola comune officina ristorante trattoria macelleria bakery school surgery clinic \
    library council church plumbing garden gardens nursery florist butchers cycles associates holding group \
    gruppe partner partners soehne sohn sons fils figli brothers gebrueder gebr freres fratelli verein verband \
    club stiftung genossenschaft association associazione fondation fondazione foundation immobilien treuhand \
    architekten architektur heim altersheim pflegeheim residenz zentrum centre centro center agentur agence \
    agenzia agency coiffeur salon friseur frisoer kosmetik reisen transporte logistik bau holzbau metallbau \
    garten gartenbau malerbetrieb maler schlosserei spenglerei hof bauernhof weingut brauerei mode boutique \
    musikschule volkshochschule universitaet institut labor zahnarzt zahnarztpraxis tierarztpraxis feuerwehr \
    polizei hausverwaltung verwaltung theater museum galerie kino sportclub turnverein physiotherapie physio \
    fahrschule tankstelle kiosk drogerie papeterie buchhandlung";

/// Desks and departments: they name nobody and no firm either.
const DESKS: &str = "\
    empfang sekretariat secretariat kasse buchhaltung reception rezeption office info team kundendienst \
    accueil segreteria amministrazione administration einkauf verkauf bestellung bestellungen service support \
    zentrale leitung direktion direction direzione sales accounts comptabilite magazin lager vorstand front \
    desk kontakt contact";

/// What stands in a name field when nobody's name does.
const PLACEHOLDERS: &str = "\
    unbekannt unknown inconnu inconnue sconosciuto sconosciuta anonym anonymous anonyme anonimo na none null \
    undefined keine kein name test xxx xx gast guest noname nn privat private noreply donotreply neukunde \
    laufkunde kunde kundin client cliente customer no reply nachname vorname";

/// Endings of German compounds that name a trade (`Malerei`, `Tierarztpraxis`). Longer words only.
const TRADE_ENDINGS: &str = "\
    erei praxis schule verein betrieb technik service apotheke werkstatt handel handwerk handlung verwaltung \
    genossenschaft stiftung zentrum versicherung gesellschaft krankenhaus buero gaertnerei restaurant agentur \
    laden kindergarten versand";

/// What a word of a name field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A title or degree.
    Title,
    /// `Herr` and the like.
    Man,
    /// `Frau` and the like.
    Woman,
    /// `sen.`
    Senior,
    /// `jun.`
    Junior,
    /// `Familie`
    Household,
    /// `GmbH`
    Legal,
    /// `Bäckerei`
    Trade,
    /// `Empfang`
    Desk,
    /// `unbekannt`
    Placeholder,
    /// A name, as far as one can tell.
    Name,
}

/// What `word` (written out, without dots) is. `dotted`: whether a dot followed it.
pub fn role(word: &str, dotted: bool) -> Role {
    if dotted && word.len() > 1 && listed(DOTTED_TITLES, word) {
        return Role::Title;
    }
    let lists: [(&str, Role); 10] = [
        (MEN, Role::Man),
        (WOMEN, Role::Woman),
        (TITLES, Role::Title),
        (SENIOR, Role::Senior),
        (JUNIOR, Role::Junior),
        (HOUSEHOLD, Role::Household),
        (LEGAL, Role::Legal),
        (TRADES, Role::Trade),
        (DESKS, Role::Desk),
        (PLACEHOLDERS, Role::Placeholder),
    ];
    let found = lists.iter().find(|(list, _)| listed(list, word)).map(|&(_, role)| role);
    let compound = || TRADE_ENDINGS.split(' ').any(|end| word.len() > end.len() + 2 && word.ends_with(end));
    found.unwrap_or_else(|| if compound() { Role::Trade } else { Role::Name })
}
