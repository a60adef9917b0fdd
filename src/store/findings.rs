//! Rows of what was found in an article: mentions, quotes, figures and the rest.
//!
//! Spans become characters here, and nowhere later. Writing over an article keeps the ids of rows that are
//! still there: the same kind of thing with the same words, counted from the article's start.

mod numbers;

use std::collections::{BTreeMap, HashMap, VecDeque};

use rusqlite::{Connection, named_params};

use super::credits;
use super::entities::place_json;
use super::links::Links;
use super::namesakes;
use crate::finding::{Entity, Findings, Mention, Quote};
use crate::resolve::{LinkKey, link_key};
use crate::span::{CharMap, Span};

const INSERT_ENTITY: &str = "
    INSERT INTO article_entities (id, article_id, entity_id, kind, name, key, surname, is_full, place, evidence,
                                  linked_by)
    VALUES (:id, :article, :entity, :kind, :name, :key, :surname, :is_full, :place, :evidence, :linked_by)";

const INSERT_MENTION: &str = "
    INSERT INTO mentions (id, article_id, article_entity_id, start, end, text, kind, found_by, confidence)
    VALUES (:id, :article, :entity, :start, :end, :text, :kind, :found_by, :confidence)";

const INSERT_DESCRIPTION: &str = "
    INSERT INTO descriptions (id, article_id, article_entity_id, start, end, text, rule)
    VALUES (:id, :article, :entity, :start, :end, :text, :rule)";

const INSERT_QUOTE: &str = "
    INSERT INTO quotes (id, article_id, kind, start, end, text, said, content, content_start, content_end,
                        speaker_id, speaker_text, speaker_start, speaker_end, speaker_form, speaker_steps,
                        cue, cue_start, cue_end, cue_lemma, cue_kind,
                        addressee, addressee_start, addressee_end, occasion, occasion_start, occasion_end,
                        is_closed, rule, unattributed)
    VALUES (:id, :article, :kind, :start, :end, :text, :said, :content, :content_start, :content_end,
            :speaker, :speaker_text, :speaker_start, :speaker_end, :speaker_form, :speaker_steps,
            :cue, :cue_start, :cue_end, :cue_lemma, :cue_kind,
            :addressee, :addressee_start, :addressee_end, :occasion, :occasion_start, :occasion_end,
            :is_closed, :rule, :unattributed)";

const INSERT_QUOTE_SPAN: &str = "
    INSERT INTO quote_spans (quote_id, position, start, end, text) VALUES (?1, ?2, ?3, ?4, ?5)";

const INSERT_REFUSED: &str = "
    INSERT INTO refused (id, article_id, start, end, text, reason)
    VALUES (:id, :article, :start, :end, :text, :reason)";

const SELECT_IDS: &str = "
    SELECT 'entity' AS what, kind, key AS words, id, 0 AS start FROM article_entities WHERE article_id = ?1
    UNION ALL SELECT 'mention', kind, text, id, start FROM mentions WHERE article_id = ?1
    UNION ALL SELECT 'description', '', text, id, start FROM descriptions WHERE article_id = ?1
    UNION ALL SELECT 'quote', kind, text, id, start FROM quotes WHERE article_id = ?1
    UNION ALL SELECT 'figure', kind, text, id, start FROM figures WHERE article_id = ?1
    UNION ALL SELECT 'date', kind, text, id, start FROM dates WHERE article_id = ?1
    UNION ALL SELECT 'refused', '', text, id, start FROM refused WHERE article_id = ?1
    ORDER BY what, start, id";

// Of tables that would give a deleted row's id to the next one, while a later row may want it back.
const SELECT_GREATEST: &str = "
    SELECT 'entity', coalesce(max(id), 0) FROM article_entities
    UNION ALL SELECT 'description', coalesce(max(id), 0) FROM descriptions
    UNION ALL SELECT 'refused', coalesce(max(id), 0) FROM refused";

// Those that others refer to come last.
const DELETE_ALL: &[&str] = &[
    "DELETE FROM other_readings WHERE article_id = ?1",
    "DELETE FROM figures WHERE article_id = ?1",
    "DELETE FROM dates WHERE article_id = ?1",
    "DELETE FROM sentences WHERE article_id = ?1",
    "DELETE FROM quotes WHERE article_id = ?1",
    "DELETE FROM credits WHERE article_id = ?1",
    "DELETE FROM descriptions WHERE article_id = ?1",
    "DELETE FROM mentions WHERE article_id = ?1",
    "DELETE FROM refused WHERE article_id = ?1",
    "DELETE FROM article_entities WHERE article_id = ?1",
];

