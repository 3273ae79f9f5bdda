//! Files as people and machines leave them: links, pipes, odd names and encodings; and what `fix` and drafts do to them.

#![cfg(unix)]

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::{Folder, Outcome, run, run_with};

/// A broker's configuration that a fix changes: 4.0 removes one key.
const BROKER: &str = "process.roles=broker\nnode.id=1\nlog.message.format.version=3.0\n";
const FIXED: &str = "process.roles=broker\nnode.id=1\n";
const FIX: &str = "fix --from 3.9.0 --to 4.0.0";

fn text(folder: &Folder, name: &str) -> String {
    String::from_utf8_lossy(&folder.read(name)).into_owned()
}

fn paths(outcome: &Outcome) -> Vec<String> {
    let json = outcome.json();
    let files = json["files"].as_array().expect("files").iter();
    files.map(|file| file["path"].as_str().expect("a path").to_owned()).collect()
}

/// Runs the command as a shell does; a command that hangs is ended.
fn shell(folder: &Folder, line: &str) -> (i32, String, String) {
    let mut child = Command::new("bash")
        .args(["-c", line])
        .env("B", env!("CARGO_BIN_EXE_kafka-upgrade-check"))
        .current_dir(&folder.0)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("bash starts");
    let start = Instant::now();
    while child.try_wait().expect("a child").is_none() {
        if start.elapsed() > Duration::from_secs(60) {
            let _gone = child.kill();
            panic!("{line} hangs");
        }
        std::thread::yield_now();
    }
    let output = child.wait_with_output().expect("it ended");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

#[test]
fn links_are_followed_inside_of_a_folder_and_never_out_of_it() {
    let folder = Folder::new("links")
        .with("outside/server.properties", BROKER)
        .with("repo/in/server.properties", BROKER)
        .with("repo/target/kept.properties", BROKER);
    symlink("../outside", folder.0.join("repo/conf")).expect("a link");
    symlink("../outside/server.properties", folder.0.join("repo/file.properties")).expect("a link");
    symlink("in/server.properties", folder.0.join("repo/again.properties")).expect("a link");
    symlink("target/kept.properties", folder.0.join("repo/link.properties")).expect("a link");
    symlink("..", folder.0.join("repo/in/loop")).expect("a link");
    let read = run(&folder, "read --format json repo");
    assert_eq!(paths(&read), ["repo/in/server.properties", "repo/link.properties"]);
    assert!(read.err.contains("2 links that lead out of it"), "{}", read.err);
    let fixed = run(&folder, &format!("{FIX} repo"));
    assert_eq!(fixed.code, 0, "{}", fixed.err);
    assert_eq!(text(&folder, "outside/server.properties"), BROKER);
    assert_eq!(text(&folder, "repo/in/server.properties"), FIXED);
    assert_eq!(text(&folder, "repo/target/kept.properties"), FIXED);
    assert!(fs::symlink_metadata(folder.0.join("repo/link.properties")).expect("it is there").is_symlink());
    // A link named as an argument is followed.
    run(&folder, &format!("{FIX} repo/file.properties"));
    assert_eq!(text(&folder, "outside/server.properties"), FIXED);
    assert!(fs::symlink_metadata(folder.0.join("repo/file.properties")).expect("it is there").is_symlink());
}

#[test]
fn a_file_of_two_names_is_read_once() {
    let folder = Folder::new("two-names-of-one").with("conf/server.properties", BROKER);
    symlink("server.properties", folder.0.join("conf/b.properties")).expect("a link");
    let named = run(&folder, "read --format json conf/b.properties conf/server.properties conf");
    assert_eq!(paths(&named), ["conf/b.properties"]);
    fs::hard_link(folder.0.join("conf/server.properties"), folder.0.join("conf/c.properties"))
        .expect("a link");
    let fixed = run(&folder, &format!("{FIX} conf/c.properties"));
    assert_eq!(fixed.code, 2);
    assert!(fixed.err.contains("stays as it is: it has a second name"), "{}", fixed.err);
    assert_eq!(text(&folder, "conf/server.properties"), BROKER);
}

#[test]
fn what_is_no_file_is_never_opened() {
    let folder = Folder::new("pipes").with("conf/server.properties", BROKER);
    let made = Command::new("mkfifo").arg(folder.0.join("conf/pipe.properties")).status();
    assert!(made.is_ok_and(|status| status.success()), "mkfifo is there");
    let _socket =
        std::os::unix::net::UnixListener::bind(folder.0.join("conf/s.properties")).expect("a socket");
    for command in ["check --fail-on never", "read", "fix --dry-run"] {
        let (code, _, err) = shell(&folder, &format!("\"$B\" {command} conf"));
        assert_eq!(code, 0, "{command}: {err}");
        assert!(err.contains("2 pipes, sockets or devices"), "{command}: {err}");
    }
    // A file named as an argument is read: shells use such names for the output of programs.
    let (code, out, err) = shell(&folder, "\"$B\" read <(printf 'node.id=1\\n')");
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("node.id = 1"), "{out}");
}

