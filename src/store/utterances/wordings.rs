//! Which wording each quote in the queue has, and which wordings came and went with that.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use super::corrections::{Corrections, Pin};
use super::nodes::traces;
use crate::finding::QuoteKind;
use crate::resolve::utterances::{Distinct, Voice, Wording, distinct};

// A quote that is gone has no said.
const SELECT_QUEUE: &str = "
    SELECT t.quote_id, m.wording_id, q.said, q.kind, q.article_id, substr(a.published, 1, 10),
           e.kind, e.key, e.surname, e.is_full
    FROM utterance_queue t
    LEFT JOIN quote_wordings m ON m.quote_id = t.quote_id
    LEFT JOIN quotes q ON q.id = t.quote_id
    LEFT JOIN articles a ON a.id = q.article_id
    LEFT JOIN article_entities n ON n.id = q.speaker_id
    LEFT JOIN entities e ON e.id = n.entity_id
    ORDER BY t.quote_id
    LIMIT ?1";
const DELETE_QUEUED: &str = "DELETE FROM utterance_queue WHERE quote_id <= ?1";

// The stretches of an article's quotes, the outer ones first.
const SELECT_STRETCHES: &str = "
    SELECT q.id, q.end, s.position, s.end
    FROM quotes q
    JOIN quote_spans s ON s.quote_id = q.id
    WHERE q.article_id = ?1 AND q.kind IN ('direct', 'mixed', 'scare')
    ORDER BY s.start, s.end DESC, q.id";

const SELECT_WORDING: &str = "SELECT id, said FROM wordings WHERE hash = ?1";
const INSERT_WORDING: &str = "
    INSERT INTO wordings (hash, said, letters, speaker_kind, speaker_key, speaker_surname, speaker_is_full,
                          days, is_alone, same_as, traces, quotes)
    VALUES (:hash, :said, :letters, :kind, :key, :surname, :is_full, :days, :is_alone, :same_as, :traces, 1)";
const ADD_QUOTE: &str = "UPDATE wordings SET quotes = quotes + 1, said = min(said, ?2) WHERE id = ?1";
const TAKE_QUOTE: &str = "UPDATE wordings SET quotes = quotes - 1 WHERE id = ?1 RETURNING quotes";
const KEEP_QUOTE: &str = "
    INSERT INTO quote_wordings (quote_id, wording_id) VALUES (?1, ?2)
    ON CONFLICT (quote_id) DO UPDATE SET wording_id = excluded.wording_id";
const DROP_QUOTE: &str = "DELETE FROM quote_wordings WHERE quote_id = ?1";
const COUNT_QUOTES: &str = "SELECT quotes FROM wordings WHERE id = ?1";
const REFRESH_SAID: &str = "
    UPDATE wordings
    SET said = coalesce((SELECT min(q.said) FROM quote_wordings m JOIN quotes q ON q.id = m.quote_id
                         WHERE m.wording_id = wordings.id), said)
    WHERE id = ?1";
const SELECT_DAYS: &str = "SELECT days FROM wordings WHERE id = ?1";
const REFRESH_DAYS: &str = "
    UPDATE wordings
    SET days = coalesce((
        SELECT group_concat(day, ' ' ORDER BY day)
        FROM (SELECT DISTINCT substr(a.published, 1, 10) AS day
              FROM quote_wordings m
              JOIN quotes q ON q.id = m.quote_id
              JOIN articles a ON a.id = q.article_id
              WHERE m.wording_id = wordings.id AND length(a.published) >= 10)), '')
    WHERE id = ?1
    RETURNING days";
const DELETE_WORDING: &str = "DELETE FROM wordings WHERE id = ?1";

/// What the quotes of a batch did to the wordings.
#[derive(Debug, Default)]
pub(super) struct Assigned {
    /// Quotes looked at.
    pub quotes: i64,
    /// The last of them.
    last: i64,
    /// Wordings that were not there before, with their traces.
    pub new: BTreeMap<i64, Vec<i64>>,
    /// Wordings that no quote has any more; their rows are still there.
    pub emptied: BTreeSet<i64>,
    /// Wordings whose quotes changed.
    pub touched: BTreeSet<i64>,
    /// Wordings that may be printed otherwise than before.
    pub reworded: BTreeSet<i64>,
    /// Wordings that are published on other days than before.
    pub redated: BTreeSet<i64>,
    /// Where quotes went that a wording lost.
    pub successors: BTreeMap<i64, BTreeSet<i64>>,
}

