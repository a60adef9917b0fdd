//! Charts of answers whose query names one: in the terminal's own characters, and as SVG.
//!
//! What a chart needs of an answer is gathered here, made harmless and cut to what can be read; the two ways
//! of drawing it are beside it. Rows without a value are told of rather than drawn as nothing.

mod axis;
mod svg;
mod terminal;

use std::io::{self, Write};

use rusqlite::Row;
use rusqlite::types::ValueRef;

use super::harmless::harmless_line;
use super::number::real;
use super::table::Style;
use super::wrap::cut;
use crate::query::{Answered, Chart, ChartForm, Column, Sink};

/// The most rows that a chart is drawn of.
const MOST_POINTS: usize = 5_000;
/// The most bars: more are no picture.
const MOST_BARS: usize = 40;
/// The most series that can be told apart.
const MOST_SERIES: usize = 8;
/// The last of them, where there are more.
const OTHERS: &str = "others";
/// The longest label, in columns.
const LONGEST_LABEL: usize = 36;

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Canvas {
    /// In characters, as wide as the style says.
    Terminal(Style),
    /// As SVG.
    Svg,
}

/// A row as a chart sees it.
#[derive(Debug, Clone, PartialEq)]
struct Point {
    x: String,
    y: f64,
    /// The place of its series among them.
    series: usize,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
struct Picture {
    title: String,
    chart: Chart,
    points: Vec<Point>,
    series: Vec<String>,
    /// Rows whose value is no number.
    without: u64,
    /// Rows that there was no room for.
    beyond: u64,
}

/// Takes rows and draws them.
#[derive(Debug)]
pub struct ChartSink<W> {
    out: W,
    canvas: Canvas,
    picture: Picture,
    columns: [Option<usize>; 3],
}

impl<W: Write> ChartSink<W> {
    /// A sink that draws `chart` to `out`.
    pub fn new(out: W, canvas: Canvas, title: &str, chart: &Chart) -> Self {
        let picture = Picture {
            title: label(title, LONGEST_LABEL * 2),
            chart: chart.clone(),
            points: Vec::new(),
            series: Vec::new(),
            without: 0,
            beyond: 0,
        };
        ChartSink { out, canvas, picture, columns: [None; 3] }
    }

    fn most(&self) -> usize {
        if self.picture.chart.form == ChartForm::Bar { MOST_BARS } else { MOST_POINTS }
    }
}

impl<W: Write> Sink for ChartSink<W> {
    fn columns(&mut self, columns: &[Column]) -> io::Result<()> {
        let chart = &self.picture.chart;
        let place = |name: &str| {
            columns.iter().position(|column| column.name == name).ok_or_else(|| {
                let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
                io::Error::new(
                    io::ErrorKind::InvalidInput,
                    format!("the chart asks for a column '{name}'; the answer has {}", names.join(", ")),
                )
            })
        };
        self.columns =
            [Some(place(&chart.x)?), Some(place(&chart.y)?), chart.by.as_deref().map(place).transpose()?];
        Ok(())
    }

    fn row(&mut self, row: &Row<'_>) -> io::Result<()> {
        let cell =
            |n: Option<usize>| n.map_or(Ok(ValueRef::Null), |n| row.get_ref(n)).map_err(io::Error::other);
        let [x, y, by] = self.columns;
        let x = cell(x)?;
        // A bar may stand for what has no name; a point has nowhere to be.
        let has_place = self.picture.chart.form == ChartForm::Bar || x != ValueRef::Null;
        let y = match cell(y)? {
            ValueRef::Integer(number) if has_place => number as f64,
            ValueRef::Real(number) if has_place && number.is_finite() => number,
            _ => {
                self.picture.without += 1;
                return Ok(());
            }
        };
        if self.picture.points.len() >= self.most() {
            self.picture.beyond += 1;
            return Ok(());
        }
        let mut series = text(cell(by)?);
        let known = |name: &str, all: &[String]| all.iter().position(|other| other == name);
        // A bar has its series in its name; of lines and points, no more can be told apart.
        if self.picture.chart.form != ChartForm::Bar
            && known(&series, &self.picture.series).is_none()
            && self.picture.series.len() >= MOST_SERIES - 1
        {
            OTHERS.clone_into(&mut series);
        }
        let series = known(&series, &self.picture.series).unwrap_or_else(|| {
            self.picture.series.push(series);
            self.picture.series.len() - 1
        });
        self.picture.points.push(Point { x: text(x), y, series });
        Ok(())
    }

