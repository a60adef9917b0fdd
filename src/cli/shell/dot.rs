//! Commands that begin with a dot, as the sqlite3 shell has them.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, bail};
use clap::Parser;

use super::{Flow, Shell};
use crate::cli::ask::Question;
use crate::cli::format::{Format, Listed, delimiter};
use crate::present::harmless::harmless;
use crate::query::{Given, Relation, SavedQuery, functions, nearest};

/// A command.
pub struct Command {
    pub name: &'static str,
    takes: &'static str,
    does: &'static str,
    run: fn(&mut Shell<'_>, &[String]) -> Result<Flow>,
}

const fn command(
    name: &'static str,
    takes: &'static str,
    does: &'static str,
    run: fn(&mut Shell<'_>, &[String]) -> Result<Flow>,
) -> Command {
    Command { name, takes, does, run }
}

/// All of them, by name.
pub const COMMANDS: &[Command] = &[
    command(".describe", "NAME", "what the columns of a table or view mean", describe),
    command(".exit", "", "leave", |_, _| Ok(Flow::Leave)),
    command(".functions", "", "the functions that SQLite does not have", functions),
    command(".headers", "on|off", "whether the columns' names stand above rows", headers),
    command(".help", "", "this list", help),
    command(".limit", "ROWS", "hand out so many rows at most; 0 for all", limit),
    command(".mode", "MODE", "how answers are written: table, csv, json, list ...", mode),
    command(".nullvalue", "TEXT", "what stands for NULL in tables and lists", null_value),
    command(".once", "FILE", "write the next answer to a file", once),
    command(".output", "FILE", "write answers to files; without FILE, show them again", output),
    command(".param", "set NAME VALUE", "set a parameter; also unset NAME, list, clear", param),
    command(".queries", "", "the saved queries", queries),
    command(".query", "NAME [PARAM VALUE]...", "run a saved query", query),
    command(".quit", "", "leave", |_, _| Ok(Flow::Leave)),
    command(".read", "FILE", "run the statements and commands of a file", read),
    command(".schema", "[NAME]", "how tables and views are made", schema),
    command(".separator", "TEXT", "what stands between the cells of lists, CSV and TSV", separator),
    command(".tables", "[PART]", "the tables and views", tables),
    command(".timeout", "SECONDS", "stop statements after so long; 0 for never", timeout),
    command(".timer", "on|off", "tell how long each statement takes", timer),
    command(".width", "", "columns find their widths themselves", width),
];

/// Runs a line that begins with a dot. A command may be cut short, as long as it is the first so called.
pub fn run(shell: &mut Shell<'_>, line: &str) -> Result<Flow> {
    let words = words(line)?;
    let Some((name, arguments)) = words.split_first() else { return Ok(Flow::Go) };
    let alias = if name.starts_with(".para") { ".param" } else { name.as_str() };
    let exact = COMMANDS.iter().find(|command| command.name == alias);
    let found = exact.or_else(|| COMMANDS.iter().find(|c| alias.len() > 1 && c.name.starts_with(alias)));
    match found {
        Some(command) => (command.run)(shell, arguments),
        None => {
            let near = nearest(name, COMMANDS.iter().map(|command| command.name));
            let near = near.first().map_or(String::new(), |near| format!("; did you mean {near}?"));
            bail!("no command is named {name}{near} (.help lists them)")
        }
    }
}

/// The words of a line; what stands between quotes is one.
fn words(line: &str) -> Result<Vec<String>> {
    let typed = Typed::of(line);
    if typed.is_open {
        bail!("a quotation mark is not closed");
    }
    Ok(typed.words.into_iter().chain(typed.last.map(|(_, word)| word)).collect())
}

/// A line as far as it is typed.
pub struct Typed {
    /// The words that have their end.
    pub words: Vec<String>,
    /// Where the word begins that may go on, quotation marks and all, and what it says so far.
    pub last: Option<(usize, String)>,
    /// Whether it lacks its closing mark.
    is_open: bool,
}

impl Typed {
    pub fn of(line: &str) -> Typed {
        let (mut words, mut last, mut quote) = (Vec::new(), None::<(usize, String)>, None);
        for (at, c) in line.char_indices() {
            match (quote, c) {
                (Some(mark), c) if c == mark => quote = None,
                (None, c) if c.is_whitespace() => words.extend(last.take().map(|(_, word)| word)),
                (quoted, c) => {
                    let (_, word) = last.get_or_insert_with(|| (at, String::new()));
                    match c {
                        '\'' | '"' if quoted.is_none() => quote = Some(c),
                        c => word.push(c),
                    }
                }
            }
        }
        Typed { words, last, is_open: quote.is_some() }
    }
}

/// A word as it must be typed to be one.
pub fn quoted(word: &str) -> String {
    let plain = |c: char| !c.is_whitespace() && !matches!(c, '\'' | '"');
    match word.contains('\'') {
        _ if !word.is_empty() && word.chars().all(plain) => word.to_owned(),
        true => format!("\"{word}\""),
        false => format!("'{word}'"),
    }
}

/// The options of the output, as a command of their own.
#[derive(Debug, Parser)]
#[command(no_binary_name = true, disable_help_flag = true)]
struct Options {
    #[command(flatten)]
    format: Format,
}

/// Formats that an option may name.
const FORMATS: &[&str] = &["table", "csv", "tsv", "json", "nl", "markdown", "html", "xlsx", "parquet"];

/// What the sqlite3 shell has besides.
const LISTS: &[(&str, Listed)] = &[("list", Listed::Rows), ("line", Listed::Cells)];

/// The modes there are: the formats that this program was built with.
pub fn modes() -> Vec<String> {
    let built = FORMATS.iter().filter(|name| format(name).is_ok());
    built.copied().chain(LISTS.iter().map(|(name, _)| *name)).map(str::to_owned).collect()
}

/// The format that the option of a mode's name names.
pub fn format(mode: &str) -> Result<Format> {
    Options::try_parse_from([format!("--{mode}")])
        .map(|options| options.format)
        .map_err(|error| anyhow!(error.to_string().lines().next().unwrap_or("").replace("error: ", "")))
}

fn mode(shell: &mut Shell<'_>, words: &[String]) -> Result<Flow> {
    let modes = modes();
    let Some(word) = words.first() else {
        shell.say(&format!("mode {} of {}", shell.mode.as_deref().unwrap_or("table"), modes.join(", ")))?;
        return Ok(Flow::Go);
    };
    // The sqlite3 shell's names of what is the same here.
    let mode = match word.as_str() {
        "box" | "column" | "columns" => "table",
        "tabs" => "tsv",
        "jsonl" | "jsonlines" => "nl",
        "lines" => "line",
        word => word,
    };
    if !modes.iter().any(|known| known == mode) {
        bail!("no mode is named {word}: {} are", modes.join(", "));
    }
    shell.mode = Some(mode.to_owned());
    shell.manner.list = LISTS.iter().find(|(name, _)| *name == mode).map(|(_, listed)| *listed);
    Ok(Flow::Go)
}

/// Tells that a setting is without effect in the mode there is, and in which it has one.
fn tell_idle(shell: &Shell<'_>, modes: &[&str], why: &str) {
    let mode = shell.mode.as_deref().unwrap_or("table");
    if !modes.contains(&mode) {
        eprintln!("copydesk: in mode {mode} that changes nothing: {why}");
    }
}

fn headers(shell: &mut Shell<'_>, words: &[String]) -> Result<Flow> {
    shell.manner.headers = Some(on_or_off(words, ".headers")?);
    tell_idle(shell, &["table", "list", "csv", "tsv"], "its rows always name their columns");
    Ok(Flow::Go)
}

fn null_value(shell: &mut Shell<'_>, words: &[String]) -> Result<Flow> {
    let Some(word) = words.first() else { bail!("expected: .nullvalue TEXT") };
    word.clone_into(&mut shell.manner.null);
    tell_idle(shell, &["table", "list", "line"], "files for programs keep NULL apart from any text");
    Ok(Flow::Go)
}

fn separator(shell: &mut Shell<'_>, words: &[String]) -> Result<Flow> {
    let Some(word) = words.first() else { bail!("expected: .separator TEXT") };
    let word = word.replace("\\t", "\t");
    let mode = shell.mode.as_deref().unwrap_or("table");
    if matches!(mode, "csv" | "tsv") {
        delimiter(&word)
            .map_err(|problem| anyhow!("{mode} has one character between its cells: {problem}"))?;
    }
    shell.manner.separator = Some(word);
    tell_idle(shell, &["list", "csv", "tsv"], ".mode list, csv and tsv have a separator");
    Ok(Flow::Go)
}

fn width(_: &mut Shell<'_>, _: &[String]) -> Result<Flow> {
    eprintln!(
        "copydesk: that changes nothing: columns are as wide as what they hold, and share the screen; \
         `copydesk sql --width COLUMNS` sets how wide that is"
    );
    Ok(Flow::Go)
}

fn on_or_off(words: &[String], command: &str) -> Result<bool> {
    match words.first().map(String::as_str) {
        Some("on" | "yes" | "1") => Ok(true),
        Some("off" | "no" | "0") => Ok(false),
        _ => bail!("expected: {command} on or off"),
    }
}

fn output(shell: &mut Shell<'_>, words: &[String]) -> Result<Flow> {
    shell.output = match words.first().map(String::as_str) {
        None | Some("stdout") => None,
        Some(file) if file.starts_with('|') => bail!("answers go to files, not to programs"),
        Some(file) => {
            let file = Some(PathBuf::from(file));
            if shell.mode.is_none() {
                shell.unnamed(file.as_deref()).into_file(file.clone()).check_ending()?;
            }
            file
        }
    };
    shell.once = false;
    Ok(Flow::Go)
}

fn once(shell: &mut Shell<'_>, words: &[String]) -> Result<Flow> {
    if words.is_empty() {
        bail!("which file? .once FILE");
    }
    output(shell, words)?;
    shell.once = true;
    Ok(Flow::Go)
}

fn param(shell: &mut Shell<'_>, words: &[String]) -> Result<Flow> {
    let bare = |name: &str| name.trim_start_matches([':', '@', '$']).to_owned();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] | ["list"] => {
            for Given { name, word } in &shell.given {
                shell.say(&format!(":{name}  {word}"))?;
            }
        }
        ["set", name, word] => {
            let name = bare(name);
            shell.given.retain(|given| given.name != name);
            shell.given.push(Given { name, word: (*word).to_owned() });
        }
        ["unset", name] => shell.given.retain(|given| given.name != bare(name)),
        ["clear" | "init"] => shell.given.clear(),
        _ => bail!("expected: .param set NAME VALUE, unset NAME, list, or clear"),
    }
    Ok(Flow::Go)
}

