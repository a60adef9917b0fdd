//! What helps at the prompt: completion, colours, and lines that go on until the statement ends.

use std::borrow::Cow;

use rustyline::completion::{Completer, FilenameCompleter, Pair};
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::Hinter;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{Context, Helper};

use super::dot::{self, Typed};
use super::vocabulary::{FUNCTIONS, KEYWORDS};
use crate::present::paint::{Look, Paint};
use crate::query::script::{Piece, is_complete, pieces};
use crate::query::{Parameter, SavedQuery, functions};

/// A table or view and its columns.
#[derive(Debug, Clone)]
pub struct Relation {
    pub name: String,
    pub columns: Vec<String>,
}

/// What lists the values of a parameter.
type Valued<'a> = dyn Fn(&Parameter) -> Vec<String> + 'a;

/// What can be named.
pub struct Names<'a> {
    pub relations: Vec<Relation>,
    pub queries: Vec<SavedQuery>,
    /// The values that are worth giving for a parameter.
    pub values: Box<Valued<'a>>,
}

/// The helper of a shell.
pub struct Help<'a> {
    pub names: Names<'a>,
    pub paint: Paint,
    files: FilenameCompleter,
}

impl<'a> Help<'a> {
    pub fn new(names: Names<'a>, paint: Paint) -> Help<'a> {
        Help { names, paint, files: FilenameCompleter::new() }
    }

    /// What a word of SQL may become, that begins at `from` of `line`.
    fn sql(&self, line: &str, from: usize, word: &str) -> Vec<String> {
        if let Some(before) = line[..from].strip_suffix('.') {
            let owner = before.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
            return begin_with(word, self.columns_of(line, owner));
        }
        let earlier: Vec<&str> = words(&line[..from]);
        let after = |names: &[&str]| {
            earlier.last().is_some_and(|last| names.iter().any(|name| name.eq_ignore_ascii_case(last)))
        };
        let relations = self.names.relations.iter().map(|relation| relation.name.as_str());
        if after(&["from", "join"]) {
            return begin_with(word, relations);
        }
        let own: Vec<&str> = functions::names().collect();
        // Columns of what the statement names come before those of everything else.
        let named = self.relations_in(line);
        let known: Vec<&Relation> =
            if named.is_empty() { self.names.relations.iter().collect() } else { named };
        let columns = known.iter().flat_map(|relation| relation.columns.iter().map(String::as_str));
        let mut found =
            begin_with(word, columns.chain(relations).chain(own).chain(FUNCTIONS.iter().copied()));
        let lower = word.chars().any(char::is_lowercase);
        let keyword = |key: &&str| if lower { key.to_lowercase() } else { (*key).to_owned() };
        found.extend(begin_with(word, KEYWORDS.iter().copied()).iter().map(|key| keyword(&key.as_str())));
        found
    }

    /// Tables and views that a statement names.
    fn relations_in(&self, line: &str) -> Vec<&Relation> {
        let said = words(line);
        self.names
            .relations
            .iter()
            .filter(|r| said.iter().any(|word| word.eq_ignore_ascii_case(&r.name)))
            .collect()
    }

    /// The columns of what `owner` names: a table, or what the statement calls so.
    fn columns_of(&self, line: &str, owner: &str) -> Vec<&str> {
        let said = words(line);
        let by_name = |name: &str| self.names.relations.iter().find(|r| r.name.eq_ignore_ascii_case(name));
        let named = by_name(owner).or_else(|| {
            let places = said.iter().enumerate().filter(|(_, word)| word.eq_ignore_ascii_case(owner));
            let before = |at: usize, steps: usize| at.checked_sub(steps).and_then(|at| said.get(at).copied());
            places.into_iter().find_map(|(at, _)| match before(at, 1) {
                Some(word) if word.eq_ignore_ascii_case("as") => before(at, 2).and_then(by_name),
                word => word.and_then(by_name),
            })
        });
        match named {
            Some(relation) => relation.columns.iter().map(String::as_str).collect(),
            None => self.names.relations.iter().flat_map(|r| r.columns.iter().map(String::as_str)).collect(),
        }
    }

    /// What comes after a saved query's name: its parameters that are not set yet, and their values in turn.
    fn setting(&self, set: &[String], word: &str) -> Vec<String> {
        let Some((name, set)) = set.split_first() else { return Vec::new() };
        let Some(query) = self.names.queries.iter().find(|query| query.name == *name) else {
            return Vec::new();
        };
        let known = || query.parameters.iter();
        match set.chunks(2).last() {
            Some([name]) => {
                let values = known().find(|p| p.name == *name).map(&self.names.values).unwrap_or_default();
                begin_with(word, values.iter().map(String::as_str))
                    .iter()
                    .map(|value| dot::quoted(value))
                    .collect()
            }
            _ => {
                let is_set = |name: &str| set.chunks(2).any(|pair| pair[0] == name);
                begin_with(word, known().map(|p| p.name.as_str()).filter(|name| !is_set(name)))
            }
        }
    }

    /// What the argument of a command may become.
    fn argument(&self, command: &str, word: &str) -> Vec<String> {
        match command {
            ".query" => begin_with(word, self.names.queries.iter().map(|query| query.name.as_str())),
            ".schema" | ".describe" | ".tables" => {
                begin_with(word, self.names.relations.iter().map(|relation| relation.name.as_str()))
            }
            ".mode" => begin_with(word, dot::modes().iter().map(String::as_str)),
            ".param" | ".parameter" => begin_with(word, ["set", "unset", "list", "clear"]),
            ".headers" | ".timer" => begin_with(word, ["on", "off"]),
            _ => Vec::new(),
        }
    }
}

/// The bare words of some SQL.
fn words(sql: &str) -> Vec<&str> {
    let pieces = pieces(sql).0;
    pieces.into_iter().filter(|(piece, _)| *piece == Piece::Word).map(|(_, range)| &sql[range]).collect()
}

/// Those that begin with what was typed, each once.
fn begin_with<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for name in names {
        let begins = name.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word));
        if begins && !found.iter().any(|other| other == name) {
            found.push(name.to_owned());
        }
    }
    found
}

