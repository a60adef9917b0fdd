//! Layout: who speaks where the page's layout says so, not a sentence.
//!
//! Interviews and transcripts open each turn with a label: "Q:", "ROE:", "THE CHAIR:", "Ada Roe:". One such
//! line may be a headline's manner ("BREAKING:"), so labels count where a text has two or more; those that are
//! not in capitals only where people speak behind them, a fact box having such lines too ("Age: 34"). A
//! dialogue may open its turns with a dash instead. A post that a page holds whole is told by its handle, before
//! it ("@roe: ...") or behind ("... — Ada Roe (@roe) May 4, 2021"). A crosshead between paragraphs repeats in
//! marks what somebody further down says; it credits nobody.

use super::marks::Stretch;
use crate::annotate::Annotation;
use crate::lexicon::page_words;
use crate::span::Span;

/// The longest label, in bytes.
const LONGEST: usize = 60;
/// Words of the longest label in capitals, and of one that is not.
const MOST_WORDS: usize = 5;
const MOST_NAMES: usize = 4;
/// Words of the longest crosshead.
const CROSSHEAD: usize = 8;
/// How many marks of bold print may stand around a label.
const BOLD: usize = 3;

/// A turn of a dialogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// Who speaks: the label without its colon, and without what he is ("ROE, NEWS ANCHOR").
    pub label: Span,
    /// What is said: to the paragraph's end, or to the name that signs it.
    pub said: Span,
}

/// How sure a label is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    /// In capitals, or the Q and A of an interview.
    Capitals,
    /// "Q." and "A.": they come together.
    Dotted,
    /// "Ada Roe": a name, or the first words of any line.
    Name,
    /// "@roe", or a name with a handle behind it: a post, sure by itself.
    Handle,
}

/// The label that opens the text, without its colon: capitals, or the Q and A of an interview.
pub fn label(text: &str, span: Span) -> Option<Span> {
    opened(text, span).filter(|(_, look)| *look == Look::Capitals).map(|(turn, _)| turn.label)
}

fn opened(text: &str, span: Span) -> Option<(Turn, Look)> {
    let head: &str = span.of(text);
    let turn = |len: usize, said: usize| Turn {
        label: Span::new(span.start, span.start + len),
        said: Span::new(span.start + said, span.end).trim(text),
    };
    if let Some(post) = post(text, span) {
        return Some((post, Look::Handle));
    }
    if let Some(said) = head.strip_prefix("Q. ").or_else(|| head.strip_prefix("A. ")) {
        return said.starts_with(char::is_uppercase).then(|| (turn(1, 2), Look::Dotted));
    }
    // "**Q:** Was it late?": a label between the marks of bold print.
    let bold = head.len() - head.trim_start_matches(['*', '_']).len();
    if (1..=BOLD).contains(&bold) {
        let (mut turn, look) = opened(text, Span::new(span.start + bold, span.end))?;
        let said = turn.said.of(text);
        let rest = said.trim_start_matches(['*', '_']).trim_start();
        turn.said = Span::new(turn.said.end - rest.len(), turn.said.end);
        return (!rest.is_empty()).then_some((turn, look));
    }
    let colon = head.char_indices().take(LONGEST).find(|(_, c)| *c == ':').map(|(i, _)| i)?;
    // What is said must follow on the line.
    if head[colon + 1..].trim_start().len() <= 1 || !head.starts_with(char::is_alphabetic) {
        return None;
    }
    // "ROE (on camera)", "ROE, NEWS ANCHOR"
    let whole = head[..colon].trim_end().trim_end_matches(['*', '_']).trim_end();
    let bare = match whole.strip_suffix(')').and_then(|open| open.rsplit_once('(')) {
        Some((name, _)) => name.trim_end(),
        None => whole,
    };
    let words = bare.split(',').next().unwrap_or(bare).trim_end_matches('.').trim_end();
    if page_words::is_line_label(&words.to_lowercase()) {
        return None;
    }
    let look = look(words, bare)?;
    Some((turn(words.len(), colon + 1), look))
}

