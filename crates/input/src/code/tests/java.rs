//! Java.

use super::super::Language::Java;
use super::{members, uses};

const IMPORTS: &str = "import org.apache.kafka.clients.consumer.*; import java.util.*; import java.time.Duration; \
     import org.apache.kafka.clients.admin.Admin; import org.apache.kafka.clients.admin.AdminClient;";

/// Members used by statements in a method, after imports on the same line.
fn body(code: &str) -> Vec<String> {
    members(&format!("{IMPORTS} class T {{ void t() throws Exception {{ {code} }} }}"), Java)
        .into_iter()
        .map(|one| one.trim_start_matches("1 ").trim_start_matches("clients.").to_owned())
        .collect()
}

#[test]
fn imports_and_qualified_names_are_classes() {
    let text = "package a;\nimport org.apache.kafka.clients.admin.Admin;\nimport com.foo.Consumer;\n\
        class T extends org.apache.kafka.clients.consumer.KafkaConsumer<String, String> {\n  Admin a; Consumer c;\n}\n";
    assert_eq!(
        uses(text, Java),
        ["2 clients.admin.Admin", "4 clients.consumer.KafkaConsumer", "5 clients.admin.Admin"]
    );
}

#[test]
fn a_nested_class_has_its_binary_name() {
    let text = "import org.apache.kafka.common.requests.DescribeLogDirsResponse;\n\
        import org.apache.kafka.common.requests.DescribeLogDirsResponse.LogDirInfo;\n\
        class T { DescribeLogDirsResponse.ReplicaInfo r; LogDirInfo i; }";
    assert_eq!(
        uses(text, Java),
        [
            "1 common.requests.DescribeLogDirsResponse",
            "2 common.requests.DescribeLogDirsResponse$LogDirInfo",
            "3 common.requests.DescribeLogDirsResponse$ReplicaInfo",
            "3 common.requests.DescribeLogDirsResponse$LogDirInfo",
        ]
    );
}

#[test]
fn the_type_of_an_argument_selects_the_overload() {
    let poll = |argument: &str| body(&format!("Consumer<String, String> c = null; c.poll({argument});"));
    assert_eq!(poll("100"), ["consumer.Consumer#poll(long)"]);
    assert_eq!(poll("100L * 2"), ["consumer.Consumer#poll(long)"]);
    assert_eq!(poll("Long.MAX_VALUE"), ["consumer.Consumer#poll(long)"]);
    assert_eq!(poll("Duration.ofMillis(100)"), ["consumer.Consumer#poll(java.time.Duration)"]);
    assert_eq!(poll("timeout()"), ["consumer.Consumer#poll(?)"]);
    assert_eq!(
        body("Consumer<String, String> c = null; long t = 5; c.poll(t);"),
        ["consumer.Consumer#poll(long)"]
    );
    assert_eq!(
        body("Duration t = null; var c = new KafkaConsumer<String, String>(new Properties()); c.poll(t);"),
        ["consumer.KafkaConsumer#new(?)", "consumer.KafkaConsumer#poll(java.time.Duration)"]
    );
}

#[test]
fn receivers_are_found_through_fields_methods_parameters_and_casts() {
    let class = |code: &str| members(&format!("{IMPORTS}\nclass T {{ {code} }}"), Java);
    let poll = ["2 clients.consumer.Consumer#poll(long)"];
    assert_eq!(class("void t() { this.c.poll(1); } private final Consumer<String, String> c;"), poll);
    assert_eq!(class("void t() { make().poll(1L); } Consumer<String, String> make() { return null; }"), poll);
    assert_eq!(class("void t(Consumer<String, String> c) { c.poll(1); }"), poll);
    assert_eq!(class("void t(Object c) { ((Consumer<?, ?>) c).poll(1); }"), poll);
    assert_eq!(
        class("void t(List<Consumer<String, String>> all) { for (var c : all) { c.poll(1); } }"),
        poll
    );
    assert_eq!(class("Runnable r = () -> { try (Consumer<String, String> c = f()) { c.poll(1); } };"), poll);
    assert_eq!(class("Object o = f((Consumer<String, String> c) -> c.poll(1), 2);"), poll);
    assert_eq!(class("void t(Object o) { if (o instanceof Consumer<?, ?> c) c.poll(1); }"), poll);
    assert_eq!(class("T(Consumer<String, String> c) { c.poll(1); }"), poll);
    assert_eq!(class("class In { Consumer<String, String> c; } void t(In in) { in.c.poll(1); }"), poll);
}

