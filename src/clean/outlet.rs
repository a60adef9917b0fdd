//! The outlet: who published the article, and what in the document says so.
//!
//! A citation ("according to ...") or a photographer's credit says nothing about it. An agency's credit
//! gives way to the notice of the site that printed the agency's report, and a line that names the
//! source goes before both.

use super::blocks::Piece;
use super::byline;
use super::dateline::{self, Dateline};
use crate::article::{Evidenced, Role};
use crate::lexicon::furniture::words_of;
use crate::lexicon::{calendar, outlets, page_words};

/// What there is to judge by.
pub(super) struct Clues<'a, 't> {
    pub pieces: &'a [Piece<'t>],
    pub dateline: Option<&'a (Dateline, Evidenced)>,
    pub byline: Option<&'a Evidenced>,
}

/// The outlet, by the strongest clue.
pub(super) fn find(clues: &Clues) -> Option<Evidenced> {
    source_line(clues)
        .or_else(|| site_notice(clues))
        .or_else(|| copyright(clues).filter(|e| !is_agency(&e.value)))
        .or_else(|| headline_suffix(clues))
        .or_else(|| credit(clues))
        .or_else(|| in_byline(clues))
        .or_else(|| site_name(clues))
        .or_else(|| copyright(clues))
        .or_else(|| sign_off(clues))
}

fn is_agency(name: &str) -> bool {
    outlets::known(name).is_some_and(|o| o.is_agency())
}

fn evidenced(name: &str, evidence: &str, rule: &'static str) -> Option<Evidenced> {
    let value = outlets::known(name).map_or_else(|| name.to_owned(), |o| o.name.to_owned());
    Some(Evidenced { value, evidence: evidence.trim().to_owned(), rule, span: None })
}

fn set_aside<'a, 't>(clues: &Clues<'a, 't>) -> impl Iterator<Item = (&'a Piece<'t>, &'static str)> {
    clues.pieces.iter().filter_map(|piece| match piece.verdict {
        Some((Role::Furniture, reason)) => Some((piece, reason)),
        _ => None,
    })
}

/// "Source: X", "Originally published by X", "Published in X, May 5th, 2016".
fn source_line(clues: &Clues) -> Option<Evidenced> {
    const LEADS: [&str; 8] = [
        "published by ",
        "published in ",
        "published on ",
        "published at ",
        "appeared in ",
        "appeared on ",
        "appeared at ",
        "Published in ",
    ];
    set_aside(clues).find_map(|(piece, reason)| {
        let text = piece.text.trim_end_matches('.');
        let names = match reason {
            "source line" => text.split_once(':')?.1,
            "related link" | "date line" => LEADS.iter().find_map(|lead| text.split_once(lead))?.1,
            _ => return None,
        };
        let names = names.split(" on ").next()?.split('|').next()?;
        let each = || names.split(['/', ',', ';']).flat_map(|part| part.split(" and ")).map(str::trim);
        let name = each().find(|part| outlets::known(part).is_some()).or_else(|| each().next())?;
        (is_name(name) && !is_anybody(name)).then(|| evidenced(name, piece.text, "source line")).flatten()
    })
}

/// Whether words name nobody in particular: "Agencies", "Staff".
fn is_anybody(name: &str) -> bool {
    name.split_whitespace()
        .any(|w| matches!(w.to_lowercase().as_str(), "agencies" | "staff" | "wires" | "internet" | "various"))
        || name.starts_with(|c: char| c.is_ascii_digit())
        || calendar::month(name.split_whitespace().next().unwrap_or("")).is_some()
}

