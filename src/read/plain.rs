//! JSON lines of `extract --plain`: each a caller's id and an article's text as it stands.

use std::io::BufRead;

use super::lines::Lines;
use super::refusal::{Reason, Refusal};
use crate::document::{Document, Media};

/// One record.
#[derive(Debug, serde::Deserialize)]
struct Plain {
    id: String,
    text: String,
}

/// The documents of a stream of records; a line that is none is refused, and the rest goes on.
pub fn plain_records(reader: impl BufRead, source: &str) -> impl Iterator<Item = Result<Document, Refusal>> {
    Lines::new(reader).map(move |(number, line)| {
        line.and_then(|line| parse(&line)).map_err(|reason| Refusal::in_line(source, number, reason))
    })
}

fn parse(line: &[u8]) -> Result<Document, Reason> {
    let record: Plain = serde_json::from_slice(line)?;
    Ok(Document {
        source: record.id.clone(),
        id: record.id,
        media: Media::Plain,
        bytes: record.text.into_bytes(),
    })
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::super::load::LIMIT;
    use super::*;

    #[test]
    fn a_bad_line_is_refused_by_number_and_the_rest_goes_on() {
        let input = "{\"id\": \"a\", \"text\": \"One.\"}\n\nnonsense\n{\"id\": \"b\", \"text\": \"Two.\"}";
        let answers: Vec<String> = plain_records(input.as_bytes(), "in.jsonl")
            .map(|r| r.map_or_else(|refusal| refusal.to_string(), |document| document.id))
            .collect();
        assert_eq!(answers.len(), 3);
        assert_eq!((answers[0].as_str(), answers[2].as_str()), ("a", "b"));
        assert!(answers[1].starts_with("in.jsonl, line 3: not a record"), "{}", answers[1]);
    }

    #[test]
    fn a_line_without_end_is_refused_and_the_next_is_read() {
        let long = std::io::repeat(b' ').take(2 * LIMIT + 10);
        let input = long.chain(&b"\n{\"id\": \"b\", \"text\": \"Two.\"}\n"[..]);
        let answers: Vec<bool> =
            plain_records(std::io::BufReader::new(input), "-").map(|r| r.is_ok()).collect();
        assert_eq!(answers, [false, true]);
    }
}
