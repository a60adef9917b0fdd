//! Dates as spreadsheets keep them, so that they sort and count as dates, and look as in the archive.

use rust_xlsxwriter::ExcelDateTime;

/// How dates look: as in the archive.
const DATE: &str = "yyyy-mm-dd";

/// A date as a spreadsheet keeps it.
pub struct Moment {
    /// The day, or the day and time.
    pub value: ExcelDateTime,
    /// How a spreadsheet shows it as the same characters.
    pub format: &'static str,
    /// Whether it is said to be UTC, which is seen where it is shown and not kept in the value.
    pub is_utc: bool,
}

/// The day, or the day and time, that a whole ISO 8601 date names. The first years of the calendar of spreadsheets are wrong in them, so they stay text.
pub fn moment(text: &str) -> Option<Moment> {
    let bytes = text.as_bytes();
    if !matches!(bytes.len(), 10 | 16..=20) || !bytes[0].is_ascii_digit() || bytes[4] != b'-' {
        return None;
    }
    let date: jiff::civil::Date = text.get(..10)?.parse().ok()?;
    if date.year() < 1901 || bytes[7] != b'-' {
        return None;
    }
    let part = |number: i8| u8::try_from(number).ok();
    let day =
        ExcelDateTime::from_ymd(date.year().try_into().ok()?, part(date.month())?, part(date.day())?).ok()?;
    if bytes.len() == 10 {
        return Some(Moment { value: day, format: DATE, is_utc: false });
    }
    let (time, is_utc) = match text.get(10..)?.strip_prefix('T')?.strip_suffix('Z') {
        Some(time) => (time, true),
        None => (&text[11..], false),
    };
    let format = match (time.len(), is_utc) {
        (5, false) => "yyyy-mm-dd\"T\"hh:mm",
        (5, true) => "yyyy-mm-dd\"T\"hh:mm\"Z\"",
        (8, false) => "yyyy-mm-dd\"T\"hh:mm:ss",
        (8, true) => "yyyy-mm-dd\"T\"hh:mm:ss\"Z\"",
        _ => return None,
    };
    let numbers: Vec<u16> = time
        .split(':')
        .map(|two| if two.len() == 2 { two.parse().ok() } else { None })
        .collect::<Option<_>>()?;
    let [hour, minute, second @ ..] = numbers.as_slice() else { return None };
    let second = second.first().copied().unwrap_or(0);
    if *hour > 23 || *minute > 59 || second > 59 {
        return None;
    }
    let value = day.and_hms(*hour, u8::try_from(*minute).ok()?, f64::from(second)).ok()?;
    Some(Moment { value, format, is_utc })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_dates_alone_are_dates() {
        for (text, format) in [
            ("2016-09-06", DATE),
            ("2015-11-16T07:45", "yyyy-mm-dd\"T\"hh:mm"),
            ("2015-11-16T07:45:01Z", "yyyy-mm-dd\"T\"hh:mm:ss\"Z\""),
        ] {
            let moment = moment(text).unwrap();
            assert_eq!((moment.format, moment.is_utc), (format, text.ends_with('Z')), "{text}");
        }
        for text in [
            "2016-09",
            "2016",
            "2016-02-30",
            "1899-01-01",
            "2016-09-06 ",
            "2016-09-06T25:00",
            "20160906T0745",
            "2015-11-16T7:045",
            "2015-11-16T07:45+01",
            "２０１６-09-06",
            "2016-09-06é",
        ] {
            assert!(moment(text).is_none(), "{text}");
        }
    }
}
