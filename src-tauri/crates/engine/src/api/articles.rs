//! Articles: what the shop knows, in one place. An article goes into a reply by hand and feeds standard replies; one that
//! has expired does neither.

use std::collections::BTreeMap;

use theke_domain::ids::ArticleId;
use theke_domain::template::ARTICLE_WORDS;
use theke_domain::time::Timestamp;
use theke_domain::{fold, typed};
use theke_store::table::articles::{self, Article, Text};
use theke_store::table::changes;
use theke_store::{Connection, Transaction};

use super::types::{ArticleInput, ArticleTextView, ArticleView, Event};
use super::{Api, ApiError, ApiResult, Code};
use crate::settings;

const NAME_MAX_CHARS: usize = 80;
const TEXT_MAX_CHARS: usize = 5_000;

impl Api {
    /// All articles, by name.
    pub async fn articles(&self) -> ApiResult<Vec<ArticleView>> {
        let now = self.shared.now();
        self.shared
            .read(move |conn| -> ApiResult<Vec<ArticleView>> {
                let today = today(conn, now)?;
                let language = settings::text(conn, settings::SHOP_LANGUAGE)?;
                Ok(articles::all(conn)?.iter().map(|row| shown(row, &today, &language)).collect())
            })
            .await
    }

    /// Saves one.
    ///
    /// # Errors
    /// `BadInput` with `params.field`: `name` (empty, too long, with braces, or another article's), `checked_on`,
    /// `expires_on` (no day), `texts` (none, empty, too long, or two of one language).
    pub async fn article_save(&self, input: ArticleInput) -> ApiResult<ArticleView> {
        let now = self.shared.now();
        let saved = self
            .shared
            .write(move |tx| -> ApiResult<ArticleView> {
                let id = save(tx, &input, now)?;
                let row = articles::get(tx, id)?.ok_or(theke_store::Error::NotFound)?;
                Ok(shown(&row, &today(tx, now)?, &settings::text(tx, settings::SHOP_LANGUAGE)?))
            })
            .await?;
        self.shared.tell(Event::RepliesChanged {});
        Ok(saved)
    }

    /// Notes that an article was looked at today and is still true.
    pub async fn article_checked(&self, id: i64) -> ApiResult<ArticleView> {
        let row = self.shared.read(move |conn| articles::get(conn, ArticleId(id))).await?;
        let row = row.ok_or_else(|| not_found(id))?;
        let (now, of) = (self.shared.now(), row.clone());
        let checked_on = self.shared.read(move |conn| today(conn, now)).await?;
        self.article_save(ArticleInput {
            id: Some(id),
            name: of.name,
            checked_on: Some(checked_on),
            expires_on: some(&of.expires_on),
            texts: of.texts.iter().map(text_view).collect(),
        })
        .await
    }

    /// Removes one; answers the change for `undo`.
    pub async fn article_remove(&self, id: i64) -> ApiResult<i64> {
        let now = self.shared.now();
        let undo = self
            .shared
            .write(move |tx| -> ApiResult<i64> {
                let row = articles::get(tx, ArticleId(id))?.ok_or_else(|| not_found(id))?;
                let steps: Vec<_> = articles::remove(tx, row.id, now)?.into_iter().collect();
                Ok(changes::insert(tx, "article_removed", &row.name, 1, &steps, now)?.0)
            })
            .await?;
        self.shared.tell(Event::RepliesChanged {});
        self.shared.tell(Event::UndoChanged {});
        Ok(undo)
    }
}

/// The articles that may be used now, by their folded names, in one language, else in the shop's, else in any.
pub(crate) fn in_use(
    conn: &Connection,
    language: &str,
    home: &str,
    now: Timestamp,
) -> theke_store::Result<BTreeMap<String, String>> {
    let today = today(conn, now)?;
    let mut found = BTreeMap::new();
    for article in articles::all(conn)?.into_iter().filter(|row| !is_expired(row, &today)) {
        let of = |wanted: &str| article.texts.iter().find(|text| text.language == wanted);
        if let Some(text) = of(language).or_else(|| of(home)).or(article.texts.first()) {
            found.insert(fold::index_text(&article.name), text.text.clone());
        }
    }
    Ok(found)
}

fn today(conn: &Connection, now: Timestamp) -> theke_store::Result<String> {
    Ok(settings::opening(conn)?.1.day(now))
}

fn is_expired(row: &Article, today: &str) -> bool {
    !row.expires_on.is_empty() && row.expires_on.as_str() <= today
}

fn save(tx: &Transaction<'_>, input: &ArticleInput, now: Timestamp) -> ApiResult<ArticleId> {
    let refuse = |field: &str, why: &str| Err(ApiError::new(Code::BadInput, why).with("field", field));
    let name = input.name.trim();
    let fits = |c: char| !c.is_control() && !['{', '}', '|'].contains(&c);
    if name.is_empty() || name.chars().count() > NAME_MAX_CHARS || !name.chars().all(fits) {
        return refuse("name", "An article needs a name of at most 80 characters, without braces and bars.");
    }
    let id = input.id.map(ArticleId);
    if let Some(id) = id {
        articles::get(tx, id)?.ok_or_else(|| not_found(id.0))?;
    }
    if articles::named(tx, name)?.is_some_and(|other| Some(other.id) != id) {
        return refuse("name", "Another article has this name. Choose another one.");
    }
    let day = |field: &str, given: &Option<String>| -> ApiResult<String> {
        let given = given.as_deref().unwrap_or_default().trim();
        if given.is_empty() {
            return Ok(String::new());
        }
        typed::day(given).ok_or_else(|| {
            let sentence = "This is no day. Write it as 2026-12-31, or leave it empty.";
            ApiError::new(Code::BadInput, sentence).with("field", field)
        })
    };
    let (checked_on, expires_on) =
        (day("checked_on", &input.checked_on)?, day("expires_on", &input.expires_on)?);
    let mut texts: Vec<Text> = Vec::with_capacity(input.texts.len());
    for given in &input.texts {
        let long = given.text.chars().count() > TEXT_MAX_CHARS;
        if long || given.text.trim().is_empty() || given.language.chars().count() != 2 {
            return refuse("texts", "Each text needs a language and between 1 and 5,000 characters.");
        }
        if texts.iter().any(|known| known.language == given.language) {
            return refuse("texts", "There are two texts in the same language. Keep one.");
        }
        texts.push(Text { language: given.language.clone(), text: given.text.trim().to_owned() });
    }
    if texts.is_empty() {
        return refuse("texts", "An article needs a text.");
    }
    let new =
        Article { id: ArticleId(0), name: name.to_owned(), checked_on, expires_on, changed_at: now, texts };
    Ok(articles::save(tx, id, &new, now)?)
}

fn not_found(id: i64) -> ApiError {
    ApiError::new(Code::NotFound, format!("There is no article {id}."))
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

fn text_view(text: &Text) -> ArticleTextView {
    ArticleTextView { language: text.language.clone(), text: text.text.clone() }
}

fn shown(row: &Article, today: &str, language: &str) -> ArticleView {
    let place = ["de", "en", "fr", "it"].iter().position(|word| *word == language).unwrap_or(1);
    let word = ARTICLE_WORDS.get(place).copied().unwrap_or("article");
    ArticleView {
        id: row.id.0,
        name: row.name.clone(),
        checked_on: some(&row.checked_on),
        expires_on: some(&row.expires_on),
        expired: is_expired(row, today),
        texts: row.texts.iter().map(text_view).collect(),
        placeholder: format!("{{{{{word}:{}}}}}", row.name),
    }
}
