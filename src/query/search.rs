//! Full-text search over articles and quotes.

use std::sync::LazyLock;

use rusqlite::types::Value;

use super::{Given, Kind, Parameter, Values};

/// What is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    /// Articles and quotes.
    All,
    /// Articles alone.
    Articles,
    /// Quotes alone.
    Quotes,
}

/// Put around the words found, where people read them: characters that articles hardly hold, and that are
/// made harmless in any case.
pub const MARKS: (&str, &str) = ("\u{1}", "\u{2}");

/// Columns: found_in, id, article_id, speaker, title, outlet, published, snippet; best hits first.
const ARTICLES: &str = "
    SELECT 'article' AS found_in, a.id, a.id AS article_id, NULL AS speaker, a.title, o.name AS outlet,
        a.published, snippet(articles_search, -1, :open, :close, ' … ', 24) AS snippet,
        bm25(articles_search, 4.0, 1.0) AS score
    FROM articles_search
    JOIN articles a ON a.id = articles_search.rowid
    LEFT JOIN outlets o ON o.id = a.outlet_id
    WHERE articles_search MATCH :words";

const QUOTES: &str = "
    SELECT 'quote' AS found_in, q.id, q.article_id, coalesce(e.name, q.speaker_text) AS speaker, a.title,
        o.name AS outlet, a.published, snippet(quotes_search, 0, :open, :close, ' … ', 40) AS snippet,
        bm25(quotes_search) AS score
    FROM quotes_search
    JOIN quotes q ON q.id = quotes_search.rowid
    JOIN articles a ON a.id = q.article_id
    LEFT JOIN outlets o ON o.id = a.outlet_id
    LEFT JOIN article_entities n ON n.id = q.speaker_id
    LEFT JOIN entities e ON e.id = n.entity_id
    WHERE quotes_search MATCH :words";

/// The statement that searches, for [`super::Reader::answer`] with the parameters of [`parameters`].
pub fn statement(among: Among) -> String {
    let hits = match among {
        Among::All => format!("{ARTICLES} UNION ALL {QUOTES}"),
        Among::Articles => ARTICLES.to_owned(),
        Among::Quotes => QUOTES.to_owned(),
    };
    format!(
        "SELECT found_in, id, article_id, speaker, title, outlet, published, snippet FROM ({hits}) \
         ORDER BY score, found_in, id"
    )
}

/// What the statement takes: words are text, whatever they look like.
pub static PARAMETERS: LazyLock<Vec<Parameter>> = LazyLock::new(|| {
    ["words", "open", "close"]
        .map(|name| Parameter {
            name: name.to_owned(),
            kind: Kind::Text,
            default: Some(Value::Null),
            meaning: String::new(),
            values: Values::Any,
        })
        .into()
});

/// The statement's parameters.
pub fn parameters(words: &str, (open, close): (&str, &str)) -> Vec<Given> {
    [("words", words), ("open", open), ("close", close)]
        .into_iter()
        .map(|(name, word)| Given { name: name.to_owned(), word: word.to_owned() })
        .collect()
}

/// Words as FTS5 takes them: all must occur. What stands in double quotes is a phrase; a star at a word's
/// end finds what begins so. Nothing else has a meaning, so that nothing a person types is an error.
pub fn plain(words: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    for (n, part) in words.split('"').enumerate() {
        if n % 2 == 1 {
            out.push(quoted(part));
            continue;
        }
        out.extend(part.split_whitespace().map(|word| match word.strip_suffix('*') {
            Some(begin) if begin.chars().any(char::is_alphanumeric) => format!("{}*", quoted(begin)),
            _ => quoted(word),
        }));
    }
    // A phrase without a letter or digit has no token, and would find nothing.
    out.retain(|word| word.chars().any(char::is_alphanumeric));
    out.join(" ")
}

fn quoted(words: &str) -> String {
    format!("\"{}\"", words.replace(['"', '\0'], " "))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn words_have_no_syntax() {
        for (words, want) in [
            ("ferry sinks", "\"ferry\" \"sinks\""),
            ("\"half an hour\" talk*", "\"half an hour\" \"talk\"*"),
            ("a AND (b NOT c:d) -e ^f", "\"a\" \"AND\" \"(b\" \"NOT\" \"c:d)\" \"-e\" \"^f\""),
            ("* !! \"\"", ""),
            ("\"unclosed phrase", "\"unclosed phrase\""),
        ] {
            assert_eq!(plain(words), want);
        }
    }
}
