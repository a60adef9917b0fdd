//! What stops a workbook in the making, as an error in words.
//!
//! Rows wait in a temporary file of rust_xlsxwriter's, which panics where that cannot be written on: a full
//! disk is no fault of the program's, and ends like any other. What a workbook holds is not decided here.

use std::cell::Cell;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use rust_xlsxwriter::XlsxError;

/// What rust_xlsxwriter's panics of a write that failed begin with ...
const WRITING: &str = "Couldn't write to xml file";
/// ... or hold: an error of the system's.
const SYSTEM: &str = "Os {";

thread_local! {
    /// Whether this thread is at work on a workbook: its panics are told as errors.
    static AT_WORK: Cell<bool> = const { Cell::new(false) };
}

/// Works on a workbook. After an error it is not to be gone on with.
pub fn tried<T>(work: impl FnOnce() -> Result<T, XlsxError>) -> io::Result<T> {
    static HUSHED: Once = Once::new();
    HUSHED.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |told| {
            if !AT_WORK.get() {
                before(told);
            }
        }));
    });
    AT_WORK.set(true);
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    AT_WORK.set(false);
    match done {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(XlsxError::TempFileError(folder, error))) => {
            let told = format!("its rows cannot wait in {}: {error}", folder.display());
            Err(io::Error::new(error.kind(), with_advice(&told)))
        }
        Ok(Err(XlsxError::IoError(error))) => Err(error),
        Ok(Err(error)) => Err(io::Error::other(error)),
        Err(panic) => {
            let told = panic.downcast_ref::<String>().map(String::as_str).unwrap_or("for no reason told");
            if !told.starts_with(WRITING) && !told.contains(SYSTEM) {
                return Err(io::Error::other(format!("the workbook could not be made: {told}")));
            }
            let folder = std::env::temp_dir();
            let told = format!("its rows wait in {}, which may be full", folder.display());
            Err(io::Error::new(io::ErrorKind::StorageFull, with_advice(&told)))
        }
    }
}

fn with_advice(told: &str) -> String {
    format!("the workbook could not be made: {told}; name a folder with room as TMPDIR, or take CSV")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stops_is_an_error_in_words() {
        for full in [format!("{WRITING}: no"), "unwrap: Os { code: 28 }".to_owned()] {
            let told = tried::<()>(|| panic!("{full}")).unwrap_err().to_string();
            assert!(told.contains("may be full") && told.contains("TMPDIR"), "{told}");
        }
        let told = tried::<()>(|| panic!("{}", "a fault")).unwrap_err().to_string();
        assert_eq!(told, "the workbook could not be made: a fault");
        assert_eq!(tried(|| Ok(1)).unwrap(), 1);
    }
}
