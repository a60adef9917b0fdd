//! What an article says that people ask about: metadata, figures, quotes, names.

use rusqlite::{Connection, OptionalExtension, Row};

use crate::article::{Evidenced, Role};
use crate::clean::headline;
use crate::correct::RULE;
use crate::finding::{Figure, Quote, QuoteKind};
use crate::pipeline::Reading;
use crate::resolve::link_key;
use crate::span::{CharMap, Span};

/// The facts of one article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// Headline, byline, dateline, outlet, published, language: in the order of [`Facts::FIELDS`].
    pub fields: [Option<String>; 6],
    /// The headline as the document has it, whatever a correction says.
    pub written: Option<String>,
    /// What the document says of the other fields, where it says anything.
    pub words: Vec<Words>,
    /// The text.
    pub text: String,
    /// Figures in the order of the text.
    pub figures: Vec<FigureFact>,
    /// Quotes in the order of the text; scare quotes, titles and nicknames are not reported speech.
    pub quotes: Vec<QuoteFact>,
    /// Names, by kind and key.
    pub entities: Vec<EntityFact>,
}

/// What a document says of a field of its article.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    /// One of [`Facts::FIELDS`].
    pub field: &'static str,
    /// The document's words.
    pub words: String,
    /// Whether a correction holds another value.
    pub is_held: bool,
}

/// A figure as far as changes tell of it.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs)] // Columns of the archive, described there.
pub struct FigureFact {
    pub id: Option<i64>,
    pub kind: String,
    pub text: String,
    pub value: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub bound: String,
    pub unit: Option<String>,
    pub unit_name: Option<String>,
    pub counted_head: Option<String>,
    pub event: Option<String>,
    /// The sentence it stands in, before and after the figure itself.
    pub around: (String, String),
}

/// A quote as far as changes tell of it.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs)]
pub struct QuoteFact {
    pub id: Option<i64>,
    pub said: String,
    pub speaker: Option<String>,
}

/// A name as far as changes tell of it.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs)]
pub struct EntityFact {
    pub id: Option<i64>,
    pub kind: String,
    pub key: String,
    pub name: String,
}

const SELECT_ARTICLE: &str = "
    SELECT a.title, a.byline, a.dateline, o.name, a.published, a.language, a.text
    FROM articles a
    LEFT JOIN outlets o ON o.id = a.outlet_id
    WHERE a.id = ?1";

const SELECT_WRITTEN: &str = "
    SELECT substr(a.text, b.start + 1, b.end - b.start)
    FROM blocks b
    JOIN articles a ON a.id = b.article_id
    WHERE b.article_id = ?1 AND b.role = 'title' AND b.start IS NOT NULL
    ORDER BY b.position
    LIMIT 1";

// A correction of what the document says nothing of has its own value for words.
const SELECT_WORDS: &str = "
    SELECT field, words, rule = ?2
    FROM evidence
    WHERE article_id = ?1 AND NOT (rule = ?2 AND words = value)";

const SELECT_FIGURES: &str = "
    SELECT id, kind, text, value, low, high, bound, unit, unit_name, counted_head, event, start, end,
           sentence_start, sentence_end
    FROM figures
    WHERE article_id = ?1
    ORDER BY start, id";

const SELECT_QUOTES: &str = "
    SELECT q.id, q.said, coalesce(n.name, q.speaker_text)
    FROM quotes q
    LEFT JOIN article_entities n ON n.id = q.speaker_id
    WHERE q.article_id = ?1 AND q.kind IN ('direct', 'mixed', 'indirect')
    ORDER BY q.start, q.id";

const SELECT_ENTITIES: &str = "
    SELECT entity_id, kind, key, name FROM article_entities WHERE article_id = ?1 ORDER BY kind, key";

