//! Scala.

use super::super::Language::Scala;
use super::members;

#[test]
fn selectors_renames_and_wildcards_are_imports() {
    let text = "import org.apache.kafka.clients.consumer.{Consumer => C, KafkaConsumer}\nimport org.apache.kafka.clients.producer._\n\
        class T(c: C[String, String]) {\n  def t(): Unit = { c.poll(100)\n    val k = new KafkaConsumer[String, String](props)\n    k.poll(5L) }\n}";
    assert_eq!(
        members(text, Scala),
        [
            "4 clients.consumer.Consumer#poll(long)",
            "5 clients.consumer.KafkaConsumer#new(?)",
            "6 clients.consumer.KafkaConsumer#poll(long)"
        ]
    );
}

#[test]
fn an_imported_package_is_the_beginning_of_a_name() {
    let text = "import org.apache.kafka.clients.consumer\nclass T { def t(c: consumer.KafkaConsumer[String, String]) = c.poll(1) }";
    assert_eq!(members(text, Scala), ["2 clients.consumer.KafkaConsumer#poll(long)"]);
}

#[test]
fn a_value_without_a_type_has_that_of_what_it_is_made_of() {
    let text = "import org.apache.kafka.clients.consumer.KafkaConsumer\nobject T extends App {\n  lazy val c: KafkaConsumer[String, String] = make()\n\
        \n  c.poll(1) // c.poll(2)\n  for (r <- c.poll(3).asScala) println(s\"${c.poll(4)}\")\n}";
    assert_eq!(
        members(text, Scala),
        ["5 clients.consumer.KafkaConsumer#poll(long)", "6 clients.consumer.KafkaConsumer#poll(long)"]
    );
}

#[test]
fn what_is_polled_is_gone_over_as_records() {
    let text = "import org.apache.kafka.clients.consumer._\nclass T(c: Consumer[String, String]) {\n  val all = c.poll(d).asScala\n\
        \n  for (r <- all) r.checksum\n  all.foreach { r => r.checksum() }\n}";
    let found = members(text, Scala);
    assert_eq!(
        found[1..],
        ["5 clients.consumer.ConsumerRecord#checksum()", "6 clients.consumer.ConsumerRecord#checksum()"]
    );
}

#[test]
fn a_type_variable_is_what_it_is_bounded_by() {
    let text = "import org.apache.kafka.clients.consumer.Consumer\n\
        class T[C <: Consumer[String, String]](c: C) {\n  def a() = c.poll(1)\n\
        \n  def b[D <: Consumer[String, String]](d: D) = d.poll(1)\n\n  def e[E](e: E) = e.poll(1)\n}";
    let poll = |line: u8| format!("{line} clients.consumer.Consumer#poll(long)");
    assert_eq!(members(text, Scala), [poll(3), poll(5)]);
}
