//! What columns mean of which the schema says nothing: those that mean the same wherever they stand.
//!
//! Landed migrations are never edited, so that what they left unsaid is said here. A new column has its
//! comment in its migration.

/// A column, the table where it means so ("" for any), and what it means.
const COLUMNS: &[(&str, &str, &str)] = &[
    ("answered_rows", "answer_id", "the answer, answers.id"),
    ("", "article_entity_id", "the entity as the article names it, article_entities.id"),
    ("", "article_id", "the article, articles.id"),
    ("", "author", "who made it"),
    ("", "bytes", "the document, byte for byte"),
    ("", "capital", "its capital"),
    ("runs", "changed", "documents whose article's text or metadata changed"),
    ("", "class", "what kind of role it is"),
    ("reference_currencies", "name", "its name as it is written"),
    ("", "code", "its code"),
    ("", "confidence", "how sure the finder is, 0 to 1"),
    (
        "corrections",
        "context",
        "the words around the anchor where it was made, […] for itself: which was meant when they occur again",
    ),
    ("", "document_id", "the document, documents.id"),
    ("", "entity_id", "the entity, entities.id"),
    ("", "extractor_version", "the version of the rules that read it"),
    ("", "factor", "what a value is multiplied with for the base unit"),
    ("", "offset", "what is added to it then"),
    ("", "field", "what it is about"),
    ("", "finding", "the row as it was, JSON"),
    ("", "first_run_id", "the run that brought it, runs.id"),
    ("", "forms", "how it is written, separated by |"),
    ("", "found_by", "model, gazetteer, document or rule"),
    ("", "is_capital", "1 for capitals"),
    ("", "key", "the name normalized for joining"),
    ("reference_organizations", "kind", "company, agency, party ..."),
    ("", "kind", "person, organization, place, group or event"),
    ("", "latitude", "degrees north"),
    ("", "longitude", "degrees east"),
    ("", "country", "ISO 3166-1 alpha-2"),
    ("", "population", "how many live there"),
    ("", "made_at", "when, ISO 8601, UTC"),
    (
        "",
        "media",
        "what the bytes are: text (a page's, or a record, a line of JSON), or plain for text that is not cleaned",
    ),
    ("", "size", "how many bytes"),
    ("", "name", "its name"),
    ("", "aliases", "other names, separated by |"),
    ("", "demonyms", "what its people are called, separated by |"),
    ("runs", "new", "documents whose article was not there before"),
    ("runs", "unchanged", "documents that say what they said before"),
    ("runs", "program_version", "the program that ran"),
    ("runs", "verb", "import or reextract"),
    ("", "note", "what its author says of it"),
    ("applied_corrections", "outcome", "applied; overruled by a later one; unfit: it fits nothing there"),
    ("", "outcome", "refused: no article could be read from it; failed: it could not be read"),
    ("", "outlet_id", "who published it, outlets.id"),
    ("", "position", "its place in the order, from 0 or 1"),
    ("", "quote_id", "the quote, quotes.id"),
    ("", "reason", "why"),
    ("blocks", "role", "title, body, heading, byline or furniture"),
    ("reference_roles", "role", "the word or words"),
    ("", "rule", "the rule that read it"),
    ("", "run_id", "the run, runs.id"),
    ("", "source", "path, address or record"),
    ("quotes", "speaker_id", "who is credited, article_entities.id; NULL where nobody is named"),
    ("corrections", "subject", "article, outlet, entity, quote or figure"),
    ("applied_corrections", "subject", "article, outlet, entity, quote or figure"),
    (
        "changes",
        "subject",
        "what changed: headline, byline, dateline, outlet, published, language, figure, quote, speaker, entity, text, \
         story or source",
    ),
    ("", "subject", "mention, quote or figure"),
    ("", "value", "what it says"),
    ("reference_events", "word", "the word that tells of it"),
    (
        "",
        "document_start",
        "where it begins in the document, in characters; of a record, in its headline, an empty line and its text",
    ),
    ("", "document_end", "where it ends"),
    ("", "start", "where it begins in the article's text, in characters"),
    ("", "end", "where it ends"),
    ("", "text", "what stands there"),
    ("", "title", "the headline"),
    ("", "byline", "who wrote it"),
    ("", "dateline", "where it was filed from"),
    ("", "published", "ISO 8601, as far as the document tells"),
    ("", "language", "ISO 639-1"),
    ("", "words", "how many words"),
    ("", "revision", "1, and one more for each change of its text"),
    ("wordings", "quotes", "quotes that have it"),
    ("wordings", "speaker_key", "the name normalized for joining"),
    ("wordings", "speaker_surname", "of persons: the folded family name"),
    ("wordings", "speaker_is_full", "0 where only a surname is known"),
    (
        "wordings",
        "difference",
        "how it differs from the fullest: verbatim, shortened, merged, bracketed or reworded",
    ),
    ("", "wording_id", "the wording, wordings.id"),
    ("", "trace", "a pair of words, as a number"),
    ("", "version", "their version"),
    ("", "correction_id", "the correction, corrections.id"),
    ("", "vanished_run_id", "the run that found it gone, runs.id; NULL while it is there"),
    ("", "given", "what was told of it beside its bytes, JSON: outlet, language, and of records the fields"),
    ("", "what", "what happened"),
    (
        "articles_search",
        "articles_search",
        "all its columns, for MATCH: `articles_search MATCH 'ceasefire NOT talks'`",
    ),
    (
        "quotes_search",
        "quotes_search",
        "all its columns, for MATCH: `quotes_search MATCH 'inflation OR prices'`",
    ),
    ("quotes_search", "said", "the quote's words, as in quotes"),
    ("quotes_search", "speaker_text", "who is credited, as it stands in the article"),
    ("", "rank", "how well a row fits, the best least: `ORDER BY rank`; hidden, as is the one before"),
    ("", "content", "the whole of what is reported, marked or not"),
    ("runs", "vanished", "sources found gone; not part of found"),
    ("runs", "returned", "sources that were gone and are back"),
    ("", "other_id", "the other one, entities.id"),
    ("", "why", "by what it was told"),
    ("", "id", "its number"),
];

/// What a column means that its schema says nothing of; empty where nobody does.
pub fn known(relation: &str, column: &str) -> String {
    let exact = COLUMNS.iter().find(|(table, name, _)| *table == relation && *name == column);
    if let Some((.., meaning)) =
        exact.or_else(|| COLUMNS.iter().find(|(t, n, _)| t.is_empty() && *n == column))
    {
        return (*meaning).to_owned();
    }
    // "cue_start": where the cue begins.
    for (end, what) in [("_start", "begins"), ("_end", "ends")] {
        if let Some(subject) = column.strip_suffix(end) {
            let subject = subject.replace('_', " ");
            return format!("where {subject} {what} in the article's text, in characters");
        }
    }
    String::new()
}
