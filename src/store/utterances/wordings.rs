//! Which wording each quote in the queue has, and which wordings came and went with that.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

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

const SELECT_WORDING: &str = "SELECT id, said, days, quotes FROM wordings WHERE hash = ?1";
const SELECT_WORDING_BY_ID: &str = "SELECT id, said, days, quotes FROM wordings WHERE id = ?1";
const INSERT_WORDING: &str = "
    INSERT INTO wordings (hash, said, letters, speaker_kind, speaker_key, speaker_surname, speaker_is_full,
                          days, is_alone, same_as, traces, quotes)
    VALUES (:hash, :said, :letters, :kind, :key, :surname, :is_full, :days, :is_alone, :same_as, :traces, 0)";
const UPDATE_WORDING: &str = "UPDATE wordings SET said = ?2, days = ?3, quotes = ?4 WHERE id = ?1";
const SELECT_SAID_AND_DAYS: &str = "
    SELECT min(q.said), coalesce((
        SELECT group_concat(day, ' ' ORDER BY day)
        FROM (SELECT DISTINCT substr(a.published, 1, 10) AS day
              FROM quote_wordings m
              JOIN quotes q ON q.id = m.quote_id
              JOIN articles a ON a.id = q.article_id
              WHERE m.wording_id = ?1 AND length(a.published) >= 10)), '')
    FROM quote_wordings m
    JOIN quotes q ON q.id = m.quote_id
    WHERE m.wording_id = ?1";
const KEEP_QUOTE: &str = "
    INSERT INTO quote_wordings (quote_id, wording_id) VALUES (?1, ?2)
    ON CONFLICT (quote_id) DO UPDATE SET wording_id = excluded.wording_id";
const DROP_QUOTE: &str = "DELETE FROM quote_wordings WHERE quote_id = ?1";
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
    /// New wordings that one quote has.
    pub single: BTreeSet<i64>,
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

/// A wording while its quotes come and go.
struct Known {
    said: String,
    days: String,
    quotes: i64,
    is_new: bool,
    /// A quote changed or went, and what the wording had of it may be no quote's any more.
    is_stale: bool,
    is_changed: bool,
}

impl Known {
    fn read(row: &Row<'_>) -> rusqlite::Result<(i64, Known)> {
        let (said, days, quotes) = (row.get(1)?, row.get(2)?, row.get(3)?);
        let known = Known { said, days, quotes, is_new: false, is_stale: false, is_changed: false };
        Ok((row.get(0)?, known))
    }

    /// Adds a quote; says whether that shows in what is printed, and in the days.
    fn add(&mut self, quote: &Quote) -> (bool, bool) {
        self.quotes += 1;
        self.is_changed = true;
        let reworded = quote.said < self.said;
        if reworded {
            self.said.clone_from(&quote.said);
        }
        let redated = match &quote.day {
            Some(day) if !self.days.split(' ').any(|known| known == day) => {
                let mut days: Vec<&str> = self.days.split(' ').filter(|known| !known.is_empty()).collect();
                days.insert(days.partition_point(|known| *known < day.as_str()), day);
                self.days = days.join(" ");
                true
            }
            _ => false,
        };
        (reworded, redated)
    }
}

/// The wordings of a batch.
struct Wordings<'c> {
    connection: &'c Connection,
    by_hash: HashMap<[u8; 16], i64>,
    known: BTreeMap<i64, Known>,
    assigned: Assigned,
}

/// Gives the first quotes of the queue their wordings.
pub(super) fn assign(connection: &Connection, batch: i64) -> rusqlite::Result<Assigned> {
    let corrections = Corrections::read(connection)?;
    let queued: Vec<Queued> = {
        let mut statement = connection.prepare_cached(SELECT_QUEUE)?;
        let rows = statement.query_map([batch], queued)?;
        rows.collect::<rusqlite::Result<_>>()?
    };
    let mut wordings = Wordings {
        connection,
        by_hash: HashMap::new(),
        known: BTreeMap::new(),
        assigned: Assigned::default(),
    };
    let mut within = Within::default();
    for mut quote in queued {
        wordings.assigned.quotes += 1;
        wordings.assigned.last = quote.id;
        if let Some(now) = &quote.now
            && within.has(connection, now.article, quote.id)?
        {
            quote.now = None;
        }
        wordings.assign(&corrections, &quote)?;
    }
    wordings.finish()
}

