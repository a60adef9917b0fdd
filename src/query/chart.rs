//! What a chart is made of, in words: `bar x=outlet y=quotes`, as the head of a query says it. How it is drawn is
//! not said here.

use super::nearest;

/// A picture of an answer: `bar x=outlet y=quotes`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// How it is drawn.
    pub form: ChartForm,
    /// The column along the horizontal axis: names for bars, dates or numbers for lines and points.
    pub x: String,
    /// The column whose numbers are drawn.
    pub y: String,
    /// The column that parts the rows into series.
    pub by: Option<String>,
}

/// What is expected.
const FORM: &str = "expected: bar x=COLUMN y=COLUMN, or line, or points; by=COLUMN parts it into series";

impl Chart {
    /// Reads `bar x=outlet y=quotes by=kind`; the error says what is expected.
    pub fn read(text: &str) -> Result<Chart, String> {
        let mut words = text.split_whitespace();
        let word = words.next().ok_or(FORM)?;
        let names = || ChartForm::ALL.iter().map(|(_, word)| *word);
        let Some((form, _)) = ChartForm::ALL.iter().find(|(_, name)| *name == word) else {
            let near = nearest(word, names()).first().map(|near| format!("; did you mean {near}?"));
            let all = names().collect::<Vec<_>>().join(", ");
            return Err(format!("'{word}' is no chart: {all} are{}", near.unwrap_or_default()));
        };
        let (mut x, mut y, mut by) = (None, None, None);
        for setting in words {
            let place = match setting.split_once('=') {
                Some(("x", _)) => &mut x,
                Some(("y", _)) => &mut y,
                Some(("by", _)) => &mut by,
                _ => return Err(format!("'{setting}' says nothing of a chart; {FORM}")),
            };
            let column = setting.split_once('=').map_or("", |(_, column)| column);
            if column.is_empty() || place.replace(column.to_owned()).is_some() {
                return Err(FORM.to_owned());
            }
        }
        Ok(Chart { form: *form, x: x.ok_or(FORM)?, y: y.ok_or(FORM)?, by })
    }

    /// The chart that the comment names which a statement begins with, if any.
    pub fn in_head(sql: &str) -> Option<Chart> {
        let head = sql.lines().take_while(|line| line.is_empty() || line.starts_with("--"));
        let mut charts = head.filter_map(|line| line.strip_prefix("-- chart:"));
        charts.next().and_then(|words| Chart::read(words).ok())
    }

    /// The columns it needs.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        [self.x.as_str(), self.y.as_str()].into_iter().chain(self.by.as_deref())
    }
}

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartForm {
    /// A bar a row.
    Bar,
    /// A line through the rows.
    Line,
    /// A point a row.
    Points,
}

impl ChartForm {
    const ALL: [(ChartForm, &str); 3] =
        [(ChartForm::Bar, "bar"), (ChartForm::Line, "line"), (ChartForm::Points, "points")];

    /// The word in a head.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(form, _)| *form == self).map_or("", |(_, word)| word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read() {
        let chart = Chart::read("bar x=outlet y=quotes by=kind").unwrap();
        assert_eq!(
            (chart.form, chart.x.as_str(), chart.by.as_deref()),
            (ChartForm::Bar, "outlet", Some("kind"))
        );
        for words in ["", "pie x=a y=b", "bar x=a", "bar x=a y=b z=c", "bar x= y=b", "line x=a x=b y=c"] {
            assert!(Chart::read(words).is_err(), "{words}");
        }
        let head = "-- title: x\n-- chart: line x=day y=n\n\nSELECT 1\n-- chart: bar x=a y=b";
        assert_eq!(Chart::in_head(head).map(|chart| chart.form), Some(ChartForm::Line));
        assert_eq!(Chart::in_head("SELECT 1\n-- chart: bar x=a y=b"), None);
    }
}
