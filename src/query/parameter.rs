//! Parameters of a statement: what a saved query declares, and how typed words become SQL values.

use rusqlite::types::Value;

use super::{Error, nearest};

/// What a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text, as it stands: leading zeros stay.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A year, a month or a day: 2016, 2016-09, 2016-09-05. Bound as text.
    Date,
}

impl Kind {
    /// The word in a query's head.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::Date => "date",
        }
    }

    /// The kind a word in a query's head names; `real` is another word for number.
    pub fn of(word: &str) -> Option<Kind> {
        let word = if word == "real" { "number" } else { word };
        [Kind::Text, Kind::Integer, Kind::Number, Kind::Date].into_iter().find(|k| k.as_str() == word)
    }

    /// What a value of it looks like, for errors.
    fn expected(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Integer => "a whole number such as 10",
            Kind::Number => "a number such as 2.5",
            Kind::Date => "a date such as 2016, 2016-09 or 2016-09-05",
        }
    }

    /// Reads a value of this kind.
    pub fn read(self, word: &str) -> Option<Value> {
        let trimmed = word.trim();
        match self {
            Kind::Text => Some(Value::Text(word.to_owned())),
            Kind::Integer => trimmed.parse().ok().map(Value::Integer),
            Kind::Number => match trimmed.parse() {
                Ok(whole) => Some(Value::Integer(whole)),
                Err(_) => trimmed.parse::<f64>().ok().filter(|n| n.is_finite()).map(Value::Real),
            },
            Kind::Date => (trimmed.is_empty() || is_date(trimmed)).then(|| Value::Text(trimmed.to_owned())),
        }
    }
}

/// A year, a month or a day that exists.
fn is_date(word: &str) -> bool {
    let whole = match word.len() {
        4 => format!("{word}-01-01"),
        7 => format!("{word}-01"),
        10 => word.to_owned(),
        _ => return false,
    };
    whole.parse::<jiff::civil::Date>().is_ok()
}

/// A parameter that a saved query declares.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its name, without the colon.
    pub name: String,
    /// What it takes.
    pub kind: Kind,
    /// What it is when not given; `None` where it must be.
    pub default: Option<Value>,
    /// What it means.
    pub meaning: String,
    /// Which values it takes.
    pub values: Values,
}

/// Which values a parameter takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Values {
    /// Any of its kind.
    Any,
    /// These alone, and its default.
    Listed(Vec<String>),
    /// Whole numbers from this one on.
    From(i64),
    /// Any; the statement lists those that are worth giving.
    Query(String),
}

impl Parameter {
    /// The default as it stands in the query's head.
    pub fn default_text(&self) -> String {
        match &self.default {
            None => "required".to_owned(),
            Some(Value::Null) => "none".to_owned(),
            Some(Value::Integer(n)) => n.to_string(),
            Some(Value::Real(n)) => n.to_string(),
            Some(Value::Text(text)) => format!("'{text}'"),
            Some(Value::Blob(_)) => "?".to_owned(),
        }
    }
}

/// A parameter and its value as somebody typed them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The name; a leading `:`, `@` or `$` is forgiven.
    pub name: String,
    /// The value's words.
    pub word: String,
}

impl Given {
    /// The name without its sigil.
    pub fn bare_name(&self) -> &str {
        self.name.trim_start_matches([':', '@', '$'])
    }
}

/// A value for a parameter that nothing declares: a number where the words are exactly how that number
/// is written, and text otherwise, so that 007 stays text.
pub fn by_looks(word: &str) -> Value {
    if let Ok(whole) = word.parse::<i64>()
        && whole.to_string() == word
    {
        return Value::Integer(whole);
    }
    if let Ok(real) = word.parse::<f64>()
        && real.is_finite()
        && real.to_string() == word
    {
        return Value::Real(real);
    }
    Value::Text(word.to_owned())
}

