//! Tables of customers as text: which sign parts the columns, what each column holds, and the rows as [`Card`]s; and the
//! other way round. Nothing that is written begins a formula in a program for tables.
//!
//! Not here: the letters of the file ([`super::decode`]).

use std::collections::BTreeMap;

use super::words::{self, Target};
use super::{Card, Value};

/// Rows that are looked at to find the separator and what columns hold.
const LOOKED_AT: usize = 50;
/// Columns of one table.
const COLUMNS_MAX: usize = 200;
/// Samples of a column that are shown.
const SAMPLES: usize = 3;
const SAMPLE_CHARS: usize = 60;
/// What begins a formula in one program for tables or another.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋'];

/// A table that was read, before anything is made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The sign between columns.
    pub separator: char,
    /// The heads; numbers where the first row is none.
    pub heads: Vec<String>,
    /// The rows with the line on which each begins.
    pub rows: Vec<(u64, Vec<String>)>,
    /// Rows that could not be read, by their line.
    pub broken: Vec<u64>,
}

/// Reads a table. `wanted`: a person's choice of the separator.
pub fn read(text: &str, wanted: Option<char>, fields: &[String]) -> Table {
    let (text, said) = match text.split_once('\n') {
        Some((first, rest))
            if first.trim_end().len() == 5 && first.to_ascii_lowercase().starts_with("sep=") =>
        {
            (rest, first.chars().nth(4))
        }
        _ => (text, None),
    };
    let separator = wanted.or(said).unwrap_or_else(|| separator(text));
    let (mut rows, mut broken) = (Vec::new(), Vec::new());
    // A first line that names the separator is a line of the file.
    let before = u64::from(said.is_some());
    for record in reader(text, separator).records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line) + before;
                let cells: Vec<String> =
                    record.iter().take(COLUMNS_MAX).map(|cell| unguarded(cell).to_owned()).collect();
                if cells.iter().any(|cell| !cell.trim().is_empty()) {
                    rows.push((line, cells));
                }
            }
            Err(error) => broken.push(error.position().map_or(0, csv::Position::line) + before),
        }
    }
    let has_heads = rows.first().is_some_and(|(_, cells)| are_heads(cells, fields));
    let width = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let mut heads: Vec<String> = if has_heads {
        rows.remove(0).1.into_iter().map(|head| head.trim().to_owned()).collect()
    } else {
        Vec::new()
    };
    for number in heads.len()..width {
        heads.push((number + 1).to_string());
    }
    Table { separator, heads, rows, broken }
}

