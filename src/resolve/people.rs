//! People: which full names are one person, and whom a surname or given name alone stands for.

use foldhash::{HashMap, HashSet};

use super::forms::{Form, word_before};
use super::joins::Joins;
use super::person_name::PersonName;
use crate::finding::{EntityKind, Mention};
use crate::lexicon::fold::fold;
use crate::lexicon::gazetteer;
use crate::lexicon::names::{self, Sex};
use crate::span::Span;

/// More full names than this with one surname are compared with their neighbours only: a list of
/// a family tree, not a news article.
const FAMILY: usize = 40;

/// Joins the forms that are one person's full name in more than one writing.
pub fn join_full_names(forms: &[Form], joins: &mut Joins) {
    let mut by_unit: HashMap<&str, Vec<usize>> = HashMap::default();
    for (i, form) in forms.iter().enumerate().filter(|(_, f)| f.is_full_person()) {
        let units = &form.person.units;
        let mut ends = vec![units[0].as_str(), units[units.len() - 1].as_str()];
        ends.dedup();
        for unit in ends {
            by_unit.entry(unit).or_default().push(i);
        }
    }
    let mut buckets: Vec<Vec<usize>> = by_unit.into_values().filter(|b| b.len() > 1).collect();
    buckets.sort_unstable();
    for bucket in buckets {
        for (n, &a) in bucket.iter().enumerate() {
            for &b in bucket[n + 1..].iter().take(FAMILY) {
                if same_person(&forms[a].person, &forms[b].person) {
                    joins.join(a, b, "full name in another form");
                }
            }
        }
    }
}

/// Whether two full names can be one person's.
fn same_person(a: &PersonName, b: &PersonName) -> bool {
    let generations = matches!((&a.suffix, &b.suffix), (Some(x), Some(y)) if x != y);
    let initials = [(a, b), (b, a)].iter().all(|(x, y)| !x.initials.starts_with(&y.initials));
    if generations || initials {
        return false;
    }
    // "Al Hussein" is a surname with its article where somebody's name ends so.
    for (x, y) in [(a, b), (b, a)] {
        if x.units.len() == 2 && x.units[0] == "al" && y.article && x.units.last() == y.units.last() {
            return true;
        }
    }
    let (short, long) = if a.units.len() <= b.units.len() { (a, b) } else { (b, a) };
    let (s, l) = (&short.units, &long.units);
    if s.len() == l.len() {
        let mut sorted = [s.clone(), l.clone()];
        sorted.iter_mut().for_each(|units| units.sort_unstable());
        return sorted[0] == sorted[1] || (s[1..] == l[1..] && same_given(&s[0], &l[0]));
    }
    // Middle names left out, or the first or last of several names.
    let outer = same_given(&s[0], &l[0]) && s[s.len() - 1] == l[l.len() - 1] && is_subsequence(s, l);
    outer || l.starts_with(s) || l.ends_with(s)
}

/// Whether all but the first of `short` stand in `long` in order.
fn is_subsequence(short: &[String], long: &[String]) -> bool {
    let mut rest = long[1..].iter();
    short[1..].iter().all(|unit| rest.any(|other| other == unit))
}

/// Whether two given names can be one person's: the same, an initial, a short form, a spelling.
fn same_given(a: &str, b: &str) -> bool {
    let initial = |x: &str, y: &str| x.chars().count() == 1 && y.starts_with(x);
    let sexes = matches!((names::sex(a), names::sex(b)), (Some(x), Some(y)) if x != y);
    a == b || initial(a, b) || initial(b, a) || names::is_nickname(a, b) || (!sexes && is_respelt(a, b))
}

/// Whether one letter tells two longer names apart, as in "Sergei" and "Sergey".
fn is_respelt(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if short.len() < 5 || long.len() > 24 || long.len() - short.len() > 1 {
        return false;
    }
    let head = short.iter().zip(long.iter()).take_while(|(x, y)| x == y).count();
    let tail = short.iter().rev().zip(long.iter().rev()).take_while(|(x, y)| x == y).count();
    head > 0 && head + tail >= long.len() - 1
}

/// Joins the single names that are one: "Francis" with "Pope Francis", "Elizabeth" with "Elizabeth II".
pub fn join_single_names(forms: &[Form], joins: &mut Joins) {
    let mut plain: HashMap<&str, usize> = HashMap::default();
    let mut reigning: HashMap<&str, Vec<usize>> = HashMap::default();
    for (i, form) in forms.iter().enumerate().filter(|(_, f)| f.is_short_person()) {
        let unit = form.person.units[0].as_str();
        if form.person.is_reigning() {
            reigning.entry(unit).or_default().push(i);
        } else if let Some(&other) = plain.get(unit) {
            joins.join(other, i, "same words");
        } else {
            plain.insert(unit, i);
        }
    }
    let mut reigning: Vec<(&str, Vec<usize>)> = reigning.into_iter().collect();
    reigning.sort_unstable();
    for (unit, kings) in reigning {
        if let ([king], Some(&short)) = (&kings[..], plain.get(unit)) {
            joins.join(short, *king, "name with title or number");
        }
    }
}

