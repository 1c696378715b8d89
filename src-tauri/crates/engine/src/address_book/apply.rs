//! Taking a list of customers in: reading the file, the dry run, and the import, 500 cards a transaction and one undo for all.
//! Both walk the same way through [`super::plan`], so that what was shown is what happens. Everything here blocks.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use theke_domain::address::Address;
use theke_domain::ids::ContactId;
use theke_domain::time::Timestamp;
use theke_store::table::changes::{self, Step};
use theke_store::table::contact_texts;
use theke_store::table::imports::{self, Known, News, Steps};
use theke_store::{Connection, Transaction};

use super::csv::Table;
use super::plan::{self, Judge, Judged, Meaning, Prepared, Skip};
use super::words::Target;
use super::{Card, csv, decode, vcard};
use crate::api::types::Event;
use crate::api::{ApiError, ApiResult, Code};
use crate::intake::own_addresses;
use crate::settings;
use crate::shared::Shared;

/// Cards of one transaction.
const AT_ONCE: usize = 500;
/// Longer files are no lists of customers.
const FILE_MAX_BYTES: u64 = 200 * 1024 * 1024;
/// Cards whose outcome is told one by one.
const TOLD: usize = 500;
/// What the shop calls an address by post, by language.
const PLACE: [&str; 4] = ["Anschrift", "Address", "Adresse", "Indirizzo"];

/// What is to be taken in, and how.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// The file.
    pub path: PathBuf,
    /// What columns hold where it is not what was guessed.
    pub choices: BTreeMap<usize, Option<Target>>,
    /// The list is right where it differs.
    pub overwrite: bool,
    /// The letters of the file, where they are not what was guessed.
    pub encoding: Option<String>,
    /// The sign between columns, likewise.
    pub separator: Option<char>,
}

/// A file that was read.
pub struct Read {
    /// Its name.
    pub name: String,
    /// Its letters.
    pub encoding: &'static str,
    /// The table, with what its columns hold; `None` for vCards.
    pub table: Option<(Table, Vec<Option<Target>>)>,
    cards: Vec<Card>,
}

/// What a card came to, for a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Its line.
    pub line: u64,
    /// Its name or first address.
    pub name: String,
    /// What becomes of it.
    pub judged: Judged,
    /// The name of the known customer.
    pub known: String,
}

/// What an import came to, or would.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Cards of the file.
    pub cards: u64,
    /// New customers.
    pub new: u64,
    /// Known ones who get something.
    pub changed: u64,
    /// Known ones who get nothing.
    pub same: u64,
    /// Cards of a customer who stands higher up in the list.
    pub merged: u64,
    /// Passed over: line and reason.
    pub skipped: Vec<(u64, Skip)>,
    /// The first cards one by one.
    pub told: Vec<Told>,
    /// The change that can be undone.
    pub undo: Option<i64>,
}

/// The language of the shop as a place in tables of four.
pub fn language(conn: &Connection) -> theke_store::Result<usize> {
    let language = settings::text(conn, settings::SHOP_LANGUAGE)?;
    Ok(["de", "en", "fr", "it"].iter().position(|known| *known == language).unwrap_or(0))
}

/// Reads a file.
pub fn read(shared: &Shared, wish: &Wish) -> ApiResult<Read> {
    let bytes = bytes_of(&wish.path)?;
    let decoded = decode::decode(&bytes, wish.encoding.as_deref());
    let name = wish.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (language, country, fields) = shared.store.read(|conn| {
        let country = settings::text(conn, settings::SHOP_COUNTRY)?;
        Ok((language(conn)?, country, contact_texts::own_fields(conn)?))
    })?;
    let encoding = decoded.encoding;
    if vcard::is_one(&decoded.text) {
        let cards = vcard::read(&decoded.text, PLACE.get(language).copied().unwrap_or("Address"));
        return Ok(Read { name, encoding, table: None, cards });
    }
    let names: Vec<String> = fields.iter().map(|(name, _)| name.clone()).collect();
    let table = csv::read(&decoded.text, wish.separator, &names);
    let mut targets = table.guess(&names);
    for (column, choice) in &wish.choices {
        if let Some(target) = targets.get_mut(*column) {
            target.clone_from(choice);
        }
    }
    let kinds: BTreeMap<String, String> = fields.into_iter().collect();
    let year = i16::try_from(1970 + shared.now().0 / 31_556_952_000).unwrap_or(i16::MAX);
    let cards = table.cards(&targets, &kinds, country == "US", year);
    Ok(Read { name, encoding, table: Some((table, targets)), cards })
}

fn bytes_of(path: &Path) -> ApiResult<Vec<u8>> {
    let refused = |why: String| {
        let sentence = format!("{} cannot be read: {why}. Choose a vCard or CSV file.", path.display());
        ApiError::new(Code::BadInput, sentence).with("field", "file").with("file", path.display().to_string())
    };
    let size = std::fs::metadata(path).map_err(|error| refused(error.to_string()))?;
    if !size.is_file() || size.len() > FILE_MAX_BYTES {
        return Err(refused("it is no file of at most 200 MB".to_owned()));
    }
    std::fs::read(path).map_err(|error| refused(error.to_string()))
}

/// What is the same for all cards.
struct Frame {
    country: String,
    own: Vec<Address>,
    media: Vec<String>,
}

impl Frame {
    fn of(shared: &Shared) -> ApiResult<Self> {
        shared.erased.refresh()?;
        let mut media: Vec<String> =
            shared.registry.specs().iter().map(|spec| spec.medium.as_str().to_owned()).collect();
        media.extend(["phone", "in_person", "post"].map(str::to_owned));
        shared.store.try_read(|conn| {
            let country = settings::text(conn, settings::SHOP_COUNTRY)?;
            Ok(Self { country, own: own_addresses(conn)?, media })
        })
    }
}