fn tables(shell: &mut Shell<'_>, words: &[String]) -> Result<Flow> {
    let part = words.first().map_or("", |word| word.trim_matches('%'));
    for name in shell.reader.askable()?.iter().filter(|name| name.contains(part)) {
        shell.say(name)?;
    }
    Ok(Flow::Go)
}

fn schema(shell: &mut Shell<'_>, words: &[String]) -> Result<Flow> {
    let name = words.first().map(String::as_str);
    let made = shell.reader.schema(name)?;
    if made.is_empty() {
        bail!("the archive has no {} (.tables lists what it has)", name.unwrap_or("table"));
    }
    shell.say(&made.join("\n"))?;
    Ok(Flow::Go)
}

fn describe(shell: &mut Shell<'_>, words: &[String]) -> Result<Flow> {
    let Some(name) = words.first() else { bail!("which table or view? .describe NAME") };
    let relation = match shell.reader.full_text()?.contains(name) {
        true => Relation { name: name.clone(), columns: shell.reader.columns(name)? },
        false => shell.reader.relation(name)?,
    };
    let wide = relation.columns.iter().map(|column| column.name.len()).max().unwrap_or(0);
    shell.say(&relation.name)?;
    for column in &relation.columns {
        shell.say(format!("  {:wide$}  {}", column.name, column.meaning).trim_end())?;
    }
    Ok(Flow::Go)
}

