//! SQL taken apart, as far as a shell needs it: words, texts and comments; where a statement ends.
//!
//! What a statement means is SQLite's to say. Here it is only coloured, completed, and parted from the next.

use std::ops::Range;

/// What a piece of SQL is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// A keyword or a bare name.
    Word,
    /// A name in double quotes, brackets or backticks.
    Name,
    /// A text in single quotes.
    Text,
    /// A number.
    Number,
    /// `:name`, `@name`, `$name` or `?`.
    Parameter,
    /// From `--` to the line's end, or between `/*` and `*/`.
    Comment,
    /// Blanks and line ends.
    Space,
    /// The end of a statement.
    Semicolon,
    /// Any other sign.
    Sign,
}

/// The pieces of some SQL, in order, without a gap; and whether the last one lacks its end.
pub fn pieces(sql: &str) -> (Vec<(Piece, Range<usize>)>, bool) {
    let mut pieces = Vec::new();
    let (mut at, mut open) = (0, false);
    while let Some(first) = sql[at..].chars().next() {
        let rest = &sql[at..];
        let (piece, length) = match first {
            '\'' => (Piece::Text, closed(rest, '\'')),
            '"' => (Piece::Name, closed(rest, '"')),
            '`' => (Piece::Name, closed(rest, '`')),
            '[' => (Piece::Name, closed(rest, ']')),
            '-' if rest.starts_with("--") => (Piece::Comment, Some(rest.find('\n').unwrap_or(rest.len()))),
            '/' if rest.starts_with("/*") => (Piece::Comment, rest[2..].find("*/").map(|end| end + 4)),
            ';' => (Piece::Semicolon, Some(1)),
            c if c.is_whitespace() => (Piece::Space, Some(while_true(rest, char::is_whitespace))),
            c if c.is_ascii_digit() => {
                (Piece::Number, Some(while_true(rest, |c| c.is_ascii_alphanumeric() || c == '.')))
            }
            c if is_word(c) => (Piece::Word, Some(while_true(rest, is_word))),
            ':' | '@' | '$' | '?' => (Piece::Parameter, Some(1 + while_true(&rest[1..], is_word))),
            c => (Piece::Sign, Some(c.len_utf8())),
        };
        open = length.is_none();
        let end = at + length.unwrap_or(rest.len());
        pieces.push((piece, at..end));
        at = end;
    }
    (pieces, open)
}

/// The length of a quoted piece that `rest` begins with; a doubled mark stands for itself.
fn closed(rest: &str, mark: char) -> Option<usize> {
    let mut signs = rest.char_indices().skip(1).peekable();
    while let Some((at, c)) = signs.next() {
        if c == mark {
            match signs.peek() {
                Some((_, next)) if *next == mark && mark != ']' => _ = signs.next(),
                _ => return Some(at + c.len_utf8()),
            }
        }
    }
    None
}

fn while_true(rest: &str, is: impl Fn(char) -> bool) -> usize {
    rest.find(|c| !is(c)).unwrap_or(rest.len())
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The statements that end in `;`, and what comes after the last of them.
pub fn statements(sql: &str) -> (Vec<&str>, &str) {
    let (mut found, mut from) = (Vec::new(), 0);
    for (piece, range) in pieces(sql).0 {
        if piece == Piece::Semicolon {
            if says_something(&sql[from..range.start]) {
                found.push(sql[from..range.end].trim());
            }
            from = range.end;
        }
    }
    (found, &sql[from..])
}

/// Whether there is more in it than blanks, comments and semicolons.
pub fn says_something(sql: &str) -> bool {
    let silent = [Piece::Space, Piece::Comment, Piece::Semicolon];
    pieces(sql).0.iter().any(|(piece, _)| !silent.contains(piece))
}

/// Whether nothing is left to be typed: the last statement has its `;`.
pub fn is_complete(sql: &str) -> bool {
    let open = pieces(sql).1;
    let (_, rest) = statements(sql);
    !open && !says_something(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn statements_end_at_semicolons_that_are_not_quoted() {
        let sql = "SELECT ';', \"a;b\" -- no; end\n, [c;d], `;`, 'it''s;' /* ; */; ;\n-- nothing\n; SELECT 2 ; SELECT";
        let (found, rest) = statements(sql);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("SELECT ';'") && found[0].ends_with("/* ; */;"));
        assert_eq!((found[1], rest), ("SELECT 2 ;", " SELECT"));
    }

    #[test]
    fn a_statement_is_complete_with_its_semicolon() {
        for sql in ["", "  ", "SELECT 1;", "SELECT 1; -- that is all", "-- nothing", "SELECT ';';\n"] {
            assert!(is_complete(sql), "{sql}");
        }
        for sql in
            ["SELECT 1", "SELECT 1; SELECT", "SELECT ';", "SELECT 1 /* ;", "SELECT \"a;", "SELECT 1; /* x"]
        {
            assert!(!is_complete(sql), "{sql}");
        }
    }

    proptest! {
        #[test]
        fn pieces_leave_no_gap(sql in "[a-c'\"`\\[\\]/*;:? 0-9é\n-]{0,40}") {
            let mut at = 0;
            for (_, range) in pieces(&sql).0 {
                prop_assert_eq!(range.start, at);
                prop_assert!(range.end > at && sql.is_char_boundary(range.end));
                at = range.end;
            }
            prop_assert_eq!(at, sql.len());
        }
    }
}
