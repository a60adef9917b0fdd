//! Trains the taggers that ship in `models/` and says how good they are.
//!
//! `cargo run --release --example train_tagger -- --data DIR --out models` where DIR holds
//! `entities/train/*.jsonl.gz` and `treebank/gum.train.conllu.gz` to learn from, and
//! `entities/*.dev.jsonl.gz` and `treebank/*.dev.conllu.gz` to measure on (never learnt from).

mod crf;
mod data;
mod lists;
mod renamed;
mod samples;
mod score;

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use clap::Parser;
use copydesk::annotate::linear::Model;
use copydesk::annotate::{Pos, pos};
use copydesk::extract::mentions::{features, gazetteer, tagger};

use crf::{Learner, Options};
use lists::{FOLDS, Lists};
use samples::Collector;

/// Buckets of the table of lists, as a power of two.
const LIST_BITS: u32 = 16;

/// Trains the taggers.
#[derive(Parser)]
struct Args {
    /// Folder with `entities` and `treebank`.
    #[arg(long)]
    data: PathBuf,
    /// Where the models are written.
    #[arg(long)]
    out: PathBuf,
    /// Lists of names, `list<TAB>name` a line.
    #[arg(long)]
    lists: Option<PathBuf>,
    /// Clusters of words, `word` and four numbers a line; build again after making them.
    #[arg(long)]
    clusters: Option<PathBuf>,
    /// What to train.
    #[arg(long, default_value = "pos,names")]
    only: String,
    /// Times through the data, for names.
    #[arg(long, default_value_t = 6)]
    epochs: usize,
    /// Times that names are learnt, each in another order; the model is the mean.
    #[arg(long, default_value_t = 2)]
    runs: u64,
    /// Step length, for names.
    #[arg(long, default_value_t = 0.04)]
    rate: f32,
    /// Share of features hidden while learning.
    #[arg(long, default_value_t = 0.3)]
    dropout: f32,
    /// Pull towards nought.
    #[arg(long, default_value_t = 0.0)]
    decay: f32,
    /// How often a feature must be seen, for names.
    #[arg(long, default_value_t = 3)]
    least: u8,
    /// Buckets of the model of names, as a power of two.
    #[arg(long, default_value_t = 15)]
    bits: u32,
    /// Sets to leave out.
    #[arg(long, default_value = "sec")]
    skip: String,
    /// Sets with conventions of their own, by the beginnings of their names.
    #[arg(long, default_value = "docred;wikigold,grobid;crossner;semcor;gum;ewt;btc,wnut;re3d;gmb")]
    groups: String,
    /// What a copy of a text with other names counts; 0 makes none.
    #[arg(long, default_value_t = 0.5)]
    renamed: f32,
    /// What a silver set counts.
    #[arg(long, default_value_t = 0.5)]
    silver: f32,
}

fn main() -> Result<()> {
    let args = Args::parse();
    std::fs::create_dir_all(&args.out)?;
    if let Some(path) = &args.clusters {
        std::fs::write(args.out.join("clusters.bin"), lists::clusters(path)?)?;
        return Ok(());
    }
    let pos_path = args.out.join("pos.bin");
    if args.only.contains("pos") {
        std::fs::write(&pos_path, train_pos(&args)?)?;
    }
    let parts =
        Model::read(Cow::Owned(std::fs::read(&pos_path)?)).with_context(|| pos_path.display().to_string())?;
    report_pos(&parts, &args.data)?;
    if args.only.contains("report") {
        let table = gazetteer::Lists::read(Cow::Owned(std::fs::read(args.out.join("gazetteer.bin"))?))?;
        report_names(
            &parts,
            &Model::read(Cow::Owned(std::fs::read(args.out.join("names.bin"))?))?,
            &table,
            &args.data,
        )?;
    }
    if args.only.contains("names") {
        let (bytes, table) = train_names(&args, &parts)?;
        std::fs::write(args.out.join("names.bin"), &bytes)?;
        std::fs::write(args.out.join("gazetteer.bin"), &table)?;
        let table = gazetteer::Lists::read(Cow::Owned(table))?;
        report_names(&parts, &Model::read(Cow::Owned(bytes))?, &table, &args.data)?;
    }
    Ok(())
}

fn train_pos(args: &Args) -> Result<Vec<u8>> {
    let trees = data::trees(&args.data.join("treebank/gum.train.conllu.gz"))?;
    let sampled: Vec<_> = trees.iter().map(samples::of_tree).collect();
    let mut collector = Collector::new(2);
    for sample in &sampled {
        samples::pos_features(sample, |_, f| collector.count(f));
    }
    for sample in &sampled {
        samples::add_tree(sample, &mut collector);
    }
    let options = Options {
        labels: Pos::NAMES.len(),
        classes: pos::CLASSES,
        epochs: 8,
        rate: 0.3,
        dropout: 0.1,
        decay: 0.0,
        follows: |_, _| true,
    };
    let learner = Learner::<{ pos::LABELS }>::new(&collector.data, &options);
    let begun = Instant::now();
    let learnt = learner.learn(0, |epoch, loss| {
        eprintln!("pos, pass {}: loss {loss:.0}, {:.0?}", epoch + 1, begun.elapsed());
    });
    Ok(learnt.encode(12))
}

