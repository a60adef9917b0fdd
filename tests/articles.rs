//! Articles made for tests: as many as wanted, never two alike, with what breaks things among them.

/// Names that articles share, so that linking over the archive has something to do.
const PEOPLE: &[(&str, &str)] = &[
    ("Ines", "Calloway"),
    ("Tomas", "Calloway"),
    ("Ruth", "Okonjo"),
    ("Piet", "van der Berg"),
    ("Łucja", "Dąbrowska"),
    ("Samir", "al-Khatib"),
];

const PLACES: &[&str] = &["Geneva", "Nairobi", "Lima", "Ankara", "São Paulo"];

/// The text of the `n`th article.
pub fn article(n: usize) -> String {
    let (given, surname) = PEOPLE[n % PEOPLE.len()];
    let (_, other) = PEOPLE[(n * 5 + 1) % PEOPLE.len()];
    let place = PLACES[n % PLACES.len()];
    let dead = 10 + n % 90;
    // Some name people by their surnames alone, some never in full.
    let first = if n.is_multiple_of(3) { format!("Mr. {surname}") } else { format!("{given} {surname}") };
    let end = if n.is_multiple_of(4) { "\r\n" } else { "\n" };
    let noise = match n % 5 {
        0 => "Share this on Facebook 👍🏽",
        1 => "Photo: e\u{301}cole d’été / Agency",
        2 => "© 2016 The Northern Examiner. All rights reserved.",
        3 => "Follow Us: 🇨🇭 שלום עולם",
        _ => "Related Stories",
    };
    [
        &format!("Storm number {n} kills {dead} near {place}"),
        "",
        &format!("{place} — At least {dead} people were killed and {} injured on Sunday, {first} said.", dead * 3),
        "",
        &format!("“We have never seen a storm like number {n} 🌪️,” {surname} told reporters. “Not in {dead} years.”"),
        "",
        &format!("According to {other}, damage came to ${n}.5 million, or {}% of the budget.", 1 + n % 40),
        "",
        noise,
        "",
    ]
    .join(end)
}