/// Writes the findings of an article that has none yet.
pub(super) fn insert(
    connection: &Connection,
    article: i64,
    text: &str,
    findings: &Findings,
) -> rusqlite::Result<Rows> {
    write(connection, article, text, findings, Ids::default(), Links::of(article))
}

/// Writes findings over those an article has; what is still there keeps its id.
pub(super) fn replace(
    connection: &Connection,
    article: i64,
    text: &str,
    findings: &Findings,
) -> rusqlite::Result<Rows> {
    let ids = Ids::of(connection, article)?;
    let links = delete(connection, article)?;
    write(connection, article, text, findings, ids, links)
}

/// Deletes an article's findings. The links are to be settled when the article's rows are as they shall be.
pub(super) fn delete(connection: &Connection, article: i64) -> rusqlite::Result<Links> {
    let mut links = Links::of(article);
    links.release(connection)?;
    for sql in DELETE_ALL {
        connection.prepare_cached(sql)?.execute([article])?;
    }
    Ok(links)
}

fn write(
    connection: &Connection,
    article: i64,
    text: &str,
    findings: &Findings,
    ids: Ids,
    links: Links,
) -> rusqlite::Result<Rows> {
    let mut writer = Writer { connection, article, text, map: CharMap::new(text), ids, links };
    let entities = writer.entities(findings)?;
    writer.mentions(findings, &entities)?;
    writer.descriptions(findings, &entities)?;
    credits::insert(connection, article, &findings.credits, &entities.of_entity)?;
    let quotes = writer.quotes(findings, &entities)?;
    let figures = writer.figures(findings, &quotes)?;
    writer.moments(findings)?;
    writer.readings(findings, &figures)?;
    writer.refused(findings)?;
    writer.links.settle(connection)?;
    Ok(Rows { entities: entities.of_entity, quotes, figures })
}

/// Row ids of what was written, by its place in the findings.
#[derive(Debug)]
pub(super) struct Rows {
    pub entities: Vec<i64>,
    pub quotes: Vec<i64>,
    pub figures: Vec<i64>,
}

/// Ids of an article's rows, to be taken again by rows of the same words.
#[derive(Debug, Default)]
struct Ids {
    known: HashMap<(String, String, String), VecDeque<i64>>,
    /// The greatest id of a table, where new rows must not take one that is known.
    greatest: HashMap<String, i64>,
}

impl Ids {
    fn of(connection: &Connection, article: i64) -> rusqlite::Result<Ids> {
        let mut known: HashMap<_, VecDeque<i64>> = HashMap::new();
        let mut statement = connection.prepare_cached(SELECT_IDS)?;
        let mut rows = statement.query([article])?;
        while let Some(row) = rows.next()? {
            known.entry((row.get(0)?, row.get(1)?, row.get(2)?)).or_default().push_back(row.get(3)?);
        }
        let greatest = connection
            .prepare_cached(SELECT_GREATEST)?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(Ids { known, greatest })
    }

    /// The id that the next row of these words had, or a new one; `None` where SQLite may choose it.
    fn take(&mut self, what: &str, kind: &str, words: &str) -> Option<i64> {
        if !self.known.is_empty() {
            let known = self.known.get_mut(&(what.to_owned(), kind.to_owned(), words.to_owned()));
            if let Some(id) = known.and_then(VecDeque::pop_front) {
                return Some(id);
            }
        }
        self.greatest.get_mut(what).map(|greatest| {
            *greatest += 1;
            *greatest
        })
    }
}

/// An optional span: its words, start and end.
type At<'t> = (Option<&'t str>, Option<i64>, Option<i64>);

/// Row ids of an article's entities, by entity and by mention.
struct EntityRows {
    of_entity: Vec<i64>,
    of_mention: Vec<i64>,
}

struct Writer<'c> {
    connection: &'c Connection,
    article: i64,
    text: &'c str,
    map: CharMap<'c>,
    ids: Ids,
    links: Links,
}