    fn end(&mut self, _: &Answered) -> io::Result<()> {
        match self.canvas {
            Canvas::Terminal(style) => terminal::draw(&mut self.out, &self.picture, style)?,
            Canvas::Svg => svg::draw(&mut self.out, &self.picture)?,
        }
        self.out.flush()
    }
}

/// A cell as a label.
fn text(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => real(number),
        ValueRef::Text(text) | ValueRef::Blob(text) => {
            // No label shows more; what is longer need not be looked at.
            label(&String::from_utf8_lossy(&text[..text.len().min(LONGEST_LABEL * 8)]), LONGEST_LABEL)
        }
    }
}

/// Text that can stand in a picture: harmless, on a line, and not too long.
fn label(text: &str, most: usize) -> String {
    let text: String = harmless_line(text)
        .chars()
        .map(|c| if matches!(c, '\u{fffe}' | '\u{ffff}') { '\u{fffd}' } else { c })
        .collect();
    cut(text.trim(), most)
}

impl Picture {
    /// What is not in the picture, in words.
    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.points.is_empty() {
            notes.push("no row has a value to draw".to_owned());
        }
        if self.without > 0 {
            let [x, y] = [&self.chart.x, &self.chart.y].map(|name| label(name, LONGEST_LABEL));
            let lacks = if self.chart.form == ChartForm::Bar { y } else { format!("{x} or {y}") };
            notes.push(format!("{} without {lacks}", rows(self.without)));
        }
        if self.beyond > 0 {
            notes.push(format!("{} more, which the picture has no room for", rows(self.beyond)));
        }
        notes
    }

    /// What a bar stands for.
    fn name(&self, point: &Point) -> String {
        let x = if point.x.is_empty() { "(none)" } else { &point.x };
        match self.series[point.series].as_str() {
            "" => x.to_owned(),
            series => cut(&format!("{x}, {series}"), LONGEST_LABEL),
        }
    }

    /// The least and the greatest value, with zero among them.
    fn bounds(&self) -> (f64, f64) {
        self.points.iter().fold((0.0, 0.0), |(least, most), point| (point.y.min(least), point.y.max(most)))
    }
}

