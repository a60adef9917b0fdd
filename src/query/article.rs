//! One article with all that was found in it, as it is shown to a person.

use rusqlite::{Row, params};
use serde::Serialize;

use super::{Error, Reader};

/// An article and its findings. Spans count characters of [`ArticleView::text`].
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)] // The fields are the columns of the archive, described there.
pub struct ArticleView {
    pub id: i64,
    pub source: String,
    pub title: Option<String>,
    pub outlet: Option<String>,
    pub byline: Option<String>,
    pub dateline: Option<String>,
    pub published: Option<String>,
    pub language: Option<String>,
    pub words: i64,
    pub revision: i64,
    pub evidence: Vec<EvidenceView>,
    pub text: String,
    pub mentions: Vec<MentionView>,
    pub quotes: Vec<QuoteView>,
    pub figures: Vec<FigureView>,
    pub refused: Vec<RefusedView>,
    pub dates: Vec<DateView>,
    pub other_readings: Vec<ReadingView>,
    pub furniture: Vec<FurnitureView>,
    pub corrected: Vec<CorrectedView>,
}

/// What a person corrected in the article.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct CorrectedView {
    pub correction_id: i64,
    pub subject: String,
    /// The row: of an entity, its number over the archive; NULL where it was dropped.
    pub row_id: Option<i64>,
    pub anchor: String,
    pub field: String,
    pub value: Option<String>,
    pub author: String,
    pub made_at: String,
    pub note: Option<String>,
}

/// Where the document says a thing about the article.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct EvidenceView {
    pub field: String,
    pub value: String,
    pub words: String,
    pub rule: String,
}

/// A name.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct MentionView {
    pub start: usize,
    pub end: usize,
    pub text: String,
    pub kind: String,
    pub entity_id: i64,
    pub entity: String,
    pub found_by: String,
    pub confidence: f64,
    /// The rules that joined the entity's mentions in the article, as JSON.
    pub joined_by: String,
    /// The rule that chose the entity's row: "key" (its own name) or "surname".
    pub linked_by: String,
    /// Of a name that several bear, why it is this one.
    pub sense: Option<String>,
}

/// A quote.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct QuoteView {
    pub id: i64,
    pub spans: Vec<(usize, usize)>,
    pub said: String,
    pub kind: String,
    pub speaker: Option<String>,
    pub speaker_text: Option<String>,
    pub speaker_steps: Option<String>,
    pub cue: Option<String>,
    pub rule: String,
    pub unattributed: Option<String>,
}

/// A figure.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct FigureView {
    pub id: i64,
    pub start: usize,
    pub end: usize,
    pub text: String,
    pub kind: String,
    pub value: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub bound: String,
    pub unit: Option<String>,
    pub counted: Option<String>,
    pub event: Option<String>,
    pub rule: String,
}

/// A number that is no figure.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct RefusedView {
    pub start: usize,
    pub end: usize,
    pub text: String,
    pub reason: String,
}

/// A date, a time or a stretch of the calendar.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct DateView {
    pub start: usize,
    pub end: usize,
    pub text: String,
    pub kind: String,
    pub value: Option<String>,
    pub unresolved: Option<String>,
    pub rule: String,
}

/// What a number may be besides.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct ReadingView {
    pub start: usize,
    pub end: usize,
    pub text: String,
    pub read_as: String,
    pub other: String,
    pub rule: String,
}

/// What cleaning set aside.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct FurnitureView {
    pub role: String,
    pub reason: String,
    pub text: String,
}

/// Titles offered where several articles fit.
const OFFERED: i64 = 10;

