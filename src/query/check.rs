//! Checks of a saved query: it prepares, all it takes is described, and it reads no big table from end to
//! end unless its head says so.
//!
//! What a statement reads is told by its program rather than by `EXPLAIN QUERY PLAN`, which names a table
//! by its alias alone and says SEARCH of an index that it must first build from the whole table.

use std::collections::{BTreeMap, BTreeSet};

use super::{Error, Parameter, Reader, SavedQuery, Values};

/// Tables that grow with the articles.
const BIG: &[&str] = &[
    "article_entities",
    "articles",
    "blocks",
    "descriptions",
    "documents",
    "figures",
    "mentions",
    "past_articles",
    "past_findings",
    "quote_spans",
    "quote_wordings",
    "quotes",
    "refused",
    "sources",
    "utterances",
    "wordings",
];

const ROOTS: &str = "SELECT rootpage, tbl_name FROM sqlite_schema WHERE rootpage > 0";

impl Reader {
    /// What is wrong with a saved query on this archive, in words; nothing where all is well.
    pub fn faults(&self, query: &SavedQuery) -> Result<Vec<String>, Error> {
        let statement = match self.prepare(&query.sql) {
            Ok(statement) => statement,
            Err(error) => return Ok(vec![error.to_string()]),
        };
        let mut faults = Vec::new();
        let used: BTreeSet<String> = (1..=statement.parameter_count())
            .map(|n| {
                statement.parameter_name(n).unwrap_or("?").trim_start_matches([':', '@', '$']).to_owned()
            })
            .collect();
        let described: BTreeSet<&str> = query.parameters.iter().map(|p| p.name.as_str()).collect();
        for name in used.iter().filter(|name| !described.contains(name.as_str())) {
            faults.push(format!(
                ":{name} is not described: add `-- param {name} (TYPE, default VALUE): MEANING` to the head"
            ));
        }
        for parameter in &query.parameters {
            if !used.contains(&parameter.name) {
                faults
                    .push(format!("the head describes {}, which the statement does not use", parameter.name));
            }
            faults.extend(self.faults_of(parameter));
        }
        if let Some(note) = &query.note {
            match self.parameters_of(note) {
                Ok(names) => {
                    let unknown = names.iter().filter(|name| !described.contains(name.as_str()));
                    faults.extend(
                        unknown.map(|name| format!("the note asks for :{name}, which is not described")),
                    );
                }
                Err(error) => faults.push(format!("the note: {error}")),
            }
        }
        let columns: Vec<&str> = statement.column_names().collect();
        let drawn = query.chart.iter().flat_map(|chart| chart.columns().map(|column| ("chart", column)));
        for (what, column) in drawn.chain(query.key.iter().map(|column| ("key", column.as_str()))) {
            if !columns.contains(&column) {
                faults.push(format!(
                    "{what} names the column {column}, which the answer lacks: {}",
                    columns.join(", ")
                ));
            }
        }
        drop(statement);
        let whole = self.reads_whole(&query.sql)?;
        if !whole.is_empty() && query.scan.is_none() {
            faults.push(format!(
                "it reads all of {}: give it an index to use, or say why in the head, as `-- scan: WHY`",
                whole.join(", ")
            ));
        }
        Ok(faults)
    }

    fn faults_of(&self, parameter: &Parameter) -> Vec<String> {
        let mut faults = Vec::new();
        if parameter.meaning.is_empty() {
            faults.push(format!("the head does not say what {} means", parameter.name));
        }
        if let Values::Query(sql) = &parameter.values
            && let Err(error) = self.prepare(sql)
        {
            faults.push(format!("the values of {}: {error}", parameter.name));
        }
        faults
    }

    /// The big tables that a statement reads from end to end, by name.
    pub fn reads_whole(&self, sql: &str) -> Result<Vec<String>, Error> {
        let connection = self.connection();
        let roots: BTreeMap<i64, String> = connection
            .prepare(ROOTS)?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        let mut program = connection.prepare(&format!("EXPLAIN {sql}"))?;
        let mut rows = program.raw_query();
        let mut tables: BTreeMap<i64, &String> = BTreeMap::new();
        let (mut begun, mut stepped, mut bounded) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        while let Some(row) = rows.next()? {
            let (opcode, cursor, root): (String, i64, i64) = (row.get(1)?, row.get(2)?, row.get(3)?);
            match opcode.as_str() {
                "OpenRead" | "ReopenIdx" => {
                    tables.extend(roots.get(&root).map(|table| (cursor, table)));
                }
                // From the first row or the last one ...
                "Rewind" | "Last" => _ = begun.insert(cursor),
                // ... to the next and the next ...
                "Next" | "Prev" => _ = stepped.insert(cursor),
                // ... and not only as far as some key.
                "IdxGT" | "IdxGE" | "IdxLT" | "IdxLE" => _ = bounded.insert(cursor),
                _ => {}
            }
        }
        let whole: BTreeSet<&String> = begun
            .intersection(&stepped)
            .filter(|cursor| !bounded.contains(cursor))
            .filter_map(|cursor| tables.get(cursor).copied())
            .filter(|table| BIG.contains(&table.as_str()))
            .collect();
        Ok(whole.into_iter().cloned().collect())
    }
}
