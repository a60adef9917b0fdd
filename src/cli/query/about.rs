//! What a query answers, what can be set, and which values are worth giving.

use std::io::{self, Write};
use std::path::Path;

use crate::present::harmless::{harmless, harmless_line};
use crate::present::paint::{Look, Paint};
use crate::query::{Parameter, Reader, SavedQuery, Values};

/// Values shown of a parameter that takes any.
const SHOWN: usize = 8;

/// Tells it.
pub fn tell(out: &mut impl Write, query: &SavedQuery, archive: &Path, paint: Paint) -> io::Result<()> {
    writeln!(out, "{}", paint.text(Look::BOLD, &harmless(&query.title)))?;
    if !query.description.is_empty() {
        writeln!(out, "{}", harmless(&query.description))?;
    }
    for parameter in &query.parameters {
        let default = match &parameter.default {
            Some(_) => format!("default {}", parameter.default_text()),
            None => "required".to_owned(),
        };
        writeln!(
            out,
            "\n  -p {} {}  ({})\n      {}",
            paint.text(Look::BOLD, &parameter.name),
            parameter.kind.as_str().to_uppercase(),
            harmless(&default),
            harmless(&parameter.meaning)
        )?;
        values(out, parameter, archive)?;
    }
    if let Some(scan) = &query.scan {
        writeln!(out, "\nOn a large archive it takes a second or two: it reads {}", harmless(scan))?;
    }
    Ok(())
}

fn values(out: &mut impl Write, parameter: &Parameter, archive: &Path) -> io::Result<()> {
    match &parameter.values {
        Values::Any => Ok(()),
        Values::From(least) => writeln!(out, "      {least} or more"),
        Values::Listed(listed) => writeln!(out, "      one of: {}", harmless(&listed.join(", "))),
        Values::Query(_) => {
            // Told where the archive can tell; what a query is about is known without one too.
            let Ok(reader) = Reader::open(archive) else { return Ok(()) };
            let Ok(mut found) = reader.values(parameter, SHOWN + 1) else { return Ok(()) };
            let more = if found.len() > SHOWN { ", ..." } else { "" };
            found.truncate(SHOWN);
            match found.as_slice() {
                [] => Ok(()),
                found => writeln!(out, "      such as: {}{more}", harmless_line(&found.join(", "))),
            }
        }
    }
}