fn reader(text: &str, separator: char) -> csv::Reader<&[u8]> {
    let byte = u8::try_from(separator).unwrap_or(b';');
    csv::ReaderBuilder::new().delimiter(byte).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

/// The sign by which the first rows have the most columns, equally many in each.
fn separator(text: &str) -> char {
    let worth = |sign: char| {
        let widths: Vec<usize> =
            reader(text, sign).records().take(LOOKED_AT).flatten().map(|row| row.len()).collect();
        let first = widths.first().copied().unwrap_or(0);
        let same = widths.iter().filter(|width| **width == first).count();
        (first > 1).then_some(same * 1000 / widths.len().max(1) * first.min(20))
    };
    let signs = [';', ',', '\t', '|'];
    let best =
        signs.into_iter().filter_map(|sign| Some((worth(sign)?, sign))).max_by_key(|(worth, _)| *worth);
    best.map_or(';', |(_, sign)| sign)
}

/// A first row is one of heads if a cell is a known one and none is an address.
fn are_heads(cells: &[String], fields: &[String]) -> bool {
    let known = cells.iter().any(|cell| words::guess(cell, fields).is_some());
    known && !cells.iter().any(|cell| cell.contains('@'))
}

impl Table {
    /// What each column holds, as far as its head and its cells say.
    pub fn guess(&self, fields: &[String]) -> Vec<Option<Target>> {
        let mut all: Vec<Option<Target>> = self.heads.iter().map(|head| words::guess(head, fields)).collect();
        let has =
            |all: &[Option<Target>], word| all.iter().flatten().any(|target| *target == Target::Fixed(word));
        // "Nom" is a family name beside "Prénom" and else the whole name; so is "Nome" without "Cognome".
        let lonely = match (has(&all, "first_name"), has(&all, "last_name")) {
            (true, false) => Some("first_name"),
            (false, true) => Some("last_name"),
            _ => None,
        };
        if let Some(lonely) = lonely.filter(|_| !has(&all, "name")) {
            for target in all.iter_mut().filter(|target| **target == Some(Target::Fixed(lonely))) {
                *target = Some(Target::Fixed("name"));
            }
        }
        for (column, target) in all.iter_mut().enumerate().filter(|(_, target)| target.is_none()) {
            let sample: Vec<&str> = self.cells(column).take(LOOKED_AT).collect();
            if !sample.is_empty() && sample.iter().all(|cell| cell.contains('@') && !cell.contains(' ')) {
                *target = Some(Target::Fixed("email"));
            }
        }
        all
    }

    /// Some of the cells of a column, cut.
    pub fn samples(&self, column: usize) -> Vec<String> {
        let short = |cell: &str| cell.chars().take(SAMPLE_CHARS).collect();
        self.cells(column).take(SAMPLES).map(short).collect()
    }

    fn cells(&self, column: usize) -> impl Iterator<Item = &str> {
        let cells = self.rows.iter().filter_map(move |(_, cells)| cells.get(column));
        cells.map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    /// What sort of values a column has, for a field that is not there yet: days, numbers or texts.
    fn kind(&self, column: usize, month_first: bool, this_year: i16) -> &'static str {
        let all =
            |fits: &dyn Fn(&str) -> bool| self.cells(column).next().is_some() && self.cells(column).all(fits);
        match () {
            () if all(&|cell| {
                words::day(cell, month_first, this_year).is_some_and(|day| !day.starts_with("--"))
            }) =>
            {
                "date"
            }
            () if all(&|cell| words::number(cell).is_some()) => "number",
            () => "text",
        }
    }

    /// The rows as customers. `kinds`: those of the fields that are there, by name.
    pub fn cards(
        &self,
        targets: &[Option<Target>],
        kinds: &BTreeMap<String, String>,
        month_first: bool,
        this_year: i16,
    ) -> Vec<Card> {
        let of_column = |(column, target): (usize, &Option<Target>)| match target {
            Some(Target::Field(name)) => kinds
                .get(name)
                .cloned()
                .unwrap_or_else(|| self.kind(column, month_first, this_year).to_owned()),
            _ => String::new(),
        };
        let kinds: Vec<String> = targets.iter().enumerate().map(of_column).collect();
        let made = |(line, cells): &(u64, Vec<String>)| {
            let mut row = Row {
                card: Card { line: *line, ..Card::default() },
                first: String::new(),
                last: String::new(),
            };
            for ((target, kind), cell) in targets.iter().zip(&kinds).zip(cells) {
                let cell = cell.trim();
                if let Some(target) = target.as_ref().filter(|_| !cell.is_empty()) {
                    row.take(target, kind, cell, month_first, this_year);
                }
            }
            row.done()
        };
        self.rows.iter().map(made).collect()
    }
}

struct Row {
    card: Card,
    first: String,
    last: String,
}

impl Row {
    fn take(&mut self, target: &Target, kind: &str, cell: &str, month_first: bool, this_year: i16) {
        let card = &mut self.card;
        let word = match target {
            Target::Field(field) => {
                let value = match kind {
                    "date" => words::day(cell, month_first, this_year),
                    "number" => {
                        words::number(cell).or_else(|| cell.parse::<f64>().is_ok().then(|| cell.to_owned()))
                    }
                    _ => Some(cell.to_owned()),
                };
                // What is no number or day stays as a note rather than being lost.
                match value {
                    Some(value) => {
                        card.values.push(Value { field: field.clone(), kind: kind.to_owned(), value })
                    }
                    None => card.notes.push(format!("{field}: {cell}")),
                }
                return;
            }
            Target::Fixed(word) => *word,
        };
        let one_line = || cell.split_whitespace().collect::<Vec<_>>().join(" ");
        match word {
            "name" => card.name = one_line(),
            "first_name" => self.first = one_line(),
            "last_name" => self.last = one_line(),
            "company" => card.company = one_line(),
            "salutation" => {
                card.salutation = Some(cell.to_lowercase())
                    .filter(|text| ["du", "sie"].contains(&text.as_str()))
                    .unwrap_or_default();
            }
            "language" => card.language = words::language(cell),
            "country" => card.country = words::country(cell),
            "birthday" => match words::day(cell, month_first, this_year) {
                Some(day) => card.birthday = day,
                None => card.notes.push(cell.to_owned()),
            },
            "postcode" => card.postcode = one_line(),
            "preferred" => card.preferred = cell.to_lowercase(),
            "tags" => card.tags.extend(several(cell)),
            "note" => card.notes.push(cell.to_owned()),
            // Google writes several addresses into one cell.
            "email" => card
                .addresses
                .extend(cell.split([';', ',', '\n']).flat_map(|part| part.split(":::")).map(clean)),
            "phone" => {
                card.addresses.extend(cell.split([';', '\n']).flat_map(|part| part.split(":::")).map(clean))
            }
            _ => card.addresses.push(clean(cell)),
        }
    }

    fn done(mut self) -> Card {
        if self.card.name.is_empty() {
            self.card.name = [self.first, self.last].join(" ").trim().to_owned();
        }
        self.card.addresses.retain(|address| !address.is_empty());
        self.card
    }
}

fn clean(text: &str) -> String {
    text.trim().to_owned()
}

/// Several words of one cell: one a line, else parted by a sign.
fn several(cell: &str) -> Vec<String> {
    let parts: Vec<&str> =
        if cell.contains('\n') { cell.lines().collect() } else { cell.split([';', ',']).collect() };
    parts.into_iter().map(clean).filter(|part| !part.is_empty()).collect()
}

/// The customers as a table. `language`: 0 German, 1 English, 2 French, 3 Italian.
pub fn write(cards: &[Card], language: usize, with_mark: bool) -> Vec<u8> {
    let most = |of: &dyn Fn(&Card) -> usize| cards.iter().map(of).max().unwrap_or(0);
    type Is = fn(&str) -> bool;
    let sorts: [(&str, Is); 3] =
        [("email", is_email), ("phone", is_number), ("handle", |text| !is_email(text) && !is_number(text))];
    let counts = sorts.map(|(_, is)| most(&|card| card.addresses.iter().filter(|text| is(text)).count()));
    let notes = most(&|card| card.notes.len());
    // In the order of the shop, as each card has them.
    let mut fields: Vec<&str> = Vec::new();
    for value in cards.iter().flat_map(|card| &card.values) {
        if !fields.contains(&value.field.as_str()) {
            fields.push(&value.field);
        }
    }

    let single =
        ["name", "company", "salutation", "language", "birthday", "postcode", "country", "preferred", "tags"];
    let mut heads: Vec<String> = single.iter().map(|word| words::head(word, language, 1)).collect();
    for ((word, _), count) in sorts.iter().zip(counts) {
        heads.extend((1..=count).map(|number| words::head(word, language, number)));
    }
    heads.extend(fields.iter().map(|field| words::own_head(field, language)));
    heads.extend((1..=notes).map(|number| words::head("note", language, number)));

    let mut out = Lines::begin(with_mark);
    out.line(heads.iter().map(String::as_str));
    for card in cards {
        let tags = tags_cell(&card.tags);
        let mut cells = vec![
            card.name.as_str(),
            &card.company,
            &card.salutation,
            &card.language,
            &card.birthday,
            &card.postcode,
            &card.country,
            &card.preferred,
            &tags,
        ];
        for ((_, is), count) in sorts.iter().zip(counts) {
            let own = card.addresses.iter().map(String::as_str).filter(|text| is(text));
            cells.extend(own.chain(std::iter::repeat("")).take(count));
        }
        for field in &fields {
            let own = card.values.iter().find(|value| value.field == *field);
            cells.push(own.map_or("", |value| value.value.as_str()));
        }
        cells.extend(card.notes.iter().map(String::as_str).chain(std::iter::repeat("")).take(notes));
        out.line(cells.into_iter());
    }
    out.0
}

fn is_email(text: &str) -> bool {
    text.contains('@') && !text.contains(':')
}

fn is_number(text: &str) -> bool {
    text.starts_with('+') || text.bytes().all(|b| b.is_ascii_digit())
}

/// A tag with a sign in it has lines for all of them, so that it stays one.
fn tags_cell(tags: &[String]) -> String {
    if tags.iter().any(|tag| tag.contains([';', ','])) {
        return format!("{}\n", tags.join("\n"));
    }
    tags.join("; ")
}

struct Lines(Vec<u8>);

impl Lines {
    fn begin(with_mark: bool) -> Self {
        Self(if with_mark { b"\xef\xbb\xbf".to_vec() } else { Vec::new() })
    }

    /// Every cell in quotes, so that no sign in it parts it.
    fn line<'c>(&mut self, cells: impl Iterator<Item = &'c str>) {
        for (place, cell) in cells.enumerate() {
            if place > 0 {
                self.0.push(b';');
            }
            self.0.push(b'"');
            self.0.extend_from_slice(guarded(cell).replace('"', "\"\"").as_bytes());
            self.0.push(b'"');
        }
        self.0.extend_from_slice(b"\r\n");
    }
}

/// Whether a program for tables would take this for a formula, blanks and quotes before it or not.
fn begins_formula(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| c == '\'' || (c.is_whitespace() && !FORMULA.contains(&c)));
    text.starts_with(FORMULA)
}

/// With a quote before what would begin a formula: it is shown as text then.
fn guarded(text: &str) -> std::borrow::Cow<'_, str> {
    if begins_formula(text) { format!("'{text}").into() } else { text.into() }
}

/// Without the quote that [`guarded`] put there.
fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| begins_formula(rest)).unwrap_or(text)
}

#[cfg(test)]
mod tests;