#[test]
fn gitignores_hold_inside_and_hidden_files_are_read() {
    let folder = Folder::new("ignored")
        .with(".gitignore", "server.properties\n")
        .with("repo/.gitignore", "secret.properties\n/only/\n!keep.properties\n")
        .with("repo/server.properties", BROKER)
        .with("repo/secret.properties", BROKER)
        .with("repo/sub/secret.properties", BROKER)
        .with("repo/sub/.gitignore", "keep.properties\n")
        .with("repo/sub/keep.properties", BROKER)
        .with("repo/only/a.properties", BROKER)
        .with("repo/sub/only/a.properties", BROKER)
        .with("repo/.github/b.properties", BROKER)
        .with("repo/.git/c.properties", BROKER)
        .with("repo/build/d.properties", BROKER)
        .with("repo/vendor/e.properties", BROKER);
    let read = run(&folder, "read --format json repo");
    let want = ["repo/.github/b.properties", "repo/server.properties", "repo/sub/only/a.properties"];
    assert_eq!(paths(&read), want);
    assert!(
        read.err.contains("4 entries that a .gitignore names, 3 folders of version control"),
        "{}",
        read.err
    );
    let all = run(&folder, "read --format json --no-ignore repo");
    assert_eq!(paths(&all).len(), 9, "{:?}", paths(&all));
}

#[test]
fn a_failed_write_leaves_the_file_whole() {
    let long = format!("{BROKER}{}", "# a line that is long enough to fill a file\n".repeat(600));
    let folder = Folder::new("failed-write").with("server.properties", &long);
    let (code, _, err) =
        shell(&folder, &format!("ulimit -f 8; trap '' XFSZ; \"$B\" {FIX} server.properties"));
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("server.properties stays as it is"), "{err}");
    assert_eq!(text(&folder, "server.properties"), long);
    let left: Vec<_> = fs::read_dir(&folder.0).expect("a folder").collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn a_fixed_file_keeps_its_mode() {
    for mode in [0o600, 0o640, 0o755] {
        let folder = Folder::new(&format!("mode-{mode:o}")).with("server.properties", BROKER);
        let path = folder.0.join("server.properties");
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("a mode");
        let before = fs::metadata(&path).expect("it is there");
        run(&folder, &format!("{FIX} server.properties"));
        let after = fs::metadata(&path).expect("it is there");
        assert_eq!(text(&folder, "server.properties"), FIXED);
        assert_eq!(after.mode(), before.mode());
        assert_eq!((after.uid(), after.gid()), (before.uid(), before.gid()));
    }
}

#[test]
fn one_file_that_cannot_be_written_keeps_no_other_from_it() {
    let folder = Folder::new("one-of-two").with("a.properties", BROKER).with("b.properties", BROKER);
    fs::hard_link(folder.0.join("a.properties"), folder.0.join("other-name")).expect("a link");
    let fixed = run(&folder, &format!("{FIX} a.properties b.properties"));
    assert_eq!(fixed.code, 2);
    assert!(fixed.err.contains("note: b.properties: 1 fix applied."), "{}", fixed.err);
    assert!(!fixed.err.contains("a.properties: 1 fix"), "{}", fixed.err);
    assert_eq!((text(&folder, "a.properties"), text(&folder, "b.properties")), (BROKER.into(), FIXED.into()));
}