fn rows(count: u64) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{count} rows") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::paint::Paint;
    use crate::present::testing::feed;

    fn drawn(form: ChartForm, by: Option<&str>, sql: &str, canvas: Canvas) -> String {
        let chart = Chart { form, x: "x".to_owned(), y: "y".to_owned(), by: by.map(str::to_owned) };
        let mut out = Vec::new();
        feed(sql, &[], &mut ChartSink::new(&mut out, canvas, "Quotes <by> speaker", &chart));
        String::from_utf8(out).unwrap()
    }

    fn terminal(form: ChartForm, by: Option<&str>, sql: &str) -> String {
        drawn(form, by, sql, Canvas::Terminal(Style { width: Some(60), paint: Paint::new(false) }))
    }

    #[test]
    fn bars_in_characters() {
        let sql = "SELECT column1 AS x, column2 AS y FROM (VALUES ('Ada Vale', 12), ('李雷', 5.5), (NULL, 0), \
            ('no value', NULL), ('A speaker whose name is longer than a label may be, by far', 1), \
            ('hostile ' || char(27, 10, 8238) || '<b>', 3))";
        insta::assert_snapshot!(terminal(ChartForm::Bar, None, sql));
    }

    #[test]
    fn bars_of_negative_numbers_go_the_other_way() {
        let sql =
            "SELECT column1 AS x, column2 AS y FROM (VALUES ('up', 30), ('down', -15), ('more', -30.5))";
        insta::assert_snapshot!(terminal(ChartForm::Bar, None, sql));
    }

    #[test]
    fn lines_over_dates_in_characters() {
        let sql = "SELECT column1 AS x, column2 AS y FROM (VALUES ('2016-09-01', 1), ('2016-09-05', 9), \
            ('2016-09-10', 4), ('2016-09-30', 6))";
        insta::assert_snapshot!(terminal(ChartForm::Line, None, sql));
    }

    #[test]
    fn series_without_colours_have_marks() {
        let sql = "SELECT column1 AS x, column2 AS y, column3 AS s FROM (VALUES (1, 1, 'Echo'), (2, 9, 'Lantern'), \
            (3, 4, 'Echo'), (3, 4, 'Lantern'), (9, 6, 'Wire'))";
        for form in [ChartForm::Points, ChartForm::Line] {
            let text = terminal(form, Some("s"), sql);
            let (picture, names) = text.split_once('└').unwrap();
            for (mark, name) in
                [('●', "Echo"), ('○', "Lantern"), ('■', "Wire"), ('*', "several in one place")]
            {
                assert_eq!(picture.matches(mark).count(), 1, "{text}");
                assert!(names.contains(&format!("{mark} {name}")), "{text}");
            }
        }
        let one = terminal(ChartForm::Points, None, sql);
        assert!(!one.contains(['●', '*']), "one series is drawn in dots: {one}");
        let style = Style { width: Some(60), paint: Paint::new(true) };
        let painted = drawn(ChartForm::Points, Some("s"), sql, Canvas::Terminal(style));
        assert!(!painted.contains('○'), "three are told apart by colours: {painted}");
    }

    #[test]
    fn no_row_is_told() {
        for form in [ChartForm::Bar, ChartForm::Line, ChartForm::Points] {
            let text = terminal(form, None, "SELECT 1 AS x, 2 AS y WHERE 0");
            assert_eq!(text, "Quotes <by> speaker\n\n(no row has a value to draw)\n");
            let svg = drawn(form, None, "SELECT 1 AS x, NULL AS y", Canvas::Svg);
            assert!(svg.starts_with("<svg") && svg.contains("no row has a value to draw"), "{svg}");
        }
    }

    #[test]
    fn a_column_that_is_not_there_is_told() {
        let chart = Chart { form: ChartForm::Bar, x: "a".to_owned(), y: "z".to_owned(), by: None };
        let mut sink = ChartSink::new(Vec::new(), Canvas::Svg, "", &chart);
        let columns = ["a", "b"].map(|name| Column { name: name.to_owned(), declared: None });
        let error = sink.columns(&columns).unwrap_err().to_string();
        assert_eq!(error, "the chart asks for a column 'z'; the answer has a, b");
    }

    #[test]
    fn hostile_labels_stay_text_in_a_picture() {
        let sql = "SELECT '</text><script>alert(1)</script>&' || char(0, 27, 65534) AS x, 3 AS y \
            UNION ALL SELECT 'b', -2";
        for form in [ChartForm::Bar, ChartForm::Line, ChartForm::Points] {
            let svg = drawn(form, None, sql, Canvas::Svg);
            assert!(!svg.contains("<script") && svg.contains("&lt;script&gt;"), "{svg}");
            assert!(!svg.contains(|c: char| c.is_control() && c != '\n'), "{svg}");
        }
    }

    #[test]
    fn what_is_beside_the_picture_hides_nothing_of_it() {
        let sql = "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 30) \
            SELECT n AS x, n AS y, printf('Outlet %02d', n) AS by_outlet FROM c";
        let svg = drawn(ChartForm::Points, Some("by_outlet"), sql, Canvas::Svg);
        let across = |circle: &str| -> f64 {
            circle.split("cx=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().parse().unwrap()
        };
        let circles: Vec<f64> = svg.lines().filter(|line| line.starts_with("<circle")).map(across).collect();
        let (names, points): (Vec<f64>, Vec<f64>) =
            circles.iter().partition(|x| circles.iter().filter(|other| other == x).count() == MOST_SERIES);
        assert_eq!((names.len(), points.len()), (MOST_SERIES, 30), "every row is a point: {svg}");
        assert!(points.iter().all(|x| *x < names[0]), "the names stand right of all points: {svg}");
        assert!(svg.contains("Outlet 07") && svg.contains(OTHERS) && !svg.contains("Outlet 08"), "{svg}");
    }

    #[test]
    fn many_rows_are_told_of() {
        let sql = "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 60) SELECT n AS x, n AS y FROM c";
        assert!(
            terminal(ChartForm::Bar, None, sql)
                .ends_with("(20 rows more, which the picture has no room for)\n")
        );
    }
}
