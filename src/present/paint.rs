//! Paint: colour and weight on terminals that show them, and nothing elsewhere.

use std::borrow::Cow;

/// Whether to paint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paint {
    on: bool,
}

/// How a stretch of text looks, as the parameters of an SGR sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look(pub &'static str);

impl Look {
    /// Heavier.
    pub const BOLD: Look = Look("1");
    /// Set back.
    pub const DIM: Look = Look("2");
    /// Underlined.
    pub const UNDERLINE: Look = Look("4");
    /// Persons.
    pub const CYAN: Look = Look("36");
    /// Places.
    pub const GREEN: Look = Look("32");
    /// Organizations.
    pub const MAGENTA: Look = Look("35");
    /// Groups and events.
    pub const BLUE: Look = Look("34");
    /// Figures, and what was looked for.
    pub const YELLOW: Look = Look("1;33");
}

impl Paint {
    /// Paints if `on`.
    pub fn new(on: bool) -> Paint {
        Paint { on }
    }

    /// Whether it paints.
    pub fn is_on(self) -> bool {
        self.on
    }

    /// `text` with a look. It must be harmless already.
    pub fn text<'t>(self, look: Look, text: &'t str) -> Cow<'t, str> {
        match self.on && !text.is_empty() {
            true => Cow::Owned(format!("\x1b[{}m{text}\x1b[0m", look.0)),
            false => Cow::Borrowed(text),
        }
    }
}