impl Wordings<'_> {
    fn assign(&mut self, corrections: &Corrections, quote: &Queued) -> rusqlite::Result<()> {
        let now = match &quote.now {
            None => None,
            Some(now) => {
                let wording = Wording::read(&now.said);
                let pin = corrections.pin(self.connection, now.article, quote.id, &wording)?;
                match identify(quote.id, now, &wording, pin) {
                    None => None,
                    Some(identity) => Some((self.wording(now, &wording, &identity)?, now)),
                }
            }
        };
        if let Some((wording, quote)) = now.filter(|(wording, _)| before_is(wording, quote.before)) {
            self.unchanged(wording, quote);
            return Ok(());
        }
        if let Some(before) = quote.before {
            self.take(before, now.map(|(wording, _)| wording))?;
        }
        match now {
            Some((wording, now)) => {
                self.connection.prepare_cached(KEEP_QUOTE)?.execute([quote.id, wording])?;
                self.add(wording, now);
            }
            None if quote.before.is_some() => {
                self.connection.prepare_cached(DROP_QUOTE)?.execute([quote.id])?;
            }
            None => {}
        }
        Ok(())
    }

    fn unchanged(&mut self, wording: i64, quote: &Quote) {
        self.assigned.touched.insert(wording);
        if let Some(known) = self.known.get_mut(&wording) {
            // It may have been printed otherwise, or on another day.
            known.is_stale |= known.said != quote.said || known.days != quote.day.as_deref().unwrap_or("");
        }
    }

    fn take(&mut self, before: i64, now: Option<i64>) -> rusqlite::Result<()> {
        if !self.known.contains_key(&before) {
            let (_, known) =
                self.connection.prepare_cached(SELECT_WORDING_BY_ID)?.query_row([before], Known::read)?;
            self.known.insert(before, known);
        }
        if let Some(known) = self.known.get_mut(&before) {
            known.quotes -= 1;
            (known.is_stale, known.is_changed) = (true, true);
        }
        self.assigned.touched.insert(before);
        self.assigned.successors.entry(before).or_default().extend(now);
        Ok(())
    }

    fn add(&mut self, wording: i64, quote: &Quote) {
        let Some(known) = self.known.get_mut(&wording) else { return };
        let (reworded, redated) = known.add(quote);
        if known.is_new {
            return;
        }
        self.assigned.touched.insert(wording);
        if reworded {
            self.assigned.reworded.insert(wording);
        }
        if redated {
            self.assigned.redated.insert(wording);
        }
    }

    /// The row of a wording, made where there is none.
    fn wording(&mut self, quote: &Quote, wording: &Wording, identity: &Identity) -> rusqlite::Result<i64> {
        if let Some(&id) = self.by_hash.get(&identity.hash) {
            return Ok(id);
        }
        let found = self
            .connection
            .prepare_cached(SELECT_WORDING)?
            .query_row([&identity.hash[..]], Known::read)
            .optional()?;
        let id = match found {
            Some((id, known)) => {
                // It may be at hand already, with quotes taken from it.
                self.known.entry(id).or_insert(known);
                id
            }
            None => self.insert(quote, wording, identity)?,
        };
        self.by_hash.insert(identity.hash, id);
        Ok(id)
    }

    fn insert(&mut self, quote: &Quote, wording: &Wording, identity: &Identity) -> rusqlite::Result<i64> {
        let voice = quote.voice.as_ref();
        let traces = traces(wording, voice, identity.is_alone);
        self.connection.prepare_cached(INSERT_WORDING)?.execute(named_params! {
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
        let id = self.connection.last_insert_rowid();
        let (said, days) = (quote.said.clone(), quote.day.clone().unwrap_or_default());
        let known = Known { said, days, quotes: 0, is_new: true, is_stale: false, is_changed: true };
        self.known.insert(id, known);
        self.assigned.new.insert(id, traces);
        Ok(id)
    }

    fn finish(mut self) -> rusqlite::Result<Assigned> {
        let assigned = &mut self.assigned;
        for (&id, known) in &mut self.known {
            if known.quotes == 0 {
                assigned.emptied.insert(id);
            } else if known.is_stale {
                let (said, days) = self
                    .connection
                    .prepare_cached(SELECT_SAID_AND_DAYS)?
                    .query_row([id], |row| Ok((row.get::<_, Option<String>>(0)?, row.get(1)?)))?;
                // All of its quotes may be about to leave.
                let said = said.unwrap_or_else(|| known.said.clone());
                if said != known.said {
                    assigned.reworded.insert(id);
                }
                if days != known.days {
                    assigned.redated.insert(id);
                }
                known.is_changed |= said != known.said || days != known.days;
                (known.said, known.days) = (said, days);
            }
            if known.is_new && known.quotes == 1 {
                assigned.single.insert(id);
            }
            if known.is_changed {
                self.connection.prepare_cached(UPDATE_WORDING)?.execute((
                    id,
                    &known.said,
                    &known.days,
                    known.quotes,
                ))?;
            }
        }
        let emptied = &assigned.emptied;
        assigned.new.retain(|wording, _| !emptied.contains(wording));
        assigned.redated.retain(|wording| !emptied.contains(wording));
        Ok(self.assigned)
    }
}

fn before_is(wording: &i64, before: Option<i64>) -> bool {
    before == Some(*wording)
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

/// What makes a quote's wording one; nothing where its words tell nothing.
fn identify(id: i64, quote: &Quote, wording: &Wording, pin: Option<Pin>) -> Option<Identity> {
    let (mut day, mut same_as) = (None, None);
    let is_alone = pin.is_some();
    match (pin, distinct(wording, quote.voice.as_ref())) {
        (Some(pin), _) => same_as = pin.0,
        (None, Distinct::Always) => {}
        (None, Distinct::OnTheDay) => day = Some(quote.day.as_deref()?),
        (None, Distinct::Never) => return None,
    }
    let mut hasher = blake3::Hasher::new();
    let mut add = |part: &str| {
        hasher.update(part.as_bytes());
        hasher.update(b"\x1f");
    };
    add(&wording.identity());
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
    Some(Identity { hash, letters: wording.letters(), is_alone, same_as })
}