#[test]
fn an_unknown_receiver_shows_no_member_and_the_name_of_a_variable_is_only_a_guess() {
    assert_eq!(body("c.poll(100);"), [""; 0]);
    assert_eq!(body("List<String> admin = f(); admin.close();"), [""; 0]);
    assert_eq!(body("adminClient.alterConfigs(x);").len(), 1);
    let snippet = "import org.apache.kafka.clients.consumer.KafkaConsumer;\nconsumer.poll(100);";
    assert_eq!(
        uses(snippet, Java),
        ["1 clients.consumer.KafkaConsumer", "2? clients.consumer.KafkaConsumer#poll(long)"]
    );
}

#[test]
fn calls_lead_on_to_what_they_return() {
    let text = "import org.apache.kafka.streams.StreamsBuilder;\nclass T { void t(StreamsBuilder b) {\n\
        b.stream(\"a\")\n.groupByKey()\n.count();\n var s = b.stream(\"x\");\ns.through(\"y\").to(\"z\"); } }";
    let all = members(text, Java);
    assert!(all.contains(&"5 streams.kstream.KGroupedStream#count()".to_owned()), "{all:?}");
    assert!(all.contains(&"7 streams.kstream.KStream#through(java.lang.String)".to_owned()), "{all:?}");
    assert_eq!(
        body("Admin.create(p).describeTopics(names).values();")[2],
        "admin.DescribeTopicsResult#values()"
    );
}

#[test]
fn static_imports_and_constants_are_members() {
    let text = "import static org.apache.kafka.streams.StreamsConfig.EXACTLY_ONCE;\n\
        import org.apache.kafka.streams.StreamsConfig;\nclass T { Object a = EXACTLY_ONCE; Object b = StreamsConfig.EXACTLY_ONCE_BETA; }";
    assert_eq!(
        members(text, Java),
        [
            "1 streams.StreamsConfig#EXACTLY_ONCE",
            "3 streams.StreamsConfig#EXACTLY_ONCE",
            "3 streams.StreamsConfig#EXACTLY_ONCE_BETA"
        ]
    );
}

#[test]
fn overrides_of_kafkas_methods_are_members() {
    let text = "import org.apache.kafka.clients.consumer.*;\nclass C extends KafkaConsumer<String, String> {\n\
        @Override\npublic ConsumerRecords<String, String> poll(long t) { return super.poll(t); }\n\
        void own() { poll(5); } }";
    let all = members(text, Java);
    assert_eq!(
        all,
        ["3 clients.consumer.KafkaConsumer#poll(long)", "4 clients.consumer.KafkaConsumer#poll(long)"],
        "the class's own `poll` is what `poll(5)` means"
    );
    let anonymous = "import org.apache.kafka.clients.consumer.*;\nObject o = new MockConsumer<String, String>(OffsetResetStrategy.EARLIEST) {\n\
        @Override public ConsumerRecords<String, String> poll(long t) { return null; } };";
    assert_eq!(members(anonymous, Java).last().unwrap(), "3 clients.consumer.MockConsumer#poll(long)");
}

