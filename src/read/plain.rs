//! JSON lines of `extract --plain`: each a caller's id and an article's text as it stands.

use std::io::{BufRead, Read};

use super::load::LIMIT;
use super::refusal::{Reason, Refusal};
use crate::document::{Document, Media};

/// One record.
#[derive(Debug, serde::Deserialize)]
struct Record {
    id: String,
    text: String,
}

/// The documents of a stream of records; a line that is none is refused, and the rest goes on.
pub fn records(mut reader: impl BufRead, source: &str) -> impl Iterator<Item = Result<Document, Refusal>> {
    let mut number = 0;
    let mut ended = false;
    std::iter::from_fn(move || {
        loop {
            if ended {
                return None;
            }
            number += 1;
            let place = || format!("{source}, line {number}");
            let mut line = Vec::new();
            match read_line(&mut reader, &mut line) {
                Ok(0) => return None,
                Ok(_) if line.iter().all(u8::is_ascii_whitespace) => continue,
                Ok(_) => return Some(parse(&line).map_err(|reason| Refusal::new(place(), reason))),
                Err(Reason::TooLarge) => return Some(Err(Refusal::new(place(), Reason::TooLarge))),
                // A stream that fails would fail for ever.
                Err(reason) => {
                    ended = true;
                    return Some(Err(Refusal::new(place(), reason)));
                }
            }
        }
    })
}

/// A line into `line`, of which no more than the limit (escapes doubled) is ever held.
fn read_line(reader: &mut impl BufRead, line: &mut Vec<u8>) -> Result<usize, Reason> {
    let most = 2 * LIMIT;
    let read = reader.by_ref().take(most).read_until(b'\n', line)?;
    if read as u64 == most && line.last() != Some(&b'\n') {
        reader.skip_until(b'\n')?;
        return Err(Reason::TooLarge);
    }
    Ok(read)
}

fn parse(line: &[u8]) -> Result<Document, Reason> {
    let record: Record = serde_json::from_slice(line)?;
    Ok(Document {
        source: record.id.clone(),
        id: record.id,
        media: Media::Plain,
        bytes: record.text.into_bytes(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_is_refused_by_number_and_the_rest_goes_on() {
        let input = "{\"id\": \"a\", \"text\": \"One.\"}\n\nnonsense\n{\"id\": \"b\", \"text\": \"Two.\"}";
        let answers: Vec<String> = records(input.as_bytes(), "in.jsonl")
            .map(|r| r.map_or_else(|refusal| refusal.place, |document| document.id))
            .collect();
        assert_eq!(answers, ["a", "in.jsonl, line 3", "b"]);
    }

    #[test]
    fn a_line_without_end_is_refused_and_the_next_is_read() {
        let long = std::io::repeat(b' ').take(2 * LIMIT + 10);
        let input = long.chain(&b"\n{\"id\": \"b\", \"text\": \"Two.\"}\n"[..]);
        let answers: Vec<bool> = records(std::io::BufReader::new(input), "-").map(|r| r.is_ok()).collect();
        assert_eq!(answers, [false, true]);
    }
}