/// The value of a declared parameter, from what was typed. Listed values are found whatever their case.
pub fn declared(parameter: &Parameter, word: &str) -> Result<Value, Error> {
    let bad = |expected: String, near: Vec<String>| {
        Err(Error::BadValue { parameter: parameter.name.clone(), word: word.to_owned(), expected, near })
    };
    let Some(value) = parameter.kind.read(word) else {
        return bad(parameter.kind.expected().to_owned(), Vec::new());
    };
    if let (Values::From(least), Value::Integer(number)) = (&parameter.values, &value)
        && number < least
    {
        return bad(format!("a whole number, {least} or more"), Vec::new());
    }
    let Values::Listed(listed) = &parameter.values else { return Ok(value) };
    if parameter.default.as_ref() == Some(&value) {
        return Ok(value);
    }
    match listed.iter().find(|known| known.to_lowercase() == word.trim().to_lowercase()) {
        Some(known) => Ok(parameter.kind.read(known).unwrap_or(value)),
        None => {
            let near = nearest(word.trim(), listed.iter().map(String::as_str));
            bad(format!("one of {}", listed.join(", ")), near.into_iter().map(str::to_owned).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_read_their_own_and_refuse_the_rest() {
        let text = |s: &str| Some(Value::Text(s.into()));
        for (kind, word, want) in [
            (Kind::Text, "007", text("007")),
            (Kind::Text, "", text("")),
            (Kind::Integer, " 12 ", Some(Value::Integer(12))),
            (Kind::Integer, "1.5", None),
            (Kind::Integer, "1e3", None),
            (Kind::Number, "2.5", Some(Value::Real(2.5))),
            (Kind::Number, "3", Some(Value::Integer(3))),
            (Kind::Number, "nan", None),
            (Kind::Number, "inf", None),
            (Kind::Date, "2016", text("2016")),
            (Kind::Date, "2016-09", text("2016-09")),
            (Kind::Date, "2016-02-30", None),
            (Kind::Date, "", text("")),
            (Kind::Date, "yesterday", None),
        ] {
            assert_eq!(kind.read(word), want, "{kind:?} {word:?}");
        }
    }

    #[test]
    fn looks_decide_only_where_nothing_is_lost() {
        for (word, want) in [
            ("5", Value::Integer(5)),
            ("-5", Value::Integer(-5)),
            ("2.5", Value::Real(2.5)),
            ("007", Value::Text("007".into())),
            ("+5", Value::Text("+5".into())),
            ("1e3", Value::Text("1e3".into())),
            ("12345678901234567890", Value::Text("12345678901234567890".into())),
            ("", Value::Text(String::new())),
            ("NaN", Value::Text("NaN".into())),
        ] {
            assert_eq!(by_looks(word), want, "{word:?}");
        }
    }

    #[test]
    fn numbers_below_the_least_are_refused() {
        let parameter = Parameter {
            name: "most".into(),
            kind: Kind::Integer,
            default: Some(Value::Integer(10)),
            meaning: String::new(),
            values: Values::From(1),
        };
        assert_eq!(declared(&parameter, "1").unwrap(), Value::Integer(1));
        for word in ["0", "-5"] {
            let refused = declared(&parameter, word).unwrap_err().to_string();
            assert_eq!(refused, format!("parameter 'most' takes a whole number, 1 or more, not '{word}'"));
        }
    }

    #[test]
    fn listed_values_are_found_whatever_their_case_and_others_refused() {
        let listed = ["person", "place"].map(str::to_owned).to_vec();
        let parameter = Parameter {
            name: "kind".into(),
            kind: Kind::Text,
            default: Some(Value::Text(String::new())),
            meaning: String::new(),
            values: Values::Listed(listed),
        };
        assert_eq!(declared(&parameter, "Person").unwrap(), Value::Text("person".into()));
        assert_eq!(declared(&parameter, "").unwrap(), Value::Text(String::new()), "the default");
        let refused = declared(&parameter, "persn").unwrap_err().to_string();
        assert_eq!(refused, "parameter 'kind' takes one of person, place, not 'persn'; did you mean person?");
    }
}
