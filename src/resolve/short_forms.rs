//! Short forms of what is no person: acronyms, and parts of a longer name.
//!
//! What the text itself says ("World Health Organization (WHO)") goes before what the letters say, and
//! a part of a name stands for the whole only where nothing else is known by it.

use foldhash::HashMap;

use super::forms::{Form, surface};
use super::joins::Joins;
use super::people::nearest;
use crate::finding::{EntityKind, Mention};
use crate::lexicon::known::known;
use crate::lexicon::{names, words};

/// Longest name, in words, whose parts and initials are looked at.
const WORDS: usize = 12;

/// Joins names that the text puts side by side as two names of one thing: the second in brackets, or
/// after "also known as".
pub fn join_bracketed(text: &str, mentions: &[Mention], forms: &[Form], of: &[usize], joins: &mut Joins) {
    for (i, pair) in mentions.windows(2).enumerate() {
        let (a, b) = (&pair[0], &pair[1]);
        let Some(between) = text.get(a.span.end..b.span.start).filter(|s| s.len() <= 64) else { continue };
        let (fa, fb) = (of[i], of[i + 1]);
        if !may_be_one(&forms[fa], &forms[fb]) || different_things(&forms[fa], &forms[fb]) {
            continue;
        }
        let (x, y) = (surface(a.span.of(text)), surface(b.span.of(text)));
        if is_bracket(between, &text[b.span.end..]) && name_each_other(&forms[fa], x, &forms[fb], y) {
            joins.join(fa, fb, "name in brackets");
        } else if names::is_alias_phrase(between)
            && (is_acronym(x) || is_acronym(y) || between.contains(" as "))
        {
            joins.join(fa, fb, "also known as");
        }
    }
}

/// Whether what lies between two names and what follows the second puts the second in brackets.
fn is_bracket(between: &str, after: &str) -> bool {
    const MARKS: [char; 7] = ['"', '“', '”', '\'', '’', '‘', ' '];
    let opened = between.trim_start_matches("'s").trim_start_matches(MARKS).strip_prefix('(');
    opened.is_some_and(|rest| matches!(rest.trim_matches(MARKS), "" | "the" | "or" | "now"))
        && after.trim_start_matches(MARKS).starts_with(')')
}

/// Whether of two names beside each other one shortens the other, rather than saying where it is.
fn name_each_other(a: &Form, x: &str, b: &Form, y: &str) -> bool {
    let lettered = initials_of(a, &b.folded) || initials_of(b, &a.folded);
    let known = a.known.is_some() && a.known == b.known;
    let acronym = is_acronym(y) && !is_acronym(x) && a.kind != EntityKind::Place;
    lettered || known || acronym
}

/// Whether reference data says that two names are two things.
fn different_things(a: &Form, b: &Form) -> bool {
    matches!((a.known, b.known), (Some(x), Some(y)) if x != y)
}

/// Whether the kinds of two forms allow them to be one thing.
fn may_be_one(a: &Form, b: &Form) -> bool {
    use EntityKind::{Event, Group, Organization, Person};
    let loose = |k| matches!(k, Organization | Event | Group);
    (a.kind == Person) == (b.kind == Person) && (a.kind == b.kind || (loose(a.kind) && loose(b.kind)))
}

/// Whether a name is written as an acronym: one word, mostly capitals, two to nine letters.
pub fn is_acronym(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    !name.contains(char::is_whitespace)
        && (2..=9).contains(&letters)
        && capitals >= 2
        && capitals * 2 >= letters
}

/// Joins acronyms with the one longer name whose initials they are.
pub fn join_initials(forms: &[Form], joins: &mut Joins) {
    let acronyms: Vec<usize> = (0..forms.len())
        .filter(|&i| forms[i].known.is_none() && forms[i].kind != EntityKind::Person)
        .filter(|&i| is_acronym(&forms[i].surface))
        .collect();
    if acronyms.is_empty() {
        return;
    }
    let mut by_initials: HashMap<String, Vec<usize>> = HashMap::default();
    for (i, form) in forms.iter().enumerate().filter(|(_, f)| f.kind != EntityKind::Person) {
        for initials in initials(form) {
            by_initials.entry(initials).or_default().push(i);
        }
    }
    for i in acronyms {
        let form = &forms[i];
        let Some(found) = by_initials.get(form.folded.as_str()) else { continue };
        if let [root] = joins.roots(found)[..]
            && may_be_one(form, &forms[root])
        {
            joins.join(i, root, "initials of a name");
        }
    }
}