#[test]
fn comments_and_strings_give_no_usages() {
    assert_eq!(
        body(
            "/* new KafkaConsumer<>(p).poll(1); */ String s = \"new KafkaConsumer<>(p).poll(1)\"; // Admin.create(p)"
        ),
        [""; 0]
    );
    assert_eq!(body("String s = \"\"\"\n new KafkaConsumer<>(p).poll(1);\n\"\"\";"), [""; 0]);
}

#[test]
fn a_reference_and_a_static_import_of_a_method_mean_whichever_overload() {
    let text = "import org.apache.kafka.clients.consumer.KafkaConsumer;\n\
        import static org.apache.kafka.streams.kstream.TimeWindows.of;\n\
        class T { Object a(KafkaConsumer<String, String> c) { return use(c::poll, Long::valueOf, c::wakeUpLater); } }";
    assert_eq!(
        members(text, Java),
        ["2 streams.kstream.TimeWindows#of(*)", "3 clients.consumer.KafkaConsumer#poll(*)"]
    );
}

#[test]
fn a_lambda_of_an_interface_of_the_file_or_of_javas_has_its_parameters() {
    let text = "import java.util.function.*;\nimport org.apache.kafka.clients.consumer.KafkaConsumer;\n\
        class T {\ninterface Use { void with(KafkaConsumer<String, String> it) throws Exception; }\n\
        Use a = it -> it.poll(1);\nConsumer<KafkaConsumer<String, String>> b = it -> it.poll(1);\n\
        Runnable c = () -> it.poll(1);\n}";
    assert_eq!(
        members(text, Java),
        ["5 clients.consumer.KafkaConsumer#poll(long)", "6 clients.consumer.KafkaConsumer#poll(long)"]
    );
}

#[test]
fn components_of_a_record_are_methods_and_fields_of_a_class_are_not() {
    let text = "import org.apache.kafka.clients.consumer.KafkaConsumer;\n\
        record Pair(KafkaConsumer<String, String> left) { }\n\
        class Other { KafkaConsumer<String, String> left; }\n\
        class T { void a(Pair pair, Other other) {\npair.left().poll(1);\nother.left().poll(1); } }";
    assert_eq!(members(text, Java), ["5 clients.consumer.KafkaConsumer#poll(long)"]);
}

#[test]
fn what_is_called_after_new_may_be_a_nested_class() {
    let text = "import org.apache.kafka.streams.kstream.WindowedSerdes;\n\
        class T { Object a = new WindowedSerdes.TimeWindowedSerde(null); }";
    let all = members(text, Java);
    assert_eq!(all.len(), 1);
    assert!(all[0].starts_with("2 streams.kstream.WindowedSerdes$TimeWindowedSerde#new("), "{all:?}");
}

#[test]
fn entries_of_a_map_have_its_types_however_they_are_imported() {
    let text = "import java.util.Map;\nimport org.apache.kafka.clients.consumer.KafkaConsumer;\n\
        class T { void a(Map<String, KafkaConsumer<String, String>> all) {\n\
        for (Map.Entry<String, KafkaConsumer<String, String>> one : all.entrySet()) one.getValue().poll(1); } }";
    assert_eq!(members(text, Java), ["4 clients.consumer.KafkaConsumer#poll(long)"]);
}