fn functions(shell: &mut Shell<'_>, _: &[String]) -> Result<Flow> {
    for (signature, gives) in functions::ALL {
        shell.say(&format!("{signature:<28}  {gives}"))?;
    }
    Ok(Flow::Go)
}

fn help(shell: &mut Shell<'_>, _: &[String]) -> Result<Flow> {
    for Command { name, takes, does, .. } in COMMANDS {
        shell.say(&format!("{:<30}  {does}", format!("{name} {takes}")))?;
    }
    shell.say(
        "A statement ends with ; and may go over several lines. Tab completes, Ctrl-C stops, Ctrl-D leaves.",
    )?;
    Ok(Flow::Go)
}

fn queries(shell: &mut Shell<'_>, _: &[String]) -> Result<Flow> {
    for query in shell.library.queries() {
        shell.say(&format!("{:<22}  {}", query.name, query.title))?;
    }
    Ok(Flow::Go)
}

fn query(shell: &mut Shell<'_>, words: &[String]) -> Result<Flow> {
    let Some((name, pairs)) = words.split_first() else { return queries(shell, words) };
    let query: SavedQuery = shell.library.find(name)?.clone();
    if !pairs.len().is_multiple_of(2) {
        bail!("parameters are given as NAME VALUE: {} is left over", pairs[pairs.len() - 1]);
    }
    let given: Vec<Given> =
        pairs.chunks_exact(2).map(|pair| Given { name: pair[0].clone(), word: pair[1].clone() }).collect();
    // What .param set counts where the query has such a parameter.
    let set = shell.given.iter().filter(|set| query.parameters.iter().any(|p| p.name == set.name));
    let set = set.filter(|set| given.iter().all(|given| given.bare_name() != set.name)).cloned();
    let all: Vec<Given> = given.iter().cloned().chain(set).collect();
    shell.answer(Question::saved(&query), &all)?;
    Ok(Flow::Go)
}

