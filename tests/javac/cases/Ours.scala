package com.example.sc.ours

class KafkaConsumer[K, V](values: Seq[V]) {
  def poll(ms: Long): Option[V] = values.headOption
}

object Ours {
  /* consumer.poll(100) of org.apache.kafka.clients.producer.internals.DefaultPartitioner */
  def run(consumer: KafkaConsumer[String, String]): String =
    consumer.poll(100).getOrElse("""consumer.poll(100)""")
}