/// What an import would come to; nothing is written.
pub fn rehearse(shared: &Shared, read: Read, overwrite: bool) -> ApiResult<(Outcome, Read)> {
    let frame = Frame::of(shared)?;
    let cards = prepared(&frame, &read.cards);
    let mut judge = Judge::new(&frame.country, &frame.own, &shared.erased, overwrite, &frame.media);
    let mut outcome = Outcome { cards: cards.len() as u64, ..Outcome::default() };
    shared.store.try_read(|conn| {
        for (place, card) in cards.iter().enumerate() {
            let judged = judge.judge(conn, card, place)?;
            outcome.count(&judged, card.card.line);
            if outcome.told.len() < TOLD {
                outcome.told.push(told(conn, card, judged)?);
            }
        }
        Ok::<_, ApiError>(())
    })?;
    Ok((outcome, read))
}

/// Takes the list in.
pub fn run(shared: &Shared, read: Read, overwrite: bool) -> ApiResult<(Outcome, Read)> {
    let frame = Frame::of(shared)?;
    let cards = prepared(&frame, &read.cards);
    let mut work = Work {
        judge: Judge::new(&frame.country, &frame.own, &shared.erased, overwrite, &frame.media),
        outcome: Outcome { cards: cards.len() as u64, ..Outcome::default() },
        contacts: HashMap::new(),
        import: None,
        name: &read.name,
        now: shared.now(),
    };
    let total = cards.len() as u64;
    for (slice, first) in cards.chunks(AT_ONCE).zip((0..).step_by(AT_ONCE)) {
        shared.store.try_write(|tx| work.slice(tx, slice, first))?;
        shared.tell(Event::ImportStep { done: (first + slice.len()) as u64, total });
    }
    let outcome = work.outcome;
    if outcome.undo.is_some() {
        shared.tell(Event::UndoChanged {});
        shared.tell(Event::Refresh {});
    }
    Ok((outcome, read))
}

fn prepared(frame: &Frame, cards: &[Card]) -> Vec<Prepared> {
    cards.iter().map(|card| Prepared::of(card.clone(), &frame.country)).collect()
}

/// An import on its way.
struct Work<'w> {
    judge: Judge<'w>,
    outcome: Outcome,
    /// The customers of earlier cards.
    contacts: HashMap<usize, ContactId>,
    import: Option<i64>,
    name: &'w str,
    now: Timestamp,
}

impl Work<'_> {
    fn slice(&mut self, tx: &Transaction<'_>, cards: &[Prepared], first: usize) -> ApiResult<()> {
        let (mut steps, mut known) = (Steps::default(), Known::read(tx)?);
        let before = (self.outcome.new, self.outcome.changed);
        for (card, place) in cards.iter().zip(first..) {
            let judged = self.judge.judge(tx, card, place)?;
            self.outcome.count(&judged, card.card.line);
            match &judged.meaning {
                Meaning::New(news) => {
                    let contact = imports::make(tx, news, &mut known, &mut steps, self.now)?;
                    self.contacts.insert(place, contact);
                }
                Meaning::Known(contact, news) => {
                    self.contacts.insert(place, *contact);
                    complete(tx, *contact, news, &mut known, &mut steps, self.now)?;
                }
                Meaning::Joined(earlier) => {
                    if let Some(contact) = self.contacts.get(earlier).copied() {
                        let (news, _) = self.judge.news(tx, card, Some(contact), *earlier)?;
                        complete(tx, contact, &news, &mut known, &mut steps, self.now)?;
                    }
                }
                Meaning::Skipped(_) => {}
            }
            if self.outcome.told.len() < TOLD {
                self.outcome.told.push(told(tx, card, judged)?);
            }
        }
        if steps == Steps::default() {
            return Ok(());
        }
        let import = match self.import {
            Some(import) => import,
            None => self.begin(tx)?,
        };
        let (made, changed) = (self.outcome.new - before.0, self.outcome.changed - before.1);
        Ok(imports::note(tx, import, made, changed, &steps)?)
    }

    /// The undo is there from the first transaction on: a program that is killed in the middle leaves a part that can be undone.
    fn begin(&mut self, tx: &Transaction<'_>) -> ApiResult<i64> {
        let import = imports::begin(tx, self.name, self.now)?;
        let cards = usize::try_from(self.outcome.cards).unwrap_or(usize::MAX);
        let step = Step::Imported { import };
        let change = changes::insert(tx, "contacts_imported", self.name, cards, &[step], self.now)?;
        (self.import, self.outcome.undo) = (Some(import), Some(change.0));
        Ok(import)
    }
}

fn complete(
    tx: &Transaction<'_>,
    contact: ContactId,
    news: &News,
    known: &mut Known,
    steps: &mut Steps,
    now: Timestamp,
) -> ApiResult<()> {
    if !news.is_empty() {
        imports::complete(tx, contact, news, known, steps, now)?;
    }
    Ok(())
}

fn told(conn: &Connection, card: &Prepared, judged: Judged) -> ApiResult<Told> {
    let known = match &judged.meaning {
        Meaning::Known(contact, _) => plan::name_of(conn, *contact)?,
        _ => String::new(),
    };
    Ok(Told { line: card.card.line, name: card.title(), judged, known })
}

impl Outcome {
    fn count(&mut self, judged: &Judged, line: u64) {
        match &judged.meaning {
            Meaning::New(_) => self.new += 1,
            Meaning::Known(_, news) if news.is_empty() => self.same += 1,
            Meaning::Known(..) => self.changed += 1,
            Meaning::Joined(_) => self.merged += 1,
            Meaning::Skipped(why) => self.skipped.push((line, *why)),
        }
    }
}
