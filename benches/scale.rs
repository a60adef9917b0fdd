//! Whether an archive can grow: what imports cost in a large one, by the program itself.
//!
//! `cargo bench --bench scale -- 100000` makes a corpus and an archive of that size (once; they are kept under
//! `target/tmp`), and prints beside each other: an import of the whole corpus in which nothing changed, and what
//! `find -printf` takes to read its names, sizes and times; 100 new articles into that archive, and into an empty
//! one; and 500 articles read again from what is kept of them there, and in an archive of these alone. Each is done
//! three times in turns and the fastest counts: what else the machine does makes things slower, never faster.

mod corpus;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

type Failure = Box<dyn std::error::Error>;

/// Articles that are added.
const ADDED: u64 = 100;
/// Articles that are read again.
const REREAD: u64 = 500;
/// How often each is done.
const ROUNDS: u64 = 3;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --benches` runs this too, without the flag: then there is nothing to do.
    if !args.iter().any(|arg| arg == "--bench") {
        println!("scale: measures under `cargo bench` only");
        return ExitCode::SUCCESS;
    }
    let mut sizes = args.iter().filter(|arg| *arg != "--bench");
    match sizes.try_for_each(|size| size.parse().map_err(Failure::from).and_then(report)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("scale: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What something took: by the clock, on the cores, and in memory at the most.
#[derive(Clone, Copy)]
struct Cost {
    clock: Duration,
    cores: Duration,
    peak: u64,
}

fn report(count: u64) -> Result<(), Failure> {
    let folder = temporary(&format!("corpus-{count}"));
    corpus::write(&folder, count)?;
    let archive = temporary(&format!("scale-{count}.db"));
    println!("\n{count} articles\n{:<36}{:>10}{:>10}{:>10}", "", "clock s", "cores s", "peak MB");
    if !archive.exists() {
        let building = temporary(&format!("scale-{count}.building.db"));
        remove(&building);
        line("import of all", import(&building, &folder)?);
        fs::rename(&building, &archive)?;
    }
    let (large, small) = (temporary("scale-large.db"), temporary("scale-small.db"));
    remove(&large);
    fs::copy(&archive, &large)?;
    // The first import after a copy reads files that the archive has not seen settled.
    import(&large, &folder)?;
    let (few, few_folder) = (temporary("scale-few.db"), temporary("corpus-few"));
    remove(&few);
    corpus::write(&few_folder, REREAD)?;
    import(&few, &few_folder)?;
    let (mut find, mut again, mut into_large, mut into_small) = (None, None, None, None);
    let (mut reread, mut reread_few) = (None, None);
    for round in 0..ROUNDS {
        let mut names = Command::new("find");
        names.arg(&folder).args(["-type", "f", "-printf", "%p %s %T@\\n"]);
        fastest(&mut find, run(names)?);
        fastest(&mut again, import(&large, &folder)?);
        let new = temporary("scale-new");
        let _ = fs::remove_dir_all(&new);
        fs::create_dir_all(&new)?;
        for n in 0..ADDED {
            let article = corpus::article(count + round * ADDED + n);
            fs::write(new.join(format!("{round}-{n}.txt")), article)?;
        }
        remove(&small);
        fastest(&mut into_small, import(&small, &new)?);
        fastest(&mut into_large, import(&large, &new)?);
        fastest(&mut reread_few, reextract(&few)?);
        fastest(&mut reread, reextract(&large)?);
    }
    for archive in [&large, &small, &few] {
        remove(archive);
    }
    let all =
        [find, again, into_small, into_large, reread_few, reread].into_iter().collect::<Option<Vec<Cost>>>();
    let all = all.ok_or("nothing was measured")?;
    let names = [
        "find -printf",
        "import again, unchanged",
        "100 into an empty archive",
        "100 into the large one",
        "500 read again in one of these",
        "500 read again in the large one",
    ];
    for (what, cost) in names.into_iter().zip(&all) {
        line(what, *cost);
    }
    ratio("unchanged / find", all[1], all[0]);
    ratio("into the large / into an empty", all[3], all[2]);
    ratio("read again, large / of these", all[5], all[4]);
    Ok(())
}

fn temporary(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

fn remove(archive: &Path) {
    for end in ["", "-wal", "-shm", "-lock"] {
        let mut name = archive.as_os_str().to_owned();
        name.push(end);
        let _ = fs::remove_file(PathBuf::from(name));
    }
}

fn import(archive: &Path, folder: &Path) -> Result<Cost, Failure> {
    let mut import = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    import.arg("import").arg("--archive").arg(archive).arg(folder);
    run(import)
}

/// Reads the first articles of an archive again.
fn reextract(archive: &Path) -> Result<Cost, Failure> {
    let mut reextract = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    reextract.arg("reextract").arg("--archive").arg(archive);
    reextract.args((1..=REREAD).map(|id| id.to_string()));
    run(reextract)
}

/// Runs a program to its end.
fn run(mut command: Command) -> Result<Cost, Failure> {
    let (start, before) = (Instant::now(), cores());
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::inherit()).spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    let ended = loop {
        if let Some(ended) = child.try_wait()? {
            break ended;
        }
        // The last look before it ends tells.
        let told = fs::read_to_string(&status).unwrap_or_default();
        let most = told.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
        peak = most.and_then(|kb| kb.trim().parse().ok()).unwrap_or(peak);
        std::thread::sleep(Duration::from_millis(1));
    };
    if !ended.success() {
        return Err(format!("{command:?} ended with {ended}").into());
    }
    Ok(Cost { clock: start.elapsed(), cores: cores().saturating_sub(before), peak })
}

/// The time that programs which were run had on the cores, where the system tells; it counts in hundredths.
fn cores() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name, which may hold anything: the fields from the third on.
    let fields = stat.rsplit(") ").next().unwrap_or("").split(' ').skip(13).take(2);
    let ticks: u64 = fields.filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

fn fastest(best: &mut Option<Cost>, cost: Cost) {
    let best = best.get_or_insert(cost);
    best.clock = best.clock.min(cost.clock);
    best.cores = best.cores.min(cost.cores);
    best.peak = best.peak.max(cost.peak);
}

fn line(what: &str, cost: Cost) {
    println!(
        "{what:<36}{:>10.2}{:>10.2}{:>10.0}",
        cost.clock.as_secs_f64(),
        cost.cores.as_secs_f64(),
        cost.peak as f64 / 1e3
    );
}

fn ratio(what: &str, above: Cost, below: Cost) {
    let of = |above: Duration, below: Duration| above.as_secs_f64() / below.as_secs_f64().max(1e-9);
    println!("{what:<36}{:>9.2}×{:>9.2}×", of(above.clock, below.clock), of(above.cores, below.cores));
}