/// A quote as it is.
struct Queued {
    id: i64,
    before: Option<i64>,
    now: Option<Quote>,
}

struct Quote {
    said: String,
    article: i64,
    /// When it was published, if the day is known.
    day: Option<String>,
    voice: Option<Voice>,
}

/// What makes a wording one.
struct Identity {
    hash: [u8; 16],
    letters: i64,
    is_alone: bool,
    same_as: Option<String>,
}

/// Gives the first quotes of the queue their wordings.
pub(super) fn assign(connection: &Connection, batch: i64) -> rusqlite::Result<Assigned> {
    let mut assigned = Assigned::default();
    let corrections = Corrections::read(connection)?;
    let queued: Vec<Queued> = {
        let mut statement = connection.prepare_cached(SELECT_QUEUE)?;
        let rows = statement.query_map([batch], queued)?;
        rows.collect::<rusqlite::Result<_>>()?
    };
    let mut within = Within::default();
    for mut quote in queued {
        assigned.quotes += 1;
        assigned.last = quote.id;
        if let Some(now) = &quote.now
            && within.has(connection, now.article, quote.id)?
        {
            quote.now = None;
        }
        assign_one(connection, &corrections, &quote, &mut assigned)?;
    }
    for &wording in &assigned.touched {
        let quotes: Option<i64> =
            connection.prepare_cached(COUNT_QUOTES)?.query_row([wording], |row| row.get(0)).optional()?;
        if quotes == Some(0) {
            assigned.emptied.insert(wording);
        }
    }
    let emptied = &assigned.emptied;
    assigned.new.retain(|wording, _| !emptied.contains(wording));
    for &wording in assigned.reworded.difference(emptied) {
        connection.prepare_cached(REFRESH_SAID)?.execute([wording])?;
    }
    for &wording in assigned.touched.difference(emptied) {
        let before: String =
            connection.prepare_cached(SELECT_DAYS)?.query_row([wording], |row| row.get(0))?;
        let now: String = connection.prepare_cached(REFRESH_DAYS)?.query_row([wording], |row| row.get(0))?;
        if before != now {
            assigned.redated.insert(wording);
        }
    }
    Ok(assigned)
}

/// Takes the batch from the queue, and the rows of wordings that nobody has.
pub(super) fn forget(connection: &Connection, assigned: &Assigned) -> rusqlite::Result<()> {
    for &wording in &assigned.emptied {
        connection.prepare_cached(DELETE_WORDING)?.execute([wording])?;
    }
    connection.prepare_cached(DELETE_QUEUED)?.execute([assigned.last])?;
    Ok(())
}

/// The quotes of an article that stand within another one, whose words they are too.
#[derive(Default)]
struct Within {
    article: i64,
    quotes: HashSet<i64>,
}

impl Within {
    fn has(&mut self, connection: &Connection, article: i64, quote: i64) -> rusqlite::Result<bool> {
        if self.article != article {
            *self = Within::read(connection, article)?;
        }
        Ok(self.quotes.contains(&quote))
    }

    fn read(connection: &Connection, article: i64) -> rusqlite::Result<Within> {
        let mut within = Within { article, quotes: HashSet::new() };
        let mut statement = connection.prepare_cached(SELECT_STRETCHES)?;
        let mut rows = statement.query([article])?;
        // Where the stretches so far reach.
        let mut reach = 0;
        while let Some(row) = rows.next()? {
            let (end, position, stretch_end): (i64, i64, i64) = (row.get(1)?, row.get(2)?, row.get(3)?);
            if position == 0 && end <= reach {
                within.quotes.insert(row.get(0)?);
            }
            reach = reach.max(stretch_end);
        }
        Ok(within)
    }
}

fn queued(row: &Row<'_>) -> rusqlite::Result<Queued> {
    let said: Option<String> = row.get(2)?;
    let kind: Option<String> = row.get(3)?;
    let told = [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Scare]
        .iter()
        .any(|told| kind.as_deref() == Some(told.as_str()));
    let voice = match row.get::<_, Option<String>>(6)? {
        None => None,
        Some(kind) => Some(Voice { kind, key: row.get(7)?, surname: row.get(8)?, is_full: row.get(9)? }),
    };
    let now = match said {
        Some(said) if told => {
            let day = row.get::<_, Option<String>>(5)?.filter(|day| day.len() == 10);
            Some(Quote { said, article: row.get(4)?, day, voice })
        }
        _ => None,
    };
    Ok(Queued { id: row.get(0)?, before: row.get(1)?, now })
}

