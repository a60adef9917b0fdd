//! The name a file goes by across imports: its path as given, written one way.

use std::path::{Component, Path};

/// The source name of a path: as given, with forward slashes, without `.` parts and doubled slashes.
///
/// No two paths share a name: bytes that are not UTF-8, control characters and the backslash itself are
/// written `\xNN`.
pub fn source_name(path: &Path) -> String {
    let mut name = String::new();
    for component in path.components() {
        if component == Component::CurDir {
            continue;
        }
        if !name.is_empty() && !name.ends_with('/') {
            name.push('/');
        }
        match component {
            Component::RootDir if name.ends_with('/') => {}
            Component::RootDir => name.push('/'),
            other => push_escaped(&mut name, other.as_os_str().as_encoded_bytes()),
        }
    }
    if name.is_empty() { ".".to_owned() } else { name }
}

/// The part of a source name that a single name in a folder makes.
pub(super) fn name_part(name: &std::ffi::OsStr) -> String {
    let mut part = String::new();
    push_escaped(&mut part, name.as_encoded_bytes());
    part
}

/// A record's name, control characters written `\xNN`: a name is shown on terminals and in lists.
pub(super) fn without_controls(name: &str) -> String {
    let mut shown = String::new();
    for c in name.chars() {
        if c.is_control() {
            push_hex(&mut shown, c.encode_utf8(&mut [0; 4]).as_bytes());
        } else {
            shown.push(c);
        }
    }
    shown
}

fn push_escaped(name: &mut String, bytes: &[u8]) {
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            if c == '\\' || c.is_control() {
                let mut utf8 = [0; 4];
                push_hex(name, c.encode_utf8(&mut utf8).as_bytes());
            } else {
                name.push(c);
            }
        }
        push_hex(name, chunk.invalid());
    }
}

fn push_hex(name: &mut String, bytes: &[u8]) {
    for byte in bytes {
        name.push_str(&format!("\\x{byte:02X}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_however_the_path_is_written() {
        for (path, name) in [
            ("news/a.txt", "news/a.txt"),
            ("./news/a.txt", "news/a.txt"),
            ("news//./a.txt", "news/a.txt"),
            ("/var/news/a.txt", "/var/news/a.txt"),
            ("../a.txt", "../a.txt"),
            ("a\\b.txt", "a\\x5Cb.txt"),
            ("two\nlines.txt", "two\\x0Alines.txt"),
            (".", "."),
        ] {
            assert_eq!(source_name(Path::new(path)), name);
        }
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_utf8_stay_apart() {
        use std::os::unix::ffi::OsStrExt;
        let name = |bytes| source_name(Path::new(std::ffi::OsStr::from_bytes(bytes)));
        assert_eq!(name(b"caf\xE9.txt"), "caf\\xE9.txt");
        assert_ne!(name(b"caf\xE9.txt"), name(b"caf\\xE9.txt"));
        assert_ne!(name(b"caf\xE9.txt"), name("café.txt".as_bytes()));
    }
}
