//! Charts in a terminal's own characters: bars from eighths of blocks, lines and points from Braille dots. Series
//! that colours do not tell apart have a mark each instead, of which a character holds but one.

use std::io::{self, Write};

use super::axis::Axis;
use super::{MOST_SERIES, Picture};
use crate::present::number::real;
use crate::present::paint::Look;
use crate::present::table::Style;
use crate::present::wrap::{cut, width};
use crate::query::ChartForm;

/// Columns where no terminal says how many it has.
const USUAL_WIDTH: usize = 80;
/// Lines of a chart of lines or points.
const HEIGHT: usize = 14;
/// The colours of series, one after the other.
const COLOURS: [Look; 4] = [Look::CYAN, Look::MAGENTA, Look::GREEN, Look::BLUE];

/// The marks of series that colours do not tell apart, one for each that a picture may have.
const MARKS: [char; MOST_SERIES] = ['●', '○', '■', '□', '▲', '△', '◆', '◇'];
/// Where several of them meet.
const SEVERAL: char = '*';

/// Draws a picture.
pub fn draw(out: &mut impl Write, picture: &Picture, style: Style) -> io::Result<()> {
    let wide = style.width.unwrap_or(USUAL_WIDTH).max(20);
    writeln!(out, "{}\n", style.paint.text(Look::BOLD, &cut(&picture.title, wide)))?;
    if !picture.points.is_empty() {
        match picture.chart.form {
            ChartForm::Bar => bars(out, picture, wide, style)?,
            ChartForm::Line | ChartForm::Points => curve(out, picture, wide, style)?,
        }
    }
    for note in picture.notes() {
        writeln!(out, "{}", style.paint.text(Look::DIM, &format!("({note})")))?;
    }
    Ok(())
}

fn bars(out: &mut impl Write, picture: &Picture, wide: usize, style: Style) -> io::Result<()> {
    let names: Vec<String> = picture.points.iter().map(|point| cut(&picture.name(point), wide / 3)).collect();
    let values: Vec<String> = picture.points.iter().map(|point| real(point.y)).collect();
    let widest = |texts: &[String]| texts.iter().map(|text| width(text)).max().unwrap_or(0);
    let (name_width, value_width) = (widest(&names), widest(&values));
    let room = wide.saturating_sub(name_width + value_width + 4).max(8);
    let (least, most) = picture.bounds();
    let scale = if most > least { room as f64 / (most - least) } else { 0.0 };
    let zero = (-least * scale).round() as usize;
    for ((name, value), point) in names.iter().zip(&values).zip(&picture.points) {
        let bar = if point.y < 0.0 {
            let length = ((-point.y * scale).round() as usize).clamp(1, zero.max(1));
            format!("{}{}", " ".repeat(zero.saturating_sub(length)), "█".repeat(length))
        } else {
            format!("{}{}", " ".repeat(zero), bar(point.y * scale))
        };
        let gap = " ".repeat(name_width - width(name));
        let painted = style.paint.text(COLOURS[point.series % COLOURS.len()], &bar).into_owned();
        writeln!(out, "{name}{gap}  {painted} {value}")?;
    }
    writeln!(out, "{}{}", " ".repeat(name_width + 2), style.paint.text(Look::DIM, &picture.chart.y))
}

/// A bar of so many columns; what is more than nothing shows.
fn bar(length: f64) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (length * 8.0).round() as usize;
    let eighths = if length > 0.0 { eighths.max(1) } else { 0 };
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8])
}

/// A character of a picture.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    /// Dots in Braille, two by four.
    bits: u8,
    /// The series that came last.
    series: usize,
    /// What stands there instead of dots.
    mark: Option<char>,
}

struct Dots {
    wide: usize,
    cells: Vec<Cell>,
}

impl Dots {
    fn mark(&mut self, x: usize, y: usize, series: usize) {
        if let Some(cell) = self.cells.get_mut(y / 4 * self.wide + x / 2) {
            let own = MARKS[series % MARKS.len()];
            let mark = if cell.mark.is_some_and(|mark| mark != own) { SEVERAL } else { own };
            *cell = Cell { series, mark: Some(mark), ..*cell };
        }
    }

