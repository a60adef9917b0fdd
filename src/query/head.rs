//! Heads: the comment lines a saved query begins with, which say what it answers and what can be set.
//!
//! ```sql
//! -- title: Quotes of a speaker
//! -- question: What is a speaker quoted with, and where?
//! -- param speaker (text, default 'Obama'): the name, or part of it
//! -- values speaker: SELECT name FROM entities WHERE kind = 'person'
//! -- param kind (text, default ''): how it is quoted; '' for all
//! -- values kind: direct | mixed | indirect
//! -- chart: bar x=outlet y=quotes
//! -- scan: every quote, because any of them may hold the words
//! -- key: quote_id
//! -- note: SELECT 'only the newest are looked at' WHERE (SELECT count(*) FROM articles) > 1000
//! SELECT ...
//! ```
//!
//! `values` between bars are all that may be given, `1 or more` the least whole number; a SELECT lists what is
//! worth giving. `required` stands
//! where a parameter has no default. `chart` names a picture of the answer, `key` the columns that tell a
//! new row from an old one, `scan` what must be read whole, `note` makes a sentence that must be said with the
//! answer, or gives no row where nothing must. A line that begins with `--` and two or more
//! spaces goes on with the one before. Lines of another kind are comments. The head is comment to SQLite
//! too, so that the file runs as it stands in any shell once its parameters are set.

use rusqlite::types::Value;

use super::parameter::Values;
use super::{Chart, Kind, Parameter};

/// What a head says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Head {
    /// What the query shows, in a few words.
    pub title: String,
    /// The question it answers.
    pub description: String,
    /// What can be set.
    pub parameters: Vec<Parameter>,
    /// The picture of its answer.
    pub chart: Option<Chart>,
    /// What it must read whole, and why.
    pub scan: Option<String>,
    /// The columns by which a row is known again; none for all.
    pub key: Vec<String>,
    /// The statement that makes the sentence to be said with the answer.
    pub note: Option<String>,
}

/// What is wrong with a head, and in which line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, and what was expected.
    pub problem: String,
}

/// An entry of a head: `key: value`, over one or more lines.
struct Entry {
    line: usize,
    text: String,
}

/// Reads the head that `sql` begins with; one that is absent says nothing.
pub fn parse(sql: &str) -> Result<Head, Problem> {
    let mut head = Head::default();
    for entry in entries(sql) {
        take(&mut head, &entry.text).map_err(|problem| Problem { line: entry.line, problem })?;
    }
    Ok(head)
}

fn take(head: &mut Head, text: &str) -> Result<(), String> {
    let once = |set: bool, what: &str| if set { Err(format!("{what} stands there twice")) } else { Ok(()) };
    if let Some(title) = text.strip_prefix("title:") {
        title.trim().clone_into(&mut head.title);
    } else if let Some(said) = text.strip_prefix("description:").or_else(|| text.strip_prefix("question:")) {
        said.trim().clone_into(&mut head.description);
    } else if let Some(parameter) = text.strip_prefix("param ") {
        let parameter = parse_parameter(parameter)?;
        if head.parameters.iter().any(|p| p.name == parameter.name) {
            return Err(format!("parameter '{}' is declared twice", parameter.name));
        }
        head.parameters.push(parameter);
    } else if let Some(values) = text.strip_prefix("values ") {
        take_values(&mut head.parameters, values)?;
    } else if let Some(chart) = text.strip_prefix("chart:") {
        once(head.chart.is_some(), "a chart")?;
        head.chart = Some(Chart::read(chart)?);
    } else if let Some(scan) = text.strip_prefix("scan:") {
        once(head.scan.is_some(), "scan")?;
        if scan.trim().is_empty() {
            return Err("expected: scan: WHAT IS READ WHOLE, AND WHY".to_owned());
        }
        head.scan = Some(scan.trim().to_owned());
    } else if let Some(note) = text.strip_prefix("note:") {
        once(head.note.is_some(), "a note")?;
        head.note = Some(note.trim().trim_end_matches(';').to_owned());
    } else if let Some(key) = text.strip_prefix("key:") {
        head.key = key.split([',', ' ']).filter(|c| !c.is_empty()).map(str::to_owned).collect();
    }
    Ok(())
}

/// The entries of the comment block that a file begins with.
fn entries(sql: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let lines = sql.trim_start_matches('\u{feff}').lines().enumerate();
    for (n, line) in lines.skip_while(|(_, line)| line.trim().is_empty()) {
        let Some(comment) = line.trim_end().strip_prefix("--") else { break };
        match entries.last_mut() {
            Some(last) if comment.starts_with("  ") => {
                last.text.push(' ');
                last.text.push_str(comment.trim());
            }
            _ => entries.push(Entry { line: n + 1, text: comment.trim().to_owned() }),
        }
    }
    entries
}

/// Reads `name (type, default value): meaning`.
pub fn parse_parameter(text: &str) -> Result<Parameter, String> {
    const FORM: &str = "expected: param NAME (TYPE, default VALUE): MEANING, or required for the default";
    let (name, rest) = text.split_once('(').ok_or(FORM)?;
    let name = name.trim();
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return Err(format!("'{name}' is no parameter name; {FORM}"));
    }
    let (kind, rest) = rest.split_once(',').ok_or(FORM)?;
    let kind = Kind::of(kind.trim())
        .ok_or_else(|| format!("'{}' is no type: text, integer, number, real and date are", kind.trim()))?;
    let rest = rest.trim_start();
    let (default, meaning) = match (rest.strip_prefix("required"), rest.strip_prefix("default ")) {
        (Some(rest), _) => (None, rest),
        (None, Some(rest)) => {
            let (default, rest) = parse_default(kind, rest.trim_start())?;
            (Some(default), rest)
        }
        (None, None) => return Err(FORM.to_owned()),
    };
    let meaning = meaning.trim_start().strip_prefix("):").ok_or(FORM)?.trim().to_owned();
    Ok(Parameter { name: name.to_owned(), kind, default, meaning, values: Values::Any })
}

