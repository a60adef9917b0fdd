//! A corpus of invented news, of any size, the same on every machine.
//!
//! Article `n` is a function of `n` alone. Four articles tell of one event, each in its outlet's manner, with
//! figures and wordings that differ a little, and with the noise of a page around them. Folders hold a
//! thousand files each. Names are put together from parts, so that entities grow with the corpus.

mod random;
mod sentences;
mod tables;

use std::fs;
use std::io;
use std::path::Path;

use random::Random;
use sentences::Event;
use tables::{OUTLETS, pick};

/// Articles in a folder.
pub const FOLDER: u64 = 1000;
/// Articles that tell of one event.
const TELLINGS: u64 = 4;

/// Writes articles `0..count` under `root`, unless they are there; gives their bytes.
pub fn write(root: &Path, count: u64) -> io::Result<u64> {
    let mark = root.join(".complete");
    if let Some(bytes) = fs::read_to_string(&mark).ok().and_then(|text| text.trim().parse().ok()) {
        return Ok(bytes);
    }
    let mut bytes = 0;
    for n in 0..count {
        let folder = root.join(format!("{:05}", n / FOLDER));
        if n % FOLDER == 0 {
            fs::create_dir_all(&folder)?;
        }
        let text = article(n);
        bytes += text.len() as u64;
        fs::write(folder.join(format!("{n:07}.txt")), text)?;
    }
    fs::write(mark, bytes.to_string())?;
    Ok(bytes)
}

/// The `n`th article, noise and all.
pub fn article(n: u64) -> String {
    let event = Event::new(&mut Random::new(n / TELLINGS));
    let mut random = Random::new(n ^ 0x5EED_0000_0000_0000);
    let outlet = pick(OUTLETS, &mut random);
    let mut paragraphs = Vec::new();
    head(&event, outlet, &mut random, &mut paragraphs);
    paragraphs.push(event.lead(outlet, &mut random));
    for turn in 0..6 + random.below(7) {
        paragraphs.push(event.paragraph(turn, &mut random));
        if random.one_in(9) {
            paragraphs.push(event.caption(&mut random));
        }
        if random.one_in(12) {
            paragraphs.push("Advertisement".to_owned());
        }
    }
    tail(outlet, &mut random, &mut paragraphs);
    let end = if random.one_in(20) { "\r\n\r\n" } else { "\n\n" };
    paragraphs.join(end) + "\n"
}

fn head(event: &Event, outlet: &str, random: &mut Random, out: &mut Vec<String>) {
    if random.one_in(4) {
        out.push("Home | World | Politics | Sport".to_owned());
    }
    let label = if random.one_in(15) { "BREAKING: " } else { "" };
    out.push(format!("{label}{}", event.headline(random)));
    if random.one_in(3) {
        out.push("Share This Story".to_owned());
    }
    if random.one_in(2) {
        out.push(format!("By {}, {outlet}", sentences::name(random)));
    }
    if random.one_in(2) {
        out.push(format!("Published: {} September {}", 1 + random.below(28), 2010 + random.below(14)));
    }
}

fn tail(outlet: &str, random: &mut Random, out: &mut Vec<String>) {
    if random.one_in(3) {
        out.push("Related Stories:".to_owned());
        for _ in 0..3 {
            out.push(Event::new(random).headline(random));
        }
    }
    if random.one_in(3) {
        out.push("What do you think? Let us know in the comments section.".to_owned());
    }
    if random.one_in(2) {
        out.push(format!("© {} {outlet}. All rights reserved.", 2010 + random.below(14)));
    }
}
