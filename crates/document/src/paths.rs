//! Paths as readers give them, with `/` or `\\` between folders.

/// What stands between two folders.
pub const BETWEEN: [char; 2] = ['/', '\\'];

/// Names of the files that list what a native image of GraalVM's keeps for reflection.
pub const NATIVE_IMAGE: &[&str] =
    &["jni-config.json", "reachability-metadata.json", "reflect-config.json", "serialization-config.json"];

/// Folder and name of a file; the folder is empty for a file at the top.
#[must_use]
pub fn split(path: &str) -> (&str, &str) {
    path.rsplit_once(BETWEEN).unwrap_or(("", path))
}

/// The folder of a file; empty at the top.
#[must_use]
pub fn folder(path: &str) -> &str {
    split(path).0
}

/// The last part of a path: `server.properties` of `config/server.properties`.
#[must_use]
pub fn file_name(path: &str) -> &str {
    split(path).1
}

/// The folders of a path and its file, from the top.
pub fn parts(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.split(BETWEEN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_part_is_the_file_on_every_system() {
        assert_eq!(split("config/kraft/server.properties"), ("config/kraft", "server.properties"));
        assert_eq!(split(r"C:\kafka\server.properties"), (r"C:\kafka", "server.properties"));
        assert_eq!(split("server.properties"), ("", "server.properties"));
        assert_eq!((folder("a/b/"), file_name("a/b/"), file_name("")), ("a/b", "", ""));
    }
}