/// Joins nicknames with the full name that gives them in marks.
pub fn join_nicknames(forms: &[Form], joins: &mut Joins) {
    let by_key: HashMap<String, usize> = forms
        .iter()
        .enumerate()
        .filter(|(_, f)| f.kind == EntityKind::Person)
        .map(|(i, f)| (f.person.key(), i))
        .collect();
    for (i, form) in forms.iter().enumerate() {
        if let Some(&nickname) = form.person.nickname.as_ref().and_then(|n| by_key.get(n)) {
            joins.join(i, nickname, "nickname given in marks");
        }
    }
}

/// Joins single names with the full names they stand for. Where a name can stand for several people,
/// the mentions are decided one by one: `targets[mention]` is set to the form they mean.
pub fn join_short_names(
    text: &str,
    mentions: &[Mention],
    forms: &[Form],
    joins: &mut Joins,
    targets: &mut [usize],
) {
    let bearers = Bearers::new(text, mentions, forms);
    for (i, form) in forms.iter().enumerate().filter(|(_, f)| f.is_short_person()) {
        let Some((candidates, rule)) = bearers.of(&form.person, joins) else { continue };
        // A form that a woman's or man's title tells apart is decided mention by mention as well.
        let sexes: Vec<Option<Sex>> =
            form.mentions.iter().map(|&m| titled_sex(word_before(text, mentions[m].span).0)).collect();
        let fits = |candidate: usize, sex: Option<Sex>| match (sex, forms[candidate].person.units.first()) {
            (Some(sex), Some(given)) => names::sex(given).is_none_or(|s| s == sex),
            _ => true,
        };
        let roots = joins.roots(&candidates);
        if roots.len() == 1 && sexes.iter().all(|&sex| fits(candidates[0], sex)) {
            joins.join(i, roots[0], rule);
            continue;
        }
        let main = dominant(forms, &candidates, joins);
        let mut places: Vec<(usize, usize)> =
            candidates.iter().flat_map(|&c| forms[c].mentions.iter().map(move |&m| (m, c))).collect();
        places.sort_unstable();
        for (&m, &sex) in form.mentions.iter().zip(&sexes) {
            let main =
                main.filter(|&c| fits(c, sex)).map(|form| (form, "surname of whom the article is about"));
            let near = || nearest(&places, m, |c| fits(c, sex)).map(|form| (form, "nearest full name"));
            if let Some((form, rule)) = main.or_else(near) {
                targets[m] = form;
                joins.note(form, rule);
            }
        }
    }
}

/// Of several bearers of a name the one whom the article is about, if it names one by full name at least
/// twice as often as any other: the surname alone is then that person's, and the others are family.
fn dominant(forms: &[Form], candidates: &[usize], joins: &mut Joins) -> Option<usize> {
    let mut counts: Vec<(usize, usize, usize)> = Vec::new();
    for &c in candidates {
        let root = joins.root(c);
        let mentions = forms[c].mentions.len();
        match counts.iter().position(|(r, _, _)| *r == root) {
            Some(at) => counts[at].2 += mentions,
            None if counts.len() < FAMILY => counts.push((root, c, mentions)),
            None => {}
        }
    }
    counts.sort_by_key(|&(_, first, count)| (std::cmp::Reverse(count), first));
    match counts[..] {
        [(_, first, most), (_, _, next), ..] if most >= 2 * next => Some(first),
        _ => None,
    }
}

/// Joins a surname that was once taken for something else ("Assad", an organization) with the one full
/// name that it is the surname of, unless it is a known name or was found with confidence.
pub fn join_mistaken(forms: &[Form], joins: &mut Joins) {
    let mut by_surname: HashMap<&str, Vec<usize>> = HashMap::default();
    for (i, form) in forms.iter().enumerate().filter(|(_, f)| f.is_full_person()) {
        by_surname.entry(form.person.surname().unwrap_or("")).or_default().push(i);
    }
    for (i, form) in forms.iter().enumerate() {
        let doubtful = form.weight < DOUBT * form.mentions.len() as f32 || form.titled > 0;
        if form.kind == EntityKind::Person || form.known.is_some() || !doubtful {
            continue;
        }
        let parsed = PersonName::parse(&form.surface);
        let ([unit], true) = (&parsed.units[..], gazetteer::cities(&form.surface).is_empty()) else {
            continue;
        };
        if let Some(found) = by_surname.get(unit.as_str())
            && let [root] = joins.roots(found)[..]
        {
            joins.join(i, root, "surname of a full name");
        }
    }
}

/// The mean confidence below which a kind is doubted.
const DOUBT: f32 = 0.75;