fn read(shell: &mut Shell<'_>, words: &[String]) -> Result<Flow> {
    let Some(file) = words.first() else { bail!("which file? .read FILE") };
    if shell.depth >= 10 {
        bail!("{file} is read by a file that is read by a file ... ten deep");
    }
    let text = fs::read_to_string(file).with_context(|| file.clone())?;
    shell.depth += 1;
    let flow = shell.script(&text);
    shell.depth -= 1;
    flow
}

fn timeout(shell: &mut Shell<'_>, words: &[String]) -> Result<Flow> {
    let seconds = number(words, ".timeout SECONDS")?;
    shell.limits.seconds = Some(seconds).filter(|seconds| *seconds > 0);
    Ok(Flow::Go)
}

fn limit(shell: &mut Shell<'_>, words: &[String]) -> Result<Flow> {
    let rows = number(words, ".limit ROWS")?;
    shell.limits.rows = Some(rows).filter(|rows| *rows > 0);
    Ok(Flow::Go)
}

fn number(words: &[String], form: &str) -> Result<u64> {
    match words.first().map(|word| word.parse()) {
        Some(Ok(number)) => Ok(number),
        _ => bail!("expected: {form}"),
    }
}

fn timer(shell: &mut Shell<'_>, words: &[String]) -> Result<Flow> {
    shell.timer = on_or_off(words, ".timer")?;
    Ok(Flow::Go)
}

impl Shell<'_> {
    /// Says a line to the person.
    pub(super) fn say(&self, line: &str) -> Result<()> {
        writeln!(std::io::stdout(), "{}", harmless(line))?;
        Ok(())
    }
}