impl Reader {
    /// The id of the one article that `wanted` names: its number, its source, its file's name, or a part of its
    /// title or source.
    pub fn find_article(&self, wanted: &str) -> Result<i64, Error> {
        let connection = self.connection();
        // A document that is in several files is named after one of them, and goes by all their names.
        let mut exact = connection.prepare(
            "SELECT id FROM articles WHERE id = ?1 OR source = ?2 \
             UNION ALL SELECT article_id FROM sources WHERE source = ?2",
        )?;
        let number = wanted.parse::<i64>().ok();
        if let Some(row) = exact.query(params![number, wanted])?.next()? {
            return Ok(row.get(0)?);
        }
        // A number must not fit by chance what stands in some title or path: only a file's whole name does.
        let mut like = connection.prepare(match number {
            Some(_) => {
                "SELECT id, coalesce(title, ''), source FROM articles \
                 WHERE '/' || source LIKE '%/' || ?1 || '.%' AND '/' || source NOT LIKE '%/' || ?1 || '.%/%' \
                 ORDER BY id LIMIT ?2"
            }
            None => {
                "SELECT id, coalesce(title, ''), source FROM articles \
                 WHERE instr(lower(title), lower(?1)) > 0 OR instr(source, ?1) > 0 ORDER BY id LIMIT ?2"
            }
        })?;
        let fits: Vec<(i64, String, String)> = like
            .query_map(params![wanted, OFFERED], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<_, _>>()?;
        match fits.as_slice() {
            [(id, ..)] => Ok(*id),
            [] => Err(Error::UnknownArticle { wanted: wanted.to_owned() }),
            fits => Err(Error::SeveralArticles {
                wanted: wanted.to_owned(),
                fits: fits.iter().map(|(id, title, source)| format!("{id}  {title} ({source})")).collect(),
            }),
        }
    }

    /// An article with its findings, in the order of the text.
    pub fn article(&self, id: i64) -> Result<ArticleView, Error> {
        let mut view = self.connection().query_row(
            "SELECT a.id, source, title, name, byline, dateline, published, language, words, revision, text \
             FROM articles a LEFT JOIN outlets o ON o.id = a.outlet_id WHERE a.id = ?1",
            [id],
            |row| {
                Ok(ArticleView {
                    id: row.get(0)?,
                    source: row.get(1)?,
                    title: row.get(2)?,
                    outlet: row.get(3)?,
                    byline: row.get(4)?,
                    dateline: row.get(5)?,
                    published: row.get(6)?,
                    language: row.get(7)?,
                    words: row.get(8)?,
                    revision: row.get(9)?,
                    text: row.get(10)?,
                    evidence: Vec::new(),
                    mentions: Vec::new(),
                    quotes: Vec::new(),
                    figures: Vec::new(),
                    dates: Vec::new(),
                    other_readings: Vec::new(),
                    refused: Vec::new(),
                    furniture: Vec::new(),
                    corrected: Vec::new(),
                })
            },
        )?;
        view.evidence = self.all(
            "SELECT field, value, words, rule FROM evidence WHERE article_id = ?1 ORDER BY field",
            id,
            |row| {
                Ok(EvidenceView {
                    field: row.get(0)?,
                    value: row.get(1)?,
                    words: row.get(2)?,
                    rule: row.get(3)?,
                })
            },
        )?;
        view.mentions = self.all(
            "SELECT start, end, text, m.kind, e.id, e.name, found_by, confidence, evidence, \
             n.linked_by, (SELECT s.why FROM senses s WHERE s.article_entity_id = n.id) FROM mentions m \
             JOIN article_entities n ON n.id = m.article_entity_id JOIN entities e ON e.id = n.entity_id \
             WHERE m.article_id = ?1 ORDER BY start",
            id,
            mention,
        )?;
        view.quotes = self.all(
            "SELECT q.id, said, q.kind, e.name, speaker_text, speaker_steps, cue, rule, unattributed FROM quotes q \
             LEFT JOIN article_entities n ON n.id = q.speaker_id LEFT JOIN entities e ON e.id = n.entity_id \
             WHERE q.article_id = ?1 ORDER BY start, q.id",
            id,
            quote,
        )?;
        for quote in &mut view.quotes {
            quote.spans = self.all(
                "SELECT start, end FROM quote_spans WHERE quote_id = ?1 ORDER BY position",
                quote.id,
                |row| Ok((row.get::<_, u32>(0)? as usize, row.get::<_, u32>(1)? as usize)),
            )?;
        }
        view.figures = self.all(
            "SELECT id, start, end, text, kind, value, low, high, bound, unit_name, counted, event, rule \
             FROM figures WHERE article_id = ?1 ORDER BY start",
            id,
            figure,
        )?;
        view.refused = self.all(
            "SELECT start, end, text, reason FROM refused WHERE article_id = ?1 ORDER BY start",
            id,
            |row| {
                Ok(RefusedView {
                    start: row.get::<_, u32>(0)? as usize,
                    end: row.get::<_, u32>(1)? as usize,
                    text: row.get(2)?,
                    reason: row.get(3)?,
                })
            },
        )?;
        view.dates = self.all(
            "SELECT start, end, text, kind, value, unresolved, rule FROM dates WHERE article_id = ?1 ORDER BY start",
            id,
            date,
        )?;
        view.other_readings = self.all(
            "SELECT start, end, text, read_as, other, rule FROM other_readings WHERE article_id = ?1 ORDER BY start, id",
            id,
            reading,
        )?;
        view.furniture = self.all(
            "SELECT role, reason, text FROM blocks WHERE article_id = ?1 AND text IS NOT NULL ORDER BY position",
            id,
            |row| Ok(FurnitureView { role: row.get(0)?, reason: row.get(1)?, text: row.get(2)? }),
        )?;
        view.corrected = self.all(
            "SELECT c.id, c.subject, coalesce(n.entity_id, p.row_id), c.anchor, c.field, c.value, c.author, \
                    c.made_at, c.note \
             FROM applied_corrections p JOIN corrections c ON c.id = p.correction_id \
             LEFT JOIN article_entities n ON n.id = p.row_id AND p.subject = 'entity' \
             WHERE p.article_id = ?1 AND p.outcome = 'applied' ORDER BY c.made_at, c.id",
            id,
            corrected,
        )?;
        Ok(view)
    }

    pub(super) fn all<T>(
        &self,
        sql: &str,
        id: i64,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let mut statement = self.connection().prepare_cached(sql)?;
        let rows = statement.query_map([id], read)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }
}

fn date(row: &Row<'_>) -> rusqlite::Result<DateView> {
    Ok(DateView {
        start: row.get::<_, u32>(0)? as usize,
        end: row.get::<_, u32>(1)? as usize,
        text: row.get(2)?,
        kind: row.get(3)?,
        value: row.get(4)?,
        unresolved: row.get(5)?,
        rule: row.get(6)?,
    })
}

fn reading(row: &Row<'_>) -> rusqlite::Result<ReadingView> {
    Ok(ReadingView {
        start: row.get::<_, u32>(0)? as usize,
        end: row.get::<_, u32>(1)? as usize,
        text: row.get(2)?,
        read_as: row.get(3)?,
        other: row.get(4)?,
        rule: row.get(5)?,
    })
}

fn mention(row: &Row<'_>) -> rusqlite::Result<MentionView> {
    Ok(MentionView {
        start: row.get::<_, u32>(0)? as usize,
        end: row.get::<_, u32>(1)? as usize,
        text: row.get(2)?,
        kind: row.get(3)?,
        entity_id: row.get(4)?,
        entity: row.get(5)?,
        found_by: row.get(6)?,
        confidence: row.get(7)?,
        joined_by: row.get(8)?,
        linked_by: row.get(9)?,
        sense: row.get(10)?,
    })
}

fn corrected(row: &Row<'_>) -> rusqlite::Result<CorrectedView> {
    Ok(CorrectedView {
        correction_id: row.get(0)?,
        subject: row.get(1)?,
        row_id: row.get(2)?,
        anchor: row.get(3)?,
        field: row.get(4)?,
        value: row.get(5)?,
        author: row.get(6)?,
        made_at: row.get(7)?,
        note: row.get(8)?,
    })
}

fn quote(row: &Row<'_>) -> rusqlite::Result<QuoteView> {
    Ok(QuoteView {
        id: row.get(0)?,
        spans: Vec::new(),
        said: row.get(1)?,
        kind: row.get(2)?,
        speaker: row.get(3)?,
        speaker_text: row.get(4)?,
        speaker_steps: row.get(5)?,
        cue: row.get(6)?,
        rule: row.get(7)?,
        unattributed: row.get(8)?,
    })
}

fn figure(row: &Row<'_>) -> rusqlite::Result<FigureView> {
    Ok(FigureView {
        id: row.get(0)?,
        start: row.get::<_, u32>(1)? as usize,
        end: row.get::<_, u32>(2)? as usize,
        text: row.get(3)?,
        kind: row.get(4)?,
        value: row.get(5)?,
        low: row.get(6)?,
        high: row.get(7)?,
        bound: row.get(8)?,
        unit: row.get(9)?,
        counted: row.get(10)?,
        event: row.get(11)?,
        rule: row.get(12)?,
    })
}
