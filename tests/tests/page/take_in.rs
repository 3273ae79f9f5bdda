//! Files, folders and archives that come in from a disk, and what is said of those that do not.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{BROKER, Open, shows};

/// A folder of a disk with these files.
fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("take-in").join(name);
    let _ = fs::remove_dir_all(&folder);
    for (path, content) in files {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, content).unwrap();
    }
    folder
}

fn cluster(name: &str) -> PathBuf {
    folder(
        name,
        &[
            ("brokers/b-1.properties", BROKER.as_bytes()),
            ("brokers/b-2.properties", b"process.roles=broker\nnode.id=5\nlog.dirs=/d\n"),
            (".gitignore", b"secret/\n"),
            ("secret/b.properties", BROKER.as_bytes()),
            ("node_modules/x/b.properties", BROKER.as_bytes()),
            ("notes.txt", b"milk, eggs\n"),
            ("logo.png", b"\x89PNG\r\n"),
        ],
    )
}

fn names(open: &Open) -> String {
    open.text(".fl").unwrap()
}

/// Unfolds what is to be known and returns it.
fn notices(open: &Open) -> String {
    open.wait_for("document.querySelector('.notices .first')").unwrap();
    if open.ask("!!document.querySelector('#show-notices[aria-expanded=false]')").unwrap() == true {
        open.click("#show-notices").unwrap();
    }
    open.text(".notices").unwrap()
}

/// The same files are read, and the same sentences said, as by the command.
fn holds_the_cluster(open: &Open, top: &str) {
    open.wait_for("document.querySelector('.verdict .counts')").unwrap();
    let names = names(open);
    assert!(names.starts_with("2 files") && names.contains("b-1.properties"), "{names}");
    let said = notices(open);
    for part in [
        "1 entry that a .gitignore names, 1 folder of version control, packages or a build, left out.",
        "1 file that was not read, since their names are not of a kind that is",
        "1 file that has nothing to do with Kafka, left aside.",
    ] {
        assert!(said.contains(&format!("{top} holds {part}")), "{part}: {said}");
    }
}

#[test]
fn a_folder_is_dropped_with_its_paths_and_what_the_command_leaves_aside_stays_aside() {
    let open = Open::new();
    let cluster = cluster("dropped");
    open.drag(&[&cluster], false).unwrap();
    open.wait_for("document.querySelector('.dropping')?.innerText.includes('1 file or folder')").unwrap();
    open.drag(&[&cluster], true).unwrap();
    holds_the_cluster(&open, "dropped");
    assert_eq!(open.ask("!!document.querySelector('.dropping')").unwrap(), false);
    open.close();
}

#[test]
fn a_folder_is_picked_and_gives_the_same() {
    let open = Open::new();
    open.choose("#open-folder", &[&cluster("picked")]).unwrap();
    holds_the_cluster(&open, "picked");
    open.close();
}

#[test]
fn archives_are_opened_and_a_jar_gives_its_release() {
    let open = Open::new();
    let cluster = cluster("packed");
    let around = cluster.parent().unwrap();
    let pack = "rm -f p.zip p.tar.gz a.jar && python3 -m zipfile -c p.zip packed/ && tar czf p.tar.gz packed && \
        mkdir -p jar/kafka && printf 'commitId=1\\nversion=3.7.1\\n' > jar/kafka/kafka-version.properties && \
        cd jar && python3 -m zipfile -c ../a.jar kafka/";
    assert!(Command::new("sh").args(["-c", pack]).current_dir(around).status().unwrap().success());
    for name in ["p.zip", "p.tar.gz"] {
        open.drag(&[&around.join(name)], true).unwrap();
        holds_the_cluster(&open, name);
        open.click("#close-all").unwrap();
        open.wait_for("document.querySelector('#paste')").unwrap();
        open.click("#hide-notices").unwrap();
    }
    open.drag(&[&around.join("a.jar")], true).unwrap();
    open.wait_for("document.querySelector('#text')?.value.includes('version=3.7.1')").unwrap();
    open.wait_for("document.querySelector('#kind')?.innerText === 'Build file'").unwrap();
    open.close();
}

#[test]
fn utf_16_is_read_and_reported_and_binaries_are_refused_with_name_reason_and_remedy() {
    let utf_16: Vec<u8> = "\u{feff}process.roles=broker\r\nnode.id=1\r\nlog.dirs=/d\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let files = folder(
        "odd",
        &[
            ("win.properties", &utf_16),
            ("picture.properties", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
            ("broken.zip", b"PK\x03\x04 and no more"),
            ("old.7z", b"7z\xbc\xaf\x27\x1c\0\x04"),
        ],
    );
    let open = Open::new();
    let paths = ["win.properties", "picture.properties", "broken.zip", "old.7z"].map(|name| files.join(name));
    open.drag(&paths.each_ref().map(PathBuf::as_path), true).unwrap();
    open.wait_for("document.querySelector('#text')").unwrap();
    shows(&open, "process.roles=broker\nnode.id=1\nlog.dirs=/d\n");
    let said = notices(&open);
    for sentence in [
        "win.properties is UTF-16, which Kafka cannot read.",
        "picture.properties was not read: it is a binary file. Name the text files to check.",
        "broken.zip was not read: it is damaged or cut off.",
        "old.7z was not read: it is packed as 7z, which is not read here.",
    ] {
        assert!(said.contains(sentence), "{sentence}: {said}");
    }
    open.close();
}

#[test]
fn many_files_come_in_one_go_and_are_one_answer() {
    let files: Vec<(String, String)> =
        (0..300).map(|at| (format!("b-{at}.properties"), format!("{BROKER}# {at}\n"))).collect();
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let open = Open::new();
    open.drag(&[&folder("many", &files)], true).unwrap();
    open.wait_for("document.querySelector('.fl h2')?.innerText.startsWith('300 files')").unwrap();
    open.wait_for("document.querySelector('.verdict .counts')").unwrap();
    open.close();
}

#[test]
fn an_empty_folder_and_a_missing_file_are_reported() {
    let open = Open::new();
    let empty = folder("empty", &[("readme.md", b"x")]);
    open.drag(&[&empty], true).unwrap();
    let said = notices(&open);
    assert!(said.contains("empty holds nothing to check: no file of Kafka's"), "{said}");
    let gone = folder("gone", &[("b.properties", b"a=1\n")]).join("b.properties");
    open.ask("(window.__slow = Blob.prototype.slice, Blob.prototype.slice = function() { throw new DOMException('x', 'NotReadableError') }, 1)").unwrap();
    open.drag(&[Path::new(&gone)], true).unwrap();
    open.wait_for("document.querySelector('.notices')?.innerText.includes('And')").unwrap();
    assert!(
        notices(&open)
            .contains("b.properties was not read: the browser could not open it (NotReadableError).")
    );
    open.close();
}

#[test]
fn the_page_asks_what_a_text_is_if_nothing_shows_it() {
    let open = Open::with("retries=3\nsome.setting=1\n");
    open.wait_for("document.querySelector('.ask-kind')?.innerText.includes('What is this text?')").unwrap();
    open.click(".ask-kind [data-component=producer]").unwrap();
    open.wait_for("document.querySelector('#component').value === 'producer'").unwrap();
    open.wait_for("!document.querySelector('.ask-kind')").unwrap();
    open.close();
}
