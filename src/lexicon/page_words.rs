//! Small classes of words that pages use: buttons, photo words, labels, roles of writers.

use foldhash::HashSet;
use std::sync::LazyLock;

static PAGE_WORDS: &str = include_str!("../../seeds/reference/page_words.csv");

fn class(name: &str) -> HashSet<&'static str> {
    PAGE_WORDS
        .lines()
        .filter_map(|line| line.split_once(','))
        .filter(|(class, _)| *class == name)
        .map(|(_, w)| w)
        .collect()
}

static BUTTON: LazyLock<HashSet<&str>> = LazyLock::new(|| class("button"));
static LONE_BUTTON: LazyLock<HashSet<&str>> = LazyLock::new(|| class("lone button"));
static FILLER: LazyLock<HashSet<&str>> = LazyLock::new(|| class("filler"));
static PHOTO: LazyLock<HashSet<&str>> = LazyLock::new(|| class("photo"));
static LABEL: LazyLock<HashSet<&str>> = LazyLock::new(|| class("label"));
static DOCUMENT_LABEL: LazyLock<HashSet<&str>> = LazyLock::new(|| class("document label"));
static LINE_LABEL: LazyLock<HashSet<&str>> = LazyLock::new(|| class("line label"));
static ROLE: LazyLock<HashSet<&str>> = LazyLock::new(|| class("role"));
static PUBLISHED: LazyLock<HashSet<&str>> = LazyLock::new(|| class("published"));
static UPDATED: LazyLock<HashSet<&str>> = LazyLock::new(|| class("updated"));
static DATED_FILLER: LazyLock<HashSet<&str>> = LazyLock::new(|| class("dated filler"));
static OUTLET_WORD: LazyLock<HashSet<&str>> = LazyLock::new(|| class("outlet word"));
static COMPANY_FORM: LazyLock<HashSet<&str>> = LazyLock::new(|| class("company form"));

/// Whether a button or a counter of a page says it: "tweet", "likes".
pub fn is_button(word: &str) -> bool {
    BUTTON.contains(word)
}

/// Whether it is a button where it stands alone: "tweet", not "views".
pub fn is_lone_button(word: &str) -> bool {
    LONE_BUTTON.contains(word)
}

/// Whether it may stand between the words of buttons: "on", "via".
pub fn is_filler(word: &str) -> bool {
    FILLER.contains(word)
}

/// Whether a photo credit has it: "photo", "courtesy".
pub fn is_photo_word(word: &str) -> bool {
    PHOTO.contains(word)
}

/// Whether it is put before a headline: "breaking", "live updates".
pub fn is_label(words: &str) -> bool {
    LABEL.contains(words)
}

/// Whether it is a label that a headline may have its news from: "report", "poll".
pub fn is_document_label(words: &str) -> bool {
    DOCUMENT_LABEL.contains(words)
}

/// Whether it opens a line of a page with a colon and is nobody who speaks there: "update", "read more".
pub fn is_line_label(words: &str) -> bool {
    is_label(words) || LINE_LABEL.contains(words)
}

/// Whether it belongs to what a writer is: "staff", "correspondent".
pub fn is_role_word(word: &str) -> bool {
    ROLE.contains(word)
}

/// Whether it says that a date is of publication: "posted".
pub fn is_published(word: &str) -> bool {
    PUBLISHED.contains(word)
}

/// Whether it says that a date is of a later change: "updated".
pub fn is_updated(word: &str) -> bool {
    UPDATED.contains(word)
}

/// Whether it may stand around a date: "last", "on".
pub fn is_dated_filler(word: &str) -> bool {
    DATED_FILLER.contains(word)
}

/// Whether outlets have it in their names: "news", "herald".
pub fn is_outlet_word(word: &str) -> bool {
    OUTLET_WORD.contains(word)
}

/// Whether it is the form of a company: "llc".
pub fn is_company_form(word: &str) -> bool {
    COMPANY_FORM.contains(word)
}
