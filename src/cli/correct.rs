//! `copydesk correct`: a person's last word on an article, outlet, entity, quote or figure.

use anyhow::{Result, bail};
use clap::ValueEnum;

use super::correcting::{self, By};
use super::{ArchiveArgs, Outcome, Usage};
use crate::correct::{Subject, fields};
use crate::query::Reader;
use crate::store::NewCorrection;

/// Correct a row: who spoke, how many, when it was published.
///
/// The row is named by its number (id), as query, sql and show tell it; what is kept is the words it stands
/// on, so that the correction holds when the article is imported again, and when extractors improve. FIELD=
/// with nothing after it says that nothing is right; drop says that the row is none. A later correction of
/// the same thing overrules an earlier one; `copydesk corrections` lists and takes back.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  copydesk correct quote 12 speaker='John Kerry'
  copydesk correct quote 13 drop --note 'a film title'
  copydesk correct figure 7 value=120 bound=at_least
  copydesk correct article 3 published=2015-11-16 byline=
  copydesk correct outlet 'The Meridian' merge='Meridian Wire'
  copydesk correct quote 14 utterance='the words of the quote it repeats'

Fields:
  article  title, byline, dateline, published, outlet, language
  outlet   name, merge
  entity   name, merge, kind, drop (`copydesk entity` does the same, and splits)
  quote    speaker, kind, cue, utterance, drop
  figure   value, low, high, bound, direction, role, unit, kind, counted, event, hedged, drop

Exit codes: 0 done; 3 it is kept, but does not fit what the archive holds now; 2 wrong usage.")]
pub struct Args {
    /// What kind of row.
    #[arg(value_enum)]
    subject: SubjectArg,
    /// The row's number; of an article its source or a part of its title will do, of an outlet or entity its name.
    row: String,
    /// What is right: FIELD=VALUE, FIELD= for nothing, or drop.
    #[arg(required = true, value_name = "FIELD=VALUE")]
    changes: Vec<String>,
    #[command(flatten)]
    by: By,
    #[command(flatten)]
    archive: ArchiveArgs,
}

/// What kind of row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SubjectArg {
    Article,
    Outlet,
    Entity,
    Quote,
    Figure,
}

/// Runs the verb.
pub fn run(args: &Args) -> Result<Outcome> {
    let reader = Reader::snapshot(&args.archive.archive)?;
    let (subject, source, anchor, occurrence) = match args.subject {
        SubjectArg::Article => {
            let article = reader.article_name(reader.find_article(&args.row)?)?;
            (Subject::Article, Some(article.source), article.title.unwrap_or_default(), 1)
        }
        SubjectArg::Outlet => (Subject::Outlet, None, reader.find_outlet(&args.row)?, 1),
        SubjectArg::Entity => (Subject::Entity, None, reader.find_entity(&args.row)?.anchor(), 1),
        SubjectArg::Quote => {
            let anchor = reader.quote_anchor(&args.row)?;
            (Subject::Quote, Some(anchor.source), anchor.words, anchor.occurrence)
        }
        SubjectArg::Figure => {
            let anchor = reader.figure_anchor(&args.row)?;
            (Subject::Figure, Some(anchor.source), anchor.words, anchor.occurrence)
        }
    };
    drop(reader);
    let mut wanted = Vec::new();
    for change in &args.changes {
        let (field, value) = match change.split_once('=') {
            Some((field, value)) => (field, Some(value.to_owned())),
            None if fields(subject)
                .any(|f| f.name == change && f.takes == crate::correct::Takes::Nothing) =>
            {
                (change.as_str(), None)
            }
            None => {
                let words = format!(
                    "'{change}' says not what is right: write {change}=VALUE, or {change}= for nothing"
                );
                bail!(Usage(words))
            }
        };
        wanted.push(args.by.sign(NewCorrection {
            subject,
            source: source.clone(),
            anchor: anchor.clone(),
            occurrence,
            context: None,
            field: field.to_owned(),
            value,
            note: None,
            author: String::new(),
            editor: None,
            made_at: None,
            retired_at: None,
        }));
    }
    correcting::make(&args.archive, wanted)
}
