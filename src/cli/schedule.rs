//! `copydesk schedule`: a timer for the machine's own scheduler, or a service that watches, ready to be put in
//! place.

use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use super::{ArchiveArgs, Outcome, config};
use crate::config::NAME;

/// Prints a systemd timer, a launchd job or a cron line that imports what the configuration names, or a service
/// that does so as files arrive.
///
/// Paths in it are absolute: of this program, of the configuration, and of the archive that an import would write
/// to here and now. Nothing is installed; the first lines say how to.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  copydesk schedule --systemd --every 1h
  copydesk schedule --systemd --to ~/.config/systemd/user
  copydesk schedule --cron --every 15m
  copydesk schedule --systemd --watch --to ~/.config/systemd/user
  copydesk schedule --launchd --every 1d > ~/Library/LaunchAgents/copydesk.import.plist")]
pub struct Args {
    #[command(flatten)]
    kind: Kind,
    /// How often: minutes (15m), hours (1h) or days (1d).
    #[arg(long, value_name = "TIME", default_value = "1h", value_parser = minutes)]
    every: u32,
    /// A service that runs `copydesk watch` all the time instead of a timer; not with cron.
    #[arg(long, conflicts_with_all = ["every", "cron"])]
    watch: bool,
    /// Write the files into this folder, which is made if it is not there, instead of printing them.
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
    #[command(flatten)]
    archive: ArchiveArgs,
}

/// What a scheduler is to run, by their whole paths.
struct Words {
    program: String,
    config: String,
    archive: String,
}

impl Words {
    /// The command's words.
    fn of<'w>(&'w self, verb: &'w str) -> [&'w str; 6] {
        [&self.program, verb, "--config", &self.config, "--archive", &self.archive]
    }

    /// The command, each path written so that it stays one word.
    fn command(&self, verb: &str, quoted: impl Fn(&str) -> String) -> String {
        let words = [quoted(&self.program), verb.to_owned(), "--config".to_owned(), quoted(&self.config)];
        format!("{} --archive {}", words.join(" "), quoted(&self.archive))
    }
}

#[derive(Debug, Clone, clap::Args)]
#[group(required = true, multiple = false)]
struct Kind {
    /// A systemd service and its timer.
    #[arg(long)]
    systemd: bool,
    /// A launchd job, for macOS.
    #[arg(long)]
    launchd: bool,
    /// A line for crontab.
    #[arg(long)]
    cron: bool,
}

/// A time as people write it, in minutes.
pub fn minutes(word: &str) -> Result<u32, String> {
    let unit = match word.chars().last() {
        Some('m') => 1,
        Some('h') => 60,
        Some('d') => 24 * 60,
        _ => return Err("a number and m, h or d: 15m, 1h, 1d".to_owned()),
    };
    let number: u32 =
        word[..word.len() - 1].parse().map_err(|_| "a number before the m, h or d".to_owned())?;
    number
        .checked_mul(unit)
        .filter(|minutes| (1..=7 * 24 * 60).contains(minutes))
        .ok_or_else(|| "from 1m to 7d".to_owned())
}

/// Runs the verb.
pub fn run(args: &Args) -> Result<Outcome> {
    let Some(config) = config::current() else {
        bail!("no configuration: make {NAME} in this folder, or name one with --config");
    };
    let program = std::env::current_exe().context("where this program is cannot be told")?;
    let config = config.file.canonicalize().with_context(|| config.file.display().to_string())?;
    let archive =
        std::path::absolute(&args.archive.archive).context("where the archive is cannot be told")?;
    let words = Words { program: word(&program)?, config: word(&config)?, archive: word(&archive)? };
    let files = if args.kind.systemd && args.watch {
        vec![("copydesk-watch.service", systemd_watch(&words))]
    } else if args.kind.systemd {
        systemd(&words, args.every)
    } else if args.kind.launchd && args.watch {
        let when = "  <key>KeepAlive</key>\n  <true/>\n";
        vec![("copydesk.watch.plist", launchd(&words, "watch", when))]
    } else if args.kind.launchd {
        let when =
            format!("  <key>StartInterval</key>\n  <integer>{}</integer>\n", u64::from(args.every) * 60);
        vec![("copydesk.import.plist", launchd(&words, "import", &when))]
    } else {
        vec![("copydesk.cron", cron(&words, args.every)?)]
    };
    let mut out = std::io::stdout().lock();
    for (name, text) in files {
        match &args.to {
            Some(folder) => {
                std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
                let path = folder.join(name);
                std::fs::write(&path, text).with_context(|| path.display().to_string())?;
                writeln!(out, "{}", path.display())?;
            }
            None => write!(out, "{text}")?,
        }
    }
    Ok(Outcome::Done)
}