/// Reads a default, and what is left after it: `none`, a number, or text in single quotes.
fn parse_default(kind: Kind, text: &str) -> Result<(Value, &str), String> {
    if let Some(rest) = text.strip_prefix("none") {
        return Ok((Value::Null, rest));
    }
    let (word, rest) = match text.strip_prefix('\'') {
        Some(quoted) => quoted.split_once('\'').ok_or("the default's closing ' is missing")?,
        None => text.split_at(text.find(')').unwrap_or(text.len())),
    };
    let value = kind.read(word).ok_or_else(|| format!("the default '{word}' is no {}", kind.as_str()))?;
    Ok((value, rest))
}

/// Reads `name: one | two`, `name: 1 or more` or `name: SELECT ...`, of a parameter that stands before it.
fn take_values(parameters: &mut [Parameter], text: &str) -> Result<(), String> {
    const FORM: &str =
        "expected: values NAME: ONE | TWO | THREE, or NUMBER or more, or a SELECT that lists them";
    let (name, values) = text.split_once(':').ok_or(FORM)?;
    let (name, values) = (name.trim(), values.trim());
    let Some(parameter) = parameters.iter_mut().find(|p| p.name == name) else {
        return Err(format!("values of '{name}', which no param line above declares"));
    };
    let begin = values.split_whitespace().next().unwrap_or("");
    if begin.eq_ignore_ascii_case("select") || begin.eq_ignore_ascii_case("with") {
        parameter.values = Values::Query(values.trim_end_matches(';').to_owned());
        return Ok(());
    }
    if let Some(least) = values.strip_suffix(" or more")
        && parameter.kind == Kind::Integer
    {
        parameter.values =
            Values::From(least.trim().parse().map_err(|_| format!("'{least}' is no integer"))?);
        return Ok(());
    }
    let listed: Vec<String> = values.split('|').map(|value| value.trim().to_owned()).collect();
    for value in &listed {
        if value.is_empty() {
            return Err(FORM.to_owned());
        }
        if parameter.kind.read(value).is_none() {
            return Err(format!("'{value}' is no {}", parameter.kind.as_str()));
        }
    }
    parameter.values = Values::Listed(listed);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "-- title: Quotes of a speaker\n-- description: Everything a speaker is quoted\n--   with, and where.\n\
        -- param speaker (text, default 'O (x)'): the name,\n--   or part of it\n-- values speaker: SELECT name\n--   FROM entities;\n\
        -- param most (integer, default 10): rows\n-- values most: 1 or more\n-- param since (date, default none): from when\n\
        -- param kind (text, required): how\n-- values kind: direct | mixed\n\
        -- chart: bar x=outlet y=quotes\n-- scan: every quote\n-- key: id, text\n\n\
        -- param late (text, default none): not in the head\nSELECT 1";

    #[test]
    fn a_head_is_read() {
        let head = parse(HEAD).unwrap();
        assert_eq!(head.title, "Quotes of a speaker");
        assert_eq!(head.description, "Everything a speaker is quoted with, and where.");
        let [speaker, most, since, kind] = head.parameters.as_slice() else {
            panic!("{:?}", head.parameters)
        };
        assert_eq!(
            (speaker.name.as_str(), &speaker.default),
            ("speaker", &Some(Value::Text("O (x)".into())))
        );
        assert_eq!(speaker.meaning, "the name, or part of it");
        assert_eq!(speaker.values, Values::Query("SELECT name FROM entities".into()));
        assert_eq!((most.kind, &most.default), (Kind::Integer, &Some(Value::Integer(10))));
        assert_eq!(most.values, Values::From(1));
        assert_eq!((since.kind, &since.default), (Kind::Date, &Some(Value::Null)));
        assert_eq!(
            (&kind.default, &kind.values),
            (&None, &Values::Listed(vec!["direct".into(), "mixed".into()]))
        );
        let chart = head.chart.unwrap();
        assert_eq!(
            (chart.form, chart.columns().collect::<Vec<_>>()),
            (crate::query::ChartForm::Bar, vec!["outlet", "quotes"])
        );
        assert_eq!(head.scan.as_deref(), Some("every quote"));
        assert_eq!(head.key, ["id", "text"]);
    }

    #[test]
    fn a_bad_head_is_told_with_its_line() {
        for (head, line, word) in [
            ("-- title: x\n-- param n (whole, default 1): y", 2, "'whole' is no type"),
            ("-- param n (integer, default ten): y", 1, "'ten' is no integer"),
            ("-- param (text, default ''): y", 1, "no parameter name"),
            ("-- param n (text, default 'x: y", 1, "closing '"),
            ("-- param n: y", 1, "expected"),
            ("-- param n (text, optional): y", 1, "expected"),
            ("-- param n (text, default ''): a\n-- param n (text, default ''): b", 2, "declared twice"),
            ("-- values n: a | b", 1, "no param line above"),
            ("-- param n (integer, default 1): y\n-- values n: 1 | two", 2, "'two' is no integer"),
            ("-- param n (integer, default 1): y\n-- values n: many or more", 2, "'many' is no integer"),
            ("-- chart: bars x=a y=b", 1, "did you mean bar?"),
            ("-- chart: bar x=a", 1, "expected"),
            ("-- chart: bar x=a y=b z=c", 1, "'z=c' says nothing"),
            ("-- scan:", 1, "expected"),
        ] {
            let problem = parse(head).unwrap_err();
            assert!(problem.line == line && problem.problem.contains(word), "{head}: {problem:?}");
        }
    }
}
