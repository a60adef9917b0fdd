//! Stopping: a statement by Ctrl-C, and by the time limit where SQLite itself cannot stop; what goes on until
//! it is told to end, by Ctrl-C or SIGTERM.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Result;
use rusqlite::InterruptHandle;

use crate::query::Reader;

/// What Ctrl-C stops.
static RUNNING: Mutex<Option<InterruptHandle>> = Mutex::new(None);

/// Whether Ctrl-C leaves the program where it is when no statement runs.
static STAYS: AtomicBool = AtomicBool::new(false);

/// Whether the program was told to end.
static ENDS: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// From now on Ctrl-C and SIGTERM make this true, for the program to end when it can. A second one ends it
/// at once.
pub fn ends() -> Result<&'static AtomicBool> {
    use signal_hook::consts::{SIGINT, SIGTERM};
    for signal in [SIGINT, SIGTERM] {
        // In this order: the first signal finds it false.
        signal_hook::flag::register_conditional_shutdown(signal, 130, Arc::clone(&ENDS))?;
        signal_hook::flag::register(signal, Arc::clone(&ENDS))?;
    }
    Ok(&ENDS)
}

/// From now on Ctrl-C stops statements alone: it is a shell's, which is left in other ways.
pub fn stay() {
    STAYS.store(true, Ordering::Relaxed);
}

/// Time past its limit after which a statement that does not stop is ended with the program. SQLite looks
/// at the clock between steps; one step over huge values may take for ever.
const GRACE: Duration = Duration::from_secs(3);

/// From now on Ctrl-C stops the reader's statement, and what runs far past its limit ends the program:
/// reading leaves nothing behind that needs tidying.
pub fn watch(reader: &Reader) -> Result<()> {
    *RUNNING.lock().unwrap_or_else(PoisonError::into_inner) = Some(reader.interrupter());
    ctrlc::set_handler(|| {
        let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        match running.as_ref() {
            Some(handle) => handle.interrupt(),
            None => std::process::exit(130),
        }
        if !STAYS.load(Ordering::Relaxed) {
            // A second one ends the program, whatever the statement does.
            running.take();
        }
    })?;
    let clock = reader.clock();
    std::thread::spawn(move || {
        while !clock.is_overdue(GRACE) {
            std::thread::sleep(Duration::from_millis(500));
        }
        eprintln!(
            "copydesk: ended {} s past the time limit: the statement could not be stopped",
            GRACE.as_secs()
        );
        std::process::exit(1);
    });
    Ok(())
}