/// The initials that a name of several words can be shortened to.
fn initials(form: &Form) -> Vec<String> {
    let all = form.words();
    if all.len() < 2 || all.len() > WORDS {
        return Vec::new();
    }
    let take = |words: &[&str]| words.iter().filter_map(|w| w.chars().next()).collect::<String>();
    let content: Vec<&str> =
        all.iter().copied().filter(|w| !words::is_function_word(w) && *w != "for").collect();
    let mut out = vec![take(&all), take(&content)];
    // "Inter-Services Intelligence agency": a lower-case word at the end is no part of the acronym.
    if form.surface.rsplit(' ').next().is_some_and(|w| w.starts_with(char::is_lowercase)) && content.len() > 2
    {
        out.push(take(&content[..content.len() - 1]));
    }
    out.retain(|s| s.chars().count() >= 2);
    out.sort_unstable();
    out.dedup();
    out
}

/// Joins names of the same words in the same order but for small ones: "Institute for the Rivers" with
/// "Institute of Rivers".
pub fn join_same_words(forms: &[Form], joins: &mut Joins) {
    let mut by_words: HashMap<(EntityKind, String), usize> = HashMap::default();
    for (i, form) in
        forms.iter().enumerate().filter(|(_, f)| f.kind != EntityKind::Person && f.known.is_none())
    {
        let words: Vec<&str> = form.words().into_iter().filter(|w| !words::is_function_word(w)).collect();
        if words.len() < 3 {
            continue;
        }
        let other = *by_words.entry((form.kind, words.join(" "))).or_insert(i);
        if other != i {
            joins.join(other, i, "same words but for small ones");
        }
    }
}

fn initials_of(long: &Form, acronym: &str) -> bool {
    initials(long).iter().any(|i| i == acronym)
}

/// Joins organizations' short names with the longer names they are the beginning or end of: "Bayern"
/// with "Bayern Munich", "the Commission" with "European Commission".
///
/// The longer name must come first, but for a headline: where "Apple" stands before "Apple Music", they
/// are two.
pub fn join_parts(
    mentions: &[Mention],
    forms: &[Form],
    headline: usize,
    joins: &mut Joins,
    targets: &mut [usize],
) {
    let parts = Parts::new(forms);
    let after_headline =
        |form: &Form| form.mentions.iter().copied().find(|&m| mentions[m].span.start >= headline);
    for (i, form) in forms.iter().enumerate().filter(|(_, f)| f.kind == EntityKind::Organization) {
        let first = after_headline(form);
        for (found, certain) in parts.of(form) {
            let introduced = |long: &usize| {
                first.is_none_or(|first| after_headline(&forms[*long]).is_some_and(|m| m < first))
            };
            let found: Vec<usize> =
                found.iter().copied().filter(|long| certain || introduced(long)).collect();
            match joins.roots(&found)[..] {
                [] => continue,
                [root] => joins.join(i, root, "part of a longer name"),
                _ => attach_nearest(forms, form, &found, joins, targets),
            }
            break;
        }
    }
}

/// The longer names of an article by the parts that may stand for them.
struct Parts {
    /// Names that only add to the part what kind of thing it is or whose: "Calder Group" by "calder",
    /// "House of Elders" by "house", "U.S. Senate" by "senate".
    certain: HashMap<String, Vec<usize>>,
    /// Names that begin with the part: "Bayern Munich" by "bayern".
    heads: HashMap<String, Vec<usize>>,
    /// Names that end with the part: "European Commission" by "commission".
    tails: HashMap<String, Vec<usize>>,
}