/// How far from a mention a full name is looked for, in mentions of possible bearers.
const REACH: usize = 64;

/// The form of the last acceptable place before mention `m`, or of the first after it.
pub fn nearest(places: &[(usize, usize)], m: usize, accept: impl Fn(usize) -> bool) -> Option<usize> {
    let at = places.partition_point(|&(mention, _)| mention < m);
    let before = places[..at].iter().rev().take(REACH).find(|&&(_, form)| accept(form));
    before.or_else(|| places[at..].iter().take(REACH).find(|&&(_, form)| accept(form))).map(|&(_, form)| form)
}

/// The sex that a title before a name tells.
fn titled_sex(word: &str) -> Option<Sex> {
    match fold(word).as_str() {
        "mr" | "mister" | "sir" | "lord" | "king" | "prince" => Some(Sex::Male),
        "mrs" | "ms" | "miss" | "madame" | "dame" | "lady" | "baroness" | "queen" | "princess" => {
            Some(Sex::Female)
        }
        _ => None,
    }
}

/// The full names of an article by their parts.
struct Bearers<'f> {
    by_surname: HashMap<&'f str, Vec<usize>>,
    by_given: HashMap<&'f str, Vec<usize>>,
    by_middle: HashMap<&'f str, Vec<usize>>,
    /// Those brought in as somebody's father, wife or son: the surname alone is rarely theirs.
    kin: HashSet<usize>,
}

impl<'f> Bearers<'f> {
    fn new(text: &str, mentions: &[Mention], forms: &'f [Form]) -> Self {
        let mut bearers = Bearers {
            by_surname: HashMap::default(),
            by_given: HashMap::default(),
            by_middle: HashMap::default(),
            kin: HashSet::default(),
        };
        let full = |f: &Form| f.is_full_person();
        for (i, form) in forms.iter().enumerate().filter(|(_, f)| full(f)) {
            let units = &form.person.units;
            if form.mentions.iter().any(|&m| is_introduced_as_kin(text, mentions[m].span)) {
                bearers.kin.insert(i);
            }
            for (at, unit) in units.iter().enumerate() {
                let surname = form.person.surname() == Some(unit.as_str()) || at + 1 == units.len();
                let map = match at {
                    _ if surname => &mut bearers.by_surname,
                    0 => &mut bearers.by_given,
                    _ => &mut bearers.by_middle,
                };
                map.entry(unit.as_str()).or_default().push(i);
            }
        }
        bearers
    }

    /// The full names that a single name can stand for, and the rule that says so.
    fn of(&self, short: &PersonName, joins: &mut Joins) -> Option<(Vec<usize>, &'static str)> {
        let unit = short.units.first()?.as_str();
        if let Some(found) = self.by_surname.get(unit) {
            let others: Vec<usize> = found.iter().copied().filter(|f| !self.kin.contains(f)).collect();
            let found = if others.is_empty() { found.clone() } else { others };
            return Some((found, "surname of a full name"));
        }
        for (map, rule) in
            [(&self.by_given, "given name of a full name"), (&self.by_middle, "part of a full name")]
        {
            // Several people of one given name are told apart mention by mention, as families are.
            let several = rule.starts_with("given");
            if let Some(found) = map.get(unit)
                && (several || joins.roots(found).len() == 1)
            {
                return Some((found.clone(), rule));
            }
        }
        for given in names::given_of_nickname(unit) {
            if let Some(found) = self.by_given.get(given)
                && joins.roots(found).len() == 1
            {
                return Some((found.clone(), "nickname of a given name"));
            }
        }
        None
    }
}

/// Whether a name is brought in by a word of kinship: "his father, Tom Hall", "wife Ann Hall".
fn is_introduced_as_kin(text: &str, span: Span) -> bool {
    let start = text.floor_char_boundary(span.start.saturating_sub(24));
    let before = text[start..span.start].trim_end_matches([' ', ',']);
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    names::is_kin(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_names() {
        for (a, b, want) in [
            ("John F. Kerry", "John Kerry", true),
            ("Bill Clinton", "William Clinton", true),
            ("Bill Clinton", "Hillary Clinton", false),
            ("Joshua Abraham Norton", "Joshua Norton", true),
            ("J. Norton", "Joshua Norton", true),
            ("George W. Bush", "George H. W. Bush", false),
            ("George W. Bush", "George Bush", true),
            ("Orbán Viktor", "Viktor Orban", true),
            ("Sergey Lavrov", "Sergei Lavrov", true),
            ("Daniel Weber", "Danielle Weber", false),
            ("John Smith Jr.", "John Smith III", false),
            ("Gabriel García Márquez", "Gabriel García", true),
            ("Ann Lee", "Bruce Lee", false),
        ] {
            assert_eq!(same_person(&PersonName::parse(a), &PersonName::parse(b)), want, "{a} / {b}");
        }
    }
}
