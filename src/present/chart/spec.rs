//! What a chart is made of, in words: `bar x=outlet y=quotes`, as the head of a query says it.

/// A picture of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spec {
    /// How it is drawn.
    pub form: Form,
    /// The column along the horizontal axis: names for bars, dates or numbers for lines and points.
    pub x: String,
    /// The column whose numbers are drawn.
    pub y: String,
    /// The column that parts the rows into series.
    pub by: Option<String>,
}

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A bar a row.
    Bar,
    /// A line through the rows.
    Line,
    /// A point a row.
    Points,
}

/// What is expected.
const SHAPE: &str = "expected: bar x=COLUMN y=COLUMN, or line, or points; by=COLUMN parts it into series";

impl Spec {
    /// Reads the words.
    pub fn read(words: &str) -> Result<Spec, String> {
        let mut words = words.split_whitespace();
        let form = match words.next() {
            Some("bar") => Form::Bar,
            Some("line") => Form::Line,
            Some("points") => Form::Points,
            _ => return Err(SHAPE.to_owned()),
        };
        let (mut x, mut y, mut by) = (None, None, None);
        for word in words {
            let (place, column) = match word.split_once('=') {
                Some(("x", column)) => (&mut x, column),
                Some(("y", column)) => (&mut y, column),
                Some(("by", column)) => (&mut by, column),
                _ => return Err(format!("'{word}' says nothing of a chart; {SHAPE}")),
            };
            if column.is_empty() || place.replace(column.to_owned()).is_some() {
                return Err(SHAPE.to_owned());
            }
        }
        Ok(Spec { form, x: x.ok_or(SHAPE)?, y: y.ok_or(SHAPE)?, by })
    }

    /// The chart that the comment names which a statement begins with, if any.
    pub fn in_head(sql: &str) -> Option<Spec> {
        let head = sql.lines().take_while(|line| line.is_empty() || line.starts_with("--"));
        let mut charts = head.filter_map(|line| line.strip_prefix("-- chart:"));
        charts.next().and_then(|words| Spec::read(words).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read() {
        let spec = Spec::read("bar x=outlet y=quotes by=kind").unwrap();
        assert_eq!((spec.form, spec.x.as_str(), spec.by.as_deref()), (Form::Bar, "outlet", Some("kind")));
        for words in ["", "pie x=a y=b", "bar x=a", "bar x=a y=b z=c", "bar x= y=b", "line x=a x=b y=c"] {
            assert!(Spec::read(words).is_err(), "{words}");
        }
        let head = "-- title: x\n-- chart: line x=day y=n\n\nSELECT 1\n-- chart: bar x=a y=b";
        assert_eq!(Spec::in_head(head).map(|spec| spec.form), Some(Form::Line));
        assert_eq!(Spec::in_head("SELECT 1\n-- chart: bar x=a y=b"), None);
    }
}