/// A post: "@roe: We sail at ten.", "We sail at ten. — Ada Roe (@roe) May 4, 2021".
fn post(text: &str, span: Span) -> Option<Turn> {
    let head = span.of(text);
    let lead = if head.starts_with("RT @") { 3 } else { 0 };
    if let Some(len) = handle(&head[lead..])
        && head[lead + len..].starts_with(": ")
    {
        let start = span.start + lead;
        let said = Span::new(start + len + 2, span.end).trim(text);
        return (!said.is_empty()).then_some(Turn { label: Span::new(start, start + len), said });
    }
    let open = head.rfind(" (@")?;
    let len = handle(&head[open + 2..])?;
    let date = head[open + 2 + len..].strip_prefix(')')?.trim();
    let is_date = date.len() <= LONGEST && date.ends_with(|c: char| c.is_ascii_digit());
    let dash = head[..open].rfind(['—', '―', '–'])?;
    let name = Span::new(span.start + dash, span.start + open);
    let name =
        Span::new(name.start + name.of(text).chars().next().map_or(0, char::len_utf8), name.end).trim(text);
    let said = Span::new(span.start, span.start + dash).trim(text);
    let fits = is_date
        && !said.is_empty()
        && name.len() <= LONGEST
        && name.of(text).starts_with(char::is_alphabetic);
    fits.then_some(Turn { label: name, said })
}

/// Bytes of the handle that opens a text: "@port_sable".
fn handle(text: &str) -> Option<usize> {
    let name = text.strip_prefix('@')?;
    let len = name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(name.len());
    (2..=30).contains(&len).then_some(len + 1)
}

/// How a label looks: the name by itself, and with what its bearer is.
fn look(name: &str, whole: &str) -> Option<Look> {
    if matches!(name, "Q" | "A" | "Question" | "Answer") {
        return Some(Look::Capitals);
    }
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let fits = |c: char| c.is_alphabetic() || matches!(c, ' ' | '.' | '\'' | '’' | '-');
    if letters < 2 || !name.chars().all(fits) {
        return None;
    }
    let words = name.split_whitespace().count();
    if !whole.contains(char::is_lowercase) {
        return (words <= MOST_WORDS).then_some(Look::Capitals);
    }
    let is_name = |word: &str| word.starts_with(char::is_uppercase);
    (words <= MOST_NAMES && name == whole && name.split_whitespace().all(is_name)).then_some(Look::Name)
}

/// For each paragraph its turn; none of them has one where the text is no dialogue.
pub fn turns(text: &str, annotation: &Annotation) -> Vec<Option<Turn>> {
    let mut opened: Vec<Option<(Turn, Look)>> =
        annotation.paragraphs.iter().map(|&p| opened(text, p)).collect();
    if !is_interview(text, &opened) {
        drop_look(&mut opened, Look::Dotted);
    }
    if !is_spoken(text, &opened) {
        drop_look(&mut opened, Look::Name);
    }
    let others = opened.iter().flatten().filter(|(_, look)| *look != Look::Handle).count();
    if others < 2 {
        opened.iter_mut().for_each(|found| *found = found.filter(|(_, look)| *look == Look::Handle));
    }
    opened.into_iter().map(|found| found.map(|(turn, _)| turn)).collect()
}

fn drop_look(opened: &mut [Option<(Turn, Look)>], dropped: Look) {
    for found in opened {
        *found = found.filter(|(_, look)| *look != dropped);
    }
}

/// Whether a text has both "Q." and "A."; one alone may begin a name.
fn is_interview(text: &str, opened: &[Option<(Turn, Look)>]) -> bool {
    let dotted = |letter: &str| {
        opened.iter().flatten().any(|(turn, look)| *look == Look::Dotted && turn.label.of(text) == letter)
    };
    dotted("Q") && dotted("A")
}

/// Whether names before colons are those of speakers: two or more of them, one more than once, and twice or
/// oftener somebody asks, or speaks of himself or to another.
fn is_spoken(text: &str, opened: &[Option<(Turn, Look)>]) -> bool {
    let mut names: Vec<&str> = Vec::new();
    let mut spoken = 0;
    for (turn, _) in opened.iter().flatten().filter(|(_, look)| *look != Look::Handle) {
        let said = turn.said.of(text);
        names.push(turn.label.of(text));
        spoken += usize::from(said.trim_end().ends_with('?') || said.split_whitespace().any(is_of_speakers));
    }
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    spoken >= 2 && names.len() >= 2 && names.len() < all
}

/// Whether a word is said by one person to another: "I", "you're".
fn is_of_speakers(word: &str) -> bool {
    let end = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
    matches!(word[..end].to_lowercase().as_str(), "i" | "me" | "my" | "we" | "us" | "our" | "you" | "your")
}

/// Where the turn that each paragraph opens with a dash begins, past the dash: two must follow each other.
pub fn dashes(text: &str, annotation: &Annotation) -> Vec<Option<usize>> {
    let opened = |p: &Span| {
        let said = p.of(text).strip_prefix(['—', '―', '–'])?.trim_start();
        said.starts_with(char::is_alphanumeric).then(|| p.end - said.len())
    };
    let mut out: Vec<Option<usize>> = annotation.paragraphs.iter().map(opened).collect();
    let alone = |i: usize| {
        let near = |k: Option<usize>| k.and_then(|k| out.get(k)).is_some_and(Option::is_some);
        !near(i.checked_sub(1)) && !near(Some(i + 1))
    };
    let alone: Vec<bool> = (0..out.len()).map(alone).collect();
    for (turn, alone) in out.iter_mut().zip(alone) {
        *turn = turn.filter(|_| !alone);
    }
    out
}