/// The site speaks of itself: "X's website can also be accessed", "X is not responsible for".
fn site_notice(clues: &Clues) -> Option<Evidenced> {
    set_aside(clues).find_map(|(piece, reason)| {
        let text = piece.text;
        match reason {
            "site notice" => {
                let name =
                    ["’s website can", "'s website can", " website can also", " is not responsible for"]
                        .iter()
                        .find_map(|after| text.split_once(after).map(|(name, _)| name.trim()))?;
                let name = name.strip_prefix("The ").filter(|n| outlets::known(n).is_some()).unwrap_or(name);
                is_name(name).then(|| evidenced(name, text, "site notice")).flatten()
            }
            "follow prompt" | "newsletter" | "app prompt" => {
                let name = text
                    .split_once(' ')
                    .map(|(_, rest)| rest)?
                    .trim_start_matches("to ")
                    .trim_start_matches("for ")
                    .trim_start_matches("the ");
                let end = [" on ", " newsletter", " app", " at ", "’s ", "'s "]
                    .iter()
                    .filter_map(|stop| name.find(stop))
                    .min()
                    .unwrap_or(name.len());
                let name = name[..end].trim_end_matches(['.', ':', '!', ' ']);
                (is_name(name) && (outlets::known(name).is_some() || has_outlet_word(name)))
                    .then(|| evidenced(name, text, "site notice"))
                    .flatten()
            }
            _ => None,
        }
    })
}

/// "© 2025 X. All rights reserved."
fn copyright(clues: &Clues) -> Option<Evidenced> {
    set_aside(clues).filter(|(_, reason)| *reason == "copyright").find_map(|(piece, _)| {
        let name = copyright_holder(piece.text)?;
        evidenced(&name, piece.text, "copyright line")
    })
}

/// The name that a copyright line gives, without years and the company's form.
fn copyright_holder(line: &str) -> Option<String> {
    let lower = line.to_ascii_lowercase();
    // "© Anvil/ Jane Roe" credits a picture.
    if line.contains('/') && !lower.contains("reserved") {
        return None;
    }
    let start = [
        lower.rfind('©').map(|at| at + '©'.len_utf8()),
        lower.rfind("copyright").map(|at| at + 9),
        lower.rfind("(c)").map(|at| at + 3),
    ]
    .into_iter()
    .flatten()
    .max()?;
    let rest = line.get(start..)?;
    let end = ["all rights", "powered by", "designed by", "reproduction", "this material", "may not be"]
        .iter()
        .filter_map(|stop| rest.to_ascii_lowercase().find(stop))
        .min()
        .unwrap_or(rest.len());
    rest.get(..end)?.split([',', '|', '•', '·', '\n']).flat_map(|part| part.split(". ")).find_map(|part| {
        let words: Vec<&str> = part
            .split_whitespace()
            .filter(|w| !is_year(w) && !matches!(w.to_lowercase().as_str(), "by" | "-" | "–" | "(c)" | "©"))
            .collect();
        let mut name = words.join(" ");
        name.truncate(name.trim_end_matches(['.', ',', ' ']).len());
        while let Some((head, last)) = name.rsplit_once(' ') {
            if !page_words::is_company_form(&last.to_lowercase()) || outlets::known(&name).is_some() {
                break;
            }
            name = head.trim_end_matches([',', '.']).to_owned();
        }
        let picture = outlets::known(&name).is_some_and(|o| o.is_photo_agency());
        (is_name(&name) && !picture).then_some(name)
    })
}

fn is_year(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '–' | '.' | ',' | '/'))
}

/// A headline with a known site's name at its end.
fn headline_suffix(clues: &Clues) -> Option<Evidenced> {
    clues
        .pieces
        .iter()
        .filter(|p| matches!(p.verdict, Some((Role::Title, _) | (Role::Furniture, "page title"))))
        .find_map(|piece| {
            let line = piece.text.split_whitespace().collect::<Vec<_>>().join(" ");
            let (_, name) = site_suffix(&line)?;
            evidenced(name, piece.text, "headline suffix")
        })
}

/// Splits "Mayor leaves town - BBC News" into the headline and a known outlet; a section's name between
/// the two ("Mayor leaves town | UK news | The Guardian") goes as well.
pub(super) fn site_suffix(line: &str) -> Option<(&str, &str)> {
    [" | ", " - ", " – ", " — ", " :: ", " » "].iter().find_map(|mark| {
        let (headline, name) = line.rsplit_once(mark)?;
        outlets::known(name)?;
        let section =
            headline.rsplit_once(mark).filter(|(_, section)| section.split_whitespace().count() <= 3);
        Some((section.map_or(headline, |(headline, _)| headline).trim_end(), name.trim()))
    })
}

