//! Standard replies: texts with placeholders such as `{{kunde.vorname}}` or `{{kunde.vorname|"Guten Tag"}}`, where the
//! text behind the bar stands in when the value is missing.
//!
//! Values are put in and never read again as a template: what a customer calls himself stays what it is (promise C10).
//! No conditions and no loops: who writes these texts is no programmer. A library for templates would bring both, and
//! another way of writing them.

use std::collections::BTreeMap;

use crate::fold;

/// What a placeholder can name. The words of four languages mean the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Placeholder {
    /// The customer's name.
    CustomerName,
    /// The customer's first name.
    CustomerFirstName,
    /// The shop's name.
    ShopName,
    /// The shop's opening hours.
    ShopHours,
    /// When the shop opens next: `morgen um 9 Uhr`.
    ShopNextOpen,
    /// Until when it is open, while it is: `heute bis 18 Uhr`.
    ShopOpenUntil,
    /// The holiday or closed day that keeps it closed.
    ShopClosedFor,
    /// The subject of the conversation.
    Subject,
    /// Today's date.
    Today,
}

/// Every placeholder with its names; the first is that of a German shop, the second the stable English word.
pub const PLACEHOLDERS: [(Placeholder, [&str; 4]); 9] = [
    (Placeholder::CustomerName, ["kunde.name", "customer.name", "client.nom", "cliente.nome"]),
    (
        Placeholder::CustomerFirstName,
        ["kunde.vorname", "customer.first_name", "client.prenom", "cliente.nome_proprio"],
    ),
    (Placeholder::ShopName, ["laden.name", "shop.name", "magasin.nom", "negozio.nome"]),
    (Placeholder::ShopHours, ["laden.zeiten", "shop.hours", "magasin.horaires", "negozio.orari"]),
    (
        Placeholder::ShopNextOpen,
        ["laden.wieder_offen", "shop.next_open", "magasin.reouverture", "negozio.riapertura"],
    ),
    (
        Placeholder::ShopOpenUntil,
        ["laden.offen_bis", "shop.open_until", "magasin.ouvert_jusqua", "negozio.aperto_fino"],
    ),
    (
        Placeholder::ShopClosedFor,
        ["laden.feiertag", "shop.holiday", "magasin.jour_ferie", "negozio.festivita"],
    ),
    (Placeholder::Subject, ["vorgang.betreff", "conversation.subject", "dossier.objet", "pratica.oggetto"]),
    (Placeholder::Today, ["heute", "today", "aujourdhui", "oggi"]),
];

impl Placeholder {
    /// Whether it says something of the customer, which nobody else is to read.
    pub fn is_personal(self) -> bool {
        matches!(self, Self::CustomerName | Self::CustomerFirstName | Self::Subject)
    }

    /// The placeholder of a name in any of the languages.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        PLACEHOLDERS.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(found, _)| *found)
    }
}

/// What stands before the colon where a text takes in an article: `{{artikel:Parken}}`. In German, English, French and
/// Italian; each is understood in every text.
pub const ARTICLE_WORDS: [&str; 4] = ["artikel", "article", "fiche", "scheda"];

/// The name of the article that a placeholder takes in.
fn article(name: &str) -> Option<&str> {
    let (word, article) = name.split_once(':')?;
    let word = word.trim().to_lowercase();
    ARTICLE_WORDS.contains(&word.as_str()).then(|| article.trim())
}

/// A filled text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// With values; a placeholder without one stays as it was written.
    pub text: String,
    /// Those that stay, as they were written, each once.
    pub missing: Vec<String>,
}

/// Puts the values in. An empty value counts as none.
pub fn fill(template: &str, values: &BTreeMap<Placeholder, String>) -> Filled {
    fill_with(template, values, &BTreeMap::new())
}

/// Puts the values and the articles in. These are by the folded form of their names (`fold::index_text`), and only those
/// that may be used: one that is not there is missing like a value.
pub fn fill_with(
    template: &str,
    values: &BTreeMap<Placeholder, String>,
    articles: &BTreeMap<String, String>,
) -> Filled {
    let mut filled = Filled { text: String::with_capacity(template.len()), missing: Vec::new() };
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once("{{") {
        filled.text.push_str(before);
        let Some((inside, after)) = behind.split_once("}}") else {
            filled.text.push_str("{{");
            rest = behind;
            continue;
        };
        let (name, fallback) = read(inside);
        let value = match article(name) {
            Some(named) => articles.get(&fold::index_text(named)),
            None => Placeholder::named(name).and_then(|known| values.get(&known)),
        };
        match (value.map(String::as_str).filter(|value| !value.trim().is_empty()), fallback) {
            (Some(value), _) => filled.text.push_str(value),
            (None, Some(fallback)) => filled.text.push_str(fallback),
            (None, None) => {
                let written = format!("{{{{{inside}}}}}");
                filled.text.push_str(&written);
                if !filled.missing.contains(&written) {
                    filled.missing.push(written);
                }
            }
        }
        rest = after;
    }
    filled.text.push_str(rest);
    filled
}

