//! Report and record as pages to read and to print: one file each, its own style, no script, nothing from the network.

use std::fmt::Write as _;

use serde_json::{Map, Value};
use theke_domain::hours::Zone;
use theke_domain::time::Timestamp;

use super::record::{Activity, Record};
use super::report::Report;
use super::words::{self, Line, say};

const STYLE: &str = "
:root{color-scheme:light}
body{font:15px/1.5 system-ui,sans-serif;color:#1d1d1f;background:#fff;margin:2.5rem auto;max-width:46rem;padding:0 1.5rem}
h1{font-size:1.7rem;line-height:1.2;margin:0 0 .5rem}
h2{font-size:1.15rem;margin:2.2rem 0 .6rem;border-bottom:1px solid #d0d0d5;padding-bottom:.25rem}
h3{font-size:1rem;margin:1.2rem 0 .3rem}
dl{display:grid;grid-template-columns:minmax(7rem,12rem) 1fr;gap:.1rem 1rem;margin:.4rem 0 1rem}
dt{color:#5c5c63}
dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}
article{border-left:3px solid #d0d0d5;padding-left:.9rem;margin:0 0 1rem;break-inside:avoid-page}
article.out{border-color:#8a9bb8}
p.text{white-space:pre-wrap;overflow-wrap:anywhere;margin:.3rem 0}
.small{color:#5c5c63;font-size:.85rem}
@page{size:A4;margin:18mm}
@media print{body{margin:0;max-width:none;padding:0;font-size:10.5pt}h2{break-after:avoid}}
";

/// The page of a report. `zone`: that of the shop's clock.
pub fn of_report(report: &Report, zone: &Zone) -> String {
    let page = Page { language: place(&report.record.language), zone };
    let mut out = page.begin(Line::Title);
    let intro = page.say(Line::Intro).replace("{mask}", &report.masked);
    let _ = write!(out, "<p>{}</p>", escaped(&intro));
    page.pairs(
        &mut out,
        &[
            (page.say(Line::For), report.name.clone()),
            (page.say(Line::By), report.shop.clone()),
            (page.say(Line::MadeAt), page.day(&report.made_at)),
        ],
    );
    for table in words::tables() {
        let rows = report.tables.get(table).map(Vec::as_slice).unwrap_or_default();
        match (table, words::table(table, page.language)) {
            ("message_bodies", _) | (_, None) => {}
            (_, Some(_)) if rows.is_empty() => {}
            ("messages", Some(heading)) => page.messages(&mut out, heading, rows, report),
            (_, Some(heading)) => page.rows(&mut out, heading, rows),
        }
    }
    page.decisions(&mut out, report);
    page.mentions(&mut out, report);
    page.rest(&mut out, report);
    page.heading(&mut out, Line::Why);
    page.record(&mut out, &report.record);
    page.end(out)
}

/// The page of a record.
pub fn of_record(record: &Record, zone: &Zone) -> String {
    let page = Page { language: place(&record.language), zone };
    let mut out = page.begin(Line::TitleRecord);
    let _ = write!(out, "<p>{}</p>", escaped(page.say(Line::IntroRecord)));
    page.pairs(
        &mut out,
        &[(page.say(Line::By), record.shop.clone()), (page.say(Line::MadeAt), page.day(&record.made_at))],
    );
    page.record(&mut out, record);
    page.end(out)
}

fn place(language: &str) -> usize {
    words::LANGUAGES.iter().position(|known| *known == language).unwrap_or(0)
}

struct Page<'p> {
    language: usize,
    zone: &'p Zone,
}

impl Page<'_> {
    fn say(&self, line: Line) -> &'static str {
        say(line, self.language)
    }

    fn begin(&self, title: Line) -> String {
        let (language, title) =
            (words::LANGUAGES.get(self.language).unwrap_or(&"de"), escaped(self.say(title)));
        format!(
            "<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\">\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
             <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
             <title>{title}</title><style>{STYLE}</style></head><body><h1>{title}</h1>"
        )
    }

    fn end(&self, mut out: String) -> String {
        out.push_str("</body></html>\n");
        out
    }

    fn heading(&self, out: &mut String, line: Line) {
        let _ = write!(out, "<h2>{}</h2>", escaped(self.say(line)));
    }

    fn pairs<T: AsRef<str>>(&self, out: &mut String, pairs: &[(T, String)]) {
        out.push_str("<dl>");
        for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
            let _ = write!(out, "<dt>{}</dt><dd>{}</dd>", escaped(name.as_ref()), escaped(value));
        }
        out.push_str("</dl>");
    }

    /// The rows of a table, by the columns that people know.
    fn rows(&self, out: &mut String, heading: &str, rows: &[Map<String, Value>]) {
        let _ = write!(out, "<h2>{} ({})</h2>", escaped(heading), rows.len());
        for row in rows {
            let known = row.iter().filter_map(|(column, value)| {
                Some((words::column(column, self.language)?, self.value(column, value)))
            });
            self.pairs(out, &known.collect::<Vec<_>>());
        }
    }

    fn messages(&self, out: &mut String, heading: &str, rows: &[Map<String, Value>], report: &Report) {
        let _ = write!(out, "<h2>{} ({})</h2>", escaped(heading), rows.len());
        let bodies = report.tables.get("message_bodies").map(Vec::as_slice).unwrap_or_default();
        let texts: std::collections::BTreeMap<i64, &str> = bodies
            .iter()
            .filter_map(|row| Some((row.get("message_id")?.as_i64()?, row.get("text")?.as_str()?)))
            .collect();
        for row in rows {
            let text = |key: &str| row.get(key).and_then(Value::as_str).unwrap_or_default();
            let at = row.get("at").map(|at| self.value("at", at)).unwrap_or_default();
            let (class, who) = if text("direction") == "out" {
                ("out", self.say(Line::Shop))
            } else {
                ("in", self.say(Line::Customer))
            };
            let body = row.get("id").and_then(Value::as_i64).and_then(|id| texts.get(&id)).copied();
            let _ = write!(
                out,
                "<article class=\"{class}\"><h3>{}</h3><p class=\"small\">{} · {} · {}</p><p class=\"text\">{}</p></article>",
                escaped(text("subject")),
                escaped(&at),
                escaped(who),
                escaped(text("medium")),
                escaped(body.unwrap_or_else(|| text("snippet")))
            );
        }
    }

    fn decisions(&self, out: &mut String, report: &Report) {
        self.heading(out, Line::Decisions);
        if report.automatic_decisions.is_empty() {
            let _ = write!(out, "<p>{}</p>", escaped(self.say(Line::NoDecisions)));
        } else {
            let ids: Vec<String> = report.automatic_decisions.iter().map(ToString::to_string).collect();
            let _ = write!(out, "<p>{}</p>", escaped(&ids.join(", ")));
        }
    }

    fn mentions(&self, out: &mut String, report: &Report) {
        if report.mentions.is_empty() {
            return;
        }
        self.heading(out, Line::Mentions);
        out.push_str("<ul>");
        for mention in &report.mentions {
            let _ =
                write!(out, "<li>{} · {}</li>", escaped(&self.day(&mention.at)), escaped(&mention.medium));
        }
        out.push_str("</ul>");
    }

    /// What only a program needs: how many rows of what; the JSON file has them all.
    fn rest(&self, out: &mut String, report: &Report) {
        let rest = report.tables.iter().filter(|(name, _)| words::table(name, self.language).is_none());
        let rest: Vec<(&str, String)> =
            rest.map(|(name, rows)| (name.as_str(), rows.len().to_string())).collect();
        if !rest.is_empty() {
            self.heading(out, Line::Rest);
            self.pairs(out, &rest);
        }
    }

    fn record(&self, out: &mut String, record: &Record) {
        for activity in &record.activities {
            let Activity { name, purpose, basis, people, details, recipients, kept } = activity;
            let _ = write!(out, "<h3>{}</h3>", escaped(name));
            let all = [
                (Line::Purpose, purpose),
                (Line::Basis, basis),
                (Line::Whose, people),
                (Line::Which, details),
                (Line::Recipients, recipients),
                (Line::Kept, kept),
            ];
            self.pairs(out, &all.map(|(line, text)| (self.say(line), text.clone())));
        }
        if !record.processors.is_empty() {
            self.heading(out, Line::Processors);
            for party in &record.processors {
                let server = Some(&party.server).filter(|server| !server.is_empty()).unwrap_or(&party.kind);
                let _ = write!(
                    out,
                    "<h3>{}</h3><p>{}. {}.</p>",
                    escaped(server),
                    escaped(&party.what),
                    escaped(&party.advice)
                );
            }
        }
        for (line, all) in [(Line::Measures, &record.measures), (Line::Rights, &record.rights)] {
            self.heading(out, line);
            out.push_str("<ul>");
            for one in all {
                let _ = write!(out, "<li>{}</li>", escaped(one));
            }
            out.push_str("</ul>");
        }
    }

    /// A value for people: a time of the shop's clock where the column is one, nothing for 0 there.
    fn value(&self, column: &str, value: &Value) -> String {
        match value {
            Value::Number(number) if column == "at" || column.ends_with("_at") => match number.as_i64() {
                Some(0) | None => String::new(),
                Some(at) => self.local(Timestamp(at)),
            },
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        }
    }

    fn day(&self, rfc3339: &str) -> String {
        Timestamp::from_rfc3339(rfc3339).map(|at| self.local(at)).unwrap_or_default()
    }

    fn local(&self, at: Timestamp) -> String {
        let local = self.zone.local(at).to_string();
        local.chars().take(16).collect::<String>().replace('T', " ")
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}
