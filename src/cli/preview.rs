//! What an import would do, told to a person.

use std::io::Write;

use anyhow::Result;

use super::import::print_counts;
use crate::present::harmless::harmless_line;
use crate::present::history::fact;
use crate::store::Preview;

/// Facts of one article that are listed.
const FACTS: usize = 12;

/// Prints it.
pub fn print(out: &mut impl Write, preview: &Preview) -> Result<()> {
    let counts = &preview.counts;
    writeln!(out, "{} documents found; nothing is written", counts.found)?;
    print_counts(out, counts)?;
    for (passed, count) in &preview.passed_over {
        writeln!(out, "  passed over {count}: {}", passed.as_str())?;
    }
    list(out, "would be new", counts.new, &preview.new_sources)?;
    for changing in &preview.changes {
        writeln!(out, "  would change: {} (article {})", harmless_line(&changing.source), changing.article)?;
        for change in changing.facts.iter().take(FACTS) {
            let words = fact(change.about.as_deref(), change.before.as_deref(), change.after.as_deref());
            writeln!(out, "    {} {}: {}", change.subject, change.what, harmless_line(&words))?;
        }
        if changing.facts.len() > FACTS {
            writeln!(out, "    and {} more", changing.facts.len() - FACTS)?;
        }
    }
    list(out, "would be marked as gone", counts.vanished, &preview.vanished_sources)?;
    for problem in &preview.problems {
        let place = problem.told_place();
        let (source, reason) = (harmless_line(&place), harmless_line(&problem.reason));
        writeln!(out, "  would be {}: {source}: {reason}", problem.outcome)?;
    }
    Ok(())
}

fn list(out: &mut impl Write, what: &str, count: u64, named: &[String]) -> Result<()> {
    for source in named {
        writeln!(out, "  {what}: {}", harmless_line(source))?;
    }
    let more = count.saturating_sub(named.len() as u64);
    if more > 0 {
        writeln!(out, "  {what}: {more} more")?;
    }
    Ok(())
}