/// Whether a text takes in something of the customer.
pub fn is_personal(text: &str) -> bool {
    let inside = text.split("{{").skip(1).filter_map(|part| part.split_once("}}"));
    inside.filter_map(|(inside, _)| Placeholder::named(read(inside).0)).any(Placeholder::is_personal)
}

/// The first placeholder of ours that still stands in a text: it must not go to a customer. Braces around anything else
/// are the writer's own.
pub fn left_over(text: &str) -> Option<String> {
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once("{{") {
        let (inside, after) = behind.split_once("}}")?;
        let name = read(inside).0;
        if Placeholder::named(name).is_some() || article(name).is_some() {
            return Some(format!("{{{{{inside}}}}}"));
        }
        rest = after;
    }
    None
}

/// Name and fallback of what stands between the braces.
fn read(inside: &str) -> (&str, Option<&str>) {
    let Some((name, fallback)) = inside.split_once('|') else { return (inside.trim(), None) };
    let fallback = fallback.trim();
    let bare = fallback.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    (name.trim(), Some(bare.unwrap_or(fallback)))
}

/// The first name out of a full one, where there is one to be had: `Tannwald, Rosa` and `Rosa Tannwald`, but no firm and
/// no single word, which may be either.
pub fn first_name(name: &str) -> Option<&str> {
    const FIRMS: [&str; 12] =
        ["gmbh", "ag", "kg", "ohg", "gbr", "ug", "e.v.", "sarl", "sàrl", "srl", "ltd", "s.p.a."];
    let is_firm = name.split_whitespace().any(|word| FIRMS.contains(&word.to_lowercase().as_str()));
    if is_firm || name.contains('@') || name.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let given = match name.split_once(',') {
        Some((_, given)) => given.split_whitespace().next(),
        None => name.split_whitespace().next().filter(|_| name.split_whitespace().count() > 1),
    };
    given.filter(|word| word.chars().next().is_some_and(char::is_alphabetic) && !word.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(name: &str) -> BTreeMap<Placeholder, String> {
        BTreeMap::from([(Placeholder::CustomerFirstName, name.to_owned())])
    }

    #[test]
    fn articles_stand_in_by_their_names_and_never_as_a_template() {
        let articles = BTreeMap::from([(fold::index_text("Parken"), "Im Hof, {{kunde.name}}".to_owned())]);
        for (template, text, missing) in [
            ("{{artikel:Parken}}!", "Im Hof, {{kunde.name}}!", 0),
            ("{{ Article : parken }}!", "Im Hof, {{kunde.name}}!", 0),
            ("{{artikel:Alt}}", "{{artikel:Alt}}", 1),
            ("{{artikel:Alt|\"Fragen Sie uns.\"}}", "Fragen Sie uns.", 0),
        ] {
            let filled = fill_with(template, &values("Rosa"), &articles);
            assert_eq!((filled.text.as_str(), filled.missing.len()), (text, missing), "{template}");
        }
        assert_eq!(left_over("Siehe {{artikel:Alt}}"), Some("{{artikel:Alt}}".to_owned()));
    }

    #[test]
    fn values_and_fallbacks_stand_in() {
        for (template, name, text, missing) in [
            ("Hallo {{kunde.vorname}}!", "Rosa", "Hallo Rosa!", 0),
            ("Hallo {{ customer.first_name }}!", "Rosa", "Hallo Rosa!", 0),
            ("{{kunde.vorname|\"Guten Tag\"}},", "", "Guten Tag,", 0),
            ("{{kunde.vorname | Guten Tag}},", "", "Guten Tag,", 0),
            ("{{kunde.vorname|\"\"}}.", "", ".", 0),
            ("{{kunde.vorname}} {{kunde.vorname}}", "", "{{kunde.vorname}} {{kunde.vorname}}", 1),
            ("{{quatsch}}", "Rosa", "{{quatsch}}", 1),
            ("offen {{kunde.vorname", "Rosa", "offen {{kunde.vorname", 0),
            ("", "Rosa", "", 0),
        ] {
            let filled = fill(template, &values(name));
            assert_eq!((filled.text.as_str(), filled.missing.len()), (text, missing), "{template}");
        }
    }

    #[test]
    fn what_a_customer_is_called_is_no_template() {
        let filled = fill("Hallo {{kunde.vorname}}", &values("{{laden.zeiten}}"));
        assert_eq!((filled.text.as_str(), filled.missing.len()), ("Hallo {{laden.zeiten}}", 0));
    }

    #[test]
    fn a_placeholder_that_stands_in_a_text_is_found() {
        assert_eq!(left_over("Hallo {{kunde.vorname|x}}").as_deref(), Some("{{kunde.vorname|x}}"));
        assert_eq!(left_over("In Vue schreibt man {{ value }}."), None);
        assert_eq!(left_over("{{"), None);
    }

    #[test]
    fn first_names() {
        for (name, first) in [
            ("Rosa Tannwald", Some("Rosa")),
            ("Tannwald, Rosa Maria", Some("Rosa")),
            ("Rosa", None),
            ("Velo Tannwald GmbH", None),
            ("Dr. Tannwald", None),
            ("rosa@kunde.example", None),
            ("Ämilie Öhr", Some("Ämilie")),
        ] {
            assert_eq!(first_name(name), first, "{name}");
        }
    }
}