    fn set(&mut self, x: usize, y: usize, series: usize) {
        const BITS: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];
        if let Some(cell) = self.cells.get_mut(y / 4 * self.wide + x / 2) {
            *cell = Cell { bits: cell.bits | BITS[y % 4][x % 2], series, ..*cell };
        }
    }

    fn line(&mut self, from: (usize, usize), to: (usize, usize), series: usize) {
        let steps = from.0.abs_diff(to.0).max(from.1.abs_diff(to.1)).max(1);
        for step in 0..=steps {
            let part = step as f64 / steps as f64;
            let between = |a: usize, b: usize| (a as f64 + (b as f64 - a as f64) * part).round() as usize;
            self.set(between(from.0, to.0), between(from.1, to.1), series);
        }
    }
}

fn curve(out: &mut impl Write, picture: &Picture, wide: usize, style: Style) -> io::Result<()> {
    let (axis, places) = Axis::of(picture.points.iter().map(|point| point.x.as_str()));
    let (least, most) = picture.bounds();
    let most = if most > least { most } else { least + 1.0 };
    let marks = [real(most), real(rounded((most + least) / 2.0)), real(least)];
    let mark_width = marks.iter().map(|mark| width(mark)).max().unwrap_or(0);
    let room = wide.saturating_sub(mark_width + 3).max(8);
    let mut dots = Dots { wide: room, cells: vec![Cell::default(); room * HEIGHT] };
    let (first, last) = places.iter().fold((f64::MAX, f64::MIN), |(a, b), x| (a.min(*x), b.max(*x)));
    let span = if last > first { last - first } else { 1.0 };
    let dot = |x: f64, y: f64| {
        let right = ((x - first) / span * (room * 2 - 1) as f64).round() as usize;
        let down = ((most - y) / (most - least) * (HEIGHT * 4 - 1) as f64).round() as usize;
        (right, down)
    };
    let mut before: Vec<Option<(usize, usize)>> = vec![None; picture.series.len()];
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|a, b| places[*a].total_cmp(&places[*b]));
    let colours = if style.paint.is_on() { COLOURS.len() } else { 1 };
    let marked = picture.series.len() > colours;
    for n in order {
        let point = &picture.points[n];
        let here = dot(places[n], point.y);
        match before[point.series].replace(here) {
            Some(there) if picture.chart.form == ChartForm::Line => dots.line(there, here, point.series),
            _ => dots.set(here.0, here.1, point.series),
        }
        if marked {
            dots.mark(here.0, here.1, point.series);
        }
    }
    for (n, line) in dots.cells.chunks(room).enumerate() {
        let mark = match n {
            0 => &marks[0],
            n if n == HEIGHT / 2 => &marks[1],
            n if n == HEIGHT - 1 => &marks[2],
            _ => "",
        };
        write!(out, "{}{mark} │", " ".repeat(mark_width - width(mark)))?;
        let end = line.iter().rposition(|cell| cell.bits != 0).map_or(0, |at| at + 1);
        for Cell { bits, series, mark } in &line[..end] {
            let dots = char::from_u32(0x2800 + u32::from(*bits)).unwrap_or(' ');
            let c = mark.unwrap_or(if *bits == 0 { ' ' } else { dots });
            write!(out, "{}", style.paint.text(COLOURS[series % COLOURS.len()], c.encode_utf8(&mut [0; 4])))?;
        }
        writeln!(out)?;
    }
    writeln!(out, "{} └{}", " ".repeat(mark_width), "─".repeat(room))?;
    let (left, right) = (cut(&axis.label(first), room / 2), cut(&axis.label(last), room / 2 - 1));
    let gap = room.saturating_sub(width(&left) + width(&right));
    let right = if last > first { right } else { String::new() };
    writeln!(
        out,
        "{}{}",
        " ".repeat(mark_width + 2),
        format!("{left}{}{right}", " ".repeat(gap)).trim_end()
    )?;
    for (n, series) in picture.series.iter().enumerate().filter(|(_, series)| !series.is_empty()) {
        let mark = String::from(MARKS[if marked { n % MARKS.len() } else { 0 }]);
        writeln!(out, "{} {series}", style.paint.text(COLOURS[n % COLOURS.len()], &mark))?;
    }
    if dots.cells.iter().any(|cell| cell.mark == Some(SEVERAL)) {
        writeln!(out, "{SEVERAL} several in one place")?;
    }
    writeln!(out, "{}{}", " ".repeat(mark_width + 2), style.paint.text(Look::DIM, &picture.chart.y))
}

/// A number of few digits near another.
fn rounded(number: f64) -> f64 {
    if number.abs() >= 100.0 { number.round() } else { (number * 100.0).round() / 100.0 }
}
