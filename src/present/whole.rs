//! Whole files: what is written appears under its name when it is complete, or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file in the making, beside the place it will take. Dropped without [`WholeFile::finish`], it is gone.
#[derive(Debug)]
pub struct WholeFile {
    out: Option<BufWriter<File>>,
    making: PathBuf,
    path: PathBuf,
}

impl WholeFile {
    /// Begins the file that is to stand at `path`.
    pub fn create(path: &Path) -> io::Result<WholeFile> {
        let making = beside(path)?;
        let file = File::create_new(&making)?;
        Ok(WholeFile { out: Some(BufWriter::new(file)), making, path: path.to_path_buf() })
    }

    /// Puts the file in its place, over what stood there.
    pub fn finish(mut self) -> io::Result<()> {
        if let Some(out) = self.out.take() {
            out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
            fs::rename(&self.making, &self.path)?;
            settle(&self.path)?;
        }
        Ok(())
    }
}

/// A name in the same folder that nobody uses: renaming works within a file system only. What a killed
/// program left may bear this one's number, so that is not enough.
pub fn beside(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or_else(|| {
        io::Error::new(io::ErrorKind::InvalidInput, format!("{} names no file", path.display()))
    })?;
    let id = std::process::id();
    let names = (0u32..).map(|n| path.with_file_name(format!(".{}.{id}-{n}.part", name.to_string_lossy())));
    let mut free = names.skip_while(|name| name.symlink_metadata().is_ok());
    free.next().ok_or_else(|| io::ErrorKind::AlreadyExists.into())
}

/// Makes sure that a name which was just put in its folder stays there when the power fails.
pub fn settle(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Not every system lets a folder be opened; there its own way of renaming must do.
    File::open(folder).map_or(Ok(()), |folder| folder.sync_all())
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.as_mut().map_or(Ok(0), |out| out.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.as_mut().map_or(Ok(()), BufWriter::flush)
    }
}

impl Drop for WholeFile {
    fn drop(&mut self) {
        // Finished files have left this name; failing to clear up an unfinished one harms nothing.
        if self.out.take().is_some() || self.making.exists() {
            let _ = fs::remove_file(&self.making);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_when_finished_and_not_before() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        fs::write(&path, "old").unwrap();

        let mut file = WholeFile::create(&path).unwrap();
        file.write_all(b"half").unwrap();
        drop(file);
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");

        let mut file = WholeFile::create(&path).unwrap();
        file.write_all(b"new").unwrap();
        file.finish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }
}