/// For each paragraph whether it is a crosshead: a few words in single marks and nothing else, in a text that
/// quotes in double ones. The first paragraph is the headline, and one that a colon announces is a quote.
pub fn crossheads(text: &str, annotation: &Annotation, stretches: &[Stretch]) -> Vec<bool> {
    let mut out = vec![false; annotation.paragraphs.len()];
    let top = || stretches.iter().filter(|s| s.parent.is_none());
    let singles = top().filter(|s| s.single).count();
    if 2 * singles > stretches.len() {
        return out;
    }
    for s in top().filter(|s| s.single && s.closed && s.paragraph > 0) {
        let paragraph = annotation.paragraphs[s.paragraph];
        let rest = Span::new(s.outer.end, paragraph.end).of(text);
        let alone = s.outer.start == paragraph.start && !rest.contains(char::is_alphanumeric);
        let announced = annotation.paragraphs[s.paragraph - 1].of(text).trim_end().ends_with(':');
        let few = s.inner.of(text).split_whitespace().take(CROSSHEAD + 1).count() <= CROSSHEAD;
        out[s.paragraph] = alone && few && !announced;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::turns;
    use crate::annotate::annotate;

    /// Each turn as "label|what is said".
    fn told(text: &str) -> Vec<String> {
        let annotation = annotate(text);
        let turns = turns(text, &annotation);
        let told = turns.iter().flatten();
        told.map(|turn| format!("{}|{}", turn.label.of(text), turn.said.of(text))).collect()
    }

    #[test]
    fn turns_open_with_who_speaks() {
        for (text, want) in [
            ("ROE: Was it late?\n\nTHE CHAIR: It was.", &["ROE|Was it late?", "THE CHAIR|It was."][..]),
            ("Q: Was it late?\n\nA: It was.", &["Q|Was it late?", "A|It was."]),
            ("Q. Was it late?\n\nA. Why: it was.", &["Q|Was it late?", "A|Why: it was."]),
            (
                "ADA ROE, HARBOUR MASTER: Was it late?\n\nVALE (by telephone): It was.",
                &["ADA ROE|Was it late?", "VALE|It was."],
            ),
            (
                "Ledger: Were you late?\n\nAda Roe: I was.\n\nLedger: Will you be late again?",
                &["Ledger|Were you late?", "Ada Roe|I was.", "Ledger|Will you be late again?"],
            ),
            (
                "Ledger: Were you late?\n\nDr. Roe: I was. I slept.\n\nAnd that was that.\n\nDr. Roe: We all were.",
                &["Ledger|Were you late?", "Dr. Roe|I was. I slept.", "Dr. Roe|We all were."],
            ),
            ("**Q:** Was it late?\n\n**A:** It was.", &["Q|Was it late?", "A|It was."]),
            ("__ROE__: Was it late?\n\n**VALE:** It was.", &["ROE|Was it late?", "VALE|It was."]),
            ("@port_sable: The ferry sails at ten.", &["@port_sable|The ferry sails at ten."]),
            ("RT @roe: We sail at ten.", &["@roe|We sail at ten."]),
            (
                "He wrote:\n\nWe sail at ten. pic.example/x — Ada Roe (@port_sable) May 4, 2021",
                &["Ada Roe|We sail at ten. pic.example/x"],
            ),
        ] {
            assert_eq!(told(text), want, "{text}");
        }
    }

    #[test]
    fn labels_of_the_page_and_of_fact_boxes_open_no_turn() {
        for text in [
            "UPDATE: The ferry sails again.\n\nNOTE: All times are local.",
            "PHOTOS: The ferry in the harbour\n\nREAD MORE: What we know",
            "Age: 34\n\nTown: Port Sable\n\nAge: 36\n\nTown: Hull",
            "A. Roe was late.\n\nA. Vale was not.",
            "Late: The ferry was an hour late.\n\nWorse: Nobody told us why.",
            "BREAKING: The ferry is late.",
            "ROE:\n\nVALE:",
            "Follow the harbour on its page — or write to Ada Roe (@port_sable) today",
            "@port_sable said so: the ferry sails.",
        ] {
            assert_eq!(told(text), [""; 0], "{text}");
        }
    }
}