fn train_names(args: &Args, parts: &Model<{ pos::LABELS }>) -> Result<(Vec<u8>, Vec<u8>)> {
    let mut texts = Vec::new();
    let mut sampled = Vec::new();
    for (set, path) in data::sets(&args.data.join("entities/train"))? {
        if args.skip.split(',').any(|s| s == set) {
            continue;
        }
        let weight = if set == "gmb" { args.silver } else { 1.0 };
        let group = group_of(&set, &args.groups);
        // These say that they mark groups, and leave most unmarked.
        let marks_no_groups = ["gum", "grobid", "wnut17b"].contains(&set.as_str());
        for mut text in data::texts(&path)? {
            if marks_no_groups {
                text.unmarked.push(3);
            }
            sampled.push(samples::of_text(&text, parts, weight, group));
            texts.push((text, weight));
        }
    }
    let lists = Lists::new(args.lists.as_deref(), &texts)?;
    let parted: Vec<gazetteer::Lists> = (0..FOLDS)
        .map(|part| gazetteer::Lists::read(Cow::Owned(lists.table(Some(part), LIST_BITS))))
        .collect::<Result<_, _>>()?;
    let copies = copies(args, parts, &texts, &sampled)?;
    let originals = texts.iter().map(|(text, _)| text).zip(&sampled).enumerate();
    let all = originals.chain(copies.iter().map(|(n, text, sample)| (*n, (text, sample))));
    let mut collector = Collector::new(args.least);
    for (n, (text, sample)) in all.clone() {
        samples::count_text(text, sample, &parted[n % FOLDS], &mut collector);
    }
    for (n, (text, sample)) in all {
        samples::add_text(text, sample, &parted[n % FOLDS], &mut collector);
    }
    eprintln!(
        "{} texts, {} tokens, {} features",
        texts.len(),
        collector.data.ends.len(),
        collector.data.names.len()
    );
    let options = Options {
        labels: samples::NAME_LABELS,
        classes: features::CLASSES,
        epochs: args.epochs,
        rate: args.rate,
        dropout: args.dropout,
        decay: args.decay,
        follows: samples::follows,
    };
    let begun = Instant::now();
    let models = (0..args.runs)
        .map(|run| {
            Learner::<{ tagger::LABELS }>::new(&collector.data, &options).learn(run, |epoch, loss| {
                eprintln!(
                    "names, run {}, pass {}: loss {loss:.0}, {:.0?}",
                    run + 1,
                    epoch + 1,
                    begun.elapsed()
                );
            })
        })
        .collect();
    let mut learnt = crf::mean(models).context("no run was asked for")?;
    learnt.rows.retain(|(feature, _)| !collector.own.contains(feature));
    Ok((learnt.encode(args.bits), lists.table(None, LIST_BITS)))
}

/// Copies of the texts with other names, each with the number of the text it is made of.
fn copies(
    args: &Args,
    parts: &Model<{ pos::LABELS }>,
    texts: &[(data::Text, f32)],
    sampled: &[samples::Sample],
) -> Result<Vec<(usize, data::Text, samples::Sample)>> {
    let Some(lists) = args.lists.as_deref().filter(|_| args.renamed > 0.0) else { return Ok(Vec::new()) };
    let pool = renamed::Pool::new(lists)?;
    let mut random = crf::Random(0x9e37_79b9_7f4a_7c15);
    let copies = texts.iter().zip(sampled).enumerate().filter(|(_, ((text, _), _))| !text.names.is_empty());
    let copies = copies.map(|(n, ((text, weight), sample))| {
        let copy = renamed::renamed(text, &pool, &mut random);
        let sample = samples::of_text(&copy, parts, weight * args.renamed, sample.group);
        (n, copy, sample)
    });
    Ok(copies.collect())
}

/// The group of sets whose conventions a set shares; sets that speak as news does have none.
fn group_of(set: &str, groups: &str) -> Option<u64> {
    groups
        .split(';')
        .position(|group| group.split(',').any(|prefix| set.starts_with(prefix)))
        .map(|n| n as u64 + 1000)
}

fn report_pos(model: &Model<{ pos::LABELS }>, folder: &Path) -> Result<()> {
    for set in ["gum", "pud"] {
        let path = folder.join(format!("treebank/{set}.dev.conllu.gz"));
        if path.exists() {
            let share = score::parts_of_speech(model, &data::trees(&path)?);
            println!("parts of speech, {set} dev: {:.2} % right", 100.0 * share);
        }
    }
    Ok(())
}

fn report_names(
    parts: &Model<{ pos::LABELS }>,
    model: &Model<{ tagger::LABELS }>,
    lists: &gazetteer::Lists,
    folder: &Path,
) -> Result<()> {
    let mut mean = Vec::new();
    let mut words = 0u32;
    let mut seconds = 0.0;
    for (set, path) in data::sets(&folder.join("entities"))? {
        let texts = data::texts(&path)?;
        words += texts.iter().map(|t| t.text.split_whitespace().count() as u32).sum::<u32>();
        let tally = score::names(parts, model, lists, &texts, &mut seconds);
        let three = score::f1(&tally[..3]);
        let by_type: Vec<String> =
            (0..4).map(|k| format!("{} {:.1}", data::TYPES[k], score::f1(&tally[k..=k]))).collect();
        println!("names, {set}: F1 {three:.1} | {}", by_type.join(" "));
        if ["dwie.dev", "worldwide.dev", "pud-news.dev"].contains(&set.as_str()) {
            mean.push(three);
        }
    }
    println!("{:.0} words a CPU second", f64::from(words) / seconds.max(f64::MIN_POSITIVE));
    println!("mean of dwie, worldwide, pud-news: {:.2}", mean.iter().sum::<f64>() / mean.len().max(1) as f64);
    Ok(())
}
