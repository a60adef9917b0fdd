//! Surnames that stand alone, where several people of the archive bear them: company tells whom they mean.

use rusqlite::Connection;

use crate::archive::Folder;
use crate::content::{assert_same, content};

const UNION: &str = "Strike\n\nPedro Malva of the Harbour Union spoke on Sunday.\n";
const BANK: &str = "Rates\n\nCarla Malva of the Tarn Savings Bank spoke on Sunday.\n";
const TALKS: &str = "Talks\n\nMr. Malva said on Monday that the Harbour Union would wait.\n";
const RAIN: &str = "Rain\n\nMr. Malva said on Monday that it would rain.\n";

#[track_caller]
fn import(folder: &Folder, names: &[&str]) {
    let paths = names.iter().map(|name| format!("in/{name}.txt"));
    folder.copydesk(std::iter::once("import".to_owned()).chain(paths)).assert().success();
}

/// Whom "Malva" means in an article, and why.
#[track_caller]
fn meant(folder: &Folder, name: &str) -> (String, Option<String>) {
    let sql = "SELECT e.name, s.why FROM article_entities n
               JOIN entities e ON e.id = n.entity_id JOIN articles a ON a.id = n.article_id
               LEFT JOIN senses s ON s.article_entity_id = n.id
               WHERE n.name = 'Malva' AND a.source = ?1";
    let connection = Connection::open(folder.archive()).expect("opens");
    connection
        .query_row(sql, [format!("in/{name}.txt")], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("one row")
}

#[test]
fn company_tells_whatever_the_order_and_only_while_one_keeps_it() {
    let mut first = None;
    for order in [
        ["union", "bank", "talks", "rain"],
        ["talks", "rain", "bank", "union"],
        ["bank", "talks", "union", "rain"],
    ] {
        let folder = Folder::new();
        for (name, text) in [("union", UNION), ("bank", BANK), ("talks", TALKS), ("rain", RAIN)] {
            folder.write(&format!("in/{name}.txt"), text);
        }
        for name in order {
            import(&folder, &[name]);
        }
        let why = "of several of the surname the one in the same company: harbour union";
        assert_eq!(meant(&folder, "talks"), ("Pedro Malva".to_owned(), Some(why.to_owned())), "{order:?}");
        assert_eq!(meant(&folder, "rain"), ("Malva".to_owned(), None), "{order:?}");
        let all = content(&folder.archive());
        assert_same(first.get_or_insert_with(|| all.clone()), &all, &format!("{order:?}"));
        let told =
            folder.copydesk(["entity", "show", "Pedro Malva"]).assert().success().get_output().stdout.clone();
        let told = String::from_utf8_lossy(&told);
        assert!(told.contains(why), "{told}");
        folder.copydesk(["check"]).assert().success();

        // Both keep that company: it tells nothing any more, until one leaves it.
        folder.write("in/bank.txt", BANK.replace("the Tarn", "the Harbour Union and the Tarn"));
        import(&folder, &["bank"]);
        assert_eq!(meant(&folder, "talks"), ("Malva".to_owned(), None), "{order:?}");
        folder.copydesk(["check"]).assert().success();
        folder.write("in/bank.txt", BANK);
        import(&folder, &["bank"]);
        assert_eq!(meant(&folder, "talks").0, "Pedro Malva", "{order:?}");

        // One bearer alone needs no company, and loses nobody.
        folder.write("in/bank.txt", "Rates\n\nThe bank said nothing.\n");
        import(&folder, &["bank"]);
        for name in ["talks", "rain"] {
            assert_eq!(meant(&folder, name), ("Pedro Malva".to_owned(), None), "{order:?}");
        }
        folder.copydesk(["check"]).assert().success();
    }
}

/// Nobody is told by company where a surname stands alone in more articles than an import may look at.
#[test]
fn company_tells_only_while_a_surname_stands_alone_in_few_articles() {
    let folder = Folder::new();
    for (name, text) in [("union", UNION), ("bank", BANK), ("talks", TALKS)] {
        folder.write(&format!("in/{name}.txt"), text);
    }
    let rain = |n: u32| format!("Rain {n}\n\nMr. Malva said on Monday that it would rain for {n} days.\n");
    let pedro = "Pedro Malva".to_owned();
    for (articles, whom) in
        [(199, &pedro), (200, &"Malva".to_owned()), (199, &pedro), (203, &"Malva".to_owned())]
    {
        for n in 0..204 {
            let text = if n < articles { rain(n) } else { format!("Rain {n}\n\nIt rained for {n} days.\n") };
            folder.write(&format!("in/{n}.txt"), text);
        }
        import(&folder, &["talks"]);
        folder.copydesk(["import", "in"]).assert().success();
        assert_eq!(meant(&folder, "talks").0, *whom, "{articles}");
        folder.copydesk(["check"]).assert().success();
    }
}