impl Completer for Help<'_> {
    type Candidate = Pair;

    fn complete(
        &self,
        line: &str,
        pos: usize,
        context: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        let typed = &line[..pos];
        let is_part =
            |c: char| c.is_alphanumeric() || c == '_' || (line.starts_with('.') && "-.".contains(c));
        let from = typed
            .rfind(|c| !is_part(c))
            .map_or(0, |at| at + typed[at..].chars().next().map_or(1, char::len_utf8));
        let word = &typed[from..];
        if let Some((".query", _)) = line.split_once(char::is_whitespace) {
            let Typed { words, last, .. } = Typed::of(typed);
            if words.len() > 1 {
                let (from, word) = last.unwrap_or((pos, String::new()));
                return Ok((from, pairs(self.setting(&words[1..], &word))));
            }
        }
        let found = if !line.starts_with('.') {
            self.sql(line, from, word)
        } else if from == 0 {
            begin_with(word, dot::COMMANDS.iter().map(|command| command.name))
        } else {
            let command = typed.split_whitespace().next().unwrap_or("");
            if matches!(command, ".read" | ".output" | ".once") {
                return self.files.complete(line, pos, context);
            }
            self.argument(command, word)
        };
        Ok((from, pairs(found)))
    }
}

fn pairs(found: Vec<String>) -> Vec<Pair> {
    found.into_iter().map(|name| Pair { display: name.clone(), replacement: name }).collect()
}