fn assign_one(
    connection: &Connection,
    corrections: &Corrections,
    quote: &Queued,
    assigned: &mut Assigned,
) -> rusqlite::Result<()> {
    let wordings_before = assigned.new.len();
    let now = match &quote.now {
        None => None,
        Some(now) => {
            let wording = Wording::read(&now.said);
            let pin = corrections.pin(connection, now.article, quote.id, &wording)?;
            let identity = identify(quote.id, now, &wording, pin);
            Some(wording_of(connection, now, &wording, identity, quote.before, assigned)?)
        }
    };
    assigned.touched.extend(quote.before);
    if quote.before == now {
        assigned.reworded.extend(quote.before);
        return Ok(());
    }
    if let Some(before) = quote.before {
        connection.prepare_cached(TAKE_QUOTE)?.query_row([before], |_| Ok(()))?;
        assigned.reworded.insert(before);
        assigned.successors.entry(before).or_default().extend(now);
    }
    match now {
        Some(wording) => {
            connection.prepare_cached(KEEP_QUOTE)?.execute([quote.id, wording])?;
            if wordings_before != assigned.new.len() {
                // A new wording has all that follows from its quotes.
                return Ok(());
            }
            assigned.touched.insert(wording);
        }
        None => {
            connection.prepare_cached(DROP_QUOTE)?.execute([quote.id])?;
        }
    }
    Ok(())
}

/// The row of a wording, made where there is none; counts the quote, unless it was there before.
fn wording_of(
    connection: &Connection,
    quote: &Quote,
    wording: &Wording,
    identity: Identity,
    before: Option<i64>,
    assigned: &mut Assigned,
) -> rusqlite::Result<i64> {
    let found: Option<(i64, String)> = connection
        .prepare_cached(SELECT_WORDING)?
        .query_row([&identity.hash[..]], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((wording, said)) = found {
        if before != Some(wording) {
            connection.prepare_cached(ADD_QUOTE)?.execute((wording, &quote.said))?;
            if quote.said < said {
                assigned.reworded.insert(wording);
            }
        }
        return Ok(wording);
    }
    let voice = quote.voice.as_ref();
    let traces = traces(wording, voice, identity.is_alone);
    connection.prepare_cached(INSERT_WORDING)?.execute(named_params! {
        ":hash": &identity.hash[..],
        ":said": quote.said,
        ":letters": identity.letters,
        ":kind": voice.map(|voice| &voice.kind),
        ":key": voice.map(|voice| &voice.key),
        ":surname": voice.and_then(|voice| voice.surname.as_ref()),
        ":is_full": voice.map(|voice| voice.is_full),
        ":days": quote.day.as_deref().unwrap_or(""),
        ":is_alone": identity.is_alone,
        ":same_as": identity.same_as,
        ":traces": i64::try_from(traces.len()).unwrap_or(i64::MAX),
    })?;
    let wording = connection.last_insert_rowid();
    assigned.new.insert(wording, traces);
    Ok(wording)
}

fn identify(id: i64, quote: &Quote, wording: &Wording, pin: Option<Pin>) -> Identity {
    let (mut day, mut is_alone, mut same_as) = (None, false, None);
    match (pin, distinct(wording, quote.voice.as_ref())) {
        (Some(pin), _) => {
            is_alone = true;
            same_as = pin.0;
        }
        (None, Distinct::Always) => {}
        (None, Distinct::OnTheDay) => {
            day = quote.day.as_deref();
            is_alone = day.is_none();
        }
        (None, Distinct::Never) => is_alone = true,
    }
    let mut hasher = blake3::Hasher::new();
    let mut add = |part: &str| {
        hasher.update(part.as_bytes());
        hasher.update(b"\x1f");
    };
    add(&wording.key());
    let voice = quote.voice.as_ref();
    add(voice.map_or("", |voice| &voice.kind));
    add(voice.map_or("", |voice| &voice.key));
    add(voice.and_then(|voice| voice.surname.as_deref()).unwrap_or(""));
    add(day.unwrap_or(""));
    if is_alone {
        add(&id.to_string());
        add(same_as.as_deref().unwrap_or(""));
    }
    let mut hash = [0; 16];
    hash.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    Identity { hash, letters: wording.letters(), is_alone, same_as }
}