impl Facts {
    /// The subjects of [`Facts::fields`].
    pub const FIELDS: [&'static str; 6] =
        ["headline", "byline", "dateline", "outlet", "published", "language"];

    /// The facts of a stored article.
    pub fn stored(connection: &Connection, article: i64) -> rusqlite::Result<Facts> {
        let (fields, text): ([Option<String>; 6], String) =
            connection.prepare_cached(SELECT_ARTICLE)?.query_row([article], |row| {
                let mut fields: [Option<String>; 6] = Default::default();
                for (column, field) in fields.iter_mut().enumerate() {
                    *field = row.get(column)?;
                }
                Ok((fields, row.get(6)?))
            })?;
        let written: Option<String> =
            connection.prepare_cached(SELECT_WRITTEN)?.query_row([article], |row| row.get(0)).optional()?;
        let words = connection
            .prepare_cached(SELECT_WORDS)?
            .query_map((article, RULE), |row| {
                let name: String = row.get(0)?;
                let field = Self::FIELDS.into_iter().find(|field| *field == name).unwrap_or_default();
                Ok(Words { field, words: row.get(1)?, is_held: row.get(2)? })
            })?
            .collect::<rusqlite::Result<_>>()?;
        let map = CharMap::new(&text);
        let figures = all(connection, SELECT_FIGURES, article, |row| figure(row, &text, &map))?;
        let quotes = all(connection, SELECT_QUOTES, article, |row| {
            Ok(QuoteFact { id: row.get(0)?, said: row.get(1)?, speaker: row.get(2)? })
        })?;
        let entities = all(connection, SELECT_ENTITIES, article, |row| {
            Ok(EntityFact { id: row.get(0)?, kind: row.get(1)?, key: row.get(2)?, name: row.get(3)? })
        })?;
        Ok(Facts {
            fields,
            written: written.as_deref().map(headline),
            words,
            text,
            figures,
            quotes,
            entities,
        })
    }

    /// The facts of an article that was read and not stored.
    pub fn read(reading: &Reading) -> Facts {
        let Reading { article, findings } = reading;
        let text = &article.text;
        let value = |evidenced: &Option<Evidenced>| evidenced.as_ref().map(|e| e.value.clone());
        let speaker = |quote: &Quote| {
            let speaker = quote.speaker.as_ref()?;
            let entity = speaker.entity.map(|entity| findings.entities[entity].name.clone());
            Some(entity.unwrap_or_else(|| speaker.span.of(text).to_owned()))
        };
        let is_reported = |kind| matches!(kind, QuoteKind::Direct | QuoteKind::Mixed | QuoteKind::Indirect);
        let said = |quote: &Quote| quote.spans.iter().map(|span| span.of(text)).collect::<Vec<_>>().join(" ");
        let mut entities: Vec<EntityFact> = findings
            .entities
            .iter()
            .map(|entity| {
                let (kind, key) = (entity.kind.as_str().to_owned(), link_key(entity.kind, &entity.name).key);
                EntityFact { id: None, kind, key, name: entity.name.clone() }
            })
            .collect();
        entities.sort_by(|a, b| (&a.kind, &a.key).cmp(&(&b.kind, &b.key)));
        entities.dedup_by(|a, b| a.kind == b.kind && a.key == b.key);
        Facts {
            fields: [
                article.title.clone(),
                value(&article.byline),
                value(&article.dateline),
                value(&article.outlet),
                value(&article.published),
                article.language.map(str::to_owned),
            ],
            written: article
                .blocks
                .iter()
                .find(|block| block.role == Role::Title && block.span.is_some())
                .map(|block| headline(&block.text)),
            words: article
                .evidenced()
                .map(|(field, said)| (field, said.rule == RULE, said))
                .filter(|(_, is_held, said)| !is_held || said.evidence != said.value)
                .map(|(field, is_held, said)| Words { field, words: said.evidence.clone(), is_held })
                .collect(),
            text: text.clone(),
            figures: findings.figures.iter().map(|figure| figure_read(figure, text)).collect(),
            quotes: findings
                .quotes
                .iter()
                .filter(|quote| is_reported(quote.kind))
                .map(|quote| QuoteFact { id: None, said: said(quote), speaker: speaker(quote) })
                .collect(),
            entities,
        }
    }
}

fn all<T>(
    connection: &Connection,
    sql: &str,
    article: i64,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    connection.prepare_cached(sql)?.query_map([article], read)?.collect()
}

fn figure(row: &Row<'_>, text: &str, map: &CharMap<'_>) -> rusqlite::Result<FigureFact> {
    let at = |column: usize| -> rusqlite::Result<usize> {
        Ok(map.byte_at(usize::try_from(row.get::<_, i64>(column)?).unwrap_or(0)))
    };
    let (span, sentence) = ((at(11)?, at(12)?), (at(13)?, at(14)?));
    Ok(FigureFact {
        id: row.get(0)?,
        kind: row.get(1)?,
        text: row.get(2)?,
        value: row.get(3)?,
        low: row.get(4)?,
        high: row.get(5)?,
        bound: row.get(6)?,
        unit: row.get(7)?,
        unit_name: row.get(8)?,
        counted_head: row.get(9)?,
        event: row.get(10)?,
        around: around(text, span, sentence),
    })
}

fn figure_read(figure: &Figure, text: &str) -> FigureFact {
    let bytes = |span: Span| (span.start, span.end);
    FigureFact {
        id: None,
        kind: figure.kind.as_str().to_owned(),
        text: figure.span.of(text).to_owned(),
        value: figure.value,
        low: figure.low,
        high: figure.high,
        bound: figure.bound.as_str().to_owned(),
        unit: figure.unit.clone(),
        unit_name: figure.unit_name.clone(),
        counted_head: figure.counted_head.clone(),
        event: figure.event.clone(),
        around: around(text, bytes(figure.span), bytes(figure.sentence)),
    }
}

/// The words of the sentence before and after the figure, cut where the sentence is no sentence.
fn around(text: &str, span: (usize, usize), sentence: (usize, usize)) -> (String, String) {
    const FAR: usize = 300;
    let before = text.get(sentence.0..span.0).unwrap_or("");
    let after = text.get(span.1..sentence.1).unwrap_or("");
    let skip = before.chars().count().saturating_sub(FAR);
    (before.chars().skip(skip).collect(), after.chars().take(FAR).collect())
}