#[test]
fn drafts_are_as_hard_to_read_as_their_file_and_follow_no_link() {
    let broker = "broker.id=0\nzookeeper.connect=zk1:2181\nlog.dirs=/data\nssl.keystore.password=hunter2\n";
    let folder = Folder::new("draft-modes").with("server.properties", broker).with("elsewhere/x", "");
    let path = folder.0.join("server.properties");
    for mode in [0o600, 0o640, 0o644] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("a mode");
        let out = format!("out-{mode:o}");
        run(&folder, &format!("check --from 3.9 --to 4.0 --write-drafts {out} server.properties"));
        for draft in ["1-provision/node-3000/controller.properties", "2-switch-on/server.properties"] {
            let written = fs::metadata(folder.0.join(&out).join(draft)).expect("the draft is there");
            assert_eq!(written.mode() & 0o777, mode, "{draft}");
        }
    }
    // Text from standard input may be read by its owner alone.
    let arguments = ["check", "--from", "3.9", "--to", "4.0", "--write-drafts", "out-in", "-"];
    run_with(&folder, &arguments, broker.as_bytes(), &[]);
    let written = fs::metadata(folder.0.join("out-in/2-switch-on/stdin")).expect("the draft is there");
    assert_eq!(written.mode() & 0o777, 0o600);
    fs::create_dir(folder.0.join("out-link")).expect("a folder");
    symlink("../elsewhere", folder.0.join("out-link/2-switch-on")).expect("a link");
    let linked = run(&folder, "check --from 3.9 --to 4.0 --write-drafts out-link server.properties");
    assert_eq!(linked.code, 2);
    assert!(linked.err.contains("is a link or a file"), "{}", linked.err);
    assert_eq!(fs::read_dir(folder.0.join("elsewhere")).expect("a folder").count(), 1);
}

#[test]
fn a_patch_of_any_text_and_name_is_taken_by_patch() {
    let folder = Folder::new("patches")
        .with("cr/server.properties", BROKER.replace('\n', "\r"))
        .with("crlf/server.properties", BROKER.replace('\n', "\r\n"))
        .with("end/server.properties", BROKER.trim_end())
        .with("a \"b\" \u{e9}/server.properties", BROKER)
        .with("d\n--- a_etc\n+++ b_etc\n@@ -1 +1 @@\n-x\n+y\n.d/server.properties", BROKER);
    run(&folder, "fix --dry-run .");
    let (code, out, err) =
        shell(&folder, &format!("\"$B\" {FIX} --dry-run . > x.patch; patch --binary -p1 -i x.patch"));
    assert_eq!(code, 0, "{out}{err}");
    let patch = text(&folder, "x.patch");
    assert_eq!(patch.lines().filter(|line| line.starts_with("--- ")).count(), 5, "{patch}");
    for (name, want) in [
        ("cr", FIXED.replace('\n', "\r")),
        ("crlf", FIXED.replace('\n', "\r\n")),
        ("end", FIXED.to_owned()),
        ("a \"b\" \u{e9}", FIXED.to_owned()),
    ] {
        assert_eq!(text(&folder, &format!("{name}/server.properties")), want, "{name}");
    }
}

#[test]
fn nothing_that_steers_a_terminal_comes_out_of_any_command() {
    let odd = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31m\u{202e}\u{200b}";
    let broker = format!("{BROKER}# {odd}\nclient.id={odd}\n{odd}=1\n");
    let log4j = format!(
        "log4j.rootLogger=INFO, out\nlog4j.appender.out=org.apache.log4j.FileAppender\n\
         log4j.appender.out.File=/var/log/{odd}\nlog4j.appender.out.layout=org.apache.log4j.PatternLayout\n\
         log4j.appender.out.layout.ConversionPattern=%m {odd}%n\nlog4j.renderer.{odd}=x\n"
    );
    let folder = Folder::new("escapes")
        .with(&format!("{odd}/server.properties"), &broker)
        .with("log4j.properties", log4j)
        .with("server.properties", broker);
    for command in [
        "check --from 3.9 --to 4.0 .",
        "check --from 3.9 --to 4.0 --format markdown .",
        "check --from 3.9 --to 4.0 --format json --write-drafts out .",
        "read .",
        "fix --from 3.9 --to 4.0 --dry-run .",
        "convert log4j.properties",
        "convert --to properties log4j.properties",
        "explain \u{1b}[2J\u{202e}",
    ] {
        let arguments: Vec<&str> = command.split(' ').collect();
        let outcome = run_with(&folder, &arguments, b"", &[("NO_COLOR", "1")]);
        for (what, text) in [("output", &outcome.out), ("messages", &outcome.err)] {
            let found = text.chars().find(|sign| {
                (sign.is_control() && !matches!(sign, '\n' | '\t')) || matches!(sign, '\u{202e}' | '\u{200b}')
            });
            assert_eq!(found, None, "{command}: {what}: {text}");
        }
    }
}

