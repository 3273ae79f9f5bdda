//! Kotlin.

use super::super::Language::Kotlin;
use super::members;

const IMPORTS: &str = "import org.apache.kafka.clients.consumer.*\nimport java.time.Duration\n";

fn body(code: &str) -> Vec<String> {
    let all = members(&format!("{IMPORTS}{code}"), Kotlin);
    all.into_iter().map(|one| one.replace("clients.consumer.", "")).collect()
}

#[test]
fn constructors_need_no_new_and_values_have_their_type() {
    assert_eq!(
        body("fun t() {\n val c = KafkaConsumer<String, String>(props)\n c.poll(100)\n}"),
        ["4 KafkaConsumer#new(?)", "5 KafkaConsumer#poll(long)"]
    );
    assert_eq!(
        body("class T(private val c: Consumer<String, String>) {\n fun t() = c.poll(100L)\n}"),
        ["4 Consumer#poll(long)"]
    );
    assert_eq!(
        body("fun t(c: Consumer<String, String>?) = c?.poll(Duration.ofMillis(1))"),
        ["3 Consumer#poll(java.time.Duration)"]
    );
}

#[test]
fn scope_functions_hand_their_receiver_on() {
    assert_eq!(
        body("fun t() = KafkaConsumer<String, String>(p).use { it.poll(1) }").last().unwrap(),
        "3 KafkaConsumer#poll(long)"
    );
    assert_eq!(
        body("fun t() = KafkaConsumer<String, String>(p).use { c -> c.poll(1) }").last().unwrap(),
        "3 KafkaConsumer#poll(long)"
    );
    assert_eq!(
        body("fun t() = KafkaConsumer<String, String>(p).apply {\n poll(1)\n}").last().unwrap(),
        "4 KafkaConsumer#poll(long)"
    );
    assert_eq!(
        body("fun t() = with(KafkaConsumer<String, String>(p)) { poll(1) }").last().unwrap(),
        "3 KafkaConsumer#poll(long)"
    );
}

#[test]
fn a_renamed_import_is_what_it_was_and_another_class_is_not() {
    let text = "import org.apache.kafka.clients.consumer.KafkaConsumer as K\nfun t(k: K<String, String>) { k.poll(1) }";
    assert_eq!(members(text, Kotlin), ["2 clients.consumer.KafkaConsumer#poll(long)"]);
    let text = "import com.foo.KafkaConsumer\nfun t(k: KafkaConsumer) { k.poll(1) }";
    assert_eq!(members(text, Kotlin), [""; 0]);
}

#[test]
fn overrides_are_members() {
    assert_eq!(
        body(
            "class C : MockConsumer<String, String>(OffsetResetStrategy.NONE) {\n  override fun poll(t: Long) = super.poll(t)\n}"
        )[2..],
        ["4 MockConsumer#poll(long)", "4 MockConsumer#poll(long)"]
    );
}

#[test]
fn collections_made_by_functions_are_distinguished_from_their_elements() {
    assert_eq!(
        body("fun t(c: Consumer<String, String>) = c.committed(setOf(tp))"),
        ["3 Consumer#committed(java.util.Set)"]
    );
    assert_eq!(
        body("fun t(c: Consumer<String, String>) {\n for (r in c.poll(1)) r.checksum()\n}")[1],
        "4 ConsumerRecord#checksum()"
    );
}

#[test]
fn a_lambda_that_names_its_parameters_tells_its_interface() {
    let text = "import org.apache.kafka.streams.KafkaStreams\nfun t(s: KafkaStreams) = s.setUncaughtExceptionHandler { t, e -> println(t) }";
    assert_eq!(
        members(text, Kotlin),
        ["2 streams.KafkaStreams#setUncaughtExceptionHandler(java.lang.Thread$UncaughtExceptionHandler)"]
    );
}

#[test]
fn a_type_variable_is_what_it_is_bounded_by() {
    assert_eq!(body("fun <C : Consumer<String, String>> t(c: C) { c.poll(1) }"), ["3 Consumer#poll(long)"]);
    assert_eq!(
        body("class T<C : Consumer<String, String>>(val c: C) { fun t() = c.poll(1) }"),
        ["3 Consumer#poll(long)"]
    );
    assert!(body("fun <C> t(c: C) { c.poll(1) }").is_empty());
}