/// The credit of the dateline: "HALDEN (AP) —".
fn credit(clues: &Clues) -> Option<Evidenced> {
    let (dateline, place) = clues.dateline?;
    let words = dateline.credit.as_deref()?;
    let name = dateline::known_credit(words).map_or(words, |o| o.name);
    Some(Evidenced { span: place.span, ..evidenced(name, &place.evidence, "dateline credit")? })
}

fn in_byline(clues: &Clues) -> Option<Evidenced> {
    let byline = clues.byline?;
    let outlet = byline::outlet_of(&byline.value)?;
    evidenced(outlet.name, &byline.evidence, "byline")
}

/// The page's head names a known outlet and nothing else.
fn site_name(clues: &Clues) -> Option<Evidenced> {
    set_aside(clues)
        .filter(|(_, reason)| *reason == "site name")
        .find_map(|(piece, _)| evidenced(piece.text.trim(), piece.text, "site name"))
}

/// An agency signs at the end of the last paragraph: "... on Monday. — AFP", "... on Monday. (Reuters)".
fn sign_off(clues: &Clues) -> Option<Evidenced> {
    let last = clues.pieces.iter().rev().find(|p| matches!(p.verdict, Some((Role::Body, _))))?;
    let start = last.text.trim_end().rfind(['—', '–', '-', '(', '/', '.', '”'])?;
    let name = last.text[start..].trim_matches(|c: char| !c.is_alphanumeric());
    outlets::known(name)
        .filter(|o| o.is_agency())
        .and_then(|o| evidenced(o.name, &last.text[start..], "sign-off"))
}

/// Whether words can be an outlet's name: few, and begun as names are.
fn is_name(words: &str) -> bool {
    let count = words.split_whitespace().count();
    let folded = words_of(words);
    (1..=6).contains(&count)
        && words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && words.chars().any(char::is_alphabetic)
        && !matches!(
            folded.first().map(String::as_str),
            Some("our" | "us" | "this" | "all" | "your" | "my" | "me" | "url" | "@")
        )
        && words.split_whitespace().all(|w| {
            !w.starts_with(char::is_lowercase)
                || matches!(w, "of" | "the" | "and" | "for" | "de" | "la" | "el" | "in" | "on")
                || w.contains('.')
        })
}

fn has_outlet_word(name: &str) -> bool {
    name.split_whitespace().any(|w| page_words::is_outlet_word(&w.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copyright_lines_name_their_holder() {
        for (line, holder) in [
            ("© 2025 Anvil Post. All rights reserved.", Some("Anvil Post")),
            ("Copyright © 2016, Anvil Media, Inc. All Rights Reserved", Some("Anvil Media")),
            ("© Anvil Courier 2016", Some("Anvil Courier")),
            ("Copyright 2015 Anvil Star. Reproduction without permission is prohibited.", Some("Anvil Star")),
            ("© 2015–2016 Revue Marteau", Some("Revue Marteau")),
            ("(c) 2015 by The Anvil Company LLC", Some("The Anvil")),
            ("© Copyright 2016. All rights reserved.", None),
            ("© 2016 All Rights Reserved", None),
            ("Copyright", None),
            ("© Anvil/ Jane Roe", None),
            ("© Getty Images", None),
        ] {
            assert_eq!(copyright_holder(line).as_deref(), holder, "{line}");
        }
    }

    #[test]
    fn a_headline_gives_up_a_known_site_only() {
        assert_eq!(site_suffix("Mayor leaves town - BBC News"), Some(("Mayor leaves town", "BBC News")));
        assert_eq!(
            site_suffix("Mayor leaves town | UK news | The Guardian"),
            Some(("Mayor leaves town", "The Guardian"))
        );
        assert_eq!(site_suffix("Mayor leaves town - for good"), None);
    }
}