/// A path as text: schedulers' files are text.
fn word(path: &Path) -> Result<String> {
    let word = path.to_str().with_context(|| format!("{}: not UTF-8", path.display()))?;
    ensure!(!word.chars().any(char::is_control), "{}: a control character in the name", path.display());
    Ok(word.to_owned())
}

/// A word of a unit file's command.
fn quoted(word: &str) -> String {
    let word = word.replace('\\', r"\\").replace('"', r#"\""#);
    format!("\"{}\"", word.replace('%', "%%").replace('$', "$$"))
}

/// Units of a user run while he is logged in, unless the machine is told otherwise.
const LINGER: &str = "# so that it runs while you are not logged in, once: loginctl enable-linger\n";

fn systemd(words: &Words, every: u32) -> Vec<(&'static str, String)> {
    let service = format!(
        "# copydesk-import.service: put both files into ~/.config/systemd/user, then\n\
         #   systemctl --user daemon-reload && systemctl --user enable --now copydesk-import.timer\n\
         {LINGER}\
         [Unit]\nDescription=Import news articles into the copydesk archive\n\n\
         [Service]\nType=oneshot\nExecStart={}\n\
         # 3: done in part; `copydesk status` tells which documents were refused. 75: another import was writing.\n\
         SuccessExitStatus=3 75\n\
         Nice=10\n",
        words.command("import", quoted)
    );
    let timer = format!(
        "# copydesk-import.timer\n[Unit]\nDescription=Import news articles every {every} minutes\n\n\
         [Timer]\nOnBootSec=2min\nOnUnitActiveSec={every}min\nUnit=copydesk-import.service\n\n\
         [Install]\nWantedBy=timers.target\n"
    );
    vec![("copydesk-import.service", service), ("copydesk-import.timer", timer)]
}

fn systemd_watch(words: &Words) -> String {
    format!(
        "# copydesk-watch.service: put it into ~/.config/systemd/user, then\n\
         #   systemctl --user daemon-reload && systemctl --user enable --now copydesk-watch.service\n\
         {LINGER}\
         [Unit]\nDescription=Import news articles into the copydesk archive as they arrive\n\n\
         [Service]\nExecStart={}\nRestart=on-failure\nRestartSec=60\nNice=10\n\n\
         [Install]\nWantedBy=default.target\n",
        words.command("watch", quoted)
    )
}

fn launchd(words: &Words, verb: &str, when: &str) -> String {
    let escaped = |word: &str| word.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let mut plist = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \
         \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <!-- ~/Library/LaunchAgents/copydesk.{verb}.plist, then: launchctl load that file -->\n\
         <plist version=\"1.0\">\n<dict>\n  <key>Label</key>\n  <string>copydesk.{verb}</string>\n  \
         <key>ProgramArguments</key>\n  <array>\n"
    );
    for word in words.of(verb) {
        let _ = writeln!(plist, "    <string>{}</string>", escaped(word));
    }
    let _ = write!(
        plist,
        "  </array>\n{when}  <key>ProcessType</key>\n  <string>Background</string>\n</dict>\n</plist>\n"
    );
    plist
}

fn cron(words: &Words, every: u32) -> Result<String> {
    const HOUR: u32 = 60;
    const DAY: u32 = 24 * HOUR;
    let when = match every {
        1 => "* * * * *".to_owned(),
        n if n < HOUR && HOUR.is_multiple_of(n) => format!("*/{n} * * * *"),
        HOUR => "7 * * * *".to_owned(),
        n if n < DAY && n.is_multiple_of(HOUR) && DAY.is_multiple_of(n) => format!("7 */{} * * *", n / HOUR),
        DAY => "7 3 * * *".to_owned(),
        _ => bail!("cron counts within the hour and the day: 15m, 1h, 6h or 1d, for instance"),
    };
    // A per cent sign ends a command in crontab.
    let quoted = |word: &str| format!("'{}'", word.replace('\'', r"'\''").replace('%', r"\%"));
    Ok(format!("# crontab -e, and add this line:\n{when} {}\n", words.command("import", quoted)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_minutes_hours_and_days() {
        assert_eq!(["15m", "1h", "2d"].map(minutes), [Ok(15), Ok(60), Ok(2880)]);
        for wrong in ["", "m", "15", "0m", "8d", "1.5h", "-1m", "99999999999d"] {
            assert!(minutes(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn cron_says_what_it_can() {
        let words = Words {
            program: "/bin/copydesk".to_owned(),
            config: "/srv/50% news/it's.toml".to_owned(),
            archive: "/srv/a.db".to_owned(),
        };
        let line = |every| cron(&words, every).map(|text| text.lines().last().unwrap_or("").to_owned());
        assert_eq!(
            line(15).expect("a line"),
            r"*/15 * * * * '/bin/copydesk' import --config '/srv/50\% news/it'\''s.toml' --archive '/srv/a.db'"
        );
        assert!(line(360).expect("a line").starts_with("7 */6 * * * "));
        assert!(line(45).is_err());
    }
}