impl<'c> Writer<'c> {
    fn at(&self, span: Option<Span>) -> At<'c> {
        // Empty where a person credits somebody whom the article does not name.
        let Some(span) = span.filter(|span| !span.is_empty()) else { return (None, None, None) };
        let (start, end) = characters(&self.map, span);
        (Some(span.of(self.text)), Some(start), Some(end))
    }

    fn entities(&mut self, findings: &Findings) -> rusqlite::Result<EntityRows> {
        let named = named(self.text, findings);
        // Full names first: a surname of the same article may then find its bearer.
        let mut order: Vec<usize> = (0..named.len()).collect();
        order.sort_by_key(|&i| !named[i].1.full);
        let mut rows: HashMap<&LinkKey, i64> = HashMap::new();
        let mut of_named = vec![0; named.len()];
        for i in order {
            let (entity, key) = &named[i];
            let row = match rows.get(key) {
                Some(&row) => row,
                None => self.entity(entity, key)?,
            };
            rows.insert(key, row);
            of_named[i] = row;
        }
        let mut of_mention = vec![0; findings.mentions.len()];
        for ((entity, _), &row) in named.iter().zip(&of_named) {
            for &mention in &entity.mentions {
                of_mention[mention] = row;
            }
        }
        of_named.truncate(findings.entities.len());
        Ok(EntityRows { of_entity: of_named, of_mention })
    }

    fn entity(&mut self, entity: &Entity, key: &LinkKey) -> rusqlite::Result<i64> {
        let link = self.links.link(self.connection, &entity.name, key, entity.place.as_ref())?;
        self.connection.prepare_cached(INSERT_ENTITY)?.execute(named_params! {
            ":id": self.ids.take("entity", key.kind.as_str(), &key.key),
            ":article": self.article,
            ":entity": link.entity,
            ":kind": key.kind.as_str(),
            ":name": entity.name,
            ":key": key.key,
            ":surname": key.surname,
            ":is_full": key.full,
            ":place": entity.place.as_ref().map(place_json),
            ":evidence": serde_json::json!(entity.evidence).to_string(),
            ":linked_by": link.linked_by,
        })?;
        Ok(self.connection.last_insert_rowid())
    }

    fn mentions(&mut self, findings: &Findings, entities: &EntityRows) -> rusqlite::Result<()> {
        for (mention, row) in findings.mentions.iter().zip(&entities.of_mention) {
            let (text, start, end) = self.at(Some(mention.span));
            let id = self.ids.take("mention", mention.kind.as_str(), mention.span.of(self.text));
            self.connection.prepare_cached(INSERT_MENTION)?.execute(named_params! {
                ":id": id,
                ":article": self.article,
                ":entity": row,
                ":start": start,
                ":end": end,
                ":text": text,
                ":kind": mention.kind.as_str(),
                ":found_by": mention.found_by.as_str(),
                ":confidence": (f64::from(mention.confidence) * 1000.0).round() / 1000.0,
            })?;
        }
        Ok(())
    }

    fn descriptions(&mut self, findings: &Findings, entities: &EntityRows) -> rusqlite::Result<()> {
        let mut said: BTreeMap<i64, Vec<&str>> = BTreeMap::new();
        for description in &findings.descriptions {
            let of = entities.of_entity[description.entity];
            said.entry(of).or_default().push(description.span.of(self.text));
            let (text, start, end) = self.at(Some(description.span));
            let id = self.ids.take("description", "", description.span.of(self.text));
            self.connection.prepare_cached(INSERT_DESCRIPTION)?.execute(named_params! {
                ":id": id,
                ":article": self.article,
                ":entity": entities.of_entity[description.entity],
                ":start": start,
                ":end": end,
                ":text": text,
                ":rule": description.rule,
            })?;
        }
        for (entity, descriptions) in said {
            namesakes::note(self.connection, entity, &descriptions)?;
        }
        Ok(())
    }

    /// Writes the quotes; returns their row ids.
    fn quotes(&mut self, findings: &Findings, entities: &EntityRows) -> rusqlite::Result<Vec<i64>> {
        let mut rows = Vec::with_capacity(findings.quotes.len());
        for quote in &findings.quotes {
            let row = self.quote(quote, entities)?;
            let mut insert = self.connection.prepare_cached(INSERT_QUOTE_SPAN)?;
            for (position, &span) in (0_i64..).zip(&quote.spans) {
                let (start, end) = characters(&self.map, span);
                insert.execute((row, position, start, end, span.of(self.text)))?;
            }
            rows.push(row);
        }
        Ok(rows)
    }

    fn quote(&mut self, quote: &Quote, entities: &EntityRows) -> rusqlite::Result<i64> {
        let whole = cover(&quote.spans);
        let content = if quote.content.is_empty() { whole } else { cover(&quote.content) };
        let said: Vec<&str> = quote.spans.iter().map(|span| span.of(self.text)).collect();
        let (text, start, end) = self.at(Some(whole));
        let (content_text, content_start, content_end) = self.at(Some(content));
        let speaker = quote.speaker.as_ref();
        let (speaker_text, speaker_start, speaker_end) = self.at(speaker.map(|s| s.span));
        let cue = quote.cue.as_ref();
        let (cue_text, cue_start, cue_end) = self.at(cue.map(|c| c.span));
        let (addressee, addressee_start, addressee_end) = self.at(quote.addressee);
        let (occasion, occasion_start, occasion_end) = self.at(quote.occasion);
        self.connection.prepare_cached(INSERT_QUOTE)?.execute(named_params! {
            ":id": self.ids.take("quote", quote.kind.as_str(), whole.of(self.text)),
            ":article": self.article,
            ":kind": quote.kind.as_str(),
            ":start": start,
            ":end": end,
            ":text": text,
            ":said": said.join(" "),
            ":content": content_text.filter(|_| content != whole),
            ":content_start": content_start,
            ":content_end": content_end,
            ":speaker": speaker.and_then(|s| s.entity).map(|entity| entities.of_entity[entity]),
            ":speaker_text": speaker_text,
            ":speaker_start": speaker_start,
            ":speaker_end": speaker_end,
            ":speaker_form": speaker.map(|s| s.form.as_str()),
            ":speaker_steps": speaker.map(|s| s.steps.as_str()),
            ":cue": cue_text,
            ":cue_start": cue_start,
            ":cue_end": cue_end,
            ":cue_lemma": cue.map(|c| c.lemma.as_str()),
            ":cue_kind": cue.map(|c| c.kind.as_str()),
            ":addressee": addressee,
            ":addressee_start": addressee_start,
            ":addressee_end": addressee_end,
            ":occasion": occasion,
            ":occasion_start": occasion_start,
            ":occasion_end": occasion_end,
            ":is_closed": quote.closed,
            ":rule": quote.rule,
            ":unattributed": quote.unattributed,
        })?;
        Ok(self.connection.last_insert_rowid())
    }

    fn refused(&mut self, findings: &Findings) -> rusqlite::Result<()> {
        for refused in &findings.refused {
            let (text, start, end) = self.at(Some(refused.span));
            let id = self.ids.take("refused", "", refused.span.of(self.text));
            self.connection.prepare_cached(INSERT_REFUSED)?.execute(named_params! {
                ":id": id,
                ":article": self.article,
                ":start": start,
                ":end": end,
                ":text": text,
                ":reason": refused.reason,
            })?;
        }
        Ok(())
    }
}

