//! Charts as SVG, drawn with plotters: a picture that is whole in itself, without scripts or fonts.

use std::io::{self, Write};

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::Picture;
use super::axis::Axis;
use crate::present::number::real;
use crate::present::wrap::{cut, width};
use crate::query::ChartForm;

/// Pixels across.
const WIDE: u32 = 900;
/// Pixels down, of lines and points.
const HIGH: u32 = 480;
/// Pixels down, of a bar and its gap.
const BAR: u32 = 26;
/// Pixels a character takes, about.
const CHARACTER: u32 = 8;
/// Characters of a series' name.
const WIDEST_NAME: usize = 24;
/// Colours that readers with any eyes tell apart (Okabe and Ito).
const COLOURS: [RGBColor; 8] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(86, 180, 233),
    RGBColor(230, 159, 0),
    RGBColor(120, 94, 240),
    RGBColor(90, 90, 90),
];
const GREY: RGBColor = RGBColor(110, 110, 110);
const PALE: RGBColor = RGBColor(225, 225, 225);

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Drawn = Result<(), DrawingAreaErrorKind<io::Error>>;

/// Draws a picture.
pub fn draw(out: &mut impl Write, picture: &Picture) -> io::Result<()> {
    let bars = u32::try_from(picture.points.len()).unwrap_or(u32::MAX).min(1_000);
    let notes = picture.notes();
    let foot = 20 * u32::try_from(notes.len()).unwrap_or(0) + 12;
    let high = match picture.chart.form {
        ChartForm::Bar => bars * BAR + 110 + foot,
        ChartForm::Line | ChartForm::Points => HIGH + foot,
    };
    let mut svg = String::new();
    {
        let root = SVGBackend::with_string(&mut svg, (WIDE, high)).into_drawing_area();
        let drawn = whole(&root, picture, &notes, (high, foot));
        drawn.and_then(|()| root.present()).map_err(|error| io::Error::other(error.to_string()))?;
    }
    out.write_all(svg.as_bytes())
}

fn whole(root: &Area<'_>, picture: &Picture, notes: &[String], (high, foot): (u32, u32)) -> Drawn {
    root.fill(&WHITE)?;
    let title = ("sans-serif", 20).into_font().color(&BLACK);
    root.draw_text(&picture.title, &title, (16, 12))?;
    let small = ("sans-serif", 13).into_font().color(&GREY);
    for (n, note) in (0i32..).zip(notes) {
        let down = i32::try_from(high - foot).unwrap_or(0) + 20 * n;
        root.draw_text(&format!("({note})"), &small, (16, down))?;
    }
    if picture.points.is_empty() {
        return Ok(());
    }
    let area = root.margin(44, foot, 16, 28);
    match picture.chart.form {
        ChartForm::Bar => bars(&area, picture),
        ChartForm::Line | ChartForm::Points if picture.series.iter().any(|name| !name.is_empty()) => {
            let widest = picture.series.iter().map(|name| width(name)).max().unwrap_or(0).min(WIDEST_NAME);
            let beside = CHARACTER * u32::try_from(widest).unwrap_or(0) + 30;
            let (plot, beside) = area.split_horizontally(area.dim_in_pixel().0.saturating_sub(beside));
            legend(&beside, &picture.series)?;
            curve(&plot, picture)
        }
        ChartForm::Line | ChartForm::Points => curve(&area, picture),
    }
}

