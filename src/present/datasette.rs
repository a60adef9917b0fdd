//! What Datasette is told of an archive: titles, what every column means, facets, and the saved queries.
//!
//! Datasette knows no defaults of a query's parameters and hands over '' for what is not set, which means
//! the default to every saved query; what is meant is told in words.

use serde_json::{Map, Value, json};

use crate::query::{Error, Library, Reader, SavedQuery};

/// A view that people look into, as Datasette shows it.
struct Shown {
    name: &'static str,
    title: &'static str,
    description: &'static str,
    /// What its rows are counted by, beside the table.
    facets: &'static [&'static str],
    /// The columns that may be sorted by: those that an index answers, or that are few.
    sortable: &'static [&'static str],
    /// Columns with a unit that Datasette writes behind the number.
    units: &'static [(&'static str, &'static str)],
}

const SHOWN: &[Shown] = &[
    Shown {
        name: "articles_full",
        title: "Articles",
        description: "One row an article, with its outlet and how much was found in it.",
        facets: &["outlet", "language"],
        sortable: &["id", "published", "words"],
        units: &[],
    },
    Shown {
        name: "entities_full",
        title: "Entities",
        description: "One row a person, organization, place, group or event, over all articles.",
        facets: &["kind", "country"],
        sortable: &["id", "name"],
        units: &[("latitude", "degree"), ("longitude", "degree")],
    },
    Shown {
        name: "mentions_full",
        title: "Mentions",
        description: "Every place where an article names an entity.",
        facets: &["kind", "found_by"],
        sortable: &["id", "confidence"],
        units: &[],
    },
    Shown {
        name: "quotes_full",
        title: "Quotes",
        description: "Words reported as somebody's, with who is credited and by which words.",
        facets: &["kind", "cue_kind", "outlet"],
        sortable: &["id", "published"],
        units: &[],
    },
    Shown {
        name: "figures_full",
        title: "Figures",
        description: "Quantities that articles report: value, bound, unit, and what is counted.",
        facets: &["kind", "event", "unit", "outlet"],
        sortable: &["id", "value", "published"],
        units: &[],
    },
    Shown {
        name: "documents",
        title: "Documents",
        description: "The bytes as they were found.",
        facets: &["media"],
        sortable: &["id", "size"],
        units: &[("size", "byte")],
    },
];

/// The metadata of an archive that Datasette calls `database`.
pub fn metadata(reader: &Reader, library: &Library, database: &str) -> Result<Value, Error> {
    let mut tables = Map::new();
    for name in reader.relations()? {
        let columns: Map<String, Value> = reader
            .columns(&name)?
            .into_iter()
            .filter(|column| !column.meaning.is_empty())
            .map(|column| (column.name, column.meaning.into()))
            .collect();
        tables.insert(name.clone(), table(&name, columns));
    }
    let queries: Map<String, Value> =
        library.queries().iter().map(|saved| (saved.name.clone(), query(saved))).collect();
    Ok(json!({
        "title": "News archive",
        "description": "Articles, entities, quotes and figures, made by copydesk. Every row leads back to the \
            characters it was read from: substr(text, start + 1, end - start) of articles.text.",
        "databases": { database: { "tables": tables, "queries": queries } },
    }))
}

fn table(name: &str, columns: Map<String, Value>) -> Value {
    let mut told = json!({ "columns": columns });
    if let Some(shown) = SHOWN.iter().find(|shown| shown.name == name) {
        told["title"] = shown.title.into();
        told["description"] = shown.description.into();
        told["facets"] = json!(shown.facets);
        told["sortable_columns"] = json!(shown.sortable);
        if !shown.units.is_empty() {
            told["units"] = shown.units.iter().map(|(column, unit)| (*column, Value::from(*unit))).collect();
        }
    } else {
        // Plain tables serve those who join; the views come first.
        told["sortable_columns"] = json!(["id"]);
        if !told["columns"].as_object().is_some_and(|columns| columns.contains_key("id")) {
            told["sortable_columns"] = json!([]);
        }
    }
    told
}

fn query(saved: &SavedQuery) -> Value {
    let names: Vec<&str> = saved.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    json!({
        "title": saved.title,
        "description": description(saved),
        "sql": saved.statement(),
        "params": names,
    })
}

fn description(saved: &SavedQuery) -> String {
    let mut told = saved.description.clone();
    for parameter in &saved.parameters {
        let default = match &parameter.default {
            Some(_) => format!("left empty: {}", parameter.default_text()),
            None => "required".to_owned(),
        };
        told.push_str(&format!("\n{}: {} ({default})", parameter.name, parameter.meaning));
    }
    if let Some(scan) = &saved.scan {
        told.push_str(&format!("\nOn a large archive it takes a second or two: it reads {scan}."));
    }
    told
}