/// The article's entities with their keys, and after them one for each mention that none of them has.
fn named(text: &str, findings: &Findings) -> Vec<(Entity, LinkKey)> {
    let mut has_entity = vec![false; findings.mentions.len()];
    for &mention in findings.entities.iter().flat_map(|entity| &entity.mentions) {
        has_entity[mention] = true;
    }
    let alone = |(index, mention): (usize, &Mention)| Entity {
        name: mention.span.of(text).to_owned(),
        kind: mention.kind,
        key: String::new(),
        aliases: Vec::new(),
        mentions: vec![index],
        evidence: Vec::new(),
        place: None,
    };
    let mentions = findings.mentions.iter().enumerate().filter(|(index, _)| !has_entity[*index]);
    let entities = findings.entities.iter().cloned().chain(mentions.map(alone));
    entities.map(|entity| (own_key(&entity), entity)).map(|(k, e)| (e, k)).collect()
}

/// The key that an entity links by: its own, which a person may have told from its namesakes'.
fn own_key(entity: &Entity) -> LinkKey {
    let key = link_key(entity.kind, &entity.name);
    if entity.key.is_empty() { key } else { LinkKey { key: entity.key.clone(), ..key } }
}

/// A span in characters, as SQLite counts.
pub(super) fn characters(map: &CharMap<'_>, span: Span) -> (i64, i64) {
    let (start, end) = map.chars(span);
    let number = |n| i64::try_from(n).expect("no text has 2^63 characters");
    (number(start), number(end))
}

/// The smallest span over all.
fn cover(spans: &[Span]) -> Span {
    spans.iter().copied().reduce(|a, b| a.cover(b)).unwrap_or(Span::new(0, 0))
}
