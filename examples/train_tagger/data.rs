//! The data: articles with names marked, and the treebank, packed or not.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use copydesk::span::Span;
use serde_json::Value;

/// Types of names in the order of `tagger::KINDS`.
pub const TYPES: [&str; 6] = ["PERSON", "ORG", "PLACE", "NORP", "EVENT", "OTHER"];

/// A name in a text; the span counts bytes.
#[derive(Debug, Clone)]
pub struct Name {
    pub span: Span,
    pub kind: usize,
    /// The span with title or article, which counts as right too.
    pub full: Option<Span>,
}

/// A text with its names.
pub struct Text {
    pub text: String,
    pub names: Vec<Name>,
    /// Types that are not marked in it.
    pub unmarked: Vec<usize>,
}

/// The whole of a file, unpacked if it is packed.
pub fn read(path: &Path) -> Result<String> {
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    let mut text = String::new();
    if path.extension().is_some_and(|e| e == "gz") {
        flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_string(&mut text)?;
        Ok(text)
    } else {
        Ok(String::from_utf8(bytes)?)
    }
}

/// The `.jsonl` and `.jsonl.gz` files of a folder, sorted, each with the name of its set.
pub fn sets(folder: &Path) -> Result<Vec<(String, PathBuf)>> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some((set, _)) = name.split_once(".jsonl") {
            out.push((set.to_owned(), path));
        }
    }
    out.sort();
    Ok(out)
}

/// The texts of one set.
pub fn texts(path: &Path) -> Result<Vec<Text>> {
    let content = read(path)?;
    content
        .lines()
        .filter(|line| !line.trim().is_empty())
        .enumerate()
        .map(|(n, line)| text(line).with_context(|| format!("{}, line {}", path.display(), n + 1)))
        .collect()
}

fn text(line: &str) -> Result<Text> {
    let value: Value = serde_json::from_str(line)?;
    let text = value["text"].as_str().context("no text")?.to_owned();
    let mut bytes: Vec<usize> = text.char_indices().map(|(i, _)| i).collect();
    bytes.push(text.len());
    let span = |start: &Value, end: &Value| -> Option<Span> {
        let start = *bytes.get(start.as_u64()? as usize)?;
        let end = *bytes.get(end.as_u64()? as usize)?;
        (start < end).then(|| Span::new(start, end))
    };
    let kind = |v: &Value| TYPES.iter().position(|t| Some(*t) == v.as_str());
    let mut names: Vec<Name> = value["entities"]
        .as_array()
        .context("no entities")?
        .iter()
        .filter_map(|e| {
            let full = &e["full"];
            Some(Name {
                span: span(&e["start"], &e["end"])?,
                kind: kind(&e["type"])?,
                full: span(&full[0], &full[1]),
            })
        })
        .collect();
    names.sort_by_key(|n| (n.span.start, n.span.end));
    let unmarked = value["unlabelled"].as_array().into_iter().flatten().filter_map(kind).collect();
    Ok(Text { text, names, unmarked })
}

/// A sentence of the treebank: its text, and words with their part of speech.
pub struct Tree {
    pub text: String,
    pub words: Vec<(Span, String)>,
}

/// The sentences of a CoNLL-U file.
pub fn trees(path: &Path) -> Result<Vec<Tree>> {
    let content = read(path)?;
    Ok(content.split("\n\n").filter_map(tree).collect())
}

fn tree(block: &str) -> Option<Tree> {
    let text = block.lines().find_map(|l| l.strip_prefix("# text = "))?.to_owned();
    let mut words = Vec::new();
    let mut at = 0;
    // The words of "don't" stand under a line for the whole.
    let mut whole: Option<(usize, Span)> = None;
    for line in block.lines().filter(|l| !l.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let &[id, form, _, pos, ..] = fields.as_slice() else { continue };
        let place = |from: usize| text[from..].find(form).map(|i| Span::new(from + i, from + i + form.len()));
        if let Some((_, last)) = id.split_once('-') {
            let span = place(at)?;
            whole = Some((last.parse().ok()?, span));
            continue;
        }
        let Ok(number) = id.parse::<usize>() else { continue };
        match whole {
            Some((last, span)) if number <= last => {
                if text[at.max(span.start)..span.end].starts_with(form) {
                    let start = at.max(span.start);
                    words.push((Span::new(start, start + form.len()), pos.to_owned()));
                    at = start + form.len();
                } else if at <= span.start {
                    words.push((span, pos.to_owned()));
                    at = span.end;
                }
                if number == last {
                    at = span.end;
                }
            }
            _ => {
                let span = place(at)?;
                words.push((span, pos.to_owned()));
                at = span.end;
            }
        }
    }
    Some(Tree { text, words })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_characters_become_bytes() {
        let line =
            r#"{"text":"Né à Łódź.","unlabelled":["NORP"],"entities":[{"start":5,"end":9,"type":"PLACE"}]}"#;
        let text = text(line).expect("a good line");
        assert_eq!(text.names[0].span.of(&text.text), "Łódź");
        assert_eq!(text.unmarked, [3]);
    }

    #[test]
    fn words_of_a_tree_find_their_place() {
        let block = "# text = I don't know.\n1\tI\tI\tPRON\n2-3\tdon't\t_\t_\n2\tdo\tdo\tAUX\n3\tn't\tnot\tPART\n4\tknow\tknow\tVERB\n5\t.\t.\tPUNCT";
        let tree = tree(block).expect("a good tree");
        let words: Vec<&str> = tree.words.iter().map(|(span, _)| span.of(&tree.text)).collect();
        assert_eq!(words, ["I", "do", "n't", "know", "."]);
    }
}