impl Highlighter for Help<'_> {
    fn highlight<'l>(&self, line: &'l str, _pos: usize) -> Cow<'l, str> {
        if line.starts_with('.') {
            return self.paint.text(Look::BOLD, line);
        }
        let mut shown = String::with_capacity(line.len() * 2);
        for (piece, range) in pieces(line).0 {
            let text = &line[range];
            let look = match piece {
                Piece::Word if KEYWORDS.iter().any(|key| key.eq_ignore_ascii_case(text)) => Some(Look::BOLD),
                Piece::Text => Some(Look::GREEN),
                Piece::Number | Piece::Parameter => Some(Look::CYAN),
                Piece::Comment => Some(Look::DIM),
                _ => None,
            };
            match look {
                Some(look) => shown.push_str(&self.paint.text(look, text)),
                None => shown.push_str(text),
            }
        }
        Cow::Owned(shown)
    }

    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _default: bool) -> Cow<'b, str> {
        self.paint.text(Look::DIM, prompt)
    }

    fn highlight_char(&self, _line: &str, _pos: usize, kind: CmdKind) -> bool {
        kind != CmdKind::MoveCursor
    }
}

impl Validator for Help<'_> {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        let input = context.input();
        let done = input.starts_with('.') || is_complete(input);
        Ok(if done { ValidationResult::Valid(None) } else { ValidationResult::Incomplete })
    }
}

impl Hinter for Help<'_> {
    type Hint = String;
}

impl Helper for Help<'_> {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Values;

    fn help() -> Help<'static> {
        let relation = |name: &str, columns: &[&str]| Relation {
            name: name.to_owned(),
            columns: columns.iter().map(|c| (*c).to_owned()).collect(),
        };
        let asked = "-- param speaker (text, default ''): who\n-- values speaker: Ada Vale | Adam | O'Hara\n\
            -- param most (integer, default 1): rows\nSELECT :speaker LIMIT :most";
        let query = |name: &str| SavedQuery::read(name, asked).unwrap();
        let names = Names {
            relations: vec![
                relation("quotes", &["id", "said"]),
                relation("outlets", &["id", "name"]),
                relation("quotes_full", &["id", "speaker", "outlet"]),
            ],
            queries: vec![query("who-said-what"), query("quotes-of")],
            values: Box::new(|parameter| match &parameter.values {
                Values::Listed(listed) => listed.clone(),
                _ => Vec::new(),
            }),
        };
        Help::new(names, Paint::new(false))
    }

    fn completed(line: &str) -> Vec<String> {
        let history = rustyline::history::MemHistory::new();
        let (_, found) = help().complete(line, line.len(), &Context::new(&history)).unwrap();
        found.into_iter().map(|pair| pair.replacement).collect()
    }

    #[test]
    fn words_are_completed_by_where_they_stand() {
        for (line, want) in [
            ("sel", &["select"][..]),
            ("SEL", &["SELECT"]),
            ("SELECT * FROM q", &["quotes", "quotes_full"]),
            ("SELECT * FROM quotes_full q WHERE q.", &["id", "speaker", "outlet"]),
            ("SELECT 1 FROM outlets o\nJOIN quotes_full AS q ON o.name = q.o", &["outlet"]),
            ("SELECT 1 FROM outlets, quotes q WHERE q.", &["id", "said"]),
            ("SELECT said FROM quotes AS q WHERE q.s", &["said"]),
            ("SELECT 1 FROM outlets o JOIN quotes q ON o.n", &["name"]),
            ("SELECT normal", &["normalize_name"]),
            (".q", &[".queries", ".query", ".quit"]),
            (".query who-s", &["who-said-what"]),
            (".query who-said-what ", &["speaker", "most"]),
            (".query who-said-what m", &["most"]),
            (".query who-said-what speaker ", &["'Ada Vale'", "Adam", "\"O'Hara\""]),
            (".query who-said-what speaker 'ada ", &["'Ada Vale'"]),
            (".query who-said-what speaker 'Ada Vale' ", &["most"]),
            (".query who-said-what most ", &[]),
            (".query nothing ", &[]),
            (".schema o", &["outlets"]),
            (".timer o", &["on", "off"]),
        ] {
            assert_eq!(completed(line), want, "{line}");
        }
        assert!(completed(".mode ").contains(&"csv".to_owned()));
    }

    #[test]
    fn colours_do_not_alter_the_text() {
        let mut help = help();
        assert_eq!(help.highlight("SELECT 'é' -- x", 0), "SELECT 'é' -- x");
        help.paint = Paint::new(true);
        assert!(help.highlight("SELECT 'é'", 0).contains('\x1b'));
    }
}
