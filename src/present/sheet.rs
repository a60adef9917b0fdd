//! CSV that comes back from a spreadsheet: whatever it put between the cells, and without the guards that
//! [`super::guard`] put before text it would have altered.

use std::collections::HashMap;

use super::guard::unguard;

/// A row of CSV, by its columns' names.
#[derive(Debug, Clone)]
pub struct SheetRow {
    /// The line it begins on, from 1.
    pub line: u64,
    cells: HashMap<String, String>,
}

impl SheetRow {
    /// The cell of a column, without its guard; `None` where there is no such column.
    pub fn cell(&self, column: &str) -> Option<&str> {
        self.cells.get(column).map(|cell| unguard(cell))
    }
}

/// Why a file is no table of corrections.
#[derive(Debug, thiserror::Error)]
pub enum NoSheet {
    /// It is not UTF-8.
    #[error("not UTF-8 (byte {at}): save it as CSV UTF-8")]
    NotUtf8 {
        /// Where.
        at: usize,
    },
    /// A column is missing.
    #[error("its first line has no column '{column}'; it has: {found}. Export first, and edit that file")]
    NoColumn {
        /// The column.
        column: String,
        /// The columns there are.
        found: String,
    },
    /// It is not CSV.
    #[error("not CSV")]
    Csv(#[from] csv::Error),
}

/// Reads CSV as spreadsheets write it: commas, semicolons or tabs, with or without a byte order mark.
pub fn read(bytes: &[u8], needed: &[&str]) -> Result<Vec<SheetRow>, NoSheet> {
    let text = std::str::from_utf8(bytes).map_err(|error| NoSheet::NotUtf8 { at: error.valid_up_to() })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let head = text.lines().next().unwrap_or("");
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|d| head.bytes().filter(|b| b == d).count());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b','))
        .flexible(true)
        .from_reader(text.as_bytes());
    let columns: Vec<String> = reader.headers()?.iter().map(|name| name.trim().to_lowercase()).collect();
    for column in needed {
        if !columns.iter().any(|name| name == column) {
            return Err(NoSheet::NoColumn { column: (*column).to_owned(), found: columns.join(", ") });
        }
    }
    let mut rows = Vec::new();
    let (mut line, mut counted) = (1, 0);
    for record in reader.records() {
        let record = record?;
        // csv's own count is that of the line end before; blank lines lie between as well.
        let at = record.position().and_then(|p| usize::try_from(p.byte()).ok()).unwrap_or(counted);
        let blank = text.as_bytes()[at..].iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        line += text.as_bytes()[counted..at + blank].iter().filter(|b| **b == b'\n').count() as u64;
        counted = at + blank;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let cells = columns.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
        rows.push(SheetRow { line, cells });
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_spreadsheets_csv_is_read() {
        for text in [
            "subject,value\nquote,\"a, b\"\n",
            "\u{feff}Subject;Value\r\nquote;a, b\r\n;;\r\n",
            "subject\tvalue\nquote\ta, b\n\n",
        ] {
            let rows = read(text.as_bytes(), &["subject", "value"]).unwrap();
            assert_eq!(rows.len(), 1, "{text:?}");
            assert_eq!((rows[0].cell("value"), rows[0].line), (Some("a, b"), 2));
        }
        assert!(matches!(read(b"a,b\n1,2\n", &["subject"]), Err(NoSheet::NoColumn { .. })));
        assert!(matches!(read(b"subject\n\xff\n", &["subject"]), Err(NoSheet::NotUtf8 { at: 8 })));
    }
}
