//! How the time of a check grows with what is given: each kind of input at three sizes, and the exponent of the fit.
//!
//! 1 is linear. The largest of a kind takes seconds, so each is run three times and the shortest counts.
//! It is the thread's processor time, which other work on the machine distorts least. A name as argument picks
//! kinds.

#![allow(clippy::print_stdout, clippy::expect_used, reason = "a measurement for a developer")]

use std::fmt::Write as _;
use std::hint::black_box;

use cpu_time::ThreadTime;
use kafka_upgrade_catalog::Release;
use kafka_upgrade_report::{Context, Source, format};
use kafka_upgrade_session::{File, Request, check};

/// Files of one request: names and texts.
type Files = Vec<(String, String)>;

/// A kind of input: its name, its sizes in what the name counts, and the files of a size.
struct Kind(&'static str, [usize; 3], Make);

/// The files of one size.
enum Make {
    /// One file of that path, whose text has that size.
    One(&'static str, fn(usize) -> String),
    Many(fn(usize) -> Files),
}

use Make::{Many, One};

const KINDS: &[Kind] = &[
    Kind("keys of a broker", [400, 8_000, 160_000], One("server.properties", keys)),
    Kind("findings of a broker", [200, 4_000, 40_000], One("server.properties", misspelt)),
    Kind("listeners", [200, 4_000, 40_000], One("server.properties", listeners)),
    Kind("transforms", [100, 2_000, 20_000], One("sink.properties", transforms)),
    Kind("MirrorMaker clusters", [20, 200, 2_000], One("mm2.properties", clusters)),
    Kind("stages of a Dockerfile", [100, 2_000, 20_000], One("Dockerfile", stages)),
    Kind("services of a Compose file", [50, 500, 5_000], One("compose.yaml", services)),
    Kind("commands in one line", [250, 2_500, 25_000], One("run.sh", |n| COMMAND.repeat(n))),
    Kind("lines of Java", [300, 3_000, 30_000], One("App.java", java)),
    Kind("deprecated calls of Java", [300, 3_000, 30_000], One("App.java", deprecated)),
    Kind("lines of a log", [100, 10_000, 100_000], One("server.log", log)),
    Kind("lines of prose", [100, 10_000, 100_000], One("notes.txt", |n| PROSE.repeat(n))),
    Kind("broker files", [10, 300, 10_000], Many(brokers)),
    Kind("alike broker files", [10, 300, 10_000], Many(|n| copies(n, "server.properties", &misspelt(1)))),
    Kind("clusters with their logs", [10, 300, 3_000], Many(logged)),
    Kind("build files", [10, 300, 3_000], Many(|n| copies(n, "pom.xml", POM))),
    Kind("modules of a build", [10, 300, 3_000], Many(modules)),
    Kind(
        "sources left out",
        [100, 2_000, 20_000],
        One("pom.xml", |n| {
            POM.replace("<dependencies>", &format!("{COMPILER}{}</plugin><dependencies>", EXCLUDE.repeat(n)))
        }),
    ),
    Kind("files of the logging", [10, 300, 3_000], Many(|n| copies(n, "log4j.properties", LOG4J))),
    Kind("consumers without a group", [10, 300, 3_000], Many(|n| copies(n, "consumer.properties", CONSUMER))),
    Kind("resources of an operator", [10, 300, 3_000], One("cluster.yaml", resources)),
    Kind(
        "tests of a script",
        [100, 2_000, 40_000],
        One("run.sh", |n| format!("if a; then\nb\n{}fi\n", ELIF.repeat(n))),
    ),
    Kind("tasks of a playbook", [100, 2_000, 20_000], One("tasks/main.yml", |n| TASK.repeat(n))),
    Kind(
        "branches of a template",
        [100, 2_000, 40_000],
        One("a.properties.j2", |n| format!("{{% if a %}}\n{}{{% endif %}}\n", BRANCH.repeat(n))),
    ),
    Kind(
        "one key in many branches",
        [100, 1_000, 10_000],
        One("server.properties.j2", |n| format!("broker.id=1\nzookeeper.connect=a\n{}", EQUAL.repeat(n))),
    ),
    Kind("commands of a program", [100, 2_000, 20_000], One("run.py", |n| CALL.repeat(n))),
];

const COMMAND: &str = "kafka-topics.sh --zookeeper zk --list; ";
const PROSE: &str = "Kafka brokers and what they log in a line.\n";
const ELIF: &str = "elif [ \"$KAFKA_VERSION\" = 3.9 ]; then\n  kafka-topics.sh --zookeeper zk --list\n";
const TASK: &str =
    "- shell: kafka-topics.sh --zookeeper zk --list\n  when: kafka_version is version('4.0', '<')\n";
const BRANCH: &str = "{% elif kafka_version == 3 %}\nbroker.id=1\n";
const EQUAL: &str = "{% if a %}\nlog.message.format.version=3.0\n{% endif %}\n";
const CALL: &str = "subprocess.run(['kafka-topics.sh', '--zookeeper', 'zk', '--list']); ";
const COMPILER: &str = "<plugin><artifactId>maven-compiler-plugin</artifactId>";
const EXCLUDE: &str = "<exclude>a/Old.java</exclude>";
const POM: &str = "<project><dependencies><dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-clients</artifactId><version>2.0.1</version></dependency></dependencies></project>";

const LOG4J: &str = "log4j.rootLogger=INFO, A\nlog4j.appender.A=org.apache.log4j.ConsoleAppender\n";
const CONSUMER: &str =
    "bootstrap.servers=h:9092\nenable.auto.commit=true\nkey.deserializer=Own\nvalue.deserializer=Own\n";

impl Make {
    fn files(&self, size: usize) -> Files {
        match self {
            One(path, text) => vec![((*path).to_owned(), text(size))],
            Many(files) => files(size),
        }
    }
}

/// One text in that many folders.
fn copies(count: usize, name: &str, text: &str) -> Files {
    (0..count).map(|at| (format!("{at}/{name}"), text.to_owned())).collect()
}

/// As many lines as numbers below `count`.
fn lines(count: usize, mut line: impl FnMut(&mut String, usize)) -> String {
    let mut text = String::new();
    for at in 0..count {
        line(&mut text, at);
        text.push('\n');
    }
    text
}

fn push(text: &mut String, what: std::fmt::Arguments<'_>) {
    text.write_fmt(what).expect("a text takes what is written");
}

fn keys(count: usize) -> String {
    let own =
        lines(count, |text, at| push(text, format_args!("my.own.setting.number.{at}=some value of it")));
    format!("node.id=1\nprocess.roles=broker\n{own}")
}

fn misspelt(count: usize) -> String {
    let own = lines(count, |text, at| push(text, format_args!("listener.name.l{at}.ssl.client.auht=x")));
    format!("broker.id=1\nzookeeper.connect=a\n{own}")
}

fn listeners(count: usize) -> String {
    let all: Vec<_> = (0..count).map(|at| format!("L{at}://h{at}:{}", at % 65_000 + 1)).collect();
    let map: Vec<_> = (0..count).map(|at| format!("L{at}:PLAINTEXT")).collect();
    format!(
        "process.roles=broker\nnode.id=1\nlisteners={}\nlistener.security.protocol.map={}\n",
        all.join(","),
        map.join(",")
    )
}

fn transforms(count: usize) -> String {
    let names: Vec<_> = (0..count).map(|at| format!("t{at}")).collect();
    let types = lines(count, |text, at| {
        push(
            text,
            format_args!("transforms.t{at}.type=org.apache.kafka.connect.transforms.InsertField$Value"),
        );
    });
    format!(
        "name=a\nconnector.class=org.apache.kafka.connect.file.FileStreamSinkConnector\ntopics=t\ntransforms={}\n{types}",
        names.join(",")
    )
}

fn clusters(count: usize) -> String {
    let names: Vec<_> = (0..count).map(|at| format!("c{at}")).collect();
    let own = lines(count, |text, at| {
        let next = (at + 1) % count;
        push(
            text,
            format_args!(
                "c{at}.bootstrap.servers=h{at}:9092\nc{at}->c{next}.enabled=true\nc{at}->c{next}.topics=t"
            ),
        );
    });
    format!("clusters={}\n{own}", names.join(","))
}

fn stages(count: usize) -> String {
    lines(count, |text, at| {
        push(
            text,
            format_args!(
                "FROM confluentinc/cp-kafka:6.2.0 AS s{at}\nENV KAFKA_ZOOKEEPER_CONNECT=a KAFKA_BROKER_ID={at}"
            ),
        );
    })
}

fn services(count: usize) -> String {
    let own = lines(count, |text, at| {
        push(
            text,
            format_args!(
                "  k{at}:\n    image: apache/kafka:3.7.0\n    environment:\n      KAFKA_NODE_ID: {at}\n      KAFKA_LOG_CLEANER_ENABLE: 'false'"
            ),
        );
    });
    format!("services:\n{own}")
}

fn java(count: usize) -> String {
    let calls = lines(count, |text, at| {
        push(text, format_args!("    void m{at}(KafkaConsumer<String, String> c) {{ c.poll(100); }}"))
    });
    format!("import org.apache.kafka.clients.consumer.KafkaConsumer;\nclass App {{\n{calls}}}\n")
}

fn deprecated(count: usize) -> String {
    let calls = lines(count, |text, at| {
        push(text, format_args!("    void m{at}(Admin admin) {{ admin.listConsumerGroups(); }}"))
    });
    format!(
        "import org.apache.kafka.clients.admin.Admin;\n@SuppressWarnings(\"unchecked\")\nclass App {{\n{calls}}}\n"
    )
}

fn resources(count: usize) -> String {
    lines(count, |text, at| {
        push(
            text,
            format_args!(
                "---\napiVersion: platform.confluent.io/v1beta1\nkind: Kafka\nmetadata:\n  name: k{at}\nspec:\n  replicas: 3"
            ),
        );
    })
}

fn log(count: usize) -> String {
    lines(count, |text, at| {
        push(
            text,
            format_args!(
                "[2026-01-01 00:00:{:02},000] INFO [KafkaServer id=1] started step {at} (kafka.server.KafkaServer)",
                at % 60
            ),
        );
    })
}

/// Ids above `reserved.broker.max.id` are refused: with its default the largest size would have findings of its own.
fn brokers(count: usize) -> Files {
    let text = |at| {
        format!(
            "broker.id={at}\nreserved.broker.max.id=20000\nzookeeper.connect=zk:2181\nlisteners=PLAINTEXT://h{at}:9092\nlog.dirs=/d\nlog.message.format.version=2.8\n"
        )
    };
    (0..count).map(|at| (format!("{at}/server.properties"), text(at))).collect()
}

/// Each in its own folder: a build that leaves its source out, for an old Java, and an image that takes its Java as an
/// argument, which a file for all gives.
fn modules(count: usize) -> Files {
    const OLD: &str =
        "<properties><maven.compiler.source>1.8</maven.compiler.source></properties><dependencies>";
    const IMAGE: &str = "ARG JAVA_VERSION=11\nFROM maven:3.9-eclipse-temurin-17\nFROM eclipse-temurin:${JAVA_VERSION}\nRUN wget https://archive.apache.org/dist/kafka/3.9.1/kafka_2.13-3.9.1.tgz\n";
    let files = (0..count).flat_map(|at| {
        let out = format!("{COMPILER}<exclude>a{at}/App.java</exclude></plugin>{OLD}");
        let texts = [
            ("pom.xml".to_owned(), POM.replace("<dependencies>", &out)),
            ("Dockerfile".to_owned(), IMAGE.replace("JAVA", &format!("JAVA{at}"))),
            (".env".to_owned(), format!("JAVA{at}_VERSION=17\n")),
            (format!("a{at}/App.java"), deprecated(1)),
        ];
        texts.map(|(name, text)| (format!("{at}/{name}"), text))
    });
    files.collect()
}

/// Each in its own folder: a manifest that names the broker's file, a client's, and a log of what both failed with.
fn logged(count: usize) -> Files {
    const COMPOSE: &str = "services:\n  kafka:\n    image: apache/kafka:3.7.0\n    volumes: [./server.properties:/mnt/server.properties]\n";
    const FAILED: &str = "[2026-01-01 00:00:00,000] ERROR Exiting Kafka due to fatal exception (kafka.Kafka$)\norg.apache.kafka.common.config.ConfigException: Invalid value x for configuration log.message.format.version: Unknown\n";
    let settings = brokers(count).into_iter();
    let files = settings.enumerate().flat_map(|(at, broker)| {
        let others = [("compose.yaml", COMPOSE), ("consumer.properties", CONSUMER), ("server.log", FAILED)];
        let others = others.map(|(name, text)| (format!("{at}/{name}"), text.to_owned()));
        std::iter::once(broker).chain(others)
    });
    files.collect()
}

/// Seconds of processor time from texts to a report as JSON, as the command has it.
fn seconds(files: &Files) -> f64 {
    let json = format("json").expect("the report is written as JSON");
    let run = || {
        let start = ThreadTime::now();
        let given: Vec<_> = files.iter().map(|(path, text)| File::new(path, text)).collect();
        let sources: Vec<_> = files.iter().map(|(path, text)| Source { path, text }).collect();
        let report = check(&Request {
            from: Some(Release::new(3, 4, 1)),
            ..Request::new(Release::new(4, 1, 0), &given)
        });
        black_box(json.write(&report, &Context { sources: &sources, ..Context::default() }));
        start.elapsed().as_secs_f64()
    };
    run().min(run()).min(run())
}

fn main() {
    println!("{:<28}{:>33}  {:>27}  exponent", "", "count (kilobytes)", "milliseconds");
    let picked: Vec<String> = std::env::args().skip(1).filter(|one| !one.starts_with('-')).collect();
    let is_picked = |kind: &&Kind| picked.is_empty() || picked.iter().any(|one| kind.0.contains(one));
    for Kind(name, sizes_of, make) in KINDS.iter().filter(is_picked) {
        let (mut sizes, mut times, mut points) = (String::new(), String::new(), Vec::new());
        for size in *sizes_of {
            let files = make.files(size);
            let bytes: usize = files.iter().map(|(_, text)| text.len()).sum();
            let time = seconds(&files);
            push(&mut sizes, format_args!("{:>11}", format!("{size} ({})", bytes.div_ceil(1000))));
            push(&mut times, format_args!("{:>9.1}", time * 1000.0));
            points.push((size as f64, time));
        }
        println!("{:<28}{sizes:>33}  {times:>27}  {:>8.2}", name, exponent(&points));
    }
}

/// The steeper of the two steps, since fixed costs hide growth at the small end.
fn exponent(points: &[(f64, f64)]) -> f64 {
    let steps = points.iter().zip(points.iter().skip(1));
    steps.map(|(one, next)| (next.1 / one.1).ln() / (next.0 / one.0).ln()).fold(f64::MIN, f64::max)
}