#[test]
fn names_that_are_no_utf_8_stay_apart() {
    let folder = Folder::new("odd-names");
    for byte in [b'\xfe', b'\xff'] {
        let name = [&[byte][..], b".properties"].concat();
        fs::write(folder.0.join(Path::new(OsStr::from_bytes(&name))), BROKER).expect("a file");
    }
    let read = run(&folder, "read --format json .");
    assert_eq!(read.code, 0, "{}", read.err);
    assert_eq!(paths(&read), ["./\\xfe.properties", "./\\xff.properties"]);
    let fixed = run(&folder, &format!("{FIX} ."));
    assert_eq!(fixed.code, 0, "{}", fixed.err);
    assert_eq!(
        fs::read(folder.0.join(Path::new(OsStr::from_bytes(b"\xff.properties")))).expect("it"),
        FIXED.as_bytes()
    );
}

fn wide(text: &str, width: usize) -> Vec<u8> {
    let signs = "\u{feff}".chars().chain(text.chars());
    signs.flat_map(|sign| u32::from(sign).to_le_bytes()[..width].to_vec()).collect()
}

#[test]
fn utf_16_and_utf_32_are_read_and_stay_what_they_are() {
    let folder = Folder::new("wide")
        .with("a.properties", wide(BROKER, 2))
        .with("b.properties", wide(BROKER, 4))
        .with("cut.properties", &wide(BROKER, 2)[..31]);
    let outcome = run(&folder, "read --format json a.properties b.properties cut.properties");
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.contains("a.properties is UTF-16, which Kafka cannot read."), "{}", outcome.err);
    assert!(outcome.err.contains("b.properties is UTF-32, which Kafka cannot read."), "{}", outcome.err);
    assert!(outcome.err.contains("cut.properties was not read: it begins as UTF-16"), "{}", outcome.err);
    let fixed = run(&folder, &format!("{FIX} a.properties b.properties"));
    assert_eq!(fixed.code, 0, "{}", fixed.err);
    assert_eq!(folder.read("a.properties"), wide(FIXED, 2));
    assert_eq!(folder.read("b.properties"), wide(FIXED, 4));
}

#[test]
fn archives_of_real_programs_are_opened_when_they_are_named_and_never_written() {
    let folder = Folder::new("archives")
        .with("c/brokers/server.properties", BROKER)
        .with("c/.gitignore", "ignored.*\n")
        .with("c/ignored.properties", BROKER)
        .with("c/node_modules/x.properties", BROKER)
        .with("c/logo.png", b"\x89PNG\r\n");
    let pack = "tar czf c.tgz c && tar cf c.tar c && python3 -m zipfile -c c.zip c/ && \
        gzip -k c/brokers/server.properties && mv c/brokers/server.properties.gz .";
    assert_eq!(shell(&folder, pack).0, 0);
    for (name, path) in [
        ("c.tgz", "c.tgz/c/brokers/server.properties"),
        ("c.tar", "c.tar/c/brokers/server.properties"),
        ("c.zip", "c.zip/c/brokers/server.properties"),
        ("server.properties.gz", "server.properties.gz/server.properties"),
    ] {
        let read = run(&folder, &format!("read --format json {name}"));
        assert_eq!((read.code, paths(&read)), (0, vec![path.to_owned()]), "{name}: {}", read.err);
        let before = folder.read(name);
        let fixed = run(&folder, &format!("{FIX} {name}"));
        assert_eq!(fixed.code, 2, "{}", fixed.err);
        assert!(fixed.err.contains("files of an archive are not written. Unpack it"), "{}", fixed.err);
        assert_eq!(folder.read(name), before);
        let shown = run(&folder, &format!("{FIX} --dry-run {name}"));
        assert!(shown.out.contains("-log.message.format.version=3.0"), "{}", shown.out);
    }
    // In the unpacked folder the same files are skipped, and archives inside are not opened.
    let read = run(&folder, "read --format json c");
    assert_eq!(paths(&read), ["c/brokers/server.properties"]);
    assert_eq!(shell(&folder, "cp c.zip c/brokers/").0, 0);
    assert_eq!(paths(&run(&folder, "read --format json c")), ["c/brokers/server.properties"]);
    let said = run(&folder, "read c.zip").err;
    assert!(
        said.contains("c.zip holds 1 entry that a .gitignore names, 1 folder of version control"),
        "{said}"
    );
    // Through a pipe as well.
    let (code, out, err) = shell(&folder, "\"$B\" read --format json - < c.tgz");
    assert!(code == 0 && out.contains("brokers/server.properties"), "{err}");
}

