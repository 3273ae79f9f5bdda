//! A session gives the report of a check in one go, whatever was put, removed and begun before.

use kafka_upgrade_catalog::Release;
use kafka_upgrade_document::Units;
use kafka_upgrade_report::{Mode, Report};
use kafka_upgrade_session::{File, Options, Request, Session, Slice, check};

/// Texts of several kinds, some of which refer to each other.
const TEXTS: &[(&str, &str)] = &[
    (
        "broker.properties",
        "broker.id=1\nzookeeper.connect=zk:2181\nlog.dirs=/d\ninter.broker.protocol.version=2.8\n",
    ),
    ("broker.properties", "node.id=1\nprocess.roles=broker\nlog.message.format.version=2.8\nlog.dirs=/d\n"),
    (
        "pom.xml",
        "<project><properties><k>2.8.1</k></properties><dependencies><dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-clients</artifactId><version>${k}</version></dependency></dependencies></project>",
    ),
    ("pom.xml", "<project/>"),
    (
        "compose.yaml",
        "services:\n  kafka:\n    image: apache/kafka:3.7.0\n    environment:\n      KAFKA_LOG_CLEANER_ENABLE: \"false\"\n",
    ),
    (
        "App.java",
        "import org.apache.kafka.clients.consumer.KafkaConsumer;\nclass App { void run(KafkaConsumer<String, String> c) { c.poll(100); } }\n",
    ),
    ("run.sh", "kafka-topics.sh --zookeeper zk:2181 --list\n"),
    ("notes.txt", "nothing of Kafka\n"),
];

/// A generator whose numbers depend on the seed alone.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % end
    }
}

fn in_one_go(options: &Options, files: &std::collections::BTreeMap<&str, &str>) -> Report {
    let files: Vec<_> = files.iter().map(|(path, text)| File::new(path, text)).collect();
    let have: Vec<&str> = options.have.iter().map(String::as_str).collect();
    check(&Request {
        from: options.from,
        to: options.to,
        mode: options.mode,
        platform: options.platform,
        component: options.component,
        files: &files,
        have: &have,
        units: options.units,
    })
}

#[test]
fn any_order_of_edits_gives_the_report_of_one_go() {
    let release = |text: &str| Some(text.parse::<Release>().unwrap());
    for seed in 0..12 {
        let mut numbers = Numbers(seed);
        let mut options = Options::to(release("4.0.0").unwrap());
        let mut session = Session::new(options.clone());
        let mut files = std::collections::BTreeMap::new();
        for _ in 0..12 {
            match numbers.below(8) {
                0 => {
                    let (path, _) = TEXTS[numbers.below(TEXTS.len())];
                    files.remove(path);
                    session.remove(path);
                }
                1 => {
                    options.from = [None, release("2.8.1"), release("3.9.0")][numbers.below(3)];
                    options.mode = [None, Some(Mode::Zookeeper)][numbers.below(2)];
                    options.have = [vec![], vec!["librdkafka 1.9".to_owned()]][numbers.below(2)].clone();
                    options.units = [Units::Characters, Units::Utf16][numbers.below(2)];
                    session.set(options.clone());
                }
                // A check that is superseded on its way.
                2 | 3 => (0..numbers.below(6)).for_each(|_| {
                    session.step();
                }),
                _ => {
                    let (path, text) = TEXTS[numbers.below(TEXTS.len())];
                    files.insert(path, text);
                    session.put(&File::new(path, text));
                }
            }
        }
        assert_eq!(*session.report(), in_one_go(&options, &files), "seed {seed}: {files:?}");
    }
}

#[test]
fn slices_count_down_and_an_edit_that_changes_nothing_keeps_the_report() {
    let mut session = Session::new(Options::to("4.0.0".parse().unwrap()));
    TEXTS[4..].iter().for_each(|(path, text)| session.put(&File::new(path, text)));
    let mut left = Vec::new();
    while let Slice::Left(one) = session.step() {
        left.push(one);
    }
    let reading = &left[..4];
    assert_eq!(reading, [5, 4, 3, 2]);
    assert!(left[4..].is_sorted_by(|one, next| one > next), "{left:?}");
    session.put(&File::new(TEXTS[4].0, TEXTS[4].1));
    session.remove("never there");
    assert!(matches!(session.step(), Slice::Done(_)));
    session.put(&File::new(TEXTS[4].0, "services: {}\n"));
    assert_eq!(session.step(), Slice::Left(2), "one file is read again");
}

#[test]
fn the_order_of_files_leaves_no_trace() {
    // Equal files, files that contradict each other, and files that refer to each other.
    let more = [
        ("b1.properties", "node.id=1\nprocess.roles=broker\nlog.dirs=/d\nlog.cleaner.enable=false\n"),
        ("b2.properties", "node.id=1\nprocess.roles=broker\nlog.dirs=/d\nlog.cleaner.enable=false\n"),
        ("zk.properties", "broker.id=1\nzookeeper.connect=zk:2181\nlog.dirs=/d\n"),
        (
            "c.properties",
            "node.id=3\nprocess.roles=controller\ncontroller.quorum.voters=3@c:9093\ncontroller.listener.names=C\nlisteners=C://c:9093\nlog.dirs=/d\n",
        ),
        ("pip.txt", "kafka-python==1.4.7\nconfluent-kafka==0.11.6\n"),
        ("env", "KAFKA_OPTS=-XX:+UseConcMarkSweepGC\n"),
    ];
    let texts = TEXTS.iter().copied().enumerate().map(|(at, (path, text))| (format!("{at}/{path}"), text));
    let mut files: Vec<(String, &str)> = texts.collect();
    files.extend(more.map(|(path, text)| (path.to_owned(), text)));
    let report = |files: &[(String, &str)]| {
        let files: Vec<_> = files.iter().map(|(path, text)| File::new(path, text)).collect();
        check(&Request { have: &["kafka 3.4"], ..Request::new("4.1.0".parse().unwrap(), &files) })
    };
    let first = report(&files);
    assert!(first.findings.len() > 10, "{}", first.findings.len());
    let mut numbers = Numbers(7);
    for _ in 0..20 {
        for end in (1..files.len()).rev() {
            files.swap(end, numbers.below(end + 1));
        }
        let order: Vec<_> = files.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(report(&files), first, "{order:?}");
    }
}
