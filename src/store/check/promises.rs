//! The promises that SQL can verify, each with the statement that finds the rows that break it.

use super::Promise;

/// A span of a table's rows gives back the text beside it.
macro_rules! span {
    ($table:literal, $start:literal, $end:literal, $text:literal, $promise:literal) => {
        Promise {
            name: concat!("span of ", $table, ".", $text),
            promise: $promise,
            rows: concat!("SELECT count(*) FROM ", $table, " WHERE ", $start, " IS NOT NULL"),
            broken: concat!(
                "SELECT '",
                $table,
                " ' || t.rowid FROM ",
                $table,
                " t WHERE t.",
                $start,
                " IS NOT NULL AND text_at(t.article_id, t.",
                $start,
                ", t.",
                $end,
                ") IS NOT t.",
                $text
            ),
        }
    };
}

pub(super) const PROMISES: &[Promise] = &[
    Promise {
        name: "file",
        promise: "the file is sound",
        rows: "SELECT page_count FROM pragma_page_count",
        broken: "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
    },
    Promise {
        name: "references",
        promise: "every reference leads to a row",
        rows: "SELECT count(*) FROM pragma_table_list t, pragma_foreign_key_list(t.name) k WHERE t.schema = 'main'",
        broken: "
            SELECT \"table\" || coalesce(' ' || rowid, '') || ' refers to nothing in ' || parent
            FROM pragma_foreign_key_check",
    },
    span!("mentions", "start", "end", "text", "every mention's span gives back its text"),
    span!("descriptions", "start", "end", "text", "every description's span gives back its text"),
    span!("quotes", "start", "end", "text", "every quote's span gives back its text"),
    span!("quotes", "speaker_start", "speaker_end", "speaker_text", "every speaker's span gives back the words"),
    span!("quotes", "cue_start", "cue_end", "cue", "every cue's span gives back the words"),
    span!("quotes", "addressee_start", "addressee_end", "addressee", "every addressee's span gives back the words"),
    span!("quotes", "occasion_start", "occasion_end", "occasion", "every occasion's span gives back the words"),
    span!("figures", "start", "end", "text", "every figure's span gives back its text"),
    span!("figures", "counted_start", "counted_end", "counted", "the span of what is counted gives back the words"),
    span!("figures", "holds_for_start", "holds_for_end", "holds_for", "the span of a figure's scope gives back the words"),
    span!("figures", "cited_start", "cited_end", "cited", "the span of a figure's source gives back the words"),
    span!("figures", "place_start", "place_end", "place", "the span of a figure's place gives back the words"),
    span!("figures", "whose_start", "whose_end", "whose", "the span of a figure's group gives back the words"),
    span!("figures", "period_start", "period_end", "period", "the span of a figure's time gives back the words"),
    span!("figures", "as_of_start", "as_of_end", "as_of", "the span of a figure's day gives back the words"),
    span!("dates", "start", "end", "text", "every date's span gives back its text"),
    span!("other_readings", "start", "end", "text", "the span of another reading gives back its text"),
    Promise {
        name: "span of sentences.text",
        promise: "every sentence kept gives back its text",
        rows: "SELECT count(*) FROM sentences",
        broken: "
            SELECT 'sentences of ' || s.article_id || ' at ' || s.start
            FROM sentences s
            JOIN articles a ON a.id = s.article_id
            WHERE substr(a.text, s.start + 1, s.end - s.start) IS NOT s.text",
    },
    span!("refused", "start", "end", "text", "every refused number's span gives back its text"),
    Promise {
        name: "span of quote_spans.text",
        promise: "every stretch of a quote gives back its text",
        rows: "SELECT count(*) FROM quote_spans",
        broken: "
            SELECT 'quotes ' || q.id || ', stretch ' || s.position
            FROM quote_spans s
            JOIN quotes q ON q.id = s.quote_id
            WHERE text_at(q.article_id, s.start, s.end) IS NOT s.text",
    },
    Promise {
        name: "span of credits.text",
        promise: "every credit stands where it says in the block that was set aside",
        rows: "SELECT count(*) FROM credits",
        broken: "
            SELECT 'credits ' || c.id
            FROM credits c
            LEFT JOIN blocks b ON b.article_id = c.article_id AND b.position = c.block
            WHERE substr(b.text, c.start + 1, c.end - c.start) IS NOT c.text",
    },
    Promise {
        name: "span of evidence",
        promise: "evidence that stands in the text stands where it says",
        rows: "SELECT count(*) FROM evidence WHERE start IS NOT NULL",
        broken: "
            SELECT 'articles ' || a.id || ', ' || e.field
            FROM evidence e
            JOIN articles a ON a.id = e.article_id
            WHERE e.start IS NOT NULL AND substr(a.text, e.start + 1, e.end - e.start) IS NOT e.words",
    },
    Promise {
        name: "content of quotes",
        promise: "what a quote reports is what the text has there",
        rows: "SELECT count(*) FROM quotes",
        broken: "
            SELECT 'quotes ' || q.id
            FROM quotes q
            WHERE q.content_start < 0 OR q.content_end < q.content_start
                OR text_at(q.article_id, q.content_start, q.content_end) IS NOT coalesce(q.content, q.text)",
    },
    Promise {
        name: "sentence of figures",
        promise: "every figure and date lies within the sentence it names, which is kept",
        rows: "SELECT (SELECT count(*) FROM figures) + (SELECT count(*) FROM dates)",
        broken: "
            SELECT f.what || f.id
            FROM (
                SELECT 'figures ' AS what, id, article_id, start, end, sentence_start, sentence_end FROM figures
                UNION ALL
                SELECT 'dates ', id, article_id, start, end, sentence_start, sentence_end FROM dates) f
            LEFT JOIN sentences s ON s.article_id = f.article_id AND s.start = f.sentence_start
            WHERE s.end IS NOT f.sentence_end OR f.start < f.sentence_start OR f.end > f.sentence_end",
    },
    Promise {
        name: "other readings",
        promise: "another reading of a figure stands where the figure stands",
        rows: "SELECT count(*) FROM other_readings WHERE figure_id IS NOT NULL",
        broken: "
            SELECT 'other_readings ' || r.id
            FROM other_readings r
            JOIN figures f ON f.id = r.figure_id
            WHERE r.article_id <> f.article_id OR r.start <> f.start OR r.end <> f.end",
    },
    Promise {
        name: "stretches",
        promise: "a quote is its stretches: they span it and say what it says",
        rows: "SELECT count(*) FROM quotes",
        broken: "
            SELECT 'quotes ' || q.id
            FROM quotes q
            LEFT JOIN (
                SELECT quote_id, min(start) AS start, max(end) AS end,
                       group_concat(text, ' ' ORDER BY position) AS said
                FROM quote_spans
                GROUP BY quote_id) s ON s.quote_id = q.id
            WHERE s.start IS NOT q.start OR s.end IS NOT q.end OR s.said IS NOT q.said",
    },
    Promise {
        name: "figures in quotes",
        promise: "a figure that stands in a quote lies within it, in the same article",
        rows: "SELECT count(*) FROM figures WHERE quote_id IS NOT NULL",
        broken: "
            SELECT 'figures ' || f.id
            FROM figures f
            JOIN quotes q ON q.id = f.quote_id
            WHERE f.article_id <> q.article_id OR f.start < q.start OR f.end > q.end",
    },
    Promise {
        name: "same article",
        promise: "mentions, descriptions, credits and speakers name entities of their own article",
        rows: "SELECT count(*) FROM article_entities",
        broken: "
            SELECT 'mentions ' || m.id
            FROM mentions m JOIN article_entities n ON n.id = m.article_entity_id
            WHERE m.article_id <> n.article_id
            UNION ALL
            SELECT 'descriptions ' || d.id
            FROM descriptions d JOIN article_entities n ON n.id = d.article_entity_id
            WHERE d.article_id <> n.article_id
            UNION ALL
            SELECT 'credits ' || c.id
            FROM credits c JOIN article_entities n ON n.id = c.article_entity_id
            WHERE c.article_id <> n.article_id
            UNION ALL
            SELECT 'quotes ' || q.id
            FROM quotes q JOIN article_entities n ON n.id = q.speaker_id
            WHERE q.article_id <> n.article_id",
    },
    Promise {
        name: "links",
        promise: "every article's entity is linked by the rule: its own name's row, or a bearer's of its surname",
        rows: "SELECT count(*) FROM article_entities",
        broken: "
            WITH bearers AS (
                SELECT e.kind, e.surname, count(*) AS bearers, min(e.key) AS bearer
                FROM entities e
                WHERE e.is_full = 1 AND e.surname IS NOT NULL
                    AND EXISTS (
                        SELECT 1 FROM article_entities n WHERE n.entity_id = e.id AND n.linked_by = 'key')
                GROUP BY e.kind, e.surname)
            SELECT 'article_entities ' || n.id
            FROM article_entities n
            JOIN entities e ON e.id = n.entity_id
            LEFT JOIN bearers b ON b.kind = n.kind AND b.surname = n.surname AND n.is_full = 0
            LEFT JOIN senses s ON s.article_entity_id = n.id
            WHERE n.article_id NOT IN (SELECT article_id FROM pending_corrections) AND (e.kind <> n.kind
               OR (e.key <> CASE WHEN b.bearers = 1 THEN b.bearer ELSE n.key END
                   AND (s.why IS NULL OR (n.is_full = 1 AND instr(e.key, n.key || ' (') <> 1)
                        OR (n.is_full = 0 AND (e.surname IS NOT n.surname OR e.is_full = 0))))
               OR n.linked_by <> CASE WHEN b.bearers = 1 OR (b.bearers > 1 AND s.why IS NOT NULL)
                                      THEN 'surname' ELSE 'key' END)",
    },
    Promise {
        name: "entities named",
        promise: "every entity is named by an article, and goes by the fullest of its names",
        rows: "SELECT count(*) FROM entities",
        broken: "
            SELECT 'entities ' || e.id
            FROM entities e
            WHERE (e.name, e.surname, e.is_full) IS NOT (
                SELECT n.name, n.surname, n.is_full FROM article_entities n
                WHERE n.entity_id = e.id AND n.linked_by = 'key'
                ORDER BY length(n.name) DESC, n.name DESC LIMIT 1)
              AND e.id NOT IN (
                SELECT n.entity_id FROM pending_corrections p JOIN article_entities n ON n.article_id = p.article_id)",
    },
    Promise {
        name: "entities placed",
        promise: "every place is where the best of what its articles see has it",
        rows: "SELECT count(*) FROM entities WHERE kind = 'place'",
        broken: "
            SELECT 'entities ' || e.id
            FROM entities e
            LEFT JOIN (
                SELECT entity_id, max(place) AS place FROM article_entities
                WHERE linked_by = 'key'
                GROUP BY entity_id
            ) n ON n.entity_id = e.id
            WHERE e.kind = 'place'
              AND (e.country, e.latitude, e.longitude, e.candidates)
                  IS NOT (n.place ->> 'country', n.place ->> 'latitude', n.place ->> 'longitude',
                          n.place ->> 'candidates')
              AND e.id NOT IN (
                SELECT n.entity_id FROM pending_corrections p JOIN article_entities n ON n.article_id = p.article_id)",
    },
    Promise {
        name: "outlets used",
        promise: "every outlet published an article, now or in an earlier revision",
        rows: "SELECT count(*) FROM outlets",
        broken: "
            SELECT 'outlets ' || o.id
            FROM outlets o
            WHERE NOT EXISTS (SELECT 1 FROM articles WHERE outlet_id = o.id)
              AND NOT EXISTS (SELECT 1 FROM past_articles WHERE outlet_id = o.id)",
    },
    Promise {
        name: "outlet evidence",
        promise: "no outlet, byline, dateline or date without the words that say so",
        rows: "SELECT count(*) FROM articles",
        broken: "
            SELECT 'articles ' || a.id
            FROM articles a
            WHERE (a.byline IS NOT (SELECT value FROM evidence WHERE article_id = a.id AND field = 'byline'))
               OR (a.dateline IS NOT (SELECT value FROM evidence WHERE article_id = a.id AND field = 'dateline'))
               OR (a.published IS NOT (SELECT value FROM evidence WHERE article_id = a.id AND field = 'published'))
               OR (a.outlet_id IS NULL) <> (NOT EXISTS (
                      SELECT 1 FROM evidence WHERE article_id = a.id AND field = 'outlet'))",
    },
    Promise {
        name: "sources",
        promise: "every article that is not gone has a source, is named after the first, and holds the same document as all",
        rows: "SELECT count(*) FROM articles",
        broken: "
            SELECT 'articles ' || a.id
            FROM articles a
            WHERE (a.source IS NOT (SELECT min(source) FROM sources WHERE article_id = a.id)
                   AND (a.vanished_run_id IS NULL OR EXISTS (SELECT 1 FROM sources WHERE article_id = a.id)))
               OR EXISTS (SELECT 1 FROM sources WHERE article_id = a.id AND document_id <> a.document_id)",
    },
    Promise {
        name: "vanished",
        promise: "an article is marked as gone while all its sources are, and only then",
        rows: "SELECT count(*) FROM articles",
        broken: "
            SELECT 'articles ' || a.id
            FROM articles a
            WHERE (a.vanished_run_id IS NULL)
               <> EXISTS (SELECT 1 FROM sources WHERE article_id = a.id AND vanished_run_id IS NULL)",
    },
    Promise {
        name: "changes",
        promise: "every change leads from one revision of its article to another, or stays in one",
        rows: "SELECT count(*) FROM changes",
        broken: "
            SELECT 'changes ' || c.id
            FROM changes c
            JOIN articles a ON a.id = c.article_id
            WHERE c.from_revision < 1 OR c.from_revision > c.revision OR c.revision > a.revision",
    },
    Promise {
        name: "one article a document",
        promise: "the same bytes are one article",
        rows: "SELECT count(*) FROM articles",
        broken: "
            SELECT 'documents ' || document_id || ': ' || count(*) || ' articles'
            FROM articles
            GROUP BY document_id
            HAVING count(*) > 1",
    },
    Promise {
        name: "revisions",
        promise: "revisions are numbered 1, 2, 3 without a gap, the current one last",
        rows: "SELECT count(*) FROM articles",
        broken: "
            SELECT 'articles ' || a.id
            FROM articles a
            LEFT JOIN (
                SELECT article_id, count(*) AS past, min(revision) AS first, max(revision) AS last
                FROM past_articles
                GROUP BY article_id) p ON p.article_id = a.id
            WHERE a.revision <> coalesce(p.past, 0) + 1
               OR coalesce(p.first, 1) <> 1
               OR coalesce(p.last, 0) <> coalesce(p.past, 0)",
    },
    Promise {
        name: "span of past_findings",
        promise: "every finding of an earlier revision is where it was",
        rows: "SELECT count(*) FROM past_findings",
        broken: "
            SELECT f.subject || ' ' || f.id || ' of articles ' || f.article_id || ', revision ' || f.revision
            FROM past_findings f
            WHERE past_text_at(f.article_id, f.revision, f.start, f.end) IS NOT f.text",
    },
    Promise {
        name: "runs",
        promise: "every finished run's counts add up, and its problems are told",
        rows: "SELECT count(*) FROM runs WHERE finished_at IS NOT NULL",
        broken: "
            SELECT 'runs ' || r.id
            FROM runs r
            WHERE r.finished_at IS NOT NULL
              AND (r.found <> r.new + r.changed + r.unchanged + r.duplicate + r.refused + r.failed
                   OR r.refused + r.failed <> (SELECT count(*) FROM problems WHERE run_id = r.id))",
    },
    Promise {
        name: "utterances",
        promise: "every wording that a quote has leads to the fullest of one utterance",
        rows: "SELECT count(*) FROM wordings",
        broken: "
            SELECT 'wordings ' || w.id
            FROM wordings w
            LEFT JOIN utterances u ON u.wording_id = coalesce(w.fullest_id, w.id)
            WHERE u.id IS NULL
               OR w.quotes <> (SELECT count(*) FROM quote_wordings m WHERE m.wording_id = w.id)
            UNION ALL
            SELECT 'wordings ' || w.id || ' joins ' || f.id || ', which is not the fullest'
            FROM wordings w
            JOIN wordings f ON f.id = w.fullest_id
            WHERE f.fullest_id IS NOT NULL",
    },
    Promise {
        name: "utterances' counts",
        promise: "an utterance counts the quotes and articles that have it, unless one of them waits",
        rows: "SELECT count(*) FROM utterances",
        broken: "
            SELECT 'utterances ' || u.id
            FROM utterances u
            LEFT JOIN (
                -- Cast, or SQLite looks through all of them for each.
                SELECT CAST(coalesce(w.fullest_id, w.id) AS INTEGER) AS wording_id, count(*) AS quotes,
                       count(DISTINCT q.article_id) AS articles
                FROM wordings w
                JOIN quote_wordings m ON m.wording_id = w.id
                JOIN quotes q ON q.id = m.quote_id
                GROUP BY 1) c ON c.wording_id = u.wording_id
            WHERE (u.quotes IS NOT c.quotes OR u.articles IS NOT c.articles)
              AND u.wording_id NOT IN (
                  SELECT coalesce(w.fullest_id, w.id)
                  FROM utterance_queue t
                  JOIN quote_wordings m ON m.quote_id = t.quote_id
                  JOIN wordings w ON w.id = m.wording_id)",
    },
    Promise {
        name: "blocks",
        promise: "the kept blocks are the text: nothing between them but white space",
        rows: "SELECT count(*) FROM blocks WHERE start IS NOT NULL",
        broken: "
            SELECT 'articles ' || b.article_id || ', before character ' || b.upto
            FROM (
                SELECT article_id, coalesce(lag(end) OVER block, 0) AS since, start AS upto
                FROM blocks
                WHERE start IS NOT NULL
                WINDOW block AS (PARTITION BY article_id ORDER BY position)
                UNION ALL
                SELECT x.id, (SELECT coalesce(max(end), 0) FROM blocks WHERE article_id = x.id), text_length(x.id)
                FROM articles x) b
            WHERE b.upto < b.since
               OR trim(text_at(b.article_id, b.since, b.upto), char(9, 10, 13, 32)) <> ''",
    },
];