/// Folders, archives and the page read `.gitignore` files with different code.
#[test]
fn gitignores_mean_the_same_in_a_folder_and_in_an_archive() {
    let ignores = [
        "*.bak.properties\n!keep.bak.properties\n",
        "/a.properties\nsub/deep/*.properties\n",
        "**/deep/\n",
        "sub/**\n!sub/b.properties\n",
        "[ab].properties\n\\!c.properties\n",
        "s?b/\n# sub2\n",
        "*\n!*.properties\n!*/\n",
        "deep/**/x.properties\n/**/b.properties\n",
    ];
    for (number, ignore) in ignores.iter().enumerate() {
        let mut folder = Folder::new(&format!("ignores-{number}")).with("c/.gitignore", ignore);
        for path in ["", "sub/", "sub/deep/", "sub/deep/er/", "sub2/"] {
            for name in ["a", "b", "c", "!c", "x", "y.bak", "keep.bak"] {
                folder = folder.with(&format!("c/{path}{name}.properties"), BROKER);
            }
        }
        let folder = folder.with("c/sub2/.gitignore", "!a.properties\nb.*\n");
        assert_eq!(shell(&folder, "cd c && tar cf ../c.tar .").0, 0);
        let of_folder = paths(&run(&folder, "read --format json c"));
        let of_archive: Vec<String> = paths(&run(&folder, "read --format json c.tar"))
            .iter()
            .map(|path| path.replacen("c.tar/", "c/", 1))
            .collect();
        assert_eq!(of_folder, of_archive, "{ignore}");
    }
}

#[test]
fn lines_that_go_can_stay_as_comments() {
    let folder = Folder::new("comments").with("server.properties", BROKER);
    let outcome = run(&folder, &format!("{FIX} --comment server.properties"));
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let after = text(&folder, "server.properties");
    let lines: Vec<&str> = after.lines().collect();
    assert_eq!(lines[..2], ["process.roles=broker", "node.id=1"]);
    assert!(lines[2].starts_with("# ") && lines[2].contains("log.message.format.version"), "{after}");
    assert_eq!(lines[3..], ["# log.message.format.version=3.0"]);
    let again = run(&folder, &format!("{FIX} --comment server.properties"));
    assert_eq!((again.code, text(&folder, "server.properties")), (0, after), "{}", again.err);
}

#[test]
fn what_runs_is_read_off_the_files_once() {
    // The fixes of the first round do not remove what later rounds need in order to judge the file.
    let text_ = "process.roles=broker\nnode.id=4\ncontroller.quorum.voters=1@c:9093\n\
        controller.listener.names=CONTROLLER\ninter.broker.protocol.version=3.2\n";
    let folder = Folder::new("evidence").with("server.properties", text_);
    assert_eq!(run(&folder, "check --format json server.properties").code, 1);
    assert_eq!(run(&folder, "fix server.properties").code, 0);
    assert!(text(&folder, "server.properties").contains("inter.broker.protocol.version=3.2"));
    assert_eq!(run(&folder, "check --format json server.properties").code, 1);
}

#[test]
fn a_stated_component_overrules_what_is_named_and_in_a_folder_what_may_be_any_component_s() {
    let compose =
        "services:\n  kafka:\n    image: apache/kafka:3.9.0\n    environment:\n      KAFKA_NODE_ID: 1\n";
    let folder = Folder::new("component")
        .with("conf/clients.properties", "max.request.size=1\nbootstrap.servers=a:9092\n")
        .with("conf/compose.yml", compose)
        .with("conf/nobody.properties", "name=x\nport=1\n");
    let components = |arguments: &str| {
        let report = run(&folder, arguments).json();
        let files = report["files"].as_array().expect("files").clone();
        let show = |file: &serde_json::Value| format!("{} {}", file["path"], file["component"]);
        files.iter().map(show).collect::<Vec<_>>()
    };
    let walked = components("check --to 4.0 --component consumer --format json --fail-on never conf");
    assert!(walked.contains(&"\"conf/clients.properties\" \"consumer\"".to_owned()), "{walked:?}");
    assert!(walked.contains(&"\"conf/compose.yml\" \"broker\"".to_owned()), "{walked:?}");
    let named = components(
        "check --to 4.0 --component consumer --format json --fail-on never conf/nobody.properties",
    );
    assert_eq!(named, ["\"conf/nobody.properties\" \"consumer\""]);
}