#[test]
fn a_reference_means_the_overload_that_its_interface_takes() {
    let refers = |kind: &str, text: &str| {
        let code = format!(
            "import java.util.function.*; import java.time.Duration; import org.apache.kafka.clients.consumer.*;\n\
             class T {{ interface Own {{ Object with(Duration it); }} void run(Own own) {{ }}\n{}\n}}",
            text.replace('%', kind)
        );
        members(&code, Java)
    };
    let returned = "% of(KafkaConsumer<String, String> c) { return c::poll; }";
    assert_eq!(refers("LongFunction<Object>", returned), ["3 clients.consumer.KafkaConsumer#poll(long)"]);
    assert_eq!(refers("Function<Long, Object>", returned), ["3 clients.consumer.KafkaConsumer#poll(long)"]);
    let by_duration = ["3 clients.consumer.KafkaConsumer#poll(java.time.Duration)"];
    assert_eq!(refers("Function<Duration, Object>", returned), by_duration);
    assert_eq!(refers("Own", returned), by_duration);
    assert_eq!(refers("Elsewhere", returned), ["3 clients.consumer.KafkaConsumer#poll(*)"]);
    let declared = "void t(KafkaConsumer<String, String> c) { % it = c::poll; }";
    assert_eq!(refers("Own", declared), by_duration);
    assert_eq!(refers("", "void t(KafkaConsumer<String, String> c) { run(c::poll); }"), by_duration);
    let unbound = "BiFunction<KafkaConsumer<String, String>, %, Object> it = KafkaConsumer::poll;";
    assert_eq!(refers("Duration", unbound), by_duration);
    assert_eq!(refers("Long", unbound), ["3 clients.consumer.KafkaConsumer#poll(long)"]);
}

#[test]
fn a_lambda_that_is_returned_or_assigned_has_its_parameters_and_one_inside_of_it_has_not() {
    let text = "import java.util.function.*; import org.apache.kafka.clients.consumer.*;\nclass T {\n\
        Consumer<KafkaConsumer<String, String>> field;\n\
        Consumer<KafkaConsumer<String, String>> returned() { return it -> it.poll(1); }\n\
        void assigned() { field = it -> it.poll(1); }\n\
        Consumer<KafkaConsumer<String, String>> inner() { return it -> { Object a = with(x -> x.poll(1)); }; }\n\
        Consumer<KafkaConsumer<String, String>> deep() { return it -> { return x -> x.poll(1); }; }\n}";
    let poll = |line: u8| format!("{line} clients.consumer.KafkaConsumer#poll(long)");
    let text = text.replace("java.util.function.*", "java.util.function.Consumer");
    let text = text.replace("consumer.*", "consumer.KafkaConsumer");
    assert_eq!(members(&text, Java), [poll(4), poll(5)]);
}

#[test]
fn a_type_variable_is_what_it_is_bounded_by() {
    let text = "import org.apache.kafka.clients.consumer.KafkaConsumer;\n\
        class T<K, C extends KafkaConsumer<K, ?>> { C c;\nvoid a() { c.poll(1); }\n\
        <D extends KafkaConsumer<K, ?>> void b(D d) { d.poll(1); }\n\
        <D> void e(D d) { d.poll(1); } }\nclass U<C> { C c; void a() { c.poll(1); } }";
    let poll = |line: u8| format!("{line} clients.consumer.KafkaConsumer#poll(long)");
    assert_eq!(members(text, Java), [poll(3), poll(4)]);
}

#[test]
fn members_inherited_from_a_removed_class_are_reported_as_its_own() {
    let text = "import org.apache.kafka.streams.processor.AbstractProcessor;\n\
        class T extends AbstractProcessor<String, String> {\n\
        public void process(String k, String v) {\ncontext().forward(k, v);\nthis.context();\nmine();\n}\n\
        void mine() { }\n}";
    let context = |line: u8| format!("{line} streams.processor.AbstractProcessor#context()");
    let found = members(text, Java);
    assert!(found.contains(&context(4)) && found.contains(&context(5)), "{found:?}");
    assert!(!found.iter().any(|one| one.contains("mine")), "{found:?}");
}

#[test]
fn packages_that_went_and_classes_around_others_are_known_below_wildcards() {
    let text = "import kafka.serializer.*;\nimport org.apache.kafka.clients.consumer.*;\n\
        import org.apache.kafka.common.metrics.stats.*;\nimport kafka.server.*;\n\
        class T { Rate.SampledTotal a;\nKafkaServerStartable b; }";
    assert_eq!(
        uses(text, Java),
        [
            "1 kafka.serializer.*",
            "5 common.metrics.stats.Rate$SampledTotal",
            "6 kafka.server.KafkaServerStartable"
        ]
    );
}