fn bars(area: &Area<'_>, picture: &Picture) -> Drawn {
    let names: Vec<String> = picture.points.iter().map(|point| picture.name(point)).collect();
    let widest = names.iter().map(|name| width(name)).max().unwrap_or(0);
    let (least, most) = picture.bounds();
    let most = if most > least { most } else { least + 1.0 };
    // Room for the values behind the bars.
    let room = (most - least) * 0.08;
    let low = if least < 0.0 { least - room } else { 0.0 };
    let count = picture.points.len() as f64;
    let mut chart = ChartBuilder::on(area)
        .x_label_area_size(40)
        .y_label_area_size(CHARACTER * u32::try_from(widest).unwrap_or(0) + 14)
        .build_cartesian_2d(low..most + room, count..0.0)?;
    chart
        .configure_mesh()
        .disable_y_mesh()
        .disable_y_axis()
        .y_labels(0)
        .light_line_style(TRANSPARENT)
        .bold_line_style(PALE)
        .axis_style(PALE)
        .x_label_formatter(&|x| real(rounded(*x)))
        .x_desc(&picture.chart.y)
        .label_style(("sans-serif", 13).into_font().color(&GREY))
        .draw()?;
    let label = ("sans-serif", 14).into_font().color(&BLACK);
    for (n, (point, name)) in picture.points.iter().zip(&names).enumerate() {
        let top = n as f64;
        let colour = COLOURS[point.series % COLOURS.len()];
        chart.draw_series([Rectangle::new([(0.0, top + 0.14), (point.y, top + 0.86)], colour.filled())])?;
        let (side, gap) = if point.y < 0.0 { (HPos::Right, -4) } else { (HPos::Left, 4) };
        let value = label.clone().pos(Pos::new(side, VPos::Center));
        let at = chart.backend_coord(&(point.y, top + 0.5));
        let root = area.strip_coord_spec();
        let offset = root.get_base_pixel();
        root.draw_text(&real(point.y), &value, (at.0 - offset.0 + gap, at.1 - offset.1))?;
        let at = chart.backend_coord(&(low, top + 0.5));
        let right = label.clone().pos(Pos::new(HPos::Right, VPos::Center));
        root.draw_text(name, &right, (at.0 - offset.0 - 8, at.1 - offset.1))?;
    }
    Ok(())
}

fn curve(area: &Area<'_>, picture: &Picture) -> Drawn {
    let (axis, places) = Axis::of(picture.points.iter().map(|point| point.x.as_str()));
    let (least, most) = picture.bounds();
    let most = if most > least { most } else { least + 1.0 };
    let (first, last) = places.iter().fold((f64::MAX, f64::MIN), |(a, b), x| (a.min(*x), b.max(*x)));
    let (first, last) = if last > first { (first, last) } else { (first - 0.5, last + 0.5) };
    let marks = real(rounded(most)).len().max(real(rounded(least)).len());
    let mut chart = ChartBuilder::on(area)
        .x_label_area_size(48)
        .y_label_area_size(CHARACTER * u32::try_from(marks).unwrap_or(0) + 34)
        .build_cartesian_2d(first..last, least..most + (most - least) * 0.05)?;
    chart
        .configure_mesh()
        .x_labels(if matches!(axis, Axis::Dates) { 7 } else { 12 })
        .light_line_style(TRANSPARENT)
        .bold_line_style(PALE)
        .axis_style(GREY)
        .x_label_formatter(&|x| axis.label(*x))
        .y_label_formatter(&|y| real(rounded(*y)))
        .x_desc(&picture.chart.x)
        .y_desc(&picture.chart.y)
        .label_style(("sans-serif", 13).into_font().color(&GREY))
        .draw()?;
    for n in 0..picture.series.len() {
        let colour = COLOURS[n % COLOURS.len()];
        let own = picture.points.iter().zip(&places).filter(|(point, _)| point.series == n);
        let mut points: Vec<(f64, f64)> = own.map(|(point, place)| (*place, point.y)).collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let dots = points.iter().map(|at| Circle::new(*at, 3, colour.filled())).collect::<Vec<_>>();
        if picture.chart.form == ChartForm::Line {
            chart.draw_series(LineSeries::new(points, colour.stroke_width(2)))?;
        }
        chart.draw_series(dots)?;
    }
    Ok(())
}

/// The names of series and their colours, beside the picture, where they hide none of its points.
fn legend(area: &Area<'_>, names: &[String]) -> Drawn {
    let label = ("sans-serif", 13).into_font().color(&BLACK).pos(Pos::new(HPos::Left, VPos::Center));
    for (n, name) in names.iter().enumerate() {
        let down = 10 + 20 * i32::try_from(n).unwrap_or(0);
        area.draw(&Circle::new((12, down), 4, COLOURS[n % COLOURS.len()].filled()))?;
        area.draw_text(&cut(name, WIDEST_NAME), &label, (22, down))?;
    }
    Ok(())
}

/// A mark of an axis without the noise of its last digits.
fn rounded(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}
