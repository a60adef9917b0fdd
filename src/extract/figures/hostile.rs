//! Property tests of the figures: any text gives valid spans, hostile text comes to its end, and a
//! number printed in words reads back as itself.

use proptest::prelude::*;

use super::{Numbers, figures};
use crate::annotate::annotate;
use crate::finding::Figure;

fn read(text: &str) -> Vec<Figure> {
    let Numbers { figures: found, refused, .. } = figures(text, &annotate(text), &[], Some("2016-09-07"));
    let spans = found.iter().map(|f| f.span).chain(refused.iter().map(|r| r.span));
    for span in spans.chain(found.iter().filter_map(|f| f.counted)) {
        assert!(
            text.get(span.start..span.end).is_some_and(|s| !s.is_empty()),
            "{span:?} does not fit {text:?}"
        );
    }
    for pair in found.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "figures overlap in {text:?}");
    }
    found
}

/// A number in English words, as a newspaper spells it.
fn spelt(n: u64) -> String {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 10] =
        ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let small = |n: u64| SMALL[usize::try_from(n).unwrap_or(0)].to_string();
    let with = |head: String, rest: u64, and: &str| {
        if rest == 0 { head } else { format!("{head} {and}{}", spelt(rest)) }
    };
    match n {
        0..20 => small(n),
        20..100 => {
            let ten = TENS[usize::try_from(n / 10).unwrap_or(0)];
            if n.is_multiple_of(10) { ten.to_string() } else { format!("{ten}-{}", small(n % 10)) }
        }
        100..1000 => with(format!("{} hundred", small(n / 100)), n % 100, "and "),
        1000..1_000_000 => {
            let and = if n % 1000 < 100 { "and " } else { "" };
            with(format!("{} thousand", spelt(n / 1000)), n % 1000, and)
        }
        _ => with(format!("{} million", spelt(n / 1_000_000)), n % 1_000_000, ""),
    }
}

proptest! {
    #[test]
    fn a_number_in_words_reads_back(n in 2u64..999_999_999) {
        let text = format!("They counted {} stones.", spelt(n));
        let found = read(&text);
        prop_assert_eq!(found.first().and_then(|f| f.value), Some(n as f64), "{}", text);
    }

    #[test]
    fn an_amount_of_money_reads_back(n in 1u64..100_000_000, cents in 0u64..100) {
        let value = format!("{n}.{cents:02}");
        for text in [format!("It cost ${value} then."), format!("It cost EUR {value} then."), format!("It cost {value} euros then.")] {
            let found = read(&text);
            prop_assert_eq!(found.first().and_then(|f| f.value), value.parse().ok(), "{}", text);
        }
    }

    #[test]
    fn a_count_reads_back_in_every_style(n in 1000u64..900_000_000) {
        let plain = n.to_string();
        let grouped = |mark: &str| {
            let mut out = String::new();
            for (i, c) in plain.chars().enumerate() {
                if i > 0 && (plain.len() - i).is_multiple_of(3) {
                    out.push_str(mark);
                }
                out.push(c);
            }
            out
        };
        let mut styles: Vec<String> =
            [",", " ", "\u{a0}", "\u{202f}", "\u{2009}", "'", "’"].iter().map(|mark| grouped(mark)).collect();
        styles.push(spelt(n));
        styles.push(format!("{} thousand", n as f64 / 1e3));
        styles.push(format!("{} million", n as f64 / 1e6));
        styles.push(format!("{}m", n as f64 / 1e6));
        for style in styles {
            let text = format!("They counted {style} stones.");
            let found = read(&text);
            let value = found.first().and_then(|f| f.value).unwrap_or(f64::NAN);
            prop_assert!((value - n as f64).abs() <= 1e-9 * n as f64, "{} in {}", value, text);
            prop_assert_eq!(found.len(), 1, "{}", text);
        }
    }

    #[test]
    fn a_range_and_a_percentage_read_back(low in 1u64..90, more in 1u64..90, tenth in 1u64..10) {
        let high = low + more;
        for text in [
            format!("Prices rose {low}-{high} percent."),
            format!("Prices rose {low} to {high} percent."),
            format!("Prices rose between {low} and {high} percent."),
            format!("Prices rose between {} and {} per cent.", spelt(low), spelt(high)),
        ] {
            let found = read(&text);
            prop_assert_eq!(found.len(), 1, "{}", text);
            prop_assert_eq!((found[0].low, found[0].high), (Some(low as f64), Some(high as f64)), "{}", text);
        }
        for text in [format!("Prices rose {low}.{tenth}%."), format!("Prices rose {low}.{tenth} percent.")] {
            let want = format!("{low}.{tenth}").parse().ok();
            prop_assert_eq!(read(&text).first().and_then(|f| f.value), want, "{}", text);
        }
    }

    #[test]
    fn any_text_gives_valid_spans(text in "\\PC{0,120}") {
        read(&text);
    }

    #[test]
    fn number_salad_gives_valid_spans(
        words in proptest::collection::vec(
            prop::sample::select(vec![
                "one", "two", "1", "12,5", "3.5", "$", "€", "US$", "-", "–", "/", ":", "to", "and", "of", "in", "half", "a",
                "million", "bn", "m", "%", "percent", "May", "Sept.", "2016", "third", "dozens", "few", "between", "from",
                "more than", "or so", "(", ")", ",", ".", "’", "people", "killed", "km", "km/h", "per", "year", "old", "#",
                "+", "§", "H.R.", "Group", "No", "½", "1/2", "th", "G20", "point", "plus", "é", "😀", "'", "\u{301}",
            ]), 0..40),
        glue in proptest::collection::vec(any::<bool>(), 40),
    ) {
        let mut text = String::new();
        for (word, glued) in words.iter().zip(glue) {
            if !glued {
                text.push(' ');
            }
            text.push_str(word);
        }
        read(&text);
    }
}

/// A quadratic rule would hold the tests up for minutes to hours.
#[test]
fn hostile_text_comes_to_its_end() {
    for unit in [
        "7",
        "1,",
        "1 ",
        "one ",
        "1-",
        "$",
        "1.",
        "million ",
        "half ",
        "1/",
        "(1",
        "a",
        "5 to ",
        "of ",
        "Monday ",
        "5 miles ",
        "2016 ",
        "3-1 ",
        "on Monday 5 votes ",
        "5% of them ",
        "it rose ",
    ] {
        let text = unit.repeat(300_000 / unit.len());
        read(&text);
    }
}
