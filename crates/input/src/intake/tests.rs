//! Archives are made here byte by byte, or packed by another library; what real programs pack is tried with the command.

use std::io::Write;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};

use super::*;

const BROKER: &str = "process.roles=broker\nnode.id=1\nlog.dirs=/d\n";

fn deflated(content: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn gzipped(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn crc32(content: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(content);
    crc.sum()
}

/// A ZIP archive; `claimed` is the size that it states for each entry, where that is not the real one.
fn zipped(files: &[(&str, &[u8])], flags: u16, claimed: Option<u32>) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let packed = deflated(content);
        let mut fields = Vec::new();
        for field in [20, flags, 8, 0, 0] {
            fields.extend(u16::to_le_bytes(field));
        }
        for field in [crc32(content), packed.len() as u32, claimed.unwrap_or(content.len() as u32)] {
            fields.extend(field.to_le_bytes());
        }
        fields.extend((name.len() as u16).to_le_bytes());
        fields.extend([0; 2]);
        let start = out.len() as u32;
        out.extend(b"PK\x03\x04");
        out.extend(&fields);
        out.extend(name.as_bytes());
        out.extend(packed);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&fields);
        directory.extend([0; 10]);
        directory.extend(start.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (start, length) = (out.len() as u32, directory.len() as u32);
    out.append(&mut directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    for _ in 0..2 {
        out.extend((files.len() as u16).to_le_bytes());
    }
    out.extend(length.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0; 2]);
    out
}

fn tarred(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, content) in files {
        let mut block = [0_u8; 512];
        block[..name.len()].copy_from_slice(name.as_bytes());
        block[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
        block[156] = if name.ends_with('/') { b'5' } else { b'0' };
        block[257..263].copy_from_slice(b"ustar\0");
        block[148..156].fill(b' ');
        let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
        block[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        out.extend(block);
        out.extend(*content);
        out.resize(out.len().next_multiple_of(512), 0);
    }
    out.resize(out.len() + 1024, 0);
    out
}

fn paths(taken: &Taken) -> Vec<&str> {
    taken.texts.iter().map(|text| text.path.as_str()).collect()
}

const FILES: &[(&str, &[u8])] = &[
    ("brokers/server.properties", BROKER.as_bytes()),
    ("brokers/old.properties", BROKER.as_bytes()),
    ("brokers/.gitignore", b"old.*\n"),
    ("node_modules/x/server.properties", BROKER.as_bytes()),
    ("web/vite.config.json", b"{\"port\": 1}"),
    ("logo.png", b"\x89PNG"),
];

#[test]
fn all_archives_give_the_same_texts_and_leave_the_same_files_aside() {
    let tar = tarred(FILES);
    for (name, bytes) in [("a.zip", zipped(FILES, 0, None)), ("a.tar", tar.clone()), ("a.tgz", gzipped(&tar))]
    {
        let taken = take(name, bytes);
        assert_eq!(paths(&taken), [format!("{name}/brokers/server.properties")], "{taken:?}");
        assert_eq!(taken.texts[0].text, BROKER);
        assert_eq!(taken.refused, [""; 0]);
        assert_eq!(
            taken.notes,
            [
                format!(
                    "{name} holds 1 entry that a .gitignore names, 1 folder of version control, packages or a build, left out."
                ),
                format!(
                    "{name} holds 1 file that was not read, since their names are not of a kind that is: logo.png. Name a file to have it read."
                ),
                format!("{name} holds 1 file that has nothing to do with Kafka, left aside."),
            ]
        );
    }
    let one = take("server.properties.gz", gzipped(BROKER.as_bytes()));
    assert_eq!(paths(&one), ["server.properties.gz/server.properties"]);
}

#[test]
fn what_kafkas_tools_print_is_of_kafka_though_it_does_not_name_it() {
    let printed = "ID   HOST  PORT  RACK  STATE     ENDPOINT_TYPE\n1    b     9092  null  unfenced  broker\n";
    for (text, stays) in [(printed, true), ("ID   HOST  PORT\n1    b     9092\n", false)] {
        let (taken, _) = take_of_folder("outputs/brokers.txt", text.as_bytes().to_vec());
        assert_eq!(taken.texts.len(), usize::from(stays), "{text}");
    }
}

#[test]
fn only_the_files_that_identify_the_library_of_a_jar_are_read() {
    let pom = "version=3.1.0\ngroupId=org.springframework.kafka\nartifactId=spring-kafka\n";
    let files: &[(&str, &[u8])] = &[
        ("META-INF/maven/a/b/pom.properties", pom.as_bytes()),
        ("META-INF/maven/a/c/pom.properties", b"version=1\ngroupId=a\nartifactId=c\n"),
        ("application.properties", b"spring.kafka.bootstrap-servers=a:1\n"),
        ("kafka/kafka-version.properties", b"commitId=1\nversion=3.7.1\n"),
    ];
    let taken = take("app.jar", zipped(files, 0, None));
    assert_eq!(
        paths(&taken),
        ["app.jar/META-INF/maven/a/b/pom.properties", "app.jar/kafka/kafka-version.properties"]
    );
    let taken = take("b.jar", zipped(&files[2..3], 0, None));
    assert!(taken.refused[0].starts_with("b.jar was not read: nothing in this jar"), "{taken:?}");
}

#[test]
fn each_refusal_names_the_file_the_reason_and_what_to_do() {
    let refused = |name: &str, bytes: Vec<u8>| {
        let taken = take(name, bytes);
        assert!(taken.texts.is_empty(), "{taken:?}");
        taken.refused.concat()
    };
    let whole = zipped(FILES, 0, None);
    let cut = whole[..whole.len() - 30].to_vec();
    assert_eq!(
        refused("a.zip", cut),
        "a.zip was not read: it is damaged or cut off. Pack it again, or unpack it and name the folder."
    );
    let secret = refused("a.zip", zipped(&FILES[..1], 1, None));
    assert_eq!(
        secret,
        "a.zip/brokers/server.properties was not read: it is encrypted. Unpack it and name the folder."
    );
    assert!(refused("a.7z", b"7z\xbc\xaf\x27\x1c\0\x04".to_vec()).contains("packed as 7z"));
    assert!(refused("a.tar.xz", b"\xfd7zXZ\0\0".to_vec()).contains("packed as xz"));
    let mut large = whole;
    large.resize(MAX_ARCHIVE_BYTES + 1, 0);
    assert!(refused("a.zip", large).contains("more than 64 MiB"));
}

#[test]
fn bombs_are_bounded_by_what_they_unpack_to_and_not_by_what_they_say() {
    let zeros = vec![b'\n'; MAX_FILE_BYTES + 1];
    let named: &[(&str, &[u8])] = &[("a.properties", &zeros)];
    for claimed in [None, Some(10)] {
        let taken = take("b.zip", zipped(named, 0, claimed));
        assert!(taken.texts.is_empty() && taken.refused.len() == 1, "{claimed:?} {:?}", taken.refused);
    }
    // 300 MB of zeros in 300 KB; the archive is not held, whatever it says.
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let one = tarred(&[("a.bin", &vec![0; 1024 * 1024])]);
    for _ in 0..300 {
        encoder.write_all(&one[..one.len() - 1024]).unwrap();
    }
    let bomb = encoder.finish().unwrap();
    assert!(bomb.len() < 1024 * 1024);
    let taken = take("b.tar.gz", bomb);
    assert!(taken.refused.concat().contains("256 MiB in all"), "{:?}", taken.refused);
    let many: Vec<(String, &[u8])> =
        (0..MAX_ENTRIES * 2 + 1).map(|at| (format!("{at}.properties"), &b""[..])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, content)| (name.as_str(), *content)).collect();
    assert!(take("m.tar", tarred(&many)).refused.concat().contains("20000 files"));
}

#[test]
fn names_that_lead_out_of_an_archive_are_plain_names_and_long_names_are_whole() {
    let evil: &[(&str, &[u8])] =
        &[("../../etc/server.properties", BROKER.as_bytes()), ("/b\\c.properties", BROKER.as_bytes())];
    let taken = take("e.zip", zipped(evil, 0, None));
    assert_eq!(paths(&taken), ["e.zip/etc/server.properties", "e.zip/b/c.properties"]);
    // A pax header before the entry has its long name.
    let long = format!("{}/server.properties", "d".repeat(200));
    let record = |length: usize| format!("{length} path={long}\n");
    let record = record(record(100).len());
    let mut archive = tarred(&[("pax", record.as_bytes()), ("short", BROKER.as_bytes())]);
    archive[156] = b'x';
    // The sum grows by the difference of the kinds.
    let sum: u32 = archive[..512]
        .iter()
        .enumerate()
        .map(|(at, byte)| if (148..156).contains(&at) { 32 } else { u32::from(*byte) })
        .sum();
    archive[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    assert_eq!(paths(&take("l.tar", archive)), [format!("l.tar/{long}")]);
}

#[test]
fn no_bytes_panic_however_they_are_damaged() {
    let tar = tarred(&FILES[..3]);
    for (name, whole) in
        [("a.zip", zipped(&FILES[..3], 0, None)), ("a.tar", tar.clone()), ("a.tgz", gzipped(&tar))]
    {
        for end in 0..whole.len().min(1500) {
            let _ = take(name, whole[..end].to_vec());
        }
        let mut seed = 7_usize;
        for _ in 0..500 {
            let mut bytes = whole.clone();
            for _ in 0..3 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let at = (seed >> 33) % bytes.len();
                bytes[at] = (seed >> 20) as u8;
            }
            let _ = take(name, bytes);
        }
    }
}

#[test]
fn a_script_without_an_ending_is_read_in_a_folder_and_a_program_is_not() {
    let script = "#!/bin/sh\nset -e\nkafka-topics.sh --zookeeper zk:2181 --list\n";
    assert_eq!(take_of_folder("bin/up", script.as_bytes().to_vec()).0.texts.len(), 1);
    assert_eq!(take_of_folder("bin/up", b"\x7fELF kafka-topics.sh".to_vec()).0, Taken::default());
    assert_eq!(
        take_of_folder("NOTICE", b"kafka-topics.sh --zookeeper zk --list\n".to_vec()).0,
        Taken::default()
    );
    let client = "# A client\nsecurity.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nbasic.auth=a\n";
    assert_eq!(take_of_folder("etc/client.template", client.as_bytes().to_vec()).0.texts.len(), 1);
    let other = "# A client\nsecurity.protocol=SASL_SSL\nname=a\nport=1\nuser=b\n";
    assert_eq!(take_of_folder("etc/client", other.as_bytes().to_vec()).0, Taken::default());
    let (read, _) = folder::sift(&["bin/up", "a.png"], &[], folder::is_opened);
    assert_eq!(read, [0]);
    let mut left_out = folder::LeftOut::default();
    left_out.leave("bin/up");
    left_out.leave("vite.config.json");
    assert_eq!((left_out.passed_over.len(), left_out.unrelated), (1, 1));
}

#[test]
fn a_file_without_an_ending_that_builds_an_image_is_read_where_it_has_something_of_kafkas() {
    let text = b"FROM python:3.7\nRUN pip install confluent_kafka\n".to_vec();
    assert_eq!(take_of_folder("docker/python-tools", text).0.texts.len(), 1);
    let text = b"FROM python:3.7\nRUN pip install requests\n".to_vec();
    assert!(take_of_folder("docker/python-tools", text).0.texts.is_empty());
    let text = b"FROM here on kafka is\nour own.\n".to_vec();
    assert!(take_of_folder("notes", text).0.texts.is_empty());
}