impl Parts {
    fn new(forms: &[Form]) -> Parts {
        let mut parts =
            Parts { certain: HashMap::default(), heads: HashMap::default(), tails: HashMap::default() };
        for (i, form) in forms.iter().enumerate().filter(|(_, f)| f.kind == EntityKind::Organization) {
            let words = form.words();
            if !(2..=WORDS).contains(&words.len()) {
                continue;
            }
            for cut in 1..words.len() {
                let (head, tail) = words.split_at(cut);
                let whose = words::is_function_word(tail[0]);
                let company = tail.len() == 1 && names::is_company(tail[0]);
                if whose || company {
                    parts.certain.entry(head.join(" ")).or_default().push(i);
                    // "Green Party" of "Democratic Green Party of Rwanda".
                    for start in 1..head.len() {
                        parts.tails.entry(head[start..].join(" ")).or_default().push(i);
                    }
                } else if !is_body_of_its_own(tail) {
                    parts.heads.entry(head.join(" ")).or_default().push(i);
                }
                let whole_head = head.join(" ");
                let country =
                    [EntityKind::Place, EntityKind::Group].iter().any(|k| known(*k, &whole_head).is_some());
                if country {
                    parts.certain.entry(tail.join(" ")).or_default().push(i);
                } else if !words::is_function_word(head[cut - 1]) {
                    // "of the Council of Europe": what follows "of" is another thing.
                    parts.tails.entry(tail.join(" ")).or_default().push(i);
                }
            }
        }
        parts
    }

    /// The longer names that a form can stand for, the surest first, with whether they need not have
    /// been introduced before it. A known name stands for nothing longer but a company of its name.
    fn of(&self, form: &Form) -> impl Iterator<Item = (&Vec<usize>, bool)> {
        let maps = [(&self.certain, true), (&self.heads, false), (&self.tails, false)];
        let known = form.known.is_some();
        maps.into_iter()
            .take(if known { 1 } else { 3 })
            .filter_map(|(map, certain)| Some((map.get(form.folded.as_str())?, certain)))
    }
}

/// Whether what follows a name makes it a body of its own: "General Assembly", "Institute for Peace".
fn is_body_of_its_own(tail: &[&str]) -> bool {
    let head = tail.iter().position(|w| words::is_function_word(w)).unwrap_or(tail.len());
    tail[..head].iter().any(|w| names::is_body(w))
}

/// Gives each mention of a form the nearest of several names.
fn attach_nearest(forms: &[Form], form: &Form, found: &[usize], joins: &mut Joins, targets: &mut [usize]) {
    let mut places: Vec<(usize, usize)> =
        found.iter().flat_map(|&c| forms[c].mentions.iter().map(move |&m| (m, c))).collect();
    places.sort_unstable();
    for &m in &form.mentions {
        if let Some(target) = nearest(&places, m, |_| true) {
            targets[m] = target;
            joins.note(target, "nearest longer name");
        }
    }
}

/// Joins "the North" with the one country of the article whose name begins so.
pub fn join_compass(forms: &[Form], joins: &mut Joins) {
    for (i, form) in forms.iter().enumerate().filter(|(_, f)| f.kind != EntityKind::Person) {
        if !matches!(form.folded.as_str(), "north" | "south" | "east" | "west") {
            continue;
        }
        let countries: Vec<usize> = forms
            .iter()
            .enumerate()
            .filter(|(_, f)| f.known.is_some_and(|k| k.is_country))
            .filter(|(_, f)| f.folded.split(' ').next() == Some(form.folded.as_str()))
            .map(|(j, _)| j)
            .collect();
        if let [country] = joins.roots(&countries)[..] {
            joins.join(i, country, "part of a longer name");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_acronym;

    #[test]
    fn acronyms() {
        for name in ["WHO", "ISIS", "AfD", "U.N.", "HoGeSa", "G20X"] {
            assert!(is_acronym(name), "{name}");
        }
        for name in ["Daesh", "World Bank", "G", "FRANKFURTER ALLGEMEINE", "Obama"] {
            assert!(!is_acronym(name), "{name}");
        }
    }
}
