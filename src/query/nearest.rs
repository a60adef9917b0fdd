//! Nearest names: what somebody may have meant who typed a name that does not exist.

/// How many names are worth offering.
const OFFERED: usize = 3;

/// The names closest to `wanted`, best first: those that contain it or begin alike, or that a few
/// keystrokes turn into it.
pub fn nearest<'n>(wanted: &str, names: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    let wanted = wanted.to_lowercase();
    let allowed = (wanted.chars().count() / 3).max(1);
    let mut scored: Vec<(usize, &str)> = names
        .into_iter()
        .filter_map(|name| {
            let folded = name.to_lowercase();
            let steps = distance(&wanted, &folded);
            let alike = wanted.len() >= 3 && (folded.contains(&wanted) || wanted.contains(&folded));
            (steps <= allowed || alike).then_some((steps, name))
        })
        .collect();
    scored.sort();
    scored.into_iter().take(OFFERED).map(|(_, name)| name).collect()
}

/// Keystrokes from one word to another: insert, delete, replace, or swap two neighbours.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=to.len()).collect();
    let mut last = None;
    for (i, a) in from.chars().enumerate() {
        let mut row = vec![i + 1];
        for (j, &b) in to.iter().enumerate() {
            let mut steps = (above[j] + usize::from(a != b)).min(above[j + 1] + 1).min(row[j] + 1);
            if j > 0 && last == Some(b) && a == to[j - 1] && !before.is_empty() {
                steps = steps.min(before[j - 1] + 1);
            }
            row.push(steps);
        }
        before = above;
        above = row;
        last = Some(a);
    }
    above[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn counts_keystrokes() {
        for (from, to, want) in
            [("", "", 0), ("", "ab", 2), ("abc", "abc", 0), ("abc", "acb", 1), ("kitten", "sitting", 3)]
        {
            assert_eq!(distance(from, to), want, "{from} -> {to}");
        }
    }

    #[test]
    fn offers_slips_and_parts_and_nothing_else() {
        let names = ["who-said-what", "quotes-of", "figures-about", "disagreements"];
        assert_eq!(nearest("quotes_of", names), ["quotes-of"]);
        assert_eq!(nearest("disagreement", names), ["disagreements"]);
        assert_eq!(nearest("said", names), ["who-said-what"]);
        assert!(nearest("xyz", names).is_empty());
    }

    proptest! {
        #[test]
        fn distance_is_symmetric_and_zero_only_for_equals(a in "[a-d]{0,8}", b in "[a-d]{0,8}") {
            prop_assert_eq!(distance(&a, &b), distance(&b, &a));
            prop_assert_eq!(distance(&a, &b) == 0, a == b);
        }
    }
}
