//! A fresh folder with an archive to be made in it, and the real program run there.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

/// A folder of a test's own, removed with it.
pub struct Folder {
    dir: tempfile::TempDir,
}

impl Folder {
    pub fn new() -> Folder {
        Folder { dir: tempfile::tempdir().expect("a folder") }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The archive that commands use here when none is named.
    pub fn archive(&self) -> PathBuf {
        self.path("copydesk.db")
    }

    /// Writes a file, and the folders it lies in.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("in the folder")).expect("a folder");
        fs::write(&path, bytes).expect("a file");
        path
    }

    /// The program, run in the folder with nothing of the caller's environment that it listens to.
    pub fn copydesk<I, S>(&self, args: I) -> Command
    where
        I: IntoIterator<Item = S>,
        S: AsRef<std::ffi::OsStr>,
    {
        let mut command = Command::new(program());
        command
            .current_dir(self.dir.path())
            .env_remove("COPYDESK_ARCHIVE")
            .env_remove("COPYDESK_CONFIG")
            .args(args);
        command
    }
}

/// Where the program under test is.
pub fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_copydesk"))
}
