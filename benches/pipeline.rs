//! What an article costs: each stage of the flow, the whole of it on all cores, and an import.
//!
//! `cargo bench --bench pipeline -- 1000 100000` makes a corpus of each size (once; it is kept under
//! `target/tmp`) and prints a table for it. Each measure runs in a process of its own, so that one's memory
//! is not counted for another. Stages are timed one after the other on one core, in time on the core, over the first
//! ten thousand articles at most; everything else runs over the whole corpus, by the clock.
//!
//! `cargo bench --bench pipeline -- names FOLDER` tells how many words a second of a core are annotated and
//! searched for entities in the texts of a folder as they stand, and what the first one of a process costs;
//! `benches/names.py` puts it beside spaCy.
//!
//! `cargo bench --bench pipeline -- figures TEXTS.jsonl` tells the seconds of a core that annotating the texts and
//! reading their figures take, and nothing else; `benches/figures.py` sets that beside other readers.

mod corpus;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use copydesk::extract::{figures, mentions, quotes};
use copydesk::read::{self, Entry, Found, Root};
use copydesk::store::{self, Archive, ImportLock};
use copydesk::{annotate, clean, pipeline, resolve};
use rayon::prelude::*;

type Failure = Box<dyn std::error::Error>;

/// Articles that the stages are timed over, at most.
const SAMPLE: usize = 10_000;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --benches` runs this too, without the flag: then there is nothing to do.
    if !args.iter().any(|arg| arg == "--bench") {
        println!("pipeline: measures under `cargo bench` only");
        return ExitCode::SUCCESS;
    }
    let words: Vec<&str> = args.iter().map(String::as_str).filter(|arg| *arg != "--bench").collect();
    let done = match words.as_slice() {
        ["measure", what, count] => measure(what, count),
        ["names", folder] => names(Path::new(folder)),
        ["figures", texts] => numbers(Path::new(texts)),
        sizes => report(sizes),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("pipeline: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Prints a table for each size.
fn report(sizes: &[&str]) -> Result<(), Failure> {
    let sizes = if sizes.is_empty() { &["1000"] } else { sizes };
    for size in sizes {
        let count: u64 = size.parse().map_err(|_| format!("not a number of articles: {size}"))?;
        let bytes = corpus::write(&folder(count), count)?;
        println!("\n{count} articles, {:.1} MB", bytes as f64 / 1e6);
        println!("{:<28}{:>12}{:>10}{:>14}{:>10}", "", "articles/s", "MB/s", "µs an article", "peak MB");
        for what in ["stages", "flow", "import"] {
            let own = std::env::current_exe()?;
            let status = Command::new(own).args(["--bench", "measure", what, size]).status()?;
            if !status.success() {
                return Err(format!("measuring {what} ended with {status}").into());
            }
        }
    }
    Ok(())
}

fn measure(what: &str, count: &str) -> Result<(), Failure> {
    let count: u64 = count.parse()?;
    let folder = folder(count);
    // Lists and models are read once a process, not once an article.
    pipeline::find("Anna Bell said on Monday that “all is well”, and paid £5 in Leeds.", None);
    match what {
        "stages" => stages(&folder),
        "flow" => flow(&folder),
        "import" => import(&folder),
        other => Err(format!("no such measure: {other}").into()),
    }
}

fn folder(count: u64) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("corpus-{count}"))
}

fn files(folder: &Path) -> impl Iterator<Item = Found> + Send + use<> {
    read::walk(&[Root::new(folder)]).filter_map(|entry| match entry {
        Entry::Found(found) => Some(found),
        _ => None,
    })
}

/// One line of the table.
fn line(what: &str, articles: u64, bytes: u64, took: Duration, peak: Option<u64>) {
    let seconds = took.as_secs_f64().max(1e-9);
    let peak = peak.map_or(String::new(), |kb| format!("{:.0}", kb as f64 / 1e3));
    println!(
        "{what:<28}{:>12.0}{:>10.2}{:>14.1}{peak:>10}",
        articles as f64 / seconds,
        bytes as f64 / 1e6 / seconds,
        seconds * 1e6 / articles.max(1) as f64,
    );
}

/// The most memory this process has held, in kB, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

/// The time this thread has had a core, where the system tells; a busy machine does not count.
fn core_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    stat.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

/// Adds what `work` takes to a stage's time: time on a core, or by the clock where that is not told.
fn timed<T>(total: &mut Duration, work: impl FnOnce() -> T) -> T {
    let (start, before) = (Instant::now(), core_time());
    let result = work();
    *total += match (before, core_time()) {
        // The system counts in ticks: work that ends within one is told by the clock.
        (Some(before), Some(after)) if after > before => after - before,
        _ => start.elapsed(),
    };
    result
}

/// Articles that go through a stage together, so that looking at the clock costs nothing.
const BATCH: usize = 100;

/// Each stage on one core.
fn stages(folder: &Path) -> Result<(), Failure> {
    let mut took = [Duration::ZERO; STAGES.len()];
    let (mut articles, mut bytes) = (0, 0);
    let mut files = files(folder).take(SAMPLE).peekable();
    while files.peek().is_some() {
        let batch: Vec<Found> = files.by_ref().take(BATCH).collect();
        articles += batch.len() as u64;
        bytes += batch.iter().map(|found| found.size).sum::<u64>();
        through(&batch, &mut took)?;
    }
    for (what, took) in STAGES.iter().zip(took) {
        line(what, articles, bytes, took, None);
    }
    line("read to resolve, one core", articles, bytes, took.iter().sum(), peak_memory());
    Ok(())
}

const STAGES: [&str; 7] = ["read", "clean", "annotate", "mentions", "quotes", "figures", "resolve"];

/// Takes a batch through the stages, one stage after the other.
fn through(batch: &[Found], took: &mut [Duration; STAGES.len()]) -> Result<(), Failure> {
    let [reading, cleaning, annotating, naming, quoting, counting, resolving] = took;
    let documents = timed(reading, || batch.iter().map(read::load).collect::<Result<Vec<_>, _>>())?;
    let articles: Vec<_> = timed(cleaning, || documents.iter().map(clean::clean).collect());
    let texts: Vec<&str> = articles.iter().map(|article| article.text.as_str()).collect();
    let annotations: Vec<_> =
        timed(annotating, || texts.iter().map(|text| annotate::annotate(text)).collect());
    let each = || texts.iter().zip(&annotations);
    let names: Vec<_> = timed(naming, || each().map(|(text, a)| mentions::mentions(text, a)).collect());
    let (names, entities): (Vec<_>, Vec<_>) = timed(resolving, || {
        each().zip(names).map(|((text, a), names)| resolve::consistency(text, a, names)).unzip()
    });
    let mut said: Vec<_> = timed(quoting, || {
        each().zip(&names).map(|((text, a), names)| quotes::quotes(text, a, names)).collect()
    });
    timed(counting, || {
        each().zip(&names).for_each(|((text, a), names)| drop(figures::figures(text, a, names, None)));
    });
    timed(resolving, || {
        for ((((text, a), names), entities), said) in each().zip(&names).zip(&entities).zip(&mut said) {
            resolve::descriptions(text, a, names, entities);
            resolve::speakers(text, a, names, entities, said, None);
        }
    });
    Ok(())
}

/// Annotating and entities on one core: words a second, and the first article of the process.
fn names(folder: &Path) -> Result<(), Failure> {
    let documents = files(folder).map(|found| read::load(&found)).collect::<Result<Vec<_>, _>>()?;
    let texts: Vec<&str> =
        documents.iter().map(|d| std::str::from_utf8(&d.bytes)).collect::<Result<_, _>>()?;
    let (mut annotating, mut naming, mut resolving) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
    for (round, texts) in [&texts[..texts.len().min(1)], &texts[..]].into_iter().enumerate() {
        let before = annotating + naming + resolving;
        let annotations: Vec<_> =
            timed(&mut annotating, || texts.iter().map(|text| annotate::annotate(text)).collect());
        let each = || texts.iter().zip(&annotations);
        let found: Vec<_> =
            timed(&mut naming, || each().map(|(text, a)| mentions::mentions(text, a)).collect());
        timed(&mut resolving, || {
            for ((text, a), names) in each().zip(found) {
                let (names, entities) = resolve::consistency(text, a, names);
                resolve::descriptions(text, a, &names, &entities);
            }
        });
        if round == 0 {
            println!(
                "first article: {:.1} ms",
                (annotating + naming + resolving - before).as_secs_f64() * 1e3
            );
            (annotating, naming, resolving) = Default::default();
        }
    }
    let words: usize = texts.iter().map(|text| text.split_whitespace().count()).sum();
    println!("words: {words}");
    let all = annotating + naming + resolving;
    for (what, took) in
        [("annotate", annotating), ("mentions", naming), ("entities", resolving), ("together", all)]
    {
        println!("{what:<12}{:>12.0} words a second of a core", words as f64 / took.as_secs_f64());
    }
    if let Some(peak) = peak_memory() {
        println!("peak memory: {:.0} MB", peak as f64 / 1e3);
    }
    Ok(())
}

/// How often the texts of a file are read, so that a tick of the clock counts for little.
const PASSES: u32 = 20;

/// Annotating and figures alone, over the texts of JSON lines: seconds of a core for all of them once.
fn numbers(file: &Path) -> Result<(), Failure> {
    let lines = std::fs::read_to_string(file)?;
    let mut texts = Vec::new();
    for line in lines.lines() {
        let record: serde_json::Value = serde_json::from_str(line)?;
        texts.push(record["text"].as_str().ok_or("a line without a text")?.to_string());
    }
    let (mut annotating, mut counting) = (Duration::ZERO, Duration::ZERO);
    for _ in 0..PASSES {
        let annotations: Vec<_> =
            timed(&mut annotating, || texts.iter().map(|text| annotate::annotate(text)).collect());
        timed(&mut counting, || {
            let each = texts.iter().zip(&annotations);
            each.for_each(|(text, a)| drop(figures::figures(text, a, &[], None)));
        });
    }
    println!("annotate {:.6}", annotating.as_secs_f64() / f64::from(PASSES));
    println!("figures {:.6}", counting.as_secs_f64() / f64::from(PASSES));
    Ok(())
}

/// Reading to resolving on all cores.
fn flow(folder: &Path) -> Result<(), Failure> {
    let start = Instant::now();
    let read_one = |found: Found| {
        let document = read::load(&found).ok()?;
        let reading = pipeline::read_through(&document);
        Some((1, document.bytes.len() as u64, reading.findings.mentions.len() as u64))
    };
    let (articles, bytes, _) = files(folder)
        .par_bridge()
        .filter_map(read_one)
        .reduce(|| (0, 0, 0), |a, b| (a.0 + b.0, a.1 + b.1, a.2 + b.2));
    let what = format!("read to resolve, {} cores", rayon::current_num_threads());
    line(&what, articles, bytes, start.elapsed(), peak_memory());
    Ok(())
}

/// An import into a new archive, and the same again.
fn import(folder: &Path) -> Result<(), Failure> {
    let path = folder.with_extension("db");
    let remove = || {
        for end in ["db", "db-wal", "db-shm", "db-lock"] {
            let _ = std::fs::remove_file(folder.with_extension(end));
        }
    };
    remove();
    let bytes = std::fs::read_to_string(folder.join(".complete"))?.trim().parse()?;
    for what in ["import", "import again, unchanged"] {
        let start = Instant::now();
        let lock = ImportLock::take(&path, || false)?;
        let mut archive = Archive::open_or_create(&path)?;
        let report =
            store::import(&mut archive, &lock, &[Root::new(folder)], store::Options::default(), &mut |_| {})?;
        line(what, report.counts.found, bytes, start.elapsed(), peak_memory());
    }
    println!("{:<28}{:>12.0} bytes an article", "archive", archive_bytes(&path, folder)?);
    remove();
    Ok(())
}

fn archive_bytes(path: &Path, folder: &Path) -> Result<f64, Failure> {
    Ok(std::fs::metadata(path)?.len() as f64 / files(folder).count().max(1) as f64)
}
