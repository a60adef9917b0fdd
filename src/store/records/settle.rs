//! What a file's end, or its going, does to the records in it: many short transactions, so that no reader and no
//! kill finds more than one of them half done.

use super::super::Error;
use super::super::ahead::{BATCH, failed};
use super::super::import::{Writer, is_at_fault};
use super::super::write::Stop;
use super::ahead::Done;
use super::{rows, write};

impl Writer<'_> {
    /// A file was read to its end.
    pub(in crate::store) fn file_read(&mut self, done: &Done) -> Result<(), Error> {
        let run = self.report.run;
        let kept =
            rows::file(self.archive.connection(), &done.file).map_err(|source| self.archive.error(source))?;
        if let Some(kept) = kept.filter(|_| !done.gone.is_empty()) {
            self.transaction(|transaction| rows::unstamp(transaction, &done.file))
                .map_err(|source| self.archive.error(source))?;
            for gone in done.gone.chunks(BATCH) {
                self.drop_records(kept.id, gone)?;
            }
        }
        // A record that failed is tried again by the next import, as a file is.
        let is_whole = !self.failed_in.contains(&done.file);
        self.transaction(|transaction| {
            rows::keep_file(transaction, (&done.file, &done.root), &done.given, run)?;
            if is_whole { rows::finish_file(transaction, done, run) } else { Ok(()) }
        })
        .map_err(|source| self.archive.error(source))
    }

    /// Files are not where they were.
    pub(in crate::store) fn files_gone(&mut self, files: &[String]) -> Result<(), Error> {
        for file in files {
            let kept =
                rows::file(self.archive.connection(), file).map_err(|source| self.archive.error(source))?;
            let Some(kept) = kept else { continue };
            self.transaction(|transaction| rows::unstamp(transaction, file))
                .map_err(|source| self.archive.error(source))?;
            loop {
                let page = rows::after(self.archive.connection(), kept.id, "", BATCH);
                let page = page.map_err(|source| self.archive.error(source))?;
                if page.is_empty() {
                    break;
                }
                self.drop_records(kept.id, &page)?;
            }
            self.transaction(|transaction| rows::delete_file(transaction, file))
                .map_err(|source| self.archive.error(source))?;
        }
        Ok(())
    }

    /// A file has some records no more. One whose other text cannot be read is a problem of its own.
    fn drop_records(&mut self, file: i64, sources: &[String]) -> Result<(), Error> {
        let run = self.report.run;
        for source in sources {
            self.go_on()?;
            let dropped = self.transaction(|transaction| write::drop_from(transaction, run, file, source));
            match dropped {
                Ok(is_gone) => self.report.counts.vanished += u64::from(is_gone),
                Err(Stop::Sql(source)) if !is_at_fault(&source) => return Err(self.archive.error(source)),
                Err(stop) => {
                    self.problem(failed(source, &stop))?;
                    self.transaction(|transaction| rows::remove(transaction, source, file))
                        .map_err(|source| self.archive.error(source))?;
                }
            }
        }
        Ok(())
    }
}
